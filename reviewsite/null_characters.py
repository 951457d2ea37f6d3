"""No text that comes in holds the character U+0000: nobody types it, and PostgreSQL stores none.

Forms refuse it by themselves. What is read without a form has the replacement character in its
place: the query string, and the cookies, which may name it by an octal number.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_REPLACEMENT = "\ufffd"


class NullCharacterMiddleware:
    """Replace the character before anything is read of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")
        for name, value in request.COOKIES.items():
            request.COOKIES[name] = value.replace("\0", _REPLACEMENT)
        return self.get_response(request)
