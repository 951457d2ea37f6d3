"""Put corrected words back into the file that a text was extracted from.

A reader of a format with mark-up (web pages, Markdown, wrapped text) builds a SourceMap: the text
as people read it, in pieces that know their place in the file. Whatever nobody corrected is written
byte for byte as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from articles.formats.interchange import Article
from articles.formats.text.plain import with_spacing
from articles.segmentation.segmenter import split_sentences
from articles.segmentation.soft_breaks import find_continued
from articles.text.diff import Edit, edits
from articles.text.document import Span, with_replacements

Escape = Callable[[str], str]
"""Escapes words as the format requires it."""
_WORD = re.compile(r"\S+")
_KeptWord = tuple[Span, Span]
"""A word that a correction leaves as it was: its span before and its span after."""


class Piece(NamedTuple):
    """A stretch of the text that was read from ``at`` to ``end`` of the file.

    Either both are the same characters, or it is one character in another spelling: ``&amp;``, or
    a line end that is read as a space. ``depth`` counts the elements (bold, a link) that enclose
    the piece. ``escape`` replaces the file's own escape function where it is given.
    """

    start: int
    text: str
    at: int
    end: int
    depth: int = 0
    escape: Escape | None = None


class Markup(NamedTuple):
    """An element around words, such as a pair of tags or a list item, with its places in the file.

    It reaches from ``at`` to ``end``, its content from ``inner`` to ``close``. An element that
    loses all its words is removed with them.
    """

    at: int
    inner: int
    close: int
    end: int


@dataclass(slots=True)
class SourceMap:
    """The characters of a file, the text in it, and how the two belong together.

    The pieces are in the order of the text.
    """

    raw: str
    pieces: list[Piece] = field(default_factory=list)
    marks: list[Markup] = field(default_factory=list)
    length: int = 0
    """Characters of the text."""
    breaks: list[int] = field(default_factory=list)
    """The places in the text of the breaks inside paragraphs: each is a line end or a blank."""
    _texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that was added so far."""
        # Joined when it is asked for: to append each piece to it takes the square of the length.
        self._texts = ["".join(self._texts)]
        return self._texts[0]

    def add(
        self, text: str, at: int, end: int, *, depth: int = 0, escape: Escape | None = None
    ) -> None:
        """Append ``text``, which stands in the file from ``at`` to ``end``."""
        self.pieces.append(Piece(self.length, text, at, end, depth, escape))
        self._append(text)

    def add_break(self) -> None:
        """Let the next words begin a line."""
        if self.length:
            self._append("\n")

    def add_inner_break(self, at: int, end: int, *, depth: int = 0, text: str = "\n") -> None:
        """Append a break inside a paragraph, which stands in the file from ``at`` to ``end``."""
        self.breaks.append(self.length)
        self.add(text, at, end, depth=depth)

    def join_lines(self) -> None:
        """Let each break inside a sentence be a blank; before, all of them are line ends."""
        text = list(self.text)
        for at in _soft_breaks(self.text, self.breaks):
            text[at] = " "
        self._texts = ["".join(text)]

    def is_text_of(self, text: str) -> bool:
        """Return whether ``text`` was read from the file, and let the map's text be that.

        It may have a blank or a line end for each break inside a paragraph: texts that were stored
        earlier have line ends alone.
        """
        if text == self.text:
            return True
        # A break is one character either way, so that all places stay (docs/decisions/0047).
        if len(text) != self.length:
            return False
        own = list(self.text)
        for at in self.breaks:
            if text[at] in " \n":
                own[at] = text[at]
        self._texts = ["".join(own)]
        return text == self._texts[0]

    def _append(self, text: str) -> None:
        self._texts.append(text)
        self.length += len(text)


def _soft_breaks(text: str, breaks: Sequence[int]) -> Iterator[int]:
    """Yield those of the ``breaks`` inside paragraphs of a text that stand inside a sentence."""
    paragraphs: list[list[Span]] = []
    start = 0
    inner = set(breaks)
    is_inside = False
    for at in [*_line_ends(text), len(text)]:
        line = Span(start, at)
        if is_inside:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        is_inside = at in inner
        start = at + 1
    continued = find_continued([[line.of(text) for line in lines] for lines in paragraphs])
    for lines, found in zip(paragraphs, continued, strict=True):
        for line, goes_on in zip(lines, found, strict=False):
            if goes_on:
                yield line.end


