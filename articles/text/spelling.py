"""One spelling for texts that look the same: accents composed, what nobody reads removed.

macOS and some PDF programs write é as e and a combining accent (Unicode's form NFD), and web
editors leave soft hyphens and zero-width spaces in words, content systems codes between them.
Documents keep them; comparisons do not. ``letter_distance`` compares two spellings.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from articles.text.codes import find_codes
from articles.text.document import Span

_UNUSUAL = re.compile(
    "(?P<accents>.[\u0300-\u036f]+)|[\u00ad\u200b\u2060\ufeff]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ComposedText:
    """A text in one spelling. ``places`` has for each of its offsets that in the original.

    ``codes`` are the places of the original's protected codes.
    """

    text: str
    places: list[int]
    codes: tuple[Span, ...] = ()

    def original(self, span: Span) -> Span:
        """Return the span of the original text that a span of this text stands for.

        Codes at its end are not part of it.
        """
        start = self.places[span.start]
        end = self.places[span.end]
        for code in reversed(self.codes):
            if code.end == end and code.start >= start:
                end = code.start
        return Span(start, max(start, end))

    def has_code(self, span: Span) -> bool:
        """Return whether there is a code in a span of the original text."""
        return any(code.start < span.end and span.start < code.end for code in self.codes)


def compose(text: str) -> str:
    """Return the text in Unicode's form NFC, without characters that nobody sees and codes."""
    return compose_with_places(text).text


def compose_with_places(text: str) -> ComposedText:
    """Return the text as ``compose`` does, with the places of its characters."""
    codes = list(find_codes(text))
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for span, words in [*codes, (Span(len(text), len(text)), "")]:
        for found in _UNUSUAL.finditer(text, at, span.start):
            pieces.append(text[at : found.start()])
            places.extend(range(at, found.start()))
            composed = unicodedata.normalize("NFC", found["accents"] or "")
            pieces.append(composed)
            places.extend([found.start()] * len(composed))
            at = found.end()
        pieces += [text[at : span.start], words]
        places.extend([*range(at, span.start), *[span.start] * len(words)])
        at = span.end
    places.append(len(text))
    return ComposedText("".join(pieces), places, tuple(code.span for code in codes))


def without_accents(text: str) -> str:
    """Return the text in lower case without accents: Müller and muller are spelt alike."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def letter_distance(left: str, right: str) -> int:
    """Return how many letters differ; two neighbours that changed places count once.

    It is the optimal string alignment distance (Damerau 1964); 9 when the lengths alone differ by
    more than 2.
    """
    if abs(len(left) - len(right)) > 2:
        return 9
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and left[i - 2 : i] == right[j - 2 : j][::-1]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def common_beginning(left: str, right: str) -> int:
    """Return how many letters two words have in common at their beginnings."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
