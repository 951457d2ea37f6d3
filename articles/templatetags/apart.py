"""What the pages about given-out articles and readings apart need: dates in words, and texts marked by two people."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Flag
from articles.templatetags.cards import Mark, marked_text
from articles.views.readings import ComparedCard

register = template.Library()


@register.filter
def due_words(due: date) -> str:
    """The date as what it means today: "overdue since 3 November", "due today", "due 12 November"."""
    days = (due - timezone.localdate()).days
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    said = _("due %(date)s") if days > 0 else _("overdue since %(date)s")
    return said % {"date": date_format(due, "j F Y")}


@register.filter
def is_late(due: date) -> bool:
    """Whether the day is over."""
    return due < timezone.localdate()


@register.simple_tag
def marked_by_two(card: ComparedCard, side: str) -> SafeString:
    """One side's text with the marks of both readers, each in their own manner."""
    found: list[Mark] = []
    for place in card.places:
        for kind, flag in (("first", place.first), ("second", place.second)):
            found += _marks(flag, side, kind) if flag else []
    return marked_text(getattr(card.segment, f"{side}_text"), found)


def _marks(flag: Flag, side: str, kind: str) -> list[Mark]:
    key, span = f"flag-{flag.pk}", flag.source_span if side == "source" else flag.target_span
    found = [Mark(span.start, span.end, kind, key)] if span else []
    if side == "target" and flag.caret is not None:
        found.append(Mark(flag.caret, flag.caret, kind, key))
    return found
