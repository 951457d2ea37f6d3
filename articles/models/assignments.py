"""Who does what with an article, until when; and the verdicts of blind reviewers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article, Segment
from articles.models.due import Due
from articles.models.review import Finding

USER = settings.AUTH_USER_MODEL


class AssignmentManager(models.Manager["Assignment"]):
    """Fetches assignments with their people: none is shown without."""

    def get_queryset(self) -> models.QuerySet[Assignment]:
        """Return all assignments, with their people."""
        return super().get_queryset().select_related("person")

    def earliest_due(self, article: OuterRef) -> tuple[Subquery, Subquery]:
        """Return the day and the hour at which the first part of an article is due."""
        rows = self.filter(article=article, due__isnull=False)
        # As in Due.order: a day without an hour comes after its hours.
        rows = rows.order_by("due", F("due_time").asc(nulls_last=True))
        return Subquery(rows.values("due")[:1]), Subquery(rows.values("due_time")[:1])


class Assignment(models.Model):
    """One person's part in one article.

    It says whose job the article is and keeps nobody else from working on it, except in a blind
    review: the two reviewers are then its readers, and ``finished_at`` says that one has finished.
    """

    class Role(models.TextChoices):
        """The part: whoever decides is not whoever reviews."""

        REVIEWER = "reviewer", _("reviewer")
        APPROVER = "approver", _("approver")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="assignments", verbose_name=_("article")
    )
    person = models.ForeignKey(
        USER, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.REVIEWER)
    due = models.DateField(_("due"), null=True, blank=True)
    # The hour of that day, in the time zone of the site; without one it is the end of the day.
    due_time = models.TimeField(_("time"), null=True, blank=True)
    finished_at = models.DateTimeField(_("review finished"), null=True, blank=True, editable=False)

    objects = AssignmentManager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person"],
                name="assignment_one_part_each",
                violation_error_message=_(
                    "A person has one role in an article: a reviewer cannot also approve it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["reviewer", "approver"]), name="assignment_role_known"
            ),
            models.CheckConstraint(
                condition=Q(due_time=None) | Q(due__isnull=False),
                name="assignment_time_has_a_day",
                violation_error_message=_("A time needs a date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"

    @property
    def due_at(self) -> Due | None:
        """Until when it is to be done: the day with its hour; None where no day was named."""
        return Due(self.due, self.due_time) if self.due else None


class Verdict(models.Model):
    """A blind reviewer's verdict: a segment has no error, or a finding is none, for a reason.

    Without ``finding`` it is about the segment. Nobody else sees it. When the two blind reviews
    have been compared, it is applied to the segment or the finding and deleted.
    """

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(USER, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, related_name="verdicts")
    reason = models.CharField(_("reason"), max_length=16, choices=Finding.Reason, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "person"],
                condition=Q(finding=None),
                name="verdict_once_a_segment",
            ),
            models.UniqueConstraint(fields=["finding", "person"], name="verdict_once_a_finding"),
            models.CheckConstraint(
                condition=Q(finding=None) ^ ~Q(reason=""), name="verdict_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} · {self.person}"
