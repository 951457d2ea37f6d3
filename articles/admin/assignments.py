"""Floor 5: giving articles out in the admin: who reviews and who approves, until when, and whether two read apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminRadioSelect
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from articles.assignments import actions
from articles.models import Article, Assignment
from articles.models.roles import REVIEW

READING_MODES = {
    "together": _("one reviewer and an approver"),
    "apart": _("two reviewers who do not see each other, then a third compares"),
}
"""How an article is read: what the admin chooses."""


def assignable_users() -> QuerySet[Any]:
    """The people to choose from: whoever may review, and whoever has a part already."""
    people = get_user_model()._default_manager
    may = people.with_perm(REVIEW)
    given = Assignment.objects.order_by().values("person")
    return people.filter(Q(pk__in=may.values("pk")) | Q(pk__in=given)).order_by("username")


class ArticleForm(forms.ModelForm):
    """An article, with how it is read. That can be changed until somebody has begun."""

    manner = forms.ChoiceField(
        label=_("how it is read"),
        choices=READING_MODES.items(),
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
    )

    class Meta:
        model = Article
        fields = ["title"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stage, field = self.instance.stage, self.fields["manner"]
        field.initial = "together" if stage == Article.Stage.REVIEW else "apart"
        field.disabled = stage in (Article.Stage.COMPARING, Article.Stage.COMPARED)
        if stage == Article.Stage.REVIEW:
            field.help_text = _(
                "To read apart takes two reviewers below, and an article that nobody has touched."
            )
        else:
            field.help_text = self.instance.get_stage_display()


class RoleCheckMixin:
    """A form with a person and a part: nobody gets a part that they may not have."""

    def clean(self: Any) -> dict[str, Any]:
        """Say why not, beside the person; who has the part already is left alone."""
        values: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]  # clean is that of the form it is mixed into
        asked = self.has_changed() and "person" in values and "role" in values
        if asked and (reason := actions.why_not_role(values["person"], values["role"])):
            self.add_error("person", reason)
        return values


class AssignmentForm(RoleCheckMixin, forms.ModelForm):
    """One person's part in an article."""

    class Meta:
        model = Assignment
        fields = ["person", "role", "due"]


class AssignmentFormSet(BaseInlineFormSet):
    """Everybody's part in an article, which must fit how it is read."""

    def clean(self) -> None:
        """The reviewers suit the chosen manner, or it is said why not."""
        super().clean()
        if any(self.errors):
            return
        values = [form.cleaned_data for form in self.forms if not form.cleaned_data.get("DELETE")]
        people = [each["person"] for each in values if each.get("role") == Assignment.Role.REVIEWER]
        manner = self.data.get("manner") or (
            "together" if self.instance.stage == Article.Stage.REVIEW else "apart"
        )
        if reason := actions.why_not_reviewers(
            self.instance, people, together=manner == "together"
        ):
            raise forms.ValidationError(reason)


class AssignmentInline(admin.TabularInline):
    """Who does it, until when."""

    model = Assignment
    form, formset = AssignmentForm, AssignmentFormSet
    readonly_fields = ["finished_at"]
    extra = 2

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        """People are chosen from those who may review."""
        return super().formfield_for_foreignkey(
            db_field, request, **({"queryset": assignable_users()} | options)
        )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """People are made and changed elsewhere: no pencils beside their names."""
        field: Any = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "person":
            field.widget = field.widget.widget
        return field


class AssignForm(RoleCheckMixin, forms.Form):
    """To whom the chosen articles are given."""

    person: Any = forms.ModelChoiceField(None, label=_("person"))
    role = forms.ChoiceField(label=_("part"), choices=Assignment.Role.choices)
    due = forms.DateField(label=_("until"), required=False, widget=AdminDateWidget)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = assignable_users()  # type: ignore[attr-defined]  # a choice of rows has one
