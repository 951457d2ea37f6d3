"""Who is to do what with an article, until when; and what a person who reads it apart says beside flags."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article, Segment
from articles.models.review import Finding

USER = settings.AUTH_USER_MODEL


class AssignmentManager(models.Manager["Assignment"]):
    """Assignments with their people: nobody asks for the one without the other."""

    def get_queryset(self) -> models.QuerySet[Assignment]:
        """All, with their people."""
        return super().get_queryset().select_related("person")


class Assignment(models.Model):
    """One person's part in one article. It says whose job it is and locks nobody out, but for a reading apart: then
    the two reviewers are its readers, and ``finished_at`` says that theirs is done.
    """

    class Role(models.TextChoices):
        """The part: whoever decides is not whoever reads."""

        REVIEWER = "reviewer", _("reviews")
        APPROVER = "approver", _("approves")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="assignments", verbose_name=_("article")
    )
    person = models.ForeignKey(
        USER, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = models.CharField(_("part"), max_length=10, choices=Role, default=Role.REVIEWER)
    due = models.DateField(_("until"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished reading"), null=True, blank=True, editable=False)

    objects = AssignmentManager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("who does it, until when")
        ordering = ["-role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person"],
                name="assignment_one_part_each",
                violation_error_message=_(
                    "A person has one part in an article: whoever decides is somebody else."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["reviewer", "approver"]), name="assignment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class Verdict(models.Model):
    """What a person who reads apart says of a segment (it is fine: no finding) or of a finding (it is no fault, and
    why). Nobody else sees it; when the readings have been compared it is taken over, and is gone.
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
