"""The request of somebody who is signed in."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class SignedInRequest(HttpRequest):
    """A request behind ``LoginRequiredMiddleware``: its user is a person, never anonymous.

    It is a name for type checkers; no object of this class is made.
    """

    user: User
    htmx: HtmxDetails
