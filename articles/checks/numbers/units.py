"""The units of numbers (per cent, money, lengths, durations and others) and their conversion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from articles.checks.numbers.numeral import Numeral
from articles.text.document import Span


@dataclass(frozen=True)
class Unit:
    """A unit: its short name, what it measures, and its size in the base unit of the dimension.

    A unit of size 0 is never converted by its size.
    """

    name: str
    dimension: str
    size: Fraction = Fraction(0)


def _units() -> dict[str, Unit]:
    """Return all units by name, from a list of names and sizes for each dimension."""
    sizes = {
        "length": "km 1000 m 1 cm 0.01 mm 0.001 mile 1609.344 yard 0.9144 foot 0.3048 inch 0.0254",
        "area": "km² 1000000 m² 1 hectare 10000 acre 4046.86 sq-mile 2589988 sq-foot 0.092903",
        "weight": "kg 1 gram 0.001 tonne 1000 pound-weight 0.453592 ounce 0.0283495 stone 6.35029",
        "volume": (
            "litre 1 m³ 1000 foot³ 28.3168 cl 0.01 ml 0.001 gallon 3.78541 pint 0.473 "
            "barrel 158.987"
        ),
        "speed": "km/h 1 mph 1.609344 knot 1.852",
        "time": (
            "second 1 minute 60 hour 3600 day 86400 week 604800 month 2629746 year 31556952 "
            "decade 315569520"
        ),
        "temperature": "°C 0 °F 0 ° 0",
        "share": "% 0 point 1 basis-point 0.01",
        "money": "$ 0 € 0 £ 0 ¥ 0 yuan 0 rouble 0 CHF 0 rupee 0 won 0 cent 0",
    }
    units = {}
    for dimension, listed in sizes.items():
        words = listed.split()
        for name, size in zip(words[::2], words[1::2], strict=True):
            units[name] = Unit(name, dimension, Fraction(size))
    return units


UNITS: Mapping[str, Unit] = _units()

# Patterns of the units after a number, tried in this order: signs of every language, then words.
_SIGNS = {
    "%": r"%",
    "°C": r"°\s?C\b",
    "°F": r"°\s?F\b",
    "km/h": r"km/h|km/heure|kmh\b",
    "mph": r"mph\b",
    "km²": r"(?:km²|km2)(?!\w)",
    "m²": r"(?:m²|m2)(?!\w)",
    "km": r"km\b",
    "cm": r"cm\b",
    "mm": r"mm\b",
    "kg": r"kg\b",
    "$": r"\$|USD\b|US\$",
    "€": r"€|EUR\b",
    "£": r"£|GBP\b",
    "¥": r"¥|JPY\b",
    "cl": r"cl\b",
    "ml": r"ml\b",
    "hectare": r"ha\b",
    "CHF": r"CHF\b",
}
_WORDS = {
    "en": {
        "%": r"per ?cent\b|pct\b",
        "basis-point": r"basis points?\b|bps?\b",
        "point": r"(?:percentage )?points?\b",
        "$": r"(?:US |American |Canadian |Australian )?(?:dollars?|bucks)\b",
        "€": r"euros?\b",
        "£": r"pounds? sterling\b|pounds?\b|quid\b",
        "¥": r"yen\b",
        "yuan": r"yuan\b|renminbi\b",
        "rouble": r"roubles?\b|rubles?\b",
        "CHF": r"(?:Swiss )?francs?\b",
        "rupee": r"rupees?\b",
        "won": r"won\b(?= )",
        "cent": r"cents?\b|¢",
        "m³": r"cubic met(?:re|er)s?\b",
        "foot³": r"cubic f(?:ee|oo)t\b",
        "km²": r"square (?:kilomet(?:re|er)s?|km)\b",
        "sq-mile": r"square miles?\b|sq\.? mi\b",
        "sq-foot": r"square f(?:ee|oo)t\b|sq\.? ?ft\b",
        "m²": r"square met(?:re|er)s?\b",
        "km/h": r"kilomet(?:re|er)s? (?:per|an) hour\b|kph\b",
        "mph": r"miles? (?:per|an) hour\b",
        "knot": r"knots?\b",
        "km": r"kilomet(?:re|er)s?\b|kms\b|k\b(?= )",
        "m": r"met(?:re|er)s?\b|m\b",
        "cm": r"centimet(?:re|er)s?\b",
        "mm": r"millimet(?:re|er)s?\b",
        "mile": r"miles?\b",
        "yard": r"yards?\b|yds?\b",
        "foot": r"f(?:ee|oo)t\b|ft\b|[’'](?=\d)",
        "inch": r"inch(?:es)?\b|in\b(?=[.,;)])|″",
        "hectare": r"hectares?\b",
        "acre": r"acres?\b",
        "kg": r"kilos?\b|kilogram(?:me)?s?\b",
        "gram": r"gram(?:me)?s?\b|g\b",
        "tonne": r"(?:metric )?ton(?:ne)?s?\b",
        "pound-weight": r"lbs?\b",
        "stone": r"stone\b",
        "ounce": r"ounces?\b|oz\b",
        "litre": r"lit(?:re|er)s?\b",
        "gallon": r"gallons?\b",
        "pint": r"pints?\b",
        "barrel": r"barrels?\b",
        "second": r"seconds?\b",
        "minute": r"minutes?\b|min\b",
        "hour": r"hours?\b|hrs?\b",
        "day": r"days?\b",
        "week": r"weeks?\b",
        "month": r"months?\b",
        "year": r"years?\b",
        "decade": r"decades?\b",
        "°C": r"degrees? (?:Celsius|centigrade)\b|(?-i:C)\b",
        "°F": r"degrees? Fahrenheit\b|(?-i:F)\b",
        "°": r"degrees?\b|°",
    },
    "fr": {
        "%": r"pour ?cents?\b|p\. ?100\b|p\. ?c\.",
        "basis-point": r"points? de base\b",
        "point": r"points?\b",
        "$": r"dollars?\b",
        "€": r"euros?\b",
        "£": r"livres?(?: sterling)?\b",
        "¥": r"yens?\b",
        "yuan": r"yuans?\b",
        "rouble": r"roubles?\b",
        "CHF": r"francs?(?: suisses?)?\b",
        "rupee": r"roupies?\b",
        "won": r"wons?\b",
        "cent": r"cents?\b|centimes?\b",
        "m³": r"mètres? cubes?\b",
        "foot³": r"pieds? cubes?\b",
        "km²": r"kilomètres? carrés?\b",
        "sq-mile": r"mil(?:es?|les?) carrés?\b",
        "sq-foot": r"pieds? carrés?\b",
        "m²": r"mètres? carrés?\b",
        "km/h": r"kilomètres?(?: par heure|[ /-]heures?)\b",
        "mph": r"miles?(?: par heure|/h|/heure| à l[’']heure)\b",
        "knot": r"n(?:œ|oe)uds?\b",
        "km": r"kilomètres?\b|kms\b",
        "m": r"mètres?\b|m\b",
        "cm": r"centimètres?\b",
        "mm": r"millimètres?\b",
        "mile": r"miles?\b|milles\b",
        "yard": r"yards?\b|verges?\b",
        "foot": r"pieds?\b",
        "inch": r"pouces?\b",
        "hectare": r"hectares?\b",
        "acre": r"acres?\b",
        "kg": r"kilos?\b|kilogrammes?\b",
        "gram": r"grammes?\b|g\b",
        "tonne": r"tonnes?\b",
        "ounce": r"onces?\b",
        "litre": r"litres?\b|l\b",
        "gallon": r"gallons?\b",
        "pint": r"pintes?\b",
        "barrel": r"barils?\b",
        "second": r"secondes?\b",
        "minute": r"minutes?\b|min\b|mn\b",
        "hour": r"heures?\b|h\b",
        "day": r"jours?\b|journées?\b",
        "week": r"semaines?\b",
        "month": r"mois\b",
        "year": r"ans?\b|années?\b",
        "decade": r"décennies?\b",
        "°C": r"degrés? Celsius\b",
        "°F": r"degrés? Fahrenheit\b",
        "°": r"degrés?\b|°",
    },
    "de": {
        "%": r"Prozent\b|v\. ?H\.",
        "point": r"(?:Prozent)?[Pp]unkten?\b",
        "$": r"(?:US-)?Dollars?\b",
        "€": r"Euros?\b",
        "£": r"Pfund(?: Sterling)?\b",
        "¥": r"Yen\b",
        "yuan": r"Yuan\b",
        "rouble": r"Rubel\b",
        "CHF": r"(?:Schweizer )?Franken\b",
        "rupee": r"Rupien?\b",
        "cent": r"Cents?\b",
        "m³": r"Kubikmetern?\b",
        "km²": r"Quadratkilometern?\b",
        "sq-mile": r"Quadratmeilen?\b",
        "m²": r"Quadratmetern?\b",
        "km/h": r"Kilometern? pro Stunde\b|Stundenkilometern?\b",
        "mph": r"Meilen pro Stunde\b",
        "knot": r"Knoten\b",
        "km": r"Kilometern?\b",
        "m": r"Metern?\b|m\b",
        "cm": r"Zentimetern?\b",
        "mm": r"Millimetern?\b",
        "mile": r"Meilen?\b",
        "yard": r"Yards?\b",
        "foot": r"Fuß\b",
        "inch": r"Zoll\b",
        "hectare": r"Hektar\b",
        "acre": r"Acres?\b|Morgen\b",
        "kg": r"Kilogramm\b|Kilos?\b",
        "gram": r"Gramm\b|g\b",
        "tonne": r"Tonnen?\b",
        "ounce": r"Unzen?\b",
        "litre": r"Litern?\b|l\b",
        "gallon": r"Gallonen?\b",
        "pint": r"Pints?\b",
        "barrel": r"Barrel\b|Fass\b|Fässern?\b",
        "second": r"Sekunden?\b",
        "minute": r"Minuten?\b|Min\b",
        "hour": r"Stunden?\b|Std\b",
        "day": r"Tagen?\b|Tag\b",
        "week": r"Wochen?\b",
        "month": r"Monaten?\b|Monat\b",
        "year": r"Jahren?\b|Jahr\b",
        "decade": r"Jahrzehnten?\b|Jahrzehnt\b",
        "°C": r"Grad Celsius\b",
        "°F": r"Grad Fahrenheit\b",
        "°": r"Grad\b|°",
    },
    "es": {
        "%": r"por ciento\b",
        "point": r"puntos?\b",
        "$": r"dólar(?:es)?\b",
        "€": r"euros?\b",
        "£": r"libras?(?: esterlinas?)?\b",
        "¥": r"yen(?:es)?\b",
        "yuan": r"yuan(?:es)?\b",
        "rouble": r"rublos?\b",
        "CHF": r"francos?(?: suizos?)?\b",
        "rupee": r"rupias?\b",
        "cent": r"centavos?\b|céntimos?\b",
        "m³": r"metros? cúbicos?\b",
        "km²": r"kilómetros? cuadrados?\b",
        "sq-mile": r"millas? cuadradas?\b",
        "m²": r"metros? cuadrados?\b",
        "km/h": r"kilómetros? por hora\b",
        "mph": r"millas? por hora\b",
        "knot": r"nudos?\b",
        "km": r"kilómetros?\b",
        "m": r"metros?\b|m\b",
        "cm": r"centímetros?\b",
        "mm": r"milímetros?\b",
        "mile": r"millas?\b",
        "yard": r"yardas?\b",
        "foot": r"pies?\b",
        "inch": r"pulgadas?\b",
        "hectare": r"hectáreas?\b",
        "acre": r"acres?\b",
        "kg": r"kilos?\b|kilogramos?\b",
        "gram": r"gramos?\b|g\b",
        "tonne": r"toneladas?\b",
        "ounce": r"onzas?\b",
        "litre": r"litros?\b|l\b",
        "gallon": r"galón\b|galones\b",
        "pint": r"pintas?\b",
        "barrel": r"barril(?:es)?\b",
        "second": r"segundos?\b",
        "minute": r"minutos?\b|min\b",
        "hour": r"horas?\b|h\b",
        "day": r"días?\b",
        "week": r"semanas?\b",
        "month": r"mes(?:es)?\b",
        "year": r"años?\b",
        "decade": r"décadas?\b",
        "°C": r"grados? (?:Celsius|centígrados)\b",
        "°F": r"grados? Fahrenheit\b",
        "°": r"grados?\b|°",
    },
}
_BETWEEN = re.compile(r"[\s-]?(?:de\s|d[’']|of an? |of |an? )?")
_BEFORE = re.compile(r"(?:US|C|A|CA|AU|NZ|HK)?([$€£¥])\s?$")
_RANGE = re.compile(
    r"\s?(?:-|–|to|and|or|à|et|ou|ou de|and about|contre|bis|und|oder|a|y|o)\s?(?:[$€£]\s?)?", re.I
)


_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all units of ``language``, and the unit of each of its groups."""
    listed = list(_SIGNS.items())
    for name, words in _WORDS.get(language, {}).items():
        listed.append((name, f"(?i:{words})"))
    alternatives = []
    names = {}
    for number, (name, pattern) in enumerate(listed):
        alternatives.append(f"(?P<u{number}>{pattern})")
        names[f"u{number}"] = name
    return re.compile("|".join(alternatives)), names


