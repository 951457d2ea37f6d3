"""Reading apart: who may say what, what each reader sees of their own, and that their writes never meet."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.adjudication import actions as adjudication_actions
from articles.blind import visibility
from articles.models import Article, Assignment, Event, Finding, Flag, Segment, Verdict
from articles.review import actions as review_actions
from articles.review import batch, workflow
from articles.review import queries as review_queries
from articles.review.cards import attach_card_rows
from tests.cases import for_each
from tests.factories import make_article, make_correction, make_finding, make_flag, make_reading

VALUES = {
    "type": "Omission",
    "severity": "major",
    "source_start": 0,
    "source_end": 3,
    "source_quote": "The",
}


@pytest.fixture
def article(rosa: Any, ruth: Any) -> Article:
    return make_reading(rosa, ruth)


def seen(article: Article, person: Any, number: int = 1) -> Segment:
    """The segment as the person's desk has it."""
    segment = article.segments.get(position=number)
    segment.article = Article.objects.get(pk=article.pk)
    attach_card_rows([segment], person)
    visibility.apply_own_marks(person, [segment])
    return segment


def flagged(article: Article, person: Any, number: int = 1, **values: Any) -> Flag:
    segment = seen(article, person, number)
    return review_actions.flag(
        segment, by=person, revision=segment.revision, values=VALUES | values
    )


@for_each("move", sorted(workflow.MOVES))
def test_every_move_in_every_stage(move: str, rosa: Any, ruth: Any, edith: Any, ada: Any) -> None:
    """A reader marks while reading, a third compares, everybody does everything before and after."""
    article = make_reading(rosa, ruth)
    for stage, (name, person), finished in itertools.product(
        Article.Stage.values, {"reader": rosa, "third": edith, "admin": ada}.items(), (False, True)
    ):
        article.assignments.filter(person=rosa).update(
            finished_at="2026-01-01T00:00Z" if finished else None
        )
        asked = Article.objects.get(pk=article.pk)
        asked.stage = stage
        expected = {
            "review": move != "compare",
            "compared": move != "compare",
            "reading": name == "reader" and not finished and move in visibility.BLIND_MOVES,
            "comparing": move == "compare" and name != "reader",
        }[stage]
        assert (visibility.why_not(move, person, asked) is None) == expected, (
            stage,
            name,
            finished,
        )


