"""Two people act at the same moment, on PostgreSQL: one is done, the other refused or stale, and nobody waits for ever."""

# ruff: noqa: B023 - the acts of a round are done before the next begins

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.adjudication import actions as adjudication_actions
from articles.models import Event, Finding, Segment
from articles.realignment import operations
from articles.review import actions as review_actions
from articles.review import batch, workflow
from articles.review.revision import revise
from tests.factories import (
    make_article,
    make_correction,
    make_finding,
    make_flag,
    make_person,
    make_reading,
)

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write at a time (DATABASE_URL)"
    ),
    pytest.mark.django_db(transaction=True),
]
FLAG = {"type": "Omission", "severity": "minor"}
REFUSED = "refused"
Act = Callable[[], Any]


def at_once(*acts: Act) -> list[Any]:
    """What each act answered: "done", REFUSED, or the error that it died of."""
    start = threading.Barrier(len(acts))
    told: list[Any] = [None] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            acts[number]()
            told[number] = "done"
        except (workflow.Refused, workflow.Stale):
            told[number] = REFUSED
        except Exception as error:  # noqa: BLE001
            told[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def people() -> tuple[Any, Any]:
    """Rosa reviews, Edith approves."""
    return make_person("rosa", role="Reviewers"), make_person("edith", role="Approvers")


def waiting(segment: Segment, *, by: Any) -> Any:
    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    return make_correction(segment, by=by, status="submitted")


def on_one_segment(segment: Segment, rosa: Any, edith: Any) -> dict[str, tuple[Act, ...]]:
    """Pairs of acts of which one only can be done."""
    finding, mine = make_finding(segment), make_flag(segment, by=rosa)
    return {
        "flags": tuple(
            lambda who=who: review_actions.flag(segment, by=who, revision=1, values=FLAG)
            for who in (rosa, edith)
        ),
        "takes": tuple(
            lambda who=who: review_actions.flag(
                segment, by=who, revision=1, values=FLAG, finding=finding
            )
            for who in (rosa, edith)
        ),
        "dismissals": tuple(
            lambda who=who: review_actions.dismiss(finding, by=who, revision=1, reason="implied")
            for who in (rosa, edith)
        ),
        "texts": tuple(
            lambda who=who: review_actions.submit(segment, by=who, revision=1, text=f"{who}.")
            for who in (rosa, edith)
        ),
        "a flag and its end": (
            lambda: review_actions.edit_flag(mine, by=rosa, revision=1, values=FLAG),
            lambda: review_actions.remove_flag(mine, by=rosa, revision=1),
        ),
    }


@pytest.mark.parametrize("name", ["flags", "takes", "dismissals", "texts", "a flag and its end"])
def test_one_of_two_acts_is_done(people: tuple[Any, Any], name: str) -> None:
    for _round in range(3):
        segment = make_article().segments.first()
        assert sorted(map(str, at_once(*on_one_segment(segment, *people)[name]))) == [
            "done",
            REFUSED,
        ]
        segment.refresh_from_db()
        assert segment.revision == 2
        assert Event.objects.filter(segment=segment).count() == 1


def test_a_correction_is_decided_once(people: tuple[Any, Any]) -> None:
    rosa, edith = people
    for _round in range(3):
        row = waiting(make_article().segments.first(), by=rosa)
        acts = (
            lambda row=row: review_actions.approve(row, by=edith, revision=1),
            lambda row=row: review_actions.reject(row, by=edith, revision=1, reason="No."),
            lambda row=row: review_actions.withdraw(row, by=rosa, revision=1),
        )
        told = at_once(*acts)
        assert sorted(map(str, told)) == ["done", REFUSED, REFUSED]


def test_two_approve_while_a_third_edits(people: tuple[Any, Any]) -> None:
    rosa, edith = people
    others = [make_person(name, role="Approvers") for name in ("ruth", "nora")]
    for _round in range(3):
        row = waiting(make_article().segments.first(), by=rosa)
        told = at_once(
            lambda: review_actions.approve(row, by=edith, revision=1),
            lambda: review_actions.approve(row, by=others[0], revision=1),
            lambda: revise(row, by=others[1], revision=1, text="Le maire a bien parlé."),
            lambda: review_actions.submit(row.segment, by=rosa, revision=1, text="Autre."),
        )
        assert sorted(map(str, told)) == ["done", REFUSED, REFUSED, REFUSED]
        assert row.segment.corrections.filter(status="approved").count() <= 1
        assert Event.objects.filter(segment=row.segment).count() == 1


@pytest.mark.parametrize("name", ["flag", "edit", "confirm"])
def test_a_form_that_is_sent_twice_counts_once(people: tuple[Any, Any], name: str) -> None:
    """Two requests of one person at the same moment, as a double click or a second tab sends."""
    for _round in range(3):
        segment = make_article().segments.first()
        fields = {
            "flag": {**FLAG, "source_at": "", "caret_at": ""},
            "edit": {
                "text": "Le maire a bien parlé.",
                "begun": segment.target_text,
                "act": "submit",
            },
            "confirm": {"seen": ""},
        }[name]
        answers: list[int] = []

        def send() -> None:
            browser = Client()
            browser.force_login(people[0])
            address = reverse(name, args=[segment.pk])
            answers.append(browser.post(address, {"revision": "1", **fields}).status_code)

        assert at_once(send, send) == ["done", "done"]
        assert sorted(answers)[-1] == 409, answers
        assert Event.objects.filter(segment=segment).count() == 1


def test_two_who_dismiss_all_alike_from_both_ends(people: tuple[Any, Any]) -> None:
    for _round in range(3):
        rows = list(make_article([("The mayor.", "Maire.")] * 6).segments.order_by("position"))
        found = [make_finding(row) for row in rows]
        ends = zip(people, (found[0], found[-1]), strict=True)
        told = at_once(
            *(
                lambda w=who, f=end: batch.dismiss_alike(f, by=w, revision=1, reason="implied")
                for who, end in ends
            )
        )
        assert sorted(map(str, told)) == ["done", REFUSED]
        assert not Finding.objects.filter(segment__in=rows, status="open").exists()


def test_two_who_approve_all_alike_from_both_ends(people: tuple[Any, Any]) -> None:
    rosa, edith = people
    ruth = make_person("ruth", role="Approvers")
    for _round in range(3):
        rows = list(
            make_article([("The mayor spoke.", "Le maire a parlé.")] * 6).segments.order_by(
                "position"
            )
        )
        made = [waiting(row, by=rosa) for row in rows]
        others = {row.pk: 1 for row in made}
        told = at_once(
            lambda: batch.approve_alike(made[0], by=edith, revision=1, others=others),
            lambda: batch.approve_alike(made[-1], by=ruth, revision=1, others=others),
        )
        assert sorted(map(str, told)) == ["done", REFUSED]


@pytest.mark.parametrize("at", [0, 1])
def test_a_merge_and_a_flag(people: tuple[Any, Any], at: int) -> None:
    rosa, edith = people
    for _round in range(5):
        rows = list(make_article().segments.order_by("position"))
        told = at_once(
            lambda: operations.merge(rows[0], by=edith, revisions={row.pk: 1 for row in rows}),
            lambda: review_actions.flag(rows[at], by=rosa, revision=1, values=FLAG),
        )
        assert sorted(map(str, told)) == ["done", REFUSED]


def test_two_merges(people: tuple[Any, Any]) -> None:
    for _round in range(3):
        rows = list(
            make_article([("A.", "A."), ("B.", "B."), ("C.", "C.")]).segments.order_by("position")
        )
        seen = {row.pk: 1 for row in rows}
        acts = [
            lambda who=who, row=row: operations.merge(
                row, by=who, revisions=dict.fromkeys(list(seen)[rows.index(row) :][:2], 1)
            )
            for who, row in zip(people, rows, strict=False)
        ]
        told = at_once(*acts)
        assert sorted(map(str, told)) == ["done", REFUSED]
        assert rows[0].article.segments.count() == 2


def test_one_finishes_while_the_other_marks() -> None:
    rosa, ruth = make_person("rosa", role="Reviewers"), make_person("ruth", role="Reviewers")
    for number in range(5):
        article = make_reading(rosa, ruth, title=f"Reading {number}")
        adjudication_actions.finish(article, by=ruth)
        adjudication_actions.resume(article, by=ruth)
        row = article.segments.first()
        told = at_once(
            lambda: adjudication_actions.finish(article, by=rosa),
            lambda: adjudication_actions.finish(article, by=ruth),
            lambda: review_actions.flag(row, by=rosa, revision=1, values=FLAG),
            lambda: review_actions.flag(row, by=ruth, revision=1, values=FLAG),
        )
        assert told[:2] == ["done", "done"]
        assert set(map(str, told)) <= {"done", REFUSED}
