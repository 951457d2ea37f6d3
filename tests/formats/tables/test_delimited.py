"""CSV keeps every character and every correction, runs no formula, and says which line is wrong."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.interchange import Article, BadFile, Correction, Flag, Segment
from articles.formats.tables import delimited, delimited_rows
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.strategies import articles, quick, texts
from tests.formats.text.test_plain import FRENCH


def load(data: bytes) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in delimited.read(io.BytesIO(data), name="pairs")
    ]


def kept_by_tables(article: Article) -> Article:
    """What of an article a table holds."""
    segments = tuple(
        Segment(
            each.source,
            each.target,
            id=each.id,
            status="" if each.corrections else each.status,
            corrections=each.corrections,
        )
        for each in article.segments
    )
    return Article(
        article.title,
        article.source_language,
        article.target_language,
        segments=segments,
        held=article.held,
    )


@quick
@given(st.lists(articles(), min_size=1, max_size=2, unique_by=lambda article: article.title))
@pytest.mark.slow
def test_pairs_and_corrections_come_back(made):
    assert load(b"".join(delimited.write(made))) == [kept_by_tables(each) for each in made]


@given(texts)
def test_no_cell_begins_like_a_formula_and_every_cell_comes_back(text):
    cell = delimited.escape_formula(text)
    assert cell[:1] not in {*"=+-@\t\r\n"} - {""}
    assert delimited.unescape_formula(cell) == text


def test_flags_are_told_in_words():
    flags = (
        Flag("Omission", "major", source_span=Span(0, 3), comment="lost"),
        Flag("", "minor", category="Other"),
    )
    written = b"".join(
        delimited.write(
            [Article("t", "en", "fr", segments=(Segment("one two", "deux", flags=flags),))]
        )
    )
    row = next(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert row["flags"] == "Accuracy › Omission (major) “one”: lost\nOther (minor)"
    assert row["segment"] == "1"


def test_a_long_table_is_written_in_pieces():
    pieces = list(
        delimited.write(
            [Article("t", "en", "fr", segments=(Segment("a", "b") for _ in range(1200)))]
        )
    )
    assert len(pieces) == 3
    assert len(list(load(b"".join(pieces))[0].segments)) == 1200


@for_each(
    ("data", "languages"),
    [
        ("a,b\n", ("", "")),
        ("en\tfr\na\tb\n", ("en", "fr")),
        ("Source;MT\na;b", ("", "")),
        ("SRC,tgt,source_language\r\na,b,en\r\n", ("en", "")),
        ("\n\ntarget,source\nb,a\n", ("", "")),
        ("sep=;\r\nsource;target\r\na;b\r\n", ("", "")),
        ('"sep=\t"\nsource\ttarget\na\tb\n', ("", "")),
        ("Texte source;Texte cible\na;b\n", ("", "")),
        ("Source (en-US)\tTarget [fr-FR]\na\tb\n", ("en", "fr")),
        ("Anglais;Français\na;b\n", ("en", "fr")),
        ("Source,French\na,b\n", ("", "fr")),
        ("target,EN\nb,a\n", ("en", "")),
        ("source,target,Source\na,b,\n", ("", "")),
        ('source,target\n"a",b\n\n,\n', ("", "")),
    ],
)
@for_each("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_of_others_are_understood(data, languages, encoding):
    (article,) = load(data.encode(encoding))
    assert (article.source_language, article.target_language) == languages
    assert article.segments == (Segment("a", "b"),)


@for_each(
    ("data", "segment"),
    [
        ("1,a,b\n2,c,d\n", Segment("a", "b", id="1")),
        ("id;source;target\nx-1;a;b\n", Segment("a", "b", id="x-1")),
        ("Hello, world;Bonjour, monde\nYes;Oui\n", Segment("Hello, world", "Bonjour, monde")),
        ('source,target\n"one\ntwo","un\n""deux"""\n', Segment("one\ntwo", 'un\n"deux"')),
        (
            "source,target,notes\na,b,late\n",
            Segment("a", "b", flags=(Flag("", "neutral", comment="late"),)),
        ),
        ("source;target\nl'été;l’été à 12 %\n", Segment("l'été", "l’été à 12 %")),
    ],
)
def test_cells_of_others_are_understood(data, segment):
    assert load(data.encode())[0].segments[0] == segment


