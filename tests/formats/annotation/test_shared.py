"""The tables of annotators: every flag comes back on its words, whatever the format counts in."""

import gzip
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given

from articles.formats.annotation import (
    appraise,
    appraise_answers,
    bio_mqm,
    mt_metrics_eval,
    pearmut,
    wmt,
)
from articles.formats.annotation import shared as annotation_shared
from articles.formats.annotation.shared import Row, gather_articles, mqm_type
from articles.formats.interchange import Article, BadFile, CompanionFiles, Correction, Flag, Segment
from articles.scoring import mqm
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.strategies import articles, quick
from tests.shared import shared


def load(read, data: bytes, **more) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in read(io.BytesIO(data), name="table", **more)
    ]


def one_sided(flag: Flag) -> Flag:
    """The flag with the one place that a table with one mark a row has for it."""
    if flag.source_span and (flag.type == "Omission" or not flag.target_span):
        return replace(flag, target_span=None, caret=None)
    return replace(flag, source_span=None)


def bare(flag: Flag) -> tuple:
    return flag.type, flag.severity, flag.author, flag.source_span, flag.target_span, flag.caret


def flags_of(article: Article, change) -> list[list[tuple]]:
    return [
        sorted((bare(change(flag)) for flag in segment.flags), key=repr)
        for segment in article.segments
    ]


def texts_of(article: Article, change=str) -> list[tuple[str, str]]:
    return [(change(segment.source), change(segment.target)) for segment in article.segments]


@quick
@given(articles())
def test_wmt(made):
    (back,) = load(wmt.read, b"".join(wmt.write([made])))
    assert texts_of(back) == texts_of(made, wmt.clean_cell)
    expected = [
        [(flag.type, wmt._BREAK.sub(" ", flag.comment)) for flag in each.flags]
        for each in made.segments
    ]
    assert [
        [(flag.type, flag.comment) for flag in each.flags] for each in back.segments
    ] == expected


def test_wmt_keeps_every_place():
    emoji = Segment("a 👩 b", "e\u0301 שלום\u202f!", id="1", flags=(
        Flag("Omission", "major", source_span=Span(2, 3), target_span=Span(0, 2), author="r1", category="Accuracy/Omission"),
        Flag("Overtranslation", "minor", target_span=Span(3, 7), author="r2", category="Accuracy/Overtranslation"),
        Flag("Mistranslation", "neutral", caret=9, author="r2", category="Accuracy/Mistranslation"),
        Flag("", "critical", author="r2", category="Other"),
    ))  # fmt: skip
    made = Article("d", "en", "fr", segments=(emoji, Segment("c", "", id="2")), system="s")
    (back,) = load(wmt.read, b"".join(wmt.write([made])))
    assert back == replace(made, source_language="", target_language="", segments=(
        replace(emoji, flags=(replace(emoji.flags[0], target_span=None), *emoji.flags[1:])), made.segments[1],
    ))  # fmt: skip


@quick
@given(articles())
def test_marot_keeps_both_sides(made):
    (back,) = load(wmt.read, b"".join(wmt.write_marot([made])))
    assert (back.source_language, back.target_language) == ("en", "fr")
    expected = [
        [
            (
                *bare(flag)[:2],
                flag.source_span,
                flag.target_span,
                wmt._BREAK.sub(" ", flag.comment),
                flag.time,
            )
            for flag in each.flags
        ]
        for each in made.segments
    ]
    found = [
        [
            (
                *bare(flag)[:2],
                flag.source_span,
                flag.target_span,
                wmt._BREAK.sub(" ", flag.comment),
                flag.time,
            )
            for flag in each.flags
        ]
        for each in back.segments
    ]
    assert found == expected


@quick
@given(articles())
def test_mt_metrics_eval(made):
    (back,) = load(mt_metrics_eval.read, b"".join(mt_metrics_eval.write([made])))
    assert texts_of(back) == texts_of(made)
    assert flags_of(back, replace) == flags_of(made, one_sided)


@quick
@given(articles())
@pytest.mark.slow
def test_bio_mqm(made):
    made = replace(
        made,
        segments=tuple(
            replace(each, source=f"{number} {each.source}", flags=()) if number else each
            for number, each in enumerate(made.segments)
        ),
    )
    (back,) = load(bio_mqm.read, b"".join(bio_mqm.write([made])))
    assert texts_of(back) == texts_of(made)
    assert flags_of(back, replace) == flags_of(
        made, lambda flag: replace(one_sided(flag), caret=None)
    )


def shown(flag: Flag, text: str) -> bool:
    """Whether the flag's place in the target, if it has one, is among what a page shows of it."""
    inside = range(
        len(text) - len(text.lstrip(appraise._BLANKS)), len(text.rstrip(appraise._BLANKS)) + 1
    )
    return flag.target_span is None or (
        flag.target_span.start in inside and flag.target_span.end in inside
    )


