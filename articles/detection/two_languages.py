"""Find both languages in one file: by paragraphs, one after the other, or in two columns."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from articles.formats import BadFile, interchange
from articles.formats.office import docx_read
from articles.segmentation.detect import detect_language, tell_language

_FEWEST_WORDS = 5
"""Words of a paragraph whose language is told by itself; a shorter one goes with its neighbours."""
_FEWEST_PARAGRAPHS = 4
_MOST_PARAGRAPHS = 2000
_SMALLER_SHARE = 0.3
"""The share of the words that the rarer language has at least: a quotation has less."""
_ALTERNATING = 0.7
"""The share of neighbouring paragraphs in two languages from which they alternate."""
_FEWEST_ROWS = 2
_TABLE_SHARE = 0.6
"""The share of a Word file's words that stand in a table of two languages, from which the file is
that table rather than a text."""


class Part(NamedTuple):
    """One language's part of a text."""

    language: str
    text: str


def split_languages(text: str) -> tuple[Part, Part] | None:
    """Return the two texts that a text holds, the one that begins first; None for one language."""
    paragraphs = _paragraphs(text)
    # The language of each paragraph is told by itself, which takes long for a whole book.
    if not _FEWEST_PARAGRAPHS <= len(paragraphs) <= _MOST_PARAGRAPHS:
        return None
    told = [_language_of(paragraph) for paragraph in paragraphs]
    languages = _two_languages(paragraphs, told)
    if languages is None:
        return None
    filled = _fill(told, languages)
    if filled is None:
        return None
    # In the order in which they begin.
    first, second = dict.fromkeys(filled)
    return _part(first, paragraphs, filled), _part(second, paragraphs, filled)


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; its lines where blank lines do not divide it."""
    pieces = re.split(r"\n\s*\n", text)
    # Texts pasted from mail or a table have no blank lines.
    if len(pieces) < _FEWEST_PARAGRAPHS:
        pieces = text.splitlines()
    return [piece.strip() for piece in pieces if piece.strip()]


def _fill(told: list[str | None], languages: set[str]) -> list[str] | None:
    """Return a language for each paragraph, None where the two follow no order."""
    known = [language for language in told if language in languages]
    switches = sum(first != second for first, second in pairwise(known))
    if switches == 1:
        return _fill_halves(told, languages)
    if switches >= _ALTERNATING * (len(known) - 1):
        return _fill_alternating(told, languages)
    return None


def _language_of(paragraph: str) -> str | None:
    if len(paragraph.split()) < _FEWEST_WORDS:
        return None
    return tell_language(paragraph)


def _two_languages(paragraphs: list[str], told: list[str | None]) -> set[str] | None:
    """Return the two languages of the text, None where there is one, or one hardly occurs."""
    words: Counter[str] = Counter()
    for paragraph, language in zip(paragraphs, told, strict=True):
        if language is not None:
            words[language] += len(paragraph.split())
    common = words.most_common(2)
    if len(common) < 2 or common[1][1] < _SMALLER_SHARE * words.total():
        return None
    return {language for language, _count in common}


def _fill_halves(told: list[str | None], languages: set[str]) -> list[str]:
    """Return a language for each paragraph: a short one belongs to the text that follows it."""
    filled: list[str] = []
    following = ""
    for language in reversed(told):
        if language in languages and language is not None:
            following = language
        filled.append(following)
    filled.reverse()
    last = next(language for language in reversed(filled) if language)
    return [language or last for language in filled]


def _fill_alternating(told: list[str | None], languages: set[str]) -> list[str]:
    """Return a language for each paragraph: a short one is not in that of the one before it."""
    first, second = sorted(languages)
    other = {first: second, second: first}
    place = next(number for number, language in enumerate(told) if language in languages)
    beginning = told[place] or first
    before = beginning if place % 2 else other[beginning]
    filled: list[str] = []
    for language in told:
        before = language if language in other and language is not None else other[before]
        filled.append(before)
    return filled


def _part(language: str, paragraphs: list[str], filled: list[str]) -> Part:
    own = [text for text, each in zip(paragraphs, filled, strict=True) if each == language]
    return Part(language, "\n\n".join(own) + "\n")


def is_two_column_table(name: str, open_file: Callable[[], BinaryIO]) -> bool:
    """Return whether a Word file is a table with one language beside the other."""
    try:
        with open_file() as stream:
            data = interchange.read_all(stream)
        sides = _read_columns(name, data)
        whole = len(docx_read.read_text(data, name=name).split())
    except BadFile:
        return False
    texts = [" ".join(side) for side in sides]
    in_table = sum(len(words.split()) for words in texts)
    if len(sides[0]) < _FEWEST_ROWS or in_table < _TABLE_SHARE * whole:
        return False
    languages = [detect_language(words) for words in texts]
    return None not in languages and languages[0] != languages[1]


def _read_columns(name: str, data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of both columns of a Word file, of those rows that have both."""
    sources: list[str] = []
    targets: list[str] = []
    for article in docx_read.read(io.BytesIO(data), name=name):
        for pair in article.segments:
            if pair.source and pair.target:
                sources.append(pair.source)
                targets.append(pair.target)
    return sources, targets
