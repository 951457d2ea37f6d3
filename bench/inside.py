"""What the programs of load, faults and attack do inside a site's own Django, in a process of its
own: ``python -m bench.inside COMMAND``, with the site's environment. Prints JSON.

    people N       make N people, by turns reviewers and approvers, each signed in
    attackers      make a person of each role, one without a role, and an admin
    token          make an API token of somebody who sees all articles
    articles N     make N articles of 50 segments, which the worker checks
    look FILE      look for the acts that the clients wrote down, and print what is wrong
    idle           return when no job waits or runs
    addresses      print the addresses of the site, with numbers of rows that there are
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402
from django_tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from articles.formats import interchange  # noqa: E402
from articles.history.verify import verify  # noqa: E402
from articles.importing.bilingual import store_bilingual  # noqa: E402
from articles.models import (  # noqa: E402
    AccessToken,
    Article,
    Correction,
    Event,
    Finding,
    Flag,
    Import,
    ImportFile,
    Segment,
)
from bench.texts import pairs  # noqa: E402

ROLES = ("Reviewers", "Approvers")
SEGMENTS = 50
ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def sign_in(person: User) -> dict[str, Any]:
    """Return who the person is, with a session."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return {
        "id": person.pk,
        "name": person.username,
        "role": _role(person),
        "session": session.session_key,
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }


def _role(person: User) -> str:
    if person.is_superuser:
        return "admin"
    group = person.groups.first()
    return group.name.lower() if group else "nobody"


def make_people(count: int) -> list[dict[str, Any]]:
    """Make people, by turns of each role, and sign them in; those that are there are signed in."""
    made = []
    for number in range(count):
        person, _created = User.objects.get_or_create(username=f"editor-{number}")
        person.groups.set([Group.objects.get(name=ROLES[number % len(ROLES)])])
        made.append(sign_in(person))
    return made


def make_attackers() -> list[dict[str, Any]]:
    """Make one person of each role, one without, and an admin; sign them in.

    What an attack made of them before is put right.
    """
    made = []
    for name, role in (("rev", ROLES[0]), ("app", ROLES[1]), ("none", ""), ("adm", "admin")):
        person, _created = User.objects.get_or_create(username=f"attacker-{name}")
        person.is_active = True
        person.is_staff = person.is_superuser = role == "admin"
        person.save()
        person.groups.set(Group.objects.filter(name=role))
        made.append(sign_in(person))
    return made


def make_token() -> str:
    """Return a new API token of an admin, who sees all articles."""
    person, _created = User.objects.get_or_create(
        username="attacker-api", defaults={"is_staff": True, "is_superuser": True}
    )
    return AccessToken.objects.issue(user=person, name="attack")[1]


def make_articles(count: int) -> list[dict[str, Any]]:
    """Make articles, and return their numbers and those of their segments."""
    return [_make_article(number) for number in range(count)]


def _make_article(number: int) -> dict[str, Any]:
    segments = []
    for source, target in pairs(SEGMENTS, seed=number):
        segments.append(interchange.Segment(source, target))
    incoming = interchange.Article(f"Article {number}", "en", "fr", segments=segments)
    article = store_bilingual(incoming, by=None).article
    rows = article.segments.order_by("position").values_list("pk", flat=True)
    return {"article": article.pk, "segments": list(rows)}


def wait_until_idle() -> float:
    """Return once no job waits or runs: the seconds that it took."""
    began = time.monotonic()
    while DBTaskResult.objects.exclude(status__in=ENDED).exists():
        time.sleep(0.5)
    return time.monotonic() - began


# ── looking for acts ─────────────────────────────────────────────────────────


