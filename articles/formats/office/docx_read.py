"""Read Word documents: a text, a bilingual table, or a reviewed article that comes back.

Tracked changes are read twice, once as if all were accepted and once as if all were rejected. A
text box is read after the paragraph that it is anchored to. Notes, headers and footers are not the
article and are left out, as are hidden text, prompts, charts and diagrams.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from articles.formats.interchange import (
    LARGEST_TEXT,
    Article,
    BadFile,
    Correction,
    Remark,
    Segment,
    TextNotes,
    Warnings,
    read_all,
    time_or_none,
)
from articles.formats.office.docx_breaks import find_breaks, join_lines, with_breaks_of
from articles.formats.office.docx_chunks import read_chunk
from articles.formats.office.docx_key import read_key
from articles.formats.office.docx_runs import Run, RunReader, W, is_on, local
from articles.formats.office.zip_safety import OfficePackage
from articles.formats.tables.columns import find_columns
from articles.formats.text.plain import corrected_text
from articles.text.diff import Edit, edits
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_DAMAGED = _("the file is damaged or incomplete; save it again")
_NO_WORDS = _("there is no text in the file")
_NO_TABLE = _("there is no table with a source and a target column in the file")
_ACCEPTED = _("a tracked change is read as accepted")
_NO_ROW = _("this row matches no sentence of the article; its left column must not be changed")
_DOCUMENT, _COMMENTS = "word/document.xml", "word/comments.xml"
_SECONDARY = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_DRAWN = re.compile(r"word/(?:charts/chart|diagrams/data)[^/]*\.xml")
_VANISH = re.compile(rb"v\0?a\0?n\0?i\0?s\0?h")
"""Word's name for hidden text, in UTF-8 and in UTF-16."""
_CELL_WRAPPERS = {"sdt", "sdtContent", "customXml"}
"""Elements that may stand around the cells of a row."""


class Comment(NamedTuple):
    """A comment: who wrote what, on which words of the accepted text, and where they begin."""

    author: str
    text: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """A document with its tracked changes.

    It has the text with all changes ``accepted`` and with all ``rejected``, its runs and comments.
    """

    accepted: str
    rejected: str
    runs: tuple[Run, ...]
    comments: tuple[Comment, ...] = ()


def read_text(data: bytes, *, name: str) -> str:
    """Return the text of a Word document, one line a paragraph, tracked changes accepted.

    Raises BadFile. ``name`` is not used.
    """
    del name
    text = read_reviewed(data).accepted
    if not text.strip():
        raise BadFile(_NO_WORDS)
    return text


def left_out(data: bytes) -> list[str]:
    """Return the lines that are not read, such as those of headers and notes. Raises BadFile."""
    package = open_package(data)
    reader = _reader(package)
    list(reader.lines(_body(package)))
    lines = list(reader.left_out)
    for part in sorted(package.names):
        if _SECONDARY.fullmatch(part):
            text = _accepted(RunReader().lines(package.root(part)))
            lines += [line.strip() for line in text.splitlines() if line.strip()]
        elif _DRAWN.fullmatch(part):
            lines += _drawn_lines(package.root(part))
    return lines


def notes(data: bytes) -> TextNotes:
    """Return the comments, and how many tracked changes were read as accepted. Raises BadFile."""
    package = open_package(data)
    reader = _reader(package)
    runs = join_lines(list(reader.lines(_body(package))))
    accepted = _accepted(runs).removesuffix("\n")
    warnings = Warnings()
    if reader.changes:
        warnings.add(BadFile(_ACCEPTED), reader.changes)
    remarks = []
    for comment in _comments(package, runs, accepted):
        if comment.text:
            span = Span(comment.at, comment.at + len(comment.words))
            remarks.append(Remark(comment.text, comment.author, span))
    return TextNotes(tuple(remarks), warnings)


def _drawn_lines(root: Any) -> Iterator[str]:
    """Yield the words of a chart or diagram, one paragraph a line."""
    for paragraph in root.iterfind(".//{*}p"):
        text = "".join(piece.text or "" for piece in paragraph.iterfind(".//{*}t")).strip()
        if text:
            yield text


