"""The numbers of a pair matched, with the times of a race and the names that both texts have."""

from __future__ import annotations

import re

from articles.checks.numbers.quantities import Comparison, Quantity, compare, quantities
from articles.checks.registry import Pair
from articles.text.document import Span

_RACE_TIME = re.compile(
    r"\d{1,2}(?::\d\d){1,2}(?:[.,]\d{1,3})?"
    r"|\d{1,3}[.,]\d{1,3}(?=\s?s(?:ec(?:onds?)?)?\b)"
    r"|(?:\d{1,2}\s?h(?:eures?)?\s?)?(?:\d{1,2}\s?(?:min(?:utes?)?|mn|[’'′])\s?)?"
    r"\d{1,2}\s?(?:s(?:ec(?:ondes?)?)?\b|[’'′]{2}|[\"”″])\s?(?:\d{1,3})?",
)
_CODE_NAME = re.compile(r"\b[A-Z]\w*-\d+[a-z]\b")


def comparison(pair: Pair) -> Comparison:
    """Return the pair's numbers, matched; for every check of quantities."""
    source = quantities(pair.source, pair.source_language)
    target = quantities(pair.target, pair.target_language)
    found = compare(source, target)
    for span, other in [*_equal_race_times(pair), *_equal_code_names(pair)]:
        found.source[:] = _outside(found.source, span)
        found.target[:] = _outside(found.target, other)
    return found


def _equal_race_times(pair: Pair) -> list[tuple[Span, Span]]:
    """Return the places of the times of a race that both texts have, whatever their marks.

    3:42.17 is 3 min 42 s 17; 9.81 seconds are 9 s 81.
    """
    target = _race_times(pair.target)
    equal = []
    for match in _RACE_TIME.finditer(pair.source):
        other = target.get(_figures(match.group()))
        if other:
            equal.append((Span(*match.span()), other))
    return equal


def _equal_code_names(pair: Pair) -> list[tuple[Span, Span]]:
    """Return the places of names with a number that both texts have: Tavi-4b, Kepler-22b."""
    equal = []
    for match in _CODE_NAME.finditer(pair.source):
        at = pair.target.find(match.group())
        if at >= 0:
            equal.append((Span(*match.span()), Span(at, at + len(match.group()))))
    return equal


def _race_times(text: str) -> dict[tuple[int, ...], Span]:
    """Return the places of the times of a race by their figures."""
    times = {}
    for match in _RACE_TIME.finditer(text):
        times[_figures(match.group())] = Span(*match.span())
    return times


def _figures(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def _is_inside(quantity: Quantity, span: Span) -> bool:
    return span.start <= quantity.span.start and quantity.span.end <= span.end


def _outside(found: list[Quantity], span: Span) -> list[Quantity]:
    """Return the numbers that are not inside ``span``."""
    return [each for each in found if not _is_inside(each, span)]
