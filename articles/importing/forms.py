"""The form with which files are chosen for an import."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that accepts several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploaded files, as a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return each file cleaned on its own.

        Empty files pass: the import says of each file what is wrong with it.
        """
        clean_one = super().clean
        return [clean_one(upload, initial) for upload in data or [None]]


class ImportForm(forms.Form):
    """The files of one or several articles."""

    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Texts in two languages find each other by what they say; "
            "tables and translation files bring their pairs along."
        ),
    )

    @property
    def helper(self) -> FormHelper:
        """The fields alone; the page holds the form."""
        helper = FormHelper(self)
        helper.form_tag = False
        return helper
