"""Web pages: the article's headline, paragraphs, lists and captions as text; and put back corrected, all else as it is.

What a browser shows as one blank is one blank; a block is a line. What is around an article (``page.py``) and what is
hidden is left out, as are scripts, footnote numbers and photographers' names. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import takewhile
from typing import NamedTuple

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, Article, BadFile
from articles.formats.source_map import Markup, SourceMap, apply_corrections
from articles.formats.text.plain import decode_with_encoding, refuse_other_files
from articles.formats.web.extraction import Page, collapse_blanks, is_invisible
from articles.formats.web.html_tree import HEADINGS, Node
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there is no article text in the page")
_NO_PAGE = _("this article did not come as a web page")
_OTHER_PAGE = _("this is not the page that the article came from")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,30})|<\?xml[^>]{0,80}encoding=["']([\w-]{2,30})""",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?P<blank>[ \t\n\r\f]+)|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|[^ \t\n\r\f&]+(?: [^ \t\n\r\f&]+)*|&"
)
_LETTER = re.compile(r"[^\W\d_]")
_END = re.compile(r"[.!?…:][\s\"'»”’)\]]*$")
_ALSO = re.compile(
    r"^\W*(?:read (?:more|also|next)|see also|related|more on this|also read|watch|lire(?: aussi| également)?|à lire"
    r"|voir aussi|à voir|sur le même (?:sujet|thème)|en savoir plus|notre dossier)\b[^:]{0,30}[:>»–-]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:advertisement|sponsored|publicité|annonce|share|share this(?: article)?|partager(?: cet article)?|print"
    r"|imprimer|save|tweet|e-?mail|\d* ?comments?|\d* ?commentaires?|follow us|suivez-nous"
    r"|related (?:articles?|stories)|more (?:stories|on this)|read (?:more|also|next)|see also|recommended"
    r"|(?:à )?lire aussi|à lire|voir aussi|sur le même (?:sujet|thème)|articles (?:similaires|liés))\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:(?i:par|by|von|por|de notre \w+|from our \w+),?"
    r" (?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:,? (?:et|and|und|y|de|du|van) |,? |$)){1,8}"
    r"|(?i:soumis|posted|publié|(?:first )?published|mis à jour|(?:last )?updated|créé|created)\b[^.!?]*\d[^.!?]*"
    r"|(?:[^\W\d_]{2,9}\.?,? )?(?:\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2}),? 20\d\d"
    r"[\d\s:.,hHàat@–•·|-]*(?:[AP]M\b\s*)?(?:[A-Z]{2,4})?)$"
)


class Run(NamedTuple):
    """Some text of a line, the blank before it included as "", and where it stands in the page."""

    text: str
    at: int
    end: int
    depth: int


class State(NamedTuple):
    """Where a walk through a page stands: in which block, how many phrases deep, in the article, a link, a time."""

    block: Node
    depth: int = -1
    within: bool = False
    linked: bool = False
    timed: bool = False
    verbatim: bool = False

    def inside(self, node: Node, *, root: Node) -> State:
        """Where it stands in ``node``."""
        return State(
            node if node.is_block or node.parent is None else self.block,
            0 if node.is_block else self.depth + 1,
            self.within or node is root,
            self.linked or (node.tag == "a" and not node.get("href").startswith("#")),
            self.timed or node.tag == "time",
            self.verbatim or node.tag == "pre",
        )


@dataclass(slots=True, eq=False)
class Line:
    """One line of the article: what is in it, and of what kind."""

    block: Node
    within: bool
    runs: list[Run] = field(default_factory=list)
    linked: int = 0
    timed: int = 0
    after_gap: bool = False

    def add(self, run: Run, state: State) -> None:
        """Go on with ``run``."""
        self.runs.append(run)
        self.linked += state.linked * len(run.text)
        self.timed += state.timed * len(run.text)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


