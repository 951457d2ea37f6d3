"""On a machine that several people use: what one of them read does not come back after signing out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.hands import address

pytestmark = pytest.mark.browser


def test_back_shows_nothing_after_signing_out(visit: Any, article: Article) -> None:
    page = visit("rosa", "/")
    page.goto(page.url.rstrip("/") + address(article))
    words = article.segments.first().source_text
    expect(page.locator("body")).to_contain_text(words)
    page.evaluate("document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    page.wait_for_url(re.compile("/sign-in/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/sign-in/"))
    expect(page.locator("body")).not_to_contain_text(words)
