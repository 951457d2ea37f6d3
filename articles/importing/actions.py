"""Import files: examine them first, and carry the plan out later.

The way of a file: detection/files.py tells its format, its text and its partner, or its pairs. A
pair of documents is aligned and stored by documents.py, a file of aligned pairs by bilingual.py,
with the flags, corrections and findings that it holds by records/deserialize.py. ``examine`` goes
this way without storing anything, and returns a plan (plan.py); ``carry_out`` stores what a plan
holds. Commands do both at once, without a preview: one_pass.py.

A file that cannot be imported is refused with a sentence; the others are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.detection.files import (
    DetectedFile,
    ExtractedText,
    IncomingFile,
    detect,
    extract_text,
    find_partners,
    in_memory,
    likeliest_partner,
    read_articles,
    read_document,
    read_remarks,
)
from articles.detection.titles import proposed_title
from articles.detection.two_languages import split_languages
from articles.findings import background
from articles.formats import BadFile
from articles.formats.interchange import Remark, Warnings
from articles.importing.bilingual import (
    ImportCancelled,
    ImportCounts,
    remove_new_article,
    store_bilingual,
)
from articles.importing.documents import preview_article, store_article
from articles.importing.plan import (
    Choices,
    ImportPlan,
    PlannedDocument,
    PlannedPair,
    PlannedTable,
    deciding_articles_for_pair,
    deciding_articles_for_table,
)
from articles.importing.results import (
    FileResult,
    add_warnings,
    ask_about_pair,
    describe_pair,
    describe_table_article,
    preview_companion,
    preview_pair,
    preview_table,
    refuse,
    sort_by_name,
    wait_for_partner,
    with_file_split,
    with_lines_left_out,
    with_notes,
)
from articles.importing.returned import ReturnedArticles, refuse_exported_here
from articles.models import Article, Team
from articles.records.people import People
from articles.records.remarks import Side, store_remarks
from articles.segmentation.detect import forget_model
from articles.text.document import Document

ImportProgress = Callable[[int, int | None], None]
"""Called with (pieces done, all pieces, None while nobody knows); a piece is a pair of documents
or a pair of texts. May raise ImportCancelled."""

_NO_PAIRS = gettext_noop("there are no pairs in this file")


DocumentPair = tuple[PlannedDocument, PlannedDocument]


@dataclass
class ReadFiles:
    """The files of an import, read: documents, and results of the files that are refused.

    ``companions`` has for each file that a table needed the name of that table. ``split`` has for
    a file that holds both languages the two texts that are read of it, the source first.
    """

    detected: list[DetectedFile] = field(default_factory=list)
    documents: list[PlannedDocument] = field(default_factory=list)
    texts: dict[IncomingFile, ExtractedText] = field(default_factory=dict)
    companions: dict[str, str] = field(default_factory=dict)
    refused: list[FileResult] = field(default_factory=list)
    split: dict[IncomingFile, DocumentPair] = field(default_factory=dict)


@dataclass
class PairedFiles:
    """The documents of an import by what they are to each other.

    ``doubtful`` are pairs whose names say that they are translations, and whose words deny it;
    they are among those ``alone``, too.
    """

    pairs: list[DocumentPair]
    alone: list[PlannedDocument]
    doubtful: list[DocumentPair]


class CancelledWithResults(ImportCancelled):
    """An import that was cancelled: ``kept`` are the results of the articles that stay."""

    def __init__(self, kept: list[FileResult]) -> None:
        super().__init__()
        self.kept = kept


def examine(
    files: Iterable[IncomingFile],
    *,
    by: User | None = None,
    choices: Choices | None = None,
    waiting: Sequence[PlannedDocument] = (),
    team: Team | None = None,
) -> ImportPlan:
    """Return what importing the files would do; store nothing.

    Each file is read to its end, so that what the plan promises can be kept. ``by`` is who brings
    them, ``choices`` what that person chose, ``waiting`` documents of earlier imports whose partner
    is missing, ``team`` whose the articles become, None for the first one.
    """
    team = team or Team.objects.first_team()
    plan = ImportPlan()
    chosen = choices or Choices()

    def plan_table(detected: DetectedFile) -> None:
        table, result = _examine_table(detected, by, team)
        plan.tables.append(table)
        plan.results.append(result)

    read = read_files(files, plan_table, chosen)
    forget_model()  # finding partners, and the checks later on, need the memory
    plan.detected = read.detected
    plan.texts = read.texts
    plan.split = read.split
    # Up to here only files of pairs have results; a companion file is told by its table's.
    tables = {result.name: result for result in plan.results}
    for name, table_name in read.companions.items():
        plan.results.append(preview_companion(name, tables[table_name]))
    plan.results.extend(read.refused)
    paired = pair_up(read, chosen)
    for source, target in paired.pairs:
        _plan_pair(plan, source, target, chosen, team)
    _plan_alone(plan, paired, waiting, team)
    plan.results = sort_by_name(map(with_left_out(read), plan.results))
    return plan


def _plan_pair(
    plan: ImportPlan,
    source: PlannedDocument,
    target: PlannedDocument,
    choices: Choices,
    team: Team,
) -> None:
    """Add a pair to the plan, with its results."""
    preview = preview_article(source.document, target.document, team)
    deciding = deciding_articles_for_pair(source.document, target.document, team)
    title = choices.titles.get(target.file) or proposed_title(source.document)
    if preview.article is not None:
        # A newer version, or the same text again, renames no article.
        title = preview.article.title
    plan.pairs.append(PlannedPair(source, target, deciding, title))
    results = preview_pair(source.document, target.document, preview)
    for whole, parts in plan.split.items():
        # The reader has to be told why two names that nobody uploaded stand in the preview.
        if parts == (source, target):
            results = with_file_split(results, whole.name)
    plan.results.extend(results)


def _plan_alone(
    plan: ImportPlan, paired: PairedFiles, waiting: Sequence[PlannedDocument], team: Team
) -> None:
    """Add the documents without partner to the plan, each with the likeliest one there is."""
    plan.alone = list(paired.alone)
    asked: set[IncomingFile] = set()
    for source, target in paired.doubtful:
        plan.suggestions[target.file] = source.file
        plan.results.extend(ask_about_pair(source.document, target.document))
        asked.update((source.file, target.file))
    candidates = {id(each.document): each for each in [*paired.alone, *waiting]}
    documents = [each.document for each in candidates.values()]
    for each in paired.alone:
        # The person is asked whether it belongs to the one that its name says: no second
        # suggestion.
        if each.file in asked:
            continue
        exported_here = refuse_exported_here(each.document, team)
        if exported_here is not None:
            plan.results.append(exported_here)
            # It belongs to its article's export page, so it must not wait for a partner that never
            # comes.
            plan.alone.remove(each)
            continue
        plan.results.append(wait_for_partner(each.document))
        likeliest = likeliest_partner(each.document, documents)
        if likeliest is not None:
            plan.suggestions[each.file] = candidates[id(likeliest)].file


def carry_out(
    plan: ImportPlan,
    *,
    by: User | None = None,
    progress: ImportProgress | None = None,
    team: Team | None = None,
) -> list[FileResult]:
    """Store what the plan holds; return what became of each file, in order of their names.

    The articles become those of ``team``, None for the first one.

    Raises CancelledWithResults when it is cancelled: new articles are removed again, unless
    somebody has begun to work on one.
    """
    storing = Storing(by, progress, team or Team.objects.first_team(), total=plan.size)
    try:
        # A pair that is refused says so in its own results; a table that is refused raises, because
        # what was stored of it has to be taken away first.
        for pair in plan.pairs:
            storing.store_pair(pair.source, pair.target, pair.title)
        for table in plan.tables:
            try:
                storing.store_table(table.detected, table.languages)
            except BadFile as problem:
                storing.results.append(refuse(table.detected.file.name, problem))
    except ImportCancelled as problem:
        raise CancelledWithResults(storing.remove_new()) from problem
    return sort_by_name(storing.results)


def with_left_out(
    read: ReadFiles, *, with_remarks: bool = True
) -> Callable[[FileResult], FileResult]:
    """Return a function that says in a result what of its file is not read, and how it was read."""
    texts = {file.name: text for file, text in read.texts.items()}

    def say(result: FileResult) -> FileResult:
        text = texts.get(result.name)
        if text is None:
            return result
        result = with_lines_left_out(result, len(text.left_out))
        return with_notes(result, text.notes, with_remarks=with_remarks)

    return say


# ── reading the files ─────────────────────────────────────────────────────────


def read_files(
    files: Iterable[IncomingFile],
    handle_table: Callable[[DetectedFile], None],
    choices: Choices,
) -> ReadFiles:
    """Read each file once: keep the documents, and hand each file of pairs to ``handle_table``."""
    chosen = list(files)
    read = ReadFiles()
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
            if not _read_text(detected, read, choices):
                handle_table(detected)
                used_by.update(dict.fromkeys(detected.companion_files.used, name))
        except BadFile as problem:
            read.refused.append(refuse(name, problem))
    return read


def _read_text(detected: DetectedFile, read: ReadFiles, choices: Choices) -> bool:
    """Read the file's document; return False where its format holds no text but pairs."""
    extracted = extract_text(detected)
    if extracted is None:
        return False
    file = detected.file
    read.texts[file] = extracted
    language = choices.languages.get(file, "")
    # Who chose a language has said that the whole text is in it.
    if not language and _split_text(file, extracted.text, read):
        return True
    page = detected.format.original(extracted.data, extracted.text)
    document = read_document(file.name, extracted.text, page, language)
    read.documents.append(PlannedDocument(file, document))
    return True


