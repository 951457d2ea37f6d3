"""Invite people: an account with a role, and a link with which its owner chooses a password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.models import Membership, Team
from articles.models.roles import access_of
from articles.models.teams import ROLE_LABELS

ADMIN = "admin"
ROLE_NAMES: dict[str, str] = ROLE_LABELS | {ADMIN: gettext_noop("Administrator")}
"""What a person can be invited as: the name of a group, or an admin; with its name on screen."""
USUAL_ROLES = ("Reviewers", "Approvers", ADMIN)
"""The roles that a site with one team offers; an admin may give the others."""
_INVITED = gettext_noop("Invited as %(role)s.")
_LINK_MADE = gettext_noop("Password link made.")
DEACTIVATED = gettext_noop("Deactivated.")
REACTIVATED = gettext_noop("Reactivated.")
MADE_ADMIN = gettext_noop("Made an administrator.")
NO_ADMIN = gettext_noop("No longer an administrator.")


def may_get_link(person: User, *, by: User) -> bool:
    """Return whether ``by`` may hand out a password link for the person.

    Such a link opens the account. Only an admin gets one for an account that is in use, also by
    somebody who signs in without a password; that may enter the admin; or that belongs to a team
    in which ``by`` has no role.
    """
    if not person.is_active:
        return False
    if by.is_superuser:
        return True
    if person.is_staff or person.is_superuser:
        return False
    if not works_beside(person, by):
        return False
    return person.last_login is None and not person.has_usable_password()


def works_beside(person: User, by: User) -> bool:
    """Return whether ``by`` has a role in every team of the person."""
    own = access_of(by).roles.keys()
    others = {team.pk for team in person.teams.all()}
    return others <= own


def why_not_address(address: str, person: User) -> str | None:
    """Return why the person cannot have the email address, or None: it is another account's."""
    others = User.objects.filter(email__iexact=address).exclude(pk=person.pk)
    if address and others.exists():
        return _("Another account has this email address.")
    return None


def invite(person: User, role: str, *, by: User, team: Team | None = None) -> User:
    """Store a new person with a role of ROLE_NAMES in the team, and without a password.

    Without a team it is the first one, where there is no other. An admin is of no team.
    Raises PermissionDenied where somebody who is no admin invites one.
    """
    if role == ADMIN and not by.is_superuser:
        raise PermissionDenied
    person.set_unusable_password()
    with transaction.atomic():
        _store_with_role(person, role, team)
        _record(person, ADDITION, _INVITED % {"role": ROLE_NAMES[role]}, by)
    return person


def _store_with_role(person: User, role: str, team: Team | None) -> None:
    if role == ADMIN:
        person.is_staff = True
        person.is_superuser = True
        person.save()
        return
    person.save()
    group = Group.objects.get(name=role)
    team = team or Team.objects.first_team()
    Membership.objects.create(team=team, person=person, role=group)


def make_link(person: User, *, by: User) -> str:
    """Return the path of a link with which the person chooses a password.

    It is stored nowhere. It ends by being used, by any other change of the password, or by
    PASSWORD_RESET_TIMEOUT. Raises PermissionDenied.
    """
    if not may_get_link(person, by=by):
        raise PermissionDenied
    _record(person, CHANGE, _LINK_MADE, by)
    return link_path(person)


def link_path(person: User) -> str:
    """Return the path of a password link, whoever asks: for ``make_link`` and ``manage.py up``."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("choose_password", args=[key, default_token_generator.make_token(person)])


def link_expiry() -> datetime:
    """Return when a link that is made now expires."""
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def read_log_message(stored: str) -> str:
    """Return what this package stored in the admin's log, in the reader's language.

    Anything else is returned as it is.
    """
    texts = (_LINK_MADE, DEACTIVATED, REACTIVATED, MADE_ADMIN, NO_ADMIN)
    known = {text: _(text) for text in texts}
    for name in ROLE_NAMES.values():
        known[_INVITED % {"role": name}] = _(_INVITED) % {"role": _(name)}
    return known.get(stored, stored)


def record_change(person: User, text: str | list[Any], by: User) -> None:
    """Log a change of the account: in a sentence, or in the form of the admin's own log."""
    _record(person, CHANGE, text, by)


def _record(person: User, flag: int, text: str | list[Any], by: User) -> None:
    """Add a line to the history of the person, which the admin shows."""
    people = User.objects.filter(pk=person.pk)
    LogEntry.objects.log_actions(by.pk, people, flag, change_message=text, single_object=True)
