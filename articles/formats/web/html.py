"""Read the article of a web page as text, and write the page with its corrections.

The text has the headline, paragraphs, lists and captions, one line a block; a run of blanks is one
blank, as a browser shows it. What is around the article (``extraction.py``) and what is hidden is
left out, as are scripts, footnote numbers and photographers' names. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise, takewhile
from typing import NamedTuple

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, Article, BadFile
from articles.formats.source_map import Markup, SourceMap, apply_corrections
from articles.formats.text.plain import decode_with_encoding, refuse_other_files
from articles.formats.web.content import PROSE
from articles.formats.web.extraction import Page, collapse_blanks
from articles.formats.web.html_tree import HEADINGS, Node
from articles.formats.web.lines import Line, LineReader, State, join_lines
from articles.text import blocks
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("there is no article text in the page")
_NO_PAGE = _("this article was not imported as a web page")
_OTHER_PAGE = _("this is not the page that the article was imported from")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,30})"""
    rb"""|<\?xml[^>]{0,80}encoding=["']([\w-]{2,30})""",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_END = re.compile(r"[.!?…:][\s\"'»”’)\]]*$")
_ALSO = re.compile(
    r"^\W*(?:read (?:more|also|next)|see also|related|more on this|also read|watch"
    r"|lire(?: aussi| également)?|à lire|voir aussi|à voir|sur le même (?:sujet|thème)"
    r"|en savoir plus|notre dossier)\b[^:]{0,30}[:>»–-]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:advertisement|sponsored|publicité|annonce|share|share this(?: article)?"
    r"|partager(?: cet article)?|print|imprimer|save|tweet|e-?mail|\d* ?comments?"
    r"|\d* ?commentaires?|follow us|suivez-nous|related (?:articles?|stories)"
    r"|more (?:stories|on this)|read (?:more|also|next)|see also|recommended|(?:à )?lire aussi"
    r"|à lire|voir aussi|sur le même (?:sujet|thème)|articles (?:similaires|liés))\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:(?i:par|by|von|por|de notre \w+|from our \w+),?"
    r" (?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:,? (?:et|and|und|y|de|du|van) |,? |$)){1,8}"
    r"|(?i:soumis|posted|publié|(?:first )?published|mis à jour|(?:last )?updated|créé|created)"
    r"\b[^.!?]*\d[^.!?]*"
    r"|(?:[^\W\d_]{2,9}\.?,? )?"
    r"(?:\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2}),? 20\d\d"
    r"[\d\s:.,hHàat@–•·|-]*(?:[AP]M\b\s*)?(?:[A-Z]{2,4})?)$"
)
_MAX_BYLINE = 80
"""Characters of the longest line that may be an author or a date."""
_MIN_STANDFIRST = 40
"""Characters of the shortest line that may be a standfirst."""
_LINK_SHARE = 0.9
"""Share of a line in links from which it may lead elsewhere."""
_LARGEST_REMEMBERED = 1_000_000
"""Bytes of the largest page that is remembered: its text and what is left out take one reading, its
blocks and its emphasis another."""
_SUBHEADINGS = HEADINGS - {"h1"}
# What browsers read as windows-1252 (WHATWG Encoding), by the names that pages use.
_LATIN = {
    "iso-8859-1",
    "iso8859-1",
    "latin1",
    "latin-1",
    "us-ascii",
    "ascii",
    "windows-1252",
}


def read_text(data: bytes, *, name: str) -> str:
    """Return the article of a page or a fragment, one line a block; ``name`` is not used.

    Raises BadFile.
    """
    del name
    text = _read(data).text
    if not text.strip():
        raise BadFile(_NO_TEXT)
    return text


def read_layout(data: bytes) -> SourceMap:
    """Return the text of a page with its places in it, and its elements. Raises BadFile."""
    return _structure(data).layout


def read_blocks(data: bytes) -> tuple[str, list[blocks.Block]]:
    """Return the text as ``read_text`` does, and its headings and list items. Raises BadFile."""
    structure = _structure(data)
    return structure.text, structure.blocks


