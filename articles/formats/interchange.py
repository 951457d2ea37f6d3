"""The plain values that every format reads and writes: articles, segments and annotations.

No value here knows the database. Spans count code points, start inclusive and end exclusive; a
format that counts otherwise converts when it reads and writes. Times carry a time zone. People are
user names.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from articles.text.blocks import Block
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

LARGEST_TEXT = 20_000_000
"""Bytes of the largest single document that is read; a novel has one million."""

LARGEST_TABLE = 500_000_000
"""Bytes of the largest file of segments that is read; it is read as a stream."""

LARGEST_CELL = 5_000_000
"""Characters of the longest single text in a file of segments."""

_BLOCK = 500
"""Texts that are encoded and written at a time."""


class BadFile(Exception):
    """Raised for a file that cannot be read, with the reason in words that an editor understands.

    ``message`` is a sentence with named placeholders that ``values`` fills, so that it can be
    translated before they are filled in. ``place`` is where in the file, such as "line 41" or
    "unit u17".
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
        if self.place:
            return f"{self.place}: {self.sentence}"
        return self.sentence


class Warnings:
    """What a reader left out or changed: each sentence once, with its first place and a count.

    Readers add to it while they read, so it is complete when the last segment has been read.
    """

    def __init__(self) -> None:
        self.entries: dict[str, tuple[BadFile, int]] = {}

    def add(self, warning: BadFile, count: int = 1) -> None:
        """Count a warning; nothing is raised."""
        first, before = self.entries.get(warning.message, (warning, 0))
        self.entries[warning.message] = first, before + count

    def __iter__(self) -> Iterator[tuple[BadFile, int]]:
        return iter(self.entries.values())


class CompanionFiles:
    """The other files of an upload by name, for a format that keeps its texts in them.

    ``used`` holds the names of those that a reader opened.
    """

    def __init__(self, files: Mapping[str, Callable[[], BinaryIO]] | None = None) -> None:
        self.files = files or {}
        self.used: set[str] = set()

    def open(self, name: str) -> BinaryIO | None:
        """Open the file of that name; return None where there is none."""
        if name not in self.files:
            return None
        self.used.add(name)
        return self.files[name]()


class Remark(NamedTuple):
    """What somebody wrote on words of a document, which may be none at a place."""

    text: str
    author: str
    span: Span


class TextNotes(NamedTuple):
    """What a file of one text holds beside it: people's remarks, and how it was read."""

    remarks: tuple[Remark, ...]
    warnings: Warnings


TOO_LARGE = _("the file is larger than %(limit)s MB; split it")
EMPTY = _("the file is empty")


