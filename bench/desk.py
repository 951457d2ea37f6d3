"""Measure how fast the desk is, as a ratio to the least that Django can do in the same run.

    make bench      or      .venv/bin/python -m bench.desk [--segments 100000]

There are two floors, each the smallest view of its kind behind the site's own middleware (session,
person, CSRF, CSP, gzip): one fetches 50 segments and prints their two texts in a template; one
inserts a flag in a transaction. Desk and floor are requested in turn through WSGI by somebody who
is signed in, as a browser requests them (with cookies, accepting gzip). The processor's time is
compared, so that other work on the machine counts less; the database (SQLite) runs in this process
too. The figures are medians of 200 rounds with warm caches. Of 50 segments, 20 have something on
them and 6 are done (see CONTENTS). Also printed are the queries, the compressed bytes of a page and
of a saved flag, and those of all files of a first visit.
"""

from __future__ import annotations

import argparse
import gzip
import io
import itertools
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="review-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

import reviewsite.urls  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    Correction,
    Document,
    Finding,
    Flag,
    Segment,
    Sentence,
    Team,
)
from articles.models.documents import digest  # noqa: E402

ROUNDS = 200
ROWS = engines["django"].from_string(
    "{{ user }}<ul>{% for row in rows %}"
    "<li>{{ row.source_text }} {{ row.target_text }}{% endfor %}</ul>"
)
PAIRS = (
    (
        "The council voted on Tuesday to close the old harbour road, after nine years of repairs.",
        (
            "Le conseil a voté mardi la fermeture de l’ancienne route du port, après neuf ans de"
            " travaux."
        ),
    ),
    (
        "“Nobody asked us,” said a fisherman who has lived there since 1974.",
        "« Personne ne nous a demandé notre avis », a dit un pêcheur qui vit là depuis 1974.",
    ),
    (
        (
            "The new road will cost 12.4 million dollars, half of it promised by the province, and"
            " will not be ready soon."
        ),
        (
            "La nouvelle route coûtera 12,4 millions de dollars, dont la province a promis la"
            " moitié, et se fera attendre."
        ),
    ),
    ("It will be longer.", "Elle sera plus longue."),
    (
        "Shops on the quay expect fewer visitors, although the ferry will go on running every day.",
        (
            "Les commerces du quai attendent moins de visiteurs, même si le traversier continuera"
            " de circuler."
        ),
    ),
)
CONTENTS = {
    **dict.fromkeys((2, 9, 13, 17, 22, 26, 31, 38, 41, 46), "finding"),
    **dict.fromkeys((5, 33), "two findings"),
    **dict.fromkeys((7, 19, 28, 44), "flag"),
    **dict.fromkeys((4, 10, 20, 21, 36, 37), "done"),
    15: "waiting",
    24: "dismissed",
    30: "approved",
    48: "draft",
}
"""What is on the segments of a page of 50, by number modulo 50; nothing on the others."""


