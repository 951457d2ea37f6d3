"""Floor 3: files come in. First they are examined: read, their languages and partners found, what would be refused
said; nothing is stored. Then the plan is carried out, each article whole or not at all.

A naming convention wins where it is there: ``name.en.txt`` and ``name.fr.txt`` belong together. All else is decided by
what the documents say. A file that cannot be taken is refused with a sentence; the good ones are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles.alignment.document_pairs import pair_documents
from articles.findings.messages import describe_problem
from articles.formats import BadFile
from articles.importing.bilingual import (
    ImportCancelled,
    ImportCounts,
    store_bilingual,
    withdraw_article,
)
from articles.importing.detection import (
    UNKNOWN_LANGUAGE,
    DetectedFile,
    ExtractedText,
    IncomingFile,
    describe_format,
    describe_warnings,
    detect,
    extract_text,
    language_name,
    read_articles,
)
from articles.importing.documents import StoredArticle, preview_article, store_article
from articles.models import Article
from articles.segmentation.detect import detect_language
from articles.segmentation.languages import LANGUAGES
from articles.text.document import Document

SOURCE_LANGUAGE = "en"
Progress = Callable[[int, int], None]
"""Told (pieces done, all pieces); a piece is a pair of documents or a pair of texts. May raise pairs.Cancelled."""

_CONVENTION = re.compile(
    r"(?P<stem>.+)[._-](?P<language>[a-z]{2})(?P<ending>\.\w+)?", re.IGNORECASE
)
_NOTHING = gettext_noop("there are no pairs in this file")


@dataclass(frozen=True)
class FileResult:
    """What becomes of one file: its name, a sentence, ``kind`` new, changed, same or refused, its article, and whether
    it is a text whose reading can be looked at."""

    name: str
    sentence: str
    kind: str = "refused"
    article: Article | None = None
    is_text: bool = False

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return self.kind == "refused"


@dataclass
class ImportPlan:
    """What carrying out will do: pairs of documents, and files of aligned pairs."""

    pairs: list[tuple[Document, Document]] = field(default_factory=list)
    tables: list[DetectedFile] = field(default_factory=list)
    lines: list[FileResult] = field(default_factory=list)

    @property
    def size(self) -> int:
        """All pieces of work."""
        return len(self.pairs) + sum(table.pairs for table in self.tables)


def import_files(
    files: Iterable[IncomingFile], *, by: Any = None, progress: Progress | None = None
) -> list[FileResult]:
    """Examine the files and carry the plan out at once. A line a file, in order of name."""
    plan = examine(files)
    refused = [line for line in plan.lines if line.refused]
    return sorted(
        [*refused, *carry_out(plan, by=by, progress=progress)], key=lambda line: line.name
    )


def examine(files: Iterable[IncomingFile]) -> ImportPlan:
    """What would become of the files. Each is read to its end, so that what is promised can be kept."""
    plan, chosen = ImportPlan(), list(files)
    documents: list[Document] = []
    kinds: list[DetectedFile] = []
    for file in chosen:
        try:
            kinds.append(detect(file, chosen))
        except BadFile as problem:
            plan.lines.append(FileResult(file.name, describe_problem(problem)))
    taken: dict[str, FileResult] = {}
    left: dict[str, int] = {}
    for kind in sorted(kinds, key=lambda each: not each.known.uses_companion_files):
        try:
            if kind.file.name in taken:
                text = _("read together with %(name)s, whose texts it holds.")
                table = taken[kind.file.name]
                plan.lines.append(
                    replace(table, name=kind.file.name, sentence=text % {"name": table.name})
                )
            elif read := extract_text(kind):
                left[kind.file.name] = len(read.left)
                documents.append(_document(kind, read))
            else:
                count, line = _examined(kind)
                plan.tables.append(kind._replace(pairs=count))
                plan.lines.append(line)
                taken |= dict.fromkeys(kind.companion_files.used, line)
        except BadFile as problem:
            plan.lines.append(FileResult(kind.file.name, describe_problem(problem)))
    plan.pairs, alone = find_partners(documents)
    plan.lines += [FileResult(each.name, _no_partner(each)) for each in alone]
    for source, target in plan.pairs:
        plan.lines += _promise(source, target)
    plan.lines = sorted((_with_left(line, left) for line in plan.lines), key=lambda line: line.name)
    return plan


class ImportStopped(ImportCancelled):
    """An import that was cancelled: ``left`` are the lines of what stays all the same."""

    def __init__(self, left: list[FileResult]) -> None:
        super().__init__()
        self.left = left


def carry_out(
    plan: ImportPlan, *, by: Any = None, progress: Progress | None = None
) -> list[FileResult]:
    """Store what the plan holds, and say of each file what became of it.

    Raises Stopped when it is cancelled: new articles are taken away again, unless somebody has begun to work on one.
    """
    lines: list[FileResult] = []
    try:
        lines.extend(_carried_out(plan, by=by, progress=progress))
    except ImportCancelled as problem:
        gone = {
            article
            for line in lines
            if line.kind == "new" and (article := line.article) and withdraw_article(article)
        }
        raise ImportStopped(
            [line for line in lines if line.article and line.article not in gone]
        ) from problem
    return sorted(lines, key=lambda line: line.name)


def _carried_out(plan: ImportPlan, *, by: Any, progress: Progress | None) -> Iterator[FileResult]:
    done = 0
    for source, target in plan.pairs:
        try:
            yield from _told(source, target, store_article(source, target, by=by))
        except BadFile as problem:
            yield from (
                FileResult(each.name, describe_problem(problem)) for each in (source, target)
            )
        done += 1
        if progress:
            progress(done, plan.size)
    for table in plan.tables:

        def tell(stored: int, before: int = done) -> None:
            if progress:
                progress(before + stored, plan.size)

        try:
            yield from _store_table(table, by=by, progress=tell)
        except BadFile as problem:
            yield FileResult(table.file.name, describe_problem(problem))
        done += table.pairs


def read_document(name: str, text: str) -> Document:
    """The text as a document in a known language. Raises BadFile with a plain sentence."""
    named = _CONVENTION.fullmatch(name)
    language = (
        named["language"].lower()
        if named and named["language"].lower() in LANGUAGES
        else detect_language(text)
    )
    if language is None:
        raise BadFile(UNKNOWN_LANGUAGE)
    return Document(name=name, language=language, text=text)


def find_partners(
    documents: Sequence[Document],
) -> tuple[list[tuple[Document, Document]], list[Document]]:
    """Which documents translate each other, as (source, target), and those that no other one translates."""
    by_name: dict[str, dict[str, Document]] = {}
    for document in documents:
        if named := _CONVENTION.fullmatch(document.name):
            key = (named["stem"] + (named["ending"] or "")).casefold()
            by_name.setdefault(key, {}).setdefault(document.language, document)
    pairs = [
        (group[SOURCE_LANGUAGE], target)
        for group in by_name.values()
        for language, target in group.items()
        if SOURCE_LANGUAGE in group and language != SOURCE_LANGUAGE
    ]
    paired = {id(document) for pair in pairs for document in pair}
    rest = [each for each in documents if id(each) not in paired]
    if not rest:
        return pairs, []  # the sentence encoder is not loaded for nothing: it takes 150 MB
    found = pair_documents(rest, source_language=SOURCE_LANGUAGE)
    return pairs + [(pair.source, pair.target) for pair in found.pairs], list(found.unpaired)


# ── one file ─────────────────────────────────────────────────────────────────


def _document(kind: DetectedFile, read: ExtractedText) -> Document:
    """The document in a file that holds one."""
    document = read_document(kind.file.name, read.text)
    return replace(document, page=read.data) if kind.known.keeps_page else document


def _with_left(line: FileResult, left: dict[str, int]) -> FileResult:
    """The line, and how many lines of its file are left out; ``left`` has it for the files that hold a text."""
    count = left.get(line.name, 0)
    line = replace(line, is_text=line.name in left)
    if line.refused or not count:
        return line
    text = ngettext(
        "%(count)s line of the file is left out.",
        "%(count)s lines of the file are left out.",
        count,
    )
    return replace(line, sentence=f"{line.sentence} {text % {'count': count}}")


def _examined(table: DetectedFile) -> tuple[int, FileResult]:
    """How many pairs a file would bring, and the line that says what becomes of it."""
    promise, languages, warnings = ImportCounts(), "", None
    with table.file.open() as stream:
        for article in read_articles(table, stream):
            promise.add(article)
            languages = f"{language_name(article.source_language)} – {language_name(article.target_language)}"
            warnings = article.warnings
    if not promise.pairs:
        raise BadFile(_NOTHING)
    kind = "same" if promise.here == promise.articles else "new"
    told = [_promised(promise, languages), *describe_format(table), *describe_warnings(warnings)]
    return promise.pairs, FileResult(table.file.name, " ".join(told), kind)


def _promised(promise: ImportCounts, languages: str) -> str:
    """What a file of pairs would bring, in words."""
    pairs = ngettext(
        "%(languages)s: %(count)s pair.", "%(languages)s: %(count)s pairs.", promise.pairs
    )
    told = [pairs % {"languages": languages, "count": promise.pairs}]
    if promise.articles > 1:
        told.append(_("In %(count)s articles.") % {"count": promise.articles})
    if promise.flags or promise.corrections or promise.findings:
        text = _("With flags: %(flags)s, corrections: %(corrections)s, findings: %(findings)s.")
        told.append(text % vars(promise))
    if promise.here == promise.articles:
        told.append(_("Already here, nothing will change."))
    elif promise.here:
        text = ngettext("%(count)s is here already.", "%(count)s are here already.", promise.here)
        told.append(text % {"count": promise.here})
    return " ".join(told)


def _store_table(
    table: DetectedFile, *, by: Any, progress: Callable[[int], Any]
) -> Iterator[FileResult]:
    done, line, warnings = 0, None, None
    with table.file.open() as stream:
        for article in read_articles(table, stream):
            if line:
                yield line
            outcome = store_bilingual(article, by=by, progress=lambda n: progress(done + n))  # noqa: B023 - called before the loop goes on
            count = outcome.article.segments.count()
            done += count
            text = {
                "new": _("“%(title)s”: new article with %(count)s segments."),
                "same": _("“%(title)s”: already here, nothing changed."),
            }[outcome.kind]
            told, warnings = (
                text % {"title": outcome.article.title, "count": count},
                article.warnings,
            )
            line = FileResult(table.file.name, told, outcome.kind, outcome.article)
    if line:  # what was left out of the file is known at its end
        yield replace(line, sentence=" ".join([line.sentence, *describe_warnings(warnings)]))


def _told(source: Document, target: Document, outcome: StoredArticle) -> list[FileResult]:
    sentence = {
        "new": _("%(language)s, %(role)s %(partner)s: new article with %(count)s segments."),
        "same": _("%(language)s, %(role)s %(partner)s: already here, nothing changed."),
        "changed": _(
            "%(language)s, %(role)s %(partner)s: a new version, now %(count)s segments; the review was kept."
        ),
    }[outcome.kind]
    count = {"count": outcome.article.segments.count()}
    return [
        FileResult(name, sentence % (words | count), outcome.kind, outcome.article)
        for name, words in _both(source, target)
    ]


def _promise(source: Document, target: Document) -> list[FileResult]:
    sentence = {
        "new": _("%(language)s, %(role)s %(partner)s: a new article, %(count)s sentences."),
        "same": _("%(language)s, %(role)s %(partner)s: already here, nothing will change."),
        "changed": _(
            "%(language)s, %(role)s %(partner)s: a new version; of %(count)s sentences %(new)s are new, and %(gone)s"
            " are gone. The review of what is the same will be kept."
        ),
    }
    coming = preview_article(source, target)
    return [
        FileResult(
            name,
            sentence[coming.kind] % (words | {"count": count, "new": new, "gone": gone}),
            coming.kind,
        )
        for (name, words), (count, new, gone) in zip(
            _both(source, target), coming.sides, strict=True
        )
    ]


def _both(source: Document, target: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of each document, and the words that say what it is to the other."""
    for each, role, partner in (
        (source, _("translated by"), target),
        (target, _("translates"), source),
    ):
        yield (
            each.name,
            {"language": language_name(each.language), "role": role, "partner": partner.name},
        )


def _no_partner(document: Document) -> str:
    text = _("no other document here translates it (it is in %(language)s).")
    return text % {"language": language_name(document.language)}
