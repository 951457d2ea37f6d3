"""Write an article as plain text to paste: blank lines between blocks, marks before list items.

A text read from a file with layout (a web page, Word) has one line a block. Programs in which
editors paste it read an empty line as the end of a paragraph, "- " and "1. " as list items.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from articles.formats.interchange import Article
from articles.formats.source_map import SourceMap, apply_corrections
from articles.text.blocks import ITEMS, NUMBERED, Block

_ITEM_MARK = "- "
_INDENT = "  "
_NEW_LINE = "\x1e"
"""Stands for a line end inside a correction, so that the lines of the text keep their numbers. No
text has this character: readers refuse it."""


class Line(NamedTuple):
    """A line of the text with its block's kind; ``goes_on`` says that it continues its block."""

    words: str
    kind: str
    goes_on: bool = False


def lay_out(article: Article) -> str:
    """Return the corrected article; its ``blocks`` must be known. Lines without words are left out.

    A line that a correction adds is a block of the kind of the line that it was added to.
    """
    layout = _lines_of(article.target)
    corrected = apply_corrections(layout, article, _hide_line_ends)
    kinds = _kinds(article.target, article.blocks or ())
    lines: list[Line] = []
    for words, (kind, goes_on) in zip(corrected.split("\n"), kinds, strict=True):
        first, *added = words.split(_NEW_LINE)
        lines.append(Line(first.strip(), kind, goes_on))
        for each in added:
            lines.append(Line(each.strip(), kind))
    pieces = _parted(lines)
    return "".join(pieces)


def _lines_of(text: str) -> SourceMap:
    """Return the text as a map of itself: its lines can be changed, the ends of these stay."""
    layout = SourceMap(text)
    at = 0
    for line in text.split("\n"):
        if at and not layout.length:  # a line end at the very beginning
            layout.add("\n", 0, at)
        elif at:
            layout.add_break()
        end = at + len(line)
        layout.add(line, at, end)
        at = end + 1
    return layout


def _hide_line_ends(words: str) -> str:
    return words.replace("\n", _NEW_LINE)


def _kinds(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """Yield the kind of each line, and whether it continues the block of the line before."""
    at = 0
    for line in text.split("\n"):
        kind = ""
        goes_on = False
        number = bisect_right(blocks, at, key=attrgetter("start")) - 1
        if number >= 0 and at < blocks[number].end:
            block = blocks[number]
            kind = block.kind
            goes_on = at > block.start
        yield kind, goes_on
        at += len(line) + 1


def _parted(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines that have words, with what stands before each of them."""
    kind_before = None
    number = 0
    for line in lines:
        if not line.words:
            continue
        is_next_item = line.kind in ITEMS and line.kind == kind_before
        if kind_before is not None:
            gap = "\n\n"
            if line.goes_on or is_next_item:
                gap = "\n"
            yield gap
        if not is_next_item:
            number = 0
        if not line.goes_on:
            number += 1
        yield _mark(line, number) + line.words
        kind_before = line.kind


def _mark(line: Line, number: int) -> str:
    """Return what stands before the words of a line: item ``number`` of its list, if it is one."""
    if line.kind not in ITEMS:
        return ""
    if line.goes_on:
        return _INDENT
    if line.kind == NUMBERED:
        return f"{number}. "
    return _ITEM_MARK
