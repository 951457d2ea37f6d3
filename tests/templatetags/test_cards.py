"""Marked texts: the runs joined are the text, whatever overlaps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Finding
from articles.review.cards import Card
from articles.review.marks import Mark, split_runs, weight_of
from articles.review.responses import get_for_card
from articles.templatetags.cards import empty_flag_form, render_changes, render_side, render_time
from tests.factories import make_flag, make_segment
from tests.strategies import CHARACTERS

spans = st.builds(
    lambda a, b, kind: Mark(min(a, b), max(a, b), kind, f"{kind}-1"),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(["finding", "flag"]),
)


@given(st.text(CHARACTERS, max_size=30), st.lists(spans, max_size=5))
def test_the_runs_are_the_text(text: str, marks: list[Mark]) -> None:
    found = list(split_runs(text, marks))
    assert "".join(run.text for run in found) == text
    assert all(run.text or run.caret for run in found)


def test_overlapping_marks_share_their_words() -> None:
    found = list(
        split_runs("abcdef", [Mark(0, 4, "finding", "finding-1"), Mark(2, 6, "flag", "flag-2")])
    )
    assert [(run.text, run.kinds) for run in found] == [
        ("ab", "finding"),
        ("cd", "finding flag"),
        ("ef", "flag"),
    ]
    assert found[1].keys == "finding-1 flag-2"


def test_a_caret_stands_between_words_and_at_the_end() -> None:
    marks = [Mark(2, 2, "flag", "flag-1"), Mark(4, 4, "finding", "finding-2")]
    assert [(run.text, run.caret) for run in split_runs("abcd", marks)] == [
        ("ab", False), ("", True), ("cd", False), ("", True),
    ]  # fmt: skip


def test_a_caret_stands_before_the_word_that_follows() -> None:
    for text, place, before in [
        ("Il dit : partez.", 8, "Il dit : "),
        ("Elle a remercié.", 15, "Elle a remercié"),
        ("Partez\u00a0!", 6, "Partez"),
    ]:
        runs = list(split_runs(text, [Mark(place, place, "finding", "finding-1")]))
        assert runs[0].text == before
        assert runs[1].caret


def test_a_mark_outside_the_text_is_left_out() -> None:
    assert [run.kinds for run in split_runs("ab", [Mark(5, 6, "flag", "flag-1")])] == [""]


def test_the_page_holds_the_words_exactly(db: None, rosa: Any) -> None:
    segment = make_segment("a\r\n<b> & c", "d")
    make_flag(segment, by=rosa, source_start=3, source_end=6)
    flag = segment.flags.get()
    shown = get_for_card(segment.pk, rosa)
    html = render_side(Card(shown, rosa), "source")
    code = '<code title="Code: exported unchanged · &lt;b&gt;">&lt;b&gt;</code>'
    mark = f'<mark class="flag" data-notes="flag-{flag.pk}">{code}</mark>'
    side = '<p class="side source text" lang="en" data-side="source">'
    assert html == f"{side}a&#13;\n{mark} &amp; c</p>"


def test_a_redline_without_words_says_so() -> None:
    assert render_changes([]) == "No words are left."


def test_changed_facts_weigh_more_than_typography() -> None:
    cases = [
        ("Omission", "major", "grave"),
        ("Mistranslation", "critical", "grave"),
        ("Omission", "minor", ""),
        ("Grammar", "major", ""),
        ("Punctuation", "minor", "light"),
        ("Grammar", "neutral", "light"),
        ("No type of MQM", "major", ""),
    ]
    for issue_type, severity, weight in cases:
        found = weight_of(Finding(type=issue_type, severity=severity))
        assert found == weight, (issue_type, severity)


def test_the_form_of_a_flag_waits_in_the_page(db: Any) -> None:
    html = empty_flag_form(make_segment().article)
    assert 'action="/segments/0/flag/"' in html
    assert 'name="revision"' in html
    assert "csrfmiddlewaretoken" not in html, "each person has another"


def test_a_time_on_a_card_is_written_as_its_language_does() -> None:
    at = datetime(2026, 11, 30, 1, 23, tzinfo=timezone.get_current_timezone())
    for language, words in {"en": "30 Nov, 01:23", "fr": "30 nov., 01:23"}.items():
        with override(language):
            assert f">{words}</time>" in render_time(at)
