"""The two roles: reviewers import, flag and correct, approvers decide as well.

Admins are Django's staff. ASSIGN and INVITE belong to no role: an admin gives them to a person. A
role is a group of permissions, which an admin may change: the groups are made once, and never
changed here again.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User

REVIEW = "articles.review_article"
APPROVE = "articles.approve_correction"
IMPORT = "articles.add_article"
ASSIGN = "articles.add_assignment"
INVITE = "auth.add_user"
ROLES = {"Reviewers": [REVIEW, IMPORT], "Approvers": [REVIEW, APPROVE, IMPORT]}


def may(person: User, permission: str) -> bool:
    """Whether the person has the permission, from a group or by name.

    The groups are asked first, because that is where the roles give it: one query instead of two.
    """
    return permission in person.get_group_permissions() or person.has_perm(permission)


def may_decide_alone(person: User) -> bool:
    """Whether the person's edit of a waiting correction counts without anybody else's approval.

    The settings name the role whose members may; by default nobody may. One query where it is set.
    """
    role = settings.DECIDES_ALONE
    return bool(role) and person.groups.filter(name=role).exists()


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
