"""Read the rows of a CSV or TSV file as people and programs write it.

The separator is a comma, a semicolon, a tab or a bar; Excel's line "sep=;" names it. A quotation
mark within quotes is doubled or has a backslash before it. A row that cannot be read is told.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from articles.formats.interchange import (
    EMPTY,
    LARGEST_CELL,
    LARGEST_TABLE,
    LARGEST_TEXT,
    TOO_LARGE,
    BadFile,
    Rejoined,
    Warnings,
)
from articles.formats.text.plain import decode, refuse_other_files
from articles.text.messages import gettext_noop as _

_BROKEN_LEFT = _("a row that cannot be read as a table is left out (%(reason)s)")
_TOO_LONG = _("a cell is too long, or a quotation mark was never closed")
_NOT_UTF8 = _("from here on the file is not UTF-8; save it as “CSV UTF-8”")
_NUL = _(
    "the file contains NUL characters, so it is not a plain-text table; save it as “CSV UTF-8”"
)
_BROKEN = _("this row cannot be read as a table (%(reason)s)")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_HEAD = 1_000_000
"""Bytes at the beginning of a file that say whether it is UTF-8."""
_SAMPLE = 20
"""Lines by which the separator is found."""
_LONGEST_ROW = 1000
"""Lines of the longest row after whose first line reading goes on where it cannot be read."""
_QUOTING_SAMPLE = 2000
"""Lines by which is found how quotation marks are written."""


class _Lines:
    """The lines of a table: ``number`` is that of the last one, ``row`` those of the row so far."""

    def __init__(self, lines: Iterator[str], skipped: int) -> None:
        self.lines = lines
        self.number = skipped
        self.row: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        """Return the next line; only the first ones of a row are remembered."""
        line = next(self.lines)
        self.number += 1
        if len(self.row) <= _LONGEST_ROW:
            self.row.append(line)
        return line

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.row.clear()

    def go_back(self) -> bool:
        """Go back behind the first line of the row; return whether there are others to go back to.

        A quotation mark that is not closed takes the lines after it into its row.
        """
        others = self.row[1:]
        if not others or len(self.row) > _LONGEST_ROW:
            return False
        self.lines = chain(others, self.lines)
        self.number -= len(others)
        return True


class BadRows:
    """The rows of a table that cannot be read: each is told and left out, unless most are so."""

    def __init__(self, warnings: Warnings) -> None:
        self.warnings = warnings
        self.first: BadFile | None = None
        self.count = 0

    def add(self, problem: BadFile, warning: BadFile) -> None:
        """Leave a row out; ``problem`` is the reason to refuse the file if it comes to that."""
        self.first = self.first or problem
        self.count += 1
        self.warnings.add(warning)

    def check(self, good: int) -> None:
        """Raise BadFile with the first of the rows when there are more of them than good ones."""
        if self.first is not None and self.count > good:
            raise self.first


def read_table(file: BinaryIO, bad_rows: BadRows | None = None) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the cells of each row of a CSV or TSV file that is not blank.

    A row that cannot be read is added to ``bad_rows``. Raise BadFile with the line for it where
    there is none, and for what makes the rest unreadable.
    """
    head = file.read(_HEAD)
    if not head:
        raise BadFile(EMPTY)
    refuse_other_files(head)
    # The csv module's own limit is 131,072 characters; it is one for the whole process.
    csv.field_size_limit(LARGEST_CELL)
    sample: list[str] = []
    lines = _read_lines(file, head)
    skipped = 0
    table = _Lines(iter(()), 0)
    try:
        sample.extend(islice(lines, _SAMPLE))
        delimiter, skipped = _find_delimiter(sample)
        options = _quoting(head, delimiter)
        table = _Lines(chain(sample[skipped:], lines), skipped)
        # Strict: else a quotation mark that is not closed would swallow all lines after it without
        # a word.
        reader = csv.reader(table, strict=True, **options)
        while (row := _next_row(reader, table, bad_rows)) is not None:
            if any(row):
                yield f"line {table.number}", row
    except UnicodeDecodeError as problem:
        line = max(table.number, len(sample)) + 1
        raise BadFile(_NOT_UTF8, f"line {line}") from problem


def _next_row(reader: Any, table: _Lines, bad_rows: BadRows | None) -> list[str] | None:
    """Return the next row, an empty one in place of a bad one, and None at the end."""
    table.begin_row()
    try:
        return next(reader, None)
    except csv.Error as problem:
        message = _csv_message(problem)
        may_go_on = bad_rows is not None and (table.go_back() or message == _BROKEN)
        place = f"line {table.number}"
        refusal = BadFile(message, place, reason=problem)
        if bad_rows is None or not may_go_on:
            raise refusal from problem
        bad_rows.add(refusal, BadFile(_BROKEN_LEFT, place, reason=problem))
        return []


def _quoting(head: bytes, delimiter: str) -> dict[str, Any]:
    """Return how the table is separated, and how it writes a quotation mark within quotes.

    Most programs double it; some put a backslash before it.
    """
    usual: dict[str, Any] = {"delimiter": delimiter}
    # Nearly all files: they need not be read twice.
    if b'\\"' not in head:
        return usual
    lines = head.decode("utf-8", "replace").splitlines(keepends=True)[:_QUOTING_SAMPLE]
    escaped = {**usual, "doublequote": False, "escapechar": "\\"}
    if _count_bad_rows(lines, escaped) < _count_bad_rows(lines, usual):
        return escaped
    return usual


def _count_bad_rows(lines: Sequence[str], options: dict[str, Any]) -> int:
    reader = csv.reader(lines, strict=True, **options)
    bad = 0
    while True:
        try:
            if next(reader, None) is None:
                return bad
        except csv.Error:
            bad += 1


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
    # The tab first, which wins a tie: it hardly ever stands in a text.
    for mark in "\t,;|":
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
    # An old encoding is told by the whole text, so that such a file must fit into memory.
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
    buffered = io.BufferedReader(Rejoined(head, file), _HEAD)
    lines = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
    # A limit, because a file without a line end would be read into memory as one line.
    while line := lines.readline(2 * LARGEST_CELL):
        size += len(line)
        if len(line) == 2 * LARGEST_CELL:
            raise BadFile(_TOO_LONG)
        if "\x00" in line:
            raise BadFile(_NUL)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
        yield line
