"""Floor 2: what people had said of a segment by a point in time, worked out of its rows and its history.

The rows are as they are now; they are changed in memory to what they were, and never saved. A flag's comment and
marked words are as they are now (history keeps its type and severity), and of findings only what became of them is
taken back: when a check first raised one is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from articles.models import Correction, Event, Finding, Flag, Segment

C, E, F = Correction.Status, Event.Act, Flag.Status
_WEIGHED = (E.FLAGGED, E.FLAG_EDITED, E.KEPT, E.UPHELD)
"""Acts that say how severe a flag is."""


def corrections_as_of(
    rows: Iterable[Correction], events: Iterable[Event], time: datetime
) -> list[Correction]:
    """One segment's corrections by then: of those approved the latest was in force, what was decided later waited."""
    sent = {
        each.details.get("correction"): each
        for each in events
        if each.act in (E.SUBMITTED, E.WITHDRAWN)
    }
    found = [row for row in rows if _restore_correction(row, sent.get(row.pk), time)]
    approved = [row for row in found if row.status in (C.APPROVED, C.REPLACED)]
    approved.sort(key=lambda row: (row.decided_at, row.pk))
    for row in approved:
        row.status = C.APPROVED if row is approved[-1] else C.REPLACED
    return found


def _restore_correction(row: Correction, sent: Event | None, time: datetime) -> bool:
    """Make ``row`` what it was; False when it was not sent yet, or had been taken back."""
    if row.decided_at and row.decided_at <= time:
        return True
    if sent is not None:
        if (
            sent.details.get("before") == row.before
        ):  # else it was cut with its segment since, and has its words
            row.text = sent.details.get("after", row.text)
        row.submitted_at = sent.at
    elif row.submitted_at is None or row.submitted_at > time:
        return False
    row.status, row.decided_by, row.decided_at, row.reason, row.cause = (
        C.SUBMITTED,
        None,
        None,
        "",
        "",
    )
    return sent is None or sent.act == E.SUBMITTED


def flags_as_of(rows: Iterable[Flag], events: Iterable[Event], time: datetime) -> list[Flag]:
    """One segment's flags by then; those closed or removed later were open."""
    said = {each.details.get("flag"): each.details for each in events if each.act in _WEIGHED}
    found = []
    for row in rows:
        details = said.get(row.pk, {})
        row.type, row.severity = (
            details.get("type", row.type),
            details.get("severity", row.severity),
        )
        if row.updated_at > time:
            row.status = F.OPEN
        if row.created_at <= time and row.status != F.REMOVED:
            found.append(row)
    return found


def findings_as_of(rows: Iterable[Finding], time: datetime) -> list[Finding]:
    """Findings; those decided on later were open."""
    found = list(rows)
    for row in found:
        if row.decided_at and row.decided_at > time:
            row.status, row.reason, row.decided_by, row.decided_at = (
                Finding.Status.OPEN,
                "",
                None,
                None,
            )
    return found


def status_as_of(
    corrections: Iterable[Correction], flags: Iterable[Flag], events: Iterable[Event]
) -> str:
    """The segment's status, from what was there then. Imported work has no events; its approval means done."""
    statuses = {row.status for row in corrections}
    if C.SUBMITTED in statuses:
        return Segment.Status.WAITING
    turns = [each.act for each in events if each.act in (E.APPROVED, E.CONFIRMED, E.REOPENED)]
    if turns[-1] != E.REOPENED if turns else C.APPROVED in statuses:
        return Segment.Status.DONE
    return (
        Segment.Status.FLAGGED
        if any(row.status == F.OPEN for row in flags)
        else Segment.Status.TO_REVIEW
    )
