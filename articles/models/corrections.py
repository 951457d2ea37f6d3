"""Corrections: new target texts for segments, from a person's draft to another's decision.

What must never be false is a database constraint: one approved and one waiting correction a
segment, a decision has a person and a time, and nobody decides on their own correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article, Segment
from articles.models.review import render_message
from articles.text.diff import replacements

USER = settings.AUTH_USER_MODEL


class Correction(models.Model):
    """A new target text for one segment, by one person.

    ``before`` is the text that it was made against. ``reason`` is what its author reads of the
    decision; ``cause`` is the common reason it begins with. ``claim`` is a decision that was made
    elsewhere, per the file named in ``claim_file``: it counts for nothing here until an approver of
    this site decides. ``claimed_by`` is the name that the file gives, and ``brought_by`` imported
    the file.
    ``edit_of`` is the waiting correction that its author, an approver, edited in this one.
    ``new_findings`` are the findings that its text brings, as "message" and "values", and with
    "accepted", their id, those that were accepted before and are found in it still.
    ``checked`` identifies the checks and the two texts that they were run on while it waits.
    """

    class Status(models.TextChoices):
        """The status of the correction; ``articles.review.workflow.MOVES`` has the moves."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("awaiting approval")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("returned")
        REPLACED = "replaced", _("replaced by a later one")
        EDITED = "edited", _("edited by an approver")

    class Cause(models.TextChoices):
        """The common reasons to return a correction."""

        MEANING = "meaning", _("The meaning is still wrong")
        MISSING = "missing", _("Words are still missing")
        LANGUAGE = "language", _("Not well written")
        STYLE = "style", _("Not our house style")
        NEEDLESS = "needless", _("The earlier text was fine")
        OTHER = "other", _("Something else")

    class Claim(models.TextChoices):
        """What was decided elsewhere, per a file."""

        APPROVED = "approved", _("approved elsewhere")
        REJECTED = "rejected", _("returned elsewhere")
        REPLACED = "replaced", _("replaced elsewhere")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="corrections")
    author = models.ForeignKey(
        USER, models.PROTECT, related_name="corrections", verbose_name=_("author")
    )
    before = models.TextField(_("before"), blank=True)
    text = models.TextField(_("after"), blank=True)
    base_revision = models.PositiveIntegerField(_("based on revision"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_by = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    cause = models.CharField(_("standard reason"), max_length=10, choices=Cause, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    claim = models.CharField(
        _("decided elsewhere"), max_length=10, choices=Claim, blank=True, editable=False
    )
    claimed_by = models.CharField(max_length=150, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    claim_file = models.CharField(max_length=255, blank=True, editable=False)
    brought_by = models.ForeignKey(
        USER, models.PROTECT, null=True, editable=False, related_name="+"
    )
    edit_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="edits", editable=False
    )
    new_findings = models.JSONField(default=list, editable=False)
    checked = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["status", "author"], name="correction_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["segment"], condition=Q(status="approved"), name="correction_one_approved"
            ),
            models.UniqueConstraint(
                fields=["segment"], condition=Q(status="submitted"), name="correction_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["segment", "author"],
                condition=Q(status="draft"),
                name="correction_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted"], decided_by=None, decided_at=None)
                | Q(
                    status__in=["approved", "rejected", "replaced", "edited"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                # What was decided elsewhere is kept as history; it is never in force.
                | Q(
                    ~Q(claim=""),
                    status__in=["rejected", "replaced"],
                    decided_by=None,
                    decided_at__isnull=False,
                ),
                name="correction_decided_by_someone",
            ),
            # An edit of another person's correction has two people behind it already: a role that
            # the settings name may decide on its own edits.
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | ~Q(decided_by=F("author"))
                | Q(edit_of__isnull=False),
                name="correction_not_by_its_author",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(brought_by=None) | ~Q(decided_by=F("brought_by")),
                name="correction_not_by_who_brought_it",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected", reason=""), name="correction_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False),
                name="correction_submitted_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} · {self.get_status_display()}"

    def clear_claim(self) -> None:
        """Forget what was decided elsewhere, in memory: the text is its author's again."""
        self.claim = ""
        self.claimed_by = ""
        self.claimed_at = None
        self.claim_file = ""
        self.brought_by = None

    @property
    def new_finding_texts(self) -> list[str]:
        """What its text would bring, in the reader's language; [] where it was not checked."""
        if not self.checked:
            return []
        brought = [row for row in self.new_findings if "accepted" not in row]
        return [render_message(row["message"], row["values"]) for row in brought]

    @property
    def accepted_findings_left(self) -> set[int]:
        """The ids of the accepted findings that the checks find in its text still."""
        if not self.checked:
            return set()
        return {row["accepted"] for row in self.new_findings if "accepted" in row}

    def wait_again(self) -> bool:
        """Let it wait again, when its edit no longer waits; return whether it had been edited."""
        if self.status != self.Status.EDITED:
            return False
        self.status = self.Status.SUBMITTED
        self.decided_by = None
        self.decided_at = None
        self.checked = ""
        self.save()
        return True

    @cached_property
    def replacements(self) -> tuple[tuple[str, str], ...]:
        """The words that each of its edits removes, and those that it adds."""
        return replacements(self.before, self.text)

    def with_same_change(self) -> list[Correction]:
        """Return the other waiting corrections of the article that make the same change, in order.

        Makes one query an article, however many are asked for.
        """
        growth = len(self.text) - len(self.before)
        same: list[Correction] = []
        for row in waiting_corrections(self.segment.article):
            # The lengths are compared first: they cost nothing, and the words seldom need
            # comparing.
            if row.pk == self.pk or len(row.text) - len(row.before) != growth:
                continue
            if row.replacements == self.replacements:
                same.append(row)
        return same


def waiting_corrections(article: Article) -> list[Correction]:
    """Return the article's corrections that wait for a decision, in reading order.

    They are read once for each article object: a page asks for each of its waiting segments.
    """
    if not hasattr(article, "read_waiting_corrections"):
        read_waiting_corrections([article])
    return article.read_waiting_corrections


def know_waiting_corrections(article: Article, rows: Iterable[Correction]) -> None:
    """Take the rows for all corrections of the article that wait: nobody has to read them again.

    They are in reading order, and have their segments and authors.
    """
    article.read_waiting_corrections = list(rows)


def read_waiting_corrections(articles: Iterable[Article]) -> None:
    """Read what waiting_corrections() returns for several articles, in one query."""
    by_key = {article.pk: article for article in articles}
    for article in by_key.values():
        article.read_waiting_corrections = []
    rows = Correction.objects.filter(segment__article__in=by_key, status="submitted")
    for row in rows.select_related("segment", "author").order_by("segment__position"):
        article = by_key[row.segment.article_id]
        row.segment.article = article
        article.read_waiting_corrections.append(row)
