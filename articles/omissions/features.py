"""What can be known of a text's words without its translation: a column a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from wordfreq import available_languages, zipf_frequency

from articles.text.tokens import Token

Column = NDArray[np.float32]

COMMON = 5.5
"""Words more frequent than this (Zipf's scale, 3 is rare, 7 is "the") carry grammar, not content."""
QUOTES = '“”«»"'


@dataclass(frozen=True)
class Side:
    """What is known of one text's tokens without the other: a column a fact."""

    is_word: Column
    letters: Column
    frequency: Column
    capital: Column
    digit: Column


def side(tokens: Sequence[Token], language: str) -> Side:
    """The facts of ``tokens``."""
    rows = [
        (
            token.is_word,
            len(token.text),
            frequency(token.text.lower(), language) if token.is_word else 8.0,
            token.text[0].isupper(),
            token.text[0].isdigit(),
        )
        for token in tokens
    ]
    return Side(*np.array(rows, dtype=np.float32).reshape(len(rows), 5).T)


def signs(source: Sequence[Token], target: Sequence[Token]) -> tuple[float, float]:
    """Whether only the target starts in lower case, and how many more quotation marks the source has."""
    starts = [
        next((token.text[0] for token in text if token.is_word), "") for text in (source, target)
    ]
    marks = [sum(token.text in QUOTES for token in text) for text in (source, target)]
    return float(starts[0].isupper() and starts[1].islower()), float(marks[0] - marks[1])


@lru_cache(maxsize=100_000)
def frequency(word: str, language: str) -> float:
    """How frequent ``word`` is, on Zipf's scale 0…8; by its length where the language has no list."""
    if language not in _listed():
        return max(1.0, 7.0 - 0.6 * len(word))
    return float(zipf_frequency(word, language))


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    return frozenset(available_languages()) - {
        "ja",
        "ko",
        "zh",
    }  # these want segmenters that are not installed
