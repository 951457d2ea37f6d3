"""CSV and TSV files: one row a correction, or a segment without any; and segments to import.

Written files are UTF-8 with a byte-order mark, which Excel looks for, and quote every cell. A cell
that a spreadsheet would run as a formula begins with an apostrophe, which the reader takes off
again. Files to read (delimited_rows.py) either have a header that names the columns (columns.py) or
two columns without one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from articles.formats.interchange import (
    EMPTY,
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    Warnings,
    group_segments,
    time_or_none,
)
from articles.formats.tables.columns import NO_HEADER, UNKNOWN, Columns, find_columns
from articles.formats.tables.delimited_rows import BadRows, read_table
from articles.scoring import mqm
from articles.text.messages import gettext_noop as _

_QUOTED = _("“%(words)s”")
_COMMENTED = _("%(flag)s: %(comment)s")

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
    "this row has %(count)s cells for %(wanted)s columns; text that contains the separator "
    "must be in quotes"
)
_FEW_LEFT = _("a row without a cell for source or target is left out: “%(text)s”")
_MANY_LEFT = _(
    "a row with more cells than columns is left out; text that contains the separator must "
    "be in quotes: “%(text)s”"
)
_BLANK = _("a row without source and target is left out")
_FLAGS = _("flags described in words cannot be read back from a table; use JSON Lines or XLIFF")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_EXCERPT = 40
"""Characters of a row by which a warning names it."""
_ROWS = 500
"""Rows that are written at a time."""
_CORRECTION_STATUSES = {"draft", "submitted", "approved", "rejected", "replaced", "edited"}


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


def describe_flag(flag: Flag, segment: Segment, translate: Callable[[str], str] = str) -> str:
    """Return the flag in one line: "Accuracy › Omission (major) “words”: comment".

    ``translate`` puts its words into another language; a table keeps them.
    """
    text = f"{_issue_name(flag, translate)} ({translate(flag.severity)})"
    quotes = []
    if flag.source_span:
        quotes.append(flag.source_span.of(segment.source))
    if flag.target_span:
        quotes.append(flag.target_span.of(segment.target))
    for words in quotes:
        text += " " + translate(_QUOTED) % {"words": words}
    if flag.comment:
        text = translate(_COMMENTED) % {"flag": text, "comment": flag.comment}
    return text


def _issue_name(flag: Flag, translate: Callable[[str], str]) -> str:
    if flag.type in mqm.TYPES:
        dimension = mqm.dimension_of(flag.type)
        return f"{translate(dimension)} › {translate(flag.type)}"
    return flag.type or flag.category


# Reading segments from rows


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Return the articles of a CSV or TSV file; their segments stream.

    Rows without an article's title belong to an article called ``name``. Raise BadFile with the
    line while reading.
    """
    warnings = Warnings()
    bad_rows = BadRows(warnings)
    cells = read_table(file, bad_rows)
    return group_segments(read_segments(cells, name=name, warnings=warnings, bad_rows=bad_rows))


def read_segments(
    cells: Iterable[tuple[str, Sequence[str]]],
    *,
    name: str,
    warnings: Warnings,
    plain: bool = False,
    bad_rows: BadRows | None = None,
) -> Iterator[tuple[Article, Segment]]:
    """Yield an article and its segment from the place and cells of each row of a table.

    The first row may be a header. Neighbouring rows of one article and segment are corrections of
    one segment. ``plain`` cells are taken as they are, because no apostrophe was put before
    formulas. What is left out is added to ``warnings``. Raise BadFile.
    """
    unnamed = Article(name, "", "", warnings=warnings)
    pending: tuple[Article, Segment] | None = None
    bad_rows = bad_rows or BadRows(warnings)
    for article, segment in _read_rows(cells, unnamed, bad_rows, plain=plain):
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
    cells: Iterable[tuple[str, Sequence[str]]], article: Article, bad_rows: BadRows, *, plain: bool
) -> Iterator[tuple[Article, Segment]]:
    warnings = bad_rows.warnings
    rows = iter(cells)
    good = 0
    first = next(rows, None)
    if first is None:
        bad_rows.check(good)
        return
    columns = _read_header(first[1], first[0], warnings)
    source_language, target_language = columns.languages
    article = replace(article, source_language=source_language, target_language=target_language)
    for place, row in rows if columns.is_header else chain([first], rows):
        if not _has_right_width(row, columns, place, bad_rows, plain=plain):
            continue
        good += 1
        values = _row_values(row, columns.places, plain=plain)
        if values.get("flags"):
            warnings.add(BadFile(_FLAGS, place))
        if values["source"] or values["target"]:
            article = _article_of(values, article)
            yield article, _segment_of(values)
        else:
            warnings.add(BadFile(_BLANK, place))
    bad_rows.check(good)


def _read_header(row: Sequence[str], place: str, warnings: Warnings) -> Columns:
    """Return the columns by the first row; warn of a missing header and of unknown columns."""
    columns = find_columns(row, place)
    if not columns.is_header:
        warnings.add(BadFile(NO_HEADER, place))
    if columns.unknown:
        warnings.add(BadFile(UNKNOWN, place, columns=", ".join(columns.unknown)))
    return columns


def _has_right_width(
    row: Sequence[str], columns: Columns, place: str, bad_rows: BadRows, *, plain: bool
) -> bool:
    """Return whether the row has both texts and no filled cell beyond the columns.

    Any other is added to ``bad_rows``.
    """
    places = columns.places
    count = len(row)
    text = " ".join(cell for cell in row if cell)[:_EXCERPT]
    if count <= max(places["source"], places["target"]):
        problem = BadFile(_FEW, place, count=count, wanted=max(places.values()) + 1)
        bad_rows.add(problem, BadFile(_FEW_LEFT, place, text=text))
        return False
    # A cell too many is mostly a separator inside a text that nobody quoted: the columns behind it
    # would be shifted. In a workbook it is what somebody wrote beside the table.
    if any(row[columns.width :]) and not plain:
        problem = BadFile(_MANY, place, count=count, wanted=columns.width)
        bad_rows.add(problem, BadFile(_MANY_LEFT, place, text=text))
        return False
    return True


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
    # Our own export has one column for both: a row with a correction has that of the correction.
    if status in _CORRECTION_STATUSES:
        corrections = (_correction_of(values, after, status),)
        status = ""
    # Somebody filled in the column by hand: nobody has approved that yet.
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
    # A time that a spreadsheet has made unreadable is no reason to refuse the correction.
    return Correction(
        before=values["target"],
        after=after,
        status=status,
        author=values.get("author", ""),
        submitted=time_or_none(values.get("submitted", "")),
        decided_by=values.get("decided by", ""),
        decided=time_or_none(values.get("decided", "")),
        reason=values.get("reason", ""),
    )
