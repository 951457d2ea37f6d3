"""Weekdays, months and times of day that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from articles.checks.numbers.check import BOTH_WAYS, comparison
from articles.checks.numbers.numerals import months, numerals
from articles.checks.numbers.quantities import Quantity
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
}
_SHORT = {
    "en": {
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    "fr": {
        "janv": 1,
        "févr": 2,
        "fév": 2,
        "avr": 4,
        "juil": 7,
        "sept": 9,
        "oct": 10,
        "nov": 11,
        "déc": 12,
    },
}
# "may" and "march" are verbs too, "mars" a planet: they count as months only in such company.
_BEFORE_MONTH = (
    r"(?:\d|(?i:\b(?:in|of|since|until|by|last|next|this|early|late|mid|and|from|to|between)))[ -]"
)
_UNSURE = {
    "may": re.compile(rf"{_BEFORE_MONTH}May\b|\bMay(?=,? \d)"),
    "march": re.compile(rf"{_BEFORE_MONTH}March\b|\bMarch(?=,? \d)"),
    "mars": re.compile(r"\bmars\b"),
    "mai": re.compile(r"\bmai\b"),
}


@check(
    id="dates",
    type="Mistranslation",
    severity="major",
    title=_("Wrong date or time"),
    help=_(
        "Compares weekdays, months and times of day; 3 pm and 15 h are the same, and so are noon and midi."
    ),
    languages=BOTH_WAYS,
    examples=(
        (
            "They met on Monday.",
            "Ils se sont vus mardi.",
            "Possible wrong date: “Monday” became “mardi”.",
        ),
        (
            "Doors open at 3 pm.",
            "Ouverture des portes à 16 h.",
            "Possible wrong time: “3 pm” became “16 h”.",
        ),
        ("Doors open at 3:30 pm.", "Ouverture des portes à 15 h 30.", ""),
    ),
)
def dates(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Weekdays, then months, then times, that found no equal on the other side."""
    yield from _compare(
        pair,
        _weekdays(pair.source, pair.source_language),
        _weekdays(pair.target, pair.target_language),
    )
    yield from _compare(
        pair, _months(pair.source, pair.source_language), _months(pair.target, pair.target_language)
    )
    found = comparison(pair)
    times = [
        each
        for each in found.target
        if each.number.clock or (each.unit and each.unit.name == "hour")
    ]
    for ours in found.source:
        if ours.is_time and times:
            theirs = times.pop(0)
            yield _finding(
                _("Possible wrong time: “%(source)s” became “%(target)s”."),
                0.85,
                (ours.words, theirs.words),
                ours.span,
                theirs.span,
            )
        elif ours.is_time:
            yield _finding(
                _("Possible missing time: “%(source)s” is not in the translation."),
                0.55,
                (ours.words, ""),
                ours.span,
            )
    yield from _plain_hours(found.source, times)


def _plain_hours(source: list[Quantity], times: list[Quantity]) -> Iterator[Finding]:
    """A time of day in the target alone, beside an hour in the source that has no "pm" or the like."""
    for theirs in times:
        if theirs.is_time and not any(each.number.kind == "digits" for each in source):
            yield _finding(
                _("Possible added time: “%(target)s” is not in the source."),
                0.5,
                ("", theirs.words),
                None,
                theirs.span,
            )


def _weekdays(text: str, language: str) -> dict[int, list[Span]]:
    days = enumerate(_WEEKDAYS.get(language, ()))
    return _find(text, {name + plural: number for number, name in days for plural in ("", "s")})


def _months(text: str, language: str) -> dict[int, list[Span]]:
    found = _find(text, months(language))
    for name, number in _SHORT.get(language, {}).items():
        for match in re.finditer(rf"\b{name}\.(?= ?\d)|(?<=\d ){name}\.", text, re.I):
            found.setdefault(number, []).append(Span(match.start(), match.start() + len(name)))
    return found


def _find(text: str, names: Mapping[str, int]) -> dict[int, list[Span]]:
    """Where each of the ``names`` stands, by its number."""
    found: dict[int, list[Span]] = {}
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match.group().lower()
        number = names.get(word)
        if number is None or (word in _UNSURE and not _in_company(word, match, text)):
            continue
        found.setdefault(number, []).append(Span(*match.span()))
    return found


def _in_company(word: str, match: re.Match[str], text: str) -> bool:
    return any(each.start() <= match.start() < each.end() for each in _UNSURE[word].finditer(text))


def _compare(
    pair: Pair, source: dict[int, list[Span]], target: dict[int, list[Span]]
) -> Iterator[Finding]:
    """Names of days or months on one side only; two rivals are one wrong date, one alone is missing or added."""
    ours = [
        spans[0]
        for number, spans in source.items()
        if number not in target and not _said_otherwise(pair, number, spans[0])
    ]
    theirs = [spans[0] for number, spans in target.items() if number not in source]
    for left, right in zip(ours, theirs, strict=False):
        words = left.of(pair.source), right.of(pair.target)
        yield _finding(
            _("Possible wrong date: “%(source)s” became “%(target)s”."), 0.85, words, left, right
        )
    for left in ours[len(theirs) :]:
        words = left.of(pair.source), ""
        yield _finding(
            _("Possible missing date: “%(source)s” is not in the translation."), 0.55, words, left
        )
    for right in theirs[len(ours) :]:
        words = "", right.of(pair.target)
        score = (
            0.3 if set(source) & set(target) else 0.55
        )  # Thursday night: la nuit de jeudi à vendredi
        yield _finding(
            _("Possible added date: “%(target)s” is not in the source."), score, words, None, right
        )


def _said_otherwise(pair: Pair, number: int, span: Span) -> bool:
    """Kept as it is (a name: Black Friday), or a month written in figures (11/10/2013)."""
    kept = span.of(pair.source)
    figures = [
        each for each in numerals(pair.target, pair.target_language) if each.kind == "digits"
    ]
    return bool(re.search(rf"\b{kept}\b", pair.target)) or any(
        number in each.values for each in figures if len(figures) > 2
    )


def _finding(
    message: str,
    score: float,
    words: tuple[str, str],
    source: Span | None = None,
    target: Span | None = None,
) -> Finding:
    kind = "Mistranslation" if source and target else "Omission" if source else "Addition"
    values = {name: word for name, word in zip(("source", "target"), words, strict=True) if word}
    return Finding(
        "dates",
        kind,
        "major",
        score,
        message,
        values,
        (source,) if source else (),
        (target,) if target else (),
    )
