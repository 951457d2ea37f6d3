"""The admin's pages for history and for what was erased from it: to read only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.accounts.audit import admin_act_of
from articles.admin.articles import ReadOnlyAdmin
from articles.admin.teams import WithinTeams
from articles.formats import FORMATS
from articles.models import AuditEntry, Erasure, Event
from articles.models.teams import FIRST_TEAM, ROLE_LABELS
from articles.people.actions import read_log_message
from articles.teams.members import read_details

_SECOND_STEPS = {
    "totp": gettext_noop("authenticator app"),
    "webauthn": gettext_noop("passkey"),
    "recovery_codes": gettext_noop("recovery codes"),
}
"""The second steps of a sign-in, by what django-allauth calls them."""
_EXPORT = re.compile(r"([0-9, ]+): (\w+)")
"""What ``record_export`` stores: numbers of articles, and the format."""
_EXPORTED_AS = {name: known.label for name, known in FORMATS.items()}
_EXPORTED_AS["zip"] = gettext_noop("Archive of corrected articles (ZIP)")


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
    fields = ["at", "kind", "person", "subject", "address", "details_read"]
    readonly_fields = ["details_read"]

    @admin.display(description=gettext_lazy("details"), ordering="details")
    def details_read(self, entry: AuditEntry) -> str:
        """Return the details in the reader's language, as far as we or Django wrote them."""
        read = _READERS.get(entry.kind)
        return read(entry) if read else entry.details


def _read_second_step(entry: AuditEntry) -> str:
    step = _SECOND_STEPS.get(entry.details)
    return _(step) if step else entry.details


def _read_admin_act(entry: AuditEntry) -> str:
    act = admin_act_of(entry)
    if act is None:
        return entry.details
    about: Any = act.content_type
    act.change_message = read_log_message(act.change_message)
    return _("%(kind)s: %(act)s") % {"kind": about.name, "act": act}


def _read_export(entry: AuditEntry) -> str:
    """Return links to the articles, and the format that they were exported to.

    Who may not see an article reads nothing of it here, its title neither: the link is refused.
    """
    found = _EXPORT.fullmatch(entry.details)
    if found is None:
        return entry.details
    links = []
    for number in found[1].split(", "):
        name = _("article %(number)s") % {"number": number}
        links.append((reverse("desk", args=[int(number)]), name))
    articles = format_html_join(", ", '<a href="{}">{}</a>', links)
    label = _(_EXPORTED_AS.get(found[2], found[2]))
    return format_html(_("{articles}: {format}"), articles=articles, format=label)


def _read_roles(entry: AuditEntry) -> str:
    found = read_details(entry.details)
    if found is None:
        return entry.details
    team, changes = found
    roles = []
    for sign, name in changes:
        label = ROLE_LABELS.get(name)
        roles.append(f"{sign} {_(label) if label else name}")
    team = _(FIRST_TEAM) if team == FIRST_TEAM else team
    return _("%(team)s: %(roles)s") % {"team": team, "roles": ", ".join(roles)}


_READERS: dict[str, Callable[[AuditEntry], str]] = {
    AuditEntry.Kind.SECOND_STEP_ADDED: _read_second_step,
    AuditEntry.Kind.SECOND_STEP_REMOVED: _read_second_step,
    AuditEntry.Kind.EXPORTED: _read_export,
    AuditEntry.Kind.ROLES_CHANGED: _read_roles,
    AuditEntry.Kind.ADMIN_ACT: _read_admin_act,
}
"""What reads the details, by kind of entry; other kinds have none."""
