"""Filters for the lists of the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy


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
