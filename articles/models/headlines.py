"""The title of an article in its target language: its headline as it is in force.

It follows corrections, realignments and newer versions: they have the worker run the checks, which
read it again (``findings/tasks.py``). In an act on a segment nobody may write the article's row:
an act on the whole article holds that row while it waits for the segment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from articles.models.documents import Article
from articles.text.titles import shorten

FIRST_SEGMENTS = 8
"""Among how many segments the headline is looked for: above it may stand a kicker and a date."""
_SEPARATORS = tuple("|–—-·")
"""What stands between a headline and the name of its page: "Rain floods the town | BBC"."""
_CUT = "…"


def refresh_target_title(article: Article) -> None:
    """Store the title of an article in its target language as it is now."""
    title = find_target_title(article)
    stored = Article.everything.filter(pk=article.pk).exclude(target_title=title)
    stored.update(target_title=title)
    article.target_title = title


def find_target_title(article: Article) -> str:
    """Return the text in force of the segments that hold the title; "" where none does.

    Then somebody chose another title, which is shown itself. One query.
    """
    segments = article.segments.filter(position__lte=FIRST_SEGMENTS).order_by("position")
    rows = [(row.source_text, row.text_in_force) for row in segments.with_text_in_force()]
    title = shorten(" ".join(_translation_of(_plain(article.title), rows).split()))
    # A title that is the same in both languages is said once.
    return "" if title == article.title else title


def _translation_of(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """Return the target text of the segments that are the title, else of those that begin so."""
    if not title:
        return ""
    for is_enough in (_is_title, _begins_with_title):
        for number in range(len(rows)):
            found = _held(title, rows[number:], is_enough)
            if found is not None:
                return found
    return ""


def _held(
    title: str, rows: Sequence[tuple[str, str]], is_enough: Callable[[str, str], bool]
) -> str | None:
    """Return the target text of as many of the first segments as the title is long.

    None where they do not begin with the title.
    """
    words, translation = "", ""
    for source, target in rows:
        words = _plain(f"{words} {source}")
        translation = f"{translation} {target}"
        if not words:
            return None
        if is_enough(words, title):
            return translation
        if not title.startswith(words):
            return None
    return None


def _is_title(words: str, title: str) -> bool:
    """Return whether the words are the title, or all of it before the name of the page."""
    rest = title.removeprefix(words).lstrip()
    return title.startswith(words) and (not rest or rest.startswith(_SEPARATORS))


def _begins_with_title(words: str, title: str) -> bool:
    """Return whether the words begin with the title, which was cut or ends with a word."""
    beginning = title.removesuffix(_CUT)
    if not words.startswith(beginning):
        return False
    following = words[len(beginning) :]
    return title.endswith(_CUT) or not following[:1].isalnum()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
