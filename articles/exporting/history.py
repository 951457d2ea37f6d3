"""Reconstruct a segment's review as it was at a point in time, from its rows and its history.

The rows are as they are now; they are changed in memory to what they were, and never saved. A
flag's comment and marked words are as they are now (history keeps its type and severity). Of
findings only the decisions are undone: when a check first raised one is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from articles.models import Correction, Event, Finding, Flag, Segment
from articles.models.events import SEGMENT_DECISIONS

_SEVERITY_ACTS = (Event.Act.FLAGGED, Event.Act.FLAG_EDITED, Event.Act.KEPT, Event.Act.UPHELD)
"""Acts that say how severe a flag is."""
_SUBMISSIONS = (Event.Act.SUBMITTED, Event.Act.REVISED, Event.Act.WITHDRAWN)
"""Acts by which a correction begins to wait, or no longer waits."""
_APPROVED = (Correction.Status.APPROVED, Correction.Status.REPLACED)


def corrections_as_of(
    rows: Iterable[Correction], events: Iterable[Event], time: datetime
) -> list[Correction]:
    """Return one segment's corrections at that time.

    Of the approved ones the latest was in force; what was decided later was waiting.
    """
    submissions = {}
    for event in events:
        if event.act in _SUBMISSIONS:
            submissions[event.details.get("correction")] = event
    found = []
    for row in rows:
        if _restore_correction(row, submissions.get(row.pk), time):
            found.append(row)
    approved = []
    for row in found:
        # What was approved elsewhere and replaced was never in force here.
        if row.status in _APPROVED and row.decided_by_id:
            approved.append(row)
    # Which of them is "replaced" today says nothing of then: the last one decided was in force.
    approved.sort(key=lambda row: (row.decided_at, row.pk))
    for row in approved:
        row.status = Correction.Status.REPLACED
    if approved:
        approved[-1].status = Correction.Status.APPROVED
    return found


def _restore_correction(row: Correction, submission: Event | None, time: datetime) -> bool:
    """Make ``row`` what it was; return False when it was not submitted, or had been withdrawn.

    ``submission`` is the last event by which it was submitted or withdrawn.
    """
    if row.decided_at and row.decided_at <= time:
        return True
    was_submitted = True
    if submission is not None:
        was_submitted = submission.act != Event.Act.WITHDRAWN
        row.submitted_at = submission.at
        # Else it was split or merged with its segment since, and has its words.
        if submission.details.get("before") == row.before:
            row.text = submission.details.get("after", row.text)
    elif row.submitted_at is None or row.submitted_at > time:
        return False
    row.status = Correction.Status.SUBMITTED
    row.decided_by = None
    row.decided_at = None
    row.reason = ""
    row.cause = ""
    return was_submitted


def flags_as_of(rows: Iterable[Flag], events: Iterable[Event], time: datetime) -> list[Flag]:
    """Return one segment's flags at that time; those closed or removed later were open."""
    details_of = {}
    for event in events:
        if event.act in _SEVERITY_ACTS:
            details_of[event.details.get("flag")] = event.details
    found = []
    for row in rows:
        details = details_of.get(row.pk, {})
        row.type = details.get("type", row.type)
        row.severity = details.get("severity", row.severity)
        if row.updated_at > time:
            row.status = Flag.Status.OPEN
        if row.created_at <= time and row.status != Flag.Status.REMOVED:
            found.append(row)
    return found


def findings_as_of(rows: Iterable[Finding], time: datetime) -> list[Finding]:
    """Return the findings; those decided on or closed later were open."""
    found = list(rows)
    for row in found:
        if row.decided_at and row.decided_at > time:
            row.status = Finding.Status.OPEN
            row.reason = ""
            row.decided_by = None
            row.decided_at = None
        if row.closed_by and row.closed_by.at > time:
            row.status = Finding.Status.OPEN
    return found


def status_as_of(
    corrections: Iterable[Correction], flags: Iterable[Flag], events: Iterable[Event]
) -> str:
    """Return the segment's status, from what was there at that time."""
    statuses = {row.status for row in corrections}
    if Correction.Status.SUBMITTED in statuses:
        return Segment.Status.WAITING
    decisions = [event.act for event in events if event.act in SEGMENT_DECISIONS]
    if decisions:
        is_done = decisions[-1] != Event.Act.REOPENED
    else:  # imported work has no events: its approval means that it is done
        is_done = Correction.Status.APPROVED in statuses
    if is_done:
        return Segment.Status.DONE
    if any(row.status == Flag.Status.OPEN for row in flags):
        return Segment.Status.FLAGGED
    return Segment.Status.TO_REVIEW
