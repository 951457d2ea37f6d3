"""Whatever is asked of the API, the answer is no failure of the server, and an error is a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.exporting.actions import EXPORT_FORMATS
from articles.models import AccessToken
from tests.factories import make_article
from tests.strategies import CHARACTERS

TEXTS = st.text(CHARACTERS, max_size=30) | st.sampled_from(
    [
        "1",
        "0",
        "-1",
        "9" * 30,
        "²",
        "\0",
        "approved",
        "everything",
        "2026-01-31",
        "2026-02-30",
        "0001-01-01T00:00",
        "9999-12-31",
    ]
)
NAMES = st.sampled_from(["page", "content", "hold", "as_of", "on", "format", "search"])
NUMBERS = st.integers(0, 10**18) | st.just(0)
FORMATS = st.sampled_from(sorted(EXPORT_FORMATS)) | st.from_regex(
    r"[^/\x00?#%]{1,20}", fullmatch=True
)
METHODS = st.sampled_from(["get", "get", "get", "head", "post", "put", "delete", "options"])


@pytest.fixture
def token(otto: Any) -> str:
    _row, token = AccessToken.objects.issue(user=otto, name="any")
    return str(token)


@pytest.mark.slow  # sixty requests, exports among them
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(["list", "export", "export", "sign-off", "other"]),
    number=NUMBERS,
    format=FORMATS,
    asked=st.dictionaries(NAMES, TEXTS, max_size=3),
    method=METHODS,
    knows=st.sampled_from([True, True, True, False]),
)
def test_no_request_fails(
    token: str, kind: str, number: int, format: str, asked: dict[str, str], method: str, knows: bool
) -> None:
    number = number or make_article().pk
    address = {
        "list": "/api/articles/",
        "export": f"/api/articles/{number}/export/{format}/",
        "sign-off": f"/api/articles/{number}/sign-off/",
        "other": f"/api/{format}",
    }[kind]
    client = Client()
    headers = {"Authorization": f"Bearer {token}"} if knows else {}
    answer = getattr(client, method)(address, asked, headers=headers)
    assert answer.status_code < 500
    if answer.status_code >= 400 and method != "head":
        assert list(answer.json()) == ["error"]
        assert answer.json()["error"]
    if not knows:
        assert answer.status_code == 401
    elif method not in ("get", "head"):
        assert answer.status_code == 405
