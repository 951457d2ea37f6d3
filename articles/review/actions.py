"""The acts of reviewing. Each is one transaction: lock the segment, check the rules, write, record.

Every act takes the revision of the segment that it was made against. It raises workflow.Stale when
another write came between, and workflow.Refused when the rules do not allow it. ``by`` is the
person who acts.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from articles.blind import visibility
from articles.findings.corrections import carry_findings_over, show_hidden_findings
from articles.findings.tasks import queue_correction_check, queue_text_checks
from articles.models import Correction, Event, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.models.review import ReplyKind
from articles.review import workflow
from articles.review.marks import covered_findings

FLAG_FIELDS = (
    "type", "issue", "severity", "comment", "source_start", "source_end", "source_quote",
    "target_start", "target_end", "target_quote", "caret", "needs_locating",
)  # fmt: skip


@contextmanager
def writing(
    segment: Segment, move: str, *, by: User, revision: int, thing: workflow.Thing | None = None
) -> Iterator[Segment]:
    """Run an act: give the locked segment to the ``with`` block, then write revision and status.

    Before the block the segment and ``thing`` are read again and the rules are checked. While two
    people read the article in blind review its rows stay as they are: each person has marks of
    their own (see ``blind.visibility``).
    """
    with transaction.atomic():
        locked = _lock(segment, revision)
        if thing is not None:
            try:
                thing.refresh_from_db()
            except ObjectDoesNotExist as gone:
                raise workflow.Stale(locked, by=by, seen=revision) from gone
        findings = [thing] if isinstance(thing, Finding) else []
        visibility.apply_own_marks(by, [locked], *findings)
        if locked.revision != revision:
            raise workflow.Stale(locked, by=by, seen=revision)
        workflow.check(move, by, locked, thing)
        yield locked
        locked.revision += 1
        if not locked.article.in_blind_review:
            locked.status = workflow.next_status(move, locked)
            Segment.objects.filter(pk=locked.pk).update(
                status=locked.status, revision=locked.revision
            )
    segment.status = locked.status
    segment.revision = locked.revision


def _lock(segment: Segment, revision: int) -> Segment:
    """Return the segment as it is now, locked until the transaction ends.

    It shares the article of the given segment, which was read a moment ago; where neither its
    revision nor its status changed since, nothing did, and it is not read again. Raises Stale where
    a realignment has removed it meanwhile.
    """
    if segment.revision == revision:
        as_read = Segment.objects.filter(pk=segment.pk, revision=revision, status=segment.status)
        # An update of nothing, which locks the row.
        if as_read.update(revision=revision):
            return copy.copy(segment)
    try:
        locked = Segment.objects.select_for_update().get(pk=segment.pk)
    except Segment.DoesNotExist as gone:
        raise workflow.Stale(segment) from gone
    locked.article = segment.article
    return locked


def flag(
    segment: Segment,
    *,
    by: User,
    revision: int,
    values: Mapping[str, Any],
    finding: Finding | None = None,
) -> Flag:
    """Mark the segment with a flag.

    ``values`` are those of FLAG_FIELDS; ``finding`` is the one that the person accepts by this
    flag.
    """
    move = "take" if finding else "flag"
    with writing(segment, move, by=by, revision=revision, thing=finding) as locked:
        blind_status = BlindStatus.SEALED if locked.article.in_blind_review else ""
        made: Flag = Flag.objects.create(
            segment=locked, author=by, finding=finding, apart=blind_status, **_flag_fields(values)
        )
        if finding:
            _dismiss_covered(finding, locked, by=by, reason=Finding.Reason.ELSEWHERE)
        if finding and not blind_status:
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


def edit_flag(flag: Flag, *, by: User, revision: int, values: Mapping[str, Any]) -> Flag:
    """Change one's own open flag."""
    with writing(flag.segment, "edit_flag", by=by, revision=revision, thing=flag) as locked:
        for name, value in _flag_fields(values).items():
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


