"""The forms of the glossary: a term, and a file of terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.glossary.actions import TermChanges, find_same, read_file, why_not_twice
from articles.models import Article, Term
from articles.models.messages import language_name
from articles.segmentation.languages import LANGUAGES

DEFAULT_LANGUAGES = ("en", "fr")


def language_choices(*also: str) -> list[tuple[str, str]]:
    """Return the languages of articles, and these others, by name."""
    codes = {*LANGUAGES, *filter(None, also)}
    return sorted([(code, language_name(code)) for code in codes], key=lambda choice: choice[1])


class TermForm(forms.ModelForm[Term]):
    """A term: of the site, or of the article whose row it is (``instance``)."""

    source_language = forms.ChoiceField(label=gettext_lazy("Source language"), required=False)
    target_language = forms.ChoiceField(label=gettext_lazy("Target language"), required=False)

    class Meta:
        model = Term
        fields = ["source", "target", "note", "source_language", "target_language"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the languages of articles, and those that the term has."""
        super().__init__(*args, **options)
        term = self.instance
        # A page may have the forms of several terms.
        self.auto_id = f"term-{term.pk or 'new'}-%s"
        if term.pk:
            self.fields["source"].widget.attrs["autofocus"] = True
        languages = language_choices(term.source_language, term.target_language)
        choices = [("", _("any language")), *languages]
        for name in ("source_language", "target_language"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - they are declared above
            field.choices = choices

    def clean_target(self) -> str:
        """Return the translations once each, with "|" between them."""
        translations = [" ".join(each.split()) for each in self.cleaned_data["target"].split("|")]
        return "|".join(dict.fromkeys(filter(None, translations)))

    def clean(self) -> dict[str, Any]:
        """Return the fields. The glossary must not have the term already."""
        cleaned: dict[str, Any] = super().clean() or {}
        words = " ".join(str(cleaned.get("source", "")).split())
        wanted = Term(
            pk=self.instance.pk,
            article=self.instance.article,
            source=words,
            source_language=cleaned.get("source_language", ""),
            target_language=cleaned.get("target_language", ""),
        )
        same = find_same(wanted)
        if words and same is not None:
            self.add_error("source", why_not_twice(same))
        return cleaned


def article_languages(article: Article | None) -> tuple[str, str]:
    """Return the languages that a new term is for, unless somebody chooses others."""
    if article is None:
        return DEFAULT_LANGUAGES
    return article.source.language, article.target.language


class TermsUpload(forms.Form):
    """A file of terms, and the languages that they are for."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV (term, translation, note) or TBX. A term without a translation is kept as it is."
        ),
    )
    source_language = forms.ChoiceField(
        label=gettext_lazy("Source language"), choices=language_choices, initial="en"
    )
    target_language = forms.ChoiceField(
        label=gettext_lazy("Target language"), choices=language_choices, initial="fr"
    )

    def __init__(self, *args: Any, languages: tuple[str, str] = ("", ""), **options: Any) -> None:
        """Offer the languages of articles, and these two, which are chosen at first."""
        super().__init__(*args, **options)
        for name, language in zip(("source_language", "target_language"), languages, strict=True):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - they are declared above
            field.choices = language_choices(*languages)
            field.initial = language or field.initial

    def read(self, article: Article | None) -> TermChanges:
        """Return what the file of the valid form would change. Raises BadFile."""
        values = self.cleaned_data
        upload = values["upload"]
        languages = (values["source_language"], values["target_language"])
        return read_file(upload.file, name=upload.name, languages=languages, article=article)
