"""Sentences about changes of the glossary."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def describe_rechecks(articles: int) -> str:
    """Return the sentence that says how many articles are checked again."""
    if not articles:
        return _("No checked article contains it.")
    sentence = ngettext(
        "%(count)s article that may contain it is checked again.",
        "%(count)s articles that may contain it are checked again.",
        articles,
    )
    return sentence % {"count": articles}
