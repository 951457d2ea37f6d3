"""Write and read Excel workbooks.

A workbook is written as one sheet with the columns of the CSV and a redline in colour; no cell is
a formula. Every visible sheet is read whose columns have names (columns.py) within its first rows,
else the first one that holds anything. A formula is read as the value that the file was saved with.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

import xlsxwriter
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from articles.formats.interchange import (
    EMPTY,
    LARGEST_TEXT,
    Article,
    BadFile,
    Segment,
    Warnings,
    group_segments,
    read_all,
)
from articles.formats.office.zip_safety import OfficePackage
from articles.formats.tables.columns import find_columns
from articles.formats.tables.delimited import COLUMNS, read_segments, table_rows
from articles.text.diff import redline
from articles.text.messages import gettext_noop as _

_CELL = 32_767
_ROWS = 1_048_576
_TOO_LONG = (
    "a cell of a workbook holds 32,767 characters; hand the article out as CSV or JSON Lines"
)
_TOO_MANY = "a sheet holds 1,048,576 rows; hand the articles out as CSV or JSON Lines"
_UNSAFE = _(
    "the file declares entities of its own, which is not safe to read; save it again in Excel"
)
_DAMAGED = _("the file is damaged or incomplete; save it again")
_HIDDEN = _("a hidden sheet is left out")
_NO_TABLE = _("a sheet whose first rows name no columns “source” and “target” is left out")
_ABOVE = _("the rows above the names of the columns are left out")
_STORED = _(
    "a number, date or truth value is taken as it is stored, which may not be how Excel shows it"
)
_ERROR = _("the cell contains the error “%(value)s”")
_FORMULA = _(
    "a formula whose value was never saved counts as an empty cell; open the file in Excel and save"
    " it"
)
_MERGES = _("of merged cells only the first has text, the others count as empty")
_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
_UNCOMPUTED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_MERGED = re.compile(rb"<mergeCell\s")
_SEARCHED_ROWS = 20
"""The first rows of a sheet, in which the names of the columns are searched."""
_CHANGE_COLUMN = COLUMNS.index("article key")
"""The redline, which is only for reading, stands before the key, which is hidden."""
_KEY_COLUMN = len(COLUMNS)
_MAX_REDLINE = 2_000
"""Characters of the old and the new text together up to which a redline is written."""
# How a cell holds characters that XML cannot (ISO 29500-1, 22.9.2.19).
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the articles as one workbook, built on disk.

    Raises ValueError for what a sheet cannot hold.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with SpooledTemporaryFile(max_size=LARGEST_TEXT) as out:
        book = xlsxwriter.Workbook(out, options)
        try:
            _fill(book, articles)
        finally:
            book.close()
        out.seek(0)
        while piece := out.read(1_000_000):
            yield piece


def _fill(book: Any, articles: Iterable[Article]) -> None:
    """Write the articles to the workbook; its properties are those of the first."""
    sheet = book.add_worksheet("segments")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    styles = {
        "same": book.add_format({}),
        "removed": book.add_format({"font_strikeout": True, "font_color": "#9C0006"}),
        "added": book.add_format({"underline": 1, "font_color": "#006100"}),
    }
    stream = iter(articles)
    first = next(stream, None)
    if first:
        book.set_properties({"title": first.title[:250], "comments": first.held})
        articles = chain([first], stream)
    sheet.freeze_panes(1, 0)
    sheet.set_column(2, 4, 50, wrapped)
    sheet.set_column(6, 6, 40, wrapped)
    sheet.set_column(_KEY_COLUMN, _KEY_COLUMN, None, None, {"hidden": True})
    names = [*COLUMNS[:_CHANGE_COLUMN], "change", *COLUMNS[_CHANGE_COLUMN:]]
    sheet.write_row(0, 0, names, book.add_format({"bold": True}))
    for number, row in enumerate(table_rows(articles), start=1):
        if number >= _ROWS:
            raise ValueError(_TOO_MANY)
        for column, text in enumerate(row):
            if len(text) > _CELL:
                raise ValueError(_TOO_LONG)
            if column == _CHANGE_COLUMN:
                column = _KEY_COLUMN
            sheet.write_string(number, column, text, wrapped)
        _write_redline(sheet, number, row, styles)


def _write_redline(sheet: Any, number: int, row: list[str], styles: dict[str, Any]) -> None:
    """Write what changed, struck through and underlined, to a column that is only for reading."""
    before = row[3]
    after = row[4]
    if not after or before == after:
        return
    if len(before) + len(after) > _MAX_REDLINE:
        return
    changes = redline(before, after)
    column = _CHANGE_COLUMN
    if len(changes) == 1:  # a cell of several styles needs two runs
        change = changes[0]
        sheet.write_string(number, column, change.text, styles[change.kind])
        return
    runs: list[Any] = []
    for change in changes:
        runs += [styles[change.kind], change.text]
    sheet.write_rich_string(number, column, *runs)


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Return the pairs of a workbook, as articles whose segments stream.

    Raises BadFile with the row.
    """
    data = read_all(file, 5 * LARGEST_TEXT)
    warnings = Warnings()
    package = OfficePackage(data, part="xl/workbook.xml", ending=".xlsx")
    # Before openpyxl reads a part: it takes Python's own parser, which resolves entities.
    for part in sorted(package.names):
        if part.endswith((".xml", ".rels")):
            content = package.read(part)
            _refuse_entities(content)
            if part.startswith("xl/worksheets/"):
                _warn_of_cells(content, warnings)
    return group_segments(_rows(data, name, warnings))


