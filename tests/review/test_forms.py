"""Offsets and words from the browser: UTF-16 units become code points, typed words are located by what they say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Segment
from articles.review import actions
from articles.review.forms import (
    FlagForm,
    code_point,
    finding_values,
    flag_initial,
    occurrences,
    utf16,
)
from articles.templatetags.desk import flag_mqm, issue_name
from tests.cases import for_each
from tests.factories import make_finding, make_flag, make_segment
from tests.strategies import CHARACTERS

FACE = "👩‍👧"


def bound(segment: Segment, **data: str) -> FlagForm:
    return FlagForm(
        {"revision": "1", "type": "Omission", "severity": "major"} | data, segment=segment
    )


@given(st.text(CHARACTERS), st.data())
def test_units_and_code_points_agree(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert code_point(text, utf16(text, offset)) == offset


@for_each("unit", [1, 3, -1])
def test_a_unit_inside_a_character_or_outside_the_text_is_nowhere(unit: int) -> None:
    assert code_point("😀", unit) is None


@for_each(
    ("words", "found"),
    [
        ("a b", [(0, 3)]),
        ("l'eau", [(4, 9)]),
        ('"eau"', [(10, 15)]),
        ("", []),
        ("   ", []),
        ("z", []),
    ],
)
def test_words_are_found_whatever_their_blanks_and_quotes(
    words: str, found: list[tuple[int, int]]
) -> None:
    assert occurrences("a b l’eau “eau”", words) == found


def test_what_editors_call_an_issue_is_kept_beside_the_type_of_mqm(rosa: Any) -> None:
    segment = make_segment("In 2019.", "En 2009.")
    form = bound(segment, type="Mistranslation/fact")
    assert form.is_valid(), form.errors
    values = form.values()
    assert (values["type"], values["issue"]) == ("Mistranslation", "fact")
    flag = actions.flag(segment, by=rosa, revision=1, values=values)
    assert flag_initial(flag)["type"] == "Mistranslation/fact"
    assert not FlagForm(segment=segment, initial=flag_initial(flag)).type_is_rare
    assert issue_name(flag) == "Wrong number, date or name"
    assert flag_mqm(flag) == "Mistranslation"
    assert not bound(segment, type="Mistranslation/other").is_valid()


@pytest.mark.parametrize(
    ("check", "type_", "issue"),
    [
        ("numbers", "Mistranslation", "fact"),
        ("negation", "Mistranslation", "opposite"),
        ("wrong-word", "Mistranslation", "word"),
        ("numbers", "Number format", ""),
        ("dropped", "Omission", ""),
    ],
)
def test_an_accepted_finding_has_the_name_that_editors_look_for(
    db: Any, check: str, type_: str, issue: str
) -> None:
    finding = make_finding(make_segment("In 2019.", "En 2009."), check_id=check, type=type_)
    values = finding_values(finding)
    assert (values["type"], values["issue"]) == (type_, issue)


@pytest.fixture
def segment(db: None) -> Segment:
    return make_segment(f"{FACE} We saw we saw it.", f"{FACE} On l’a vu, vu.")


def test_exact_places_survive_emoji(segment: Segment) -> None:
    text = segment.source_text
    start = text.rindex("saw")
    at = f"{utf16(text, start)}-{utf16(text, start + 3)}"
    form = bound(segment, source_words="saw", source_at=at)
    assert form.is_valid(), form.errors
    assert (form.values()["source_start"], form.values()["source_end"]) == (start, start + 3)


def test_words_that_stand_twice_need_their_neighbours(segment: Segment) -> None:
    form = bound(segment, source_words="saw")
    assert "occur 2 times" in str(form.errors["source_words"])
    assert bound(segment, source_words="saw it").is_valid()


@pytest.mark.parametrize("at", ["", "x", "1-2", "99-120", "2-1", "1"])
def test_a_wrong_place_is_not_believed(segment: Segment, at: str) -> None:
    form = bound(segment, target_words="On l'a", target_at=at)
    assert form.is_valid()
    assert form.values()["target_quote"] == "On l’a"


def test_words_that_are_not_there(segment: Segment) -> None:
    assert "not in the text" in str(bound(segment, target_words="demain").errors)


@pytest.mark.parametrize(
    ("before", "at", "caret"),
    [("vu.", "", 12), ("[end]", "", 15), ("vu", "13", 8), ("", "", None), ("On", "", 4)],
)
def test_the_place_of_missing_words(
    segment: Segment, before: str, at: str, caret: int | None
) -> None:
    text = segment.target_text
    expected = {12: text.rindex("vu"), 15: len(text), 8: text.index("vu"), 4: text.index("On")}.get(
        caret or 0
    )
    at = str(utf16(text, text.index("vu"))) if at else ""
    form = bound(segment, before_words=before, caret_at=at)
    assert form.is_valid(), form.errors
    assert form.values()["caret"] == expected


def test_the_form_of_a_flag_begins_with_what_it_has(segment: Segment, rosa: Any) -> None:
    start = segment.source_text.rindex("saw")
    flag = make_flag(
        segment,
        by=rosa,
        source_start=start,
        source_end=start + 3,
        source_quote="saw",
        caret=len(segment.target_text),
    )
    initial = flag_initial(flag)
    assert initial["before_words"] == "[end]"
    form = bound(segment, **{name: str(value) for name, value in initial.items() if value})
    assert form.is_valid(), form.errors
    assert form.values()["source_start"] == start
    plain = flag_initial(make_flag(segment, by=rosa))
    assert "before_words" not in plain


def test_a_finding_with_two_spans_makes_one_stretch(segment: Segment) -> None:
    values = finding_values(
        make_finding(segment, target_spans=[[4, 6], [7, 10]], source_spans=[], caret=None)
    )
    assert (values["target_start"], values["target_end"], values["source_start"]) == (4, 10, None)


def test_rare_types_stand_behind_more(segment: Segment) -> None:
    form = bound(segment, type="Offensive")
    assert form.type_is_rare
    assert not bound(segment).type_is_rare
    titles = [title for title, _options in form.type_groups]
    assert titles[0] == "Most frequent"
    assert len(titles) == 8
    assert sum(len(options) for _title, options in form.type_groups) == 41
