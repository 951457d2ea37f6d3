"""Read the files of an import once: their documents, who belongs to whom, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from articles.detection.files import (
    DetectedFile,
    ExtractedText,
    IncomingFile,
    detect,
    extract_text,
    find_partners,
    in_memory,
    read_document,
)
from articles.detection.two_languages import split_languages
from articles.findings import background
from articles.formats import BadFile
from articles.importing.plan import Choices, PlannedDocument
from articles.importing.results import FileResult, refuse
from articles.text.document import Document

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
    pairs = [*read.split.values(), *_chosen_pairs(by_file, choices)]
    alone = [by_file[file] for file in choices.alone if file in by_file]
    settled = {each.file for each in [*chain.from_iterable(pairs), *alone]}
    free = {id(each.document): each for each in read.documents if each.file not in settled}
    documents = [each.document for each in free.values()]
    language = choices.source_language
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
