"""What stands beside each other is seen apart: a mark and its words, a finding and its repair, chips and buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.assignments.actions import assign
from articles.models import Article
from articles.review import actions
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


@pytest.mark.parametrize("name", ["rosa", "edith"])
def test_on_a_phone_every_button_of_the_bar_is_in_view(
    visit: Any, article: Article, rosa: Any, name: str
) -> None:
    waiting = article.segments.get(position=4)
    actions.submit(waiting, by=rosa, revision=waiting.revision, text="Nul n’a ri.")
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = visit(name, address(article), locale="fr-FR", **phone)
    for position in (1, 4):
        card(page, article, position).locator(".source.text").tap()
        expect(page.locator("#bar").get_by_role("link", name="Historique")).to_be_visible()
        boxes = [button.bounding_box() for button in page.locator("#bar .acts > *:visible").all()]
        assert len(boxes) >= 4
        for box in boxes:
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
            assert box["y"] + box["height"] <= 740
            assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_a_phone_nothing_of_people_and_dates_is_cut_off(
    visit: Any, article: Article, rosa: Any, edith: Any
) -> None:
    due = timezone.localdate() + timedelta(days=40)
    assign(article, by=edith, person=rosa, role="reviewer", due=due)
    assign(article, by=edith, person=edith, role="approver", due=due)
    page = visit("rosa", address(article), locale="fr-FR", viewport={"width": 360, "height": 740})
    facts = page.locator("#stage, .of-date > span")
    expect(facts).to_have_count(4)
    for each in facts.all():
        box = each.bounding_box()
        assert each.evaluate("fact => fact.scrollWidth") <= box["width"] + 1
        assert box["x"] + box["width"] <= 360
        expect(each).to_be_in_viewport(ratio=1)
