"""Splitting a corrected text at the places where the text that it was made from is split.

No word is lost, and none appears twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from articles.text.diff import Edit, edits
from articles.text.document import Span


def transfer_parts(before: str, parts: Sequence[Span], after: str) -> list[Span]:
    """Return where the ``parts`` of ``before`` are in ``after``, which was made from it.

    ``parts`` are in order, from the beginning of ``before`` to its end, with gaps between them. An
    empty part is a place where words are missing: it gets the words that were inserted there. The
    result covers all of ``after`` except its gaps: the same gaps where ``after`` has them, else the
    blanks at that place.
    """
    if before == after:
        return list(parts)
    changes = edits(before, after)
    starts = [0]
    ends: list[int] = []
    for left, right in pairwise(parts):
        gap = _find_gap(left, right, before, after, changes, not_before=starts[-1])
        ends.append(gap.start)
        starts.append(gap.end)
    ends.append(len(after))
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _find_gap(
    left: Span, right: Span, before: str, after: str, changes: Sequence[Edit], *, not_before: int
) -> Span:
    """Return the gap of ``after`` between two neighbouring parts of ``before``."""
    first = max(not_before, _range_in_new_text(left.end, changes)[0])
    last = max(first, _range_in_new_text(right.start, changes)[1])
    if left.start == left.end:
        return Span(last, last)
    if right.start == right.end:
        return Span(first, first)
    gap = before[left.end : right.start]
    places = [place for place in _occurrences(gap, after) if place >= not_before]
    latest = last - len(gap)
    candidates = [place for place in places if first <= place <= latest]
    blanks = _blanks_around(after, _first_blank(after, first, last), not_before)
    if not candidates and blanks.start == blanks.end:
        candidates = places
    if not candidates:
        return blanks
    start = _best_place(candidates, after, first, preceding=before[left.end - 1])
    return Span(start, start + len(gap))


def _best_place(candidates: Sequence[int], text: str, near: int, *, preceding: str) -> int:
    """Return the candidate after the character ``preceding``, else any; of several the nearest."""

    def rank(place: int) -> tuple[bool, int]:
        return text[place - 1 : place] != preceding, abs(place - near)

    return min(candidates, key=rank)


def _first_blank(text: str, start: int, end: int) -> int:
    """Return the first blank from ``start`` to ``end``, or ``start`` when there is none."""
    for place in range(start, end):
        if text[place].isspace():
            return place
    return start


def _blanks_around(text: str, place: int, not_before: int) -> Span:
    """Return the span of the blanks around a place; an empty span when there are none."""
    start = not_before + len(text[not_before:place].rstrip())
    end = len(text) - len(text[place:].lstrip())
    return Span(start, end)


def _occurrences(gap: str, text: str) -> list[int]:
    """Return every place of the gap in a text, overlapping ones too; none for the empty gap."""
    places: list[int] = []
    place = text.find(gap) if gap else -1
    while place >= 0:
        places.append(place)
        place = text.find(gap, place + 1)
    return places


def _range_in_new_text(place: int, changes: Sequence[Edit]) -> tuple[int, int]:
    """Return the first and last place of the new text that an old place may correspond to.

    They are before and after what was inserted there, or at either end of what replaced the words
    around it.
    """
    shift = 0
    for span, text in changes:
        if place < span.start or (place == span.start < span.end):
            break
        if place < span.end:
            start = span.start + shift
            return start, start + len(text)
        if span.start == span.end == place:
            start = place + shift
            return start, start + len(text)
        shift += len(text) - (span.end - span.start)
    return place + shift, place + shift
