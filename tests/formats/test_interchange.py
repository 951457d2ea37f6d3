"""Articles stream: their segments are read one at a time, and passing over them loses nothing that follows."""

from datetime import UTC, datetime

import pytest

from articles.formats.annotation.shared import time_from_milliseconds
from articles.formats.interchange import (
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    group_segments,
    time_or_none,
)
from articles.formats.json_codec import read_record
from articles.text.document import Span


def rows(read):
    for title in ("a", "b"):
        article = Article(title, "en", "fr")
        for number in range(3):
            read.append(f"{title}{number}")
            yield article, Segment(f"{title}{number}", "")
    yield Article("empty", "en", "fr"), None


def test_segments_stream_and_may_be_passed_over():
    read = []
    articles = group_segments(rows(read))
    first = next(articles)
    assert next(iter(first.segments)).source == "a0"
    assert len(read) == 2
    second = next(articles)
    assert (second.title, [segment.source for segment in second.segments]) == (
        "b",
        ["b0", "b1", "b2"],
    )
    last = next(articles)
    assert (last.title, list(last.segments)) == ("empty", [])
    assert next(articles, None) is None
    assert list(group_segments([])) == []


def test_the_final_text_is_the_latest_approved_or_the_machines():
    segment = Segment(
        "a", "b", corrections=(Correction("b", "c", "approved"), Correction("b", "d", "rejected"))
    )
    assert segment.final == "c"
    assert Segment("a", "b").final == "b"


def test_a_flag_without_a_place_needs_locating():
    assert Flag("Omission", "major").needs_locating
    assert not Flag("Omission", "major", caret=0).needs_locating
    assert not Flag("Omission", "major", source_span=Span(0, 1)).needs_locating
    assert Flag("Omission", "major", caret=0, unplaced=True).needs_locating
    assert not Flag("Omission", "major", unplaced=False).needs_locating


def test_a_time_that_another_zone_puts_beyond_the_calendar_is_none():
    for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"):
        assert time_or_none(text) is None
        with pytest.raises(BadFile, match="2026-01-31T12:00:00Z"):
            read_record(Flag, {"type": "Omission", "severity": "major", "time": text}, "row 1")
    assert time_from_milliseconds(253_402_300_799_000) is None
    assert time_from_milliseconds(1_769_860_800_000) == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_time_without_a_zone_is_in_utc_and_other_text_is_no_time():
    assert time_or_none("2026-01-31T12:00:00Z") == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert time_or_none("2026-01-31T12:00:00") == datetime(2026, 1, 31, 12, tzinfo=UTC)
    for text in ("", "31.01.26 12:00", "soon"):
        assert time_or_none(text) is None
