"""The form of an article's team and embargo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Team
from articles.models.roles import MANAGE, teams_of


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
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Until then only team admins can export the article. Empty for no embargo."),
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
