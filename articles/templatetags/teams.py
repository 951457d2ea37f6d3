"""Tags for what the team of an article allows."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import User

from articles.models import Article
from articles.models.roles import IMPORT, may
from articles.teams import embargo

register = template.Library()


@register.simple_tag
def why_not_export(article: Article, person: User) -> str:
    """Return why the person may not export the article yet, "" where they may."""
    return embargo.why_not_export(article, person) or ""


@register.simple_tag
def may_rename(article: Article, person: User) -> bool:
    """Return whether the person may give the article another title."""
    return may(person, IMPORT, article)
