"""The numbers of two texts matched: equal, converted to another unit, or left over."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product, zip_longest

from articles.checks.numbers.numeral import Numeral, Values
from articles.checks.numbers.numerals import numerals
from articles.checks.numbers.units import UNITS, Unit, converts, unit_of
from articles.text.document import Span
from articles.text.recent import keep_recent

_TENS = re.compile(r"(\d0)[’']?s")
_LARGEST_DENOMINATOR = 20
_MOST_COMPARED = 100
"""Numbers of a text without an equal one that are compared with each of the other text's."""
_AND_INCHES = re.compile(r"[- ]?(?:feet|foot|ft\.?|['’])[- ]?(?:and )?", re.I)

Key = tuple[str, Fraction | int]
"""What makes numbers equal: "value" or "clock", and the number."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit (None where unknown) and the words that the number is written with."""

    number: Numeral
    unit: Unit | None
    words: str

    @property
    def span(self) -> Span:
        """The place of the number, without its unit."""
        return Span(self.number.start, self.number.end)

    @property
    def is_time(self) -> bool:
        """Whether it is written as a time of day and can be nothing else (3 pm, 15 h 30)."""
        return bool(self.number.clock) and not self.number.values


@dataclass(frozen=True)
class Comparison:
    """The matched numbers of two texts.

    ``pairs`` are equal or converted; ``odd_format`` are equal only when a separator is read the
    other language's way, or a year is cut to two figures; ``source`` and ``target`` are left over.
    """

    pairs: list[tuple[Quantity, Quantity]]
    odd_format: list[tuple[Quantity, Quantity]]
    source: list[Quantity]
    target: list[Quantity]


@keep_recent(lambda text, _language: len(text))
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the numbers of ``text`` in order, each with its unit."""
    found = numerals(text, language)
    result: list[Quantity] = []
    for number, following in zip_longest(found, found[1:]):
        unit = unit_of(number, text, language, following=following)
        if result and _are_feet_and_inches(result[-1], number, unit, text):
            result[-1] = _add_inches(result[-1], number, text)
        else:
            result.append(Quantity(number, unit, text[number.start : number.end]))
    return tuple(result)


def _are_feet_and_inches(feet: Quantity, number: Numeral, unit: Unit | None, text: str) -> bool:
    """Return whether ``number`` is the inches after ``feet``: 6-foot-6, 6ft 2in, 6'2"."""
    if feet.unit != UNITS["foot"]:
        return False
    if unit not in (UNITS["inch"], None):
        return False
    return bool(_AND_INCHES.fullmatch(text, feet.number.end, number.start))


def _add_inches(feet: Quantity, inches: Numeral, text: str) -> Quantity:
    """Return feet and inches as one quantity in feet."""
    values = set()
    for foot, inch in product(feet.number.values, inches.values):
        values.add(foot + inch / 12)
    joined = replace(inches, start=feet.number.start, values=frozenset(values))
    return Quantity(joined, feet.unit, text[joined.start : joined.end])


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> Comparison:
    """Match the numbers of two texts, surest first.

    Hints, words that only sometimes are numbers ("half"), may match but are never left over.
    """
    rest_source = list(source)
    rest_target = list(target)
    pairs: list[tuple[Quantity, Quantity]] = []
    for with_unit in (True, False):
        for same_kind in (True, False):
            pairs += _take_equal(rest_source, rest_target, with_unit=with_unit, same_kind=same_kind)
    # The other rules compare each number with each.
    unlike_source = rest_source[:_MOST_COMPARED]
    unlike_target = rest_target[:_MOST_COMPARED]
    for same in (is_converted, _are_one_share):
        pairs += _take_matches(unlike_source, unlike_target, same)
    odd_format = _take_matches(unlike_source, unlike_target, _are_loosely_equal)
    return Comparison(
        pairs,
        odd_format,
        _left_over([*unlike_source, *rest_source[_MOST_COMPARED:]], _hints(target)),
        _left_over([*unlike_target, *rest_target[_MOST_COMPARED:]], _hints(source)),
    )


def _hints(found: Sequence[Quantity]) -> list[Quantity]:
    return [each for each in found if each.number.kind == "hint"]


def _left_over(rest: list[Quantity], hints: list[Quantity]) -> list[Quantity]:
    """Return the numbers that are no hints, and that no hint of the other text equals."""
    hinted: set[Key] = set()
    for hint in hints:
        hinted |= _keys(hint)
    result = []
    for each in rest:
        if each.number.kind == "hint":
            continue
        if not _keys(each) & hinted:
            result.append(each)
    return result


def _partner(
    each: Quantity, others: Sequence[Quantity], same: Callable[[Quantity, Quantity], bool]
) -> Quantity | None:
    """Return the first of ``others`` that is the ``same``."""
    for other in others:
        if same(each, other):
            return other
    return None


