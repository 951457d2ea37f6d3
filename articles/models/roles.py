"""The one place that decides who may do what, and in which team.

A role is a group of permissions, which an admin may change: the groups are made once, and never
changed here again. A ``Membership`` gives a person a role in a team. Whoever has any role in a team
reads its articles; who has none sees nothing. A permission that is given to a person by name holds
in all teams of that person; a superuser may do everything in every team.

``may`` answers for one person and one article, ``within_teams`` makes the condition by which a
query finds only what a person may see. Both read the memberships once for each object of a person,
which a request has one of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps as installed_apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from django.http import HttpResponseBase
from django.utils.functional import cached_property

from articles.models.teams import FIRST_TEAM, READER, TEAM_ADMIN, Membership, Team

if TYPE_CHECKING:
    from articles.models.documents import Article
    from articles.models.people import SignedInRequest

REVIEW = "articles.review_article"
APPROVE = "articles.approve_correction"
IMPORT = "articles.add_article"
ASSIGN = "articles.add_assignment"
MANAGE = "articles.manage_team"
INVITE = "auth.add_user"
ROLES = {
    READER: [],
    "Importers": [IMPORT],
    "Reviewers": [REVIEW, IMPORT],
    "Approvers": [REVIEW, APPROVE, IMPORT],
    TEAM_ADMIN: [IMPORT, ASSIGN, MANAGE],
}
"""The name of each group that every site begins with, and what it may do besides reading."""
WITHIN_A_TEAM = {REVIEW, APPROVE, IMPORT, ASSIGN, MANAGE}
"""The permissions that reach no further than the articles and the people of a team."""

View = Callable[..., HttpResponseBase]


class Access:
    """What one person may do in which teams. One query, made when it is needed.

    ``roles`` and ``permissions`` have a set of names for each team of the person, by its id.
    """

    def __init__(self, person: User | AnonymousUser) -> None:
        self.person = person
        self.is_everywhere = person.is_active and person.is_superuser

    @cached_property
    def _rows(self) -> list[tuple[int, str, str, str, bool]]:
        """The team, the role, the application and the name of a permission of that role.

        At last whether the person has permissions by name: most have none, and none are read then.
        """
        if not self.person.is_active or self.person.pk is None:
            return []
        # ``all`` makes a copy: the query itself is kept for later requests, and must keep no rows.
        return list(_roles_and_permissions(self.person.pk).all())

    @cached_property
    def roles(self) -> dict[int, set[str]]:
        """The names of the person's roles in each of their teams."""
        found: dict[int, set[str]] = defaultdict(set)
        for team, role, _app, _code, _by_name in self._rows:
            found[team].add(role)
        return dict(found)

    @cached_property
    def permissions(self) -> dict[int, set[str]]:
        """What the person's roles permit in each of their teams."""
        found: dict[int, set[str]] = defaultdict(set)
        for team, _role, app, code, _by_name in self._rows:
            found[team].add(f"{app}.{code}")
        return dict(found)

    @property
    def has_role(self) -> bool:
        """Whether the person has any role: who has none sees no article."""
        return self.is_everywhere or bool(self.roles)

    def reads(self, article: Article) -> bool:
        """Return whether the person may read the article."""
        return self.is_everywhere or article.team_id in self.roles

    def allows(self, permission: str, team: int | None = None) -> bool:
        """Return whether the person has the permission in the team; in any of theirs for None."""
        if self.is_everywhere:
            return True
        teams = self.teams_with(permission)
        return bool(teams) if team is None else team in teams

    def teams_with(self, permission: str = "") -> set[int]:
        """Return the teams in which the person has the permission; "" for reading.

        For somebody who is no superuser.
        """
        if not permission:
            return set(self.roles)
        teams = {team for team in self.roles if permission in self.permissions[team]}
        has_by_name = any(by_name for *_columns, by_name in self._rows)
        if has_by_name and permission in self.person.get_user_permissions():
            return set(self.roles)
        return teams


@lru_cache(maxsize=500)
def _roles_and_permissions(person_id: int) -> QuerySet[Membership, Any]:
    """Return the query of ``Access``, which is made anew in each request.

    To build it takes Django longer than the database takes to answer it: each process builds it
    once for each person.
    """
    permission = "role__permissions"
    columns = (f"{permission}__content_type__app_label", f"{permission}__codename")
    by_name = User.user_permissions.through.objects.filter(user=person_id)
    rows = Membership.objects.filter(person=person_id).order_by()
    return rows.values_list("team", "role__name", *columns, Exists(by_name))


