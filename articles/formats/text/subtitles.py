"""Read and write subtitles: SubRip (.srt), WebVTT (.vtt, a W3C recommendation), YouTube's (.sbv).

The words of a cue are one line, since its own line ends are those of the screen; a line that begins
with a dash is another speaker's and stays apart. Times, numbers, styles and tags are not words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain

from articles.formats.interchange import Article, BadFile
from articles.formats.source_map import SourceMap, apply_corrections
from articles.formats.text.plain import decode_with_encoding
from articles.formats.text.plain import read_text as read_plain
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there are no subtitles with words in the file")
_NO_FILE = _("this article was not imported as subtitles")
_OTHER = _("this is not the file that the article was imported from")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIME = re.compile(rf"\s*{_CLOCK}(?:[ \t]*-->[ \t]*|,){_CLOCK}")
_LINE_END = "[br]"
"""The end of a line on the screen in YouTube's files."""
_BLANK = re.compile(r"\s+|\[br\]")
_DASH = re.compile(r"\s*[-–—]\s?\S")
_TOKEN = re.compile(
    r"(?P<tag></?[A-Za-z0-9][^<>\r\n]{0,200}>|\{\\[^{}\r\n]{1,100}\})"
    r"|(?P<entity>&(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<blank>[ \t]+|\[br\])|(?P<words>[^ \t<{&\[]+|.)"
)
_SRT_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d+[ \t]*\r?\n\s*[\d:]{4,9}[.,]\d{1,3}[ \t]*-->")
_LETTER = re.compile(r"[^\W\d_]")


def begins_srt(head: bytes) -> bool:
    """Return whether a file begins with the number and the times of a cue."""
    return bool(_SRT_HEAD.match(head))


def begins_vtt(head: bytes) -> bool:
    """Return whether a file says that it is WebVTT."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def read_text(data: bytes, *, name: str) -> str:
    """Return the words of the cues, a line each. Raises BadFile."""
    read_plain(data, name=name)
    text = _layout(decode_with_encoding(data)[0]).text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def left_out(data: bytes) -> list[str]:
    """Return the lines with words that are in no cue: notes, styles and names of cues."""
    raw = decode_with_encoding(data)[0]
    spoken = set(chain.from_iterable(_cues(raw)))
    lines = []
    for found in _LINE.finditer(raw):
        line = found.group().strip()
        if _place(found) in spoken or _TIME.match(line) or line.startswith("WEBVTT"):
            continue
        if _LETTER.search(line):
            lines.append(line)
    return lines


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the file of each article with its corrections; all else stays byte for byte.

    Raises BadFile where the article did not come as subtitles.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_FILE)
        raw, encoding = decode_with_encoding(article.page)
        layout = _layout(raw)
        if layout.text != article.target:
            raise BadFile(_OTHER)
        # WebVTT reads character references in a cue's text (W3C, 4.2.2); SubRip has none.
        escape = _escape_vtt if _is_vtt(raw) else _escape_srt
        corrected = apply_corrections(layout, article, escape)
        try:
            yield corrected.encode(encoding)
        except UnicodeEncodeError:  # a new word has a letter that the old encoding has not
            yield corrected.encode("utf-8-sig")


def _is_vtt(raw: str) -> bool:
    return raw.removeprefix("\ufeff").startswith("WEBVTT")


def _escape_srt(words: str) -> str:
    """Return words for a cue: an empty line would end it, an arrow would be a time."""
    return re.sub(r"\s*\n\s*", "\n", words).replace("-->", "→")


def _escape_vtt(words: str) -> str:
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return _escape_srt(words).replace(">", "&gt;")


def _place(line: re.Match[str]) -> tuple[int, int]:
    """Return from where to where a line stands, without its end."""
    return line.start(), line.start() + len(line.group().rstrip("\r\n"))


def _cues(raw: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the lines of each cue, as (from, to): those after its times up to an empty one."""
    cue: list[tuple[int, int]] | None = None
    for found in _LINE.finditer(raw):
        start, end = _place(found)
        if _TIME.match(raw, start, end):
            if cue:
                yield _without_number(raw, cue)
            cue = []
        elif not raw[start:end].strip():
            if cue:
                yield cue
            cue = None
        elif cue is not None:
            cue.append((start, end))


def _without_number(raw: str, cue: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines of a cue that no empty line ends, without the next one's number."""
    start, end = cue[-1]
    # SubRip numbers each cue; programs leave out the empty line before it.
    if raw[start:end].strip().isdigit():
        return cue[:-1]
    return cue


def _layout(raw: str) -> SourceMap:
    layout = SourceMap(raw)
    for cue in _cues(raw):
        before: int | None = None
        for start, end in cue:
            if before is None or _DASH.match(raw, start, end):
                before = None
            before = _add_line(layout, start, end, before)
    return layout


def _add_line(layout: SourceMap, start: int, end: int, before: int | None) -> int | None:
    """Add the words of a line of a cue; return where they end, None where there are none.

    ``before`` is the end of the words that the line continues, None where it begins a line.
    """
    blank_from = before
    has_begun = before is not None
    depth = 0
    for found in _TOKEN.finditer(layout.raw, start, end):
        if found["tag"]:
            depth += _deeper(found["tag"])
        if found["tag"] or found["blank"]:
            continue
        words = found.group()
        if found["entity"]:
            words = unescape(words)
        if not has_begun:
            layout.add_break()
            has_begun = True
        elif blank_from is not None and _is_apart(layout.raw, blank_from, found.start()):
            layout.add(" ", *_blank(layout.raw, blank_from, found.start()))
        layout.add(words, *found.span(), depth=depth)
        blank_from = found.end()
    return blank_from


def _deeper(tag: str) -> int:
    """Return how many elements more are open after a tag."""
    if tag.startswith("{"):
        return 0
    return -1 if tag.startswith("</") else 1


def _is_apart(raw: str, start: int, end: int) -> bool:
    """Return whether blanks stand between two words, besides tags."""
    between = raw[start:end]
    return _LINE_END in between or any(map(str.isspace, between))


def _blank(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return where the first run of blanks between two words stands."""
    found = _BLANK.search(raw, start, end)
    return found.span() if found else (end, end)
