"""The forms of an import: files or two pasted texts, the preview with what may be chosen otherwise,
and the title of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles.detection.names import read_name
from articles.importing.tasks import (
    PastedText,
    examine_again,
    source_first,
    waiting_for_partner,
)
from articles.importing.uploads import room_left
from articles.models import Import, ImportFile, Team
from articles.review.forms import parse_number
from articles.segmentation.languages import LANGUAGES

_LONGEST_TEXT = 1_000_000
ALONE = "alone"
"""The choice that a text has no partner here."""


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
        # [None]: without a file the field itself says whether that is a fault.
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
    original = _text_field(gettext_lazy("Source"))
    original_language = _language_field(gettext_lazy("Language of the source"))
    translation = _text_field(gettext_lazy("Translation"))
    translation_language = _language_field(gettext_lazy("Language of the translation"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("If empty: the headline of the source."),
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
            # A disabled field takes its initial value, whatever is sent: no other team's number
            # gets in.
            field.disabled = True
            field.initial = teams[0]

    def clean(self) -> dict[str, Any]:
        """Return the fields. There must be a file, or both texts."""
        cleaned: dict[str, Any] = super().clean() or {}
        texts = [cleaned.get(name, "").strip() for name in ("original", "translation")]
        if any(texts) and not all(texts):
            missing = "translation" if texts[0] else "original"
            self.add_error(missing, _("Paste the other text as well."))
        # A field that has an error has lost its value: it is not missing besides.
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


# ── the preview ──────────────────────────────────────────────────────────────


@dataclass
class PreviewLine:
    """One file of the preview: what becomes of it, and its choices, where it holds a text.

    ``partners`` are the files that it may be the translation of, each with whether it is chosen.
    ``suggestion`` is the likeliest partner of a text that has none; ``is_doubtful`` says that only
    its name makes it one. ``titled`` is the translation whose new article gets its title in this
    line, that of the original; None where no title is asked for.
    """

    result: dict[str, Any]
    row: ImportFile | None = None
    partners: list[tuple[ImportFile, bool]] = field(default_factory=list)
    is_alone: bool = False
    titled: ImportFile | None = None
    is_source: bool = False
    suggestion: ImportFile | None = None
    is_doubtful: bool = False

    @property
    def title(self) -> str:
        """The title that was chosen for the article, or that is proposed."""
        return (self.titled.chosen_title or self.titled.title) if self.titled else ""


def preview_lines(job: Import) -> list[PreviewLine]:
    """Return the files of an examined import, those of one article beside each other."""
    # The lines of an import know its files by their names, which ``begin_import`` makes unique.
    rows = {row.name: row for row in job.files.order_by("pk")}
    waiting = list(waiting_for_partner(job.team).exclude(job=job))
    sources = {row.translates_id for row in rows.values()}
    lines: list[PreviewLine] = []
    titled: list[ImportFile] = []
    for result in job.file_results:
        row = rows.get(result["name"])
        line = PreviewLine(result)
        if row is not None and row.language and row.format:
            line.row = row
            line.is_source = row.pk in sources
            _add_partners(line, row, [*rows.values(), *waiting])
            # An article that is here keeps its title.
            if row.translates_id and result["kind"] == Import.Kind.NEW:
                titled.append(row)
        lines.append(line)
    _ask_for_titles(lines, titled)
    return sorted(lines, key=_reading_order)


def _ask_for_titles(lines: list[PreviewLine], titled: list[ImportFile]) -> None:
    """Ask for the title of each translation's article in the line of its original.

    An original that waits in another import has no line here: the translation's asks for it then.
    """
    by_key = {line.row.pk: line for line in lines if line.row is not None}
    for row in titled:
        line = by_key.get(row.translates_id or row.pk) or by_key[row.pk]
        line.titled = row


def _reading_order(line: PreviewLine) -> tuple[bool, int, bool]:
    """Order files: refused ones first, then each source before what translates it."""
    row = line.row
    if row is None:
        return (not line.result["refused"], 0, False)
    return (True, row.translates_id or row.pk, row.translates_id is not None)


def _add_partners(line: PreviewLine, row: ImportFile, others: list[ImportFile]) -> None:
    """Set the files that this one may be the translation of, and the likeliest one."""
    if line.is_source:
        return
    line.is_alone = row.translates_id is None
    for other in others:
        if other.pk == row.pk or not other.language or not other.format:
            continue
        line.partners.append((other, other.pk == row.translates_id))
        if line.is_alone and other.pk == row.suggestion_id:
            line.suggestion = other
            line.is_doubtful = read_name(other.name).key == read_name(row.name).key


def choose(job: Import, sent: Mapping[str, Any]) -> bool:
    """Keep what a person chose in the preview; return whether the files are examined again.

    ``sent`` has for a file with the key N its language-N, partner-N (the key of its source, or
    ALONE), title-N, swap-N where source and translation change places, and pair-N (the key of
    another file) where that button was pressed.
    """
    rows = {row.pk: row for row in job.files.all()}
    others = {row.pk: row for row in waiting_for_partner(job.team)} | rows
    is_changed = False
    for row in rows.values():
        _choose_title(row, str(sent.get(f"title-{row.pk}", "")))
        if _choose_language(row, str(sent.get(f"language-{row.pk}", ""))):
            is_changed = True
    paired = _pressed_pair(rows, others, sent)
    # A button says what is to happen now: the choices of the other rows are from before it.
    if paired is not None:
        _pair(job, *paired)
        return examine_again(job)
    for row in rows.values():
        if _choose_partner(job, row, sent, others):
            is_changed = True
    return is_changed and examine_again(job)


def _choose_title(row: ImportFile, title: str) -> None:
    title = title.replace("\0", "").strip()[:200]
    # A proposed title that was sent back unchanged is no choice: a newer examination may propose
    # another.
    if title and title not in (row.chosen_title, row.title):
        row.chosen_title = title
        row.save(update_fields=["chosen_title"])


def _pressed_pair(
    rows: Mapping[int, ImportFile], others: Mapping[int, ImportFile], sent: Mapping[str, Any]
) -> tuple[ImportFile, ImportFile] | None:
    """Return the two files whose button was pressed, None for none."""
    for row in rows.values():
        other = others.get(parse_number(str(sent.get(f"pair-{row.pk}", "")), default=0))
        if other is not None and other.pk != row.pk:
            return row, other
    return None


def _choose_language(row: ImportFile, code: str) -> bool:
    """Keep the language; return whether it is another one."""
    if code not in LANGUAGES or code == row.language:
        return False
    row.chosen_language = code
    row.save(update_fields=["chosen_language"])
    return True


def _choose_partner(
    job: Import, row: ImportFile, sent: Mapping[str, Any], others: Mapping[int, ImportFile]
) -> bool:
    """Keep whose translation the file is; return whether it is another one's."""
    source = others.get(row.translates_id or 0)
    choice = str(sent.get(f"partner-{row.pk}", ""))
    if source is not None and f"swap-{row.pk}" in sent:
        _set_partner(source, row, job)
        _set_partner(row, None, job)
        return True
    if source is not None and choice == ALONE:
        _set_partner(row, None, job, alone=True)
        return True
    partner = others.get(parse_number(choice, default=0))
    if partner is None or partner in (source, row):
        return False
    _bring_in(job, partner)
    _set_partner(row, partner, job)
    return True


def _pair(job: Import, first: ImportFile, second: ImportFile) -> None:
    """Pair two files, whichever of them is the original."""
    source, target = source_first(first, second)
    _bring_in(job, source)
    _bring_in(job, target)
    _set_partner(target, source, job)


def _bring_in(job: Import, row: ImportFile) -> None:
    """Take a file that waits for its partner into this import."""
    if row.job_id != job.pk:
        # Its language was settled in its own import and shown there: it is not told anew here.
        row.chosen_language = row.language
    _set_partner(row, None, job)


def _set_partner(
    row: ImportFile, partner: ImportFile | None, job: Import, *, alone: bool = False
) -> None:
    row.partner = partner
    row.alone = alone
    row.job = job
    row.save()
