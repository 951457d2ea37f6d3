"""Numbers as each language writes them: digits, words, ordinals, dozens, decades, times.

A number keeps every value that it may have ("1,200" is 1200 in English and 1.2 in French, "90s" is
90 or 1990), and the comparison of two texts decides. In a language without a table only digits are
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import islice, zip_longest

from articles.checks.numbers.clocks import clocks
from articles.checks.numbers.numeral import NONE, Numeral, Values
from articles.checks.numbers.numeral_words import ROMAN_UNITS, NumberWords, number_words
from articles.text.recent import keep_recent

_HALF = Fraction(1, 2)
_PASSED_OVER = "%"
"""What stands for a letter that belongs to no number; no number begins with it."""
# Hyphens and no-break spaces count as blanks; one letter stays one letter, so offsets hold.
_BLANKS = str.maketrans(dict.fromkeys("-‐‑\u00a0\u202f\u2009\n\t", " "))
_DIGITS = re.compile(
    r"(?<!\w)(?:"
    # "2015,25 patients" lost a blank; as an amount it would have a unit.
    r"(?:19|20)\d\d(?=,\d{1,2} (?!euro|dollar|point|kilo)[a-zà-ÿ])"
    r"|\d{1,3}(?:(?P<sep>[,.’'\u00a0\u202f\u2009 ])\d{3})(?:(?P=sep)\d{3})*(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?|[.]\d++(?![.]))"
)
MOST_NUMBERS = 3000
"""So many numbers in figures, and so many in words, are read of a text; numbers beyond that are not
compared."""
_LONGEST = 100
"""The most figures of a number; what is longer is a key or an attack, and Python refuses to convert
more than 4300."""
_RANGE = re.compile(r" ?(?:to|and|or|à|et|ou|bis|und|oder|a|y|o|–|—)? ?(?:[$€£] ?)?")
_ROMAN = re.compile(r"\b(?=[IVX]{2}|[VX])(X{0,3})(IX|IV|V?I{0,3})(?:e|ème|th)?\b")
_ABBREVIATION = re.compile(r" ?([a-z]{1,3})(?=[ $€£.,;:!?)]|$)")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE_CHRIST = re.compile(r" ?b\.? ?c\b")
_METRES = re.compile(r" ?m\b(?![$€£])")
_CURRENCY_BEFORE = re.compile(r"[$€£¥]\s?$")
_CURRENCY_AFTER = re.compile(r"\s?[$€£¥]")
_PARTITIVE = re.compile(" d| of|half")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_APOSTROPHES = frozenset("’'")
_DECADE = re.compile(r"[’']?s\b")
_GLUED_M = re.compile(r"m\b")
_LETTER_AND_NUMBER = re.compile(r"\b[A-Z]+(\d{1,2})\b")
_FRACTION_MARKS = {
    "½": _HALF,
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}


def numerals(text: str, language: str) -> list[Numeral]:
    """Return the numbers of ``text`` in order. Where two overlap, the longer one is kept."""
    return list(_numerals(text, language))


@keep_recent(lambda text, _language: len(text))
def _numerals(text: str, language: str) -> tuple[Numeral, ...]:
    table = number_words(language)
    flat = _flattened(text, table)
    found = [
        *clocks(text, table),
        *_in_figures_and_words(text, flat, table),
        *_hints(text, flat, table),
    ]
    found.sort(key=lambda number: (number.kind == "hint", number.start - number.end))
    kept: list[Numeral] = []
    # A mark for each character of a number that is kept: comparing each with each is quadratic.
    taken = bytearray(len(text))
    for number in found:
        if flat[number.start] == _PASSED_OVER or any(taken[number.start : number.end]):
            continue
        taken[number.start : number.end] = b"\1" * (number.end - number.start)
        kept.append(number)
    return tuple(sorted(kept, key=lambda number: number.start))


def _flattened(text: str, table: NumberWords) -> str:
    """Return ``text`` in lower case with plain blanks, and with "%" over what is no number.

    It is as long as ``text``: where a letter's lower case is longer (İ), the case stays.
    """
    blanked = text.translate(_BLANKS)
    flat = blanked.lower()
    if len(flat) != len(text):
        flat = blanked
    return table.not_numbers.sub(lambda match: _PASSED_OVER * len(match.group()), flat)


@dataclass(frozen=True)
class _Atom:
    """A part of a number; ``kind`` is "digits", "small" (a word below 100) or "scale"."""

    start: int
    end: int
    kind: str
    value: Fraction
    loose: Values = NONE
    text: str = ""


def _in_figures_and_words(text: str, flat: str, table: NumberWords) -> Iterator[Numeral]:
    """Yield numbers of one or more parts: 12, 1.2 billion, two hundred and ten, une dizaine."""
    groups = _groups(text, flat, table)
    for group, following in zip_longest(groups, groups[1:]):
        number = _number(group, text, flat, table)
        scale = _shared_scale(group, following, flat)
        if scale:
            scaled = {value * scale for value in number.values}
            number = replace(number, values=number.values | scaled)
        yield number


def _groups(text: str, flat: str, table: NumberWords) -> list[list[_Atom]]:
    """Return the parts of each number."""
    groups: list[list[_Atom]] = []
    for atom in _atoms(text, flat, table):
        if groups and _are_joined(groups[-1][-1], atom, flat, table):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _shared_scale(group: list[_Atom], following: list[_Atom] | None, flat: str) -> Fraction | None:
    """Return the scale that a number shares with the next: 4.1 to 4.2 billion."""
    if not following:
        return None
    if len(group) != 1:
        return None
    if following[-1].kind != "scale":
        return None
    if not _RANGE.fullmatch(flat, group[0].end, following[0].start):
        return None
    return following[-1].value


def _atoms(text: str, flat: str, table: NumberWords) -> list[_Atom]:
    atoms = []
    for match in islice(_DIGITS.finditer(text), MOST_NUMBERS):
        if match.end() - match.start() > _LONGEST:
            continue
        value, loose = _read_digits(match.group(), table.group_marks)
        atoms.append(_Atom(match.start(), match.end(), "digits", value, loose, match.group()))
        scale = _scale_after_digits(text, flat, match, table)
        if scale:
            atoms.append(scale)
    for match in islice(_word_pattern(table).finditer(flat), MOST_NUMBERS):
        word = match.group()
        if word in table.scales:
            atom = _Atom(*match.span(), "scale", table.scales[word], text=word)
        else:
            atom = _Atom(*match.span(), "small", Fraction(table.small[word]), text=word)
        atoms.append(atom)
    return sorted(atoms, key=lambda atom: atom.start)


def _scale_after_digits(
    text: str, flat: str, digits: re.Match[str], table: NumberWords
) -> _Atom | None:
    """Return the scale that is abbreviated or glued behind ``digits``: 5bn, 3 Md, 5million."""
    glued = _LETTERS.match(flat, digits.end())
    if glued and glued.group() in table.scales:  # £5million
        return _Atom(*glued.span(), "scale", table.scales[glued.group()], text=glued.group())
    after = _ABBREVIATION.match(flat[digits.end() :])
    if not after:
        return None
    if _BEFORE_CHRIST.match(flat, digits.end()):
        return None
    word = after[1]
    start = digits.end() + after.start(1)
    end = digits.end() + after.end()
    # "5 m" and "5m" are metres unless they are money.
    is_metres = bool(_METRES.match(after.group()))
    if word in table.abbreviations and not is_metres:
        return _Atom(start, end, "scale", table.abbreviations[word], text=word)
    if word == "m" and _is_money(text, digits.start(), end):
        return _Atom(start, end, "scale", Fraction(10**6), text=word)
    return None


def _is_money(text: str, start: int, end: int) -> bool:
    """Return whether a currency sign is beside: 5m are metres, but $5m and 5 M€ are millions."""
    if _CURRENCY_BEFORE.search(text, max(0, start - 2), start):
        return True
    return bool(_CURRENCY_AFTER.match(text, end))


@lru_cache(maxsize=8)
def _pattern_of(words: tuple[str, ...], after: str = r"(?!\w)") -> re.Pattern[str]:
    """Return a pattern of the ``words``, longest first; it matches nothing for none.

    ``after`` is the pattern of what follows them: by default the end of the word.
    """
    if not words:
        return re.compile("(?!)")
    ordered = sorted(words, key=len, reverse=True)
    alternatives = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<!\w)(?:{alternatives}){after}")


def _word_pattern(table: NumberWords) -> re.Pattern[str]:
    return _pattern_of((*table.small, *table.scales))


def _are_joined(left: _Atom, right: _Atom, flat: str, table: NumberWords) -> bool:
    """Return whether two neighbouring parts make one number.

    "two hundred" and "hundred and five" do, "two and three" do not.
    """
    if right.kind == "digits":
        return False
    between = flat[left.end : right.start]
    if not table.glue.fullmatch(between):
        return False
    if right.kind != "scale":
        return _adds_up(left, right, between)
    if between == " and ":
        return False
    return _may_scale(left, right)


def _adds_up(left: _Atom, right: _Atom, between: str) -> bool:
    """Return whether a word below 100 is added to the part before it: two hundred and five."""
    if left.kind != "scale":
        return False
    if left.value < 100:
        return False
    if right.text in ("un", "une") and left.value >= 10**6:  # 320 millions un an plus tôt
        return False
    return not _PARTITIVE.search(between)


def _may_scale(left: _Atom, scale: _Atom) -> bool:
    """Return whether ``scale`` multiplies ``left``; "5 cents" are coins."""
    if left.kind == "digits":
        return scale.text not in ("cent", "cents")
    if left.kind != "scale":
        return True
    return left.value < scale.value


def _number(atoms: list[_Atom], text: str, flat: str, table: NumberWords) -> Numeral:
    """Return the number that ``atoms`` make, with all that belongs to it behind them."""
    first = atoms[0]
    value = _evaluate(atoms)
    values, end = _with_half(atoms, value, flat, table)
    loose: set[Fraction] = set()
    if first.kind == "digits":
        loose = _loose_values(first, value)
    if first.kind == "digits" and len(atoms) == 1:
        years, loose_years, end = _years(first, text, flat, end)
        values |= years
        loose |= loose_years
        if _GLUED_M.match(text, end):
            # 1.7m people; 1.7m tall
            values.add(value * 10**6)
    if first.kind == "small" and atoms[-1].text == "cents":
        loose.add(value / 100)  # quatre cents: 400, or four coins
    kind = _kind(first, value)
    return Numeral(first.start, end, frozenset(values), kind, frozenset(loose))


def _loose_values(first: _Atom, value: Fraction) -> set[Fraction]:
    """Return the unlikely values of a number that begins with ``first`` and has this value."""
    factor = Fraction(1)
    if first.value:
        factor = value / first.value
    return {reading * factor for reading in first.loose}


def _with_half(
    atoms: list[_Atom], value: Fraction, flat: str, table: NumberWords
) -> tuple[set[Fraction], int]:
    """Return the values with a half that is added, and the end of the number."""
    first = atoms[0]
    last = atoms[-1]
    half = table.halves.match(flat, last.end)
    if half:
        step = Fraction(1)
        if last.kind == "scale":
            step = last.value
        return {value, value + step / 2}, half.end()
    if first.value and table.halves.search(flat, first.end, last.start):
        # two and a half million
        return {value / first.value * (first.value + _HALF)}, last.end
    return {value}, last.end


def _years(
    digits: _Atom, text: str, flat: str, end: int
) -> tuple[set[Fraction], set[Fraction], int]:
    """Return further values of ``digits`` as a year or a decade: plain, unlikely, and the end.

    "1990s" may be 90 and "1990" is unlikely to be; "90s" may be 1990 or 2090.
    """
    value = digits.value
    decade = _DECADE.match(text, end)
    if decade:
        end = decade.end()
    if _YEAR.fullmatch(digits.text):
        short = {value % 100}
        if decade:
            return short, set(), end
        return set(), short, end
    if len(digits.text) != 2:
        return set(), set(), end
    if decade or _is_short_decade(digits, text, flat):
        return {value + 1900, value + 2000}, set(), end
    return set(), set(), end


def _is_short_decade(digits: _Atom, text: str, flat: str) -> bool:
    """Return whether a number of two figures is a decade by what is before it: ’90, années 90."""
    if text[max(0, digits.start - 1) : digits.start] in _APOSTROPHES:
        return True
    return flat[: digits.start].endswith("années ")


def _kind(first: _Atom, value: Fraction) -> str:
    if first.kind == "digits":
        return "digits"
    if first.kind == "scale":
        if first.value >= 1000:
            return "vague"
        if first.text.endswith("s"):
            return "vague"
    if value < 2:
        return "hint"
    return "words"


def _evaluate(atoms: list[_Atom]) -> Fraction:
    """Return the value of "two hundred thousand and five".

    Scales multiply the group before them, and groups add up.
    """
    total = Fraction(0)
    group: Fraction | None = None
    for atom in atoms:
        if atom.kind != "scale":
            group = (group or Fraction(0)) + atom.value
        elif atom.value < 1000:
            group = atom.value if group is None else group * atom.value
        elif group is None and total:  # a thousand million
            total *= atom.value
        else:
            total += atom.value if group is None else group * atom.value
            group = None
    return total + (group or 0)


def _read_digits(text: str, group_marks: str) -> tuple[Fraction, Values]:
    """Return the value in this language, and those that other languages' separators would give."""
    marks = [mark for mark in text if not mark.isdigit()]
    if not marks:
        return Fraction(text), NONE
    whole = re.sub(r"\D", "", text)
    last = marks[-1]
    if last not in ",.":
        return Fraction(whole), NONE
    decimals = len(text) - 1 - text.rindex(last)
    as_whole = Fraction(whole)
    as_decimal = Fraction(int(whole), 10**decimals)
    if len(set(marks)) > 1 or decimals != 3:
        return as_decimal, NONE
    if len(marks) > 1:
        return as_whole, NONE
    if last in group_marks:
        return as_whole, frozenset({as_decimal})
    return as_decimal, frozenset({as_whole})


def _hints(text: str, flat: str, table: NumberWords) -> Iterator[Numeral]:
    """Yield words and signs that may stand for a number: half, both, March, XIV, Q3, ½."""
    for match in _pattern_of(tuple(table.hints)).finditer(flat):
        yield Numeral(*match.span(), frozenset(table.hints[match.group()]), "hint")
    for match in _pattern_of(tuple(table.beginnings), r"(?=\w{3})").finditer(flat):
        value = Fraction(table.beginnings[match.group()])
        yield Numeral(*match.span(), frozenset({value}), "hint")
    for match in _ROMAN.finditer(text):
        value = Fraction(10 * len(match[1]) + ROMAN_UNITS.index(match[2]))
        yield Numeral(*match.span(), frozenset({value}), "hint")
    for match in _LETTER_AND_NUMBER.finditer(text):
        # Q3 is the third quarter, F1 Formula 1.
        yield Numeral(*match.span(), frozenset({Fraction(match[1])}), "hint")
    for at, mark in enumerate(text):
        if mark in _FRACTION_MARKS:
            yield Numeral(at, at + 1, frozenset({_FRACTION_MARKS[mark]}), "hint")
