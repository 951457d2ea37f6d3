"""Reading Word documents: a text, a bilingual table, or a reviewed article that comes back.

Tracked changes are read twice, once as if all were accepted and once as if all were rejected. A text box is read after
the paragraph that it hangs on. Notes, headers and footers are not the article and are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse

from articles.formats.interchange import (
    LARGEST_TEXT,
    Article,
    BadFile,
    Correction,
    Segment,
    read_all,
)
from articles.formats.office.zip_safety import OfficePackage
from articles.formats.text.plain import corrected_text
from articles.text.diff import Edit, edits
from articles.text.messages import gettext_noop as _

_UNSAFE = _(
    "the file declares entities of its own, which is not safe to read; save it again in Word"
)
_DAMAGED = _("the file is damaged or incomplete; save it again")
_NO_WORDS = _("there is no text in the file")
_NO_TABLE = _("there is no table with a source and a target column in the file")
_NO_ROW = _(
    "this row belongs to no sentence of the article; its left column should be as it was sent out"
)
_DOCUMENT, _COMMENTS = "word/document.xml", "word/comments.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same once more, for older programs."""
_APART = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_INTO = {"hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "r", "customXml", "dir", "bdo"}
_PLACES = {"commentRangeStart", "commentRangeEnd", "commentReference"}
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: its text, whether it was inserted or deleted, and by whom and when; or without a text the
    place where the ``comment`` of that number begins, ends or hangs."""

    text: str
    kind: str = "same"
    author: str = ""
    time: str = ""
    comment: str = ""


class Comment(NamedTuple):
    """A comment: who wrote what, on which words of the accepted text, and where they begin."""

    author: str
    text: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """A document with its tracked changes: the text with all ``accepted``, with all ``rejected``, its runs, and the
    comments on it."""

    accepted: str
    rejected: str
    runs: tuple[Run, ...]
    comments: tuple[Comment, ...] = ()


def read_text(data: bytes, *, name: str) -> str:
    """The text of a Word document, a line a paragraph, tracked changes accepted. Raises BadFile."""
    del name
    text = read_reviewed(data).accepted
    if not text.strip():
        raise BadFile(_NO_WORDS)
    return text


def left_out(data: bytes) -> list[str]:
    """The lines of headers, footers and notes. Raises BadFile."""
    package = OfficePackage(data, part=_DOCUMENT, ending=".docx")
    parts = sorted(name for name in package.names if _APART.fullmatch(name))
    texts = (
        "".join(run.text for run in _lines(_root(package, part)) if run.kind != "removed")
        for part in parts
    )
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def read_reviewed(data: bytes) -> ReviewedDocument:
    """A Word document with its tracked changes. Raises BadFile."""
    package = OfficePackage(data, part=_DOCUMENT, ending=".docx")
    runs = tuple(_lines(_body(package)))
    if runs and runs[-1].text == "\n":
        runs = runs[:-1]  # what ends the last paragraph separates nothing
    accepted = "".join(run.text for run in runs if run.kind != "removed")
    rejected = "".join(run.text for run in runs if run.kind != "added")
    return ReviewedDocument(accepted, rejected, runs, tuple(_comments(package, runs, accepted)))


def _comments(package: OfficePackage, runs: Iterable[Run], accepted: str) -> Iterator[Comment]:
    """The comments in the order of their anchors; one that hangs nowhere is at the end."""
    if _COMMENTS not in package.names:
        return
    anchors: dict[str, list[int]] = {}
    at = 0
    for run in runs:
        if run.comment:
            anchors.setdefault(run.comment, []).append(at)
        elif run.kind != "removed":
            at += len(run.text)
    found = []
    for each in _root(package, _COMMENTS).iter(f"{_W}comment"):
        place = anchors.get(each.get(f"{_W}id", ""), [at])
        text = "".join(run.text for run in _lines(each) if run.kind != "removed").strip()
        found.append(
            Comment(each.get(f"{_W}author", ""), text, accepted[place[0] : place[-1]], place[0])
        )
    yield from sorted(found, key=lambda comment: comment.at)


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The pairs of a table: the last two columns are source and target. Raises BadFile without such a table.

    Tracked changes in the target are a correction that waits for approval.
    """
    body = _body(OfficePackage(read_all(file, 5 * LARGEST_TEXT), part=_DOCUMENT, ending=".docx"))
    rows = [[cell for cell in row if cell.tag == f"{_W}tc"] for row in body.iter(f"{_W}tr")]
    if not rows or any(len(row) < 2 for row in rows):
        raise BadFile(_NO_TABLE)
    article, first = (
        Article(name, "", ""),
        ["".join(run.text for run in _cell(cell)) for cell in rows[0][-2:]],
    )
    if all(_LANGUAGE.fullmatch(each.strip().lower()) for each in first):
        article, rows = Article(name, first[0].strip().lower(), first[1].strip().lower()), rows[1:]
    yield replace(
        article, segments=(_pair(row[-2:], number) for number, row in enumerate(rows, start=1))
    )


def _pair(cells: Sequence[Any], number: int) -> Segment:
    source = "".join(run.text for run in _cell(cells[0]) if run.kind != "removed")
    runs = _cell(cells[1])
    before = "".join(run.text for run in runs if run.kind != "added")
    after = "".join(run.text for run in runs if run.kind != "removed")
    segment = Segment(source, before, id=str(number))
    if before == after:
        return segment
    who = next(run for run in runs if run.kind != "same")
    made = Correction(before, after, "submitted", who.author, _time(who.time))
    return replace(segment, corrections=(made,))


def _cell(cell: Any) -> list[Run]:
    runs = list(_lines(cell))
    return runs[:-1]


def proposed_corrections(
    article: Article, reviewed: ReviewedDocument
) -> list[tuple[Segment, Correction]]:
    """What a returned file proposes: for each segment whose text is now another, a correction that waits for approval.

    ``article`` is as it was sent out. A change of ours that came back rejected is a proposal to return to the machine's
    words; accepted or untouched, it is none. The author is who made the first change in the segment that is not ours.
    """
    segments = [segment for segment in article.segments if segment.target_span is not None]
    ours, found = _ours(segments), []
    for segment, (first, end) in zip(
        segments, locate_segments(article, segments, reviewed.accepted), strict=True
    ):
        words = reviewed.accepted[first:end]
        if words != _lines_of(segment.final):
            who = _author(reviewed, first, end, ours)
            made = Correction(segment.final, words, "submitted", who.author, _time(who.time))
            found.append((segment, made))
    return found


def locate_segments(
    article: Article, segments: Sequence[Segment], accepted: str
) -> list[tuple[int, int]]:
    """From where to where each segment's words now stand in the ``accepted`` text of a returned file.

    Words that span two segments belong to the first: none is proposed twice, none is lost.
    """
    sent, before = _sent(article, _with_what_came_back(article, segments, accepted))
    changed = edits(sent, accepted)
    found, taken = [], 0
    for start, end in before:
        first = max(taken, _moved(start, changed, after=False))
        taken = max(first, _moved(end, changed, after=True))
        found.append((first, taken))
    return found


def table_corrections(article: Article, data: bytes) -> list[tuple[Segment, Correction]] | None:
    """What our table of source beside target proposes when it comes back, row by row; None for what is no such table.

    A row is the segment with its source; where all rows are there, also the one at its place. BadFile names the first
    row that is neither.
    """
    try:
        rows = [row for each in read(io.BytesIO(data), name="") for row in each.segments]
    except BadFile:
        return None
    segments = list(article.segments)
    alike: dict[str, list[int]] = {}
    for number in reversed(range(len(segments))):
        alike.setdefault(_lines_of(segments[number].source), []).append(number)
    places = [same.pop() if (same := alike.get(row.source)) else None for row in rows]
    free = {number for numbers in alike.values() for number in numbers}
    if 2 * (len(segments) - len(free)) < max(len(rows), len(segments)):
        return None
    ours = _ours(segments)
    found = []
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        if place is None and (len(rows) != len(segments) or number not in free):
            raise BadFile(_NO_ROW, f"row {row.id}")
        segment = segments[number if place is None else place]
        made = (
            row.corrections[0]
            if row.corrections
            else Correction(row.target, row.target, "submitted")
        )
        if made.after != _lines_of(segment.final):
            who = "" if (made.author, made.submitted) in ours else made.author
            found.append((segment, replace(made, before=segment.final, author=who)))
    return found


def _ours(segments: Iterable[Segment]) -> set[tuple[str, datetime | None]]:
    """Who made the corrections that were sent out, and when: Word holds no part of a second."""
    made = [each for segment in segments for each in segment.corrections]
    return {
        (each.author, each.submitted and each.submitted.replace(microsecond=0)) for each in made
    }


def _with_what_came_back(
    article: Article, segments: Sequence[Segment], accepted: str
) -> list[Segment]:
    """The segments, those with the machine's words whose removal was rejected: else these could be a neighbour's."""
    sent = _lines_of(corrected_text(replace(article, segments=segments)))

    def is_back(segment: Segment) -> bool:
        words = _lines_of(segment.target)
        return bool(words and not segment.final) and sent.count(words) < accepted.count(words)

    return [replace(each, corrections=()) if is_back(each) else each for each in segments]


def _sent(article: Article, segments: Sequence[Segment]) -> tuple[str, list[tuple[int, int]]]:
    """The corrected text as Word has it, and where each segment stands in it."""
    text = _lines_of(corrected_text(replace(article, segments=segments)))
    places, at = [], 0
    for segment in segments:
        words = _lines_of(segment.final)
        start = text.find(words, at)
        start = at if start < 0 else start
        places.append((start, start + len(words)))
        at = start + len(words)
    return text, places


def _moved(place: int, changed: Sequence[Edit], *, after: bool) -> int:
    """Where the place came to stand; ``after`` says on which side of words inserted right there."""
    shift = 0
    for span, text in changed:
        if place < span.start or (place == span.start and not (after and span.start == span.end)):
            break
        if place < span.end:
            return span.start + shift + (len(text) if after else 0)
        shift += len(text) - (span.end - span.start)
    return place + shift


def _author(
    reviewed: ReviewedDocument, start: int, end: int, ours: set[tuple[str, datetime | None]]
) -> Run:
    """The first tracked change between the two places of the accepted text that is not one of ours."""
    at = 0
    for run in reviewed.runs:
        size = len(run.text) if run.kind != "removed" else 0
        inside = run.kind != "same" and at <= end and at + size >= start
        if inside and (run.author, _time(run.time)) not in ours:
            return run
        at += size
    return Run("")


def _lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _body(package: OfficePackage) -> Any:
    body = _root(package, _DOCUMENT).find(f"{_W}body")
    if body is None:
        raise BadFile(_DAMAGED)
    return body


def _root(package: OfficePackage, part: str) -> Any:
    try:
        return parse(
            io.BytesIO(package.read(part).replace(_STRICT, _USUAL)), forbid_dtd=True
        ).getroot()
    except DefusedXmlException as problem:
        raise BadFile(_UNSAFE) from problem
    except (ParseError, LookupError, ValueError) as problem:
        raise BadFile(_DAMAGED) from problem


def _paragraphs(parent: Any) -> Iterator[Any]:
    """Every paragraph inside ``parent`` in the file's order, those of text boxes once."""
    waiting = [parent]
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}p":
            yield node
        waiting += [child for child in reversed(node) if child.tag != _FALLBACK]


