"""Frequent words with their usual translations, and whether a word alone lacks them.

Translators leave many words without their usual translation where they translate freely. Where all
other words of a text have theirs, one that lacks them is more likely dropped. Words are compared by
their first letters without accents, which joins the forms of a word. The translations come from
IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation");
bench/training/make_translation_table.py makes the file.
docs/decisions/0029-usual-translations-of-words.md has the figures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from articles.omissions.features import is_grammar_word
from articles.text.tokens import Token

TABLE_FILE = Path(__file__).with_name("translation_table.npz")
SOURCE_LETTERS = 7
TARGET_LETTERS = 6
"""So many first letters of a word tell it from other words."""
STEPS = 32
"""The file's whole numbers count this many to one natural logarithm of odds."""
LEAST_ABSENCE = 1.2
"""Words with less evidence are often translated otherwise, and get none."""
OTHER_WORDS = 2
"""At least so many other words must have their usual translation."""


def word_stem(word: str, letters: int) -> str:
    """Return the first ``letters`` letters of a word in lower case, without accents."""
    parts = unicodedata.normalize("NFD", word.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))[:letters]


@lru_cache(maxsize=8)
def load_lines(source: str, target: str) -> dict[str, str]:
    """Return the table's line of each word of one direction; no lines where none was learned.

    A line is "absence stem stem …": log((1 - b) / (1 - c)) in STEPS, where c is the share of good
    translations of the word's sentences that have one of the stems, b the share of all texts.
    """
    with np.load(TABLE_FILE, allow_pickle=False) as arrays:
        name = f"{source}_{target}"
        if name not in arrays:
            return {}
        text = arrays[name].tobytes().decode("utf-8")
    return dict(line.split(" ", 1) for line in text.split("\n"))


def lone_absence(
    source: Sequence[Token],
    target: Sequence[Token],
    first: int,
    end: int,
    languages: tuple[str, str],
) -> float:
    """Return the evidence that the source tokens ``first`` to ``end`` lost their content word.

    It is an addition to their log odds, 0 unless they hold one word of content, all its usual
    translations are absent, and all other known words of content have one.
    """
    stems = {word_stem(word.text, TARGET_LETTERS) for word in target if word.is_word}
    inside = _absences(source[first:end], stems, languages)
    if len(inside) != 1:
        return 0.0
    absence = inside[0] or 0.0
    if absence < LEAST_ABSENCE:
        return 0.0
    others = _absences([*source[:first], *source[end:]], stems, languages)
    known = [each for each in others if each is not None]
    if any(known) or len(known) < OTHER_WORDS:
        return 0.0
    return absence


def _absences(
    words: Sequence[Token], stems: set[str], languages: tuple[str, str]
) -> list[float | None]:
    """Return ``_absence`` of each word of content."""
    return [_absence(word, stems, languages) for word in words if _is_content(word, languages[0])]


def _is_content(word: Token, language: str) -> bool:
    return word.kind == "word" and not is_grammar_word(word, language)


def _absence(word: Token, stems: set[str], languages: tuple[str, str]) -> float | None:
    """Return what it says that no translation of ``word`` is among ``stems``, 0 where one is.

    None where the word is too rare to be known.
    """
    line = load_lines(*languages).get(word_stem(word.text, SOURCE_LETTERS))
    if line is None:
        return None
    absence, *translations = line.split(" ")
    if not stems.isdisjoint(translations):
        return 0.0
    return int(absence) / STEPS
