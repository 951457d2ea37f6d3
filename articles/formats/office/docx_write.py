"""Word documents: the corrected article with real tracked changes and comments, a clean one, and a bilingual table.

A line of the text is a paragraph. The machine's words that went are deletions and the new ones insertions, by the
reviewer and at their time (ISO 29500-1, 17.13.5); a flag is a comment on its words. Reading is in docx_read.py.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from articles.formats.interchange import Article, Correction, Segment
from articles.formats.tables.delimited import describe_flag
from articles.formats.text.plain import corrected_text, with_spacing
from articles.formats.xml.safe_xml import escape_attribute, escape_content
from articles.text.diff import redline
from articles.text.document import Span

_ONE = "a Word document holds one article"
_NAMESPACE = nsdecls("w")
_LINE_END = re.compile(r"\r\n|\n|\r")
_KINDS = {"removed": "del", "added": "ins"}
_NOBODY = "Translation review"
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
_NO_SPLIT = re.compile(r"(\t)")


class Piece(NamedTuple):
    """A run of the document: text that is same, removed or added, and the correction that says so."""

    kind: str
    text: str
    correction: Correction | None = None


class Anchor(NamedTuple):
    """The beginning, end or reference of a comment, at a place of the machine's text."""

    place: int
    rank: int
    xml: str


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The article with tracked changes and comments. Raises ValueError for more or less than one article."""
    article = with_documents(_only(articles))
    segments = list(article.segments)
    document = _blank(article)
    anchors = [anchor for segment in segments for anchor in _anchors(document, segment)]
    _fill(document.element.body, _pieces(article.target, segments), anchors)
    yield _saved(document)


def write_clean(articles: Iterable[Article]) -> Iterator[bytes]:
    """The corrected article without a trace of the review. Raises ValueError for more or less than one article."""
    article = with_documents(_only(articles))
    document = _blank(article)
    _fill(document.element.body, [Piece("same", corrected_text(article))], [])
    yield _saved(document)


def write_table(articles: Iterable[Article]) -> Iterator[bytes]:
    """Source beside target in a table, with tracked changes and comments. Raises ValueError as ``write`` does."""
    article = _only(articles)
    document = _blank(article)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, language in zip(
        table.rows[0].cells, (article.source_language, article.target_language), strict=True
    ):
        cell.text = language
    for segment in article.segments:
        row = table.add_row().cells
        alone = replace(segment, target_span=Span(0, len(segment.target)))
        for cell, pieces, anchors in (
            (row[0], [Piece("same", segment.source)], []),
            (row[1], _pieces(segment.target, [alone]), list(_anchors(document, alone))),
        ):
            cell._tc.clear_content()
            _fill(cell._tc, pieces, anchors)
    yield _saved(document)


def with_documents(article: Article) -> Article:
    """The article with whole documents: as they are, else made of its pairs, one a line. Its segments are a tuple."""
    if article.target or article.source:
        return article
    segments, texts, ends = [], (list[str](), list[str]()), [0, 0]
    for segment in article.segments:
        spans = []
        for side, text in enumerate((segment.source, segment.target)):
            spans.append(Span(ends[side], ends[side] + len(text)))
            texts[side].append(text)
            ends[side] += len(text) + 1
        segments.append(replace(segment, source_span=spans[0], target_span=spans[1]))
    return replace(
        article, source="\n".join(texts[0]), target="\n".join(texts[1]), segments=tuple(segments)
    )


def _only(articles: Iterable[Article]) -> Article:
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
    document.core_properties.title = _legal(article.title)[:250]
    document.core_properties.author = _NOBODY
    document.core_properties.comments = _legal(article.held)[:255]
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None and article.target_language:
        language.set(qn("w:val"), article.target_language)
    return document


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pieces(text: str, segments: Iterable[Segment]) -> list[Piece]:
    """The whole document with its corrections, in order: same and removed pieces joined are ``text``."""
    done = [
        (segment.target_span, each)
        for segment in segments
        if segment.target_span and (each := segment.approved)
    ]
    placed = with_spacing(text, ((span, each.after) for span, each in done))
    pieces, at = [], 0
    for (span, words), (_span, correction) in sorted(
        zip(placed, done, strict=True), key=lambda each: each[0][0]
    ):
        pieces.append(Piece("same", text[at : span.start]))
        pieces += [
            Piece(each.kind, each.text, correction) for each in redline(span.of(text), words)
        ]
        at = span.end
    return [*pieces, Piece("same", text[at:])]


def _anchors(document: Any, segment: Segment) -> Iterator[Anchor]:
    """Where the segment's comments begin and end; the comments themselves go into the document's own part."""
    if segment.target_span is None:
        return
    for flag in segment.flags:
        span = flag.target_span or (
            Span(0, len(segment.target)) if flag.caret is None else Span(flag.caret, flag.caret)
        )
        start, end = (segment.target_span.start + place for place in span)
        author = flag.author or _NOBODY
        initials = "".join(word[0] for word in author.split())
        comment = document.comments.add_comment(
            text=_legal(describe_flag(flag, segment)), author=_legal(author)
        )
        comment.initials = _legal(initials)
        if flag.time:
            comment._comment_elm.set(qn("w:date"), _date(flag.time))
        number = comment.comment_id
        yield Anchor(start, 0, f'<w:commentRangeStart w:id="{number}"/>')
        reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        yield Anchor(end, 1, f'<w:commentRangeEnd w:id="{number}"/>{reference}')


def _fill(parent: Any, pieces: Iterable[Piece], anchors: list[Anchor]) -> None:
    """Append the pieces to ``parent`` as paragraphs, before its section properties where it has some."""
    last = parent.find(qn("w:sectPr"))
    for paragraph in _paragraphs(pieces, sorted(anchors)):
        element = parse_xml(paragraph)
        if last is not None:
            last.addprevious(element)
        else:
            parent.append(element)


def _paragraphs(pieces: Iterable[Piece], anchors: list[Anchor]) -> Iterator[str]:
    """The XML of each paragraph. A line end that was removed or added is a tracked paragraph mark."""
    numbers, waiting, at, runs = itertools.count(1), list(anchors), 0, list[str]()
    for piece in pieces:
        for text in _cut(piece, at, waiting):
            while (
                waiting
                and waiting[0].place <= at
                and (piece.kind != "added" or waiting[0].rank == 0)
            ):
                runs.append(waiting.pop(0).xml)
            if _LINE_END.fullmatch(text):
                yield _paragraph(runs, _change(piece, numbers) if piece.kind in _KINDS else "")
                runs = []
            else:
                runs.append(_run(piece, text, numbers))
            at += len(text) if piece.kind != "added" else 0
    runs += [anchor.xml for anchor in waiting]
    yield _paragraph(runs, "")


def _cut(piece: Piece, at: int, anchors: list[Anchor]) -> list[str]:
    """The piece's text cut at line ends, and at the comments' places inside it."""
    text, places = piece.text, {0, len(piece.text)}
    if piece.kind != "added":
        places |= {each.place - at for each in anchors if 0 < each.place - at < len(text)}
    inside = set()
    for end in _LINE_END.finditer(text):
        places |= set(end.span())
        inside |= set(range(end.start() + 1, end.end()))
    return [text[start:end] for start, end in itertools.pairwise(sorted(places - inside))]


def _paragraph(runs: list[str], mark: str) -> str:
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p {_NAMESPACE}>{properties}{''.join(runs)}</w:p>"


def _change(piece: Piece, numbers: Iterator[int], *, closed: bool = True) -> str:
    """The opening tag of a tracked change: who and when are the reviewer's."""
    correction = piece.correction or Correction("", "", "")
    author = escape_attribute(correction.author or _NOBODY)
    date = _date(correction.submitted or correction.decided or _UNKNOWN)
    end = "/>" if closed else ">"
    return (
        f'<w:{_KINDS[piece.kind]} w:id="{next(numbers)}" w:author="{author}" w:date="{date}"{end}'
    )


def _run(piece: Piece, text: str, numbers: Iterator[int]) -> str:
    name = "delText" if piece.kind == "removed" else "t"
    inside = "".join(
        "<w:tab/>"
        if part == "\t"
        else f'<w:{name} xml:space="preserve">{escape_content(part)}</w:{name}>'
        for part in _NO_SPLIT.split(text)
        if part
    )
    run = f"<w:r>{inside}</w:r>"
    if piece.kind not in _KINDS:
        return run
    return f"{_change(piece, numbers, closed=False)}{run}</w:{_KINDS[piece.kind]}>"


def _date(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _legal(text: str) -> str:
    """The text without what XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
