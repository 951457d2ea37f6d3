"""How fast the desk is, as a ratio to the least that Django can do, side by side in one run.

    .venv/bin/python -m bench.desk [--segments 100000]

Floors: a view that fetches 50 rows with session and user and prints them in a template; an authenticated view that
inserts one row. Medians over 40 requests, in one process, caches warm. Also the queries and the bytes of each page.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="review-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

import reviewsite.urls  # noqa: E402
from articles.models import Article, Document, Event, Segment, Sentence  # noqa: E402
from articles.models.corpus import digest  # noqa: E402

ROUNDS = 40
ROWS = engines["django"].from_string(
    "{{ user }}<ul>{% for row in rows %}<li>{{ row.source_text }} {{ row.target_text }}{% endfor %}</ul>"
)


def floor_read(request: HttpRequest, article_id: int) -> HttpResponse:
    """The smallest page that shows 50 rows to somebody signed in."""
    request.session["seen"] = article_id
    rows = Segment.objects.filter(article_id=article_id)[:50]
    return HttpResponse(ROWS.render({"rows": rows, "user": request.user}, request))


def floor_write(request: HttpRequest, article_id: int) -> HttpResponse:
    """The smallest write by somebody signed in."""
    Event.objects.create(article_id=article_id, actor_id=request.user.pk, act="flagged")
    return HttpResponse("done")


def make_article(count: int) -> Article:
    """An article of ``count`` short segments, written straight to the database."""
    texts = {
        code: " ".join(f"{word} {n}." for n in range(count)) for code, word in (("en", "Sentence"), ("fr", "Phrase"))
    }
    documents = [
        Document.objects.create(name=f"{count}.{code}.txt", language=code, text=text, digest=digest(text))
        for code, text in texts.items()
    ]
    article = Article.objects.create(
        title=f"{count} segments", source=documents[0], target=documents[1], digest=digest(*texts.values())
    )
    rows, places = [], [0, 0]
    for n in range(count):
        words = [f"Sentence {n}.", f"Phrase {n}."]
        spans = [(place, place + len(each)) for place, each in zip(places, words, strict=True)]
        places = [end + 1 for _start, end in spans]
        rows.append(
            Segment(
                article=article, position=n + 1, source_from=n, source_to=n + 1, target_from=n, target_to=n + 1,
                source_start=spans[0][0], source_end=spans[0][1], target_start=spans[1][0], target_end=spans[1][1],
                source_text=words[0], target_text=words[1],
            )
        )  # fmt: skip
        for side in (0, 1):
            rows_of = Sentence(
                document=documents[side], position=n, start=spans[side][0], end=spans[side][1], paragraph=0
            )
            sentences.append(rows_of)
    Segment.objects.bulk_create(rows, batch_size=500)
    Sentence.objects.bulk_create(sentences, batch_size=500)
    sentences.clear()
    return article


sentences: list[Sentence] = []


def median(act: Callable[[], Any]) -> float:
    """The median time of the act in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def flag_once(client: Client, segment: Segment) -> Any:
    """Save one flag on the segment through the desk's own form."""
    segment.refresh_from_db()
    data = {
        "revision": segment.revision,
        "type": "Omission",
        "severity": "major",
        "source_quote": segment.source_text[:8],
    }
    return client.post(f"/segments/{segment.pk}/flag/", data, headers={"HX-Request": "true"})


def report(client: Client, article: Article, label: str) -> None:
    """Print the article's page and one saved flag beside their floors."""
    address = f"/articles/{article.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(address).content
        count = len(queries)
    page, floor = median(lambda: client.get(address)), median(lambda: client.get(f"/floor/{article.pk}/"))
    segment = article.segments.order_by("position")[3]
    answer = flag_once(client, segment)
    if answer.status_code != 200:
        raise RuntimeError(f"the flag was not saved: {answer.status_code}")
    write, floor_of_write = (
        median(lambda: flag_once(client, segment)),
        median(lambda: client.post(f"/insert/{article.pk}/")),
    )
    print(
        f"{label:>16}  page {page:6.1f} ms = {page / floor:4.1f} × floor {floor:5.1f} ms, {count} queries,"
        f" {len(gzip.compress(body)) / 1000:5.1f} KB"
        f"   flag {write:5.1f} ms = {write / floor_of_write:4.1f} × floor {floor_of_write:4.1f} ms,"
        f" {len(gzip.compress(answer.content)) / 1000:4.1f} KB"
    )


def main() -> None:
    """Measure the seed article, then 50 segments in a small and in a large database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--segments", type=int, default=10_000, help="segments of the large database")
    many = options.parse_args().segments
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    reviewsite.urls.urlpatterns += [
        path("floor/<int:article_id>/", floor_read),
        path("insert/<int:article_id>/", floor_write),
    ]
    call_command("migrate", verbosity=0)
    call_command("import_seeds", verbosity=0)
    person = User.objects.create_user("bench")
    person.groups.add(Group.objects.get(name="Reviewers"))
    client = Client()
    client.force_login(person)
    report(client, Article.objects.get(), "seed article")
    report(client, make_article(50), "50 segments")
    for number in range(many // 2000):
        make_article(2000 + number)
    reset_queries()
    report(client, make_article(51), f"51 of {Segment.objects.count()}")
    report(client, Article.objects.filter(title="2000 segments").get(), "first of 2,000")


if __name__ == "__main__":
    main()
