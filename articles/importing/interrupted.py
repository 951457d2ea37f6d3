"""Jobs whose worker died: they are carried out again, or fail with a sentence for those who wait.

A job names its workers; one that runs under a worker that is gone was interrupted. Examining files
and running checks store nothing half, so they begin again, but not for ever: what ended two workers
may end the next one, too. Carrying an import out is not repeated: what it stored may have been
worked on, and a person decides with a fresh preview.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.findings.tasks import check_article
from articles.importing import tasks
from articles.models import CheckRun, Import, Worker
from articles.text.messages import gettext as _

MOST_ATTEMPTS = 2
"""Workers that may end in the middle of the same job."""
LOST_AFTER = timedelta(minutes=1)
"""An import in progress that is so old and has no job has lost it: it gets one at once."""
_IN_PROGRESS = [Import.Status.EXAMINING, Import.Status.RUNNING]


def host_name() -> str:
    """Return the name of this machine, as the names of its workers begin."""
    return socket.gethostname()[:40]


def take_up_jobs(*, own_name: str = "") -> None:
    """Queue the jobs again whose worker is gone, or fail them.

    ``own_name`` is the name of the worker that calls, when it begins and so cannot be at work. One
    that begins alone also fails the imports in progress that have no job at all.
    """
    # The row of one that was killed would count as answering for two minutes more.
    Worker.objects.forget_ended(host_name())
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    # The jobs are read first: whoever has begun one until then has a name.
    workers = dict(running.values_list("pk", "worker_ids"))
    working = set(Worker.objects.names_that_answer()) - {own_name}
    # The last name is that of the worker that has the job; the others ended over it.
    interrupted = [pk for pk, names in workers.items() if not working.intersection(names[-1:])]
    if interrupted:
        with transaction.atomic():
            # Locked and asked again whether it runs: every worker looks here every ten seconds.
            for job in running.select_for_update().filter(pk__in=interrupted):
                _take_up(job)
    if own_name and not working:
        _fail_lost_imports()


def _take_up(job: DBTaskResult[..., Any]) -> None:
    """Queue an interrupted job again, or fail it and the row that depends on it."""
    is_repeatable = job.task_path != tasks.carry_out_files.module_path
    if is_repeatable and len(job.worker_ids) < MOST_ATTEMPTS:
        job.status = TaskResultStatus.READY
        job.started_at = None
        job.save(update_fields=["status", "started_at"])
        return
    job.status = TaskResultStatus.FAILED
    job.finished_at = timezone.now()
    job.save(update_fields=["status", "finished_at"])
    number = _number_of(job)
    if job.task_path == check_article.module_path:
        CheckRun.objects.filter(article=number).update(status=CheckRun.Status.FAILED)
    elif job.task_path in _import_paths():
        _fail(Import.objects.filter(pk=number, status__in=_IN_PROGRESS))


def _fail_lost_imports() -> None:
    """Fail the imports in progress for which no job waits or runs any more."""
    open_jobs = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path__in=_import_paths(),
    )
    numbers = {_number_of(job) for job in open_jobs}
    before = timezone.now() - LOST_AFTER
    lost = Import.objects.filter(status__in=_IN_PROGRESS, created_at__lt=before)
    _fail(lost.exclude(pk__in=numbers))


def _fail(imports: Iterable[Import]) -> None:
    messages = {
        Import.Status.EXAMINING: _(
            "The server stopped during this import; nothing was saved. Please start it again."
        ),
        Import.Status.RUNNING: _(
            "The server stopped during this import. Articles that were complete by then are in"
            " the list; import the files again for the others: nothing is stored twice."
        ),
    }
    for job in imports:
        tasks.fail_import(job, job.status, messages[Import.Status(job.status)])


def _import_paths() -> list[str]:
    return [tasks.examine_files.module_path, tasks.carry_out_files.module_path]


def _number_of(job: DBTaskResult[..., Any]) -> int:
    """Return the number of the import or the article that a job is about."""
    return int(job.args_kwargs["args"][0])
