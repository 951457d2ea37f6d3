"""The forms with which an article is assigned, to one person or to two blind reviewers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.assignments import actions
from articles.assignments.queries import assignable_users
from articles.models import Article, Assignment
from articles.models.people import name_of
from articles.models.roles import APPROVE, REVIEW, people_who_may


class DueForm(forms.Form):
    """Until when an article is to be done: an optional date, and an optional time of that day."""

    due = forms.DateField(
        label=_("due"),
        required=False,
        # With a last year of four digits the browser goes on after the fourth that is typed.
        widget=forms.DateInput(attrs={"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d"),
    )
    due_time = forms.TimeField(
        label=_("time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """Add an error to the time where it has no date."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("due_time") is not None and "due" in values and values["due"] is None:
            self.add_error("due", _("A time needs a date."))
        return values


class RoleCheckMixin:
    """A form with a person and a role: nobody is given a role that they may not have."""

    def get_article(self: Any) -> Article | None:
        """Return the article; None where the form is about several, of which each act says why."""
        # instance is that of the model form that this is mixed into.
        article: Article = self.instance.article
        return article

    def clean(self: Any) -> dict[str, Any]:
        """Add an error to the person, except where they have the role already."""
        # clean is that of the form that this is mixed into.
        values: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]
        if not self.has_changed():
            return values
        if "person" not in values or "role" not in values:
            return values
        article = self.get_article()
        if article is not None:
            reason = actions.why_not_role(values["person"], values["role"], article)
            if reason:
                self.add_error("person", reason)
        return values


class PersonField(forms.ModelChoiceField[User]):
    """A choice of a person, by the names that pages show."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name of the person."""
        return name_of(obj)

    def offer(self, people: QuerySet[User], groups: dict[str, QuerySet[User]]) -> None:
        """Offer the people by name in groups, each under the first heading that is theirs."""
        self.queryset = people
        names = [(person.pk, name_of(person)) for person in people]
        left = dict(sorted(names, key=_in_small_letters))
        choices: list[Any] = [("", self.empty_label)]
        for heading, members in groups.items():
            keys = left.keys() & set(members.values_list("pk", flat=True))
            group = [key for key in left if key in keys]
            choices.append((heading, [(key, left.pop(key)) for key in group]))
        choices.append((gettext("Without a role here"), list(left.items())))
        self.choices = [choice for choice in choices if choice[1]]


def _in_small_letters(choice: tuple[int, str]) -> str:
    return choice[1].casefold()


class BlindReviewForm(DueForm):
    """The two people who review an article blind, and until when."""

    first = PersonField(None, label=_("First reviewer"), empty_label="–")
    second = PersonField(None, label=_("Second reviewer"), empty_label="–")
    field_order = ["first", "second", "due", "due_time"]

    def __init__(self, *args: Any, article: Article, **options: Any) -> None:
        super().__init__(*args, **options)
        people = assignable_users(article.team_id)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, PersonField)  # noqa: S101 - it is declared above
            field.offer(people, {gettext("Reviewers"): people_who_may(REVIEW, article.team_id)})

    def clean(self) -> dict[str, Any]:
        """Add an error to the second person where they are the first, too."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "second" in values and values["second"] == values.get("first"):
            self.add_error("second", _("Choose two different people."))
        return values


class AssignForm(RoleCheckMixin, DueForm):
    """To whom one article or several are assigned, as what, and until when."""

    person = PersonField(None, label=_("person"), empty_label="–")
    role = forms.ChoiceField(
        label=_("role"), choices=[("", _("their own")), *Assignment.Role.choices], required=False
    )
    field_order = ["person", "role", "due", "due_time"]

    def __init__(
        self, *args: Any, article: Article | None = None, teams: Iterable[int] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.article = article
        person = self.fields["person"]
        assert isinstance(person, PersonField)  # noqa: S101 - it is declared above
        all_teams = [article.team_id] if article else list(teams)
        people = assignable_users(*all_teams)
        if len(all_teams) != 1:
            person.queryset = people
            return
        groups = {
            gettext("Approvers"): people_who_may(APPROVE, all_teams[0]),
            gettext("Reviewers"): people_who_may(REVIEW, all_teams[0]),
        }
        person.offer(people, groups)

    def get_article(self) -> Article | None:
        """Return the article that the form is about, None where it is about several."""
        return self.article
