"""An adjective or an adverb that the translation lost, by what stands around its place.

People translate three of ten words of news otherwise than usual, so that a word lacks its usual
translation says little by itself. An adjective that was dropped leaves more: its noun has a
counterpart, what comes nearest to it in the translation is the counterpart of another word, and
near its place no word of the translation is left over that could be its own. Nouns and verbs are
left out: translators say them with their neighbours.
docs/decisions/0030-lost-adjectives-and-adverbs.md has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.omissions.features import Column, word_features
from articles.omissions.modifiers import (
    ADVERB,
    BEFORE_PARTICIPLES,
    ONE_THING,
    ORDINALS,
    PARTICIPLES,
    modifier_kind,
)
from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import (
    TARGET_LETTERS,
    load_lines,
    missing_evidence,
    usual_translations,
    word_stem,
)
from articles.text.thresholds import COUNTERPART, LOST_MODIFIER
from articles.text.tokens import Token

USUAL = 0.8
"""A word and its usual translation are taken to be at least this similar."""
SOFT = 0.45
"""A word that is the best for its neighbour is at least this similar to it."""
NEAR = 4
"""Words on either side of the neighbours' counterparts where a word left over may be its own."""
LEAST_HEAD = 0.45
"""The least similarity of the counterpart of the word that is modified."""
USUAL_HEAD = 0.6
"""What is nearer than this speaks for a loss."""
ADVERB_HEAD = 0.05
"""Verbs are a little less similar to their counterparts than nouns are."""
UNKNOWN_ABSENCE = 1.2
"""What is said of a word that the table does not have: the mean of all that it has."""
LEAST_ODDS = 0.03
HEAD_WEIGHT = 3.0
BEST_WEIGHT = 3.0
ABSENCE_WEIGHT = 0.2
FREE_WEIGHT = 2.0
OWN_WEIGHT = 1.0


class _Words(NamedTuple):
    """What is known of both sides of a part: an array a fact."""

    kinds: list[str]
    """The kind of modifier of each source word, "" for others."""
    content: NDArray[np.bool_]
    """Which words of the source say something: words of content, modifiers, numbers."""
    target_content: NDArray[np.bool_]
    similarity: NDArray[np.float64]
    literal: NDArray[np.bool_]
    """Which words of the source have their usual translation."""


def lost_modifiers(
    part: PairPart, odds: Column, languages: tuple[str, str]
) -> list[tuple[int, float]]:
    """Return the source's adjectives and adverbs that may be lost, each with its log odds.

    ``odds`` are those of the omission model. There are none where no table was learned.
    """
    if not part.links.learned_similarity.size or not load_lines(*languages):
        return []
    words = _read(part, languages)
    found = []
    for number in range(len(part.source)):
        if not words.kinds[number] or words.literal[number]:
            continue
        head = _similarity_of_head(part, words, number)
        if head >= LEAST_HEAD:
            absence = missing_evidence(part.source[number], languages, UNKNOWN_ABSENCE)
            logit = LOST_MODIFIER
            logit += math.log(float(odds[number]) + LEAST_ODDS)
            logit += HEAD_WEIGHT * (min(head, USUAL) - USUAL_HEAD)
            logit += ABSENCE_WEIGHT * (absence - UNKNOWN_ABSENCE)
            logit += _evidence_around(words, number)
            found.append((number, logit))
    return found


def _read(part: PairPart, languages: tuple[str, str]) -> _Words:
    source = word_features(part.source, languages[0])
    target = word_features(part.target, languages[1])
    kinds = [modifier_kind(word) for word in part.source]
    kinds[0] = modifier_kind(part.source[0], is_first=True)
    is_modifier = np.array(kinds) != ""
    says_something = (source.is_word > 0) & (source.grammar == 0)
    is_number = source.digit > 0
    content = is_modifier | is_number | says_something
    target_content = (target.is_word > 0) & (target.grammar == 0) & (target.digit == 0)
    are_words = np.outer(source.is_word, target.is_word) > 0
    usual = _usual_places(part, languages) & are_words
    similarity = np.where(are_words, part.links.learned_similarity, -1.0)
    similarity = np.where(usual, np.maximum(similarity, USUAL), similarity)
    return _Words(kinds, content, target_content, similarity, np.any(usual, axis=1))


