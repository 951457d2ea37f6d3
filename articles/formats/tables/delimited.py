"""CSV and TSV: one row a correction (or a segment without any), safe in a spreadsheet; and aligned pairs coming in.

Out: UTF-8 with a byte-order mark, because Excel looks for it; every cell quoted; a cell that a spreadsheet would take
for a formula begins with an apostrophe, which is taken off again on the way in. In: comma, semicolon or tab, with a
header line that names the columns (columns.py), or two columns without one; Excel's line "sep=;" is understood.
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
)

_FEW = _("this row has %(count)s cells where %(wanted)s are needed")
_MANY = _(
    "this row has %(count)s cells for %(wanted)s columns; a text that holds the separator must stand in quotes"
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
_SAMPLE = 20
_STATUSES = {"draft", "submitted", "approved", "rejected", "replaced"}


def escape_formula(cell: str) -> str:
    """The cell as no spreadsheet runs it: an apostrophe before what begins like a formula (OWASP, "CSV injection")."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """What ``safe`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles as one CSV file, some hundred rows at a time."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, quoting=csv.QUOTE_ALL)
    page.write("\ufeff")
    writer.writerow(COLUMNS)
    for number, row in enumerate(table_rows(articles), start=1):
        writer.writerow([escape_formula(cell) for cell in row])
        if number % 500 == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def table_rows(articles: Iterable[Article]) -> Iterator[list[str]]:
    """A row of ``COLUMNS`` for each correction, and one for each segment that has none.

    Each says what the file holds: rows are sorted, filtered and pasted elsewhere, and a table has no better place.
    """
    for article in articles:
        last = [article.source_language, article.target_language, article.held]
        for number, segment in enumerate(article.segments, start=1):
            flags = (
                "\n".join(describe_flag(flag, segment) for flag in segment.flags)
                if segment.flags
                else ""
            )
            first = [article.title, segment.id or str(number), segment.source, segment.target]
            for each in segment.corrections:
                times = [
                    time.isoformat() if time else "" for time in (each.submitted, each.decided)
                ]
                made = [
                    each.after,
                    each.status,
                    flags,
                    each.author,
                    times[0],
                    each.decided_by,
                    times[1],
                    each.reason,
                ]
                yield first + made + last
            if not segment.corrections:
                yield [*first, "", segment.status, flags, "", "", "", "", "", *last]


def describe_flag(flag: Flag, segment: Segment) -> str:
    """The flag in one line: "Accuracy › Omission (major) “words”: comment"."""
    kind = (
        f"{mqm.dimension_of(flag.type)} › {flag.type}"
        if flag.type in mqm.TYPES
        else flag.type or flag.category
    )
    words = [
        span.of(text)
        for span, text in ((flag.source_span, segment.source), (flag.target_span, segment.target))
        if span
    ]
    quoted = "".join(f" “{each}”" for each in words)
    return f"{kind} ({flag.severity}){quoted}" + (f": {flag.comment}" if flag.comment else "")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The pairs in a CSV or TSV file, as articles whose segments stream.

    Rows without an article's title go to an article called ``name``. Raises BadFile with the line, while reading.
    """
    return group_segments(read_segments(read_table(file), name=name, warnings=Warnings()))


def read_segments(
    cells: Iterable[tuple[str, Sequence[str]]],
    *,
    name: str,
    warnings: Warnings,
    plain: bool = False,
) -> Iterator[tuple[Article, Segment]]:
    """(article, segment) from (place, cells) of a table's rows, the header first where there is one.

    Neighbouring rows of one article and segment are corrections of one segment. ``plain`` cells are as they are: no
    apostrophe was put before what begins like a formula. What is left out is told in ``warnings``.
    """
    waiting: tuple[Article, Segment] | None = None
    for article, segment in _rows_read(
        cells, Article(name, "", "", warnings=warnings), warnings, plain=plain
    ):
        if waiting and waiting[0] is article and segment.id and _same(segment, waiting[1]):
            waiting = (
                article,
                replace(segment, corrections=waiting[1].corrections + segment.corrections),
            )
            continue
        if waiting:
            yield waiting
        waiting = article, segment
    if waiting is None:
        raise BadFile(EMPTY)
    yield waiting


def _rows_read(
    cells: Iterable[tuple[str, Sequence[str]]], article: Article, warnings: Warnings, *, plain: bool
) -> Iterator[tuple[Article, Segment]]:
    columns: dict[str, int] | None = None
    width = needed = 0
    for place, row in cells:
        if columns is None:
            found = _begun(row, place, warnings)
            columns, width, needed = (
                found.places,
                found.width,
                max(found.places["source"], found.places["target"]),
            )
            article = replace(
                article, source_language=found.languages[0], target_language=found.languages[1]
            )
            if found.is_header:
                continue
        if len(row) <= needed:
            raise BadFile(_FEW, place, count=len(row), wanted=max(columns.values()) + 1)
        if len(row) > width and any(row[width:]) and not plain:
            raise BadFile(_MANY, place, count=len(row), wanted=width)
        values = {column: row[at] if at < len(row) else "" for column, at in columns.items()}
        if not plain:
            values = {column: unescape_formula(text) for column, text in values.items()}
        if values.get("flags"):
            warnings.add(BadFile(_FLAGS, place))
        if values["source"] or values["target"]:
            article = _article_of(values, article)
            yield article, _segment_of(values)
        else:
            warnings.add(BadFile(_BLANK, place))


def _article_of(values: dict[str, str], before: Article) -> Article:
    """The row's article: the one before where title and languages are the same."""
    title = values.get("article") or before.title
    source = values.get("source language") or before.source_language
    target = values.get("target language") or before.target_language
    held = values.get("file holds") or before.held
    if (title, source, target, held) == (
        before.title,
        before.source_language,
        before.target_language,
        before.held,
    ):
        return before
    return Article(title, source, target, held=held, warnings=before.warnings)


def _begun(row: Sequence[str], place: str, warnings: Warnings) -> Columns:
    """The columns by the first row; what is guessed or left out becomes a warning."""
    found = find_columns(row, place)
    if not found.is_header:
        warnings.add(BadFile(NO_HEADER, place))
    if found.unknown:
        warnings.add(BadFile(UNKNOWN, place, columns=", ".join(found.unknown)))
    return found


def _same(one: Segment, other: Segment) -> bool:
    """Whether two rows tell of one segment: a name alone may be that of the whole document."""
    return (one.id, one.source, one.target) == (other.id, other.source, other.target)


def _segment_of(values: dict[str, str]) -> Segment:
    after, status = values.get("corrected", ""), values.get("status", "")
    remark = values.get("comment", "")
    segment = Segment(
        values["source"],
        values["target"],
        id=values.get("segment", ""),
        status=status,
        flags=(Flag("", "neutral", comment=remark),) if remark else (),
    )
    if not after and status not in _STATUSES:
        return segment
    correction = Correction(
        before=segment.target,
        after=after,
        status=status if status in _STATUSES else "submitted",
        author=values.get("author", ""),
        submitted=_time(values.get("submitted", "")),
        decided_by=values.get("decided by", ""),
        decided=_time(values.get("decided", "")),
        reason=values.get("reason", ""),
    )
    return replace(segment, status="" if status in _STATUSES else status, corrections=(correction,))


def _time(cell: str) -> datetime | None:
    """The time in the cell; None for what a spreadsheet has made unreadable, which is no reason to refuse the work."""
    try:
        time = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def read_table(file: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each row of a CSV or TSV file that is not blank. Raises BadFile with the line."""
    head = file.read(_HEAD)
    if not head:
        raise BadFile(EMPTY)
    refuse_other_files(head)
    csv.field_size_limit(LARGEST_CELL)
    sample: list[str] = []
    text, skipped, reader = _text(file, head), 0, csv.reader([])
    try:
        sample.extend(islice(text, _SAMPLE))
        delimiter, skipped = _delimiter(sample)
        reader = csv.reader(chain(sample[skipped:], text), delimiter=delimiter, strict=True)
        for row in reader:
            if any(row):
                yield f"line {reader.line_num + skipped}", row
    except csv.Error as problem:
        long = "field larger" in str(problem) or "unexpected end" in str(problem)
        raise BadFile(
            _TOO_LONG if long else _BROKEN, f"line {reader.line_num + skipped}", reason=problem
        ) from problem
    except UnicodeDecodeError as problem:
        raise BadFile(
            _NOT_UTF8, f"line {max(reader.line_num + skipped, len(sample)) + 1}"
        ) from problem


def _delimiter(sample: Sequence[str]) -> tuple[str, int]:
    """What separates the cells, and how many lines are not part of the table: Excel's "sep=;" says it, else the mark
    that gives all first rows as many cells, else the one that the first row has most of."""
    first = next((at for at, line in enumerate(sample) if line.strip("\r\n")), 0)
    line = "".join(sample[first : first + 1])
    if said := _SEPARATOR.fullmatch(line):
        return said[1], first + 1

    def fitness(mark: str) -> tuple[bool, int]:
        try:
            counts = {len(row) for row in csv.reader(sample, delimiter=mark) if any(row)}
        except csv.Error:  # a cell that is too long, which is said when it is read
            counts = set()
        return len(counts) == 1 and max(counts) > 1, line.count(mark)

    return max("\t,;", key=fitness), 0


def _text(file: BinaryIO, head: bytes) -> Iterator[str]:
    """The lines of the file: a stream where it is UTF-8, else read whole and decoded if that is certain."""
    try:
        # The last bytes of the head may be half a character.
        head.decode() if len(head) < _HEAD else head[: head.rfind(b"\n") + 1].decode()
    except UnicodeDecodeError:
        rest = file.read(LARGEST_TEXT)
        if len(rest) == LARGEST_TEXT:
            raise BadFile(_NOT_UTF8, "line 1") from None
        yield from io.StringIO(decode(head + rest).removeprefix("\ufeff"), newline="")
        return
    size = 0
    lines = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, file), _HEAD), encoding="utf-8-sig", newline=""
    )
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
        self.head, self.file = head, file

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs ask for a type with no name at run time
        """Fill ``buffer`` from the head, then from the file."""
        chunk = self.head[: len(buffer)] or self.file.read(len(buffer))
        self.head = self.head[len(chunk) :] if self.head else b""
        buffer[: len(chunk)] = chunk
        return len(chunk)
