"""The form with which an exported file comes back edited."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy


class ReturnForm(forms.Form):
    """An exported file that comes back edited."""

    reviewed = forms.FileField(
        label=gettext_lazy("The edited file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.csv,.tsv,.xlsx,.xlf,.xliff,.tmx"}),
        help_text=gettext_lazy(
            "A Word file, table, XLIFF or TMX file exported from here. In Word, changes may "
            "be tracked, accepted or rejected; in a table, fill in the column “corrected”."
        ),
    )

    @property
    def helper(self) -> FormHelper:
        """The field alone; the page holds the form."""
        helper = FormHelper(self)
        helper.form_tag = False
        return helper
