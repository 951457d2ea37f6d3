"""Blind review and adjudication on a page: how far it is, and texts marked by two people."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.adjudication.views import BlindReviewStatus, ComparisonCard
from articles.models import Article, Flag
from articles.templatetags.cards import Mark, render_marked_text

register = template.Library()


@register.simple_tag(takes_context=True)
def blind_review_of(context: Any, article: Article) -> BlindReviewStatus | None:
    """How far the article's blind review is for the person who looks at the page; None where there is none."""
    if article.stage == Article.Stage.REVIEW:
        return None
    return BlindReviewStatus(article, context["request"].user)


@register.simple_tag
def marked_by_two(card: ComparisonCard, side: str) -> SafeString:
    """One side's text with the marks of both readers, each in their own manner."""
    found: list[Mark] = []
    for place in card.pairs:
        for kind, flag in (("first", place.first), ("second", place.second)):
            found += _marks(flag, side, kind) if flag else []
    return render_marked_text(getattr(card.segment, f"{side}_text"), found)


def _marks(flag: Flag, side: str, kind: str) -> list[Mark]:
    key, span = f"flag-{flag.pk}", flag.source_span if side == "source" else flag.target_span
    found = [Mark(span.start, span.end, kind, key)] if span else []
    if side == "target" and flag.caret is not None:
        found.append(Mark(flag.caret, flag.caret, kind, key))
    return found
