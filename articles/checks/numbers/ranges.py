"""The two ends of a change that changed places: "from 60 to 62" told as *de 62 à 60*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from articles.checks.numbers.quantities import Quantity
from articles.text.document import Span

_FROM = re.compile(r"\bfrom (?:about |around |just |some |an? )?[£$€]?\Z", re.I)
_TO = re.compile(r"[^\n.;:,]{0,24}\bto (?:about |around |just |some |an? )?[£$€]?\Z", re.I)
_DE = re.compile(r"\b(?:de|d[’'])\s?\Z", re.I)
_A = re.compile(r"[^\n.;:,]{0,24}\bà (?:environ |quelque |près de )?\Z", re.I)
_LONGEST = 60
"""Letters before and between the numbers that are looked at."""

Ends = tuple[Span, Span]


def exchanged_ends(
    pairs: list[tuple[Quantity, Quantity]], source: str, target: str
) -> Iterator[Ends]:
    """Yield where English says "from … to …" and French the same with both numbers exchanged.

    ``pairs`` are the numbers that both texts have. Both places are from the first number to the
    second.
    """
    in_order = sorted(pairs, key=lambda pair: pair[0].number.start)
    for (first, later), (second, earlier) in pairwise(in_order):
        if not _are_joined(source, first, second, _FROM, _TO):
            continue
        if _are_joined(target, earlier, later, _DE, _A):
            yield _from_to(first, second), _from_to(earlier, later)
            return


def _are_joined(
    text: str, first: Quantity, second: Quantity, before: re.Pattern[str], between: re.Pattern[str]
) -> bool:
    """Return whether "from" stands before the first number, and "to" between the two."""
    start = first.number.start
    end = second.number.start
    letters = end - first.number.end
    if letters not in range(_LONGEST):
        return False
    if not before.search(text, max(0, start - _LONGEST), start):
        return False
    return between.fullmatch(text, first.number.end, end) is not None


def _from_to(first: Quantity, second: Quantity) -> Span:
    return Span(first.number.start, second.number.end)
