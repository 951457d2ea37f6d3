"""Assignments on a page: what is assigned to the reader, and due dates in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.assignments import queries

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


@register.inclusion_tag("assignments/assigned.html", takes_context=True)
def assigned_to_reader(context: Any) -> dict[str, Any]:
    """The articles that are assigned to the person who looks at the page."""
    return {"duties": queries.assigned_articles(context["request"].user)}
