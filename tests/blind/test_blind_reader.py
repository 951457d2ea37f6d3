"""The walk of a blind reader: every address, read and written to, answers as if the other reader had done nothing.

Rosa reads apart from Ruth and may do everything in the admin. Each address is asked twice: while Ruth has said nothing,
and after she has flagged, taken, dismissed, taken back and confirmed. The two answers are the same to the letter.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from articles.exporting.actions import EXPORT_FORMATS
from articles.models import AccessToken, Article, Event, Flag, Segment, Verdict
from articles.review import actions
from tests.factories import make_finding, make_reading

pytestmark = pytest.mark.slow

PAIRS = [(f"The mayor spoke {n} times.", f"Le maire a parlé {n} fois.") for n in range(1, 3)]
SECRET = "Zanzibar"
NOT_ASKED = ("sign-out/", "logout/")
"""Ends of addresses that sign Rosa out."""
OF_ACCOUNT = "account/"
"""What addresses of her own account begin with: they show nothing of articles."""
SENT = {
    "revision": "2", "type": "Style", "severity": "minor", "source_words": "mayor", "before_words": "Le maire",
    "reason": "implied", "alike": "on", "text": "Le maire a bien parlé.", "begun": "Le maire a parlé 1 fois.",
    "move": "answer", "words": "I see.", "comment": "Too free.", "keep": "first", "first": "1", "second": "0",
    "number": "1", "act": "merge", "post": "yes", "title": "Another", "search": SECRET,
}  # fmt: skip
QUERIES = {
    r"/articles/\d+/": [
        "?filter=flagged",
        "?filter=mine",
        "?filter=findings",
        "?filter=done",
        "?order=risk",
    ],
    r"/articles/\d+/(summary/)?": [f"?search={SECRET}", "?filter=to_review"],
    r"/admin/articles/\w+/": [
        f"?q={SECRET}",
        "?author__id__exact=%(ruth)s",
        "?act__exact=flagged",
        "?actor__id__exact=%(ruth)s",
    ],
    r"/concordance/": ["?q=mayor", f"?q={SECRET}"],
    r".*/export/.*": ["?hold=everything"],
}
"""What is asked of whole addresses like these, beside the address alone."""


@pytest.fixture
def article(rosa: Any, ruth: Any) -> Article:
    """Rosa, who may do all in the admin, has flagged and dismissed something; Ruth has said nothing yet."""
    rosa.is_staff = rosa.is_superuser = True
    rosa.save()
    made = make_reading(rosa, ruth, pairs=PAIRS)
    rows = list(made.segments.order_by("position"))
    places = [{"source_spans": [[0, 3]], "caret": 0}, {"source_spans": [[4, 9]], "caret": 9}]
    doubts = [make_finding(row, **place) for row in rows for place in places]
    actions.flag(
        rows[0],
        by=rosa,
        revision=1,
        values={"type": "Omission", "severity": "major"},
        finding=doubts[0],
    )
    actions.dismiss(doubts[2], by=rosa, revision=1, reason="implied")
    return made


def say_all(article: Article, ruth: Any) -> None:
    """Everything that a reader can say, on Rosa's segments and on others."""
    for row in article.segments.order_by("position"):
        values = {
            "type": "Terminology",
            "severity": "critical",
            "comment": SECRET,
            "target_start": 0,
            "target_end": 2,
        }
        first, second = row.findings.order_by("id")
        flag = actions.flag(row, by=ruth, revision=1, values=values, finding=first)
        actions.edit_flag(flag, by=ruth, revision=2, values={"comment": SECRET + "!"})
        actions.dismiss(second, by=ruth, revision=3, reason="cut")
        if row.position > 1:
            actions.remove_flag(flag, by=ruth, revision=4)
            actions.confirm(row, by=ruth, revision=5, dismissed=[first.pk])
    assert (
        Flag.everything.filter(author=ruth).count()
        == Verdict.objects.filter(person=ruth).count() - 2
        == 2
    )
    assert Event.everything.filter(actor=ruth).count() == 9


