"""The articles assigned to a person, for the first page after signing in.

A reviewer's article is listed until all of its segments are done, an approver's until it is signed
off. An approver also finds here the blind reviews that nobody was assigned to compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Correction, Segment, SignOff
from articles.models.due import Due
from articles.models.people import name_of
from articles.models.roles import APPROVE, REVIEW, people_who_may, within_teams
from articles.review.queries import Progress, progress_of

Role = Assignment.Role
Stage = Article.Stage


@dataclass(frozen=True)
class AssignedArticle:
    """One article that is assigned to the person, and how far it is.

    ``waiting`` counts the corrections that wait for this person's decision; ``readers`` are the
    other reviewers of the article.
    """

    article: Article
    role: str
    due: Due | None
    progress: Progress
    waiting: int
    finished: bool
    readers: list[User]

    @property
    def names(self) -> str:
        """The names of the other reviewers, in words."""
        names = map(name_of, self.readers)
        return get_text_list(list(names), _("and"))

    @property
    def todo(self) -> str:
        """The next thing to do, by the name that the template knows.

        "repair" and "decide" in an ordinary review, "sign_off" when all is decided; "read", "wait"
        and "compared" for a reviewer of a blind review; "soon" and "compare" for the person who
        compares.
        """
        is_approver = self.role == Role.APPROVER
        if self.article.stage in (Stage.REVIEW, Stage.COMPARED):
            if not is_approver:
                return "repair"
            is_done = self.progress.done == self.progress.segment_count
            return "sign_off" if is_done else "decide"
        if self.article.stage == Stage.COMPARING:
            return "compare" if is_approver else "compared"
        if is_approver:
            return "soon"
        return "wait" if self.finished else "read"


def assignable_users(*teams: int) -> QuerySet[User]:
    """Return the users to choose from for articles of these teams.

    They may review in one of the teams, or are assigned to one of its articles already.
    """
    choice = Q(pk__in=Assignment.objects.filter(article__team__in=teams).values("person"))
    for team in teams:
        choice |= Q(pk__in=people_who_may(REVIEW, team).values("pk"))
    return User.objects.filter(choice).order_by("username")


def lost_assignments(articles: Iterable[Article]) -> set[int]:
    """Return the ids of the assignments whose person can no longer do their part.

    They have left the article's team, have lost their role in it, or are deactivated. The rows stay
    until somebody assigns the article to another person. One query for each team and part.
    """
    able: dict[tuple[int, str], set[int]] = {}
    lost = set()
    for article in articles:
        for row in article.assignments.all():
            part = (article.team_id, row.role)
            if part not in able:
                permission = APPROVE if row.role == Role.APPROVER else REVIEW
                people = people_who_may(permission, article.team_id)
                able[part] = set(people.values_list("pk", flat=True))
            if row.person_id not in able[part]:
                lost.add(row.pk)
    return lost


def assigned_articles(person: User) -> list[AssignedArticle]:
    """Return the person's articles by due date, those without one last. Seven queries at most."""
    rows = _open_assignments(person)
    # Whoever may compare is treated as the approver of the reviews that nobody was given.
    rows += [Assignment(article=each, role=Role.APPROVER) for each in _to_compare(person)]
    articles = {row.article.pk: row.article for row in rows}
    progress = progress_of(articles.values(), person)
    waiting = _waiting(articles, person)
    found = []
    for row in rows:
        others = visibility.other_reviewers(person, row.article)
        readers = [each.person for each in others]
        assigned = AssignedArticle(
            row.article,
            row.role,
            row.due_at,
            progress=progress[row.article.pk],
            waiting=waiting.get(row.article.pk, 0),
            finished=bool(row.finished_at),
            readers=readers,
        )
        found.append(assigned)
    return sorted(found, key=_due_order)


def _due_order(assigned: AssignedArticle) -> tuple[date, time, int]:
    day, hour = (assigned.due or Due(date.max)).order
    return day, hour, assigned.article.pk


def _open_assignments(person: User) -> list[Assignment]:
    """Return the person's assignments to articles that are stored in full and not done."""
    segments = Segment.objects.filter(article=OuterRef("article"))
    undone = Q(Exists(segments.exclude(status=Segment.Status.DONE)))
    in_force = SignOff.objects.filter(article=OuterRef("article"), ended_at=None)
    to_sign_off = Q(role=Role.APPROVER) & ~Exists(in_force)
    team = "article__team"
    may_do = Q(within_teams(person, team, REVIEW), role=Role.REVIEWER)
    may_do |= Q(within_teams(person, team, APPROVE), role=Role.APPROVER)
    own = Q(may_do, person=person, article__ready=True)
    rows = Assignment.objects.filter(own, undone | to_sign_off)
    articles = Prefetch("article", Article.objects.with_documents())
    return list(rows.prefetch_related(articles, "article__assignments"))


def _to_compare(person: User) -> list[Article]:
    """Return the finished blind reviews that nobody is assigned to compare."""
    is_assigned = Q(assignments__role=Role.APPROVER) | Q(assignments__person=person)
    articles = Article.objects.visible_to(person, APPROVE).filter(stage=Stage.COMPARING)
    articles = articles.exclude(is_assigned)
    return list(articles.with_documents().prefetch_related("assignments"))


def _waiting(articles: Iterable[int], person: User) -> dict[int, int]:
    """Return article id → how many corrections wait for this person's decision."""
    submitted = Correction.Status.SUBMITTED
    rows = Correction.objects.filter(segment__article__in=articles, status=submitted)
    counts = rows.exclude(author=person).order_by().values_list("segment__article")
    return dict(counts.annotate(Count("pk")))
