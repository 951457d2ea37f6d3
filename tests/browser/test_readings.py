"""Two readers who do not see each other, and a third who compares: the whole story by keyboard alone, then by plain
forms; and what axe says of its pages in light and dark, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.adjudication import actions as adjudication_actions
from articles.assignments import actions as assignments_actions
from articles.models import Article, Flag
from tests.browser.hands import address, card, press
from tests.factories import make_flag, make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def given(visit: Any, article: Article) -> Article:
    """The article, given to Rosa and Ruth to read apart and to Edith to compare."""
    ada = make_person("ada", admin=True)
    for name, role in (("rosa", "reviewer"), ("ruth", "reviewer"), ("edith", "approver")):
        person = make_person(name, role={"reviewer": "Reviewers", "approver": "Approvers"}[role])
        assignments_actions.assign(article, by=ada, person=person, role=role)
    assignments_actions.start_blind_review(article, by=ada)
    return article


def opens(page: Any, name: str) -> None:
    """Go to a link or button as the Tab key does, and press Enter."""
    found = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
    found.focus()
    press(page, "Enter")


def test_two_read_and_a_third_compares_by_keyboard(visit: Any, given: Article) -> None:
    rosa = visit("rosa", "/")
    expect(rosa.locator(".duty")).to_contain_text("Blind review with ruth")
    opens(rosa, "The star")
    expect(rosa.locator(".standing:not(.introduction)")).to_contain_text(
        "5 segments not reviewed yet."
    )
    press(rosa, "j", "Enter")
    expect(card(rosa, given, 1)).to_contain_text("Flag saved.")
    press(rosa, "n", "Enter")
    expect(card(rosa, given, 2)).to_contain_text("Flag saved.")
    press(rosa, "n", "n", "c")
    expect(card(rosa, given, 4)).to_contain_text("No issues.")
    opens(rosa, "Finish my review")
    opens(rosa, "Finish anyway")
    expect(rosa.locator(".standing:not(.introduction)")).to_contain_text("ruth is still reviewing")

    ruth = visit("ruth", address(given))
    expect(ruth.locator(".note.flag")).to_have_count(0)
    expect(ruth.locator(".filters")).to_contain_text("Flagged 0")
    press(ruth, "j", "Enter")
    expect(card(ruth, given, 1)).to_contain_text("Flag saved.")
    opens(ruth, "Edit")
    expect(card(ruth, given, 1).locator("form.flagging")).to_be_visible()
    card(ruth, given, 1).get_by_label("critical").focus()
    press(ruth, "Space", "Control+Enter")
    expect(card(ruth, given, 1).locator(".note.flag")).to_contain_text("critical")
    press(ruth, "n", "n", "Enter")
    expect(card(ruth, given, 3)).to_contain_text("Flag saved.")
    opens(ruth, "Finish my review")
    opens(ruth, "Finish anyway")
    expect(ruth.locator(".messages")).to_contain_text("Both reviewers have finished")

    edith = visit("edith", "/")
    expect(edith.locator(".duty")).to_contain_text("rosa and ruth have finished")
    opens(edith, "The star")
    expect(edith.locator("#left")).to_contain_text("3 of 3 still to decide.")
    press(edith, "j", "2")
    expect(card(edith, given, 1)).to_contain_text("rosa · dropped")
    expect(card(edith, given, 2)).to_be_focused()
    press(edith, "u")
    expect(edith.locator("#left")).to_contain_text("3 of 3 still")
    press(edith, "1")
    expect(card(edith, given, 1)).to_contain_text("ruth · dropped")
    press(edith, "h")
    expect(edith.locator("#said")).to_have_text("Decide on every flag first.")
    press(edith, "a")
    expect(edith.locator("#left")).to_contain_text("1 of 3 still")
    press(edith, "x")
    expect(edith.locator("#left")).to_contain_text("All decided.")
    press(edith, "h")
    expect(edith.locator(".messages")).to_contain_text(
        "Comparison closed: the article continues with the flags that were kept."
    )
    expect(edith.locator(".filters")).to_contain_text("Flagged 2")
    assert sorted(Flag.objects.values_list("author__username", "apart")) == [
        ("rosa", "kept"), ("rosa", "kept"), ("ruth", "dropped"), ("ruth", "dropped"),
    ]  # fmt: skip


def marked(given: Article) -> Article:
    """Both readings, finished: one place the same, one differing, one only Rosa's, one only Ruth's."""
    rosa, ruth = (row.person for row in given.reviewers)
    one, two, three, four, _five = given.segments.order_by("position")
    first = {
        "source_start": 0,
        "source_end": 6,
        "source_quote": "OpenAI",
        "caret": 0,
        "apart": "sealed",
    }
    for person in (rosa, ruth):
        make_flag(one, by=person, comment="Who has it? The subject is gone.", **first)
        kind = (
            {"type": "Omission"}
            if person == rosa
            else {"type": "Mistranslation", "severity": "minor"}
        )
        make_flag(
            two, by=person, apart="sealed", source_start=0, source_end=2, source_quote="We", **kind
        )
    make_flag(
        three,
        by=rosa,
        apart="sealed",
        type="Grammar",
        target_start=22,
        target_end=32,
        target_quote="brillante",
    )
    make_flag(
        four, by=ruth, apart="sealed", type="Style", severity="neutral", comment="A little flat."
    )
    for row in given.reviewers:
        adjudication_actions.finish(given, by=row.person)
    return Article.objects.get(pk=given.pk)


def test_two_read_and_a_third_compares_by_plain_forms(visit: Any, given: Article) -> None:
    plain = {"java_script_enabled": False}
    rosa = visit("rosa", address(given), **plain)
    rosa.get_by_role("button", name="Finish my review").click()
    rosa.get_by_role("button", name="Finish anyway").click()
    rosa.get_by_role("button", name="Resume my review").click()
    expect(rosa.locator(".messages")).to_have_text("Review resumed.")
    compared = marked(given)
    edith = visit("edith", reverse("compare", args=[compared.pk]), **plain)
    card(edith, compared, 2).get_by_role("button", name="Keep both").click()
    expect(edith.locator("#left")).to_contain_text("3 of 4 still")
    card(edith, compared, 2).get_by_role("button", name="Change decision").click()
    for position, name in ((1, "Keep"), (2, "Keep ruth’s"), (3, "Drop"), (4, "Keep")):
        card(edith, compared, position).get_by_role("button", name=name, exact=True).click()
    edith.get_by_role("button", name="Close comparison").click()
    expect(edith.locator(".standing:not(.introduction)")).to_contain_text(
        "their reviews were compared"
    )


def test_every_page_is_in_reach_of_everyone(
    visit: Any, look: Any, given: Article, live_server: Any
) -> None:
    rosa, edith = (visit(name, "/") for name in ("rosa", "edith"))

    def see(page: Any, *paths: str) -> None:
        for path in paths:
            page.goto(live_server.url + path)
            look(page)

    see(rosa, "/", address(given), reverse("compare", args=[given.pk]))
    see(edith, address(given))
    compared = marked(given)
    see(edith, "/", address(given), reverse("compare", args=[compared.pk]))
    press(edith, "j", "a")
    expect(edith.locator("#left")).to_contain_text("3 of 4 still")
    look(edith)
    press(edith, "?")
    look(edith)
    see(rosa, reverse("compare", args=[compared.pk]))
