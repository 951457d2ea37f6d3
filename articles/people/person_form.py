"""The form of one person's account: names, email address, roles, and whether they may sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Membership, Team
from articles.models.roles import MANAGE, access_of, may_give
from articles.models.teams import role_label
from articles.people import account
from articles.people.account import AccountChange, TeamRoles
from articles.people.actions import ADMIN, ROLE_NAMES, USUAL_ROLES
from articles.people.forms import clean_address
from articles.teams.members import list_roles

TEXTS = ("first_name", "last_name", "email")


class PersonForm(forms.Form):
    """What ``by`` may change of a person. What they may not is disabled, and says why.

    Each field has beside it, hidden, what the page showed: so that only what somebody changed on
    the page is changed, and what another person changed meanwhile stays.
    """

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254, required=False)
    is_admin = forms.BooleanField(
        label=gettext_lazy("Administrator"),
        required=False,
        help_text=gettext_lazy("May do everything in all teams."),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("May sign in"),
        required=False,
        help_text=gettext_lazy(
            "Without it the account is deactivated: open sessions end, access tokens stop "
            "working, and work stays. It can be reactivated."
        ),
    )

    def __init__(self, *args: Any, person: User, by: User, **options: Any) -> None:
        self.person = person
        self.by = by
        initial = {name: getattr(person, name) for name in (*TEXTS, "is_active")}
        options["initial"] = initial | {"is_admin": person.is_superuser}
        super().__init__(*args, **options)
        self.teams = _teams_to_manage(person, by)
        self._add_role_fields()
        order = [f"roles_{team.pk}" for team in self.teams]
        self.order_fields([*TEXTS, *order, "is_admin", "is_active"])
        self._disable("email", account.why_not_email(person, by))
        self._disable("is_admin", account.why_not_lose_admin(person))
        self._disable("is_active", account.why_not_deactivate(person, by))
        if not by.is_superuser:
            del self.fields["is_admin"]
        for each in self.fields.values():
            each.show_hidden_initial = not each.disabled

    def clean_email(self) -> str:
        """Return the address; an error says that it is that of another account."""
        return clean_address(self.cleaned_data["email"], self.person)

    def shown_values(self) -> SafeString:
        """Return the hidden fields with what the page shows."""
        hidden = []
        for bound in self:
            if bound.field.show_hidden_initial:
                hidden.append(bound.as_hidden(only_initial=True))
        return mark_safe("".join(hidden))  # noqa: S308 - Django rendered them

    def change(self) -> AccountChange:
        """Return what was changed on the page, out of a valid form."""
        change = AccountChange()
        for name in self.changed_data:
            value = self.cleaned_data[name]
            if name in TEXTS:
                change.texts[name] = (self._shown(name), value)
            elif name in ("is_active", "is_admin"):
                setattr(change, name, value)
        for team in self.teams:
            name = f"roles_{team.pk}"
            has = set(map(int, self.cleaned_data[name]))
            had = set(map(int, self._shown_roles(name)))
            change.roles.append(TeamRoles(team, give=has - had, take=had - has))
        return change

    def _disable(self, name: str, reason: str | None) -> None:
        """Disable the field and have it say why, where there is a reason."""
        if reason:
            self.fields[name].disabled = True
            self.fields[name].help_text = reason

    def _add_role_fields(self) -> None:
        """Add the boxes of the roles in each team. The number of queries is fixed."""
        held: dict[int, set[int]] = defaultdict(set)
        memberships = Membership.objects.filter(person=self.person)
        for team_id, role_id in memberships.values_list("team", "role"):
            held[team_id].add(role_id)
        roles = list(list_roles())
        several = Team.objects.only_team() is None
        for team in self.teams:
            field = self._role_field(team, roles, held[team.pk], several=several)
            self.fields[f"roles_{team.pk}"] = field

    def _role_field(
        self, team: Team, roles: list[Group], held: set[int], *, several: bool
    ) -> forms.MultipleChoiceField:
        """Return the boxes of the roles in a team: as in an invitation, and what they have."""
        offered = set(ROLE_NAMES if several else USUAL_ROLES) - {ADMIN}
        choices = []
        for role in roles:
            is_offered = role.name in offered and may_give(self.by, role, team)
            if is_offered or role.pk in held:
                choices.append((str(role.pk), role_label(role)))
        label = _("Roles in the team “%(team)s”") % {"team": team} if several else _("Roles")
        return forms.MultipleChoiceField(
            label=label,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[str(role) for role in held],
        )

    def _shown(self, name: str) -> str:
        """Return what the page showed in a field of text."""
        return str(self.data.get(self.add_initial_prefix(name), ""))

    def _shown_roles(self, name: str) -> Iterable[str]:
        """Return the roles that were ticked when the page was shown."""
        known = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        shown = self.data.getlist(self.add_initial_prefix(name))  # type: ignore[attr-defined]
        return [role for role in shown if role in known]


def form_after_conflict(form: PersonForm, stored: dict[str, str]) -> PersonForm:
    """Return the form again, with what was typed, and beside it what is stored now.

    Sent again, it replaces what the others saved, which its owner has read now.
    """
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a copy of a request's data
    fresh = User.objects.get(pk=form.person.pk)
    for name in TEXTS:
        now = getattr(fresh, name)
        if name not in form.changed_data:
            data[form.add_prefix(name)] = now
        data[form.add_initial_prefix(name)] = now
    again = PersonForm(data, person=fresh, by=form.by)
    again.is_valid()
    for name, text in stored.items():
        known = {"stored": text or "–"}
        again.add_error(
            name,
            _("Meanwhile somebody saved “%(stored)s” here. Save again to replace it.") % known,
        )
    return again


def _teams_to_manage(person: User, by: User) -> list[Team]:
    """Return the teams in which the person has a role, or the only one, that ``by`` manages."""
    only = Team.objects.only_team()
    teams = [only] if only else list(person.teams.order_by("name").distinct())
    access = access_of(by)
    return [team for team in teams if access.allows(MANAGE, team.pk)]
