"""Web pages: the article's headings, paragraphs and lists as text; and put back corrected, its mark-up kept.

What a browser shows as one blank is one blank; a block is a line. Menus, forms, scripts, captions, advertising and what
is hidden are left out. Nothing is fetched. Where a page has an ``<article>`` or ``<main>``, only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from articles.checks.registry import gettext_noop as _
from articles.formats.exchange import EMPTY, LARGEST_TEXT, TOO_LARGE, Article, BadFile
from articles.formats.plain import corrected, decode, recognise
from articles.text.diff import Edit, edits
from articles.text.document import Span

_NO_TEXT = _("there is no article text in the page")
_NO_PAGE = _("this article did not come as a web page")
_OTHER_PAGE = _("this is not the page that the article came from")
_TOO_DEEP = _("the page is nested too deeply to be read")
_BLOCKS = set(
    "address article blockquote body dd div dl dt fieldset h1 h2 h3 h4 h5 h6 header hr li main ol p pre".split()
)
_BLOCKS |= {"section", "table", "tbody", "td", "th", "tr", "ul"}
_SKIPPED = set("aside audio button canvas figcaption footer form head iframe input nav noscript object script".split())
_SKIPPED |= {"select", "style", "svg", "template", "textarea", "video"}
_ADVERTISING = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|breadcrumbs?|comments?|cookies?|newsletter|promo\w*|related|share|sharing|social)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,30})""", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLANK = " \t\n\r\f"
_DEEPEST = 250


class Piece(NamedTuple):
    """The text of one node: whose it is, whether before or after its end tag, and where it stands in the article."""

    element: Any
    after: bool
    start: int
    text: str


def read_text(data: bytes, *, name: str) -> str:
    """The article text of a page or a fragment, a line a block. Raises BadFile. ``name`` is not needed."""
    del name
    text = _text(_pieces(_tree(data)))
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The page of the one article with its corrections in it. Raises BadFile where it did not come as a web page."""
    for article in articles:
        if not article.page:
            raise BadFile(_NO_PAGE)
        yield write_into(article.page, article)
        if article.held and "--" not in article.held:  # which would end it
            yield f"\n<!-- {article.held} -->\n".encode()


def write_into(data: bytes, article: Article) -> bytes:
    """The page ``data`` with the article's approved corrections in it, in UTF-8; all mark-up stays.

    Words that replace others stand in the mark-up of the first of them. Raises BadFile for another page.
    """
    tree = _tree(data)
    pieces = _pieces(tree)
    text = _text(pieces)
    if text != article.target:
        raise BadFile(_OTHER_PAGE)
    for piece, words in zip(pieces, _placed(pieces, edits(text, corrected(article))), strict=True):
        if words != piece.text and piece.element is not None:
            side = "tail" if piece.after else "text"
            raw = getattr(piece.element, side)
            inside = raw.strip(_BLANK)
            start = raw.index(inside)
            setattr(piece.element, side, raw[:start] + words + raw[start + len(inside) :])
    whole = re.search(rb"<(?:html|body|head|!doctype)\b", data[:2000], re.IGNORECASE)
    if whole:
        return bytes(etree.tostring(tree.getroottree(), method="html", encoding="utf-8"))
    body = tree.find("body")
    inside = [etree.tostring(child, method="html", encoding="utf-8") for child in body]
    return b"".join([(body.text or "").encode(), *inside])


def _placed(pieces: list[Piece], changes: list[Edit]) -> Iterator[str]:
    """Each piece's new text. New words go to one piece: the first that loses words to them, or that they touch."""
    takers = [_taker(pieces, span) for span, _text_ in changes]
    for number, piece in enumerate(pieces):
        words, at, end = "", piece.start, piece.start + len(piece.text)
        for taker, (span, text) in zip(takers, changes, strict=True):
            if taker == number or (span.start < end and span.end > piece.start):
                start = min(max(at, span.start), end)
                words += piece.text[at - piece.start : start - piece.start] + (text if taker == number else "")
                at = max(start, min(span.end, end))
        yield words + piece.text[at - piece.start :]


def _taker(pieces: list[Piece], span: Span) -> int:
    """The number of the piece that takes the words which replace ``span``."""
    own = [
        (number, each.start, each.start + len(each.text))
        for number, each in enumerate(pieces)
        if each.element is not None
    ]
    losing = [number for number, start, end in own if span.start < end and span.end > start]
    touching = [number for number, start, end in own if start <= span.end and span.start <= end]
    return (losing or touching)[0]


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _tree(data: bytes) -> Any:
    if not data:
        raise BadFile(EMPTY)
    if len(data) > LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=LARGEST_TEXT // 1_000_000)
    recognise(data)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    tree = etree.fromstring(_decoded(data).encode(), parser)
    if tree is None or tree.find("body") is None:
        raise BadFile(_NO_TEXT)
    return tree


def _decoded(data: bytes) -> str:
    """The page's characters: UTF-8, or what the page says it is, or what is certain."""
    named = _CHARSET.search(data[:2000])
    try:
        text = data.decode("utf-8-sig")
        return decode(data) if "\x00" in text else text
    except UnicodeDecodeError:
        if named:
            try:
                return data.decode(named[1].decode())
            except (LookupError, UnicodeDecodeError):
                """What the page says of itself is not so."""
        return decode(data)


def _pieces(tree: Any) -> list[Piece]:
    """The texts of the article's nodes in order, blanks folded, with line ends between blocks."""
    root = max(tree.iter("article"), key=lambda each: len("".join(each.itertext())), default=None)
    if root is None:
        root = next(tree.iter("main"), None)
    found = _Reading()
    found.walk(tree.find("body") if root is None else root, depth=0)
    return found.pieces


class _Reading:
    """A walk through a page. ``waiting`` is what separates the next words from those before: a line end, a blank."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.at = 0
        self.waiting = ""

    def walk(self, element: Any, *, depth: int) -> None:
        """Take in the element's text and that of all inside."""
        if depth > _DEEPEST:
            raise BadFile(_TOO_DEEP)
        if element.tag in _BLOCKS:
            self.waiting = "\n"
        self._take(element, element.text, after=False)
        for child in element:
            if child.tag == "br":
                self.waiting = "\n"
            elif not _left_out(child):
                self.walk(child, depth=depth + 1)
            self._take(child, child.tail, after=True)
        if element.tag in _BLOCKS:
            self.waiting = "\n"

    def _take(self, element: Any, text: str | None, *, after: bool) -> None:
        folded = _BLANKS.sub(" ", text or "")
        if folded.startswith(" ") and self.waiting != "\n":
            self.waiting = " "
        words = folded.strip(" ")
        if not words:
            return
        if self.at and self.waiting:
            self._add(None, self.waiting, after=False)
        self.waiting = ""
        self._add(element, words, after=after)
        if folded.endswith(" "):
            self.waiting = " "

    def _add(self, element: Any, text: str, *, after: bool) -> None:
        self.pieces.append(Piece(element, after, self.at, text))
        self.at += len(text)


def _left_out(element: Any) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return element.tag in _SKIPPED or hidden or bool(_ADVERTISING.search(names))
