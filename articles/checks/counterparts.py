"""Whether a word has a counterpart in the other text, for checks of what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from articles.checks.registry import Pair
from articles.text.thresholds import COUNTERPART
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


def content_words_after(words: Sequence[Token], end: int, count: int) -> list[int]:
    """Return the indexes of the first ``count`` words with a meaning of their own after ``end``.

    ``end`` is an offset in the text; only the next few words are looked at.
    """
    after = [at for at, word in enumerate(words) if word.start >= end]
    found = [at for at in after[:_REACH] if _has_meaning(words[at])]
    return found[:count]


def _has_meaning(word: Token) -> bool:
    return word.kind == "word" and word.text.lower() not in _CARRIES_NO_MEANING


def is_translated(pair: Pair, at: int, *, axis: int) -> bool:
    """Return whether a word of the source (axis 0) or of the target (1) has a close counterpart."""
    links = pair.links
    similarity = links.learned_similarity if links.learned_similarity.size else links.similarity
    if not similarity.size:
        return False
    return bool(similarity.take(at, axis=axis).max() >= np.float32(COUNTERPART))
