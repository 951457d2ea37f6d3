"""The API: what the pages and commands give, to whoever shows a token, and never more than reading."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.api import views
from articles.exporting import actions
from articles.models import AccessToken, Article
from articles.models.access import token_digest
from tests.cases import for_each
from tests.factories import make_article


@pytest.fixture
def article(db):
    return make_article()


@pytest.fixture
def ask(client, otto):
    """Ask with Otto's token."""
    _row, token = AccessToken.objects.issue(user=otto, name="nightly")
    return lambda address, **asked: client.get(
        address, asked, headers={"Authorization": f"Bearer {token}"}
    )


def test_the_list_tells_languages_progress_and_links(article, ask):
    response = ask("/api/articles/")
    answer = response.json()
    assert response.status_code == 200
    assert (answer["count"], answer["next"], answer["previous"]) == (1, None, None)
    [row] = answer["articles"]
    assert (row["id"], row["title"]) == (article.pk, "The mayor")
    assert row["target_title"] == ""
    assert (row["source_language"], row["target_language"]) == ("en", "fr")
    assert row["segments"] == {"to_review": 2, "flagged": 0, "waiting": 0, "done": 0}
    assert row["words_done"] == 0 < row["words"]
    assert row["desk"] == f"http://testserver/articles/{article.pk}/"
    assert ask(row["export"].format(form="text")).status_code == 200


def test_the_list_has_pages_and_a_fixed_number_of_queries(
    ask, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(views, "PAGE", 2)
    for number in range(5):
        make_article([(f"Word {number}.", f"Mot {number}.")])
    seen, address = [], "/api/articles/"
    while address:
        answer = ask(address).json()
        seen += [row["id"] for row in answer["articles"]]
        before, address = address, answer["next"]
    assert seen == list(Article.objects.values_list("pk", flat=True))
    assert answer["previous"] == "http://testserver/api/articles/?page=2"
    with django_assert_num_queries(10):
        ask(before)


@pytest.mark.parametrize("names", [("content", "as_of"), ("hold", "on")])
@pytest.mark.parametrize("format", ["text", "jsonl", "xliff"])
def test_an_export_is_what_the_page_gives(format, names, article, ask, client, otto):
    asked = dict(zip(names, ["everything", f"{timezone.localdate()}"], strict=True))
    given = ask(reverse("api_export", args=[article.pk, format]), **asked)
    client.force_login(otto)
    page = client.get(reverse("export", args=[article.pk, format]), asked)
    assert b"".join(given.streaming_content) == b"".join(page.streaming_content)
    assert given["Content-Disposition"] == page["Content-Disposition"]


@for_each(
    ("address", "asked", "status", "sentence"),
    [
        (
            "export/text/",
            {"hold": "all"},
            400,
            "An export can include approved / everything, not “all”.",
        ),
        ("export/text/", {"on": "soon"}, 400, "“soon” is not a date"),
        (
            "export/text/",
            {"content": "all"},
            400,
            "An export can include approved / everything, not “all”.",
        ),
        ("export/text/", {"as_of": "soon"}, 400, "“soon” is not a date"),
        ("export/html/", {}, 400, "was not imported as a web page"),
        ("export/pdf/", {}, 404, "There is no format “pdf”; available: text, markdown"),
        ("segments/", {}, 404, "There is nothing at this address."),
    ],
)
def test_errors_are_sentences(address, asked, status, sentence, article, ask):
    response = ask(f"/api/articles/{article.pk}/{address}", **asked)
    assert response.status_code == status
    assert sentence in response.json()["error"]


def test_what_is_not_there(ask, article):
    assert ask("/api/articles/999/export/text/").json() == {"error": "Article 999 does not exist."}
    for page in ("7", "0", "x"):
        assert ask("/api/articles/", page=page).status_code == 404


@for_each("header", [None, "", "Bearer", "Bearer wrong", "Basic b3R0bzpvdHRv", "wrong"])
@for_each("address", ["/api/articles/", "/api/articles/1/export/text/", "/api/", "/api/else"])
def test_without_a_known_token_nothing_is_said(header, address, article, client, otto):
    client.force_login(otto)
    response = client.get(address, headers={"Authorization": header} if header is not None else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert "Authorization: Bearer" in response.json()["error"]


def test_nothing_can_be_written(article, client, otto):
    client.handler.enforce_csrf_checks = True
    _row, token = AccessToken.objects.issue(user=otto)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(
            "/api/articles/", headers={"Authorization": f"Bearer {token}"}
        )
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_only_a_digest_is_stored_and_use_is_noted_by_the_minute(ask, otto):
    row, token = AccessToken.objects.issue(user=otto)
    assert row.digest == token_digest(token)
    assert token not in str(AccessToken.objects.filter(pk=row.pk).values())
    AccessToken.objects.recognise(token)
    first = AccessToken.objects.get(pk=row.pk).last_used_at
    AccessToken.objects.recognise(token)
    assert AccessToken.objects.get(pk=row.pk).last_used_at == first
    AccessToken.objects.update(last_used_at=first - timedelta(minutes=2))
    AccessToken.objects.recognise(token)
    assert AccessToken.objects.get(pk=row.pk).last_used_at > first - timedelta(minutes=1)


def test_the_token_of_somebody_who_left_opens_nothing(ask, otto):
    otto.is_active = False
    otto.save()
    assert ask("/api/articles/").status_code == 401


def test_an_admin_makes_a_token_and_sees_it_once(client, ada, otto):
    client.force_login(ada)
    address = reverse("admin:articles_accesstoken_add")
    page = client.post(address, {"user": otto.pk, "name": "nightly"}, follow=True).content.decode()
    token = re.search(r"The token is ([\w-]{40,})", page)[1]
    row = AccessToken.objects.recognise(token)
    assert (row.user, row.name, f"{row}") == (otto, "nightly", "otto · nightly")
    assert f"{AccessToken(user=otto)}" == "otto"
    assert (
        token not in client.get(reverse("admin:articles_accesstoken_changelist")).content.decode()
    )
    change = reverse("admin:articles_accesstoken_change", args=[row.pk])
    assert client.post(change, {"user": ada.pk}).status_code == 403
    client.post(reverse("admin:articles_accesstoken_delete", args=[row.pk]), {"post": "yes"})
    assert AccessToken.objects.recognise(token) is None


def test_every_form_is_offered_by_the_api(article, ask):
    for form in actions.formats_of(article):
        assert ask(reverse("api_export", args=[article.pk, form])).status_code == 200
