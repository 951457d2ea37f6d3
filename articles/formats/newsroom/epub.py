"""Read and write EPUB: the chapters of a book or a magazine in their order, as one text.

EPUB 3.3 (W3C): ``META-INF/container.xml`` names the package, whose spine lists the chapters, each
an XHTML file. A corrected book has the same files; those that nobody corrected stay byte for byte.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, Article, BadFile
from articles.formats.newsroom.decoded import decode_literal
from articles.formats.newsroom.story import Story, hidden_elements
from articles.formats.office.zip_safety import DAMAGES, LARGEST_PART, with_parts
from articles.formats.source_map import SourceMap, apply_corrections
from articles.formats.text.plain import decode_with_encoding, refuse_other_files
from articles.formats.web.html_tree import Node, parse
from articles.text.messages import gettext_noop as _

_DAMAGED = _("the file is damaged or incomplete; save it again")
_LOCKED = _("this book is protected against copying; export it without protection")
_BOMB = _("unpacked, the file would be larger than %(limit)s MB; it is not opened")
_NO_TEXT = _("there is no article text in the file")
_NO_FILE = _("this article was not imported as an EPUB")
_OTHER = _("this is not the file that the article was imported from")
_CONTAINER = "META-INF/container.xml"
_PROTECTED = "META-INF/encryption.xml"
_BETWEEN = "\x00"
"""Separates chapters: NUL cannot occur in a text."""


class _Book:
    """An EPUB: its archive, and its chapters with their characters and encodings."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise BadFile(EMPTY)
        if len(data) > 5 * LARGEST_TEXT:
            raise BadFile(TOO_LARGE, limit=5 * LARGEST_TEXT // 1_000_000)
        if not data.startswith(b"PK"):
            refuse_other_files(data)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.chapters = {name: decode_with_encoding(self._read(name)) for name in self._spine()}
        except (*DAMAGES, NotImplementedError, RuntimeError, OverflowError) as problem:
            raise BadFile(_DAMAGED) from problem
        if _PROTECTED in self.archive.namelist():
            raise BadFile(_LOCKED)

    def _read(self, name: str) -> bytes:
        # Asked before it is unpacked: a few kilobytes may become gigabytes.
        if self.archive.getinfo(name).file_size > LARGEST_PART:
            raise BadFile(_BOMB, limit=LARGEST_PART // 1_000_000)
        return self.archive.read(name)

    def _spine(self) -> list[str]:
        """Return the names of the chapters in the order of reading, without the contents page."""
        package = ""
        for node in self._elements(_CONTAINER):
            if node.tag == "rootfile":
                package = package or node.get("full-path")
        files: dict[str, str] = {}
        chapters = []
        total = 0
        for node in self._elements(package):
            kind = node.tag.rpartition(":")[2]
            if kind == "item" and "nav" not in node.get("properties").split():
                path = posixpath.join(posixpath.dirname(package), unquote(node.get("href")))
                files[node.get("id")] = posixpath.normpath(path)
            elif kind == "itemref" and node.get("idref") in files:
                name = files.pop(node.get("idref"))
                chapters.append(name)
                total += self.archive.getinfo(name).file_size
        if total > 2 * LARGEST_PART:
            raise BadFile(_BOMB, limit=2 * LARGEST_PART // 1_000_000)
        return chapters

    def _elements(self, name: str) -> list[Node]:
        return parse(decode_with_encoding(self._read(name))[0], is_xml=True)

    def story(self) -> Story:
        """Return the words of all chapters, one after the other."""
        raw = _BETWEEN.join(text for text, _encoding in self.chapters.values())
        story = Story(SourceMap(raw))
        whole = decode_literal(raw)
        nodes = parse(raw, is_xml=True)
        excluded = hidden_elements(raw, nodes)
        # A parent comes before its children, so that what it decides reaches them.
        for node in nodes[1:]:
            if node.tag == "nav":
                words = re.sub(r"<[^<>]*>", " ", raw[node.inner : node.close])
                story.words_left_out.append(" ".join(words.split()))
            if node.tag == "nav" or node.parent in excluded:
                excluded.add(node)
        bodies: set[Node] = set()
        for node in nodes:
            if node.parent in bodies:
                bodies.add(node)
            elif node.tag == "body":
                bodies.add(node)
                story.add_elements(whole, node, excluded)
        return story

    def with_chapters(self, corrected: str) -> bytes:
        """Return the book with these chapters, and all other files as they are."""
        texts = dict(zip(self.chapters, corrected.split(_BETWEEN), strict=True))
        parts = {}
        for name, text in texts.items():
            parts[name] = text.encode(self.chapters[name][1], "xmlcharrefreplace")
        return with_parts(self.archive, parts)


def read_text(data: bytes, *, name: str) -> str:
    """Return the words of the chapters, one line a block. Raises BadFile."""
    del name
    text = _Book(data).story().layout.text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def read_layout(data: bytes) -> SourceMap:
    """Return the text of a book with its places in it, and its elements. Raises BadFile."""
    return _Book(data).story().layout


def left_out(data: bytes) -> list[str]:
    """Return the words of tables of contents, a line each. Raises BadFile."""
    return _Book(data).story().words_left_out


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's book with its corrections.

    Raises BadFile where the article did not come as an EPUB.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_FILE)
        book = _Book(article.page)
        layout = book.story().layout
        if not layout.is_text_of(article.target):
            raise BadFile(_OTHER)
        yield book.with_chapters(apply_corrections(layout, article, str))
