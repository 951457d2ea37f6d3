"""Floor 3: the acts of reviewing. Each is one transaction: lock the segment, ask the rules, write, tell history.

Every act takes the revision of the segment that it was made against, and raises workflow.Stale when another write came
between, workflow.Refused when the rules say no. ``by`` is the person who acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Correction, Event, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.models.review import ReplyKind
from articles.review import workflow

FLAG_FIELDS = (
    "type",
    "severity",
    "comment",
    "source_start",
    "source_end",
    "source_quote",
    "target_start",
    "target_end",
    "target_quote",
    "caret",
    "needs_locating",
)


@contextmanager
def writing(
    segment: Segment, move: str, *, by: Any, revision: int, thing: Any = None
) -> Iterator[Segment]:
    """The frame of every act: the segment locked and fresh, the rules asked, the revision and status moved on.

    While two people read the article apart neither moves in the database: each has their own (see apart.py).
    """
    with transaction.atomic():
        locked = _lock(segment)
        if thing is not None:
            try:
                thing.refresh_from_db()
            except ObjectDoesNotExist as gone:
                raise workflow.Stale(locked) from gone
        visibility.apply_own_marks(by, [locked], *([thing] if isinstance(thing, Finding) else []))
        if locked.revision != revision:
            raise workflow.Stale(locked)
        workflow.check(move, by, locked, thing)
        yield locked
        locked.revision += 1
        if not locked.article.in_blind_review:
            locked.status = workflow.next_status(move, locked)
            locked.save(update_fields=["status", "revision"])
    segment.status, segment.revision = locked.status, locked.revision


def _lock(segment: Segment) -> Segment:
    """The segment as it is now, nobody else's until the transaction ends. Raises Stale where it was merged away."""
    rows = Segment.objects.select_for_update(of=("self",)).select_related("article")
    try:
        return rows.get(pk=segment.pk)
    except Segment.DoesNotExist as gone:
        raise workflow.Stale(segment) from gone


def flag(
    segment: Segment,
    *,
    by: Any,
    revision: int,
    values: Mapping[str, Any],
    finding: Finding | None = None,
) -> Flag:
    """Mark the segment with a flag. ``values`` are those of FLAG_FIELDS; ``finding`` is the doubt it was made from."""
    with writing(
        segment, "take" if finding else "flag", by=by, revision=revision, thing=finding
    ) as locked:
        seal = BlindStatus.SEALED if locked.article.in_blind_review else ""
        made = Flag.objects.create(
            segment=locked, author=by, finding=finding, apart=seal, **_known(values)
        )
        if finding and not seal:
            decide_finding(finding, Finding.Status.TAKEN, by=by)
        Event.objects.record(
            Event.Act.FLAGGED,
            segment=locked,
            by=by,
            flag=made.pk,
            type=made.type,
            severity=made.severity,
        )
    return made


def edit_flag(flag: Flag, *, by: Any, revision: int, values: Mapping[str, Any]) -> Flag:
    """Change one's own open flag."""
    with writing(flag.segment, "edit_flag", by=by, revision=revision, thing=flag) as locked:
        for name, value in _known(values).items():
            setattr(flag, name, value)
        flag.save()
        Event.objects.record(
            Event.Act.FLAG_EDITED,
            segment=locked,
            by=by,
            flag=flag.pk,
            type=flag.type,
            severity=flag.severity,
        )
    return flag


def remove_flag(flag: Flag, *, by: Any, revision: int, text: str = "") -> None:
    """Take one's own flag back, with a closing word or without; the finding it came from is open again."""
    with writing(flag.segment, "remove_flag", by=by, revision=revision, thing=flag) as locked:
        flag.status = Flag.Status.REMOVED
        if text:
            reply(flag, ReplyKind.WITHDRAWN, text, by=by)
        flag.save(update_fields=["status", "talk", "updated_at"])
        if flag.finding and flag.finding.status == Finding.Status.TAKEN:
            decide_finding(flag.finding, Finding.Status.OPEN, by=None)
        Event.objects.record(
            Event.Act.FLAG_REMOVED, segment=locked, by=by, flag=flag.pk, type=flag.type, text=text
        )


def reply(flag: Flag, kind: str, text: str, *, by: Any) -> None:
    """Add to the talk about a flag, whose own word for it (unsaved) follows. Only inside an act."""
    Reply.objects.create(flag=flag, author=by, kind=kind, text=text, at=timezone.now())
    flag.talk = kind


