"""Floor 4: long work, for the worker that `manage.py up` starts beside the server (django-tasks, database queue)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from articles.importing import actions
from articles.importing.bilingual import ImportCancelled, discard_unready
from articles.importing.detection import ExtractedText, IncomingFile, detect, extract_text, on_disk
from articles.models import Import, ImportFile

logger = logging.getLogger(__name__)
AT_ONCE = 2_000_000
"""Uploads of so many bytes in all are examined while the sender waits; larger ones by the worker."""


def begin_import(uploads: Iterable[UploadedFile[Any]], *, by: Any) -> Import:
    """Keep the uploaded files and have them examined."""
    chosen = list(uploads)
    with transaction.atomic():
        job = Import.objects.create(by=by)
        for upload in chosen:
            ImportFile.objects.create(job=job, name=Path(upload.name or "").name, data=upload)
    if sum(upload.size or 0 for upload in chosen) <= AT_ONCE:
        examine_import(job.pk)
    else:
        examine_files.enqueue(job.pk, get_language())
    job.refresh_from_db()
    return job


def start_import(job: Import) -> bool:
    """Have an examined import carried out. False when it was started or cancelled already."""
    started = Import.objects.filter(pk=job.pk, status=Import.Status.EXAMINED).update(
        status=Import.Status.RUNNING
    )
    if started:
        carry_out_files.enqueue(job.pk, get_language())
    return bool(started)


def cancel_import(job: Import) -> bool:
    """Give an import up; one that runs stops at its next step, and its new articles go (see intake.carry_out)."""
    open_ones = [Import.Status.EXAMINING, Import.Status.EXAMINED, Import.Status.RUNNING]
    cancelled = Import.objects.filter(pk=job.pk, status__in=open_ones).update(
        status=Import.Status.CANCELLED, lines=[]
    )
    if cancelled:
        _drop_files(job)
    return bool(cancelled)


@task()
def examine_files(number: int, language: str | None = None) -> None:
    """The worker's way to examine_import, speaking the sender's language."""
    with override(language):
        examine_import(number)


@task()
def carry_out_files(number: int, language: str | None = None) -> None:
    """The worker's way to carry_out_import, speaking the sender's language."""
    with override(language):
        carry_out_import(number)


def examine_import(number: int) -> None:
    """Say of each file what would become of it."""
    job = Import.objects.get(pk=number)
    plan = actions.examine(_files(job))
    _end(job, Import.Status.EXAMINING, Import.Status.EXAMINED, plan.lines, total=plan.size)


def carry_out_import(number: int) -> None:
    """Store what the files hold, telling how far it is; what goes wrong is logged and said."""
    job = Import.objects.get(pk=number)

    def progress(done: int, total: int) -> None:
        if not Import.objects.filter(pk=number, status=Import.Status.RUNNING).update(
            done=done, total=total
        ):
            raise ImportCancelled

    try:
        lines = actions.import_files(_files(job), by=job.by, progress=progress)
    except actions.ImportStopped as stop:
        _end(job, Import.Status.CANCELLED, Import.Status.CANCELLED, stop.left)
        return
    except Exception:
        logger.exception("import %s failed", number)
        sorry = _(
            "Something went wrong here, and this import stopped. An admin finds it in the log."
        )
        _end(job, Import.Status.RUNNING, Import.Status.FAILED, [actions.FileResult("", sorry)])
    else:
        _end(job, Import.Status.RUNNING, Import.Status.DONE, lines)
    _drop_files(job)


def extract_uploaded_text(file: ImportFile) -> ExtractedText | None:
    """What is read of an uploaded file, None where it holds no text. Raises BadFile."""
    uploaded = _on_disk(file)
    return extract_text(detect(uploaded, [uploaded]))


def fail_interrupted_imports() -> None:
    """After a stop in the middle: take away what is half done, tell those who wait. Call it while no worker runs."""
    sorry = _(
        "The server stopped in the middle of this import; nothing half done was kept. Please start it again."
    )
    for job in Import.objects.filter(status__in=[Import.Status.EXAMINING, Import.Status.RUNNING]):
        _end(job, job.status, Import.Status.FAILED, [actions.FileResult("", sorry)])
        _drop_files(job)
    discard_unready()


def _files(job: Import) -> list[IncomingFile]:
    return [_on_disk(each) for each in job.files.all()]


def _on_disk(file: ImportFile) -> IncomingFile:
    return on_disk(Path(file.data.path), file.name)


def _end(
    job: Import, before: str, after: str, lines: Iterable[actions.FileResult], **values: Any
) -> None:
    """Move the job on, unless it was cancelled meanwhile."""
    rows = [
        {
            "name": line.name,
            "sentence": line.sentence,
            "refused": line.refused,
            "kind": line.kind,
            "article": line.article and line.article.pk,
            "text": line.is_text,
        }
        for line in lines
    ]
    Import.objects.filter(pk=job.pk, status=before).update(status=after, lines=rows, **values)


def _drop_files(job: Import) -> None:
    for each in job.files.all():
        each.data.delete(save=False)
        each.delete()
