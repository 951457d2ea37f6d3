"""Change the password of who is signed in, and sign them out."""

from __future__ import annotations

from typing import Any

from allauth.decorators import rate_limit
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from articles.accounts import audit
from articles.models import AuditEntry


@method_decorator(rate_limit(action="change_password"), name="dispatch")
class ChangePasswordView(PasswordChangeView):
    """Other sessions end with the old password; this one goes on.

    Who found a browser that is signed in does not get to guess the password: five times a minute.
    """

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Store the new password and log it."""
        audit.record(AuditEntry.Kind.PASSWORD_CHANGED, self.request, person=form.user)
        return super().form_valid(form)


class SignOutView(LogoutView):
    """Nothing that was on screen comes back by the Back button."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session, and have the browser forget the pages that it keeps."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response
