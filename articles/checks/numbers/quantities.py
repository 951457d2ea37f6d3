"""Which numbers of a source stand in its translation: equal, converted to another unit, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from articles.checks.numbers.numerals import Numeral, numerals
from articles.checks.numbers.units import UNITS, Unit, converts, unit_of
from articles.text.document import Span

_AND_INCHES = re.compile(
    r"[- ]?(?:feet|foot|ft\.?|['’])[- ]?(?:and )?", re.I
)  # 6-foot-6, 6ft 2in, 6'2"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit (None: not known), and the words of the text they stand on."""

    number: Numeral
    unit: Unit | None
    words: str

    @property
    def span(self) -> Span:
        """Where the number stands, without its unit."""
        return Span(self.number.start, self.number.end)

    @property
    def is_time(self) -> bool:
        """Written as a time of day and nothing else (3 pm, 15 h 30)."""
        return bool(self.number.clock) and not self.number.values


@dataclass(frozen=True)
class Comparison:
    """``pairs`` found each other, ``odd_format`` only by reading a separator the other language's way; the rest are
    left over."""

    pairs: list[tuple[Quantity, Quantity]]
    odd_format: list[tuple[Quantity, Quantity]]
    source: list[Quantity]
    target: list[Quantity]


@lru_cache(maxsize=512)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order, each with its unit."""
    found = numerals(text, language)
    listed: list[Quantity] = []
    for number, after in zip_longest(found, found[1:]):
        unit = unit_of(number, text, language, following=after)
        feet = listed[-1] if listed and listed[-1].unit == UNITS["foot"] else None
        if (
            feet
            and unit in (UNITS["inch"], None)
            and _AND_INCHES.fullmatch(text, feet.number.end, number.start)
        ):
            values = frozenset(
                foot + inch / 12 for foot in feet.number.values for inch in number.values
            )
            joined = replace(number, start=feet.number.start, values=values)
            listed[-1] = Quantity(joined, feet.unit, text[joined.start : joined.end])
        else:
            listed.append(Quantity(number, unit, text[number.start : number.end]))
    return tuple(listed)


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> Comparison:
    """Pair the numbers of two texts, surest first; hints ("half") fill in but are never left over."""
    rest_source, rest_target = list(source), list(target)
    pairs: list[tuple[Quantity, Quantity]] = []
    odd_format: list[tuple[Quantity, Quantity]] = []
    for same, into in (
        (_same_with_unit, pairs),
        (_same, pairs),
        (is_converted, pairs),
        (_loosely, odd_format),
    ):
        into += _take(rest_source, rest_target, same)
    hinted_source = [each for each in source if not _counts(each)]
    hinted_target = [each for each in target if not _counts(each)]
    left_source = [
        each
        for each in rest_source
        if _counts(each) and not any(_same(each, hint) for hint in hinted_target)
    ]
    left_target = [
        each
        for each in rest_target
        if _counts(each) and not any(_same(hint, each) for hint in hinted_source)
    ]
    return Comparison(pairs, odd_format, left_source, left_target)


def _counts(quantity: Quantity) -> bool:
    return quantity.number.kind != "hint"


def _take(
    source: list[Quantity], target: list[Quantity], same: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Move what is the ``same`` out of the two lists, each number once."""
    taken = []
    for each in list(source):
        partner = next((other for other in target if same(each, other)), None)
        if partner is not None:
            source.remove(each)
            target.remove(partner)
            taken.append((each, partner))
    return taken


def _same(left: Quantity, right: Quantity) -> bool:
    return bool(left.number.values & right.number.values or left.number.clock & right.number.clock)


def _same_with_unit(left: Quantity, right: Quantity) -> bool:
    return left.unit == right.unit and _same(left, right)


def is_converted(left: Quantity, right: Quantity) -> bool:
    """Whether the two say the same in different units."""
    return any(
        converts(value, left.unit, other, right.unit)
        for value in left.number.values
        for other in right.number.values
    )


def _loosely(left: Quantity, right: Quantity) -> bool:
    """Equal only when a separator is read the other language's way, or a year is cut to two figures."""
    ours, theirs = left.number, right.number
    if ours.values & theirs.loose or ours.loose & theirs.values:
        return True
    return any(
        converts(value, left.unit, other, right.unit)
        for value in ours.values
        for other in theirs.loose
    )
