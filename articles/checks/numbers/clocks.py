"""Times of day as each language writes them: 3 pm, 3:30, 15 h 30."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from articles.checks.numbers.numeral import NONE, Numeral
from articles.checks.numbers.numeral_words import HOURS_IN_WORDS, NumberWords


def clocks(text: str, table: NumberWords) -> Iterator[Numeral]:
    """Yield times of day: 3 pm, 3:30, 15 h 30."""
    for pattern in table.clocks:
        for match in pattern.finditer(text):
            if _hour(match["h"]) <= 24:
                yield _clock(match)


def _clock(match: re.Match[str]) -> Numeral:
    """Return a time of day.

    "15 heures" may also be a duration of fifteen hours, so it keeps that value.
    """
    parts = match.groupdict()
    hour = _hour(parts["h"])
    minute = parts.get("m")
    half = _half_of_day(parts)
    values = NONE
    if not minute and not half:
        values = frozenset({Fraction(hour)})
    clock = _minutes(hour, int(minute or 0), half)
    return Numeral(match.start(), match.end(), values, "digits", clock=clock)


def _hour(written: str) -> int:
    """Return the hour of a time, in figures or in an English word."""
    if written.isdigit():
        return int(written)
    return HOURS_IN_WORDS.index(written.lower())


def _half_of_day(parts: dict[str, str | None]) -> str:
    """Return "a" for before noon, "p" for after noon, "" where the text does not say."""
    half = parts.get("half")
    if half:
        return half.lower()
    if parts.get("am"):
        return "a"
    if parts.get("pm"):
        return "p"
    return ""


def _minutes(hour: int, minute: int, half: str) -> frozenset[int]:
    """Return the times, in minutes after midnight, that an hour and a minute may mean."""
    if half == "a":
        hours = {hour % 12}
    elif half == "p":
        hours = {hour % 12 + 12}
    elif hour <= 12:
        hours = {hour % 24, (hour + 12) % 24}
    else:
        hours = {hour % 24}
    return frozenset(each * 60 + minute for each in hours)