def access_of(person: User | AnonymousUser) -> Access:
    """Return what the person may do, which is read once for this object of the person."""
    known: Access | None = getattr(person, "team_access", None)
    if known is None:
        known = Access(person)
        person.team_access = known  # type: ignore[union-attr]  # where Django keeps its own, too
    return known


def may(person: User, permission: str, article: Article) -> bool:
    """Return whether the person has the permission in the article's team."""
    return access_of(person).allows(permission, article.team_id)


def may_anywhere(person: User, permission: str) -> bool:
    """Return whether the person has the permission in any team."""
    return access_of(person).allows(permission)


def may_read(person: User, article: Article) -> bool:
    """Return whether the article is of a team in which the person has a role."""
    return access_of(person).reads(article)


def within_teams(person: User, path: str, permission: str = "") -> Q:
    """Return the condition that the team at ``path`` is one of the person's.

    With a permission: one in which they have it.
    """
    access = access_of(person)
    if access.is_everywhere:
        return ~Q(pk__in=[])  # true of every row; an empty Q would vanish beside an "or"
    return Q(**{f"{path}__in": sorted(access.teams_with(permission))})


def teams_of(person: User, permission: str = "") -> QuerySet[Team]:
    """Return the teams in which the person has the permission, "" for reading; by name."""
    return Team.objects.filter(within_teams(person, "pk", permission)).order_by("name")


def people_who_may(permission: str, team: Team | int) -> QuerySet[User]:
    """Return the active people who have the permission in the team, superusers among them."""
    able = _members_who_may(permission, team) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True).distinct()


def team_admins(team: Team) -> QuerySet[User]:
    """Return the active members of the team who manage it."""
    return User.objects.filter(_members_who_may(MANAGE, team), is_active=True).distinct()


def _members_who_may(permission: str, team: Team | int) -> Q:
    """Return the condition that a person has a role in the team, and there the permission."""
    code = permission.split(".")[1]
    members = Membership.objects.filter(team=team)
    by_role = members.filter(role__permissions__codename=code).values("person")
    return Q(pk__in=by_role) | Q(user_permissions__codename=code, pk__in=members.values("person"))


def may_give(person: User, role: Group, team: Team) -> bool:
    """Return whether the person may give the role in the team.

    Who manages the team may, as long as the role allows nothing outside a team that the person
    may not do: else somebody could come to it by giving it away.
    """
    access = access_of(person)
    if access.is_everywhere:
        return True
    if not access.allows(MANAGE, team.pk):
        return False
    return all(access.allows(permission, team.pk) for permission in _beyond_a_team(role))


def _beyond_a_team(role: Group) -> set[str]:
    """Return what the role permits outside a team, which is read once for this object of it."""
    known: set[str] | None = getattr(role, "beyond_a_team", None)
    if known is None:
        codes = role.permissions.values_list("content_type__app_label", "codename")
        known = {f"{app}.{code}" for app, code in codes} - WITHIN_A_TEAM
        role.beyond_a_team = known  # type: ignore[attr-defined]  # as access_of keeps its own
    return known


def may_decide_alone(person: User, article: Article) -> bool:
    """Return whether the person's edit of a waiting correction counts without a second person.

    The settings name the role whose members may; by default nobody may.
    """
    role = settings.DECIDES_ALONE
    return bool(role) and role in access_of(person).roles.get(article.team_id, ())


def requires(permission: str) -> Callable[[View], View]:
    """Let only those open a page without an article who have the permission in some team."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_anywhere(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


# ── what every site begins with ──────────────────────────────────────────────


def ensure_roles(**_signal: Any) -> None:
    """Create those of the groups of ROLES that are missing, with their permissions.

    A group that is there stays as it is: permissions that an admin removed stay removed.
    """
    for name, permissions in ROLES.items():
        group, created = Group.objects.get_or_create(name=name)
        if created:
            codes = [permission.split(".")[1] for permission in permissions]
            held = Permission.objects.filter(content_type__app_label="articles", codename__in=codes)
            group.permissions.add(*held)


def ensure_first_team(apps: Any = installed_apps, **_signal: Any) -> None:
    """Create the first team where there is none; ``apps`` are as the last migration left them."""
    try:
        teams = apps.get_model("articles", "Team").objects
    except LookupError:  # a migration back to before there were teams
        return
    if not teams.exists():
        teams.create(name=FIRST_TEAM)