def _usual_places(part: PairPart, languages: tuple[str, str]) -> NDArray[np.bool_]:
    """Return for each word of the source, in a row, where its usual translations are."""
    stems = [word_stem(word.text, TARGET_LETTERS) for word in part.target]
    rows = []
    for word in part.source:
        usual = usual_translations(word, languages)
        row = np.isin(stems, usual)
        rows.append(row)
    return np.array(rows, dtype=np.bool_)


def _similarity_of_head(part: PairPart, words: _Words, number: int) -> float:
    """Return how similar the counterpart is of the word that the word ``number`` modifies.

    It is 0 where there is no such word, and where French may say both with one word.
    """
    after = _beside(words, number, 1)
    if words.kinds[number] == ADVERB:
        before = _beside(words, number, -1)
        best = max(_best(words, before), _best(words, after))
        return best + ADVERB_HEAD
    if after is None or not _is_adjective_of(part.source, words, number, after):
        return 0.0
    place = int(words.similarity[after].argmax())
    if "-" in part.target[place].text:
        return 0.0
    return _best(words, after)


def _best(words: _Words, number: int | None) -> float:
    """Return how similar the nearest counterpart of a word is, 0 without a word."""
    if number is None:
        return 0.0
    best = words.similarity[number].max()
    return float(best)


def _beside(words: _Words, number: int, step: int) -> int | None:
    """Return the word right beside ``number``, if it says something."""
    place = number + step
    telling = np.flatnonzero(words.content)
    return place if place in telling else None


def _is_adjective_of(source: Sequence[Token], words: _Words, number: int, after: int) -> bool:
    """Return whether the word ``number`` is an adjective of the next word, and said by itself."""
    noun = source[after].text
    if not noun[0].islower() or noun == "enough":
        return False
    if words.kinds[after] == ADVERB:
        return False
    if f"{source[number].text}_{noun}" in ONE_THING:
        return False
    return _may_be_adjective(source, words, number)


def _may_be_adjective(source: Sequence[Token], words: _Words, number: int) -> bool:
    """Return whether the word may be an adjective there: "the assumed name", not "has assumed"."""
    before = source[number - 1].text.lower() if number else ""
    if before in ORDINALS:
        return False
    if not source[number].text.endswith(PARTICIPLES):
        return True
    if before in BEFORE_PARTICIPLES or before.endswith("ing"):
        return True
    return bool(number and words.kinds[number - 1])


def _evidence_around(words: _Words, number: int) -> float:
    """Return what the words of the target say that may be the counterpart of ``number``."""
    own = words.similarity[number]
    place = int(own.argmax())
    evidence = -BEST_WEIGHT * (float(own[place]) - SOFT)
    if int(words.similarity[:, place].argmax()) == number:
        evidence -= OWN_WEIGHT
    left_over = _left_over_near(words, number)
    if left_over.any():
        evidence -= FREE_WEIGHT * max(0.0, float(own[left_over].max()))
    return evidence


def _left_over_near(words: _Words, number: int) -> NDArray[np.bool_]:
    """Return which words of the target near the place are nobody else's counterpart."""
    others = np.delete(words.similarity, number, axis=0).max(axis=0)
    free = words.target_content & (others < COUNTERPART)
    places = np.arange(len(free))
    near = np.zeros(len(free), dtype=bool)
    for each in _neighbours(words, number):
        place = int(words.similarity[each].argmax())
        best = float(words.similarity[each, place])
        if best >= SOFT:
            free[place] = False
        if best >= COUNTERPART:
            near |= np.abs(places - place) <= NEAR
    return np.asarray(free & near)


def _neighbours(words: _Words, number: int) -> list[int]:
    """Return the next words before and after ``number`` that say something."""
    telling = np.flatnonzero(words.content)
    before = telling[: np.searchsorted(telling, number)]
    after = telling[np.searchsorted(telling, number, side="right") :]
    return [*before[-1:].tolist(), *after[:1].tolist()]
