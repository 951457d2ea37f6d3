"""Filters for the lists of the admin, and the choice of an article in its forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, QuerySet
from django.forms import Media, ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.admin.teams import signed_in_user
from articles.models import Article


class ArchivedFilter(admin.SimpleListFilter):
    """Archived articles are shown only when they are asked for."""

    title = gettext_lazy("archived")
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        """Return the choice beside that of all others."""
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the archived articles, or else the others."""
        return queryset.filter(archived_at__isnull=self.value() != "yes")


class ArticleSelect(AutocompleteSelect):
    """The choice of an article; what is no number, as in ``?article=fr``, chooses none."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        """Return the chosen article as an option."""
        numbers = []
        for each in value:
            if str(each).isdecimal() and len(str(each)) < 19:
                numbers.append(each)
        return super().optgroups(name, numbers, attr)

    @property
    def media(self) -> Media:
        """Return the files of the widget, and then our script that names it for screen readers."""
        # Lists are merged without changing the order within one: ours has to come after Django's.
        ours = Media(js=["admin/js/autocomplete.js", "articles/choices.js"])
        media: Media = super().media + ours
        return media


class ChoosesArticle(admin.ModelAdmin):
    """A form with a field ``article``, found by typing a part of its title."""

    autocomplete_fields = ["article"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Return the field, that of the article with our widget."""
        if db_field.name == "article":
            kwargs["widget"] = ArticleSelect(db_field, self.admin_site)
            kwargs["queryset"] = Article.objects.visible_to(signed_in_user(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
