"""Whether a word has a counterpart in the other text, for checks of what is said about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from articles.checks.registry import Pair
from articles.text.document import Span
from articles.text.thresholds import COUNTERPART, SAME_PLACE
from articles.text.tokens import Token

# Words that say little by themselves, in English and in French.
_CARRIES_NO_MEANING = set(
    "be been being is are was were have has had do does did will would can could may might must "
    "shall should yet even really only just so a an the any all to of in on at for that this it he "
    "she they we you i who which as very much more quite enough necessarily always ever them him "
    "her us their his its into from by with about not n’t n't never nobody nothing none neither no "
    "one "
    "été être avoir eu fait faire pu pouvoir voulu dû su".split()
)
_REACH = 6
"""The number of words among which one with a meaning of its own is looked for."""


def content_words_after(words: Sequence[Token], end: int, count: int) -> list[Token]:
    """Return the first ``count`` words with a meaning of their own after ``end``.

    ``end`` is an offset in the text; only the next few words are looked at.
    """
    first = bisect_left(words, end, key=_start_of)
    found = filter(_has_meaning, words[first : first + _REACH])
    return list(found)[:count]


def _start_of(word: Token) -> int:
    return word.start


def _has_meaning(word: Token) -> bool:
    if word.kind != "word":
        return False
    return word.text.lower() not in _CARRIES_NO_MEANING


def is_translated(pair: Pair, word: Token, *, axis: int) -> bool:
    """Return whether a word of the source (axis 0) or of the target (1) has a close counterpart."""
    for part in pair.parts:
        side = (part.source, part.target)[axis]
        if word not in side:
            continue
        similarity = part.links.learned_similarity
        if not similarity.size:
            similarity = part.links.similarity
        if similarity.size:
            row = similarity.take(side.index(word), axis=axis)
            return bool(row.max() >= np.float32(COUNTERPART))
    return False


def are_in_one_place(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether one of the words at ``source`` is linked to one at ``target``."""
    for part in pair.parts:
        for i, j in part.links.links:
            if not _is_inside(part.source[i], source):
                continue
            if not _is_inside(part.target[j], target):
                continue
            if part.links.similarity[i, j] >= SAME_PLACE:
                return True
    return False


def are_beside_counterparts(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether a word beside the one at ``source`` is the counterpart of one beside
    ``target``: first *quarter*, dernier *trimestre*."""
    for part in pair.parts:
        near_source = _neighbours(part.source, source)
        near_target = _neighbours(part.target, target)
        for i, j in part.links.links:
            if i not in near_source or j not in near_target:
                continue
            similarity = part.links.learned_similarity
            if similarity.size and similarity[i, j] >= COUNTERPART:
                return True
    return False


def _neighbours(words: Sequence[Token], span: Span) -> set[int]:
    """Return the numbers of the words with a meaning of their own directly beside a span."""
    found: set[int] = set()
    for number, word in enumerate(words):
        if not _is_inside(word, span):
            continue
        for other in (number - 1, number + 1):
            if 0 <= other < len(words) and _has_meaning(words[other]):
                found.add(other)
    return found


def _is_inside(word: Token, span: Span) -> bool:
    return span.start <= word.start < span.end
