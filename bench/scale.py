"""How the pages that show all articles grow with a site: 1,000 segments against 100,000.

    python -m bench.scale [--segments 1000 100000] [--plans]

Fills a database of its own with articles of 50 segments, and asks for the first page, its search,
the approver's queue, an article's desk and its search, and the API's list: at the first size and
at the last. Prints the median time and the number of queries of each, and how many times the small
site's they are; exits 1 where a page takes more than LIMIT times as long or asks more queries.
``--plans`` prints the plans of the slowest queries on the large site.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

LIMIT = 3.0
"""How many times as long a page may take on the large site."""
EACH = 50
"""Segments of one article."""
_ROUNDS = 3
_BATCH = 40
"""Articles that are stored at a time."""


@dataclass
class Cost:
    """What a page costs: seconds (the median), and queries."""

    seconds: float
    queries: int


def main() -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, nargs=2, default=[1000, 100_000])
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="review-scale-") as folder:
        _set_up(folder)
        sizes = []
        for segments in options.segments:
            _fill(segments // EACH)
            sizes.append(_measure())
        if options.plans:
            _print_plans()
        return _report(options.segments, *sizes)


def _set_up(folder: str, database_url: str = "") -> None:
    """Make an empty database with two people in it: an SQLite one where no other is named."""
    os.environ["DATA_DIR"] = folder
    (Path(folder) / "static").mkdir()
    os.environ.pop("DATABASE_URL", None)
    if database_url:
        os.environ["DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "reviewsite.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.ALLOWED_HOSTS.append("testserver")
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from articles.models.teams import Membership, Team

    for name, role_name in (("rosa", "Reviewers"), ("edith", "Approvers")):
        person = User.objects.create_user(name)
        role = Group.objects.get(name=role_name)
        Membership.objects.create(team=Team.objects.first_team(), person=person, role=role)


def _fill(count: int) -> None:
    """Add articles until there are ``count``."""
    from articles.models import Article

    for first in range(Article.objects.count(), count, _BATCH):
        _add_articles(range(first, min(first + _BATCH, count)))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _add_articles(numbers: range) -> None:
    from articles.models import Article, CheckRun, Document, Segment
    from articles.models.teams import Team

    team = Team.objects.first_team()
    articles = []
    documents = []
    segments: list[Segment] = []
    for number in numbers:
        sides = []
        for language, line in (("en", "Line {} of article {}."), ("fr", "Ligne {} du texte {}.")):
            lines = [line.format(each, number) for each in range(1, EACH + 1)]
            digest = uuid.uuid4().hex
            text = " ".join(lines)
            sides.append(Document(digest=digest, name=digest, language=language, text=text))
        documents.extend(sides)
        title = f"Article {number} about the harbour"
        values = {"title": title, "source": sides[0], "target": sides[1], "ready": True}
        values["team"] = team
        article = Article(digest=uuid.uuid4().hex, **values)
        articles.append(article)
        segments.extend(_segment(article, each, number) for each in range(1, EACH + 1))
    Document.objects.bulk_create(documents)
    Article.everything.bulk_create(articles)
    Segment.objects.bulk_create(segments)
    CheckRun.objects.bulk_create(CheckRun(article=each, status="done") for each in articles)
    _add_work(segments)


def _segment(article: Any, position: int, number: int) -> Any:
    """Return one segment: each tenth is flagged, each fiftieth waits, each third is done."""
    from articles.models import Segment

    status = "done" if position % 3 == 0 else "to_review"
    if position % 10 == 1:
        status = "flagged"
    if position == EACH // 2:
        status = "waiting"
    spans = dict.fromkeys(
        [f"{side}_{end}" for side in ("source", "target") for end in ("from", "start")], position
    )
    spans |= dict.fromkeys(
        [f"{side}_{end}" for side in ("source", "target") for end in ("to", "end")], position + 1
    )
    source = f"Line {position} of article {number}."
    target = f"Ligne {position} du texte {number}."
    return Segment(
        article=article,
        position=position,
        status=status,
        source_text=source,
        target_text=target,
        checked="seen",
        **spans,
    )


def _add_work(segments: list[Any]) -> None:
    """Add what checks and people said of the segments."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from articles.models import Correction, Event, Finding, Flag

    rosa = User.objects.get(username="rosa")
    at = timezone.now() - timedelta(days=1)
    findings, flags, corrections, events = [], [], [], []
    for row in segments:
        events.append(Event(act="confirmed", article=row.article, segment=row, actor=rosa))
        if row.position % 5 == 0:
            finding = Finding(
                segment=row,
                check_id="dropped",
                type="Omission",
                severity="major",
                score=0.5,
                message="Possible omission.",
                values={},
                source_spans=[],
                target_spans=[],
                fingerprint=f"{row.pk}",
            )
            findings.append(finding)
        if row.status == "flagged":
            flags.append(Flag(segment=row, author=rosa, type="Omission", severity="major"))
        if row.status == "waiting":
            correction = Correction(
                segment=row,
                author=rosa,
                before=row.target_text,
                text=f"{row.target_text} Bien.",
                base_revision=1,
                status="submitted",
                submitted_at=at,
            )
            corrections.append(correction)
    Event.everything.bulk_create(events)
    Finding.objects.bulk_create(findings)
    Flag.everything.bulk_create(flags)
    Correction.objects.bulk_create(corrections)


