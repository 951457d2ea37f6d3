"""Change the password of who is signed in, and log that it was changed."""

from __future__ import annotations

from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse

from articles.accounts import audit
from articles.models import AuditEntry


class ChangePasswordView(PasswordChangeView):
    """Other sessions end with the old password; this one goes on."""

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Store the new password and log it."""
        audit.record(AuditEntry.Kind.PASSWORD_CHANGED, self.request, person=form.user)
        return super().form_valid(form)
