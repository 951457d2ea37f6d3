"""Make new Word documents: an article that did not come in a Word file, and a table of its pairs.

A line of the text is a paragraph, in the style of its block where that is known. Words of the
machine that were removed are deletions and the new ones insertions, by the reviewer and at their
time (ISO 29500-1, 17.13.5); a flag is a comment on its words, and so is what is known of a
correction without one.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from articles.formats.interchange import Article, Correction, Segment
from articles.formats.office.docx_comments import add_comment, comments_on
from articles.formats.office.docx_elements import legal_text
from articles.formats.office.docx_key import add_key
from articles.formats.office.docx_signature import NOBODY, signature_of
from articles.formats.office.docx_styles import ParagraphStyles
from articles.formats.text.plain import with_spacing
from articles.formats.xml.safe_xml import escape_attribute, escape_content
from articles.text.diff import redline
from articles.text.document import Span

_ONE = "a Word document holds one article"
_NAMESPACE = nsdecls("w")
_LINE_END = re.compile(r"\r\n|\n|\r")
_KINDS = {"removed": "del", "added": "ins"}
_ACCEPTED = {"same": "same", "removed": "gone", "added": "new"}
"""The kinds of pieces, where changes are not shown: words that are gone are not written."""
_NO_SPLIT = re.compile(r"(\t)")


class Piece(NamedTuple):
    """Text of the document that is same, removed or added, and the correction that changed it.

    Where changes are not shown, removed words are "gone" and added ones "new".
    """

    kind: str
    text: str
    correction: Correction | None = None


class Anchor(NamedTuple):
    """The beginning, end or reference of a comment, at a place of the machine's text."""

    place: int
    rank: int
    xml: str


def new_document(article: Article, *, tracked: bool) -> Any:
    """Return a new document with the corrected article, as python-docx has it.

    ``tracked`` says that it shows the corrections as changes, and the flags as comments.
    """
    document = _blank(article)
    segments = tuple(article.segments)
    styles = ParagraphStyles(document, article.blocks or ())
    pieces = _pieces(article.target, segments)
    anchors: list[Anchor] = []
    if tracked:
        for segment in segments:
            anchors += _anchors(document, segment, article.translate)
    else:
        pieces = [piece._replace(kind=_ACCEPTED[piece.kind]) for piece in pieces]
    _fill(document.element.body, pieces, anchors, styles)
    return document


