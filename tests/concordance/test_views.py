"""The page of the concordance: the form, the hits, how many there are, and the ways on."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from articles.concordance import queries
from articles.models import Document, Team
from tests.cases import for_each
from tests.factories import make_article

GENERAL = ("The <b>Attorney</b> General & co.", "Le procureur général & Cie.")


@pytest.fixture
def page(client: Client, rosa: Any) -> Any:
    """Ask for the page with these parameters, in the name of Rosa."""
    client.force_login(rosa)

    def ask(status: int = 200, /, **asked: str) -> str:
        answer = client.get("/concordance/", asked)
        assert answer.status_code == status
        return answer.text

    return ask


def heading(text: str) -> str:
    return html.unescape(re.findall(r"<h2[^>]*>(.*?)</h2>", text)[0])


def test_nobody_sees_it_without_signing_in(client: Client, db: None) -> None:
    assert client.get("/concordance/", {"q": "a"}).status_code == 302
    assert client.get("/concordance/").headers["Location"].startswith("/sign-in/")


def test_without_words_it_says_what_it_does(page: Any) -> None:
    for words in ("", "   ", "\u00a0"):
        text = page(q=words)
        assert "all articles that you can read" in text
        assert "<h2" not in text
    assert re.search(r'name="whole"\s+checked', page())


def test_a_hit_has_both_texts_its_state_and_the_way_to_its_segment(page: Any) -> None:
    article = make_article([("Before.", "Avant."), GENERAL], title="The <i>case</i>")
    text = page(q="general")
    assert heading(text) == "1 segment"
    assert "&lt;b&gt;" in text
    assert "<b>Attorney" not in text
    assert "<mark>General</mark>" in text
    assert f'href="/articles/{article.pk}/jump/?number=2"' in text
    assert "The &lt;i&gt;case&lt;/i&gt;" in text
    assert "Machine translation, not reviewed" in text
    assert 'lang="fr">Le procureur <span class="likely">général</span> &amp; Cie.</p>' in text
    assert "the likely translation" in text


def test_the_words_are_marked_on_the_sides_that_were_searched(page: Any) -> None:
    make_article([("Paris is Paris.", "Paris est Paris.")])
    assert page(q="paris").count("<mark>Paris</mark>") == 4
    assert page(q="paris", side="source").count("<mark>Paris</mark>") == 2


@for_each("words", ["%", "_", '"', "'", "\\", "a", "é", "*", "(", "[", "😀", "\ufffd", "x" * 200])
def test_any_words_get_an_answer(page: Any, words: str) -> None:
    make_article([("Nothing.", "Rien.")])
    assert heading(page(q=words)) == "Not found."


def test_a_null_character_is_no_fault(client: Client, page: Any) -> None:
    assert client.get("/concordance/?q=a%00b&side=%00&pair=%00&from=%00").status_code == 200


def test_too_many_letters_are_refused_with_a_sentence(page: Any) -> None:
    assert "Search for 200 characters at most." in page(422, q="x" * 201)


def test_a_link_searches_for_whole_words_and_a_form_as_it_says(page: Any) -> None:
    make_article([("Mayors.", "Des maires.")])
    assert heading(page(q="maire")) == "Not found."
    assert heading(page(q="maire", side="both")) == "1 segment"
    assert heading(page(q="maire", side="both", whole="on")) == "Not found."
    assert heading(page(q="maires", side="nowhere", pair="xx-yy", page="-1")) == "1 segment"


def test_what_is_not_found_can_be_searched_otherwise(client: Client, page: Any) -> None:
    make_article([("Mayors.", "Des états.")])
    text = page(q="etat", side="source", whole="on")
    links = [html.unescape(link) for link in re.findall(r'class="button" href="([^"]+)"', text)]
    assert len(links) == 3
    for link in links:
        assert heading(client.get(f"/concordance/{link}").text) == "Not found."
    text = page(q="etat", side="both", accents="on", whole="on")
    (link,) = re.findall(r'class="button" href="([^"]+)"', text)
    assert heading(client.get(f"/concordance/{html.unescape(link)}").text) == "1 segment"


def test_pages_and_an_honest_count(page: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("articles.concordance.views.PAGE_SIZE", 2)
    monkeypatch.setattr("articles.concordance.views.MOST_HITS", 5)
    monkeypatch.setattr(queries, "MOST_HITS", 5)
    make_article([(f"Bit {number}.", "Ligne.") for number in range(5)])
    text = page(q="ligne", page="2")
    assert heading(text) == "5 segments"
    assert "Page 2 of 3" in text
    assert '?page=3&amp;q=ligne"' in text
    assert "Bit 2." in text
    assert "Bit 0." not in text
    make_article([("One more.", "Ligne.")])
    text = page(q="ligne", page="9")
    assert heading(text) == "More than 5 segments; the first 5 are shown"
    assert "Page 3 of 3" in text


def test_languages_are_chosen_where_there_are_several(page: Any) -> None:
    make_article([("A word.", "Un mot.")])
    assert 'name="pair"' not in page()
    german = make_article([("A word.", "Ein Wort.")])
    Document.objects.filter(pk=german.target_id).update(language="de")
    assert "English → German" in page()
    text = page(q="word", side="both", pair="en-de", whole="on")
    assert heading(text) == "1 segment"
    assert '<option value="en-de" selected>' in text


def test_the_way_back_to_the_desk(page: Any) -> None:
    article = make_article([("One.", "Un."), ("Two.", "Deux.")], title="Numbers")
    segment = article.segments.get(position=2)
    for asked in ({}, {"q": "deux"}, {"q": "zebra"}):
        text = page(**asked, **{"from": str(segment.pk)})
        assert f'href="/articles/{article.pk}/jump/?number=2"' in text
        assert "Segment 2, Numbers" in text
        assert f'name="from" value="{segment.pk}"' in text
    hidden = make_article(title="Zanzibar", team=Team.objects.create(name="Another desk"))
    for number in (str(hidden.segments.first().pk), "9" * 30, "x"):
        assert "Zanzibar" not in page(**{"from": number})


def test_the_page_in_french(client: Client, page: Any) -> None:
    make_article([("A word.", "Un mot.")])
    client.cookies["django_language"] = "fr"
    text = page(q="mot")
    assert "Traduction automatique, non relue" in text
    assert "Concordance" in text


def test_the_number_of_queries_is_fixed(page: Any, django_assert_num_queries: Any) -> None:
    for number in range(4):
        make_article([("A word.", "Un mot."), ("A word.", "Un mot.")], title=f"{number}")
    page(q="mot")
    # The session, the person, the roles, the languages, the search, the hits.
    with django_assert_num_queries(6):
        page(q="mot")


def test_it_is_linked_from_every_page_and_the_panel(client: Client, page: Any) -> None:
    assert 'href="/concordance/"' in client.get("/").text
    segment = make_article().segments.first()
    panel = client.get(f"/segments/{segment.pk}/panel/", headers={"HX-Request": "true"}).text
    assert f'href="/concordance/?from={segment.pk}"' in panel
