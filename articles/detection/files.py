"""Detect what an incoming file is: its format, its text or its pairs, their languages, its partner.

Nothing is stored here. What the documents say decides; their names (names.py) count where a text is
too short to tell its language, and bring partners together whose words do not deny it. What a
person has chosen for a file counts first.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from articles.alignment.direction import in_direction
from articles.alignment.document_pairs import (
    document_vectors,
    names_and_numbers,
    overlap,
    pair_documents,
    vectors_similarity,
)
from articles.alignment.sentence_encoder import load_encoder
from articles.detection.names import read_name
from articles.detection.two_languages import is_two_column_table
from articles.formats import (
    FORMATS,
    HEAD_BYTES,
    BadFile,
    Format,
    detect_format,
    format_for_name,
    interchange,
)
from articles.formats.interchange import CompanionFiles, Remark, TextNotes
from articles.formats.text.plain import refuse_other_files
from articles.formats.web.pair_markup import with_codes
from articles.segmentation.detect import detect_language
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Document
from articles.text.messages import gettext_noop
from articles.text.thresholds import LANGUAGE_WORDS, LONGEST_TEXT, PARTNER_WORDS

USUAL_SOURCE_LANGUAGE = "en"
"""The language of the originals where nothing else tells."""
_LANGUAGE_SAMPLE = 50
"""Pairs by which the languages are told of a file that does not name them."""
_LARGEST_SAMPLE = 2000
"""Pairs that are read at most to find so many that are translated."""
_MOST_CANDIDATES = 50
"""Documents among which the likeliest partner is looked for."""
_UNKNOWN_KIND = gettext_noop(
    "this file type is not supported; send a text as Word, web page or plain text, and pairs as "
    "Excel, CSV or XLIFF"
)
_NOT_TRANSLATED = gettext_noop("no text of this file is translated yet")
_LONG_TEXT = gettext_noop(
    "a text of pair %(number)s has more than %(most)s characters; divide it into several pairs"
)
_LONG_SENTENCE = gettext_noop(
    "the sentence that begins with “%(words)s” has more than %(most)s characters; divide it "
    "with full stops or line breaks"
)
_UNKNOWN_LANGUAGE = gettext_noop(
    "its language is not supported, or there are too few words to detect it"
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
        # Only the beginning: a file of pairs may have 500 MB, and is read as a stream.
        head = stream.read(HEAD_BYTES)
    known, by_content = detect_format(file.name, head)
    if known is None:
        refuse_other_files(head)  # says more of a Word 97 file or a PDF
        raise BadFile(_UNKNOWN_KIND)
    # Both languages side by side in a Word table: read as one text it would be neither.
    if known is FORMATS["docx"] and is_two_column_table(file.name, file.open):
        return DetectedFile(file, FORMATS["docx-table"], by_content=True)
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
    left_out = list(known.left_out(data)) if known.left_out else []
    notes = known.notes(data) if known.notes else None
    return ExtractedText(text, left_out, data, notes)


def read_remarks(file: IncomingFile) -> Sequence[Remark]:
    """Return what people wrote on the text of the file. Raises BadFile."""
    known = format_for_name(file.name)
    if known is None or known.notes is None:
        return ()
    with file.open() as stream:
        return known.notes(interchange.read_all(stream)).remarks


def read_document(name: str, text: str, page: bytes = b"", language: str = "") -> Document:
    """Return the text of the file of this name as a document in a known language.

    ``page`` is the file itself where its mark-up is wanted again, ``language`` what a person chose,
    "" for nothing. Raises BadFile where the language cannot be told, or a sentence is longer than
    the checks read.
    """
    language = language or _language_of(name, text)
    if not language:
        raise BadFile(_UNKNOWN_LANGUAGE)
    for sentence in split_sentences(text, language):
        if len(sentence.text) > LONGEST_TEXT:
            raise BadFile(_LONG_SENTENCE, most=LONGEST_TEXT, words=sentence.text[:40])
    return Document(name=name, language=language, text=text, page=page)


def _language_of(name: str, text: str) -> str:
    """Return the language of the text, that of its name where it is short; "" for none."""
    claimed = read_name(name).language or ""
    if claimed and len(text.split()) < LANGUAGE_WORDS:
        return claimed
    return detect_language(text) or claimed


def other_claim(document: Document) -> str:
    """Return the language that a document's name claims, if its words are in another; else ""."""
    claimed = read_name(document.name).language
    if claimed is None or claimed == document.language:
        return ""
    return claimed


# ── partners ─────────────────────────────────────────────────────────────────


@dataclass
class Partners:
    """Which documents translate each other, as (source, target), and those left alone.

    ``doubtful`` are pairs whose names say so, and whose words deny it.
    """

    pairs: list[tuple[Document, Document]] = field(default_factory=list)
    alone: list[Document] = field(default_factory=list)
    doubtful: list[tuple[Document, Document]] = field(default_factory=list)


