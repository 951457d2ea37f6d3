"""The people of the site: who is here, inviting somebody, and choosing the first password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.accounts import audit
from articles.accounts.forms import SIGNS_IN
from articles.models import AuditEntry
from articles.models.people import SignedInRequest
from articles.models.roles import INVITE
from articles.models.teams import role_label
from articles.people import actions
from articles.people.forms import InviteForm

may_invite = permission_required(INVITE, raise_exception=True)


@dataclass(frozen=True)
class PersonRow:
    """One row of the list of people; ``has_link`` says that a link may be made for the person."""

    person: User
    roles: list[str]
    has_link: bool


@require_safe
@may_invite
def people(request: SignedInRequest) -> HttpResponse:
    """Show who is here, with their roles."""
    users = User.objects.order_by("-is_active", "username").prefetch_related("groups", "teams")
    rows = []
    for user in users:
        has_link = actions.may_get_link(user, by=request.user)
        rows.append(PersonRow(user, role_names(user), has_link))
    return render(request, "people/people.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@may_invite
@never_cache
def invite(request: SignedInRequest) -> HttpResponse:
    """Make an account with a role, and show the link with which its owner chooses a password."""
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        person = actions.invite(
            form.save(commit=False),
            form.cleaned_data["role"],
            by=request.user,
            team=form.cleaned_data.get("team"),
        )
        return _show_link(request, person, is_new=True)
    status = 422 if form.is_bound else 200
    return render(request, "people/invite.html", {"form": form}, status=status)


@require_POST
@may_invite
@never_cache
def link(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Show a new password link for a person."""
    return _show_link(request, get_object_or_404(User, pk=person_id), is_new=False)


class ChoosePasswordView(PasswordResetConfirmView):
    """The page that a link opens: its owner chooses a password, then signs in with it."""

    template_name = "people/choose_password.html"
    success_url = reverse_lazy("login")

    def get_form(self, form_class: Any = None) -> SetPasswordForm[User]:
        """Return the form with the cursor in its first field."""
        form: SetPasswordForm[User] = super().get_form(form_class)
        form.fields["new_password1"].widget.attrs["autofocus"] = True
        return form

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        """Store the password and say so on the page to sign in, which then has the name."""
        self.request.session[SIGNS_IN] = form.user.username
        messages.success(self.request, _("Your password is saved. You can sign in now."))
        audit.record(AuditEntry.Kind.PASSWORD_CHANGED, self.request, person=form.user)
        return super().form_valid(form)


def role_names(user: User) -> list[str]:
    """Return the roles of a person in the reader's language; other groups by their names."""
    names = [role_label(group) for group in user.groups.all()]
    if user.is_superuser:
        names.append(_(actions.ROLE_NAMES[actions.ADMIN]))
    return names


def _show_link(request: SignedInRequest, person: User, *, is_new: bool) -> HttpResponse:
    path = actions.make_link(person, by=request.user)
    context = {
        "person": person,
        "link": request.build_absolute_uri(path),
        "expiry": actions.link_expiry(),
        "is_new": is_new,
    }
    return render(request, "people/link.html", context)
