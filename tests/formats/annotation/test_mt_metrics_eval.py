"""mt-metrics-eval: its tables of ratings find their texts in companion files."""

import io
import json
from dataclasses import replace

import pytest

from articles.formats.annotation import mt_metrics_eval
from articles.formats.interchange import BadFile, CompanionFiles, Flag, Segment
from articles.text.document import Span
from tests.cases import for_each

SOURCES = "The cat 👩 sleeps.\nIt dreams.\nIt wakes.\n"
TEXTS = {
    "en-fr.txt": SOURCES,
    "sysA.txt": "Le chat 👩 dort.\n\nIl s’éveille.\n",
    "en-fr.docs": "news storm\nnews storm\nnews calm\n",
}


def rating(*errors) -> str:
    return json.dumps({"errors": list(errors)})


def read(rows: str, *, name="en-fr.mqm.merged.seg.rating", **texts):
    texts = TEXTS | {key.replace("_", "."): value for key, value in texts.items()}
    companion_files = CompanionFiles(
        {
            key: (lambda text=text: io.BytesIO(text.encode()))
            for key, text in texts.items()
            if text is not None
        }
    )
    found = mt_metrics_eval.read_ratings(
        io.BytesIO(rows.encode()), name=name, companion_files=companion_files
    )
    return [replace(each, segments=tuple(each.segments)) for each in found], companion_files


def test_a_table_of_ratings_with_its_texts():
    wrong = {
        "start": 8,
        "end": 9,
        "category": "Accuracy/Mistranslation",
        "severity": "Major",
        "score": 5,
        "is_source_error": False,
    }
    lost = {"start": 4, "end": 9, "category": None, "severity": None, "is_source_error": True}
    (storm, calm), companion_files = read(
        f"sysA\t{rating(wrong, lost)}\trater1\nsysA\tNone\nsysA\t{rating()}\n"
    )
    assert (storm.title, storm.system, storm.source_language, storm.target_language) == (
        "storm",
        "sysA",
        "en",
        "fr",
    )
    assert storm.segments == (
        Segment("The cat 👩 sleeps.", "Le chat 👩 dort.", id="0", flags=(
            Flag("Mistranslation", "major", target_span=Span(8, 9), author="rater1", category="Accuracy/Mistranslation"),
            Flag("", "neutral", source_span=Span(4, 9), author="rater1"),
        )),
    )  # fmt: skip
    assert calm.segments == (Segment("It wakes.", "Il s’éveille.", id="2"),)
    assert [str(warning) for warning, _count in storm.warnings] == [
        "line 2: a segment that nobody rated is left out"
    ]
    assert companion_files.used == set(TEXTS)


def test_a_place_beyond_all_numbers_is_no_place():
    beyond = '{"errors": [{"start": 1e999, "end": 9}]}'
    (storm, _calm), _companions = read(f"sysA\t{beyond}\trater1\nsysA\tNone\nsysA\t{rating()}\n")
    assert [flag.target_span for flag in storm.segments[0].flags] == [None]


def test_without_names_of_documents_and_raters():
    (article,), _beside = read(
        f"sysA\t{rating({'start': 0, 'end': 2})}\n", en_fr=None, **{"en-fr_docs": None}
    )
    assert article.title == "en-fr"
    assert article.segments[0].flags[0].author == "merged"


@for_each(
    ("rows", "more", "words"),
    [
        ("sysB\tNone\n", {}, "choose “sysB.txt” together with it"),
        ("sysA\tNone\n", {"en-fr_txt": None}, "choose “en-fr.txt” together with it"),
        ("sysA\tNone\n", {"name": "x.seg.rating"}, "name the file as mt-metrics-eval does"),
        ("sysA\n", {}, "line 1: this row has 1 cells"),
        ("sysA\tNone\n" * 4, {}, "line 4: there are more ratings of “sysA”"),
        ("sysA\t{\n", {}, "line 1: this is not a line of JSON"),
        ('sysA\t{"errors": 7}\n', {}, "line 1: “errors” should be a list"),
    ],
)
def test_what_is_missing_is_named(rows, more, words):
    with pytest.raises(BadFile) as refused:
        read(rows, **more)
    assert words in str(refused.value)
