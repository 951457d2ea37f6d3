"""What the lists of the admin share: filters with a title of their own, columns, and rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks import CHECKS
from articles.models import Finding, Flag
from articles.models.messages import language_name
from articles.models.teams import role_label


def language_filter(title: Any) -> type[admin.AllValuesFieldListFilter]:
    """Return a filter by the languages in a field, under this title.

    The fields of both documents have one name, and are told apart by the title.
    """

    class LanguageFilter(admin.AllValuesFieldListFilter):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.title = title

        def choices(self, changelist: Any) -> Iterator[Any]:
            """Yield the choices; a language has its name in the reader's own."""
            for choice in super().choices(changelist):
                name = language_name(str(choice["display"]))
                yield {**choice, "display": name}

    return LanguageFilter


class RemovalBox(forms.CheckboxInput):
    """The box that removes a row, with the name for screen readers that the admin's own lacks."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the attributes of the box and its name."""
        return {**super().build_attrs(base_attrs, extra_attrs), "aria-label": _("Remove")}


class InlineRows(BaseInlineFormSet):
    """The rows of an inline, each with named fields and a named box that removes it."""

    deletion_widget = RemovalBox

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name each field of the row: the table has the names in its head only."""
        super().add_fields(form, index)
        for column in form.visible_fields():
            widget: Any = column.field.widget
            # The field of a related row is wrapped, and the wrapper shows nothing itself.
            shown = getattr(widget, "widget", widget)
            shown.attrs["aria-label"] = column.label


_CHECK_TITLES = {check.id: check.title for check in CHECKS.values()}


def _translated(words: str) -> str:
    """Return a stored word in the reader's language; the id of a check as its title."""
    message = _CHECK_TITLES.get(words, words)
    return _(message) if message else message


class TranslatedFilter(admin.AllValuesFieldListFilter):
    """A filter by all values of a field, those that are messages in the reader's language."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the choices, each with what it says."""
        for choice in super().choices(changelist):
            yield {**choice, "display": _translated(str(choice["display"]))}


FOUND_FILTERS = [("finder", TranslatedFilter), ("check_id", TranslatedFilter)]
"""The filters by what found a finding."""

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
    return _translated(finding.finder)


@admin.display(description=gettext_lazy("check"), ordering="check_id")
def check_of(finding: Finding) -> str:
    """Return the title of the check that found it, in the reader's language."""
    return _translated(finding.check_id)


@admin.display(description=gettext_lazy("type"), ordering="type")
def type_of(row: Finding | Flag) -> str:
    """Return the issue type of a finding or a flag, in the reader's language."""
    return _translated(row.type)


FOUND_COLUMNS = [sentence_of, finder_of, check_of, type_of]
"""What a list says of a finding: its words, what found it, its issue type."""
