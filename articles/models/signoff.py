"""The sign-off of an article: a person says that it may be published as it stands."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article


class SignOff(models.Model):
    """One sign-off, in force until something in the article changes; kept for good.

    ``digest`` is the SHA-256 of the target text that was signed off. ``readers`` says who read how
    much of it: ``{"person": id, "segments": n}``, one for each person. ``ended_act`` is the
    Event.Act that ended it, ``ended_by`` who acted (None: the machine).
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="sign_offs")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    digest = models.CharField(_("digest of the text"), max_length=64)
    readers: models.JSONField[list[dict[str, int]], Any] = models.JSONField(default=list)
    segment_count = models.PositiveIntegerField(_("segments"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_act = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="sign_off_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")),
                name="sign_off_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.at:%Y-%m-%d %H:%M}"
