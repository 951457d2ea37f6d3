"""CSV and TSV files: one row a correction, or a segment without any; and segments to import.

Written files are UTF-8 with a byte-order mark, which Excel looks for, and quote every cell. A cell
that a spreadsheet would run as a formula begins with an apostrophe, which the reader takes off
again. Files to read are separated by comma, semicolon or tab, and either have a header that names
the columns (columns.py) or two columns without one. Excel's line "sep=;" is understood.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from typing import BinaryIO

from articles.formats.interchange import (
    EMPTY,
    LARGEST_CELL,
    LARGEST_TABLE,
    LARGEST_TEXT,
    TOO_LARGE,
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    Warnings,
    group_segments,
)
from articles.formats.tables.columns import NO_HEADER, UNKNOWN, Columns, find_columns
from articles.formats.text.plain import decode, refuse_other_files
from articles.scoring import mqm
from articles.text.messages import gettext_noop as _

COLUMNS = (
    "article",
    "segment",
    "source",
    "target",
    "corrected",
    "status",
    "flags",
    "author",
    "submitted",
    "decided by",
    "decided",
    "reason",
    "source language",
    "target language",
    "file holds",
    "article key",
)

_FEW = _("this row has %(count)s cells where %(wanted)s are needed")
_MANY = _(
    "this row has %(count)s cells for %(wanted)s columns; "
    "a text that holds the separator must stand in quotes"
)
_BLANK = _("a row without source and target is left out")
_FLAGS = _(
    "flags told in words cannot be read back from a table; hand them over as JSON Lines or XLIFF"
)
_TOO_LONG = _("a cell is too long, or a quotation mark was never closed")
_NOT_UTF8 = _("from here on the file is not UTF-8; save it as “CSV UTF-8”")
_NUL = _("the file holds NUL characters, so it is not a table in text form; save it as “CSV UTF-8”")
_BROKEN = _("this row cannot be read as a table (%(reason)s)")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_HEAD = 1_000_000
"""Bytes at the beginning of a file that say whether it is UTF-8."""
_SAMPLE = 20
"""Lines by which the separator is found."""
_ROWS = 500
"""Rows that are written at a time."""
_CORRECTION_STATUSES = {"draft", "submitted", "approved", "rejected", "replaced"}


# Writing


def escape_formula(cell: str) -> str:
    """Return the cell with an apostrophe before a formula (OWASP, "CSV injection")."""
    if _FORMULA.match(cell):
        return "'" + cell
    return cell


def unescape_formula(cell: str) -> str:
    """Return the cell that ``escape_formula`` was given."""
    if cell.startswith("'") and _FORMULA.match(cell):
        return cell[1:]
    return cell


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the articles as one CSV file, some hundred rows at a time."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    writer.writerow(COLUMNS)
    for number, row in enumerate(table_rows(articles), start=1):
        writer.writerow([escape_formula(cell) for cell in row])
        if number % _ROWS == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def table_rows(articles: Iterable[Article]) -> Iterator[list[str]]:
    """Yield a row of ``COLUMNS`` for each correction, and one for each segment without any.

    Each row says what the file holds, because rows are sorted, filtered and pasted elsewhere.
    """
    for article in articles:
        last = [article.source_language, article.target_language, article.held, article.key]
        for number, segment in enumerate(article.segments, start=1):
            name = segment.id or str(number)
            first = [article.title, name, segment.source, segment.target]
            flags = "\n".join([describe_flag(flag, segment) for flag in segment.flags])
            if not segment.corrections:
                cells = ["", segment.status, flags, "", "", "", "", ""]
                yield first + cells + last
            for correction in segment.corrections:
                cells = _correction_cells(correction, flags)
                yield first + cells + last


def _correction_cells(correction: Correction, flags: str) -> list[str]:
    return [
        correction.after,
        correction.status,
        flags,
        correction.author,
        _time_cell(correction.submitted),
        correction.decided_by,
        _time_cell(correction.decided),
        correction.reason,
    ]


def _time_cell(time: datetime | None) -> str:
    if time is None:
        return ""
    return time.isoformat()


def describe_flag(flag: Flag, segment: Segment) -> str:
    """Return the flag in one line: "Accuracy › Omission (major) “words”: comment"."""
    text = f"{_issue_name(flag)} ({flag.severity})"
    if flag.source_span:
        text += f" “{flag.source_span.of(segment.source)}”"
    if flag.target_span:
        text += f" “{flag.target_span.of(segment.target)}”"
    if flag.comment:
        text += f": {flag.comment}"
    return text


def _issue_name(flag: Flag) -> str:
    if flag.type in mqm.TYPES:
        dimension = mqm.dimension_of(flag.type)
        return f"{dimension} › {flag.type}"
    return flag.type or flag.category


# Reading segments from rows


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Return the articles of a CSV or TSV file; their segments stream.

    Rows without an article's title belong to an article called ``name``. Raise BadFile with the
    line while reading.
    """
    return group_segments(read_segments(read_table(file), name=name, warnings=Warnings()))


