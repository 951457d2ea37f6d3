"""Terms that change at the same moment, or while a run begins, on PostgreSQL: nothing is lost and nothing stays unchecked."""

# ruff: noqa: B023 - the acts of a round are done before the next begins

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from articles import checks
from articles.findings import service
from articles.findings.state import check_state
from articles.glossary import actions
from articles.models import Article, Finding, Term
from tests.factories import make_article
from tests.findings.quick_checks import use_checks
from tests.queue import work
from tests.review.test_races import REFUSED, at_once

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write at a time (DATABASE_URL)"
    ),
    pytest.mark.django_db(transaction=True),
]


def test_a_term_that_comes_while_a_run_begins_is_found(ada: Any, monkeypatch: Any) -> None:
    use_checks(monkeypatch, checks.CHECKS["terminology"])
    for number in range(20):
        Term.objects.all().delete()
        article = make_article([("A mayor spoke.", "Un élu parla.")], title=f"No. {number}")
        if number % 2:
            service.refresh_findings(article)
            article.segments.update(checked="")
        told = at_once(
            lambda: actions.add_term(Term(source="mayor", target="maire"), by=ada),
            lambda: service.refresh_findings(article),
        )
        assert told == ["done", "done"]
        work()
        chosen = Article.objects.with_documents().get(pk=article.pk)
        assert check_state([chosen])[article.pk].is_current
        assert Finding.objects.open().filter(segment__article=article).count() == 1


def test_of_two_who_change_a_term_one_is_told_of_the_other(ada: Any, rosa: Any) -> None:
    for number in range(10):
        name = f"strike {number}"
        told = at_once(
            lambda: actions.add_term(Term(source=name, target="a"), by=ada),
            lambda: actions.add_term(Term(source=name, target="b"), by=rosa),
        )
        assert sorted(told) == ["done", REFUSED]
        term = Term.objects.get(source=name)
        seen = actions.contents_of(term)
        changed = [Term(pk=term.pk, source=name, target=target) for target in ("c", "d")]
        told = at_once(
            lambda: actions.change_term(changed[0], seen=seen, by=ada),
            lambda: actions.change_term(changed[1], seen=seen, by=rosa),
        )
        assert {type(each) for each in told} == {str, actions.Conflict}
