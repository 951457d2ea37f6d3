"""Make rows of the findings, flags, corrections and history that a file has for its segments.

exporting/serialize.py is the way back. A file cannot decide anything here, for nobody can tell who
wrote it (docs/decisions/0063). A correction that it calls approved waits for approval, with what
the file claims; one that it calls returned or replaced is kept as history; a flag that a correction
or an arbiter settled elsewhere is open; history is marked as foreign, without a person of this
site. A finding dismissed elsewhere counts as dismissed by the importer, where that is a reviewer.
No account is made for an unknown name: the importer is the author, and comments begin with it.

In this module ``recorded`` is what the file holds: an article, a segment, or one of its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time

from articles.findings.store import OWN_CHECKS, fingerprint_of
from articles.formats import interchange
from articles.models import Article, Assignment, Correction, Event, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.models.review import ReplyKind
from articles.records.corrections import choice_or_default, read_corrections
from articles.records.history import (
    Numbered,
    numbered_row,
    read_events,
    set_times,
    store_events,
)
from articles.records.people import People
from articles.text.document import Span


@dataclass
class _Review:
    """A segment, its records in the file, and the rows made of these, in the same order.

    None stands for a record that is not stored.
    """

    row: Segment
    recorded: interchange.Segment
    findings: list[Finding | None] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    corrections: list[Correction | None] = field(default_factory=list)

    @property
    def numbered(self) -> Numbered:
        """The rows to which history refers by their numbers in these lists."""
        return {
            "flag": self.flags,
            "correction": self.corrections,
            "finding": self.findings,
        }


def store_reviews(
    article: Article, chunk: Sequence[interchange.Segment], people: People, *, after: int
) -> None:
    """Store the work on the segments ``chunk``, the first at the position after ``after``.

    The segments' statuses follow. Raises BadFile where somebody unknown is named and there is no
    importer.
    """
    reviews = _reviews_of(article, chunk, after=after)
    if not reviews:
        return
    for review in reviews:
        review.findings = _findings(review.row, review.recorded, people)
        review.corrections = read_corrections(review.row, review.recorded, people)
    _create_all(Finding, (review.findings for review in reviews))
    for review in reviews:  # a flag names its finding, which has an id now
        for flag in review.recorded.flags:
            finding = numbered_row(review.findings, flag.finding)
            review.flags.append(build_flag(review.row, flag, people, finding))
    _create_all(Flag, (review.flags for review in reviews))
    _create_all(Reply, (_replies(review, people) for review in reviews))
    _create_all(Correction, (review.corrections for review in reviews))
    _keep_times(reviews)
    events: list[Event] = []
    for review in reviews:
        events.extend(
            read_events(article, review.recorded.events, people, review.row, review.numbered)
        )
    store_events(events)
    _store_statuses(reviews)


def _reviews_of(
    article: Article, chunk: Sequence[interchange.Segment], *, after: int
) -> list[_Review]:
    """Return the segments of the chunk that somebody or some check worked on."""
    reviewed = {}
    for position, recorded in enumerate(chunk, start=after + 1):
        work = (recorded.flags, recorded.corrections, recorded.findings, recorded.events)
        if any(work):
            reviewed[position] = recorded
    if not reviewed:
        return []
    rows = article.segments.filter(
        position__in=reviewed, position__range=(after + 1, after + len(chunk))
    )
    return [_Review(row, reviewed[row.position]) for row in rows]


def _create_all(model: type[models.Model], groups: Iterable[Iterable[models.Model | None]]) -> None:
    """Store the rows of all groups at once."""
    rows: list[models.Model] = []
    for group in groups:
        rows.extend(row for row in group if row is not None)
    model._default_manager.bulk_create(rows)


def _store_statuses(reviews: Iterable[_Review]) -> None:
    changed = []
    for review in reviews:
        review.row.status = _status(review)
        if review.row.status != Segment.Status.TO_REVIEW:
            changed.append(review.row)
    Segment.objects.bulk_update(changed, ["status"])


def _status(review: _Review) -> str:
    """Return the segment's status; that somebody was done with it elsewhere is a claim."""
    corrections = {row.status for row in review.corrections if row is not None}
    if Correction.Status.SUBMITTED in corrections:
        return Segment.Status.WAITING
    if any(flag.status == Flag.Status.OPEN for flag in review.flags):
        return Segment.Status.FLAGGED
    return Segment.Status.TO_REVIEW


