"""Anthea: the file a rater saves, and the table made of it; tokens become places by the rules of its code."""

import io
import json
from dataclasses import replace

import pytest

from articles.formats.annotation import anthea, wmt
from articles.formats.interchange import BadFile
from articles.text.document import Span
from tests.cases import for_each

TEMPLATE = {
    "errors": {
        "accuracy": {
            "display": "Accuracy",
            "subtypes": {"mistranslation": {"display": "Mistranslation"}},
        }
    }
}


def mark(start, end, **more):
    return {"location": "translation", "start": start, "end": end, "severity": "major", "type": "accuracy",
            "subtype": "mistranslation", "metadata": {"timestamp": 1000, "note": "why"}} | more  # fmt: skip


def saved(targets, results, **more):
    sources = ["One." if target else "" for target in targets]
    document = {
        "doc": "storm:en:fr",
        "sys": "s",
        "srcSegments": sources,
        "tgtSegments": list(targets),
    }
    return {"raterId": "rosa", "projectName": "p", "templateName": "MQM", "template": TEMPLATE, "parsedDocSys": [document],
            "results": results, "srcLang": "en", "tgtLang": "fr"} | more  # fmt: skip


def read(values):
    data = json.dumps(values).encode()
    return [
        replace(each, segments=tuple(each.segments))
        for each in anthea.read(io.BytesIO(data), name="a")
    ]


def seen(*errors, **more):
    return {"visited": True, "errors": list(errors), "timestamp": 2000} | more


def only_flag(target, error):
    (article,) = read(saved([target], [seen(error)]))
    return article.segments[0].target, article.segments[0].flags[0]


@for_each(
    ("target", "start", "end", "words", "more"),
    [
        (
            "Le chat 👩 dort.",
            2,
            4,
            "chat 👩",
            {},
        ),  # words and blanks are tokens, the end is included
        (
            "l’\u200bété\u200b\u200b !",
            1,
            1,
            "été",
            {},
        ),  # a zero-width space parts tokens and is none
        ("Le  chat", 2, 2, "chat", {"selected": "chat"}),  # a run of blanks is one token …
        ("Le  chat", 3, 3, "chat", {"selected": "chat"}),  # … and was several before
        ("Le\nchat", 2, 2, "chat", {}),
        ("Le chat", 2, 3, "chat", {}),  # the blank shown behind the text
        ("Le chat", 0, 0, "chat", {"selected": " chat"}),  # the words decide
        ("Le chat", 0, 0, "Le", {"selected": "chien"}),
        ("Le chat", 7, 9, "chat", {"selected": "chat"}),
        ("Le chat", 7, 9, None, {}),
        ("Le chat", -1, -1, None, {}),
        ("e\u0301te\u0301 שלום", 2, 2, "שלום", {}),
    ],
)
def test_offsets_are_tokens(target, start, end, words, more):
    text, flag = only_flag(target, mark(start, end, **more))
    assert text == target.replace("\u200b", "")
    assert (flag.target_span and flag.target_span.of(text)) == words


def test_a_mark_says_what_and_why():
    _text, flag = only_flag(
        "Le chat", mark(0, 0, location="source", metadata=None, note="lost", severity="critical")
    )
    assert (flag.type, flag.category, flag.severity) == (
        "Mistranslation",
        "Accuracy/Mistranslation",
        "critical",
    )
    assert (
        flag.source_span,
        flag.target_span,
        flag.comment,
        flag.author,
        flag.time.timestamp(),
    ) == (
        (0, 4),
        None,
        "lost",
        "rosa",
        2,
    )
    _text, flag = only_flag(
        "Le chat", {"severity": "non-translation", "metadata": {"timestamp": "x"}}
    )
    assert (flag.type, flag.severity, flag.needs_locating, flag.time) == (
        "",
        "critical",
        True,
        None,
    )
    _text, flag = only_flag("Le chat", mark(0, 0, type="other", subtype="", severity="trivial"))
    assert (flag.type, flag.category, flag.severity) == ("", "other", "minor")


