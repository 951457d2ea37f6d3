"""A day's work from an empty site to a signed-off article, and back: by keyboard alone, and without JavaScript."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx as word
import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from articles.models import Article, SignOff
from tests.browser.hands import address, card, press
from tests.browser.test_readings import opens
from tests.findings.quick_checks import target_check, use_checks
from tests.queue import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # two people, six pages each

ENGLISH = "The bridge opens\n\nThe mayor opened the bridge on Monday.\n\nNobody laughed at all.\n"
FRENCH = "Le pont ouvre\n\nLe maire a inauguré le le pont lundi.\n\nPersonne n’a ri du tout.\n"
FAULT, MENDED = "le le pont", "Le maire a inauguré le pont lundi."


@pytest.fixture(autouse=True)
def one_check(monkeypatch: Any, settings: Any, tmp_path: Path) -> None:
    """One quick check, the queue of the worker, and uploads in a folder of the test's own."""
    use_checks(monkeypatch, target_check("doubled", FAULT))
    settings.MEDIA_ROOT = tmp_path


def work_once() -> None:
    """Carry out the job that waits longest, as the worker does."""
    job = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    job.delete()
    job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def exported_words(path: Path) -> str:
    """The text of a Word file, tracked insertions included."""
    document = word.Document(io.BytesIO(path.read_bytes()))
    return "".join(document.element.itertext())


def test_a_day_by_keyboard(visit: Any, transactional_db: None) -> None:
    rosa = visit("rosa", "/")
    expect(rosa.get_by_role("heading", level=1)).to_contain_text("Three steps")
    opens(rosa, "Import")
    rosa.locator("summary", has_text="Or paste two texts").focus()
    press(rosa, "Enter")
    for label, text in (("Source", ENGLISH), ("Translation", FRENCH)):
        rosa.get_by_label(label, exact=True).focus()
        rosa.keyboard.insert_text(text)
    opens(rosa, "Continue")
    expect(rosa.get_by_text("Reading the files.")).to_be_visible()
    work()
    expect(rosa.get_by_text("Preview: nothing saved yet")).to_be_visible()
    expect(rosa.get_by_label("Title")).to_have_value("The bridge opens")
    rosa.get_by_role("button", name="Import", exact=True).focus()
    press(rosa, "Enter")
    expect(rosa.get_by_text("Saving the files")).to_be_visible()
    work_once()
    opens(rosa, "Open “")
    article = Article.objects.get()
    expect(rosa.locator(".segment")).to_have_count(3)
    expect(rosa.locator(".check-state")).to_have_class("check-state open")
    work()
    expect(rosa.locator(".check-state")).to_contain_text("1 open finding.")
    rosa.reload()
    press(rosa, "j", "c")
    expect(card(rosa, article, 2)).to_be_focused()
    press(rosa, "e", "Control+a")
    expect(card(rosa, article, 2).locator("textarea")).to_be_focused()
    press(rosa, "Control+a")
    rosa.keyboard.insert_text(MENDED)
    press(rosa, "Control+Enter")
    expect(card(rosa, article, 3)).to_be_focused()
    press(rosa, "c")
    expect(rosa.locator(".progress")).to_contain_text("2 of 3")
    work()

    edith = visit("edith", "/")
    opens(edith, "Approve 1 correction")
    expect(edith.locator(".queue-entry")).to_have_count(1)
    press(edith, "a")
    expect(edith.locator(".queue-entry")).to_contain_text("approved by edith")
    edith.goto(edith.url.replace(reverse("queue"), address(article)))
    press(edith, "S")
    expect(edith.locator(".open-items")).to_contain_text("The checks are still running")
    work()
    expect(edith.locator(".sign-off .primary")).to_be_focused()
    press(edith, "Enter")
    expect(edith.locator(".messages")).to_contain_text("Signed off.")
    edith.goto(edith.url.replace("sign-off", "export"))
    button = edith.locator(f'[formaction="{reverse("export", args=[article.pk, "docx"])}"]')
    button.focus()
    with edith.expect_download() as download:
        press(edith, "Enter")
    assert "Personne n’a ri du tout." in exported_words(Path(download.value.path()))

    rosa.reload()
    press(rosa, "j", "u")
    expect(card(rosa, article, 1)).to_contain_text("Reopened")
    assert SignOff.objects.get().ended_by.username == "rosa"
    edith.goto(edith.url.replace("export", "sign-off"))
    expect(edith.get_by_text("ended by a change")).to_be_visible()


def test_a_day_without_javascript(visit: Any, transactional_db: None) -> None:
    plain = {"java_script_enabled": False}
    rosa = visit("rosa", reverse("imports"), **plain)
    rosa.locator("summary", has_text="Or paste two texts").click()
    rosa.get_by_label("Source", exact=True).fill(ENGLISH)
    rosa.get_by_label("Translation", exact=True).fill(FRENCH)
    rosa.get_by_role("button", name="Continue").click()
    work()
    rosa.reload()
    rosa.get_by_role("button", name="Import", exact=True).click()
    work()
    rosa.reload()
    rosa.get_by_role("link", name="Open “").click()
    article = Article.objects.get()
    for number in ("1", "3"):
        card(rosa, article, int(number)).get_by_role("link", name=number, exact=True).click()
        rosa.locator("#bar").get_by_role("button", name="No issues").click()
    card(rosa, article, 2).get_by_role("link", name="2", exact=True).click()
    rosa.locator("#bar").get_by_role("link", name="Correct").click()
    rosa.locator("textarea").fill(MENDED)
    rosa.locator('[data-act="submit"]').click()
    expect(card(rosa, article, 2)).to_contain_text("Corrected by rosa")
    work()
    edith = visit("edith", reverse("queue"), **plain)
    edith.get_by_label("Le pont ouvre, segment 2").check()
    edith.locator("#approve-chosen button").click()
    expect(edith.locator(".messages")).to_contain_text("1 approved.")
    work()
    edith.goto(edith.url.replace(reverse("queue"), reverse("sign_off", args=[article.pk])))
    edith.get_by_role("button", name="Sign off").click()
    expect(edith.locator(".messages")).to_contain_text("Signed off.")
    sign_off_page = edith.url
    edith.goto(sign_off_page.replace("sign-off", "export"))
    with edith.expect_download() as download:
        edith.locator(f'[formaction="{reverse("export", args=[article.pk, "docx"])}"]').click()
    assert MENDED in exported_words(Path(download.value.path()))

    card(rosa, article, 3).get_by_role("link", name="3", exact=True).click()
    rosa.locator("#bar").get_by_role("button", name="Reopen").click()
    card(rosa, article, 3).get_by_role("link", name="3", exact=True).click()
    rosa.locator("#bar").get_by_role("link", name="Correct").click()
    rosa.locator("textarea").fill("Nul n’a ri du tout.")
    rosa.locator('[data-act="submit"]').click()
    expect(card(rosa, article, 3)).to_contain_text("Corrected by rosa")
    edith.goto(sign_off_page)
    expect(edith.get_by_text("ended by a change by rosa")).to_be_visible()
    expect(edith.locator(".open-items")).to_contain_text("1 correction awaiting approval")