class _Structure(NamedTuple):
    """The text of a page, its headings and list items, and the text with its places."""

    text: str
    blocks: list[blocks.Block]
    layout: SourceMap


def _structure(data: bytes) -> _Structure:
    if len(data) > _LARGEST_REMEMBERED:
        return _read_structure(data)
    return _read_and_remember_structure(data)


def _read_structure(data: bytes) -> _Structure:
    page = Page.parse(_decode(data)[0])
    reader, lines = _read_lines(page)
    text, found = blocks.join_lines((line.text, _kind(line)) for line in lines)
    return _Structure(text, found, _map_lines(page, reader, lines))


_read_and_remember_structure = lru_cache(maxsize=1)(_read_structure)


def _kind(line: Line) -> str:
    if line.block.tag in HEADINGS:
        return blocks.HEADING
    for node in (line.block, *line.block.ancestors()):
        if node.tag != "li":
            continue
        if node.parent is not None and node.parent.tag == "ol":
            return blocks.NUMBERED
        return blocks.ITEM
    return ""


def left_out(data: bytes) -> Sequence[str]:
    """Return the visible lines of the page that ``read_text`` leaves out. Raises BadFile."""
    return _read(data).left_out


class _ReadPage(NamedTuple):
    """The article of a page, and the visible lines that are not part of it."""

    text: str
    left_out: Sequence[str]


def _read(data: bytes) -> _ReadPage:
    """Read a page. Raises BadFile."""
    if len(data) > _LARGEST_REMEMBERED:
        return _read_page(data)
    return _read_and_remember(data)


def _read_page(data: bytes) -> _ReadPage:
    page = Page.parse(_decode(data)[0])
    reader, article = _read_lines(page)
    source_map = _map_lines(page, reader, article)
    hidden = _hidden_prose(page, reader.roots, set(source_map.text.split("\n")))
    # Where nothing was left out the lines need not be read a second time (docs/decisions/0039).
    is_whole = len(article) == len(reader.lines) and page.excluded == page.hidden
    if is_whole and page.body() is page.nodes[0]:
        return _ReadPage(source_map.text, hidden)
    places = {piece.at for piece in source_map.pieces}
    page.excluded = page.hidden
    reader = LineReader(page.raw, page.excluded, {page.nodes[0]}, codes=_has_codes(page.raw))
    reader.read(page.nodes[0], State(page.nodes[0]))
    lines = []
    for line in reader.lines:
        words = "".join(run.text for run in line.runs if run.at not in places)
        if _LETTER.search(words):
            lines.append(words.strip())
    return _ReadPage(source_map.text, lines + hidden)


def _hidden_prose(page: Page, roots: set[Node], read: set[str]) -> list[str]:
    """Return the paragraphs hidden inside the article, without copies of those that are read."""
    if not page.hidden:
        return []
    unread = _without_text(page)
    if unread == page.hidden:
        return []
    reader = LineReader(page.raw, unread, roots, codes=_has_codes(page.raw))
    reader.read(page.nodes[0], State(page.nodes[0]))
    hidden = []
    for line in reader.lines:
        words = line.text.strip()
        is_new_prose = len(words) >= PROSE and words not in read and not _leads_away(line)
        if is_new_prose and line.within and line.block in page.hidden:
            hidden.append(words)
    return hidden


def _without_text(page: Page) -> set[Node]:
    """Return the elements that never hold text, such as scripts, with all inside them."""
    found: set[Node] = set()
    for node in page.nodes[1:]:
        if node.parent in found or page.visibility.is_no_text(node):
            found.add(node)
    return found


_read_and_remember = lru_cache(maxsize=1)(_read_page)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the page of the one article with its corrections.

    Raises BadFile where it did not come as a web page.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_PAGE)
        yield write_page(article.page, article)
        # Two hyphens would end the comment.
        if article.held and "--" not in article.held:
            encoding = _decode(article.page)[1].removesuffix("-sig")
            yield f"\n<!-- {article.held} -->\n".encode(encoding, "xmlcharrefreplace")


