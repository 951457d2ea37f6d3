"""The walk of the teams: every address, read and written to, for every role in one's own team and in another.

All addresses are found by themselves; one whose parameters nobody has classified here fails the walk, and so does a
model of the admin. What belongs to the other team has a word of its own in all its texts, so that a leak shows.
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
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import (
    AccessToken,
    Article,
    Assignment,
    CheckSwitch,
    Event,
    Import,
    Membership,
    SignOff,
    Team,
    Term,
    UnplacedSegment,
)
from articles.models.roles import ROLES
from tests.factories import make_article, make_correction, make_finding, make_flag, make_person

pytestmark = pytest.mark.slow

OWN, OTHER = "Casablanca", "Zanzibar"
OF_ARTICLE = {
    "article_id", "segment_id", "flag_id", "finding_id", "correction_id", "assignment_id", "unplaced_id",
    "term_id",
}  # fmt: skip
"""Parameters of addresses that name an article or something of it."""
OF_IMPORT = {"file_id"}
OF_TEAM = {"team_id"}
OTHER_PARAMETERS = {
    "format": "csv", "check_id": "dropped", "rest": "x", "uidb64": "MQ", "token": "c0ffee-1",
}  # fmt: skip
"""Parameters that name nothing of a team, with a value; what stands at such addresses is searched for the other's word."""
BY_NUMBER = {"export": "article_id", "import": "import_id", "assign_import": "import_id", "start_import": "import_id", "cancel_import": "import_id",
             "import_text": "import_id"}  # fmt: skip
"""What ``pk`` is in an address of that name."""
NOT_WALKED = ("admin/", "account/", "sign-out/", "sign-in/", "language/", "password/")
"""Addresses that know no team: those of the account; the admin has a walk of its own."""
ACCOUNTS = {"user", "group", "team", "accesstoken", "auditentry", "erasure"}
"""Models of the admin that belong to no team, or are for superusers alone."""
SENT = {
    "revision": "1", "type": "Style", "severity": "minor", "source_words": "mayor", "before_words": "Le",
    "reason": "implied", "text": "Le maire a bien parlé.", "begun": "Le maire a parlé.", "move": "answer",
    "words": "I see.", "comment": "Too free.", "keep": "first", "number": "1", "act": "merge", "title": "Another",
    "digest": "0", "find": "le", "replace": "la", "put_away": "1", "person": "1", "role": "reviewer",
    "has": "1-1", "had": "1-2", "roles": "1", "q": "mayor",
}  # fmt: skip


def make_everything(word: str, team: Team, author: Any, importer: Any) -> dict[str, int]:
    """An article of the team with one of everything, all its texts with the word; ids by their names in addresses."""
    pairs = [(f"The mayor of {word} spoke.", f"Le maire de {word} a parlé."), ("No.", "Non.")]
    article = make_article(pairs, title=f"On {word}", team=team)
    first, second = article.segments.order_by("position")
    shelf = make_article([(f"An old {word}.", f"Un vieux {word}.")], title=word, team=team)
    Article.everything.filter(pk=shelf.pk).update(ready=False, earlier_of=article)
    unplaced = UnplacedSegment.objects.create(
        article=article, segment=shelf.segments.get(), suggestion=first
    )
    submitted = make_correction(second, by=author, text=f"Non à {word}.", status="submitted")
    make_correction(first, by=author, text=f"Le maire de {word} a bien parlé.")
    flag = make_flag(first, by=author, comment=f"See {word}.")
    finding = make_finding(first, values={"words": word})
    assignment = Assignment.objects.create(article=article, person=author)
    Event.objects.record(Event.Act.RENAMED, article=article, by=author, text=word)
    term = Term.objects.create(article=article, source=word, target=word)
    CheckSwitch.objects.create(article=article, check_id="dropped", enabled=True)
    SignOff.objects.create(article=article, person=author, digest="", readers=[], segment_count=2)
    line = {"name": f"{word}.txt", "refused": False, "kind": "new", "article": article.pk}
    job = Import.objects.create(by=importer, team=team, status="done", lines=[line])
    file = job.files.create(name=f"{word}.txt", waiting=True, by=importer, language="en")
    return {
        "article_id": article.pk, "segment_id": first.pk, "flag_id": flag.pk, "finding_id": finding.pk,
        "correction_id": submitted.pk, "assignment_id": assignment.pk, "unplaced_id": unplaced.pk,
        "import_id": job.pk, "file_id": file.pk, "second": second.pk,
        "team_id": team.pk, "person_id": author.pk, "term_id": term.pk,
    }  # fmt: skip


