"""The form with which a reviewed Word file comes back."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy


class ReturnForm(forms.Form):
    """A Word file that comes back reviewed."""

    reviewed = forms.FileField(
        label=gettext_lazy("The reviewed Word file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "A .docx that was taken away here: "
            "with tracked changes, accepted and rejected ones, or plain edits."
        ),
    )

    @property
    def helper(self) -> FormHelper:
        """The field alone; the page holds the form."""
        helper = FormHelper(self)
        helper.form_tag = False
        return helper
