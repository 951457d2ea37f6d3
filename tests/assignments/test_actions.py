"""Giving an article out: parts by role, who may have which, and reading apart begun and called off."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import User as Person
from django.db import IntegrityError, transaction

from articles.assignments import actions
from articles.models import Article, Assignment, Event
from articles.review import workflow
from tests.factories import make_article, make_flag, make_reading


def test_an_article_is_given_out_with_a_date(rosa: Any, ada: Any) -> None:
    article = make_article()
    actions.assign(article, by=ada, person=rosa, role="reviewer", due=date(2026, 12, 1))
    row = actions.assign(article, by=ada, person=rosa, role="reviewer", due=date(2026, 12, 24))
    assert Assignment.objects.get() == row
    assert (row.due, row.due_time) == (date(2026, 12, 24), None)
    event = Event.objects.filter(act="assigned").first()
    assert event is not None
    assert event.details == {
        "person": "rosa",
        "role": "reviewer",
        "due": "2026-12-24",
        "gone": False,
    }


def test_an_article_is_due_at_an_hour(rosa: Any, ada: Any) -> None:
    day, hour = date(2026, 12, 24), time(18)
    part = {"person": rosa, "role": "reviewer"}
    row = actions.assign(make_article(), by=ada, due=day, due_time=hour, **part)
    row.refresh_from_db()
    assert (row.due, row.due_time) == (day, hour)
    assert Event.objects.filter(act="assigned")[0].details["due"] == "2026-12-24T18:00"


def test_an_hour_without_a_day_is_not_stored(rosa: Any) -> None:
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(article=article, person=rosa, due_time=time(18))


@pytest.mark.parametrize(
    ("name", "role", "reason"),
    [
        ("otto", "reviewer", "otto cannot review; an admin can give them that role."),
        ("rosa", "approver", "rosa cannot approve; an admin can give them that role."),
        ("rosa", "reviewer", None),
        ("edith", "reviewer", None),
        ("edith", "approver", None),
    ],
)
def test_who_may_have_a_part(
    name: str, role: str, reason: str | None, request: Any, ada: Any
) -> None:
    person = request.getfixturevalue(name)
    assert actions.why_not_role(person, role, make_article()) == reason
    if reason:
        with pytest.raises(workflow.Refused, match="an admin can give"):
            actions.assign(make_article(), by=ada, person=person, role=role)


def test_reading_apart_takes_two(rosa: Any, ruth: Any, edith: Any, ada: Any) -> None:
    article = make_article()
    for person, refused in ((rosa, True), (ruth, False), (edith, True)):
        actions.assign(article, by=ada, person=person, role="reviewer")
        article = Article.objects.get()
        if refused:
            with pytest.raises(workflow.Refused, match="two reviewers"):
                actions.start_blind_review(article, by=ada)
        else:
            actions.start_blind_review(article, by=ada)
            assert article.stage == "reading"
            actions.cancel_blind_review(article, by=ada)
            assert Article.objects.get().stage == "review"
    acts = Event.objects.exclude(act="assigned").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["apart", "together"]


def test_what_has_begun_is_neither_called_off_nor_given_to_others(
    rosa: Any, ruth: Any, edith: Any, ada: Any
) -> None:
    article = make_reading(rosa, ruth)
    assert actions.why_not_reviewers(article, [rosa, edith], together=False) is None
    assert actions.why_not_reviewers(article, [rosa], together=True) is None
    with pytest.raises(workflow.Refused, match="two reviewers"):
        actions.assign(article, by=ada, person=edith, role="reviewer")
    make_flag(article.segments.get(position=1), by=rosa, apart="sealed")
    Event.objects.record(Event.Act.FLAGGED, segment=article.segments.get(position=1), by=rosa)
    article = Article.objects.get()
    with pytest.raises(workflow.Refused, match="has begun"):
        actions.cancel_blind_review(article, by=ada)
    with pytest.raises(workflow.Refused, match="is or was in blind review"):
        actions.start_blind_review(article, by=ada)
    for person, role in ((edith, "reviewer"), (ruth, "approver")):
        ruth.groups.set(edith.groups.all())
        with pytest.raises(workflow.Refused, match="its reviewers cannot be changed"):
            actions.assign(article, by=ada, person=Person.objects.get(pk=person.pk), role=role)
    actions.assign(article, by=ada, person=edith, role="approver")
    actions.assign(article, by=ada, person=ruth, role="reviewer", due=date(2027, 1, 31))
    assert actions.why_not_reviewers(article, [ruth, rosa], together=False) is None
    article.stage = "compared"
    assert actions.why_not_reviewers(article, [edith], together=False) is None