@for_each(
    ("data", "expected"),
    [
        ("source,target\na,b\n", []),
        ("a,b\n", ["line 1: the first row names no columns, so the first text counts as the source and the second as the target"]),
        ("source,target,Colour,fr\na,b,red,x\n", ["line 1: unknown columns are left out: Colour, fr"]),
        ("source,target,x\na,b\n,,red\n , \n", ["line 1: unknown columns are left out: x", "line 3: a row without source and target is left out"]),
        ("source,target,flags\na,b,Omission (major)\n", ["line 2: flags described in words cannot be read back from a table; use JSON Lines or XLIFF"]),
    ],
)  # fmt: skip
def test_left_out_parts_become_warnings(data, expected):
    assert [str(warning) for warning, _count in load(data.encode())[0].warnings] == expected


def test_rows_with_one_name_and_other_words_are_other_segments():
    (article,) = load(b"id,source,target\n7,a,b\n7,c,d\n7,c,d\n")
    assert [each.source for each in article.segments] == ["a", "c"]


def test_a_correction_by_others_waits_for_approval():
    (article,) = load(b"source,target,corrected,submitted\na,b,c,2026-01-31\nd,e,,\n")
    assert article.segments[0].corrections[0].status == "submitted"
    assert article.segments[0].corrections[0].submitted.isoformat() == "2026-01-31T00:00:00+00:00"
    assert article.segments[1].corrections == ()


def test_an_old_encoding_is_read_when_it_is_certain():
    data = f"source,target\nThere were many of us.,{FRENCH.replace(',', ';')}\n".encode("cp1252")
    assert load(data)[0].segments[0].target.startswith("Nous étions nombreux à rêver d’un")


@for_each(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\n", "the file is empty"),
        (b"%PDF-1", "this is a PDF"),
        (b"a,b,c\n", "line 1: the first line does not name"),
        (b"source,target\na\n", "line 2: this row has 1 cells where 2 are needed"),
        (
            b"source,target\nsep,x\nHello, you,Bonjour\nOh, well,Bon\n",
            "line 3: this row has 3 cells for 2 columns",
        ),
        (b"a b,b c,c d\n", "line 1: the first line does not name"),
        (b'sep=;\nsource;target\n"a;b\n', "line 3: a cell is too long"),
        (
            b'source,target\n"a,b\n',
            "line 2: a cell is too long, or a quotation mark was never closed",
        ),
        (b'source,target\n"a"x,b\n', "line 2: this row cannot be read as a table"),
        (b"source,target\na\x00,b\n", "the file contains NUL"),
        (b"source,target\na,\xe9\n", "line 2: the byte E9 is not UTF-8"),
    ],
)
def test_what_is_wrong_is_named(data, words):
    with pytest.raises(BadFile) as refused:
        load(data)
    assert str(refused.value).startswith(words)


def test_a_late_wrong_byte_is_named_by_its_line(monkeypatch):
    monkeypatch.setattr(delimited_rows, "_HEAD", 20)
    monkeypatch.setattr(delimited_rows, "LARGEST_TEXT", 40)
    with pytest.raises(BadFile, match="from here on") as refused:
        load(b"source,target\na,b\nc,\xe9\n")
    assert refused.value.place == "line 3"
    with pytest.raises(BadFile, match="from here on"):
        load(b"source,\xe9\n" + b"a,b\n" * 40)


