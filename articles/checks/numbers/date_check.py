"""Weekdays, months and times of day that differ between source and target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from articles.checks.numbers.centuries import differing_periods
from articles.checks.numbers.comparison import comparison
from articles.checks.numbers.numeral import Numeral
from articles.checks.numbers.numeral_words import MONTHS, SHORT_MONTHS, WEEKDAYS, months
from articles.checks.numbers.numerals import numerals
from articles.checks.numbers.quantities import Quantity
from articles.checks.registry import (
    BOTH_WAYS,
    FROM_ENGLISH,
    ArticleFacts,
    Finding,
    Pair,
    check,
    mistranslation,
)
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

# Short forms, which need their full stop: "on Sat.", not "they sat.". Names that are looked up are
# matched in ASCII: elsewhere "s" in either case is also the long ſ, "i" the ı without its dot.
_SHORT_WEEKDAYS = {
    "en": re.compile(
        r"\b(?:on|until|till|by|since|from|to|and|this|last|next|every|early|late|through) "
        r"(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\."
    ),
    "fr": re.compile(r"\b((?a:lun|mar|mer|jeu|ven|sam|dim))\.(?= \d)", re.I),
}
_SHORT_MONTH_BEFORE = re.compile(r"(?:\d\.?|\b(?:in|by|until|since|en|de|im|seit|bis)) $", re.I)
_DATE_IN_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
_DIGIT = re.compile(r" ?\d")
# As agencies write them: "Nov 29", "29 Nov"; "sept" alone is seven in French.
_DAY_AND_SHORT_MONTH = re.compile(
    r"\b(?:\d{1,2} (?P<after>[A-Z][a-z]{2,3})|(?P<before>[A-Z][a-z]{2,3}) \d{1,2})\b"
)
_DAY_AFTER = re.compile(r" (?:\d|1er\b)")
_GERMAN_WEEKDAY = re.compile(
    r"\b((?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)(s?[a-zäöü]{3,})"
)
_SPOKEN_TIME = re.compile(
    r"\b(?:half|quarter|past|noon|midday|midnight|demie|quart|midi|minuit|halb|Viertel|"
    r"Mittag|Mitternacht|media|cuarto|mediodía|medianoche)\b",
    re.I,
)
_BESIDE_A_DAY = re.compile(
    r"\bday (?P<where>after|before|following|preceding) (?:[\w’'-]+ ){0,5}?"
    rf"(?P<name>(?a:{'|'.join(WEEKDAYS['en'])}))\b",
    re.I,
)
"""A weekday that French may name by the one beside it: "a day after Sunday" is *lundi*."""
_PART_OF_DAY = re.compile(r"\b(?:soir\w*|après[- ]midi|nuit\w*|matin\w*|GMT|UTC|aube)\b", re.I)
_AT = re.compile(
    r"(?:\b(?:à|vers|dès|avant|entre)|jusqu[’']à|\bentre \d\d? (?:heures?|h) et) \Z", re.I
)
"""Words after which "2 heures" is a time of day; *après 2 heures* may be a duration."""
_AT_REACH = 20
"""Letters before a time in which such a word stands."""
_HOUR = re.compile(r"\d+")
_HALF_DAY = 12 * 60
_WRONG_SCORE = 0.85
_TIME_IN_WORDS = re.compile(
    r"\b[^\W\d_]+ (?:de la (?:tarde|mañana|noche|madrugada)|Uhr|o[’']clock|in the (?:morning"
    r"|afternoon|evening))\b"
)
# "may" and "march" are verbs too, "mars" a planet: they are months only in these contexts.
_BEFORE_MONTH = (
    r"(?:\d|(?i:\b(?:in|of|since|until|by|last|next|this|early|late|mid|and|from|to|between)))[ -]"
)
_AMBIGUOUS = {
    "may": re.compile(rf"{_BEFORE_MONTH}May\b|\bMay(?=,? \d)"),
    "march": re.compile(rf"{_BEFORE_MONTH}March\b|\bMarch(?=,? \d)"),
    "mars": re.compile(r"\bmars\b"),
    # French writes no capital here, German always does.
    "mai": re.compile(r"\bmai\b|\bMai\b"),
}


@check(
    id="dates",
    type="Mistranslation",
    severity="major",
    title=_("Wrong date or time"),
    help=_(
        "Compares weekdays, months, centuries, decades and times of day; “3 pm” and “15 h” are "
        "the same, and so are “noon” and “midi”."
    ),
    languages=BOTH_WAYS,
    measured=FROM_ENGLISH,
    examples=(
        (
            "They met on Monday.",
            "Ils se sont vus mardi.",
            "Date differs: Monday → mardi",
        ),
        (
            "Doors open at 3 pm.",
            "Ouverture des portes à 16 h.",
            "Time differs: 3 pm → 16 h",
        ),
        ("Doors open at 3:30 pm.", "Ouverture des portes à 15 h 30.", ""),
    ),
)
def dates(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report weekdays, months, centuries and times without an equal on the other side."""
    for find in (_weekdays, _months):
        source = find(pair.source, pair.source_language)
        target = find(pair.target, pair.target_language)
        if find is _weekdays:
            _leave_out_days_beside(pair.source, source, target)
        yield from _compare_names(pair, source, target)
    yield from differing_periods(pair)
    yield from _compare_times(pair)
    if (pair.source_language, pair.target_language) == ("en", "fr"):
        yield from _half_days(pair)


