"""Floor 3: giving an article out: to whom, until when, and whether two people read it apart.

An assignment says whose job it is and locks nobody out. Only a reading apart does, and only until it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Event
from articles.models.roles import APPROVE, REVIEW
from articles.review import workflow

Role = Assignment.Role
Stage = Article.Stage


def why_not_role(person: Any, role: str) -> str | None:
    """Why the person cannot have the part in an article, or None."""
    if role == Role.APPROVER and not person.has_perm(APPROVE):
        return _("%(person)s may not approve; an admin gives that role.") % {"person": person}
    if not person.has_perm(REVIEW):
        return _("%(person)s may not review; an admin gives that role.") % {"person": person}
    return None


def why_not_two_reviewers(reviewers: Iterable[Any]) -> str | None:
    """Why these people cannot be the two who read apart, or None."""
    if len(set(reviewers)) != 2:
        return _("To read apart takes two reviewers, not more or fewer.")
    return None


def why_not_reviewers(article: Article, reviewers: Iterable[Any], *, together: bool) -> str | None:
    """Why the article cannot have these reviewers, and be read ``together`` (or else apart), from now on; or None."""
    people = set(reviewers)
    if article.stage == Stage.REVIEW:
        return (
            None if together else visibility.why_not_start(article) or why_not_two_reviewers(people)
        )
    if article.stage == Stage.COMPARED:
        return None
    if together:
        return visibility.why_not_cancel(article)
    if not visibility.has_begun(article):
        return why_not_two_reviewers(people)
    if people != {row.person for row in article.reviewers}:
        # What the two have marked has to be compared first.
        return _(
            "The reading apart has begun; its reviewers stay until it is compared. You can declare it finished."
        )
    return None


def assign(
    article: Article, *, by: Any, person: Any, role: str, due: date | None = None
) -> Assignment:
    """Give the person a part in the article, or another part or date than before. Raises Refused."""
    if reason := why_not_role(person, role):
        raise workflow.Refused(reason)
    with transaction.atomic():
        locked, values = Article.objects.lock(article.pk), {"role": role, "due": due}
        people = {row.person for row in locked.reviewers} - {person} | (
            {person} if role == Role.REVIEWER else set()
        )
        if reason := why_not_reviewers(locked, people, together=locked.stage == Stage.REVIEW):
            raise workflow.Refused(reason)
        row, _created = Assignment.objects.update_or_create(
            article=article, person=person, defaults=values
        )
        record_assignment(row, by=by)
    return row


def record_assignment(row: Assignment, *, by: Any, gone: bool = False) -> None:
    """Write of a new, changed or (``gone``) deleted assignment into history."""
    details: dict[str, Any] = {
        "person": str(row.person),
        "role": row.role,
        "due": row.due,
        "gone": gone,
    }
    Event.objects.record(Event.Act.ASSIGNED, article=row.article, by=by, **details)


def start_blind_review(article: Article, *, by: Any) -> None:
    """Have the article's two reviewers read it apart. Raises Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        people = [row.person for row in locked.reviewers]
        if reason := visibility.why_not_start(locked) or why_not_two_reviewers(people):
            raise workflow.Refused(reason)
        _enter(locked, Stage.READING, Event.Act.APART, by=by)
    article.stage = locked.stage


def cancel_blind_review(article: Article, *, by: Any) -> None:
    """Call the reading apart off before anybody has marked anything. Raises Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        if reason := visibility.why_not_cancel(locked):
            raise workflow.Refused(reason)
        _enter(locked, Stage.REVIEW, Event.Act.TOGETHER, by=by)
    article.stage = locked.stage


def _enter(article: Article, stage: str, act: str, *, by: Any) -> None:
    article.stage = stage
    article.save(update_fields=["stage", "updated_at"])
    Event.objects.record(act, article=article, by=by)
