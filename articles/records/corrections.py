"""Make rows of the corrections that a file has for a segment. What it decides is a claim."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from articles.formats import interchange
from articles.models import Correction, Segment
from articles.records.people import People


def choice_or_default(value: str, choices: type[models.TextChoices], default: str = "") -> str:
    """Return the value where it is one of the choices here, else the default."""
    return value if value in choices else default


def read_corrections(
    row: Segment, recorded: interchange.Segment, people: People
) -> list[Correction | None]:
    """Return the last text that was proposed or approved elsewhere as one that waits here.

    The other decided ones are kept as history, None stands for the rest.
    """
    proposal = None
    for number, record in enumerate(recorded.corrections):
        # The last one: one correction waits in a segment at most (correction_one_waiting).
        if _is_proposal(record):
            proposal = number
    found: list[Correction | None] = []
    for number, record in enumerate(recorded.corrections):
        if number == proposal:
            author = people.find_or_importer(record.author, row)
            found.append(_waiting_correction(row, record, author, people))
        else:
            found.append(_past_correction(row, record, people))
    return found


def _is_proposal(recorded: interchange.Correction) -> bool:
    statuses = (Correction.Status.APPROVED, Correction.Status.SUBMITTED)
    return recorded.status in statuses and recorded.after != recorded.before


def _waiting_correction(
    row: Segment, recorded: interchange.Correction, author: User, people: People
) -> Correction:
    """Return the correction as one that waits for approval, unsaved."""
    correction = _correction(row, recorded, author, people)
    if recorded.status == Correction.Status.APPROVED:
        _add_claim(correction, recorded, people)
    return correction


def _past_correction(
    row: Segment, recorded: interchange.Correction, people: People
) -> Correction | None:
    """Return a correction that was decided elsewhere as history, unsaved; None for any other.

    To return one takes a reason. It is left out where neither its author nor an importer is known.
    """
    author = people.find(recorded.author) or people.importer
    if author is None or recorded.status not in Correction.Claim:
        return None
    is_rejected = recorded.status == Correction.Status.REJECTED
    # As the database demands (correction_rejected_with_reason).
    if is_rejected and not recorded.reason:
        return None
    correction = _correction(row, recorded, author, people)
    _add_claim(correction, recorded, people)
    correction.status = Correction.Status.REPLACED
    if is_rejected:
        correction.status = Correction.Status.REJECTED
    correction.decided_at = correction.claimed_at
    correction.reason = recorded.reason
    correction.cause = choice_or_default(recorded.cause, Correction.Cause)
    return correction


def _add_claim(correction: Correction, recorded: interchange.Correction, people: People) -> None:
    """Note what the file says was decided on the correction, when, and by whom."""
    correction.claim = recorded.status
    correction.claimed_by = recorded.decided_by[:150]
    correction.claimed_at = recorded.decided or timezone.now()
    correction.claim_file = people.file[:255]


def _correction(
    row: Segment, recorded: interchange.Correction, author: User, people: People
) -> Correction:
    return Correction(
        segment=row,
        author=author,
        before=recorded.before,
        text=recorded.after,
        base_revision=recorded.revision,
        status=Correction.Status.SUBMITTED,
        submitted_at=recorded.submitted or timezone.now(),
        brought_by=people.importer,
    )