def _leave_out_days_beside(
    text: str, source: dict[int, list[Span]], target: dict[int, list[Span]]
) -> None:
    """Take out of both the days of "a day after Sunday" that French says as *lundi* or leaves out.

    A target that names any third day is wrong, and keeps them.
    """
    for match in _BESIDE_A_DAY.finditer(text):
        day = WEEKDAYS["en"].index(match["name"].lower())
        is_after = match["where"].lower() in ("after", "following")
        beside = (day + 1 if is_after else day - 1) % len(WEEKDAYS["en"])
        named = source.keys() | {beside}
        if day in target or not target.keys() <= named:
            continue
        source.pop(day, None)
        if beside not in source:
            target.pop(beside, None)


def _compare_times(pair: Pair) -> Iterator[Finding]:
    """Yield times of day that are wrong, missing or added."""
    found = comparison(pair)
    times = [each for each in found.target if _may_be_time(each)]
    for left in found.source:
        if not left.is_time:
            continue
        if times:
            right = times.pop(0)
            message = _("Time differs: %(source)s → %(target)s")
            yield mistranslation("dates", message, _WRONG_SCORE, pair, left.span, right.span)
        elif not _TIME_IN_WORDS.search(pair.target):
            message = _("Time missing: “%(source)s”")
            yield _missing(message, 0.55, left.words, left.span)
    if not _may_name_a_time(pair.source, found.source):
        yield from _added_times(times)


def _half_days(pair: Pair) -> Iterator[Finding]:
    """Yield times after noon that French, which counts to 24, says as those before noon.

    "2.30pm" is *14 h 30*, and *2 h 30* only beside *de l’après-midi*; "12.30am" is *0 h 30*.
    """
    if _PART_OF_DAY.search(pair.target):
        return
    known = _by_clock(numerals(pair.source, "en"))
    found = list(numerals(pair.target, "fr"))
    written = {_minutes_as_written(each, pair.target) for each in found}
    for right in found:
        said = _time_as_written(right, pair.target)
        if said is None or said in known:
            continue
        meant = (said + _HALF_DAY) % (2 * _HALF_DAY)
        left = known.get(meant)
        if left and meant not in written:
            span = Span(right.start, right.end)
            yield _other_half(pair, Span(left.start, left.end), span, meant)


