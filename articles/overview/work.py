"""The open work of a person, each article once: their assignments, and what needs a decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.assignments.queries import AssignedArticle, assigned_articles
from articles.models import Article, SignOff
from articles.models.roles import APPROVE, may_anywhere
from articles.review.queries import my_work, to_decide
from articles.signoff.state import ended_sign_offs

KINDS: dict[str, str] = {
    "sent_back": gettext_noop("Returned to you"),
    "answered": gettext_noop("Replies to your flags"),
    "to_decide": gettext_noop("Awaiting your approval"),
    "to_settle": gettext_noop("Flags to decide"),
    "drafts": gettext_noop("Your drafts"),
}
"""The kinds of work that review.queries.my_work() returns, with their headings, in order."""


@dataclass
class WorkGroup:
    """Work of one kind in one article: corrections, or flags."""

    kind: str
    rows: list[Any] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading, for the template to translate."""
        return KINDS[self.kind]

    @property
    def is_about_flags(self) -> bool:
        """Whether the rows are flags, and not corrections."""
        return self.kind in ("answered", "to_settle")


@dataclass
class ArticleWork:
    """One article with the open work in it.

    ``assigned`` is None where it is not the person's, ``ended`` the person's sign-off of it that
    something ended.
    """

    article: Article
    assigned: AssignedArticle | None = None
    ended: SignOff | None = None
    groups: list[WorkGroup] = field(default_factory=list)


def work_by_article(person: User) -> list[ArticleWork]:
    """Return the articles in which something waits for the person, each once.

    Assigned articles come first, by their due dates. Fifteen queries at most.
    """
    found: dict[int, ArticleWork] = {}
    for assigned in assigned_articles(person):
        found[assigned.article.pk] = ArticleWork(assigned.article, assigned)
    for ended in ended_sign_offs(person):
        found.setdefault(ended.article_id, ArticleWork(ended.article)).ended = ended
    work = my_work(person)
    for kind in KINDS:
        for row in work[kind]:
            _add(found, kind, row)
    return list(found.values())


def queue_length(person: User) -> int:
    """Return how many corrections wait for the person's decision; 0 for who may not decide."""
    return to_decide(person).count() if may_anywhere(person, APPROVE) else 0


def _add(found: dict[int, ArticleWork], kind: str, row: Any) -> None:
    article = row.segment.article
    entry = found.setdefault(article.pk, ArticleWork(article))
    if not entry.groups or entry.groups[-1].kind != kind:
        entry.groups.append(WorkGroup(kind))
    entry.groups[-1].rows.append(row)
