"""The plan of an import: what examining its files found out, stored with them and carried out.

A plan says which documents translate each other, which file is which format and language, and
what is read from each text. It also keeps the digests of the deciding articles: those in the
database that decide what becomes of a file. When these are others by the time the plan is carried
out, the preview that a person agreed to is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from articles.formats import FORMATS
from articles.importing.detection import (
    DetectedFile,
    ExtractedText,
    IncomingFile,
    companions_of,
)
from articles.importing.results import FileResult
from articles.models import Article, ImportFile
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
    """

    source: PlannedDocument
    target: PlannedDocument
    deciding_articles: list[str]


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
    """What carrying out will store, what is read of each text, and what becomes of each file."""

    pairs: list[PlannedPair] = field(default_factory=list)
    tables: list[PlannedTable] = field(default_factory=list)
    detected: list[DetectedFile] = field(default_factory=list)
    texts: dict[IncomingFile, ExtractedText] = field(default_factory=dict)
    results: list[FileResult] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The pieces of work in all: pairs of documents, and pairs of texts."""
        return len(self.pairs) + sum(table.pairs for table in self.tables)


# ── the articles that decide ──────────────────────────────────────────────────


def deciding_articles_for_pair(source: Document, target: Document) -> list[str]:
    """Return the digests of the articles that decide what becomes of a pair of documents.

    These are the very same article, and those whose newer version the pair could be.
    """
    same = Q(digest=digest(source.text, target.text))
    earlier = Q(source__name=source.name, target__name=target.name)
    articles = Article.objects.filter(same | earlier).order_by("digest")
    return list(articles.values_list("digest", flat=True))


def deciding_articles_for_table(digests: Iterable[str]) -> list[str]:
    """Return those of the digests whose articles are here already."""
    return sorted(Article.objects.in_bulk(list(digests), field_name="digest"))


def is_outdated(plan: ImportPlan) -> bool:
    """Return whether other articles decide the plan's results now than when it was made."""
    for pair in plan.pairs:
        now = deciding_articles_for_pair(pair.source.document, pair.target.document)
        if now != pair.deciding_articles:
            return True
    for table in plan.tables:
        if deciding_articles_for_table(table.digests) != table.deciding_articles:
            return True
    return False


# ── the plan in the database ─────────────────────────────────────────────────


def save_plan(plan: ImportPlan, rows: Mapping[IncomingFile, ImportFile]) -> None:
    """Store the plan with the uploaded files, in the place of an earlier one."""
    for row in rows.values():
        _clear(row)
    format_names = {id(known): name for name, known in FORMATS.items()}
    for detected in plan.detected:
        rows[detected.file].format = format_names[id(detected.format)]
    for file, extracted in plan.texts.items():
        rows[file].text = extracted.text
        rows[file].left_out = extracted.left_out
    for pair in plan.pairs:
        source = rows[pair.source.file]
        target = rows[pair.target.file]
        source.language = pair.source.document.language
        target.language = pair.target.document.language
        target.translates = source
        target.basis = pair.deciding_articles
    for table in plan.tables:
        row = rows[table.detected.file]
        row.languages = table.languages
        row.digests = table.digests
        row.pairs = table.pairs
        row.basis = table.deciding_articles
    for row in rows.values():
        row.save()


def _clear(row: ImportFile) -> None:
    row.format = ""
    row.language = ""
    row.text = ""
    row.left_out = []
    row.translates = None
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
        if row.language:
            documents[row.pk] = PlannedDocument(file, _load_document(file, row))
    for file, row in rows.items():
        if row.translates_id is not None:
            source = documents[row.translates_id]
            plan.pairs.append(PlannedPair(source, documents[row.pk], row.basis))
        elif row.pairs:
            detected = DetectedFile(
                file, FORMATS[row.format], companion_files=companions_of(file, files.values())
            )
            languages = [(source, target) for source, target in row.languages]
            plan.tables.append(PlannedTable(detected, languages, row.digests, row.pairs, row.basis))
    return plan


def _load_document(file: IncomingFile, row: ImportFile) -> Document:
    page = b""
    if FORMATS[row.format].keeps_page:
        with file.open() as stream:
            page = stream.read()
    return Document(name=row.name, language=row.language, text=row.text, page=page)
