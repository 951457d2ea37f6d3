"""Floor 2: what somebody was given to do, for the first page after signing in.

A duty goes when the article is done. Whoever approves also finds here the readings that nobody was given to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Correction, Segment
from articles.models.roles import APPROVE
from articles.review.queries import Progress, progress_of

Role, Stage = Assignment.Role, Article.Stage


@dataclass(frozen=True)
class AssignedArticle:
    """One article that the person is to do something with, and how far it is."""

    article: Article
    role: str
    due: date | None
    progress: Progress
    waiting: int
    finished: bool
    readers: list[Any]

    @property
    def names(self) -> str:
        """The readers, or the other one, in words."""
        return get_text_list([str(each) for each in self.readers], _("and"))

    @property
    def todo(self) -> str:
        """What there is to do, as the page's words know it: "repair" and "decide" in an ordinary review; "read",
        "wait" and "compared" for somebody who reads apart; "soon" and "compare" for who compares."""
        if self.article.stage in (Stage.REVIEW, Stage.COMPARED):
            return "decide" if self.role == Role.APPROVER else "repair"
        if self.role == Role.APPROVER:
            return "compare" if self.article.stage == Stage.COMPARING else "soon"
        if self.article.stage == Stage.COMPARING:
            return "compared"
        return "wait" if self.finished else "read"


def assigned_articles(person: Any) -> list[AssignedArticle]:
    """The person's duties, the next due first, those without a date last. Six queries at most."""
    undone = Exists(
        Segment.objects.filter(article=OuterRef("article")).exclude(status=Segment.Status.DONE)
    )
    rows = Assignment.objects.filter(undone, person=person, article__ready=True).select_related(
        "article"
    )
    given = list(rows.prefetch_related("article__assignments"))
    articles = {row.article_id: row.article for row in given}
    nobodys = _to_compare(person)
    articles |= {article.pk: article for article in nobodys}
    progress, waiting = progress_of(articles.values(), person), _waiting(articles, person)
    parts = [(row.article, row.role, row.due, bool(row.finished_at)) for row in given]
    parts += [(article, Role.APPROVER, None, False) for article in nobodys]
    found = [
        AssignedArticle(
            article,
            role,
            due,
            progress=progress[article.pk],
            waiting=waiting.get(article.pk, 0),
            finished=finished,
            readers=[each.person for each in visibility.other_reviewers(person, article)],
        )
        for article, role, due, finished in parts
    ]
    return sorted(found, key=lambda duty: (duty.due or date.max, duty.article.pk))


def _to_compare(person: Any) -> list[Article]:
    """Readings that are open and that nobody in particular is to compare."""
    if not person.has_perm(APPROVE):
        return []
    theirs = Q(assignments__role=Role.APPROVER) | Q(assignments__person=person)
    return list(
        Article.objects.filter(stage=Stage.COMPARING)
        .exclude(theirs)
        .prefetch_related("assignments")
    )


def _waiting(articles: Any, person: Any) -> dict[int, int]:
    """Article → corrections that wait for this person's decision."""
    rows = Correction.objects.filter(
        segment__article__in=articles, status=Correction.Status.SUBMITTED
    )
    counts = (
        rows.exclude(author=person).order_by().values_list("segment__article").annotate(Count("pk"))
    )
    return dict(counts)