def look(acts: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each act that is lost or doubled, and for what does not agree."""
    problems = [*_wrong_flags(acts), *_wrong_corrections(acts), *_wrong_decisions(acts)]
    problems.extend(_wrong_statuses())
    problems.extend(_open_imports())
    problems.extend(f"history: {problem}" for problem in verify().problems)
    return problems


def _wrong_flags(acts: list[dict[str, Any]]) -> Iterator[str]:
    found = Counter(Flag.everything.values_list("comment", flat=True))
    for act in acts:
        if act["kind"] == "flag":
            yield from _wrong_count(act, found[act["token"]])


def _wrong_corrections(acts: list[dict[str, Any]]) -> Iterator[str]:
    texts = Counter(Correction.objects.values_list("text", flat=True))
    drafts = Correction.objects.filter(status=Correction.Status.DRAFT)
    drafted = {(row.segment_id, row.author_id): row.text for row in drafts}
    last: dict[tuple[int, int], dict[str, Any]] = {}
    for act in acts:
        if act["kind"] == "submit":
            yield from _wrong_count(act, texts[act["text"]])
        if act["kind"] in ("draft", "submit"):
            last[act["segment"], act["person"]] = act
    for key, act in last.items():
        if act["kind"] == "draft" and act["done"] and drafted.get(key) != act["text"]:
            yield f"lost: {act}"


def _wrong_decisions(acts: list[dict[str, Any]]) -> Iterator[str]:
    decided = (Correction.Status.APPROVED, Correction.Status.REPLACED)
    rows = Correction.objects.filter(status__in=decided).values_list("pk", flat=True)
    approved = set(rows)
    events: Counter[int] = Counter()
    for details in Event.objects.filter(act=Event.Act.APPROVED).values_list("details", flat=True):
        events[details.get("correction", 0)] += 1
    for act in acts:
        if act["kind"] == "approve" and act["done"] and act["correction"] not in approved:
            yield f"lost: {act}"
    for number, count in events.items():
        if number and count > 1:
            yield f"doubled: correction {number} was approved {count} times"


def _wrong_count(act: dict[str, Any], count: int) -> Iterator[str]:
    if act["done"] and not count:
        yield f"lost: {act}"
    if count > 1:
        yield f"doubled {count} times: {act}"


def _wrong_statuses() -> Iterator[str]:
    """Yield the segments whose status is another than their rows say."""
    flags: dict[int, int] = defaultdict(int)
    for number in Flag.objects.filter(status=Flag.Status.OPEN).values_list("segment", flat=True):
        flags[number] += 1
    waiting = Correction.objects.filter(status=Correction.Status.SUBMITTED)
    waits = set(waiting.values_list("segment", flat=True))
    for number, status in Segment.objects.values_list("pk", "status"):
        if (status == Segment.Status.WAITING) != (number in waits):
            yield f"segment {number} is {status}, a correction waits: {number in waits}"
        if status == Segment.Status.FLAGGED and not flags[number]:
            yield f"segment {number} is {status} without flags"
        if status == Segment.Status.TO_REVIEW and flags[number]:
            yield f"segment {number} is {status} with {flags[number]} flags"


def _open_imports() -> Iterator[str]:
    going_on = (Import.Status.EXAMINING, Import.Status.RUNNING)
    for job in Import.objects.all():
        if job.status in going_on:
            yield f"import {job.pk} is {job.status}"
        if job.status == Import.Status.FAILED and not job.lines:
            yield f"import {job.pk} failed without a sentence"
    unready = Article.everything.filter(ready=False).count()
    if unready:
        yield f"{unready} articles are half imported"


# ── addresses ────────────────────────────────────────────────────────────────


def addresses() -> dict[str, Any]:
    """Return each address of the site as its pieces, and rows that its numbers may name."""
    rows = {
        "article_id": Article, "segment_id": Segment, "flag_id": Flag, "finding_id": Finding,
        "correction_id": Correction, "file_id": ImportFile, "pk": Import, "person_id": User,
    }  # fmt: skip
    numbers = {}
    for name, model in rows.items():
        numbers[name] = list(model._default_manager.values_list("pk", flat=True)[:40])
    return {"patterns": list(_patterns(get_resolver().url_patterns, "/")), "numbers": numbers}


def _patterns(entries: list[Any], before: str) -> Iterator[str]:
    for entry in entries:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, whole)
        elif isinstance(entry, URLPattern):
            yield whole


def main() -> None:
    """Do what the command says and print its answer."""
    command, *values = sys.argv[1:]
    answer: Any
    if command == "people":
        answer = make_people(int(values[0]))
    elif command == "attackers":
        answer = make_attackers()
    elif command == "token":
        answer = make_token()
    elif command == "articles":
        answer = make_articles(int(values[0]))
    elif command == "idle":
        answer = wait_until_idle()
    elif command == "look":
        answer = look(json.loads(Path(values[0]).read_text()))
    else:
        answer = addresses()
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
