"""The admin's pages for history and for what was erased from it: to read only."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.articles import ReadOnlyAdmin
from articles.admin.teams import WithinTeams
from articles.models import AuditEntry, Erasure, Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin, WithinTeams):
    """The history, to read."""

    list_display = ["at", "actor", "act", "article", "position"]
    list_filter = ["act", "actor", "at"]
    list_select_related = ["actor", "article"]
    search_fields = ["article__title"]
    date_hierarchy = "at"


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """What was erased from history, to read."""

    list_display = ["at", "kind", "subject", "events", "reason", "by"]
    list_filter = ["kind", "at"]
    list_select_related = ["by"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The audit log, to read."""

    list_display = ["at", "kind", "person", "subject", "address", "details"]
    list_filter = ["kind", "at", "person"]
    list_select_related = ["person", "subject"]
    search_fields = ["address", "details", "person__username"]
    date_hierarchy = "at"
