"""Floor 5: managing the corpus. What was said of a segment is read here and moved only by the acts of review.py, so
that history stays true; documents and history cannot be edited at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.adjudication import actions as adjudication_actions
from articles.admin.assignments import ArticleForm, AssignForm, AssignmentInline
from articles.admin.checks import FindingsImportAdmin
from articles.assignments import actions as assignments_actions
from articles.exporting.actions import zip_articles
from articles.findings.service import refresh_findings
from articles.models import (
    AccessToken,
    Article,
    Correction,
    Document,
    Event,
    Finding,
    Flag,
    Segment,
)
from articles.review import actions as review_actions
from articles.review import workflow

admin.site.site_header = gettext_lazy("Translation review")
admin.site.site_title = gettext_lazy("Translation review")
admin.site.index_title = gettext_lazy("Corpus, people and roles")


admin.site.unregister(User)


@admin.register(User)
class ReviewUserAdmin(UserAdmin):
    """People. History keeps its names, so whoever has a part in anything is made inactive, not deleted."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What goes with people, or one line that says that they stay: nothing of what somebody marks apart."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return rows, counts, needed, protected
        stays = _("what was given to them, and what they said of it; make them inactive instead")
        return [str(person) for person in objs], {}, set(), [stays]


class ReadOnlyAdmin(admin.ModelAdmin):
    """A page to read. Nothing is added, changed or deleted here by hand."""

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
    list_filter = ["language", "created_at"]
    search_fields = ["name", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """A list of documents does not load their texts."""
        return Document.objects.defer("text", "page")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Articles: import, export, check again, give out, delete."""

    form = ArticleForm
    inlines = [AssignmentInline]
    list_display = [
        "title",
        "desk",
        "segments_in_all",
        "done",
        "waiting",
        "people",
        "reading",
        "created_at",
    ]
    list_filter = [
        "stage",
        "assignments__person",
        "created_at",
        "source__language",
        "target__language",
    ]
    search_fields = ["title", "source__name", "target__name"]
    readonly_fields = ["source", "target", "created_at", "updated_at"]
    actions = ["give", "read_apart", "declare_finished", "check_again", "export"]
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Articles with their counts, in one query."""
        return (
            Article.objects.with_progress()
            .select_related("source", "target")
            .prefetch_related("assignments")
            .defer("source__text", "target__text", "source__page", "target__page")
        )

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """Whoever may change an article chooses how it is read; others see how it stands."""
        manner = "manner" if self.has_change_permission(request, obj) else "stage"
        return ["title", manner, *self.readonly_fields]

    @admin.display(description=gettext_lazy("desk"))
    def desk(self, article: Article) -> str:
        """The way to the article's desk."""
        return format_html('<a href="{}">{}</a>', reverse("desk", args=[article.pk]), _("Open"))

    @admin.display(description=gettext_lazy("segments"), ordering="segment_count")
    def segments_in_all(self, article: Any) -> int:
        """How many segments it has."""
        return int(article.segment_count)

    @admin.display(description=gettext_lazy("done"), ordering="done_count")
    def done(self, article: Any) -> int:
        """How many are done."""
        return int(article.done_count)

    @admin.display(description=gettext_lazy("waiting for approval"), ordering="waiting_count")
    def waiting(self, article: Any) -> int:
        """How many wait."""
        return int(article.waiting_count)

    @admin.display(description=gettext_lazy("given to"))
    def people(self, article: Article) -> str:
        """Who has a part in it, reviewers first."""
        return ", ".join(str(row.person) for row in article.assignments.all())

    @admin.display(description=gettext_lazy("reading apart"), ordering="stage")
    def reading(self, article: Article) -> str:
        """How far a reading by two apart is; nothing for an ordinary review."""
        return "" if article.stage == Article.Stage.REVIEW else str(article.get_stage_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by import, not by a form."""
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 - Django's own signature
        """Keep who does it, and write it into history."""
        super().save_formset(request, form, formset, change)
        for row in (*formset.new_objects, *(row for row, _fields in formset.changed_objects)):
            assignments_actions.record_assignment(row, by=request.user)
        for row in formset.deleted_objects:
            assignments_actions.record_assignment(row, by=request.user, gone=True)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's own signature
        """With its people in place, the article is read as was chosen."""
        super().save_related(request, form, formsets, change)
        article = Article.objects.get(pk=form.instance.pk)
        chosen = {
            ("apart", Article.Stage.REVIEW): assignments_actions.start_blind_review,
            ("together", Article.Stage.READING): assignments_actions.cancel_blind_review,
        }
        if act := chosen.get((form.cleaned_data["manner"], article.stage)):
            run_action_on(request, self, [article], lambda row: act(row, by=request.user))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What goes when articles go, in numbers: not their thousand rows, and not what two people mark apart."""
        counts = {
            str(Article._meta.verbose_name_plural): len(objs),
            str(Segment._meta.verbose_name_plural): Segment.objects.filter(
                article__in=objs
            ).count(),
        }
        return [str(article) for article in objs], counts, set(), []

    @admin.action(description=gettext_lazy("Give to somebody…"), permissions=["change"])
    def give(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        """Ask to whom, as what and until when, and give the chosen articles out."""
        form = AssignForm(request.POST if "person" in request.POST else None)
        if form.is_valid():
            run_action_on(
                request,
                self,
                articles,
                lambda row: assignments_actions.assign(row, by=request.user, **form.cleaned_data),
            )
            return None
        title = _("Give articles to somebody")
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "articles": articles,
        }
        return render(request, "admin/articles/article/give.html", context | {"opts": self.opts})

    @admin.action(
        description=gettext_lazy("Have their two reviewers read apart"), permissions=["change"]
    )
    def read_apart(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        """Have the two reviewers of each chosen article read it apart."""
        run_action_on(
            request,
            self,
            articles,
            lambda row: assignments_actions.start_blind_review(row, by=request.user),
        )

    @admin.action(
        description=gettext_lazy("Declare the reading apart finished"), permissions=["change"]
    )
    def declare_finished(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        """Open both readings of the chosen articles, for somebody who will not finish."""
        run_action_on(
            request,
            self,
            articles,
            lambda row: adjudication_actions.declare_finished(row, by=request.user),
        )

    @admin.action(description=gettext_lazy("Run the checks again"), permissions=["change"])
    def check_again(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        """Run the checks over the chosen articles."""
        for article in articles:
            count = refresh_findings(article)
            Event.objects.record(
                Event.Act.RECHECKED, article=article, by=request.user, findings=count
            )
            text = ngettext(
                "%(title)s: %(count)s open finding.", "%(title)s: %(count)s open findings.", count
            )
            self.message_user(request, text % {"title": article.title, "count": count})

    @admin.action(description=gettext_lazy("Export the corrected articles"), permissions=["view"])
    def export(self, request: HttpRequest, articles: QuerySet[Article]) -> FileResponse:
        """A ZIP of what the chosen articles export."""
        return FileResponse(
            zip_articles(articles), as_attachment=True, filename="corrected-articles.zip"
        )


def run_action_on(
    request: HttpRequest,
    owner: admin.ModelAdmin,
    rows: Iterable[Any],
    act: Callable[[Any], Any],
) -> None:
    """Do the act on each row; tell how many it was done to, and of each other one why not."""
    done = 0
    for row in rows:
        try:
            act(row)
            done += 1
        except (workflow.Refused, workflow.Stale) as reason:
            owner.message_user(request, f"{row}: {reason}", messages.WARNING)
    if done:
        owner.message_user(
            request, ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done}
        )


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin):
    """Segments: find them, mark them as fine, take them up again."""

    list_display = ["__str__", "source_text", "target_text", "status", "score"]
    list_filter = ["status", "article"]
    list_select_related = ["article"]
    search_fields = ["source_text", "target_text", "article__title"]
    actions = ["confirm", "reopen"]

    @admin.action(description=gettext_lazy("Mark as fine"))
    def confirm(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Mark the chosen segments as fine."""
        run_action_on(
            request,
            self,
            segments,
            lambda row: review_actions.confirm(row, by=request.user, revision=row.revision),
        )

    @admin.action(description=gettext_lazy("Reopen"))
    def reopen(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Take the chosen segments up again."""
        run_action_on(
            request,
            self,
            segments,
            lambda row: review_actions.reopen(row, by=request.user, revision=row.revision),
        )


@admin.register(Finding)
class FindingAdmin(FindingsImportAdmin, ReadOnlyAdmin):
    """What the checks doubt, and what people made of it."""

    list_display = ["text", "finder", "check_id", "type", "score", "status", "reason", "segment"]
    list_filter = ["status", "finder", "check_id", "type", "reason"]
    list_select_related = ["segment__article"]
    search_fields = ["segment__source_text", "segment__target_text"]
    actions = ["restore"]

    @admin.action(description=gettext_lazy("Bring back dismissed findings"))
    def restore(self, request: HttpRequest, findings: QuerySet[Finding]) -> None:
        """Bring the chosen findings back."""
        run_action_on(
            request,
            self,
            findings,
            lambda row: review_actions.restore(row, by=request.user, revision=_revision(row)),
        )


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    """What people marked."""

    list_display = [
        "type",
        "severity",
        "source_quote",
        "target_quote",
        "author",
        "status",
        "segment",
        "created_at",
    ]
    list_filter = ["status", "talk", "severity", "type", "author", "needs_locating"]
    list_select_related = ["segment__article", "author"]
    search_fields = ["comment", "source_quote", "target_quote", "segment__article__title"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """What people repaired; decide on several at once."""

    list_display = ["segment", "before", "text", "author", "status", "decided_by", "submitted_at"]
    list_filter = ["status", "cause", "author", "decided_by"]
    list_select_related = ["segment__article", "author", "decided_by"]
    search_fields = ["text", "before", "segment__article__title"]
    actions = ["approve"]

    @admin.action(description=gettext_lazy("Approve"))
    def approve(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        """Approve the chosen corrections; rejecting needs a reason, so that is done on the desk."""
        run_action_on(
            request,
            self,
            corrections,
            lambda row: review_actions.approve(row, by=request.user, revision=_revision(row)),
        )


def _revision(row: Finding | Correction) -> int:
    return int(Segment.objects.values_list("revision", flat=True).get(pk=row.segment_id))


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The history, to be read."""

    list_display = ["at", "actor", "act", "article", "position"]
    list_filter = ["act", "actor", "at"]
    list_select_related = ["actor", "article"]
    search_fields = ["article__title"]
    date_hierarchy = "at"


@admin.register(AccessToken)
class AccessTokenAdmin(admin.ModelAdmin):
    """Tokens for the API: made here, shown once, taken away here."""

    list_display = ["__str__", "created_at", "last_used_at"]
    list_select_related = ["user"]
    fields = ["user", "name"]

    def has_change_permission(self, request: HttpRequest, token: AccessToken | None = None) -> bool:
        """A token is made and deleted, never changed."""
        return False

    def save_model(self, request: HttpRequest, token: AccessToken, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's own signature
        """Make the token and show its words, this one time."""
        made, words = AccessToken.objects.issue(user=token.user, name=token.name)
        token.pk, token.digest, token.created_at = made.pk, made.digest, made.created_at
        text = _("The token is %(token)s – keep it now, it is not shown again.")
        self.message_user(request, text % {"token": words}, messages.WARNING)
