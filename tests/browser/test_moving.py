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
