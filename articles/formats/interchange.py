"""What every format reads and writes: an article with its segments, and what people said of them.

Plain values without a database. Spans are code points, start inclusive, end exclusive (DESIGN §4.2); a format with
other rules converts at its own door. Times know their zone. People are names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from articles.text.document import Span
from articles.text.messages import gettext_noop as _

LARGEST_TEXT = 20_000_000
"""Bytes of the largest single document that is read; a novel has one million."""

LARGEST_TABLE = 500_000_000
"""Bytes of the largest file of pairs that is read; it is read in a stream."""

LARGEST_CELL = 5_000_000
"""Characters of the longest single text inside a file of pairs."""


class BadFile(Exception):
    """A file that cannot be taken, in words an editor understands.

    ``message`` is a sentence with named places that ``values`` fills, so that the screen can translate it; ``place``
    says where in the file, such as "line 41" or "unit u17".
    """

    def __init__(self, message: str, place: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.values = values

    @property
    def sentence(self) -> str:
        """The sentence in English, without its place."""
        return self.message % self.values

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class Warnings:
    """What a reader left out, or took otherwise than it stands in the file: each sentence once, with its first place
    and how often. Readers add to it while they read, so it is complete when the last segment has been read."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[BadFile, int]] = {}

    def add(self, warning: BadFile, count: int = 1) -> None:
        """Count a warning; nothing is raised."""
        first, before = self.entries.get(warning.message, (warning, 0))
        self.entries[warning.message] = first, before + count

    def __iter__(self) -> Iterator[tuple[BadFile, int]]:
        return iter(self.entries.values())


class CompanionFiles:
    """The other files of an upload by their names, for files whose texts stand elsewhere; ``used`` are those that were
    opened."""

    def __init__(self, files: Mapping[str, Callable[[], BinaryIO]] | None = None) -> None:
        self.files = files or {}
        self.used: set[str] = set()

    def open(self, name: str) -> BinaryIO | None:
        """The file of that name, None where there is none."""
        if name not in self.files:
            return None
        self.used.add(name)
        return self.files[name]()


TOO_LARGE = _("the file is larger than %(limit)s MB; split it")
EMPTY = _("the file is empty")