def read_segments(
    cells: Iterable[tuple[str, Sequence[str]]],
    *,
    name: str,
    warnings: Warnings,
    plain: bool = False,
) -> Iterator[tuple[Article, Segment]]:
    """Yield an article and its segment from the place and cells of each row of a table.

    The first row may be a header. Neighbouring rows of one article and segment are corrections of
    one segment. ``plain`` cells are taken as they are, because no apostrophe was put before
    formulas. What is left out is added to ``warnings``. Raise BadFile.
    """
    unnamed = Article(name, "", "", warnings=warnings)
    pending: tuple[Article, Segment] | None = None
    for article, segment in _read_rows(cells, unnamed, warnings, plain=plain):
        if pending and pending[0] is article and _is_same(segment, pending[1]):
            corrections = pending[1].corrections + segment.corrections
            pending = article, replace(segment, corrections=corrections)
            continue
        if pending:
            yield pending
        pending = article, segment
    if pending is None:
        raise BadFile(EMPTY)
    yield pending


def _read_rows(
    cells: Iterable[tuple[str, Sequence[str]]], article: Article, warnings: Warnings, *, plain: bool
) -> Iterator[tuple[Article, Segment]]:
    rows = iter(cells)
    first = next(rows, None)
    if first is None:
        return
    columns = _read_header(first[1], first[0], warnings)
    source_language, target_language = columns.languages
    article = replace(article, source_language=source_language, target_language=target_language)
    for place, row in rows if columns.is_header else chain([first], rows):
        _check_width(row, columns, place, plain=plain)
        values = _row_values(row, columns.places, plain=plain)
        if values.get("flags"):
            warnings.add(BadFile(_FLAGS, place))
        if values["source"] or values["target"]:
            article = _article_of(values, article)
            yield article, _segment_of(values)
        else:
            warnings.add(BadFile(_BLANK, place))


def _read_header(row: Sequence[str], place: str, warnings: Warnings) -> Columns:
    """Return the columns by the first row; warn of a missing header and of unknown columns."""
    columns = find_columns(row, place)
    if not columns.is_header:
        warnings.add(BadFile(NO_HEADER, place))
    if columns.unknown:
        warnings.add(BadFile(UNKNOWN, place, columns=", ".join(columns.unknown)))
    return columns


def _check_width(row: Sequence[str], columns: Columns, place: str, *, plain: bool) -> None:
    """Raise BadFile for a row that lacks a text or has filled cells beyond the columns."""
    places = columns.places
    count = len(row)
    if count <= max(places["source"], places["target"]):
        wanted = max(places.values()) + 1
        raise BadFile(_FEW, place, count=count, wanted=wanted)
    extra = row[columns.width :]
    if any(extra) and not plain:
        raise BadFile(_MANY, place, count=count, wanted=columns.width)


def _row_values(row: Sequence[str], places: dict[str, int], *, plain: bool) -> dict[str, str]:
    """Return the row's cells by the names of their columns, "" for those that it does not reach."""
    values = {}
    for column, at in places.items():
        text = ""
        if at < len(row):
            text = row[at]
        if not plain:
            text = unescape_formula(text)
        values[column] = text
    return values


def _article_of(values: dict[str, str], before: Article) -> Article:
    """Return the row's article: the one before where all that the row says of it is the same."""
    title = values.get("article") or before.title
    source = values.get("source language") or before.source_language
    target = values.get("target language") or before.target_language
    held = values.get("file holds") or before.held
    key = values.get("article key") or before.key
    known = (before.title, before.source_language, before.target_language, before.held, before.key)
    if (title, source, target, held, key) == known:
        return before
    return Article(title, source, target, held=held, key=key, warnings=before.warnings)


def _is_same(one: Segment, other: Segment) -> bool:
    """Whether two rows belong to one segment; the same name alone may be that of the document."""
    if not one.id:
        return False
    first = (one.id, one.source, one.target)
    second = (other.id, other.source, other.target)
    return first == second


def _segment_of(values: dict[str, str]) -> Segment:
    """Return the row's segment; its status may be that of a correction, which it then holds."""
    after = values.get("corrected", "")
    status = values.get("status", "")
    comment = values.get("comment", "")
    corrections: tuple[Correction, ...] = ()
    if status in _CORRECTION_STATUSES:
        corrections = (_correction_of(values, after, status),)
        status = ""
    elif after:
        corrections = (_correction_of(values, after, "submitted"),)
    flags: tuple[Flag, ...] = ()
    if comment:
        flags = (Flag("", "neutral", comment=comment),)
    return Segment(
        values["source"],
        values["target"],
        id=values.get("segment", ""),
        status=status,
        flags=flags,
        corrections=corrections,
    )


