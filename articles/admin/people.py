"""The admin's page for people: their roles, a lost second step, and where they are signed in.

Second steps and sessions have no pages of their own here: those of their packages show what only
their owner should see, in English. What an admin does about them are actions on people.
"""

from __future__ import annotations

from typing import Any

# The three register what is unregistered below.
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
import django_tasks_db.admin  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from articles.accounts import audit
from articles.accounts.sessions import end_sessions
from articles.admin.lists import RoleFilter
from articles.admin.permissions import NamedPermissions, permission_label
from articles.admin.teams import MembershipInline, signed_in_user
from articles.models import AuditEntry, Team
from articles.models.teams import role_label
from articles.people.actions import read_log_message
from articles.people.views import role_names

_READ_IN_WORDS = {"groups": "roles", "user_permissions": "permissions"}
"""Fields that are stored in English → what shows them in the reader's language."""

_READ_ONLY = ["username", "email", "is_active", "is_superuser", "last_login", "date_joined"]
"""What the page of the person changes by its own rules, what never changes, and what happened."""

admin.site.unregister([User, Group, Authenticator, UserSession, DBTaskResult])


@admin.register(Group)
class RoleAdmin(NamedPermissions, GroupAdmin):
    """Groups, under the names of the roles that they stand for."""

    list_display = ["role"]

    @admin.display(description=gettext_lazy("Role"), ordering="name")
    def role(self, group: Group) -> str:
        """Return the name of the role in the reader's language."""
        return role_label(group)


@admin.register(User)
class ReviewUserAdmin(NamedPermissions, UserAdmin):
    """Users, with their roles; a new one is invited.

    One with a part in anything is made inactive, not deleted: history keeps names. That, and all
    that opens an account, is done on the person's own page, to which "View on site" leads.
    """

    list_display = ["username", "full_name", "roles", "email", "is_active", "last_login"]
    list_filter = [("groups", RoleFilter), "is_active", "is_staff"]
    actions = ["remove_second_step", "sign_out"]

    @admin.action(
        description=gettext_lazy("Remove two-factor authentication"), permissions=["open_accounts"]
    )
    def remove_second_step(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Let people who lost their app, key and recovery codes sign in by their password alone."""
        count = 0
        for person in people:
            with transaction.atomic():
                removed, _rows = Authenticator.objects.filter(user=person).delete()
                if removed:
                    count += 1
                    kind = AuditEntry.Kind.SECOND_STEP_REMOVED
                    audit.record(kind, request, person=signed_in_user(request), subject=person)
        text = ngettext(
            "Two-factor authentication was removed for %(count)d person.",
            "Two-factor authentication was removed for %(count)d people.",
            count,
        )
        messages.success(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Sign out everywhere"), permissions=["open_accounts"])
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """End all sessions of the people."""
        for person in people:
            with transaction.atomic():
                end_sessions(person)
                kind = AuditEntry.Kind.SIGNED_OUT
                audit.record(kind, request, person=signed_in_user(request), subject=person)
        messages.success(request, _("Signed out everywhere."))

    def has_open_accounts_permission(self, request: HttpRequest) -> bool:
        """Only superusers: less stands before the account then."""
        return signed_in_user(request).is_superuser

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # Django's own name
        form_url: str = "",
    ) -> HttpResponse:
        """Let superusers alone choose somebody's password: it opens the account."""
        if not self.has_open_accounts_permission(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.display(description=gettext_lazy("Name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """Return first and last name."""
        return user.get_full_name()

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        """Return the roles in the reader's language."""
        return ", ".join(role_names(user))

    @admin.display(description=gettext_lazy("User permissions"))
    def permissions(self, user: User) -> str:
        """Return the permissions beside those of the roles in the reader's language."""
        own = user.user_permissions.select_related("content_type")
        labels = [permission_label(permission) for permission in own]
        return ", ".join(labels) or self.get_empty_value_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the users with their groups."""
        users: QuerySet[User] = super().get_queryset(request)
        return users.prefetch_related("groups")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the history of a person; invitations and links in the reader's language."""
        page = super().history_view(request, object_id, extra_context)
        if not isinstance(page, TemplateResponse):
            return page
        context: Any = page.context_data
        for act in context["action_list"]:
            act.change_message = read_log_message(act.change_message)
        return page

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Return the roles in teams where there are several: a group does not say in which."""
        return [] if Team.objects.only_team() else [MembershipInline]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, without groups where roles are given in teams.

        Who only reads groups and permissions reads them in their language.
        """
        hidden = [] if Team.objects.only_team() else ["groups"]
        read = {} if signed_in_user(request).is_superuser else _READ_IN_WORDS
        shown = []
        fieldsets: Any = super().get_fieldsets(request, obj)
        for title, options in fieldsets:
            fields = []
            for field in options["fields"]:
                if field not in hidden:
                    name = read.get(field, field)
                    fields.append(name)
            shown.append((title, {**options, "fields": fields}))
        return shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep who is no superuser from giving rights: those of other teams would be among them."""
        if signed_in_user(request).is_superuser:
            return _READ_ONLY
        words = _READ_IN_WORDS.values()
        return ["is_staff", "groups", "user_permissions", *words, *_READ_ONLY]

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's own signature
        **kwargs: Any,
    ) -> Any:
        """Return the form, which says where to change what it only shows."""
        where = _("Changed on the person’s page: “View on site”.")
        texts = dict.fromkeys(["email", "is_active", "is_superuser"], where)
        kwargs["help_texts"] = texts | {"username": ""}
        return super().get_form(request, obj, change=change, **kwargs)

    def view_on_site(self, obj: User) -> str:
        """Return the address of the person's page."""
        return reverse("person", args=[obj.pk])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep who is no superuser from changing the account of one."""
        is_allowed = super().has_change_permission(request, obj)
        is_above = obj is not None and obj.is_superuser
        return is_allowed and (signed_in_user(request).is_superuser or not is_above)

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
