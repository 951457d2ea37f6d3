"""Import files: examine them first and carry the plan out later, or do both in one pass.

The way of a file: detection.py tells its format, its text and its partner, or its pairs. A pair of
documents is aligned and stored by documents.py, a file of aligned pairs by bilingual.py, with the
flags, corrections and findings that it holds by deserialize.py. ``examine`` goes this way without
storing anything, and returns a plan (plan.py); ``carry_out`` stores what a plan holds.
``import_files`` goes the whole way at once, without a preview.

A file that cannot be imported is refused with a sentence; the others are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.formats import BadFile
from articles.formats.interchange import Remark, Warnings
from articles.importing.bilingual import (
    ImportCancelled,
    ImportCounts,
    remove_new_article,
    store_bilingual,
)
from articles.importing.detection import (
    DetectedFile,
    ExtractedText,
    IncomingFile,
    detect,
    extract_text,
    find_partners,
    read_articles,
    read_document,
    read_remarks,
)
from articles.importing.documents import preview_article, store_article
from articles.importing.plan import (
    ImportPlan,
    PlannedDocument,
    PlannedPair,
    PlannedTable,
    deciding_articles_for_pair,
    deciding_articles_for_table,
)
from articles.importing.remarks import Side, store_remarks
from articles.importing.results import (
    FileResult,
    add_warnings,
    describe_pair,
    describe_table_article,
    preview_companion,
    preview_pair,
    preview_table,
    refuse,
    sort_by_name,
    with_lines_left_out,
    with_notes,
)
from articles.importing.returned import ReturnedArticles, refuse_unpaired

ImportProgress = Callable[[int, int | None], None]
"""Called with (pieces done, all pieces, None while nobody knows); a piece is a pair of documents
or a pair of texts. May raise ImportCancelled."""

_NO_PAIRS = gettext_noop("there are no pairs in this file")


class CancelledWithResults(ImportCancelled):
    """An import that was cancelled: ``kept`` are the results of the articles that stay."""

    def __init__(self, kept: list[FileResult]) -> None:
        super().__init__()
        self.kept = kept


def examine(files: Iterable[IncomingFile]) -> ImportPlan:
    """Return what importing the files would do; store nothing.

    Each file is read to its end, so that what the plan promises can be kept.
    """
    plan = ImportPlan()

    def count_pairs(detected: DetectedFile) -> None:
        table, result = _examine_table(detected)
        plan.tables.append(table)
        plan.results.append(result)

    read = _read_files(files, count_pairs)
    plan.detected = read.detected
    plan.texts = read.texts
    tables = {result.name: result for result in plan.results}
    for name, table_name in read.companions.items():
        plan.results.append(preview_companion(name, tables[table_name]))
    plan.results.extend(read.refused)
    for source, target in _pair_up(read, plan.results):
        preview = preview_article(source.document, target.document)
        deciding = deciding_articles_for_pair(source.document, target.document)
        plan.pairs.append(PlannedPair(source, target, deciding))
        plan.results.extend(preview_pair(source.document, target.document, preview))
    plan.results = sort_by_name(_say_lines_left_out(plan.results, plan.texts))
    return plan


def carry_out(
    plan: ImportPlan, *, by: User | None = None, progress: ImportProgress | None = None
) -> list[FileResult]:
    """Store what the plan holds; return what became of each file, in order of their names.

    Raises CancelledWithResults when it is cancelled: new articles are removed again, unless
    somebody has begun to work on one.
    """
    storing = _Storing(by, progress, total=plan.size)
    try:
        for pair in plan.pairs:
            storing.store_pair(pair.source, pair.target)
        for table in plan.tables:
            try:
                storing.store_table(table.detected, table.languages)
            except BadFile as problem:
                storing.results.append(refuse(table.detected.file.name, problem))
    except ImportCancelled as problem:
        raise CancelledWithResults(storing.remove_new()) from problem
    return sort_by_name(storing.results)


def import_files(
    files: Iterable[IncomingFile], *, by: User | None = None, progress: ImportProgress | None = None
) -> list[FileResult]:
    """Examine the files and store what they hold in one pass; return a result for each file.

    Each file is read once. Raises CancelledWithResults as ``carry_out`` does.
    """
    storing = _Storing(by, progress)
    try:
        read = _read_files(files, storing.store_table)
        storing.results.extend(read.refused)
        pairs = _pair_up(read, storing.results)
        if not storing.done:  # without files of pairs, all that there is to do is known now
            storing.total = len(pairs)
        for source, target in pairs:
            storing.store_pair(source, target)
    except ImportCancelled as problem:
        raise CancelledWithResults(storing.remove_new()) from problem
    with_remarks = by is not None
    told = _say_lines_left_out(storing.results, read.texts, with_remarks=with_remarks)
    return sort_by_name(told)


# ── reading ──────────────────────────────────────────────────────────────────


@dataclass
class _ReadFiles:
    """The files of an import, read: documents, and results of the files that are refused.

    ``companions`` has for each file that a table needed the name of that table.
    """

    detected: list[DetectedFile] = field(default_factory=list)
    documents: list[PlannedDocument] = field(default_factory=list)
    texts: dict[IncomingFile, ExtractedText] = field(default_factory=dict)
    companions: dict[str, str] = field(default_factory=dict)
    refused: list[FileResult] = field(default_factory=list)


def _read_files(
    files: Iterable[IncomingFile], handle_table: Callable[[DetectedFile], None]
) -> _ReadFiles:
    """Read each file once: keep the documents, and hand each file of pairs to ``handle_table``."""
    chosen = list(files)
    read = _ReadFiles()
    for file in chosen:
        try:
            read.detected.append(detect(file, chosen))
        except BadFile as problem:
            read.refused.append(refuse(file.name, problem))
    used_by: dict[str, str] = {}
    # Files with companions come first: what they use is no document of its own.
    for detected in sorted(read.detected, key=lambda each: not each.format.uses_companion_files):
        name = detected.file.name
        if name in used_by:
            read.companions[name] = used_by[name]
            continue
        try:
            if not _read_text(detected, read):
                handle_table(detected)
                used_by.update(dict.fromkeys(detected.companion_files.used, name))
        except BadFile as problem:
            read.refused.append(refuse(name, problem))
    return read


def _read_text(detected: DetectedFile, read: _ReadFiles) -> bool:
    """Read the file's document; return False where its format holds no text but pairs."""
    extracted = extract_text(detected)
    if extracted is None:
        return False
    read.texts[detected.file] = extracted
    page = extracted.data if detected.format.keeps_page else b""
    document = read_document(detected.file.name, extracted.text, page)
    read.documents.append(PlannedDocument(detected.file, document))
    return True


