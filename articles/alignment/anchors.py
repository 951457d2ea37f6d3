"""Where a long pair of texts can be cut into parts that are aligned alone.

Time then grows with the length of the texts, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np

from articles.alignment.sentence_encoder import Vectors

MIN_PART = 60
"""Sentences, on either side, from which a part is cut off at the next safe place."""
MAX_UNCUT_CELLS = 90_000
"""Pairs of sentences (source times target) up to which texts are not cut."""
MAX_PART_CELLS = 160_000
"""Pairs of sentences of a part: where no safe place is found, a larger one is cut in proportion."""
MIN_COSINE = 0.5
"""Cosine from which two sentences that choose each other are accepted as partners."""
DISTANCE_PENALTY = 0.02
"""What a partner at the other end of the text loses of its cosine.

Of equal sentences the nearest is chosen.
"""
_ROWS = 512
"""Rows of the cosine matrix that are computed at once, to limit memory."""

Cut = tuple[int, int]
"""Source and target sentences before a place, or the indices of a pair of sentences."""


def find_cuts(left: Vectors, right: Vectors) -> list[Cut]:
    """Return the places where two texts can be cut, in order; none in short texts.

    A safe place is between two neighbouring sentences on both sides that choose each other, both
    pairs in the longest chain of such pairs that runs forward in both texts.
    """
    if len(left) * len(right) <= MAX_UNCUT_CELLS:
        return []
    steps = longest_chain(mutual_pairs(left, right))
    cuts: list[Cut] = []
    row = column = 0
    for (i, j), following in pairwise(steps):
        place = (i + 1, j + 1)
        # One lone pair may be wrong; two neighbours that choose each other hardly are.
        if following != place:
            continue
        if place[0] - row >= MIN_PART or place[1] - column >= MIN_PART:
            cuts += proportional_cuts((row, column), place)
            cuts.append(place)
            row, column = place
    cuts += proportional_cuts((row, column), (len(left), len(right)))
    return cuts


def proportional_cuts(start: Cut, end: Cut) -> list[Cut]:
    """Return cuts in proportion between two places, until no part is too large."""
    rows = end[0] - start[0]
    columns = end[1] - start[1]
    if rows * columns <= MAX_PART_CELLS:
        return []
    middle = (start[0] + rows // 2, start[1] + columns // 2)
    return [*proportional_cuts(start, middle), middle, *proportional_cuts(middle, end)]


def mutual_pairs(left: Vectors, right: Vectors) -> list[Cut]:
    """Return the pairs of sentences that are each other's likeliest partner, in source order.

    Where equal sentences occur several times in a text, those at about the same place are paired.
    """
    across = np.linspace(0, DISTANCE_PENALTY, len(right), dtype=np.float32)
    down = np.linspace(0, DISTANCE_PENALTY, len(left), dtype=np.float32)
    best = np.empty(len(left), dtype=np.int64)
    best_cosine = np.empty(len(left), dtype=np.float32)
    best_back = np.zeros(len(right), dtype=np.int64)
    highest = np.full(len(right), -np.inf, dtype=np.float32)
    for start in range(0, len(left), _ROWS):
        rows = slice(start, start + _ROWS)
        cosines = left[rows] @ right.T
        cosines -= np.abs(down[rows, None] - across)
        best[rows] = cosines.argmax(axis=1)
        best_cosine[rows] = cosines.max(axis=1)
        top = cosines.max(axis=0)
        higher = top > highest
        best_back[higher] = cosines.argmax(axis=0)[higher] + start
        highest[higher] = top[higher]
    mutual = best_back[best] == np.arange(len(left))
    chosen = np.nonzero(mutual & (best_cosine >= MIN_COSINE))[0]
    return [(int(i), int(best[i])) for i in chosen]


def longest_chain(pairs: list[Cut]) -> list[Cut]:
    """Return the longest chain of ``pairs`` in which both numbers grow.

    By patience sorting (Fredman 1975); ``pairs`` are in the order of their first number.
    """
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, column) in enumerate(pairs):
        pile = bisect_left(tops, column)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [column]
        piles[pile : pile + 1] = [index]
    chain: list[Cut] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
