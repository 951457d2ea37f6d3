"""How long the concordance takes on a large site, against a plain LIKE over the same texts.

    python -m bench.concordance [--segments 100000] [--postgres]

Fills a database of its own, SQLite or a PostgreSQL server of its own, with articles of 50 segments,
each seventh with an approved correction. For several searches it prints the processor time (SQLite)
or the time (PostgreSQL) of a count by LIKE over source and target, of the search alone, and of
the whole page: each the least of five, all in one run.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench import scale, texts
from bench.site import running_postgres

ROUNDS = 5
SEARCHES = {
    "a phrase of some articles": {"q": "the closure of the road"},
    "with accents and an apostrophe": {"q": "l'hôpital"},
    "a word of every segment": {"q": "file"},
    "nothing found": {"q": "attorney general"},
    "one letter with an accent": {"q": "à"},
    "accents ignored": {"q": "hopital", "side": "both", "whole": "on", "accents": "on"},
    "inside words": {"q": "arbou", "side": "both"},
}


def main() -> None:
    """Fill the database, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    clock = time.perf_counter if options.postgres else time.process_time
    with (
        tempfile.TemporaryDirectory(prefix="review-concordance-") as folder,
        database(wants_postgres=options.postgres) as url,
    ):
        scale._set_up(folder, url)
        scale._fill(options.segments // scale.EACH)
        fill_texts()
        report(clock)
        close_connections()


@contextlib.contextmanager
def database(*, wants_postgres: bool) -> Iterator[str]:
    """Give the address of an empty database; "" for the one that the site begins with."""
    if not wants_postgres:
        yield ""
        return
    with running_postgres() as server:
        yield server.url


def close_connections() -> None:
    """Leave the database, so that its server can stop."""
    from django.db import connections

    connections.close_all()


def fill_texts() -> None:
    """Give the segments sentences for texts, and each seventh an approved correction."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.utils import timezone

    from articles.models import Correction, Segment

    rosa = User.objects.get(username="rosa")
    edith = User.objects.get(username="edith")
    segments = list(Segment.objects.order_by("pk"))
    pairs = texts.pairs(len(segments), seed=1)
    approved = []
    for segment, (source, target) in zip(segments, pairs, strict=True):
        segment.source_text = source
        segment.target_text = target
        if segment.position % 7 == 0:
            values = {"segment": segment, "author": rosa, "before": target, "decided_by": edith}
            times = dict.fromkeys(("submitted_at", "decided_at"), timezone.now())
            text = f"{target} Bien."
            correction = Correction(
                text=text, base_revision=1, status="approved", **values, **times
            )
            approved.append(correction)
    Segment.objects.bulk_update(segments, ["source_text", "target_text"], batch_size=100)
    Correction.objects.bulk_create(approved, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def report(clock: Callable[[], float]) -> None:
    """Print what each search costs."""
    from django.contrib.auth.models import User
    from django.test import Client

    from articles.concordance.queries import MOST_HITS, find_segments
    from articles.concordance.views import read_search

    rosa = User.objects.get(username="rosa")
    client = Client()
    client.force_login(rosa)
    print(f"{'search':32}{'found':>8}{'LIKE':>10}{'search':>10}{'times':>8}{'page':>10}")
    for name, asked in SEARCHES.items():
        search = read_search(query_of(asked), {})
        found = len(find_segments(rosa, search))
        words = asked["q"]
        plain = least(clock, partial(count_by_like, words))
        own = least(clock, partial(find_segments, rosa, search))
        page = least(clock, partial(client.get, "/concordance/", asked))
        shown = f"> {MOST_HITS}" if found > MOST_HITS else str(found)
        times = f"{plain * 1000:8.0f}ms{own * 1000:8.0f}ms{own / plain:8.2f}{page * 1000:8.0f}ms"
        print(f"{name:32}{shown:>8}{times}")


def query_of(asked: dict[str, str]) -> Any:
    """Return the parameters of an address."""
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(asked)
    return query


def count_by_like(words: str) -> int:
    """Count the segments whose source or machine translation has the words, capitals as typed."""
    from django.db.models import Q

    from articles.models import Segment

    found = Q(source_text__contains=words) | Q(target_text__contains=words)
    return Segment.objects.filter(found).count()


def least(clock: Callable[[], float], work: Callable[[], Any]) -> float:
    """Return the least time that the work takes, in seconds."""
    found = []
    for _round in range(ROUNDS):
        began = clock()
        work()
        found.append(clock() - began)
    return min(found)


if __name__ == "__main__":
    main()
