"""Forms of the admin for assigning articles: who reviews, who approves, until when, and whether
blind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminRadioSelect, AdminTimeWidget
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.lists import InlineRows
from articles.assignments import actions
from articles.assignments.forms import AssignForm, RoleCheckMixin
from articles.assignments.queries import assignable_users
from articles.models import Article, Assignment

READING_MODES = {
    "together": _("one reviewer and an approver"),
    "apart": _("blind review: two reviewers, then a third person decides"),
}
"""How an article is read: what the admin chooses."""


class ArticleForm(forms.ModelForm):
    """An article, with how it is read, which can be changed until a reviewer has begun."""

    manner = forms.ChoiceField(
        label=_("Kind of review"),
        choices=READING_MODES.items(),
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
    )

    class Meta:
        model = Article
        fields = ["title"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stage = self.instance.stage
        field = self.fields["manner"]
        field.initial = _manner_of(self.instance)
        field.disabled = stage in (Article.Stage.COMPARING, Article.Stage.COMPARED)
        if stage == Article.Stage.REVIEW:
            field.help_text = _(
                "A blind review needs two reviewers below and an article that nobody has "
                "worked on yet."
            )
        else:
            field.help_text = self.instance.get_stage_display()


def _manner_of(article: Article) -> str:
    """Return how the article is read, as a key of READING_MODES."""
    if article.stage == Article.Stage.REVIEW:
        return "together"
    return "apart"


class AssignmentForm(RoleCheckMixin, forms.ModelForm):
    """One person's assignment to an article."""

    class Meta:
        model = Assignment
        fields = ["person", "role", "due", "due_time"]


class AssignmentFormSet(InlineRows):
    """The assignments to an article, which must fit how it is read."""

    def clean(self) -> None:
        """Raise ValidationError if the reviewers do not fit how the article is to be read."""
        super().clean()
        if any(self.errors):
            return
        article = self.instance
        manner = self.data.get("manner") or _manner_of(article)
        reason = actions.why_not_reviewers(
            article, self._reviewers(), together=manner == "together"
        )
        if reason:
            raise forms.ValidationError(reason)

    def _reviewers(self) -> list[User]:
        """Return the reviewers as the forms leave them."""
        reviewers = []
        for form in self.forms:
            values = form.cleaned_data
            if values.get("DELETE"):
                continue
            if values.get("role") == Assignment.Role.REVIEWER:
                reviewers.append(values["person"])
        return reviewers


class AssignmentInline(admin.TabularInline):
    """The assignments to an article: who does what, until when."""

    model = Assignment
    form = AssignmentForm
    formset = AssignmentFormSet
    readonly_fields = ["finished_at"]
    extra = 2

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Offer the users who may review in the article's team."""
        if db_field.name == "person":
            options["queryset"] = assignable_users(*self._team_of(request))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def _team_of(self, request: HttpRequest) -> list[int]:
        """Return the team of the article that the page is about."""
        number = (
            request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
        )
        articles = (
            Article.objects.named(number) if str(number).isdigit() else Article.objects.none()
        )
        return list(articles.values_list("team", flat=True))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Remove the links to add and change a user, which is done elsewhere."""
        field: Any = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "person":
            field.widget = field.widget.widget
        return field


class AdminAssignForm(AssignForm):
    """To whom the chosen articles are assigned, with the pickers of the admin."""

    due = forms.DateField(label=_("due"), required=False, widget=AdminDateWidget)
    due_time = forms.TimeField(label=_("time"), required=False, widget=AdminTimeWidget)
