"""Floor 5: what a house chooses for the checks: their switches. The next run of the checks makes use of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks import CHECKS
from articles.models import CheckSwitch


def check_choices() -> list[tuple[str, str]]:
    """Every check by its title, in the reader's language."""
    return sorted(((each.id, _(each.title)) for each in CHECKS.values()), key=lambda choice: choice[1])


class TellsToCheckAgain(admin.ModelAdmin):
    """A page whose changes show in the findings when the checks run the next time, and which says so."""

    show_full_result_count = False
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and say it."""
        super().save_model(request, obj, form, change)
        self.tell(request)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, and say it."""
        super().delete_model(request, obj)
        self.tell(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, and say it."""
        super().delete_queryset(request, queryset)
        self.tell(request)

    def tell(self, request: HttpRequest) -> None:
        """Say once what is to be done now."""
        if not hasattr(request, "told_to_check_again"):
            request.told_to_check_again = True  # type: ignore[attr-defined]
            text = _("It shows when the checks run again (an action on articles, or manage.py recheck).")
            self.message_user(request, text, messages.INFO)


class SwitchForm(forms.ModelForm):
    """A switch; the check is chosen by its title."""

    check_id = forms.ChoiceField(label=gettext_lazy("check"), choices=check_choices)

    class Meta:
        model = CheckSwitch
        fields = ["check_id", "article", "enabled"]


@admin.register(CheckSwitch)
class CheckSwitchAdmin(TellsToCheckAgain):
    """Checks switched off, or on again, for the site or for one article."""

    form = SwitchForm
    list_display = ["title", "check_id", "where", "enabled"]
    list_editable = ["enabled"]
    list_filter = ["enabled", "check_id", ("article", admin.EmptyFieldListFilter)]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    search_fields = ["check_id", "article__title"]

    @admin.display(description=gettext_lazy("check"))
    def title(self, switch: CheckSwitch) -> str:
        """The check's title; its id alone when there is no such check any more."""
        known = CHECKS.get(switch.check_id)
        return _(known.title) if known else switch.check_id

    @admin.display(description=gettext_lazy("where"), ordering="article")
    def where(self, switch: CheckSwitch) -> str:
        """The article, or the whole site."""
        return str(switch.article) if switch.article else _("the whole site")
