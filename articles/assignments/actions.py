"""Assign an article: to whom, until when, and whether two people review it blind.

An assignment says whose work the article is; it locks nobody out. Only a blind review does, until
both are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Event
from articles.models.people import name_of
from articles.models.roles import APPROVE, REVIEW, may
from articles.review import workflow

Role = Assignment.Role
Stage = Article.Stage


def why_not_role(person: User, role: str, article: Article) -> str | None:
    """Return why the person cannot have the role in the article, or None."""
    if role == Role.APPROVER and not may(person, APPROVE, article):
        return _("%(person)s cannot approve; an admin can give them that role.") % {
            "person": name_of(person)
        }
    if not may(person, REVIEW, article):
        return _("%(person)s cannot review; an admin can give them that role.") % {
            "person": name_of(person)
        }
    return None


def own_role(person: User, article: Article) -> str:
    """Return the role that the person has in the article already, else the highest they may have.

    An approver may review, too; what the newsroom made them approvers for is to approve.
    """
    row = Assignment.objects.filter(article=article, person=person).first()
    if row is not None:
        return row.role
    return Role.APPROVER if may(person, APPROVE, article) else Role.REVIEWER


def why_not_two_reviewers(reviewers: Iterable[User]) -> str | None:
    """Return why these people cannot be the two reviewers of a blind review, or None."""
    if len(set(reviewers)) != 2:
        return _("A blind review needs exactly two reviewers.")
    return None


def why_not_reviewers(article: Article, reviewers: Iterable[User], *, together: bool) -> str | None:
    """Return why the article cannot have these reviewers from now on, or None.

    ``together`` asks for an ordinary review, else for a blind one.
    """
    people = set(reviewers)
    if article.stage == Stage.REVIEW:
        return None if together else _why_not_start(article, people)
    if article.stage == Stage.COMPARED:
        return None
    if together:
        return visibility.why_not_cancel(article)
    if not visibility.has_begun(article):
        return why_not_two_reviewers(people)
    if people != {row.person for row in article.reviewers}:
        # The marks of the present two are compared first.
        return _(
            "The blind review has begun; its reviewers cannot be changed until it is "
            "compared. You can end it."
        )
    return None


def _why_not_start(article: Article, reviewers: Iterable[User]) -> str | None:
    """Return why these reviewers cannot start a blind review of the article, or None."""
    return visibility.why_not_start(article) or why_not_two_reviewers(reviewers)


def assign(
    article: Article,
    *,
    by: User,
    person: User,
    role: str = "",
    due: date | None = None,
    due_time: time | None = None,
) -> Assignment:
    """Assign the article to the person, or change their role, date or time. Raise Refused.

    Without a role it is the person's own.
    """
    role = role or own_role(person, article)
    _refuse(why_not_role(person, role, article))
    with transaction.atomic():
        # Locked, so that the reviewers are the same when the assignment is written.
        locked = Article.objects.lock(article.pk)
        people = {row.person for row in locked.reviewers}
        people.discard(person)
        if role == Role.REVIEWER:
            people.add(person)
        _refuse(why_not_reviewers(locked, people, together=locked.stage == Stage.REVIEW))
        values = {"role": role, "due": due, "due_time": due_time}
        row, _created = Assignment.objects.update_or_create(
            article=article, person=person, defaults=values
        )
        record_assignment(row, by=by)
    return row


def assign_all(articles: Iterable[Article], *, by: User, **values: Any) -> None:
    """Assign all articles as ``assign`` does, or none; Refused says which one could not be."""
    with transaction.atomic():
        for article in articles:
            try:
                assign(article, by=by, **values)
            except workflow.Refused as reason:
                raise workflow.Refused(f"{article.headline}: {reason}") from reason


def unassign(row: Assignment, *, by: User) -> None:
    """Take the article back from the person. Raise Refused while it is reviewed blind."""
    with transaction.atomic():
        locked = Article.objects.lock(row.article_id)
        if row.role == Role.REVIEWER:
            people = {each.person for each in locked.reviewers}
            people.discard(row.person)
            _refuse(why_not_reviewers(locked, people, together=locked.stage == Stage.REVIEW))
        record_assignment(row, by=by, gone=True)
        row.delete()


def record_assignment(row: Assignment, *, by: User, gone: bool = False) -> None:
    """Record that an assignment is new or changed, or that it is deleted (``gone``)."""
    details: dict[str, Any] = {
        # By name: history keeps it when the person is deleted.
        "person": str(row.person),
        "role": row.role,
        "due": str(row.due_at) if row.due_at else None,
        "gone": gone,
    }
    Event.objects.record(Event.Act.ASSIGNED, article=row.article, by=by, **details)


def set_up_blind_review(
    article: Article,
    *,
    by: User,
    reviewers: tuple[User, User],
    due: date | None = None,
    due_time: time | None = None,
) -> None:
    """Assign the article to two reviewers, and to no other, and start their blind review.

    All of it or nothing is done. Raise Refused.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(_why_not_start(locked, reviewers))
        for row in locked.reviewers:
            if row.person not in reviewers:
                unassign(row, by=by)
        for person in reviewers:
            role = Role.REVIEWER
            assign(locked, by=by, person=person, role=role, due=due, due_time=due_time)
        start_blind_review(article, by=by)


def start_blind_review(article: Article, *, by: User) -> None:
    """Have the article's two reviewers review it blind. Raise Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        people = [row.person for row in locked.reviewers]
        _refuse(_why_not_start(locked, people))
        _set_stage(locked, Stage.READING, Event.Act.APART, by=by)
    article.stage = locked.stage


def cancel_blind_review(article: Article, *, by: User) -> None:
    """Make a blind review an ordinary one again.

    Raise Refused once a reviewer has marked anything.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_cancel(locked))
        _set_stage(locked, Stage.REVIEW, Event.Act.TOGETHER, by=by)
    article.stage = locked.stage


def _set_stage(article: Article, stage: str, act: str, *, by: User) -> None:
    article.stage = stage
    article.save(update_fields=["stage", "updated_at"])
    Event.objects.record(act, article=article, by=by)


def _refuse(reason: str | None) -> None:
    """Raise Refused where there is a reason."""
    if reason:
        raise workflow.Refused(reason)
