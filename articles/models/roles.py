"""The two roles: reviewers flag and correct, approvers decide as well.

Admins are Django's staff.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User

REVIEW = "articles.review_article"
APPROVE = "articles.approve_correction"
ROLES = {"Reviewers": [REVIEW], "Approvers": [REVIEW, APPROVE]}


def may(person: User, permission: str) -> bool:
    """Whether the person has the permission, from a group or by name.

    The groups are asked first, because that is where the roles give it: one query instead of two.
    """
    return permission in person.get_group_permissions() or person.has_perm(permission)


def ensure_roles(**_signal: Any) -> None:
    """Create the groups of ROLES with their permissions; permissions that an admin added stay."""
    for name, permissions in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        codes = [permission.split(".")[1] for permission in permissions]
        held = Permission.objects.filter(content_type__app_label="articles", codename__in=codes)
        group.permissions.add(*held)