def store_article_records(article: Article, recorded: interchange.Article, people: People) -> None:
    """Store what a file has for the whole article (unsaved): assignments, history, its stage."""
    _store_assignments(article, recorded.people, people)
    events = list(read_events(article, recorded.events, people))
    store_events(events)
    # A file cannot make anybody read blind here, nor compare: only a finished comparison is taken
    # over.
    if recorded.stage != Article.Stage.COMPARED:
        return
    for event in events:
        if event.act == Event.Act.UNSEALED:
            article.stage = Article.Stage.COMPARED
            # Only the two readers read blind; marks by others are ordinary ones.
            marks = Flag.everything.made_blind(article)
            marks.exclude(author__in=event.details["ids"]).update(apart="")
            return


def _store_assignments(
    article: Article, recorded: Iterable[interchange.Assignment], people: People
) -> None:
    """Store one assignment for each person who has an account here."""
    by_person = {}
    for record in recorded:
        person = people.find(record.person)
        if person is not None and record.role in Assignment.Role:
            by_person[person] = record
    rows = []
    for person, record in by_person.items():
        row = Assignment(
            article=article,
            person=person,
            role=record.role,
            due=_day(record.due),
            due_time=_hour(record.due_time) if _day(record.due) else None,
            finished_at=record.finished,
        )
        rows.append(row)
    Assignment.objects.bulk_create(rows)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # well-formed, but no such day
        return None


def _hour(text: str) -> time | None:
    try:
        return parse_time(text)
    except ValueError:  # well-formed, but no such hour
        return None


# ── times ────────────────────────────────────────────────────────────────────


def _keep_times(reviews: Iterable[_Review]) -> None:
    """Put the times that the file has in the place of now."""
    flags: list[tuple[Sequence[datetime], int]] = []
    corrections: list[tuple[Sequence[datetime], int]] = []
    for review in reviews:
        for flag, recorded_flag in zip(review.flags, review.recorded.flags, strict=True):
            if recorded_flag.time:
                times = (recorded_flag.time, recorded_flag.changed or recorded_flag.time)
                flags.append((times, flag.pk))
        for row, recorded in zip(review.corrections, review.recorded.corrections, strict=True):
            if row is not None and recorded.begun:
                times = (recorded.begun, recorded.changed or recorded.begun)
                corrections.append((times, row.pk))
    set_times(Flag, ("created_at", "updated_at"), flags)
    set_times(Correction, ("created_at", "updated_at"), corrections)


# ── findings ─────────────────────────────────────────────────────────────────


def _findings(row: Segment, recorded: interchange.Segment, people: People) -> list[Finding | None]:
    """Return the findings whose words are in the segment, each once."""
    seen: set[str] = set()
    found: list[Finding | None] = []
    for record in recorded.findings:
        finding = _finding(row, record, people)
        # Unique in a segment (finding_once); None keeps the numbers by which flags name their
        # findings.
        if finding is not None and finding.fingerprint in seen:
            finding = None
        if finding is not None:
            seen.add(finding.fingerprint)
        found.append(finding)
    return found


def _finding(row: Segment, recorded: interchange.Finding, people: People) -> Finding | None:
    """Return the finding, unsaved; None where the segment is too short for its spans."""
    if not _spans_fit(recorded.source_spans, row.source_text):
        return None
    if not _spans_fit(recorded.target_spans, row.target_text):
        return None
    message, values = _message(recorded)
    finding = Finding(
        segment=row,
        check_id=recorded.check[:40],
        finder=recorded.finder[:80] or OWN_CHECKS,
        type=recorded.type[:60],
        severity=recorded.severity,
        score=recorded.score,
        message=message,
        values=values,
        source_spans=[list(span) for span in recorded.source_spans],
        target_spans=[list(span) for span in recorded.target_spans],
        caret=_caret(recorded.caret, row.target_text),
    )
    # Made here, so that our own checks find the same fault as this row and not as a second one.
    finding.fingerprint = fingerprint_of(finding, (row.source_text, row.target_text))
    _copy_decision(finding, recorded, people)
    return finding


def _spans_fit(spans: Iterable[Span], text: str) -> bool:
    last = max((span.end for span in spans), default=0)
    return last <= len(text)


def _caret(offset: int | None, text: str) -> int | None:
    """Return the insertion point, inside the text."""
    return None if offset is None else min(offset, len(text))


def _copy_decision(finding: Finding, recorded: interchange.Finding, people: People) -> None:
    """Give the finding the decision on it, in the name of the importer where that is a reviewer."""
    if recorded.status not in (Finding.Status.DISMISSED, Finding.Status.TAKEN):
        return
    if not people.importer_reviews:
        return
    finding.status = recorded.status
    finding.decided_by = people.importer
    finding.decided_at = recorded.decided or timezone.now()
    finding.reason = choice_or_default(recorded.reason, Finding.Reason)


