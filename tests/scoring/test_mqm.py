"""MQM-Core: names, scores with the worked example of the MQM Council's formulas, and the WMT weights."""

import csv
import gzip
import json

import pytest

from articles.scoring import mqm
from tests.shared import shared


def test_the_typology_is_mqm_core():
    assert len(mqm.DIMENSIONS) == 7
    assert len(mqm.TYPES) == len(set(mqm.TYPES)) == 38
    assert mqm.dimension_of("Omission") == "Accuracy"
    assert mqm.dimension_of("Missing text") == "Design and markup"
    assert "Missing text" in mqm.definition_of("Omission")
    with pytest.raises(KeyError):
        mqm.dimension_of("Typo")


def test_the_short_list_starts_with_omission_and_names_only_mqm_types():
    assert [choice.type for choice in mqm.SHORT_LIST][:2] == ["Omission", "Mistranslation"]
    assert {choice.type for choice in mqm.SHORT_LIST} <= set(mqm.TYPES)


def test_what_editors_look_for_has_a_line_of_its_own():
    lines = {choice.label: choice for choice in mqm.SHORT_LIST}
    for label, issue in (
        ("Wrong number, date or name", "fact"),
        ("Opposite meaning", "opposite"),
        ("Wrong word", "word"),
    ):
        choice = lines[label]
        assert choice.value == f"Mistranslation/{issue}"
        assert mqm.find_choice("Mistranslation", issue) == choice
    assert len({choice.value for choice in mqm.SHORT_LIST}) == len(mqm.SHORT_LIST)
    assert mqm.find_choice("Mistranslation", "other") is None


def test_a_wrong_figure_is_no_number_format():
    assert "Number format" not in {choice.type for choice in mqm.SHORT_LIST}
    assert "Number format" in mqm.TYPES


EXAMPLE = [
    ("Omission", "major"),
    ("Mistranslation", "major"),
    *[("Grammar", "minor")] * 3,
    ("Awkward style", "neutral"),
]


def test_the_worked_example():
    before = mqm.score(EXAMPLE, words=640)
    assert (before.apt, round(before.pwpt, 4), round(before.npt, 2)) == (13, 0.0203, 20.31)
    assert (round(before.rqs, 2), round(before.cqs, 2), before.passed) == (97.97, 93.23, False)
    repaired = mqm.score(EXAMPLE[1:], words=640)
    assert (repaired.apt, repaired.npt, round(repaired.cqs, 2), repaired.passed) == (
        8,
        12.5,
        95.83,
        True,
    )


def test_one_critical_error_fails_and_a_weight_counts():
    assert not mqm.score([("Offensive", "critical")], words=100_000).passed
    assert mqm.score([("Omission", "major")], words=1000, weights={"Omission": 3}).passed
    with pytest.raises(ValueError, match="without words"):
        mqm.score([], words=0)


def test_wmt_weights():
    rows = [
        mqm.Rating("a", "1", "r1", "Accuracy/Omission", "Major"),
        mqm.Rating("a", "1", "r1", "Fluency/Punctuation", "minor"),
        mqm.Rating("a", "1", "r2", "No-error", "No-error"),
        mqm.Rating("a", "2", "r1", "Non-translation!", "Major"),
        mqm.Rating("b", "1", "r1", "Style/Awkward", "Minor"),
    ]
    assert mqm.wmt_segment_scores(rows) == {
        ("a", "1"): pytest.approx(2.55),
        ("a", "2"): 25,
        ("b", "1"): 1,
    }
    assert mqm.wmt_system_scores(rows) == {"a": pytest.approx(13.775), "b": 1}


def test_the_published_scores_come_out():
    expected = json.loads(shared("samples/mqm_ted_ende.expected.json").read_text())
    with gzip.open(shared("samples/mqm_ted_ende.tsv.gz"), "rt", encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        scores = mqm.wmt_system_scores(
            mqm.Rating(row["system"], row["seg_id"], row["rater"], row["category"], row["severity"])
            for row in rows
        )
    for published, value in expected["published_system_scores"].items():
        name = expected["names_in_table"].get(published, published)
        assert value <= scores[name] + 0.005, published
        assert scores[name] == pytest.approx(value, abs=0.01), published
