"""What other tools found is read from their files."""

import io
import json

import pytest

from articles.formats.interchange import Article, BadFile, Flag, Segment
from articles.formats.tables.findings import ExternalFinding, read_findings, readable_formats
from articles.formats.tables.jsonl import write
from articles.text.document import Span
from tests.cases import for_each


def findings_in(*rows, name="found.jsonl", **options):
    data = b"".join(
        row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows
    )
    return list(read_findings(io.BytesIO(data), name=name, **options))


def test_a_line_with_everything():
    row = {
        "article": 12,
        "segment": 3,
        "check": "gaps",
        "type": "omission",
        "severity": "Major",
        "score": 0.8,
        "message": "no words for “on Monday”",
        "source_spans": [[10, 19], "Monday"],
        "target_spans": ["le pont"],
        "caret": "lundi",
        "finder": "gap-finder",
    }
    assert findings_in(row) == [
        ExternalFinding(
            place="line 1",
            type="Omission",
            severity="major",
            score=0.8,
            check="gaps",
            finder="gap-finder",
            message="no words for “on Monday”",
            article="12",
            position=3,
            source=(Span(10, 19), "Monday"),
            target=("le pont",),
            caret="lundi",
        )
    ]


def test_a_line_with_the_least_of_each_kind():
    least = {"article": "The mayor", "segment": 3, "type": "Grammar"}
    texts = {"source": "Yes.", "target": "Oui.", "type": "Grammar", "caret": 0}
    assert findings_in(least, texts) == [
        ExternalFinding("line 1", "Grammar", article="The mayor", position=3),
        ExternalFinding("line 2", "Grammar", texts=("Yes.", "Oui."), caret=0),
    ]


@for_each(
    ("values", "field"),
    [
        ({"segment": "3"}, "segment"),
        ({"segment": True}, "segment"),
        ({"segment": None}, "segment"),
        ({"segment": None, "source": "Yes."}, "segment"),
        ({"source": 1, "target": "Oui."}, "source"),
        ({"type": "Fluency"}, "type"),
        ({"type": None}, "type"),
        ({"severity": "grave"}, "severity"),
        ({"severity": 5}, "severity"),
        ({"score": 1.5}, "score"),
        ({"score": "high"}, "score"),
        ({"score": True}, "score"),
        ({"article": 1.5}, "article"),
        ({"check": 7}, "check"),
        ({"message": []}, "message"),
        ({"source_spans": "Monday"}, "source_spans"),
        ({"source_spans": [[3, 3]]}, "source_spans"),
        ({"source_spans": [[-1, 3]]}, "source_spans"),
        ({"source_spans": [[1]]}, "source_spans"),
        ({"target_spans": [[1.0, 2]]}, "target_spans"),
        ({"target_spans": [7]}, "target_spans"),
        ({"caret": -1}, "caret"),
        ({"caret": 1.0}, "caret"),
    ],
)
def test_what_a_line_has_wrong_is_said(values, field):
    good = {"article": 1, "segment": 3, "type": "Grammar"}
    with pytest.raises(BadFile, match=f"line 2: “{field}” should be"):
        findings_in(good, good | values)


def test_what_is_no_json_is_said():
    with pytest.raises(BadFile, match="line 1: this is not a line of JSON"):
        findings_in(b"{")


EXPORTED = Article(
    "Bridges",
    "en",
    "fr",
    system="gap-finder",
    segments=[
        Segment("Yes.", "Oui."),
        Segment(
            "The mayor spoke on Monday.",
            "Le maire a parlé.",
            flags=(
                Flag("Grammar", "major", comment="withdrawn", status="removed"),
                Flag("Omission", "major", Span(16, 25), None, 16, "on Monday", author="rosa"),
                Flag("", "minor", target_span=Span(0, 2), category="Other"),
            ),
        ),
    ],
)


def test_the_flags_of_another_file_are_findings():
    texts = ("The mayor spoke on Monday.", "Le maire a parlé.")
    common = {"place": "Bridges · 2", "article": "Bridges", "texts": texts}
    found = findings_in(*write([EXPORTED]))
    assert found == [
        ExternalFinding(
            type="Omission",
            severity="major",
            finder="gap-finder",
            message="on Monday",
            category="Omission",
            source=(Span(16, 25),),
            caret=16,
            **common,
        ),
        ExternalFinding(
            type="", finder="gap-finder", category="Other", target=(Span(0, 2),), **common
        ),
    ]


@for_each("name", ["found.txt", "found.xyz"])
def test_a_file_that_holds_no_findings_is_refused(name):
    with pytest.raises(BadFile, match="cannot contain findings"):
        findings_in(b"words", name=name)


def test_lines_under_another_name_and_a_table_of_mqm_errors():
    assert (
        findings_in({"article": 1, "segment": 3, "type": "Grammar"}, name="found.NDJSON")[
            0
        ].position
        == 3
    )
    table = (
        b"wise\ttalk.1\t1\t1\trater3\tYes, <v>sir</v>.\tOui.\tAccuracy/Omission\tMajor\n"
        b"wise\ttalk.1\t2\t2\trater3\tNo.\tNon.\tNo-error\tNo-error\n"
    )
    for options in ({"name": "found.mqm.tsv"}, {"name": "mqm_en_fr.tsv", "format": "wmt"}):
        (found,) = findings_in(table, **options)
        assert (found.finder, found.type, found.severity, found.source) == (
            "wise",
            "Omission",
            "major",
            (Span(5, 8),),
        )
        assert found.texts == ("Yes, sir.", "Oui.")


def test_the_formats_are_those_that_are_read():
    assert {"wmt", "jsonl", "xliff"} <= set(readable_formats())
    assert "training" not in readable_formats()
