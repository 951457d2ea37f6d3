"""Filters for the frame of a page: the sheet of shortcuts, the filters of a desk, French labels."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
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


_LABEL = re.compile(r"(<li>[^<:]+):(?= )")
"""The label of a list item, and its colon."""


@register.filter
def typeset_labels(html: SafeString) -> SafeString:
    """Put a no-break space before the colons of a list's labels, where the page is in French.

    Django's pages on which something is deleted write them without one in every language.
    """
    if get_language() != "fr":
        return html
    return SafeString(_LABEL.sub("\\1\u00a0:", html))
