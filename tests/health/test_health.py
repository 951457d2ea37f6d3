"""Whether the site lives and is ready, its figures, and logs that hold no text of an article."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, resolve, reverse

from articles.health import logs, views
from articles.models import Event, Worker
from tests.cases import for_each
from tests.factories import make_article, make_finding


def test_a_site_lives_without_its_database(client: Any) -> None:
    assert client.get("/health/live").content == b"alive\n"


def test_a_site_is_ready_when_everything_works(client: Any, db: None, monkeypatch: Any) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)
    Worker.objects.renew("here-1-a")
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "disk": True, "migrations": True, "worker": True}
    monkeypatch.setattr(views, "LEAST_FREE_DISK", 10**18)
    assert client.get("/health/ready").json()["disk"] is False


def test_a_site_without_database_is_not_ready(client: Any, db: None, monkeypatch: Any) -> None:
    def fail() -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(views.connection, "cursor", fail)
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_figures_are_for_whoever_has_the_token(client: Any, db: None, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "t" * 20
    assert client.get("/metrics").status_code == 404
    article = make_article()
    make_finding(article.segments.get(position=1))
    Event.objects.record("imported", article=article, by=None)
    headers = {"Authorization": "Bearer " + "t" * 20}
    page = client.get("/metrics", headers=headers).content.decode()
    assert 'review_acts_total{act="imported"} 1\n' in page
    assert "review_queue_length{} 0\n" in page
    # One finding in the seven words of the two sentences.
    assert "review_findings_per_1000_words{} 142.857\n" in page
    assert 'status="404"} ' in page
    assert "mayor" not in page


# ── logs ─────────────────────────────────────────────────────────────────────


def test_a_line_names_the_request_and_the_person(rf: Any, rosa: Any) -> None:
    said: list[dict[str, Any]] = []
    formatter = logs.JsonFormatter()

    def answer(request: Any) -> Any:
        request._cached_user = rosa
        record = logging.LogRecord("articles", logging.WARNING, "", 1, "it is %s", ("late",), None)
        said.append(json.loads(formatter.format(record)))
        return HttpResponse()

    given = rf.get("/checks/", headers={"X-Request-ID": "from-a-proxy-1"})
    response = logs.RequestIdMiddleware(answer)(given)
    assert response["X-Request-ID"] == "from-a-proxy-1"
    line = said[0]
    assert (line["message"], line["level"], line["path"]) == ("it is late", "warning", "/checks/")
    assert (line["request"], line["person"]) == ("from-a-proxy-1", rosa.pk)
    odd = logs.RequestIdMiddleware(answer)(rf.get("/", headers={"X-Request-ID": "a b\n"}))
    assert odd["X-Request-ID"] != "a b\n"


def test_a_failure_is_logged_without_its_words() -> None:
    try:
        raise ValueError("Le maire a parlé.")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    line = logs.JsonFormatter().format(record)
    assert "maire" not in line
    assert json.loads(line)["exception"] == "ValueError"
    assert "test_health.py" in line


@pytest.mark.django_db
def test_every_answer_has_the_id_of_its_request(client: Any) -> None:
    assert len(client.get("/sign-in/").headers["X-Request-ID"]) == 32


SECRET = "c7-seven-grey-herons"
OPENS_AN_ACCOUNT = [
    reverse("choose_password", args=["MQ", SECRET]),
    reverse("account_reset_password_from_key", args=["1", SECRET]),
    reverse("account_confirm_email", args=[SECRET]),
]


@for_each("path", OPENS_AN_ACCOUNT)
def test_no_line_holds_what_opens_an_account(path: str, rf: Any) -> None:
    said: list[str] = []

    def answer(request: Any) -> Any:
        record = logging.LogRecord("x", logging.WARNING, "", 1, "Gone: %s?a=1", (path,), None)
        assert logs.SecretsFilter().filter(record)
        said.extend([record.getMessage(), logs.JsonFormatter().format(record)])
        return HttpResponse()

    logs.RequestIdMiddleware(answer)(rf.get(path))
    for line in said:
        assert SECRET not in line
        assert path.split("/")[1] in line
    assert said[0].endswith("…/?a=1")


def test_every_address_that_opens_an_account_is_known() -> None:
    known = {resolve(path).url_name for path in OPENS_AN_ACCOUNT}
    for name, arguments in named_addresses(get_resolver()):
        if arguments & {"token", "key"}:
            assert name in known, f"{name}: its secret would be logged (articles/health/logs.py)"


def named_addresses(resolver: Any) -> Iterator[tuple[str, set[str]]]:
    """Yield each name of an address with the names of its pieces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_addresses(pattern)
        else:
            yield str(pattern.name), set(pattern.pattern.regex.groupindex)


def test_every_line_of_this_site_passes_the_filter() -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert console["filters"] == ["secrets"]
    assert settings.LOGGING["root"]["handlers"] == ["console"]
