"""Tags for blind review and adjudication: the state of the review, texts with two reviewers'
marks.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.adjudication.views import BlindReviewStatus, ComparisonCard
from articles.models import Article
from articles.review.marks import Mark, flag_marks
from articles.templatetags.cards import render_marked_text

register = template.Library()


@register.simple_tag(takes_context=True)
def blind_review_of(context: Any, article: Article) -> BlindReviewStatus | None:
    """Return how far the article's blind review is for the person signed in; None without one."""
    if article.stage == Article.Stage.REVIEW:
        return None
    return BlindReviewStatus(article, context["request"].user)


@register.simple_tag
def marked_by_two(card: ComparisonCard, side: str) -> SafeString:
    """Return one side's text with both reviewers' marks, each of its own kind."""
    found: list[Mark] = []
    for pair in card.pairs:
        if pair.first:
            found.extend(flag_marks(pair.first, side, "first"))
        if pair.second:
            found.extend(flag_marks(pair.second, side, "second"))
    return render_marked_text(getattr(card.segment, f"{side}_text"), found)
