"""Centuries and decades that differ: the seventeenth century as *XVIIIe*, the 1880s as *1980*.

The comparison of numbers passes them over: an ordinal in words is often no number, and two figures
of a decade say the same as four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.checks.numbers.numeral_words import ROMAN_UNITS, number_words
from articles.checks.registry import Finding, Pair, mistranslation
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SCORE = 0.8
LAST_CENTURY = 21
_REACH = 40
"""Letters before "century" in which its ordinals stand: "the sixteenth and seventeenth"."""
_CENTURY = {
    "en": re.compile(r"\bcentur(?:y|ies)\b", re.I),
    "fr": re.compile(r"\bsiècles?\b", re.I),
    "de": re.compile(r"\bJahrhunderts?(?:en?)?\b"),
}
_DECADE = {
    "en": re.compile(r"\b(?P<year>(?:1[5-9]|20)?\d0)s\b"),
    "fr": re.compile(r"\bannées (?P<year>(?:1[5-9]|20)?\d0)\b", re.I),
    "de": re.compile(r"\b(?P<year>(?:1[5-9]|20)?\d0)er\b"),
}
_WORD = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = frozenset(
    "th st nd rd e er ème ième and to or the early mid late et au ou à le du und bis oder".split()
)
"""What may stand between two ordinals of centuries, and behind their figures."""
_ROMAN = re.compile(r"(?P<tens>X{0,2})(?P<units>IX|IV|V?I{0,3})(?:e|er|ème)?\Z")

Places = Mapping[int, Span]


def differing_periods(pair: Pair) -> Iterator[Finding]:
    """Yield a century, then a decade, where each side names one that the other does not have."""
    message = _("Date differs: %(source)s → %(target)s")
    for find in (centuries, decades):
        source = find(pair.source, pair.source_language)
        target = find(pair.target, pair.target_language)
        lost = source.keys() - target.keys()
        added = target.keys() - source.keys()
        if lost and added:
            here, there = source[min(lost)], target[min(added)]
            yield mistranslation("dates", message, SCORE, pair, here, there)


def centuries(text: str, language: str) -> Places:
    """Return the centuries that the text names by their numbers, with the places of these."""
    noun = _CENTURY.get(language)
    if noun is None:
        return {}
    found: dict[int, Span] = {}
    for match in noun.finditer(text):
        start = max(0, match.start() - _REACH)
        words = [*_WORD.finditer(text, start, match.start())]
        for value, place in _ordinals_before(words, language):
            found.setdefault(value, place)
    return found


def decades(text: str, language: str) -> Places:
    """Return the first years of the decades that the text names, with their places.

    Two figures mean the twentieth century: "the 80s".
    """
    pattern = _DECADE.get(language)
    if pattern is None:
        return {}
    found: dict[int, Span] = {}
    for match in pattern.finditer(text):
        year = int(match["year"])
        if year < 100:
            year += 1900
        found.setdefault(year, Span(*match.span("year")))
    return found


def _ordinals_before(words: list[re.Match[str]], language: str) -> Iterator[tuple[int, Span]]:
    """Yield the ordinals that stand right before a century, the nearest first."""
    known = number_words(language).small
    left = list(words)
    while left:
        last = left.pop()
        place = Span(*last.span())
        value = _ordinal(last.group(), known)
        joined = known.get(f"{left[-1].group()} {last.group()}".lower(), 0) if left else 0
        if joined:
            value = joined
            place = Span(left.pop().start(), place.end)
        if 0 < value <= LAST_CENTURY:
            yield value, place
        elif last.group().lower() not in _BETWEEN:
            return


def _ordinal(word: str, known: Mapping[str, int]) -> int:
    """Return the number that a word says in figures, in Roman ones or as an ordinal; else 0."""
    if word.isdigit():
        return int(word)
    roman = _ROMAN.match(word)
    if roman and roman["tens"] + roman["units"]:
        return 10 * len(roman["tens"]) + ROMAN_UNITS.index(roman["units"])
    return known.get(word.lower(), 0)