def remove_flag(flag: Flag, *, by: User, revision: int, text: str = "") -> None:
    """Remove one's own flag, with a last reply or without; its finding is open again."""
    with writing(flag.segment, "remove_flag", by=by, revision=revision, thing=flag) as locked:
        flag.status = Flag.Status.REMOVED
        if text:
            reply(flag, ReplyKind.WITHDRAWN, text, by=by)
        flag.save(update_fields=["status", "talk", "updated_at"])
        if flag.finding:
            if flag.finding.status == Finding.Status.TAKEN:
                decide_finding(flag.finding, Finding.Status.OPEN, by=None)
            _restore_covered(flag.finding, locked, by=by)
        Event.objects.record(
            Event.Act.FLAG_REMOVED, segment=locked, by=by, flag=flag.pk, type=flag.type, text=text
        )


def reply(flag: Flag, kind: str, text: str, *, by: User) -> None:
    """Add a reply to a flag, and set the flag's ``talk`` without saving it. Only inside an act."""
    Reply.objects.create(flag=flag, author=by, kind=kind, text=text, at=timezone.now())
    flag.talk = kind


def dismiss(finding: Finding, *, by: User, revision: int, reason: str) -> None:
    """Dismiss a finding as no fault; it stays dismissed while its words are the same."""
    with writing(finding.segment, "dismiss", by=by, revision=revision, thing=finding) as locked:
        _dismiss_covered(finding, locked, by=by, reason=reason)
        _dismiss(finding, locked, by=by, reason=reason)


def _dismiss_covered(finding: Finding, locked: Segment, *, by: User, reason: str) -> None:
    """Dismiss the open findings that the line of this one speaks for."""
    for other in covered_findings(finding, visibility.open_findings(by, locked)):
        _dismiss(other, locked, by=by, reason=reason)


def _restore_covered(finding: Finding, locked: Segment, *, by: User) -> None:
    """Bring the findings back that the person dismissed with this one."""
    for other in covered_findings(finding, visibility.dismissed_findings(by, locked)):
        _restore(other, locked, by=by)


def _dismiss(finding: Finding, locked: Segment, *, by: User, reason: str) -> None:
    """Dismiss a finding of the segment of an act."""
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


def restore(finding: Finding, *, by: User, revision: int) -> None:
    """Bring a dismissed finding back."""
    with writing(finding.segment, "restore", by=by, revision=revision, thing=finding) as locked:
        _restore(finding, locked, by=by)
        _restore_covered(finding, locked, by=by)


def _restore(finding: Finding, locked: Segment, *, by: User) -> None:
    """Bring a dismissed finding of the segment of an act back.

    It may speak of an earlier text: the checks say whether its cause is there.
    """
    if locked.article.in_blind_review:
        visibility.delete_verdict(locked, by=by, finding=finding)
    else:
        decide_finding(finding, Finding.Status.OPEN, by=None)
        if has_approved_correction(locked):
            queue_text_checks(locked.article, locked.position, locked.position)
    Event.objects.record(
        Event.Act.RESTORED, segment=locked, by=by, finding=finding.pk, check=finding.check_id
    )


def save_draft(
    segment: Segment,
    *,
    by: User,
    revision: int,
    text: str,
    begun: str | None = None,
    is_joined: bool = False,
) -> Correction:
    """Store what a person is typing.

    Only its author sees a draft: it changes no revision, records no event, and is stored even when
    it is stale; ``submit`` checks the revision. While a correction waits, it is an approver's edit
    of that. ``begun`` is the text that the editor began with: if somebody has changed it meanwhile,
    both are shown; None is the text as it is. ``is_joined`` where the text holds those changes: the
    draft then goes on from ``begun``. Raises Overtaken where others ended the writing meanwhile.
    """
    with transaction.atomic():
        locked = _lock(segment, revision)
        draft, overtaken = _store_draft(locked, by=by, revision=revision, text=text, begun=begun)
        if is_joined:
            Correction.objects.filter(pk=draft.pk).update(before=begun)
    if overtaken is not None:
        raise overtaken
    return draft


def _store_draft(
    locked: Segment, *, by: User, revision: int, text: str, begun: str | None
) -> tuple[Correction, workflow.Overtaken | None]:
    """Store a draft of a locked segment; return it, and why it cannot be submitted as things are.

    Raises Refused where the person may not write.
    """
    waiting = None
    if locked.status == Segment.Status.WAITING:
        waiting = locked.corrections.filter(status=Correction.Status.SUBMITTED).first()
    draft = locked.corrections.filter(author=by, status=Correction.Status.DRAFT).first()
    overtaken = workflow.check_writing(
        by, locked, waiting, seen=revision, has_draft=draft is not None
    )
    if begun is None:
        begun = waiting.text if waiting else current_text(locked)
    if draft is None:
        draft = Correction(segment=locked, author=by, status=Correction.Status.DRAFT, before=begun)
    draft.text = text
    draft.base_revision = revision
    draft.save()
    return draft, overtaken


