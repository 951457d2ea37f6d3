"""Whether the checks were run on an article as it stands: the one place that says so.

Wherever findings are counted, ``check_state`` says what the count is worth: no finding in an
article that was never checked says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.findings.service import marks_for_each
from articles.models import Article, CheckRun, Finding, Segment, Worker


class CheckCode(models.TextChoices):
    """How the checks stand with an article; the values are those of the API."""

    NEVER = "never"
    QUEUED = "queued"
    RUNNING = "running"
    FAILED = "failed"
    PARTLY = "partly"
    OUTDATED = "outdated"
    DONE = "done"


@dataclass(frozen=True)
class CheckState:
    """How the checks stand with an article.

    ``done`` of ``total`` segments are checked in a run that goes on. ``unchecked`` segments have a
    text in force that the checks have not seen. ``at`` is when the last complete run ended, None
    while there was none; ``mark`` identifies the checks of that run. ``no_worker`` says that a run
    waits and nobody carries it out.
    """

    code: CheckCode
    done: int = 0
    total: int = 0
    unchecked: int = 0
    at: datetime | None = None
    mark: str = ""
    no_worker: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the checks as they are now were run on every text in force."""
        return self.code == CheckCode.DONE

    @property
    def is_in_progress(self) -> bool:
        """Whether the checks run or wait to be run: the page looks again by itself."""
        return self.code in (CheckCode.QUEUED, CheckCode.RUNNING)

    @property
    def may_run(self) -> bool:
        """Whether the button that runs the checks has anything to do."""
        return not self.is_current and not self.is_in_progress

    @property
    def sentence(self) -> str:
        """The state in words, in the reader's language."""
        if self.code == CheckCode.RUNNING:
            values = {"done": self.done, "total": self.total}
            return _("Checking: %(done)s of %(total)s segments") % values
        if self.code == CheckCode.PARTLY:
            return self._unchecked_sentence()
        return {
            CheckCode.NEVER: _("Not checked yet"),
            CheckCode.QUEUED: _("Waiting to be checked"),
            CheckCode.FAILED: _("The checks failed; the reason is in the server log"),
            CheckCode.OUTDATED: _("Checks out of date"),
            CheckCode.DONE: _("Checked"),
        }[self.code]

    @property
    def icon(self) -> str:
        """The name of the icon beside the sentence."""
        if self.is_in_progress:
            return "hourglass"
        return "circle-check" if self.is_current else "triangle-alert"

    def _unchecked_sentence(self) -> str:
        text = ngettext(
            "%(count)s segment is not checked", "%(count)s segments are not checked", self.unchecked
        )
        return text % {"count": self.unchecked}

    def as_json(self) -> dict[str, Any]:
        """Return the state as the API gives it."""
        return {
            "state": self.code.value,
            "current": self.is_current,
            "done": self.done,
            "total": self.total,
            "unchecked": self.unchecked,
            "at": self.at.isoformat() if self.at else None,
        }


_SEGMENTS = Segment.objects.filter(article=OuterRef("article"), checked="").order_by()
_COUNT = _SEGMENTS.values("article").annotate(count=Count("pk")).values("count")
_UNCHECKED = Coalesce(Subquery(_COUNT), 0)
"""The segments of a run's article that were not checked as they are."""


def check_state(articles: Iterable[Article]) -> dict[int, CheckState]:
    """Return how the checks stand with each article, by its id.

    Two queries for all of them, and one more where a run waits or goes on.
    """
    chosen = list(articles)
    keys = [article.pk for article in chosen]
    rows = CheckRun.objects.filter(article__in=keys).annotate(unchecked=_UNCHECKED)
    runs = {run.article_id: run for run in rows}
    marks = marks_for_each([article for article in chosen if article.pk in runs])
    waits = any(run.status in _IN_PROGRESS for run in runs.values())
    no_worker = waits and not Worker.objects.answers()
    states: dict[int, CheckState] = {}
    for key in keys:
        run = runs.get(key)
        if run is None:
            states[key] = CheckState(CheckCode.NEVER)
            continue
        states[key] = CheckState(
            _code_of(run, run.unchecked, marks[key]),
            done=run.done,
            total=run.total,
            unchecked=run.unchecked,
            at=run.at,
            mark=run.mark,
            no_worker=no_worker and run.status in _IN_PROGRESS,
        )
    return states


def count_open_findings(articles: Iterable[Article]) -> dict[int, int]:
    """Return how many findings of each article are open and shown, by its id. One query."""
    keys = [article.pk for article in articles]
    rows = Finding.objects.open().filter(segment__article__in=keys).order_by()
    counts = dict(rows.values_list("segment__article").annotate(Count("pk")))
    return {key: counts.get(key, 0) for key in keys}


_IN_PROGRESS = {
    CheckRun.Status.QUEUED: CheckCode.QUEUED,
    CheckRun.Status.RUNNING: CheckCode.RUNNING,
}


def _code_of(run: CheckRun, unchecked: int, mark: str) -> CheckCode:
    """Return the state of an article with this run, some texts unchecked, and rules of a mark."""
    if run.status in _IN_PROGRESS:
        return _IN_PROGRESS[CheckRun.Status(run.status)]
    if run.status == CheckRun.Status.FAILED:
        return CheckCode.FAILED
    if not run.mark:
        return CheckCode.NEVER
    if unchecked:
        return CheckCode.PARTLY
    if run.mark != mark:
        return CheckCode.OUTDATED
    return CheckCode.DONE
