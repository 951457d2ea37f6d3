"""The forms of an article's team and embargo, and of a new member of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Team
from articles.models.roles import MANAGE, may_give, teams_of
from articles.models.teams import role_label
from articles.teams.members import list_roles

_MOST_SUGGESTIONS = 300


class AccessForm(forms.Form):
    """The team of an article, where the person is an admin of several, and its embargo."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        empty_label=None,
        help_text=_("Only the people of the team see the article."),
    )
    embargoed_until = forms.DateTimeField(
        label=_("Embargo until"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "max": "9999-12-31T23:59"}, format="%Y-%m-%dT%H:%M"
        ),
        help_text=_(
            "Until then only team admins can export the article. Leave empty for no embargo."
        ),
    )

    def __init__(self, *args: Any, article: Article, by: User, **options: Any) -> None:
        options["initial"] = {
            "team": article.team_id,
            "embargoed_until": article.embargoed_until,
        }
        super().__init__(*args, **options)
        teams = teams_of(by, MANAGE)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared above
        field.queryset = teams
        if len(teams) < 2:
            del self.fields["team"]


class AddMemberForm(forms.Form):
    """Somebody who has an account, and the roles that ``by`` gives them in the team.

    ``suggestions`` are people whom the page offers while a name is typed: those of the teams of
    ``by``, who learns of no other accounts. Their first and last name do as well.
    """

    person = forms.CharField(
        label=_("Name"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "people-to-add", "autocomplete": "off"}),
        help_text=_("The name used to sign in, or the email address."),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, team: Team, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.MultipleChoiceField)  # noqa: S101 - it is declared above
        self.giveable = {str(role.pk): role for role in list_roles() if may_give(by, role, team)}
        roles.choices = [(key, role_label(role)) for key, role in self.giveable.items()]
        self.known = User.objects.filter(is_active=True)
        if not by.is_superuser:
            self.known = self.known.filter(memberships__team__in=teams_of(by)).distinct()
        outside = self.known.exclude(memberships__team=team)
        self.suggestions = outside.order_by("username")[:_MOST_SUGGESTIONS]

    def clean_person(self) -> User:
        """Return the person of the name. An error says that there is nobody, or more than one."""
        name = " ".join(self.cleaned_data["person"].split())
        found = find_people(name, self.known)
        if not found:
            raise forms.ValidationError(
                gettext("Nobody with an account is called “%(name)s”.") % {"name": name}
            )
        if len(found) > 1:
            names = ", ".join(person.username for person in found)
            raise forms.ValidationError(
                gettext("Several people are called “%(name)s”. Use the sign-in name: %(names)s.")
                % {"name": name, "names": names}
            )
        return found[0]

    def clean_roles(self) -> list[Group]:
        """Return the roles."""
        return [self.giveable[key] for key in self.cleaned_data["roles"]]


def find_people(name: str, known: QuerySet[User]) -> list[User]:
    """Return the active people of that name: by which they sign in, or their email address.

    Else those of the ``known`` people whose first and last name it is.
    """
    people = User.objects.filter(is_active=True)
    for exact in (Q(username=name), Q(username__iexact=name) | Q(email__iexact=name)):
        found = list(people.filter(exact).order_by("username")[:10])
        if found:
            return found
    full_name = Concat("first_name", Value(" "), "last_name")
    named = known.annotate(full_name=full_name).filter(full_name__iexact=name)
    return list(named.order_by("username")[:10])
