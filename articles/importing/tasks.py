"""Long imports, for the worker beside the web server (django-tasks with a queue in the database).

An import is one row with its uploaded files. ``begin_import`` keeps the files and has them
examined, whatever their size: what is found out is stored as a plan (plan.py). ``start_import`` has
the plan carried out. The worker calls the two tasks by their dotted paths, which are stored in the
queue. A text whose partner did not come stays when its import is over, and waits.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django_tasks import task

from articles.alignment.direction import in_direction
from articles.detection.files import USUAL_SOURCE_LANGUAGE, IncomingFile, on_disk
from articles.importing import actions
from articles.importing.bilingual import ImportCancelled
from articles.importing.plan import (
    Choices,
    ImportPlan,
    is_outdated,
    load_documents,
    load_plan,
    save_plan,
)
from articles.importing.results import FileResult
from articles.models import Import, ImportFile, Team
from articles.models.imports import PASTED_NAMES
from articles.text.document import Document
from articles.text.messages import Message
from articles.text.messages import gettext as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PastedText:
    """A text that was pasted: its words and its language, "" to find it out."""

    text: str
    language: str


def begin_import(
    uploads: Iterable[UploadedFile[Any]],
    *,
    by: User,
    pasted: tuple[PastedText, PastedText] | None = None,
    title: str = "",
    team: Team | None = None,
) -> Import:
    """Keep the uploaded files, and two texts that were pasted, and have them examined.

    ``title`` is that of the pasted article, "" for its headline; ``team`` is whose the articles
    become, None for the first one.
    """
    used: set[str] = set()
    with transaction.atomic():
        job = Import.objects.create(by=by, team=team or Team.objects.first_team())
        for upload in uploads:
            name = _unused_name(Path(upload.name or "").name, used)
            ImportFile.objects.create(job=job, by=by, name=name, data=upload)
        if pasted is not None:
            _keep_pasted(job, pasted, title, used)
    examine_files.enqueue(job.pk, get_language())
    job.refresh_from_db()
    return job


def _unused_name(name: str, used: set[str]) -> str:
    """Return the name, with a number where another file of the import has it."""
    stem, dot, ending = name.rpartition(".")
    number = 1
    free = name
    while free in used:
        number += 1
        free = f"{stem} ({number}){dot}{ending}" if stem else f"{name} ({number})"
    used.add(free)
    return free


def _keep_pasted(
    job: Import, pasted: tuple[PastedText, PastedText], title: str, used: set[str]
) -> None:
    """Keep the two texts as files, the second the translation of the first."""
    rows = []
    for usual_name, each in zip(PASTED_NAMES, pasted, strict=True):
        name = _unused_name(usual_name, used)
        row = ImportFile(job=job, by=job.by, name=name, chosen_language=each.language)
        row.data.save(name, ContentFile(each.text.encode()), save=False)
        row.save()
        rows.append(row)
    rows[1].partner = rows[0]
    rows[1].chosen_title = title
    rows[1].save()


def examine_again(job: Import) -> bool:
    """Have the files examined again, after a person chose otherwise. False when it went on."""
    # One conditional UPDATE, here and below, instead of a look and a write: of two requests at a
    # time, one finds the status that it may change.
    examined = Import.objects.filter(pk=job.pk, status=Import.Status.EXAMINED)
    begun = examined.update(status=Import.Status.EXAMINING, examined_again=False, lines=[])
    if begun:
        examine_files.enqueue(job.pk, get_language())
    return bool(begun)


def source_first(first: ImportFile, second: ImportFile) -> tuple[ImportFile, ImportFile]:
    """Return two files with the original first, by what they say of it."""
    documents = [Document(row.name, row.language, row.text) for row in (first, second)]
    source, _target = in_direction(documents[0], documents[1], USUAL_SOURCE_LANGUAGE)
    return (first, second) if source is documents[0] else (second, first)


def pair_waiting(files: Sequence[ImportFile], *, by: User) -> Import:
    """Have two waiting texts of one team examined as a pair, in an import of their own."""
    source, target = source_first(*files)
    with transaction.atomic():
        # Of their own: the imports that they came with are over, and may be other people's.
        job = Import.objects.create(by=by, team=source.job.team)
        used: set[str] = set()
        for row in (source, target):
            row.job = job
            row.name = _unused_name(row.name, used)
            # Read already, in its own import.
            row.chosen_language = row.language
            row.alone = False
        target.partner = source
        source.save()
        target.save()
    examine_files.enqueue(job.pk, get_language())
    return job


def waiting_for_partner(team: Team) -> QuerySet[ImportFile]:
    """Return the texts of the team's imports that wait for their partner, the oldest first."""
    return ImportFile.objects.filter(waiting=True, job__team=team).order_by("pk")


