"""Read PDF: its text as paragraphs. A PDF is never written, for it cannot take corrections back.

A PDF (ISO 32000) places letters on pages; it knows no words, lines or paragraphs. Here lines become
a paragraph again by their distance, their size of type and their length, so the text is to be
looked at before it is imported; ``notes`` say so.
"""

from __future__ import annotations

import io
import logging
import re
import statistics
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NullObject, StreamObject

from articles.formats.interchange import (
    EMPTY,
    LARGEST_TEXT,
    TOO_LARGE,
    BadFile,
    TextNotes,
    Warnings,
)
from articles.text.messages import gettext_noop as _

# What is wrong with a file is told to the person who brought it; the library would log each fault.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_DAMAGED = _("the PDF is damaged or incomplete; save it again")
_LOCKED = _("this PDF is protected by a password; save it without one")
_NO_TEXT = _("the PDF contains pictures of its pages and no text; ask for the Word file")
_BOMB = _("the pages of the PDF are larger than %(limit)s MB; split it")
_LONG = _("the PDF has more than %(limit)s pages; split it")
_LOSSY = _(
    "a PDF has lines, not paragraphs, and no corrections can be put back into it; look at the text"
    " that was read"
)

_DAMAGES = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError,
    OSError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What the library raises for files that break the standard's rules."""
