"""A file's words and where each of them stands in it; corrected words go back to their places, all else stays.

A reader of a format with mark-up (web pages, Markdown, wrapped text) makes a Layout: the text as people read it, cut in
pieces that know their place in the file. What nobody corrected is then handed out byte for byte.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from articles.formats.interchange import Article
from articles.formats.text.plain import with_spacing
from articles.segmentation.segmenter import split_sentences
from articles.text.diff import Edit, edits
from articles.text.document import Span, with_replacements

Escape = Callable[[str], str]
"""Makes words into what the format writes for them."""
_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """A run of the text, and ``at``–``end``, the run of the file that it was read from.

    Either both are the same characters, or it is one character in another spelling: ``&amp;``, a line end that is read
    as a blank. ``depth`` counts the marks (bold, a link) it stands in; ``escape``, where it is not the file's own.
    """

    start: int
    text: str
    at: int
    end: int
    depth: int = 0
    escape: Escape | None = None


class Markup(NamedTuple):
    """Something around words: a pair of tags, a list item. Gone are its words, gone is the mark."""

    at: int
    inner: int
    close: int
    end: int


@dataclass(slots=True)
class SourceMap:
    """The file's characters, the text in it, and how the two belong together. Pieces are in the order of the text."""

    raw: str
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    marks: list[Markup] = field(default_factory=list)

    def add(
        self, text: str, at: int, end: int, *, depth: int = 0, escape: Escape | None = None
    ) -> None:
        """Go on with ``text``, which stands in the file from ``at`` to ``end``."""
        self.pieces.append(Piece(len(self.text), text, at, end, depth, escape))
        self.text += text

    def add_break(self) -> None:
        """The next words begin a line."""
        if self.text:
            self.text += "\n"


def apply_corrections(layout: SourceMap, article: Article, escape: Escape) -> str:
    """The file with the article's approved corrections in it; ``article.target`` is the layout's text.

    Words that stay keep their mark-up; words that replace others stand in the mark-up of those. A repair over several
    paragraphs is divided among them.
    """
    approved = (
        (segment.target_span, correction.after)
        for segment in article.segments
        if segment.target_span is not None and (correction := segment.approved)
    )
    changes: list[tuple[Span, str]] = []
    for span, words in with_spacing(layout.text, approved):
        for edit in _by_line(layout.text, span, words, article.target_language):
            changes += _in_file(layout, edit, escape)
    return with_replacements(layout.raw, _without_empty_marks(layout, changes))


def _by_line(text: str, span: Span, words: str, language: str) -> Iterator[Edit]:
    """What the repair does to each line of the text that it spans; within a line, to as few words as can be."""
    lines = span.of(text).split("\n")
    at = span.start
    for before, after in zip(lines, divide_lines(lines, words, language), strict=True):
        for edit in edits(before, after):
            yield from _by_word(
                text, Edit(Span(at + edit.span.start, at + edit.span.end), edit.text)
            )
        at += len(before) + 1


def _by_word(text: str, edit: Edit) -> Iterator[Edit]:
    """As many words for as many: each replaces its own, and so stays in that one's mark-up."""
    before = edit.span.of(text)
    old, new = list(_WORD.finditer(before)), _WORD.findall(edit.text)
    if len(old) != len(new) or _WORD.split(before) != _WORD.split(edit.text):
        yield edit
        return
    for match, word in zip(old, new, strict=True):
        if match.group() != word:
            yield Edit(Span(edit.span.start + match.start(), edit.span.start + match.end()), word)


def divide_lines(lines: list[str], after: str, language: str) -> list[str]:
    """``after``, the repair of ``lines`` of the text, cut in as many lines.

    Where it has line ends of its own, as many, it is cut there. Otherwise the words that were kept say between which
    places a cut must lie, and there it lies where a sentence begins, or else a word, nearest to its share.
    """
    own = after.split("\n")
    if len(own) == len(lines):
        return own
    before, ends, at = "\n".join(lines), [], 0
    for line in lines[:-1]:
        at += len(line) + 1
        ends.append(at)
    kept = list(_kept(before, after))
    sentences = [0, *(each.start for each in split_sentences(after, language)), len(after)]
    words = [0, *(match.start() for match in _WORD.finditer(after)), len(after)]
    cuts = [0]
    for end in ends:
        low = max([cuts[-1], *(new.end for old, new in kept if old.start < end)])
        high = min([len(after), *(new.start for old, new in kept if old.start >= end)])
        lost = max([0, *(old.end for old, _new in kept if old.start < end)])
        found = min([len(before), *(old.start for old, _new in kept if old.start >= end)])
        aim = low + (max(high, low) - low) * (end - lost) / max(1, found - lost)
        allowed = [each for each in sentences if low <= each <= high] or [
            each for each in words if low <= each <= high
        ]
        cuts.append(min(allowed or [low], key=lambda place: abs(place - aim)))
    cuts.append(len(after))
    return [after[start:end].strip() for start, end in pairwise(cuts)]


def _kept(before: str, after: str) -> Iterator[tuple[Span, Span]]:
    """The words that stay, with where they stand before and after."""
    at = shift = 0
    for span, text in [*edits(before, after), Edit(Span(len(before), len(before)), "")]:
        for word in _WORD.finditer(before, at, span.start):
            yield Span(word.start(), word.end()), Span(word.start() + shift, word.end() + shift)
        at = span.end
        shift += len(text) - (span.end - span.start)


def _in_file(layout: SourceMap, edit: Edit, escape: Escape) -> Iterator[tuple[Span, str]]:
    """The edit in the file: words go, and the new ones come to the least marked of the pieces that lose some.

    What is only put in comes to the least marked piece that it touches, so that no link or bold run grows.
    """
    span, words = edit
    pieces = layout.pieces
    first = bisect_left(pieces, span.start, key=lambda piece: piece.start + len(piece.text))
    near = pieces[first : bisect_right(pieces, span.end, key=lambda piece: piece.start)]
    losing = [
        piece
        for piece in near
        if piece.start < span.end and span.start < piece.start + len(piece.text)
    ]
    home = min(losing or near, key=lambda piece: piece.depth)
    for piece in losing or [home]:
        start, end = piece.at, piece.end
        if layout.raw[start:end] == piece.text:
            start, end = (
                start + max(0, span.start - piece.start),
                start + min(len(piece.text), span.end - piece.start),
            )
        elif piece not in losing:
            start = end = piece.end if span.start > piece.start else piece.at
        yield Span(start, end), (piece.escape or escape)(words) if piece is home else ""


def _without_empty_marks(
    layout: SourceMap, changes: list[tuple[Span, str]]
) -> list[tuple[Span, str]]:
    """The changes, and with them the marks that would be left without any words."""
    for mark in sorted(layout.marks, key=lambda each: each.end - each.at):
        near = [
            change for change in changes if mark.at < change[0].end and change[0].start < mark.end
        ]
        inside = [
            change
            for change in changes
            if mark.inner <= change[0].start and change[0].end <= mark.close
        ]
        if (
            inside
            and not any(words for _span, words in inside)
            and all(change in inside for change in near)
        ):
            cut = [
                (Span(span.start - mark.inner, span.end - mark.inner), "")
                for span, _words in inside
            ]
            if not with_replacements(layout.raw[mark.inner : mark.close], cut).strip():
                changes = [change for change in changes if change not in inside]
                changes.append((Span(mark.at, mark.end), ""))
    return changes
