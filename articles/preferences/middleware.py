"""Apply a person's preferences to a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from articles.preferences.look import Look, look_of


class LookRequest(HttpRequest):
    """A request that knows how its page looks. For type checkers; none is made of this class."""

    look: Look
    LANGUAGE_CODE: str


class LookMiddleware:
    """Set ``request.look``, and the person's own language. Stands after ``LocaleMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: LookRequest) -> HttpResponseBase:
        """Apply the look that the session remembers, then answer."""
        request.look = look_of(request.session)
        if request.look.language:
            translation.activate(request.look.language)
            request.LANGUAGE_CODE = translation.get_language() or request.look.language
        return self.get_response(request)
