"""The admin's page for people."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.people.views import role_names

admin.site.unregister(User)


@admin.register(User)
class ReviewUserAdmin(UserAdmin):
    """Users, with their roles; a new one is invited.

    One with a part in anything is made inactive, not deleted: history keeps names.
    """

    list_display = ["username", "full_name", "roles", "email", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]

    @admin.display(description=gettext_lazy("Name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """Return first and last name."""
        return user.get_full_name()

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        """Return the roles in the reader's language."""
        return ", ".join(role_names(user))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the users with their groups."""
        users: QuerySet[User] = super().get_queryset(request)
        return users.prefetch_related("groups")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the page on which a person is invited with a role."""
        return redirect("invite")

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Return what is deleted with the users, or one line that says why they stay.

        The line names no rows, so that it shows nothing of a blind review.
        """
        deleted = super().get_deleted_objects(objs, request)
        protected = deleted[3]
        if not protected:
            return deleted
        stays = _("their assignments, flags and corrections; deactivate the account instead")
        return [str(person) for person in objs], {}, set(), [stays]
