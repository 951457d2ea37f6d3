"""The embargo of an article: until its time only the admins of its team export it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.roles import MANAGE, may


def embargo_time(article: Article) -> str:
    """Return until when the article is under embargo, in words; "" where it is not."""
    until = article.embargoed_until
    if until is None or until <= timezone.now():
        return ""
    return in_words(until)


def in_words(time: datetime) -> str:
    """Return a time with its day and its zone, in the reader's language."""
    local = timezone.localtime(time)
    day = date_format(local, "DATE_FORMAT")
    if local.day == 1 and get_language() == "fr":
        day = day.replace("1", "1er", 1)
    hour = f"{local:%H:%M} {local.tzname()}"
    return _("%(date)s at %(time)s") % {"date": day, "time": hour}


def why_not_export(article: Article, person: User | None) -> str | None:
    """Return why the person may not export the article yet, or None; no person is a command."""
    time = embargo_time(article)
    if not time or (person is not None and may(person, MANAGE, article)):
        return None
    return _(
        "“%(title)s” is under embargo until %(time)s; until then only a team admin can export it."
    ) % {"title": article.headline, "time": time}