def test_a_reader_sees_what_they_said_and_nothing_else(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    doubt, other = (make_finding(article.segments.get(position=number)) for number in (1, 2))
    flag = flagged(article, rosa, comment="Rosa wrote this.")
    segment = seen(article, rosa)
    review_actions.dismiss(doubt, by=rosa, revision=segment.revision, reason="implied")
    segment = seen(article, rosa, 2)
    taken = review_actions.flag(
        segment, by=rosa, revision=segment.revision, values=VALUES, finding=other
    )

    mine = seen(article, rosa)
    assert (mine.status, mine.revision, mine.shown_flags) == ("flagged", 3, [flag])
    assert [(each.status, each.reason, each.decided_by) for each in mine.shown_findings] == [
        ("dismissed", "implied", rosa)
    ]
    assert [each.status for each in seen(article, rosa, 2).shown_findings] == ["taken"]
    assert seen(article, rosa, 2).shown_flags == [taken]
    for person in (ruth, edith):
        for number in (1, 2):
            theirs = seen(article, person, number)
            assert (theirs.status, theirs.revision, theirs.shown_flags) == ("to_review", 1, [])
            assert [each.status for each in theirs.shown_findings] == ["open"]
    assert not Flag.objects.exists()
    assert not Event.objects.filter(segment__isnull=False).exists()
    assert Event.everything.visible_to(rosa).count() == 3
    assert Event.everything.visible_to(ruth).count() == 0


def test_neither_makes_the_other_stale(article: Article, rosa: Any, ruth: Any) -> None:
    of_rosa, of_ruth = seen(article, rosa), seen(article, ruth)
    review_actions.flag(of_rosa, by=rosa, revision=of_rosa.revision, values=VALUES)
    review_actions.flag(of_ruth, by=ruth, revision=of_ruth.revision, values=VALUES)
    assert (of_rosa.revision, of_ruth.revision) == (2, 2)
    assert Segment.objects.get(pk=of_rosa.pk).revision == 1


def test_ones_own_second_window_is_stale(article: Article, rosa: Any) -> None:
    first, second = seen(article, rosa), seen(article, rosa)
    flag = review_actions.flag(first, by=rosa, revision=first.revision, values=VALUES)
    with pytest.raises(workflow.Stale):
        review_actions.edit_flag(
            flag, by=rosa, revision=second.revision, values={"comment": "From another window."}
        )


def test_marks_are_changed_and_taken_back(article: Article, rosa: Any) -> None:
    finding = make_finding(article.segments.get(position=1))
    segment = seen(article, rosa)
    flag = review_actions.flag(segment, by=rosa, revision=1, values=VALUES, finding=finding)
    review_actions.edit_flag(flag, by=rosa, revision=2, values={"severity": "minor"})
    assert seen(article, rosa).shown_flags[0].severity == "minor"
    review_actions.remove_flag(flag, by=rosa, revision=3)
    back = seen(article, rosa)
    assert (back.status, back.shown_flags, back.shown_findings[0].status) == (
        "to_review",
        [],
        "open",
    )
    review_actions.dismiss(finding, by=rosa, revision=4, reason="style")
    with pytest.raises(workflow.Refused, match="dismissed"):
        review_actions.dismiss(finding, by=rosa, revision=5, reason="style")
    review_actions.restore(finding, by=rosa, revision=5)
    review_actions.confirm(back, by=rosa, revision=6, dismissed=[finding.pk])
    assert seen(article, rosa).status == "done"
    now = seen(article, rosa)
    review_actions.reopen(now, by=rosa, revision=now.revision, restored=[finding.pk])
    assert seen(article, rosa).status == "to_review"
    assert not Verdict.objects.exists()
    assert Finding.objects.get().status == "open"


def test_all_alike_are_dismissed_for_oneself(article: Article, rosa: Any, ruth: Any) -> None:
    doubts = [
        make_finding(row, values={"words": "The"}) for row in article.segments.order_by("position")
    ]
    review_actions.dismiss(doubts[1], by=rosa, revision=1, reason="implied")
    assert batch.dismiss_alike(doubts[0], by=rosa, revision=1, reason="implied") == 1
    assert batch.dismiss_alike(doubts[0], by=ruth, revision=1, reason="style") == 2
    assert [verdict.person for verdict in Verdict.objects.all()] == [rosa, rosa, ruth, ruth]


def test_the_filters_count_ones_own(article: Article, rosa: Any, ruth: Any) -> None:
    for row in article.segments.all():
        make_finding(row)
    flagged(article, rosa, 1)
    finding = Finding.objects.get(segment__position=2)
    review_actions.confirm(finding.segment, by=rosa, revision=1, dismissed=[finding.pk])
    everything = {
        "to_review": 0,
        "flagged": 1,
        "waiting": 0,
        "done": 1,
        "findings": 1,
        "disputed": 0,
        "mine": 1,
    }
    untouched = {
        "to_review": 2,
        "flagged": 0,
        "waiting": 0,
        "done": 0,
        "findings": 2,
        "disputed": 0,
        "mine": 0,
    }
    for person, expected in ((rosa, everything), (ruth, untouched)):
        asked = Article.objects.get(pk=article.pk)
        progress, counts = review_queries.summary_of(asked, person)
        assert counts == expected | {"": 2}
        assert counts == {
            name: review_queries.select_segments(asked, person, filter=name).count()
            for name in review_queries.FILTERS
        }
        assert review_queries.progress_of([asked], person)[asked.pk] == progress
        assert (progress.done, progress.done_words) == ((2, 7) if person == rosa else (0, 0))
    assert review_queries.progress_of([article])[article.pk].segments["to_review"] == 2


def test_the_cost_does_not_grow_with_the_segments(rosa: Any, ruth: Any) -> None:
    costs = []
    for size in (1, 40):
        article = make_reading(
            rosa, ruth, pairs=[(f"Number {n}.", f"Numéro {n}.") for n in range(size)]
        )
        for row in article.segments.all():
            make_flag(row, by=rosa, apart="sealed")
        segments = list(Article.objects.get(pk=article.pk).segments.all())
        attach_card_rows(segments, rosa)
        with CaptureQueriesContext(connection) as queries:
            visibility.apply_own_marks(rosa, segments)
        costs.append(len(queries))
    assert costs == [5, 5], "the readers; flags, their replies, verdicts, acts"


@pytest.mark.parametrize("said", ["flag", "correction", "finding", "status"])
def test_only_what_is_untouched_can_be_read_apart(said: str, article: Article, rosa: Any) -> None:
    article.stage = "review"
    assert visibility.why_not_start(article) is None
    segment = article.segments.get(position=1)
    if said == "flag":
        make_flag(segment, by=rosa)
    elif said == "correction":
        make_correction(segment, by=rosa)
    elif said == "finding":
        review_actions.decide_finding(make_finding(segment), "dismissed", by=rosa, reason="style")
    else:
        article.segments.update(status="done")
    assert "untouched" in str(visibility.why_not_start(article))
    article.stage = "compared"
    assert "is or was in blind review" in str(visibility.why_not_start(article))


def test_calling_it_off_is_only_possible_before_anything_is_said(
    article: Article, rosa: Any
) -> None:
    assert visibility.why_not_cancel(article) is None
    flagged(article, rosa)
    assert "has begun" in str(visibility.why_not_cancel(article))
    article.stage = "review"
    assert "not in blind review" in str(visibility.why_not_cancel(article))


def test_finishing_is_for_readers_and_once(article: Article, rosa: Any, edith: Any) -> None:
    assert "not one of the two blind reviewers" in str(visibility.why_not_finish(edith, article))
    assert "not finished" in str(visibility.why_not_resume(rosa, article))
    adjudication_actions.finish(article, by=rosa)
    article = Article.objects.get(pk=article.pk)
    assert "already" in str(visibility.why_not_finish(rosa, article))
    assert visibility.why_not_resume(rosa, article) is None
    assert visibility.why_not_resume(edith, article) is not None
    article.stage = "comparing"
    assert "both reviews are open" in str(visibility.why_not_resume(rosa, article))


def test_a_person_has_one_part(article: Article, rosa: Any) -> None:
    assert [row.person.username for row in visibility.other_reviewers(rosa, article)] == ["ruth"]
    assert str(Assignment.objects.first()) == "rosa reviewer"
    assert str(Verdict(segment_id=7, person=rosa)) == "7 · rosa"


def test_an_ordinary_article_has_no_readers(rosa: Any) -> None:
    article = make_article()
    Assignment.objects.create(article=article, person=rosa)
    assert visibility.get_blind_assignment(rosa, article) is None
    assert "not one of the two blind reviewers" in str(visibility.why_not_finish(rosa, article))


def test_a_finding_is_shown_as_said_in_its_own_segment(article: Article, rosa: Any) -> None:
    doubts = [make_finding(row) for row in article.segments.order_by("position")]
    review_actions.dismiss(doubts[1], by=rosa, revision=1, reason="style")
    rows = list(article.segments.order_by("position"))
    found = [Finding.objects.get(pk=doubt.pk) for doubt in doubts]
    visibility.apply_own_marks(rosa, rows, *found)
    assert [each.status for each in found] == ["open", "dismissed"]