def unit_of(
    number: Numeral, text: str, language: str, *, following: Numeral | None = None
) -> Unit | None:
    """Return the unit that ``number`` has in ``text``, None where it has none.

    In a range (5 to 10 %) it is the unit of the ``following`` number.
    """
    currency = _BEFORE.search(text, max(0, number.start - 5), number.start)
    if currency:
        return UNITS[currency[1]]
    if number.clock and number.values:
        return UNITS["hour"]
    written = _unit_after(number, text, language)
    if written:
        return written
    if following and _is_range(number, following, text):
        return unit_of(following, text, language)
    return None


def place_with_unit(number: Numeral, text: str, language: str) -> Span:
    """Return the place of ``number`` with the unit that stands beside it."""
    currency = _BEFORE.search(text, max(0, number.start - 5), number.start)
    if currency:
        return Span(currency.start(), number.end)
    written = _written_after(number, text, language)
    return Span(number.start, written.end() if written else number.end)


def _is_range(number: Numeral, following: Numeral, text: str) -> bool:
    """Return whether two numbers share a unit; a year does not: 10 % in 2010 and 15 % in 2009."""
    if _YEAR.fullmatch(text, number.start, number.end):
        return False
    return bool(_RANGE.fullmatch(text, number.end, following.start))


def _unit_after(number: Numeral, text: str, language: str) -> Unit | None:
    found = _written_after(number, text, language)
    if not found:
        return None
    _pattern, names = _patterns(language)
    return UNITS[names[str(found.lastgroup)]]


