"""From the desk to the concordance with the selected words, by key and by the side panel, and back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address, card, press

pytestmark = pytest.mark.browser


def test_the_selected_words_are_looked_up_by_a_key(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "j", "w", "ArrowRight", "Shift+ArrowRight", "C")
    page.wait_for_url("**/concordance/?**")
    expect(page.get_by_label("Words to look up")).to_have_value("bright, shining")
    expect(page.get_by_role("combobox")).to_have_value("source")
    expect(page.get_by_label("Whole words")).to_be_checked()
    expect(page.locator("mark")).to_have_text("bright, shining")
    page.get_by_role("link", name=re.compile("^Segment 3, ")).click()
    expect(card(page, article, 3)).to_have_class(re.compile("current"))


def test_the_panel_names_the_words_and_a_hit_leads_back(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "j", "H")
    link = page.locator("#panel").get_by_role("link", name="Look up")
    expect(link).to_have_text("Look up")
    press(page, "t", "ArrowRight")
    words = page.evaluate("getSelection().toString()")
    expect(link).to_contain_text(words)
    link.click()
    expect(page.get_by_label("Words to look up")).to_have_value(words)
    expect(page.get_by_role("combobox")).to_have_value("target")
    page.locator(".hits").get_by_role("link", name=re.compile("Segment 3$")).click()
    expect(card(page, article, 3)).to_have_class(re.compile("current"))
    page.go_back()
    expect(page.locator("mark").first).to_have_text(words)


def test_without_selected_words_the_field_is_empty(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "w", "ArrowRight", "Escape", "j", "C")
    page.wait_for_url("**/concordance/**")
    expect(page.get_by_label("Words to look up")).to_have_value("")
    expect(page.get_by_label("Words to look up")).to_be_focused()
    page = visit("rosa", address(article), java_script_enabled=False)
    page.get_by_role("link", name="Concordance").click()
    expect(page.get_by_label("Words to look up")).to_have_value("")
