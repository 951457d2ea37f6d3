"""Floor 5: managing the corpus. What was said of a segment is read here and moved only by the acts of review.py, so
that history stays true; documents and history cannot be edited at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import review, workflow
from articles.admin_checks import TakesFindings
from articles.checking import refresh_findings
from articles.export import zipped
from articles.models import AccessToken, Article, Correction, Document, Event, Finding, Flag, Segment

admin.site.site_header = gettext_lazy("Translation review")
admin.site.site_title = gettext_lazy("Translation review")
admin.site.index_title = gettext_lazy("Corpus, people and roles")


class ReadOnly(admin.ModelAdmin):
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
class DocumentAdmin(ReadOnly):
    """The documents as they arrived."""

    list_display = ["name", "language", "created_at"]
    list_filter = ["language", "created_at"]
    search_fields = ["name", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """A list of documents does not load their texts."""
        return Document.objects.defer("text", "page")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Articles: import, export, check again, delete."""

    list_display = ["title", "desk", "segments_in_all", "done", "waiting", "created_at"]
    list_filter = ["created_at", "source__language", "target__language"]
    search_fields = ["title", "source__name", "target__name"]
    fields = ["title", "source", "target", "created_at", "updated_at"]
    readonly_fields = ["source", "target", "created_at", "updated_at"]
    actions = ["check_again", "export"]
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Articles with their counts, in one query."""
        return (
            Article.objects.with_progress()
            .select_related("source", "target")
            .defer("source__text", "target__text", "source__page", "target__page")
        )

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by import, not by a form."""
        return False

    @admin.action(description=gettext_lazy("Run the checks again"), permissions=["change"])
    def check_again(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        """Run the checks over the chosen articles."""
        for article in articles:
            count = refresh_findings(article)
            Event.objects.record(Event.Act.RECHECKED, article=article, by=request.user, findings=count)
            text = ngettext("%(title)s: %(count)s open finding.", "%(title)s: %(count)s open findings.", count)
            self.message_user(request, text % {"title": article.title, "count": count})

    @admin.action(description=gettext_lazy("Export the corrected articles"), permissions=["view"])
    def export(self, request: HttpRequest, articles: QuerySet[Article]) -> FileResponse:
        """A ZIP of what the chosen articles export."""
        return FileResponse(zipped(articles), as_attachment=True, filename="corrected-articles.zip")


def act_on(
    request: HttpRequest,
    owner: admin.ModelAdmin,
    rows: Iterable[Any],
    act: Callable[[Any], None],
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
        owner.message_user(request, ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done})


@admin.register(Segment)
class SegmentAdmin(ReadOnly):
    """Segments: find them, mark them as fine, take them up again."""

    list_display = ["__str__", "source_text", "target_text", "status", "score"]
    list_filter = ["status", "article"]
    list_select_related = ["article"]
    search_fields = ["source_text", "target_text", "article__title"]
    actions = ["confirm", "reopen"]

    @admin.action(description=gettext_lazy("Mark as fine"))
    def confirm(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Mark the chosen segments as fine."""
        act_on(request, self, segments, lambda row: review.confirm(row, by=request.user, revision=row.revision))

    @admin.action(description=gettext_lazy("Reopen"))
    def reopen(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Take the chosen segments up again."""
        act_on(request, self, segments, lambda row: review.reopen(row, by=request.user, revision=row.revision))


@admin.register(Finding)
class FindingAdmin(TakesFindings, ReadOnly):
    """What the checks doubt, and what people made of it."""

    list_display = ["text", "finder", "check_id", "type", "score", "status", "reason", "segment"]
    list_filter = ["status", "finder", "check_id", "type", "reason"]
    list_select_related = ["segment__article"]
    search_fields = ["segment__source_text", "segment__target_text"]
    actions = ["restore"]

    @admin.action(description=gettext_lazy("Bring back dismissed findings"))
    def restore(self, request: HttpRequest, findings: QuerySet[Finding]) -> None:
        """Bring the chosen findings back."""
        act_on(request, self, findings, lambda row: review.restore(row, by=request.user, revision=_revision(row)))


@admin.register(Flag)
class FlagAdmin(ReadOnly):
    """What people marked."""

    list_display = ["type", "severity", "source_quote", "target_quote", "author", "status", "segment", "created_at"]
    list_filter = ["status", "severity", "type", "author", "needs_locating"]
    list_select_related = ["segment__article", "author"]
    search_fields = ["comment", "source_quote", "target_quote", "segment__article__title"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    """What people repaired; decide on several at once."""

    list_display = ["segment", "before", "text", "author", "status", "decided_by", "submitted_at"]
    list_filter = ["status", "author", "decided_by"]
    list_select_related = ["segment__article", "author", "decided_by"]
    search_fields = ["text", "before", "segment__article__title"]
    actions = ["approve"]

    @admin.action(description=gettext_lazy("Approve"))
    def approve(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        """Approve the chosen corrections; rejecting needs a reason, so that is done on the desk."""
        act_on(request, self, corrections, lambda row: review.approve(row, by=request.user, revision=_revision(row)))


def _revision(row: Finding | Correction) -> int:
    return int(Segment.objects.values_list("revision", flat=True).get(pk=row.segment_id))


@admin.register(Event)
class EventAdmin(ReadOnly):
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
