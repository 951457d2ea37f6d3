"""The pages that answer a request which the site cannot take, or not now."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from articles.models.documents import ArticleGone

RETRY_AFTER = "5"
"""Seconds after which a client may try again when the database was busy."""
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a request beyond the limits of the settings, 400 to any other bad one."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return render(request, f"{status}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; 400 where what was posted to no address cannot be read either.

    Nobody has read it until then: the page's token of forms is the first to ask for it.
    """
    try:
        return defaults.page_not_found(request, exception)
    except (MultiPartParserError, SuspiciousOperation) as problem:
        return bad_request(request, problem)


class GoneMeanwhileMiddleware:
    """Answer 404 where an article was archived after an act had read it and before it locked it.

    Nothing of the act is stored. Acts on a single segment lock that one, and are stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Return the page for an article that is gone, and None for any other failure."""
        if isinstance(problem, ArticleGone):
            return not_found(request, problem)
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is busy or away, 500 to any other failure.

    The page of a busy database holds what was posted, so that one click sends it again. It reads
    nothing from the database. Django calls this while it handles the failure.
    """
    if not _is_database_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    context = {
        "address": request.get_full_path(),
        "fields": _posted_fields(request),
        "csrf_token": get_token(request),
    }
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})


def _is_database_away(problem: BaseException | None) -> bool:
    """Return whether a failure came of a database that is locked or does not answer."""
    while problem is not None:
        if isinstance(problem, OperationalError):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent, but for files and its token, which is made anew."""
    fields: list[tuple[str, str]] = []
    if request.method != "POST" or request.FILES:
        return fields
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and "password" not in name:
            fields.extend((name, str(value)) for value in values)
    return fields
