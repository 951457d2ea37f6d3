"""Carry work that has no place in a newer version over to one of its segments, or put it away.

Both are a person's acts, each one transaction with its event. What is put away stays stored.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Correction, Event, Flag, Segment, UnplacedSegment
from articles.models.roles import REVIEW, may
from articles.review.actions import current_text, writing
from articles.review.workflow import Refused
from articles.text.diff import merge
from articles.versions.update import make_draft, move_flags


def waiting_segments(article: Article) -> QuerySet[UnplacedSegment]:
    """Return the segments of earlier versions whose work waits for a place, in reading order."""
    rows = article.unplaced.filter(status=UnplacedSegment.Status.WAITING)
    return rows.select_related("segment", "suggestion").order_by("segment__position", "id")


def carry_over(unplaced: UnplacedSegment, segment: Segment, *, by: User, revision: int) -> None:
    """Move the work to the segment of the newer version, where it is reviewed again.

    Flags find their words again or say that these are gone. The correction that waited, or else
    the one that was in force, waits for approval, with the newer text around its changes. Raises
    Refused and Stale.
    """
    with transaction.atomic():
        row = _lock(unplaced)
        with writing(segment, "realign", by=by, revision=revision) as locked:
            old = row.segment
            proposal = _proposal(old)
            # One correction waits in a segment at most (correction_one_waiting).
            if proposal is not None and locked.status == Segment.Status.WAITING:
                raise Refused(
                    _(
                        "A correction in segment %(number)s is awaiting approval; decide on it "
                        "first."
                    )
                    % {"number": locked.position}
                )
            _move_corrections(old, locked, proposal)
            open_flags = move_flags(old, locked, target_before=old.target_text)
            if proposal is not None:
                locked.status = Segment.Status.WAITING
            elif open_flags and locked.status == Segment.Status.TO_REVIEW:
                locked.status = Segment.Status.FLAGGED
            _decide(row, UnplacedSegment.Status.CARRIED, by)
            Event.objects.record(
                Event.Act.CARRIED_OVER, segment=locked, by=by, before=old.target_text
            )


def put_away(unplaced: UnplacedSegment, *, by: User) -> None:
    """Leave the work where it is: it is no longer shown as waiting. Raises Refused."""
    if not may(by, REVIEW, unplaced.article):
        raise Refused(_("Only reviewers can do this; an admin can give you that role."))
    with transaction.atomic():
        row = _lock(unplaced)
        _decide(row, UnplacedSegment.Status.PUT_AWAY, by)
        Event.objects.record(
            Event.Act.PUT_AWAY, article=row.article, by=by, before=row.segment.target_text
        )


def _lock(unplaced: UnplacedSegment) -> UnplacedSegment:
    """Return the row as it is now, locked. Raises Refused where somebody has decided already."""
    row = UnplacedSegment.objects.select_for_update(of=("self",)).get(pk=unplaced.pk)
    if row.status != UnplacedSegment.Status.WAITING:
        raise Refused(_("Somebody has already decided this."))
    return row


def _decide(row: UnplacedSegment, status: str, by: User) -> None:
    row.status = status
    row.decided_by = by
    row.decided_at = timezone.now()
    row.save(update_fields=["status", "decided_by", "decided_at"])


def _proposal(old: Segment) -> Correction | None:
    """Return the correction that waited in the old segment, else the one that was in force."""
    for status in (Correction.Status.SUBMITTED, Correction.Status.APPROVED):
        found = old.corrections.filter(status=status).first()
        if found is not None:
            return found
    return None


def _move_corrections(old: Segment, segment: Segment, proposal: Correction | None) -> None:
    """Move all corrections; ``proposal`` becomes one that waits in the segment."""
    # First: moved with the others, a second draft of one author would break correction_one_draft.
    for draft in old.corrections.filter(status=Correction.Status.DRAFT):
        draft.segment = segment
        make_draft(draft)
    past = old.corrections.exclude(status=Correction.Status.SUBMITTED)
    past.filter(status=Correction.Status.APPROVED).update(status=Correction.Status.REPLACED)
    past.update(segment=segment)
    if proposal is None:
        return
    before = current_text(segment)
    # The person's changes in the newer words; where both changed the same words, the whole
    # proposal, for an approver sees it beside them.
    text = merge(proposal.before, proposal.text, before)
    if text is None:
        text = proposal.text
    values = {
        "segment": segment,
        "before": before,
        "text": text,
        "base_revision": segment.revision,
        "submitted_at": timezone.now(),
    }
    if proposal.status == Correction.Status.SUBMITTED:
        for name, value in values.items():
            setattr(proposal, name, value)
        proposal.save()
    else:
        Correction.objects.create(
            author=proposal.author, status=Correction.Status.SUBMITTED, **values
        )


def open_work(unplaced: UnplacedSegment) -> tuple[list[Flag], list[Correction]]:
    """Return the flags and the corrections of a segment that waits, as its page shows them."""
    segment = unplaced.segment
    flags = segment.flags.exclude(status=Flag.Status.REMOVED).select_related("author")
    corrections = segment.corrections.exclude(status=Correction.Status.DRAFT)
    return list(flags.order_by("id")), list(corrections.select_related("author").order_by("id"))