def _take_matches(
    source: list[Quantity], target: list[Quantity], same: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Remove the numbers that are the ``same`` from both lists and return them in pairs."""
    matches = []
    for each in list(source):
        partner = _partner(each, target, same)
        if partner is not None:
            source.remove(each)
            target.remove(partner)
            matches.append((each, partner))
    return matches


def _take_equal(
    source: list[Quantity], target: list[Quantity], *, with_unit: bool, same_kind: bool
) -> list[tuple[Quantity, Quantity]]:
    """Remove the equal numbers from both lists and return them in pairs.

    Each is paired with the first that has a value in common with it, ``with_unit`` the unit, and
    with ``same_kind`` the kind: of "Sora 3 … the third" and "Sora 13 … la troisième" the words are
    equal, and the figures differ.
    """
    waiting: dict[tuple[Key, Unit | None, str], deque[int]] = defaultdict(deque)
    for at, other in enumerate(target):
        unit, kind = _unit_and_kind(other, with_unit=with_unit, same_kind=same_kind)
        for key in _keys(other):
            waiting[key, unit, kind].append(at)
    taken: set[int] = set()
    rest: list[Quantity] = []
    matches = []
    for each in source:
        unit, kind = _unit_and_kind(each, with_unit=with_unit, same_kind=same_kind)
        queues = [waiting[key, unit, kind] for key in _keys(each)]
        partner = _first_of(queues, taken)
        if partner is None:
            rest.append(each)
        else:
            taken.add(partner)
            matches.append((each, target[partner]))
    source[:] = rest
    target[:] = [other for at, other in enumerate(target) if at not in taken]
    return matches


def _unit_and_kind(
    quantity: Quantity, *, with_unit: bool, same_kind: bool
) -> tuple[Unit | None, str]:
    """Return what equal numbers must have in common beside a value; None and "" for nothing."""
    unit = None
    kind = ""
    if with_unit:
        unit = quantity.unit
    if same_kind:
        kind = quantity.number.kind
    return unit, kind


def _keys(quantity: Quantity) -> set[Key]:
    """Return what makes numbers equal: one of their values, or one of their times of day."""
    values: set[Key] = {("value", value) for value in quantity.number.values}
    return values | {("clock", value) for value in quantity.number.clock}


def _first_of(queues: Sequence[deque[int]], taken: set[int]) -> int | None:
    """Return the least number of the queues that is not taken, None for none."""
    first: int | None = None
    for queue in queues:
        while queue and queue[0] in taken:
            queue.popleft()
        if queue and (first is None or queue[0] < first):
            first = queue[0]
    return first


def is_converted(left: Quantity, right: Quantity) -> bool:
    """Return whether both are the same quantity in different units."""
    if _is_in_the_tens(left, right):
        return True
    if _is_in_the_tens(right, left):
        return True
    return _converts_any(left.number.values, left.unit, right.number.values, right.unit)


def _is_in_the_tens(tens: Quantity, degrees: Quantity) -> bool:
    """Return whether ``degrees`` Celsius lie in ten degrees Fahrenheit: the 80s are 26 to 32."""
    match = _TENS.fullmatch(tens.words)
    if not match:
        return False
    if degrees.unit is None:
        return False
    if degrees.unit.dimension != "temperature":
        return False
    lowest = int(match[1])
    for value in degrees.number.values:
        fahrenheit = value * 9 / 5 + 32
        if lowest - 2 <= fahrenheit <= lowest + 10:
            return True
    return False


def _are_one_share(left: Quantity, right: Quantity) -> bool:
    """Return whether one is a percentage and the other the words of its fraction: a fifth, 20 %."""
    if _is_in_words(left, right):
        return True
    return _is_in_words(right, left)


def _is_in_words(words: Quantity, share: Quantity) -> bool:
    """Return whether ``share`` is a percentage and ``words`` the words of its fraction."""
    if share.unit is None:
        return False
    if share.unit.name != "%":
        return False
    if words.number.kind != "words":
        return False
    return any(_is_share(value, share.number.values) for value in words.number.values)


def _is_share(value: Fraction, percentages: Values) -> bool:
    """Return whether ``value`` is the lower or the upper number of the fraction."""
    if not 2 <= value <= _LARGEST_DENOMINATOR:
        return False
    fractions = [1 / value, value / 3, value / 4, value / 5, value / 10]
    for fraction, percentage in product(fractions, percentages):
        if abs(100 * fraction - percentage) <= 1:
            return True
    return False


def _are_loosely_equal(left: Quantity, right: Quantity) -> bool:
    """Return whether the numbers are equal by an unlikely reading, in a unit or converted."""
    ours = left.number
    theirs = right.number
    if ours.values & theirs.loose:
        return True
    if ours.loose & theirs.values:
        return True
    return _converts_any(ours.values, left.unit, theirs.loose, right.unit)


def _converts_any(
    values: Values, unit: Unit | None, others: Values, other_unit: Unit | None
) -> bool:
    return any(converts(value, unit, other, other_unit) for value, other in product(values, others))