def discard_draft(segment: Segment, *, by: User) -> None:
    """Delete one's own draft."""
    Correction.objects.filter(segment=segment, author=by, status=Correction.Status.DRAFT).delete()


def submit(segment: Segment, *, by: User, revision: int, text: str) -> Correction:
    """Submit a new text of the segment for approval.

    What was typed is kept as a draft even if submitting is refused. One transaction: each waits for
    the disk, and for its turn.
    """
    problem: Exception | None
    with transaction.atomic():
        locked = _lock(segment, revision)
        before = current_text(locked)
        begun = None if locked.status == Segment.Status.WAITING else before
        draft, problem = _store_draft(locked, by=by, revision=revision, text=text, begun=begun)
        if problem is None:
            try:
                _submit_draft(draft, segment, by=by, revision=revision, before=before)
            except (workflow.Refused, workflow.Stale) as refused:
                problem = refused
    if problem is not None:
        raise problem
    return draft


def _submit_draft(
    draft: Correction, segment: Segment, *, by: User, revision: int, before: str
) -> None:
    """Have a draft wait for approval; ``before`` is the text in force."""
    with writing(segment, "submit", by=by, revision=revision, thing=None) as locked:
        draft.before = before
        workflow.check("submit", by, locked, draft)
        draft.status = Correction.Status.SUBMITTED
        draft.submitted_at = timezone.now()
        draft.checked = ""
        draft.save()
        queue_correction_check(draft)
        Event.objects.record(
            Event.Act.SUBMITTED,
            segment=locked,
            by=by,
            correction=draft.pk,
            before=before,
            after=draft.text,
        )


def withdraw(correction: Correction, *, by: User, revision: int) -> None:
    """Take one's own waiting correction back; it is a draft again."""
    with writing(
        correction.segment, "withdraw", by=by, revision=revision, thing=correction
    ) as locked:
        drafts = Correction.objects.filter(
            segment=locked, author=by, status=Correction.Status.DRAFT
        )
        # A draft beside a waiting correction comes from a realignment that joined two segments; it
        # holds the text of both (see ``realignment.corrections``).
        draft = drafts.first()
        if draft is not None:
            correction.text = draft.text
        drafts.delete()
        edited = correction.edit_of
        if edited is not None:
            correction.before = edited.text
            correction.edit_of = None
        correction.status = Correction.Status.DRAFT
        correction.submitted_at = None
        correction.clear_claim()
        correction.save()
        show_hidden_findings(correction)
        _put_back(edited, locked)
        Event.objects.record(Event.Act.WITHDRAWN, segment=locked, by=by, correction=correction.pk)


def _put_back(edited: Correction | None, locked: Segment) -> None:
    """Let a correction wait again whose edit no longer waits; None where there was no edit."""
    if edited is not None and edited.segment_id == locked.pk and edited.wait_again():
        queue_correction_check(edited)


def approve(correction: Correction, *, by: User, revision: int, reason: str = "") -> None:
    """Approve another person's correction: its text comes into force, the open flags are closed."""
    move = workflow.decision_move("approve", by, correction)
    with writing(correction.segment, move, by=by, revision=revision, thing=correction) as locked:
        bring_into_force(correction, locked, by=by, reason=reason)


def bring_into_force(
    correction: Correction, locked: Segment, *, by: User, reason: str = "", **details: Any
) -> None:
    """Store a correction as approved, with its event and all that follows. Only inside an act."""
    now = timezone.now()
    locked.corrections.filter(status=Correction.Status.APPROVED).update(
        status=Correction.Status.REPLACED, updated_at=now
    )
    decide_correction(correction, Correction.Status.APPROVED, by=by, reason=reason)
    locked.flags.filter(status=Flag.Status.OPEN).update(status=Flag.Status.CLOSED, updated_at=now)
    Event.objects.record(
        Event.Act.APPROVED,
        segment=locked,
        by=by,
        correction=correction.pk,
        before=correction.before,
        after=correction.text,
        reason=reason,
        **_claim_details(correction),
        **details,
    )
    carry_findings_over(correction, locked)
    queue_text_checks(locked.article, locked.position, locked.position)


