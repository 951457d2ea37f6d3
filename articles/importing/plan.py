"""The plan of an import: what examining its files found out, stored with them and carried out.

A plan says which documents translate each other, which file is which format and language, and
what is read from each text. It also keeps the digests of the deciding articles: those in the
database that decide what becomes of a file. When these are others by the time the plan is carried
out, the preview that a person agreed to is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db.models import Q

from articles.detection.files import (
    DetectedFile,
    ExtractedText,
    IncomingFile,
    companions_of,
)
from articles.formats import FORMATS
from articles.importing.results import FileResult
from articles.models import Article, ImportFile, Team
from articles.models.documents import digest
from articles.text.document import Document


@dataclass(frozen=True)
class PlannedDocument:
    """A document and the file that it is read from."""

    file: IncomingFile
    document: Document


@dataclass(frozen=True)
class PlannedPair:
    """Two documents that become an article, or a newer version of one.

    ``deciding_articles`` are the digests that ``deciding_articles_for_pair`` returned for it.
    ``title`` is the one that the article is to have, chosen or proposed.
    """

    source: PlannedDocument
    target: PlannedDocument
    deciding_articles: list[str]
    title: str = ""


@dataclass
class Choices:
    """What a person chose for the files of an import, before it is carried out.

    ``partners`` has for a target document its source; those ``alone`` are not paired by
    themselves. ``titles`` are by target document. ``source_language`` is that of all originals,
    "" where nobody said.
    """

    languages: dict[IncomingFile, str] = field(default_factory=dict)
    partners: dict[IncomingFile, IncomingFile] = field(default_factory=dict)
    alone: set[IncomingFile] = field(default_factory=set)
    titles: dict[IncomingFile, str] = field(default_factory=dict)
    source_language: str = ""


@dataclass(frozen=True)
class PlannedTable:
    """A file of aligned pairs: the languages and the digest of each article in the file.

    ``pairs`` is how many pairs it holds; ``deciding_articles`` are the digests that
    ``deciding_articles_for_table`` returned for it.
    """

    detected: DetectedFile
    languages: list[tuple[str, str]]
    digests: list[str]
    pairs: int
    deciding_articles: list[str]


@dataclass
class ImportPlan:
    """What carrying out will store, what is read of each text, and what becomes of each file.

    ``alone`` are documents whose partner is missing; ``suggestions`` has the likeliest one for
    each that has any. ``split`` has the two documents that are read of one file.
    """

    pairs: list[PlannedPair] = field(default_factory=list)
    tables: list[PlannedTable] = field(default_factory=list)
    detected: list[DetectedFile] = field(default_factory=list)
    texts: dict[IncomingFile, ExtractedText] = field(default_factory=dict)
    results: list[FileResult] = field(default_factory=list)
    alone: list[PlannedDocument] = field(default_factory=list)
    suggestions: dict[IncomingFile, IncomingFile] = field(default_factory=dict)
    split: dict[IncomingFile, tuple[PlannedDocument, PlannedDocument]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The pieces of work in all: pairs of documents, and pairs of texts."""
        return len(self.pairs) + sum(table.pairs for table in self.tables)


# ── the articles that decide ──────────────────────────────────────────────────


def deciding_articles_for_pair(source: Document, target: Document, team: Team) -> list[str]:
    """Return the digests of the team's articles that decide what becomes of a pair of documents.

    These are those with the same texts, and those whose newer version the pair could be.
    """
    # Not all articles: on a busy site every plan would be out of date (docs/decisions/0060).
    same = Q(digest=digest(source.text, target.text))
    earlier = Q(source__name=source.name, target__name=target.name)
    articles = Article.objects.filter(same | earlier, team=team).order_by("digest")
    return list(articles.values_list("digest", flat=True))


def deciding_articles_for_table(digests: Iterable[str], team: Team) -> list[str]:
    """Return those of the digests whose articles the team has already."""
    present = Article.objects.filter(digest__in=list(digests), team=team)
    return sorted(set(present.values_list("digest", flat=True)))


def is_outdated(plan: ImportPlan, team: Team) -> bool:
    """Return whether other articles decide the plan's results now than when it was made."""
    for pair in plan.pairs:
        now = deciding_articles_for_pair(pair.source.document, pair.target.document, team)
        if now != pair.deciding_articles:
            return True
    for table in plan.tables:
        if deciding_articles_for_table(table.digests, team) != table.deciding_articles:
            return True
    return False


# ── the plan in the database ─────────────────────────────────────────────────


