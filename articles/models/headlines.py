"""The title of an article in its target language: its headline as it is in force.

It follows corrections, realignments and newer versions: they have the worker run the checks, which
read it again (``findings/tasks.py``). In an act on a segment nobody may write the article's row:
an act on the whole article holds that row while it waits for the segment.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.models.documents import Article
from articles.text.titles import shorten

FIRST_SEGMENTS = 8
"""Among how many segments the headline is looked for: above it may stand a kicker and a date."""
FEWEST_WORDS = 3
"""A shorter text is no headline by itself."""


def refresh_target_title(article: Article) -> None:
    """Store the title of an article in its target language as it is now."""
    title = find_target_title(article)
    stored = Article.everything.filter(pk=article.pk).exclude(target_title=title)
    stored.update(target_title=title)
    article.target_title = title


def find_target_title(article: Article) -> str:
    """Return the text in force of the segments that hold the title; "" where it is empty.

    Where none does, because somebody chose another title, it is that of the first segment with
    enough words. One query.
    """
    segments = article.segments.filter(position__lte=FIRST_SEGMENTS).order_by("position")
    rows = [(row.source_text, row.text_in_force) for row in segments.with_text_in_force()]
    words = _plain(article.title).removesuffix("…")
    title = shorten(" ".join(_translation_of(words, rows).split()))
    # A title that is the same in both languages is said once.
    return "" if title == article.title else title


def _translation_of(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """Return the target text of the segments that hold the title, else of a likely one."""
    for number in range(len(rows)):
        found = _continued(title, rows[number:])
        if found is not None:
            return found
    for source, target in rows:
        if len(source.split()) >= FEWEST_WORDS:
            return target
    return ""


def _continued(title: str, rows: Sequence[tuple[str, str]]) -> str | None:
    """Return the target text of as many of the first segments as the title is long.

    None where they do not begin with the title.
    """
    words, translation = "", ""
    for source, target in rows:
        words = _plain(f"{words} {source}")
        translation = f"{translation} {target}"
        if words.startswith(title):
            return translation
        if not words or not title.startswith(words):
            return None
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