def open_package(data: bytes) -> OfficePackage:
    """Open a Word file. Raises BadFile."""
    return OfficePackage(data, part=_DOCUMENT, ending=".docx")


def _reader(package: OfficePackage) -> RunReader:
    return RunReader(_hidden_styles(package), partial(read_chunk, package, _nested_text))


def _nested_text(data: bytes) -> str:
    """Return the text of a document inside another; what is inside that one is not read."""
    return _accepted(RunReader().lines(_body(open_package(data))))


def _hidden_styles(package: OfficePackage) -> set[str]:
    """Return the ids of the styles whose text is hidden."""
    hidden = set()
    for part in package.linked(package.main, "styles"):
        # Word's own styles have thousands of elements, and hardly a file hides one.
        if _VANISH.search(package.read(part)):
            hidden |= _hidden_in(package.root(part))
    return hidden


def _hidden_in(styles: Any) -> set[str]:
    """Return the ids of those of the parsed ``styles`` whose text is hidden."""
    hidden = set()
    for style in styles.iter(f"{W}style"):
        if is_on(style.find(f"{W}rPr/{W}vanish")):
            hidden.add(style.get(f"{W}styleId", ""))
    return hidden


def read_reviewed(data: bytes) -> ReviewedDocument:
    """Return a Word document with its tracked changes. Raises BadFile."""
    package = open_package(data)
    runs = tuple(join_lines(list(_reader(package).lines(_body(package)))))
    if runs and runs[-1].text == "\n":
        runs = runs[:-1]  # the end of the last paragraph separates nothing
    accepted = _accepted(runs)
    comments = _comments(package, runs, accepted)
    return ReviewedDocument(accepted, _rejected(runs), runs, tuple(comments))


def text_runs(data: bytes, body: Any) -> list[Run]:
    """Return the runs of the accepted text of ``body``, the parsed body of the file ``data``.

    Every break inside a paragraph is a line end in them.
    """
    runs = _reader(open_package(data)).lines(body)
    return [run for run in runs if run.text and run.kind != "removed"]


def _accepted(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if run.kind != "removed")


def _rejected(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if run.kind != "added")


def _comments(package: OfficePackage, runs: Iterable[Run], accepted: str) -> list[Comment]:
    """Return the comments in the order of their anchors; one without an anchor is at the end."""
    parts = list(package.linked(package.main, "comments"))
    if not parts and _COMMENTS in package.names:
        parts = [_COMMENTS]
    if not parts:
        return []
    anchors: dict[str, list[int]] = {}
    at = 0
    for run in runs:
        if run.comment:
            anchors.setdefault(run.comment, []).append(at)
        elif run.kind != "removed":
            at += len(run.text)
    found = []
    for element in package.root(parts[0]).iter(f"{W}comment"):
        places = anchors.get(element.get(f"{W}id", ""), [at])
        author = element.get(f"{W}author", "")
        text = _accepted(RunReader().lines(element)).strip()
        words = accepted[places[0] : places[-1]]
        found.append(Comment(author, text, words, places[0]))
    return sorted(found, key=lambda comment: comment.at)


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Yield the pairs of a table as one article; the last two columns are source and target.

    Tracked changes in the target are a correction that waits for approval. Raises BadFile without
    such a table.
    """
    data = read_all(file, 5 * LARGEST_TEXT)
    package = open_package(data)
    rows = _table_rows(_body(package))
    columns = find_columns([_accepted(_cell(cell)).strip() for cell in rows[0]], "")
    source_language, target_language = columns.languages
    if columns.is_header:
        order = (columns.places["source"], columns.places["target"])
        rows = [[cells[at] for at in order] for cells in rows[1:]]
    segments = (_segment(cells, number) for number, cells in enumerate(rows, start=1))
    key = read_key(package)
    yield Article(name, source_language, target_language, segments=segments, key=key)


def _table_rows(body: Any) -> list[list[Any]]:
    """Return the last two cells of each row of the document's tables."""
    rows = []
    for row in body.iter(f"{W}tr"):
        cells = list(_row_cells(row))
        if len(cells) < 2:
            raise BadFile(_NO_TABLE)
        rows.append(cells[-2:])
    if not rows:
        raise BadFile(_NO_TABLE)
    return rows


