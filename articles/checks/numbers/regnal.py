"""The number of a king, a pope or a ship that differs: Christian IV told as *Christian VI*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from articles.text.document import Span

_NUMBERED = re.compile(
    r"\b(?P<name>[A-Z][^\W\d_]{2,30})[ \u00a0\u202f]"
    r"(?P<numeral>[IVX]{2,5}\b|[VX]\b|I(?=er\b)|I(?=[’'.,;:)]))"
)
"""A single I is mostly the pronoun."""


def other_numerals(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Yield a name with its Roman number, and the same name in the target with other ones alone."""
    there = _by_name(target)
    here = _by_name(source)
    for name, numerals in here.items():
        others = there.get(name, {})
        if not others or not numerals.keys().isdisjoint(others):
            continue
        first = next(iter(numerals.values()))
        other = next(iter(others.values()))
        yield first, other


def _by_name(text: str) -> dict[str, dict[str, Span]]:
    """Return the places of names with a Roman number, by name and number."""
    found: dict[str, dict[str, Span]] = defaultdict(dict)
    for match in _NUMBERED.finditer(text):
        places = found[match["name"]]
        places.setdefault(match["numeral"], Span(*match.span()))
    return found