def write_page(data: bytes, article: Article) -> bytes:
    """Return the page ``data`` with the article's approved corrections, in its own encoding.

    Everything else stays byte for byte. Raises BadFile for another page.
    """
    raw, encoding = _decode(data)
    source_map = _source_map(Page.parse(raw))
    if not source_map.is_text_of(article.target):
        raise BadFile(_OTHER_PAGE)
    corrected = apply_corrections(source_map, article, escape_html)
    return corrected.encode(encoding, "xmlcharrefreplace")


def escape_html(words: str) -> str:
    """Return the words as a page has them, with a break for a line end."""
    return escape(words, quote=False).replace("\n", "<br>")


def _decode(data: bytes) -> tuple[str, str]:
    """Return the page's characters, and the encoding that gives these bytes back.

    It is UTF-8, or what the page says it is, or the only old encoding that fits.
    """
    if not data:
        raise BadFile(EMPTY)
    if len(data) > LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=LARGEST_TEXT // 1_000_000)
    refuse_other_files(data)
    for encoding in ("utf-8", *_stated_encodings(data)):
        try:
            text = data.decode(encoding)
            # A decoding that does not give the same bytes back would change what nobody corrected.
            if "\x00" not in text and text.encode(encoding) == data:
                return text, encoding
        except (LookupError, UnicodeError):
            """It is not in that encoding, whatever the page says of itself."""
    return decode_with_encoding(data)


def _stated_encodings(data: bytes) -> tuple[str, ...]:
    """Return the encodings in which browsers read the page by what it says of itself."""
    found = _CHARSET.search(data[:4000])
    if not found:
        return ()
    name = (found[1] or found[2]).decode()
    if name.lower() in _LATIN:
        # Five bytes have no character in cp1252; browsers read these as latin-1 does (WHATWG
        # Encoding).
        return "cp1252", "latin-1"
    return (name,)


def _has_codes(raw: str) -> bool:
    """Return whether it is the stored text of a WordPress post, with its blocks and shortcodes."""
    return "<!-- wp:" in raw


def _read_lines(page: Page) -> tuple[LineReader, list[Line]]:
    """Return the reader with all lines of the page, and those of the article."""
    reader = LineReader(page.raw, page.excluded, page.roots(), codes=_has_codes(page.raw))
    top = page.body()
    reader.read(top, State(top))
    reader.lines = join_lines(reader.lines, _leads_away)
    return reader, list(_article_lines(reader.lines, page, gap=reader.gap))


def _source_map(page: Page) -> SourceMap:
    """Return the lines of the article, each piece with its place in the page."""
    return _map_lines(page, *_read_lines(page))


def _map_lines(page: Page, reader: LineReader, lines: Sequence[Line]) -> SourceMap:
    source_map = SourceMap(page.raw)
    marked = set(reader.phrases)
    for line in lines:
        source_map.add_break()
        for run in line.runs:
            if run.is_break:
                source_map.add_inner_break(run.at, run.end, depth=run.depth, text=run.text)
            else:
                source_map.add(run.text, run.at, run.end, depth=run.depth)
        marked.add(line.block)
    for node in marked:
        if node.end:
            source_map.marks.append(Markup(node.start, node.inner, node.close, node.end))
    return source_map


def _article_lines(lines: list[Line], page: Page, *, gap: bool) -> Iterator[Line]:
    """Yield the lines of the article.

    The headline and what stands under it may be above the element that holds the prose.
    """
    within = _without_links([line for line in lines if line.within], gap=gap)
    # Sites put the headline above the element of the article, beside its picture.
    if not any(line.block.tag == "h1" for line in within):
        yield from _lines_above(lines, within, page.titles)
    yield from within


