"""Read and write OpenDocument texts (.odt, and .fodt, the same as one XML file; ODF 1.3, OASIS).

The words are in ``content.xml``, a line a paragraph; a text box comes after the paragraph that it
is anchored to. What is not known is read. Notes, contents, prompts, ruby text, hidden text and
descriptions of pictures are left out and listed. Deleted words of tracked changes stand apart in
the file, so that the text is the one with all changes accepted. A corrected file is the file that
came with other words in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape

from articles.formats.interchange import (
    EMPTY,
    LARGEST_TEXT,
    TOO_LARGE,
    Article,
    BadFile,
    Remark,
    TextNotes,
    Warnings,
)
from articles.formats.office.zip_safety import DAMAGES, LARGEST_PART, with_parts
from articles.formats.source_map import Markup, SourceMap, apply_corrections
from articles.formats.text.plain import refuse_other_files
from articles.formats.web.html_tree import Node, parse
from articles.formats.xml.safe_xml import escape_content
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_DAMAGED = _("the file is damaged or incomplete; save it again")
_LOCKED = _("this file is protected by a password; save it without one")
_MACROS = _("the file contains macros; save it without them (%(ending)s)")
_BOMB = _("unpacked, the file would be larger than %(limit)s MB; it is not opened")
_NO_WORDS = _("there is no text in the file")
_NO_FILE = _("this article was not imported as an OpenDocument text")
_OTHER = _("this is not the file that the article was imported from")
_ACCEPTED = _("a tracked change is read as accepted")
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_KIND = b"application/vnd.oasis.opendocument.text"
_PARAGRAPHS = {"text:p", "text:h"}
_BODY = "office:text"
_LEFT_OUT = {
    "text:note", "text:ruby-text", "text:placeholder", "text:hidden-text", "text:hidden-paragraph",
    "text:table-of-content", "text:alphabetical-index", "text:illustration-index",
    "text:table-index", "text:user-index", "text:object-index", "text:bibliography", "svg:title",
    "svg:desc", "text:page-number", "text:page-count",
}  # fmt: skip
"""Elements whose words are not the article's; they are listed."""
_WORDLESS = {
    "text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
    "office:forms", "office:binary-data", "text:script", "script", "office:annotation-end",
    "table:tracked-changes", "office:event-listeners",
}  # fmt: skip
_CHARACTERS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_RUN = re.compile(
    r"(?P<blank>[ \t\r\n]+)|(?P<entity>&[#\w]{1,31};)|[^ \t\r\n&]+(?: [^ \t\r\n&]+)*|&"
)
_WRITTEN = re.compile(r"\n|\t|(?<= ) ")
_TAGS = re.compile(r"<[^<>]*>")


def recognises(head: bytes) -> bool:
    """Return whether a file that begins so is an OpenDocument text."""
    # Its type is the first file of the package, uncompressed (ODF 1.3, part 2, 3.3).
    return head.startswith(b"PK") and _KIND in head[:200]


def read_text(data: bytes, *, name: str) -> str:
    """Return the text of an OpenDocument file, one line a paragraph. Raises BadFile."""
    del name
    text = _read(_content(data)).layout.text
    if not text.strip():
        raise BadFile(_NO_WORDS)
    return text


def read_layout(data: bytes) -> SourceMap:
    """Return the text of a file with its places in it, and its elements. Raises BadFile."""
    return _read(_content(data)).layout


def left_out(data: bytes) -> list[str]:
    """Return the lines that are not read, also those of headers and footers. Raises BadFile."""
    lines = _read(_content(data)).left_out
    if not data.startswith(b"PK"):
        return lines
    archive = _open(data)
    if _STYLES in archive.namelist():
        raw = _part(archive, _STYLES)
        for node in parse(raw):
            if node.tag in _PARAGRAPHS:
                lines.append(_plain(raw, node))
    return [line for line in lines if line]


def notes(data: bytes) -> TextNotes:
    """Return the comments, and how many tracked changes were read as accepted. Raises BadFile."""
    reader = _read(_content(data))
    warnings = Warnings()
    if reader.changes:
        warnings.add(BadFile(_ACCEPTED), reader.changes)
    return TextNotes(tuple(reader.remarks.values()), warnings)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's file with its corrections.

    Raises BadFile where the article did not come as an OpenDocument text.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_FILE)
        layout = _read(_content(article.page)).layout
        if not layout.is_text_of(article.target):
            raise BadFile(_OTHER)
        corrected = apply_corrections(layout, article, escape_words).encode()
        yield _with_content(article.page, corrected)


def escape_words(words: str) -> str:
    """Return words as they stand in ``content.xml``: line ends, tabs and second blanks are tags."""
    names = {"\n": "<text:line-break/>", "\t": "<text:tab/>", " ": "<text:s/>"}
    pieces = []
    at = 0
    for found in _WRITTEN.finditer(words):
        pieces.append(escape_content(words[at : found.start()]))
        pieces.append(names[found.group()])
        at = found.end()
    pieces.append(escape_content(words[at:]))
    return "".join(pieces)


