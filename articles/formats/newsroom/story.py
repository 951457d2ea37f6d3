"""A story as newsroom systems store it: fields of plain text and of HTML in one file.

Each format says which fields hold the words, in the order of reading; reading them, listing what is
left out and putting corrections back is the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html import escape

from articles.formats.interchange import EMPTY, Article, BadFile
from articles.formats.newsroom.decoded import Decoded
from articles.formats.source_map import Escape, Markup, SourceMap, apply_corrections
from articles.formats.text.plain import decode_with_encoding
from articles.formats.web.html_tree import Node, parse
from articles.formats.web.lines import LineReader, Run, State, join_lines
from articles.formats.web.visibility import Visibility
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there is no article text in the file")
_OTHER = _("this is not the file that the article was imported from")
_NO_FILE = _("this article was not imported in this format")
_MARKUP = re.compile(r"<(?:!--|/?[A-Za-z])")
_PARAGRAPH = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|blockquote)[\s>]", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Story:
    """The words of a file: ``layout`` has them with their places.

    ``words_left_out`` are texts for readers in the file that are no part of it.
    """

    layout: SourceMap
    words_left_out: list[str] = field(default_factory=list)

    def add_plain(self, decoded: Decoded) -> None:
        """Add a field of plain text: its lines."""
        for line in _LINE.finditer(decoded.text):
            words = line.group().strip()
            if not words:
                continue
            start = line.start() + line.group().index(words[0])
            self.layout.add_break()
            for text, at, end, notation in decoded.pieces(start, start + len(words)):
                self.layout.add(text, at, end, escape=partial(_escape_plain, notation))

    def add_html(self, decoded: Decoded) -> None:
        """Add a field of HTML; without any tag its lines are read as they are."""
        raw = decoded.text
        nodes = parse(raw)
        is_bare = not _PARAGRAPH.search(raw)
        excluded = hidden_elements(raw, nodes)
        self.add_elements(decoded, nodes[0], excluded, is_bare=is_bare)

    def add_elements(
        self, decoded: Decoded, root: Node, excluded: set[Node], *, is_bare: bool = False
    ) -> None:
        """Add the lines of an element of HTML or of the like."""
        reader = LineReader(decoded.text, excluded, {root}, codes=True, breaks=is_bare)
        reader.read(root, State(root))
        for line in join_lines(reader.lines, lambda _line: False):
            if not line.text.strip():
                continue
            self.layout.add_break()
            for run in line.runs:
                self._add_run(decoded, run)
        marked = set(reader.phrases) | {line.block for line in reader.lines}
        for node in marked:
            if node.end and node.tag:
                self.layout.marks.append(_markup(decoded, node))

    def _add_run(self, decoded: Decoded, run: Run) -> None:
        if decoded.text[run.at : run.end] == run.text:
            stretches = list(decoded.pieces(run.at, run.end))
        else:
            # An entity, or several blanks that are read as one: one stretch of the file, replaced
            # as a whole.
            at, end = decoded.place(run.at), decoded.place(run.end)
            stretches = [(run.text, at, end, decoded.escape_at(run.at))]
        if run.is_break:
            self.layout.add_inner_break(at, end, depth=run.depth, text=run.text)
            return
        for words, at, end, notation in stretches:
            written = partial(_escape_html, notation)
            self.layout.add(words, at, end, depth=run.depth, escape=written)


def _escape_plain(notation: Escape, words: str) -> str:
    """Return words for a field of plain text, which has one line a paragraph."""
    return notation(words.replace("\n", " "))


def _escape_html(notation: Escape, words: str) -> str:
    """Return words for a field of HTML."""
    return notation(escape(words, quote=False).replace("\n", "<br/>"))


def hidden_elements(raw: str, nodes: list[Node]) -> set[Node]:
    """Return the elements that nobody reads as text, with all inside them."""
    visibility = Visibility(raw, nodes)
    hidden: set[Node] = set()
    for node in nodes[1:]:
        if node.parent in hidden or visibility.is_invisible(node):
            hidden.add(node)
    return hidden


def _markup(decoded: Decoded, node: Node) -> Markup:
    places = (node.start, node.inner, node.close, node.end)
    return Markup(*(decoded.place(place) for place in places))


Parse = Callable[[str], Story]


def decode_story(data: bytes) -> tuple[str, str]:
    """Return the characters of a file and their encoding. Raises BadFile."""
    if not data:
        raise BadFile(EMPTY)
    return decode_with_encoding(data)


def read_story(data: bytes, parse_story: Parse) -> str:
    """Return the words of the file, one line a block. Raises BadFile."""
    text = parse_story(decode_story(data)[0]).layout.text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def story_left_out(data: bytes, parse_story: Parse) -> list[str]:
    """Return the texts of the file that are no part of its words. Raises BadFile."""
    story = parse_story(decode_story(data)[0])
    return [words for words in story.words_left_out if _LETTER.search(words)]


def write_stories(articles: Iterable[Article], parse_story: Parse) -> Iterator[bytes]:
    """Yield the file of each article with its corrections; all else stays byte for byte.

    Raises BadFile where the article did not come as a file of this format.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_FILE)
        raw, encoding = decode_story(article.page)
        story = parse_story(raw)
        if not story.layout.is_text_of(article.target):
            raise BadFile(_OTHER)
        corrected = apply_corrections(story.layout, article, str)
        yield corrected.encode(encoding, "xmlcharrefreplace")


def is_markup(text: str) -> bool:
    """Return whether the text has tags."""
    return bool(_MARKUP.search(text))