@quick
@given(articles())
def test_appraise(made):
    def only_target(flag: Flag) -> Flag:
        return replace(flag, source_span=None, caret=None)

    # The page shows no blanks around a text, so nobody can mark them.
    words = [
        replace(each, flags=tuple(flag for flag in each.flags if shown(flag, each.target)))
        for each in made.segments
    ]
    made = replace(made, segments=tuple(words))
    data = b"".join(appraise.write_batches([made]))
    (back,) = load(appraise.read, data)
    assert [each.target for each in back.segments] == [each.target for each in made.segments]
    assert flags_of(back, replace) == flags_of(
        made, lambda flag: replace(only_target(flag), author="")
    )
    companion_files = CompanionFiles({"b.json": lambda: io.BytesIO(data)})
    (answered,) = load(
        appraise_answers.read_answers,
        b"".join(appraise.write([made])),
        companion_files=companion_files,
    )
    assert flags_of(answered, replace) == flags_of(made, only_target)


@quick
@given(articles())
@pytest.mark.slow
def test_pearmut(made):
    (back,) = load(pearmut.read, b"".join(pearmut.write([made])))
    assert texts_of(back) == texts_of(made)
    for ours, theirs in zip(made.segments, back.segments, strict=True):
        for mine, their in zip(ours.flags, theirs.flags, strict=True):
            assert (mine.type, mine.severity) == (their.type, their.severity)
            words = mine.target_span.of(ours.target) if mine.target_span else ""
            found = their.target_span.of(ours.target) if their.target_span else ""
            assert (
                words.strip("\n") == found
                or not words.replace("\n", "")
                or words.replace("\n", "") == found.replace("\n", "")
            )


def test_an_emoji_counts_two_where_javascript_counts():
    flag = Flag("Mistranslation", "major", target_span=Span(2, 6))
    made = Article(
        "d", "en", "fr", segments=(Segment("x", "👩 chat", id="1", flags=(flag,)),), system="s"
    )
    assert json.loads(b"".join(appraise.write_batches([made])))[0]["items"][0]["mqm"][0] | {} == {
        "start_i": 3, "end_i": 6, "severity": "major", "error_type": ["Accuracy", "Mistranslation"]
    }  # fmt: skip
    span = json.loads(b"".join(pearmut.write([made])))["data"][0][0][0]["error_spans"]["s"][0]
    assert (span["start_i"], span["end_i"]) == (3, 6)
    row = json.loads(b"".join(mt_metrics_eval.write([made])))["errors"][0]
    assert (row["start"], row["end"]) == (2, 6)
    entry = json.loads(b"".join(bio_mqm.write([made])))[0]["target_errors"][0]
    assert (entry["startIndex"], entry["endIndex"], entry["term"]) == (2, 5, "chat")


def test_their_names_are_ours():
    assert mqm_type("Accuracy/Omission") == "Omission"
    assert mqm_type("fluency/punctuation") == "Punctuation"
    assert mqm_type("Style/Organization style") == "Organizational style"
    assert mqm_type("Non-translation!") == "Unintelligible"
    assert mqm_type("Terminology/Inconsistent") == "Inconsistent use of terminology"
    assert mqm_type("Other") == mqm_type("Source error") == ""
    for name in mqm.TYPES:
        assert mqm_type("/".join(annotation_shared.mqm_path(name))) == name
        assert mqm_type(annotation_shared.wmt_category(Flag(name, "minor"))) == name
    assert (
        annotation_shared.wmt_category(Flag("", "minor", category="Source error")) == "Source error"
    )
    assert annotation_shared.wmt_category(Flag("", "minor")) == "Other"
    assert (
        annotation_shared.mqm_severity("Undecided")
        == annotation_shared.mqm_severity(None)
        == "neutral"
    )


def test_raters_whose_copy_differs_point_at_the_same_words():
    flag = Flag("Grammar", "minor", source_span=Span(2, 5), target_span=Span(6, 10))
    rows = [
        Row("s", "d", "1", "a cat", "Le chat", None),
        Row("s", "d", "1", "A cat", "Ah Le chat", replace(flag, target_span=Span(6, 10))),
        Row("s", "d", "1", "a cat", "Le chat", Flag("Omission", "minor", caret=40)),
    ]
    (article,) = gather_articles(rows)
    assert article.segments[0].flags == (
        replace(flag, target_span=Span(3, 7)),
        Flag("Omission", "minor", caret=7),
    )