def _lines(parent: Any) -> Iterator[Run]:
    """The runs of every paragraph inside ``parent``, each paragraph followed by its line end."""
    for paragraph in _paragraphs(parent):
        yield from _runs(paragraph, Run(""))
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        change = (
            None
            if mark is None
            else next((each for each in mark if each.tag in (f"{_W}ins", f"{_W}del")), None)
        )
        yield Run("\n") if change is None else replace(_tracked(change), text="\n")


def _runs(parent: Any, state: Run) -> Iterator[Run]:
    """The runs of a paragraph or of what is inside it, in the ``state`` that the changes around it say."""
    for child in parent:
        name = child.tag.removeprefix(_W)
        if name in ("t", "delText"):
            yield replace(state, text=child.text or "")
        elif name in _MARKS:
            yield replace(state, text=_MARKS[name])
        elif name in ("ins", "del", "moveTo", "moveFrom"):
            inner = _tracked(child)
            # What one person inserted and another deleted is gone when all is accepted, and when all is rejected.
            if not {state.kind, inner.kind} >= {"added", "removed"}:
                yield from _runs(child, inner)
        elif name in _PLACES:
            yield replace(state, text="", comment=child.get(f"{_W}id", ""))
        elif name in _INTO:
            yield from _runs(child, state)


def _tracked(change: Any) -> Run:
    kind = "added" if change.tag in (f"{_W}ins", f"{_W}moveTo") else "removed"
    return Run("", kind, change.get(f"{_W}author", ""), change.get(f"{_W}date", ""))
