"""A number in a text, with all values that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Values = frozenset[Fraction]
NONE: Values = frozenset()


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its place and the values that it may have.

    ``values`` are the plain ones, ``loose`` the unlikely ones (another language's separators, a
    year cut to two figures), ``clock`` those as a time of day, in minutes after midnight. ``kind``
    is "digits", "words" (written out), "vague" (thousands of) or "hint": a word that only
    sometimes is a number (half, both, March), so its absence is no fault.
    """

    start: int
    end: int
    values: Values
    kind: str
    loose: Values = NONE
    clock: frozenset[int] = frozenset()
