"""The table of moves: who may do what, and when.

``MOVES`` is the whole table: each act's permission and what it does to the status of its thing and
of the segment. ``why_not(move, …)`` returns None when the move may be made, else the sentence that
says why not: it guards the write and is the text beside a disabled button.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.blind import visibility
from articles.findings.store import OWN_CHECKS
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.models.people import name_of
from articles.models.review import DISPUTED, ReplyKind, Severity
from articles.models.roles import APPROVE, REVIEW, may
from articles.review.marks import OMISSION
from articles.text.codes import missing_code
from articles.text.spans import changes_marked_text

Thing = Flag | Correction | Finding
"""What a move may be about, besides its segment."""

# Short names keep each row of the table on one line.
S = Segment.Status
F = Flag.Status
C = Correction.Status
D = Finding.Status
T = ReplyKind
AT_REST = "rest"
"""A segment at rest: flagged while it has open flags, else to review."""


class Refused(Exception):
    """An act that the rules do not allow; the text is the reason, for the person who tried."""


class Overtaken(Refused):
    """A text that was stored as a draft, but cannot be submitted.

    Meanwhile somebody else submitted, or finished the segment.
    """


class Stale(Exception):
    """A write made against an older revision of the segment than the one that is there now.

    ``by`` wrote it and had seen the revision ``seen``: the text tells them where they changed the
    segment themselves, in another window.
    """

    def __init__(
        self, segment: Segment, *, by: User | None = None, seen: int | None = None
    ) -> None:
        text = _("Somebody changed this segment while you were writing.")
        if by is not None and seen is not None and changed_alone(by, segment, since=seen):
            text = _("You changed this segment in another window.")
        super().__init__(text)
        self.segment = segment


_BESIDE_ANOTHER_ACT = (Event.Act.DISMISSED, Event.Act.RESTORED)
"""Events of which one act may write several, beside its own."""


def changed_alone(person: User, segment: Segment, *, since: int) -> bool:
    """Return whether the person made every change of the segment since the revision ``since``.

    Each revision has an event at least. False where history leaves a doubt. Two queries.
    """
    left = segment.revision - since
    events = Event.everything.visible_to(person).filter(segment=segment).exclude(actor=None)
    for place, event in enumerate(events.order_by("-pk")):
        if left <= 0 or event.actor_id != person.pk:
            return False
        if place == 0 or event.act not in _BESIDE_ANOTHER_ACT:
            left -= 1
        if left == 0:
            # A realignment changes several segments, and its event names the first.
            others = Event.objects.filter(article=segment.article_id, act=Event.Act.REALIGNED)
            return not others.filter(pk__gt=event.pk).exclude(actor=person).exists()
    return False


@dataclass(frozen=True)
class Move:
    """One row of the table.

    ``from_status`` and ``to_status`` are the statuses of the thing itself before and after (a flag,
    a correction, a finding; None where the thing is new or is the segment), ``segment_from`` those
    in which the segment allows the move, ``segment_to`` the segment's status after it (None: as it
    was). ``own`` says that the thing must be, or must not be, one's own. ``talk`` are the states of
    a flag's discussion that allow the move.
    """

    permission: str
    segment_from: tuple[str, ...]
    segment_to: str | None
    from_status: tuple[str, ...] | None = None
    to_status: str | None = None
    own: bool | None = None
    talk: tuple[str, ...] | None = None


FLAGGING = ("flag", "take")
"""The moves that make an open flag."""

OPEN = (S.TO_REVIEW, S.FLAGGED)
NOT_DONE = (S.TO_REVIEW, S.FLAGGED, S.WAITING)
ANY = (S.TO_REVIEW, S.FLAGGED, S.WAITING, S.DONE)
UNSETTLED = ("", *DISPUTED)

MOVES: dict[str, Move] = {
    "flag": Move(REVIEW, NOT_DONE, AT_REST, to_status=F.OPEN),
    "edit_flag": Move(REVIEW, NOT_DONE, None, (F.OPEN,), F.OPEN, own=True, talk=UNSETTLED),
    "remove_flag": Move(REVIEW, NOT_DONE, AT_REST, (F.OPEN,), F.REMOVED, own=True, talk=UNSETTLED),
    # The discussion of a flag: others answer, its author keeps or removes it, a third decides.
    "answer": Move(REVIEW, NOT_DONE, None, (F.OPEN,), F.OPEN, own=False, talk=UNSETTLED),
    "keep": Move(REVIEW, NOT_DONE, None, (F.OPEN,), F.OPEN, own=True, talk=(T.ANSWERED,)),
    "uphold": Move(APPROVE, NOT_DONE, None, (F.OPEN,), F.OPEN, own=False, talk=DISPUTED),
    "drop": Move(APPROVE, NOT_DONE, AT_REST, (F.OPEN,), F.REMOVED, own=False, talk=DISPUTED),
    "dismiss": Move(REVIEW, ANY, None, (D.OPEN,), D.DISMISSED),
    "restore": Move(REVIEW, ANY, None, (D.DISMISSED,), D.OPEN),
    "take": Move(REVIEW, NOT_DONE, AT_REST, (D.OPEN,), D.TAKEN),
    "draft": Move(REVIEW, OPEN, None, to_status=C.DRAFT),
    "submit": Move(REVIEW, OPEN, S.WAITING, (C.DRAFT,), C.SUBMITTED, own=True),
    "withdraw": Move(REVIEW, (S.WAITING,), AT_REST, (C.SUBMITTED,), C.DRAFT, own=True),
    "approve": Move(APPROVE, (S.WAITING,), S.DONE, (C.SUBMITTED,), C.APPROVED, own=False),
    "reject": Move(APPROVE, (S.WAITING,), AT_REST, (C.SUBMITTED,), C.REJECTED, own=False),
    # An approver edits a waiting correction: the edit waits in its place, for the author of what
    # was edited or for another approver. Who may decide alone approves the edit with it.
    "revise": Move(APPROVE, (S.WAITING,), None, (C.SUBMITTED,), C.EDITED, own=False),
    "decide_alone": Move(APPROVE, (S.WAITING,), S.DONE, (C.SUBMITTED,), C.EDITED, own=False),
    "agree": Move(REVIEW, (S.WAITING,), S.DONE, (C.SUBMITTED,), C.APPROVED, own=False),
    "disagree": Move(REVIEW, (S.WAITING,), AT_REST, (C.SUBMITTED,), C.REJECTED, own=False),
    "confirm": Move(REVIEW, (S.TO_REVIEW,), S.DONE),
    "reopen": Move(REVIEW, (S.DONE,), AT_REST),
    # A waiting correction moves with its words. A done segment was read as it stands, so that its
    # sentences must not be divided without being read again.
    "realign": Move(REVIEW, NOT_DONE, None),
    # Adjudication: a third person decides between the marks of two blind reviews.
    "compare": Move(APPROVE, OPEN, AT_REST),
}

EDITED_AUTHORS_MOVES = {"approve": "agree", "reject": "disagree"}
"""What deciding on an edit is for the author of the correction that was edited, who needs no role
of an approver for it."""

_SEGMENT_REASONS: dict[str, str] = {
    S.TO_REVIEW: gettext_noop("No correction is awaiting approval here."),
    S.FLAGGED: gettext_noop("This segment has open flags; correct or remove them first."),
    S.WAITING: gettext_noop("A correction is awaiting approval here."),
    S.DONE: gettext_noop("This segment is done; reopen it first."),
}
_THING_REASONS: dict[str, str] = {
    F.OPEN: gettext_noop("It is still open."),
    F.CLOSED: gettext_noop("This flag was closed when its correction was approved."),
    F.REMOVED: gettext_noop("This flag was removed."),
    C.DRAFT: gettext_noop("This correction is still a draft."),
    C.SUBMITTED: gettext_noop("This correction is already awaiting approval."),
    C.APPROVED: gettext_noop("This correction is already approved."),
    C.REJECTED: gettext_noop("This correction was returned."),
    C.REPLACED: gettext_noop("This correction was replaced by a later one."),
    C.EDITED: gettext_noop("An approver edited this correction; the edited version replaced it."),
    D.DISMISSED: gettext_noop("This finding was dismissed."),
    D.TAKEN: gettext_noop("This finding is already accepted."),
}
_FINDING_CLOSED = gettext_noop("This finding was closed: the text was corrected.")
_TALK_REASONS: dict[str, str] = {
    "": gettext_noop("Nobody has replied to this flag."),
    T.ANSWERED: gettext_noop("Somebody has replied to this flag."),
    T.KEPT: gettext_noop("Its author kept it, and nobody has replied since."),
    T.WITHDRAWN: gettext_noop("Its author removed it."),
    T.UPHELD: gettext_noop("An arbiter upheld this flag; the decision is final."),
    T.DROPPED: gettext_noop("An arbiter overruled this flag; the decision is final."),
}
_NOT_ONES_OWN: dict[str, str] = {
    "answer": gettext_noop("This is your own flag: change or remove it."),
    "uphold": gettext_noop("Only somebody who neither made the flag nor replied to it can decide."),
    "drop": gettext_noop("Only somebody who neither made the flag nor replied to it can decide."),
    "approve": gettext_noop("Nobody decides on their own correction; a second person has to."),
    "reject": gettext_noop("Nobody decides on their own correction; a second person has to."),
    "revise": gettext_noop("This is your own correction; withdraw it to change it."),
    "decide_alone": gettext_noop("This is your own correction; withdraw it to change it."),
    "agree": gettext_noop("Nobody decides on their own correction; a second person has to."),
    "disagree": gettext_noop("Nobody decides on their own correction; a second person has to."),
}

_BROUGHT_BY_FILE = gettext_noop(
    "You imported the file with this correction; a second person has to decide."
)

_NOT_EDITED_FROM_ONES_OWN = gettext_noop(
    "You did not write the correction that was edited; an approver has to decide."
)

_BLOCKING_SEVERITIES = (Severity.MAJOR, Severity.CRITICAL)


def why_not(move: str, person: User, segment: Segment, thing: Thing | None = None) -> str | None:
    """Return why ``person`` may not make ``move`` on ``segment`` (and on its ``thing``), or None.

    Raises KeyError for a move that is not in the table.
    """
    rule = MOVES[move]
    return (
        _why_not_permitted(move, person, segment, thing)
        or _why_not_author(move, rule, person, thing)
        or visibility.why_not(move, person, segment.article)
        or _why_not_status(rule, segment, thing)
        or _why_not_contents(move, segment, thing)
    )


def _why_not_permitted(
    move: str, person: User, segment: Segment, thing: Thing | None
) -> str | None:
    """Return why the person's role in the team does not allow the move, or None."""
    permission = MOVES[move].permission
    if may(person, permission, segment.article):
        return None
    if permission != APPROVE:
        return _("Only reviewers can do this; an admin can give you that role.")
    if move == "revise":
        return _("A correction is awaiting approval here; only approvers can edit it.")
    if isinstance(thing, Flag):
        return _("Only approvers can decide on a flag.")
    return _("Only approvers can decide on corrections.")


