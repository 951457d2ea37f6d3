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
    FREQUENT_NOUNS,
    ONE_THING,
    ORDINALS,
    PARTICIPLES,
    modifier_kind,
)
from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import load_lines, missing_evidence, usual_places
from articles.text.thresholds import COUNTERPART, LOST_MODIFIER
from articles.text.tokens import Token

USUAL = 0.8
"""A word and its usual translation are taken to be at least this similar."""
SOFT = 0.45
"""A word that is the best for its neighbour is at least this similar to it."""
OF_HEAD = 0.5
"""An adjective's similarity to its noun's counterpart counts as this at most: a truce lasts."""
LONGEST_COMPOUND = 3
"""The most words of a noun: "government defence contracts"."""
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
"""Days that French names without a word for "next" or "last"."""
MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)
"""Months whose end and beginning French names with a noun: "late May" is *fin mai*."""
VERBAL = ("ed", "ing")
MANNER = "ment"
UNLIKELY = 9.0
"""The evidence against the loss of an adverb where another adverb of the target is left over: what
else the words around it say does not count then."""
NEARLY_BEST = 0.1
"""What is less similar to a noun than its best word by at most this may be its counterpart, too."""
USUAL_NEAR = 6
"""Words between an adjective's usual translation and the counterpart of its noun."""
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
    usual: NDArray[np.bool_]
    """Which words of the target are usual translations of which of the source."""
    repeated: NDArray[np.bool_]
    """The words of the source that stand there more than once."""
    manners: NDArray[np.bool_]
    """Which words of the target end as adverbs do."""


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
        if not words.kinds[number]:
            continue
        heads = _heads(part, words, number)
        head = max((_best(words, each) for each in heads), default=0.0)
        head += ADVERB_HEAD * (words.kinds[number] == ADVERB)
        if head >= LEAST_HEAD and not _has_usual(words, number, heads):
            absence = missing_evidence(part.source[number], languages, UNKNOWN_ABSENCE)
            logit = LOST_MODIFIER
            logit += math.log(float(odds[number]) + LEAST_ODDS)
            logit += HEAD_WEIGHT * (min(head, USUAL) - USUAL_HEAD)
            logit += ABSENCE_WEIGHT * (absence - UNKNOWN_ABSENCE)
            logit += _evidence_around(words, number, heads)
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
    is_noun = np.array([word.text in FREQUENT_NOUNS for word in part.source])
    content = is_modifier | is_number | says_something | is_noun
    target_content = (target.is_word > 0) & (target.grammar == 0) & (target.digit == 0)
    are_words = np.outer(source.is_word, target.is_word) > 0
    usual = usual_places(part, languages) & are_words
    similarity = np.where(are_words, part.links.learned_similarity, -1.0)
    similarity = np.where(usual, np.maximum(similarity, USUAL), similarity)
    manners = np.array([word.text.endswith(MANNER) for word in part.target])
    return _Words(
        kinds, content, target_content, similarity, usual, _repeated(part.source), manners
    )


def _repeated(source: Sequence[Token]) -> NDArray[np.bool_]:
    """Return which words of the source stand there more than once."""
    texts = [word.text.lower() for word in source]
    _texts, numbers, counts = np.unique(texts, return_inverse=True, return_counts=True)
    many = counts > 1
    return many[numbers]


def _heads(part: PairPart, words: _Words, number: int) -> list[int]:
    """Return the words that the word ``number`` may modify.

    For an adverb they stand beside it. For an adjective they are the next word and, where this is a
    noun before nouns, these: "sensitive government contracts". There are none where French may say
    both with one word.
    """
    after = _beside(words, number, 1)
    if words.kinds[number] == ADVERB:
        before = _beside(words, number, -1)
        return [*before, *after]
    if not after or not _is_adjective_of(part.source, words, number, after[0]):
        return []
    heads = after
    while len(heads) < LONGEST_COMPOUND:
        following = _noun_after(part, words, heads[-1])
        if not following:
            break
        heads = [*heads, *following]
    similarity = words.similarity[heads]
    best = similarity.max(axis=0)
    place = int(best.argmax())
    return [] if "-" in part.target[place].text else heads


