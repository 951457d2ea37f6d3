"""How sign-in by django-allauth behaves here: no sign-up, limits in words, secrets encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from articles.accounts import audit, limits
from articles.models import AuditEntry


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are invited, and whoever fails too often waits."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is wrong."),
        "email_password_mismatch": _("The name or the password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody makes an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is hashed. Raises ImmediateHttpResponse.

        Only a refusal that was not expected is counted and logged: repeating it costs the site
        little, and fills no log.
        """
        address = self.get_client_ip(request)
        account = credentials.get("username") or credentials.get("email") or ""
        if limits.was_refused(address, account):
            raise ImmediateHttpResponse(_too_many_attempts(request))
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            limits.remember_refusal(address, account)
            person = _person_named(credentials)
            audit.record(AuditEntry.Kind.SIGN_IN_REFUSED, request, person=person)
            raise ImmediateHttpResponse(_too_many_attempts(request)) from None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a failed sign-in, with the person whose account it was for."""
        person = _person_named(credentials)
        audit.record(AuditEntry.Kind.SIGN_IN_FAILED, request, person=person)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of authenticator apps and recovery codes are stored encrypted."""

    def encrypt(self, text: str) -> str:
        """Return the text encrypted with a key made of SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` was given. Raises InvalidToken under another SECRET_KEY."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"second sign-in step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _too_many_attempts(request: HttpRequest) -> HttpResponse:
    """Return the page that says how long to wait. It reads nothing from the database."""
    return render(request, "429.html", status=429)


def _person_named(credentials: dict[str, Any]) -> User | None:
    """Return the person whose account was tried, None where there is none."""
    name = credentials.get("username") or ""
    return User.objects.filter(username=name).first()
