"""The form with which a person is invited."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Team
from articles.models.roles import MANAGE, access_of, teams_of
from articles.models.teams import TEAM_ADMIN
from articles.people.actions import ADMIN, ROLE_NAMES, USUAL_ROLES, why_not_address


class InviteForm(forms.ModelForm[User]):
    """A new account and its role; ``by`` is the person who invites."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), widget=forms.RadioSelect, initial="Reviewers"
    )

    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), empty_label=None, required=False
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email"]
        widgets: ClassVar[dict[str, Any]] = {"username": forms.TextInput({"autofocus": True})}
        help_texts = {"username": gettext_lazy("The name used to sign in.")}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        names = {name: ROLE_NAMES[name] for name in USUAL_ROLES}
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 - it is declared above
        team.queryset = teams_of(by)
        if Team.objects.only_team():
            del self.fields["team"]
        else:
            names = dict(ROLE_NAMES)
            team.required = True
        if not by.is_superuser:
            del names[ADMIN]
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - it is declared above
        role.choices = [(name, _(label)) for name, label in names.items()]

    def clean_email(self) -> str:
        """Return the address; an error says that it is that of another account."""
        return clean_address(self.cleaned_data["email"], self.instance)

    def clean(self) -> dict[str, Any]:
        """Add an error where the person would be an admin of a team that ``by`` does not manage."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        team = values.get("team")
        manages_it = team is None or access_of(self.by).allows(MANAGE, team.pk)
        if values.get("role") == TEAM_ADMIN and not manages_it:
            self.add_error("role", _("Only a team admin can make somebody a team admin."))
        return values


def clean_address(address: str, person: User) -> str:
    """Return the email address as it is stored: people sign in by it, in small letters.

    Raises ValidationError where another account has it: it could not tell the two apart.
    """
    address = address.lower()
    reason = why_not_address(address, person)
    if reason:
        raise forms.ValidationError(reason)
    return address
