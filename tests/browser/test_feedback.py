"""The desk says what a key did or could not do, and that an answer is on its way."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Finding
from articles.review import actions
from tests.browser.conftest import PAIRS
from tests.browser.hands import address, card, press
from tests.factories import make_article, make_correction, make_flag

pytestmark = pytest.mark.browser


def test_a_key_that_does_nothing_says_so_where_it_is_seen(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    line = page.locator("#said.seen")
    press(page, "j", "a")
    expect(line).to_have_text("That key does nothing here.")
    press(page, "k")
    expect(line).to_have_text("There are no more on this page.")
    press(page, "v")
    expect(line).to_have_text("Showing corrected text.")
    press(page, "c")
    expect(card(page, article, 1).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    press(page, "1")  # the card says it itself
    expect(card(page, article, 1)).to_contain_text("No issues; 1 finding dismissed.")
    expect(line).to_have_count(0)


def test_before_a_segment_is_chosen_a_key_means_the_first_in_view(
    visit: Any, article: Article
) -> None:
    """What decides waits for a second key: nobody has seen yet on which segment it would decide."""
    page = visit("rosa", address(article))
    press(page, "c")
    expect(page.locator("#said.seen")).to_have_text("Segment 1 is selected: press the key again.")
    expect(card(page, article, 1)).to_be_focused()
    assert article.segments.filter(status="done").count() == 0
    press(page, "c")
    expect(card(page, article, 1).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    for key in ("Shift+X", "Enter", "Shift+Enter"):
        page.reload()
        press(page, key)
        expect(page.locator("#said.seen")).to_have_text(
            "Segment 1 is selected: press the key again."
        )
    assert not Finding.objects.exclude(status="open").exists()
    press(page, "x")  # nothing of the key before is done with it
    expect(card(page, article, 1).locator("form.dismissing")).to_be_visible()
    page.reload()
    press(page, "a")
    expect(page.locator("#said.seen")).to_have_text("That key does nothing here.")
    page.reload()
    press(page, "e")
    expect(card(page, article, 1).locator("textarea")).to_be_focused()


def test_what_is_scrolled_away_is_not_meant(visit: Any, transactional_db: None) -> None:
    long = make_article([(f"Sentence {n}.", f"Phrase {n}.") for n in range(1, 41)])
    page = visit("rosa", address(long))
    page.mouse.wheel(0, 700)
    expect(card(page, long, 1)).not_to_be_in_viewport()
    press(page, "w")
    chosen = page.locator(".segment.current")
    expect(chosen.locator(".source.text")).to_be_focused()
    top = page.locator(".desk-head").bounding_box()
    assert chosen.bounding_box()["y"] >= top["y"] + top["height"]
    assert chosen.bounding_box()["y"] < top["y"] + top["height"] + 100


def test_what_was_said_goes_at_the_next_key_and_when_a_form_opens(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    line = page.locator("#said.seen")
    press(page, "j", "1")
    expect(line).to_have_text("Select words first: w in the source, t in the translation.")
    press(page, "j")
    expect(card(page, article, 2)).to_be_focused()
    expect(line).to_have_count(0)
    press(page, "a")
    expect(line).to_have_text("That key does nothing here.")
    page.locator("#bar").get_by_role("link", name="Flag", exact=True).click()
    expect(card(page, article, 2).locator("form.flagging")).to_be_visible()
    expect(line).to_have_count(0)


def test_why_a_greyed_out_button_does_nothing_is_seen(visit: Any, article: Article) -> None:
    page = visit("otto", address(article))
    press(page, "j", "c")
    expect(page.locator("#said.seen")).to_contain_text("Only reviewers")


def test_a_late_answer_is_seen_to_be_on_its_way(visit: Any, article: Article, rosa: Any) -> None:
    draft = PAIRS[0][1] + "?"  # with one the server knows what its editor begins with
    make_correction(article.segments.get(position=1), by=rosa, text=draft)
    page = visit("rosa", address(article))
    waiting: list[Any] = []
    page.route("**/edit/", lambda route: waiting.append(route))
    first = card(page, article, 1)
    press(page, "j", "e")
    expect(first).to_have_attribute("aria-busy", "true")
    expect(first).to_have_css("visibility", "visible", pseudo="before")
    page.keyboard.type("!")  # it is meant for the form that comes
    waiting[0].continue_()
    expect(first.locator("textarea")).to_have_value(draft + "!")
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_what_is_typed_at_once_is_kept_and_shown(visit: Any, article: Article) -> None:
    """Also where the browser was never idle since the editor opened."""
    page = visit("rosa", address(article))
    page.add_init_script("window.requestIdleCallback = () => 0")
    page.reload()
    press(page, "j", "e", "!")
    expect(card(page, article, 1).locator(".redline ins")).to_have_text("!")


def test_the_button_that_sends_stays_where_it_is_while_one_types(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "e")
    first = card(page, article, 1)
    send = first.get_by_role("button", name="Submit for approval")
    expect(first.locator("textarea")).to_be_focused()
    before = send.bounding_box()
    page.keyboard.type("!")
    expect(first.locator(".redline ins")).to_be_visible()
    expect(first.locator(".rechecked .list")).to_be_visible()
    assert send.bounding_box() == before


def test_the_filters_of_a_phone_do_not_run_into_each_other(
    visit: Any, article: Article, rosa: Any
) -> None:
    make_flag(article.segments.get(position=1), by=rosa, talk="answered")  # a filter more
    page = visit(
        "rosa",
        address(article),
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    page.get_by_role("button", name="filter, search, display").tap()
    boxes = [link.bounding_box() for link in page.locator(".filters a:visible").all()]
    assert len(boxes) == 5  # those of nothing are hidden
    for one, other in pairwise(boxes):
        is_beside = one["x"] + one["width"] <= other["x"] + 0.5
        is_above = one["y"] + one["height"] <= other["y"] + 0.5
        assert is_beside or is_above
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    order, number = (
        page.locator("[name=order]").bounding_box(),
        page.locator("[type=number]").bounding_box(),
    )
    assert order["y"] == number["y"]


def test_both_versions_of_a_late_draft_are_in_view_on_a_phone(
    visit: Any, article: Article, rosa: Any
) -> None:
    phone = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
    page = visit("edith", address(article), **phone)
    segment = article.segments.get(position=2)
    press(page, "j", "j", "e")
    box = card(page, article, 2).locator("textarea")
    box.fill(f"{segment.target_text} " + "Une phrase de plus. " * 12)
    actions.submit(segment, by=rosa, revision=segment.revision, text="Autrement dit.")
    press(page, "Control+Enter")
    theirs = page.locator(".conflict .text").first
    expect(theirs).to_be_in_viewport(ratio=1)
    expect(page.locator(".conflict .changes")).to_be_in_viewport(ratio=0.5)


def test_the_editor_of_a_long_text_opens_where_the_cursor_is(
    visit: Any, transactional_db: None
) -> None:
    from tests.factories import make_article

    long = make_article([("It was long. " * 200, "C’était long. " * 200)])
    page = visit("rosa", address(long))
    press(page, "j", "e")
    box = card(page, long, 1).locator("textarea")
    expect(box).to_be_focused()
    place = box.bounding_box()
    assert 0 < place["y"] + place["height"] < 900  # the cursor is at the end


def test_what_is_said_covers_nothing_of_the_current_segment(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    page.set_viewport_size({"width": 1280, "height": 420})
    line = page.locator("#said.seen")
    for position in range(1, 6):
        press(page, "j", "a")
        expect(line).to_be_visible()
        said, current = line.bounding_box(), card(page, article, position).bounding_box()
        assert (
            said["y"] + said["height"] <= current["y"]
            or said["y"] >= current["y"] + current["height"]
        )
