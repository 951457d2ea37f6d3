"""What checks and people said of a segment: findings, and flags with their discussion.

What must never be false is a database constraint: a decision has a person and a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Segment
from articles.models.hidden import BlindStatus, FlagQuerySet, VisibleFlags
from articles.text.document import Span
from articles.text.thresholds import DECISIONS_FOR_PRECISION

USER = settings.AUTH_USER_MODEL


class Severity(models.TextChoices):
    """MQM's severities, worst last; their weights are in ``articles.scoring.mqm``."""

    NEUTRAL = "neutral", _("neutral")
    MINOR = "minor", _("minor")
    MAJOR = "major", _("major")
    CRITICAL = "critical", _("critical")


def render_message(message: str, values: Mapping[str, Any]) -> str:
    """Return a finding's message in the reader's language; types and languages in it, too."""
    translated: dict[str, str] = {}
    for name in ("type", "language"):
        if values.get(name):
            translated[name] = gettext(str(values[name]))
    return gettext(message) % {**values, **translated}


@dataclass(frozen=True)
class FindingCounts:
    """How people decided on the findings of one check by one finder."""

    finder: str
    check_id: str
    taken: int
    dismissed: int
    open: int

    @property
    def decided(self) -> int:
        """How many of them people accepted or dismissed."""
        return self.taken + self.dismissed

    @property
    def precision(self) -> int | None:
        """The percentage of decided findings that were accepted; None while few are decided."""
        if self.decided < DECISIONS_FOR_PRECISION:
            return None
        share = self.taken / self.decided
        return round(100 * share)


class FindingQuerySet(models.QuerySet["Finding"]):
    """Queries about findings."""

    def open(self) -> FindingQuerySet:
        """Return the open ones that no waiting correction removes."""
        return self.filter(status="open", hidden_by=None)

    def counts_by_check(self) -> list[FindingCounts]:
        """Return how people decided on them, by finder and check. Makes one query."""
        groups = self.order_by("finder", "check_id").values("finder", "check_id")
        rows = groups.annotate(
            taken_count=models.Count("pk", filter=Q(status="taken")),
            dismissed_count=models.Count("pk", filter=Q(status="dismissed")),
            open_count=models.Count("pk", filter=Q(status="open", hidden_by=None)),
        )
        result: list[FindingCounts] = []
        for row in rows:
            found = FindingCounts(
                row["finder"],
                row["check_id"],
                taken=row["taken_count"],
                dismissed=row["dismissed_count"],
                open=row["open_count"],
            )
            result.append(found)
        return result