def _pages() -> dict[str, tuple[str, str]]:
    """Return the pages by name: who asks, and the address."""
    from articles.models import Article

    desk = f"/articles/{Article.objects.order_by('pk')[0].pk}/"
    return {
        "first page, reviewer": ("rosa", "/"),
        "first page, approver": ("edith", "/"),
        "by last change": ("edith", "/?order=changed"),
        "by due date": ("edith", "/?order=due"),
        "in review": ("edith", "/?state=review"),
        "awaiting approval": ("edith", "/?state=waiting"),
        "fully reviewed": ("edith", "/?state=read"),
        "search of titles": ("edith", "/?search=harbour"),
        "queue": ("edith", "/queue/"),
        "desk": ("rosa", desk),
        "search in an article": ("rosa", f"{desk}?search=texte"),
    }


def _measure() -> dict[str, Cost]:
    """Return what each page costs now."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    costs = {}
    for name, (person, address) in _pages().items():
        client = Client()
        client.force_login(User.objects.get(username=person))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        queries = len(captured)  # the requests that follow clear the record
        assert response.status_code == 200, (name, response.status_code)
        seconds = []
        for _round in range(_ROUNDS):
            began = time.process_time()
            client.get(address)
            seconds.append(time.process_time() - began)
        costs[name] = Cost(statistics.median(seconds), queries)
    return costs


def _print_plans() -> None:
    """Print the slowest queries of each page on the large site, with their plans."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for name, (person, address) in _pages().items():
        client = Client()
        client.force_login(User.objects.get(username=person))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        slow = sorted(captured.captured_queries, key=lambda each: -float(each["time"]))[:2]
        for query in slow:
            print(f"\n{name}: {query['time']} s\n{query['sql'][:700]}")
            if not query["sql"].startswith("SELECT"):
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}".replace("%", "%%"))
                for row in cursor.fetchall():
                    print("   ", row[-1])


def _report(segments: list[int], small: dict[str, Cost], large: dict[str, Cost]) -> int:
    """Print the costs; return 1 where a page is beyond LIMIT."""
    print(f"{'page':24}{segments[0]:>12,}{segments[1]:>12,}   times  queries")
    worst = 0
    for name, before in small.items():
        after = large[name]
        ratio = after.seconds / before.seconds
        is_beyond = ratio > LIMIT or after.queries > before.queries
        worst |= is_beyond
        times = f"{before.seconds * 1000:10.1f}ms{after.seconds * 1000:10.1f}ms{ratio:8.2f}"
        mark = "  beyond" if is_beyond else ""
        print(f"{name:24}{times}  {before.queries} → {after.queries}{mark}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
