"""Numbers as English and French write them: digits, words, ordinals, dozens, decades, clock times.

Nothing is rounded or guessed: a number keeps every way it can be read ("1,200" is 1200 in English, 1.2 in French;
"90s" is
90 or 1990), and who compares two texts chooses. A language without a table is read by its digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest

from articles.checks.numbers.numeral_words import MONTHS, NumberWords, number_words

Values = frozenset[Fraction]
NONE: Values = frozenset()


@dataclass(frozen=True)
class Numeral:
    """A number in a text: where it stands and how it can be read.

    ``values`` are its plain readings, ``loose`` the unlikely ones (another language's separators, a year cut to two
    figures), ``clock`` its readings as a time of day in minutes after midnight. ``kind``: "digits"; "words" written
    out; "vague" (thousands of…); "hint", a word that sometimes is a number (half, both, March) and never is missed.
    """

    start: int
    end: int
    values: Values
    kind: str
    loose: Values = NONE
    clock: frozenset[int] = frozenset()


def months(language: str) -> dict[str, int]:
    """The month names of ``language``, lower case, with their number 1…12; empty where unknown."""
    return {name: number for number, name in enumerate(MONTHS.get(language, ()), 1)}


_HALF = Fraction(1, 2)
# Hyphens and no-break spaces are read as blanks; one letter stays one letter, so that offsets hold.
_BLANKS = str.maketrans(dict.fromkeys("-‐‑\u00a0\u202f\u2009\n\t", " "))
_DIGITS = re.compile(
    r"(?<!\w)(?:"
    r"\d{1,3}(?:(?P<sep>[,.’'\u00a0\u202f\u2009 ])\d{3})(?:(?P=sep)\d{3})*(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?|[.]\d+(?!\d*[.]))"
)
_LONGEST = 100
"""Figures of one number; what is longer is a key or an attack, and Python reads no more than 4300 of them."""
_RANGE = re.compile(r" ?(?:to|and|or|à|et|ou|–|—)? ?(?:[$€£] ?)?")
_ROMAN = re.compile(r"\b(?=[IVX]{2}|[VX])(X{0,3})(IX|IV|V?I{0,3})(?:e|ème|th)?\b")
_DECADE = re.compile(r"[’']?s\b")
_FRACTION_MARKS = {
    "½": _HALF,
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}


def numerals(text: str, language: str) -> list[Numeral]:
    """The numbers of ``text`` in order. Overlaps are settled for the longer reading."""
    return list(_numerals(text, language))


@lru_cache(maxsize=512)
def _numerals(text: str, language: str) -> tuple[Numeral, ...]:
    table = number_words(language)
    flat = text.translate(_BLANKS).lower()
    if len(flat) != len(text):  # a letter whose small form is longer (İ): offsets would slip
        flat = text.translate(_BLANKS)
    flat = table.not_numbers.sub(lambda match: "%" * len(match.group()), flat)
    found = [
        *_clocks(text, table),
        *_in_figures_and_words(text, flat, table),
        *_hints(text, flat, table),
    ]
    kept: list[Numeral] = []
    for number in sorted(found, key=lambda each: (each.kind == "hint", each.start - each.end)):
        if all(number.end <= other.start or other.end <= number.start for other in kept):
            kept.append(number)
    return tuple(sorted(kept, key=lambda each: each.start))


def _clocks(text: str, table: NumberWords) -> Iterator[Numeral]:
    """Times of day: 3 pm, 3:30, 15 h 30. "15 heures" may also last fifteen hours and keeps that reading."""
    for pattern in table.clocks:
        for match in pattern.finditer(text):
            part = match.groupdict()
            hour, minute = int(part["h"]), int(part.get("m") or 0)
            if hour > 24:
                continue
            half = (
                part.get("half") or ("a" if part.get("am") else "p" if part.get("pm") else "")
            ).lower()
            hours = {"a": {hour % 12}, "p": {hour % 12 + 12}}.get(
                half, {hour % 24} | ({(hour + 12) % 24} if hour <= 12 else set())
            )
            values = NONE if half or part.get("m") else frozenset({Fraction(hour)})
            yield Numeral(
                match.start(),
                match.end(),
                values,
                "digits",
                clock=frozenset(h * 60 + minute for h in hours),
            )


@dataclass(frozen=True)
class _Atom:
    """A piece of a number: digits, a word below a hundred, or a scale."""

    start: int
    end: int
    kind: str
    value: Fraction
    loose: Values = NONE
    text: str = ""


def _in_figures_and_words(text: str, flat: str, table: NumberWords) -> Iterator[Numeral]:
    """Numbers made of one or more atoms: 12, twelve, 1.2 billion, two hundred and ten, une dizaine de milliers."""
    atoms = _atoms(text, flat, table)
    groups: list[list[_Atom]] = []
    for atom in atoms:
        if groups and _joined(groups[-1][-1], atom, flat, table):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    for group, after in zip_longest(groups, groups[1:]):
        number = _number(group, text, flat, table)
        shared = after[-1] if after and after[-1].kind == "scale" and len(group) == 1 else None
        if shared and _RANGE.fullmatch(flat, group[0].end, after[0].start):  # 4.1 to 4.2 billion
            number = replace(
                number, values=number.values | {value * shared.value for value in number.values}
            )
        yield number


def _atoms(text: str, flat: str, table: NumberWords) -> list[_Atom]:
    atoms = []
    for match in _DIGITS.finditer(text):
        if match.end() - match.start() > _LONGEST:
            continue
        value, loose = _read_digits(match.group(), table.group_marks)
        atoms.append(_Atom(match.start(), match.end(), "digits", value, loose, match.group()))
        after = re.match(r" ?([a-z]{1,3})(?=[ $€£.,;:!?)]|$)", flat[match.end() :])
        if (
            after
            and after[1] in table.abbreviations
            and not re.match(r" ?m\b(?![$€£])", after.group())
        ):
            end = match.end() + after.end()
            atoms.append(
                _Atom(
                    match.end() + after.start(1),
                    end,
                    "scale",
                    table.abbreviations[after[1]],
                    text=after[1],
                )
            )
        elif (
            after and after[1] == "m" and _is_money(text, match.start(), match.end() + after.end())
        ):
            atoms.append(
                _Atom(
                    match.end() + after.start(1),
                    match.end() + after.end(),
                    "scale",
                    Fraction(10**6),
                    text="m",
                )
            )
    for match in _word_pattern(table).finditer(flat):
        word = match.group()
        scale = table.scales.get(word)
        kind, value = ("small", Fraction(table.small[word])) if scale is None else ("scale", scale)
        atoms.append(_Atom(match.start(), match.end(), kind, value, text=word))
    return sorted(atoms, key=lambda atom: atom.start)


def _is_money(text: str, start: int, end: int) -> bool:
    """5m is five metres, but $5m and 5 M€ are millions."""
    return bool(re.search(r"[$€£¥]\s?$", text[:start]) or re.match(r"\s?[$€£¥]", text[end:]))


@lru_cache(maxsize=8)
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return (
        re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
        if ordered
        else re.compile("(?!)")
    )


def _word_pattern(table: NumberWords) -> re.Pattern[str]:
    return _pattern_of((*table.small, *table.scales))


def _joined(left: _Atom, right: _Atom, flat: str, table: NumberWords) -> bool:
    """Whether two neighbouring atoms make one number: "two hundred", "hundred and five", not "two and three"."""
    between = flat[left.end : right.start]
    if not table.glue.fullmatch(between) or right.kind == "digits":
        return False
    if right.kind == "scale":
        coins = left.kind == "digits" and right.text in ("cent", "cents")
        return (
            between != " and " and not coins and (left.kind != "scale" or left.value < right.value)
        )
    if right.text in ("un", "une") and left.value >= 10**6:  # 320 millions un an plus tôt
        return False
    return left.kind == "scale" and left.value >= 100 and not re.search(" d| of|half", between)


def _number(atoms: list[_Atom], text: str, flat: str, table: NumberWords) -> Numeral:
    first, last = atoms[0], atoms[-1]
    value = _evaluate(atoms)
    values, loose, end = {value}, set(), last.end
    if half := table.halves.match(flat, end):
        step = last.value if last.kind == "scale" else Fraction(1)
        values.add(value + step / 2)
        end = half.end()
    elif first.value and table.halves.search(flat, first.end, last.start):  # two and a half million
        values = {value / first.value * (first.value + _HALF)}
    if first.kind == "digits":
        factor = value / first.value if first.value else Fraction(1)
        loose = {reading * factor for reading in first.loose}
    if len(atoms) == 1 and first.kind == "digits":
        decade = _DECADE.match(text, end)
        is_year = (
            len(first.text) == 4 and first.text.isdigit() and first.text[:2] in ("18", "19", "20")
        )
        short = (
            decade
            or text[max(0, first.start - 1) : first.start] in ("’", "'")
            or flat[: first.start].endswith("années ")
        )
        if decade:
            end = decade.end()
        if is_year:
            (values if decade else loose).add(value % 100)
        elif short and len(first.text) == 2:
            values |= {value + 1900, value + 2000}
    kind = "digits" if first.kind == "digits" else "words"
    if first.kind == "scale" and (first.text.endswith("s") or first.value >= 1000):
        kind = "vague"
    return Numeral(
        first.start,
        end,
        frozenset(values),
        "hint" if kind == "words" and value < 2 else kind,
        frozenset(loose),
    )


def _evaluate(atoms: list[_Atom]) -> Fraction:
    """The value of "two hundred thousand and five": scales multiply the group before them, groups add up."""
    total, group = Fraction(0), None
    for atom in atoms:
        if atom.kind != "scale":
            group = (group or 0) + atom.value
        elif atom.value < 1000:
            group = (1 if group is None else group) * atom.value
        elif group is None and total:  # a thousand million
            total *= atom.value
        else:
            total += (1 if group is None else group) * atom.value
            group = None
    return total + (group or 0)


def _read_digits(text: str, group_marks: str) -> tuple[Fraction, Values]:
    """The value in this language, and the values other languages' separators would give."""
    marks = [mark for mark in text if not mark.isdigit()]
    if not marks:
        return Fraction(text), NONE
    bare = re.sub(r"\D", "", text)
    last = marks[-1]
    decimals = len(text) - 1 - text.rindex(last)
    if last not in ",.":
        return Fraction(bare), NONE
    as_decimal = Fraction(int(bare), 10**decimals)
    if len(set(marks)) > 1 or decimals != 3:
        return as_decimal, NONE
    if len(marks) > 1:
        return Fraction(bare), NONE
    pair = (Fraction(bare), as_decimal) if last in group_marks else (as_decimal, Fraction(bare))
    return pair[0], frozenset({pair[1]})


def _hints(text: str, flat: str, table: NumberWords) -> Iterator[Numeral]:
    """Words and signs that may stand for a number: half, both, March, XIV, ½."""
    for match in _pattern_of(tuple(table.hints)).finditer(flat):
        yield Numeral(match.start(), match.end(), frozenset(table.hints[match.group()]), "hint")
    for match in _ROMAN.finditer(text):
        units = {
            "": 0,
            "I": 1,
            "II": 2,
            "III": 3,
            "IV": 4,
            "V": 5,
            "VI": 6,
            "VII": 7,
            "VIII": 8,
            "IX": 9,
        }[match[2]]
        yield Numeral(
            match.start(), match.end(), frozenset({Fraction(10 * len(match[1]) + units)}), "hint"
        )
    for at, mark in enumerate(text):
        if mark in _FRACTION_MARKS:
            yield Numeral(at, at + 1, frozenset({_FRACTION_MARKS[mark]}), "hint")