def _message(recorded: interchange.Finding) -> tuple[str, dict[str, Any]]:
    """Return the message with its values; as it stands where they do not fit each other."""
    values = dict(recorded.values)
    template = recorded.template or recorded.message
    try:
        fits = template % values == recorded.message
    except (KeyError, TypeError, ValueError):
        fits = False
    if fits:
        return template, values
    return "%(said)s", {"said": recorded.message}


# ── flags ────────────────────────────────────────────────────────────────────


def build_flag(
    row: Segment, recorded: interchange.Flag, people: People, finding: Finding | None = None
) -> Flag:
    """Return the flag as a row, unsaved; ``finding`` is the one that was accepted as this flag.

    Raises BadFile where its author has no account here and there is no importer.
    """
    flag = Flag(
        segment=row,
        author=people.find_or_importer(recorded.author, row),
        finding=finding,
        type=recorded.type[:60] or "Other",
        severity=recorded.severity,
        comment=_flag_comment(recorded, people),
        caret=_caret(recorded.caret, row.target_text),
        status=_flag_status(recorded),
        talk=_last_reply_kind(recorded.replies),
        apart=_blind_status(recorded, people),
        **_place("source", recorded.source_span, recorded.source_quote, row.source_text),
        **_place("target", recorded.target_span, recorded.target_quote, row.target_text),
    )
    if recorded.unplaced is None:
        has_words = flag.source_end is not None or flag.target_end is not None
        flag.needs_locating = recorded.caret is None and not has_words
    else:
        flag.needs_locating = recorded.unplaced
    return flag


def _flag_status(recorded: interchange.Flag) -> str:
    """Return removed for a flag that its own author took back, else open.

    A correction that repaired it, or an arbiter who dropped it, decided elsewhere.
    """
    if recorded.status != Flag.Status.REMOVED:
        return Flag.Status.OPEN
    last = recorded.replies[-1].kind if recorded.replies else ""
    return Flag.Status.OPEN if last == ReplyKind.DROPPED else Flag.Status.REMOVED


def _reply_kind(recorded: interchange.Reply) -> str:
    """Return the kind of a reply; what an arbiter said elsewhere is an answer here."""
    if recorded.kind in (ReplyKind.UPHELD, ReplyKind.DROPPED):
        return ReplyKind.ANSWERED
    return choice_or_default(recorded.kind, ReplyKind, ReplyKind.ANSWERED)


def _place(side: str, span: Span | None, quote: str, text: str) -> dict[str, Any]:
    """Return the fields of a flag for its words on one side, where they fit the text."""
    if span is not None and span.start < span.end <= len(text):
        return {
            f"{side}_start": span.start,
            f"{side}_end": span.end,
            f"{side}_quote": span.of(text),
        }
    return {f"{side}_quote": quote}


def _flag_comment(recorded: interchange.Flag, people: People) -> str:
    signed = _signed(recorded.comment, recorded.author, people)
    return signed if signed == recorded.comment else signed.rstrip(": ")


def _signed(text: str, author: str, people: People) -> str:
    """Return the text, after its author's name where that person has no account here."""
    if not author or people.find(author):
        return text
    return f"{author}: {text}"


def _last_reply_kind(replies: Sequence[interchange.Reply]) -> str:
    """Return where the discussion of a flag stands, "" where there was none."""
    last = ""
    for reply in replies:
        if reply.text:
            last = _reply_kind(reply)
    return last


def _blind_status(recorded: interchange.Flag, people: People) -> str:
    """Return what became of a flag in a blind review; a hidden one cannot come out of a file."""
    # A sealed flag of an article that nobody reads blind would stay hidden for good.
    is_known = recorded.apart in BlindStatus and recorded.apart != BlindStatus.SEALED
    return recorded.apart if is_known and people.find(recorded.author) else ""


def _replies(review: _Review, people: People) -> Iterator[Reply]:
    """Yield the replies to the segment's flags."""
    for flag, recorded in zip(review.flags, review.recorded.flags, strict=True):
        for reply in recorded.replies:
            if reply.text:
                yield Reply(
                    flag=flag,
                    author=people.find_or_importer(reply.author, review.row),
                    kind=_reply_kind(reply),
                    text=_signed(reply.text, reply.author, people),
                    at=reply.time or timezone.now(),
                )
