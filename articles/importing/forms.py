"""The forms of an import: files or two pasted texts, and the title of an article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles.importing.tasks import PastedText
from articles.importing.uploads import room_left
from articles.models import Team
from articles.segmentation.languages import LANGUAGES

_LONGEST_TEXT = 1_000_000


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that articles may be in, by name in the reader's own."""
    names = [(code, str(get_language_info(code)["name_translated"])) for code in LANGUAGES]
    return sorted(names, key=lambda each: each[1])


def _choices_with_detection() -> list[tuple[str, str]]:
    return [("", _("Detect")), *language_choices()]


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
        files = [clean_one(upload, initial) for upload in data or [None]]
        return [each for each in files if each is not None]


def _text_field(label: Any) -> forms.CharField:
    """Return the field that a text is pasted into, as it is."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=_LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def _language_field(label: Any) -> forms.ChoiceField:
    """Return the choice of a pasted text's language, or of finding it out."""
    return forms.ChoiceField(label=label, required=False, choices=_choices_with_detection)


class ImportForm(forms.Form):
    """The files of one or several articles, or two pasted texts."""

    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Texts are paired with their translations by their content; tables and "
            "translation files already contain their pairs."
        ),
    )
    original = _text_field(gettext_lazy("Original"))
    original_language = _language_field(gettext_lazy("Language of the original"))
    translation = _text_field(gettext_lazy("Translation"))
    translation_language = _language_field(gettext_lazy("Language of the translation"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("If empty: the headline of the original."),
    )

    team = forms.ModelChoiceField(Team.objects.none(), label=gettext_lazy("Team"), empty_label=None)

    def __init__(self, *args: Any, teams: QuerySet[Team], **options: Any) -> None:
        """Ask for one of the teams, where there are several."""
        super().__init__(*args, **options)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared above
        field.queryset = teams
        self.has_several_teams = len(teams) > 1
        if not self.has_several_teams:
            field.disabled = True
            field.initial = teams[0]

    def clean(self) -> dict[str, Any]:
        """Return the fields. There must be a file, or both texts."""
        cleaned: dict[str, Any] = super().clean() or {}
        texts = [cleaned.get(name, "").strip() for name in ("original", "translation")]
        if any(texts) and not all(texts):
            missing = "translation" if texts[0] else "original"
            self.add_error(missing, _("Paste the other text as well."))
        elif not any(texts) and not cleaned.get("uploads") and not self.errors:
            raise forms.ValidationError(_("Choose files, or paste two texts."))
        self._refuse_without_room(cleaned.get("uploads") or [])
        return cleaned

    def _refuse_without_room(self, uploads: list[Any]) -> None:
        """Add an error where the files would fill the quota of uploads."""
        size = sum(upload.size for upload in uploads)
        if uploads and size > room_left():
            self.add_error(
                "uploads",
                _(
                    "There is no space for more files now. Finish or cancel open imports, or "
                    "ask an admin."
                ),
            )

    @property
    def pasted(self) -> tuple[PastedText, PastedText] | None:
        """The two texts that were pasted, None for none."""
        values = self.cleaned_data
        if not values["original"].strip():
            return None
        return (
            PastedText(values["original"], values["original_language"]),
            PastedText(values["translation"], values["translation_language"]),
        )


class TitleForm(forms.Form):
    """The title of an article."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
