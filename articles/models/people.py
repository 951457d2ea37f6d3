"""People on a page: what they are called there, and the request of one who is signed in.

Files and the logs keep to usernames, which do not change; history on a page says both names.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

_SECONDS_KNOWN = 60


class SharedNames:
    """The full names that more than one account has, in small letters.

    They are read once a minute by each process, and only where somebody with a full name is named;
    a change in this process counts at once.
    """

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._read_at: float | None = None

    def __contains__(self, name: str) -> bool:
        now = time.monotonic()
        if self._read_at is None or now - self._read_at > _SECONDS_KNOWN:
            self._names = _read_shared_names()
            self._read_at = now
        return name.lower() in self._names

    def forget(self, **_signal: Any) -> None:
        """Have the names read again: an account was changed."""
        self._read_at = None


def _read_shared_names() -> set[str]:
    people = User.objects.exclude(first_name="", last_name="").only("first_name", "last_name")
    counted = Counter(person.get_full_name().lower() for person in people)
    return {name for name, count in counted.items() if count > 1}


shared_names = SharedNames()


def connect_names() -> None:
    """Have changes of accounts followed."""
    post_save.connect(shared_names.forget, sender=User)
    post_delete.connect(shared_names.forget, sender=User)


def name_of(person: User | None) -> str:
    """Return what a page calls a person: first and last name, the username where there is neither.

    Who shares a full name with somebody has the username behind it. "" for nobody.
    """
    if person is None:
        return ""
    name = person.get_full_name()
    if not name:
        return person.get_username()
    if name in shared_names:
        return f"{name} ({person.get_username()})"
    return name


def name_with_username(person: User | None) -> str:
    """Return what history calls a person: first and last name with the username behind them.

    The username alone where there is no other name. "" for nobody.
    """
    if person is None:
        return ""
    name, username = person.get_full_name(), person.get_username()
    return f"{name} ({username})" if name else username


class SignedInRequest(HttpRequest):
    """A request behind ``LoginRequiredMiddleware``: its user is a person, never anonymous.

    It is a name for type checkers; no object of this class is made.
    """

    user: User
    htmx: HtmxDetails
