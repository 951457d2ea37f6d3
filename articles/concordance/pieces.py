"""The texts of a hit in pieces: what was looked for, and what is likely its translation.

The likely translation is told by the table of usual translations, word by word. It helps the eye
to find the place; where the table has nothing, nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from articles.omissions.features import is_content_word
from articles.omissions.translation_table import (
    LEAST_ABSENCE,
    TARGET_LETTERS,
    missing_evidence,
    usual_translations,
    word_stem,
)
from articles.text.tokens import Token, tokens

LONGEST_TEXT = 1_200
"""Letters of a text that a hit shows: some "segments" are whole pages that have no partner."""
_BEFORE_WORDS = 400
"""Letters of a longer text before the words that were found."""


class Piece(NamedTuple):
    """A stretch of a text: whether it is what was looked for, or likely its translation."""

    words: str
    is_found: bool = False
    is_likely: bool = False


def split_text(text: str, pattern: re.Pattern[str] | None) -> list[Piece]:
    """Return the text in pieces, those that the pattern's only group finds and those between.

    Of a text longer than LONGEST_TEXT it is the part around the first words that are found.
    """
    if pattern is None:
        return [Piece(_shorten(text, 0))]
    first = pattern.search(text)
    shown = _shorten(text, first.start() if first else 0)
    pieces = []
    for number, words in enumerate(pattern.split(shown)):
        pieces.append(Piece(words, is_found=number % 2 == 1))
    return pieces


def _shorten(text: str, place: int) -> str:
    """Return the text, or of a long one the part around the place."""
    if len(text) <= LONGEST_TEXT:
        return text
    start = max(0, place - _BEFORE_WORDS)
    end = start + LONGEST_TEXT
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return before + text[start:end] + after


def mark_translations(
    source: list[Piece], target: list[Piece], languages: tuple[str, str]
) -> tuple[list[Piece], list[Piece]]:
    """Return both texts, that in which nothing was found with the likely translations marked."""
    if not _has_found(target):
        wanted: set[str] = set()
        for word in _found_words(source):
            wanted.update(_translations(word, languages))
        return source, _mark(target, lambda word: _stem(word) in wanted)
    if not _has_found(source):
        stems = {_stem(word) for word in _found_words(target)}
        return _mark(source, lambda word: bool(stems & _translations(word, languages))), target
    return source, target


def _has_found(pieces: Iterable[Piece]) -> bool:
    return any(piece.is_found for piece in pieces)


def _stem(word: Token) -> str:
    return word_stem(word.text, TARGET_LETTERS)


def _found_words(pieces: Iterable[Piece]) -> list[Token]:
    """Return the words that were looked for."""
    found = []
    for piece in pieces:
        if piece.is_found:
            found += [word for word in tokens(piece.words) if word.is_word]
    return found


def _translations(word: Token, languages: tuple[str, str]) -> set[str]:
    """Return the stems of a source word's usual translations; none for one that is grammar."""
    is_known = missing_evidence(word, languages, 0.0) >= LEAST_ABSENCE
    if not is_known and not is_content_word(word, languages[0]):
        return set()
    return set(usual_translations(word, languages))


def _mark(pieces: list[Piece], is_wanted: Callable[[Token], bool]) -> list[Piece]:
    """Return the text, which is one piece, with the wanted words as likely ones."""
    text = "".join(piece.words for piece in pieces)
    marked = []
    at = 0
    for word in tokens(text):
        if word.is_word and is_wanted(word):
            marked.append(Piece(text[at : word.start]))
            marked.append(Piece(text[word.start : word.end], is_likely=True))
            at = word.end
    return [*marked, Piece(text[at:])]
