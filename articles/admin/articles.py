"""The admin's pages for the corpus and for tokens.

What was said of a segment is read here and changed only by the actions of articles/review, so that
history stays true. Documents and history cannot be edited at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.accounts.audit import record_export
from articles.adjudication import actions as adjudication_actions
from articles.admin.assignments import AdminAssignForm, ArticleForm, AssignmentInline
from articles.admin.checks import FindingsImportAdmin
from articles.admin.filters import ArchivedFilter
from articles.admin.lists import (
    FOUND_COLUMNS,
    FOUND_FILTERS,
    TYPE_FILTER,
    language_filter,
    percent,
    type_of,
)
from articles.admin.teams import WithinTeams, signed_in_user
from articles.assignments import actions as assignments_actions
from articles.exporting.actions import zip_articles
from articles.findings.state import check_state, count_open_findings
from articles.findings.tasks import queue_checks
from articles.history.archive import archive, unarchive
from articles.models import (
    Article,
    Correction,
    Document,
    Finding,
    Flag,
    Segment,
)
from articles.models.people import SignedInRequest
from articles.review import actions as review_actions
from articles.review import workflow
from articles.teams.embargo import why_not_export

admin.site.site_header = gettext_lazy("Translation review")
admin.site.site_title = gettext_lazy("Translation review")
admin.site.enable_nav_sidebar = False  # wide tables need the room; the index is one click away
admin.site.index_title = gettext_lazy("Corpus, people and roles")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Pages to read. Nothing is added, changed or deleted here by hand."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted by hand."""
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """The documents as they arrived."""

    list_display = ["name", "language", "created_at"]
    list_filter = [("language", language_filter(gettext_lazy("language"))), "created_at"]
    search_fields = ["name", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Return the documents of the person's articles, without their texts."""
        articles = Article.everything.visible_to(signed_in_user(request))
        own = Q(pk__in=articles.values("source")) | Q(pk__in=articles.values("target"))
        return Document.objects.filter(own).defer("text", "page")


class ArticleList(ChangeList):
    """A page of articles that has how the checks stand with each, read at once."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, then the checks of its articles."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        states = check_state(self.result_list)
        findings = count_open_findings(self.result_list)
        for article in self.result_list:
            article.check_state = states[article.pk]
            article.open_findings = findings[article.pk]


@admin.register(Article)
class ArticleAdmin(WithinTeams):
    """Articles: import, export, check again, assign, archive. None is deleted here."""

    team_path = "team"
    form = ArticleForm
    inlines = [AssignmentInline]
    list_display = [
        "title",
        "desk",
        "segments_in_all",
        "done",
        "waiting",
        "checks",
        "people",
        "reading",
        "created_at",
    ]
    list_filter = [
        ArchivedFilter,
        "stage",
        ("assignments__person", admin.RelatedOnlyFieldListFilter),
        "created_at",
        ("source__language", language_filter(gettext_lazy("source language"))),
        ("target__language", language_filter(gettext_lazy("target language"))),
    ]
    search_fields = ["title", "target_title", "source__name", "target__name"]
    readonly_fields = ["source", "target", "created_at", "updated_at"]
    actions = [
        "give",
        "read_apart",
        "declare_finished",
        "check_again",
        "export",
        "put_into_archive",
        "restore",
    ]
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return articles with their counts, in one query."""
        stored = Article.everything.filter(Q(ready=True) | Q(archived_at__isnull=False))
        own = self.within(request, "view") | self.within(request, "change")
        articles: QuerySet[Article] = stored.filter(own).with_progress()
        articles = articles.select_related("source", "target").prefetch_related("assignments")
        articles = articles.defer("source__text", "target__text", "source__page", "target__page")
        return articles.order_by("-created_at", "-id")

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """Return the choice of how it is read for those who may change it, else its stage."""
        manner = "stage"
        if self.has_change_permission(request, obj):
            manner = "manner"
        return ["title", manner, *self.readonly_fields]

    @admin.display(description=gettext_lazy("review page"))
    def desk(self, article: Article) -> str:
        """Return a link to the article's desk."""
        return format_html('<a href="{}">{}</a>', reverse("desk", args=[article.pk]), _("Open"))

    @admin.display(description=gettext_lazy("segments"), ordering="segment_count")
    def segments_in_all(self, article: Any) -> int:
        """Return how many segments it has."""
        return int(article.segment_count)

    @admin.display(description=gettext_lazy("done"), ordering="done_count")
    def done(self, article: Any) -> int:
        """Return how many segments are done."""
        return int(article.done_count)

    @admin.display(description=gettext_lazy("awaiting approval"), ordering="waiting_count")
    def waiting(self, article: Any) -> int:
        """Return how many segments wait for approval."""
        return int(article.waiting_count)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that knows how the checks stand with its articles."""
        return ArticleList

    @admin.display(description=gettext_lazy("checks"))
    def checks(self, article: Any) -> str:
        """Return how the checks stand, and how many findings are open."""
        findings = ngettext(
            "%(count)s open finding", "%(count)s open findings", article.open_findings
        )
        return f"{article.check_state.sentence} · " + findings % {"count": article.open_findings}

    @admin.display(description=gettext_lazy("assigned to"))
    def people(self, article: Article) -> str:
        """Return who is assigned to it, reviewers first."""
        return ", ".join(str(row.person) for row in article.assignments.all())

    @admin.display(description=gettext_lazy("blind review"), ordering="stage")
    def reading(self, article: Article) -> str:
        """Return the stage of a blind review; nothing for an ordinary review."""
        if article.stage == Article.Stage.REVIEW:
            return ""
        return str(article.get_stage_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles are imported, not added by a form."""
        return False

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Store the assignments, and record each change in history."""
        super().save_formset(request, form, formset, change)
        user = signed_in_user(request)
        for row in formset.new_objects:
            assignments_actions.record_assignment(row, by=user)
        for row, _fields in formset.changed_objects:
            assignments_actions.record_assignment(row, by=user)
        for row in formset.deleted_objects:
            assignments_actions.record_assignment(row, by=user, gone=True)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Start or cancel a blind review as was chosen, once the assignments are stored."""
        super().save_related(request, form, formsets, change)
        article = Article.objects.get(pk=form.instance.pk)
        manner = form.cleaned_data["manner"]
        if manner == "apart" and article.stage == Article.Stage.REVIEW:
            action = assignments_actions.start_blind_review
        elif manner == "together" and article.stage == Article.Stage.READING:
            action = assignments_actions.cancel_blind_review
        else:
            return
        run_action_on(request, self, [article], action)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """An article is archived; only ``manage.py erase_article`` deletes one, and says so."""
        return False

    def changeable(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Return those of the articles that the person may change."""
        return articles.filter(self.within(request, "change"))

    @admin.action(description=gettext_lazy("Archive"), permissions=["change"])
    def put_into_archive(self, request: SignedInRequest, articles: QuerySet[Article]) -> None:
        """Archive the chosen articles."""
        run_action_on(
            request, self, self.changeable(request, articles).filter(archived_at=None), archive
        )

    @admin.action(description=gettext_lazy("Restore"), permissions=["change"])
    def restore(self, request: SignedInRequest, articles: QuerySet[Article]) -> None:
        """Bring back those of the chosen articles that are archived."""
        run_action_on(
            request, self, self.changeable(request, articles).exclude(archived_at=None), unarchive
        )

    @admin.action(description=gettext_lazy("Assign…"), permissions=["change"])
    def give(self, request: SignedInRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        """Ask for the person, the role and the date, and assign the chosen articles."""
        teams = set(articles.values_list("team", flat=True))
        is_filled_in = "person" in request.POST
        form = AdminAssignForm(request.POST if is_filled_in else None, teams=teams)
        if form.is_valid():
            assign = partial(assignments_actions.assign, **form.cleaned_data)
            run_action_on(request, self, self.changeable(request, articles), assign)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Assign articles"),
            "form": form,
            "articles": articles,
            "opts": self.opts,
        }
        return render(request, "admin/articles/article/give.html", context)

    @admin.action(
        description=gettext_lazy("Start a blind review by their two reviewers"),
        permissions=["change"],
    )
    def read_apart(self, request: SignedInRequest, articles: QuerySet[Article]) -> None:
        """Start a blind review of each chosen article by its two reviewers."""
        run_action_on(
            request,
            self,
            self.changeable(request, articles),
            assignments_actions.start_blind_review,
        )

    @admin.action(description=gettext_lazy("End the blind review"), permissions=["change"])
    def declare_finished(self, request: SignedInRequest, articles: QuerySet[Article]) -> None:
        """End the readings of the chosen articles for a reviewer who will not finish."""
        run_action_on(
            request, self, self.changeable(request, articles), adjudication_actions.declare_finished
        )

    @admin.action(description=gettext_lazy("Run the checks again"), permissions=["change"])
    def check_again(self, request: SignedInRequest, articles: QuerySet[Article]) -> None:
        """Have the worker run the checks over the chosen articles."""
        count = 0
        for article in self.changeable(request, articles):
            Segment.objects.filter(article=article).update(checked="")
            queue_checks(article, by=request.user)
            count += 1
        text = ngettext(
            "%(count)s article waits for the checks.",
            "%(count)s articles wait for the checks.",
            count,
        )
        self.message_user(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Export the corrected articles"), permissions=["view"])
    def export(self, request: HttpRequest, articles: QuerySet[Article]) -> FileResponse:
        """Return a ZIP file with the exports of the chosen articles."""
        user = signed_in_user(request)
        chosen = []
        for article in articles:
            refusal = why_not_export(article, user)
            if refusal:
                self.message_user(request, refusal, messages.WARNING)
            else:
                chosen.append(article)
        record_export(request, [article.pk for article in chosen], "zip", by=user)
        return FileResponse(
            zip_articles(chosen), as_attachment=True, filename="corrected-articles.zip"
        )


def run_action_on(
    request: HttpRequest,
    owner: admin.ModelAdmin,
    rows: Iterable[Any],
    action: Callable[..., Any],
) -> None:
    """Call the action with each row, in the name of the user.

    A message says how many rows it was done to, and one for each other row why not.
    """
    user = signed_in_user(request)
    done = 0
    for row in rows:
        try:
            action(row, by=user)
        except (workflow.Refused, workflow.Stale) as reason:
            owner.message_user(request, f"{row}: {reason}", messages.WARNING)
        else:
            done += 1
    if not done:
        return
    text = ngettext("%(count)s done.", "%(count)s done.", done)
    owner.message_user(request, text % {"count": done})


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin, WithinTeams):
    """Segments: search them, confirm that they have no issues, reopen them."""

    list_display = ["__str__", "source_text", "target_text", "status", "alignment"]
    list_filter = ["status"]
    list_select_related = ["article"]
    search_fields = ["source_text", "target_text", "article__title"]
    actions = ["confirm", "reopen"]

    @admin.display(description=gettext_lazy("alignment score"), ordering="score")
    def alignment(self, segment: Segment) -> str:
        """Return how well the two sides of the segment belong together."""
        return percent(segment.score)

    @admin.action(description=gettext_lazy("No issues"))
    def confirm(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Confirm that the chosen segments have no issues."""
        run_action_on(request, self, segments, _confirm_segment)

    @admin.action(description=gettext_lazy("Reopen"))
    def reopen(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Reopen the chosen segments."""
        run_action_on(request, self, segments, _reopen_segment)


@admin.register(Finding)
class FindingAdmin(FindingsImportAdmin, ReadOnlyAdmin, WithinTeams):
    """Findings of the checks and of other tools, and what was decided on them."""

    team_path = "segment__article__team"
    list_display = [*FOUND_COLUMNS, "likelihood", "status", "reason", "segment"]
    list_filter = ["status", *FOUND_FILTERS, *TYPE_FILTER, "reason"]
    list_select_related = ["segment__article"]
    search_fields = ["segment__source_text", "segment__target_text"]
    actions = ["restore"]

    @admin.display(description=gettext_lazy("likelihood"), ordering="score")
    def likelihood(self, finding: Finding) -> str:
        """Return how likely the finding is an error."""
        return percent(finding.score)

    @admin.action(description=gettext_lazy("Restore dismissed findings"))
    def restore(self, request: HttpRequest, findings: QuerySet[Finding]) -> None:
        """Restore the chosen findings."""
        run_action_on(request, self, findings, _restore_finding)


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin, WithinTeams):
    """Flags of people."""

    team_path = "segment__article__team"
    list_display = [
        type_of,
        "severity",
        "source_quote",
        "target_quote",
        "author",
        "status",
        "segment",
        "created_at",
    ]
    list_filter = [
        "status",
        "talk",
        "severity",
        *TYPE_FILTER,
        ("author", admin.RelatedOnlyFieldListFilter),
        "needs_locating",
    ]
    list_select_related = ["segment__article", "author"]
    search_fields = ["comment", "source_quote", "target_quote", "segment__article__title"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin, WithinTeams):
    """Corrections; several can be approved at once. A draft is shown to its author only."""

    team_path = "segment__article__team"
    list_display = ["segment", "before", "text", "author", "status", "decided_by", "submitted_at"]
    list_filter = ["status", "cause", "author", "decided_by"]
    list_select_related = ["segment__article", "author", "decided_by"]
    search_fields = ["text", "before", "segment__article__title"]
    actions = ["approve"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """Return the corrections without other people's drafts."""
        corrections: QuerySet[Correction] = super().get_queryset(request)
        own = Q(author=signed_in_user(request))
        return corrections.filter(own | ~Q(status=Correction.Status.DRAFT))

    @admin.action(description=gettext_lazy("Approve"))
    def approve(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        """Approve the chosen corrections.

        Rejecting one needs a reason, so that is done on the desk.
        """
        run_action_on(request, self, corrections, _approve_correction)


def _confirm_segment(segment: Segment, *, by: User) -> None:
    review_actions.confirm(segment, by=by, revision=segment.revision)


def _reopen_segment(segment: Segment, *, by: User) -> None:
    review_actions.reopen(segment, by=by, revision=segment.revision)


def _restore_finding(finding: Finding, *, by: User) -> None:
    revision = _read_revision(finding)
    review_actions.restore(finding, by=by, revision=revision)


def _approve_correction(correction: Correction, *, by: User) -> None:
    revision = _read_revision(correction)
    review_actions.approve(correction, by=by, revision=revision)


def _read_revision(row: Finding | Correction) -> int:
    """Return the revision of the row's segment, which an action before this one may have raised."""
    revisions = Segment.objects.values_list("revision", flat=True)
    return int(revisions.get(pk=row.segment_id))
