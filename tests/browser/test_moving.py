"""Finding one's way in an article: what was searched for is seen and counted, and a long article leads back, too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address, card, press
from tests.factories import make_article

pytestmark = pytest.mark.browser
FOUND = "[...(CSS.highlights.get('found') || [])].map(String)"


def test_what_was_searched_for_is_counted_and_seen(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article) + "?search=brillante")
    expect(page.locator(".found")).to_contain_text("1 segment contains “brillante”.")
    assert page.evaluate(FOUND) == ["brillante", "brillante"]
    press(page, "j", "c")
    expect(card(page, article, 3).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    press(page, "1")  # the card is another one now
    expect(card(page, article, 3)).to_contain_text("No issues; 1 finding dismissed.")
    assert page.evaluate(FOUND) == ["brillante", "brillante"]
    press(page, "/")
    page.keyboard.type("[(")
    press(page, "Enter")
    expect(page.locator(".found")).to_contain_text("No segment contains “[(”.")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".segment")).to_have_count(5)
    assert page.evaluate(FOUND) == []


def test_keys_and_a_click_lead_back_to_earlier_parts(visit: Any, transactional_db: None) -> None:
    long = make_article([(f"Sentence {n}.", f"Phrase {n}.") for n in range(1, 161)])
    page = visit("rosa", address(long) + "?page=3")
    expect(page.locator(".segment")).to_have_count(50)
    press(page, "j", "k", "k")
    expect(card(page, long, 99)).to_be_focused()
    expect(page.locator(".segment")).to_have_count(100)
    link = page.get_by_role("link", name="Earlier segments")
    page.evaluate("scrollTo(0, 0)")
    before = card(page, long, 51).bounding_box()["y"]
    link.click()
    expect(page.locator(".segment")).to_have_count(150)
    expect(link).to_have_count(0)
    assert page.evaluate("document.querySelector('.segment').dataset.position") == "1"
    moved = card(page, long, 51).bounding_box()["y"] - before
    assert abs(moved) < 60  # the line with the link is gone
    assert page.evaluate("document.querySelectorAll('.pages[hx-get]').length") == 1


def test_a_number_leads_to_a_segment_inside_the_page_where_it_is_there(
    visit: Any, transactional_db: None
) -> None:
    article = make_article([(f"Sentence {n}.", f"Phrase {n}.") for n in range(1, 81)])
    page = visit("rosa", address(article))
    page.evaluate("window.here = 'the same page'")
    press(page, "g")
    page.keyboard.type("18")
    press(page, "Enter")
    expect(card(page, article, 18)).to_be_focused()
    expect(card(page, article, 18)).to_be_in_viewport()
    assert page.evaluate("window.here") == "the same page"
    page.reload()
    expect(card(page, article, 18)).to_be_focused()

    # An answer without a page leaves this one as it is while another is awaited.
    page.route("**/jump/**", lambda route: route.fulfill(status=204))
    press(page, "g")
    page.keyboard.type("77")
    press(page, "Enter")
    expect(page.locator("#said.seen")).to_have_text("Loading segment 77…")
    expect(page.locator("#strip")).to_have_attribute("aria-busy", "true")
    page.unroute("**/jump/**")
    press(page, "g")
    page.keyboard.type("77")
    press(page, "Enter")
    expect(card(page, article, 77)).to_be_focused()
    expect(page.locator("#strip[aria-busy]")).to_have_count(0)


@pytest.fixture
def long(transactional_db: None) -> Article:
    """Forty segments: most are below the window, and the first frame of the page leaves them out."""
    return make_article([(f"Sentence {n}.", f"Phrase {n}.") for n in range(1, 41)])


POSITIONS = (
    "[...document.querySelectorAll('.segment')].map((each) => Number(each.dataset.position))"
)


def test_the_first_frame_leaves_no_card_out_for_long(visit: Any, long: Article) -> None:
    page = visit("rosa", address(long))
    expect(page.locator(".below")).to_have_count(0)
    expect(card(page, long, 40)).to_be_visible()
    assert page.evaluate(POSITIONS) == list(range(1, 41))


@pytest.mark.parametrize("scripts", ["forbidden", "missing"])
def test_all_cards_are_there_without_scripts(
    visit: Any, live_server: Any, long: Article, scripts: str
) -> None:
    page = visit("rosa", "/", java_script_enabled=scripts != "forbidden")
    page.route("**/desk-scripts*", lambda route: route.abort())
    page.goto(live_server.url + address(long))
    expect(page.locator(".below")).to_have_count(1)
    expect(card(page, long, 40)).to_be_visible()


def test_a_key_leads_to_a_card_that_the_first_frame_left_out(
    visit: Any, live_server: Any, long: Article
) -> None:
    page = visit("rosa", "/")
    page.add_init_script("window.requestIdleCallback = () => 0")  # a browser that is never idle
    page.goto(live_server.url + address(long))
    press(page, *["j"] * 13)
    expect(card(page, long, 13)).to_be_focused()
    expect(card(page, long, 13)).to_be_in_viewport()
    assert page.evaluate(POSITIONS) == list(range(1, 41))


def test_an_address_leads_to_a_card_below_the_window(visit: Any, long: Article) -> None:
    segment = long.segments.get(position=31)
    page = visit("rosa", f"{address(long)}#segment-{segment.pk}")
    expect(card(page, long, 31)).to_be_focused()
    expect(card(page, long, 31)).to_be_in_viewport()
