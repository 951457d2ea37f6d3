"""Logs as one JSON object a line, each with the request and the person it belongs to.

Lines hold what code says, numbers and addresses, never the words of an article: of an exception
only its kind and the places in the code are written, because its message may quote a text.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_SECRET = re.compile(r"(/welcome/[^/\s]+/|/account/(?:password/reset/key|confirm-email)/)[^/\s?]+")
"""The part of an address that opens an account, after what it stands in."""
_GIVEN_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)


class RequestIdMiddleware:
    """Give each request an id, or keep the one that a proxy gave it, and answer with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        request.META["REQUEST_ID"] = number
        token = _request.set(request)
        try:
            response = self.get_response(request)
        finally:
            _request.reset(token)
        response["X-Request-ID"] = number
        return response


class SecretsFilter(logging.Filter):
    """Take out of a line what would open an account: whoever reads logs is not to sign in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the secrets in the message; every line is kept."""
        said = record.getMessage()
        masked = mask_secrets(said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True


def mask_secrets(line: str) -> str:
    """Return the line with … in the place of each secret in an address."""
    return _SECRET.sub(r"\1…", line)


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_of_request(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def _of_request() -> dict[str, Any]:
    """Return the id, the path and the person of the request that is answered, if one is."""
    request = _request.get()
    if request is None:
        return {}
    found: dict[str, Any] = {
        "request": request.META["REQUEST_ID"],
        "path": mask_secrets(request.path),
    }
    # The person is named only where the request has asked for it: a log line makes no query.
    person = request.__dict__.get("_cached_user")
    if person is not None and person.pk:
        found["person"] = person.pk
    return found
