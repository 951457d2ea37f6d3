"""A change in the wrong direction: "closed down 6.2 percent" told as *en hausse de 6,2 %*.

A sentence of the stock market has words for both directions, so that they say little about each
other; the same figure ties the two together. Without a figure, what is revised does: a forecast, a
rate or a rating that is raised on one side and cut on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.text.document import Span

UP, DOWN = 1, -1

_EN_REVISED = {
    UP: r"raise[sd]?|raising|lift(?:s|ed)?|increase[sd]?|hike[sd]?|upgrade[sd]?",
    DOWN: (
        r"cut(?:s|ting)?|lower(?:s|ed|ing)?|trim(?:s|med)?|slash(?:es|ed)?|reduce[sd]?"
        r"|downgrade[sd]?"
    ),
}
_FR_REVISED = {
    UP: r"relev\w+|augment\w+|hauss\w+|revu\w* à la hausse|révis\w+ à la hausse|rehauss\w+",
    DOWN: r"abaiss\w+|rédui\w+|diminu\w+|baiss\w+|revu\w* à la baisse|révis\w+ à la baisse",
}
_NOUNS = {
    "en": r"forecasts?|outlook|guidance|estimates?|ratings?|dividends?|interest rates?|key rate",
    "fr": r"prévisions?|perspectives?|objectifs?|estimations?|notes?|notation|dividendes?|taux",
}
"""What companies, banks and agencies raise or cut."""
_REACH = 40
"""Letters between the verb and what is raised or cut."""

_FIGURE = r"(?P<figure>\d+(?:[.,]\d+)?)(?![\d.,]*\d)"
_ABOUT = (
    r"(?:(?:by|of|about|nearly|almost|around|some|more|less|than|over|just|only|another|a|further"
    r"|as|much) ){0,4}[£$€]?"
)
_ENVIRON = (
    r"(?:(?:de|d[’']|environ|près|quelque|plus|moins|presque|encore|à|peine|jusqu[’']à)\s?){0,4}"
)
_EN = {
    UP: (
        r"up|higher|rose|risen|rising|grew|grown|gained|gaining|climbed|climbing|jumped|jumping"
        r"|surged|increased|increase|rise|advanced|growth"
    ),
    DOWN: (
        r"down|lower|fell|fallen|falling|dropped|dropping|lost|losing|shed|slid|slipped|declined"
        r"|declining|plunged|tumbled|decreased|decrease|decline|fall|drop|shrank|shrunk"
    ),
}
_FR = {
    UP: (
        r"hausse|progress\w+|augment\w+|gagn\w+|gain|grimp\w+|bond\w*|croissance|avanc\w+|accroi\w+"
        r"|mont\w+|remont\w+|élev\w+"
    ),
    DOWN: (
        r"baiss\w*|recul\w*|chut\w*|perd\w*|perte|cédé|cède|cédait|lâch\w+|diminu\w+|repli\w*"
        r"|dégringol\w+|plong\w+|tomb\w+|retrait|contract\w+"
    ),
}


def _patterns(words: Mapping[int, str], between: str) -> dict[int, re.Pattern[str]]:
    return {
        direction: re.compile(rf"\b(?P<word>{told})\s{between}{_FIGURE}", re.I)
        for direction, told in words.items()
    }


def _revised(words: Mapping[int, str], nouns: str) -> dict[int, re.Pattern[str]]:
    between = rf"[^.;:!?]{{1,{_REACH}}}?"
    return {
        direction: re.compile(rf"\b(?P<word>{told})\b{between}\b(?:{nouns})\b", re.I)
        for direction, told in words.items()
    }


_REVISED = {
    "en": _revised(_EN_REVISED, _NOUNS["en"]),
    "fr": _revised(_FR_REVISED, _NOUNS["fr"]),
}
_PATTERNS = {"en": _patterns(_EN, _ABOUT), "fr": _patterns(_FR, _ENVIRON)}


def reversed_directions(
    source: str, target: str, languages: tuple[str, str]
) -> Iterator[tuple[Span, Span]]:
    """Yield the words of a change, and those of the opposite one by the same figure.

    There are none where a side tells the figure with both directions.
    """
    if not all(language in _PATTERNS for language in languages):
        return
    yield from _reversed_revision(source, target, languages)
    here = _directions(source, languages[0])
    there = _directions(target, languages[1])
    for figure, told in here.items():
        other = there.get(figure, {})
        if len(told) == len(other) == 1 and told.keys() != other.keys():
            yield next(iter(told.values())), next(iter(other.values()))


def _reversed_revision(
    source: str, target: str, languages: tuple[str, str]
) -> Iterator[tuple[Span, Span]]:
    """Yield the verbs where a forecast, rate or rating goes up on one side, down on the other.

    There are none where a side has several: "raised its forecast and cut its dividend".
    """
    here = _revisions(source, languages[0])
    there = _revisions(target, languages[1])
    if len(here) == len(there) == 1 and here.keys() != there.keys():
        yield next(iter(here.values())), next(iter(there.values()))


def _revisions(text: str, language: str) -> dict[int, Span]:
    """Return the directions in which the text revises something, with the verbs."""
    found = {}
    for direction, pattern in _REVISED[language].items():
        match = pattern.search(text)
        if match is not None:
            found[direction] = Span(*match.span("word"))
    return found


def _directions(text: str, language: str) -> dict[str, dict[int, Span]]:
    """Return the figures of changes, each with its directions and the words that tell them."""
    found: dict[str, dict[int, Span]] = {}
    for direction, pattern in _PATTERNS[language].items():
        for match in pattern.finditer(text):
            figure = match["figure"].replace(",", ".")
            places = found.setdefault(figure, {})
            places.setdefault(direction, Span(*match.span("word")))
    return found
