"""A job whose worker died is carried out again, or fails with a sentence; one at work is left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.findings.tasks import check_article
from articles.importing import tasks
from articles.importing.interrupted import LOST_AFTER, host_name, take_up_jobs
from articles.models import CheckRun, Import, Team, Worker
from tests.factories import make_article

NOBODY = f"{host_name()}-999999999-dead"
"""A worker of this machine whose process does not exist."""


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def claimed(task, number, *workers):
    """A job that these workers have begun, one after the other."""
    task.enqueue(number)
    job = DBTaskResult.objects.latest("enqueued_at")
    for name in workers:
        job.claim(name)
    return job


def state_of(row):
    row.refresh_from_db()
    return row.status


def test_the_job_of_a_dead_worker_begins_again_once(ada):
    job = Import.objects.create(team=Team.objects.first_team(), by=ada)
    waiting = claimed(tasks.examine_files, job.pk, NOBODY)
    Worker.objects.renew(NOBODY)
    take_up_jobs()
    assert state_of(waiting) == "READY"
    waiting.claim(NOBODY)
    take_up_jobs()
    assert state_of(waiting) == "FAILED"
    assert state_of(job) == "failed"
    assert "start it again" in job.file_results[0]["sentence"]


def test_an_import_that_was_being_stored_is_not_repeated(ada):
    job = Import.objects.create(team=Team.objects.first_team(), by=ada, status="running")
    running = claimed(tasks.carry_out_files, job.pk, NOBODY)
    take_up_jobs()
    assert state_of(running) == "FAILED"
    assert state_of(job) == "failed"


def test_checks_that_end_two_workers_are_said_to_have_failed(db):
    article = make_article()
    CheckRun.objects.update_or_create(article=article, defaults={"status": "running"})
    claimed(check_article, article.pk, NOBODY, NOBODY)
    take_up_jobs()
    assert CheckRun.objects.get(article=article).status == CheckRun.Status.FAILED


def test_the_job_of_a_worker_that_answers_is_left_alone(ada):
    job = Import.objects.create(team=Team.objects.first_team(), by=ada, status="running")
    Worker.objects.renew("other-1-abc")
    running = claimed(tasks.carry_out_files, job.pk, NOBODY, "other-1-abc")
    take_up_jobs(own_name="own")
    assert state_of(running) == "RUNNING"
    assert state_of(job) == "running"
    take_up_jobs(own_name="other-1-abc")
    assert state_of(running) == "FAILED"


def test_an_import_without_any_job_fails_once_a_worker_begins(ada):
    lost = Import.objects.create(team=Team.objects.first_team(), by=ada)
    new = Import.objects.create(team=Team.objects.first_team(), by=ada)
    queued = Import.objects.create(team=Team.objects.first_team(), by=ada)
    tasks.examine_files.enqueue(queued.pk)
    old = timezone.now() - LOST_AFTER - timedelta(seconds=1)
    Import.objects.exclude(pk=new.pk).update(created_at=old)
    take_up_jobs()
    assert state_of(lost) == "examining"
    take_up_jobs(own_name="own")
    assert [state_of(each) for each in (lost, new, queued)] == ["failed", "examining", "examining"]
