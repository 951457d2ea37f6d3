"""Detect what an incoming file is: its format, its text or its pairs, their languages, its partner.

Nothing is stored here. A naming convention wins where it is there: ``name.en.txt`` and
``name.fr.txt`` belong together. All else is decided by what the documents say.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_noop

from articles.alignment.direction import in_direction
from articles.alignment.document_pairs import pair_documents
from articles.formats import (
    HEAD_BYTES,
    BadFile,
    Format,
    detect_format,
    format_for_name,
    interchange,
)
from articles.formats.interchange import CompanionFiles, Remark, TextNotes
from articles.formats.text.plain import refuse_other_files
from articles.segmentation.detect import detect_language
from articles.segmentation.languages import LANGUAGES
from articles.text.document import Document

SOURCE_LANGUAGE = "en"
"""The language of one document of each pair, and of the original where nothing says otherwise."""
_LANGUAGE_SAMPLE = 50
"""Pairs by which the languages are told of a file that does not name them."""
_LARGEST_SAMPLE = 2000
"""Pairs that are read at most to find so many that are translated."""
_CONVENTION = re.compile(
    r"(?P<stem>.+)[._-](?P<language>[a-z]{2})(?P<ending>\.\w+)?", re.IGNORECASE
)
_UNKNOWN_KIND = gettext_noop("files with this ending cannot be read")
_NOT_TRANSLATED = gettext_noop("no text of this file is translated yet")
_UNKNOWN_LANGUAGE = gettext_noop(
    "its language is not one of those known here, or it holds too few words to tell"
)


class IncomingFile(NamedTuple):
    """A file that came in: its name, and how to open it."""

    name: str
    open: Callable[[], BinaryIO]


def in_memory(name: str, data: bytes) -> IncomingFile:
    """Return a file whose bytes are at hand."""
    return IncomingFile(name, lambda: io.BytesIO(data))


def on_disk(path: Path, name: str = "") -> IncomingFile:
    """Return a file of the file system."""
    return IncomingFile(name or path.name, lambda: path.open("rb"))


class DetectedFile(NamedTuple):
    """A file and its format; ``by_content`` where its first bytes told the format, not its name.

    ``companion_files`` are the others that came with it.
    """

    file: IncomingFile
    format: Format
    by_content: bool = False
    companion_files: CompanionFiles = CompanionFiles()


def detect(file: IncomingFile, others: Iterable[IncomingFile]) -> DetectedFile:
    """Return the file with its format. Raises BadFile for what cannot be read."""
    with file.open() as stream:
        head = stream.read(HEAD_BYTES)
    known, by_content = detect_format(file.name, head)
    if known is None:
        refuse_other_files(head)  # says more of a Word 97 file or a PDF
        raise BadFile(_UNKNOWN_KIND)
    return DetectedFile(file, known, by_content, companions_of(file, others))


def companions_of(file: IncomingFile, others: Iterable[IncomingFile]) -> CompanionFiles:
    """Return the files that came with this one, by name."""
    return CompanionFiles({other.name: other.open for other in others if other.name != file.name})


# ── files that hold one text ─────────────────────────────────────────────────


class ExtractedText(NamedTuple):
    """What is read of a file that holds one text, its lines that are left out, and its bytes.

    ``notes`` are what people wrote on the text, None where the format has no room for such.
    """

    text: str
    left_out: list[str]
    data: bytes
    notes: TextNotes | None = None


def extract_text(detected: DetectedFile) -> ExtractedText | None:
    """Return what is read of the file, None where its format holds no text but pairs.

    Raises BadFile.
    """
    known = detected.format
    if known.read_text is None:
        return None
    with detected.file.open() as stream:
        data = interchange.read_all(stream)
    text = known.read_text(data, name=detected.file.name)
    left_out = known.left_out(data) if known.left_out else []
    notes = known.notes(data) if known.notes else None
    return ExtractedText(text, left_out, data, notes)


def read_remarks(file: IncomingFile) -> Sequence[Remark]:
    """Return what people wrote on the text of the file. Raises BadFile."""
    known = format_for_name(file.name)
    if known is None or known.notes is None:
        return ()
    with file.open() as stream:
        return known.notes(interchange.read_all(stream)).remarks


def read_document(name: str, text: str, page: bytes = b"") -> Document:
    """Return the text of the file of this name as a document in a known language.

    ``page`` is the file itself where its mark-up is wanted again. Raises BadFile where the
    language cannot be told.
    """
    language = _language_in_name(name) or detect_language(text)
    if language is None:
        raise BadFile(_UNKNOWN_LANGUAGE)
    return Document(name=name, language=language, text=text, page=page)


def _language_in_name(name: str) -> str | None:
    """Return the language that the file's name ends in, None where it names none."""
    named = _CONVENTION.fullmatch(name)
    if named is None:
        return None
    language = named["language"].lower()
    return language if language in LANGUAGES else None


