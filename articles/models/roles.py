"""The two roles: reviewers flag and correct, approvers decide as well. Admins are Django's staff."""

from typing import Any

REVIEW = "articles.review_article"
APPROVE = "articles.approve_correction"
ROLES = {"Reviewers": [REVIEW], "Approvers": [REVIEW, APPROVE]}


def ensure_roles(**_signal: Any) -> None:
    """Create the groups of ROLES with their permissions; what an admin added to them stays."""
    from django.contrib.auth.models import Group, Permission

    for name, permissions in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        codes = [permission.split(".")[1] for permission in permissions]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="articles", codename__in=codes))