class Finding(models.Model):
    """A possible error that a check found; its spans are code points of the segment's texts.

    ``remedy`` is the repair that the check proposes: lists of the start and the end in the target,
    the words there and the words that replace them. It is empty where the check knows none.
    ``found_in`` is the digest of the target text that it was found in, "" for the machine's. While
    a correction waits whose text the check finds nothing wrong with, it is ``hidden_by`` this. It
    is closed when its check no longer finds it in the text in force; ``closed_by`` is the event.
    """

    class Status(models.TextChoices):
        """Open, how a person decided, or closed because its cause is gone."""

        OPEN = "open", _("open")
        DISMISSED = "dismissed", _("dismissed")
        TAKEN = "taken", _("accepted")
        CLOSED = "closed", _("closed: the text was corrected")

    class Reason(models.TextChoices):
        """Why a finding was dismissed."""

        ELSEWHERE = "elsewhere", _("covered elsewhere")
        IMPLIED = "implied", _("implied")
        RESTRUCTURED = "restructured", _("restructured")
        CUT = "cut", _("cut on purpose")
        STYLE = "style", _("a matter of style")
        WRONG = "wrong", _("false alarm")

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
    remedy = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    decided_by = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    found_in = models.CharField(max_length=64, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        "Correction", models.SET_NULL, null=True, related_name="hides", editable=False
    )
    closed_by = models.ForeignKey(
        "Event", models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["segment", "fingerprint"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "closed"], decided_by=None, decided_at=None)
                | Q(
                    status__in=["dismissed", "taken"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="finding_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="finding_score_0_1"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The message in the reader's language."""
        return render_message(self.message, self.values)

    @property
    def is_on_card(self) -> bool:
        """Whether it is neither closed nor removed by a correction that waits."""
        return self.status != self.Status.CLOSED and self.hidden_by_id is None

    def similar(self) -> models.QuerySet[Finding]:
        """Return the other open findings of the article with the same message and words."""
        same = {
            name: getattr(self, name)
            for name in ("finder", "check_id", "type", "message", "values")
        }
        rows = Finding.objects.open().filter(**same)
        return rows.filter(segment__article_id=self.segment.article_id).exclude(pk=self.pk)


class ReplyKind(models.TextChoices):
    """What a reply does: answer a flag, keep it, take it back, or decide on it as arbiter."""

    ANSWERED = "answered", _("replied")
    KEPT = "kept", _("kept")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UPHELD = "upheld", _("upheld")
    DROPPED = "dropped", _("overruled")


DISPUTED = (ReplyKind.ANSWERED, ReplyKind.KEPT)
"""The last replies of a discussion in which people do not agree."""


class Flag(models.Model):
    """A person's mark on a segment: what is wrong (MQM), how severe it is, and where.

    Spans are code points of ``segment.source_text`` and of the machine's ``segment.target_text``,
    stored with the words that they quote. ``caret`` is the place in the target where missing words
    belong. ``issue`` is what editors call the error where MQM's type is wider (``mqm.SHORT_LIST``),
    else "". ``talk`` is the state of the discussion: the kind of its last reply, "" while there is
    none.
    """

    class Status(models.TextChoices):
        """Open until a correction of it is approved or its author takes it back."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("corrected")
        REMOVED = "removed", _("removed")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="flags")
    author = models.ForeignKey(USER, models.PROTECT, related_name="flags", verbose_name=_("author"))
    finding = models.ForeignKey(
        Finding, models.SET_NULL, null=True, blank=True, related_name="flags"
    )
    type = models.CharField(_("type"), max_length=60)
    issue = models.CharField(max_length=20, blank=True, editable=False)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity, default=Severity.MAJOR
    )
    comment = models.TextField(_("comment"), blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_quote = models.TextField(_("words in the source"), blank=True)
    target_start = models.PositiveIntegerField(null=True, blank=True)
    target_end = models.PositiveIntegerField(null=True, blank=True)
    target_quote = models.TextField(_("words in the target"), blank=True)
    caret = models.PositiveIntegerField(_("insertion point"), null=True, blank=True)
    needs_locating = models.BooleanField(_("position to be checked"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    talk = models.CharField(_("discussion"), max_length=10, choices=ReplyKind, blank=True)
    apart = models.CharField(
        _("blind review"), max_length=10, choices=BlindStatus, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    everything = FlagQuerySet.as_manager()
    objects = VisibleFlags()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        indexes = [models.Index(fields=["status", "talk"], name="flag_by_status")]
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
    def last_reply(self) -> Reply | None:
        """The last reply to it, or None."""
        replies = list(self.replies.all())
        return replies[-1] if replies else None

    @property
    def source_span(self) -> Span | None:
        """The marked words of the source, or None."""
        return _span(self.source_start, self.source_end)

    @property
    def target_span(self) -> Span | None:
        """The marked words of the target, or None."""
        return _span(self.target_start, self.target_end)


def _span(start: int | None, end: int | None) -> Span | None:
    """Return the span of two stored offsets, or None where they are empty."""
    if start is None or end is None:
        return None
    return Span(start, end)


class Reply(models.Model):
    """A reply in the discussion of a flag, never changed.

    The flag's ``talk`` is the kind of its last one.
    """

    flag = models.ForeignKey(Flag, models.CASCADE, related_name="replies")
    author = models.ForeignKey(
        USER, models.PROTECT, related_name="replies", verbose_name=_("author")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReplyKind)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="reply_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.get_kind_display()}"
