"""People's tokens for the API.

Only a digest is stored; the token itself is shown once, when it is created.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LAST_USED_PRECISION = timedelta(minutes=1)
"""The precision of "last used", so that not every request is a write."""


def token_digest(token: str) -> str:
    """Return the SHA-256 (hexadecimal) of a token; its 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


class AccessTokenManager(models.Manager["AccessToken"]):
    """Creates tokens and recognises them."""

    def issue(self, *, user: User, name: str = "") -> tuple[AccessToken, str]:
        """Return a new token of that person, and its text, which is not stored."""
        token = secrets.token_urlsafe(32)
        return self.create(user=user, name=name, digest=token_digest(token)), token

    def recognise(self, token: str) -> AccessToken | None:
        """Return the token with this text, if its owner may still sign in, and record its use."""
        candidates = self.select_related("user").filter(user__is_active=True)
        found = candidates.filter(digest=token_digest(token)).first()
        if found:
            self._record_use(found)
        return found

    def _record_use(self, token: AccessToken) -> None:
        """Store that the token was used now, if that is not known closely enough."""
        now = timezone.now()
        last_used = token.last_used_at
        if last_used is None or now - last_used > LAST_USED_PRECISION:
            # By UPDATE: a token that was revoked meanwhile must not come back by ``save``.
            self.filter(pk=token.pk).update(last_used_at=now)


class AccessToken(models.Model):
    """A key with which a program reads in the name of its owner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="access_tokens",
        verbose_name=_("who"),
    )
    name = models.CharField(_("purpose"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = AccessTokenManager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.name}" if self.name else f"{self.user}"