def dismiss(finding: Finding, *, by: Any, revision: int, reason: str) -> None:
    """Say that a finding is no fault, and why; it stays dismissed while its words are the same."""
    with writing(finding.segment, "dismiss", by=by, revision=revision, thing=finding) as locked:
        if locked.article.in_blind_review:
            visibility.record_verdict(locked, by=by, finding=finding, reason=reason)
        else:
            decide_finding(finding, Finding.Status.DISMISSED, by=by, reason=reason)
        Event.objects.record(
            Event.Act.DISMISSED,
            segment=locked,
            by=by,
            finding=finding.pk,
            check=finding.check_id,
            reason=reason,
        )


def dismiss_alike(finding: Finding, *, by: Any, revision: int, reason: str) -> int:
    """Dismiss a finding and all open ones of its article that say the same of the same words; return how many."""
    with transaction.atomic():
        Article.objects.lock(finding.segment.article_id)
        dismiss(finding, by=by, revision=revision, reason=reason)
        count = 1
        for other in finding.similar().select_related("segment"):
            other.segment.refresh_from_db(fields=["revision"])
            other.segment.article = finding.segment.article
            visibility.apply_own_marks(by, [other.segment], other)
            if other.status == Finding.Status.OPEN:
                dismiss(other, by=by, revision=other.segment.revision, reason=reason)
                count += 1
    return count


def restore(finding: Finding, *, by: Any, revision: int) -> None:
    """Bring a dismissed finding back."""
    with writing(finding.segment, "restore", by=by, revision=revision, thing=finding) as locked:
        if locked.article.in_blind_review:
            visibility.delete_verdict(locked, by=by, finding=finding)
        else:
            decide_finding(finding, Finding.Status.OPEN, by=None)
        Event.objects.record(
            Event.Act.RESTORED, segment=locked, by=by, finding=finding.pk, check=finding.check_id
        )


def save_draft(segment: Segment, *, by: Any, revision: int, text: str) -> Correction:
    """Keep what a person is typing. A draft is its author's alone: it moves no revision and makes no history.

    A draft is kept even when it is stale, so that nothing typed is lost; submitting it is what checks the revision.
    """
    with transaction.atomic():
        locked = _lock(segment)
        workflow.check("draft", by, locked)
        draft, _created = Correction.objects.update_or_create(
            segment=locked,
            author=by,
            status=Correction.Status.DRAFT,
            defaults={"text": text, "base_revision": revision},
            create_defaults={
                "text": text,
                "base_revision": revision,
                "before": current_text(locked),
            },
        )
    return draft


def discard_draft(segment: Segment, *, by: Any) -> None:
    """Throw one's own draft away."""
    Correction.objects.filter(segment=segment, author=by, status=Correction.Status.DRAFT).delete()


def submit(segment: Segment, *, by: Any, revision: int, text: str) -> Correction:
    """Send a new text for the segment to approval. What was typed is kept as a draft even if the sending is refused."""
    draft = save_draft(segment, by=by, revision=revision, text=text)
    with writing(segment, "submit", by=by, revision=revision, thing=None) as locked:
        draft.before = current_text(locked)
        workflow.check("submit", by, locked, draft)
        draft.status = Correction.Status.SUBMITTED
        draft.submitted_at = timezone.now()
        draft.save()
        Event.objects.record(
            Event.Act.SUBMITTED,
            segment=locked,
            by=by,
            correction=draft.pk,
            before=draft.before,
            after=text,
        )
    return draft


def withdraw(correction: Correction, *, by: Any, revision: int) -> None:
    """Take one's own waiting correction back; it is a draft again."""
    with writing(
        correction.segment, "withdraw", by=by, revision=revision, thing=correction
    ) as locked:
        drafts = Correction.objects.filter(
            segment=locked, author=by, status=Correction.Status.DRAFT
        )
        # A draft beside what waits comes from another pairing; it holds the text of both (see recutting.py).
        correction.text = next((draft.text for draft in drafts), correction.text)
        drafts.delete()
        correction.status = Correction.Status.DRAFT
        correction.submitted_at = None
        correction.save()
        Event.objects.record(Event.Act.WITHDRAWN, segment=locked, by=by, correction=correction.pk)


