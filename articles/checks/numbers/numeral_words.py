"""The number words of each language, as tables for ``numerals``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

MONTHS = {
    "en": (
        "january february march april may june july august september october november december"
    ).split(),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split(),
}


@dataclass(frozen=True)
class NumberWords:
    """A language's number words, in lower case with blanks for hyphens.

    ``small`` are 0 to 99 with their ordinals; ``scales`` multiply what is before them. ``hints``
    only sometimes are numbers: they are words with all the values they may have. ``glue`` may
    stand between two parts of one number; ``group_marks`` separate thousands. ``clocks`` are times
    of day (groups h, m, half (a or p), am, pm). ``not_numbers`` are words to pass over; ``halves``
    add a half; ``abbreviations`` are scales that are written to the digits (5bn).
    """

    small: Mapping[str, int]
    scales: Mapping[str, Fraction]
    hints: Mapping[str, tuple[Fraction, ...]]
    glue: re.Pattern[str]
    group_marks: str
    clocks: tuple[re.Pattern[str], ...]
    not_numbers: re.Pattern[str]
    halves: re.Pattern[str]
    abbreviations: Mapping[str, Fraction] = field(default_factory=dict)


def _scales(listed: str) -> dict[str, Fraction]:
    """Return ``"million 1e6, half dozen 6"`` as a table."""
    table = {}
    for entry in listed.split(","):
        words, _blank, value = entry.strip().rpartition(" ")
        table[words] = Fraction(value)
    return table


def _hints(listed: str) -> dict[str, tuple[Fraction, ...]]:
    """Return ``"half 1/2 50, both 2"`` as a table of words and the values they may have."""
    table = {}
    for entry in listed.split(","):
        word, *values = entry.split()
        table[word] = tuple(Fraction(value) for value in values)
    return table


def _month_hints(language: str) -> dict[str, tuple[Fraction, ...]]:
    return {name: (Fraction(number),) for number, name in enumerate(MONTHS[language], 1)}


_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_ODD_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _english_small() -> dict[str, int]:
    """Return the English words for 0 to 99, their ordinals, and the decades (twenties)."""
    small = {word: value for value, word in enumerate(_EN_UNITS)}
    decades = {}
    for value, ten in zip(range(20, 100, 10), _EN_TENS, strict=True):
        small[ten] = value
        decades[ten[:-1] + "ies"] = value
        for unit in range(1, 10):
            small[f"{ten} {_EN_UNITS[unit]}"] = value + unit
    ordinals = {_english_ordinal(words): value for words, value in small.items()}
    return small | ordinals | decades


def _english_ordinal(words: str) -> str:
    head, _blank, last = words.rpartition(" ")
    if last in _EN_ODD_ORDINALS:
        ordinal = _EN_ODD_ORDINALS[last]
    elif last.endswith("y"):
        ordinal = last[:-1] + "ieth"
    else:
        ordinal = last + "th"
    return f"{head} {ordinal}".strip()


_FR_UNITS = [
    *(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize"
    ).split(),
    "dix sept",
    "dix huit",
    "dix neuf",
]
_FR_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "quatre vingt": 80,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}


def _french_small() -> dict[str, int]:
    """Return the French words for 0 to 99, with their feminine forms and their ordinals."""
    small = {word: value for value, word in enumerate(_FR_UNITS)}
    for ten, value in _FR_TENS.items():
        small[ten] = value
        # Soixante-dix-neuf and quatre-vingt-dix-neuf count on to 19.
        last = 19 if ten in ("soixante", "quatre vingt") else 9
        for unit in range(1, last + 1):
            small[f"{ten} {_FR_UNITS[unit]}"] = value + unit
            small[f"{ten} et {_FR_UNITS[unit]}"] = value + unit
    feminine = {words + "e": value for words, value in small.items() if words.endswith("un")}
    ordinals: dict[str, int] = {}
    for words, value in small.items():
        stem = words.removesuffix("e")
        stem = re.sub("neuf$", "neuv", stem)
        stem = re.sub("cinq$", "cinqu", stem)
        ordinals[stem + "ième"] = value
        ordinals[stem + "ièmes"] = value
    first = dict.fromkeys(("premier", "première", "premiers", "premières"), 1)
    return small | feminine | ordinals | first | {"quatre vingts": 80}


_HOUR = r"(?<![\d.,:hH])(?P<h>\d{1,2})"
_COLON_TIME = re.compile(rf"{_HOUR}:(?P<m>[0-5]\d)(?![\d:])")
_EN_HALF_DAY = r"(?P<half>[ap])(?:\.\s?m\b\.?|m\b)"
_EN = NumberWords(
    small=_english_small(),
    scales=_scales(
        "hundred 1e2, thousand 1e3, million 1e6, billion 1e9, trillion 1e12, dozen 12, half a "
        "dozen 6, half dozen 6, hundredth 1e2, thousandth 1e3, tens 10, dozens 12, scores 20, "
        "hundreds 1e2, thousands 1e3, millions 1e6, billions 1e9, trillions 1e12"
    ),
    hints=_month_hints("en")
    | _hints(
        "half 1/2 50 30 2 6, halves 1/2 2, halved 2, quarter 1/4 25 15 4 3, quarters 1/4 4 3, "
        "third 3 1/3 33, thirds 3, a 1, an 1, one 1, once 1, single 1, sole 1, first 1, no 0, nil "
        "0, second 2, twice 2, double 2, doubled 2, both 2, couple 2, pair 2, duo 2, twin 2, "
        "twins 2, twofold 2, triple 3, tripled 3, trio 3, threefold 3, quartet 4, fourfold 4, "
        "tenfold 10, decade 10, decades 10, century 100, centuries 100, week 7 8, weeks 15, "
        "weekly 1 7, fortnight 14 15 2, millionaire 1e6, billionaire 1e9"
    ),
    glue=re.compile(r" (?:and (?:a half )?|of )?|"),
    group_marks=",",
    clocks=(
        re.compile(rf"{_HOUR}(?:[:.](?P<m>[0-5]\d))?\s?{_EN_HALF_DAY}", re.I),
        # The first time of "from 3 to 5 pm" has no "pm" of its own.
        re.compile(
            rf"{_HOUR}(?:[:.](?P<m>[0-5]\d))?"
            rf"(?=\s?(?:-|–|to|and|until|till)\s?\d{{1,2}}(?:[:.]\d\d)?\s?{_EN_HALF_DAY})",
            re.I,
        ),
        _COLON_TIME,
        re.compile(rf"{_HOUR}(?P<m>) o[’']clock", re.I),
        re.compile(r"\b(?P<h>[01]\d|2[0-3]):?(?P<m>[0-5]\d)(?= (?:GMT|UTC|[BCE]S?T|local time)\b)"),
        re.compile(rf"{_HOUR}[.](?P<m>[0-5]\d) ?(?:hrs|hours)\b", re.I),
        re.compile(
            r"(?<=\bat )(?P<h>\d{1,2})[.](?P<m>[0-5]\d)"
            r"(?=[,;]|\.\s|\.?$| (?:this|that|on|tonight|every|and)\b)",
            re.I,
        ),
    ),
    not_numbers=re.compile(r"\bper cents?\b|\bno one\b|\bone another\b|\bseconds? (?:half|to)\b"),
    halves=re.compile(r" and a half\b"),
    abbreviations=_scales("k 1e3, m 1e6, mn 1e6, bn 1e9, b 1e9, tn 1e12"),
)
_FR = NumberWords(
    small=_french_small(),
    scales=_scales(
        "cent 1e2, cents 1e2, mille 1e3, mil 1e3, million 1e6, millions 1e6, milliard 1e9, "
        "milliards 1e9, billion 1e12, billions 1e12, centième 1e2, millième 1e3, demi douzaine 6, "
        "dizaine 10, dizaines 10, douzaine 12, douzaines 12, quinzaine 15, quinzaines 15, "
        "vingtaine 20, vingtaines 20, trentaine 30, trentaines 30, quarantaine 40, cinquantaine "
        "50, soixantaine 60, centaine 100, centaines 100, millier 1e3, milliers 1e3"
    ),
    hints=_month_hints("fr")
    | _hints(
        "demi 1/2 50 30 2 6, demie 1/2 30, moitié 1/2 50 2, quart 1/4 25 15 4, quarts 1/4 4, "
        "tiers 3 1/3 33, un 1, une 1, premier 1, première 1, seul 1, seule 1, unique 1, aucun 0, "
        "aucune 0, second 2, seconde 2, double 2, doublé 2, doubler 2, couple 2, paire 2, duo 2, "
        "jumeaux 2, jumelles 2, triple 3, triplé 3, tripler 3, trio 3, quadruple 4, quatuor 4, "
        "quinquennat 5, trimestre 3 4 1/4, semestre 6 2 1/2, décennie 10, décennies 10, siècle "
        "100, siècles 100, centenaire 100, bicentenaire 200, semaine 7 8, hebdomadaire 1 7, "
        "millionnaire 1e6, milliardaire 1e9"
    ),
    glue=re.compile(r" (?:de |d[’']|autres )?|"),
    group_marks=" .\u00a0\u202f\u2009",
    clocks=(
        re.compile(
            rf"{_HOUR}\s?(?:h|heures?)\b(?:\s?(?P<m>[0-5]\d)\b(?![\s.,]\d{{3}}))?"
            r"(?:\s(?:(?P<am>du matin)|(?P<pm>de l[’']après[- ]midi|du soir)))?",
            re.I,
        ),
        re.compile(rf"{_HOUR}h(?P<m>[0-5]\d)\b", re.I),
        _COLON_TIME,
    ),
    not_numbers=re.compile(r"\bpour cents?\b|\bl[’']une? l[’']autre\b|\bsept\."),
    halves=re.compile(r" et demie?\b"),
    abbreviations=_scales("k 1e3, m 1e6, md 1e9, mds 1e9, mrd 1e9, mia 1e9, mio 1e6"),
)
_NEVER = re.compile("(?!)")
_UNKNOWN = NumberWords({}, {}, {}, _NEVER, ",.", (_COLON_TIME,), _NEVER, _NEVER)


def number_words(language: str) -> NumberWords:
    """Return the table of ``language``; one without words where it is unknown."""
    return {"en": _EN, "fr": _FR}.get(language, _UNKNOWN)
