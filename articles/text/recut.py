"""Cutting a corrected text where the text it was made from is cut: no word is lost, none comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from articles.text.diff import Edit, edits
from articles.text.document import Span


def transfer_parts(before: str, parts: Sequence[Span], after: str) -> list[Span]:
    """Where the ``parts`` of ``before`` stand in ``after``, which was made from it.

    ``parts`` are in order, from the beginning of ``before`` to its end, with gaps between them. An empty part is a
    place where words are missing: it gets the words that were put in there. The answer covers all of ``after`` but its
    gaps: the same gaps where ``after`` has them, else the blanks at the place.
    """
    if before == after:
        return list(parts)
    changes = edits(before, after)
    starts, ends = [0], []
    for left, right in pairwise(parts):
        seam = _seam(left, right, before, after, changes, at=starts[-1])
        ends.append(seam.start)
        starts.append(seam.end)
    return [Span(*both) for both in zip(starts, [*ends, len(after)], strict=True)]


def _seam(
    left: Span, right: Span, before: str, after: str, changes: Sequence[Edit], *, at: int
) -> Span:
    """The gap of ``after`` between two parts, not before ``at``."""
    first = max(at, _reach(left.end, changes)[0])
    last = max(first, _reach(right.start, changes)[1])
    if left.start == left.end:
        return Span(last, last)
    if right.start == right.end:
        return Span(first, first)
    gap, mark = before[left.end : right.start], before[left.end - 1]
    places = [c for c in _places(gap, after) if c >= at]
    blanks = _blanks(after, next((c for c in range(first, last) if after[c].isspace()), first), at)
    inside = [c for c in places if first <= c <= last - len(gap)]
    if chosen := inside or ([] if blanks.start < blanks.end else places):
        # Best after the same letter or full stop, then near.
        start = min(chosen, key=lambda c: (after[c - 1 : c] != mark, abs(c - first)))
        return Span(start, start + len(gap))
    return blanks


def _blanks(text: str, place: int, at: int) -> Span:
    """The blanks around a place, those before ``at`` left out; empty when there are none."""
    start = end = place
    while start > at and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return Span(start, end)


def _places(gap: str, after: str) -> list[int]:
    """Everywhere that the gap stands; nowhere for the empty gap."""
    return [c for c in range(len(after)) if after.startswith(gap, c)] if gap else []


def _reach(place: int, changes: Sequence[Edit]) -> tuple[int, int]:
    """The first and last place of the new text that may stand for a place of the old one: before and after what was
    put in there, at either end of what replaced the words around it."""
    shift = 0
    for span, text in changes:
        if place < span.start or (place == span.start < span.end):
            break
        if place < span.end:
            return span.start + shift, span.start + shift + len(text)
        if span.start == span.end == place:
            return place + shift, place + shift + len(text)
        shift += len(text) - (span.end - span.start)
    return place + shift, place + shift
