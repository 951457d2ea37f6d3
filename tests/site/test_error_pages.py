"""The pages that answer what the site cannot: each looks like the site and says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from reviewsite.errors import bad_request
from tests.factories import make_article


def test_each_error_has_its_page(db: None, rosa: Any) -> None:
    client = Client()
    client.force_login(rosa)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rosa)
    article = make_article()
    answers = [
        (client.get("/nowhere/"), 404, "Page not found"),
        (strict.post(reverse("logout")), 403, "Please try again"),
        (
            client.post(reverse("take_return", args=[article.pk]), {"take": "3"}),
            400,
            "Invalid request",
        ),
    ]
    for response, status, words in answers:
        page = response.content.decode()
        assert response.status_code == status
        assert words in page
        assert 'class="narrow"' in page
        assert page.count("<h1>") == 1


def test_more_than_the_site_takes_is_said_to_be_too_large(
    db: None, rosa: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(rosa)
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 10)
    response = client.post(reverse("password_change"), {"old_password": "x" * 50})
    assert response.status_code == 413
    assert "Nothing was saved" in response.content.decode()


def test_only_the_limits_are_called_too_large(db: None) -> None:
    request = RequestFactory().get("/")
    assert bad_request(request, RequestDataTooBig()).status_code == 413
    assert bad_request(request, SuspiciousOperation()).status_code == 400


def test_the_page_of_a_failure_needs_no_database() -> None:
    page = server_error(RequestFactory().get("/")).content.decode()
    assert "Your drafts are safe." in page
    assert 'class="narrow"' in page
