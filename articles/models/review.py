"""What checks and people said of a segment: findings, flags, corrections, and the history of it all.

What must never be false is a database constraint: one approved and one waiting correction a segment, a decision has
a person and a time, and nobody decides on their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models.corpus import Article, Segment
from articles.text.document import Span

PERSON = settings.AUTH_USER_MODEL


class Severity(models.TextChoices):
    """MQM's severities, worst last; their weights are in text/mqm.py."""

    NEUTRAL = "neutral", _("neutral")
    MINOR = "minor", _("minor")
    MAJOR = "major", _("major")
    CRITICAL = "critical", _("critical")


def in_words(message: str, values: Mapping[str, Any]) -> str:
    """A finding's sentence in the reader's language; so are the MQM types and languages that it names."""
    named = {name: gettext(str(values[name])) for name in ("type", "language") if values.get(name)}
    return gettext(message) % {**values, **named}


@dataclass(frozen=True)
class Tally:
    """What people made of the findings of one check by one finder."""

    finder: str
    check_id: str
    taken: int
    dismissed: int
    open: int

    @property
    def precision(self) -> int | None:
        """Of a hundred findings that were decided on, how many were made a flag; None while none is decided."""
        decided = self.taken + self.dismissed
        return round(100 * self.taken / decided) if decided else None


class FindingQuerySet(models.QuerySet["Finding"]):
    """Questions about findings."""

    def tallies(self) -> list[Tally]:
        """What people made of them, by finder and check. One query."""
        counts = {status.value: models.Count("pk", filter=Q(status=status)) for status in Finding.Status}
        names = {f"{name}_count": count for name, count in counts.items()}
        rows = self.order_by("finder", "check_id").values_list("finder", "check_id").annotate(**names)
        return [
            Tally(finder, check, taken=taken, dismissed=dismissed, open=still)
            for finder, check, still, dismissed, taken in rows.values_list(
                "finder", "check_id", "open_count", "dismissed_count", "taken_count"
            )
        ]


