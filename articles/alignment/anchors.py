"""Where a long pair of texts can be cut into parts that are aligned on their own, so that time grows with length."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np

from articles.alignment.sentence_encoder import Vectors

PART = 120
"""A part is cut off when it has so many sentences on a side and a safe place is found."""
WHOLE = 90_000
"""Pairs of sentences (source times target) up to which texts are not cut."""
MOST = 1_000_000
"""Pairs of sentences of a part, at most: where no safe place is found, it is cut in proportion."""
LIKE = 0.5
"""Cosine from which two sentences that choose each other are believed to be partners."""
SLANT = 0.02
"""What a partner at the other end of the text loses of its cosine, so that of equal sentences the nearest is chosen."""
_ROWS = 512

Cut = tuple[int, int]


def cuts(left: Vectors, right: Vectors) -> list[Cut]:
    """Places (source sentences, target sentences before it) where two texts can be cut, in order; none in short texts.

    A safe place lies between two neighbours on both sides whose sentences choose each other, of the longest chain of
    such pairs that runs forward in both texts.
    """
    if len(left) * len(right) <= WHOLE:
        return []
    steps = chain(mutual(left, right))
    safe = [(i + 1, j + 1) for (i, j), after in pairwise(steps) if after == (i + 1, j + 1)]
    chosen: list[Cut] = []
    row = column = 0
    for i, j in safe:
        if i - row >= PART or j - column >= PART:
            chosen += [*forced((row, column), (i, j)), (i, j)]
            row, column = i, j
    return chosen + forced((row, column), (len(left), len(right)))


def forced(start: Cut, end: Cut) -> list[Cut]:
    """Cuts in proportion, until each part is small enough to be looked at."""
    rows, columns = end[0] - start[0], end[1] - start[1]
    if rows * columns <= MOST:
        return []
    middle = (start[0] + rows // 2, start[1] + columns // 2)
    return [*forced(start, middle), middle, *forced(middle, end)]


def mutual(left: Vectors, right: Vectors) -> list[Cut]:
    """The pairs of sentences that are each other's likeliest partner, in the source's order.

    Where sentences stand several times in a text, the ones at about the same place belong together.
    """
    across = np.linspace(0, SLANT, len(right), dtype=np.float32)
    down = np.linspace(0, SLANT, len(left), dtype=np.float32)
    best = np.empty(len(left), dtype=np.int64)
    like = np.empty(len(left), dtype=np.float32)
    back = np.zeros(len(right), dtype=np.int64)
    highest = np.full(len(right), -np.inf, dtype=np.float32)
    for start in range(0, len(left), _ROWS):
        cosines = left[start : start + _ROWS] @ right.T
        cosines -= np.abs(down[start : start + _ROWS, None] - across)
        best[start : start + _ROWS] = cosines.argmax(axis=1)
        like[start : start + _ROWS] = cosines.max(axis=1)
        top = cosines.max(axis=0)
        higher = top > highest
        back[higher] = cosines.argmax(axis=0)[higher] + start
        highest[higher] = top[higher]
    return [(i, int(j)) for i, j in enumerate(best) if back[j] == i and like[i] >= LIKE]


def chain(pairs: list[Cut]) -> list[Cut]:
    """The longest of the chains of ``pairs`` in which both numbers grow (patience sorting, Fredman 1975)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, column) in enumerate(pairs):
        pile = bisect_left(tops, column)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [column]
        piles[pile : pile + 1] = [index]
    result: list[Cut] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        result.append(pairs[index])
        index = before[index]
    return result[::-1]
