"""Markdown: an article's words as people read them, a line a block; and put back corrected, all else as it is.

Front matter (but for its headline and standfirst), code, addresses, the rules of tables and the numbers of footnotes
are none of the words. Where it is unsure words are kept, since what is left out here would never be reviewed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from articles.formats.interchange import Article, BadFile
from articles.formats.source_map import Escape, Markup, SourceMap, apply_corrections
from articles.formats.text.markdown_blocks import BlockParser
from articles.formats.text.markdown_inline import add_words
from articles.formats.text.plain import decode_with_encoding
from articles.formats.text.plain import read_text as read_plain
from articles.formats.web.html import escape_html as _in_html
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there is no article text in the file")
_NO_FILE = _("this article did not come as Markdown")
_OTHER = _("this is not the file that the article came from")
_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W\d_]")
# What words end with may meet what stands after them in the file.
_SPECIAL = re.compile(
    r"[*`]|\\(?=[!-/:-@\[-`{-~]|$)|<(?=[A-Za-z/!?]|$)|&(?=#?\w{1,31};|$)|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~"
    r"|\[(?=\^|$|[^\]]*\](?:[(\[:{]|$))"
)
_LEADING = re.compile(r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#>|]|[+-](?:\s|$)))")


def read_text(data: bytes, *, name: str) -> str:
    """The words of a Markdown file, a line a block. Raises BadFile."""
    read_plain(data, name=name)
    text = _layout(decode_with_encoding(data)[0]).text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def left_out(data: bytes) -> list[str]:
    """The lines of the file that hold none of the words that ``read_text`` gives: code, addresses, notes to itself."""
    raw = decode_with_encoding(data)[0]
    taken = sorted(piece.at for piece in _layout(raw).pieces)
    lines = []
    for line in _LINE.finditer(raw):
        first = bisect_left(taken, line.start())
        if _LETTER.search(line.group()) and (first == len(taken) or taken[first] >= line.end()):
            lines.append(line.group().strip())
    return lines


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The file of each article with its corrections in it, in its own encoding; the rest byte for byte.

    Raises BadFile where it did not come as Markdown.
    """
    for number, article in enumerate(articles):
        yield b"\n\n" if number else b""
        if not article.page:
            raise BadFile(_NO_FILE)
        raw, codec = decode_with_encoding(article.page)
        layout = _layout(raw)
        if layout.text != article.target:
            raise BadFile(_OTHER)
        yield apply_corrections(layout, article, escape_markdown).encode(codec, "xmlcharrefreplace")


def escape_markdown(words: str) -> str:
    """The words so that none of them is taken for a mark."""
    words = _LEADING.sub(
        lambda found: f"{found[1]}{found[2] or ''}\\", _SPECIAL.sub(r"\\\g<0>", words)
    )
    return words.replace("\n", "<br>")


def _in_cell(words: str) -> str:
    return escape_markdown(words).replace("|", "\\|")


def _in_double(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _in_single(words: str) -> str:
    return words.replace("'", "''").replace("\n", " ")


def _bare(words: str) -> str:
    """A value without quotation marks, which a blank after a colon or before # would end."""
    return re.sub(r"(?<=:)\s|\s(?=#)", "\u00a0", words.replace("\n", " "))


_ESCAPES: dict[str, Escape] = {
    "cell": _in_cell,
    "html": _in_html,
    "double": _in_double,
    "single": _in_single,
    "bare": _bare,
}


def _layout(raw: str) -> SourceMap:
    layout, blocks = SourceMap(raw), BlockParser(raw)
    for block in blocks.found:
        add_words(layout, block, blocks.labels, _ESCAPES.get(block.kind))
        if not block.kind:
            layout.marks.append(Markup(block.start, block.runs[0][0], block.runs[-1][1], block.end))
    return layout