def _why_not_author(move: str, rule: Move, person: User, thing: Thing | None) -> str | None:
    """Return why the move is for the thing's author alone, or for others alone, or None."""
    if rule.own is None or thing is None or isinstance(thing, Finding):
        return None
    is_author = thing.author_id == person.pk
    if rule.own:
        if is_author:
            return None
        author = name_of(thing.author)
        return _("Only its author, %(author)s, can do this.") % {"author": author}
    if is_author or _took_part(move, person, thing):
        return _(_NOT_ONES_OWN[move])
    if isinstance(thing, Correction):
        return _why_not_decider(move, person, thing)
    return None


def _why_not_decider(move: str, person: User, correction: Correction) -> str | None:
    """Return why the person may not decide on another's correction, whatever their role."""
    if correction.brought_by_id == person.pk:
        return _(_BROUGHT_BY_FILE)
    if move in EDITED_AUTHORS_MOVES.values() and not edits_correction_of(person, correction):
        return _(_NOT_EDITED_FROM_ONES_OWN)
    return None


def edits_correction_of(person: User, thing: Thing | None) -> bool:
    """Return whether the thing is another person's edit of a correction by this person."""
    if not isinstance(thing, Correction) or thing.edit_of is None:
        return False
    return thing.edit_of.author_id == person.pk and thing.author_id != person.pk


