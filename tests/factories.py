"""Plain functions that make things, with boring defaults."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.findings.service import marks_for_each
from articles.models import (
    Article,
    Assignment,
    CheckRun,
    Correction,
    Document,
    Finding,
    Flag,
    Membership,
    Segment,
    Sentence,
    Team,
)
from articles.models.documents import digest

PAIRS = (("The mayor spoke.", "Le maire a parlé."), ("Nobody laughed at all.", "Personne n’a ri."))


def make_person(name: str, *, role: str = "", admin: bool = False) -> User:
    """A person who can sign in with their own name as the password."""
    person = User(username=name, is_staff=admin, is_superuser=admin)
    person.set_password(name)
    person.save()
    if role:
        _give_role(person, Group.objects.get(name=role))
    return person


def _give_role(person: User, group: Group) -> None:
    """Give the role and, on a site with one team, the membership: as the site does, in a third of the queries."""
    User.groups.through.objects.bulk_create([User.groups.through(user=person, group=group)])
    team = Team.objects.only_team()
    if team:
        Membership.objects.bulk_create([Membership(team=team, person=person, role=group)])


def make_document(text: str, *, language: str = "en", name: str = "") -> Document:
    """A document holding ``text``."""
    values = {"name": name or f"text.{language}.txt", "language": language, "text": text}
    return Document.objects.create(digest=digest(text), **values)


def make_article(
    pairs: Sequence[tuple[str, str]] = PAIRS,
    *,
    title: str = "The mayor",
    joint: str = " ",
    team: Team | None = None,
) -> Article:
    """An article whose segments are ``pairs`` (source, target); "" makes a one-sided segment. The aligner is not asked."""
    sides: list[list[tuple[int, int, str]]] = [[], []]
    texts = ["", ""]
    for pair in pairs:
        for side, words in enumerate(pair):
            gap = joint if words and texts[side] else ""
            start = len(texts[side]) + len(gap)
            texts[side] += gap + words
            sides[side].append(
                (start, start + len(words), words) if words else (len(texts[side]),) * 2 + ("",)
            )
    source, target = (
        make_document(texts[side], language=language) for side, language in ((0, "en"), (1, "fr"))
    )
    article = Article.objects.create(
        title=title,
        source=source,
        target=target,
        digest=uuid.uuid4().hex,
        team=team or Team.objects.first_team(),
    )
    counts = [0, 0]
    for document, spans in ((source, sides[0]), (target, sides[1])):
        whole = [span for span in spans if span[2]]
        Sentence.objects.bulk_create(
            Sentence(document=document, position=k, start=start, end=end, paragraph=0)
            for k, (start, end, _words) in enumerate(whole)
        )
    rows = []
    for position, (english, french) in enumerate(zip(*sides, strict=True), start=1):
        values: dict[str, Any] = {}
        for side, (name, (start, end, words)) in enumerate(
            (("source", english), ("target", french))
        ):
            values |= {
                f"{name}_from": counts[side],
                f"{name}_start": start,
                f"{name}_end": end,
                f"{name}_text": words,
            }
            counts[side] += bool(words)
            values |= {f"{name}_to": counts[side]}
        rows.append(Segment(article=article, position=position, **values))
    Segment.objects.bulk_create(rows)
    return article


def make_segment(source: str = "The mayor spoke.", target: str = "Le maire a parlé.") -> Segment:
    """The only segment of a new article."""
    return make_article([(source, target)]).segments.get()


def make_finding(segment: Segment, **values: Any) -> Finding:
    """A possible omission of the first three letters."""
    defaults = {
        "check_id": "dropped",
        "type": "Omission",
        "severity": "major",
        "score": 0.9,
        "message": "“%(words)s” is missing from the French",
        "values": {"words": segment.source_text[:3]},
        "source_spans": [[0, 3]],
        "caret": 0,
        "fingerprint": f"{segment.pk}-{segment.findings.count()}",
    }
    return Finding.objects.create(segment=segment, **(defaults | values))


def make_flag(segment: Segment, *, by: Any, **values: Any) -> Flag:
    """An open major omission, written straight to the database."""
    return Flag.objects.create(
        segment=segment, author=by, **({"type": "Omission", "severity": "major"} | values)
    )


def make_correction(
    segment: Segment,
    *,
    by: Any,
    text: str = "Le maire a bien parlé.",
    status: str = "draft",
    decided_by: Any = None,
) -> Correction:
    """A correction in any status, written straight to the database."""
    now = timezone.now()
    return Correction.objects.create(
        segment=segment,
        author=by,
        before=segment.target_text,
        text=text,
        base_revision=segment.revision,
        status=status,
        submitted_at=None if status == "draft" else now,
        decided_by=decided_by,
        decided_at=now if decided_by else None,
        reason="Not yet." if status == "rejected" else "",
    )


def make_reading(
    *readers: Any, pairs: Sequence[tuple[str, str]] = PAIRS, title: str = "The mayor"
) -> Article:
    """An article that two people have been given to read apart."""
    article = make_article(pairs, title=title)
    for reader in readers:
        Assignment.objects.create(article=article, person=reader)
    article.stage = Article.Stage.READING
    article.save()
    return article


def mark_checked(article: Article) -> None:
    """Write down that the checks were run on the article as it stands."""
    mark = marks_for_each([article])[article.pk]
    values = {"status": CheckRun.Status.DONE, "mark": mark, "at": timezone.now()}
    CheckRun.objects.update_or_create(article=article, defaults=values)
    Segment.objects.filter(article=article).update(checked="seen")
