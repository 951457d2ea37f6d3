"""The forms with which an article is assigned, to one person or to two blind reviewers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.assignments import actions
from articles.assignments.queries import assignable_users
from articles.models import Article, Assignment


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


class BlindReviewForm(DueForm):
    """The two people who review an article blind, and until when."""

    first: Any = forms.ModelChoiceField(None, label=_("First reviewer"), empty_label="–")
    second: Any = forms.ModelChoiceField(None, label=_("Second reviewer"), empty_label="–")
    field_order = ["first", "second", "due", "due_time"]

    def __init__(self, *args: Any, article: Article, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("first", "second"):
            people = assignable_users(article.team_id)
            # The stubs know no more than that it is a field.
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add an error to the second person where they are the first, too."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "second" in values and values["second"] == values.get("first"):
            self.add_error("second", _("Choose two different people."))
        return values


class AssignForm(RoleCheckMixin, DueForm):
    """To whom an article is assigned, as what, and until when."""

    person: Any = forms.ModelChoiceField(None, label=_("person"), empty_label="–")
    role = forms.ChoiceField(label=_("role"), choices=Assignment.Role.choices)
    field_order = ["person", "role", "due", "due_time"]

    def __init__(
        self, *args: Any, article: Article | None = None, teams: Iterable[int] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.article = article
        people = assignable_users(*([article.team_id] if article else teams))
        # The stubs know no more than that it is a field.
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def get_article(self) -> Article | None:
        """Return the article that the form is about, None where it is about several."""
        return self.article
