"""What browsers and proxies may keep of the answers: pages for one person, files not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

PAGES = "private, no-cache"
"""No proxy keeps a page. The browser may, for Back, which brings what was typed back too."""
FILES = "private, no-store"
"""A download, or an answer to a program's token: nobody goes back to it."""


class PrivatePagesMiddleware:
    """Say in ``Cache-Control`` that an answer is for one person, unless its view says more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        is_file = "Content-Disposition" in response or "Authorization" in request.headers
        response.setdefault("Cache-Control", FILES if is_file else PAGES)
        return response