def test_paragraphs_segments_not_seen_and_marks_taken_back():
    results = [
        seen(mark(0, 0, marked_deleted=True), mark(0, 0, severity="HOTW-test")),
        {"visited": False},
        {"visited": True},
    ]
    values = saved(["Un.", "", "Deux.", "Trois."], results) | {
        "parameters": {"source_language": "en-GB", "target_language": "fr-FR"}
    }
    values["parsedDocSys"][0]["doc"] = "storm:en-GB:fr-FR"
    (article,) = read(values)
    assert (article.title, article.system, article.source_language, article.target_language) == (
        "storm",
        "s",
        "en",
        "fr",
    )
    assert [(each.id, each.target, each.flags) for each in article.segments] == [
        ("1", "Un.", ()),
        ("3", "Trois.", ()),
    ]
    assert [warning.sentence for warning, _count in article.warnings] == [
        "a mark that the rater removed is left out",
        "an answer to an attention check says nothing about the translation and is left out",
        "a segment that the rater did not reach is left out",
    ]


def test_segments_without_source_had_no_result_once():
    values = saved(["Un.", "Deux."], [seen()])
    values["parsedDocSys"][0]["srcSegments"][0] = ""
    assert [each.target for each in read(values)[0].segments] == ["Deux."]


@for_each(
    "values", [[], {}, saved(["Un."], [7]), saved(["Un.", "Deux."], [seen(), seen(), seen()])]
)
def test_what_is_not_antheas_is_refused(values):
    with pytest.raises(BadFile, match="not an evaluation that Anthea saved"):
        read(values)


def row(target, category, severity, **metadata):
    cells = [
        "s",
        "storm:en-GB:fr",
        "1",
        "storm:en-GB:fr:1",
        "p:rosa",
        "One.",
        target,
        category,
        severity,
        json.dumps(metadata),
    ]
    return "\t".join(cells) + "\n"


def test_the_table_has_no_header_and_names_its_languages():
    tokens = {"source_tokens": ["One."], "target_tokens": ["Le", " ", "chat", "dort"]}
    data = (
        row("Le  chatdort", "No-error", "No-error", segment=tokens)
        + row("Le  chatdort", "Accuracy/Mistranslation", "trivial", target_spans=[[2, 3]])
        + row("Le  chatdort", "Accuracy/Mistranslation", "major", target_spans=[[3, 4]])
        + row("Le  <v>chatdort</v>", "Accuracy/Mistranslation", "major", target_spans=[[9, 9]])
        + row("Le  chatdort", "Missed", "HOTW-test")
    )
    (article,) = wmt.read(io.BytesIO(data.encode()), name="t")
    assert wmt.recognises(data.encode())
    assert (article.source_language, article.target_language) == ("en", "fr")
    assert [flag.target_span for flag in article.segments[0].flags] == [
        Span(4, 12),
        Span(8, 12),
        Span(4, 12),
    ]
    assert [(str(warning), count) for warning, count in article.warnings] == [
        (
            "line 5: an answer to an attention check says nothing about the translation and is left out",
            1,
        )
    ]


def test_tokens_of_another_system_are_not_taken():
    one = row(
        "Un chat",
        "Other",
        "minor",
        target_spans=[[0, 0]],
        segment={"target_tokens": ["Un", " ", "chat"]},
    )
    two = row("Le chien", "Other", "minor", target_spans=[[0, 0]]).replace("s\t", "t\t", 1)
    three = row(
        "Le chien",
        "Other",
        "minor",
        target_spans=[[0, 0]],
        segment={"target_tokens": ["Un", " ", "chat"]},
    ).replace("s\t", "u\t", 1)
    articles = list(wmt.read(io.BytesIO((one + two + three).encode()), name="t"))
    assert [each.segments[0].flags[0].target_span for each in articles] == [(0, 2), None, None]
