"""While the French is written: nothing typed is lost, the checks look on, typography is helped and never forced."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Correction
from articles.review import actions
from tests.browser.conftest import PAIRS
from tests.browser.hands import address, card, press
from tests.factories import make_article, make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def bruno(visit: Any) -> Any:
    """Bruno reviews as Rosa does; Edith approves, too."""
    return make_person("bruno", role="Reviewers")


def write(
    page: Any, article: Article, words: str, *, position: int = 2, open_first: bool = True
) -> Any:
    """Open the editor of a segment by keys and type at its beginning."""
    press(page, *["j"] * position * open_first, *["e"] * open_first)
    box = card(page, article, position).locator("textarea")
    expect(box).to_be_focused()
    press(page, "Home")
    page.keyboard.type(words)
    return box


WORDS = {"rosa": "Nous ", "bruno": "Nous autres ", "edith": "Eux "}
ORDERS = [
    "rosa types, edith types, rosa sends, edith sends",
    "rosa types, edith types, edith sends, rosa sends",
    "rosa types, rosa sends, bruno types, bruno sends",
    "rosa types, rosa sends, edith types, edith sends",
]
APPROVES = "edith"
"""Her words are her edit of Rosa's once these are sent. Bruno's are a draft that has to wait."""


def test_two_browsers_lose_nothing_in_any_order_of_their_saves(
    visit: Any, article: Article, bruno: Any
) -> None:
    """The other orders are these with the names exchanged."""
    pages = {name: visit(name, address(article)) for name in WORDS}
    for position, order in enumerate(ORDERS, start=1):
        text, sent = PAIRS[position - 1][1], ""
        steps = [each.split() for each in order.split(", ")]
        cards = {name: card(pages[name], article, position) for name, _does in steps}
        for name in cards:
            pages[name].reload()
            press(pages[name], *["j"] * position, "e")
            expect(cards[name].locator("textarea")).to_be_focused()
        for name, does in steps:
            if does == "types":
                press(pages[name], "Home")
                pages[name].keyboard.type(WORDS[name])
                expect(cards[name].locator(".redline")).to_contain_text(
                    "kept as a draft" if sent and name != APPROVES else "Draft saved"
                )
            else:
                press(pages[name], "Control+Enter")
                expect(cards[name]).to_contain_text(
                    "The text changed" if sent else "Submitted for approval."
                )
                sent = sent or name
        late = next(name for name in cards if name != sent)
        expect(cards[late].locator("textarea")).to_have_value(WORDS[late] + text)
        pages[late].reload()
        expect(cards[late]).to_contain_text(WORDS[late] + text)
        assert (
            Correction.objects.get(status="submitted", segment__position=position).text
            == WORDS[sent] + text
        )


def test_what_was_sent_is_not_offered_again(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    write(page, article, "Nous ")
    press(page, "Control+Enter")
    expect(card(page, article, 2)).to_contain_text("Submitted for approval.")
    expect(page.locator(".kept")).to_have_count(0)
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft'))") == []
    )


def test_words_refused_come_back_when_the_segment_is_open_again(
    visit: Any, article: Article, rosa: Any, bruno: Any
) -> None:
    page = visit("bruno", address(article))
    segment = article.segments.get(position=2)
    press(page, "j", "j", "e")
    expect(page.locator("textarea")).to_be_focused()
    waiting = actions.submit(segment, by=rosa, revision=1, text="Nous veillons.")
    write(page, article, "Nous ", open_first=False)
    second = card(page, article, 2)
    expect(second.locator(".redline")).to_contain_text("Your text is kept as a draft.")
    page.reload()
    expect(second.locator(".draft q")).to_have_text("Nous restons éveillés tard.")
    expect(second.locator(".kept")).to_have_count(0)
    actions.withdraw(waiting, by=rosa, revision=2)
    page.reload()
    press(page, "j", "j", "e")
    expect(second.locator("textarea")).to_have_value("Nous restons éveillés tard.")


def test_older_words_of_this_browser_do_not_cover_a_newer_draft(
    visit: Any, article: Article, rosa: Any
) -> None:
    page = visit("rosa", address(article))
    page.route("**/draft/", lambda route: route.abort())
    write(page, article, "Nous ")
    expect(card(page, article, 2).locator(".trouble")).to_contain_text("is not responding")
    actions.save_draft(
        article.segments.get(position=2), by=rosa, revision=1, text="Écrit ailleurs."
    )
    page.reload()
    page.unroute("**/draft/")  # not before: the page that is left would send its words again
    press(page, "j", "j", "e")
    second = card(page, article, 2)
    expect(second.locator("textarea")).to_have_value("Écrit ailleurs.")
    expect(second.locator(".kept")).to_contain_text("Nous restons éveillés tard.")
    second.get_by_role("button", name="Restore").click()
    expect(second.locator("textarea")).to_have_value("Nous restons éveillés tard.")
    press(page, "Escape")
    expect(second.locator("textarea")).to_have_count(0)


def test_two_open_editors_say_so(visit: Any, article: Article) -> None:
    pages = {name: visit(name, address(article)) for name in ("rosa", "edith")}
    for page in pages.values():
        press(page, "j", "j", "e")
        expect(page.locator("textarea")).to_be_focused()
        page.wait_for_load_state("networkidle")
    expect(pages["edith"].locator(".beside")).to_contain_text("rosa is editing this segment.")
    expect(pages["edith"].locator("#said")).to_have_text("rosa is editing this segment.")
    press(pages["rosa"], "Escape")
    expect(pages["rosa"].locator("textarea")).to_have_count(0)
    pages["rosa"].wait_for_load_state("networkidle")
    press(pages["rosa"], "e")
    expect(pages["rosa"].locator(".beside")).to_contain_text("edith is editing this segment.")


def test_undo_goes_on_after_a_reload(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    second = card(page, article, 2)
    box = write(page, article, "Nous ")
    expect(second.locator(".redline ins")).to_have_text("Nous ")
    expect(second).to_contain_text("Draft saved")
    page.keyboard.type("autres ")
    expect(second.locator(".redline ins")).to_have_text("Nous autres ")
    page.reload()
    press(page, "j", "j", "e")
    expect(box).to_be_focused()
    text = PAIRS[1][1]
    for keys, shown in (
        ("Control+z", "Nous " + text), ("Control+z", text), ("Control+z", text), ("Control+Shift+z", "Nous " + text),
        ("Control+y", "Nous autres " + text), ("Control+y", "Nous autres " + text), ("Control+z", "Nous " + text),
    ):  # fmt: skip
        press(page, keys)
        expect(box).to_have_value(shown)
    expect(second.locator(".redline ins")).to_have_text("Nous ")
    press(page, "Home")
    page.keyboard.type("Or ")
    expect(second.locator(".redline ins")).to_have_text("Or Nous ")
    press(page, "Control+z")
    expect(box).not_to_have_value("Or Nous " + text)
    if box.input_value() != "Nous " + text:
        # A slow machine makes two steps of a word and the blank after it.
        press(page, "Control+z")
    expect(box).to_have_value("Nous " + text)
    assert Correction.objects.get().segment.position == 2


@pytest.mark.parametrize("fails", ["the connection", "the server"])
def test_the_draft_is_sent_when_the_site_is_back(visit: Any, article: Article, fails: str) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "e")
    second = card(page, article, 2)
    expect(second.locator("textarea")).to_be_focused()
    page.wait_for_load_state("networkidle")
    page.route(
        "**/draft/",
        lambda route: route.abort() if fails == "the connection" else route.fulfill(status=502),
    )
    press(page, "Home")
    page.keyboard.type("Nous ")
    expect(second.locator(".trouble")).to_contain_text("Your text is still here")
    page.unroute("**/draft/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(second).to_contain_text("Draft saved")
    expect(second.locator(".trouble")).to_have_count(0)
    assert Correction.objects.get().text == "Nous restons éveillés tard."


def test_the_checks_look_on_while_a_text_is_written(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    box = write(page, article, "Une une ", position=4)
    checked = card(page, article, 4).locator(".rechecked")
    expect(checked).to_contain_text("New: “Une une”: word repeated?")
    expect(page.locator("#said")).to_contain_text("new finding")
    box.fill(PAIRS[3][1])
    expect(checked).not_to_contain_text("repeated")
    box.fill("Une une " + PAIRS[3][1])
    expect(checked).to_contain_text("New: “Une une”: word repeated?")
    press(page, "Control+Enter")
    expect(card(page, article, 4)).to_contain_text("Submitted for approval.")


HELPED = [
    ('Il dit "oui"', "Il dit «\u202foui\u202f»"),
    ('"Oui !"', "«\u202fOui\u202f!\u202f»"),
    ("l'été", "l’été"),
    ("Quoi ? Non : si ; bon !", "Quoi\u202f? Non\u202f: si\u202f; bon\u202f!"),
    ("« oui »", "«\u202foui\u202f»"),
    ("12:30 'x", "12:30 'x"),
]


TAKEN_BACK = [('"', "«\u202f", '"'), ("Quoi ?", "Quoi\u202f?", "Quoi ?"), ("l'", "l’", "l'")]


def test_french_typography_is_helped_and_one_undo_takes_it_back(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    box = write(page, article, "", position=4)
    for typed, helped in HELPED:
        box.fill("")
        page.keyboard.type(typed)
        expect(box).to_have_value(helped)
    for undo in ("Control+z", "Backspace"):
        for typed, helped, plain in TAKEN_BACK:
            press(page, "Control+a", "Delete")
            page.keyboard.type(typed)
            expect(box).to_have_value(helped)
            press(page, undo)
            expect(box).to_have_value(plain)
            page.keyboard.type("x")
            expect(box).to_have_value(plain + "x")
        press(page, "Backspace", "Backspace")
        expect(box).to_have_value("l")


def test_an_article_with_straight_apostrophes_keeps_them(
    visit: Any, transactional_db: None
) -> None:
    pairs = [("The water was cut.", "L'eau a été coupée."), ("He said no.", "Il a dit non.")]
    page = visit("rosa", address(make_article(pairs, title="Water")))
    press(page, "j", "j", "e")
    box = page.locator("textarea")
    box.fill("")
    page.keyboard.type("Il l'a dit !")
    expect(box).to_have_value("Il l'a dit\u202f!")
    box.fill("Il l’a dit, et ")
    page.keyboard.press("End")
    page.keyboard.type("qu'il")
    expect(box).to_have_value("Il l’a dit, et qu’il")


def test_typography_is_switched_off_in_place_and_for_good(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    box = write(page, article, "", position=4)
    page.get_by_label("French typography as you type").uncheck()
    box.fill("")
    page.keyboard.type('"Oui !"')
    expect(box).to_have_value('"Oui !"')
    expect(card(page, article, 4)).to_contain_text("Draft saved")
    page.reload()
    press(page, "j", "j", "j", "j", "e")
    expect(page.get_by_label("French typography as you type")).not_to_be_checked()
    article.target.language = "de"
    article.target.save()
    page.reload()
    press(page, "j", "j", "j", "e")
    expect(card(page, article, 3).locator("textarea")).to_be_focused()
    expect(page.locator("[data-typography]")).to_have_count(0)


def test_an_editor_opens_and_closes_in_the_page_and_a_draft_is_shown(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    second = card(page, article, 2)
    text = second.locator(".target").inner_text()
    press(page, "j", "j", "e", "Escape")
    expect(second.locator("form.editing")).to_have_count(0)
    expect(second.locator(".target")).to_have_text(text)
    assert [each for each in asked if each.startswith("GET") and "/segments/" in each] == []
    press(page, "e")
    write(page, article, "Nous ", open_first=False)
    expect(second.locator(".redline")).to_contain_text("Draft saved")
    press(page, "Escape")
    expect(second.locator(".note.draft")).to_contain_text("Nous restons éveillés tard.")


def test_what_is_said_of_the_typed_text_is_in_view(visit: Any, transactional_db: None) -> None:
    """Nobody reads what stands below the window before they submit."""
    words = "Les foyers ont été privés d’eau pendant six jours, et personne ne l’a dit aux élus. "
    article = make_article([("The homes had no water.", words * 2)] * 9, title="Water")
    page = visit("rosa", address(article), viewport={"width": 1280, "height": 860})
    write(page, article, "Tous ", position=6)
    redline = card(page, article, 6).locator("ins").first
    expect(redline).to_be_in_viewport(ratio=1)
    expect(card(page, article, 6).locator(".rechecked li").first).to_be_in_viewport(ratio=1)
    expect(card(page, article, 6).locator(".source")).to_be_in_viewport(ratio=1)
