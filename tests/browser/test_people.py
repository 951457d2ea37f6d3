"""For everyone: what is said aloud, how large things are, times, languages, printing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Assignment, Correction, Segment
from tests.browser.hands import address, card, press
from tests.factories import make_correction

pytestmark = pytest.mark.browser

LISTEN = """() => { window.heard = [];
  const live = "[aria-live], [role=status], [role=alert]";
  const hear = (region) => { const text = region.textContent.trim(); if (text) heard.push(text.replace(/\\s+/g, " ")); };
  new MutationObserver((records) => new Set(records.flatMap((record) => [
    (record.target.nodeType === 1 ? record.target : record.target.parentElement)?.closest(live),
    ...[...record.addedNodes].flatMap((node) => node.nodeType === 1 ? [...node.querySelectorAll(live), ...(node.matches(live) ? [node] : [])] : []),
  ])).forEach((region) => region && hear(region))).observe(document.body, { subtree: true, childList: true, characterData: true }); }"""


def test_every_change_is_said_once(visit: Any, article: Article) -> None:
    """What a screen reader is told of each act, by every live region of the page together."""
    page = visit("rosa", address(article))
    page.evaluate(LISTEN)
    heard = []
    for keys, said in (
        (["j", "Enter"], "Flag saved."),
        (["u"], "Flag removed."),
        (["x", "1"], "Finding dismissed."),
        (["u"], "Finding restored."),
        (["e", "!", "Control+Enter"], "Submitted for approval."),
        (["u"], "Withdrawn; it is your draft again."),
        (["n", "n", "c", "1"], "No issues; 1 finding dismissed."),
        (["o"], "Showing likely findings only."),
        (["v"], "Showing corrected text."),
    ):
        press(page, *keys)
        heard.append(said)
        expect(page.locator("#said")).to_have_text(said)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("heard") == heard
    page.reload()
    page.evaluate(LISTEN)
    press(page, "j", "f", "Space")
    page.get_by_label("Words in the English").focus()
    page.keyboard.type("zebra")
    press(page, "Control+Enter")
    expect(page.locator(".error").first).to_be_visible()
    assert page.evaluate("heard") == [], "what is wrong is read with the field that has the focus"
    assert page.locator(":focus").evaluate("each => !!each.closest('[aria-describedby*=error]')")


def test_each_segment_is_a_region_with_a_name(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    expect(page.get_by_role("region")).to_have_count(5)
    expect(page.get_by_role("region", name="Segment 2, to review")).to_contain_text(
        "We stay up late."
    )


SMALL = """(least) => [...document.querySelectorAll("a, button, input, select, summary, textarea, .options label")]
  .filter((each) => each.getClientRects().length && !each.closest(".options label > *, .unseen, .skip"))
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => Math.min(box.width, box.height) < least - 0.1 && !(each.matches("label input") && each.closest("label").getBoundingClientRect().height > least - 0.1))
  .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(("look", "least"), [(PHONE, 44), ({}, 24)], ids=["touched", "clicked"])
def test_what_is_pressed_is_large_enough(
    visit: Any, article: Article, look: Any, least: int
) -> None:
    page = visit("rosa", address(article), **look)
    for opens in ("", "f", "e", "x"):
        press(page, "j", "k", *opens)
        if opens:
            page.locator(".segment.open").wait_for()
        assert "\n".join(page.evaluate(SMALL, least)) == "", opens
        press(page, "Escape")
        page.locator(".segment.open").wait_for(state="detached")


def test_times_are_the_readers_own(
    visit: Any, article: Article, rosa: Any, live_server: Any
) -> None:
    made = make_correction(
        article.segments.get(position=2), by=rosa, text="Nous.", status="submitted"
    )
    Segment.objects.filter(pk=made.segment_id).update(status="waiting")
    at = datetime.now(UTC).replace(month=1, day=15, hour=20, minute=30)
    Correction.objects.update(submitted_at=at, updated_at=at - timedelta(days=365))
    page = visit("edith", "/", timezone_id="Asia/Tokyo", locale="fr-FR")
    expect(page.locator(".work time")).to_have_text(f"16 janv. {at.year - 1}, 05:30")
    page.goto(live_server.url + address(article))
    expect(card(page, article, 2).locator("time")).to_have_text("16 janv., 05:30")
    press(page, "j", "j", "b")
    expect(page.locator("form.rejecting")).to_be_visible()
    expect(card(page, article, 2).locator("time")).to_have_text("16 janv., 05:30")


@pytest.mark.parametrize(
    ("zone", "locale", "hour"),
    [
        ("Europe/Paris", "fr-FR", "20\xa0h\xa030"),
        ("Etc/GMT+5", "en-US", "1:30 PM"),
        ("Etc/GMT+5", "en-GB", "13:30"),
        # There it is the next day, which the words before the hour do not say.
        ("Asia/Tokyo", "en-GB", "18:30 UTC"),
        # There it is the day before as yet, so that "tomorrow" means another day.
        ("Etc/GMT+12", "fr-FR", "18\xa0h\xa030 UTC"),
    ],
)
def test_the_hour_that_is_due_is_the_readers_own(
    zone: str, locale: str, hour: str, visit: Any, article: Article, rosa: Any
) -> None:
    due = {"due": date(2050, 7, 15), "due_time": time(18, 30)}
    Assignment.objects.create(article=article, person=rosa, **due)
    page = visit("rosa", "/", timezone_id=zone, locale=locale)
    page.clock.set_fixed_time(datetime(2050, 7, 14, 11, 30, tzinfo=UTC))
    page.reload()
    expect(page.locator(".work-article .due time")).to_have_text(hour)


def test_the_language_is_changed_by_keyboard_and_stays(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article) + "?filter=findings")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="rosa").focus()
    press(page, "Enter")
    page.get_by_role("button", name="Français").focus()
    press(page, "Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith(address(article) + "?filter=findings")
    expect(card(page, article, 1)).to_have_attribute("aria-label", "Segment 1, à relire")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_printed_it_is_the_article_alone(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    page.emulate_media(media="print")
    for hidden in (".site", ".filters", ".find", ".acts", "dialog", ".summary button"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    for shown in (".segment .source.text", ".segment .target.text", ".note.finding"):
        expect(page.locator(shown).first).to_be_visible()
    assert (
        page.locator(".segment").first.evaluate("each => getComputedStyle(each).breakInside")
        == "avoid"
    )


def test_nothing_moves_where_less_motion_is_wanted(visit: Any, article: Article) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((each) => { const style = getComputedStyle(each);
      return style.transitionDuration.split(", ").some((time) => time !== "0s") || style.animationName !== "none" ||
        style.scrollBehavior === "smooth"; }).length"""
    assert visit("rosa", address(article)).evaluate(moving) == 0
    assert visit("rosa", reverse("articles")).evaluate(moving) == 0
