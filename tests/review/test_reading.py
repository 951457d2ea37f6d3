"""An article's structure at the desk and in its reading view."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from articles.models import Article, Segment, Sentence
from tests.factories import make_article, make_correction, make_flag

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


def emphasized(pairs: Any = (("The mayor spoke.", "Le maire a parlé fort."),)) -> Any:
    """A segment whose target has a link, bold and italic words."""
    article = make_article(pairs)
    address = "https://example.org/?a=1&b=2"
    article.target.emphasis = [[3, 8, "link", address], [3, 14, "bold", ""], [17, 21, "italic", ""]]
    article.target.save()
    return article.segments.first()


MAYOR = '<b><span class="link" title="https://example.org/?a=1&amp;b=2">maire</span></b>'


def test_emphasis_and_links_are_shown_under_marks_and_places_stay_those_of_the_text(
    client: Any, rosa: Any
) -> None:
    segment = emphasized()
    client.force_login(rosa)
    page = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert f">Le {MAYOR}<b> a par</b>lé <i>fort</i>.</p>" in page
    words = segment.target_text[6:11]
    make_flag(segment, by=rosa, target_start=6, target_end=11, target_quote=words)
    page = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    side = page.split('data-side="target">')[1].split("</p>")[0]
    assert re.sub("<[^>]*>", "", side) == segment.target_text
    mark = side.split("<mark")[1].split("</mark>")[0]
    assert re.sub("^[^>]*>|<[^>]*>", "", mark) == words


def test_the_reading_view_and_redlines_keep_the_emphasis_of_words_that_stay(
    client: Any, rosa: Any, edith: Any
) -> None:
    segment = emphasized()
    text = "Hier, le maire a parlé."
    make_correction(segment, by=rosa, status="approved", text=text, decided_by=edith)
    client.force_login(rosa)
    address = reverse("read", args=[segment.article_id])
    page = client.get(address).content.decode()
    assert 'title="https://example.org/?a=1&amp;b=2">maire</span>' in page
    assert "<i>" not in page
    changes = client.get(address, {"changes": "on"}).content.decode()
    assert "<i>fort" in changes
    assert MAYOR in changes


def test_a_numbered_list_is_read_as_one(client: Any, rosa: Any) -> None:
    article = make_structured()
    article.source.blocks = [
        [start, end, kind.replace("item", "numbered")] for start, end, kind in article.source.blocks
    ]
    article.source.save()
    client.force_login(rosa)
    page = client.get(reverse("read", args=[article.pk])).content.decode()
    assert "<ol><li>Un</li><li>Deux</li></ol>" in text_of(page)
    desk = client.get(reverse("desk", args=[article.pk])).content.decode()
    assert layouts(desk) == ["is-heading", "", "goes-on", "is-item", "is-item", ""]