def find_partners(
    documents: Sequence[Document],
) -> tuple[list[tuple[Document, Document]], list[Document]]:
    """Return which documents translate each other, as (source, target), and those left alone."""
    pairs, unpaired = _find_pairs(documents)
    return [in_direction(*pair, SOURCE_LANGUAGE) for pair in pairs], unpaired


def _find_pairs(
    documents: Sequence[Document],
) -> tuple[list[tuple[Document, Document]], list[Document]]:
    """Return which documents translate each other, the English one first, and those left alone."""
    pairs = _partners_by_name(documents)
    paired = {id(document) for document in chain.from_iterable(pairs)}
    rest = [document for document in documents if id(document) not in paired]
    if not rest:
        return pairs, []  # the sentence encoder takes 150 MB: it is not loaded for nothing
    found = pair_documents(rest, source_language=SOURCE_LANGUAGE)
    pairs.extend((pair.source, pair.target) for pair in found.pairs)
    return pairs, list(found.unpaired)


def _partners_by_name(documents: Iterable[Document]) -> list[tuple[Document, Document]]:
    """Return the pairs of documents whose names differ in their language only."""
    groups: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        named = _CONVENTION.fullmatch(document.name)
        if named:
            key = (named["stem"] + (named["ending"] or "")).casefold()
            groups[key].setdefault(document.language, document)
    pairs: list[tuple[Document, Document]] = []
    for group in groups.values():
        source = group.pop(SOURCE_LANGUAGE, None)
        if source is not None:
            pairs.extend((source, target) for target in group.values())
    return pairs


# ── files that hold aligned pairs ────────────────────────────────────────────


def read_articles(
    detected: DetectedFile, stream: BinaryIO, languages: Sequence[tuple[str, str]] = ()
) -> Iterator[interchange.Article]:
    """Yield the articles of a file of pairs, each with its languages.

    ``languages`` are those of each article where they are known already. Where they are not, and
    the file does not name them, the first pairs tell them. Raises BadFile.
    """
    if detected.format.read is None:
        return
    more = {}
    if detected.format.uses_companion_files:
        more["companion_files"] = detected.companion_files
    sides = _Sides()
    for number, article in enumerate(
        sides.watch(detected.format.read(stream, name=detected.file.name, **more))
    ):
        if number < len(languages):
            source, target = languages[number]
            yield replace(article, source_language=source, target_language=target)
        elif article.source_language and article.target_language:
            yield article
        else:
            yield _with_detected_languages(article)


class _Sides:
    """Whether any source and any target was read of a file."""

    def __init__(self) -> None:
        self.source = False
        self.target = False

    def watch(self, articles: Iterable[interchange.Article]) -> Iterator[interchange.Article]:
        """Yield the articles. Raises BadFile at the end of a file without any translation."""
        for article in articles:
            yield replace(article, segments=self._segments(article.segments))
        if self.source and not self.target:
            raise BadFile(_NOT_TRANSLATED)

    def _segments(self, segments: Iterable[interchange.Segment]) -> Iterator[interchange.Segment]:
        for segment in segments:
            self.source = self.source or bool(segment.source)
            self.target = self.target or bool(segment.target or segment.corrections)
            yield segment


def _with_detected_languages(article: interchange.Article) -> interchange.Article:
    segments = iter(article.segments)
    sample = _sample(segments)
    if sample and not any(pair.target for pair in sample):
        raise BadFile(_NOT_TRANSLATED)
    source = article.source_language or detect_language(" ".join(pair.source for pair in sample))
    target = article.target_language or detect_language(" ".join(pair.target for pair in sample))
    if not source or not target:
        raise BadFile(_UNKNOWN_LANGUAGE)
    return replace(
        article,
        segments=chain(sample, segments),
        source_language=source,
        target_language=target,
    )


def _sample(segments: Iterator[interchange.Segment]) -> list[interchange.Segment]:
    """Return the first pairs, until enough of them are translated to tell the languages."""
    sample: list[interchange.Segment] = []
    translated = 0
    for segment in islice(segments, _LARGEST_SAMPLE):
        sample.append(segment)
        if segment.target:
            translated += 1
        if translated == _LANGUAGE_SAMPLE:
            break
    return sample
