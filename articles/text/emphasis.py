"""Emphasis and links in a document: what its file sets off, as stretches of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

ITALIC = "italic"
BOLD = "bold"
LINK = "link"
LONGEST_ADDRESS = 500


class Emphasis(NamedTuple):
    """Words in italics or bold, or a link to ``address``: ``text[start:end]``, in code points."""

    start: int
    end: int
    kind: str
    address: str = ""


def in_lines(text: str, found: Iterable[Emphasis]) -> list[Emphasis]:
    """Return the emphasis in order, none over a line end, and none inside one of its own kind.

    Longer addresses than LONGEST_ADDRESS are left out; their words remain links.
    """
    kept: list[Emphasis] = []
    ends = dict.fromkeys((ITALIC, BOLD, LINK), 0)
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        start = max(each.start, ends[each.kind])
        ends[each.kind] = max(ends[each.kind], each.end)
        address = each.address if len(each.address) <= LONGEST_ADDRESS else ""
        at = start
        for line in text[start : each.end].split("\n"):
            if line.strip():
                kept.append(Emphasis(at, at + len(line), each.kind, address))
            at += len(line) + 1
    return sorted(kept)


def split_emphasis(
    start: int, end: int, emphasis: Iterable[Emphasis]
) -> Iterator[tuple[int, int, list[Emphasis]]]:
    """Yield the stretches of ``start`` to ``end`` with the emphasis over each."""
    inside = []
    cuts = {start, end}
    for each in emphasis:
        first = max(start, each.start)
        last = min(end, each.end)
        if first < last:
            inside.append(each)
            cuts.update((first, last))
    for first, last in pairwise(sorted(cuts)):
        over = [each for each in inside if each.start <= first < each.end]
        yield first, last, over