def _by_clock(numbers: Iterable[Numeral]) -> dict[int, Numeral]:
    """Return the first number of each time of day, without those that may be one of two."""
    found: dict[int, Numeral] = {}
    for number in numbers:
        if len(number.clock) == 1:
            (minutes,) = number.clock
            found.setdefault(minutes, number)
    return found


def _time_as_written(number: Numeral, text: str) -> int | None:
    """Return the minutes after midnight of a French time of day by the hour that it names.

    None for what may be a duration: "3 heures" without a word such as "à" before it.
    """
    if number.values and not _AT.search(text, max(0, number.start - _AT_REACH), number.start):
        return None
    return _minutes_as_written(number, text)


def _minutes_as_written(number: Numeral, text: str) -> int | None:
    """Return the minutes after midnight of what may be a time of day, None of another number."""
    hour = _HOUR.match(text, number.start)
    if not number.clock or not hour:
        return None
    minute = min(number.clock) % 60
    return int(hour[0]) % 24 * 60 + minute


def _other_half(pair: Pair, left: Span, right: Span, meant: int) -> Finding:
    """Return the finding of a time that is twelve hours off, with the right one."""
    message = _("Time differs: %(source)s → %(target)s")
    found = mistranslation("dates", message, _WRONG_SCORE, pair, left, right)
    hour = _HOUR.sub(str(meant // 60), right.of(pair.target), count=1)
    return replace(found, remedy=((right, hour),))


def _may_name_a_time(text: str, left_over: Iterable[Quantity]) -> bool:
    """Return whether the text names a time in words, or an hour in figures without "pm"."""
    if _SPOKEN_TIME.search(text):
        return True
    return any(each.number.kind == "digits" for each in left_over)


def _added_times(times: Iterable[Quantity]) -> Iterator[Finding]:
    for right in times:
        if right.is_time:
            message = _("Time added: “%(target)s”")
            yield _added(message, 0.5, right.words, right.span)


def _may_be_time(quantity: Quantity) -> bool:
    if quantity.number.clock:
        return True
    return quantity.unit is not None and quantity.unit.name == "hour"


def _weekdays(text: str, language: str) -> dict[int, list[Span]]:
    """Return where each weekday is named, by its number from 0."""
    names: dict[str, int] = {}
    for number, name in enumerate(WEEKDAYS.get(language, ())):
        names[name] = number
        names[name + "s"] = number
    if language == "de":
        text = _without_second_halves(text)
    found = _find(text, names)
    for short in _SHORT_WEEKDAYS[language].finditer(text) if language in _SHORT_WEEKDAYS else ():
        beginning = short[1].lower()
        number = next(names[name] for name in names if name.startswith(beginning))
        found.setdefault(number, []).append(Span(*short.span(1)))
    return found


def _without_second_halves(text: str) -> str:
    """Return a German text with blanks for what is joined to a weekday: Freitagsausgabe, -abend.

    It is as long as ``text``.
    """
    return _GERMAN_WEEKDAY.sub(lambda match: match[1] + " " * len(match[2]), text)


def _months(text: str, language: str) -> dict[int, list[Span]]:
    """Return where each month is named, by its number from 1.

    Short forms need a full stop, and in English may have a day instead.
    """
    found = _find(text, months(language))
    short_months = SHORT_MONTHS.get(language, {})
    if language == "en":
        for match in _DAY_AND_SHORT_MONTH.finditer(text):
            group = match.lastgroup or ""
            month = short_months.get(match[group].lower())
            if month is not None:
                found.setdefault(month, []).append(Span(*match.span(group)))
    for name, number in short_months.items():
        for match in re.finditer(rf"\b{name}\.", text, re.I):
            if _SHORT_MONTH_BEFORE.search(
                text, max(0, match.start() - 10), match.start()
            ) or _DIGIT.match(text, match.end()):
                span = Span(match.start(), match.start() + len(name))
                found.setdefault(number, []).append(span)
    return found


def _find(text: str, names: Mapping[str, int]) -> dict[int, list[Span]]:
    """Return where each of the ``names`` stands, by its number."""
    found: dict[int, list[Span]] = {}
    in_context: dict[str, set[int]] = {}
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match.group().lower()
        number = names.get(word)
        if number is None:
            continue
        if word in _AMBIGUOUS:
            if word not in in_context:
                in_context[word] = _month_contexts(word, text)
            if match.start() not in in_context[word]:
                continue
        found.setdefault(number, []).append(Span(*match.span()))
    return found


def _month_contexts(word: str, text: str) -> set[int]:
    """Return the offsets at which an ambiguous word is a month."""
    offsets: set[int] = set()
    for context in _AMBIGUOUS[word].finditer(text):
        offsets.update(range(*context.span()))
    return offsets


def _compare_names(
    pair: Pair, source: dict[int, list[Span]], target: dict[int, list[Span]]
) -> Iterator[Finding]:
    """Yield the days or months that only one side names.

    One of each side together are a wrong date; the others are missing or added.
    """
    only_source = _only_in_source(pair, source, target)
    only_target = []
    for number, spans in target.items():
        if number not in source and not _is_in_figures(number, pair.source):
            only_target.append(spans[0])

    for left, right in zip(only_source, only_target, strict=False):
        message = _("Date differs: %(source)s → %(target)s")
        found = mistranslation("dates", message, _WRONG_SCORE, pair, left, right)
        name = _name_of(left.of(pair.source), pair)
        yield replace(found, remedy=((right, name),)) if name else found
    for left in only_source[len(only_target) :]:
        message = _("Date missing: “%(source)s”")
        yield _missing(message, 0.55, left.of(pair.source), left)
    for right in only_target[len(only_source) :]:
        message = _("Date added: “%(target)s”")
        # A night may get a second day: Thursday night, la nuit de jeudi à vendredi. And a date
        # may get its weekday: 15 November, mardi 15 novembre.
        is_expected = set(source) & set(target) or _DAY_AFTER.match(pair.target, right.end)
        score = 0.3 if is_expected else 0.55
        yield _added(message, score, right.of(pair.target), right)


def _name_of(word: str, pair: Pair) -> str:
    """Return the day or month in the language of the target, "" where it is not known."""
    lowered = word.lower()
    for names in (WEEKDAYS, MONTHS):
        ours = names.get(pair.source_language, [])
        theirs = names.get(pair.target_language, [])
        if lowered in ours and theirs:
            name = theirs[ours.index(lowered)]
            return name.capitalize() if pair.target_language == "en" else name
    return ""


def _only_in_source(
    pair: Pair, source: dict[int, list[Span]], target: dict[int, list[Span]]
) -> list[Span]:
    found = []
    for number, spans in source.items():
        if number not in target and not _is_expressed_otherwise(pair, number, spans[0]):
            found.append(spans[0])
    return found


def _is_expressed_otherwise(pair: Pair, number: int, span: Span) -> bool:
    """Return whether the name is kept (Black Friday) or written in figures (11/10/2013)."""
    if re.search(rf"\b{span.of(pair.source)}\b", pair.target):
        return True
    numbers = numerals(pair.target, pair.target_language)
    figures = [each for each in numbers if each.kind == "digits"]
    if len(figures) < 3:
        return False
    return any(number in each.values for each in figures)


def _is_in_figures(number: int, text: str) -> bool:
    """Return whether ``text`` writes a date with this day or month in figures: 9/11."""
    return any(str(number) in match.groups() for match in _DATE_IN_FIGURES.finditer(text))


def _missing(message: str, score: float, words: str, span: Span) -> Finding:
    return Finding("dates", "Omission", "major", score, message, {"source": words}, (span,))


def _added(message: str, score: float, words: str, span: Span) -> Finding:
    return Finding("dates", "Addition", "major", score, message, {"target": words}, (), (span,))
