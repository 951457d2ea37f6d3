"""Excel workbooks: one sheet with the columns of the CSV and a redline in colour, no cell that runs; and pairs in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

import openpyxl
import xlsxwriter
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from articles.checks.registry import gettext_noop as _
from articles.formats.delimited import COLUMNS, rows, segments
from articles.formats.exchange import LARGEST_TEXT, Article, BadFile, grouped, read_all
from articles.formats.packed import Package
from articles.text.diff import redline

_CELL = 32_767
_ROWS = 1_048_576
_TOO_LONG = "a cell of a workbook holds 32,767 characters; hand the article out as CSV or JSON Lines"
_TOO_MANY = "a sheet holds 1,048,576 rows; hand the articles out as CSV or JSON Lines"
_UNSAFE = _("the file declares entities of its own, which is not safe to read; save it again in Excel")
_DAMAGED = _("the file is damaged or incomplete; save it again")
_REDLINE_UP_TO = 2_000
_ESCAPED = re.compile("_x([0-9A-F]{4})_")  # ISO 29500-1, 22.9.2.19: how a cell holds what XML cannot


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles as one workbook, built on disk. Raises ValueError for what a sheet cannot hold."""
    with SpooledTemporaryFile(max_size=LARGEST_TEXT) as out:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(out, options | {"strings_to_numbers": False})
        try:
            _fill(book, articles)
        finally:
            book.close()
        out.seek(0)
        while piece := out.read(1_000_000):
            yield piece


def _fill(book: Any, articles: Iterable[Article]) -> None:
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
    sheet.write_row(0, 0, [*COLUMNS, "change"], book.add_format({"bold": True}))
    for number, row in enumerate(rows(articles), start=1):
        if number >= _ROWS:
            raise ValueError(_TOO_MANY)
        for column, text in enumerate(row):
            if len(text) > _CELL:
                raise ValueError(_TOO_LONG)
            sheet.write_string(number, column, text, wrapped)
        _redline(sheet, number, row, styles)


def _redline(sheet: Any, number: int, row: list[str], styles: dict[str, Any]) -> None:
    """What changed, struck through and underlined, in a column of its own that is only for reading."""
    before, after = row[3], row[4]
    if not after or before == after or len(before) + len(after) > _REDLINE_UP_TO:
        return
    changes = redline(before, after)
    if len(changes) == 1:  # a rich cell needs two runs
        sheet.write_string(number, len(COLUMNS), changes[0].text, styles[changes[0].kind])
    else:
        sheet.write_rich_string(number, len(COLUMNS), *chain(*((styles[each.kind], each.text) for each in changes)))


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The pairs of the first sheet, as articles whose segments stream. Raises BadFile with the row."""
    data = read_all(file, 5 * LARGEST_TEXT)
    package = Package(data, part="xl/workbook.xml", ending=".xlsx")
    for part in sorted(package.names):
        if part.endswith((".xml", ".rels")):
            _screen(package.read(part))
    return grouped(segments(_cells(data), name=name, plain=True))


def _screen(part: bytes) -> None:
    """Refuse a part that declares entities; declarations stand before the first element."""
    try:
        next(iter(iterparse(io.BytesIO(part), events=("start",), forbid_dtd=True)))
    except DefusedXmlException as problem:
        raise BadFile(_UNSAFE) from problem
    except (ParseError, LookupError, ValueError) as problem:
        raise BadFile(_DAMAGED) from problem


def _cells(data: bytes) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each row of the first sheet that is not blank; formulas count as what they showed."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_shown(value) for value in row]
            if any(cells):
                yield f"row {number}", cells
    except Exception as problem:  # openpyxl fails in a hundred ways on what is not a workbook
        raise BadFile(_DAMAGED) from problem


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