def write_table(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield a table of source and target, with tracked changes and comments.

    Raises ValueError for more or less than one article.
    """
    article = only(articles)
    document = _blank(article)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    source_cell, target_cell = table.rows[0].cells
    source_cell.text = article.source_language
    target_cell.text = article.target_language
    plain = ParagraphStyles(document, ())
    for segment in article.segments:
        source_cell, target_cell = table.add_row().cells
        alone = replace(segment, target_span=Span(0, len(segment.target)))
        anchors = list(_anchors(document, alone, article.translate))
        _fill_cell(source_cell, [Piece("same", segment.source)], [], plain)
        _fill_cell(target_cell, _pieces(segment.target, [alone]), anchors, plain)
    yield saved(document)


def _fill_cell(
    cell: Any, pieces: Iterable[Piece], anchors: list[Anchor], styles: ParagraphStyles
) -> None:
    cell._tc.clear_content()
    _fill(cell._tc, pieces, anchors, styles)


def with_documents(article: Article) -> Article:
    """Return the article with whole documents: its own, else made of its pairs, one a line.

    In the second case its segments are a tuple.
    """
    if article.target or article.source:
        return article
    segments: list[Segment] = []
    source_at = 0
    target_at = 0
    for segment in article.segments:
        source_span = Span(source_at, source_at + len(segment.source))
        target_span = Span(target_at, target_at + len(segment.target))
        segments.append(replace(segment, source_span=source_span, target_span=target_span))
        source_at = source_span.end + 1
        target_at = target_span.end + 1
    return replace(
        article,
        source="\n".join(segment.source for segment in segments),
        target="\n".join(segment.target for segment in segments),
        segments=tuple(segments),
    )


def only(articles: Iterable[Article]) -> Article:
    """Return the only article, its segments read. Raises ValueError for several or none."""
    stream = iter(articles)
    first = next(stream, None)
    if first is None:
        raise ValueError(_ONE)
    segments = tuple(first.segments)
    if next(stream, None) is not None:
        raise ValueError(_ONE)
    return replace(first, segments=segments)


def _blank(article: Article) -> Any:
    document = docx.Document()
    # python-docx refuses properties of more than 255 characters.
    document.core_properties.title = legal_text(article.title)[:250]
    document.core_properties.author = NOBODY
    document.core_properties.comments = legal_text(article.held)[:255]
    add_key(document, article.key)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None and article.target_language:
        language.set(qn("w:val"), article.target_language)
    return document


def saved(document: Any) -> bytes:
    """Return the document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pieces(text: str, segments: Iterable[Segment]) -> list[Piece]:
    """Return the document with its corrections in pieces.

    The same and removed pieces, joined, are ``text``.
    """
    repairs = []
    corrections = []
    for segment in segments:
        approved = segment.approved
        if segment.target_span and approved:
            repairs.append((segment.target_span, approved.after))
            corrections.append(approved)
    changes = zip(with_spacing(text, repairs), corrections, strict=True)
    pieces: list[Piece] = []
    at = 0
    for (span, words), correction in sorted(changes, key=lambda change: change[0][0]):
        pieces.append(Piece("same", text[at : span.start]))
        for change in redline(span.of(text), words):
            pieces.append(Piece(change.kind, change.text, correction))
        at = span.end
    pieces.append(Piece("same", text[at:]))
    return pieces


def _anchors(document: Any, segment: Segment, translate: Callable[[str], str]) -> Iterator[Anchor]:
    """Add the segment's comments to the document; yield where each begins and ends."""
    if segment.target_span is None:
        return
    offset = segment.target_span.start
    for comment in comments_on(segment, translate):
        start, end = comment.span
        number = add_comment(document, comment)
        yield Anchor(offset + start, 0, f'<w:commentRangeStart w:id="{number}"/>')
        reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        yield Anchor(offset + end, 1, f'<w:commentRangeEnd w:id="{number}"/>{reference}')


def _fill(
    parent: Any,
    pieces: Iterable[Piece],
    anchors: list[Anchor],
    styles: ParagraphStyles,
) -> None:
    """Append the pieces to ``parent`` as paragraphs, before its section properties."""
    last = parent.find(qn("w:sectPr"))
    for paragraph in _paragraphs(pieces, sorted(anchors), styles):
        element = parse_xml(paragraph)
        if last is not None:
            last.addprevious(element)
        else:
            parent.append(element)


def _paragraphs(
    pieces: Iterable[Piece], anchors: list[Anchor], styles: ParagraphStyles
) -> Iterator[str]:
    """Yield the XML of each paragraph; ``anchors`` are in order.

    A line end that was removed or added is a tracked paragraph mark.
    """
    numbers = itertools.count(1)
    waiting = list(anchors)
    at = 0
    style = ""
    runs: list[str] = []
    for piece in pieces:
        if piece.kind == "gone":
            at += len(piece.text)
            continue
        is_added = piece.kind in ("added", "new")
        for text in _cut(piece, at, waiting):
            while waiting and _is_due(waiting[0], at, is_added=is_added):
                runs.append(waiting.pop(0).xml)
            if _LINE_END.fullmatch(text):
                yield _paragraph(runs, _mark(piece, numbers), style)
                style = ""
                runs = []
            else:
                style = style or styles.at(at)
                runs.append(_run(piece, text, numbers))
            if not is_added:
                at += len(text)
    runs += [anchor.xml for anchor in waiting]
    yield _paragraph(runs, "", style)


def _is_due(anchor: Anchor, at: int, *, is_added: bool) -> bool:
    """Return whether the anchor stands before the words at ``at``.

    A comment that ends where words were added ends after these.
    """
    if anchor.place > at:
        return False
    return not is_added or anchor.rank == 0


def _cut(piece: Piece, at: int, anchors: list[Anchor]) -> list[str]:
    """Return the piece's text cut at line ends, and at the anchors inside it."""
    text = piece.text
    places = {0, len(text)}
    if piece.kind != "added":
        for anchor in anchors:
            if 0 < anchor.place - at < len(text):
                places.add(anchor.place - at)
    inside: set[int] = set()
    for end in _LINE_END.finditer(text):
        places.update(end.span())
        inside.update(range(end.start() + 1, end.end()))
    return [text[start:end] for start, end in itertools.pairwise(sorted(places - inside))]


def _paragraph(runs: list[str], mark: str, style: str) -> str:
    properties = style
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    if properties:
        properties = f"<w:pPr>{properties}</w:pPr>"
    return f"<w:p {_NAMESPACE}>{properties}{''.join(runs)}</w:p>"


def _mark(piece: Piece, numbers: Iterator[int]) -> str:
    """Return the change of a paragraph's mark, "" where the line end is not tracked."""
    if piece.kind not in _KINDS:
        return ""
    return _change(piece, numbers)


def _change(piece: Piece, numbers: Iterator[int], *, closed: bool = True) -> str:
    """Return the opening tag of a tracked change, with the reviewer and the time."""
    author, date = signature_of(piece.correction or Correction("", "", ""))
    author = escape_attribute(author)
    end = "/>" if closed else ">"
    attributes = f'w:id="{next(numbers)}" w:author="{author}" w:date="{date}"'
    return f"<w:{_KINDS[piece.kind]} {attributes}{end}"


def _run(piece: Piece, text: str, numbers: Iterator[int]) -> str:
    name = "t"
    if piece.kind == "removed":
        name = "delText"
    inside = ""
    for part in _NO_SPLIT.split(text):
        if part == "\t":
            inside += "<w:tab/>"
        elif part:
            inside += f'<w:{name} xml:space="preserve">{escape_content(part)}</w:{name}>'
    run = f"<w:r>{inside}</w:r>"
    if piece.kind not in _KINDS:
        return run
    return f"{_change(piece, numbers, closed=False)}{run}</w:{_KINDS[piece.kind]}>"
