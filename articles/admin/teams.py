"""The admin's pages for teams, and what keeps all other pages within the teams of a person.

A superuser sees everything. Anybody else on the staff sees the rows of the teams in which their
roles allow it, or of all their teams where a permission was given to them by name.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.db.models import Count, ForeignKey, Model, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.admin.lists import InlineRows
from articles.models import Membership, Team
from articles.models.roles import access_of, within_teams
from articles.models.teams import role_label


def signed_in_user(request: HttpRequest) -> User:
    """Return the user of a page of the admin, which nobody else may open."""
    assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
    return request.user


class WithinTeams(admin.ModelAdmin):
    """Pages about rows of articles: those of the person's teams, or of none.

    ``team_path`` leads from the row to its team. With ``has_common_rows`` those without an article
    concern the whole site, and are shown.
    """

    team_path: ClassVar[str] = "article__team"
    has_common_rows: ClassVar[bool] = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the person may see."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.filter(self.within(request, "view") | self.within(request, "change"))

    def within(self, request: HttpRequest, action: str) -> Q:
        """Return the condition of the rows that the person may "view" or "change" or "delete"."""
        permission = f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"
        condition = within_teams(signed_in_user(request), self.team_path, permission)
        if self.has_common_rows:
            condition |= Q(article=None)
        return condition

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may change the row, or rows at all."""
        return super().has_change_permission(request, obj) and self._includes(
            request, "change", obj
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may delete the row, or rows at all."""
        return super().has_delete_permission(request, obj) and self._includes(
            request, "delete", obj
        )

    def _includes(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        if obj is None or obj.pk is None or access_of(signed_in_user(request)).is_everywhere:
            return True
        rows = self.get_queryset(request).filter(pk=obj.pk)
        return bool(rows.filter(self.within(request, action)).exists())


class SuperusersOnly:
    """Pages and parts of pages for superusers: others manage their own team on its page."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers."""
        return signed_in_user(request).is_superuser

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers."""
        return signed_in_user(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers."""
        return signed_in_user(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers."""
        return signed_in_user(request).is_superuser


class RoleChoiceField(ModelChoiceField[Any]):
    """The choice of a role, by the names on screen."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of the role."""
        return role_label(obj)


class MembershipInline(SuperusersOnly, admin.TabularInline):
    """Who has which role, on the page of a team and of a person."""

    model = Membership
    formset = InlineRows
    extra = 1

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Return the field, that of the role with the names of the roles on screen."""
        if db_field.name == "role":
            kwargs["form_class"] = RoleChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Team)
class TeamAdmin(SuperusersOnly, admin.ModelAdmin):
    """Teams: a second one is made here."""

    list_display = ["__str__", "people_count", "article_count"]
    search_fields = ["name"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        """Return the teams with how many people and articles they have."""
        teams: QuerySet[Team] = super().get_queryset(request)
        return teams.annotate(
            number_of_people=Count("people", distinct=True),
            number_of_articles=Count("articles", distinct=True),
        )

    @admin.display(description=gettext_lazy("people"))
    def people_count(self, team: Any) -> int:
        """Return how many people have a role in it."""
        return int(team.number_of_people)

    @admin.display(description=gettext_lazy("articles"))
    def article_count(self, team: Any) -> int:
        """Return how many articles it has."""
        return int(team.number_of_articles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Only superusers."""
        return signed_in_user(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers, and never the only team there is."""
        is_only = Team.objects.only_team() is not None
        return signed_in_user(request).is_superuser and not is_only
