"""The preview of an import: each file with what becomes of it, and what may be chosen otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.detection.names import read_name
from articles.importing.tasks import examine_again, source_first, waiting_for_partner
from articles.models import Import, ImportFile
from articles.review.forms import parse_number
from articles.segmentation.languages import LANGUAGES

ALONE = "alone"
"""The choice that a text has no partner here."""


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
    if paired is not None:
        _pair(job, *paired)
        return examine_again(job)
    for row in rows.values():
        if _choose_partner(job, row, sent, others):
            is_changed = True
    return is_changed and examine_again(job)


def _choose_title(row: ImportFile, title: str) -> None:
    title = title.replace("\0", "").strip()[:200]
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
        row.chosen_language = row.language
    _set_partner(row, None, job)


def _set_partner(
    row: ImportFile, partner: ImportFile | None, job: Import, *, alone: bool = False
) -> None:
    row.partner = partner
    row.alone = alone
    row.job = job
    row.save()
