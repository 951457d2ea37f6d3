"""Read and write plain text: wrapped lines are read as paragraphs, shortcodes are no words.

A line break that was set for want of room (wire copy, mail) is a blank to its readers
(segmentation/lines.py finds it). The file is kept where it has such breaks or shortcodes:
corrections go back into it, and all else stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.formats.interchange import Article, BadFile
from articles.formats.source_map import SourceMap, apply_corrections
from articles.formats.text import plain
from articles.formats.text.laid_out import lay_out
from articles.segmentation.lines import find_soft_breaks
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.shortcodes import find_shortcodes

_NO_WORDS = _("there is no text in the file")

_COMPOUND = re.compile(r"\w[-\N{HYPHEN}]")
_SUSPENDED = re.compile(r"(?:and|or|to|et|ou|und|oder)\b")
"""What follows a hyphen that stands for a part of a later word: "pre- and post-war"."""


def read_text(data: bytes, *, name: str) -> str:
    """Return the text of a file with a blank for each line break inside a paragraph.

    Of a shortcode there are only the words of its caption, in a line. Raises BadFile.
    """
    text = _layout(plain.read_text(data, name=name)).text
    if not text.strip():
        raise BadFile(_NO_WORDS)
    return text


def left_out(data: bytes) -> list[str]:
    """Return the shortcodes, which are not read. Raises BadFile."""
    text = plain.decode(data)
    return [code.span.of(text) for code in find_shortcodes(text)]


def is_wrapped(data: bytes, text: str) -> bool:
    """Return whether the file reads otherwise than the ``text`` of it, so that it must be kept."""
    return plain.decode(data) != text


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the corrected articles, a blank line between them.

    A text that came from a file with layout has a form to paste. A wrapped text goes out as the
    file that came in, in its own encoding; everything but the corrections is unchanged.
    """
    for number, article in enumerate(articles):
        if number:
            yield b"\n\n"
        if article.blocks is not None:
            yield lay_out(article).encode()
            continue
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
    # An article from before wrapped lines were joined (docs/decisions/0046): its text goes out as
    # it is.
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
    at = mark = len(raw) - len(text)
    codes = {code.span.start: code for code in find_shortcodes(text)}
    gaps = [*find_soft_breaks(text), *(code.span for code in codes.values())]
    for gap in sorted(gaps):
        start, end = gap.start + mark, gap.end + mark
        if start < at:  # a line break inside a shortcode
            continue
        layout.add(raw[at:start], at, start)
        code = codes.get(gap.start)
        if code is not None:
            _add_captions(
                layout, [Span(each.start + mark, each.end + mark) for each in code.captions]
            )
        elif not _is_in_compound(raw, start, end):
            layout.add(" ", start, end)
        at = end
    layout.add(raw[at:], at, len(raw))
    return layout


def _add_captions(layout: SourceMap, captions: list[Span]) -> None:
    """Add the captions of a shortcode, each as a line of its own."""
    for caption in captions:
        layout.add_break()
        layout.add(caption.of(layout.raw), *caption, escape=_escape_value)
    if captions:
        layout.add_break()


def _escape_value(words: str) -> str:
    """Return words that can stand between the quotation marks of a value."""
    return words.replace('"', "”").replace("'", "’").replace("\n", " ")


def _is_in_compound(raw: str, start: int, end: int) -> bool:
    """Return whether a break stands after the hyphen of a compound ("well-known")."""
    if not _COMPOUND.fullmatch(raw, max(0, start - 2), start) or not raw[end].isalnum():
        return False
    return _SUSPENDED.match(raw, end) is None