def approve(correction: Correction, *, by: Any, revision: int, reason: str = "") -> None:
    """Approve another person's correction: it replaces the text, and closes the segment's open flags."""
    with writing(
        correction.segment, "approve", by=by, revision=revision, thing=correction
    ) as locked:
        now = timezone.now()
        locked.corrections.filter(status=Correction.Status.APPROVED).update(
            status=Correction.Status.REPLACED, updated_at=now
        )
        _settle(correction, Correction.Status.APPROVED, by=by, reason=reason)
        locked.flags.filter(status=Flag.Status.OPEN).update(
            status=Flag.Status.CLOSED, updated_at=now
        )
        Event.objects.record(
            Event.Act.APPROVED,
            segment=locked,
            by=by,
            correction=correction.pk,
            before=correction.before,
            after=correction.text,
            reason=reason,
        )


class BatchApproval(NamedTuple):
    """What became of several corrections: those approved, and the segment's number and the reason for those not."""

    approved: list[Correction]
    left: list[tuple[int, str]]


def approve_alike(
    correction: Correction, *, by: Any, revision: int, others: Mapping[int, int]
) -> BatchApproval:
    """Approve a correction and those of ``others`` that make the same change: the id of each with the revision of its
    segment that the approver saw. One that the rules refuse, or that changed since, is left as it is and named;
    one that might have been approved and was not asked for is left alone.
    """
    with transaction.atomic():
        Article.objects.lock(correction.segment.article_id)
        alike = {row.pk: row for row in correction.with_same_change()}
        approve(correction, by=by, revision=revision)
        done = BatchApproval([correction], [])
        for row in alike.values():
            try:
                if row.pk in others:
                    approve(row, by=by, revision=others[row.pk])
                    done.approved.append(row)
                else:
                    workflow.check("approve", by, row.segment, row)
            except (workflow.Refused, workflow.Stale) as problem:
                done.left.append((row.segment.position, str(problem)))
        gone = Correction.objects.filter(pk__in=others.keys() - alike.keys()).select_related(
            "segment"
        )
        gone = gone.filter(segment__article=correction.segment.article_id).order_by(
            "segment__position"
        )
        done.left.extend(
            (row.segment.position, _("It waits no more, or says something else now."))
            for row in gone
        )
    return done


def reject(correction: Correction, *, by: Any, revision: int, reason: str, cause: str = "") -> None:
    """Send another person's correction back with a reason; ``cause`` is the usual reason it begins with, if any."""
    with writing(
        correction.segment, "reject", by=by, revision=revision, thing=correction
    ) as locked:
        correction.cause = cause
        _settle(correction, Correction.Status.REJECTED, by=by, reason=reason)
        Event.objects.record(
            Event.Act.REJECTED,
            segment=locked,
            by=by,
            correction=correction.pk,
            after=correction.text,
            reason=reason,
        )


def confirm(segment: Segment, *, by: Any, revision: int) -> None:
    """Say that the segment needs no repair."""
    with writing(segment, "confirm", by=by, revision=revision) as locked:
        act = Event.Act.CONFIRMED
        if locked.article.in_blind_review:
            act = Event.Act.FINE
            visibility.record_verdict(locked, by=by)
        Event.objects.record(act, segment=locked, by=by)


def reopen(segment: Segment, *, by: Any, revision: int) -> None:
    """Take a done segment up again; an approved correction stays in force until another replaces it."""
    with writing(segment, "reopen", by=by, revision=revision) as locked:
        act = Event.Act.REOPENED
        if locked.article.in_blind_review:
            act = Event.Act.NOT_FINE
            visibility.delete_verdict(locked, by=by)
        Event.objects.record(act, segment=locked, by=by)


def current_text(segment: Segment) -> str:
    """The target text in force: the approved correction's, else the machine's."""
    approved = segment.corrections.filter(status=Correction.Status.APPROVED).first()
    return approved.text if approved else segment.target_text


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FLAG_FIELDS if name in values}


def decide_finding(finding: Finding, status: str, *, by: Any, reason: str = "") -> None:
    """Write what a person made of a finding (``by`` None: it is open again). Only inside an act."""
    finding.status, finding.reason, finding.decided_by = status, reason, by
    finding.decided_at = timezone.now() if by else None
    finding.save(update_fields=["status", "reason", "decided_by", "decided_at"])


def _settle(correction: Correction, status: str, *, by: Any, reason: str) -> None:
    correction.status, correction.reason = status, reason
    correction.decided_by, correction.decided_at = by, timezone.now()
    correction.save()