def _say_lines_left_out(
    results: Iterable[FileResult],
    texts: dict[IncomingFile, ExtractedText],
    *,
    with_remarks: bool = True,
) -> list[FileResult]:
    """Return the results; those of texts say what of the file is not read, and how it was read."""
    left_out = {file.name: len(text.left_out) for file, text in texts.items()}
    notes = {file.name: text.notes for file, text in texts.items()}
    told = []
    for result in results:
        if result.name in left_out:
            result = with_lines_left_out(result, left_out[result.name])
            result = with_notes(result, notes[result.name], with_remarks=with_remarks)
        told.append(result)
    return told


def _pair_up(
    read: _ReadFiles, results: list[FileResult]
) -> list[tuple[PlannedDocument, PlannedDocument]]:
    """Return the documents that translate each other; refuse those left alone."""
    planned = {id(each.document): each for each in read.documents}
    pairs, unpaired = find_partners([each.document for each in read.documents])
    results.extend(refuse_unpaired(document) for document in unpaired)
    return [(planned[id(source)], planned[id(target)]) for source, target in pairs]


def _examine_table(detected: DetectedFile) -> tuple[PlannedTable, FileResult]:
    """Return the plan of a file of pairs, and the result that importing it would have."""
    counts = ImportCounts()
    returned = ReturnedArticles()
    warnings: Warnings | None = None
    with detected.file.open() as stream:
        for incoming in read_articles(detected, stream):
            article, origin = returned.take(incoming, detected.format)
            counts.add(article)
            if origin is not None:
                counts.digests[-1] = origin.digest
            warnings = article.warnings
    if not counts.pairs:
        raise BadFile(_NO_PAIRS)
    deciding = deciding_articles_for_table(counts.digests)
    counts.count_present(deciding)
    table = PlannedTable(detected, counts.languages, counts.digests, counts.pairs, deciding)
    result = preview_table(detected, counts, warnings)
    return table, returned.preview(result, warnings)


# ── storing ──────────────────────────────────────────────────────────────────


@dataclass
class _Storing:
    """One import while it stores: who brought it, how far it is, and its results so far."""

    by: User | None
    progress: ImportProgress | None
    total: int | None = None
    done: int = 0
    results: list[FileResult] = field(default_factory=list)

    def store_pair(self, source_file: PlannedDocument, target_file: PlannedDocument) -> None:
        """Store a pair of documents with the remarks on them, or refuse both."""
        source = source_file.document
        target = target_file.document
        try:
            remarks: dict[Side, Sequence[Remark]] = {
                "source": read_remarks(source_file.file),
                "target": read_remarks(target_file.file),
            }
            stored = store_article(source, target, by=self.by)
            if stored.kind == "new":
                left_out = store_remarks(stored.article, remarks, by=self.by, file=target.name)
                stored = replace(stored, remarks_left_out=left_out)
        except BadFile as problem:
            self.results.append(refuse(source.name, problem))
            self.results.append(refuse(target.name, problem))
        else:
            self.results.extend(describe_pair(source, target, stored))
        self.done += 1
        self._report(0)

    def store_table(
        self, detected: DetectedFile, languages: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Store each article of a file of pairs. Raises BadFile; then nothing of it stays."""
        first = len(self.results)
        returned = ReturnedArticles()
        pairs = 0
        warnings: Warnings | None = None
        try:
            with detected.file.open() as stream:
                for incoming in read_articles(detected, stream, list(languages)):
                    article, origin = returned.take(incoming, detected.format)
                    warnings = article.warnings
                    if origin is None:
                        stored = store_bilingual(
                            article, by=self.by, file=detected.file.name, progress=self._report
                        )
                        count = stored.article.segments.count()
                        self.results.append(describe_table_article(detected, stored, count))
                    else:
                        count = len(tuple(article.segments))
                    self.done += count
                    pairs += count
            if not pairs:
                raise BadFile(_NO_PAIRS)
            self.results.extend(returned.submit(detected.file.name, self.by))
        except BadFile:
            self.remove_new(first)
            del self.results[first:]
            self.done -= pairs
            raise
        # What was left out of the file is known at its end.
        self.results[-1] = add_warnings(self.results[-1], warnings)

    def remove_new(self, first: int = 0) -> list[FileResult]:
        """Remove the new articles of the results from ``first``; return those that stay.

        Articles that somebody has begun to work on stay, and those that were here before.
        """
        new = {result.article for result in self.results[first:] if result.kind == "new"}
        removed = {article for article in new if article and remove_new_article(article)}
        return [
            result
            for result in self.results[first:]
            if result.article and result.article not in removed
        ]

    def _report(self, stored: int) -> None:
        """Tell how far the import is, with ``stored`` pairs of the article that it is at."""
        if self.progress:
            self.progress(self.done + stored, self.total)
