"""The two roles: reviewers flag and correct, approvers decide as well. Admins are Django's staff."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission

from articles.models.prepared import Prepared

REVIEW = "articles.review_article"
APPROVE = "articles.approve_correction"
ROLES = {"Reviewers": [REVIEW], "Approvers": [REVIEW, APPROVE]}

_NAMES = ("content_type__app_label", "codename")
_HELD = Prepared(
    lambda person: (
        Permission.objects.filter(user=person)
        .values_list(*_NAMES)
        .order_by()
        .union(Permission.objects.filter(group__user=person).values_list(*_NAMES).order_by())
    )
)


class OneQueryBackend(ModelBackend):
    """Django's own backend, but for asking in one query instead of two what a person may do."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The names of the permissions that the person holds, or has from a group."""
        plain = (
            user_obj.is_active
            and not user_obj.is_superuser
            and not user_obj.is_anonymous
            and obj is None
        )
        if plain and not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {f"{app}.{name}" for app, name in _HELD(person=user_obj.pk)}
        return super().get_all_permissions(user_obj, obj)


def may(person: Any, permission: str) -> bool:
    """Whether the person has the permission: Django's ``has_perm``, asked once of a person in memory, because a page
    of cards wants to know it hundreds of times.
    """
    known: dict[str, bool] = person.__dict__.setdefault("known_permissions", {})
    if permission not in known:
        known[permission] = person.has_perm(permission)
    return known[permission]


def ensure_roles(**_signal: Any) -> None:
    """Create the groups of ROLES with their permissions; what an admin added to them stays."""
    for name, permissions in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        codes = [permission.split(".")[1] for permission in permissions]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="articles", codename__in=codes)
        )
