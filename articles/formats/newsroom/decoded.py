"""Text that is written in another notation: JSON strings, XML text and CDATA, with its places.

A story's HTML stands in a JSON string or in a CDATA section. Corrections go back into the file, so
each character of the text must be found there, whatever its spelling.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple

from articles.formats.source_map import Escape

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_XML = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)(?:\]\]>|$)|<!--.*?(?:-->|$)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)",
    re.DOTALL,
)


Stretch = tuple[str, int, int, Escape]
"""A stretch of text, where it stands in the file (from, to), and how words are written there."""


class Part(NamedTuple):
    """A part of the text from ``start``, that stands in the file from ``at`` to ``end``.

    Either both are the same characters, or the text has one or two characters in another spelling.
    ``escape`` writes words in the notation of the file.
    """

    start: int
    text: str
    at: int
    end: int
    escape: Escape

    @property
    def is_literal(self) -> bool:
        """Whether the file has the same characters."""
        return len(self.text) == self.end - self.at


class Decoded:
    """The text of a stretch of a file, and where each of its characters stands."""

    def __init__(self, pieces: Iterable[Stretch]) -> None:
        self.parts: list[Part] = []
        at = 0
        for text, start, end, notation in pieces:
            if text:
                self.parts.append(Part(at, text, start, end, notation))
                at += len(text)
        self.starts = [part.start for part in self.parts]
        self.text = "".join(part.text for part in self.parts)

    def pieces(self, start: int, end: int) -> Iterator[Stretch]:
        """Yield the text from ``start`` to ``end`` in stretches with their places in the file."""
        number = bisect_right(self.starts, start) - 1
        while number < len(self.parts) and self.parts[number].start < end:
            part = self.parts[number]
            if part.is_literal:
                low = max(start, part.start) - part.start
                high = min(end, part.start + len(part.text)) - part.start
                yield part.text[low:high], part.at + low, part.at + high, part.escape
            else:
                yield part.text, part.at, part.end, part.escape
            number += 1

    def escape_at(self, offset: int) -> Escape:
        """Return how words are written in the file at an offset of the text."""
        number = max(0, bisect_right(self.starts, offset) - 1)
        return self.parts[number].escape

    def place(self, offset: int) -> int:
        """Return the place in the file of an offset in the text; its end for the last."""
        number = bisect_right(self.starts, offset) - 1
        if number < 0:
            return 0
        part = self.parts[number]
        if part.is_literal:
            return part.at + min(offset - part.start, len(part.text))
        return part.at if offset == part.start else part.end


def decode_literal(raw: str) -> Decoded:
    """Return the whole file as it is."""
    return Decoded([(raw, 0, len(raw), str)])


def decode_json(raw: str, start: int, end: int) -> Decoded:
    """Return the text of a JSON string whose characters stand from ``start`` to ``end``."""
    return Decoded(_json_pieces(raw, start, end))


def _json_pieces(raw: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for found in _ESCAPE.finditer(raw, start, end):
        yield raw[at : found.start()], at, found.start(), _escape_json
        yield _unescape(found.group()), found.start(), found.end(), _escape_json
        at = found.end()
    yield raw[at:end], at, end, _escape_json


def _unescape(escape: str) -> str:
    """Return the character of an escape in JSON; "" for what no text may hold."""
    character = str(json.loads(f'"{escape}"', strict=False))
    if character in "\n\r\t":
        return character
    if character < " " or "\ud800" <= character <= "\udfff":
        return ""
    return character


def _escape_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def decode_xml(raw: str, start: int, end: int) -> Decoded:
    """Return the text between XML tags: entities are resolved, and CDATA is taken as it is."""
    return Decoded(_xml_pieces(raw, start, end))


def _xml_pieces(raw: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for found in _XML.finditer(raw, start, end):
        yield raw[at : found.start()], at, found.start(), _escape_xml
        if found["entity"]:
            yield unescape(found["entity"]), found.start(), found.end(), _escape_xml
        elif found["data"]:
            yield found["data"], *found.span("data"), _escape_data
        at = found.end()
    yield raw[at:end], at, end, _escape_xml


def _escape_xml(words: str) -> str:
    return escape(words, quote=False)


def _escape_data(words: str) -> str:
    return words.replace("]]>", "]]&gt;")