def _written_after(number: Numeral, text: str, language: str) -> re.Match[str] | None:
    """Return the unit written after the number."""
    between = _BETWEEN.match(text, number.end)
    start = between.end() if between else number.end
    pattern, _names = _patterns(language)
    return pattern.match(text, start)


def converts(
    value: Fraction,
    unit: Unit | None,
    other: Fraction,
    other_unit: Unit | None,
    *,
    within: float = 0.1,
) -> bool:
    """Return whether ``other`` is ``value`` in another unit, rounded as newspapers round.

    ``within`` is the greatest difference as a share of the exact value.
    """
    if unit is None or other_unit is None:
        return False
    # "327 pounds" may be money or weight; the other unit decides.
    if {unit.dimension, other_unit.dimension} == {"money", "weight"}:
        unit = _pound_as_weight(unit)
        other_unit = _pound_as_weight(other_unit)
    if unit.dimension != other_unit.dimension:
        return False
    if unit == other_unit and unit.name != "°":
        return False
    if unit.dimension == "temperature":
        return _are_near(_other_degrees(value), other)
    if not unit.size or not other_unit.size:
        return False
    expected = value * unit.size / other_unit.size
    return abs(expected - other) <= Fraction(within) * max(abs(expected), Fraction(1, 100))


def _other_degrees(value: Fraction) -> list[Fraction]:
    """Return a temperature in the other scale; its minus, if any, is no part of a number."""
    found = []
    for degrees in (value, -value):
        found += [abs((degrees - 32) * 5 / 9), abs(degrees * 9 / 5 + 32)]
    return found


def _are_near(values: list[Fraction], other: Fraction) -> bool:
    """Return whether one of the temperatures is ``other``, rounded as newspapers round."""
    return any(abs(value - other) <= 2 for value in values)


def _pound_as_weight(unit: Unit) -> Unit:
    return UNITS["pound-weight"] if unit.name == "£" else unit
