"""What the lists of the admin share: filters with a title of their own, and columns."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Finding, Flag


def titled_filter(title: Any) -> type[admin.AllValuesFieldListFilter]:
    """Return a filter by all values of a field, under this title.

    Two fields of one name, such as the languages of both documents, are told apart by it.
    """

    class TitledFilter(admin.AllValuesFieldListFilter):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.title = title

    return TitledFilter


def percent(share: float) -> str:
    """Return a share of one as a rounded percentage."""
    return f"{share * 100:.0f} %"


@admin.display(description=gettext_lazy("finding"))
def sentence_of(finding: Finding) -> str:
    """Return what a finding says, in the reader's language."""
    return finding.text


@admin.display(description=gettext_lazy("type"), ordering="type")
def type_of(row: Finding | Flag) -> str:
    """Return the issue type of a finding or a flag, in the reader's language."""
    return _(row.type) if row.type else ""
