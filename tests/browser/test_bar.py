"""The bar with the acts on the current segment: by mouse, by touch and by the Tab key; its counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Assignment, Correction, Flag, Segment, SignOff
from tests.browser.hands import address, card, press
from tests.factories import make_correction, make_flag

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}


def labels(page: Any) -> list[str]:
    """What the buttons of the bar say."""
    return [
        text.strip() for text in page.locator("#bar .acts:not(.of-finding) > *").all_inner_texts()
    ]


PRESS_AT_ONCE = """(keys) => { for (const key of keys) document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })); }"""


def counts(page: Any) -> list[str]:
    """What the filters and the progress say."""
    return page.locator("#filters a:visible, #progress > span").all_inner_texts()


def test_the_bar_follows_the_segment_that_is_clicked_on(
    visit: Any, article: Article, rosa: Any
) -> None:
    Segment.objects.filter(position=2).update(status="waiting")
    make_correction(article.segments.get(position=2), by=rosa, status="submitted")
    Segment.objects.filter(position=3).update(status="done")
    page = visit("rosa", address(article))
    bar = page.locator("#bar")
    expect(bar).to_contain_text("Select a segment first")
    assert labels(page) == []
    expected = {
        1: ["Flag", "Correct", "No issues", "Alignment", "History"],
        2: ["Approve", "Return", "Withdraw", "Flag", "Alignment", "History"],
        3: ["Reopen", "Alignment", "History"],
    }
    for position, names in expected.items():
        card(page, article, position).locator(".source.text").click()
        expect(bar.locator(".of")).to_have_text(str(position))
        assert labels(page) == names
    card(page, article, 2).locator(".source.text").click()
    refused = bar.get_by_role("button", name="Approve")
    expect(refused).to_have_attribute("aria-disabled", "true")
    expect(bar.locator(".why")).to_contain_text("Only approvers can decide on corrections.")
    refused.click(force=True)
    expect(page.locator("#said.seen")).to_have_text("Only approvers can decide on corrections.")


def test_the_acts_stay_where_the_mouse_pressed_them(visit: Any, article: Article) -> None:
    """What takes the last act back comes behind them."""
    page = visit("rosa", address(article))
    card(page, article, 4).locator(".source.text").click()
    place = page.locator("#bar").get_by_role("button", name="No issues").bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(card(page, article, 5)).to_be_focused()
    expect(page.locator("#bar .of")).to_have_text("5")
    assert labels(page) == ["Flag", "Correct", "No issues", "Undo (4)", "Alignment", "History"]
    assert page.locator("#bar").get_by_role("button", name="No issues").bounding_box() == place


def test_the_key_for_undo_closes_a_question_that_is_open(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "j", "j", "c", "k", "k", "x")
    asked = card(page, article, 3)
    expect(asked).to_contain_text("Why dismiss it?")
    press(page, "u")
    expect(asked).not_to_contain_text("Why dismiss it?")
    expect(asked).to_be_focused()
    assert article.segments.get(position=4).status == "done"


def test_a_segment_that_is_done_says_how_it_is_opened_again(visit: Any, article: Article) -> None:
    article.segments.filter(position=1).update(status="done")
    page = visit("rosa", address(article))
    press(page, "j", "e")
    expect(page.locator("#said.seen")).to_have_text("This segment is done; reopen it first.")
    reopen = page.locator("#bar").get_by_role("button", name="Reopen")
    expect(reopen).to_have_attribute("aria-keyshortcuts", "u")
    press(page, "j", "j", "j", "c")
    expect(card(page, article, 5)).to_be_focused()
    press(page, "k", "k", "k", "k")
    expect(reopen).to_have_attribute("aria-keyshortcuts", "u")
    undo = page.locator("#bar").get_by_role("button", name="Undo (4)")
    assert undo.get_attribute("aria-keyshortcuts") is None
    press(page, "u")
    expect(card(page, article, 1)).to_contain_text("Reopened.")


def test_keys_in_the_same_instant_act_on_the_segment_they_reach(
    visit: Any, article: Article
) -> None:
    """The bar is filled after the page is painted; a key that comes sooner does not wait for it."""
    page = visit("rosa", address(article))
    press(page, "j", "j", "j")
    page.evaluate(PRESS_AT_ONCE, ["j", "c"])
    expect(card(page, article, 5)).to_be_focused()
    statuses = article.segments.order_by("position").values_list("status", flat=True)
    assert list(statuses[2:4]) == ["to_review", "done"]


def test_every_act_is_in_reach_of_the_tab_key(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j")
    reached = []
    for _ in range(10):
        press(page, "Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == [
        "1", "Flag", "Correct", "No issues", "Alignment", "History", "Accept", "Accept with changes", "Dismiss", "?",
    ]  # fmt: skip
    group = page.locator("#bar").get_by_role("group", name="“OpenAI” is missing from the French")
    expect(group.get_by_role("link", name="Dismiss")).to_be_visible()
    press(page, *["Shift+Tab"] * 6, "Enter")
    expect(card(page, article, 1).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    press(page, "Enter")
    expect(card(page, article, 1)).to_contain_text("No issues; 1 finding dismissed.")


def test_a_finding_and_a_flag_by_touch(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article), **PHONE)
    first = card(page, article, 1)
    first.locator(".source.text").tap()
    page.locator("#bar").get_by_role("button", name="Accept").tap()
    expect(first).to_contain_text("Flag saved.")
    first.get_by_role("button", name="Remove").tap()
    expect(first).to_contain_text("Flag removed.")
    assert Flag.objects.get().status == "removed"
    page.locator("#bar").get_by_role("button", name="No issues").tap()
    first.get_by_role("button", name="Dismiss, no issues").tap()
    expect(first).to_contain_text("No issues; 1 finding dismissed.")
    page.locator("#bar").get_by_role("button", name="Undo").tap()
    expect(first).to_contain_text("Reopened.")


def test_the_counts_after_each_act_are_those_of_a_fresh_page(
    visit: Any, article: Article, rosa: Any, edith: Any
) -> None:
    make_flag(article.segments.get(position=4), by=edith)
    Segment.objects.filter(position=4).update(status="flagged")
    page = visit("rosa", address(article))
    fresh = page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for keys, said in (
        (["j", "Enter"], "Flag saved."),
        (["j", "x", "2"], "Finding dismissed."),
        (["j", "c", "1"], "No issues; 1 finding dismissed."),
        (["j", "e", "!", "Control+Enter"], "Submitted for approval."),
        (["u"], "Withdrawn; it is your draft again."),
    ):
        if said == "Submitted for approval.":
            press(page, "k", "j")
        press(page, *keys)
        expect(page.locator("#said")).to_have_text(said)
        page.wait_for_load_state("networkidle")
        fresh.goto(page.url)
        assert counts(page) == counts(fresh), said
    assert not [url for url in asked if "summary" in url]


def test_the_head_of_the_article_says_after_each_act_how_far_it_is(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    fresh = page.context.new_page()
    stage = page.locator("#stage")
    expect(stage).to_have_text("Not started")
    for keys, says in (
        (["j", "Enter"], "In review"),
        (["u"], "Not started"),
        (["e", "!", "Control+Enter"], "In review"),
    ):
        press(page, *keys)
        expect(stage).to_have_text(says)
        fresh.goto(page.url)
        expect(fresh.locator("#stage")).to_have_text(says)


def test_what_is_signed_off_is_due_no_more_until_it_is_opened_again(
    visit: Any, article: Article, edith: Any, rosa: Any
) -> None:
    Assignment.objects.create(article=article, person=rosa, due=date(2026, 1, 31))
    article.segments.update(status="done")
    page = visit("rosa", address(article))
    expect(page.locator(".facts .due")).to_be_visible()
    SignOff.objects.create(article=article, person=edith, digest="", segment_count=4)
    page.reload()
    expect(page.locator("#stage")).to_have_text("Signed off by edith")
    expect(page.locator(".facts .due")).to_be_hidden()
    press(page, "j")
    expect(page.locator("#bar .why")).to_have_text(
        "The article is signed off; reopening a segment ends the sign-off."
    )
    press(page, "u")
    expect(card(page, article, 1)).to_contain_text("This ends the sign-off by edith.")
    expect(page.locator("#stage")).to_have_text("In review")
    expect(page.locator(".facts .due")).to_be_visible()


def test_the_head_of_an_article_follows_its_last_segment(visit: Any, article: Article) -> None:
    article.segments.exclude(position=4).update(status="done")
    page = visit("rosa", address(article))
    press(page, "n", "c")
    expect(page.locator("#stage")).to_have_text("Everything is reviewed")
    expect(page.locator("#said.seen")).to_have_text("Everything is done. The sign-off is next.")
    press(page, "u")
    expect(page.locator("#stage")).to_have_text("In review")


def test_who_reviews_the_last_segment_is_told_that_corrections_wait(
    visit: Any, article: Article
) -> None:
    article.segments.exclude(position=4).update(status="done")
    page = visit("rosa", address(article))
    press(page, "n", "e", "!", "Control+Enter")
    expect(page.locator("#stage")).to_have_text("Awaiting approval")
    expect(page.locator("#said.seen")).to_contain_text("Everything is reviewed. Corrections")


def test_hidden_findings_are_said_to_be_hidden_for_as_long_as_it_is_so(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    said = page.locator(".hidden-findings:visible")
    expect(said).to_have_count(0)
    press(page, "o")
    expect(said).to_have_text("Likely findings")
    press(page, "o")
    page.reload()
    expect(said).to_have_text("Findings hidden")
    press(page, "o")
    expect(said).to_have_count(0)


def test_a_correction_is_looked_up_until_the_checks_have_seen_it(
    visit: Any, article: Article, rosa: Any
) -> None:
    for position in (2, 4):
        segment = article.segments.get(position=position)
        make_correction(segment, by=rosa, text="Mieux.", status="submitted")
    article.segments.filter(position__in=(2, 4)).update(status="waiting")
    page = visit("rosa", address(article))
    lines = page.locator(".note.unchecked")
    expect(lines).to_have_count(2)
    page.clock.install()
    page.reload()
    with page.expect_response(lambda answer: "/segments/" in answer.url):
        page.clock.fast_forward("00:03")
    expect(lines).to_have_count(2)  # asked, and not seen yet
    found = [{"message": "Possible: %(word)s", "values": {"word": "de de"}}]
    Correction.objects.filter(segment__position=2).update(checked="now", new_findings=found)
    Correction.objects.filter(segment__position=4).update(checked="now")
    for count in (1, 0):
        with page.expect_response(lambda answer: "/segments/" in answer.url):
            page.clock.fast_forward("01:00")
        expect(lines).to_have_count(count)
    expect(card(page, article, 2)).to_contain_text("New: Possible: de de")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward("10:00")
    press(page, "j", "c")
    expect(card(page, article, 1).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    assert len(asked) == 1, "the key's own request alone"


def test_on_its_own_page_a_segment_has_its_buttons_without_javascript(
    visit: Any, article: Article, rosa: Any
) -> None:
    segment = article.segments.get(position=1)
    make_flag(segment, by=rosa)
    Segment.objects.filter(pk=segment.pk).update(status="flagged")
    page = visit("rosa", reverse("card", args=[segment.pk]), java_script_enabled=False)
    shown = card(page, article, 1)
    shown.get_by_role("button", name="Remove").click()
    expect(page.locator(".messages")).to_have_text("Flag removed.")
    card(page, article, 1).get_by_role("link", name="1", exact=True).click()
    shown.get_by_role("button", name="Accept").click()
    expect(page.locator(".messages")).to_have_text("Flag saved.")
    card(page, article, 3).get_by_role("link", name="3", exact=True).click()
    page.locator("#bar").get_by_role("button", name="No issues").click()
    page.get_by_role("button", name="Dismiss, no issues").click()
    expect(page.locator(".messages")).to_have_text("No issues; 1 finding dismissed.")
