"""What was erased from history: while such a row is open, and only then, the database lets go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasureManager(models.Manager["Erasure"]):
    """Opens history for an erasure."""

    @contextmanager
    def opened(
        self, kind: str, subject: str, *, reason: str, by: User | None = None
    ) -> Iterator[Erasure]:
        """Run the block in a transaction in which history may be changed; keep that it was.

        ``reason`` says why, in words; ``by`` is who had it done, None on the command line.
        """
        with transaction.atomic():
            # The triggers let go while a tombstone has no end (history/triggers.py).
            erasure = self.create(kind=kind, subject=subject, reason=reason, by=by)
            yield erasure
            erasure.ended_at = timezone.now()
            erasure.save()


class Erasure(models.Model):
    """A tombstone: what was erased or made anonymous, when and why. It cannot be removed.

    ``subject`` is the number of an article or the pseudonym of a person; ``events`` is how many
    events went or changed, ``digest`` that of the last of an article's events.
    """

    class Kind(models.TextChoices):
        """What may be erased."""

        ARTICLE = "article", _("article erased")
        PERSON = "person", _("person made anonymous")

    kind = models.CharField(_("action"), max_length=8, choices=Kind)
    subject = models.CharField(_("which"), max_length=40)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    events = models.PositiveIntegerField(_("events"), default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects = ErasureManager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"
