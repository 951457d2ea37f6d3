"""Appraise: what its pages showed and what people marked there, by the rules of its own code."""

import io
import json
from dataclasses import replace

import pytest

from articles.formats.annotation import appraise, appraise_answers
from articles.formats.interchange import BadFile, CompanionFiles, Flag, Segment
from tests.cases import for_each

ITEM = {
    "itemID": 5,
    "itemType": "TGT",
    "targetID": "s",
    "documentID": "d#s",
    "sourceText": "a",
    "targetText": "un",
}
TASK = {"sourceLanguage": "eng", "targetLanguage": "fra"}
ROW = 'rosa,s,5,TGT,eng,fra,0,d#s,False,"{}",0,60\n'


def batches(*items) -> bytes:
    return json.dumps([{"task": TASK, "items": list(items)}]).encode()


def read(data: bytes):
    return [
        replace(each, segments=tuple(each.segments))
        for each in appraise.read(io.BytesIO(data), name="b.json")
    ]


def answered(rows: str, *items):
    companion_files = CompanionFiles(
        {
            "x.txt": io.BytesIO,
            "c.json": lambda: io.BytesIO(b"{}"),
            "b.json": lambda: io.BytesIO(batches(*items)),
        }
    )
    articles = list(
        appraise_answers.read_answers(
            io.BytesIO(rows.encode()), name="a.csv", companion_files=companion_files
        )
    )
    assert companion_files.used == {"b.json"}
    return articles


def exported(*rows):
    data = "\n".join(json.dumps(row) for row in rows).encode()
    return list(appraise_answers.read_export(io.BytesIO(data), name="a.jsonl"))


def mark(start, end, **more):
    return {"start_i": start, "end_i": end, "severity": "major", **more}


def warnings_of(article) -> list[tuple[str, int]]:
    return [(warning.sentence, count) for warning, count in article.warnings]


@for_each(
    ("target", "start", "end", "words"),
    [
        ("👩 chat", 3, 6, "chat"),  # an emoji counts two
        ("e\u0301te\u0301 bleu", 0, 4, "e\u0301te\u0301"),  # letter and accent count one each
        ("\u202f« oui »", 0, 0, "«"),  # the page takes blanks off before it counts
        ("שלום עולם", 5, 8, "עולם"),
        ("un\ndeux", 3, 6, "deux"),  # line ends counted when batches were read with spans
        ("un", 0, 2, "un"),  # what reaches beyond the text ends with it
        ("un", 2, 3, None),  # beyond the text: nobody knows which words were meant
        ("un", 1, 0, None),
        ("un", True, "x", None),
        ("", 0, 0, None),
    ],
)
def test_offsets_are_units_of_what_the_page_shows(target, start, end, words):
    (article,) = read(batches(ITEM | {"targetText": target, "mqm": [mark(start, end)]}))
    span = article.segments[0].flags[0].target_span
    assert (span and span.of(target)) == words


def test_missing_is_an_omission_and_unknown_severities_are_remarks():
    marks = [
        mark("missing", "missing", severity="undecided"),
        mark("missing", "missing", error_type=["Accuracy", "Addition"]),
    ]
    (article,) = read(
        batches(ITEM | {"sourceText": "<video src='x'></video>a < b", "mqm": {"payload": marks}})
    )
    assert article.segments == (
        Segment("a < b", "un", id="5", flags=(Flag("Omission", "neutral"), Flag("Addition", "major", category="Accuracy/Addition"))),
    )  # fmt: skip
    assert (article.title, article.system, article.source_language, article.target_language) == (
        "d",
        "s",
        "en",
        "fr",
    )


def test_two_targets_beside_each_other_are_two_systems():
    targets = [
        {"targetID": "one", "targetText": "un"},
        {"targetID": "two", "targetText": "deux", "mqm": [mark(0, 3)]},
    ]
    first, second = read(
        batches(
            {"itemID": 1, "documentID": "d", "segmentText": "a", "targets": targets, "_item": "d.7"}
        )
    )
    assert (first.system, first.segments[0].flags, first.segments[0].id) == ("one", (), "d.7")
    assert (second.system, second.segments[0].flags[0].target_span) == ("two", (0, 4))