def floor_read(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer with the smallest page that shows 50 rows to somebody signed in."""
    rows = Segment.objects.filter(article_id=article_id).order_by("position")[:50]
    return HttpResponse(ROWS.render({"rows": rows, "user": request.user}, request))


def floor_write(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Save the smallest flag of somebody signed in."""
    with transaction.atomic():
        Flag.objects.create(segment_id=segment_id, author_id=request.user.pk or 0, type="Omission")
    return HttpResponse("done")


def make_article(count: int, *, people: list[User]) -> Article:
    """Return an article of ``count`` segments with what CONTENTS puts on them."""
    pairs = [
        (f"{english} {n}", f"{french} {n}")
        for n, (english, french) in zip(range(count), itertools.cycle(PAIRS))
    ]
    texts = [" ".join(side) for side in zip(*pairs, strict=True)]
    documents = [
        Document.objects.create(
            name=f"{count}.{code}.txt", language=code, text=text, digest=digest(text)
        )
        for code, text in zip(("en", "fr"), texts, strict=True)
    ]
    title = f"{count} segments"
    article: Article = Article.objects.create(
        title=title,
        team=Team.objects.first_team(),
        source=documents[0],
        target=documents[1],
        digest=digest(*texts),
    )
    segments, sentences, places = [], [], [0, 0]
    for n, pair in enumerate(pairs):
        values: dict[str, Any] = {}
        for side, name in enumerate(("source", "target")):
            start, end = places[side], places[side] + len(pair[side])
            places[side] = end + 1
            values[f"{name}_from"] = n
            values[f"{name}_to"] = n + 1
            values[f"{name}_start"] = start
            values[f"{name}_end"] = end
            values[f"{name}_text"] = pair[side]
            sentences.append(
                Sentence(document=documents[side], position=n, start=start, end=end, paragraph=0)
            )
        segments.append(Segment(article=article, position=n + 1, **values))
    Segment.objects.bulk_create(segments, batch_size=500)
    Sentence.objects.bulk_create(sentences, batch_size=500)
    for segment in article.segments.order_by("position"):
        if content := CONTENTS.get(segment.position % 50):
            put(content, segment, *people)
    return article


def put(content: str, segment: Segment, person: User, other: User) -> None:
    """Put one of CONTENTS on the segment; ``person`` is who reads the desk."""
    now = timezone.now()
    decided = {"decided_by": other, "decided_at": now}
    for number in range({"finding": 1, "dismissed": 1, "two findings": 2}.get(content, 0)):
        gone = (
            {**decided, "status": "dismissed", "reason": "implied"}
            if content == "dismissed"
            else {}
        )
        Finding.objects.create(
            segment=segment,
            check_id="dropped",
            type="Omission",
            severity="major",
            score=0.9,
            caret=3,
            message="“%(words)s” is missing from the French",
            fingerprint=f"{segment.pk}-{number}",
            values={"words": segment.source_text[4:11]},
            source_spans=[[4 + number, 11]],
            **gone,
        )
    if content == "flag":
        quote = {"source_start": 4, "source_end": 11, "source_quote": segment.source_text[4:11]}
        Flag.objects.create(
            segment=segment, author=other, type="Omission", comment="It matters here.", **quote
        )
    text = f"{segment.target_text[:-2]} aussi."
    correction = {
        "segment": segment,
        "text": text,
        "before": segment.target_text,
        "base_revision": 1,
    }
    if content == "draft":
        Correction.objects.create(author=person, **correction)
    elif content == "waiting":
        Correction.objects.create(author=other, status="submitted", submitted_at=now, **correction)
    elif content == "approved":
        Correction.objects.create(
            author=person, status="approved", submitted_at=now, **decided, **correction
        )
    status = {"flag": "flagged", "waiting": "waiting", "approved": "done", "done": "done"}.get(
        content, "to_review"
    )
    Segment.objects.filter(pk=segment.pk).update(status=status)


class Browser:
    """Somebody signed in who requests pages of the site through WSGI."""

    def __init__(self, person: User) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = (
            str(person.pk),
            person.get_session_auth_hash(),
        )
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        self.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: str(session.session_key)})
        self.site = get_wsgi_application()

    def ask(self, address: str, data: dict[str, Any] | None = None, *, htmx: str = "") -> bytes:
        """Return the compressed body of the answer. Raises RuntimeError if it is not 200.

        ``htmx`` is the address of the page whose script asks; "" for a plain browser.
        """
        sent = urlencode(data or {}).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET" if data is None else "POST",
            "PATH_INFO": address,
        }
        environ |= {
            "wsgi.input": io.BytesIO(sent),
            "CONTENT_LENGTH": str(len(sent)),
            "HTTP_HOST": "localhost",
        }
        environ |= {
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate",
        }
        environ["HTTP_COOKIE"] = "; ".join(
            f"{name}={cookie.value}" for name, cookie in self.cookies.items()
        )
        if "csrftoken" in self.cookies:
            environ["HTTP_X_CSRFTOKEN"] = self.cookies["csrftoken"].value
        if htmx:
            environ["HTTP_HX_REQUEST"] = "true"
            environ["HTTP_HX_CURRENT_URL"] = f"http://localhost{htmx}"
        setup_testing_defaults(environ)
        said: list[Any] = []
        response = self.site(environ, lambda *answer: said.extend(answer))  # type: ignore[arg-type]
        body = b"".join(response)
        response.close()
        if not said[0].startswith("200"):
            raise RuntimeError(f"{address} answered {said[0]}")
        for name, value in said[1]:
            if name == "Set-Cookie":
                self.cookies.load(value)
        return body

    def flag(self, segment: Segment) -> bytes:
        """Save one flag on the segment through the desk's own form."""
        data = {
            "revision": segment.revision,
            "type": "Omission",
            "severity": "major",
            "source_words": segment.source_text[:5],
        }
        desk = f"/articles/{segment.article_id}/"
        body = self.ask(f"/segments/{segment.pk}/flag/", data, htmx=desk)
        segment.revision += 1
        return body


