"""``manage.py recheck [ARTICLE …] [--all]``: check the articles whose findings are out of date.

An article is out of date when the checks, their switches or its words changed since it was last
checked. So a run that was stopped, by Ctrl+C or by the machine, continues where it was when it is
started again.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from articles.findings.state import check_state
from articles.findings.tasks import run_checks
from articles.models import Article, Event, Segment

PROGRESS_INTERVAL = 5.0
"""Seconds between two lines of progress."""


class Command(BaseCommand):
    """Write progress to standard error and a summary at the end; exit 1 when an article failed."""

    help = (
        "Run the checks again where they, their switches or the words changed. "
        "Stop and start it as you like."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which articles, and whether to check even those that are up to date."""
        parser.add_argument(
            "article", nargs="*", help="an article's number or title (default: every article)"
        )
        parser.add_argument(
            "--all", action="store_true", help="also check articles that are up to date"
        )

    def handle(self, *_args: Any, article: list[str], **options: Any) -> None:
        """Check what is out of date, an article at a time."""
        chosen = _count_segments(article)
        if options["all"]:
            Segment.objects.filter(article__in=chosen).update(checked="")
        self.began = time.monotonic()
        self.last_progress = self.began
        self.done = 0
        self.checked = 0
        self.total = sum(chosen.values())
        failed: list[int] = []
        try:
            for pk, count in chosen.items():
                self.recheck(pk, count, failed)
        except KeyboardInterrupt as stop:
            raise CommandError(
                "Stopped. Start it again to continue from here.", returncode=130
            ) from stop
        self.stdout.write(
            f"{self.checked} of {self.total} segments checked; the others were up to date."
        )
        if failed:
            numbers = ", ".join(map(str, failed))
            raise CommandError(
                f"{len(failed)} of {len(chosen)} articles failed, see above: {numbers}"
            )

    def recheck(self, pk: int, count: int, failed: list[int]) -> None:
        """Check one article unless it is up to date.

        One that fails is reported and does not stop the others.
        """
        article = Article.objects.with_documents().filter(pk=pk).first()
        if article and not check_state([article])[pk].is_current:
            try:
                findings = run_checks(article, progress=self.progress)
                Event.objects.record(
                    Event.Act.RECHECKED, article=article, by=None, findings=findings
                )
                self.checked += count
            except Exception:  # noqa: BLE001 - one bad article must not stop the other ten thousand
                self.stderr.write(f"Article {pk}, {article}:\n{traceback.format_exc(limit=-3)}")
                failed.append(pk)
        self.done += count
        self.progress(0, 0)

    def progress(self, done: int, _all: int) -> None:
        """Write how far it is, how fast, and how long it will take, every few seconds."""
        now = time.monotonic()
        if now - self.last_progress < PROGRESS_INTERVAL:
            return
        self.last_progress = now
        here = self.done + done
        speed = (self.checked + done) / (now - self.began)
        left = f", {(self.total - here) / speed / 60:.0f} min left" if speed else ""
        self.stderr.write(f"{here} of {self.total} segments, {speed:.0f} a second{left}")


def _count_segments(names: Iterable[str]) -> dict[int, int]:
    """Return article id → its number of segments, smallest id first; no names are all articles.

    Raises CommandError for a name that no article has.
    """
    counted = (
        Article.objects.annotate(size=Count("segments")).order_by("pk").values_list("pk", "size")
    )
    if not names:
        return dict(counted)
    found: dict[int, int] = {}
    for name in names:
        rows = dict(counted.filter(pk__in=Article.objects.named(name)))
        if not rows:
            raise CommandError(f"There is no article “{name}”; give its number or its whole title.")
        found.update(rows)
    return found
