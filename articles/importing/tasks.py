"""Long imports, for the worker beside the web server (django-tasks with a queue in the database).

An import is one row with its uploaded files. ``begin_import`` keeps the files and has them
examined: what is found out is stored as a plan (plan.py). ``start_import`` has the plan carried
out. The worker calls the two tasks by their dotted paths, which are stored in the queue.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles.importing import actions
from articles.importing.bilingual import ImportCancelled, discard_unready
from articles.importing.detection import IncomingFile, on_disk
from articles.importing.plan import ImportPlan, is_outdated, load_plan, save_plan
from articles.importing.results import FileResult
from articles.models import Import, ImportFile

logger = logging.getLogger(__name__)
EXAMINED_IN_REQUEST_BYTES = 2_000_000
"""Uploads of so many bytes in all are examined while the sender waits; larger ones by the worker:
a request should not take longer than a few seconds."""


def begin_import(uploads: Iterable[UploadedFile[Any]], *, by: User) -> Import:
    """Keep the uploaded files and have them examined."""
    chosen = list(uploads)
    with transaction.atomic():
        job = Import.objects.create(by=by)
        for upload in chosen:
            ImportFile.objects.create(job=job, name=Path(upload.name or "").name, data=upload)
    if sum(upload.size or 0 for upload in chosen) <= EXAMINED_IN_REQUEST_BYTES:
        examine_import(job.pk)
    else:
        examine_files.enqueue(job.pk, get_language())
    job.refresh_from_db()
    return job


def start_import(job: Import) -> bool:
    """Have an examined import carried out. False when it was started or cancelled already."""
    examined = Import.objects.filter(pk=job.pk, status=Import.Status.EXAMINED)
    started = examined.update(status=Import.Status.RUNNING, examined_again=False)
    if started:
        carry_out_files.enqueue(job.pk, get_language())
    return bool(started)


def cancel_import(job: Import) -> bool:
    """Give an import up. One that runs stops at its next step, and its new articles go."""
    open_statuses = [Import.Status.EXAMINING, Import.Status.EXAMINED, Import.Status.RUNNING]
    open_imports = Import.objects.filter(pk=job.pk, status__in=open_statuses)
    cancelled = open_imports.update(status=Import.Status.CANCELLED, lines=[])
    if cancelled:
        _drop_files(job)
    return bool(cancelled)


# ── what the worker does ─────────────────────────────────────────────────────


@task()
def examine_files(number: int, language: str | None = None) -> None:
    """Examine an import in the language of the person who sent it."""
    with override(language):
        examine_import(number)


@task()
def carry_out_files(number: int, language: str | None = None) -> None:
    """Carry an import out in the language of the person who sent it."""
    with override(language):
        carry_out_import(number)


def examine_import(number: int) -> None:
    """Make the import's plan, and say of each file what would become of it."""
    job = Import.objects.get(pk=number)
    plan = _make_plan(job)
    _finish(job, Import.Status.EXAMINING, Import.Status.EXAMINED, plan.results, total=plan.size)


def carry_out_import(number: int) -> None:
    """Store what the plan holds, telling how far it is; a failure is logged and explained.

    A plan whose deciding articles have changed is not carried out: the files are examined again,
    and the person who brought them is asked again.
    """
    job = Import.objects.get(pk=number)
    try:
        plan = _load_or_make_plan(job)
        if is_outdated(plan):
            _examine_again(job)
            return
        results = actions.carry_out(plan, by=job.by, progress=_progress_of(job))
    except actions.CancelledWithResults as stopped:
        _finish(job, Import.Status.CANCELLED, Import.Status.CANCELLED, stopped.kept)
        return
    except Exception:
        logger.exception("import %s failed", number)
        _fail(
            job,
            Import.Status.RUNNING,
            _("Something went wrong here, and this import stopped. An admin finds it in the log."),
        )
        return
    lines = [line for line in job.lines if line["refused"]]
    lines.extend(result.as_line() for result in results)
    lines.sort(key=lambda line: str(line["name"]))
    Import.objects.filter(pk=job.pk, status=Import.Status.RUNNING).update(
        status=Import.Status.DONE, lines=lines
    )
    _drop_files(job)


