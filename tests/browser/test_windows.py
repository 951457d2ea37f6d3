"""One person with an article in two windows: each says what was done in the other, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Correction
from tests.browser.conftest import PAIRS
from tests.browser.hands import address, card, press

pytestmark = pytest.mark.browser

OWN_CHANGE = "You changed this segment in another window."


@pytest.fixture
def windows(visit: Any, article: Article) -> tuple[Any, Any]:
    """Two windows of rosa's browser on the desk."""
    one = visit("rosa", address(article))
    two = one.context.new_page()
    two.goto(one.url)
    return one, two


def test_an_act_on_what_was_decided_in_the_other_window(
    windows: tuple[Any, Any], article: Article
) -> None:
    one, two = windows
    press(two, "j", "X")
    expect(card(two, article, 1)).to_contain_text("Finding dismissed.")
    press(one, "j", "Enter")
    expect(card(one, article, 1)).to_contain_text(OWN_CHANGE)
    expect(card(one, article, 1).locator(".note.finding")).to_have_count(0)
    expect(card(one, article, 1)).to_be_focused()
    press(one, "c")
    expect(card(one, article, 1)).to_contain_text("No issues.")


def test_writing_in_two_windows_is_said_in_both_and_keeps_both_texts(
    windows: tuple[Any, Any], article: Article
) -> None:
    one, two = windows
    boxes = []
    for page in windows:
        press(page, "j", "e")
        boxes.append(card(page, article, 1).locator("textarea"))
        expect(boxes[-1]).to_be_focused()
    one.keyboard.type(" Un.")
    expect(card(two, article, 1).locator(".elsewhere")).to_contain_text("in another window, too")
    two.keyboard.type(" Deux.")
    expect(card(one, article, 1).locator(".elsewhere")).to_contain_text("in another window, too")
    press(one, "Control+Enter")
    expect(card(one, article, 1)).to_contain_text("Submitted for approval.")
    press(two, "Control+Enter")
    second = card(two, article, 1)
    expect(second.locator(".conflict")).to_contain_text("In another window you wrote:")
    expect(second).to_contain_text("You submitted a correction for this segment in another window.")
    expect(second.locator("textarea")).to_have_value(PAIRS[0][1] + " Deux.")
    assert Correction.objects.get().text == PAIRS[0][1] + " Un."
    two.reload()
    expect(second).to_contain_text("Unsaved text, only in this browser:")
    expect(second.locator(".kept")).to_contain_text("Deux.")
