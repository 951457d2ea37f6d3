"""The reviewer's and the approver's part, by keyboard alone with JavaScript, and by plain forms without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Correction, Flag, Segment
from tests.browser.conftest import PAIRS
from tests.browser.hands import address, card, press
from tests.factories import make_finding

pytestmark = pytest.mark.browser

REPAIRED = "OpenAI a une technique délibérée. 👩‍👧 Ça marche."
CORRECTED = " ".join([REPAIRED, *[target for _source, target in PAIRS[1:]]])


def downloaded(page: Any, live_server: Any, article: Article) -> str:
    return page.request.get(live_server.url + reverse("export", args=[article.pk, "text"])).text()


def test_the_way_back_shows_what_was_done_on_the_page(
    visit: Any, article: Article, live_server: Any
) -> None:
    rosa = visit("rosa", reverse("preferences"))
    rosa.goto(live_server.url + address(article))
    press(rosa, "j")
    press(rosa, "Enter")
    expect(card(rosa, article, 1)).to_contain_text("Flag saved.")
    # By the page's own history, as the browser's buttons do, and later: the answer comes before.
    rosa.evaluate("setTimeout(() => history.back())")
    rosa.wait_for_url("**" + reverse("preferences"))
    rosa.evaluate("setTimeout(() => history.forward())")
    rosa.wait_for_url("**" + address(article))
    expect(card(rosa, article, 1).locator(".note[id^=flag-]")).to_be_visible()
    expect(rosa.locator(".filters")).to_contain_text("Flagged 1")


def test_by_keyboard_alone(visit: Any, article: Article, live_server: Any) -> None:
    rosa = visit("rosa", address(article))
    first = card(rosa, article, 1)
    press(rosa, "j")
    expect(first).to_be_focused()
    press(rosa, "Enter")
    expect(first).to_contain_text("Flag saved.")
    expect(first).to_be_focused()
    expect(rosa.locator("#said")).to_have_text("Flag saved.")
    press(rosa, "e")
    expect(first.locator("textarea")).to_be_focused()
    rosa.keyboard.type("OpenAI ")
    expect(first.locator(".redline ins")).to_have_text("OpenAI ")
    press(rosa, "Control+Enter")
    expect(first).to_contain_text("Submitted for approval.")
    expect(rosa.locator(".filters")).to_contain_text("Awaiting approval 1")

    edith = visit("edith", address(article))
    first = card(edith, article, 1)
    press(edith, "j")
    press(edith, "a")
    expect(first).to_contain_text("Approved.")
    expect(edith.locator(".progress")).to_contain_text("1 of 5 segments")
    assert downloaded(edith, live_server, article) == CORRECTED
    flag = Flag.objects.get()
    assert (flag.source_quote, flag.caret, flag.status) == ("OpenAI", 0, "closed")


def test_by_plain_forms_without_javascript(visit: Any, article: Article, live_server: Any) -> None:
    rosa = visit("rosa", address(article), java_script_enabled=False)
    card(rosa, article, 1).get_by_role("link", name="1", exact=True).click()
    rosa.locator("#bar").get_by_role("link", name="Flag", exact=True).click()
    form = rosa.locator("form.flagging")
    form.get_by_label("Omission").or_(form.get_by_label("Words dropped")).check()
    form.get_by_label("Words in the English").fill("OpenAI")
    form.get_by_label("Insert missing words before").fill("a une")
    form.get_by_role("button", name="Save the flag").click()
    expect(rosa.locator(".messages")).to_have_text("Flag saved.")
    card(rosa, article, 1).get_by_role("link", name="1", exact=True).click()
    rosa.locator("#bar").get_by_role("link", name="Correct").click()
    rosa.locator("textarea").fill("OpenAI a une technique.")
    rosa.get_by_role("button", name="Save draft").click()
    expect(rosa.locator(".redline ins")).to_have_text("OpenAI ")
    rosa.locator("textarea").fill(REPAIRED)
    rosa.get_by_role("button", name="Submit for approval").click()
    expect(card(rosa, article, 1)).to_contain_text("Corrected by rosa")

    edith = visit("edith", "/", java_script_enabled=False)
    edith.get_by_role("link", name="Segment 1", exact=True).click()
    edith.get_by_role("link", name="Return").click()
    edith.get_by_role("button", name="Return").click()
    expect(edith.locator(".errors")).to_contain_text("Choose a reason or write one")
    edith.go_back()
    edith.go_back()
    edith.get_by_role("button", name="Approve").click()
    expect(edith.locator(".messages")).to_have_text("Approved.")
    assert downloaded(edith, live_server, article) == CORRECTED


def test_marking_words_with_the_mouse_fills_the_form(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    first = card(page, article, 1)
    first.locator(".text[data-side=source]").evaluate(
        """text => { const node = [...text.childNodes].at(-1), at = node.data.indexOf("works") + 1;
        getSelection().setBaseAndExtent(node, at, node, at + 2); document.dispatchEvent(new PointerEvent("pointerup")); }"""
    )
    first.click(position={"x": 5, "y": 5})
    page.locator("#bar").get_by_role("link", name="Flag", exact=True).click()
    expect(first.get_by_label("Words in the English")).to_have_value("works")
    first.locator(".text[data-side=target]").evaluate(
        """text => { const node = [...text.childNodes].at(-1), at = node.data.indexOf("marche");
        getSelection().collapse(node, at + 2); document.dispatchEvent(new PointerEvent("pointerup")); }"""
    )
    expect(first.get_by_label("Insert missing words before")).to_have_value("marche.")
    first.get_by_label("Wrong meaning").check()
    press(page, "Control+Enter")
    expect(first).to_contain_text("Flag saved.")
    flag = Flag.objects.get()
    source, target = PAIRS[0]
    assert (flag.source_start, flag.caret) == (source.index("works"), target.index("marche"))


def test_marking_words_with_the_keyboard(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    second = card(page, article, 2)
    for key in ("j", "j", "w", "Shift+ArrowRight", "f"):
        press(page, key)
    expect(second.get_by_label("Words in the English")).to_have_value("We stay")
    press(page, "Space")
    press(page, "Control+Enter")
    expect(second).to_contain_text("Flag saved.")
    assert Flag.objects.get().source_quote == "We stay"


def test_dismissing_and_bringing_back_by_keyboard(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    first = card(page, article, 1)
    for key in ("j", "x"):
        press(page, key)
    expect(first.locator("[data-digit='4']")).to_be_visible()
    press(page, "4")
    expect(first).to_contain_text("Finding dismissed.")
    assert article.segments.get(position=1).findings.get().reason == "implied"
    press(page, "u")
    expect(first).to_contain_text("Finding restored.")
    assert article.segments.get(position=1).findings.get().status == "open"


def test_moving_confirming_and_undoing_by_keyboard(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    for key in ("j", "j", "k", "n", "n", "n"):
        press(page, key)
    fourth = card(page, article, 4)
    expect(fourth).to_be_focused()
    press(page, "c")
    expect(fourth).to_contain_text("No issues.")
    press(page, "u")
    expect(fourth).to_contain_text("Reopened.")
    press(page, "h")
    expect(fourth).to_contain_text("found no issues")
    press(page, "Escape")
    expect(fourth.locator(".events")).to_have_count(0)
    press(page, "?")
    expect(page.locator("dialog")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("dialog")).to_be_hidden()
    press(page, "/")
    page.keyboard.type("shining")
    press(page, "Enter")
    expect(page.locator(".segment")).to_have_count(1)


def test_sending_back_by_keyboard(visit: Any, article: Article, rosa: Any) -> None:
    segment = article.segments.get(position=2)
    from tests.factories import make_correction

    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    make_correction(segment, by=rosa, text="Nous restons éveillés.", status="submitted")
    page = visit("edith", address(article) + "?filter=waiting")
    for key in ("j", "b"):
        press(page, key)
    expect(page.locator("form.rejecting [type=radio]").first).to_be_focused()
    press(page, "Tab")
    page.keyboard.type("“tard” is lost.")
    press(page, "Control+Enter")
    expect(page.locator(".segment")).to_contain_text("returned this")
    assert Correction.objects.get().reason == "“tard” is lost."


def test_shortcuts_sleep_while_typing(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    for key in ("j", "e"):
        press(page, key)
    box = card(page, article, 1).locator("textarea")
    expect(box).to_be_focused()
    page.keyboard.type("jcax?")
    expect(box).to_have_value(PAIRS[0][1] + "jcax?")
    assert set(Segment.objects.values_list("status", flat=True)) == {"to_review"}


def test_a_draft_survives_a_reload(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    for key in ("j", "j", "e"):
        press(page, key)
    second = card(page, article, 2)
    expect(second.locator("textarea")).to_be_focused()
    press(page, "Home")
    page.keyboard.type("Nous ")
    expect(second).to_contain_text("Draft saved")
    page.reload()
    expect(second).to_contain_text("You have a draft correction.")
    for key in ("j", "j", "e"):
        press(page, key)
    expect(second.locator("textarea")).to_have_value("Nous restons éveillés tard.")


def test_being_signed_out_loses_nothing_typed(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    for key in ("j", "e"):
        press(page, key)
    first = card(page, article, 1)
    expect(first.locator("textarea")).to_be_focused()
    page.context.clear_cookies()
    page.keyboard.type("!")
    press(page, "Control+Enter")
    expect(first.locator(".trouble")).to_contain_text("signed out")
    expect(first.locator("textarea")).to_have_value(PAIRS[0][1] + "!")


def test_a_long_article_loads_as_it_is_read(visit: Any, transactional_db: None) -> None:
    from tests.factories import make_article

    long = make_article([(f"Sentence {n}.", f"Phrase {n}.") for n in range(1, 2001)])
    long.segments.exclude(position__in=(70, 180, 1990)).update(status="done")
    make_finding(long.segments.get(position=180), type="Omission", caret=0)
    page = visit("rosa", address(long))
    expect(page.locator(".segment")).to_have_count(50)
    page.locator(".segment").last.scroll_into_view_if_needed()
    expect(page.locator(".segment")).to_have_count(100)
    page.reload()
    for key in ("n", "c"):  # the second waits for the part of the article that the first fetches
        press(page, key)
    expect(card(page, long, 70)).to_contain_text("No issues.")
    press(page, "i")
    expect(card(page, long, 180)).to_be_focused()
    press(page, "/")
    page.keyboard.type("Phrase 1234")
    press(page, "Enter")
    expect(page.locator(".segment")).to_have_count(1)
    press(page, "g")
    page.keyboard.type("1777")
    press(page, "Enter")
    expect(card(page, long, 1777)).to_be_focused()
    press(page, "n")
    expect(card(page, long, 1990)).to_be_focused()


def test_what_could_not_be_saved_comes_back(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    for key in ("j", "j", "e"):
        press(page, key)
    second = card(page, article, 2)
    expect(second.locator("textarea")).to_be_focused()
    page.context.set_offline(True)
    press(page, "Home")
    page.keyboard.type("Nous ")
    expect(second.locator(".trouble")).to_contain_text("is not responding")
    page.context.set_offline(False)
    expect(second).to_contain_text("Draft saved")
    page.reload()
    for key in ("j", "j", "e"):
        press(page, key)
    expect(second.locator("textarea")).to_have_value("Nous restons éveillés tard.")
    assert Correction.objects.get().text == "Nous restons éveillés tard."


def test_changes_clean_text_and_doubts_by_key(
    visit: Any, article: Article, rosa: Any, edith: Any
) -> None:
    from tests.factories import make_correction

    segment = article.segments.get(position=4)
    make_correction(segment, by=rosa, text="Nul n’a ri.", status="approved", decided_by=edith)
    article.segments.get(position=3).findings.update(score=0.6)
    page = visit("rosa", address(article))
    fourth, note = card(page, article, 4), page.locator(".note.finding").first
    expect(fourth.locator("del").first).to_be_visible()
    press(page, "v")
    expect(fourth.locator("del").first).to_be_hidden()
    press(page, "v")
    expect(fourth.locator("ins").first).to_be_hidden()
    last = page.locator(".note.finding").last
    for said, first_is_shown, last_is_shown in (
        ("Showing likely findings only.", True, False),
        ("Findings hidden.", False, False),
        ("Showing all findings.", True, True),
    ):
        press(page, "o")
        expect(page.locator("#said")).to_have_text(said)
        expect(note).to_be_visible(visible=first_is_shown)
        expect(last).to_be_visible(visible=last_is_shown)
