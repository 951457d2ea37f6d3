"""Single words that a part of a hyphenated word translates: *Wisconsin-Madison*, *jaune-noir*."""

from __future__ import annotations

from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import TARGET_LETTERS, usual_translations, word_stem

_HYPHENS = ("-", "‐", "‑")


def is_inside_a_word(part: PairPart, first: int, end: int, languages: tuple[str, str]) -> bool:
    """Return whether a part of a hyphenated word translates the only token of a run.

    ``first`` and ``end`` (exclusive) are source tokens.
    """
    if end - first != 1:
        return False
    known = set(usual_translations(part.source[first], languages))
    return not known.isdisjoint(_stems_inside(part))


def _stems_inside(part: PairPart) -> set[str]:
    """Return the stems of the parts of all hyphenated words of the target."""
    found: set[str] = set()
    for word in part.target:
        if not word.is_word:
            continue
        plain = word.text
        for hyphen in _HYPHENS:
            plain = plain.replace(hyphen, " ")
        parts = plain.split()
        if len(parts) > 1:
            found.update(word_stem(each, TARGET_LETTERS) for each in parts)
    return found
