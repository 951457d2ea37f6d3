"""Marking words: by mouse, by keyboard and by touch; marks light up with their partner."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Flag
from tests.browser.hands import address, card, press

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
SELECT = """(text, words) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (!node.data.includes(words)) node = walker.nextNode();
  const at = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, at, node, at + words.length); }"""


def fields(shown: Any) -> tuple[Any, ...]:
    labels = ("Words in the English", "Words in the French", "Insert missing words before")
    return tuple(shown.get_by_label(label) for label in labels)


def test_by_word_by_character_and_both_sides_at_once(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    third = card(page, article, 3)
    press(page, "j", "j", "j", "w", "ArrowRight", "Shift+ArrowRight")
    press(
        page,
        "t",
        "ArrowRight",
        "Alt+Shift+ArrowLeft",
        "Alt+Shift+ArrowLeft",
        "f",
    )
    source, target, before = fields(third)
    expect(source).to_have_value("bright, shining")
    expect(target).to_have_value("étoi")
    expect(before).to_have_value("")
    press(page, "Space", "Control+Enter")
    expect(third).to_contain_text("Flag saved.")
    flag = Flag.objects.get()
    assert (flag.source_quote, flag.target_quote, flag.caret) == ("bright, shining", "étoi", None)


def test_a_digit_chooses_what_is_wrong_and_the_whole_form_is_in_view(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    fourth = card(page, article, 4)
    press(page, "j", "j", "j", "j", "w", "f")
    expect(fourth.get_by_role("button", name="Save the flag")).to_be_in_viewport(ratio=1)
    press(page, "2")
    expect(fourth.get_by_label("Wrong meaning")).to_be_checked()
    fourth.get_by_label("Comment").fill("")
    fourth.get_by_label("Comment").press("3")  # a digit in a comment is a digit
    press(page, "Control+Enter")
    expect(fourth).to_contain_text("Flag saved.")
    assert Flag.objects.values_list("type", "source_quote", "comment").get() == (
        "Mistranslation",
        "Nobody",
        "3",
    )


def test_a_caret_between_two_words_by_keyboard(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "t", "ArrowRight", "ArrowRight", "Alt+ArrowLeft", "Enter")
    second = card(page, article, 2)
    expect(fields(second)[2]).to_have_value("tard.")
    second.get_by_role("button", name="Select in the translation").press("Enter")
    press(page, "Alt+ArrowLeft", "Enter")
    expect(fields(second)[2]).to_have_value("restons éveillés tard.")
    expect(second.locator(".types :focus")).to_have_count(1)
    second.get_by_role("button", name="Select in the source").press("Enter")
    press(page, "Escape")
    expect(second.locator(".types :focus")).to_have_count(1)


def marked(page: Any) -> Any:
    return page.evaluate("getSelection().toString()")


def test_the_arrows_mark_word_after_word(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    hint = page.locator("#bar .choosing")
    press(page, "j", "j", "j")
    expect(hint).to_be_hidden()
    press(page, "t")
    expect(hint).to_be_visible()
    for key, words in (
        ("ArrowRight", "étoile"),
        ("ArrowRight", "brillante"),
        ("ArrowRight", "et"),
        ("ArrowLeft", "brillante"),
        ("Shift+ArrowRight", "brillante et"),
        ("Shift+ArrowRight", "brillante et brillante"),
        ("Shift+ArrowLeft", "brillante et"),
        ("Shift+ArrowLeft", "brillante"),
        ("Shift+ArrowLeft", "étoile brillante"),
        ("ArrowLeft", "Une"),
        ("ArrowLeft", "Une"),
        ("Alt+ArrowRight", ""),
        ("Shift+ArrowLeft", "Une"),
        ("ArrowRight", "étoile"),
    ):
        press(page, key)
        assert marked(page) == words, key
    expect(hint).to_be_visible()
    press(page, "2")
    expect(card(page, article, 3)).to_contain_text("Flag saved.")
    flag = Flag.objects.get()
    assert (flag.source_quote, flag.target_quote, flag.caret) == ("", "étoile", None)


def test_escape_leaves_the_words_as_they_were(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    hint = page.locator("#bar .choosing")
    press(page, "j", "j", "w", "ArrowRight")
    expect(hint).to_be_visible()
    press(page, "Escape")
    expect(card(page, article, 2)).to_be_focused()
    expect(hint).to_be_hidden()
    press(page, "w", "t", "ArrowRight", "Escape", "f")
    source, target, before = fields(card(page, article, 2))
    expect(source).to_have_value("We")
    expect(target).to_have_value("")
    expect(before).to_have_value("")


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_partners_light_up(visit: Any, article: Article, way: str) -> None:
    page = visit("rosa", address(article))
    first = card(page, article, 1)
    if way == "hover":
        first.locator("mark").hover()
        expect(first.locator(".note.finding.lit")).to_have_count(1)
    else:
        press(page, "j")
        page.locator("#bar").get_by_role("button", name="Accept").focus()
    expect(first.locator(".source mark.lit")).to_have_text("OpenAI")
    expect(first.locator(".target .caret.lit")).to_have_count(1)
    expect(card(page, article, 2).locator(".lit")).to_have_count(0)


def test_by_touch(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article), **PHONE)
    third = card(page, article, 3)
    third.locator(".source.text").tap()
    third.locator(".source.text").evaluate(SELECT, "ining")
    page.locator("#bar").get_by_role("link", name="Flag", exact=True).tap()
    source, target, before = fields(third)
    expect(source).to_have_value("shining")
    third.locator(".target.text").evaluate(SELECT, "ante et")
    expect(target).to_have_value("brillante et")
    box = third.locator(".target.text").bounding_box()
    page.touchscreen.tap(box["x"] + 60, box["y"] + 12)
    expect(before).to_have_value("étoile brillante et brillante.")


def test_a_letter_in_the_form_of_a_flag_begins_its_comment(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    fourth = card(page, article, 4)
    press(page, "j", "j", "j", "j", "f", "1")
    page.keyboard.type("too wide, d.")  # the letters that elsewhere choose words, too
    expect(fourth.get_by_label("Comment")).to_have_value("too wide, d.")
    expect(fourth).to_be_visible()
    press(page, "Control+Enter")
    expect(fourth).to_contain_text("Flag saved.")
    assert Flag.objects.get().comment == "too wide, d."


def test_a_word_whose_segment_is_replaced_meanwhile_lights_up_nothing(
    visit: Any, article: Article
) -> None:
    """A finger touches a word, and an act replaces the segment before the links are asked for."""
    page = visit("rosa", address(article))
    text = card(page, article, 2).locator('.text[data-side="target"]')
    text.evaluate(
        """(text) => new Promise((done) => {
          const touch = { bubbles: true, pointerType: "touch", clientX: 1, clientY: 1 };
          text.dispatchEvent(new PointerEvent("pointerdown", touch));
          text.remove();
          setTimeout(() => setTimeout(done)); // after the script's own
        })"""
    )
    assert page.evaluate("CSS.highlights.get('counterpart').size") == 0
