"""The glossary: a term is changed in its row, by keyboard, and added from the desk with the selected words."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Term
from tests.browser.hands import address, press
from tests.factories import make_article

pytestmark = pytest.mark.browser


def test_a_term_is_changed_in_its_row_by_keyboard(
    visit: Any, ada: Any, transactional_db: None
) -> None:
    Term.objects.create(source="strike", target="grève")
    page = visit("ada", "/glossary/")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Edit strike").focus()
    press(page, "Enter")
    row = page.locator("tr.editing")
    expect(row.get_by_label("Term", exact=True)).to_be_focused()
    press(page, "Tab")
    row.get_by_label("Translation").fill("débrayage")
    press(page, "Enter")
    expect(page.locator("tbody tr")).to_contain_text("débrayage")
    expect(page.get_by_role("status")).to_contain_text(["Saved.", ""])
    expect(page.get_by_role("link", name="Edit strike")).to_be_focused()
    press(page, "Enter")
    row.get_by_role("link", name="Cancel").click()
    expect(row).to_have_count(0)
    assert page.evaluate("window.same")
    assert Term.objects.get().target == "débrayage"


def test_the_selected_words_go_into_the_form_of_a_new_term(
    visit: Any, article: Article, ada: Any
) -> None:
    page = visit("ada", address(article))
    press(page, "j", "j", "j", "H")
    link = page.locator("#panel a.add-term")
    link.wait_for()
    press(page, "w", "ArrowRight", "Shift+ArrowRight", "t", "ArrowRight")
    press(page, "Shift+ArrowRight")
    link.focus()
    press(page, "Enter")
    form = page.locator("#add")
    expect(form.get_by_label("Term", exact=True)).to_have_value("bright, shining")
    assert form.get_by_label("Translation").input_value()
    form.get_by_role("button", name="Add").click()
    expect(page.locator("main .messages")).to_contain_text("Added: bright, shining")


def test_the_side_panel_that_opens_leaves_the_current_segment_in_view(
    visit: Any, ada: Any, transactional_db: None
) -> None:
    """Below the desk it grows when its content arrives."""
    for word in ("big", "bright", "shining", "star"):
        Term.objects.create(source=word, target="mot", note="A note that takes a line of its own.")
    source = "A big, bright, shining star is number"
    long = make_article([(f"{source} {number}.", f"Mot {number}.") for number in range(40)])
    page = visit("ada", address(long))
    page.set_viewport_size({"width": 1280, "height": 860})
    press(page, *"j" * 25, "H")
    page.locator("#panel a.add-term").wait_for()
    page.wait_for_function("""() => {
      const lower = document.querySelector(".segment.current").getBoundingClientRect().bottom;
      return lower <= document.getElementById("panel").getBoundingClientRect().top;
    }""")


def test_the_preview_of_a_file_keeps_the_chosen_file(
    visit: Any, ada: Any, transactional_db: None
) -> None:
    page = visit("ada", "/glossary/import/")
    content = {"name": "words.csv", "mimeType": "text/csv", "buffer": b"strike,walkout"}
    page.locator("input[type=file]").set_input_files(content)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#report")).to_contain_text("New terms: 1;")
    page.get_by_role("button", name="Import").click()
    expect(page.locator("main .messages")).to_contain_text("New terms: 1;")
    assert Term.objects.get().source == "strike"
