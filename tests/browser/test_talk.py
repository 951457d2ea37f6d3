"""The talk about a flag, a correction that comes back, and several approved at once: by keyboard alone, by plain forms,
and looked at by axe in light and dark, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Correction, Flag, Segment
from articles.review import actions, discussion
from tests.browser.hands import address, card, press
from tests.factories import make_correction, make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def bruno(visit: Any) -> Any:
    """Bruno reviews, too."""
    return make_person("bruno", role="Reviewers")


@pytest.fixture
def flag(article: Article, visit: Any) -> Flag:
    """Rosa's flag on the first segment."""
    author = make_person("rosa", role="Reviewers")
    values = {
        "type": "Omission",
        "severity": "major",
        "source_start": 0,
        "source_end": 6,
        "source_quote": "OpenAI",
    }
    return actions.flag(article.segments.get(position=1), by=author, revision=1, values=values)


def waits(article: Article, position: int, by: Any, text: str) -> Correction:
    Segment.objects.filter(article=article, position=position).update(status="waiting")
    return make_correction(
        article.segments.get(position=position), by=by, text=text, status="submitted"
    )


def test_a_flag_is_answered_kept_and_settled_by_keyboard(
    visit: Any, article: Article, flag: Flag, bruno: Any
) -> None:
    page = visit("bruno", address(article))
    press(page, "j", "q")
    first = card(page, article, 1)
    expect(first.locator("form.talking textarea")).to_be_focused()
    page.keyboard.type("The next sentence names it.")
    press(page, "Control+Enter")
    expect(first).to_contain_text("Reply saved.")
    expect(first.locator(".said")).to_contain_text("The next sentence names it.")
    expect(page.locator(".filters")).to_contain_text("In discussion 1")

    page = visit("rosa", "/")
    expect(page.locator(".work")).to_contain_text("bruno: The next sentence names it.")
    page.locator(".work a").first.focus()
    press(page, "Enter")
    page.locator(".segment").first.wait_for()
    page.goto(page.url.split("/segments")[0] + address(article))
    press(page, "j", "q")
    first = card(page, article, 1)
    expect(first.locator("form.talking textarea")).to_be_focused()
    page.keyboard.type("Too late.")
    press(page, "Tab", "ArrowLeft", "Control+Enter")
    expect(first).to_contain_text("Flag kept.")
    flag.refresh_from_db()
    assert (flag.talk, flag.severity) == ("kept", "minor")

    page = visit("edith", address(article))
    press(page, "j", "q")
    first = card(page, article, 1)
    expect(first.locator("form.talking textarea")).to_be_focused()
    page.keyboard.type("Bruno is right.")
    press(page, "Tab", "Tab", "Tab", "Enter")
    expect(first).to_contain_text("Flag overruled.")
    expect(first.locator(".note.flag")).to_have_count(0)
    flag.refresh_from_db()
    assert (flag.status, flag.talk) == ("removed", "dropped")


def test_a_flag_is_answered_and_upheld_without_javascript(
    visit: Any, article: Article, flag: Flag, bruno: Any
) -> None:
    page = visit("bruno", address(article), java_script_enabled=False)
    card(page, article, 1).get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name="Reply").click()
    page.get_by_role("button", name="Reply").click()
    expect(page.locator("form.talking .error")).to_contain_text("Give a reason")
    page.get_by_label("Your reply").fill("The next sentence names it.")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".messages")).to_have_text("Reply saved.")
    page = visit("edith", address(article), java_script_enabled=False)
    card(page, article, 1).get_by_role("link", name="1", exact=True).click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Your reply").fill("It names it too late.")
    page.get_by_label("critical").check()
    page.get_by_role("button", name="Uphold the flag").click()
    expect(page.locator(".messages")).to_have_text("Flag upheld.")
    flag.refresh_from_db()
    assert (flag.status, flag.talk, flag.severity) == ("open", "upheld", "critical")


def test_what_comes_back_is_corrected_again_by_keyboard(
    visit: Any, article: Article, rosa: Any
) -> None:
    waits(article, 2, rosa, "Nous veillons.")
    page = visit("edith", address(article))
    press(page, "j", "j", "b")
    second = card(page, article, 2)
    expect(second.locator("form.rejecting [type=radio]").first).to_be_focused()
    press(page, "2", "Control+Enter")
    expect(second.locator(".back")).to_contain_text("edith returned this: Words are still missing")
    assert Correction.objects.get().cause == "missing"

    page = visit("rosa", "/")
    expect(page.locator(".work").first).to_contain_text("edith: Words are still missing")
    page.get_by_role("link", name="Correct again").focus()
    press(page, "Enter")
    expect(page.locator("form.editing textarea")).to_have_value("Nous veillons.")
    expect(page.locator(".segment.edit .back")).to_contain_text("Words are still missing")


def test_the_same_change_is_approved_together_by_keyboard(
    visit: Any, article: Article, rosa: Any
) -> None:
    waits(article, 2, rosa, "restons éveillés très tard.")
    waits(article, 4, rosa, "Personne n’a très ri.")
    page = visit("edith", address(article))
    press(page, "j", "j", "l")
    second = card(page, article, 2)
    expect(second.locator("form.approving [type=checkbox]")).to_be_focused()
    press(page, "Control+Enter")
    expect(second).to_contain_text("2 approved.")
    expect(card(page, article, 4)).to_contain_text("approved by edith")
    expect(page.locator(".filters")).to_contain_text("Done 2")


def test_every_state_is_in_reach_of_everyone(
    visit: Any, look: Any, article: Article, flag: Flag, bruno: Any, live_server: Any
) -> None:
    discussion.answer(flag, by=bruno, revision=2, text="The next sentence names it.")
    discussion.keep(flag, by=flag.author, revision=3, text="Too late.")
    first = waits(article, 2, bruno, "restons éveillés très tard.")
    waits(article, 4, bruno, "Personne n’a très ri.")
    back = waits(article, 3, flag.author, "Une étoile.")
    page = visit("edith", "/")
    addresses = [
        "/",
        address(article) + "?filter=disputed",
        reverse("talk", args=[flag.segment_id, flag.pk]),
        reverse("approve_alike", args=[first.segment_id, first.pk]),
        reverse("reject", args=[back.segment_id, back.pk]),
        reverse("history", args=[flag.segment_id]),
    ]
    for each in addresses:
        page.goto(live_server.url + each)
        look(page)
    actions.reject(
        back,
        by=make_person("claire", role="Approvers"),
        revision=1,
        reason="Not ours.",
        cause="style",
    )
    discussion.answer(flag, by=bruno, revision=4, text="Once more.")
    page = visit("rosa", "/")
    for each in (
        "/",
        reverse("edit", args=[back.segment_id]),
        reverse("card", args=[back.segment_id]),
    ):
        page.goto(live_server.url + each)
        look(page)
