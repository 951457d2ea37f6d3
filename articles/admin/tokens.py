"""The admin's pages for tokens of the API."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.teams import signed_in_user
from articles.models import AccessToken


@admin.register(AccessToken)
class AccessTokenAdmin(admin.ModelAdmin):
    """Tokens for the API: created here, shown once, deleted here."""

    list_display = ["__str__", "created_at", "last_used_at"]
    list_select_related = ["user"]
    fields = ["user", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessToken]:
        """Return all tokens for a superuser, for anybody else their own."""
        tokens: QuerySet[AccessToken] = super().get_queryset(request)
        user = signed_in_user(request)
        return tokens if user.is_superuser else tokens.filter(user=user)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Offer everybody to a superuser, to anybody else themselves: a token opens an account."""
        user = signed_in_user(request)
        if db_field.name == "user" and not user.is_superuser:
            options["queryset"] = User.objects.filter(pk=user.pk)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, token: AccessToken | None = None) -> bool:
        """A token is created and deleted, never changed."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        token: AccessToken,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's own signature
    ) -> None:
        """Create the token and show it, this one time."""
        made, words = AccessToken.objects.issue(user=token.user, name=token.name)
        token.pk = made.pk
        token.digest = made.digest
        token.created_at = made.created_at
        text = _("The token is %(token)s. Copy it now: it is not shown again.")
        self.message_user(request, text % {"token": words}, messages.WARNING)