def read_all(file: BinaryIO, limit: int = LARGEST_TEXT) -> bytes:
    """Return the bytes of ``file``. Raise BadFile when there are none or more than ``limit``."""
    # One byte more than allowed: a stream has no size to ask for.
    data = file.read(limit + 1)
    if not data:
        raise BadFile(EMPTY)
    if len(data) > limit:
        raise BadFile(TOO_LARGE, limit=limit // 1_000_000)
    return data


class Rejoined(io.RawIOBase):
    """A file of which ``head`` was read already: it is read from its beginning again."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        super().__init__()
        self.head = head
        self.file = file

    def readable(self) -> bool:
        """Say that the file can be read."""
        return True

    # The type that the stubs ask for has no name at run time.
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` from the head, then from the file."""
        if self.head:
            chunk = self.head[: len(buffer)]
            self.head = self.head[len(chunk) :]
        else:
            chunk = self.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def read_time(text: str) -> datetime:
    """Return the time that the text gives in ISO 8601, in UTC where it names no zone.

    Raise ValueError for any other text, and for a time that ``check_time`` refuses.
    """
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return check_time(time)


def check_time(time: datetime) -> datetime:
    """Return the time, unless it is of the first or the last year.

    Those raise ValueError: in another zone they may be beyond the calendar, and can be neither
    stored nor shown.
    """
    if not MINYEAR < time.year < MAXYEAR:
        raise ValueError
    return time


def time_or_none(text: str) -> datetime | None:
    """Return the time as ``read_time`` does, None where it cannot be read."""
    try:
        return read_time(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a flag; ``kind`` is answered, kept, withdrawn, upheld or dropped."""

    text: str
    kind: str = "answered"
    author: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A person's mark on a segment: the issue type, its severity, its place and its author.

    ``type`` is an MQM-Core name, or "" where another tool's file names none; ``category`` keeps
    the file's own word. Spans refer to the segment's texts; ``caret`` is the offset in the target
    where missing words belong. ``finding`` is the number, from 1, of the finding that was accepted
    as this flag. ``apart`` is the decision on a flag from a blind review (kept, dropped, same).
    The quotes hold marked words that the text no longer contains. ``unplaced`` says whether a
    person must still locate the flag, where that does not follow from its having no place.
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
        """Whether a person must still say which words the flag means."""
        if self.unplaced is not None:
            return self.unplaced
        places = (self.source_span, self.target_span, self.caret)
        return places == (None, None, None)


@dataclass(frozen=True, slots=True)
class Correction:
    """A proposed new target text for a segment.

    ``status`` is draft, submitted, approved, rejected, replaced or edited. ``reason`` is the
    comment on the decision; ``cause`` is the code of a standard reason for a rejection, "" for
    none. ``revision`` is the revision of the segment that the correction was made against.
    """

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
    """A possible fault that ``finder`` reported; ``status`` is open, dismissed or taken.

    ``message`` is the sentence in English. Where it can be translated, ``template`` is the
    sentence with named placeholders that ``values`` fills. ``reason`` is the code of why the
    finding was dismissed.
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
    """One line of history: who did what, when.

    ``position`` is the number that the segment had then, where it has changed since. ``details``
    refer to a flag, correction or finding by its number in the segment's list, from 1.
    """

    act: str
    by: str = ""
    time: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The part that a person has in an article; ``role`` is reviewer or approver.

    ``due`` is a date such as 2026-01-31, ``due_time`` its hour such as 18:00 in the time zone of
    the site; ``finished`` is when a blind review was completed.
    """

    person: str
    role: str
    due: str = ""
    finished: datetime | None = None
    due_time: str = ""


SentenceSpan = tuple[int, int, int]
"""Start and end of a sentence in its document, and the number of its paragraph."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A source text with its translation.

    ``source_span`` and ``target_span`` are its places in the documents, where these are known, and
    so are the sentences. ``id`` is its name in the file that it came from; ``score``, from 0 to 1,
    is how likely its alignment is right; ``revision`` counts the writes to it.
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
        """The approved correction, the last one where a file holds several."""
        for correction in reversed(self.corrections):
            if correction.status == "approved":
                return correction
        return None

    @property
    def final(self) -> str:
        """The target text to publish: the approved correction, else the machine's text."""
        approved = self.approved
        if approved is None:
            return self.target
        return approved.after


@dataclass(frozen=True, slots=True)
class Article:
    """An article to export or one that was read.

    ``segments`` may be a stream, which is read once and before the next article is asked for.
    ``source`` and ``target`` are the whole documents, "" in files that hold segments only. ``held``
    describes in words what an export contains (approved corrections only, everything, as of a
    date). ``system`` names the translation system in tables of several. ``page`` and
    ``source_page`` are the files that target and source were extracted from, b"" for none.
    ``stage`` is "compared" for an article whose two blind reviews were compared. ``events`` are
    those that belong to no single segment. ``source_tag`` and ``target_tag`` are the languages with
    their regions ("fr-CA"), "" where the file names none. ``key`` names the article of the site
    that wrote the file, "" in the files of others. ``warnings`` is one object for all articles of a
    file. ``translate`` puts the words of our own into the language of whoever reads the file.
    ``blocks`` are the headings and list items of the target, in its order, where each line of it is
    a block; None where that is not known.
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
    key: str = ""
    source_tag: str = ""
    target_tag: str = ""
    blocks: tuple[Block, ...] | None = field(default=None, compare=False)
    warnings: Warnings | None = field(default=None, compare=False, repr=False)
    translate: Callable[[str], str] = field(default=str, compare=False, repr=False)

    @property
    def named_languages(self) -> tuple[str, str]:
        """The languages as a file names them: with their regions, "und" for an unknown one."""
        return (
            self.source_tag or self.source_language or "und",
            self.target_tag or self.target_language or "und",
        )


def encode_blocks(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield the texts in UTF-8, some hundred at a time.

    A block is small enough to hold in memory and large enough to be worth a write.
    """
    stream = iter(texts)
    block = list(islice(stream, _BLOCK))
    while block:
        yield "".join(block).encode()
        block = list(islice(stream, _BLOCK))


def group_segments(rows: Iterable[tuple[Article, Segment | None]]) -> Iterator[Article]:
    """Yield articles whose segments stream, from rows of an article and one of its segments.

    The segment is None for an article without any. Rows of one article carry the same object. The
    segments of an article must be read before the next article is asked for; those that the
    caller did not read are skipped.
    """
    # Not itertools.groupby: it compares keys for equality, and an article would be compared with
    # all its texts.
    stream = iter(rows)
    pending = next(stream, None)

    def segments_of(article: Article) -> Iterator[Segment]:
        nonlocal pending
        while pending is not None and pending[0] is article:
            segment = pending[1]
            pending = next(stream, None)
            if segment is not None:
                yield segment

    while pending is not None:
        article = pending[0]
        segments = segments_of(article)
        yield replace(article, segments=segments)
        # Runs through what the caller left unread: the next article's rows stand behind it.
        deque(segments, maxlen=0)
