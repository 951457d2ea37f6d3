"""The article comes out of the pages of twenty systems: what is missed would never be reviewed."""

from __future__ import annotations

import re

from articles.formats.web import html
from tests.formats.web.invented_pages import Made, pages

PROSE = [
    "La digue sera renforcée avant l’hiver, a promis lundi la maire de la commune.",
    "Personne n’a été blessé. Les autocars remplaceront les trains dès mardi matin.",
    "« Nous n’avions jamais vu cela », a déclaré la capitaine du port de pêche.",
    "Environ trois mille voyageurs empruntent la ligne chaque jour de la semaine.",
    "Le conseil régional n’a pas encore décidé qui paiera les réparations.",
    "Un rapport de 2019 avertissait déjà du danger, selon les riverains du quartier.",
]
NAMES = (
    "ads cookie newsletter promo sponsored subscription modal tooltip menu sidebar widget related read-more more-on"
    " teaser card share sharing social byline author updated tags comment comments published recommended popular-posts"
).split()


def found_and_extra(made: Made) -> tuple[int, int]:
    """How many of the page's sentences are read, and how many lines hold other words."""
    text = html.read_text(made.html.encode(), name="a.html")
    sentences = sorted(made.sentences, key=len, reverse=True)
    found = sum(sentence in text for sentence in sentences)
    for sentence in sentences:
        text = text.replace(sentence, "")
    return found, sum(bool(re.search(r"[^\W\d_]", line)) for line in text.split("\n"))


def test_the_article_comes_out_of_sixty_invented_pages():
    made = pages()
    found = extra = 0
    for page in made:
        sentences, lines = found_and_extra(page)
        found += sentences
        extra += lines
    wanted = sum(len(page.sentences) for page in made)
    assert len(made) == 60
    assert found / wanted >= 0.97
    assert found / (found + extra) >= 0.95


def page_of(paragraphs: list[str]) -> bytes:
    menu = '<header><nav><a href="/">Accueil</a></nav></header>'
    return f"<body>{menu}<main><h1>La digue</h1>{''.join(paragraphs)}</main><footer>© 2026</footer>".encode()


def test_no_name_of_a_class_or_id_takes_a_paragraph_away():
    plain = [f"<p>{words}</p>" for words in PROSE]
    for name in NAMES:
        around = f'<div class="story-{name}">{plain[1]}</div>'
        slug = f'<section id="{name}-and-the-bill">{"".join(plain[3:])}</section>'
        for paragraphs in (
            [plain[0], around, *plain[2:]],
            [*plain[:3], slug],
            [f'<div class="{name} item">{words}</div>' for words in plain],
            [f'<p class="{name}">{words}</p>' for words in PROSE],
        ):
            text = html.read_text(page_of(paragraphs), name="a.html")
            assert text.split("\n") == ["La digue", *PROSE], paragraphs


def test_the_same_name_on_a_box_that_leads_elsewhere_leaves_it_out():
    for name in ("card", "teaser", "related", "read-more", "promo", "sidebar"):
        links = f'<div class="{name}"><h3><a href="/1">La piscine rouvre</a></h3><p>{PROSE[0][:50]} !</p></div>'
        text = html.read_text(
            page_of([f"<p>{words}</p>" for words in PROSE] + [links]), name="a.html"
        )
        assert text.split("\n") == ["La digue", *PROSE], name


def test_text_that_a_reader_unfolds_is_read_and_what_stays_hidden_is_not():
    for folded, is_read in (
        (
            f'<button aria-controls="a">Plus</button><div id="a" hidden><p>{PROSE[2]}</p></div>',
            True,
        ),
        (f'<div class="accordion-body" style="display:none"><p>{PROSE[2]}</p></div>', True),
        (f'<div role="tabpanel" aria-hidden="true"><p>{PROSE[2]}</p></div>', True),
        (f"<template shadowrootmode=open><p>{PROSE[2]}</p></template>", True),
        (f'<input type=checkbox id=c><div style="display:none"><p>{PROSE[2]}</p></div>', True),
        (f"<div hidden><p>{PROSE[2]}</p></div>", False),
        (f"<template><p>{PROSE[2]}</p></template>", False),
        (f'<div class="slide slick-cloned" aria-hidden="true"><p>{PROSE[2]}</p></div>', False),
    ):
        page = page_of([f"<p>{PROSE[0]}</p>", folded, f"<p>{PROSE[1]}</p>"])
        assert (PROSE[2] in html.read_text(page, name="a.html")) == is_read, folded
        is_told = not is_read and not folded.startswith("<template")
        assert (PROSE[2] in html.left_out(page)) == is_told, folded


def test_a_reference_within_a_sentence_breaks_no_line():
    for reference in (
        '<a href="https://x.example"><span class="sr-only">Source</span><div style="display:inline">1</div></a>',
        '<a href="https://x.example"><div>1</div></a>',
        '<span class="tooltip"><a href="/s">1</a></span>',
        "<site-note>1</site-note>",
        '<sup><a href="#n1">1</a></sup>',
    ):
        page = page_of(
            [
                f"<p>Un rapport avertissait du danger ({reference}). {PROSE[0]}</p>",
                f"<p>{PROSE[1]}</p>",
            ]
        )
        lines = html.read_text(page, name="a.html").split("\n")
        assert lines[1] == f"Un rapport avertissait du danger (1). {PROSE[0]}", reference


def test_the_article_may_stand_in_several_elements():
    paragraphs = [f"<p>{words}</p>" for words in PROSE]
    figure = "<figure><img><figcaption>La digue, dimanche.</figcaption></figure>"
    page = f"<body><div><h1>La digue</h1><div class=a>{''.join(paragraphs[:4])}</div>{figure}<div class=b>{''.join(paragraphs[4:])}</div></div>"
    lines = html.read_text(page.encode(), name="a.html").split("\n")
    assert lines == ["La digue", *PROSE[:4], "La digue, dimanche.", *PROSE[4:]]


def test_tags_of_head_and_body_may_be_left_out():
    for opening in (
        "<html lang=fr><head><meta charset=utf-8><title>x</title>\n<div class=article>",
        "<html><head><title>x</title><body><div>",
        "<!doctype html><title>x</title><div>",
    ):
        page = f"{opening}<h1>La digue</h1><p>{PROSE[0]}<p>{PROSE[1]}</div></html>"
        assert html.read_text(page.encode(), name="a.html").split("\n") == ["La digue", *PROSE[:2]]
    bare = html.read_text(f"<head><title>x</title>{PROSE[0]}".encode(), name="a.html")
    assert bare == PROSE[0]


def test_comments_of_readers_go_and_a_comment_of_the_papers_own_stays():
    replies = "".join(
        f'<li class="comment"><p>Bravo {number} fois, et merci à toute l’équipe du journal !</p></li>'
        for number in range(9)
    )
    body = "".join(f"<p>{words}</p>" for words in PROSE)
    page = f'<body><h1>La digue</h1><div class="comment-piece">{body}</div><section id="comments"><ol>{replies}</ol></section>'
    assert html.read_text(page.encode(), name="a.html").split("\n") == ["La digue", *PROSE]
