"""Work that found no place in a newer version of its article, and waits for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article, Segment


class UnplacedSegment(models.Model):
    """A segment of an earlier version with the work on it, which fits no segment of the newer one.

    ``segment`` belongs to the earlier version (``Article.earlier_of``), which keeps its documents
    too. ``suggestion`` is the segment of ``article`` that is most like it, None for none.
    """

    class Status(models.TextChoices):
        """Waiting for a person, or how one decided."""

        WAITING = "waiting", _("unplaced")
        CARRIED = "carried", _("carried over")
        PUT_AWAY = "put_away", _("archived")

    article = models.ForeignKey(Article, models.CASCADE, related_name="unplaced")
    segment = models.OneToOneField(Segment, models.CASCADE, related_name="unplaced")
    suggestion = models.ForeignKey(Segment, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("unplaced work")
        verbose_name_plural = _("unplaced work")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting", decided_by=None, decided_at=None)
                | Q(~Q(status="waiting"), decided_by__isnull=False, decided_at__isnull=False),
                name="unplaced_decided_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment} → {self.article}"
