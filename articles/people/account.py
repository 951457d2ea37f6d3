"""Change the account of a person: name, email address, roles, and whether they may sign in.

Who invites people corrects names. The email address opens an account, by a link or at a provider:
for it the rule of password links holds. Roles are given and taken by who manages the team, and
an account is deactivated by who manages all teams of the person. An admin may do it all, except
leave the site without an admin or lock themself out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.accounts.sessions import end_sessions
from articles.models import Team
from articles.models.roles import MANAGE, access_of
from articles.people import actions
from articles.review.workflow import Refused
from articles.teams.members import change_roles, managed_teams, refuse_without_admin


@dataclass
class TeamRoles:
    """The ids of the roles that the person gets and loses in one team."""

    team: Team
    give: set[int]
    take: set[int]


@dataclass
class AccountChange:
    """What was changed on the page of a person.

    ``texts``: the name of a field → what the page showed, and what was typed. ``is_active`` and
    ``is_admin`` are None where they stay as they are.
    """

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    roles: list[TeamRoles] = field(default_factory=list)
    is_active: bool | None = None
    is_admin: bool | None = None


class ChangedMeanwhile(Exception):
    """Somebody else changed the same fields; ``stored`` has what stands in each of them now."""

    def __init__(self, stored: dict[str, str]) -> None:
        super().__init__()
        self.stored = stored


def why_not_change(person: User, by: User) -> str | None:
    """Return why ``by``, who may invite, can change nothing of the account, or None."""
    if by.is_superuser or person == by:
        return None
    if person.is_superuser or person.is_staff:
        return _("Only an administrator can change the account of an administrator.")
    if not actions.works_beside(person, by):
        return _("This person also works in a team that is not yours: ask an administrator.")
    return None


def why_not_email(person: User, by: User) -> str | None:
    """Return why ``by`` cannot change the email address, or None."""
    if person == by or by.is_superuser or actions.may_get_link(person, by=by):
        return None
    return _("Only an administrator changes the email address of an account in use.")


def why_not_deactivate(person: User, by: User) -> str | None:
    """Return why ``by`` cannot say whether the person may sign in, or None."""
    if person == by:
        return _("Nobody deactivates their own account: ask another administrator.")
    access = access_of(by)
    teams = person.teams.all()
    if not teams and not by.is_superuser:
        return _("Only an administrator can deactivate an account that is in no team.")
    for team in teams:
        if not access.allows(MANAGE, team.pk):
            return _(
                "Only somebody who manages all teams of this person can deactivate the account."
            )
    return why_not_lose_admin(person)


def why_not_lose_admin(person: User) -> str | None:
    """Return why the person cannot be taken from the administrators, or None."""
    admins = User.objects.filter(is_superuser=True, is_active=True)
    if [admin.pk for admin in admins] == [person.pk]:
        return _("The only administrator: make somebody else one first.")
    return None


def save_account(
    person: User, change: AccountChange, *, by: User, request: HttpRequest | None = None
) -> None:
    """Store all of the change, with its lines in the logs, or nothing.

    What somebody else changed meanwhile stays, unless it was changed here, too: raises
    ChangedMeanwhile then. Raises Refused with the reason where the change is not allowed.
    """
    with transaction.atomic():
        teams = _lock_teams(person)
        locked = _lock(person)
        _refuse(_reasons_against(locked, change, by))
        _refuse_conflict(locked, change)
        managed = managed_teams(teams)
        _store_texts(locked, change.texts, by)
        _store_active(locked, change, by)
        _store_admin(locked, change, by)
        for roles in change.roles:
            give = [(locked.pk, role) for role in roles.give]
            take = [(locked.pk, role) for role in roles.take]
            change_roles(roles.team, give=give, take=take, by=by, request=request)
        refuse_without_admin(managed)


def _lock_teams(person: User) -> list[Team]:
    """Lock the teams of the person, in the order in which all lock them."""
    held = person.memberships.values("team")
    teams = Team.objects.select_for_update(no_key=True).filter(pk__in=held)
    return list(teams.order_by("pk"))


def _lock(person: User) -> User:
    """Return the person as stored, locked together with all admins: one of them has to stay."""
    admins = User.objects.filter(is_superuser=True).values("pk")
    chosen = User.objects.filter(pk=person.pk) | User.objects.filter(pk__in=admins)
    rows = chosen.select_for_update(no_key=True).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[person.pk]


def _reasons_against(person: User, change: AccountChange, by: User) -> Iterable[str | None]:
    """Yield for each part of the change why it is not allowed, or None."""
    yield why_not_change(person, by)
    if "email" in change.texts:
        yield why_not_email(person, by)
        # Somebody may have given it to another account since the form was checked.
        yield actions.why_not_address(change.texts["email"][1], person)
    if change.is_active is not None:
        yield why_not_deactivate(person, by)
    if change.is_admin is not None:
        yield why_not_lose_admin(person)
        if not by.is_superuser:
            yield _("Only an administrator can make somebody else one.")


def _refuse(reasons: Iterable[str | None]) -> None:
    """Raise Refused with the first reason."""
    for reason in reasons:
        if reason:
            raise Refused(reason)


def _refuse_conflict(person: User, change: AccountChange) -> None:
    """Raise ChangedMeanwhile where a text is neither what the page showed nor what was typed."""
    others = {}
    for name, known in change.texts.items():
        stored = getattr(person, name)
        if stored not in known:
            others[name] = stored
    if others:
        raise ChangedMeanwhile(others)


def _store_active(person: User, change: AccountChange, by: User) -> None:
    """Store and log whether the person may sign in."""
    if change.is_active in (None, person.is_active):
        return
    person.is_active = bool(change.is_active)
    person.save(update_fields=["is_active"])
    text = actions.REACTIVATED
    if not person.is_active:
        end_sessions(person)
        text = actions.DEACTIVATED
    actions.record_change(person, text, by)


def _store_admin(person: User, change: AccountChange, by: User) -> None:
    """Store and log whether the person is an administrator."""
    if change.is_admin in (None, person.is_superuser):
        return
    person.is_superuser = bool(change.is_admin)
    person.is_staff = person.is_superuser
    person.save(update_fields=["is_staff", "is_superuser"])
    text = actions.NO_ADMIN
    if person.is_superuser:
        text = actions.MADE_ADMIN
    actions.record_change(person, text, by)


def _store_texts(person: User, texts: dict[str, tuple[str, str]], by: User) -> None:
    """Store the names and the email address, and log which of them were changed.

    The log has no values: what a person was called before is kept nowhere.
    """
    changed = []
    labels = []
    for name, (_shown, typed) in texts.items():
        if typed == getattr(person, name):
            continue
        setattr(person, name, typed)
        changed.append(name)
        column: Any = User._meta.get_field(name)
        with override(None):  # Django translates these names where it shows them
            labels.append(str(column.verbose_name))
    if not changed:
        return
    person.save(update_fields=changed)
    if "email" in changed:
        _forget_earlier_address(person, by)
    actions.record_change(person, [{"changed": {"fields": labels}}], by)


def _forget_earlier_address(person: User, by: User) -> None:
    """Have the earlier address, which may be somebody else's, open the account no longer.

    A provider is connected again when the person signs in there by the new address. Who changes
    their own address stays connected: a slip must not lock them out.
    """
    EmailAddress.objects.filter(user=person).delete()
    if person != by:
        SocialAccount.objects.filter(user=person).delete()
