"""Write the audit log: by the signals of sign-in and of the admin, and where articles go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa_signals
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import AuditEntry

Kind = AuditEntry.Kind
_LONGEST_DETAILS = 200
_AT_ONCE = timedelta(minutes=1)
"""Between the line of the admin's log and ours: they are written by one request."""


def record(
    kind: str,
    request: HttpRequest | None,
    *,
    person: User | None = None,
    subject: User | None = None,
    details: str = "",
) -> None:
    """Add a line to the audit log; without a request it has no address."""
    AuditEntry.objects.create(
        kind=kind,
        person=person,
        subject=subject,
        address=client_address(request),
        details=details[:_LONGEST_DETAILS],
    )


def record_export(request: HttpRequest, articles: Iterable[int], format: str, *, by: User) -> None:
    """Log which articles went out, as what, and to whom."""
    numbers = ", ".join(str(number) for number in articles)
    record(Kind.EXPORTED, request, person=by, details=f"{numbers}: {format}")


def client_address(request: HttpRequest | None) -> str | None:
    """Return the address of the client; behind proxies (PROXIES) the one that they name."""
    if request is None:
        return None
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def connect_signals() -> None:
    """Have sign-ins, changes of accounts and acts in the admin logged."""
    auth_signals.user_logged_in.connect(_on_signed_in)
    auth_signals.user_logged_out.connect(_on_signed_out)
    for signal in (
        account_signals.password_changed,
        account_signals.password_set,
        account_signals.password_reset,
    ):
        signal.connect(_on_password_changed)
    mfa_signals.authenticator_added.connect(_on_step_added)
    mfa_signals.authenticator_removed.connect(_on_step_removed)
    post_save.connect(_on_admin_act, sender=LogEntry)


def _on_signed_in(request: HttpRequest, user: User, **_signal: Any) -> None:
    record(Kind.SIGNED_IN, request, person=user)


def _on_signed_out(request: HttpRequest, user: User | None, **_signal: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, request, person=user)


def _on_password_changed(request: HttpRequest, user: User, **_signal: Any) -> None:
    record(Kind.PASSWORD_CHANGED, request, person=user)


def _on_step_added(request: HttpRequest, user: User, authenticator: Any, **_signal: Any) -> None:
    record(Kind.SECOND_STEP_ADDED, request, person=user, details=authenticator.type)


def _on_step_removed(request: HttpRequest, user: User, authenticator: Any, **_signal: Any) -> None:
    record(Kind.SECOND_STEP_REMOVED, request, person=user, details=authenticator.type)


# FBT001: the signal sends it by name.
def _on_admin_act(instance: LogEntry, created: bool, **_signal: Any) -> None:  # noqa: FBT001
    """Log what the admin's own log says; it knows no address."""
    if created:
        # One language for the whole log, whoever's pages it was done on.
        with override(settings.LANGUAGE_CODE):
            details = describe_admin_act(instance)
        record(Kind.ADMIN_ACT, None, person=instance.user, details=details)


def describe_admin_act(act: LogEntry) -> str:
    """Return what was done in the admin to what, in the language that is active."""
    return _("%(kind)s: %(act)s") % {"kind": act.content_type, "act": act}


def admin_act_of(entry: AuditEntry) -> LogEntry | None:
    """Return the line of the admin's own log that a line here was written for, if it is there.

    It was stored a moment before by the same person, and reads the same in the log's language.
    """
    earliest = entry.at - _AT_ONCE
    acts = LogEntry.objects.filter(
        user=entry.person, action_time__gte=earliest, action_time__lte=entry.at
    )
    with override(settings.LANGUAGE_CODE):
        for act in acts.select_related("content_type"):
            if describe_admin_act(act)[:_LONGEST_DETAILS] == entry.details:
                return act
    return None
