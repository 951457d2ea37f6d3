"""An export as on a time holds what was there then, and nothing that came later."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.exporting import actions as exporting_actions
from articles.models import Article, Correction, Event, Finding, Flag
from articles.review import actions as review_actions
from articles.review import discussion
from tests.factories import make_article, make_correction, make_finding, make_flag

START = timezone.now() - timedelta(days=10)


def hour(number):
    return START + timedelta(hours=number)


@pytest.fixture
def segment(db):
    article = make_article([("One.", "Un.")])
    Article.objects.update(created_at=START)
    return article.segments.get()


@pytest.fixture
def at():
    """``at(3)``: from now on it is the third hour."""
    with ExitStack() as stack:

        def moved(number):
            stack.enter_context(time_machine.travel(hour(number), tick=False))

        yield moved


def then(segment, number, *, hold=""):
    """The segment as it was at that hour."""
    choice = exporting_actions.ExportChoice(hold or "approved", hour(number))
    [found] = exporting_actions.to_interchange(
        segment.article, "text" if hold else "jsonl", choice=choice
    ).segments
    return found


def statuses(segment, number):
    return [each.status for each in then(segment, number).corrections]


def submit(segment, text, by):
    segment.refresh_from_db()
    return review_actions.submit(segment, by=by, revision=segment.revision, text=text)


def approve(correction, by):
    correction.segment.refresh_from_db()
    review_actions.approve(correction, by=by, revision=correction.segment.revision)


def test_a_correction_waits_is_approved_and_is_replaced(segment, rosa, edith, at):
    at(1)
    first = submit(segment, "Premier.", rosa)
    at(3)
    approve(first, edith)
    at(5)
    segment.refresh_from_db()
    review_actions.reopen(segment, by=rosa, revision=segment.revision)
    second = submit(segment, "Primo.", rosa)
    at(7)
    approve(second, edith)
    at(100)
    assert [statuses(segment, n) for n in (0, 2, 4, 6, 8)] == [
        [],
        ["submitted"],
        ["approved"],
        ["approved", "submitted"],
        ["replaced", "approved"],
    ]
    assert [then(segment, n).final for n in (0, 2, 4, 6, 8)] == [
        "Un.",
        "Un.",
        "Premier.",
        "Premier.",
        "Primo.",
    ]
    assert [then(segment, n, hold="everything").final for n in (2, 6)] == ["Premier.", "Primo."]
    assert [then(segment, n).status for n in (0, 2, 4, 6, 8)] == [
        "to_review",
        "waiting",
        "done",
        "waiting",
        "done",
    ]
    assert [len(then(segment, n).events) for n in (0, 2, 8)] == [0, 1, 5]
    waiting = then(segment, 2).corrections[0]
    assert (waiting.decided_by, waiting.decided, waiting.reason) == ("", None, "")


def test_what_was_taken_back_and_sent_anew_has_its_words_of_then(segment, rosa, at):
    at(1)
    made = submit(segment, "Premier.", rosa)
    at(3)
    segment.refresh_from_db()
    made.segment.refresh_from_db()
    review_actions.withdraw(made, by=rosa, revision=segment.revision)
    at(5)
    submit(segment, "Primo.", rosa)
    at(100)
    assert [[each.after for each in then(segment, n).corrections] for n in (0, 2, 4, 6)] == [
        [],
        ["Premier."],
        [],
        ["Primo."],
    ]


def test_a_rejection_and_a_draft(segment, rosa, edith, at):
    make_correction(segment, by=edith)
    at(1)
    made = submit(segment, "Premier.", rosa)
    at(3)
    segment.refresh_from_db()
    made.segment.refresh_from_db()
    review_actions.reject(made, by=edith, revision=segment.revision, reason="No.")
    at(100)
    assert [statuses(segment, n) for n in (2, 4)] == [["submitted"], ["rejected"]]


def test_reopened_and_confirmed(segment, rosa, at):
    for number, act in ((1, review_actions.confirm), (3, review_actions.reopen)):
        at(number)
        segment.refresh_from_db()
        act(segment, by=rosa, revision=segment.revision)
    at(100)
    assert [then(segment, n).status for n in (0, 2, 4)] == ["to_review", "done", "to_review"]


def test_imported_work_has_times_but_no_events(segment, rosa, edith):
    make_correction(segment, by=rosa, status="approved", decided_by=edith)
    Correction.objects.update(submitted_at=hour(1), decided_at=hour(3))
    assert [(then(segment, n).status, *statuses(segment, n)) for n in (0, 2, 4)] == [
        ("to_review",),
        ("waiting", "submitted"),
        ("done", "approved"),
    ]


def test_a_flag_is_made_changed_and_closed(segment, rosa, at):
    at(1)
    flag = review_actions.flag(
        segment, by=rosa, revision=1, values={"type": "Omission", "severity": "major"}
    )
    at(3)
    segment.refresh_from_db()
    flag.segment.refresh_from_db()
    review_actions.edit_flag(flag, by=rosa, revision=segment.revision, values={"severity": "minor"})
    Flag.objects.update(status="closed", updated_at=hour(5))
    at(100)
    found = [
        [(each.severity, each.status) for each in then(segment, n).flags] for n in (0, 2, 4, 6)
    ]
    assert found == [[], [("major", "open")], [("minor", "open")], [("minor", "closed")]]
    assert [then(segment, n).status for n in (0, 2)] == ["to_review", "flagged"]


def test_a_flag_that_was_removed_later_is_there(segment, rosa):
    make_flag(segment, by=rosa)
    Flag.objects.update(created_at=hour(1), updated_at=hour(3), status="removed")
    assert [len(then(segment, n).flags) for n in (2, 4)] == [1, 0]


def test_what_was_said_of_a_flag_by_then(segment, rosa, edith, ada, at):
    at(0)
    flag = review_actions.flag(
        segment, by=rosa, revision=1, values={"type": "Omission", "severity": "major"}
    )
    said = [
        (2, discussion.answer, edith, {}),
        (4, discussion.keep, rosa, {"severity": "minor"}),
        (6, discussion.uphold, ada, {"severity": "neutral"}),
    ]
    for number, act, by, more in said:
        at(number)
        segment.refresh_from_db()
        act(flag, by=by, revision=segment.revision, text=f"Said at {number}.", **more)
    at(100)
    found = [
        (each.severity, [reply.text for reply in each.replies])
        for n in (1, 3, 5, 7)
        for each in then(segment, n).flags
    ]
    assert found == [
        ("major", []),
        ("major", ["Said at 2."]),
        ("minor", ["Said at 2.", "Said at 4."]),
        ("neutral", ["Said at 2.", "Said at 4.", "Said at 6."]),
    ]


def test_a_finding_dismissed_later_was_open(segment, rosa):
    make_finding(segment)
    Finding.objects.update(status="dismissed", reason="style", decided_by=rosa, decided_at=hour(3))
    assert [(f.status, f.reason) for n in (2, 4) for f in then(segment, n).findings] == [
        ("open", ""),
        ("dismissed", "style"),
    ]


def test_nothing_is_stored_by_looking_back(segment, rosa, edith, at):
    at(1)
    approve(submit(segment, "Premier.", rosa), edith)
    at(100)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Correction, Flag, Finding, Event)
    ]
    then(segment, 0)
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Correction, Flag, Finding, Event)
    ]


def test_a_finding_that_was_closed_later_is_open_then(segment, at, rosa, edith):
    at(0)
    finding = make_finding(segment)
    at(1)
    approve(submit(segment, "Deux.", rosa), edith)
    event = Event.objects.record("closed", segment=segment, by=None, findings=[finding.pk])
    at(2)
    Finding.objects.filter(pk=finding.pk).update(status="closed", closed_by=event)
    event = Event.objects.get(pk=event.pk)
    before = exporting_actions.ExportChoice("approved", event.at - timedelta(minutes=1))
    after = exporting_actions.ExportChoice("approved", event.at + timedelta(minutes=1))
    for choice, status in ((before, "open"), (after, "closed")):
        [found] = exporting_actions.to_interchange(segment.article, "jsonl", choice=choice).segments
        assert [each.status for each in found.findings] == [status]