def read_text(data: bytes, *, name: str) -> str:
    """The article text of a page or a fragment, a line a block. Raises BadFile. ``name`` is not needed."""
    del name
    text = _layout(Page.of(_decoded(data)[0])).text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def left_out(data: bytes) -> list[str]:
    """The lines of the page that ``read_text`` leaves out, as far as people would see them. Raises BadFile."""
    page = Page.of(_decoded(data)[0])
    taken = {piece.at for piece in _layout(page).pieces}
    page.out = set()
    for node in page.nodes:
        if node.parent in page.out or is_invisible(node):
            page.out.add(node)
    reading = _Reading(page, page.nodes[0])
    reading.walk(page.nodes[0], State(page.nodes[0]))
    lines = (
        "".join(run.text for run in line.runs if run.at not in taken).strip()
        for line in reading.lines
    )
    return [line for line in lines if _LETTER.search(line)]


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The page of the one article with its corrections in it. Raises BadFile where it did not come as a web page."""
    for article in articles:
        if not article.page:
            raise BadFile(_NO_PAGE)
        yield write_page(article.page, article)
        if article.held and "--" not in article.held:  # which would end it
            codec = _decoded(article.page)[1].removesuffix("-sig")
            yield f"\n<!-- {article.held} -->\n".encode(codec, "xmlcharrefreplace")


def write_page(data: bytes, article: Article) -> bytes:
    """The page ``data`` with the article's approved corrections in it, in its own encoding; the rest byte for byte.

    Raises BadFile for another page.
    """
    raw, codec = _decoded(data)
    layout = _layout(Page.of(raw))
    if layout.text != article.target:
        raise BadFile(_OTHER_PAGE)
    return apply_corrections(layout, article, escape_html).encode(codec, "xmlcharrefreplace")


def escape_html(words: str) -> str:
    """The words as a page has them, with a break for a line end."""
    return escape(words, quote=False).replace("\n", "<br>")


def _decoded(data: bytes) -> tuple[str, str]:
    """The page's characters, and the encoding that makes these bytes of them: UTF-8, or what the page says it is, or
    what is certain."""
    if not data:
        raise BadFile(EMPTY)
    if len(data) > LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=LARGEST_TEXT // 1_000_000)
    refuse_other_files(data)
    named = _CHARSET.search(data[:4000])
    for codec in ("utf-8", *_codecs((named[1] or named[2]).decode() if named else "")):
        try:
            text = data.decode(codec)
            if "\x00" not in text and text.encode(codec) == data:
                return text, codec
        except (LookupError, UnicodeError):
            """It is not so, or what the page says of itself is not so."""
    return decode_with_encoding(data)


def _codecs(label: str) -> tuple[str, ...]:
    """The encodings that browsers take a page for that says it is in ``label`` (WHATWG Encoding)."""
    if label.lower() in (
        "iso-8859-1",
        "iso8859-1",
        "latin1",
        "latin-1",
        "us-ascii",
        "ascii",
        "windows-1252",
    ):
        return "cp1252", "latin-1"
    return (label,) if label else ()


def _layout(page: Page) -> SourceMap:
    """The lines of the article in the page, each piece with its place."""
    reading = _Reading(page, page.root())
    top = next(iter(page.live("body")), page.nodes[0])
    reading.walk(top, State(top))
    layout = SourceMap(page.raw)
    marks = set()
    for line in _article_lines(reading.lines, page, gap=reading.gap):
        layout.add_break()
        for run in line.runs:
            layout.add(run.text, run.at, run.end, depth=run.depth)
        marks.add(line.block)
    layout.marks = [
        Markup(node.start, node.inner, node.close, node.end)
        for node in reading.phrases | marks
        if node.end
    ]
    return layout


def _article_lines(lines: list[Line], page: Page, *, gap: bool) -> Iterator[Line]:
    """The lines that are the article: its headline, what stands under that, and the element that holds the prose."""
    within = _kept([line for line in lines if line.within], gap=gap)
    if not any(line.block.tag == "h1" for line in within):
        above = list(takewhile(lambda line: not line.within, lines))
        place = _headline(above, page.titles())
        if place is not None and collapse_blanks(above[place].text) not in {
            collapse_blanks(line.text) for line in within
        }:
            yield above[place]
            yield from (line for line in _kept(above[place + 1 :]) if _is_told(line))
    yield from within


def _headline(lines: list[Line], titles: set[str]) -> int | None:
    """Which of the lines above an article without headline is that: what the page names so, or the last h1."""
    heads = [number for number, line in enumerate(lines) if line.block.tag == "h1"]
    own = [number for number in heads if lines[number].linked < len(lines[number].text)]
    named = [
        number
        for number, line in enumerate(lines)
        if collapse_blanks(line.text).casefold() in titles
    ]
    return next((found[-1] for found in (named, own, heads) if found), None)


def _is_told(line: Line) -> bool:
    """Whether a line between headline and article is told to readers: a standfirst, a caption."""
    return (len(line.text) >= 40 and line.linked * 2 < len(line.text)) or "figcaption" in _tags(
        line.block
    )


def _tags(node: Node) -> list[str]:
    return [each.tag for each in (node, *node.ancestors())]


def _kept(lines: list[Line], *, gap: bool = False) -> list[Line]:
    """Without lines that only lead elsewhere or tell the time, and headings under which nothing is left. ``gap``:
    something was left out after the last."""
    kept: list[Line] = []
    gone = False
    for line in lines:
        if _leads_away(line):
            gone = True
            continue
        if kept and (gone or line.after_gap) and _is_orphan(kept[-1], line):
            kept.pop()
        kept.append(line)
        gone = False
    while len(kept) > 1 and (gone or gap) and kept[-1].block.tag in HEADINGS - {"h1"}:
        kept.pop()
    return kept


def _is_orphan(heading: Line, following: Line) -> bool:
    """Whether it is a heading with nothing under it: the next is one of its rank or above."""
    tag = heading.block.tag
    return (
        tag in HEADINGS - {"h1"} and following.block.tag in HEADINGS and following.block.tag <= tag
    )


def _leads_away(line: Line) -> bool:
    text, size = line.text, len(line.text)
    if line.timed >= size or not text.strip() or _LABEL.match(text):
        return True
    if size <= 80 and line.block.tag not in HEADINGS and _BYLINE.match(text):
        return True
    if line.linked and (_ALSO.match(text) or line.linked >= 0.9 * size):
        return line.block.tag != "h1" and (bool(_ALSO.match(text)) or not _END.search(text))
    return False


class _Reading:
    """A walk through a page. ``waiting`` is the blank that separates the next words from those before."""

    def __init__(self, page: Page, root: Node) -> None:
        self.page, self.root = page, root
        self.lines: list[Line] = []
        self.phrases: set[Node] = set()
        self.line: Line | None = None
        self.waiting: Run | None = None
        self.gap = False

    def walk(self, node: Node, state: State) -> None:
        """Take in the element's text and that of all inside."""
        state = state.inside(node, root=self.root)
        if node.is_block:
            self.line = None
        for child in node.children:
            if isinstance(child, tuple):
                self._take(child, state)
                continue
            out = child in self.page.out
            if child.tag == "br" or child.is_block:
                self.line = None
            self.gap = self.gap or (out and child.is_block and state.within)
            if not (out or child.tag in ("br", "wbr")):
                if not child.is_block:
                    self.phrases.add(child)
                self.walk(child, state)
        if node.is_block:
            self.line = None

    def _take(self, place: tuple[int, int], state: State) -> None:
        for found in _RUN.finditer(self.page.raw, *place):
            text = found.group()
            if found["blank"]:
                if state.verbatim and "\n" in text:
                    self.line = None
                elif self.line:
                    self.waiting = self.waiting or Run(" ", found.start(), found.end(), state.depth)
                continue
            if self.line is None:
                self.line = Line(state.block, state.within, after_gap=self.gap)
                self.lines.append(self.line)
                self.waiting, self.gap = None, False
            if self.waiting:
                self.line.add(self.waiting, state)
            self.line.add(
                Run(unescape(text) if found["entity"] else text, *found.span(), state.depth), state
            )
            self.waiting = None
