"""Read and write plain text whose lines may be wrapped at a width, as wire copy and mail are.

A line break that was set for want of room is a blank to its readers (segmentation/lines.py finds
it). The file is kept where it has such breaks: corrections go back into it, and all other lines
stay wrapped as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.formats.interchange import Article, BadFile
from articles.formats.source_map import SourceMap, apply_corrections
from articles.formats.text import plain
from articles.segmentation.lines import find_soft_breaks

_COMPOUND = re.compile(r"\w[-\N{HYPHEN}]")
_SUSPENDED = re.compile(r"(?:and|or|to|et|ou|und|oder)\b")
"""What follows a hyphen that stands for a part of a later word: "pre- and post-war"."""


def read_text(data: bytes, *, name: str) -> str:
    """Return the text of a file with a blank for each line break inside a paragraph.

    Raises BadFile.
    """
    return _layout(plain.read_text(data, name=name)).text


def is_wrapped(data: bytes, text: str) -> bool:
    """Return whether the file reads otherwise than the ``text`` of it, so that it must be kept."""
    return plain.decode(data) != text


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the corrected articles, a blank line between them.

    A wrapped text goes out as the file that came in, in its own encoding; everything but the
    corrections is unchanged.
    """
    for number, article in enumerate(articles):
        if number:
            yield b"\n\n"
        corrected = _corrected_file(article)
        if corrected is None:
            yield from plain.write(article)
        else:
            yield corrected


def _corrected_file(article: Article) -> bytes | None:
    """Return the file of a wrapped text with its corrections, None where it came otherwise."""
    if not article.page:
        return None
    try:
        raw, encoding = plain.decode_with_encoding(article.page)
    except BadFile:
        return None
    layout = _layout(raw)
    if layout.text != article.target:
        return None
    line_end = "\r\n" if "\r\n" in raw else "\n"
    corrected = apply_corrections(layout, article, lambda words: words.replace("\n", line_end))
    try:
        return corrected.encode(encoding)
    except UnicodeEncodeError:  # a new word has a letter that the old encoding has not
        return corrected.encode("utf-8-sig")


def _layout(raw: str) -> SourceMap:
    layout = SourceMap(raw)
    text = raw.removeprefix("\ufeff")
    mark = len(raw) - len(text)
    at = mark
    for soft_break in find_soft_breaks(text):
        start, end = soft_break.start + mark, soft_break.end + mark
        layout.add(raw[at:start], at, start)
        if not _is_in_compound(raw, start, end):
            layout.add(" ", start, end)
        at = end
    layout.add(raw[at:], at, len(raw))
    return layout


def _is_in_compound(raw: str, start: int, end: int) -> bool:
    """Return whether a break stands after the hyphen of a compound ("well-known")."""
    if not _COMPOUND.fullmatch(raw, max(0, start - 2), start) or not raw[end].isalnum():
        return False
    return _SUSPENDED.match(raw, end) is None
