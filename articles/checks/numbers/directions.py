"""A change in the wrong direction: "closed down 6.2 percent" told as *en hausse de 6,2 %*.

A sentence of the stock market has words for both directions, so that they say little about each
other; the same figure ties the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.text.document import Span

UP, DOWN = 1, -1

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


_PATTERNS = {"en": _patterns(_EN, _ABOUT), "fr": _patterns(_FR, _ENVIRON)}


def reversed_directions(
    source: str, target: str, languages: tuple[str, str]
) -> Iterator[tuple[Span, Span]]:
    """Yield the words of a change, and those of the opposite one by the same figure.

    There are none where a side tells the figure with both directions.
    """
    if not all(language in _PATTERNS for language in languages):
        return
    here = _directions(source, languages[0])
    there = _directions(target, languages[1])
    for figure, told in here.items():
        other = there.get(figure, {})
        if len(told) == len(other) == 1 and told.keys() != other.keys():
            yield next(iter(told.values())), next(iter(other.values()))


def _directions(text: str, language: str) -> dict[str, dict[int, Span]]:
    """Return the figures of changes, each with its directions and the words that tell them."""
    found: dict[str, dict[int, Span]] = {}
    for direction, pattern in _PATTERNS[language].items():
        for match in pattern.finditer(text):
            figure = match["figure"].replace(",", ".")
            places = found.setdefault(figure, {})
            places.setdefault(direction, Span(*match.span("word")))
    return found
