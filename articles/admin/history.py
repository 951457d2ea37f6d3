"""The admin's pages for history and for what was erased from it: to read only."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.accounts.audit import admin_act_of, describe_admin_act
from articles.admin.articles import ReadOnlyAdmin
from articles.admin.teams import WithinTeams
from articles.models import AuditEntry, Erasure, Event
from articles.models.teams import FIRST_TEAM, ROLE_LABELS
from articles.teams.members import read_details

_SECOND_STEPS = {
    "totp": gettext_noop("authenticator app"),
    "webauthn": gettext_noop("passkey"),
    "recovery_codes": gettext_noop("recovery codes"),
}
"""The second steps of a sign-in, by what django-allauth calls them."""


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
        """Return the details in the reader's language, as far as we or Django wrote them."""
        if entry.kind in (AuditEntry.Kind.SECOND_STEP_ADDED, AuditEntry.Kind.SECOND_STEP_REMOVED):
            step = _SECOND_STEPS.get(entry.details)
            return _(step) if step else entry.details
        if entry.kind == AuditEntry.Kind.ADMIN_ACT:
            act = admin_act_of(entry)
            return describe_admin_act(act) if act else entry.details
        return self._roles_read(entry)

    def _roles_read(self, entry: AuditEntry) -> str:
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
