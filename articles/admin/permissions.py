"""Permissions in the admin under names in the reader's language; stored they are in English."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_OWN_NAMES = {
    "review_article": gettext_noop("Can flag and correct segments"),
    "approve_correction": gettext_noop("Can approve and return corrections"),
    "manage_team": gettext_noop("Can manage the members and the articles of their teams"),
}
"""What our models call their own permissions, by codename."""
_ACTIONS = {
    "add": gettext_noop("Can add"),
    "change": gettext_noop("Can change"),
    "delete": gettext_noop("Can delete"),
    "view": gettext_noop("Can view"),
}
"""The permissions that Django makes for each model: "add_article", for one."""


def permission_label(permission: Permission) -> str:
    """Return what a permission is about and what it allows, in the reader's language."""
    about = permission.content_type
    action = permission.codename.removesuffix(f"_{about.model}")
    name = _OWN_NAMES.get(permission.codename) or _ACTIONS.get(action)
    return f"{about} | {_(name) if name else permission.name}"


class NamedPermissions(admin.ModelAdmin):
    """The pages of a model with permissions: its form names them, a box each."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: Any = None, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """Return the field of the form."""
        is_of_permissions = db_field.related_model is Permission
        if is_of_permissions:
            kwargs["queryset"] = Permission.objects.select_related("content_type")
            # Django's two lists with a search between them have no names for screen readers.
            kwargs["widget"] = CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if is_of_permissions and field is not None:
            field.label_from_instance = permission_label
        return cast("ModelMultipleChoiceField[Any] | None", field)
