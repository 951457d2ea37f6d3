"""What the lists of the admin share: filters with a title of their own, and rounded numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin


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