def discard_waiting(file: ImportFile) -> None:
    """Delete a text that waits for its partner."""
    file.data.delete(save=False)
    file.delete()


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
        # Those that waited before this import go on waiting.
        _drop_files(job, keep=set(job.files.filter(waiting=True).values_list("name", flat=True)))
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
    """Make the import's plan, and store for each file what the import will do with it."""
    job = Import.objects.get(pk=number)
    try:
        plan = _make_plan(job)
    except Exception:
        logger.exception("import %s could not be examined", number)
        fail_import(job, Import.Status.EXAMINING, _went_wrong())
        return
    _finish(job, Import.Status.EXAMINING, Import.Status.EXAMINED, plan.results, total=plan.size)


def carry_out_import(number: int) -> None:
    """Store what the plan holds, telling how far it is; a failure is logged and explained.

    A plan whose deciding articles have changed is not carried out: the files are examined again,
    and the person who brought them is asked again.
    """
    job = Import.objects.get(pk=number)
    try:
        plan = _load_or_make_plan(job)
        if is_outdated(plan, job.team):
            _renew_preview(job)
            return
        results = actions.carry_out(plan, by=job.by, progress=_progress_of(job), team=job.team)
    except actions.CancelledWithResults as stopped:
        _finish(job, Import.Status.CANCELLED, Import.Status.CANCELLED, stopped.kept)
        return
    except Exception:
        logger.exception("import %s failed", number)
        fail_import(job, Import.Status.RUNNING, _went_wrong())
        return
    # What was refused or waits is not in the plan; its lines are those of the examination.
    lines = [line for line in job.lines if line["refused"] or line.get("kind") == "waiting"]
    lines.extend(result.as_line() for result in results)
    lines.sort(key=lambda line: str(line["name"]))
    waiting = {line["name"] for line in lines if line.get("kind") == "waiting"}
    job.files.filter(name__in=waiting).update(waiting=True)
    # Not ``job.save()``: an import that was cancelled at its last step stays cancelled.
    Import.objects.filter(pk=job.pk, status=Import.Status.RUNNING).update(
        status=Import.Status.DONE, lines=lines
    )
    _drop_files(job, keep=waiting)


def _went_wrong() -> Message:
    return _("Something went wrong on our side and this import stopped; the error was logged.")


# ── the plan ─────────────────────────────────────────────────────────────────


def extracted_text(file: ImportFile) -> ImportFile | None:
    """Return the file with what was read of it, None where it holds no text that was read."""
    # Only an import from before there were plans has none (docs/decisions/0060).
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
    others = waiting_for_partner(job.team).exclude(job=job)
    kept = {on_disk(Path(row.data.path), row.name): row for row in others}
    plan = actions.examine(
        files,
        by=job.by,
        choices=_choices(files),
        waiting=load_documents(kept),
        team=job.team,
    )
    with transaction.atomic():
        # The files of an import that was cancelled meanwhile are gone, and so is its plan.
        if Import.objects.filter(pk=job.pk).exclude(status=Import.Status.CANCELLED).exists():
            save_plan(plan, files, waiting=kept)
            Import.objects.filter(pk=job.pk).update(planned_at=timezone.now())
    return plan


def _choices(files: Mapping[IncomingFile, ImportFile]) -> Choices:
    """Return what a person chose for the files."""
    choices = Choices()
    by_key = {row.pk: file for file, row in files.items()}
    for file, row in files.items():
        if row.chosen_language:
            choices.languages[file] = row.chosen_language
        if row.chosen_title:
            choices.titles[file] = row.chosen_title
        if row.partner_id in by_key:
            choices.partners[file] = by_key[row.partner_id]
        elif row.alone:
            choices.alone.add(file)
    return choices


def _renew_preview(job: Import) -> None:
    """Make a running import's plan anew, and ask the person who brought the files again."""
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
        # The write is also the question whether to go on: cancelling changes the status.
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


def fail_import(job: Import, before: str, message: Message) -> None:
    """End an import that is ``before``, with a message for the person who waits."""
    _finish(job, before, Import.Status.FAILED, [FileResult("", message)])
    _drop_files(job, keep=set(job.files.filter(waiting=True).values_list("name", flat=True)))


def _drop_files(job: Import, keep: Collection[str] = ()) -> None:
    """Delete the files of an import that is over, but for those that wait for their partner."""
    # Not their texts, which may be many megabytes.
    for file in job.files.only("name", "data", "job"):
        if file.name not in keep:
            file.data.delete(save=False)
            file.delete()
