"""Where a text lost the full stop between two sentences, told by the other text.

Web pages lose it: "… à la bourse de Singapour Certains prêteurs …". A capital alone says nothing,
as every name has one. So what stands before and behind each capital is compared with the two
sentences of the other text. The aligner then searches once more, with such places as possible
boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from wordfreq import zipf_frequency

from articles.alignment.sentence_encoder import SentenceEncoder, Vectors
from articles.alignment.similarity import Side
from articles.segmentation.boundaries import find_capitals
from articles.text.document import Bead
from articles.text.thresholds import LOST_STOP, LOST_STOP_LAG

MOST_CAPITALS = 3
"""Capitals that are tried for each boundary of the other text: those nearest to its place."""

MOST_BLANKS = 8
"""Blanks around such a capital at which the text is cut, too, to compare."""

CLOSING_MARKS = '»”"’)'

GRAMMATICAL_WORD = 6.0
"""Words at least this frequent (Zipf) are articles, prepositions and the like."""

_LONGEST_WORD = 60
_BLANK = re.compile(r"\s")
_LAST_WORD = re.compile(r"[^\W_]+\Z")

Pieces = tuple[int, int]
"""Pieces of a text that stand together: the first, and the one behind the last."""


class Capital(NamedTuple):
    """A blank before a word with a capital: the character of the document, and that of the joined
    text of the pieces."""

    place: int
    offset: int


class Cut(NamedTuple):
    """The halves of a text that is cut in two."""

    before: str
    behind: str


def find_lost_stops(
    beads: Sequence[Bead], left: Side, right: Side, encoder: SentenceEncoder
) -> tuple[set[int], set[int]]:
    """Return the characters of both texts before which a full stop was probably lost.

    ``beads`` are the groups of pieces of ``left`` and ``right``.
    """
    in_left: set[int] = set()
    in_right: set[int] = set()
    for bead in beads:
        if bead.source[0] == bead.source[1] or bead.target[0] == bead.target[1]:
            continue
        in_right.update(_lost_stops(left, bead.source, right, bead.target, encoder))
        in_left.update(_lost_stops(right, bead.target, left, bead.source, encoder))
    return in_left, in_right


def _lost_stops(
    whole: Side, whole_pieces: Pieces, side: Side, pieces: Pieces, encoder: SentenceEncoder
) -> Iterator[int]:
    """Yield the characters of ``side`` where the sentences of ``whole`` say that one begins."""
    boundaries = _sure_boundaries(whole, whole_pieces)
    if not boundaries:
        return
    text = _joined(side, *pieces)
    capitals = list(_capitals(side, pieces))
    for boundary in boundaries:
        before = _joined(whole, whole_pieces[0], boundary)
        behind = _joined(whole, boundary, whole_pieces[1])
        place = _likeliest_place(before, behind, text, capitals, encoder)
        if place is not None:
            yield place


def _sure_boundaries(side: Side, pieces: Pieces) -> list[int]:
    """Return the pieces behind the first at which a sentence surely begins."""
    first, end = pieces
    return [piece for piece in range(first + 1, end) if side.certain[piece] >= 0.5]


def _capitals(side: Side, pieces: Pieces) -> Iterator[Capital]:
    """Yield each blank before a word with a capital, behind words that may end a sentence."""
    first, end = pieces
    offset = 0
    for piece in side.sentences[first:end]:
        for place in find_capitals(piece.text):
            before = piece.text[max(0, place - _LONGEST_WORD) : place]
            if _may_end_sentence(before, side.rules.code):
                yield Capital(piece.start + place, offset + place)
        offset += len(piece.text) + 1


def _may_end_sentence(text: str, language: str) -> bool:
    """Whether a text may be a sentence that lost its full stop.

    It ends with a letter, a digit or a closing mark, and not with a word that needs another one
    ("the", "of"), as the text before most names does.
    """
    last = _LAST_WORD.search(text)
    if last is None:
        return text[-1:] in CLOSING_MARKS
    return zipf_frequency(last.group(), language) < GRAMMATICAL_WORD


def _likeliest_place(
    before: str, behind: str, text: str, capitals: Sequence[Capital], encoder: SentenceEncoder
) -> int | None:
    """Return the place of the capital at which ``text`` is cut into what ``before`` and ``behind``
    say, or None."""
    share = len(before) / (len(before) + len(behind))
    expected = share * (len(text) - 1)
    nearest = sorted(capitals, key=lambda capital: abs(capital.offset - expected))
    nearest = nearest[:MOST_CAPITALS]
    if not nearest:
        return None
    sentences = encoder.sentences([before, behind])
    cuts = [_cut(text, capital.offset) for capital in nearest]
    similarities = _similarities(sentences, cuts, encoder)
    best = int(similarities.sum(axis=0).argmax())
    of_best = similarities[:, best]
    if of_best.min() < LOST_STOP:
        return None
    # Where a translation joins two sentences, it does so with a word or a mark ("…, who …"). A cut
    # there is better than the one at the next name.
    others = _cuts_between_words(text, nearest[best].offset)
    of_others = _similarities(sentences, others, encoder)
    best_other = of_others.mean(axis=0).max()
    if of_best.mean() < best_other - LOST_STOP_LAG:
        return None
    return nearest[best].place


def _cut(text: str, blank: int) -> Cut:
    """Return what stands before and behind a blank of a text."""
    return Cut(text[:blank], text[blank:].strip())


def _cuts_between_words(text: str, place: int) -> list[Cut]:
    """Return the cuts of a text at the blanks nearest to a place."""
    blanks = [blank.start() for blank in _BLANK.finditer(text)]
    blanks.sort(key=lambda blank: abs(blank - place))
    return [_cut(text, blank) for blank in blanks[:MOST_BLANKS]]


def _similarities(sentences: Vectors, cuts: Sequence[Cut], encoder: SentenceEncoder) -> Vectors:
    """Return the cosines of two sentences with the two halves of each cut: one column a cut."""
    first, second = sentences
    before = encoder.sentences([cut.before for cut in cuts])
    behind = encoder.sentences([cut.behind for cut in cuts])
    return np.array([before @ first, behind @ second])


def _joined(side: Side, start: int, end: int) -> str:
    """Return the text of the pieces from ``start`` to before ``end``."""
    return " ".join(sentence.text for sentence in side.sentences[start:end])
