"""Documents, their sentences, and the beads that align the sentences of two documents.

All offsets are code points of the document's text, start inclusive, end exclusive. Nothing is ever
normalised: the sentences and the gaps between them, joined, are the document again, character for
character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: ``text[start:end]``, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, without the blanks around it.

    ``start`` and ``end`` are offsets in the document; ``paragraph`` is the number of its line, from
    0, lines without words left out.
    """

    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences ``source[0]:source[1]`` aligned with ``target[0]:target[1]``.

    These are indices, end exclusive. Either range may be empty, not both. ``score``, 0…1, is how
    likely the alignment is right.
    "Bead" is the word of Gale & Church 1993; on screen it is a segment.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language, as it arrived. ``language`` is a two-letter code (ISO 639-1).

    ``page`` is the file that the text was extracted from, where its mark-up is needed again on
    export; b"" otherwise.
    """

    name: str
    language: str
    text: str
    page: bytes = b""


def spaced(text: str) -> str:
    """Return the words of a text with one blank between two: line breaks are no words."""
    return " ".join(text.split())


def extent(sentences: Sequence[Sentence], chosen: tuple[int, int]) -> Span | None:
    """Return the span of the ``chosen`` sentences with the gaps between them, None for none.

    ``chosen`` is a range of indices, end exclusive.
    """
    first, end = chosen
    if first == end:
        return None
    return Span(sentences[first].start, sentences[end - 1].end)


def with_replacements(text: str, replacements: Sequence[tuple[Span, str]]) -> str:
    """Return ``text`` with each span replaced by its new words; all else stays as it is.

    Raises ValueError when spans overlap or lie outside the text: words must not be lost silently.
    """
    pieces: list[str] = []
    position = 0
    for span, words in sorted(replacements, key=lambda item: item[0]):
        if not position <= span.start <= span.end <= len(text):
            raise ValueError(
                f"the span {span.start}–{span.end} overlaps another or lies outside the text"
            )
        pieces.append(text[position : span.start])
        pieces.append(words)
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)


def bead_spans(
    source: Sequence[Sentence], target: Sequence[Sentence], beads: Sequence[Bead]
) -> list[tuple[Span, Span]]:
    """Return the span of each bead in the two documents.

    The empty side of a one-sided bead is an empty span at the place where its words would be
    inserted: right after the words before it.
    """
    source_end = 0
    target_end = 0
    spans: list[tuple[Span, Span]] = []
    for bead in beads:
        source_span = extent(source, bead.source) or Span(source_end, source_end)
        target_span = extent(target, bead.target) or Span(target_end, target_end)
        source_end = source_span.end
        target_end = target_span.end
        spans.append((source_span, target_span))
    return spans
