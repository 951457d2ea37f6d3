"""The form to sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings
from django.utils.translation import gettext_lazy as _

SIGNS_IN = "signs_in"
"""In the session of a visitor: the name of who has just chosen a password."""


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form, with the field names that password managers and scripts know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["login"]
        name.label = _("Name or email address")
        name.widget.attrs = {"autocomplete": "username"}
        password = self.fields["password"]
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""
        name.initial = self.request.session.get(SIGNS_IN) if self.request else None
        first = password if name.initial else name
        first.widget.attrs["autofocus"] = True

    @property
    def sends_mail(self) -> bool:
        """Whether a link to choose another password can be sent."""
        return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field in the page."""
        return "username" if field_name == "login" else str(super().add_prefix(field_name))
