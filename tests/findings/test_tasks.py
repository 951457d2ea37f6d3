"""The checks in the background: queued once, in short transactions, and taken up after the worker died."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.findings import service, tasks
from articles.findings.state import check_state
from articles.models import Article, CheckRun, Finding, Worker
from tests.factories import make_article, make_correction
from tests.findings.quick_checks import target_check, use_checks
from tests.queue import work

PAIRS = [(f"The mayor {n}.", f"Le maire {n}.") for n in range(6)]


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    use_checks(monkeypatch, target_check("mayors", "maire"))
    monkeypatch.setattr(service, "_BATCH", 2)


@pytest.fixture
def article(db):
    return make_article(PAIRS)


def state_of(article):
    return check_state([Article.objects.with_documents().get(pk=article.pk)])[article.pk]


def test_a_run_is_queued_once(article):
    tasks.queue_checks(article)
    tasks.queue_checks(article)
    assert DBTaskResult.objects.count() == 1
    work()
    assert state_of(article).is_current
    assert Finding.objects.count() == 6
    tasks.queue_checks(article)
    assert DBTaskResult.objects.count() == 1


def test_a_change_while_the_checks_run_is_checked_afterwards(article):
    def change(done, _total):
        if done == 4:
            article.segments.filter(position=1).update(target_text="Il 0.", checked="")
            tasks.queue_text_checks(article, 1, 1)

    service.refresh_findings(article, progress=change)
    assert state_of(article).code == "queued"
    work()
    assert state_of(article).is_current
    assert Finding.objects.count() == 5


def test_no_check_runs_inside_a_transaction(article, monkeypatch, transactional_db):
    inside = []
    real = service._run

    def look(*given):
        inside.append(connection.in_atomic_block)
        return real(*given)

    monkeypatch.setattr(service, "_run", look)
    service.refresh_findings(article)
    assert inside == [False] * 6


class Killed(BaseException):
    """What ends a worker in the middle."""


def kill(article):
    """Have the worker end after two batches."""

    def stop(done, _total):
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        service.refresh_findings(article, progress=stop)


def test_a_killed_worker_leaves_the_article_unfinished_and_the_next_goes_on(
    article, monkeypatch, client, rosa
):
    kill(article)
    state = state_of(article)
    assert (state.code, state.done, state.total) == ("running", 4, 6)
    assert not state.is_current
    client.force_login(rosa)
    desk = client.get(reverse("desk", args=[article.pk])).content.decode()
    assert "Checking: 4 of 6 segments" in desk
    checked = []
    real = service._run
    monkeypatch.setattr(service, "_run", lambda *given: checked.append(given[2]) or real(*given))
    tasks.take_up_checks(alone=True)
    work()
    assert checked == [4, 5]
    assert state_of(article).is_current
    assert Finding.objects.count() == 6


def test_a_run_is_taken_up_where_its_worker_is_silent_and_not_where_it_works(article):
    kill(article)
    tasks.take_up_checks()
    assert state_of(article).code == "running"
    long_ago = timezone.now() - tasks.ABANDONED_AFTER - timedelta(seconds=1)
    CheckRun.objects.update(seen_at=long_ago)
    tasks.take_up_checks()
    tasks.take_up_checks()
    assert state_of(article).code == "queued"
    assert DBTaskResult.objects.count() == 1


def test_a_queued_run_whose_job_is_lost_is_queued_again(article):
    tasks.queue_checks(article)
    DBTaskResult.objects.all().delete()
    tasks.take_up_checks()
    work()
    assert state_of(article).is_current


def test_the_row_of_a_killed_worker_of_this_machine_goes(db):
    import os

    Worker.objects.renew(f"here-{os.getpid()}-a")
    Worker.objects.renew("here-999999999-b")
    Worker.objects.renew("there-999999999-c")
    Worker.objects.forget_ended("here")
    assert set(Worker.objects.values_list("name", flat=True)) == {
        f"here-{os.getpid()}-a",
        "there-999999999-c",
    }


def test_a_failure_is_stored_and_the_worker_goes_on(article, monkeypatch, caplog):
    def fail(*_given):
        raise ZeroDivisionError

    monkeypatch.setattr(service, "_run", fail)
    tasks.queue_checks(article)
    work()
    assert state_of(article).code == "failed"
    assert f"the checks of article {article.pk} failed" in caplog.text


def test_an_article_that_is_gone_is_no_failure(article):
    tasks.queue_checks(article)
    number = article.pk
    article.delete()
    tasks.check_article.call(number)
    tasks.check_correction.call(1)


def test_waiting_corrections_from_before_are_checked_at_the_start(article, rosa):
    correction = make_correction(
        article.segments.first(), by=rosa, text="Il 0.", status="submitted"
    )
    service.refresh_findings(article)
    tasks.take_up_checks(alone=True)
    work()
    assert Finding.objects.get(hidden_by=correction).segment.position == 1
