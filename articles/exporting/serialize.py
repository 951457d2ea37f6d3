"""Make plain values (formats/interchange.py) of an article's rows, a chunk of segments at a time.

A ``whole`` article has all that is needed to build it again elsewhere, which
records/deserialize.py does. Names stand for people, and numbers in the segment's own lists for
rows. Drafts are their author's alone, and so are the marks of a blind review until both readings
are compared: neither is exported. Nor is the event of the import: it belongs to this site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, starmap
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet

from articles.exporting.history import (
    corrections_as_of,
    findings_as_of,
    flags_as_of,
    status_as_of,
)
from articles.formats import interchange
from articles.models import Article, Correction, Document, Event, Finding, Flag, Reply
from articles.text.document import Span

_CHUNK = 2000
"""Segments that are read at once: memory stays bounded however long the article is."""
Sentences = tuple[interchange.SentenceSpan, ...]
Numbers = Mapping[str, Mapping[int, int]]
"""For each kind of row (flag, correction, finding): id → its number in the segment's list."""


class SegmentRow(NamedTuple):
    """The columns of a segment that are exported."""

    id: int
    position: int
    source_text: str
    target_text: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    score: float
    status: str
    revision: int
    source_from: int
    source_to: int
    target_from: int
    target_to: int


class ReviewRows(NamedTuple):
    """The work on one segment, as rows."""

    flags: list[Flag]
    corrections: list[Correction]
    findings: list[Finding]
    events: list[Event]


def serialize_segments(
    article: Article,
    *,
    as_of: datetime | None = None,
    whole: bool = False,
    resolved: bool = False,
) -> Iterator[interchange.Segment]:
    """Yield the segments in order, as of a time; with ``resolved``, those findings that are.

    Most segments have no review: plain tuples are read of them, and the reviews of a chunk at
    once.
    """
    columns = article.segments.order_by("position").values_list(*SegmentRow._fields)
    stream = starmap(SegmentRow, columns.iterator(chunk_size=_CHUNK))
    while True:
        chunk = list(islice(stream, _CHUNK))
        if not chunk:
            return
        reviews = _reviews_of(article, chunk, as_of=as_of, whole=whole, resolved=resolved)
        source_sentences: Iterable[Sentences] = [()] * len(chunk)
        target_sentences: Iterable[Sentences] = [()] * len(chunk)
        if whole:
            source_sentences = _sentences_of(article.source, chunk, "source")
            target_sentences = _sentences_of(article.target, chunk, "target")
        for row, source, target in zip(chunk, source_sentences, target_sentences, strict=True):
            review = _review(row, reviews.get(row.id), as_of=as_of, whole=whole)
            yield interchange.Segment(
                row.source_text,
                row.target_text,
                id=str(row.position),
                source_span=Span(row.source_start, row.source_end),
                target_span=Span(row.target_start, row.target_end),
                score=row.score,
                revision=row.revision if whole else 1,
                source_sentences=source,
                target_sentences=target,
                **review,
            )


def _review(
    row: SegmentRow, rows: ReviewRows | None, *, as_of: datetime | None, whole: bool
) -> dict[str, Any]:
    """Return a segment's status and the work on it, as fields of interchange.Segment."""
    status = row.status
    if rows is None:
        return {"status": "to_review" if as_of else status}
    if as_of:
        flags = flags_as_of(rows.flags, rows.events, as_of)
        corrections = corrections_as_of(rows.corrections, rows.events, as_of)
        findings = findings_as_of(rows.findings, as_of)
        status = status_as_of(corrections, flags, rows.events)
        rows = ReviewRows(flags, corrections, findings, rows.events)
    numbers: Numbers = {}
    events: tuple[interchange.Event, ...] = ()
    if whole:
        numbers = {
            "flag": _numbers(rows.flags),
            "correction": _numbers(rows.corrections),
            "finding": _numbers(rows.findings),
        }
        events = tuple(_event(event, row.position, numbers) for event in rows.events)
    return {
        "status": status,
        "flags": tuple(_flag(flag, numbers) for flag in rows.flags),
        "corrections": tuple(_correction(each, whole=whole) for each in rows.corrections),
        "findings": tuple(_finding(finding) for finding in rows.findings),
        "events": events,
    }