def save_plan(
    plan: ImportPlan,
    rows: dict[IncomingFile, ImportFile],
    waiting: Mapping[IncomingFile, ImportFile] | None = None,
) -> None:
    """Store the plan with the uploaded files, in the place of an earlier one.

    A file that holds both languages is replaced by two, one for each. ``waiting`` are files of
    earlier imports, which may be suggested as partners.
    """
    for row in rows.values():
        _clear(row)
    _set_read(plan, rows)
    for pair in plan.pairs:
        _set_pair(pair, rows)
    for table in plan.tables:
        _set_table(table, rows[table.detected.file])
    for each in plan.alone:
        rows[each.file].language = each.document.language
    # All rows have their keys by now, so that they can name each other before they are saved.
    known = {**(waiting or {}), **rows}
    for file, likeliest in plan.suggestions.items():
        rows[file].suggestion = known[likeliest]
    for row in rows.values():
        row.save()


def _set_read(plan: ImportPlan, rows: dict[IncomingFile, ImportFile]) -> None:
    """Set format and text of each file; put two files in the place of one with both languages."""
    format_names = {id(known): name for name, known in FORMATS.items()}
    for detected in plan.detected:
        rows[detected.file].format = format_names[id(detected.format)]
    for file, extracted in plan.texts.items():
        rows[file].text = extracted.text
        rows[file].left_out = extracted.left_out
    for whole, parts in plan.split.items():
        _split_row(rows.pop(whole), parts, rows)


def _set_pair(pair: PlannedPair, rows: Mapping[IncomingFile, ImportFile]) -> None:
    source = rows[pair.source.file]
    target = rows[pair.target.file]
    source.language = pair.source.document.language
    target.language = pair.target.document.language
    target.translates = source
    target.title = pair.title[:200]
    target.basis = pair.deciding_articles


def _set_table(table: PlannedTable, row: ImportFile) -> None:
    row.languages = table.languages
    row.digests = table.digests
    row.pairs = table.pairs
    row.basis = table.deciding_articles


def _split_row(
    whole: ImportFile,
    parts: tuple[PlannedDocument, PlannedDocument],
    rows: dict[IncomingFile, ImportFile],
) -> None:
    """Put two files with one language each in the place of one with both."""
    new: list[ImportFile] = []
    for part in parts:
        document = part.document
        row = ImportFile(
            job=whole.job,
            by=whole.by,
            name=document.name,
            format="text",
            language=document.language,
            # Chosen, as the partner below is: examined again, the parts are neither told anew nor
            # separated.
            chosen_language=document.language,
            text=document.text,
        )
        row.data.save("part.txt", ContentFile(document.text.encode()), save=False)
        row.save()
        rows[part.file] = row
        new.append(row)
    # Stored with all other rows at the end of ``save_plan``.
    new[1].partner = new[0]
    whole.data.delete(save=False)
    whole.delete()


def _clear(row: ImportFile) -> None:
    # What a person chose (chosen_language, chosen_title, partner, alone) stays: it decides the next
    # plan.
    row.format = ""
    row.language = ""
    row.text = ""
    row.left_out = []
    row.translates = None
    row.title = ""
    row.suggestion = None
    row.languages = []
    row.digests = []
    row.pairs = 0
    row.basis = []


def load_plan(rows: Mapping[IncomingFile, ImportFile]) -> ImportPlan:
    """Return the plan that is stored with the files, without its results."""
    plan = ImportPlan()
    files = {row.pk: file for file, row in rows.items()}
    documents: dict[int, PlannedDocument] = {}
    for file, row in rows.items():
        if row.language and row.format:
            documents[row.pk] = PlannedDocument(file, _load_document(file, row))
    for file, row in rows.items():
        if row.translates_id is not None:
            source = documents[row.translates_id]
            title = row.chosen_title or row.title
            plan.pairs.append(PlannedPair(source, documents[row.pk], row.basis, title))
        elif row.pairs:
            detected = DetectedFile(
                file, FORMATS[row.format], companion_files=companions_of(file, files.values())
            )
            languages = [(source, target) for source, target in row.languages]
            plan.tables.append(PlannedTable(detected, languages, row.digests, row.pairs, row.basis))
    return plan


def load_documents(rows: Mapping[IncomingFile, ImportFile]) -> list[PlannedDocument]:
    """Return the documents of files whose language is known, as an earlier plan read them."""
    found = []
    for file, row in rows.items():
        if row.language and row.format:
            found.append(PlannedDocument(file, _load_document(file, row)))
    return found


def _load_document(file: IncomingFile, row: ImportFile) -> Document:
    page = b""
    # The file lies on the disk until its import is over, so that the plan need not hold it, too.
    if FORMATS[row.format].keeps_original:
        with file.open() as stream:
            page = FORMATS[row.format].original(stream.read(), row.text)
    return Document(name=row.name, language=row.language, text=row.text, page=page)