def test_answers_are_read_with_their_batches():
    spans = '[{""start_i"": 0, ""end_i"": 0, ""severity"": ""critical"", ""error_type"": [""Style"", ""Organization style""]}]'
    rows = (
        ROW.format("[]")
        + ROW.format(spans).replace(",0,d#s", ",80,d#s")
        + ROW.replace("TGT", "BAD")
        + ROW.replace("rosa", "otto").format("").replace("60", "x")
    )
    (article,) = answered(rows, ITEM)
    (flag,) = article.segments[0].flags
    assert (flag.type, flag.severity, flag.target_span, flag.author) == (
        "Organizational style",
        "critical",
        (0, 1),
        "rosa",
    )
    assert flag.time.timestamp() == 60
    assert warnings_of(article) == [
        ("scores for whole segments are not imported; only the marks are", 1),
        ("an earlier answer by the same person, which a later one replaces, is left out", 1),
        ("an answer to an attention check says nothing about the translation and is left out", 1),
    ]


LINE = {"annotator": "rosa", "source_id": "x", "source_text": "One &amp; two", "target_id": "s", "target_text": "un",
        "score": 90, "mqm_annotations": "[]", "item_id": 5, "item_type": "TGT", "source_language": "eng",
        "target_language": "fra", "document_id": "d#s", "end_time": 60.5}  # fmt: skip


def test_answers_in_json_lines_hold_their_texts():
    other = LINE | {
        "annotator": "otto",
        "mqm_annotations": json.dumps(json.dumps([mark(0, 1)])),
        "score": None,
    }
    (article,) = exported(LINE, other, LINE | {"item_type": "CHK"})
    (segment,) = article.segments
    assert (segment.source, segment.target, segment.id) == ("One & two", "un", "5")
    assert [(flag.author, flag.target_span) for flag in segment.flags] == [("otto", (0, 2))]
    assert (article.title, article.source_language, article.target_language) == ("d", "en", "fr")
    assert [count for _sentence, count in warnings_of(article)] == [1, 1]


@for_each(
    ("target", "text", "start", "end", "words"),
    [
        ("un\ndeux", "un\ndeux", 2, 5, "deux"),  # the page of these answers counts no line end …
        ("un<br/>deux", "un\ndeux", 3, 6, "deux"),  # … but those that are mark-up
        ('un <span class="diff diff-sub">chat</span>', "un chat", 3, 6, "chat"),
        ("👩\nchat", "👩\nchat", 2, 5, "chat"),
    ],
)
def test_the_page_of_these_answers_counts_in_its_own_way(target, text, start, end, words):
    (article,) = exported(LINE | {"target_text": target, "mqm_annotations": [mark(start, end)]})
    assert article.segments[0].target == text
    assert article.segments[0].flags[0].target_span.of(text) == words


def test_answers_to_several_targets():
    targets = [
        {"target_id": "one", "target_text": "un", "score": 1},
        {
            "target_id": "two",
            "target_text": "deux",
            "mqm_annotations": {"payload": [mark(0, 0)]},
            "segment_id": 9,
        },
    ]
    one, two = exported(
        {key: value for key, value in LINE.items() if key != "mqm_annotations"}
        | {"targets": targets}
    )
    assert (one.system, one.segments[0].flags) == ("one", ())
    assert (two.system, two.segments[0].flags[0].target_span) == ("two", (0, 1))


@for_each(
    ("rows", "words"),
    [
        ("a,b\n", "line 1: this row has 2 cells where twelve"),
        (ROW.replace(",5,", ",6,").format("[]"), "line 1: the item 6 is not in the batches"),
        (ROW.format("7"), "line 1: the marks of this answer are not a list"),
    ],
)
def test_wrong_answers_are_named(rows, words):
    with pytest.raises(BadFile) as refused:
        answered(rows, ITEM)
    assert str(refused.value).startswith(words)


def test_what_misses_its_texts_is_refused():
    with pytest.raises(BadFile, match="choose its batches"):
        list(
            appraise_answers.read_answers(
                io.BytesIO(b""), name="a.csv", companion_files=CompanionFiles()
            )
        )
    with pytest.raises(BadFile, match="line 1: this answer has no"):
        exported(LINE | {"targets": [7], "target_text": None})
    with pytest.raises(BadFile, match="not a list of Appraise batches"):
        read(batches(ITEM | {"targetText": 7}))
