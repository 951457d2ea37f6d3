"""What the lists of the admin share: filters with a title of their own, and columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Finding, Flag
from articles.models.roles import role_label


def titled_filter(title: Any) -> type[admin.AllValuesFieldListFilter]:
    """Return a filter by all values of a field, under this title.

    Two fields of one name, such as the languages of both documents, are told apart by it.
    """

    class TitledFilter(admin.AllValuesFieldListFilter):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.title = title

    return TitledFilter


class TranslatedFilter(admin.AllValuesFieldListFilter):
    """A filter by all values of a field, those that are messages in the reader's language."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the choices, each with what it says."""
        for choice in super().choices(changelist):
            words = str(choice["display"])
            yield {**choice, "display": _(words) if words else words}


TYPE_FILTER = [("type", TranslatedFilter)]
"""The filter by issue type of findings and of flags."""


class RoleFilter(admin.RelatedFieldListFilter):
    """A filter by the groups of users, under the names of the roles that they stand for."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        """Return the number of each group with its name."""
        return [(str(group.pk), role_label(group)) for group in Group.objects.order_by("name")]


def percent(share: float) -> str:
    """Return a share of one as a rounded percentage."""
    return f"{share * 100:.0f} %"


@admin.display(description=gettext_lazy("finding"))
def sentence_of(finding: Finding) -> str:
    """Return what a finding says, in the reader's language."""
    return finding.text


@admin.display(description=gettext_lazy("found by"), ordering="finder")
def finder_of(finding: Finding) -> str:
    """Return which tool found it; our own checks are named in the reader's language."""
    return _(finding.finder)


@admin.display(description=gettext_lazy("type"), ordering="type")
def type_of(row: Finding | Flag) -> str:
    """Return the issue type of a finding or a flag, in the reader's language."""
    return _(row.type) if row.type else ""