class Site:
    """Two teams with everything in them."""

    def __init__(self) -> None:
        self.own = Team.objects.first_team()
        self.other = Team.objects.create(name=f"Desk {OTHER}")
        author = make_person("author")
        self.join(author, self.own, "Reviewers")
        stranger = make_person("stranger")
        self.join(stranger, self.other, "Reviewers")
        self.own_rows = make_everything(OWN, self.own, author, author)
        self.other_rows = make_everything(OTHER, self.other, stranger, stranger)

    def join(self, person: User, team: Team, *roles: str) -> User:
        """Give the person the roles in the team."""
        for role in roles:
            Membership.objects.create(team=team, person=person, role_id=_groups()[role])
        return person


def _groups() -> dict[str, int]:
    from django.contrib.auth.models import Group

    return dict(Group.objects.values_list("name", "pk"))


@pytest.fixture
def site(db: None) -> Site:
    return Site()


def every_pattern(resolver: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The whole pattern and the name of every address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.name or ""


def walked() -> list[tuple[str, str]]:
    return [each for each in every_pattern(get_resolver()) if not each[0].startswith(NOT_WALKED)]


def address(pattern: str, name: str, rows: dict[str, int]) -> str:
    """The address about these rows. Raises KeyError for a parameter that nobody has classified."""
    values: dict[str, Any] = OTHER_PARAMETERS | rows
    if "correction_id" in pattern:
        values["segment_id"] = rows["second"]
    if "pk" in re.findall(r"<\w+:(\w+)>", pattern):
        values["pk"] = rows[BY_NUMBER[name]]
    return "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(values[match[1]]), pattern)


def is_about_a_row(pattern: str) -> bool:
    names = set(re.findall(r"<\w+:(\w+)>", pattern))
    return bool(names & (OF_ARTICLE | OF_IMPORT | OF_TEAM | {"pk"}))


def letters_of(answer: Any) -> str:
    """All that was answered, opened where it is packed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace") + answer.headers.get("Location", "")


class Walker:
    """Somebody who asks at every address and keeps nothing."""

    def __init__(self, person: User | None) -> None:
        self.client = Client()
        self.token = ""
        if person is not None:
            self.client.force_login(person)
            self.token = AccessToken.objects.issue(user=person)[1]

    def ask(self, method: str, place: str) -> tuple[int, str]:
        """The status and the letters of the answer; what was written is taken back."""
        headers = {}
        if place.startswith("/api/") and self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with transaction.atomic():
            answer = getattr(self.client, method)(place, SENT, headers=headers)
            letters = letters_of(answer)
            transaction.set_rollback(True)
        return answer.status_code, letters


def test_what_is_of_another_team_is_not_there(site: Site) -> None:
    able = site.join(make_person("able"), site.own, *ROLES)
    by_name = site.join(make_person("named"), site.own, "Readers")
    by_name.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    strangers = {"able": able, "named": by_name, "nobody": make_person("nobody")}
    problems = []
    for who, person in strangers.items():
        walker = Walker(person)
        for (pattern, name), method in itertools.product(walked(), ("get", "post")):
            if not is_about_a_row(pattern):
                continue
            status, letters = walker.ask(method, address(pattern, name, site.other_rows))
            is_refused = status in (404, 405) or (who == "nobody" and status == 403)
            if not is_refused or OTHER in letters:
                problems.append((who, method, pattern, status))
    assert problems == []


def test_lists_show_nothing_of_another_team(site: Site) -> None:
    problems = []
    people = {role: site.join(make_person(role), site.own, role) for role in ROLES}
    people["nobody"] = make_person("nobody")
    people["chief"] = site.join(make_person("chief"), site.own, "Approvers")
    people["chief"].user_permissions.add(Permission.objects.get(codename="add_user"))
    for who, person in people.items():
        walker = Walker(person)
        for pattern, name in walked():
            if is_about_a_row(pattern):
                continue
            place = address(pattern, name, site.own_rows)
            asked_more = [f"{place}?search={OTHER}", f"{place}?state=mine"] if place == "/" else []
            for asked in (place, *asked_more):
                letters = walker.ask("get", asked)[1]
                words = [OWN, OTHER] if who == "nobody" else [OTHER]
                if "people" not in pattern and any(
                    word in _without_echo(letters) for word in words
                ):
                    problems.append((who, asked))
    assert problems == []


def _without_echo(letters: str) -> str:
    """The letters without the field that repeats what was searched for."""
    return re.sub(rf'value="{OTHER}"|(q|search)(=|%3D|%253D){OTHER}', "", letters)


def test_everybody_reads_their_own_team(site: Site) -> None:
    reader = Walker(site.join(make_person("reader"), site.own, "Readers"))
    before = Event.everything.count()
    problems = []
    for pattern, name in walked():
        if "article_id" not in pattern and "segment_id" not in pattern:
            continue
        place = address(pattern, name, site.own_rows)
        status, _letters = reader.ask("get", place)
        if status not in (200, 302, 403, 405):
            problems.append(("get", pattern, status))
        with transaction.atomic():
            status = reader.client.post(place, SENT).status_code
            changed = Event.everything.count() != before
            transaction.set_rollback(True)
        if changed or status >= 500:
            problems.append(("post", pattern, status))
    assert problems == []


def test_who_is_not_signed_in_sees_nothing(site: Site) -> None:
    walker = Walker(None)
    problems = []
    for (pattern, name), method in itertools.product(walked(), ("get", "post")):
        status, letters = walker.ask(method, address(pattern, name, site.own_rows))
        if OWN in letters or (is_about_a_row(pattern) and status not in (302, 401, 405)):
            problems.append((method, pattern, status))
    assert problems == []


def test_the_admin_keeps_the_staff_within_their_teams(site: Site) -> None:
    staff = site.join(make_person("staff"), site.own, *ROLES)
    staff.is_staff = True
    staff.save()
    theirs = Permission.objects.filter(content_type__app_label="articles")
    staff.user_permissions.set(theirs)
    client = Client()
    client.force_login(staff)
    problems = []
    for model in admin.site._registry:
        label = f"{model._meta.app_label}/{model._meta.model_name}"
        if model._meta.app_label != "articles":
            assert client.get(f"/admin/{label}/").status_code == 403
            continue
        listed = letters_of(client.get(f"/admin/{label}/?q={OTHER}")) + letters_of(
            client.get(f"/admin/{label}/")
        )
        if OTHER in _without_echo(listed):
            problems.append(("list", label))
        if model._meta.model_name in ACCOUNTS:
            continue
        rows = [row for row in model._base_manager.all() if _is_of(row, site.other)]
        assert rows, f"nothing of the other team for {label}"
        for row in rows:
            for page in ("change/", "delete/", "history/"):
                answer = client.get(f"/admin/{label}/{row.pk}/{page}")
                if answer.status_code == 200 or OTHER in letters_of(answer):
                    problems.append((page, label))
    found = client.get(
        f"/admin/autocomplete/?app_label=articles&model_name=term&field_name=article&term={OTHER}"
    )
    assert found.json()["results"] == []
    assert problems == []


def _is_of(row: Any, team: Team) -> bool:
    """Whether the row of any model is about an article of the team."""
    if hasattr(row, "as_source"):
        articles = [
            *row.as_source(manager="everything").all(),
            *row.as_target(manager="everything").all(),
        ]
        return any(article.team_id == team.pk for article in articles)
    if isinstance(row, Article):
        return row.team_id == team.pk
    article = getattr(row, "article", None) or getattr(
        getattr(row, "segment", None), "article", None
    )
    return article is not None and article.team_id == team.pk
