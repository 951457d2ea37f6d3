"""Filters for assignments: in words until when they are due."""

from __future__ import annotations

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models.due import Due

register = template.Library()

_OTHER_FORMS = {("fr", 1): r"j\e\r F Y"}
"""How a language writes a day of the month that it does not write as a number."""


@register.filter
def due_words(due: Due) -> SafeString:
    """Return it as seen from now: "due today at 18:00", "due 12 November", "overdue since …"."""
    hour = _render_hour(due)
    if due.is_late and due.days_left == 0:
        return _fill(_("overdue since %(time)s"), time=hour)
    if due.is_late:
        return _fill(_("overdue since %(date)s"), date=due_date(due))
    by_days = {0: _("due today"), 1: _("due tomorrow")}
    if hour:
        by_days = {0: _("due today at %(time)s"), 1: _("due tomorrow at %(time)s")}
    sentence = by_days.get(due.days_left, _("due %(date)s"))
    return _fill(sentence, time=hour, date=due_date(due))


@register.filter
def due_date(due: Due) -> SafeString:
    """Return the day in words, with its hour where there is one: "1 December 2026 at 18:00".

    French counts the first day of a month: *1er décembre 2026 à 18 h*.
    """
    form = _OTHER_FORMS.get((get_language(), due.day.day), "j F Y")
    day = date_format(due.day, form)
    hour = _render_hour(due)
    return _fill(_("%(date)s at %(time)s"), date=day, time=hour) if hour else escape(day)


@register.filter
def is_late(due: Due) -> bool:
    """Return whether it is over."""
    return due.is_late


def _render_hour(due: Due) -> str:
    """Render the hour, "" where there is none; the reader's browser knows their own zone."""
    moment = due.moment
    if moment is None:
        return ""
    words = date_format(moment, "TIME_FORMAT")
    if get_language() == "fr" and moment.minute == 0:
        words = date_format(moment, "G\xa0\\h")
    return format_html(
        '<time datetime="{}" data-zone="{}">{}</time>', moment.isoformat(), f"{moment:%Z}", words
    )


def _fill(sentence: str, **values: str) -> SafeString:
    """Fill values, of which some are rendered already, into a translated sentence."""
    # The hour stays beside its "at". Signs for a value stay as they are when it is escaped.
    sentence = sentence.replace(" %(time)s", "\xa0%(time)s")
    return SafeString(escape(sentence) % values)