def decision_move(move: str, person: User, thing: Thing | None) -> str:
    """Return the row of the table by which the person approves or rejects the correction.

    For the author of a correction that was edited it is "agree" or "disagree".
    """
    if move in EDITED_AUTHORS_MOVES and edits_correction_of(person, thing):
        return EDITED_AUTHORS_MOVES[move]
    return move


def _took_part(move: str, person: User, thing: Flag | Correction) -> bool:
    """Return whether an earlier answer to the flag keeps the person from making the move.

    One may answer a flag again, but an arbiter must not have answered it.
    """
    if move == "answer" or not isinstance(thing, Flag) or not thing.talk:
        return False
    for reply in thing.replies.all():
        if reply.author_id == person.pk and reply.kind == ReplyKind.ANSWERED:
            return True
    return False


def _why_not_status(rule: Move, segment: Segment, thing: Thing | None) -> str | None:
    """Return why the status of the thing, of its discussion or of the segment refuses, or None."""
    if thing is not None and rule.from_status is not None and thing.status not in rule.from_status:
        if isinstance(thing, Finding) and thing.status == D.CLOSED:
            return _(_FINDING_CLOSED)
        return _(_THING_REASONS[thing.status])
    if isinstance(thing, Flag) and rule.talk is not None and thing.talk not in rule.talk:
        return _(_TALK_REASONS[thing.talk])
    if segment.status not in rule.segment_from:
        return _(_SEGMENT_REASONS[segment.status])
    return None


