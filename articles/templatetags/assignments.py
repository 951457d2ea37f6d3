"""Filters for assignments: due dates in words."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

_OTHER_FORMS = {("fr", 1): r"j\e\r F Y"}
"""How a language writes a day of the month that it does not write as a number."""


@register.filter
def due_words(due: date) -> str:
    """Return the date as seen from today: "due today", "due 12 November", "overdue since …"."""
    days = (due - timezone.localdate()).days
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    sentence = _("due %(date)s") if days > 0 else _("overdue since %(date)s")
    return sentence % {"date": due_date(due)}


@register.filter
def due_date(due: date) -> str:
    """Return the date in words; French counts the first day of a month: *1er décembre 2026*."""
    form = _OTHER_FORMS.get((get_language(), due.day), "j F Y")
    return date_format(due, form)


@register.filter
def is_late(due: date) -> bool:
    """Return whether the day is over."""
    return due < timezone.localdate()
