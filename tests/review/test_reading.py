"""An article's structure at the desk and in its reading view."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from articles.models import Article, Segment, Sentence
from tests.factories import make_article, make_correction

PAIRS = [
    ("The star", "L’étoile"),
    ("It shines.", "Elle brille."),
    ("Nobody laughed.", "Personne n’a ri."),
    ("One", "Un"),
    ("Two", "Deux"),
    ("", "Lire la suite"),
]


def make_structured() -> Article:
    """An article with a heading, a paragraph of two segments, and a list of two items."""
    article = make_article(PAIRS, title="The star")
    for position, paragraph in enumerate((0, 1, 1, 2, 3)):
        Sentence.objects.filter(document=article.source, position=position).update(
            paragraph=paragraph
        )
    rows = list(article.segments.order_by("position"))
    article.source.blocks = [
        [rows[0].source_start, rows[0].source_end, "heading"],
        [rows[3].source_start, rows[3].source_end, "item"],
        [rows[4].source_start, rows[4].source_end, "item"],
    ]
    article.source.save()
    return article


def layouts(page: str) -> list[str]:
    return [found.strip() for found in re.findall(r'class="segment to_review([^"]*)"', page)]


def test_the_desk_and_a_card_alone_show_how_a_segment_stands(
    client: Any, rosa: Any, django_assert_num_queries: Any
) -> None:
    article = make_structured()
    client.force_login(rosa)
    page = client.get(reverse("desk", args=[article.pk])).content.decode()
    assert layouts(page) == ["is-heading", "", "goes-on", "is-item", "is-item", ""]
    third = article.segments.get(position=3)
    card = client.get(reverse("card", args=[third.pk]), headers={"HX-Request": "true"})
    assert layouts(card.content.decode()) == ["goes-on"]


def text_of(page: str) -> str:
    """The typeset text, without the numbers of its segments."""
    inside = page.split('<article class="reading"')[1].split("</article>")[0].split(">", 1)[1]
    inside = re.sub(r'<a class="to".*?</a>|</?span[^>]*>', "", inside)
    return " ".join(inside.replace(">\n", ">").split())


def test_the_reading_view_sets_one_language_in_its_structure(client: Any, rosa: Any) -> None:
    article = make_structured()
    client.force_login(rosa)
    address = reverse("read", args=[article.pk])
    translation = text_of(client.get(address).content.decode())
    assert translation == (
        "<h2>L’étoile</h2> <p>Elle brille. Personne n’a ri.</p>"
        " <ul><li>Un</li><li>Deux</li></ul> <p>Lire la suite</p>"
    )
    original = text_of(client.get(address, {"side": "source"}).content.decode())
    assert original == (
        "<h2>The star</h2> <p>It shines. Nobody laughed.</p> <ul><li>One</li><li>Two</li></ul>"
    )


def test_the_reading_view_shows_the_text_in_force_or_what_changes_it(
    client: Any, rosa: Any, edith: Any
) -> None:
    article = make_structured()
    second, third = article.segments.filter(position__in=(2, 3)).order_by("position")
    make_correction(second, by=rosa, text="Elle scintille.", status="approved", decided_by=edith)
    make_correction(third, by=rosa, text="Personne ne riait.", status="submitted")
    make_correction(third, by=edith, text="Un brouillon.")
    Segment.objects.filter(pk=third.pk).update(status="waiting")
    client.force_login(rosa)
    address = reverse("read", args=[article.pk])
    page = client.get(address).content.decode()
    assert "<p>Elle scintille. Personne n’a ri.</p>" in text_of(page)
    assert "1 correction awaits approval" in page
    shown = text_of(client.get(address, {"changes": "on"}).content.decode())
    assert "<del>brille</del><ins>scintille</ins>" in shown
    assert "<ins>ne riait</ins>" in shown
    assert "brouillon" not in shown
    assert f'href="{reverse("jump", args=[article.pk])}?number=3"' in page