def fail_interrupted_imports() -> None:
    """After a stop in the middle, take away what is half done and tell those who wait.

    Imports whose job still waits in the queue are left: the worker takes them up. Call this while
    no worker runs.
    """
    sorry = _(
        "The server stopped in the middle of this import; nothing half done was kept. "
        "Please start it again."
    )
    in_progress = [Import.Status.EXAMINING, Import.Status.RUNNING]
    for job in Import.objects.filter(status__in=in_progress).exclude(pk__in=_queued_imports()):
        _fail(job, job.status, sorry)
    discard_unready()


# ── the plan ─────────────────────────────────────────────────────────────────


def extracted_text(file: ImportFile) -> ImportFile | None:
    """Return the file with what was read of it, None where it holds no text that was read."""
    if file.job.planned_at is None:
        _make_plan(file.job)
        file.refresh_from_db()
    return file if file.text else None


def _load_or_make_plan(job: Import) -> ImportPlan:
    """Return the stored plan; make it for an import that was examined before plans were kept."""
    if job.planned_at is None:
        plan = _make_plan(job)
        job.lines = [result.as_line() for result in plan.results]
        return plan
    return load_plan(_incoming_files(job))


def _make_plan(job: Import) -> ImportPlan:
    """Examine the files and store what is found out with them."""
    files = _incoming_files(job)
    plan = actions.examine(files)
    with transaction.atomic():
        # The files of an import that was cancelled meanwhile are gone, and so is its plan.
        if Import.objects.filter(pk=job.pk).exclude(status=Import.Status.CANCELLED).exists():
            save_plan(plan, files)
            Import.objects.filter(pk=job.pk).update(planned_at=timezone.now())
    return plan


def _examine_again(job: Import) -> None:
    plan = _make_plan(job)
    _finish(
        job,
        Import.Status.RUNNING,
        Import.Status.EXAMINED,
        plan.results,
        total=plan.size,
        examined_again=True,
    )


def _incoming_files(job: Import) -> dict[IncomingFile, ImportFile]:
    rows = job.files.order_by("pk")
    return {on_disk(Path(row.data.path), row.name): row for row in rows}


# ── the state of an import ───────────────────────────────────────────────────


def _progress_of(job: Import) -> actions.ImportProgress:
    """Return a function that stores how far the import is, and stops it once it is cancelled."""

    def progress(done: int, total: int | None) -> None:
        running = Import.objects.filter(pk=job.pk, status=Import.Status.RUNNING)
        if not running.update(done=done, total=total or 0):
            raise ImportCancelled

    return progress


def _finish(
    job: Import, before: str, after: str, results: Iterable[FileResult], **values: Any
) -> bool:
    """Move the import on, unless it was cancelled meanwhile; return whether it was moved."""
    lines = [result.as_line() for result in results]
    unchanged = Import.objects.filter(pk=job.pk, status=before)
    return bool(unchanged.update(status=after, lines=lines, **values))


def _fail(job: Import, before: str, sentence: str) -> None:
    _finish(job, before, Import.Status.FAILED, [FileResult("", sentence)])
    _drop_files(job)


def _queued_imports() -> set[int]:
    """Return the numbers of the imports whose jobs no worker has begun yet."""
    paths = [examine_files.module_path, carry_out_files.module_path]
    waiting = DBTaskResult.objects.ready().filter(task_path__in=paths)
    return {int(job.args_kwargs["args"][0]) for job in waiting}


def _drop_files(job: Import) -> None:
    for file in job.files.only("data", "job"):
        file.data.delete(save=False)
        file.delete()