def read_all(file: BinaryIO, limit: int = LARGEST_TEXT) -> bytes:
    """The bytes of ``file``; BadFile when there are none, or more than ``limit``."""
    data = file.read(limit + 1)
    if not data:
        raise BadFile(EMPTY)
    if len(data) > limit:
        raise BadFile(TOO_LARGE, limit=limit // 1_000_000)
    return data


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody said of a flag: ``kind`` is answered, kept, withdrawn, upheld or dropped."""

    text: str
    kind: str = "answered"
    author: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on a segment: what is wrong, how badly, where, and who says so.

    ``type`` is an MQM-Core name, or "" where a foreign file does not say; ``category`` keeps the file's own word.
    Spans are of the segment's texts; ``caret`` is the place in the target where missing words belong. ``finding`` is
    the number, from 1, of the segment's finding it was made of; ``apart`` what was decided of a mark that was made in
    a reading apart (kept, dropped, same). Quotes are of words that were marked and have gone since; ``unplaced``
    whether somebody must still say which words are meant, where that is not simply that the flag has no place.
    """

    type: str
    severity: str
    source_span: Span | None = None
    target_span: Span | None = None
    caret: int | None = None
    comment: str = ""
    author: str = ""
    time: datetime | None = None
    status: str = "open"
    category: str = ""
    replies: tuple[Reply, ...] = ()
    finding: int | None = None
    apart: str = ""
    changed: datetime | None = None
    source_quote: str = ""
    target_quote: str = ""
    unplaced: bool | None = None

    @property
    def needs_locating(self) -> bool:
        """Whether a person must still say which words are meant."""
        if self.unplaced is not None:
            return self.unplaced
        return self.source_span is None and self.target_span is None and self.caret is None


@dataclass(frozen=True, slots=True)
class Correction:
    """A new target text for a segment. ``status`` is draft, submitted, approved, rejected or replaced. ``reason`` is
    what was said of the decision; ``cause`` the code of the usual reason for a rejection, where it was one.
    ``revision`` is the segment's that it was made against."""

    before: str
    after: str
    status: str
    author: str = ""
    submitted: datetime | None = None
    decided_by: str = ""
    decided: datetime | None = None
    reason: str = ""
    cause: str = ""
    begun: datetime | None = None
    changed: datetime | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt that ``finder`` raised, and what became of it (status open, dismissed or taken).

    ``message`` is the sentence in English; where it is to be said in other languages, ``template`` is the sentence with
    named places that ``values`` fills. ``reason`` is the code of why it was dismissed.
    """

    check: str
    type: str
    severity: str
    score: float
    message: str
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    caret: int | None = None
    status: str = "open"
    reason: str = ""
    finder: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    decided_by: str = ""
    decided: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history: who did what, when. ``position`` is the segment's number then, where it is another now.

    A flag, correction or finding among the ``details`` is named by its number in the segment's list, from 1.
    """

    act: str
    by: str = ""
    time: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What somebody was given to do with an article: ``role`` reviewer or approver, ``due`` a day such as 2026-01-31.
    ``finished`` is when a reading apart was done."""

    person: str
    role: str
    due: str = ""
    finished: datetime | None = None


SentenceSpan = tuple[int, int, int]
"""A sentence of a document: where it starts and ends, and the number of its paragraph."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One pair. ``source_span`` and ``target_span`` say where it stands in the documents, when they are known.

    ``id`` is the segment's name in the file it came from; ``score`` in 0…1 how likely the pairing is right. The
    sentences it holds are said where they are known. ``revision`` counts the writes to it.
    """

    source: str
    target: str
    id: str = ""
    source_span: Span | None = None
    target_span: Span | None = None
    score: float = 1.0
    status: str = ""
    flags: tuple[Flag, ...] = ()
    corrections: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()
    events: tuple[Event, ...] = ()
    revision: int = 1
    source_sentences: tuple[SentenceSpan, ...] = ()
    target_sentences: tuple[SentenceSpan, ...] = ()

    @property
    def approved(self) -> Correction | None:
        """The approved correction, the latest where a file holds several."""
        return next(
            (each for each in reversed(self.corrections) if each.status == "approved"), None
        )

    @property
    def final(self) -> str:
        """The target as it goes to print: the approved correction, else what the machine wrote."""
        approved = self.approved
        return self.target if approved is None else approved.after


@dataclass(frozen=True, slots=True)
class Article:
    """An article on its way in or out. ``segments`` may be a stream that is read once, before the next article.

    ``source`` and ``target`` are the whole documents, "" in files that hold pairs only. ``held`` says in words what an
    export holds (approved only, everything, as on a date). ``system`` is the machine's name in tables of several.
    ``page`` is the web page that the target was taken from, ``source_page`` that of the source, b"" for none.
    ``stage`` is "compared" for an article that two people read apart; ``events`` are those of no one segment.
    ``warnings`` is what its file's reader left out, one object for all articles of the file.
    """

    title: str
    source_language: str
    target_language: str
    source: str = ""
    target: str = ""
    segments: Iterable[Segment] = ()
    source_name: str = ""
    target_name: str = ""
    held: str = ""
    system: str = ""
    page: bytes = b""
    source_page: bytes = b""
    stage: str = ""
    people: tuple[Assignment, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: Warnings | None = field(default=None, compare=False, repr=False)


def encode_blocks(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts in UTF-8, some hundred at a time: few enough to hold, enough to be worth a write."""
    stream = iter(texts)
    while block := list(islice(stream, 500)):
        yield "".join(block).encode()


def group_segments(rows: Iterable[tuple[Article, Segment | None]]) -> Iterator[Article]:
    """Articles whose segments stream, from rows of (article, one of its segments or None for an article without any).

    Rows of one article carry the same object. Each article's segments must be read before the next one is asked for.
    """
    stream = iter(rows)
    waiting = next(stream, None)

    def segments(article: Article) -> Iterator[Segment]:
        nonlocal waiting
        while waiting is not None and waiting[0] is article:
            segment = waiting[1]
            waiting = next(stream, None)
            if segment is not None:
                yield segment

    while waiting is not None:
        article = waiting[0]
        rest = segments(article)
        yield replace(article, segments=rest)
        for _rest in rest:
            """What the caller did not read is passed over."""
