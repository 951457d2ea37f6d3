"""Files at the edge of their formats: what can be read of them is read, and the rest is said or passed over."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles.formats import FORMATS
from articles.formats.annotation import appraise, bio_mqm, pearmut
from articles.formats.interchange import Article, BadFile, Correction, Flag, Segment
from articles.formats.newsroom import epub
from articles.formats.office import odt
from articles.formats.text import plain, subtitles
from articles.formats.xml import its, termbase, tmx, xliff2
from articles.text.document import Span
from tests.formats.newsroom.test_stories import epub as make_epub
from tests.formats.office.test_odt import p, package

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def corrected(text: str, data: bytes, *repairs: tuple[str, str]) -> Article:
    segments = []
    for old, new in repairs:
        span = Span(text.index(old), text.index(old) + len(old))
        made = (Correction(old, new, "approved"),)
        segments.append(Segment("x", old, target_span=span, corrections=made))
    return Article("t", "en", "fr", target=text, segments=tuple(segments), page=data)


# ── newsroom ─────────────────────────────────────────────────────────────────

NEWSML = (
    "<newsItem><contentMeta><headline>Un titre</headline><by/></contentMeta><contentSet>"
    '<inlineData contenttype="text/{}">{}</inlineData></contentSet></newsItem>'
)


def test_data_in_newsml_is_html_or_plain_text():
    known = FORMATS["newsml"]
    for kind, words, lines in (
        ("html", "&lt;p&gt;Un &amp;amp; deux.&lt;/p&gt;&lt;p&gt;&amp;nbsp;&lt;/p&gt;", ["Un & deux."]),
        ("plain", "Un <!-- c -->port.\n  \n Deux &amp; trois.\n", ["Un port.", "Deux & trois."]),
    ):  # fmt: skip
        data = NEWSML.format(kind, words).encode()
        text = known.read_text(data, name="a.newsml")
        assert text.split("\n") == ["Un titre", *lines], kind
        back = b"".join(known.write([corrected(text, data, (lines[-1], "Dix\n& plus."))]))
        shown = known.read_text(back, name="a.newsml").split("\n")
        assert " ".join(shown).endswith("Dix & plus."), "a field of plain text has no new lines"


def test_what_has_no_words_in_json_is_passed_over():
    item = {
        "headlines": [{"role": "main"}, "x", {"value": "Un titre"}],
        "bodies": [{"contenttype": "text/html", "value": "<p>Un titre</p><p>Le pont.</p>"}],
        "associations": {"a": "x", "b": {"type": "text", "description_text": "Ailleurs"}},
    }
    read = FORMATS["ninjs"].read_text
    text = read(json.dumps(item).encode(), name="a.ninjs")
    assert text.split("\n") == ["Un titre", "Un titre", "Le pont."]
    twice = {"headline": "Un titre", "description_text": "Un titre", "body_text": "Le pont."}
    assert read(json.dumps(twice).encode(), name="a.ninjs") == "Un titre\nLe pont."
    for wrong in (b"[1]", b"{}"):
        with pytest.raises(BadFile):
            read(wrong, name="a.ninjs")


def test_a_book_says_its_contents_pages_and_how_large_it_may_be(monkeypatch):
    known = FORMATS["epub"]
    book = make_epub(["<nav><ol><li>Un chapitre</li></ol></nav><p>Le pont.</p>"])
    assert known.read_text(book, name="a.epub") == "Le pont."
    assert known.left_out(book) == ["Un chapitre"]
    book = make_epub([f"<p>{'Le pont. ' * 150}</p>"] * 3)
    for name, limit in (("LARGEST_TEXT", 10), ("LARGEST_PART", 10), ("LARGEST_PART", 1000)):
        with monkeypatch.context() as smaller:
            smaller.setattr(epub, name, limit)
            with pytest.raises(BadFile, match="MB"):
                known.read_text(book, name="a.epub")


# ── office ───────────────────────────────────────────────────────────────────


def test_open_documents_that_are_locked_empty_or_too_large_are_refused(monkeypatch):
    assert odt.left_out(package(p("Un.") + "<text:note><text:p/></text:note>")) == []
    begun = package(p("<text:tab/><text:line-break/>Un<text:s/>pont."))
    assert odt.read_text(begun, name="a.odt").strip() == "Un pont."
    locked = bytearray(package(p("Un.")))
    for at in (locked.find(b"PK\x03\x04"), locked.find(b"PK\x01\x02")):
        while at >= 0:
            flags = at + (6 if locked[at + 2] == 3 else 8)
            locked[flags] |= 1
            at = locked.find(locked[at : at + 4], at + 4)
    with pytest.raises(BadFile, match="password"):
        odt.read_text(bytes(locked), name="a.odt")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(BadFile):
        odt.read_text(other.getvalue(), name="a.odt")
    monkeypatch.setattr(odt, "LARGEST_TEXT", 10)
    with pytest.raises(BadFile, match="larger"):
        odt.read_text(package(p("Un.")), name="a.odt")


# ── text ─────────────────────────────────────────────────────────────────────


def test_a_removed_sentence_takes_one_gap_along():
    for text, words, left in (
        ("Un.\n Deux. Trois.", " Deux.", "Un.\nTrois."),
        ("Un.\nDeux. Trois.", "Deux.", "Un.\nTrois."),
        ("Un. Deux.\nTrois.", "Deux.", "Un. \nTrois."),
    ):
        assert plain.corrected_text(corrected(text, b"", (words, ""))) == left, text


def test_cues_without_numbers_or_a_last_empty_line_are_read():
    times = "00:00:01,000 --> 00:00:03,000\n"
    for data, lines in (
        (f"1\n{times}Un.\n{times}Deux.\n2\n{times}Trois.", ["Un.", "Deux.", "Trois."]),
        (f"{times}\n{times}Un.", ["Un."]),
    ):
        assert subtitles.read_text(data.encode(), name="a.srt").split("\n") == lines


def test_a_bar_in_the_last_line_makes_no_table():
    assert FORMATS["markdown"].read_text(b"# Un\n\nOui | non", name="a.md") == "Un\nOui | non"


# ── annotations ──────────────────────────────────────────────────────────────


def test_what_is_no_list_of_marks_is_refused_or_passed_over():
    answer = {"user_id": "rosa", "item_i": 0, "item": [{"src": "a", "tgt": {"m": "un"}, "item_id": "d#1"}]}  # fmt: skip
    lines = [
        answer | {"annotation": [{"m": {"error_spans": ["x"]}}]},
        answer | {"annotation": ["x"], "item_i": 1},
    ]
    data = b"\n\n".join(json.dumps(each).encode() for each in lines)
    [article] = pearmut.read(io.BytesIO(data), name="p")
    assert [segment.flags for segment in article.segments] == [()]
    for wrong in ({"a": 1}, {"data": [[{"src": "a"}]]}):
        with pytest.raises(BadFile):
            list(pearmut.read(io.BytesIO(json.dumps(wrong).encode()), name="p"))
    batch = [{"task": {"sourceLanguage": "eng", "targetLanguage": "fra"}, "items": [{"itemID": 1, "itemType": "TGT", "targetID": "s", "documentID": "d#s", "sourceText": 5, "targetText": "un"}]}]  # fmt: skip
    with pytest.raises(BadFile):
        list(appraise.read(io.BytesIO(json.dumps(batch).encode()), name="b.json"))
    entry = {"source": "Cats.", "target": "Chats.", "MT_Engine": "s", "Annotator_ID": 7,
             "source_errors": ["x"], "target_errors": []}  # fmt: skip
    entries = [entry | {"DOC_ID": "d", "SEG_ID": "2"}, entry | {"DOC_ID": "d", "SEG_ID": "b", "source": "One."}]  # fmt: skip
    [article] = bio_mqm.read(io.BytesIO(json.dumps(entries).encode()), name="b")
    segments = list(article.segments)
    assert [segment.source for segment in segments] == ["One.", "Cats."]
    assert segments[1].flags == ()


# ── XML ──────────────────────────────────────────────────────────────────────


def test_an_article_comes_back_from_xliff_with_its_marks_and_reasons():
    flags = (
        Flag("Wrong term", "major", target_span=Span(0, 6), author="Rosa", time=NOON, comment="Non"),
        Flag("Grammar", "minor", target_span=Span(3, 9), source_span=Span(0, 3)),
        Flag("Omission", "minor", caret=4),
    )  # fmt: skip
    rejected = Correction("Le pont est là.", "Un pont.", "rejected", "Rosa", NOON, "Edith", NOON, reason="Trop court")  # fmt: skip
    segment = Segment("The bridge.", "Le pont est là.", flags=flags, corrections=(rejected,), score=0.5)  # fmt: skip
    made = Article("t", "en", "fr", segments=(segment,))
    data = b"".join(xliff2.write([made, replace(made, title="u")]))
    assert b"rejected: Trop court" in data
    assert b"<sm " in data, "marks that cross are no elements inside each other"
    for back in xliff2.read(io.BytesIO(data), name="a"):
        [found] = back.segments
        assert (found.score, found.flags) == (0.5, flags)
        assert found.corrections == (rejected,)


def test_each_type_of_issue_has_one_of_its():
    assert its.issue_type(Flag("Odd", "minor")) == "other"
    types = {its.issue_type(Flag(name, "minor")) for name in its.mqm.TYPES}
    assert {"terminology", "style", "locale-violation", "mistranslation"} <= types


def test_word_lists_of_one_named_column_are_no_named_ones():
    def read(data):
        return termbase.read(io.BytesIO(data.encode()), name="a.csv", languages=("en", "fr"))

    assert [(each.source, each.target) for each in read("source,mer\nstrike,grève")] == [("source", "mer"), ("strike", "grève")]  # fmt: skip


def test_an_article_without_a_title_names_none_in_tmx():
    data = b"".join(tmx.write([Article("", "en", "fr", segments=(Segment("a", "b"),))]))
    assert b'type="x-article"' not in data
