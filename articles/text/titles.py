"""How long the title of an article may be, and where a longer one is cut."""

from __future__ import annotations

LONGEST = 120
"""Characters of a title that is taken from a text; a longer one is cut after a word."""


def shorten(text: str) -> str:
    """Return the text, cut after a word where it is too long for a title."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