def every_pattern(resolver: Any, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def admin_rows() -> Iterator[str]:
    """The name and number of every row there is, as the admin's addresses have them; of the roles, one."""
    for model in admin.site._registry:
        rows = model._base_manager.values_list("pk", flat=True)
        for key in rows[:1] if model is Group else rows:
            yield f"admin/{model._meta.app_label}/{model._meta.model_name}/{key}/"


def addresses(numbers: dict[str, list[Any]]) -> list[str]:
    """Every address with every number that could stand in it."""
    found: list[str] = []
    for pattern in every_pattern(get_resolver()):
        if pattern.endswith(NOT_ASKED) or pattern.startswith(OF_ACCOUNT):
            continue
        if pattern.startswith("admin/") and "<path:object_id>" in pattern:
            continue
        names = re.findall(r"<\w+:(\w+)>", pattern)
        for chosen in itertools.product(*(numbers.get(name, [1]) for name in names)):
            address = pattern
            for value in chosen:
                address = re.sub(r"<\w+:\w+>", str(value), address, count=1)
            found.append("/" + re.sub(r"\\Z|[$^]|\(\?P<\w+>\S*\)", "", address))
    return found


def letters_of(response: Any) -> str:
    """The whole answer, but for tokens, links, times and numbers of rows that Rosa herself would make."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    text = content.decode(errors="replace") + " ".join(
        response.headers.get(k, "") for k in ("Location", "HX-Trigger")
    )
    text = re.sub(
        r'(csrfmiddlewaretoken" value=)"\w+"|\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+[\d:]+)?', "", text
    )
    text = re.sub(
        r"[A-Z][a-z]{2}\.? \d+, \d{4}, \d+:\d+ [ap]\.m\.|\d+ [A-Z][a-z]{2}( \d{4})?, \d\d:\d\d",
        "",
        text,
    )
    text = re.sub(r'value="[\d:]{8}"|/welcome/[\w-]+/[\w-]+/', "", text)
    return f"{response.status_code} " + re.sub(r"(flag-|flags/)\d+", r"\1N", text)


class Walk:
    """Rosa at every address."""

    def __init__(self, client: Any, places: list[str], ruth: Any, token: str) -> None:
        self.client, self.places, self.ruth, self.token = client, places, ruth, token

    def read(self) -> dict[str, str]:
        found = {}
        for place in self.places:
            more = [
                query
                for rule, queries in QUERIES.items()
                if re.fullmatch(rule, place)
                for query in queries
            ]
            for query in ("", *more):
                headers = (
                    {"Authorization": f"Bearer {self.token}"} if place.startswith("/api/") else {}
                )
                asked = place + query % {"ruth": self.ruth.pk}
                found[asked] = letters_of(self.client.get(asked, headers=headers))
            if place.startswith("/segments/") or re.fullmatch(r"/articles/\d+/(summary/)?", place):
                found[f"{place} htmx"] = letters_of(
                    self.client.get(place, headers={"HX-Request": "true"})
                )
        return found

    def write(self) -> dict[str, str]:
        found = {}
        for place in self.places:
            if place.startswith("/api/") or "/export/" in place:  # only to be read
                continue
            with transaction.atomic():
                found[place] = letters_of(
                    self.client.post(place, SENT, headers={"HX-Request": "true"})
                )
                transaction.set_rollback(True)
        return found


@pytest.fixture
def walk(client: Any, article: Article, rosa: Any, ruth: Any) -> Walk:
    client.force_login(rosa)
    _made, token = AccessToken.objects.issue(user=rosa, name="walk")
    AccessToken.objects.recognise(token)
    numbers: dict[str, list[Any]] = {
        "article_id": [article.pk], "pk": [article.pk], "form": list(EXPORT_FORMATS), "check_id": ["dropped"],
        "segment_id": list(article.segments.values_list("pk", flat=True)),
        "flag_id": [1, 2], "finding_id": [1, 3], "correction_id": [1], "rest": ["x"], "app_label": ["articles"],
    }  # fmt: skip
    places = addresses(numbers)
    places += [f"/{row}{page}/" for row in admin_rows() for page in ("change", "delete")]
    places.append(f"/admin/articles/article/{article.pk}/history/")
    return Walk(client, sorted(set(places)), ruth, token)


@pytest.mark.parametrize(("way", "good"), [("read", 100), ("write", 10)])
def test_no_answer_tells_a_reader_of_the_other(
    way: str, good: int, walk: Walk, article: Article, ruth: Any
) -> None:
    ask = getattr(walk, way)
    before = ask()
    assert sum(answer.startswith("200") for answer in before.values()) > good
    say_all(article, ruth)
    after = ask()
    assert [place for place, answer in after.items() if answer != before[place]] == []
    assert [place for place, answer in after.items() if SECRET + "!" in answer] == []


def test_no_row_of_the_other_is_found_by_its_number(
    walk: Walk, article: Article, ruth: Any, client: Any
) -> None:
    say_all(article, ruth)
    for flag in Flag.everything.filter(author=ruth):
        for page in ("", "remove/", "talk/"):
            address = f"/segments/{flag.segment_id}/flags/{flag.pk}/{page}"
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address, SENT).status_code == 404, address
        assert (
            "doesn’t exist"
            in client.get(f"/admin/articles/flag/{flag.pk}/change/", follow=True).content.decode()
        )
    for event in Event.everything.filter(actor=ruth):
        assert (
            "doesn’t exist"
            in client.get(f"/admin/articles/event/{event.pk}/change/", follow=True).content.decode()
        )
    assert Segment.objects.filter(revision=1).count() == len(PAIRS)