def test_the_published_table_is_read_whole():
    with gzip.open(shared("samples/mqm_ted_ende.tsv.gz")) as table:
        found = [
            replace(each, segments=tuple(each.segments)) for each in wmt.read(table, name="ted")
        ]
    flags = [flag for each in found for segment in each.segments for flag in segment.flags]
    assert len({each.system for each in found}) == 14
    assert len(flags) == 4031
    assert [(warning.place, count) for warning, count in found[0].warnings] == [("line 6444", 1)]
    assert sum(flag.needs_locating for flag in flags) == 1
    expected = json.loads(shared("samples/mqm_ted_ende.expected.json").read_text())[
        "published_system_scores"
    ]
    ratings = [
        mqm.Rating(each.system, f"{each.title}{segment.id}", flag.author, flag.category, flag.severity)
        for each in found for segment in each.segments
        for flag in segment.flags or [Flag("", "neutral", author="any", category="No-error")]
    ]  # fmt: skip
    assert set(mqm.wmt_system_scores(ratings)) >= set(expected) - {"ref.A"}


def test_a_mark_that_is_not_closed_is_told_by_line():
    row = "s\td\t1\t1\tr\ta <v>b\tc\tAccuracy/Omission\tMajor"
    (article,) = wmt.read(io.BytesIO(f"\n{row}\n{row}\n".encode()), name="t")
    (warning,) = article.warnings
    assert (str(warning[0]), warning[1]) == (
        "line 2: a <v> without its </v>, or the other way round",
        2,
    )
    assert article.segments[0].source == "a b"
    assert article.segments[0].flags[0].needs_locating


def test_a_table_with_names_and_order_of_its_own():
    rows = [
        "Severity\tError type\tSrc\tTranslation\tAnnotator\tColour\tNotes",
        "major\tAccuracy/Omission\ta <v>👩 b</v>\te\u0301 c\tr1\tred\t{lost}",
        "Minor\tgrammar\ta 👩 b\t<v>e\u0301</v> c\tr2",
        "no-error\tno-error\td\te",
    ]
    (article,) = load(wmt.read, "\n".join(rows).encode())
    assert (article.title, article.system) == ("table", "")
    assert texts_of(article) == [("a 👩 b", "e\u0301 c"), ("d", "e")]
    lost, wrong = article.segments[0].flags
    assert bare(lost) == ("Omission", "major", "r1", Span(2, 5), None, None)
    assert bare(wrong) == ("Grammar", "minor", "r2", None, Span(0, 2), None)
    assert (lost.comment, wrong.comment) == ("{lost}", "")


def test_tables_set_one_after_the_other_each_with_its_header():
    tables = [
        f"{chr(9).join(columns)}\n{MAROT}{{}}\n"
        for columns in (wmt.COLUMNS[:9], ["system", "doc"], wmt.MAROT)
    ]
    (article,) = load(wmt.read, "".join(tables).encode())
    assert [flag.type for flag in article.segments[0].flags] == ["Awkward style"] * 3


def test_a_table_of_a_spreadsheet_is_cut_as_one():
    rows = 'id;source;target;category;severity\n1;"a ""<v>b</v>""; c";d;Accuracy/Omission;major\n'
    for data in (rows.encode(), rows.replace(";", ",").replace('", c', '"; c').encode("utf-16")):
        (article,) = load(wmt.read, data)
        assert article.segments[0].source == 'a "b"; c'
        assert article.segments[0].flags[0].source_span == (3, 4)


def test_columns_that_are_missing_are_named():
    with pytest.raises(BadFile) as refused:
        load(wmt.read, b"system\tsource\ttarget\trater\na\tb\tc\td\n")
    assert (
        str(refused.value) == "line 1: these columns are missing from the table: category, severity"
    )


MAROT = "s\td\t1\t1\tr\ta b\tc d\tStyle/Awkward\tminor\t"


@for_each("spans", ["[[0, 5]]", "[]", "7", "null"])
def test_token_numbers_that_make_no_sense_give_no_place(spans):
    metadata = f'{{"target_spans": {spans}, "timestamp": "x", "segment": {{"target_tokens": ["c", " ", "d"]}}}}'
    (article,) = load(wmt.read, (MAROT + metadata).encode())
    assert article.segments[0].flags[0].needs_locating
    assert article.segments[0].flags[0].time is None


def test_tokens_are_told_once_a_segment_and_the_repair_goes_along():
    first = '{"segment": {"target_tokens": ["c", " ", "d"]}, "target_spans": [[0, 0]]}'
    (article,) = load(wmt.read, f'{MAROT}{first}\n{MAROT}{{"target_spans": [[2, 2]]}}'.encode())
    assert [flag.target_span for flag in article.segments[0].flags] == [(0, 1), (2, 3)]
    done = Segment("a", "b", corrections=(Correction("b", "c", "approved"),))
    assert b'"corrected_translation": "c"' in b"".join(
        wmt.write_marot([Article("t", "en", "fr", segments=(done,))])
    )


