"""The number words of each language, as tables for ``numerals``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
}
MONTHS = {
    "en": (
        "january february march april may june july august september october november december"
    ).split(),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split(),
    "de": (
        "januar februar märz april mai juni juli august september oktober november dezember"
    ).split(),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ).split(),
}
SHORT_MONTHS = {
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
    "de": {"jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "okt": 10, "nov": 11, "dez": 12},
    "es": {"ene": 1, "feb": 2, "abr": 4, "ago": 8, "sept": 9, "oct": 10, "nov": 11, "dic": 12},
}


ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
"""Roman numbers below ten, each at its number."""


def months(language: str) -> dict[str, int]:
    """Return the months of ``language`` in lower case, 1 to 12; empty where it is unknown."""
    return {name: number for number, name in enumerate(MONTHS.get(language, ()), 1)}


@dataclass(frozen=True)
class NumberWords:
    """A language's number words, in lower case with blanks for hyphens.

    ``small`` are 0 to 99 with their ordinals; ``scales`` multiply what is before them. ``hints``
    only sometimes are numbers: they are words with all the values they may have. ``glue`` may
    stand between two parts of one number; ``group_marks`` separate thousands. ``clocks`` are times
    of day (groups h, m, half (a or p), am, pm). ``not_numbers`` are words to pass over; ``halves``
    add a half; ``abbreviations`` are scales that are written to the digits (5bn). ``beginnings``
    are those of words that may hold a number (Drittanbieter, fünftgrößte).
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
    beginnings: Mapping[str, int] = field(default_factory=dict)


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


def _french_ages() -> dict[str, tuple[Fraction, ...]]:
    """Return the words for people of an age, each with its ten years: *quadragénaire*."""
    stems = "trente quadragé quinquagé sexagé septuagé octogé nonagé".split()
    table = {}
    for ten, stem in enumerate(stems, 3):
        ages = tuple(Fraction(10 * ten + year) for year in range(10))
        table[stem + "naire"] = table[stem + "naires"] = ages
    return table


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


_DE_UNITS = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
).split()
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_DE_ENDINGS = ("e", "er", "en", "es", "em")
_DE_ODD_ORDINALS = {"ein": "erst", "drei": "dritt", "sieben": "siebt", "acht": "acht"}


def _german_small() -> dict[str, int]:
    """Return the German words for 0 to 99, those of round hundreds and thousands, the ordinals."""
    small = {word: value for value, word in enumerate(_DE_UNITS)}
    for ten, value in zip(_DE_TENS, range(20, 100, 10), strict=True):
        small[ten] = value
        for unit in range(1, 10):
            small[f"{_DE_UNITS[unit]}und{ten}"] = value + unit
    round_numbers: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    for word, value in small.items():
        if value:
            round_numbers[word + "tausend"] = 1000 * value
            stem = _german_ordinal(word, value)
            ordinals |= {stem + ending: value for ending in _DE_ENDINGS}
        if 0 < value < 10:
            round_numbers[word + "hundert"] = 100 * value
    decades = {ten + "er": small[ten] for ten in _DE_TENS}
    one = dict.fromkeys(("eins", *("ein" + ending for ending in _DE_ENDINGS)), 1)
    return small | round_numbers | ordinals | decades | one


def _german_beginnings() -> dict[str, int]:
    """Return the numbers to ten as they begin a word: Drittanbieter, fünftgrößte, achtmal."""
    beginnings = {}
    for value, word in enumerate(_DE_UNITS[:11]):
        if value > 1:
            beginnings[word] = value
            beginnings[_german_ordinal(word, value)] = value
    return beginnings


def _german_ordinal(word: str, value: int) -> str:
    """Return the ordinal of a German number word without its ending."""
    if word in _DE_ODD_ORDINALS:
        return _DE_ODD_ORDINALS[word]
    return word + ("t" if value < 20 else "st")


_ES_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_ES_HUNDREDS = (
    "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient"
).split()
_ES_ORDINALS = "primer segund tercer cuart quint sext séptim octav noven décim".split()


