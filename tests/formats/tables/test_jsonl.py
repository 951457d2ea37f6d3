"""JSON Lines give back exactly what they were given, and name the line and the field of what is wrong."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats import interchange
from articles.formats.interchange import (
    Article,
    Assignment,
    BadFile,
    Correction,
    Event,
    Finding,
    Flag,
    Reply,
    Segment,
)
from articles.formats.tables import jsonl
from tests.cases import for_each
from tests.formats.strategies import articles, filled, names, quick, times


def load(data: bytes) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in jsonl.read(io.BytesIO(data), name="pairs")
    ]


@quick
@given(st.lists(articles(), min_size=1, max_size=2))
@pytest.mark.slow
def test_everything_comes_back(made):
    assert load(b"".join(jsonl.write(made))) == made


@quick
@given(
    st.lists(
        st.builds(Reply, filled, st.sampled_from(["answered", "kept", "upheld"]), names, times),
        max_size=3,
    )
)
def test_what_was_said_of_a_flag_comes_back(replies):
    flag = Flag("Omission", "major", replies=tuple(replies))
    back = Correction("b", "c", "rejected", reason="Not our style", cause="style")
    made = Article(
        "t", "en", "fr", segments=(Segment("a", "b", flags=(flag,), corrections=(back,)),)
    )
    assert load(b"".join(jsonl.write([made]))) == [made]


def test_bare_pairs_and_a_byte_order_mark_are_taken():
    data = '\ufeff{"source": "a", "target": "b"}\n\n{"source": "c", "target": ""}\n'.encode()
    assert load(data) == [Article("pairs", "", "", segments=(Segment("a", "b"), Segment("c", "")))]


def test_training_rows_are_the_approved_corrections():
    done = Segment(
        "a",
        "b",
        flags=(Flag("Omission", "major"),),
        corrections=(Correction("b", "c", "approved"),),
    )
    written = b"".join(
        jsonl.write_training([Article("t", "en", "fr", segments=(done, Segment("d", "e")))])
    )
    assert json.loads(written) == {
        "source_language": "en", "target_language": "fr", "source": "a", "machine": "b", "corrected": "c", "errors": ["Omission"]
    }  # fmt: skip


def test_a_backslash_before_zeros_is_no_nul():
    [back] = load(b'{"source": "\\\\u0000", "target": "b"}')
    assert back.segments[0].source == "\\u0000"


def test_what_only_a_whole_article_says_comes_back():
    flag = Flag("Omission", "major", finding=1, apart="kept", target_quote="gone", unplaced=False)
    finding = Finding(
        "dropped",
        "Omission",
        "major",
        0.5,
        "no “a”",
        finder="gaps",
        template="no “%(w)s”",
        values={"w": "a"},
    )
    segment = Segment(
        "One. Two.",
        "Un.",
        flags=(flag,),
        findings=(finding,),
        revision=7,
        source_sentences=((0, 4, 0), (5, 9, 1)),
    )
    event = Event("compared", "Edith", datetime(2026, 1, 31, tzinfo=UTC), {"readers": ["a"]}, 3)
    finished = datetime(2026, 1, 31, tzinfo=UTC)
    parts = (
        Assignment("rosa", "reviewer", "2026-12-01", finished),
        Assignment("edith", "approver", "2026-12-01", due_time="18:00"),
    )
    pages = {"page": b"<p>\xff", "source_page": b"\x00"}
    made = Article(
        "t",
        "en",
        "fr",
        "One. Two.",
        "Un.",
        (segment,),
        stage="compared",
        people=parts,
        events=(event,),
        **pages,
    )
    assert load(b"".join(jsonl.write([made]))) == [made]


START = b'{"kind": "article", "title": "t"}\n'


@for_each(
    ("line", "words"),
    [
        (b"", "the file is empty"),
        (b"{", "line 1: this is not a line of JSON (Expecting property name"),
        (b"\xff", "line 1: this is not a line of JSON (invalid start byte)"),
        (b"[" * 100_000, "line 1: this is not a line of JSON (too deep)"),
        (b'{"source": NaN}', "line 1: this is not a line of JSON (a number that is none)"),
        (b"[]", "line 1: a line should be one JSON object"),
        (b'{"source": "\\ud800", "target": ""}', "line 1: the text contains half a character"),
        (b'{"source": "a", "flags": [{"a\\u0000": 1}]}', "line 1: the file contains NUL"),
        (b'{"kind": "segment"}', "line 1: a segment comes before any article"),
        (b'{"kind": "person"}', "line 1: “person” is an unknown kind"),
        (b'{"kind": "article", "source": ""}', "line 1: “source” should be an object"),
        (b'{"kind": "article", "title": 1}', "line 1: “title” should be a text"),
        (START + b'{"kind": "segment"}', "line 2: “source” is missing"),
        (b'{"source": 1, "target": ""}', "line 1: “source” should be a text"),
        (b'{"source": "", "score": 2}', "line 1: “score” should be a number from 0 to 1"),
        (b'{"source": "", "source_span": [1]}', "line 1: “source_span” should be [start, end]"),
        (b'{"source": "", "source_span": [2, 1]}', "line 1: “source_span” should be [start, end]"),
        (
            b'{"source": "", "source_span": [-1, 1]}',
            "line 1: “source_span” should be a position in a text",
        ),
        (
            b'{"source": "", "source_sentences": [[1, 2]]}',
            "line 1: “source_sentences” should be [start, end, paragraph]",
        ),
        (b'{"source": "", "revision": "1"}', "line 1: “revision” should be a position in a text"),
        (b'{"kind": "article", "target": {"page": "%%%"}}', "line 1: “page” should be Base64"),
        (b'{"kind": "article", "people": [{"person": "rosa"}]}', "line 1: “role” is missing"),
        (
            b'{"source": "", "flags": [{"type": "x", "severity": "minor", "unplaced": 1}]}',
            "line 1: “unplaced” should be true / false",
        ),
        (b'{"source": "", "flags": 1}', "line 1: “flags” should be a list"),
        (
            b'{"source": "", "flags": [{"type": "x", "severity": "minor", "replies": [{}]}]}',
            "line 1: “text” is missing",
        ),
        (b'{"source": "", "flags": [1]}', "line 1: “flag” should be an object"),
        (b'{"source": "", "flags": [{"type": "x"}]}', "line 1: “severity” is missing"),
        (
            b'{"source": "", "flags": [{"type": "x", "severity": "bad"}]}',
            "line 1: “severity” should be neutral, minor",
        ),
        (
            b'{"source": "", "events": [{"act": "x", "time": "now"}]}',
            "line 1: “time” should be a time",
        ),
        (
            b'{"source": "", "events": [{"act": "x", "details": []}]}',
            "line 1: “details” should be an object",
        ),
    ],
)
def test_what_is_wrong_is_named(line, words):
    with pytest.raises(BadFile) as refused:
        load(line)
    assert str(refused.value).startswith(words)


def test_a_surrogate_pair_is_a_character_and_a_time_without_zone_is_utc():
    data = b'{"source": "\\ud83d\\ude00", "target": "", "events": [{"act": "x", "time": "2026-01-31T12:00:00"}]}'
    (segment,) = load(data)[0].segments
    assert segment.source == "😀"
    assert segment.events[0].time.isoformat() == "2026-01-31T12:00:00+00:00"


def test_size_is_bounded(monkeypatch):
    data = b'{"source": "aaaaaaaaaaaaaaaaaaa"}\n' * 4
    monkeypatch.setattr(jsonl, "_LINE", 20)
    with pytest.raises(BadFile, match="line is too long"):
        load(data)
    monkeypatch.undo()
    monkeypatch.setattr(jsonl, "LARGEST_TABLE", 40)
    with pytest.raises(BadFile, match="larger than"):
        load(data)
    assert interchange.LARGEST_TABLE > 100_000_000


LINES = {
    '{"en": "A", "fr": "B", "score": 1}': ("A", "B", "", "en", "fr"),
    '{"id": 7, "translation": {"fr-CA": "A", "en": "B"}}': ("A", "B", "7", "fr", "en"),
    '{"src": "A", "mt": "B", "ref": null}': ("A", "B", "", "", ""),
    '{"src": "A", "hypothesis": null}': ("A", "", "", "", ""),
    '{"source": "A", "mt": "B"}': ("A", "B", "", "", ""),
    '{"source_text": "A", "machine_translation": "B"}': ("A", "B", "", "", ""),
}


def test_texts_may_be_named_in_other_ways():
    found = {}
    for line in LINES:
        article = next(jsonl.read(io.BytesIO(line.encode()), name="a"))
        (pair,) = article.segments
        languages = (article.source_language, article.target_language)
        found[line] = (pair.source, pair.target, pair.id, *languages)
    assert found == LINES