def _claim_details(correction: Correction) -> dict[str, Any]:
    """Return for history who approved the correction elsewhere, {} where nobody did."""
    if not correction.claim:
        return {}
    return {"claimed_by": correction.claimed_by, "file": correction.claim_file}


def reject(
    correction: Correction, *, by: User, revision: int, reason: str, cause: str = ""
) -> None:
    """Return another person's correction with a reason.

    ``cause`` is the usual reason that the text begins with, "" for none. Where it is an edit of a
    correction, that one waits again.
    """
    move = workflow.decision_move("reject", by, correction)
    with writing(correction.segment, move, by=by, revision=revision, thing=correction) as locked:
        correction.cause = cause
        decide_correction(correction, Correction.Status.REJECTED, by=by, reason=reason)
        show_hidden_findings(correction)
        _put_back(correction.edit_of, locked)
        Event.objects.record(
            Event.Act.REJECTED,
            segment=locked,
            by=by,
            correction=correction.pk,
            after=correction.text,
            reason=reason,
        )


class OpenFindings(workflow.Refused):
    """A segment whose findings nobody has decided on; it is not marked as without issues."""


def confirm(
    segment: Segment, *, by: User, revision: int, dismissed: Collection[int] = ()
) -> list[int]:
    """Mark a segment that needs no correction as done; return the findings dismissed with it.

    ``dismissed`` are the ids of the open findings that the person dismisses as false alarms. Raise
    OpenFindings where there are others.
    """
    with writing(segment, "confirm", by=by, revision=revision) as locked:
        findings = list(visibility.open_findings(by, locked))
        left = [finding for finding in findings if finding.pk not in dismissed]
        if left:
            raise OpenFindings(_open_findings_sentence(len(left)))
        for finding in findings:
            _dismiss(finding, locked, by=by, reason=Finding.Reason.WRONG)
        act = Event.Act.CONFIRMED
        if locked.article.in_blind_review:
            act = Event.Act.FINE
            visibility.record_verdict(locked, by=by)
        Event.objects.record(act, segment=locked, by=by)
    return [finding.pk for finding in findings]


def _open_findings_sentence(count: int) -> str:
    text = ngettext(
        "%(count)s finding is open here; decide on it first.",
        "%(count)s findings are open here; decide on them first.",
        count,
    )
    return text % {"count": count}


def reopen(segment: Segment, *, by: User, revision: int, restored: Collection[int] = ()) -> None:
    """Open a done segment again; an approved correction stays in force until it is replaced.

    ``restored`` are the ids of findings that the person had dismissed with it: they come back.
    """
    with writing(segment, "reopen", by=by, revision=revision) as locked:
        act = Event.Act.REOPENED
        if locked.article.in_blind_review:
            act = Event.Act.NOT_FINE
            visibility.delete_verdict(locked, by=by)
        Event.objects.record(act, segment=locked, by=by)
        for finding in visibility.dismissed_findings(by, locked).filter(pk__in=restored):
            _restore(finding, locked, by=by)


def current_text(segment: Segment) -> str:
    """Return the target text in force: that of the approved correction, else the machine's."""
    approved = segment.corrections.filter(status=Correction.Status.APPROVED).first()
    if approved is None:
        return segment.target_text
    return approved.text


def has_approved_correction(segment: Segment) -> bool:
    """Return whether the text in force is not the machine's."""
    return segment.corrections.filter(status=Correction.Status.APPROVED).exists()


def _flag_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are fields of a flag."""
    return {name: values[name] for name in FLAG_FIELDS if name in values}


def decide_finding(finding: Finding, status: str, *, by: User | None, reason: str = "") -> None:
    """Store a decision about a finding; ``by`` None opens it again. Only inside an act."""
    finding.status = status
    finding.reason = reason
    finding.decided_by = by
    finding.decided_at = timezone.now() if by else None
    finding.save(update_fields=["status", "reason", "decided_by", "decided_at"])


def decide_correction(correction: Correction, status: str, *, by: User, reason: str = "") -> None:
    """Store what a person decided about a correction. Only inside an act."""
    correction.status = status
    correction.reason = reason
    correction.decided_by = by
    correction.decided_at = timezone.now()
    correction.save()
