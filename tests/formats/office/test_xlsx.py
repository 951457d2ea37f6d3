"""Excel: everything that a table holds comes back, nothing runs, and LibreOffice reads the same words."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.office import xlsx
from tests.cases import for_each
from tests.formats.strategies import articles, quick
from tests.formats.tables.test_delimited import kept_by_tables


def load(data: bytes) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in xlsx.read(io.BytesIO(data), name="pairs")
    ]


def saved(*made: Article) -> bytes:
    return b"".join(xlsx.write(made))


@quick
@given(st.lists(articles(), min_size=1, max_size=2, unique_by=lambda article: article.title))
@pytest.mark.slow
def test_pairs_and_corrections_come_back(made):
    assert load(saved(*made)) == [kept_by_tables(each) for each in made]


EXAMPLE = Article("t", "en", "fr", segments=(
    Segment("=cmd()", "un  chat", id="1", corrections=(Correction("un  chat", "un gros chat", "approved", "Rosa", datetime(2026, 1, 31, tzinfo=UTC)),)),
    Segment("+1", "", id="2", corrections=(Correction("", "x", "submitted"),)),
    Segment("a", "b", id="3", corrections=(Correction("b", "y" * 3000, "submitted"),)),
))  # fmt: skip


def test_no_cell_is_a_formula_and_the_redline_is_rich_text():
    book = openpyxl.load_workbook(io.BytesIO(saved(EXAMPLE)), rich_text=True)
    sheet = book.worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert str(sheet.cell(2, 16).value) == "un  gros chat" or "gros" in str(sheet.cell(2, 16).value)
    assert sheet.cell(3, 16).value == "x"
    assert sheet.cell(4, 16).value is None


@pytest.mark.slow
def test_libreoffice_reads_the_same_cells(office):
    read = list(csv.reader(io.StringIO(office.text(saved(EXAMPLE), ending=".xlsx"))))
    assert [row[2:5] for row in read[1:]] == [
        ["=cmd()", "un  chat", "un gros chat"],
        ["+1", "", "x"],
        ["a", "b", "y" * 3000],
    ]


def test_what_a_sheet_cannot_hold_is_said(monkeypatch):
    with pytest.raises(ValueError, match="32,767"):
        saved(Article("t", "en", "fr", segments=(Segment("a" * 33_000, "b"),)))
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(ValueError, match="1,048,576"):
        saved(EXAMPLE)


def workbook(*rows: tuple) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def told(article: Article) -> list[str]:
    return [
        str(warning) + (f" × {count}" if count > 1 else "") for warning, count in article.warnings
    ]


def test_workbooks_of_others_are_understood():
    (article,) = load(
        workbook(
            ("Source", "Target", "n"),
            ("a", 5, None),
            (None, None, None),
            (datetime.fromisoformat("2026-01-31"), "b", 1.5),
            ("#REF!", True, None),
            (None, None, "x"),
        )
    )
    assert article.segments == (
        Segment("a", "5"),
        Segment("2026-01-31T00:00:00", "b"),
        Segment("#REF!", "True"),
    )
    assert told(article) == [
        "row 1: unknown columns are left out: n",
        "row 4: a number, date or truth value is taken as it is stored, which may not be how Excel shows it × 3",
        "row 5: the cell contains the error “#REF!”",
        "row 6: a row without source and target is left out",
    ]


def book(fill) -> bytes:
    """A workbook that ``fill`` was given to fill."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def test_columns_may_be_named_further_down():
    (article,) = load(
        workbook(
            ("Review of January",),
            (None, "by", "us"),
            (),
            ("N°", "Anglais", "Français"),
            (7, "a", "b"),
        )
    )
    assert article.segments == (Segment("a", "b", id="7"),)
    assert (article.source_language, article.target_language) == ("en", "fr")
    assert told(article) == ["row 1: the rows above the names of the columns are left out × 2"]


def test_every_sheet_that_holds_pairs_is_read():
    def fill(made):
        for title, rows in (("One", [("source", "target"), ("a", "b")]), ("Notes", [("read", "this", "first")]),
                            ("Two", [("source", "target"), ("c", "d"), ("", "=x")]), ("Old", [("source", "target"), ("x", "y")])):  # fmt: skip
            sheet = made.create_sheet(title)
            for each in rows:
                sheet.append(each)
        made["Old"].sheet_state = "hidden"

    one, two = load(book(fill))
    assert (one.title, one.segments, two.title) == ("One", (Segment("a", "b"),), "Two")
    assert told(two) == [
        "a formula whose value was never saved counts as an empty cell; open the file in Excel and save it",
        "sheet Old: a hidden sheet is left out",
        "sheet Notes: a sheet whose first rows name no columns “source” and “target” is left out",
    ]


@for_each("size", ["A1", "A1:B2", "A1:XFD1048576"])
def test_the_size_that_a_sheet_states_does_not_count(size):
    rows = [("source", "target"), ("One.", "Un."), ("Two.", "Deux."), ("Three.", "Trois.")]
    data = zipfile.ZipFile(io.BytesIO(workbook(*rows)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in data.namelist():
            part = data.read(name)
            if name.startswith("xl/worksheets/"):
                assert b'<dimension ref="A1:B4"' in part
                part = part.replace(b'ref="A1:B4"', b'ref="%s"' % size.encode(), 1)
            copy.writestr(name, part)
    (article,) = load(out.getvalue())
    assert [pair.source for pair in article.segments] == ["One.", "Two.", "Three."]


def test_merged_cells_are_told_and_rich_text_is_read():
    def fill(made):
        rich = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " word")
        for row in (("source", "target"), (rich, "b"), (None, "c")):
            made.active.append(row)
        made.active.merge_cells("A2:A3")

    (article,) = load(book(fill))
    assert article.segments == (Segment("a bold word", "b"), Segment("", "c"))
    assert told(article) == ["of merged cells only the first has text, the others count as empty"]


def test_a_formula_counts_as_what_it_showed():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["source", "target"])
    sheet.write_formula(1, 0, '="a"&"b"', None, "ab")
    sheet.write(1, 1, "c")
    made.close()
    (article,) = load(out.getvalue())
    assert (article.segments, told(article)) == ((Segment("ab", "c"),), [])


def test_pictures_in_a_workbook_are_left_alone():
    out = io.BytesIO(workbook(("a", "b")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", b"not looked at")
    assert load(out.getvalue())[0].segments == (Segment("a", "b"),)


def damaged(part: str, data: bytes) -> bytes:
    archive, out = zipfile.ZipFile(io.BytesIO(workbook(("a", "b")))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, data if name == part else archive.read(name))
    return out.getvalue()


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>'
)
"""A cell whose text is not there."""


@for_each(
    ("data", "words"),
    [
        (workbook(), "the file is empty"),
        (workbook(("a", "b", "c")), "row 1: the first line does not name"),
        (damaged("xl/workbook.xml", b"<"), "damaged"),
        (damaged("xl/workbook.xml", b"<x/>"), "damaged|empty"),
        (
            damaged("xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
            "entities",
        ),
        (damaged("[Content_Types].xml", b"<Types/>"), "damaged"),
        (damaged("xl/worksheets/sheet1.xml", SHEET), "damaged"),
        (workbook(("a", "b"))[:-20], "damaged"),
    ],
)
def test_what_is_wrong_is_said(data, words):
    with pytest.raises(BadFile, match=words):
        load(data)


def test_no_article_makes_an_empty_workbook():
    assert openpyxl.load_workbook(io.BytesIO(saved())).worksheets[0].max_row == 1
