"""The desk's keys beyond the story: findings one by one, what follows a finished segment, the pairing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Finding, Flag, Segment
from articles.realignment import operations
from tests.browser.hands import address, card, press
from tests.factories import make_correction, make_finding, make_flag, make_person

pytestmark = pytest.mark.browser


def test_findings_one_by_one(visit: Any, article: Article) -> None:
    first = article.segments.get(position=1)
    make_finding(
        first,
        message="Possible slip.",
        severity="minor",
        source_spans=[],
        target_spans=[[2, 5]],
        caret=None,
    )
    page = visit("rosa", address(article))
    shown = card(page, article, 1)
    press(page, "p")
    expect(shown).to_be_focused()
    expect(shown.locator(".meant")).to_contain_text("“OpenAI” is missing from the French")
    expect(shown.locator("mark.lit")).to_have_text("OpenAI")
    press(page, "p")
    expect(shown.locator(".meant")).to_contain_text("Possible slip.")
    expect(page.locator("#said")).to_have_text("Possible slip.")
    expect(shown.locator("mark.lit")).to_have_text("une")
    press(page, "Enter")
    expect(shown).to_contain_text("Flag saved.")
    assert Flag.objects.get().target_quote == "une"
    press(page, "p")
    expect(card(page, article, 2)).to_be_focused()
    press(page, "p", "p")
    expect(card(page, article, 3)).to_be_focused()
    expect(page.locator("#said")).to_have_text("There are no more on this page.")


def test_the_next_finding_is_that_of_the_segment_that_came_after_an_act(
    visit: Any, article: Article
) -> None:
    page = visit("rosa", address(article))
    press(page, "p", "c", "1")
    second = card(page, article, 2)
    expect(second).to_be_focused()
    expect(second.locator("mark.lit")).to_have_count(0)
    press(page, "p")
    expect(second.locator("mark.lit")).to_have_text("We")
    expect(second).to_be_focused()
    press(page, "p")
    expect(card(page, article, 3)).to_be_focused()
    press(page, "k", "i")  # a person who comes back begins with its first finding, too
    expect(second.locator("mark.lit")).to_have_text("We")


def test_behind_a_finding_that_was_decided_comes_the_one_behind_it(
    visit: Any, article: Article
) -> None:
    first = article.segments.get(position=1)
    for words, start in (("une", 2), ("technique", 6)):
        make_finding(
            first,
            message="“%(words)s”: a slip?",
            values={"words": words},
            severity="minor",
            source_spans=[],
            target_spans=[[start, start + len(words)]],
            caret=None,
        )
    page = visit("rosa", address(article))
    shown = card(page, article, 1)
    press(page, "p", "p", "Shift+X")
    expect(shown).to_contain_text("Finding dismissed.")
    expect(shown.locator(".meant")).to_contain_text("“technique”")
    press(page, "p")
    expect(shown.locator("mark.lit")).to_have_text("technique")
    press(page, "p")
    expect(card(page, article, 2)).to_be_focused()


def test_from_possible_omission_to_possible_omission(visit: Any, article: Article) -> None:
    first = article.segments.get(position=1)
    make_finding(
        first,
        message="Possible slip.",
        type="Spelling",
        severity="critical",
        source_spans=[[7, 10]],
        caret=None,
    )
    page = visit("rosa", address(article))
    press(page, "j")
    expect(card(page, article, 1).locator(".meant")).to_contain_text("Possible slip.")
    press(page, "i")
    expect(card(page, article, 1).locator(".meant")).to_contain_text(
        "“OpenAI” is missing from the French"
    )
    press(page, "i")
    expect(card(page, article, 2)).to_be_focused()
    expect(card(page, article, 2).locator(".meant")).to_contain_text(
        "“We” is missing from the French"
    )
    press(page, "i")
    expect(page.locator("#said")).to_have_text("There are no more on this page.")


def test_a_refused_approval_leads_to_the_flag(visit: Any, article: Article, rosa: Any) -> None:
    second = article.segments.get(position=2)
    Segment.objects.filter(pk=second.pk).update(status="waiting")
    make_correction(second, by=rosa, text="restons éveillés très tard.", status="submitted")
    flag = make_flag(second, by=rosa, target_start=0, target_end=7, target_quote="restons")
    page = visit("edith", address(article))
    press(page, "j", "j", "a")
    expect(page.locator(f"#flag-{flag.pk}")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("“Omission” – restons (major) is not corrected")
    expect(card(page, article, 2).locator("mark.lit, .note.lit").first).to_be_visible()
    page.get_by_role("link", name="Show the flag").focus()
    press(
        page, "j", "k", "Tab"
    )  # as a person reaches the link: acts that were put off are done before
    page.get_by_role("link", name="Show the flag").focus()
    press(page, "Enter")
    expect(page.locator(f"#flag-{flag.pk}")).to_be_focused()


def test_a_finding_becomes_a_flag_and_its_repair_opens(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "p", "Shift+Enter")
    box = card(page, article, 1).locator("textarea")
    expect(box).to_be_focused()
    page.keyboard.type("OpenAI ")
    expect(box).to_have_value("OpenAI a une technique délibérée. 👩‍👧 Ça marche.")
    assert Flag.objects.get().caret == 0


@pytest.mark.parametrize("accept", [["Shift+Enter"], ["Enter", "e"]])
def test_an_acceptance_is_taken_back_after_the_editor_was_closed(
    visit: Any, article: Article, accept: list[str]
) -> None:
    page = visit("rosa", address(article))
    first = card(page, article, 1)
    press(page, "p", *accept)
    expect(first.locator("textarea")).to_be_focused()
    press(page, "Escape")
    expect(first).to_be_focused()
    press(page, "u")
    expect(first.locator(".note.flag")).to_have_count(0)
    expect(first).to_be_focused()
    assert Flag.objects.get().status == "removed"
    assert article.segments.get(position=1).findings.get().status == "open"


def test_the_cursor_goes_on_from_a_finished_segment_and_undo_comes_back(
    visit: Any, article: Article
) -> None:
    Segment.objects.filter(position=2).update(status="done")
    page = visit("rosa", address(article))
    press(page, "j", "e")
    expect(card(page, article, 1).locator("textarea")).to_be_focused()
    page.keyboard.type("!")
    press(page, "Control+Enter")
    expect(card(page, article, 3)).to_be_focused()
    press(page, "c")
    expect(card(page, article, 3).get_by_role("button", name="Dismiss, no issues")).to_be_focused()
    press(page, "1")
    expect(card(page, article, 4)).to_be_focused()
    expect(page.locator("#said")).to_have_text("No issues; 1 finding dismissed.")
    press(page, "u")
    expect(card(page, article, 3)).to_be_focused()
    expect(card(page, article, 3)).to_contain_text("Reopened.")
    assert article.segments.get(position=3).status == "to_review"
    press(page, "n", "n")
    expect(card(page, article, 5)).to_be_focused()
    press(page, "n")
    expect(card(page, article, 3)).to_be_focused()
    expect(page.locator("#said")).to_have_text(
        "From the top: this segment is still to be reviewed."
    )


def test_an_approver_goes_from_one_waiting_correction_to_the_next(
    visit: Any, article: Article, rosa: Any
) -> None:
    Segment.objects.filter(position__in=(2, 4, 5)).update(status="waiting")
    for segment in article.segments.filter(status="waiting"):
        make_correction(segment, by=rosa, text="Mieux.", status="submitted")
    page = visit("edith", address(article))
    for position in (2, 4, 5):
        press(page, "d" if position == 2 else "a")
        expect(card(page, article, position)).to_be_focused()
        # The desk has gone there by itself after an approval: it is the next one.
        if position == 4:
            press(page, "d")
            expect(page.locator("#said.seen")).to_have_text("Segment 4, awaiting approval")
            expect(card(page, article, 4)).to_be_focused()
            press(page, "d")
            expect(card(page, article, 5)).to_be_focused()
            press(page, "k")
    press(page, "a")
    expect(card(page, article, 5)).to_contain_text("Approved.")
    assert article.segments.filter(status="done").count() == 3


def test_a_correction_that_was_passed_over_comes_again_and_a_return_goes_on(
    visit: Any, article: Article, rosa: Any
) -> None:
    Segment.objects.filter(position__in=(2, 4, 5)).update(status="waiting")
    for segment in article.segments.filter(status="waiting"):
        make_correction(segment, by=rosa, text="Mieux.", status="submitted")
    page = visit("edith", address(article))
    press(page, "d", "b", "1", "Control+Enter")
    expect(card(page, article, 2)).to_contain_text("Returned.")
    expect(card(page, article, 4)).to_be_focused()
    press(page, "d")  # the desk went there by itself: it is the next one
    press(page, "d")
    expect(card(page, article, 5)).to_be_focused()
    press(page, "d")
    expect(card(page, article, 4)).to_be_focused()
    expect(page.locator("#said.seen")).to_contain_text("From the top: this correction")
    press(page, "a")
    expect(card(page, article, 5)).to_be_focused()
    press(page, "a")
    expect(card(page, article, 5)).to_contain_text("Approved.")
    press(page, "d")
    expect(page.locator("#said.seen")).to_have_text("There are no more on this page.")


def test_what_was_done_is_said_at_its_segment_until_the_next_act(
    visit: Any, article: Article
) -> None:
    Finding.objects.all().delete()
    page = visit("rosa", address(article))
    press(page, "j")
    for position in (1, 2, 3):
        press(page, "c")
        expect(page.locator(".segment .notice")).to_have_count(1)
        expect(card(page, article, position)).to_contain_text("No issues.")


def test_a_correction_whose_approval_is_refused_is_gone_to(
    visit: Any, article: Article, rosa: Any
) -> None:
    second = article.segments.get(position=2)
    Segment.objects.filter(pk=second.pk).update(status="waiting")
    make_correction(second, by=rosa, text="restons éveillés très tard.", status="submitted")
    make_flag(second, by=rosa, target_start=0, target_end=7, target_quote="restons")
    page = visit("edith", address(article))
    press(page, "d")
    expect(card(page, article, 2)).to_be_focused()


@pytest.mark.parametrize("menu", ["details.menu", "details.introduction"])
def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(
    menu: str, visit: Any, article: Article
) -> None:
    page = visit("edith", address(article))
    opened = page.locator(f"{menu}[open]")
    summary = page.locator(f"{menu} summary")
    summary.click()
    expect(opened).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(summary).to_be_focused()
    summary.click()
    page.locator(".segment").nth(3).click()
    expect(opened).to_have_count(0)
    summary.click()
    press(page, "j")
    expect(opened).to_have_count(0)


def test_all_alike_are_dismissed_by_keys(visit: Any, article: Article) -> None:
    for position in (4, 5):
        make_finding(
            article.segments.get(position=position), message="Possible slip.", values={}, caret=None
        )
    page = visit("rosa", address(article))
    press(page, "p", "p", "p", "p", "x")
    expect(card(page, article, 4).locator("[data-digit='1']")).to_be_focused()
    press(page, "0", "4")
    expect(card(page, article, 4)).to_contain_text("All similar findings dismissed.")
    assert list(article.segments.get(position=5).findings.values_list("status", "reason")) == [
        ("dismissed", "implied")
    ]


def test_joining_by_keys_and_one_undo(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "j", "m")
    expect(page.get_by_role("heading", name="Result")).to_be_visible()
    press(page, "Escape")
    expect(card(page, article, 3)).to_be_focused()
    press(page, "m")
    expect(page.get_by_role("button", name="Change the alignment")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".messages")).to_contain_text("Alignment changed.")
    expect(page.locator(".segment:focus")).to_contain_text("Nobody laughed.")
    press(page, "u")
    expect(page.locator(".messages")).to_contain_text("Alignment restored.")
    assert article.segments.count() == 5


def test_splitting_at_the_words_chosen_and_moving_the_cut(
    visit: Any, article: Article, rosa: Any
) -> None:
    for _twice in range(2):
        first = article.segments.get(position=2)
        operations.merge(first, by=rosa, revisions=operations.preview("merge", first).revisions)
    page = visit("rosa", address(article))
    press(page, "j", "j", "t", *["ArrowRight"] * 8, "s")
    would = page.locator(".segment.current").nth(2)
    expect(would).to_contain_text("Personne n’a ri.")
    expect(would).not_to_contain_text("étoile")
    press(page, "ArrowLeft")
    expect(would).to_contain_text("Une étoile brillante et brillante. Personne n’a ri.")
    press(page, "ArrowUp")
    expect(would).to_contain_text("A bright, shining star. Nobody laughed.")
    press(page, "Enter")
    expect(page.locator(".messages")).to_contain_text("Alignment changed.")
    assert article.segments.get(position=2).target_text == "restons éveillés tard."


WOULD = {
    "[": "We stay up late. restons éveillés tard. Une étoile brillante et brillante.",
    "]": "Une étoile brillante et brillante. Personne n’a ri.",
    "{": "We stay up late. A bright, shining star. restons éveillés tard.",
    "}": "A bright, shining star. Nobody laughed.",
    "r": "Realigning changes nothing here.",
}


def test_each_key_shows_what_it_would_come_to(visit: Any, article: Article) -> None:
    page = visit("rosa", address(article))
    press(page, "j", "j", "j")
    for key, would in WOULD.items():  # on its own page each shows the others too
        press(page, key)
        pattern = r"[\s\d]+".join(re.escape(word) for word in would.split())
        expect(page.locator("main")).to_have_text(re.compile(pattern))
        expect(page.locator(".ways [aria-current]")).to_have_count(1)
    press(page, "Escape")
    expect(card(page, article, 3)).to_be_focused()
    press(page, "[")
    expect(page.get_by_role("button", name="Change the alignment")).to_be_focused()


def test_the_pairing_page_leads_back_to_the_same_choice(visit: Any, article: Article) -> None:
    # Joined segments have no findings until their checks have run.
    same = re.compile(r"/articles/\d+/\?filter=to_review&order=risk&")
    page = visit("rosa", address(article) + "?filter=to_review&order=risk")
    press(page, "j", "j")
    for leave in ("Escape", "Enter"):
        press(page, "m")
        expect(page.get_by_role("button", name="Change the alignment")).to_be_focused()
        press(page, leave)
        expect(page).to_have_url(same)
        expect(page.locator(".segment:focus")).to_contain_text("We stay up late.")
    page.locator(".messages").get_by_role("button", name="Undo").focus()
    press(page, "Enter")
    expect(page.locator(".messages")).to_contain_text("Alignment restored.")
    expect(page).to_have_url(same)


def test_on_the_page_of_one_segment_the_form_is_ready(visit: Any, article: Article) -> None:
    """Its words selected, and sent with the same key as on the desk."""
    third = article.segments.get(position=3)
    make_flag(
        third, by=make_person("paul"), target_start=11, target_end=20, target_quote="brillante"
    )
    page = visit("rosa", reverse("edit", args=[third.pk]))
    box = page.locator("textarea")
    expect(box).to_be_focused()
    assert (
        box.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)")
        == "brillante"
    )
    page.keyboard.type("vive")
    press(page, "Control+Enter")
    expect(card(page, article, 3)).to_contain_text("Submitted for approval.")


def test_the_editor_of_a_flagged_segment_opens_in_the_page(visit: Any, article: Article) -> None:
    """With the words of the newest flag selected, and at once: no answer is waited for."""
    third = article.segments.get(position=3)
    place = third.target_text.index("brillante")
    make_flag(third, by=make_person("ada"))
    make_flag(
        third,
        by=make_person("paul"),
        target_start=place,
        target_end=place + len("brillante"),
        target_quote="brillante",
    )
    page = visit("rosa", reverse("desk", args=[article.pk]))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "j", "j", "j", "e")
    box = card(page, article, 3).locator("textarea")
    expect(box).to_be_focused()
    selected = box.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)")
    assert selected == "brillante"
    assert [each for each in asked if "/edit/" in each] == []
    page.keyboard.type("vive")
    press(page, "Control+Enter")
    expect(card(page, article, 3)).to_contain_text("Submitted for approval.")


def test_the_remedy_of_a_finding_goes_into_the_editor(visit: Any, article: Article) -> None:
    first = article.segments.get(position=1)
    words = first.target_text[:9]
    make_finding(
        first,
        check_id="names",
        message="Possible misspelt name.",
        severity="critical",
        source_spans=[],
        target_spans=[[0, 9]],
        caret=None,
        remedy=[[0, 9, words, "Une autre forme"]],
    )
    page = visit("rosa", address(article))
    shown = card(page, article, 1)
    expect(shown.locator(".remedy")).to_have_text("Fix: Une autre forme")
    press(page, "p", ".")
    editor = shown.locator("textarea")
    expect(editor).to_be_focused()
    expect(editor).to_have_value("Une autre forme" + first.target_text[9:])
