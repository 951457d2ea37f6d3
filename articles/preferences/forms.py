"""The form of a person's preferences."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.models import Preferences

LANGUAGES = [(code, name[0].upper() + name[1:]) for code, name in settings.LANGUAGES]
"""Code and name of each language of the pages, each in itself."""


class PreferencesForm(forms.ModelForm[Preferences]):
    """All choices of a person; each is a row of buttons in the account menu, too."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Same as the browser")), *LANGUAGES],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Preferences
        fields = ["language", "text_size", "density", "scheme", "counterparts"]
        widgets = dict.fromkeys(fields[1:], forms.RadioSelect)
