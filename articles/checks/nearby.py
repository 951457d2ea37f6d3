"""Whether the text around a part of a pair translates words that the part seems to lack."""

from __future__ import annotations

import numpy as np

from articles.checks.registry import Pair
from articles.omissions.pair_parts import PairPart
from articles.omissions.word_aligner import WordLinks, align_words
from articles.text.recent import keep_recent
from articles.text.thresholds import TRANSLATED_NEARBY
from articles.text.tokens import Token, tokens

CACHED_NEIGHBOURS = 16
"""Neighbours whose links are kept: each segment has two, and is one of two others."""


def is_translated_nearby(pair: Pair, part: PairPart, first: int, end: int) -> bool:
    """Return whether the text around a part translates its source tokens ``first`` to ``end``.

    That is the neighbouring segments and the other parts of the pair.
    """
    wanted = [index for index in range(first, end) if len(part.source[index].text) > 3]
    if not wanted:
        return False
    if _is_in_neighbour(pair, part, wanted):
        return True
    return _is_in_other_part(pair, part, wanted)


def _is_in_neighbour(pair: Pair, part: PairPart, wanted: list[int]) -> bool:
    """Return whether a neighbouring segment translates the ``wanted`` words of the part."""
    for source, target in (pair.previous, pair.following):
        if not target:
            continue
        words, links = _linked_neighbour(source, target)
        if _translates(pair, part, wanted, target, words, links):
            return True
    return False


@keep_recent(lambda source, target: len(source) + len(target), texts=CACHED_NEIGHBOURS)
def _linked_neighbour(source: str, target: str) -> tuple[list[Token], WordLinks]:
    """Return the tokens of a neighbour's target, and the links with its source."""
    words = tokens(target)
    return words, align_words(source, tokens(source), target, words, for_model=False)


def _is_in_other_part(pair: Pair, part: PairPart, wanted: list[int]) -> bool:
    """Return whether another part of the pair translates the ``wanted`` words of the part."""
    for other in pair.parts:
        if other is part:
            continue
        if _translates(pair, part, wanted, pair.target, other.target, other.links):
            return True
    return False


def _translates(
    pair: Pair,
    part: PairPart,
    wanted: list[int],
    text: str,
    words: list[Token],
    known: WordLinks,
) -> bool:
    """Return whether ``words`` of the target ``text`` translate half of the ``wanted`` words.

    Only words that their own source does not need count; ``known`` are their links.
    """
    free = _unlinked_words(known, words)
    if not free:
        return False
    links = align_words(pair.source, part.source, text, words, for_model=False)
    if not links.similarity.size:
        return False
    similarity = 0.5 * (links.similarity + links.isolated)
    best = similarity[np.ix_(wanted, free)].max(axis=1)
    translated = np.count_nonzero(best >= TRANSLATED_NEARBY)
    return bool(translated >= len(wanted) / 2)


def _unlinked_words(links: WordLinks, words: list[Token]) -> list[int]:
    """Return the indices of the target's words that translate nothing."""
    linked = {j for _i, j in links.links}
    free = []
    for j, word in enumerate(words):
        if not word.is_word:
            continue
        if j not in linked:
            free.append(j)
    return free
