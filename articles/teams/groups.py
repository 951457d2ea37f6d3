"""A person's groups follow their roles in teams, and the other way round on a site with one team.

Django's own pages and permissions know groups alone. A person is in the groups that are their roles
in any team. On a site with one team a group that is given to a person is a role in it; where there
are several, a group gives nothing by itself, because nobody has said in which team. A person who
loses a group loses that role in all teams.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models.signals import m2m_changed, post_delete, post_save

from articles.models import Membership, Team


def connect_groups() -> None:
    """Connect what keeps groups and roles in teams the same."""
    m2m_changed.connect(follow_groups, sender=User.groups.through)
    post_save.connect(add_group, sender=Membership)
    post_delete.connect(remove_group, sender=Membership)


def add_group(instance: Membership, *, raw: bool = False, **_signal: Any) -> None:
    """Put the person into the group that is the new role."""
    if not raw:  # a backup brings the groups, too
        instance.person.groups.add(instance.role_id)
    forget_access(instance.person)


def remove_group(instance: Membership, **_signal: Any) -> None:
    """Take the person out of the group that is their role in no team any more."""
    person = instance.person
    if not Membership.objects.filter(person=person, role=instance.role_id).exists():
        person.groups.remove(instance.role_id)
    forget_access(person)


def follow_groups(
    instance: User | Group, action: str, *, reverse: bool, pk_set: set[int] | None, **_signal: Any
) -> None:
    """Give and take roles in teams as groups are given and taken."""
    changed = pk_set or set()
    if action == "post_clear":
        owner = {"role": instance.pk} if reverse else {"person": instance.pk}
        Membership.objects.filter(**owner).delete()
    for key in changed:
        person, role = (key, instance.pk) if reverse else (instance.pk, key)
        if action == "post_add":
            _give_role(person, role)
        elif action == "post_remove":
            Membership.objects.filter(person=person, role=role).delete()
    forget_access(instance)


def _give_role(person: int, role: int) -> None:
    """Give the role in the only team. What the person has in a team already is no new group."""
    team = Team.objects.only_team()
    if team is not None:
        Membership.objects.get_or_create(team=team, person_id=person, role_id=role)


def forget_access(person: Any) -> None:
    """Have what the person may do read again, for this object of the person."""
    vars(person).pop("team_access", None)