def _line_ends(text: str) -> list[int]:
    return [found.start() for found in re.finditer("\n", text)]


def apply_corrections(source_map: SourceMap, article: Article, escape: Escape) -> str:
    """Return the file with the article's approved corrections in it.

    ``article.target`` is the text of the map. Words that stay keep their mark-up; words that
    replace others take the mark-up of those. A correction of several paragraphs is divided among
    them. Raise ValueError where corrections overlap.
    """
    approved = []
    for segment in article.segments:
        correction = segment.approved
        if segment.target_span is not None and correction:
            approved.append((segment.target_span, correction.after))
    changes: list[tuple[Span, str]] = []
    for span, words in with_spacing(source_map.text, approved):
        for edit in _line_edits(source_map.text, span, words, article.target_language):
            changes += _file_changes(source_map, edit, escape)
    return with_replacements(source_map.raw, _remove_empty_markup(source_map, changes))


# Edits of the text


def _line_edits(text: str, span: Span, words: str, language: str) -> Iterator[Edit]:
    """Yield the edits of each line that replace ``span`` of the text, as few words as possible."""
    lines = span.of(text).split("\n")
    at = span.start
    for before, after in zip(lines, divide_lines(lines, words, language), strict=True):
        for edit in edits(before, after):
            moved = Span(at + edit.span.start, at + edit.span.end)
            yield from word_edits(text, Edit(moved, edit.text))
        at += len(before) + 1


def word_edits(text: str, edit: Edit) -> Iterator[Edit]:
    """Yield one edit a word where as many words replace as many.

    Each word then stays in the mark-up of the one that it replaces.
    """
    before = edit.span.of(text)
    old = list(_WORD.finditer(before))
    new = _WORD.findall(edit.text)
    if len(old) != len(new) or _WORD.split(before) != _WORD.split(edit.text):
        yield edit
        return
    for match, word in zip(old, new, strict=True):
        if match.group() != word:
            start = edit.span.start
            yield Edit(Span(start + match.start(), start + match.end()), word)


def divide_lines(lines: list[str], after: str, language: str) -> list[str]:
    """Cut ``after``, the correction of ``lines``, into as many lines.

    Where it has as many lines of its own, it is cut there. Otherwise each cut lies between the kept
    words around it, where a sentence begins or else a word, as near as possible to its share.
    """
    own = after.split("\n")
    if len(own) == len(lines):
        return own
    before = "\n".join(lines)
    kept = _kept_words(before, after)
    sentences = [0, *map(attrgetter("start"), split_sentences(after, language)), len(after)]
    words = [0, *map(re.Match.start, _WORD.finditer(after)), len(after)]
    cuts = [0]
    line_start = 0
    for line in lines[:-1]:
        line_start += len(line) + 1
        low, high, aim = _cut_range(kept, line_start, cuts[-1])
        places = _between(sentences, low, high)
        if not places:
            places = _between(words, low, high)
        if not places:
            places = [low]
        cuts.append(_nearest(places, aim))
    cuts.append(len(after))
    return [after[start:end].strip() for start, end in pairwise(cuts)]


def _cut_range(kept: Sequence[_KeptWord], line_start: int, last_cut: int) -> tuple[int, int, float]:
    """Return from where to where the cut for a line may lie in the new text, and where it should.

    It should divide the new words between two kept words in the same proportion as the line's
    start divides the old ones.
    """
    index = bisect_left(kept, line_start, key=lambda pair: pair[0].start)
    old_before, new_before = kept[index - 1]
    old_after, new_after = kept[index]
    low = max(last_cut, new_before.end)
    high = new_after.start
    room = max(high, low) - low
    gap = max(1, old_after.start - old_before.end)
    return low, high, low + room * (line_start - old_before.end) / gap


def _between(places: list[int], low: int, high: int) -> list[int]:
    """Return those of the sorted places that lie from ``low`` to ``high``."""
    first = bisect_left(places, low)
    last = bisect_right(places, high)
    return places[first:last]


