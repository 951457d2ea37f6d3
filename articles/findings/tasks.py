"""The checks in the background: queue a run, carry it out in the worker, take up what was left.

A run has no state but what the segments have: it checks those that were not checked as they are
now. So it may be stopped anywhere and carried out again, by anybody, at any time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles.findings.corrections import check_waiting_corrections
from articles.findings.service import refresh_findings
from articles.findings.source_words import articles_with, place_of
from articles.models import Article, CheckRun, Correction, Event, Finding, Term
from articles.models.headlines import refresh_target_title

logger = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(minutes=2)
"""A run that has stored nothing for so long has lost its worker: a batch takes seconds."""
_SKEW = timedelta(seconds=10)
"""How far the clocks of two machines may be apart."""
_OUT_OF_DATE = "out of date"
"""The mark of a run that is no run's by the rules as they are."""

Status = CheckRun.Status
Progress = Callable[[int, int], None]
"""Called with (segments done, all segments)."""


def queue_checks(article: Article, *, by: User | None = None) -> None:
    """Have the article checked by the worker, unless that waits already.

    ``by`` is the person who asked for it, which becomes an event; None where an act made it
    necessary. Call it inside the transaction that changes the texts.
    """
    with transaction.atomic():
        run, is_new = CheckRun.objects.get_or_create(article_id=article.pk)
        # A running one is queued again: it may have passed the segments that have just changed.
        others = CheckRun.objects.filter(pk=run.pk).exclude(status=Status.QUEUED)
        if others.update(status=Status.QUEUED) or is_new:
            check_article.enqueue(article.pk)
        if by is not None:
            Event.objects.record(Event.Act.RECHECKED, article=article, by=by)


def queue_text_checks(article: Article, first: int, last: int) -> None:
    """Have the segments from the first to the last position checked, whose texts have changed.

    Their neighbours are checked too: some checks look at the segment before and after.
    """
    near = article.segments.filter(position__gte=first - 1, position__lte=last + 1)
    near.update(checked="")
    queue_checks(article)


def queue_term_checks(before: Iterable[Term], after: Iterable[Term]) -> int:
    """Have the articles checked again whose source may have a term that changed; return how many.

    ``before`` are the terms as they were, ``after`` as they are: a new one is in the second list
    alone, a removed one in the first alone. Call it after the write, in the same transaction. A run
    checks only the segments that have the terms. Archived articles are not checked: they come back
    as out of date.
    """
    # A change of nothing but the note changes no finding.
    were = {(place_of(term), term.target) for term in before}
    are = {(place_of(term), term.target) for term in after}
    places = {place for place, _target in were ^ are}
    if not places:
        return 0
    began = timezone.now()
    numbers = articles_with(places)
    hidden = articles_with(places, ready=False)
    with transaction.atomic():
        CheckRun.objects.filter(article__in=hidden).exclude(mark="").update(mark=_OUT_OF_DATE)
        check_late_runs.enqueue((began - _SKEW).isoformat())
        _queue_again(CheckRun.objects.filter(article__in=numbers))
    return len(numbers)


def _queue_again(runs: QuerySet[CheckRun]) -> None:
    """Queue those of the runs that do not wait already. Call it inside a transaction."""
    # A run that is about to begin waits for this lock, and reads the terms after it.
    idle = [run for run in runs.select_for_update() if run.status != Status.QUEUED]
    CheckRun.objects.filter(pk__in=[run.pk for run in idle]).update(status=Status.QUEUED)
    for run in idle:
        check_article.enqueue(run.article_id)


def queue_correction_check(correction: Correction) -> None:
    """Have the worker check a correction that now waits for approval."""
    check_correction.enqueue(correction.pk)


def run_checks(article: Article, *, progress: Progress | None = None) -> int:
    """Check the texts in force of an article, then the corrections that wait in it.

    Return how many findings are open then; see ``refresh_findings``.
    """
    refresh_findings(article, progress=progress)
    refresh_target_title(article)
    check_waiting_corrections(Correction.objects.filter(segment__article=article))
    return Finding.objects.open().filter(segment__article=article).count()


# ── what the worker does ─────────────────────────────────────────────────────


@task()
def check_article(number: int) -> None:
    """Run the checks over an article; a failure is logged and stored."""
    article = Article.objects.with_documents().filter(pk=number).first()
    if article is None:
        return
    try:
        run_checks(article)
    except Exception:
        logger.exception("the checks of article %s failed", number)


@task()
def check_late_runs(since: str) -> None:
    """Queue the runs again that began while a term was changed, and may not know of it.

    Whoever changes a term does not see an article whose import is stored at that moment; its run
    may read the glossary before the change is stored. ``since`` is a time in ISO 8601; this task is
    stored with the change, and carried out after it.
    """
    with transaction.atomic():
        began = CheckRun.objects.filter(seen_at__gte=datetime.fromisoformat(since))
        _queue_again(began.filter(article__ready=True))


@task()
def check_correction(number: int) -> None:
    """Check one correction that waits for approval; nothing happens if it no longer waits."""
    try:
        check_waiting_corrections(Correction.objects.filter(pk=number))
    except Exception:
        logger.exception("the checks of correction %s failed", number)


def take_up_checks(*, alone: bool = False) -> None:
    """Queue the runs again that nobody carries out any more.

    ``alone`` says that no other worker is there, so that no run can be going on.
    """
    seen_since = timezone.now() - ABANDONED_AFTER
    running = CheckRun.objects.filter(status=Status.RUNNING)
    if not alone:
        running = running.filter(seen_at__lt=seen_since)
    running.update(status=Status.QUEUED)
    queued = CheckRun.objects.filter(status=Status.QUEUED).values_list("article_id", flat=True)
    waiting = _numbers_in_queue(check_article.module_path)
    for number in set(queued) - waiting:
        check_article.enqueue(number)
    if alone:
        _queue_unchecked_corrections()


def _queue_unchecked_corrections() -> None:
    unchecked = Correction.objects.filter(status=Correction.Status.SUBMITTED, checked="")
    waiting = _numbers_in_queue(check_correction.module_path)
    for number in set(unchecked.values_list("pk", flat=True)) - waiting:
        check_correction.enqueue(number)


def _numbers_in_queue(path: str) -> set[int]:
    """Return the numbers that the waiting jobs of a task were queued with."""
    jobs = DBTaskResult.objects.ready().filter(task_path=path)
    return {int(job.args_kwargs["args"][0]) for job in jobs}
