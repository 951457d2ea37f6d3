"""The side panel of the desk: glossary, earlier corrections and history of one segment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse

from articles.findings import check_server, word_links
from articles.models import Event, Term
from articles.review.word_links import linked_words
from tests.factories import make_article, make_correction

HTMX = {"HX-Request": "true"}


def test_the_panel_shows_what_belongs_to_the_segment_alone(
    client: Any, rosa: Any, edith: Any
) -> None:
    article = make_article()
    one, two = article.segments.order_by("position")
    Term.objects.create(source="mayor", target="maire | bourgmestre")
    Term.objects.create(source="harbour", target="port")
    make_correction(one, by=rosa, text="Le maire a dit.", status="rejected", decided_by=edith)
    make_correction(one, by=edith, text="Un brouillon secret.")
    make_correction(two, by=rosa, text="Nul ne riait.", status="approved", decided_by=edith)
    Event.objects.record(Event.Act.CONFIRMED, segment=one, by=rosa)
    client.force_login(rosa)
    page = client.get(reverse("panel", args=[one.pk]), headers=HTMX).content.decode()
    assert '<b lang="fr">maire / bourgmestre</b>' in page
    assert "<ins>dit</ins>" in page
    assert str(Event.Act.CONFIRMED.label) in page
    for absent in ("harbour", "brouillon", "Nul ne riait", "<html"):
        assert absent not in page


def test_the_panel_leads_to_the_glossary_and_who_may_adds_a_term(
    client: Any, rosa: Any, ada: Any
) -> None:
    segment = make_article([("The town hall.", "La mairie.")]).segments.get()
    Term.objects.create(source="town hall", target="mairie")
    address = reverse("panel", args=[segment.pk])
    adds = f"{reverse('glossary')}?add=1&amp;article={segment.article_id}#add"
    client.force_login(rosa)
    page = client.get(address, headers=HTMX).content.decode()
    assert f'href="{reverse("glossary")}?q=town%20hall"' in page
    assert adds not in page
    client.force_login(ada)
    assert adds in client.get(address, headers=HTMX).content.decode()


def test_without_a_script_the_panel_is_the_history_of_the_segment(client: Any, rosa: Any) -> None:
    segment = make_article().segments.first()
    client.force_login(rosa)
    response = client.get(reverse("panel", args=[segment.pk]))
    assert response.headers["Location"] == reverse("history", args=[segment.pk])


def test_linked_words_are_places_in_both_texts_and_of_short_texts_alone(
    client: Any, rosa: Any, monkeypatch: Any
) -> None:
    segment = make_article([("👩 Paris is 12.", "👩 Paris a 12.")]).segments.first()
    client.force_login(rosa)
    address = reverse("word_links", args=[segment.pk])
    links = client.get(address).json()["links"]
    assert [3, 8, 3, 8] in links  # in UTF-16 units, as browsers count
    answer = check_server.answer_request({"link": [segment.source_text, segment.target_text]})
    assert (2, 7, 2, 7) in answer["links"]  # in code points
    linked_words.cache_clear()
    monkeypatch.setattr(word_links, "LINKED_TOKENS", 3)
    assert client.get(address).json()["links"] == []
    linked_words.cache_clear()


def test_where_no_worker_answers_there_are_no_linked_words(
    client: Any, rosa: Any, settings: Any, tmp_path: Path
) -> None:
    segment = make_article([("Rome is old.", "Rome est vieille.")]).segments.first()
    settings.CHECK_PROCESSES = tmp_path
    client.force_login(rosa)
    answer = client.get(reverse("word_links", args=[segment.pk]))
    assert (answer.status_code, answer.json()) == (503, {"links": []})
