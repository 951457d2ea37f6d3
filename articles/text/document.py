"""The words everything else is said in: a document, its sentences, and the segments that pair two documents.

All offsets are code points of the document's text, start inclusive, end exclusive. Nothing is ever normalised:
the sentences and the gaps between them, joined, are the document again, character for character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A run of a text: ``text[start:end]``, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, without the blanks around it.

    ``start`` and ``end`` are where it stands in the document; ``paragraph`` counts the line breaks' blocks from 0.
    """

    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Bead:
    """One aligned group: sentences ``source[0]:source[1]`` beside ``target[0]:target[1]`` (indices, end exclusive).

    Either range may be empty, not both. ``score`` in 0…1 is how likely the pairing is right
    ("bead" is Gale & Church's word, 1993; on screen it is a segment).
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language, as it arrived. ``language`` is a two-letter code (ISO 639-1).

    ``page`` is the file that the text was taken from, where its mark-up is wanted again; b"" otherwise.
    """

    name: str
    language: str
    text: str
    page: bytes = b""


def extent(sentences: Sequence[Sentence], chosen: tuple[int, int]) -> Span | None:
    """The span from the first to the last of the ``chosen`` sentences, gaps between them included; None for none."""
    first, end = chosen
    if first == end:
        return None
    return Span(sentences[first].start, sentences[end - 1].end)


def with_replacements(text: str, replacements: Sequence[tuple[Span, str]]) -> str:
    """``text`` with each span replaced by its new words; all else stays character for character.

    Raises ValueError when spans overlap or lie outside the text: silently losing words is what this product is against.
    """
    pieces: list[str] = []
    at = 0
    for span, words in sorted(replacements, key=lambda item: item[0]):
        if not at <= span.start <= span.end <= len(text):
            raise ValueError(
                f"the span {span.start}–{span.end} overlaps another or lies outside the text"
            )
        pieces += [text[at : span.start], words]
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def bead_spans(
    source: Sequence[Sentence], target: Sequence[Sentence], beads: Sequence[Bead]
) -> list[tuple[Span, Span]]:
    """Where each bead stands in the two documents. The empty side of a one-sided bead is an empty span at the place
    where its words would go: right after the words before it.
    """
    ends = [0, 0]
    spans: list[tuple[Span, Span]] = []
    for bead in beads:
        both = []
        for side, (sentences, chosen) in enumerate(((source, bead.source), (target, bead.target))):
            span = extent(sentences, chosen) or Span(ends[side], ends[side])
            ends[side] = span.end
            both.append(span)
        spans.append((both[0], both[1]))
    return spans