def _lines_above(lines: list[Line], within: list[Line], titles: set[str]) -> Iterator[Line]:
    """Yield the headline above the article and the standfirst and captions below that."""
    above = list(takewhile(lambda line: not line.within, lines))
    place = _headline(above, titles)
    if place is None:
        return
    words = {collapse_blanks(line.text) for line in within}
    if collapse_blanks(above[place].text) in words:
        return
    yield above[place]
    for line in _without_links(above[place + 1 :]):
        if _is_standfirst(line) or _is_caption(line):
            yield line


def _headline(lines: list[Line], titles: set[str]) -> int | None:
    """Return the number of the headline among the lines above an article; None for none.

    It is the last line that the page names so, else the last h1 that is no link, else any h1.
    """
    headings = []
    unlinked = []
    named = []
    for number, line in enumerate(lines):
        if line.block.tag == "h1":
            headings.append(number)
            if line.linked < len(line.text):
                unlinked.append(number)
        if collapse_blanks(line.text).casefold() in titles:
            named.append(number)
    for found in (named, unlinked, headings):
        if found:
            return found[-1]
    return None


def _is_standfirst(line: Line) -> bool:
    size = len(line.text)
    return size >= _MIN_STANDFIRST and line.linked * 2 < size


def _is_caption(line: Line) -> bool:
    block = line.block
    return any(node.tag == "figcaption" for node in (block, *block.ancestors()))


def _without_links(lines: list[Line], *, gap: bool = False) -> list[Line]:
    """Return the lines without those that lead elsewhere and headings with nothing under them.

    ``gap`` says that something was left out after the last line.
    """
    kept: list[Line] = []
    is_after_gap = False
    headings = _linked_headings(lines)
    for line in lines:
        if _leads_away(line) and line not in headings:
            is_after_gap = True
            continue
        is_after_gap = is_after_gap or line.after_gap
        if is_after_gap and kept and _is_orphan(kept[-1], line):
            kept.pop()
        kept.append(line)
        is_after_gap = False
    if is_after_gap or gap:
        _drop_last_headings(kept)
    return kept


def _drop_last_headings(lines: list[Line]) -> None:
    while len(lines) > 1 and lines[-1].block.tag in _SUBHEADINGS:
        lines.pop()


def _is_orphan(heading: Line, following: Line) -> bool:
    """Return whether nothing stands under the heading: the next has its rank, or one above."""
    tag = heading.block.tag
    next_tag = following.block.tag
    if tag not in _SUBHEADINGS:
        return False
    if next_tag not in HEADINGS:
        return False
    return next_tag <= tag


def _leads_away(line: Line) -> bool:
    """Return whether the line is a label, a time, an author or a link to elsewhere."""
    text = line.text
    if line.timed >= len(text):
        return True
    if not text.strip():
        return True
    if _LABEL.match(text):
        return True
    if _is_byline(line, text):
        return True
    return _is_link(line, text)


def _linked_headings(lines: list[Line]) -> set[Line]:
    """Return the headings that are links and have a paragraph of their own below."""
    headings = set()
    for line, following in pairwise(lines):
        if _is_linked_heading(line) and _heads_prose(line, following):
            headings.add(line)
    return headings


def _is_linked_heading(line: Line) -> bool:
    return line.block.tag in _SUBHEADINGS and _is_link(line, line.text)


def _heads_prose(heading: Line, following: Line) -> bool:
    """Return whether the paragraph after a heading stands below it in the same element."""
    if _ALSO.match(heading.text) or _LABEL.match(heading.text):
        return False
    if heading.block.parent not in list(following.block.ancestors()):
        return False
    return len(following.text) >= PROSE and not _leads_away(following)


def _is_byline(line: Line, text: str) -> bool:
    if len(text) > _MAX_BYLINE:
        return False
    if line.block.tag in HEADINGS:
        return False
    return bool(_BYLINE.match(text))


def _is_link(line: Line, text: str) -> bool:
    """Return whether the line is a link, and no sentence or announced as another article."""
    if not line.linked:
        return False
    if line.block.tag == "h1":
        return False
    if _ALSO.match(text):
        return True
    if line.linked < _LINK_SHARE * len(text):
        return False
    return not _END.search(text)
