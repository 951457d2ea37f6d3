"""The table of a team's members: a row a person, a box a role."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from articles.models import Membership, Team
from articles.models.roles import MANAGE, team_admins
from articles.models.teams import role_label
from articles.teams.members import RolePair


@dataclass(frozen=True)
class RoleBox:
    """The box of one role of one member.

    ``is_held`` says that the member has the role, ``is_ticked`` that the box is ticked. A fixed one
    cannot be changed.
    """

    value: str
    label: str
    is_held: bool
    is_ticked: bool
    is_fixed: bool


@dataclass(frozen=True)
class MemberRow:
    """A member of a team, their roles in words, and a box for each of the roles."""

    person: User
    labels: list[str]
    boxes: list[RoleBox]
    is_only_admin: bool


def read_rows(
    team: Team, roles: list[Group], giveable: set[int], ticked: set[RolePair] | None
) -> list[MemberRow]:
    """Return a row for each member, by name, with boxes for these roles.

    ``giveable`` are the ids of those that the reader may give, ``ticked`` the boxes of a form that
    was refused.
    """
    memberships = Membership.objects.filter(team=team).select_related("person", "role")
    held: dict[User, list[Group]] = defaultdict(list)
    for membership in memberships.order_by("person__username"):
        held[membership.person].append(membership.role)
    admins = list(team_admins(team)[:2])
    managing = _managing_roles()
    rows = []
    for person, own in held.items():
        is_only_admin = admins == [person]
        needed = managing if is_only_admin else set()
        boxes = []
        for role in roles:
            # Any role may be taken, but for the one that the team cannot be without.
            changeable = role.pk not in needed if role in own else role.pk in giveable
            boxes.append(_make_box(person, role, role in own, changeable, ticked))
        labels = [role_label(role) for role in own]
        rows.append(MemberRow(person, labels, boxes, is_only_admin))
    return rows


def _make_box(
    person: User,
    role: Group,
    is_held: bool,  # noqa: FBT001 - the two values of a box
    changeable: bool,  # noqa: FBT001
    ticked: set[RolePair] | None,
) -> RoleBox:
    is_ticked = is_held
    if ticked is not None and changeable:
        is_ticked = (person.pk, role.pk) in ticked
    value = f"{person.pk}-{role.pk}"
    return RoleBox(value, role_label(role), is_held, is_ticked, not changeable)


def _managing_roles() -> set[int]:
    """Return the ids of the roles that let somebody manage a team."""
    code = MANAGE.split(".")[1]
    return set(Group.objects.filter(permissions__codename=code).values_list("pk", flat=True))
