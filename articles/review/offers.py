"""What a card offers: the moves that have a button, the reasons of those that are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from articles.models import Correction, Flag, Segment
from articles.review import workflow

SEGMENT_MOVES: dict[str, tuple[str, ...]] = {
    Segment.Status.TO_REVIEW: ("flag", "edit", "confirm"),
    Segment.Status.FLAGGED: ("flag", "edit", "confirm"),
    Segment.Status.WAITING: ("approve", "revise", "reject", "withdraw", "flag"),
    Segment.Status.DONE: ("reopen",),
}
"""The moves on the segment that are offered in each status, refused or not."""

CORRECTION_MOVES = ("approve", "revise", "reject", "withdraw")
"""Those of them that are about the waiting correction."""

OWN_OR_OTHERS = {"withdraw": True, "revise": False}
"""The moves that are offered on one's own correction alone, or on another person's alone."""

FINDING_MOVES = ("take", "dismiss", "restore")
"""The moves on a segment's findings; those that are refused are not offered."""

FLAG_BUTTONS: dict[bool, tuple[str, ...]] = {True: ("edit_flag", "remove_flag"), False: ()}
"""The moves that have a button of their own on one's own flag, and on another person's."""

DISCUSSION_BUTTONS: dict[bool, tuple[str, ...]] = {True: ("keep",), False: ("uphold", "answer")}
"""The moves that name the one button that opens a flag's discussion: the first that is allowed."""

_MOVE_NAMES = {"edit": "draft"}
"""The row of workflow.MOVES for a move that has another name there."""


class Reasons:
    """``reasons.flag`` in a template: why the person may not flag here, or None."""

    def __init__(self, person: User, segment: Segment, thing: Any = None) -> None:
        self._person = person
        self._segment = segment
        self._thing = thing

    def __getitem__(self, move: str) -> str | None:
        return workflow.why_not(move, self._person, self._segment, self._thing)


class Offer(NamedTuple):
    """The moves that are allowed, and those that are offered and refused with their reasons."""

    allowed: list[str]
    refused: dict[str, str]


def make_offer(person: User, segment: Segment, waiting: Correction | None = None) -> Offer:
    """Return what the person is offered on the segment, its waiting correction and its findings."""
    allowed: list[str] = []
    refused: dict[str, str] = {}
    for move in SEGMENT_MOVES[segment.status]:
        is_for_own = OWN_OR_OTHERS.get(move)
        if is_for_own is not None and is_for_own != _is_own(waiting, person):
            continue
        thing = waiting if move in CORRECTION_MOVES else None
        row = workflow.decision_move(_MOVE_NAMES.get(move, move), person, thing)
        reason = workflow.why_not(row, person, segment, thing)
        if reason:
            refused[move] = reason
        else:
            allowed.append(move)
    why = Reasons(person, segment)
    allowed.extend(move for move in FINDING_MOVES if not why[move])
    return Offer(allowed, refused)


def _is_own(correction: Correction | None, person: User) -> bool:
    return correction is not None and correction.author_id == person.pk


def flag_moves(person: User, segment: Segment, flag: Flag) -> list[str]:
    """Return the moves that have a button on the flag, the one that opens its discussion first."""
    why = Reasons(person, segment, flag)
    is_own = flag.author_id == person.pk
    discussion = [move for move in DISCUSSION_BUTTONS[is_own] if not why[move]]
    moves = [move for move in FLAG_BUTTONS[is_own] if not why[move]]
    return discussion[:1] + moves


@dataclass
class Shared:
    """What the cards of one page share, so that it is made once for all of them.

    An offer depends on the person and the segment's status alone while nothing waits: never keep
    one of these from one request to the next, or for another person.
    """

    offers: dict[str, Offer] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def label(self, status: str) -> str:
        """Return the name of a card in this status, with %(number)d in the place of its number."""
        if status not in self.labels:
            names = {"number": "%(number)d", "status": Segment.Status(status).label}
            self.labels[status] = _("Segment %(number)s, %(status)s") % names
        return self.labels[status]

    def address_of(self, segment: Segment) -> str:
        """Return the address of the segment's own page."""
        return _address_pattern(get_script_prefix()).replace("/0/", f"/{segment.pk}/")


@lru_cache(maxsize=4)
def _address_pattern(_prefix: str) -> str:
    """Return the address of a segment's page with 0 in the place of its number."""
    return reverse("card", args=[0])