def _row_cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row, also those inside content controls."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif local(child) in _CELL_WRAPPERS:
            yield from _row_cells(child)


def _segment(cells: Sequence[Any], number: int) -> Segment:
    """Return the segment of a row, with a correction where its target has tracked changes."""
    source = _accepted(_cell(cells[0]))
    runs = _cell(cells[1])
    before = _rejected(runs)
    after = _accepted(runs)
    segment = Segment(source, before, id=str(number))
    if before == after:
        return segment
    change = next(run for run in runs if run.kind != "same")
    time = time_or_none(change.time)
    correction = Correction(before, after, "submitted", change.author, time)
    return replace(segment, corrections=(correction,))


def _cell(cell: Any) -> list[Run]:
    """Return the runs of a cell without its last line end."""
    runs = list(RunReader().lines(cell))
    return runs[:-1]


def proposed_corrections(
    article: Article, reviewed: ReviewedDocument
) -> list[tuple[Segment, Correction]]:
    """Return the segments whose text a returned file changes, each with its correction.

    ``article`` is as it was exported. A change of ours that was rejected is a proposal to return to
    the machine's words; accepted or untouched, it is none. The author is who made the first change
    in the segment that is not ours.
    """
    segments = [segment for segment in article.segments if segment.target_span is not None]
    ours = _exported_changes(segments)
    places = locate_segments(article, segments, reviewed.accepted)
    breaks = find_breaks(reviewed.runs)
    found = []
    for segment, (start, end) in zip(segments, places, strict=True):
        final = _with_line_feeds(segment.final)
        words = with_breaks_of(final, reviewed.accepted, Span(start, end), breaks)
        words = _without_outer_line_ends(words, final)
        if words != final:
            change = _first_change(reviewed, start, end, ours)
            time = time_or_none(change.time)
            correction = Correction(segment.final, words, "submitted", change.author, time)
            found.append((segment, correction))
    return found


def _without_outer_line_ends(words: str, final: str) -> str:
    """Return the words without line ends around them where the exported words had none.

    A table cell that lost its words keeps its line end, which is no change of theirs.
    """
    if final[:1] != "\n":
        words = words.lstrip("\n")
    if final[-1:] != "\n":
        words = words.rstrip("\n")
    return words


def locate_segments(
    article: Article, segments: Sequence[Segment], accepted: str
) -> list[tuple[int, int]]:
    """Return where each segment's words now stand in the ``accepted`` text of a returned file.

    Words that span two segments belong to the first: none is proposed twice, none is lost.
    """
    segments = _with_restored_words(article, segments, accepted)
    exported, places = _exported_places(article, segments)
    changes = edits(exported, accepted)
    found = []
    last = 0
    for start, end in places:
        first = max(last, _moved(start, changes, after=False))
        last = max(first, _moved(end, changes, after=True))
        found.append((first, last))
    return found


def table_corrections(article: Article, data: bytes) -> list[tuple[Segment, Correction]] | None:
    """Return the corrections that our table of source and target has when it comes back.

    Returns None where the file is no such table. A row is the segment with its source; where all
    rows are there, also the one at its place. BadFile names the first row that is neither.
    """
    try:
        rows = _read_rows(data)
    except BadFile:
        return None
    segments = list(article.segments)
    places, free = _match_rows(rows, segments)
    # Half of the rows at least: another article's table may share a few.
    if 2 * (len(segments) - len(free)) < max(len(rows), len(segments)):
        return None
    ours = _exported_changes(segments)
    found = []
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        if place is None:
            if len(rows) != len(segments) or number not in free:
                raise BadFile(_NO_ROW, f"row {row.id}")
            place = number
        segment = segments[place]
        correction = _row_correction(row)
        if correction.after == _with_line_feeds(segment.final):
            continue
        author = correction.author
        if (author, correction.submitted) in ours:
            author = ""
        found.append((segment, replace(correction, before=segment.final, author=author)))
    return found


