"""What a person chooses for themselves: stored with them, and applied to every page."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import Document, Preferences
from tests.factories import make_article

PAGE = "/preferences/"


@pytest.fixture
def reader(client: Client, rosa: Any) -> Client:
    client.force_login(rosa)
    return client


def test_each_choice_of_the_menu_is_kept_and_the_others_stay(reader: Client, rosa: Any) -> None:
    for name, value in (("text_size", "large"), ("density", "compact"), ("scheme", "dark")):
        answer = reader.post(PAGE, {name: value, "next": "/queue/"})
        assert answer.headers["Location"] == "/queue/"
    page = reader.get("/").content.decode()
    assert 'data-text="large" data-density="compact" data-scheme="dark"' in page
    assert 'name="color-scheme" content="dark"' in page
    assert 'value="dark" aria-pressed="true"' in page
    stored = Preferences.objects.get(user=rosa)
    assert (stored.text_size, stored.density, stored.scheme) == ("large", "compact", "dark")


def test_they_come_along_to_another_browser(rosa: Any, otto: Any) -> None:
    Preferences.objects.create(user=rosa, language="fr", scheme="light")
    elsewhere = Client()
    elsewhere.post(reverse("login"), {"username": "rosa", "password": "rosa"})
    page = elsewhere.get("/").content.decode()
    assert '<html lang="fr"' in page
    assert 'data-scheme="light"' in page
    other = Client()
    other.force_login(otto)
    assert '<html lang="en"' in other.get("/").content.decode()


def test_the_language_stays_in_the_browser_until_it_is_given_up(reader: Client) -> None:
    reader.post(PAGE, {"language": "fr"})
    assert reader.get("/nowhere/").content.decode().count('<html lang="fr"') == 1
    reader.post(reverse("logout"))
    assert '<html lang="fr"' in reader.get(reverse("login")).content.decode()


def test_the_browser_decides_where_no_language_is_chosen(reader: Client) -> None:
    reader.post(PAGE, {"language": "fr"})
    reader.post(PAGE, {"language": ""})
    french = {"accept-language": "fr"}
    assert '<html lang="fr"' in reader.get("/", headers=french).content.decode()
    assert '<html lang="en"' in reader.get("/").content.decode()


def test_what_cannot_be_chosen_is_not_stored(reader: Client) -> None:
    for field in ("language", "text_size", "density", "scheme", "counterparts"):
        answer = reader.post(PAGE, {field: "\0pink"})
        assert answer.status_code == 422
        assert 'class="error' in answer.content.decode()
    assert not Preferences.objects.exists()


def test_the_way_back_stays_on_the_site(reader: Client) -> None:
    for address in ("//evil.example/", "https://evil.example/", ""):
        answer = reader.post(PAGE, {"scheme": "dark", "next": address})
        assert answer.headers["Location"] == PAGE


def test_a_session_of_another_version_is_read_as_far_as_it_is_known(reader: Client) -> None:
    session = reader.session
    session["look"] = {"scheme": "dark", "sound": "loud"}
    session.save()
    page = reader.get("/").content.decode()
    assert 'data-text="normal"' in page
    assert 'data-scheme="dark"' in page


def test_the_look_costs_no_query(reader: Client, django_assert_num_queries: Any) -> None:
    reader.post(PAGE, {"scheme": "dark"})
    with django_assert_num_queries(2):  # session and person
        page = reader.get(reverse("shortcuts")).content.decode()
    assert "<kbd>Ctrl+Enter</kbd>" in page


def test_the_desk_explains_itself_until_the_person_hides_that(reader: Client) -> None:
    desk = reverse("desk", args=[make_article().pk])
    assert "How you review" in reader.get(desk).content.decode()
    response = reader.post(reverse("hide_introduction"), {"next": desk})
    assert response["Location"] == desk
    assert "How you review" not in reader.get(desk).content.decode()
    another = Client()
    assert another.login(username="rosa", password="rosa")
    assert "How you review" not in another.get(desk).content.decode(), "it is kept per person"


def test_the_article_that_a_site_begins_with_is_for_practice(reader: Client) -> None:
    article = make_article()
    seed = next((settings.BASE_DIR / "seeds").glob("*.txt"))
    Document.objects.filter(pk=article.source_id).update(name=seed.name)
    html = reader.get(reverse("desk", args=[article.pk])).content.decode()
    assert "This article is for practice" in html


def test_the_page_shows_what_is_chosen_and_refuses_what_is_no_choice(reader: Client) -> None:
    assert reader.get(PAGE).status_code == 200
    assert reader.post(PAGE, {"text_size": "enormous"}).status_code == 422
