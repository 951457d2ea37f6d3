"""What somebody was given to do: what it says in each stage, for each part, in which order, at what cost."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.adjudication import actions
from articles.assignments import queries as assignments_queries
from articles.models import Article, Assignment, SignOff
from tests.factories import make_article, make_correction, make_reading


def todos(person: Any) -> list[str]:
    return [row.todo for row in assignments_queries.assigned_articles(person)]


def give(article: Article, person: Any, role: str = "reviewer", due: date | None = None) -> None:
    Assignment.objects.create(article=article, person=person, role=role, due=due)


def test_an_ordinary_review_has_a_reviewer_and_an_approver(rosa: Any, edith: Any, ada: Any) -> None:
    article = make_article()
    give(article, rosa)
    give(article, edith, "approver")
    make_correction(article.segments.get(position=1), by=rosa, status="submitted")
    assert (todos(rosa), todos(edith), todos(ada)) == (["repair"], ["decide"], [])
    assert assignments_queries.assigned_articles(edith)[0].waiting == 1
    article.segments.update(status="done")
    assert (todos(rosa), todos(edith)) == ([], ["sign_off"])
    SignOff.objects.create(article=article, person=edith, digest="", segment_count=1)
    assert todos(edith) == []


def test_a_reading_apart_from_beginning_to_end(rosa: Any, ruth: Any, edith: Any, ada: Any) -> None:
    article = make_reading(rosa, ruth)
    give(article, edith, "approver")
    assert (todos(rosa), todos(ruth), todos(edith)) == (["read"], ["read"], ["soon"])
    assert [str(each) for each in assignments_queries.assigned_articles(rosa)[0].readers] == [
        "ruth"
    ]
    actions.finish(article, by=rosa)
    assert (todos(rosa), todos(ruth), todos(edith)) == (["wait"], ["read"], ["soon"])
    actions.finish(article, by=ruth)
    assert (todos(rosa), todos(edith), todos(ada)) == (["compared"], ["compare"], [])
    actions.close(article, by=edith)
    assert (todos(rosa), todos(edith)) == (["repair"], ["decide"])


def test_what_nobody_was_given_to_compare_is_everybodys_who_may(
    rosa: Any, ruth: Any, edith: Any, ada: Any
) -> None:
    article = make_reading(rosa, ruth)
    for row in article.reviewers:
        actions.finish(article, by=row.person)
    assert (todos(edith), todos(ada), todos(rosa)) == (["compare"], ["compare"], ["compared"])


def test_the_next_due_comes_first_and_no_date_last(rosa: Any) -> None:
    soon = date(2027, 1, 1)
    dues = {
        "Someday": (None, None),
        "Later": (date(2027, 2, 1), time(9)),
        "Soon": (soon, None),
        "Evening": (soon, time(18)),
        "Morning": (soon, time(9)),
    }
    for title, (day, hour) in dues.items():
        row = {"article": make_article(title=title), "person": rosa}
        Assignment.objects.create(**row, due=day, due_time=hour)
    titles = [row.article.title for row in assignments_queries.assigned_articles(rosa)]
    assert titles == ["Morning", "Evening", "Soon", "Later", "Someday"]


@pytest.mark.slow
def test_the_first_page_costs_the_same_for_one_duty_and_many(
    client: Any, rosa: Any, edith: Any
) -> None:
    client.force_login(edith)
    costs = []
    for more in (1, 20):
        for _each in range(more):
            article = make_article()
            give(article, rosa)
            give(article, edith, "approver")
        client.get(reverse("articles"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("articles"))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 30


@pytest.mark.parametrize(
    ("due", "words", "late"),
    [
        (date(2027, 3, 7), "Overdue since 7 March 2027", True),
        (date(2027, 3, 9), "Due today", False),
        (date(2027, 3, 10), "Due tomorrow", False),
        (date(2027, 3, 18), "Due 18 March 2027", False),
    ],
)
def test_the_first_page_says_until_when(
    due: date, words: str, late: bool, client: Any, rosa: Any
) -> None:
    give(make_article(), rosa, due=due)
    with time_machine.travel(timezone.make_aware(datetime(2027, 3, 9, 12))):  # noqa: DTZ001 - of the site
        client.force_login(rosa)
        page = client.get(reverse("articles")).content.decode()
    assert "Your role: reviewer." in page
    assert words in page
    assert ("due error" in page) == late


def test_the_first_page_leads_to_where_the_work_is(
    client: Any, rosa: Any, ruth: Any, edith: Any
) -> None:
    article = make_reading(rosa, ruth)
    for row in article.reviewers:
        actions.finish(article, by=row.person)
    client.force_login(edith)
    page = client.get(reverse("articles")).content.decode()
    assert f'href="{reverse("compare", args=[article.pk])}"' in page
    assert "rosa and ruth have finished: compare their flags." in page
