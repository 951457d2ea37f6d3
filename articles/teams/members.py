"""Giving and taking roles in a team: what its admins do on its page.

Each act locks the team, so that two admins cannot take the last role of an admin from each other,
and is logged. Who gives a role must manage the team; a role that reaches beyond the team can only
be given by somebody who holds what it permits. Any role may be taken: that opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.accounts import audit
from articles.models import AuditEntry, Membership, Team
from articles.models.people import name_of
from articles.models.roles import MANAGE, ROLES, access_of, may_give, team_admins
from articles.models.teams import role_label
from articles.review.workflow import Refused

RolePair = tuple[int, int]
"""The ids of a person and of a role of theirs."""
_DETAILS = re.compile(r"(?P<team>.+?): (?P<roles>[+−] .+)")
"""The line of the log of changed roles: "Newsroom: + Reviewers, − Approvers"."""
_BETWEEN_ROLES = re.compile(r", (?=[+−] )")


@dataclass
class RoleChange:
    """The roles that one person gets and loses in a team."""

    given: list[Group] = field(default_factory=list)
    taken: list[Group] = field(default_factory=list)

    def details_in(self, team: str) -> str:
        """Return the line of the log, with the names of the groups; ``read_details`` reads it."""
        given = [f"+ {role.name}" for role in self.given]
        taken = [f"− {role.name}" for role in self.taken]
        return f"{team}: {', '.join(given + taken)}"


def read_details(details: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the team of a line of the log, and the roles in it, each behind its "+" or "−".

    None for what ``RoleChange.details_in`` did not write.
    """
    found = _DETAILS.fullmatch(details)
    if found is None:
        return None
    roles = []
    for change in _BETWEEN_ROLES.split(found["roles"]):
        sign, _blank, name = change.partition(" ")
        roles.append((sign, name))
    return found["team"], roles


def list_roles() -> list[Group]:
    """Return all roles: those that every site begins with, then the others by name."""
    first = list(ROLES)

    def place(role: Group) -> tuple[int, str]:
        return (first.index(role.name) if role.name in first else len(first), role.name)

    return sorted(Group.objects.all(), key=place)


def why_not_give(role: Group, team: Team, by: User) -> str | None:
    """Return why the person, who manages the team, may not give the role in it, or None."""
    if may_give(by, role, team):
        return None
    return _(
        "Only an administrator can give the role “%(role)s”: "
        "it allows more than work in this team, and you may not do all of that yourself."
    ) % {"role": role_label(role)}


def change_roles(
    team: Team,
    *,
    give: Iterable[RolePair],
    take: Iterable[RolePair],
    by: User,
    request: HttpRequest | None = None,
) -> None:
    """Give and take roles in the team; what is so already stays so.

    Raises PermissionDenied where the person does not manage the team, Refused with the reason where
    a role cannot be given, or the team would have no admin any more.
    """
    if not access_of(by).allows(MANAGE, team.pk):
        raise PermissionDenied
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        managed = managed_teams([team])
        changes: dict[User, RoleChange] = {}
        for person, role in _read_pairs(give):
            if _give(team, person, role, by):
                changes.setdefault(person, RoleChange()).given.append(role)
        for person, role in _read_pairs(take):
            if _take(team, person, role):
                changes.setdefault(person, RoleChange()).taken.append(role)
        refuse_without_admin(managed)
        for person, change in changes.items():
            details = change.details_in(team.name)
            kind = AuditEntry.Kind.ROLES_CHANGED
            audit.record(kind, request, person=by, subject=person, details=details)


def managed_teams(teams: Iterable[Team]) -> list[Team]:
    """Return those of the teams that have an admin."""
    return [team for team in teams if team_admins(team).exists()]


def refuse_without_admin(teams: Iterable[Team]) -> None:
    """Raise Refused where one of the teams, which had an admin, has none any more."""
    for team in teams:
        if not team_admins(team).exists():
            raise Refused(_("A team keeps at least one team admin. Make somebody else one first."))


def remove_member(
    team: Team, person: User, *, by: User, request: HttpRequest | None = None
) -> None:
    """Take all roles in the team from the person. Raises what ``change_roles`` raises."""
    held = Membership.objects.filter(team=team, person=person)
    pairs = list(held.values_list("person", "role"))
    change_roles(team, give=[], take=pairs, by=by, request=request)


def _read_pairs(pairs: Iterable[RolePair]) -> list[tuple[User, Group]]:
    """Return the people and the roles of the pairs; a pair of which one is gone is left out."""
    chosen = sorted(set(pairs))
    people = User.objects.in_bulk([person for person, _role in chosen])
    roles = Group.objects.in_bulk([role for _person, role in chosen])
    found = []
    for person, role in chosen:
        if person in people and role in roles:
            pair = (people[person], roles[role])
            found.append(pair)
    return found


def _give(team: Team, person: User, role: Group, by: User) -> bool:
    """Give the role, if the person has it not; return whether it was given."""
    if Membership.objects.filter(team=team, person=person, role=role).exists():
        return False
    reason = why_not_give(role, team, by)
    if reason is None and not person.is_active:
        reason = _("%(person)s is deactivated.") % {"person": name_of(person)}
    if reason is not None:
        raise Refused(reason)
    Membership.objects.create(team=team, person=person, role=role)
    return True


def _take(team: Team, person: User, role: Group) -> bool:
    """Take the role, if the person has it; return whether it was taken."""
    held = Membership.objects.filter(team=team, person=person, role=role).first()
    if held is None:
        return False
    held.delete()
    return True