def serialize_article_fields(article: Article, *, as_of: datetime | None = None) -> dict[str, Any]:
    """Return what a whole article has besides its segments, as fields of interchange.Article."""
    events = _events_until(Event.objects.filter(article=article, segment=None), as_of)
    assignments = []
    for row in article.assignments.order_by("id"):
        due = f"{row.due or ''}"
        hour = f"{row.due_time:%H:%M}" if row.due_time else ""
        part = (_name(row.person), row.role, due, row.finished_at, hour)
        assignment = interchange.Assignment(*part)
        assignments.append(assignment)
    # What two readers marked who are still reading, or not yet compared, nobody is to see.
    is_compared = article.stage == Article.Stage.COMPARED
    return {
        "source_page": bytes(article.source.page or b""),
        "stage": "compared" if is_compared else "",
        "people": tuple(assignments),
        "events": tuple(_event(event, 0, {}) for event in events.exclude(act=Event.Act.IMPORTED)),
    }


def _events_until(events: QuerySet[Event], as_of: datetime | None) -> QuerySet[Event]:
    chosen = events.filter(at__lte=as_of) if as_of else events
    return chosen.prefetch_related("actor").order_by("id")


def _reviews_of(
    article: Article,
    chunk: Sequence[SegmentRow],
    *,
    as_of: datetime | None,
    whole: bool,
    resolved: bool,
) -> dict[int, ReviewRows]:
    """Return the work on the segments of a chunk, by segment id; none for those without any.

    As of a time, only the events are filtered; the other rows are all there are, to be changed
    back to what they were. Findings and history belong to whole articles only, but for findings
    that are ``resolved``, and so do flags that were removed.
    """
    positions = (chunk[0].position, chunk[-1].position)
    chosen = {"segment__article": article, "segment__position__range": positions}
    # People are fetched beside their rows, one object for each person: with each row they would
    # take as long as the rows.
    replies = Reply.objects.prefetch_related("author")
    if as_of:
        replies = replies.filter(at__lte=as_of)
    flags = Flag.objects.filter(**chosen).order_by("id")
    flags = flags.prefetch_related("author", Prefetch("replies", replies))
    corrections = Correction.objects.filter(**chosen).order_by("id")
    corrections = corrections.prefetch_related("author", "decided_by")
    if not as_of:
        corrections = corrections.exclude(status=Correction.Status.DRAFT)
        if not whole:
            flags = flags.exclude(status=Flag.Status.REMOVED)
    findings = Finding.objects.none()
    events = Event.objects.none()
    if whole or resolved:
        findings = Finding.objects.filter(**chosen).order_by("-score", "id")
        findings = findings.prefetch_related("decided_by", "closed_by")
    if not whole:
        findings = findings.filter(status=Finding.Status.CLOSED)
    if whole or as_of:
        events = _events_until(Event.objects.filter(**chosen), as_of)
    return _group_by_segment(flags, corrections, findings, events)


def _group_by_segment(
    flags: Iterable[Flag],
    corrections: Iterable[Correction],
    findings: Iterable[Finding],
    events: Iterable[Event],
) -> dict[int, ReviewRows]:
    """Return the rows of each segment that has any, by its id."""
    reviews: dict[int, ReviewRows] = defaultdict(lambda: ReviewRows([], [], [], []))
    for flag in flags:
        reviews[flag.segment_id].flags.append(flag)
    for correction in corrections:
        reviews[correction.segment_id].corrections.append(correction)
    for finding in findings:
        reviews[finding.segment_id].findings.append(finding)
    for event in events:
        reviews[event.segment_id or 0].events.append(event)
    return reviews


def _sentences_of(
    document: Document, chunk: Sequence[SegmentRow], side: str
) -> Iterator[Sentences]:
    """Yield the sentences of each segment on one side.

    None for a segment that is one sentence, in a paragraph of its own.
    """
    fields = [f"{side}_{name}" for name in ("from", "to", "start", "end")]
    places = [[getattr(row, name) for name in fields] for row in chunk]
    first = places[0][0]
    last = places[-1][1]
    rows = document.sentences.filter(position__gte=first, position__lt=last)
    spans = list(rows.order_by("position").values_list("start", "end", "paragraph"))
    for row, (begin, end, start, stop) in zip(chunk, places, strict=True):
        sentences = tuple(spans[begin - first : end - first])
        # What an import makes of a segment without sentences (importing/bilingual.py): not worth
        # writing.
        is_plain = sentences == ((start, stop, row.position - 1),)
        yield () if is_plain else sentences


