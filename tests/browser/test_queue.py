"""The approver's queue: by keyboard alone, by ticking without JavaScript, and looked at in every look."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Assignment, Correction
from tests.browser.hands import press
from tests.browser.test_talk import waits
from tests.factories import make_article, make_correction, make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(article: Article, visit: Any) -> list[Correction]:
    """Two corrections in one article and one in another."""
    rosa = make_person("rosa", role="Reviewers")
    other = make_article([("He left.", "Il partit."), ("She stayed.", "Elle resta.")], title="He")
    return [
        waits(article, 2, rosa, "Nous veillons."),
        waits(article, 4, rosa, "Nul n’a ri."),
        waits(other, 1, rosa, "Il est parti."),
    ]


def statuses(waiting: list[Correction]) -> list[str]:
    return [Correction.objects.get(pk=each.pk).status for each in waiting]


def test_one_after_another_by_keyboard(visit: Any, look: Any, waiting: list[Correction]) -> None:
    page = visit("edith", "/")
    page.get_by_role("link", name="Approve 3 corrections").focus()
    press(page, "Enter")
    expect(page.locator(".queue-entry")).to_have_count(3)
    look(page)
    expect(page.locator(".segment").first).to_have_class(re.compile("current"))
    press(page, "a")
    expect(page.locator(".segment").nth(1)).to_be_focused()
    assert statuses(waiting) == ["approved", "submitted", "submitted"]
    press(page, "b")
    expect(page.locator("form.rejecting [type=radio]").first).to_be_focused()
    press(page, "2", "Control+Enter")
    expect(page.locator(".segment").nth(2)).to_be_focused()
    assert statuses(waiting) == ["approved", "rejected", "submitted"]
    press(page, "a")
    expect(page.locator(".segment").nth(2)).to_contain_text("approved by edith")
    expect(page.locator("#said")).to_have_text("Everything on this page is decided.")
    expect(page.locator("h1 .count")).to_have_text("0")
    press(page, "u")
    expect(page.locator(".segment").nth(2)).to_contain_text("Reopened.")
    look(page)


def test_who_types_a_reply_at_once_gives_no_command(
    visit: Any, article: Article, waiting: list[Correction]
) -> None:
    """Each letter would else be a command: “e” opens another segment and the rest is typed there."""
    page = visit("edith", reverse("desk", args=[article.pk]))
    press(page, "d", "b")
    expect(page.locator("form.rejecting [type=radio]").first).to_be_focused()
    press(page, "1")
    page.keyboard.type('"Revoir" le verbe')
    expect(page.locator("form.rejecting textarea")).to_have_value('"Revoir" le verbe')
    press(page, "Control+Enter")
    expect(page.locator(".segment").nth(1)).to_contain_text('"Revoir" le verbe')
    assert statuses(waiting) == ["rejected", "submitted", "submitted"]


def test_several_at_once_without_javascript(visit: Any, waiting: list[Correction]) -> None:
    page = visit("edith", reverse("queue"), java_script_enabled=False)
    page.get_by_label("The star, segment 2").check()
    page.get_by_label("He, segment 1").check()
    page.get_by_role("button", name="Approve selected").click()
    expect(page.locator(".messages")).to_contain_text("2 approved.")
    expect(page.locator(".queue-entry")).to_have_count(1)
    assert statuses(waiting) == ["approved", "submitted", "approved"]


LEAVE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_my_work_is_up_to_date_when_one_comes_back_to_it(visit: Any, article: Article) -> None:
    """And not looked up after a glance at another tab, nor while the page is left open."""
    page = visit("edith", "/")
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".my-work")).to_contain_text("Nothing to do right now")
    make_correction(article.segments.get(position=1), by=make_person("paul"), status="submitted")
    Assignment.objects.create(article=article, person=User.objects.get(username="edith"))
    page.clock.fast_forward("10:00")
    page.evaluate(LEAVE, True)
    page.clock.fast_forward("00:05")
    page.evaluate(LEAVE, False)
    assert asked == []
    page.evaluate(LEAVE, True)
    page.clock.fast_forward("01:00")
    page.evaluate(LEAVE, False)
    expect(page.get_by_role("link", name="Approve 1 correction")).to_be_visible()
    expect(page.locator(".my-work")).to_contain_text("Awaiting your approval")
    expect(page.locator(".my-work time[title]").first).to_be_visible()
    expect(page.locator(".all-articles .overview")).to_contain_text("edith")
