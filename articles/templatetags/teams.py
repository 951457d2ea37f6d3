"""Tags for what the team of an article allows."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import User

from articles.models import Article
from articles.teams import embargo

register = template.Library()


@register.simple_tag
def why_not_export(article: Article, person: User) -> str:
    """Return why the person may not export the article yet, "" where they may."""
    return embargo.why_not_export(article, person) or ""