class Finding(models.Model):
    """A doubt a check raised. Its spans are code points of the segment's own texts."""

    class Status(models.TextChoices):
        """Open, or what a person made of it."""

        OPEN = "open", _("open")
        DISMISSED = "dismissed", _("dismissed")
        TAKEN = "taken", _("made a flag")

    class Reason(models.TextChoices):
        """Why a finding was dismissed."""

        ELSEWHERE = "elsewhere", _("covered elsewhere")
        IMPLIED = "implied", _("implied")
        RESTRUCTURED = "restructured", _("restructured")
        CUT = "cut", _("cut on purpose")
        STYLE = "style", _("a matter of style")
        WRONG = "wrong", _("the finding is wrong")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="findings")
    check_id = models.CharField(_("check"), max_length=40)
    finder = models.CharField(_("found by"), max_length=80, default="checks")
    type = models.CharField(_("type"), max_length=60)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    score = models.FloatField(_("likelihood"))
    message = models.TextField(_("message"))
    values = models.JSONField(default=dict)
    source_spans = models.JSONField(default=list)
    target_spans = models.JSONField(default=list)
    caret = models.PositiveIntegerField(null=True)
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    decided_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["segment", "fingerprint"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(status="open", decided_by=None, decided_at=None)
                | Q(~Q(status="open"), decided_by__isnull=False, decided_at__isnull=False),
                name="finding_decided_by_someone",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="finding_score_0_1"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The reason in the reader's language."""
        return in_words(self.message, self.values)

    def alike(self) -> models.QuerySet[Finding]:
        """The other open findings of the article that say the same of the same words."""
        same = {name: getattr(self, name) for name in ("finder", "check_id", "type", "message", "values")}
        rows = Finding.objects.filter(**same, status=Finding.Status.OPEN)
        return rows.filter(segment__article_id=self.segment.article_id).exclude(pk=self.pk)


class Flag(models.Model):
    """A person's mark on a segment: what is wrong (MQM), how badly, and where.

    Spans are code points of ``segment.source_text`` and of the machine's ``segment.target_text``, kept with the words
    they quoted. ``caret`` is the place in the target where missing words belong.
    """

    class Status(models.TextChoices):
        """Open until its repair is approved or its author takes it back."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("repaired")
        REMOVED = "removed", _("removed")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="flags")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="flags", verbose_name=_("author"))
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, blank=True, related_name="flags")
    type = models.CharField(_("type"), max_length=60)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.MAJOR)
    comment = models.TextField(_("comment"), blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_quote = models.TextField(_("words in the source"), blank=True)
    target_start = models.PositiveIntegerField(null=True, blank=True)
    target_end = models.PositiveIntegerField(null=True, blank=True)
    target_quote = models.TextField(_("words in the target"), blank=True)
    caret = models.PositiveIntegerField(_("missing words belong at"), null=True, blank=True)
    needs_locating = models.BooleanField(_("needs locating"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{side}_start": None, f"{side}_end": None})
                | Q(**{f"{side}_end__gt": F(f"{side}_start")}),
                name=f"flag_{side}_span_whole",
            )
            for side in ("source", "target")
        ]

    def __str__(self) -> str:
        return f"{gettext(self.type)} ({self.get_severity_display()})"

    @property
    def source_span(self) -> Span | None:
        """The marked words of the source."""
        return (
            Span(self.source_start, self.source_end)
            if self.source_start is not None and self.source_end is not None
            else None
        )

    @property
    def target_span(self) -> Span | None:
        """The marked words of the target."""
        return (
            Span(self.target_start, self.target_end)
            if self.target_start is not None and self.target_end is not None
            else None
        )


class Correction(models.Model):
    """A new target text for one segment, by one person. ``before`` is the text it was made against."""

    class Status(models.TextChoices):
        """Where the correction stands; the moves between are in workflow.MOVES."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for approval")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REPLACED = "replaced", _("replaced by a later one")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="corrections")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="corrections", verbose_name=_("author"))
    before = models.TextField(_("before"), blank=True)
    text = models.TextField(_("after"), blank=True)
    base_revision = models.PositiveIntegerField(_("made against revision"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(fields=["segment"], condition=Q(status="approved"), name="correction_one_approved"),
            models.UniqueConstraint(fields=["segment"], condition=Q(status="submitted"), name="correction_one_waiting"),
            models.UniqueConstraint(
                fields=["segment", "author"], condition=Q(status="draft"), name="correction_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted"], decided_by=None, decided_at=None)
                | Q(
                    status__in=["approved", "rejected", "replaced"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="correction_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("author")), name="correction_not_by_its_author"
            ),
            models.CheckConstraint(condition=~Q(status="rejected", reason=""), name="correction_rejected_with_reason"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False),
                name="correction_submitted_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} · {self.get_status_display()}"


class EventManager(models.Manager["Event"]):
    """Writing history."""

    def record(
        self, act: str, *, by: Any, segment: Segment | None = None, article: Article | None = None, **details: Any
    ) -> Event:
        """Write one line of history, inside the act's own transaction. ``by`` None is the machine itself."""
        return self.create(
            act=act,
            segment=segment,
            article=article or (segment.article if segment else None),
            actor=by,
            position=segment.position if segment else None,
            details=details,
        )


class Event(models.Model):
    """One line of history: who did what, when, to which segment. Only ever added."""

    class Act(models.TextChoices):
        """Everything that can have happened."""

        IMPORTED = "imported", _("imported the article")
        REIMPORTED = "reimported", _("imported a new version")
        RECHECKED = "rechecked", _("ran the checks again")
        HEARD = "heard", _("took in findings of another tool")
        ASKED = "asked", _("asked a language model")
        REALIGNED = "realigned", _("changed the pairing")
        FLAGGED = "flagged", pgettext_lazy("what somebody did", "flagged")
        FLAG_EDITED = "flag_edited", _("changed a flag")
        FLAG_REMOVED = "flag_removed", _("removed a flag")
        DISMISSED = "dismissed", _("dismissed a finding")
        RESTORED = "restored", _("brought a finding back")
        SUBMITTED = "submitted", _("sent a correction for approval")
        WITHDRAWN = "withdrawn", _("took a correction back")
        APPROVED = "approved", _("approved a correction")
        REJECTED = "rejected", _("rejected a correction")
        CONFIRMED = "confirmed", _("marked as fine")
        REOPENED = "reopened", _("reopened")

    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="events")
    segment = models.ForeignKey(Segment, models.SET_NULL, null=True, related_name="events")
    position = models.IntegerField(_("segment number"), null=True)
    actor = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    act = models.CharField(_("what"), max_length=16, choices=Act)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"
