"""The admin's pages for history and for what was erased from it: to read only."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.articles import ReadOnlyAdmin
from articles.admin.teams import WithinTeams
from articles.models import AuditEntry, Erasure, Event
from articles.models.teams import FIRST_TEAM, ROLE_LABELS
from articles.teams.members import read_details


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

    list_display = ["at", "kind", "person", "subject", "address", "details_read"]
    list_filter = ["kind", "at", "person"]
    list_select_related = ["person", "subject"]
    search_fields = ["address", "details", "person__username"]
    date_hierarchy = "at"

    @admin.display(description=gettext_lazy("details"), ordering="details")
    def details_read(self, entry: AuditEntry) -> str:
        """Return the details; the roles in them as they are called in the reader's language."""
        found = read_details(entry.details)
        if entry.kind != AuditEntry.Kind.ROLES_CHANGED or found is None:
            return entry.details
        team, changes = found
        roles = []
        for sign, name in changes:
            label = ROLE_LABELS.get(name)
            roles.append(f"{sign} {_(label) if label else name}")
        team = _(FIRST_TEAM) if team == FIRST_TEAM else team
        return _("%(team)s: %(roles)s") % {"team": team, "roles": ", ".join(roles)}
