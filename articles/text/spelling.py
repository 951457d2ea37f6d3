"""One spelling for texts that look the same: accents composed, characters that nobody sees removed.

macOS and some PDF programs write é as e and a combining accent (Unicode's form NFD), and web
editors leave soft hyphens and zero-width spaces in words. Documents keep them; comparisons do not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from articles.text.document import Span

_UNUSUAL = re.compile(
    "(?P<accents>.[\u0300-\u036f]+)|[\u00ad\u200b\u2060\ufeff]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ComposedText:
    """A text in one spelling. ``places`` has for each of its offsets that in the original."""

    text: str
    places: list[int]

    def original(self, span: Span) -> Span:
        """Return the span of the original text that a span of this text stands for."""
        return Span(self.places[span.start], self.places[span.end])


def compose(text: str) -> str:
    """Return the text in Unicode's form NFC, without characters that nobody sees."""
    return compose_with_places(text).text


def compose_with_places(text: str) -> ComposedText:
    """Return the text as ``compose`` does, with the places of its characters."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for found in _UNUSUAL.finditer(text):
        pieces.append(text[at : found.start()])
        places.extend(range(at, found.start()))
        if found["accents"]:
            composed = unicodedata.normalize("NFC", found["accents"])
            pieces.append(composed)
            places.extend([found.start()] * len(composed))
        at = found.end()
    pieces.append(text[at:])
    places.extend(range(at, len(text) + 1))
    return ComposedText("".join(pieces), places)
