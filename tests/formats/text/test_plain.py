"""Plain text comes in faithfully or is refused with a sentence; the corrected article changes nothing but the repairs."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.interchange import Article, BadFile, Correction, Segment, read_all
from articles.formats.text import plain
from articles.formats.text.plain import read_text, write
from articles.text.document import Span
from tests.cases import for_each

FRENCH = (
    "Nous étions nombreux à rêver d’un après-midi tranquille près de la forêt, là où le garçon naïf préférait déjeuner. "
    "Les élèves de l’école voisine étaient déjà partis à la plage, et les familles avaient emporté leurs goûters. "
    "Le maire a annoncé que la fête serait reportée à dimanche, à cause de l’orage prévu dans la soirée."
)


def sentence(data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read_text(data, name="a.txt")
    return str(refused.value)


printable = st.characters(
    exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(9), *range(14, 32)]))
)


@given(
    st.text(printable, min_size=1).filter(
        lambda text: text.strip() and not text.startswith("\ufeff")
    )
)
def test_utf_8_comes_in_character_for_character(text):
    try:
        plain.refuse_other_files(text.encode())
    except BadFile:
        return
    assert read_text(text.encode(), name="a.txt") == text
    assert read_text(b"\xef\xbb\xbf" + text.encode(), name="a.txt") == text


def test_line_ends_and_direction_are_kept():
    text = "one\r\ntwo\nthree\rשלום \u200fa\u202c\u2028end"
    assert read_text(text.encode(), name="a.txt") == text


def test_other_marked_encodings_are_read():
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        assert read_text("Élan".encode(encoding), name="a.txt") == "Élan"
    assert (
        sentence(b"\xff\xfea")
        == "the file says it is UTF-16 but is damaged; save it again as UTF-8"
    )
    assert "NUL" in sentence("a\x00".encode("utf-16"))


@for_each("encoding", ["cp1252", "mac-roman", "cp850", "iso8859-15"])
def test_an_old_encoding_is_read_when_it_is_certain(encoding):
    text = FRENCH if encoding in ("cp1252", "mac-roman") else FRENCH.replace("’", "'")
    assert read_text(text.encode(encoding), name="a.txt") == text


def test_letters_tell_the_encoding_by_where_they_stand():
    # In Mac Roman this would be "riviËre", all of it letters of French.
    text = "La rivière est montée vite lundi soir.\r\nLes éleveurs ont déplacé leur bétail avant l'aube.\r\n"
    assert plain.read_text(text.encode("cp1252"), name="a.txt") == text


def test_an_uncertain_encoding_is_refused_by_line():
    assert sentence("one\nUn été.".encode("latin-1")).startswith("line 2: the byte E9 is not UTF-8")
    assert "not UTF-8" in sentence(
        FRENCH.encode("cp1252") + " Š ž ½ Łódź".encode("cp1250", "ignore")
    )
    broken_later = FRENCH.encode("cp1252") * 800 + b"\x81"
    assert "not UTF-8" in sentence(broken_later)
    assert "not UTF-8" in sentence(b"a\xed\xa0\x80b"), "a lone surrogate"


def test_what_is_not_text_is_refused_with_a_reason(monkeypatch):
    assert sentence(b"") == "the file is empty"
    assert sentence(b" \n") == "the file contains only blanks"
    assert "NUL" in sentence(b"a\x00b")
    assert (
        sentence(b"a\nb\x1bc")
        == "line 2: the control character U+001B does not belong in a text; take it out"
    )
    monkeypatch.setattr(plain, "LARGEST_TEXT", 1_000_000)
    assert sentence(b"a" * 1_000_001) == "the file is larger than 1 MB; split it"


def test_known_kinds_of_files_get_their_own_sentence():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert (
        sentence(ole + "WordDocument".encode("utf-16-le"))
        == "this is a Word 97 file; save it as .docx"
    )
    assert "Excel 97" in sentence(ole + "Workbook".encode("utf-16-le"))
    assert "password" in sentence(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old office" in sentence(ole)
    assert "PDF" in sentence(b"%PDF-1.7\n...")
    assert "picture" in sentence(b"\x89PNG\r\n")
    for inside, words in (
        ("word/document.xml", ".docx"),
        ("xl/workbook.xml", ".xlsx"),
        ("a.txt", "unpack"),
    ):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(inside, "x")
        assert words in sentence(packed.getvalue())
    assert "unpack" in sentence(b"PK\x03\x04 and no more")


WINDOWS = {
    "“We don’t know yet,” she said – and left.": True,
    "José’s café… “closed”": True,
    "He said “no” ‘again’ in 1990–95": True,
    "x” y": True,
    "It cost 5\xa3": False,
}
"""Texts, and whether their marks are enough to know them as Windows-1252."""


def test_windows_texts_are_known_by_where_their_quotation_marks_stand():
    found = {}
    for text in WINDOWS:
        try:
            found[text] = plain.decode(text.encode("cp1252")) == text
        except BadFile:
            found[text] = False
    assert found == WINDOWS
    for text in ("He said “no” and left.", "José’s café… “closed”"):
        with pytest.raises(BadFile, match="no other encoding is certain"):
            plain.decode(text.encode("mac_roman"))


def test_reading_a_file_object_is_bounded():
    assert read_all(io.BytesIO(b"abc"), limit=3) == b"abc"
    with pytest.raises(BadFile, match="empty"):
        read_all(io.BytesIO(b""))
    with pytest.raises(BadFile, match="larger"):
        read_all(io.BytesIO(b"abcd"), limit=3)


def repaired(after: str) -> tuple[Correction, ...]:
    return (Correction("x", "no", "rejected"), Correction("x", after, "approved"))


def test_only_approved_corrections_change_the_document():
    article = Article(
        "t", "en", "fr", target="Un.  Deux.\r\n\tTrois.\n", segments=(
            Segment("One.", "Un.", target_span=Span(0, 3), corrections=(Correction("Un.", "1", "submitted"),)),
            Segment("Two.", "Deux.", target_span=Span(5, 10), corrections=repaired("Numéro deux.")),
            Segment("Three.", "Trois.", target_span=Span(13, 19)),
        ),
    )  # fmt: skip
    assert b"".join(write(article)).decode() == "Un.  Numéro deux.\r\n\tTrois.\n"


@for_each(
    ("place", "expected"),
    [
        (0, "Deux. Un. Trois."),
        (3, "Un. Deux. Trois."),
        (4, "Un. Deux. Trois."),
        (10, "Un. Trois. Deux."),
    ],
)
def test_a_dropped_sentence_comes_in_with_blanks_around_it(place, expected):
    segment = Segment("Two.", "", target_span=Span(place, place), corrections=repaired("Deux."))
    article = Article("t", "en", "fr", target="Un. Trois.", segments=(segment,))
    assert plain.corrected_text(article) == expected


def test_pairs_without_a_document_come_out_one_a_line():
    article = Article(
        "t", "en", "fr", segments=(Segment("a", "b"), Segment("c", "d", corrections=repaired("e")))
    )
    assert plain.corrected_text(article) == "b\ne\n"


def test_a_removed_sentence_takes_one_blank_along():
    segment = Segment("", "Deux.", target_span=Span(4, 9), corrections=repaired(""))
    assert (
        plain.corrected_text(
            Article("t", "en", "fr", target="Un. Deux. Trois.", segments=(segment,))
        )
        == "Un. Trois."
    )


def test_a_removal_takes_a_line_end_whole():
    removal = Segment("", "Un.", target_span=Span(0, 3), corrections=repaired(""))
    assert (
        plain.corrected_text(Article("t", "en", "fr", target="Un.\r\nDeux.", segments=(removal,)))
        == "Deux."
    )


def test_a_repair_right_after_a_removal_comes_after_the_gap_that_this_took():
    removal = Segment("", "Deux.", target_span=Span(4, 9), corrections=repaired(""))
    dropped = Segment("Four.", "", target_span=Span(9, 9), corrections=repaired("Quatre."))
    article = Article("t", "en", "fr", target="Un. Deux. Trois.", segments=(removal, dropped))
    assert plain.corrected_text(article) == "Un. Quatre. Trois."
