"""Filters for the frame of a page: the sheet of shortcuts and the filters of a desk."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from articles.review.queries import FILTERS
from articles.review.shortcuts import SHEETS, Shortcut

register = template.Library()


@register.filter
def keys_of(sheet: str) -> list[tuple[object, list[Shortcut]]]:
    """Return the shortcuts on a sheet, by group."""
    return list(SHEETS[sheet].items())


@register.filter
def filter_name(name: str) -> str:
    """Return what a filter is called, in the reader's language."""
    return _(FILTERS[name])
