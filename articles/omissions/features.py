"""Features of a text's words that need no translation: one column a feature, one row a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from wordfreq import available_languages, zipf_frequency

from articles.omissions.telling_words import is_telling
from articles.text.thresholds import COMMON_WORD
from articles.text.tokens import Token

Column = NDArray[np.float32]

QUOTATION_MARKS = '“”«»"'
PUNCTUATION_FREQUENCY = 8.0
"""The frequency of a mark: the top of the Zipf scale."""
WITHOUT_SEGMENTER = frozenset({"ja", "ko", "zh"})
"""Languages with a frequency list that wordfreq reads only with segmenters we do not install."""


@dataclass(frozen=True)
class WordFeatures:
    """Features of one text's tokens, each an array with one number a token."""

    is_word: Column
    letters: Column
    frequency: Column
    capital: Column
    digit: Column
    grammar: Column
    """Whether the word carries grammar rather than content."""


def word_features(tokens: Sequence[Token], language: str) -> WordFeatures:
    """Return the features of ``tokens``, which are in ``language``."""
    rows = [_features_of(token.text, token.kind, language) for token in tokens]
    columns = np.array(rows, dtype=np.float32).reshape(len(rows), 6).T
    return WordFeatures(*columns)


@lru_cache(maxsize=50_000)
def _features_of(text: str, kind: str, language: str) -> tuple[bool, int, float, bool, bool, bool]:
    """Return one token's features in the order of the fields of WordFeatures."""
    is_word = kind != "mark"
    frequency = word_frequency(text.lower(), language) if is_word else PUNCTUATION_FREQUENCY
    grammar = is_word and _carries_grammar(text, language)
    return is_word, len(text), frequency, text[0].isupper(), text[0].isdigit(), grammar


def is_grammar_word(token: Token, language: str) -> bool:
    """Return whether the word is so frequent that it carries grammar rather than content."""
    return token.is_word and _carries_grammar(token.text, language)


def is_content_word(token: Token, language: str) -> bool:
    """Return whether the token is a word, no number, that carries content."""
    return token.kind == "word" and not is_grammar_word(token, language)


def _carries_grammar(text: str, language: str) -> bool:
    if is_telling(text, language):
        return False
    return word_frequency(text.lower(), language) >= COMMON_WORD


def has_lost_capital(source: Sequence[Token], target: Sequence[Token]) -> bool:
    """Return whether the source's first word has a capital and the target's is in lower case."""
    return _first_letter(source).isupper() and _first_letter(target).islower()


def _first_letter(tokens: Sequence[Token]) -> str:
    return next((token.text[0] for token in tokens if token.is_word), "")


@lru_cache(maxsize=100_000)
def word_frequency(word: str, language: str) -> float:
    """Return how frequent ``word`` is on the Zipf scale, 0 to 8 (3 is rare, 7 is "the").

    A language without a frequency list gets an estimate from the length of the word.
    """
    if language not in _listed_languages():
        return max(1.0, 7.0 - 0.6 * len(word))
    return float(zipf_frequency(word, language))


@lru_cache(maxsize=1)
def _listed_languages() -> frozenset[str]:
    return frozenset(available_languages()) - WITHOUT_SEGMENTER
