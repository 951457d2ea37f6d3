"""What stands beside each other is seen apart: a mark and its words, a finding and its repair, chips, and cut-off buttons."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address, card, press
from tests.factories import make_article, make_finding

pytestmark = pytest.mark.browser

SELECTED = """(text) => {
  getSelection().selectAllChildren(text);
  const words = getSelection().toString();
  getSelection().removeAllRanges();
  return words;
}"""
ROOM_BESIDE_CARET = """(text) => {
  const caret = text.querySelector(".caret");
  const [before, behind] = [document.createRange(), document.createRange()];
  before.setStart(caret.previousSibling, 0);
  before.setEnd(caret.previousSibling, caret.previousSibling.data.trimEnd().length);
  behind.selectNodeContents(caret.nextSibling);
  const box = caret.getBoundingClientRect();
  return [box.left - before.getBoundingClientRect().right, behind.getBoundingClientRect().left - box.right];
}"""
NEAREST_CHIPS = """(form) => {
  const boxes = [...form.querySelectorAll(".options label")].map((each) => each.getBoundingClientRect()).filter((box) => box.width);
  const gaps = boxes.flatMap((one, place) => boxes.slice(place + 1).map((other) => Math.max(
    Math.max(one.left, other.left) - Math.min(one.right, other.right),
    Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom))));
  return Math.min(...gaps);
}"""


def test_the_words_beside_the_mark_of_missing_words_stay_apart(
    visit: Any, transactional_db: None
) -> None:
    article = make_article([("The Slovene stage plays.", "Slovène la joue.")])
    make_finding(
        article.segments.get(), values={"words": "stage"}, source_spans=[[12, 17]], caret=7
    )
    page = visit("rosa", address(article))
    text = card(page, article, 1).locator(".target.text")
    before, behind = text.evaluate(ROOM_BESIDE_CARET)
    assert before >= 4
    assert behind >= 4
    assert text.evaluate(SELECTED) == "Slovène la joue."
    assert text.inner_text() == "Slovène la joue."


def test_a_repair_is_named_beside_its_finding(visit: Any, transactional_db: None) -> None:
    article = make_article([("Nine people came.", "19 personnes sont venues.")])
    make_finding(
        article.segments.get(),
        check_id="numbers",
        message="%(source)s → %(target)s",
        values={"source": "9", "target": "19"},
        source_spans=[[0, 4]],
        target_spans=[[0, 2]],
        caret=None,
        remedy=[[0, 2, "19", "9"]],
    )
    page = visit("rosa", address(article))
    repair = page.get_by_role("link", name="Fix: 9", exact=True)
    expect(repair).to_have_text("Fix: 9")
    note = card(page, article, 1).locator(".note.finding")
    expect(note.locator("span").first).to_have_text("9 → 19")
    assert repair.evaluate("(link) => getComputedStyle(link).borderTopStyle") == "solid"


def test_the_chips_of_a_flag_do_not_touch_at_any_width(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article), locale="fr-FR")
    press(page, "j", "f")
    form = card(page, article, 1).locator("form.flagging")
    expect(form).to_be_visible()
    form.get_by_text("Autres types").click()
    for width in (1280, 1000, 800, 600, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert form.evaluate(NEAREST_CHIPS) >= 4, width


def test_on_a_phone_the_bar_shows_that_there_are_more_buttons(visit: Any, article: Article) -> None:
    """Until one has scrolled to the last of them, and not where all of them are in view."""
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = visit("rosa", address(article), locale="fr-FR", **phone)
    card(page, article, 4).locator(".source.text").tap()
    buttons = page.locator("#bar > .acts").first
    expect(buttons.get_by_role("link", name="Historique")).not_to_be_in_viewport(ratio=0.9)
    expect(buttons).to_have_css("visibility", "visible", pseudo="after")
    buttons.evaluate("(bar) => bar.scrollTo(bar.scrollWidth, 0)")
    expect(buttons).to_have_css("visibility", "hidden", pseudo="after")
    expect(buttons.get_by_role("link", name="Historique")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 740, "height": 360})
    expect(buttons).to_have_css("visibility", "hidden", pseudo="after")
