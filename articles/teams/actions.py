"""Who may see an article and from when it may go out: its team and its embargo."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Article, Event, Team
from articles.models.roles import MANAGE, access_of, may
from articles.teams.embargo import in_words


def move(article: Article, team: Team, *, by: User) -> None:
    """Give the article, with its earlier versions, to another team.

    Raises PermissionDenied where the person is not an admin of both teams.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        if not (may(by, MANAGE, locked) and access_of(by).allows(MANAGE, team.pk)):
            raise PermissionDenied
        if locked.team_id == team.pk:
            return
        text = f"{locked.team} → {team}"
        locked.team = team
        locked.save(update_fields=["team", "updated_at"])
        Article.everything.filter(earlier_of=locked).update(team=team)
        Event.objects.record(Event.Act.MOVED, article=locked, by=by, text=text)


def set_embargo(article: Article, until: datetime | None, *, by: User) -> None:
    """Set the time until which the article is under embargo, None for no embargo.

    Raises PermissionDenied where the person is no admin of its team.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        if not may(by, MANAGE, locked):
            raise PermissionDenied
        if locked.embargoed_until == until:
            return
        locked.embargoed_until = until
        locked.save(update_fields=["embargoed_until", "updated_at"])
        text = in_words(until) if until else "–"
        # The words for whoever reads the stored history, the time for pages in their own language.
        time = until.isoformat() if until else ""
        Event.objects.record(Event.Act.EMBARGOED, article=locked, by=by, text=text, until=time)