def _split_text(file: IncomingFile, text: str, read: ReadFiles) -> bool:
    """Read two documents of a text that holds both languages; return whether it does."""
    parts = split_languages(text)
    if parts is None:
        return False
    # Names as people give them, so that the parts of a newer file find the article of the earlier
    # ones (docs/decisions/0064).
    stem = file.name.rpartition(".")[0] or file.name
    documents = []
    for part in parts:
        name = f"{stem}.{part.language}.txt"
        document = Document(name=name, language=part.language, text=part.text)
        documents.append(PlannedDocument(in_memory(name, part.text.encode()), document))
    read.split[file] = (documents[0], documents[1])
    return True


def pair_up(read: ReadFiles, choices: Choices) -> PairedFiles:
    """Return which documents translate each other: those that a person paired, then the others."""
    by_file = {each.file: each for each in read.documents}
    # What a person paired or kept alone is out of the search, which could give it to another.
    pairs = [*read.split.values(), *_chosen_pairs(by_file, choices)]
    alone = [by_file[file] for file in choices.alone if file in by_file]
    settled = {each.file for each in [*chain.from_iterable(pairs), *alone]}
    free = {id(each.document): each for each in read.documents if each.file not in settled}
    documents = [each.document for each in free.values()]
    language = choices.source_language
    # Encoding takes long and asks no database: it gives way to the web server
    # (docs/decisions/0087).
    found = background.compute(find_partners, documents, source_language=language)

    def planned(pair: tuple[Document, Document]) -> DocumentPair:
        return free[id(pair[0])], free[id(pair[1])]

    pairs.extend(map(planned, found.pairs))
    alone.extend(free[id(document)] for document in found.alone)
    return PairedFiles(pairs, alone, list(map(planned, found.doubtful)))


