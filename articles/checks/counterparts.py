"""Whether a word has a counterpart in the other text, for checks of what is said about it."""

from __future__ import annotations

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
    "her us their his its not n’t n't never nobody nothing none neither no one "
    "été être avoir eu fait faire pu pouvoir voulu dû su".split()
)
_REACH = 6
"""The number of words among which one with a meaning of its own is looked for."""


def content_words_after(words: Sequence[Token], end: int, count: int) -> list[Token]:
    """Return the first ``count`` words with a meaning of their own after ``end``.

    ``end`` is an offset in the text; only the next few words are looked at.
    """
    after = [word for word in words if word.start >= end]
    found = [word for word in after[:_REACH] if _has_meaning(word)]
    return found[:count]


def _has_meaning(word: Token) -> bool:
    return word.kind == "word" and word.text.lower() not in _CARRIES_NO_MEANING


def is_translated(pair: Pair, word: Token, *, axis: int) -> bool:
    """Return whether a word of the source (axis 0) or of the target (1) has a close counterpart."""
    for part in pair.parts:
        side = part.target if axis else part.source
        if word not in side:
            continue
        links = part.links
        similarity = links.learned_similarity if links.learned_similarity.size else links.similarity
        if similarity.size:
            row = similarity.take(side.index(word), axis=axis)
            return bool(row.max() >= np.float32(COUNTERPART))
    return False


def are_in_one_place(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether one of the words at ``source`` is linked to one at ``target``."""
    for part in pair.parts:
        here = [at for at, word in enumerate(part.source) if _is_inside(word, source)]
        there = [at for at, word in enumerate(part.target) if _is_inside(word, target)]
        for i, j in part.links.links:
            if i in here and j in there and part.links.similarity[i, j] >= SAME_PLACE:
                return True
    return False


def _is_inside(word: Token, span: Span) -> bool:
    return span.start <= word.start < span.end
