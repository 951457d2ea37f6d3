"""A fraction whose lower number was taken for a percentage: "fell by a fifth", *baisse de 5 %*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.checks.numbers.quantities import Quantity
from articles.text.document import Span

_FRACTION = re.compile(
    r"\b(?:an?|one|two|three|four) (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\Z",
    re.I,
)
_PER_CENT = re.compile(r"\s?(?:%|pour ?cent|percent|Prozent|por ciento)")
_LONGEST = 24
"""Letters of the longest such fraction."""


def misread_shares(
    pairs: list[tuple[Quantity, Quantity]], source: str, target: str
) -> Iterator[tuple[Span, Span]]:
    """Yield the English fractions that are told as a percentage of the same figure.

    ``pairs`` are the numbers that are equal: "a fifth" is 20 %, and has its 5 in common with 5 %.
    """
    for share, other in pairs:
        if other.unit is None or other.unit.name != "%":
            continue
        end = share.number.end
        fraction = _FRACTION.search(source, max(0, end - _LONGEST), end)
        if fraction and share.number.values & other.number.values:
            sign = _PER_CENT.match(target, other.number.end)
            told_end = sign.end() if sign else other.number.end
            yield Span(*fraction.span()), Span(other.number.start, told_end)
