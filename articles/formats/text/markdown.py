"""Read and write Markdown: an article's words as people read them, one line a block.

Front matter (but for its headline and standfirst), code, addresses, the rules of tables and the
numbers of footnotes are not words. Doubtful words are kept, since what is left out here would never
be reviewed. Corrections are put back into the file; everything else in it stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from articles.formats.interchange import Article, BadFile
from articles.formats.source_map import Escape, Markup, SourceMap, apply_corrections
from articles.formats.text.markdown_blocks import Block, BlockParser
from articles.formats.text.markdown_inline import add_words
from articles.formats.text.plain import decode_with_encoding
from articles.formats.text.plain import read_text as read_plain
from articles.formats.web.html import escape_html
from articles.text import blocks as text_blocks
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there is no article text in the file")
_NO_FILE = _("this article was not imported as Markdown")
_OTHER = _("this is not the file that the article was imported from")
_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W\d_]")
_ITEM_MARK = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:\s+\[[ xX]\])?$")
_UNDERLINE = re.compile(r"=+|-+")
# What words end with may meet what stands after them in the file: hence each "|$".
_SPECIAL = re.compile(
    r"[*`]|\\(?=[!-/:-@\[-`{-~]|$)|<(?=[A-Za-z/!?]|$)|&(?=#?\w{1,31};|$)|(?<!\w)_|_(?!\w)"
    r"|~(?=~)|(?<=~)~|\[(?=\^|$|[^\]]*\](?:[(\[:{]|$))"
)
_LEADING = re.compile(r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#>|]|[+-](?:\s|$)))")


def read_text(data: bytes, *, name: str) -> str:
    """Return the words of a Markdown file, one line a block. Raises BadFile."""
    # For what it refuses: other kinds of file, blanks alone, control characters.
    read_plain(data, name=name)
    text = _layout(decode_with_encoding(data)[0]).text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def read_layout(data: bytes) -> SourceMap:
    """Return the text of a file with its places in it, and its marks. Raises BadFile."""
    return _layout(decode_with_encoding(data)[0])


def read_blocks(data: bytes) -> tuple[str, list[text_blocks.Block]]:
    """Return the text as ``read_text`` does, and its headings and list items."""
    raw = decode_with_encoding(data)[0]
    layout = SourceMap(raw)
    parser = BlockParser(raw)
    found = []
    for block in parser.found:
        start = layout.length + bool(layout.length)
        add_words(layout, block, parser.labels, None)
        kind = _kind(raw, block)
        if kind and layout.length > start:
            found.append(text_blocks.Block(start, layout.length, kind))
    layout.join_lines()
    return layout.text, found


def _kind(raw: str, block: Block) -> str:
    """Return the kind of a block by the marks before its words, or by the line under them."""
    before = raw[block.start : block.runs[0][0]].strip()
    after = raw[block.runs[-1][1] : block.end].strip()
    if before.startswith("#") or _UNDERLINE.fullmatch(after):
        return text_blocks.HEADING
    mark = _ITEM_MARK.search(before)
    if mark is None:
        return ""
    if mark.group()[0].isdigit():
        return text_blocks.NUMBERED
    return text_blocks.ITEM


def left_out(data: bytes) -> list[str]:
    """Return the lines of which ``read_text`` gives no words, such as code and addresses."""
    raw = decode_with_encoding(data)[0]
    places = sorted(piece.at for piece in _layout(raw).pieces)
    lines = []
    for line in _LINE.finditer(raw):
        first = bisect_left(places, line.start())
        last = bisect_left(places, line.end())
        if first == last and _LETTER.search(line.group()):
            lines.append(line.group().strip())
    return lines


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the file of each article with its corrections, in its own encoding.

    Everything else stays byte for byte. Raises BadFile where the article did not come as Markdown.
    """
    for number, article in enumerate(articles):
        if number:
            yield b"\n\n"
        if not article.page:
            raise BadFile(_NO_FILE)
        raw, encoding = decode_with_encoding(article.page)
        layout = _layout(raw)
        if not layout.is_text_of(article.target):
            raise BadFile(_OTHER)
        # A letter that the old encoding has not goes out as a character reference, which Markdown
        # reads (CommonMark 0.31, 2.5).
        yield apply_corrections(layout, article, escape_markdown).encode(
            encoding, "xmlcharrefreplace"
        )


def escape_markdown(words: str) -> str:
    """Return the words so that no character in them is read as a mark."""
    words = _SPECIAL.sub(r"\\\g<0>", words)
    words = _LEADING.sub(lambda found: f"{found[1]}{found[2] or ''}\\", words)
    return words.replace("\n", "<br>")


def _escape_cell(words: str) -> str:
    return escape_markdown(words).replace("|", "\\|")


def _escape_double_quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _escape_single_quoted(words: str) -> str:
    return words.replace("'", "''").replace("\n", " ")


def _escape_bare(words: str) -> str:
    """Escape a value without quotation marks; a blank after a colon or before # would end it."""
    return re.sub(r"(?<=:)\s|\s(?=#)", "\u00a0", words.replace("\n", " "))


_ESCAPES: dict[str, Escape] = {
    "cell": _escape_cell,
    "html": escape_html,
    "double": _escape_double_quoted,
    "single": _escape_single_quoted,
    "bare": _escape_bare,
}


def _layout(raw: str) -> SourceMap:
    layout = SourceMap(raw)
    parser = BlockParser(raw)
    for block in parser.found:
        add_words(layout, block, parser.labels, _ESCAPES.get(block.kind))
        # Only what has marks of Markdown's own can lose them; a cell or a value stays, empty.
        if not block.kind:
            inner = block.runs[0][0]
            close = block.runs[-1][1]
            layout.marks.append(Markup(block.start, inner, close, block.end))
    layout.join_lines()
    return layout