_LARGEST_PAGES = 6_000_000
"""Bytes of all pages' drawing instructions; a book of 400 pages has about 4 million."""
_LARGEST_FILE = 5 * LARGEST_TEXT
_MOST_PAGES = 1_000
_SAME_SIZE = 0.1
"""Sizes of type that differ by less than this part are the same."""
_NEXT_LINE = 1.3
"""A line further away than this many times the usual distance begins a paragraph."""
_FULL_LINE = 0.7
"""A line shorter than this part of the widest one ends its paragraph."""
_EDGE = 2
"""Lines at each end of a page that may be repeated on others."""
_BULLET = re.compile(r"\s*(?:[•·▪◦‣*–—-]\s|\d{1,2}[.)]\s)")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página)\s*)?\d{1,4}(?:\s*(?:/|of|sur|von|de)\s*\d{1,4})?\W*", re.I
)
_HYPHEN = re.compile(r"(\w+)[-\u2010]$")
_WORDS = re.compile(r"\w+(?:[-\u2010]\w+)*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words, how high it stands, and its size of type, both in points."""

    text: str
    height: float
    size: float


def read_text(data: bytes, *, name: str = "") -> str:
    """Return the text of the PDF, a line for each paragraph. Raises BadFile."""
    pages = _pages(data)
    repeated = _repeated_at_edges(pages)
    paragraphs = list(_paragraphs([_without_edges(page, repeated) for page in pages]))
    if not paragraphs:
        raise BadFile(_NO_TEXT)
    return "\n\n".join(paragraphs)


def left_out(data: bytes) -> list[str]:
    """Return the lines that stand on several pages, and the page numbers. Raises BadFile."""
    pages = _pages(data)
    repeated = _repeated_at_edges(pages)
    found = []
    for page in pages:
        found += [line.text for line in _edges(page) if _text_without_numbers(line) in repeated]
    return found


def notes(data: bytes) -> TextNotes:
    """Return the warning that the text was put together from lines."""
    warnings = Warnings()
    warnings.add(BadFile(_LOSSY))
    return TextNotes((), warnings)


# ── lines ────────────────────────────────────────────────────────────────────


def _pages(data: bytes) -> list[list[_Line]]:
    """Return the lines of each page, in the order in which the file draws them."""
    if not data:
        raise BadFile(EMPTY)
    if len(data) > _LARGEST_FILE:
        raise BadFile(TOO_LARGE, limit=_LARGEST_FILE // 1_000_000)
    try:
        reader = PdfReader(io.BytesIO(data))
        # A PDF that only forbids printing or changes is encrypted, too, and opens without a
        # password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadFile(_LOCKED)
        return list(_read_pages(reader))
    except _DAMAGES as problem:
        raise BadFile(_DAMAGED) from problem


def _read_pages(reader: PdfReader) -> Iterator[list[_Line]]:
    size = 0
    for number, page in enumerate(reader.pages):
        # Stream by stream: together they could fill the memory (docs/decisions/0045).
        for stream in _drawing_streams(page):
            size += len(stream.get_data())
            if size > _LARGEST_PAGES:
                raise BadFile(_BOMB, limit=_LARGEST_PAGES // 1_000_000)
        if number >= _MOST_PAGES:
            raise BadFile(_LONG, limit=_MOST_PAGES)
        yield _lines(page)


def _drawing_streams(page: PageObject) -> Iterator[StreamObject]:
    """Yield the streams that a page consists of; each is unpacked only when it is asked for."""
    contents = page.get("/Contents", NullObject()).get_object()
    if isinstance(contents, StreamObject):
        yield contents
    elif isinstance(contents, ArrayObject):
        for each in contents:
            stream = each.get_object()
            if isinstance(stream, StreamObject):
                yield stream


def _lines(page: PageObject) -> list[_Line]:
    lines: list[_Line] = []
    text = ""
    place: tuple[float, float] | None = None

    def end_line() -> None:
        nonlocal text, place
        if place is not None and text.strip():
            lines.append(_Line(" ".join(text.split()), *place))
        text = ""
        place = None

    def visit(piece: str, current: Any, matrix: Any, _font: Any, size: float) -> None:
        """Take a piece of text with its two matrices, which place it on the page."""
        nonlocal text, place
        for number, part in enumerate(piece.split("\n")):
            if number:
                end_line()
            text += part
            if part.strip() and place is None:
                # A matrix is a, b, c, d, e, f: d scales heights, f moves them (ISO 32000-1, 8.3).
                scale = abs(matrix[3] * current[3]) or 1.0
                place = (matrix[5] * current[3] + current[5], size * scale)

    page.extract_text(visitor_text=visit)
    end_line()
    return lines


def _text_without_numbers(line: _Line) -> str:
    """Return what a line at the edge of a page is compared by: its text without its numbers."""
    if _PAGE_NUMBER.fullmatch(line.text):
        return "#"
    return re.sub(r"\d+", "#", line.text)


def _edges(page: Sequence[_Line]) -> list[_Line]:
    """Return the lines that may be a running title or a page number: two at each end."""
    if len(page) <= 2 * _EDGE:
        return list(page)
    return [*page[:_EDGE], *page[-_EDGE:]]


def _repeated_at_edges(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """Return the lines, without their numbers, that stand at the edges of several pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_text_without_numbers(line) for line in _edges(page)})
    return {text for text, count in counts.items() if count > 1}


def _without_edges(page: Sequence[_Line], repeated: set[str]) -> list[_Line]:
    """Return the lines of a page without its running titles and its number."""
    dropped = {id(line) for line in _edges(page) if _text_without_numbers(line) in repeated}
    return [line for line in page if id(line) not in dropped]


# ── paragraphs ───────────────────────────────────────────────────────────────


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Yield the paragraphs; one may go on over the end of a page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    known = _counted_words(lines)
    widest = max(len(line.text) for line in lines)
    distance = _usual_distance(pages)
    text = lines[0].text
    for before, line in pairwise(lines):
        if _goes_on(before, line, widest, distance):
            text = _joined(text, line.text, known)
        else:
            yield text
            text = line.text
    yield text


def _counted_words(lines: Iterable[_Line]) -> Counter[str]:
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.lower() for word in _WORDS.findall(line.text))
    return words


def _usual_distance(pages: Sequence[Sequence[_Line]]) -> float:
    """Return the distance between two lines of a paragraph in points, 0 where there is none."""
    distances = []
    for page in pages:
        for before, line in pairwise(page):
            if before.height > line.height and _is_same_size(before, line):
                distances.append(round(before.height - line.height, 1))
    if not distances:
        return 0
    # Lines of one paragraph stand closest, and are the most.
    return statistics.mode(sorted(distances))


def _goes_on(before: _Line, line: _Line, widest: int, distance: float) -> bool:
    """Return whether a line belongs to the paragraph of the one before it."""
    if not _is_same_size(before, line) or _BULLET.match(line.text):
        return False
    if len(before.text) < _FULL_LINE * widest:
        return False
    step = before.height - line.height
    if step > 0:
        return step <= _NEXT_LINE * distance
    # The next page, or the next column: a sentence goes on there in lower case.
    return line.text[:1].islower()


def _is_same_size(before: _Line, line: _Line) -> bool:
    return abs(before.size - line.size) <= _SAME_SIZE * max(before.size, line.size)


def _joined(text: str, line: str, known: Counter[str]) -> str:
    """Return a text with the next line; a word that was divided at the end of the line is whole."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    cut = _HYPHEN.search(text)
    rest = _WORDS.match(line)
    if cut is None or rest is None or not line[:1].islower():
        return f"{text} {line}"
    whole = (cut[1] + rest[0]).lower()
    with_hyphen = f"{cut[1]}-{rest[0]}".lower()
    # “peut-être” keeps the hyphen where the text has it elsewhere.
    if known[with_hyphen] > known[whole]:
        return text + line
    return text[:-1] + line