def _noun_after(part: PairPart, words: _Words, number: int) -> list[int]:
    """Return the next word where it belongs to the same noun as the word ``number``."""
    following = _beside(words, number, 1)
    if not following or words.kinds[following[0]]:
        return []
    text = part.source[following[0]].text
    is_noun = text.islower() and not text.endswith(VERBAL)
    return following if is_noun else []


def _has_usual(words: _Words, number: int, heads: Sequence[int]) -> bool:
    """Return whether the target has a usual translation of the word where it belongs.

    An adjective's is near the counterpart of its noun: *rester debout* is not "the remaining nuns".
    """
    places = np.flatnonzero(words.usual[number])
    if words.kinds[number] == ADVERB or words.repeated[number] or not len(places):
        return bool(len(places))
    near = _places_of(words, heads)
    distances = np.abs(np.subtract.outer(places, near))
    return bool((distances <= USUAL_NEAR).any())


def _places_of(words: _Words, heads: Sequence[int]) -> NDArray[np.intp]:
    """Return where the counterparts of the nouns stand."""
    similarity = words.similarity[heads]
    best = similarity.max(axis=1, keepdims=True)
    return np.flatnonzero((similarity >= best - NEARLY_BEST).any(axis=0))


def _best(words: _Words, number: int) -> float:
    """Return how similar the nearest counterpart of a word is."""
    best = words.similarity[number].max()
    return float(best)


def _beside(words: _Words, number: int, step: int) -> list[int]:
    """Return the word right beside ``number``, if it says something."""
    place = number + step
    telling = np.flatnonzero(words.content)
    return [place] if place in telling else []


def _is_adjective_of(source: Sequence[Token], words: _Words, number: int, after: int) -> bool:
    """Return whether the word ``number`` is an adjective of the next word, and said by itself."""
    noun = source[after].text
    if noun in ("enough", *WEEKDAYS, *MONTHS):
        return False
    if words.kinds[after] == ADVERB:
        return False
    if f"{source[number].text}_{noun}".lower() in ONE_THING:
        return False
    if noun[0].isupper() and source[number].text.partition("-")[2].islower():
        return False  # What somebody is stands before the name: "Fly-half Jo Bell".
    return _may_be_adjective(source, words, number)


def _may_be_adjective(source: Sequence[Token], words: _Words, number: int) -> bool:
    """Return whether the word may be an adjective there: "the assumed name", not "has assumed".

    Behind "to" it is a verb: "to free the passengers". A comma may part two adjectives: "a second,
    unfinished portrait".
    """
    before = source[number - 1].text.lower() if number else ""
    if before in ORDINALS or before == "to":
        return False
    if not source[number].text.endswith(PARTICIPLES):
        return True
    if before in BEFORE_PARTICIPLES or before.endswith("ing"):
        return True
    return _follows_adjective(source, words, number)


def _follows_adjective(source: Sequence[Token], words: _Words, number: int) -> bool:
    """Return whether the word before is an adjective, or the one before a comma and "un-"."""
    before = number - 1
    if before > 0 and source[before].text == "," and source[number].text.startswith("un"):
        before -= 1
    return before >= 0 and bool(words.kinds[before])


def _evidence_around(words: _Words, number: int, heads: Sequence[int]) -> float:
    """Return what the words of the target say that may be the counterpart of ``number``."""
    # What is a usual translation elsewhere belongs to another word.
    own = np.where(words.usual[number], -1.0, words.similarity[number])
    place = int(own.argmax())
    best = float(own[place])
    if words.kinds[number] != ADVERB and place in _places_of(words, heads):
        best = min(best, OF_HEAD)
    evidence = -BEST_WEIGHT * (best - SOFT)
    if int(words.similarity[:, place].argmax()) == number:
        evidence -= OWN_WEIGHT
    left_over = _left_over_near(words, number)
    if words.kinds[number] == ADVERB and (left_over & words.manners).any():
        return -UNLIKELY
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
