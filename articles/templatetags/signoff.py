"""Tags for the sign-off of an article."""

from __future__ import annotations

from typing import Any

from django import template

from articles.models import Article
from articles.review.queries import Progress
from articles.signoff.state import sign_off_state

register = template.Library()


@register.inclusion_tag("signoff/line.html")
def sign_off_line(article: Article, progress: Progress) -> dict[str, Any]:
    """Say that the article is signed off or ready for it; nothing while a segment is not done.

    A segment that is not done rules out both, so that the line costs no query then.
    """
    is_done = progress.done == progress.segment_count
    state = sign_off_state([article])[article.pk] if is_done else None
    return {"article": article, "state": state}
