"""A card with a form open in it: what the form begins with, and which moves it offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_noop

from articles.findings.draft import Rechecked
from articles.models import Correction, Event, Finding, Flag
from articles.models.roles import may_decide_alone
from articles.review import workflow
from articles.review.cards import Card
from articles.review.forms import SegmentForm
from articles.review.marks import flagged_place
from articles.review.offers import Reasons
from articles.text.diff import Change, merge, redline

DISCUSSION_MOVES: dict[str, str] = {
    "keep": gettext_noop("Keep the flag"),
    "uphold": gettext_noop("Uphold the flag"),
    "drop": gettext_noop("Overrule the flag"),
    "answer": gettext_noop("Reply"),
    "remove_flag": gettext_noop("Remove the flag"),
}
"""Each move in the discussion of a flag, with the words on its button."""


class AlikeRow(NamedTuple):
    """A correction that makes the same change in another segment.

    ``why`` is the reason why this person may not approve it, or None.
    """

    row: Correction
    why: str | None
    changes: list[Change]


class Conflict(NamedTuple):
    """What was typed against an older text.

    ``theirs`` is there now, ``changes`` lead from it to what was typed, ``both`` holds the changes
    of both where they can be merged.
    """

    theirs: str
    who: User | None
    changes: list[Change]
    both: str | None


@dataclass(eq=False)
class OpenCard(Card):
    """A card whose ``state`` names the form that is open in it, or "history".

    ``thing`` is the row that the form is about. ``rechecked`` is what the checks say of the text
    that the editor holds, ``events`` the segment's history.
    """

    state: str = "rest"
    form: SegmentForm | None = None
    thing: Finding | Flag | Correction | None = None
    conflict: Conflict | None = None
    events: Iterable[Event] = ()
    rechecked: Rechecked | None = None

    @cached_property
    def edited(self) -> Correction | None:
        """The waiting correction that the open editor is an edit of: another person's."""
        if self.state != "edit" or self.waiting is None:
            return None
        why = workflow.why_not("revise", self.person, self.segment, self.waiting)
        return None if why else self.waiting

    @cached_property
    def alike_rows(self) -> list[AlikeRow]:
        """The corrections that make the same change, the person's own included. One query more."""
        found = self.waiting.with_same_change() if self.waiting else []
        flags = Flag.objects.exclude(status=Flag.Status.REMOVED)
        prefetch_related_objects(found, Prefetch("segment__flags", flags, to_attr="shown_flags"))
        rows = []
        for row in found:
            why = workflow.why_not("approve", self.person, row.segment, row)
            rows.append(AlikeRow(row, why, redline(row.before, row.text)))
        return rows

    @cached_property
    def discussion_moves(self) -> list[tuple[str, str]]:
        """The moves that the person may make in the discussion of the flag, with their labels."""
        flag = self.thing
        for row, _moves in self.flags:
            if flag and row.pk == flag.pk:
                flag = row  # this one has its replies
        why = Reasons(self.person, self.segment, flag)
        return [(move, label) for move, label in DISCUSSION_MOVES.items() if not why[move]]

    @property
    def why_no_answer(self) -> str | None:
        """Why the person may say nothing of the flag."""
        return workflow.why_not("answer", self.person, self.segment, self.thing)

    @property
    def may_change_severity(self) -> bool:
        """Whether a move in the discussion may change the flag's severity."""
        return any(move in ("keep", "uphold") for move, _label in self.discussion_moves)

    @cached_property
    def draft_changes(self) -> list[Change]:
        """The redline of the text that the editor holds."""
        text = self.form["text"].value() if self.form else self.initial_text
        if text == self.current_text:
            return []
        return redline(self.current_text, str(text or ""))

    @property
    def editor_address(self) -> str:
        """Where the open editor sends the text."""
        if self.edited:
            return reverse("revise", args=[self.segment.pk, self.edited.pk])
        return reverse("edit", args=[self.segment.pk])

    @property
    def why_not_send(self) -> str | None:
        """Why the person may not send the text of the open editor, or None."""
        return None if self.edited else self.why["submit"]

    @property
    def approves_edit(self) -> bool:
        """Whether sending the edit approves it: the person's role may decide alone."""
        return self.edited is not None and may_decide_alone(self.person, self.segment.article)

    @property
    def base_text(self) -> str:
        """The text that the person's draft was begun from, else the one it would begin with."""
        if self.draft:
            return self.draft.before
        return self.edited.text if self.edited else self.current_text

    @property
    def initial_text(self) -> str:
        """The text that the editor begins with.

        The person's draft, else the waiting correction that they edit, else their correction that
        was sent back, else the text in force.
        """
        if self.draft:
            return self.draft.text
        if self.edited:
            return self.edited.text
        if self.sent_back and self.is_sent_back_to_reader:
            return self.sent_back.text
        return self.current_text

    @property
    def started_at(self) -> tuple[int, int] | None:
        """What the editor begins with selected, in UTF-16 units; None for the end of the text.

        The words of the newest open flag, or the place where it misses some.
        """
        if self.draft or self.initial_text != self.segment.target_text:
            return None
        return flagged_place(self.segment.target_text, self.segment.shown_flags)

    @property
    def latest_text(self) -> str:
        """The text of the correction that waits, else the text in force."""
        return self.waiting.text if self.waiting else self.current_text

    def conflict_with(self, text: str, *, base: str) -> Conflict | None:
        """Return the conflict of ``text``, made from ``base``, with the text that is there now.

        None where nobody changed it meanwhile, or changed it to the same text.
        """
        other = self.waiting or self.approved
        theirs = self.latest_text
        if theirs in (base, text):
            return None
        return Conflict(
            theirs=theirs,
            who=other.author if other else None,
            changes=redline(theirs, text),
            both=merge(base, text, theirs),
        )
