"""Who may ask the API: tokens of people. Only a digest is stored; the token itself is shown once, when it is made."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LAST_USED_PRECISION = timedelta(minutes=1)
"""Of “last used”: not every request is a write."""


def token_digest(token: str) -> str:
    """The SHA-256 (hexadecimal) by which a token is known; its 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


class AccessTokenManager(models.Manager["AccessToken"]):
    """Giving tokens out and recognising them."""

    def issue(self, *, user: Any, name: str = "") -> tuple[AccessToken, str]:
        """A new token of that person, and its words, which cannot be had again."""
        token = secrets.token_urlsafe(32)
        return self.create(user=user, name=name, digest=token_digest(token)), token

    def recognise(self, token: str) -> AccessToken | None:
        """The token with these words, of somebody who may still sign in; its use is noted."""
        found = (
            self.select_related("user")
            .filter(digest=token_digest(token), user__is_active=True)
            .first()
        )
        now = timezone.now()
        if found and (found.last_used_at is None or now - found.last_used_at > LAST_USED_PRECISION):
            self.filter(pk=found.pk).update(last_used_at=now)
        return found


class AccessToken(models.Model):
    """A key that lets a program read in the name of its owner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="access_tokens",
        verbose_name=_("who"),
    )
    name = models.CharField(_("what for"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = AccessTokenManager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.name}" if self.name else f"{self.user}"