def _why_not_contents(move: str, segment: Segment, thing: Thing | None) -> str | None:
    """Return why the text of a correction is not to be submitted or approved, or None."""
    if not isinstance(thing, Correction):
        return None
    if move == "submit" and thing.text == thing.before:
        return _("The text has not changed; change it or choose “No issues”.")
    if move == "submit":
        return why_incomplete(segment, thing)
    if move in ("approve", "agree"):
        flag = unrepaired(segment, thing)
        if flag is not None:
            return why_unrepaired(flag)
    return None


def why_incomplete(segment: Segment, correction: Correction) -> str | None:
    """Return why a correction that lost or broke a protected code of its text is not submitted."""
    code = missing_code(correction.before, segment.source_text, correction.text)
    if not code:
        return None
    return _("The code %(code)s is missing or broken; put it back as it was.") % {"code": code}


def why_unrepaired(flag: Flag) -> str:
    """Return why a correction that leaves this flag's words as they were is not approved."""
    words = flag.target_quote or flag.source_quote
    return _("The flag “%(type)s”%(words)s (%(severity)s) is not corrected in this text.") % {
        "type": _(flag.type),
        "severity": flag.get_severity_display(),
        "words": f" – {words}" if words else "",
    }


def unrepaired(segment: Segment, correction: Correction) -> Flag | None:
    """Return the first open major or critical flag whose words the correction leaves as they were.

    The segment has its flags in ``shown_flags``; None where there is no such flag.
    """
    for flag in segment.shown_flags:
        if flag.status != F.OPEN or flag.severity not in _BLOCKING_SEVERITIES:
            continue
        if not is_repaired(flag, segment, correction):
            return flag
    return None


def is_repaired(flag: Flag, segment: Segment, correction: Correction) -> bool:
    """Return whether the correction changes the words that the flag is about.

    Or else whether the checks no longer find there what the flag accepted: in *Tout le monde n’est
    pas convaincu* the lost “not” of “Not everyone” is back, and the marked *Tout* stays.
    """
    changes_words = changes_marked_text(
        segment.target_text,
        correction.text,
        span=flag.target_span,
        caret=flag.caret,
        lacks_words=flag.type == OMISSION,
    )
    return changes_words or _is_no_longer_found(flag, correction)


def _is_no_longer_found(flag: Flag, correction: Correction) -> bool:
    """Return whether our checks found what the flag accepted, but not in the correction."""
    if not correction.checked or flag.finding_id in correction.accepted_findings_left:
        return False
    return flag.finding is not None and flag.finding.finder == OWN_CHECKS


def next_status(move: str, segment: Segment) -> str:
    """Return the segment's status after ``move``; its flags are already as the move leaves them."""
    to = MOVES[move].segment_to
    if to is None:
        return segment.status
    if to != AT_REST:
        return to
    if segment.status == S.WAITING and not _ends_waiting(move, segment):
        return segment.status
    if move in FLAGGING:
        return S.FLAGGED
    has_open_flags = Flag.objects.filter(segment=segment, status=F.OPEN).exists()
    return S.FLAGGED if has_open_flags else S.TO_REVIEW


def _ends_waiting(move: str, segment: Segment) -> bool:
    """Return whether no correction waits after the move, which is written already.

    A flag that comes or goes does not end the wait of a correction. When an edit of a correction
    goes, that one waits again.
    """
    if move not in ("withdraw", "reject", "disagree"):
        return False
    return not Correction.objects.filter(segment=segment, status=C.SUBMITTED).exists()


def check(move: str, person: User, segment: Segment, thing: Thing | None = None) -> None:
    """Raise Refused with the reason when the move may not be made."""
    reason = why_not(move, person, segment, thing)
    if reason:
        raise Refused(reason)


def check_writing(
    person: User,
    segment: Segment,
    waiting: Correction | None,
    *,
    seen: int,
    has_draft: bool = False,
) -> Overtaken | None:
    """Raise Refused where the person may not write into the segment.

    Where they could when they saw the revision ``seen``, or have a draft from then, return what
    came since. ``waiting`` is the correction that waits now, which an approver may edit.
    """
    reason = why_not("revise" if waiting else "draft", person, segment, waiting)
    if reason is None:
        return None
    as_before = copy.copy(segment)
    as_before.status = S.TO_REVIEW
    began_now = seen == segment.revision and not has_draft
    if began_now or why_not("draft", person, as_before):
        raise Refused(reason)
    if waiting is not None and waiting.author_id == person.pk:
        # A draft beside it would be in its way when it is withdrawn: it becomes one again.
        raise Refused(
            _(
                "You submitted a correction for this segment in another window. "
                "Withdraw it to continue writing."
            )
        )
    if waiting is None:
        return Overtaken(_("This segment was finished meanwhile. Your text is kept as a draft."))
    text = _(
        "%(author)s submitted a correction for this segment meanwhile. "
        "Your text is kept as a draft."
    )
    return Overtaken(text % {"author": name_of(waiting.author)})
