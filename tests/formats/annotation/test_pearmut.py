"""Pearmut: cells of its page, answers that replace others, and what is no translation."""

import io
import json
from dataclasses import replace

import pytest

from articles.formats.annotation import pearmut
from articles.formats.interchange import Article, BadFile, Flag, Segment
from articles.text.document import Span
from tests.cases import for_each


def read(*values) -> list[Article]:
    data = "\n".join(json.dumps(each) for each in values).encode()
    return [
        replace(each, segments=tuple(each.segments))
        for each in pearmut.read(io.BytesIO(data), name="p")
    ]


def result(target: str, *spans, user="rosa", item=0, **more):
    annotation = {"m": {"score": None, "error_spans": list(spans)} | more}
    return {
        "user_id": user,
        "item_i": item,
        "item": [{"src": "a", "tgt": {"m": target}, "item_id": "d#1"}],
        "annotation": [annotation],
    }


def span(start, end, **more):
    return {"start_i": start, "end_i": end, "severity": "minor", "category": None, **more}


def warnings_of(article) -> list[str]:
    return [warning.sentence for warning, _count in article.warnings]


@for_each(
    ("target", "start", "end", "words"),
    [
        ("👩 chat", 3, 6, "chat"),  # split("") makes two cells of an emoji
        ("👩 chat", 1, 1, "👩"),  # half of it counts whole
        ("un\ndeux", 2, 5, "deux"),  # a line end is a break and no cell
        ("e\u0301te\u0301\u202f!", 5, 6, "\u202f!"),
        ("שלום", 0, 3, "שלום"),
        ("un", 0, 9, "un"),
    ],
)
def test_offsets_are_cells_of_the_page(target, start, end, words):
    (article,) = read(result(target, span(start, end)))
    assert article.segments[0].flags[0].target_span.of(target) == words


@for_each("target", ["chat", "👩\nx", ""])
def test_the_cell_behind_the_text_is_an_omission(target):
    units = len(target.replace("\n", "").encode("utf-16-le")) // 2
    (article,) = read(result(target, span(units, units)))
    assert [(flag.type, flag.target_span) for flag in article.segments[0].flags] == [
        ("Omission", None)
    ]
    made = Article(
        "d",
        "en",
        "fr",
        segments=(
            Segment("a", target, flags=(Flag("Omission", "major", source_span=Span(0, 1)),)),
        ),
    )
    written = json.loads(b"".join(pearmut.write([made])))["data"][0][0][0]["error_spans"][
        "machine"
    ][0]
    assert (written["start_i"], written["end_i"]) == (
        units,
        units,
    )  # Pearmut passes over a span beyond its last cell


def test_other_cells_behind_the_text_are_what_the_campaign_calls_them():
    spans = {"m": [span(2, 2), span(3, 3), span(9, 9, category="Accuracy/Omission")], "n": 7}
    item = {"src": "a", "tgt": {"m": "un"}, "error_spans": spans}
    info = {"protocol": "ESA", "special_tokens": ["[instruction fault]", "[missing]"]}
    (article,) = read({"info": info, "data": [[item]]})
    assert [(flag.type, flag.category) for flag in article.segments[0].flags] == [
        ("", "[instruction fault]"), ("Omission", ""), ("Omission", "Accuracy/Omission"),
    ]  # fmt: skip


def test_the_last_answer_counts_and_none_before_a_reset():
    first, second = result("un", span(0, 0)), result("un", span(1, 1))
    (article,) = read(
        first,
        second,
        result("un", span(0, 1), user="otto"),
        {"user_id": "otto", "item_i": 0, "annotation": "__RESET__"},
    )
    assert [(flag.author, flag.target_span) for flag in article.segments[0].flags] == [
        ("rosa", (1, 2))
    ]
    assert warnings_of(article) == ["answers undone by a reset are left out"]


def test_what_is_no_translation_is_left_out_and_said():
    form = {
        "user_id": "rosa",
        "item_i": 1,
        "item": [{"text": "How old?", "form": "number"}],
        "annotation": [["7"]],
    }
    (article,) = read(
        form,
        result("un", item="welcome_0"),
        result("un", item="random_0"),
        result("deux", score=70),
    )
    assert [each.target for each in article.segments] == ["deux"]
    assert warnings_of(article) == [
        "an answer to an attention check says nothing about the translation and is left out",
        "a question to the annotator is no translation and is left out",
        "scores for whole segments are not imported; only the marks are",
    ]


def test_what_people_wrote_becomes_remarks():
    answer = result("un", textfield="une") | {"comment": "the noun is feminine"}
    (article,) = read(answer)
    assert article.segments[0].flags == (
        Flag("", "neutral", comment="une", author="rosa"), Flag("", "neutral", comment="the noun is feminine", author="rosa"),
    )  # fmt: skip
    assert read(result("un", textfield="un"))[0].segments[0].flags == ()


@for_each(
    "values", [{"user_id": "u", "item_i": 0, "annotation": {"m": {}}}, {"c": [7]}, {"data": [7]}]
)
def test_what_is_not_pearmuts_is_refused(values):
    with pytest.raises(BadFile, match="neither a Pearmut campaign nor its answers"):
        read(values)
