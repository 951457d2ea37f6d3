"""A mould makes what its template makes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override

from articles.models import Reply, Segment
from articles.review import moulds
from articles.templatetags import cards, frame
from tests.factories import make_article, make_correction, make_finding, make_flag


def test_places_are_filled_and_escaped() -> None:
    for text, keys in (("a < b", "100 % & 1"), ("%(text)s", "2")):
        html = moulds.cast(
            "review/run.html", {"text": text, "keys": keys}, kinds="flag", caret=False
        )
        expected = render_to_string(
            "review/run.html", {"text": text, "keys": keys, "kinds": "flag", "caret": False}
        )
        assert html == expected
    safe = moulds.cast("review/change.html", {"text": mark_safe("a<br>")}, kind="added")
    assert safe == "<ins>a<br></ins>"


def test_each_language_has_its_own() -> None:
    def caret() -> str:
        return moulds.cast("review/run.html", {"text": "", "keys": "1"}, kinds="flag", caret=True)

    english = caret()
    with override("fr"):
        assert caret() != english
    assert caret() == english


def test_moulds_do_not_pile_up(monkeypatch: Any) -> None:
    monkeypatch.setattr(moulds, "_moulds", {})
    monkeypatch.setattr(moulds, "MOST", 3)
    for number in range(8):
        moulds.cast("review/change.html", {"text": "a"}, kind=f"added{number}")
    assert len(moulds._moulds) == 2


def dressed(rosa: Any, edith: Any) -> Any:
    """An article with all that can be on a card, and whatever a place could be mistaken for."""
    article = make_article(
        [*[("The <b>901190119 %(pk)s</b> & 100 %.", "Le\r\nmaire {{ pk }}.")] * 12, ("", "Seul.")]
    )
    rows = list(article.segments.order_by("position"))
    make_finding(rows[0])
    make_finding(rows[0], finder="another tool", check_id="other", score=0.3, source_spans=[[2, 6]])
    make_finding(
        rows[1],
        status="dismissed",
        reason="implied",
        decided_by=rosa,
        decided_at=rows[0].article.created_at,
    )
    make_flag(
        rows[2],
        by=rosa,
        source_start=4,
        source_end=9,
        source_quote="<b>90",
        caret=3,
        comment="100 % <sure>",
    )
    make_flag(
        rows[2],
        by=edith,
        status="closed",
        severity="critical",
        target_quote="Le",
        needs_locating=True,
    )
    disputed = make_flag(rows[3], by=rosa, talk="answered")
    Reply.objects.create(flag=disputed, author=edith, kind="answered", text="<Is> it?")
    make_correction(rows[4], by=rosa)
    make_correction(rows[5], by=rosa, text="Le\r\nmaire & lui.", status="submitted")
    make_correction(rows[6], by=edith, status="submitted")
    make_correction(rows[7], by=rosa, status="approved", decided_by=edith)
    make_correction(rows[8], by=rosa, status="rejected", decided_by=edith)
    for row, status in zip(
        rows[5:10], ("waiting", "waiting", "done", "to_review", "done"), strict=True
    ):
        Segment.objects.filter(pk=row.pk).update(status=status)
    Segment.objects.filter(pk=rows[10].pk).update(score=0.1)
    return article


@pytest.mark.parametrize("who", ["rosa", "edith", "otto"])
def test_the_desk_is_the_same_without_moulds(
    client: Any, rosa: Any, edith: Any, otto: Any, who: str, monkeypatch: Any
) -> None:
    article = dressed(rosa, edith)
    client.force_login({"rosa": rosa, "edith": edith, "otto": otto}[who])

    def desk() -> str:  # each time with another token, hidden in every form
        page = client.get(reverse("desk", args=[article.pk])).content.decode()
        return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page)

    desk()  # fills the moulds
    first = desk()
    for tags in (cards, frame):
        monkeypatch.setattr(
            tags,
            "cast",
            lambda template, places, **standing: render_to_string(template, standing | places),
        )
    assert desk() == first
    assert first.count("<article") == 13
