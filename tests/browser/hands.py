"""What every browser story does: find the desk and its cards, and press keys as a person can."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles.models import Article


def address(article: Article) -> str:
    return reverse("desk", args=[article.pk])


def card(page: Any, article: Article, position: int) -> Any:
    return page.locator(f"#segment-{article.segments.get(position=position).pk}")


def press(page: Any, *keys: str) -> None:
    """Press keys one after another.

    A page that has just been painted may still wait for its deferred scripts, and would let a key fall.
    """
    for key in keys:
        page.wait_for_load_state("domcontentloaded")
        page.keyboard.press(key)