def _refuse_entities(part: bytes) -> None:
    """Raise BadFile for a part that declares entities; these stand before the first element."""
    try:
        next(iter(iterparse(io.BytesIO(part), events=("start",), forbid_dtd=True)))
    except DefusedXmlException as problem:
        raise BadFile(_UNSAFE) from problem
    except (ParseError, LookupError, ValueError) as problem:
        raise BadFile(_DAMAGED) from problem


def _warn_of_cells(sheet: bytes, warnings: Warnings) -> None:
    """Warn of formulas whose value was never saved, and of merged cells."""
    for pattern, words in ((_UNCOMPUTED, _FORMULA), (_MERGED, _MERGES)):
        count = sum(1 for _found in pattern.finditer(sheet))
        if count:
            warnings.add(BadFile(words), count)


def _rows(data: bytes, name: str, warnings: Warnings) -> Iterator[tuple[Article, Segment]]:
    # Loaded with the first workbook that is read: web processes read none, and have 30 MB less.
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        tables = _tables(book, warnings)
    except BadFile:
        raise
    except Exception as problem:  # openpyxl raises errors of many kinds for a damaged workbook
        raise BadFile(_DAMAGED) from problem
    if len(tables) == 1:
        sheet, first = tables[0]
        cells = _cells(sheet, warnings, first=first)
        yield from read_segments(cells, name=name, warnings=warnings, plain=True)
        return
    for sheet, first in tables:
        cells = _cells(sheet, warnings, first=first, suffix=f" ({sheet.title})")
        yield from read_segments(cells, name=sheet.title, warnings=warnings, plain=True)


def _tables(book: Any, warnings: Warnings) -> list[tuple[Any, int]]:
    """Return the sheets that hold pairs, each with the first row to read; warn of the others."""
    found: list[tuple[Any, int]] = []
    others = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the size that a sheet states may be wrong
        rows = list(islice(_cells(sheet, Warnings(), first=1), _SEARCHED_ROWS))
        if not rows:
            continue
        header = _header(rows)
        if sheet.sheet_state != "visible":
            warnings.add(BadFile(_HIDDEN, f"sheet {sheet.title}"))
        elif header is None:
            others.append(sheet)
        else:
            if header:
                warnings.add(BadFile(_ABOVE, rows[0][0]), header)
            place = rows[header][0]
            found.append((sheet, int(place.split()[1])))
    if not found and others:
        found.append((others.pop(0), 1))
    for sheet in others:
        warnings.add(BadFile(_NO_TABLE, f"sheet {sheet.title}"))
    if not found:
        raise BadFile(EMPTY)
    return found


def _header(rows: Iterable[tuple[str, list[str]]]) -> int | None:
    """Return the number of the first row that names columns; None where none does."""
    for number, (place, row) in enumerate(rows):
        if _names_columns(row, place):
            return number
    return None


def _names_columns(row: Sequence[str], place: str) -> bool:
    try:
        return find_columns(row, place).is_header
    except BadFile:
        return False


def _cells(
    sheet: Any, warnings: Warnings, *, first: int, suffix: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield the (place, cells) of each row from the ``first`` on that is not blank.

    The place is the row's number and the ``suffix``. Raises BadFile.
    """
    try:
        for number, row in enumerate(sheet.iter_rows(min_row=first, values_only=True), start=first):
            place = f"row {number}{suffix}"
            cells = [_cell_text(value, place, warnings) for value in row]
            if any(cells):
                yield place, cells
    # As above: a sheet is read only while its rows are asked for.
    except Exception as problem:
        raise BadFile(_DAMAGED) from problem


def _cell_text(value: object, place: str, warnings: Warnings) -> str:
    """Return the value as text; warn of errors, and of values that Excel may show otherwise."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERRORS:
            warnings.add(BadFile(_ERROR, place, value=value))
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if not isinstance(value, int) or isinstance(value, bool):
        warnings.add(BadFile(_STORED, place))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