def _correction_of(values: dict[str, str], after: str, status: str) -> Correction:
    return Correction(
        before=values["target"],
        after=after,
        status=status,
        author=values.get("author", ""),
        submitted=_time_of(values.get("submitted", "")),
        decided_by=values.get("decided by", ""),
        decided=_time_of(values.get("decided", "")),
        reason=values.get("reason", ""),
    )


def _time_of(cell: str) -> datetime | None:
    """Return the time in the cell, None where a spreadsheet has made it unreadable.

    An unreadable time is no reason to refuse the correction.
    """
    try:
        time = datetime.fromisoformat(cell)
    except ValueError:
        return None
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    return time


# Reading rows from a file


def read_table(file: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the cells of each row of a CSV or TSV file that is not blank.

    Raise BadFile with the line.
    """
    head = file.read(_HEAD)
    if not head:
        raise BadFile(EMPTY)
    refuse_other_files(head)
    csv.field_size_limit(LARGEST_CELL)
    sample: list[str] = []
    lines = _read_lines(file, head)
    skipped = 0
    reader = csv.reader([])
    try:
        sample.extend(islice(lines, _SAMPLE))
        delimiter, skipped = _find_delimiter(sample)
        reader = csv.reader(chain(sample[skipped:], lines), delimiter=delimiter, strict=True)
        for row in reader:
            if any(row):
                yield f"line {reader.line_num + skipped}", row
    except csv.Error as problem:
        message = _csv_message(problem)
        raise BadFile(message, f"line {reader.line_num + skipped}", reason=problem) from problem
    except UnicodeDecodeError as problem:
        line = max(reader.line_num + skipped, len(sample)) + 1
        raise BadFile(_NOT_UTF8, f"line {line}") from problem


def _csv_message(problem: csv.Error) -> str:
    # The csv module has one class of errors and tells them apart by their text only.
    if re.search("field larger|unexpected end", str(problem)):
        return _TOO_LONG
    return _BROKEN


def _find_delimiter(sample: Sequence[str]) -> tuple[str, int]:
    """Return the separator of cells, and how many lines are not part of the table.

    Excel's line "sep=;" names it. Otherwise it is the one that gives all sampled rows as many
    cells, or else the one that the first row has most of.
    """
    line = ""
    for number, line in enumerate(sample, start=1):
        if not line.strip("\r\n"):
            continue
        named = _SEPARATOR.fullmatch(line)
        if named:
            return named[1], number
        break
    ranks = {}
    for mark in "\t,;":
        ranks[mark] = (_gives_equal_rows(mark, sample), line.count(mark))
    return max(ranks, key=lambda mark: ranks[mark]), 0


def _gives_equal_rows(mark: str, sample: Sequence[str]) -> bool:
    """Whether all rows have as many cells, and more than one, when cut at ``mark``."""
    counts = set()
    try:
        for row in csv.reader(sample, delimiter=mark):
            if any(row):
                counts.add(len(row))
    except csv.Error:  # a cell that is too long, which reading the table reports
        return False
    return len(counts) == 1 and max(counts) > 1


def _read_lines(file: BinaryIO, head: bytes) -> Iterator[str]:
    """Yield the lines of the file: streamed where it is UTF-8, else decoded as a whole."""
    if _is_utf8(head):
        yield from _stream_lines(file, head)
        return
    rest = file.read(LARGEST_TEXT)
    if len(rest) == LARGEST_TEXT:
        raise BadFile(_NOT_UTF8, "line 1")
    yield from io.StringIO(decode(head + rest).removeprefix("\ufeff"), newline="")


def _is_utf8(head: bytes) -> bool:
    # The last bytes of a whole head may be half a character.
    if len(head) == _HEAD:
        end = head.rfind(b"\n") + 1
        head = head[:end]
    try:
        head.decode()
    except UnicodeDecodeError:
        return False
    return True


def _stream_lines(file: BinaryIO, head: bytes) -> Iterator[str]:
    size = 0
    buffered = io.BufferedReader(_Rejoined(head, file), _HEAD)
    lines = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
    while line := lines.readline(2 * LARGEST_CELL):
        size += len(line)
        if len(line) == 2 * LARGEST_CELL:
            raise BadFile(_TOO_LONG)
        if "\x00" in line:
            raise BadFile(_NUL)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
        yield line


class _Rejoined(io.RawIOBase):
    """A file whose beginning was read already."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        super().__init__()
        self.head = head
        self.file = file

    def readable(self) -> bool:
        """Say that the file can be read."""
        return True

    # The type that the stubs ask for has no name at run time.
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` from the head, then from the file."""
        if self.head:
            chunk = self.head[: len(buffer)]
            self.head = self.head[len(chunk) :]
        else:
            chunk = self.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
