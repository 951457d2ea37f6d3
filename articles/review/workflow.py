"""Floor 2: who may do what, when. Every rule is asked here, once, and answers in words.

``MOVES`` is the whole table: each act's permission and what it does to the status of its thing and of the segment.
``why_not(move, …)`` returns None when the move may be made, else the sentence that says why not: it guards the
write and is the text on the greyed-out button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.blind import visibility
from articles.models import Correction, Finding, Flag, Segment
from articles.models.review import DISPUTED, ReplyKind, Severity
from articles.models.roles import APPROVE, REVIEW
from articles.text.spans import changes_marked_text

S, F, C, D, T = Segment.Status, Flag.Status, Correction.Status, Finding.Status, ReplyKind
REST = "rest"
"""A segment at rest: flagged while it has open flags, else to review."""


class Refused(Exception):
    """An act that the rules do not allow; the text is the reason, for the person who tried."""


class Stale(Exception):
    """A write made against an older revision of the segment than the one that is there now."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(_("Somebody changed this segment while you were writing."))
        self.segment = segment


@dataclass(frozen=True)
class Move:
    """One row of the table.

    ``frm``/``to`` are the statuses of the thing itself (a flag, a correction, a finding; None where the thing is new or
    is the segment), ``segment_frm`` those in which the segment allows the move, ``segment_to`` where it leaves the
    segment (None: as it was). ``own`` says that the thing must be, or must not be, one's own. ``talk`` are the states
    of a flag's conversation that allow the move.
    """

    permission: str
    segment_frm: tuple[str, ...]
    segment_to: str | None
    frm: tuple[str, ...] | None = None
    to: str | None = None
    own: bool | None = None
    talk: tuple[str, ...] | None = None


FLAGGING = ("flag", "take")
"""The moves that make an open flag."""

OPEN = (S.TO_REVIEW, S.FLAGGED)
UNDONE = (S.TO_REVIEW, S.FLAGGED, S.WAITING)
ANY = (S.TO_REVIEW, S.FLAGGED, S.WAITING, S.DONE)
UNSETTLED = ("", *DISPUTED)

MOVES: dict[str, Move] = {
    "flag": Move(REVIEW, UNDONE, REST, to=F.OPEN),
    "edit_flag": Move(REVIEW, UNDONE, None, (F.OPEN,), F.OPEN, own=True, talk=UNSETTLED),
    "remove_flag": Move(REVIEW, UNDONE, REST, (F.OPEN,), F.REMOVED, own=True, talk=UNSETTLED),
    # The talk about a flag: others answer, its author keeps it or takes it back, a third person has the last word.
    "answer": Move(REVIEW, UNDONE, None, (F.OPEN,), F.OPEN, own=False, talk=UNSETTLED),
    "keep": Move(REVIEW, UNDONE, None, (F.OPEN,), F.OPEN, own=True, talk=(T.ANSWERED,)),
    "uphold": Move(APPROVE, UNDONE, None, (F.OPEN,), F.OPEN, own=False, talk=DISPUTED),
    "drop": Move(APPROVE, UNDONE, REST, (F.OPEN,), F.REMOVED, own=False, talk=DISPUTED),
    "dismiss": Move(REVIEW, ANY, None, (D.OPEN,), D.DISMISSED),
    "restore": Move(REVIEW, ANY, None, (D.DISMISSED,), D.OPEN),
    "take": Move(REVIEW, UNDONE, REST, (D.OPEN,), D.TAKEN),
    "draft": Move(REVIEW, OPEN, None, to=C.DRAFT),
    "submit": Move(REVIEW, OPEN, S.WAITING, (C.DRAFT,), C.SUBMITTED, own=True),
    "withdraw": Move(REVIEW, (S.WAITING,), REST, (C.SUBMITTED,), C.DRAFT, own=True),
    "approve": Move(APPROVE, (S.WAITING,), S.DONE, (C.SUBMITTED,), C.APPROVED, own=False),
    "reject": Move(APPROVE, (S.WAITING,), REST, (C.SUBMITTED,), C.REJECTED, own=False),
    "confirm": Move(REVIEW, (S.TO_REVIEW,), S.DONE),
    "reopen": Move(REVIEW, (S.DONE,), REST),
    # A waiting correction moves with its words. What is done was read as it stands: nobody parts it unseen.
    "realign": Move(REVIEW, UNDONE, None),
    # Between the marks of two people who read the article apart.
    "compare": Move(APPROVE, OPEN, REST),
}