RESULT = {"user_id": "u", "item_i": 0, "item": [{"src": "a", "tgt": {"m": "Le\nchat", "n": "x"}}], "annotation": [{"m": {"error_spans": [
    {"start_i": 2, "end_i": 5, "severity": "minor", "category": None}, {"start_i": 6, "end_i": 14, "severity": "major"}, {"start_i": None}]}, "n": None}]}  # fmt: skip


def test_pearmuts_answers_count_without_line_ends_and_the_last_one_counts():
    earlier = RESULT | {"annotation": [{}]}
    lines = "\n".join(json.dumps(each) for each in (earlier, RESULT)).encode()
    for data in (lines, json.dumps({"c": [earlier, RESULT]}).encode(), json.dumps(RESULT).encode()):
        (article, other) = load(pearmut.read, data)
        assert [bare(flag) for flag in article.segments[0].flags] == [
            ("", "minor", "u", None, Span(3, 7), None), ("Omission", "major", "u", None, None, None), ("", "neutral", "u", None, None, None),
        ]  # fmt: skip
        assert other.segments[0].flags == ()


ITEM = {
    "itemID": 5,
    "targetID": "s",
    "documentID": "d#s",
    "sourceText": "<b>a</b>",
    "targetText": "b",
    "mqm": {"payload": [{"start_i": "missing", "end_i": "missing", "severity": "undecided"}]},
}
BATCHES = json.dumps(
    [{"task": {"sourceLanguage": "eng", "targetLanguage": "ukr"}, "items": [ITEM]}]
).encode()


def test_appraises_batches_are_understood():
    (article,) = load(appraise.read, BATCHES)
    assert (article.title, article.system, article.source_language, article.target_language) == (
        "d",
        "s",
        "en",
        "ukr",
    )
    assert article.segments == (Segment("a", "b", id="5", flags=(Flag("Omission", "neutral"),)),)


@for_each(
    ("read", "data", "words"),
    [
        (wmt.read, b"", "the file is empty"),
        (wmt.read, b"a\tb\n", "line 1: this row has 2 cells"),
        (wmt.read, b"a\t\xff\n", "line 1: this row is not UTF-8"),
        (wmt.read, (MAROT + "{").encode(), "line 1: this is not a line of JSON"),
        (mt_metrics_eval.read, b"{}", "line 1: this line has no “source”"),
        (
            mt_metrics_eval.read,
            b'{"source": "", "hypothesis": "", "errors": [1]}',
            "line 1: “errors” should be",
        ),
        (bio_mqm.read, b"{}", "this is not a list of segments"),
        (bio_mqm.read, b"[1]", "entry 1: this is not a list"),
        (pearmut.read, b"{}", "this is neither"),
        (pearmut.read, b'{"data": [1]}', "this is neither"),
        (appraise.read, b"{}", "this is not a list of Appraise batches"),
        (appraise.read, b"[1]", "this is not a list of Appraise batches"),
    ],
)
def test_what_is_wrong_is_named(read, data, words):
    with pytest.raises(BadFile) as refused:
        load(read, data)
    assert str(refused.value).startswith(words)


def test_places_outside_the_text_are_not_invented():
    line = {"source": "a", "hypothesis": "b", "errors": [{"start": 0, "end": 9}, {"start": "x"}]}
    (article,) = load(mt_metrics_eval.read, json.dumps(line).encode())
    assert all(flag.needs_locating for flag in article.segments[0].flags)
    entry = {
        "source": "a",
        "target": "l'été",
        "target_errors": [
            {"startIndex": 0, "endIndex": 4, "term": "l\\'été"},
            {},
            {"startIndex": 1, "endIndex": 1, "term": "été"},
        ],
    }
    (article,) = load(bio_mqm.read, json.dumps([entry]).encode())
    assert [flag.target_span for flag in article.segments[0].flags] == [(0, 5), None, (2, 5)]


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(wmt, "LARGEST_TABLE", 10)
    with pytest.raises(BadFile, match="larger than"):
        load(wmt.read, (MAROT + "\n").encode())


def test_a_mark_of_the_table_inside_a_text_moves_no_span():
    flag = Flag("Style", "minor", source_span=Span(0, 1), target_span=Span(0, 1), author="Rosa")
    made = Article("t", "en", "fr", segments=(Segment("<v> a", "</v> b", id="1", flags=(flag,)),))
    (back,) = load(wmt.read, b"".join(wmt.write_marot([made])))
    (read_back,) = back.segments[0].flags
    assert (read_back.source_span, read_back.target_span) == (Span(0, 1), Span(0, 1))
