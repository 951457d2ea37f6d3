"""Room to read: the head of a phone's desk and its toolbar, and the side panel where it is a drawer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address, card, press

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}


def test_on_a_phone_the_head_takes_a_fifth_and_the_toolbar_opens_as_a_sheet(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article), **PHONE)
    first = card(page, article, 1).bounding_box()
    assert first["y"] <= 780 / 5
    tools = page.locator("#tools")
    expect(tools).not_to_be_visible()
    page.get_by_role("button", name="filter, search, display").tap()
    expect(tools).to_be_in_viewport(ratio=1)
    assert tools.locator("#filters a:visible").count() >= 2
    small = tools.locator("a:visible, button:visible, input:visible, select:visible").all()
    assert all(each.bounding_box()["height"] >= 44 for each in small)
    tools.get_by_role("button", name="Side panel").tap()
    expect(tools).not_to_be_visible()
    expect(page.locator("#panel")).to_be_visible()


def test_the_keys_of_the_toolbar_open_it_in_a_narrow_window(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article), viewport={"width": 500, "height": 800})
    press(page, "/")
    expect(page.get_by_placeholder("Search")).to_be_focused()


@pytest.mark.parametrize("width", [1600, 1280, 360])
def test_the_side_panel_leads_to_a_segment_before_one_is_chosen(
    width: int, visit: Any, article: Article
) -> None:
    article.segments.filter(position=1).update(status="done")
    page = visit("rosa", address(article), viewport={"width": width, "height": 780})
    press(page, "H")
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("button", name="Next finding")).to_be_in_viewport(ratio=1)
    expect(panel).not_to_contain_text("Select a segment first")
    panel.get_by_role("button", name="Next segment to review").click()
    expect(card(page, article, 2)).to_be_focused()
    expect(panel.get_by_role("heading", name="Segment 2")).to_be_visible()
    expect(panel.locator(".ways-in")).to_have_count(0)


def test_the_side_panel_leaves_the_current_segment_in_view(visit: Any, article: Article) -> None:
    last = article.segments.count()
    for width in (1280, 360):
        page = visit("rosa", address(article), viewport={"width": width, "height": 600})
        press(page, "j", "H")
        for position in range(2, last + 1):
            press(page, "j")
            current = card(page, article, position)
            expect(current).to_be_focused()
            target = current.locator(".target").bounding_box()
            assert target["y"] + target["height"] <= page.locator("#panel").bounding_box()["y"]


LARGEST = """() => {
  document.documentElement.dataset.text = "larger";
  document.querySelector(".person .name").textContent = "jean-baptiste.de-la-rochefoucauld";
}"""


def test_with_the_largest_text_in_french_nothing_scrolls_sideways(
    visit: Any, live_server: Any, article: Article
) -> None:
    page = visit("rosa", "/", locale="fr-FR")
    parts = {"/": ".all-articles", address(article): ".segment", "sign-off/": ".column"}
    for place, part in parts.items():
        path = place if place.startswith("/") else address(article) + place
        page.goto(live_server.url + path)
        expect(page.locator(f"html[lang=fr] {part}").first).to_be_attached()
        page.evaluate(LARGEST)
        for width in (360, 900, 1024, 1152, 1280, 1664):
            page.set_viewport_size({"width": width, "height": 800})
            is_wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not is_wider, (place, width)
