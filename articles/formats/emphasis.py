"""Find the emphasis and the links of a document in the file that it came in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from html import unescape
from operator import attrgetter

from articles.formats.interchange import BadFile
from articles.formats.newsroom import epub
from articles.formats.office import docx_emphasis, odt
from articles.formats.source_map import Markup, SourceMap
from articles.formats.text import markdown
from articles.formats.web import html
from articles.text.emphasis import BOLD, ITALIC, LINK, Emphasis, in_lines

_TAG = re.compile(r"<(?:text:)?(?P<name>a|b|strong|i|em|cite|span)\b[^<>]*>", re.IGNORECASE)
_KINDS = {"a": LINK, "b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "cite": ITALIC}
_ADDRESS = re.compile(r"""\s(?:xlink:)?href=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKDOWN_ADDRESS = re.compile(r"\]\(\s*<?([^\s<>]*?)>?(?:\s[^)]*)?\)")
_STYLE_NAME = re.compile(r"""\stext:style-name=["']([^"']*)["']""")
_STYLE = re.compile(r"""<style:style\s[^<>]*?style:name=["']([^"']{1,200})["'][^<>]*>""")
_STYLES_END = "</style:style>"
_MARKS = {"*": ITALIC, "_": ITALIC, "**": BOLD, "__": BOLD}

Layout = Callable[[bytes], SourceMap]


def find_emphasis(file: bytes, text: str) -> list[Emphasis]:
    """Return the emphasis and the links of ``text``, which was read from ``file``.

    There are none where the file was not kept (b""), or where no format that knows them reads this
    text from it.
    """
    if not file:
        return []
    is_package = file.startswith(b"PK")
    if is_package and b"word/document.xml" in file:
        return _find_in_word(file, text)
    readers: list[Layout] = [html.read_layout, markdown.read_layout]
    # The second is OpenDocument as one plain XML file (.fodt).
    if odt.recognises(file) or b"<office:document" in file[:1000]:
        readers = [odt.read_layout]
    elif is_package:
        readers = [epub.read_layout]
    for read in readers:
        try:
            layout = read(file)
        except BadFile:
            continue
        if layout.is_text_of(text):
            return in_lines(text, _marked(layout))
    return []


def _find_in_word(file: bytes, text: str) -> list[Emphasis]:
    try:
        return in_lines(text, docx_emphasis.read_emphasis(file, text))
    except BadFile:
        return []


def _marked(layout: SourceMap) -> Iterator[Emphasis]:
    styles = _styles(layout.raw)
    starts = [piece.at for piece in layout.pieces]
    ordered = starts == sorted(starts)
    # The search below needs pieces in the file's order; a text that was read in another order has
    # no emphasis then.
    for markup in layout.marks if ordered else ():
        kinds = _kinds(layout.raw, markup, styles)
        if not kinds:
            continue
        first = bisect_left(layout.pieces, markup.inner, key=attrgetter("at"))
        last = bisect_right(layout.pieces, markup.close - 1, key=attrgetter("at")) - 1
        if first > last:
            continue
        start = layout.pieces[first].start
        end = layout.pieces[last].start + len(layout.pieces[last].text)
        address = _address(layout.raw, markup) if LINK in kinds else ""
        for kind in kinds:
            yield Emphasis(start, end, kind, address if kind == LINK else "")


def _kinds(raw: str, markup: Markup, styles: dict[str, set[str]]) -> set[str]:
    """Return what an element or a mark does with its words, by what it begins with."""
    opening = raw[markup.at : markup.inner]
    tag = _TAG.match(opening)
    if tag:
        if tag["name"].lower() == "span":
            style = _STYLE_NAME.search(opening)
            return styles.get(style[1], set()) if style else set()
        return {_KINDS[tag["name"].lower()]}
    if opening == "[":
        return {LINK}
    return {_MARKS[opening]} if opening in _MARKS else set()


def _address(raw: str, markup: Markup) -> str:
    opening = raw[markup.at : markup.inner]
    if opening == "[":
        found = _MARKDOWN_ADDRESS.match(raw, markup.close, markup.end)
        return found[1] if found else ""
    found = _ADDRESS.search(opening)
    if not found:
        return ""
    return unescape(found[1] or found[2] or found[3] or "").strip()


def _styles(raw: str) -> dict[str, set[str]]:
    """Return the kinds of emphasis by the names of the styles of an OpenDocument text."""
    styles: dict[str, set[str]] = {}
    if "<style:style" not in raw:
        return styles
    for found in _STYLE.finditer(raw):
        # Within a limit, so that the time stays linear (docs/decisions/0082).
        end = raw.find(_STYLES_END, found.end(), found.end() + 2000)
        properties = raw[found.end() : max(end, found.end())]
        kinds = set()
        if 'fo:font-style="italic"' in properties:
            kinds.add(ITALIC)
        if 'fo:font-weight="bold"' in properties:
            kinds.add(BOLD)
        styles[found[1]] = kinds
    return styles