# The package


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
    except (*DAMAGES, OverflowError, NotImplementedError, IndexError) as problem:
        raise BadFile(_DAMAGED) from problem
    if any(name.startswith(("Basic/", "Scripts/")) and name[-1] != "/" for name in names):
        raise BadFile(_MACROS, ending=".odt")
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> str:
    try:
        if archive.getinfo(name).file_size > LARGEST_PART:
            raise BadFile(_BOMB, limit=LARGEST_PART // 1_000_000)
        return archive.read(name).decode()
    except RuntimeError as problem:
        raise BadFile(_LOCKED) from problem
    except DAMAGES as problem:
        raise BadFile(_DAMAGED) from problem


def _content(data: bytes) -> str:
    """Return the XML that holds the words."""
    if not data:
        raise BadFile(EMPTY)
    if len(data) > 5 * LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=5 * LARGEST_TEXT // 1_000_000)
    if not data.startswith(b"PK"):
        return _flat_content(data)
    archive = _open(data)
    names = archive.namelist()
    if _CONTENT not in names:
        refuse_other_files(data)
        raise BadFile(_DAMAGED)
    if _MANIFEST in names and "encryption-data" in _part(archive, _MANIFEST):
        raise BadFile(_LOCKED)
    return _part(archive, _CONTENT)


def _flat_content(data: bytes) -> str:
    refuse_other_files(data)
    if len(data) > LARGEST_PART:
        raise BadFile(TOO_LARGE, limit=LARGEST_PART // 1_000_000)
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        raise BadFile(_DAMAGED) from problem


def _with_content(data: bytes, content: bytes) -> bytes:
    """Return the file with another content; all else in it stays byte for byte."""
    if not data.startswith(b"PK"):
        return content
    return with_parts(_open(data), {_CONTENT: content})


# The words


def _read(raw: str) -> _Reader:
    nodes = parse(raw)
    body = next((node for node in nodes if node.tag == _BODY), None)
    if body is None:
        raise BadFile(_DAMAGED)
    reader = _Reader(raw)
    for node in nodes:
        if node.tag == "text:changed-region":
            reader.changes += 1
    reader.read_blocks(body)
    reader.layout.join_lines()
    return reader


def _plain(raw: str, node: Node) -> str:
    """Return the words inside an element in one line."""
    return " ".join(unescape(_TAGS.sub(" ", raw[node.inner : node.close])).split())


class _Reader:
    """Read the paragraphs: the ``layout`` has their words with their places.

    ``blank`` is the place of blanks before the next words, and ``later`` are the elements in the
    open paragraph whose paragraphs come after it.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.layout = SourceMap(raw)
        self.left_out: list[str] = []
        self.remarks: dict[str, Remark] = {}
        self.changes = 0
        self.blank: tuple[int, int] | None = None
        self.is_begun = False
        self.later: list[Node] = []

    def read_blocks(self, parent: Node) -> None:
        """Read every paragraph inside an element."""
        for child in parent.children:
            if not isinstance(child, Node) or self._is_passed_over(child):
                continue
            if child.tag in _PARAGRAPHS:
                self._read_paragraph(child)
            else:
                self.read_blocks(child)

    def _read_paragraph(self, node: Node) -> None:
        self.blank = None
        self.is_begun = False
        self._read_inline(node, 0)
        self._add_mark(node)
        waiting = self.later
        self.later = []
        for each in waiting:
            self.read_blocks(each)

    def _read_inline(self, parent: Node, depth: int) -> None:
        for child in parent.children:
            if not isinstance(child, Node):
                self._read_text(child[0], child[1], depth)
            elif child.tag in _CHARACTERS:
                self._add_character(child, depth)
            elif child.tag == "office:annotation-end":
                self._end_remark(child)
            elif self._is_passed_over(child):
                continue
            elif any(inner.tag in _PARAGRAPHS for inner in child.descendants()):
                self.later.append(child)
            else:
                self._read_inline(child, depth + 1)
                self._add_mark(child)

    def _is_passed_over(self, node: Node) -> bool:
        """Return whether the element holds no words of the article; note what a person may miss."""
        if node.tag == "office:annotation":
            self._begin_remark(node)
            return True
        if node.tag in _LEFT_OUT:
            words = _plain(self.raw, node)
            if words:
                self.left_out.append(words)
            return True
        return node.tag in _WORDLESS

    def _read_text(self, start: int, end: int, depth: int) -> None:
        for found in _RUN.finditer(self.raw, start, end):
            text = found.group()
            if found["blank"]:
                self.blank = self.blank or (found.start(), found.end())
                continue
            if found["entity"]:
                text = unescape(text)
            self._add(text, found.start(), found.end(), depth)

    def _add_character(self, node: Node, depth: int) -> None:
        character = _CHARACTERS[node.tag]
        if character == " ":
            self.blank = self.blank or (node.start, node.end)
        elif self.is_begun and character == "\n":
            self.blank = None
            self.layout.add_inner_break(node.start, node.end, depth=depth)
        elif self.is_begun:
            self.blank = None
            self._add(character, node.start, node.end, depth)

    def _add(self, text: str, at: int, end: int, depth: int) -> None:
        """Add words; the first of a paragraph begin a line, others have their blank before them."""
        if not self.is_begun:
            self.layout.add_break()
        elif self.blank:
            self.layout.add(" ", *self.blank, depth=depth)
        self.is_begun = True
        self.blank = None
        self.layout.add(text, at, end, depth=depth)

    def _add_mark(self, node: Node) -> None:
        if node.inner < node.close:
            self.layout.marks.append(Markup(node.start, node.inner, node.close, node.end))

    def _begin_remark(self, node: Node) -> None:
        author = ""
        lines = []
        for inner in node.descendants():
            if inner.tag == "dc:creator":
                author = _plain(self.raw, inner)
            elif inner.tag in _PARAGRAPHS:
                lines.append(_plain(self.raw, inner))
        text = "\n".join(line for line in lines if line)
        if text:
            # The blank before the next words is added together with these.
            at = self.layout.length + (1 if self.blank and self.is_begun else 0)
            name = node.get("office:name") or f"remark {len(self.remarks)}"
            self.remarks[name] = Remark(text, author, Span(at, at))

    def _end_remark(self, node: Node) -> None:
        name = node.get("office:name")
        remark = self.remarks.get(name)
        if remark is not None:
            end = max(remark.span.start, self.layout.length)
            self.remarks[name] = remark._replace(span=Span(remark.span.start, end))
