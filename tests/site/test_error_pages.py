"""The pages that answer what the site cannot: each looks like the site and says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from articles.history.archive import archive
from articles.models import Assignment
from articles.models.documents import ArticleQuerySet
from reviewsite.errors import bad_request
from reviewsite.errors import server_error as failure
from tests.factories import make_article, make_person


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


@pytest.mark.parametrize(
    "address", ["/?search=a%00b", "/?state=%00&page=%00", "/sign-in/?next=%00"]
)
def test_a_null_character_is_a_character_that_is_not_found(
    db: None, rosa: Any, client: Client, address: str
) -> None:
    """PostgreSQL takes none; a quoted cookie may name one."""
    client.force_login(rosa)
    assert client.get(address).status_code in (200, 302)
    cookies = (
        f'{settings.SESSION_COOKIE_NAME}="12345678\\0009"; {settings.LANGUAGE_COOKIE_NAME}="\\000"'
    )
    answer = Client().get("/", HTTP_COOKIE=cookies)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")


@pytest.mark.parametrize(("letters", "status"), [(1, 404), (5000, 400)])
def test_a_form_for_no_address_is_refused_also_where_it_cannot_be_read(
    db: None, letters: int, status: int
) -> None:
    body = (
        '--x\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{"a" * letters}"\r\n\r\nBonjour.\r\n--x--\r\n'
    )
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    answer = strict.generic("POST", "/no/where/", body, "multipart/form-data; boundary=x")
    assert answer.status_code == status


def test_an_act_on_an_article_that_was_archived_meanwhile_is_not_found(
    rosa: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = make_person("ada", admin=True)
    client.force_login(admin)
    article = make_article()
    lock = ArticleQuerySet.lock

    def archive_first(articles: ArticleQuerySet, key: int) -> Any:
        monkeypatch.setattr(ArticleQuerySet, "lock", lock)
        archive(article, by=admin)
        return articles.lock(key)

    monkeypatch.setattr(ArticleQuerySet, "lock", archive_first)
    response = client.post(
        reverse("assign", args=[article.pk]), {"person": rosa.pk, "role": "reviewer"}
    )
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert not Assignment.objects.exists()


def test_only_the_limits_are_called_too_large(db: None) -> None:
    request = RequestFactory().get("/")
    assert bad_request(request, RequestDataTooBig()).status_code == 413
    assert bad_request(request, SuspiciousOperation()).status_code == 400


def test_the_page_of_a_failure_needs_no_database() -> None:
    page = server_error(RequestFactory().get("/")).content.decode()
    assert "Your drafts are safe." in page
    assert 'class="narrow"' in page


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_said_and_what_was_typed_is_kept(client: Client) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the lock of this test is one of SQLite")
    segment = make_article().segments.first()
    client.force_login(make_person("rosa", role="Reviewers"))
    client.raise_request_exception = False
    address = reverse("draft", args=[segment.pk])
    typed = {"revision": "1", "text": "\n<b>Le maire</b>", "csrfmiddlewaretoken": "old"}
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        response = client.post(address, typed)
        other.rollback()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 10000")
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "The site is busy" in page
    assert f'action="{address}"' in page
    assert '<textarea name="text" hidden>\n\n&lt;b&gt;Le maire&lt;/b&gt;</textarea>' in page
    assert page.count('name="csrfmiddlewaretoken"') == 1
    assert client.post(address, typed).status_code == 302


def test_a_password_is_not_put_into_the_page_of_a_busy_site() -> None:
    request = RequestFactory().post("/sign-in/", {"username": "rosa", "password": "secret"})
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        page = failure(request).content.decode()
    assert "rosa" in page
    assert "secret" not in page


def test_any_other_failure_stays_one() -> None:
    request = RequestFactory().get("/")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        assert failure(request).status_code == 500
    assert failure(request).status_code == 500
