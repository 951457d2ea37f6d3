"""End the sessions of a person, wherever they are signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User


def end_sessions(person: User) -> None:
    """End all sessions of the person: their next click leads to the page to sign in."""
    for session in UserSession.objects.filter(user=person):
        session.end()
