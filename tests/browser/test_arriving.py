"""Files come in and go out by the browser: looked at first, then stored, then taken away and brought back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx as word
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address

pytestmark = pytest.mark.browser

ENGLISH = "The mayor opened the bridge on Monday.\nThe river was calm that day.\n"
FRENCH = """<html lang="fr"><body><nav><a href="/">Accueil</a></nav><article><h1>Le maire a inauguré le pont lundi.</h1>
<p>La rivière était calme ce jour-là.</p><p class="newsletter">Recevez notre lettre.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    """Tasks run when they are asked for, and uploads go to a folder of the test's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path


def test_an_article_is_looked_at_and_brought_in(visit: Any, look: Any, ada: Any) -> None:
    page = visit("ada", reverse("imports"))
    look(page)
    files = {"bridge.en.txt": ENGLISH, "bridge.fr.html": FRENCH, "nothing.txt": ""}
    chosen = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in files.items()
    ]
    page.locator("input[type=file]").set_input_files(chosen)
    page.locator("main form button.primary").click()
    expect(page.get_by_text("2 lines of the file are left out.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Show extracted text bridge.fr.html").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("bridge.fr.html")
    expect(page.locator(".as-read.left p")).to_have_text(["Accueil", "Recevez notre lettre."])
    look(page)
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("button", name="Import", exact=True).click()
    look(page)
    page.get_by_role("link", name="Open").first.click()
    expect(page.locator(".segment")).to_have_count(Article.objects.get().segments.count())


def test_a_word_file_goes_out_and_comes_back(
    visit: Any, look: Any, article: Article, live_server: Any
) -> None:
    page = visit("rosa", address(article))
    sent = page.request.get(live_server.url + reverse("export", args=[article.pk, "docx"]))
    edited, saved = word.Document(io.BytesIO(sent.body())), io.BytesIO()
    run = next(run for each in edited.paragraphs for run in each.runs if "tard" in run.text)
    run.text = run.text.replace("tard", "très tard")
    edited.add_comment(run, text="Was it?", author="Otto")
    edited.save(saved)
    page.goto(live_server.url + reverse("exports", args=[article.pk]))
    look(page)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("input[type=file]").set_input_files(
        {"name": "back.docx", "mimeType": kind, "buffer": saved.getvalue()}
    )
    page.locator("input[type=file]").locator("xpath=ancestor::form").locator("button").click()
    expect(page.locator("form .proposals li")).to_have_count(1)
    expect(page.locator(".remarks li")).to_contain_text("Was it?")
    look(page)
    page.get_by_role("button", name="Submit the selected changes").click()
    expect(page.get_by_role("status").or_(page.locator(".messages")).first).to_be_visible()
    look(page)
    assert article.segments.get(position=2).corrections.get().text == "restons éveillés très tard."