_SEGMENT_REASONS: dict[str, str] = {
    S.TO_REVIEW: gettext_noop("No correction is waiting here."),
    S.FLAGGED: gettext_noop("This segment has open flags; repair or remove them first."),
    S.WAITING: gettext_noop("A correction is waiting for approval here."),
    S.DONE: gettext_noop("This segment is done; reopen it first."),
}
_THING_REASONS: dict[str, str] = {
    F.OPEN: gettext_noop("It is still open."),
    F.CLOSED: gettext_noop("This flag was closed when its repair was approved."),
    F.REMOVED: gettext_noop("This flag was removed."),
    C.DRAFT: gettext_noop("This correction is still a draft."),
    C.SUBMITTED: gettext_noop("This correction is already waiting for approval."),
    C.APPROVED: gettext_noop("This correction is already approved."),
    C.REJECTED: gettext_noop("This correction was rejected."),
    C.REPLACED: gettext_noop("This correction was replaced by a later one."),
    D.DISMISSED: gettext_noop("This finding was dismissed."),
    D.TAKEN: gettext_noop("This finding is already a flag."),
}
_TALK_REASONS: dict[str, str] = {
    "": gettext_noop("Nobody has answered this flag."),
    T.ANSWERED: gettext_noop("Somebody answered this flag."),
    T.KEPT: gettext_noop("Its author has kept it, and nobody has answered since."),
    T.WITHDRAWN: gettext_noop("Its author has taken it back."),
    T.UPHELD: gettext_noop("An arbiter has upheld this flag; that is the last word."),
    T.DROPPED: gettext_noop("An arbiter has dropped this flag; that is the last word."),
}
_NOT_ONES_OWN: dict[str, str] = {
    "answer": gettext_noop("This flag is your own: change it or take it back."),
    "uphold": gettext_noop("An arbiter is somebody who neither made the flag nor answered it."),
    "drop": gettext_noop("An arbiter is somebody who neither made the flag nor answered it."),
    "approve": gettext_noop("Nobody decides on their own correction: it needs a second person."),
    "reject": gettext_noop("Nobody decides on their own correction: it needs a second person."),
}

_GRAVE = (Severity.MAJOR, Severity.CRITICAL)


def why_not(
    move: str, person: Any, segment: Segment, thing: Flag | Correction | Finding | None = None
) -> str | None:
    """Why ``person`` may not make ``move`` on ``segment`` (and on its flag, correction or finding), or None.

    Raises KeyError for a move that is not in the table.
    """
    rule = MOVES[move]
    return (
        _why_not_person(move, rule, person, thing)
        or visibility.why_not(move, person, segment.article)
        or _why_not_status(move, rule, segment, thing)
    )


def _why_not_person(
    move: str, rule: Move, person: Any, thing: Flag | Correction | Finding | None
) -> str | None:
    if not person.has_perm(rule.permission):
        if rule.permission == APPROVE:
            on_flag = isinstance(thing, Flag)
            return (
                _("Only approvers can settle a flag.")
                if on_flag
                else _("Only approvers can decide on corrections.")
            )
        return _("Only reviewers can do this; an admin gives that role.")
    if rule.own is not None and thing is not None and not isinstance(thing, Finding):
        mine = thing.author_id == person.pk
        if rule.own and not mine:
            return _("Only its author, %(author)s, can do this.") % {
                "author": thing.author.get_username()
            }
        if not rule.own and (
            mine or (isinstance(thing, Flag) and move != "answer" and _answered(person, thing))
        ):
            return _(_NOT_ONES_OWN[move])
    return None


def _answered(person: Any, flag: Flag) -> bool:
    """Whether the person answered the flag."""
    return any(
        reply.author_id == person.pk and reply.kind == T.ANSWERED for reply in flag.replies.all()
    )


def _why_not_status(
    move: str, rule: Move, segment: Segment, thing: Flag | Correction | Finding | None
) -> str | None:
    if rule.frm is not None and thing is not None and thing.status not in rule.frm:
        return _(_THING_REASONS[thing.status])
    if rule.talk is not None and isinstance(thing, Flag) and thing.talk not in rule.talk:
        return _(_TALK_REASONS[thing.talk])
    if segment.status not in rule.segment_frm:
        return _(_SEGMENT_REASONS[segment.status])
    if move == "submit" and isinstance(thing, Correction) and thing.text == thing.before:
        return _("The text is the same as before; change it or mark the segment as fine.")
    if move == "approve" and isinstance(thing, Correction) and (flag := unrepaired(segment, thing)):
        return why_unrepaired(flag)
    return None


def why_unrepaired(flag: Flag) -> str:
    """Why a correction that leaves this flag's words as they were is not approved."""
    words = flag.target_quote or flag.source_quote
    return _("The flag “%(type)s”%(words)s (%(severity)s) has no repair in this text.") % {
        "type": _(flag.type),
        "severity": flag.get_severity_display(),
        "words": f" – {words}" if words else "",
    }


def unrepaired(segment: Segment, correction: Correction) -> Flag | None:
    """The first open major or critical flag of the segment whose words the correction leaves as they were."""
    before, after = segment.target_text, correction.text
    grave = [
        flag for flag in segment.shown_flags if flag.status == F.OPEN and flag.severity in _GRAVE
    ]
    return next(
        (
            flag
            for flag in grave
            if not changes_marked_text(before, after, span=flag.target_span, caret=flag.caret)
        ),
        None,
    )


def next_status(move: str, segment: Segment) -> str:
    """The segment's status after ``move``, its flags being already as the move leaves them."""
    to = MOVES[move].segment_to
    if to is None or (
        to == REST and segment.status == S.WAITING and move not in ("withdraw", "reject")
    ):
        return segment.status
    if to == REST:
        if move in FLAGGING:
            return S.FLAGGED
        has_open_flags = Flag.objects.filter(segment=segment, status=F.OPEN).exists()
        return S.FLAGGED if has_open_flags else S.TO_REVIEW
    return to


def check(
    move: str, person: Any, segment: Segment, thing: Flag | Correction | Finding | None = None
) -> None:
    """Raise Refused with the reason when the move may not be made."""
    if reason := why_not(move, person, segment, thing):
        raise Refused(reason)