@pytest.fixture
def small_cells(monkeypatch):
    """Cells of 12 characters at most; Python's csv module remembers its limit for good."""
    before = csv.field_size_limit()
    monkeypatch.setattr(delimited_rows, "LARGEST_CELL", 12)
    yield
    csv.field_size_limit(before)


def test_the_size_of_a_table_is_bounded(monkeypatch):
    monkeypatch.setattr(delimited_rows, "LARGEST_TABLE", 20)
    with pytest.raises(BadFile, match="larger than"):
        load(b"source,target\naaaa,bbbb\n")


def test_the_size_of_a_cell_is_bounded(small_cells):
    with pytest.raises(BadFile, match="too long"):
        load(b"source,target\n" + b"a" * 30)


def test_a_cell_that_is_too_long_is_named_when_the_table_begins_with_it(small_cells):
    with pytest.raises(BadFile, match="line 1: a cell is too long"):
        load(b"source of all,target\n")


def test_corrections_to_nothing_are_kept():
    made = Article(
        "t",
        "en",
        "fr",
        segments=(Segment("", "b", id="1", corrections=(Correction("b", "", "approved"),)),),
    )
    assert load(b"".join(delimited.write([made]))) == [made]


def told(article) -> list[str]:
    return [str(warning) for warning, _count in article.warnings]


def test_a_bad_row_is_told_and_the_others_are_read():
    tables = {
        "source;target\na;b\nc;d\nExported on Monday\n": "line 4: a row without a cell for source or target is left out: “Exported on Monday”",
        "source,target\na,b\nOh, no,c\nc,d\n": "line 3: a row with more cells than columns is left out; text that contains the separator must be in quotes: “Oh  no c”",
        'source,target\na,b\n"x"y,z\nc,d\n': "line 3: a row that cannot be read as a table is left out (',' expected after '\"')",
    }
    found = {}
    for table in tables:
        (article,) = load(table.encode())
        assert [(pair.source, pair.target) for pair in article.segments] == [("a", "b"), ("c", "d")]
        found[table] = " ".join(told(article))
    assert found == tables


def test_bars_separate_and_backslashes_stand_before_quotation_marks():
    (barred,) = load(b"en|fr\nA, b; c.|D, e; f.\nG|H\n")
    assert [(pair.source, pair.target) for pair in barred.segments] == [
        ("A, b; c.", "D, e; f."),
        ("G", "H"),
    ]
    (escaped,) = load(b'source,target\n"He \\"said\\", no.","Il a dit."\n"C:\\\\","d"\n')
    assert [pair.source for pair in escaped.segments] == ['He "said", no.', "C:\\"]
    (usual,) = load(b'source,target\n"C:\\","d"\n"a ""b""","c"\n')
    assert [pair.source for pair in usual.segments] == ["C:\\", 'a "b"']


def test_the_columns_of_weblate_are_known():
    table = b"location,source,target,fuzzy,translator_comments\na:1,A,B,True,Check this\n"
    (article,) = load(table)
    assert article.segments[0].flags == (Flag("", "neutral", comment="Check this"),)
    assert told(article) == ["line 1: unknown columns are left out: location"]


def test_a_quotation_mark_that_is_not_closed_takes_no_other_row_with_it():
    tables = {
        'source;target\nA;B\n"Open;x\nC;D\n"E";F\n"Open too;y\nG;H\n': [3, 6],
        'source,target\nA,B\n1,"x\n"C","D"\nE,F\nG,H\n': [3],
    }
    for table, lines in tables.items():
        (article,) = load(table.encode())
        pairs = [(each.source, each.target) for each in article.segments]
        assert {("A", "B"), ("C", "D"), ("G", "H")} <= set(pairs)
        assert [count for _warning, count in article.warnings or ()] == [len(lines)]
        assert f"line {lines[0]}:" in str(next(iter(article.warnings or ()))[0])
    endless = "source,target\nA,B\nC,D\n" + '"open\n' + "x\n" * 2000
    with pytest.raises(BadFile, match="never closed"):
        load(endless.encode())
