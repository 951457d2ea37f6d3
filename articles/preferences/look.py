"""The look of the pages for the person who reads them.

It is stored with the person and copied into their session, so that no page costs a query for it:
when they sign in, and when they change it. Another device takes a change over at its next sign-in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from articles.models import Preferences

SESSION_KEY = "look"


@dataclass(frozen=True)
class Look:
    """What base.html and the style sheet read; the values are those of ``Preferences``."""

    language: str = ""
    text_size: str = Preferences.TextSize.NORMAL.value
    density: str = Preferences.Density.COMFORTABLE.value
    scheme: str = Preferences.Scheme.SYSTEM.value
    introduction: bool = True
    counterparts: str = Preferences.Counterparts.ON.value


def remember_look(session: SessionBase, preferences: Preferences) -> None:
    """Copy the preferences into the session."""
    look = Look(
        preferences.language,
        str(preferences.text_size),
        str(preferences.density),
        str(preferences.scheme),
        preferences.shows_introduction,
        str(preferences.counterparts),
    )
    session[SESSION_KEY] = asdict(look)


def look_of(session: SessionBase) -> Look:
    """Return the look that the session remembers, the usual one where there is none."""
    stored = session.get(SESSION_KEY, {})
    # A session may be older or newer than the code.
    known = [field.name for field in fields(Look) if field.name in stored]
    return Look(**{name: stored[name] for name in known})


def take_over_look(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Copy a person's preferences into their session when they sign in."""
    remember_look(request.session, Preferences.objects.of(user))