def _nearest(places: Sequence[int], aim: float) -> int:
    return min(places, key=lambda place: abs(place - aim))


def _kept_words(before: str, after: str) -> list[_KeptWord]:
    """Return the words that stay, between an empty one at the beginning and one at the end."""
    kept = [(Span(0, 0), Span(0, 0))]
    at = shift = 0
    end = Edit(Span(len(before), len(before)), "")
    for span, text in [*edits(before, after), end]:
        for word in _WORD.finditer(before, at, span.start):
            old = Span(word.start(), word.end())
            kept.append((old, Span(old.start + shift, old.end + shift)))
        at = span.end
        shift += len(text) - (span.end - span.start)
    kept.append((end.span, Span(len(after), len(after))))
    return kept


# Changes of the file


def _file_changes(source_map: SourceMap, edit: Edit, escape: Escape) -> Iterator[tuple[Span, str]]:
    """Yield the changes of the file that an edit of the text needs.

    The new words go to the piece with the least mark-up among those that lose words; where none
    does, to the one with the least among those that they touch, so that no link or bold text grows.
    """
    span, words = edit
    touched = _touched_pieces(source_map.pieces, span)
    changed = [piece for piece in touched if _loses_words(piece, span)]
    if not changed:
        changed = [min(touched, key=attrgetter("depth"))]
    home = min(changed, key=attrgetter("depth"))
    for piece in changed:
        new = ""
        if piece is home:
            escape_words = piece.escape or escape
            new = escape_words(words)
        # The other pieces only lose their words: the new ones stand once, in ``home``.
        replaced = _replaced_span(source_map.raw, piece, span)
        yield replaced, new


def _touched_pieces(pieces: Sequence[Piece], span: Span) -> Sequence[Piece]:
    # Those that only touch the span as well: words may be inserted at the edge of a piece.
    first = bisect_left(pieces, span.start, key=lambda piece: piece.start + len(piece.text))
    last = bisect_right(pieces, span.end, key=lambda piece: piece.start)
    return pieces[first:last]


def _loses_words(piece: Piece, span: Span) -> bool:
    return piece.start < span.end and span.start < piece.start + len(piece.text)


def _replaced_span(raw: str, piece: Piece, span: Span) -> Span:
    """Return the characters of the file that an edit of ``span`` replaces in the piece."""
    # The same characters in both: a part of the piece can be replaced, not only all of it.
    if raw[piece.at : piece.end] == piece.text:
        start = max(0, span.start - piece.start)
        end = min(len(piece.text), span.end - piece.start)
        return Span(piece.at + start, piece.at + end)
    if _loses_words(piece, span):
        return Span(piece.at, piece.end)
    # An insertion goes before or after a character in another spelling, never into it.
    place = piece.end if span.start > piece.start else piece.at
    return Span(place, place)


def _remove_empty_markup(
    source_map: SourceMap, changes: list[tuple[Span, str]]
) -> list[tuple[Span, str]]:
    """Return the changes with the removal of each element that they leave without words."""
    # Inner elements come first: an outer one may be empty only once they are gone.
    for markup in sorted(source_map.marks, key=lambda each: each.end - each.at):
        if _is_emptied(source_map.raw, markup, changes):
            removal = (Span(markup.at, markup.end), "")
            changes = [change for change in changes if not _is_inside(change[0], markup)]
            changes.append(removal)
    return changes


def _is_emptied(raw: str, markup: Markup, changes: list[tuple[Span, str]]) -> bool:
    """Whether all changes of an element are removals inside it and leave only blanks in it."""
    removed = []
    for span, words in changes:
        if _is_inside(span, markup):
            if words:
                return False
            removed.append((Span(span.start - markup.inner, span.end - markup.inner), ""))
        elif markup.at < span.end and span.start < markup.end:
            return False
    if not removed:
        return False
    return not with_replacements(raw[markup.inner : markup.close], removed).strip()


def _is_inside(span: Span, markup: Markup) -> bool:
    return markup.inner <= span.start and span.end <= markup.close