# ── one row ──────────────────────────────────────────────────────────────────


def _numbers(rows: Iterable[Flag | Correction | Finding]) -> dict[int, int]:
    """Return the number of each row by its id, from 1."""
    return {row.pk: number for number, row in enumerate(rows, start=1)}


def _event(row: Event, position: int, numbers: Numbers) -> interchange.Event:
    details = _portable(row.act, row.details, numbers)
    by = _name(row.actor) or str(details.pop("by", ""))
    if row.foreign:
        details.pop("file", None)  # the file that it came in by
    elsewhere = None if row.position in (None, position) else row.position
    return interchange.Event(row.act, by, row.at, _in_order(details), elsewhere)


def _portable(act: str, details: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Return the details without ids of this database, with numbers of the segment's own rows."""
    if act == Event.Act.REALIGNED:  # the rest is full of ids, and serves to undo it
        return {"how": details.get("how", "")}
    found: dict[str, Any] = {}
    for key, value in details.items():
        if key in ("flag", "correction", "finding"):
            number = numbers.get(key, {}).get(value)
            if number:
                found[key] = number
        elif key == "flags":
            flags = numbers.get("flag", {})
            found[key] = [flags[pk] for pk in value if pk in flags]
        elif key != "ids":  # of people, who are named in another detail
            found[key] = value
    return found


def _flag(row: Flag, numbers: Numbers) -> interchange.Flag:
    replies = []
    for reply in row.replies.all():
        name = _name(reply.author)
        replies.append(interchange.Reply(reply.text, reply.kind, name, reply.at))
    return interchange.Flag(
        type=row.type,
        severity=row.severity,
        source_span=row.source_span,
        target_span=row.target_span,
        caret=row.caret,
        comment=row.comment,
        author=_name(row.author),
        time=row.created_at,
        status=row.status,
        replies=tuple(replies),
        **(_whole_flag_fields(row, numbers) if numbers else {}),
    )


def _whole_flag_fields(row: Flag, numbers: Numbers) -> dict[str, Any]:
    """Return the fields by which a flag can be built again elsewhere."""
    has_source = row.source_start is not None
    has_target = row.target_start is not None
    has_place = has_source or has_target or row.caret is not None
    # A flag without a place needs locating: only what differs from that is written.
    is_expected = row.needs_locating != has_place
    return {
        "finding": numbers["finding"].get(row.finding_id or 0),
        "apart": row.apart,
        "changed": row.updated_at,
        "unplaced": None if is_expected else row.needs_locating,
        "source_quote": "" if has_source else row.source_quote,
        "target_quote": "" if has_target else row.target_quote,
    }


def _correction(row: Correction, *, whole: bool) -> interchange.Correction:
    fields: dict[str, Any] = {}
    if whole:
        fields = {
            "begun": row.created_at,
            "changed": row.updated_at,
            "revision": row.base_revision,
        }
    return interchange.Correction(
        row.before,
        row.text,
        row.status,
        author=_name(row.author),
        submitted=row.submitted_at,
        decided_by=_name(row.decided_by) or (row.claimed_by if row.decided_at else ""),
        decided=row.decided_at,
        reason=row.reason,
        cause=row.cause,
        **fields,
    )


def _finding(row: Finding) -> interchange.Finding:
    message = row.message % row.values
    source_spans = [Span(*span) for span in row.source_spans]
    target_spans: list[Span] = []
    caret = None
    if not row.found_in:
        # The places of one in a corrected text are none in the machine's.
        target_spans = [Span(*span) for span in row.target_spans]
        caret = row.caret
    return interchange.Finding(
        check=row.check_id,
        type=row.type,
        severity=row.severity,
        score=row.score,
        message=message,
        source_spans=tuple(source_spans),
        target_spans=tuple(target_spans),
        caret=caret,
        status=row.status,
        reason=row.reason,
        finder=row.finder,
        template=row.message if row.message != message else "",
        values=_in_order(row.values),
        decided_by=_name(row.decided_by),
        decided=row.decided_at,
    )


def _in_order(value: Any) -> Any:
    """Return the value with its keys sorted, so that equal articles give equal files.

    Databases keep the keys of JSON in an order of their own.
    """
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_in_order(each) for each in value]
    return value


def _name(person: User | None) -> str:
    return person.get_username() if person else ""
