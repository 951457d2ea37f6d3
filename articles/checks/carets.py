"""Where in the target the words of the source belong that it lacks."""

from __future__ import annotations

from bisect import bisect_left

from articles.checks.adjective_place import place_behind_noun
from articles.checks.registry import Pair
from articles.omissions.pair_parts import PairPart
from articles.omissions.word_aligner import WordLinks
from articles.text.document import Span
from articles.text.tokens import Token

FOLLOWING_LINKS = 3
"""So many links behind the missing words decide where the words belong."""
ADJECTIVES_BEHIND = (("en", "fr"), ("en", "es"))
"""Pairs of languages of which only the second puts most adjectives behind their noun."""


def caret_at(pair: Pair, missing: Span) -> int | None:
    """Return where in the target the words at ``missing`` of the source belong, None if unknown."""
    for part in pair.parts:
        inside = []
        for number, word in enumerate(part.source):
            if missing.start <= word.start < missing.end:
                inside.append(number)
        if inside:
            return caret_of(pair, part, inside[0], inside[-1] + 1)
    return None


def caret_of(pair: Pair, part: PairPart, first: int, end: int) -> int:
    """Return where in the target the part's source tokens ``first`` to ``end`` belong."""
    caret = insertion_point(part.links, part.target, first, end)
    if (pair.source_language, pair.target_language) in ADJECTIVES_BEHIND:
        return place_behind_noun(part, first, end, caret)
    return caret


def insertion_point(links: WordLinks, words: list[Token], first: int, end: int) -> int:
    """Return where in the target the words of source tokens ``first`` to ``end`` belong.

    It is after the translation of the word before them. At the start of the source, or where the
    word before is far away, it is before the translation of the words after, and before the words
    there that translate nothing.
    """
    places = dict(links.links)
    linked = sorted(places)
    before = linked[: bisect_left(linked, first)]
    after = linked[bisect_left(linked, end) :][:FOLLOWING_LINKS]
    if before:
        nearest = before[-1]
        if _is_nearer(first - nearest, after, end):
            return words[places[nearest]].end
    at = min((places[i] for i in after), default=0)
    if not before and at <= FOLLOWING_LINKS:
        return 0
    return words[_skip_unlinked(at, set(places.values()))].start


def _is_nearer(distance: int, after: list[int], end: int) -> bool:
    """Return whether the linked word before the run is at least as near as the first after it."""
    if not after:
        return True
    return distance <= after[0] - end + 1


def _skip_unlinked(at: int, linked: set[int]) -> int:
    """Return the first of the words right before word ``at`` that translate nothing."""
    while at and at - 1 not in linked:
        at -= 1
    return at