def find_partners(documents: Sequence[Document], *, source_language: str = "") -> Partners:
    """Return which documents translate each other, by their names and by what they say.

    ``source_language`` is the language of the originals; "" where nobody said.
    """
    found = Partners()
    # Names first: people who name files so mean it, and few texts are left to be encoded.
    for source, target in _partners_by_name(documents, source_language):
        if _may_translate(source, target):
            found.pairs.append((source, target))
        else:
            found.doubtful.append((source, target))
    settled = {id(each) for each in chain.from_iterable([*found.pairs, *found.doubtful])}
    rest = [document for document in documents if id(document) not in settled]
    if len(rest) > 1:  # the sentence encoder takes 150 MB: it is not loaded for nothing
        by_content = pair_documents(rest, source_language=_source_language(rest, source_language))
        for pair in by_content.pairs:
            found.pairs.append(_directed(pair.source, pair.target, source_language))
        rest = list(by_content.unpaired)
    for document in chain(chain.from_iterable(found.doubtful), rest):
        # Doubtful ones are alone as well: whoever does not decide about them keeps them so.
        found.alone.append(document)
    return found


def _may_translate(source: Document, target: Document) -> bool:
    """Return whether the words of two documents do not deny that they translate each other.

    Short texts cannot tell.
    """
    shorter = min(len(source.text.split()), len(target.text.split()))
    if shorter < PARTNER_WORDS:
        return True
    return bool(pair_documents([source, target], source_language=source.language).pairs)


def _source_language(documents: Sequence[Document], chosen: str) -> str:
    """Return the language of the originals among the documents."""
    languages = [document.language for document in documents]
    if chosen in languages:
        return chosen
    if USUAL_SOURCE_LANGUAGE in languages:
        return USUAL_SOURCE_LANGUAGE
    return languages[0]


def _directed(first: Document, second: Document, chosen: str) -> tuple[Document, Document]:
    """Return two documents as (source, target): by what was chosen, else by what they say."""
    languages = (first.language, second.language)
    if chosen in languages and languages[0] != languages[1]:
        return (first, second) if first.language == chosen else (second, first)
    return in_direction(first, second, USUAL_SOURCE_LANGUAGE)


def _partners_by_name(
    documents: Iterable[Document], chosen: str
) -> list[tuple[Document, Document]]:
    """Return the pairs of documents whose names differ in their language only."""
    groups: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        named = read_name(document.name)
        if named.language:
            # Of two files with one name and language the first counts; the other is paired by what
            # it says.
            groups[named.key].setdefault(document.language, document)
    pairs: list[tuple[Document, Document]] = []
    for group in groups.values():
        if len(group) > 1:
            source = group.pop(_source_language(list(group.values()), chosen))
            pairs.extend(_directed(source, target, chosen) for target in group.values())
    return pairs


def likeliest_partner(document: Document, others: Sequence[Document]) -> Document | None:
    """Return the document in another language whose words are most like, None for none.

    Unlike ``find_partners`` it always proposes one: a person decides.
    """
    candidates = [other for other in others if other.language != document.language]
    candidates = candidates[:_MOST_CANDIDATES]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    encoder = load_encoder()
    own = document_vectors(document, encoder)
    names = names_and_numbers(document)
    best: Document | None = None
    highest = -1.0
    for other in candidates:
        score = vectors_similarity(own, document_vectors(other, encoder))
        score += overlap(names, names_and_numbers(other))
        if score > highest:
            best = other
            highest = score
    return best


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
    # Only those readers take the argument (MT metrics data sets: texts in one file, scores in
    # others).
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
            coded = with_codes(article)
            yield replace(coded, segments=self._segments(coded.segments))
        if self.source and not self.target:
            raise BadFile(_NOT_TRANSLATED)

    def _segments(self, segments: Iterable[interchange.Segment]) -> Iterator[interchange.Segment]:
        for number, segment in enumerate(segments, 1):
            refuse_long_texts(segment, number)
            self.source = self.source or bool(segment.source)
            # A correction is a translation too, where the machine's own was left empty.
            self.target = self.target or bool(segment.target or segment.corrections)
            yield segment


def refuse_long_texts(segment: interchange.Segment, number: int) -> None:
    """Raise BadFile where a text of the pair of this number is longer than the checks read."""
    texts = [segment.source, segment.target]
    texts += [correction.after for correction in segment.corrections]
    if max(map(len, texts)) > LONGEST_TEXT:
        raise BadFile(_LONG_TEXT, most=LONGEST_TEXT, number=number)


def _with_detected_languages(article: interchange.Article) -> interchange.Article:
    segments = iter(article.segments)
    sample = _sample(segments)
    if sample and not any(pair.target for pair in sample):
        raise BadFile(_NOT_TRANSLATED)
    source: str | None = article.source_language
    target: str | None = article.target_language
    if not source:
        source = detect_language(" ".join(pair.source for pair in sample))
    if not target:
        target = detect_language(" ".join(pair.target for pair in sample))
    if not (source and target):
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
    # Not simply the first pairs: a catalogue may begin with messages that nobody has translated
    # yet.
    translated = 0
    for segment in islice(segments, _LARGEST_SAMPLE):
        sample.append(segment)
        if segment.target:
            translated += 1
        if translated == _LANGUAGE_SAMPLE:
            break
    return sample
