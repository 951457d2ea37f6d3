"""The pages of teams: who belongs to one with which roles; its admins give and take them there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Team
from articles.models.people import SignedInRequest, name_of
from articles.models.roles import INVITE, MANAGE, access_of, teams_of
from articles.models.teams import role_label
from articles.review.workflow import Refused
from articles.teams import members
from articles.teams.forms import AddMemberForm
from articles.teams.member_rows import read_rows
from articles.teams.members import RolePair

_PAIR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


@require_safe
def team_list(request: SignedInRequest) -> HttpResponse:
    """Show the teams of this person; the page of the team where there is one."""
    teams = teams_of(request.user).annotate(people_count=Count("people", distinct=True))
    if len(teams) == 1:
        return redirect("team", teams[0].pk)
    roles = access_of(request.user)
    rows = [(team, roles.allows(MANAGE, team.pk)) for team in teams]
    return render(request, "teams/teams.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Show the members of a team and their roles; its admins send them as they should be.

    ``has`` are the ticked pairs of a person and a role, ``had`` those that were ticked when the
    page was shown: what somebody else changed since then stays.
    """
    chosen = _get_team(request, team_id)
    if request.method != "POST":
        return _team_page(request, chosen)
    has = _read_pairs(request.POST.getlist("has"))
    had = _read_pairs(request.POST.getlist("had"))
    try:
        members.change_roles(
            chosen, give=has - had, take=had - has, by=request.user, request=request
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return _team_page(request, chosen, ticked=has)
    messages.success(request, _("Roles saved."))
    return _after(request, chosen)


@require_POST
def add_member(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Give somebody who has an account their first roles in the team, or more of them."""
    chosen = _get_team(request, team_id)
    if not access_of(request.user).allows(MANAGE, chosen.pk):
        raise PermissionDenied
    form = AddMemberForm(request.POST, team=chosen, by=request.user)
    if form.is_valid():
        person = form.cleaned_data["person"]
        pairs = [(person.pk, role.pk) for role in form.cleaned_data["roles"]]
        members.change_roles(chosen, give=pairs, take=[], by=request.user, request=request)
        words = {"person": name_of(person), "team": chosen}
        messages.success(request, _("%(person)s belongs to the team “%(team)s” now.") % words)
        return _after(request, chosen)
    return _team_page(request, chosen, form=form)


@require_POST
def remove_member(request: SignedInRequest, team_id: int, person_id: int) -> HttpResponse:
    """Take somebody out of the team."""
    chosen = _get_team(request, team_id)
    person = get_object_or_404(User, pk=person_id, memberships__team=chosen)
    try:
        members.remove_member(chosen, person, by=request.user, request=request)
    except Refused as reason:
        messages.error(request, str(reason))
        return _team_page(request, chosen, status=422)
    words = {"person": name_of(person), "team": chosen}
    messages.success(request, _("%(person)s no longer belongs to the team “%(team)s”.") % words)
    return _after(request, chosen)


def _get_team(request: SignedInRequest, team_id: int) -> Team:
    """Return the team; Http404 where it is not the person's."""
    return get_object_or_404(teams_of(request.user), pk=team_id)


def _after(request: SignedInRequest, chosen: Team) -> HttpResponseRedirect:
    """Return to the page of the team; to the list of teams where the person has left it."""
    person = User.objects.get(pk=request.user.pk)
    if teams_of(person).filter(pk=chosen.pk).exists():
        return redirect("team", chosen.pk)
    return redirect("teams")


def _read_pairs(values: Iterable[str]) -> set[RolePair]:
    """Return the pairs of a person and a role out of values like "3-2"; others are left out."""
    pairs = set()
    for value in values:
        found = _PAIR.fullmatch(value)
        if found:
            pairs.add((int(found[1]), int(found[2])))
    return pairs


def _team_page(
    request: SignedInRequest,
    chosen: Team,
    *,
    form: AddMemberForm | None = None,
    ticked: set[RolePair] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a team; what was ticked or typed and refused stays."""
    manages = access_of(request.user).allows(MANAGE, chosen.pk)
    context: dict[str, Any] = {
        "team": chosen,
        "manages": manages,
        "may_invite": request.user.has_perm(INVITE),
        "has_several": len(teams_of(request.user)[:2]) > 1,
    }
    if manages:
        context |= _roles_to_give(chosen, request.user, form, ticked)
    else:
        context["rows"] = read_rows(chosen, [], set(), None)
    if form is not None or ticked is not None:
        status = 422
    return render(request, "teams/team.html", context, status=status)


def _roles_to_give(
    chosen: Team, admin: User, form: AddMemberForm | None, ticked: set[RolePair] | None
) -> dict[str, Any]:
    """Return what the page has for an admin of the team besides."""
    roles = members.list_roles()
    reasons = []
    giveable = set()
    for role in roles:
        reason = members.why_not_give(role, chosen, admin)
        if reason is None:
            giveable.add(role.pk)
        else:
            reasons.append(reason)
    return {
        "roles": [role_label(role) for role in roles],
        "reasons": reasons,
        "rows": read_rows(chosen, roles, giveable, ticked),
        "form": form or AddMemberForm(team=chosen, by=admin),
    }
