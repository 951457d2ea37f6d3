"""The page of one person: their name, email address and roles, and whether they may sign in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import Membership, Team
from articles.models.people import SignedInRequest
from articles.models.roles import INVITE
from articles.models.teams import role_label
from articles.people import account
from articles.people.person_form import PersonForm, form_after_conflict
from articles.people.views import may_invite
from articles.review.workflow import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@may_invite
@never_cache
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Show one person, and save what was changed on the page: all of it or nothing."""
    chosen = get_object_or_404(User, pk=person_id)
    form = PersonForm(request.POST or None, person=chosen, by=request.user)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        account.save_account(chosen, form.change(), by=request.user, request=request)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _page(request, form, status=422)
    except account.ChangedMeanwhile as conflict:
        return _page(request, form_after_conflict(form, conflict.stored), status=409)
    messages.success(request, _("Saved."))
    # Who gave away their own rights cannot see the list any more.
    reader = User.objects.get(pk=request.user.pk)
    return redirect("people" if reader.has_perm(INVITE) else "articles")


def _page(request: SignedInRequest, form: PersonForm, *, status: int) -> HttpResponse:
    person = form.person
    context = {
        "person": person,
        "form": form,
        "why_not": account.why_not_change(person, request.user),
        "read_only": _roles_to_read(form),
        "has_several": Team.objects.only_team() is None,
    }
    return render(request, "people/person.html", context, status=status)


def _roles_to_read(form: PersonForm) -> list[tuple[Team, str]]:
    """Return the team and the name of each role that the form cannot change."""
    rows = Membership.objects.filter(person=form.person).exclude(team__in=form.teams)
    rows = rows.select_related("team", "role").order_by("team__name", "role")
    return [(row.team, role_label(row.role)) for row in rows]