def queries(act: Callable[[], Any]) -> int:
    """Return how many queries the act makes."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def bare_ones(article: Article) -> Iterator[Segment]:
    """Yield the article's segments with nothing on them, again and again."""
    bare = [n for n in range(1, 50) if n not in CONTENTS]
    return itertools.cycle(article.segments.filter(status="to_review", position__in=bare))


def report(browser: Browser, article: Article, label: str) -> None:
    """Print the article's page and one saved flag beside their floors."""
    address = f"/articles/{article.pk}/"
    bytes_of_page = len(browser.ask(address))
    segments = bare_ones(article)
    bytes_of_flag = len(browser.flag(next(segments)))
    browser.flag(next(segments))
    of_page = queries(lambda: browser.ask(address))
    of_flag = queries(lambda: browser.flag(next(segments)))
    acts: dict[str, Callable[[Segment], bytes]] = {
        "page": lambda _segment: browser.ask(address),
        "floor": lambda _segment: browser.ask(f"/floor/{article.pk}/"),
        "flag": browser.flag,
        "insert": lambda segment: browser.ask(f"/insert/{segment.pk}/", {}),
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for segment in itertools.islice(segments, ROUNDS):
        for name, act in acts.items():
            start = time.process_time()
            act(segment)
            times[name].append(1000 * (time.process_time() - start))
        Flag.objects.filter(segment=segment).delete()
        Segment.objects.filter(pk=segment.pk).update(status="to_review")
    page, floor, flag, insert = (statistics.median(found) for found in times.values())
    print(
        f"{label:>16}  page {page:6.2f} ms = {page / floor:4.1f} × floor {floor:5.2f} ms,"
        f" {of_page:2} queries, {bytes_of_page / 1000:5.1f} KB"
        f"   flag {flag:5.2f} ms = {flag / insert:4.1f} × floor {insert:5.2f} ms,"
        f" {of_flag:2} queries, {bytes_of_flag / 1000:4.1f} KB"
    )


def first_visit(browser: Browser, article: Article) -> None:
    """Print the compressed bytes of the page and of every file that it names."""
    page = browser.ask(f"/articles/{article.pk}/")
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page).decode()))
    sizes = {name.rsplit("/", 1)[-1]: len(browser.ask(name)) for name in files}
    named = ", ".join(f"{name} {size / 1000:.1f}" for name, size in sorted(sizes.items()))
    whole = len(page) + sum(sizes.values())
    print(f"{'first visit':>16}  {whole / 1000:.1f} KB: page {len(page) / 1000:.1f}, {named}")


def main() -> None:
    """Measure the seed article, then 50 segments in a small and in a large database."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--segments", type=int, default=100_000, help="segments of the large database"
    )
    many = options.parse_args().segments
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_seeds", verbosity=0, stdout=io.StringIO())
    reviewsite.urls.urlpatterns += [
        path("floor/<int:article_id>/", floor_read),
        path("insert/<int:segment_id>/", floor_write),
    ]
    people = [User.objects.create_user(name) for name in ("reader", "colleague")]
    people[0].groups.add(Group.objects.get(name="Reviewers"))
    browser = Browser(people[0])
    report(browser, Article.objects.get(), "seed article")
    small = make_article(50, people=people)
    report(browser, small, "50 segments")
    first_visit(browser, small)
    for number in range(many // 2000):
        make_article(2000 + number, people=people)
    report(browser, make_article(51, people=people), f"51 of {Segment.objects.count()}")
    if large := Article.objects.filter(title="2000 segments").first():
        report(browser, large, "first of 2,000")


if __name__ == "__main__":
    main()