def _read_rows(data: bytes) -> list[Segment]:
    rows: list[Segment] = []
    for table in read(io.BytesIO(data), name=""):
        rows.extend(table.segments)
    return rows


def _match_rows(
    rows: Sequence[Segment], segments: Sequence[Segment]
) -> tuple[list[int | None], set[int]]:
    """Return each row's segment with the same source by its number, and the numbers that are left.

    Of segments with the same source the first belongs to the first row.
    """
    by_source: dict[str, list[int]] = {}
    for number in reversed(range(len(segments))):
        source = _with_line_feeds(segments[number].source)
        by_source.setdefault(source, []).append(number)
    places: list[int | None] = []
    free = set(range(len(segments)))
    for row in rows:
        numbers = by_source.get(row.source)
        if numbers:
            number = numbers.pop()
            free.remove(number)
            places.append(number)
        else:
            places.append(None)
    return places, free


def _row_correction(row: Segment) -> Correction:
    if row.corrections:
        return row.corrections[0]
    return Correction(row.target, row.target, "submitted")


def _exported_changes(segments: Iterable[Segment]) -> set[tuple[str, datetime | None]]:
    """Return who made the exported corrections, and when; Word has no fractions of a second."""
    changes = set()
    for segment in segments:
        for correction in segment.corrections:
            time = correction.submitted
            if time:
                time = time.replace(microsecond=0)
            changes.add((correction.author, time))
    return changes


def _with_restored_words(
    article: Article, segments: Sequence[Segment], accepted: str
) -> list[Segment]:
    """Return the segments, with the machine's words where their removal was rejected.

    Otherwise these words could be read as a neighbour's.
    """
    exported = _with_line_feeds(corrected_text(replace(article, segments=segments)))
    restored = []
    for segment in segments:
        words = _with_line_feeds(segment.target)
        is_removed = words and not segment.final
        if is_removed and exported.count(words) < accepted.count(words):
            segment = replace(segment, corrections=())
        restored.append(segment)
    return restored


def _exported_places(
    article: Article, segments: Sequence[Segment]
) -> tuple[str, list[tuple[int, int]]]:
    """Return the corrected text as Word has it, and where each segment stands in it."""
    text = _with_line_feeds(corrected_text(replace(article, segments=segments)))
    places = []
    at = 0
    for segment in segments:
        words = _with_line_feeds(segment.final)
        start = text.find(words, at)
        if start < 0:
            start = at
        at = start + len(words)
        places.append((start, at))
    return text, places


def _moved(place: int, changes: Sequence[Edit], *, after: bool) -> int:
    """Return where the place is after the changes.

    ``after`` says on which side it is of words that are inserted right there.
    """
    shift = 0
    for span, text in changes:
        if place < span.start:
            break
        is_insertion = span.start == span.end
        if place == span.start and not (after and is_insertion):
            break
        if place < span.end:
            start = span.start + shift
            return start + len(text) if after else start
        shift += len(text) - (span.end - span.start)
    return place + shift


def _first_change(
    reviewed: ReviewedDocument, start: int, end: int, ours: set[tuple[str, datetime | None]]
) -> Run:
    """Return the first tracked change between two places of the accepted text that is not ours."""
    at = 0
    for run in reviewed.runs:
        size = len(run.text)
        if run.kind == "removed":
            size = 0
        is_inside = at <= end and at + size >= start
        if run.kind != "same" and is_inside and (run.author, time_or_none(run.time)) not in ours:
            return run
        at += size
    # Typed without tracking: the file does not say by whom.
    return Run("")


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _body(package: OfficePackage) -> Any:
    body = package.root(package.main).find(f"{W}body")
    if body is None:
        raise BadFile(_DAMAGED)
    return body