def _spanish_small() -> dict[str, int]:
    """Return the Spanish words for 0 to 99, the hundreds from 200, and the ordinals to 19."""
    small = {word: value for value, word in enumerate(_ES_UNITS)}
    for ten, value in zip(_ES_TENS, range(30, 100, 10), strict=True):
        small[ten] = value
        for unit in range(1, 10):
            small[f"{ten} y {_ES_UNITS[unit]}"] = value + unit
    small |= {word[:-1]: value for word, value in small.items() if word.endswith("uno")}
    small |= {word + "a": value for word, value in small.items() if word.endswith("un")}
    for value, stem in enumerate(_ES_HUNDREDS, 2):
        small |= {stem + "os": 100 * value, stem + "as": 100 * value}
    return small | _spanish_ordinals()


def _spanish_ordinals() -> dict[str, int]:
    ordinals = {"primer": 1, "tercer": 3, "decimotercer": 13}
    for value, stem in enumerate(_ES_ORDINALS, 1):
        for ending in ("o", "a", "os", "as"):
            ordinals[stem + ending] = value
            ordinals["decimo" + stem + ending] = 10 + value
    return ordinals


_NEVER = re.compile("(?!)")
_HOUR = r"(?<![\d.,:hH])(?P<h>\d{1,2})"
HOURS_IN_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
"""The English hours that stand before "o’clock", each at its number."""
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
        re.compile(rf"\b(?P<h>{'|'.join(HOURS_IN_WORDS)})(?P<m>) o[’']clock", re.I),
        re.compile(
            r"\b(?P<h>[01]\d|2[0-3])[:.]?(?P<m>[0-5]\d)(?= (?:GMT|UTC|[BCE]S?T|local time)\b)"
        ),
        # "at 0500", as soldiers say it; four figures with another beginning may be a year.
        re.compile(r"(?<=\bat )(?P<h>0\d)(?P<m>[0-5]\d)\b(?![.,]\d)"),
        re.compile(rf"{_HOUR}[.](?P<m>[0-5]\d) ?(?:hrs|hours)\b", re.I),
        re.compile(
            r"(?<=\bat )(?P<h>\d{1,2})[.](?P<m>[0-5]\d)"
            r"(?=[,;]|\.\s|\.?$| (?:this|that|on|tonight|every|and)\b)",
            re.I,
        ),
    ),
    not_numbers=re.compile(
        r"\bper cents?\b|\bcarbon 14\b|\bno one\b|\b24/7\b|\bone another\b|\bseconds? (?:half|to)\b"
    ),
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
    | _french_ages()
    | _hints(
        "demi 1/2 50 30 2 6, demie 1/2 30, moitié 1/2 50 2, quart 1/4 25 15 4, quarts 1/4 4, "
        "tiers 3 1/3 33, un 1, une 1, premier 1, première 1, seul 1, seule 1, unique 1, aucun 0, "
        "aucune 0, nul 0, vierge 0, second 2, seconde 2, double 2, doublé 2, doubler 2, couple 2, "
        "paire 2, duo 2, "
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
    not_numbers=re.compile(
        r"\bpour cents?\b|\bcarbone 14\b|\bl[’']une? l[’']autre\b|\bsept\."
        r"|\b24 ?h(?:eures)? sur 24\b|\b7 jours sur 7\b|\b7 ?j/7\b|\b24 ?h?/24\b|\b24/7\b"
    ),
    halves=re.compile(r" et demie?\b"),
    abbreviations=_scales("k 1e3, m 1e6, md 1e9, mds 1e9, mrd 1e9, mia 1e9, mio 1e6"),
)
_DE = NumberWords(
    small=_german_small(),
    scales=_scales(
        "hundert 1e2, hunderte 1e2, hunderten 1e2, tausend 1e3, tausende 1e3, tausenden 1e3, "
        "hundertste 1e2, hundertsten 1e2, tausendste 1e3, tausendsten 1e3, million 1e6, millionen "
        "1e6, milliarde 1e9, milliarden 1e9, billion 1e12, billionen 1e12, dutzend 12, dutzende "
        "12, dutzenden 12"
    ),
    hints=_month_hints("de")
    | _hints(
        "halb 1/2 30 50, halbe 1/2 50, halben 1/2 50, halbes 1/2, hälfte 1/2 50 2, viertel 1/4 25 "
        "15 4, drittel 1/3 33 3, anderthalb 3/2, eineinhalb 3/2, zweieinhalb 5/2, dreieinhalb 7/2, "
        "kein 0, keine 0, keinen 0, einmal 1, einzige 1, einzigen 1, zweimal 2, doppelt 2, "
        "doppelte 2, verdoppelt 2, beide 2, beiden 2, paar 2, duo 2, dreimal 3, dreifach 3, trio "
        "3, quartal 3 4 1/4, jahrzehnt 10, jahrzehnte 10, jahrhundert 100, woche 7 8, wochen 15, "
        "wöchentlich 1 7, millionär 1e6, milliardär 1e9"
    ),
    glue=re.compile(r" (?:und )?|"),
    group_marks=".’'\u00a0\u202f\u2009 ",
    clocks=(
        re.compile(rf"{_HOUR}(?:[.:](?P<m>[0-5]\d))?\s?Uhr\b", re.I),
        _COLON_TIME,
    ),
    not_numbers=re.compile(r"\b(?:aus|in|außer) acht\b|\bacht (?:geben|gibt|gab)\b|\b24/7\b"),
    halves=_NEVER,
    abbreviations=_scales("mio 1e6, mrd 1e9, tsd 1e3"),
    beginnings=_german_beginnings(),
)
_ES = NumberWords(
    small=_spanish_small(),
    scales=_scales(
        "cien 1e2, ciento 1e2, cientos 1e2, centenar 1e2, centenares 1e2, mil 1e3, miles 1e3, "
        "millar 1e3, millares 1e3, millón 1e6, millones 1e6, billón 1e12, billones 1e12, decena "
        "10, decenas 10, centésimo 1e2, milésimo 1e3, milésima 1e3, docena "
        "12, docenas 12, veintena 20, treintena 30, cuarentena 40"
    ),
    hints=_month_hints("es")
    | _hints(
        "medio 1/2 50, media 1/2 50 30, mitad 1/2 50 2, cuarto 1/4 25 15 4, cuartas 1/4 4, tercio "
        "1/3 33 3, tercios 3, único 1, única 1, ningún 0, ninguno 0, ninguna 0, ambos 2, ambas 2, "
        "doble 2, duplicó 2, duplicado 2, par 2, pareja 2, dúo 2, triple 3, trío 3, trimestre 3 4 "
        "1/4, semestre 6 2 1/2, década 10, décadas 10, siglo 100, siglos 100, semana 7 8, semanal "
        "1 7, millonario 1e6, multimillonario 1e6 1e9"
    ),
    glue=re.compile(r" (?:y |de )?|"),
    group_marks=" .\u00a0\u202f\u2009",
    clocks=(
        re.compile(
            rf"{_HOUR}(?:[.:](?P<m>[0-5]\d))? "
            r"(?:(?P<am>de la (?:mañana|madrugada))|(?P<pm>de la (?:tarde|noche)))\b",
            re.I,
        ),
        re.compile(rf"{_HOUR}[.:](?P<m>[0-5]\d) ?(?:h|horas)\b", re.I),
        re.compile(rf"(?<=\blas ){_HOUR}[.:](?P<m>[0-5]\d)(?!\d)", re.I),
        _COLON_TIME,
    ),
    not_numbers=re.compile(r"\bpor cientos?\b|\b(?:el )?uno? (?:al|a) otro\b"),
    halves=re.compile(r" y medi[oa]\b"),
)
_UNKNOWN = NumberWords({}, {}, {}, _NEVER, ",.", (_COLON_TIME,), _NEVER, _NEVER)


def number_words(language: str) -> NumberWords:
    """Return the table of ``language``; one without words where it is unknown."""
    return {"en": _EN, "fr": _FR, "de": _DE, "es": _ES}.get(language, _UNKNOWN)