def _chosen_pairs(
    by_file: dict[IncomingFile, PlannedDocument], choices: Choices
) -> Iterator[DocumentPair]:
    """Yield the pairs that a person made, of those documents that could be read."""
    for target, source in choices.partners.items():
        if source in by_file and target in by_file:
            yield by_file[source], by_file[target]


# ── files of pairs ───────────────────────────────────────────────────────────


def _examine_table(
    detected: DetectedFile, by: User | None, team: Team
) -> tuple[PlannedTable, FileResult]:
    """Return the plan of a file of pairs, and the result that importing it would have."""
    counts = ImportCounts()
    returned = ReturnedArticles(team)
    warnings: Warnings | None = None
    with detected.file.open() as stream:
        for incoming in read_articles(detected, stream):
            article, origin = returned.take(incoming, detected.format)
            counts.add(article, People(by, detected.file.name, team=team), origin)
            warnings = article.warnings
    if not counts.pairs:
        raise BadFile(_NO_PAIRS)
    deciding = deciding_articles_for_table(counts.digests, team)
    table = PlannedTable(detected, counts.languages, counts.digests, counts.pairs, deciding)
    result = preview_table(detected, counts, warnings)
    return table, returned.preview(result, warnings)


# ── storing ──────────────────────────────────────────────────────────────────


@dataclass
class Storing:
    """One import while it stores: who brought it for which team, how far it is, and its results."""

    by: User | None
    progress: ImportProgress | None
    team: Team
    total: int | None = None
    done: int = 0
    results: list[FileResult] = field(default_factory=list)

    def store_pair(
        self, source_file: PlannedDocument, target_file: PlannedDocument, title: str = ""
    ) -> None:
        """Store a pair of documents with the remarks on them, or refuse both.

        ``title`` is "" for its own headline.
        """
        source = source_file.document
        target = target_file.document
        try:
            remarks: dict[Side, Sequence[Remark]] = {
                "source": read_remarks(source_file.file),
                "target": read_remarks(target_file.file),
            }
            stored = store_article(source, target, by=self.by, title=title, team=self.team)
            # A newer version has its remarks already, as flags that moved along; once more would
            # double them.
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
        returned = ReturnedArticles(self.team)
        pairs = 0
        warnings: Warnings | None = None
        try:
            with detected.file.open() as stream:
                for incoming in read_articles(detected, stream, list(languages)):
                    article, origin = returned.take(incoming, detected.format)
                    warnings = article.warnings
                    if origin is None:
                        stored = store_bilingual(
                            article,
                            by=self.by,
                            file=detected.file.name,
                            progress=self._report,
                            team=self.team,
                        )
                        count = stored.article.segments.count()
                        self.results.append(describe_table_article(detected, stored, count))
                    else:
                        # ``take`` has read the segments of an article that came back into a tuple.
                        count = len(tuple(article.segments))
                    self.done += count
                    pairs += count
            if not pairs:
                raise BadFile(_NO_PAIRS)
            # At the end, when nothing can be refused any more: a submitted correction is not taken
            # back.
            self.results.extend(returned.submit(detected.file.name, self.by))
        except BadFile:
            # One article that cannot be stored refuses its whole file (docs/decisions/0061).
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
        results = self.results[first:]
        # None, because the result of a refused file has no article that could stay.
        removed: set[Article | None] = {None}
        for result in results:
            article = result.article
            if article is None or article in removed or result.kind != "new":
                continue
            if remove_new_article(article):
                removed.add(article)
        return [result for result in results if result.article not in removed]

    def _report(self, stored: int) -> None:
        """Tell how far the import is, with ``stored`` pairs of the article that it is at."""
        if self.progress:
            self.progress(self.done + stored, self.total)
