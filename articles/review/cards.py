"""What one card shows of a segment to one person, ready for the template. It reads only what for_desk() fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_noop

from articles.findings.draft import Rechecked
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.review import workflow
from articles.review.forms import SegmentForm, utf16
from articles.text.diff import Change, merge, redline

_redline = lru_cache(maxsize=1000)(redline)
"""The redlines that pages show again and again."""
WRITING_WINDOW = timedelta(minutes=10)
"""How long after the last key a person counts as writing."""


DISCUSSION_MOVES: dict[str, str] = {
    "keep": gettext_noop("Keep the flag"),
    "uphold": gettext_noop("The flag stands"),
    "drop": gettext_noop("The flag falls"),
    "answer": gettext_noop("Answer"),
    "remove_flag": gettext_noop("Take the flag back"),
}
"""What can be said of a flag: the move, and the words on its button."""


class Reasons:
    """``reasons.flag`` in a template: why the person may not flag here, or None."""

    def __init__(self, person: Any, segment: Segment, thing: Any = None) -> None:
        self._asked = (person, segment, thing)

    def __getitem__(self, move: str) -> str | None:
        return workflow.why_not(move, *self._asked)


class FindingRow(NamedTuple):
    """A finding with the reasons why this person may not touch it."""

    row: Finding
    why: Reasons


class FlagRow(NamedTuple):
    """A flag with the reasons why this person may not touch it."""

    row: Flag
    why: Reasons


class AlikeRow(NamedTuple):
    """A correction that makes the same change in another segment, and why this person may not approve it."""

    row: Correction
    why: str | None
    changes: list[Change]


class Conflict(NamedTuple):
    """``theirs`` is there now, ``changes`` lead from it to what was typed, ``both`` joins them if possible."""

    theirs: str
    who: Any
    changes: list[Change]
    both: str | None


class Card:
    """A segment as one person sees it, in one ``state``: "rest", or the form that is open in it."""

    def __init__(
        self,
        segment: Segment,
        person: Any,
        *,
        state: str = "rest",
        form: SegmentForm | None = None,
        thing: Finding | Flag | Correction | None = None,
        notice: str = "",
        undo: str = "",
        conflict: Conflict | None = None,
        elsewhere: bool = False,
        known: dict[str, dict[str, str | None]] | None = None,
    ) -> None:
        self.segment, self.person, self.state, self.form = segment, person, state, form
        self.thing, self.notice, self.undo, self.conflict = thing, notice, undo, conflict
        self.elsewhere = elsewhere  # the answer is about another card, and this one changed with it
        # What the rules say of the foot, by status; the cards of a page share it where no correction waits.
        self.known = {} if known is None else known
        self.why = Reasons(person, segment)
        self.events: Iterable[Event] = ()
        self.rechecked: Rechecked | None = None

    @cached_property
    def quiet(self) -> bool:
        """Whether there is nothing to be noted between its two texts and its foot."""
        said = (
            self.segment.shown_findings,
            self.segment.shown_flags,
            self.segment.shown_corrections,
        )
        return not (any(said) or self.notice or self.segment.uncertain)

    @cached_property
    def findings(self) -> list[FindingRow]:
        """Open findings, likeliest first."""
        return self._doubts(Finding.Status.OPEN)

    @cached_property
    def dismissed(self) -> list[FindingRow]:
        """Findings that somebody dismissed."""
        return self._doubts(Finding.Status.DISMISSED)

    @cached_property
    def flags(self) -> list[FlagRow]:
        """Open and repaired flags, oldest first."""
        return [
            FlagRow(row, Reasons(self.person, self.segment, row))
            for row in self.segment.shown_flags
        ]

    @cached_property
    def waiting(self) -> Correction | None:
        """The correction that waits for a decision."""
        return self._correction(Correction.Status.SUBMITTED)

    @cached_property
    def approved(self) -> Correction | None:
        """The correction in force."""
        return self._correction(Correction.Status.APPROVED)

    @cached_property
    def draft(self) -> Correction | None:
        """What this person has begun to write."""
        rows = self.segment.shown_corrections
        return next(
            (row for row in rows if row.status == "draft" and row.author_id == self.person.pk), None
        )

    @cached_property
    def sent_back(self) -> Correction | None:
        """A rejected correction that nothing has followed yet."""
        last = next((row for row in self.segment.shown_corrections if row.status != "draft"), None)
        return (
            last
            if last and last.status == Correction.Status.REJECTED and self.segment.status != "done"
            else None
        )

    @cached_property
    def writers(self) -> list[Any]:
        """Other people with a fresh draft."""
        since = timezone.now() - WRITING_WINDOW
        rows = [
            row
            for row in self.segment.shown_corrections
            if row.status == "draft" and row.updated_at > since
        ]
        return [row.author for row in rows if row.author_id != self.person.pk]

    @cached_property
    def current_text(self) -> str:
        """The target text in force."""
        return self.approved.text if self.approved else self.segment.target_text

    @cached_property
    def changes(self) -> list[Change]:
        """The redline of what waits, else of what was approved, against the text before it."""
        if self.waiting:
            return _redline(self.waiting.before, self.waiting.text)
        return _redline(self.segment.target_text, self.approved.text) if self.approved else []

    @cached_property
    def draft_changes(self) -> list[Change]:
        """The redline of what the editor begins with."""
        typed = self.form["text"].value() if self.form else self.started_text
        return redline(self.current_text, str(typed or "")) if typed != self.current_text else []

    @cached_property
    def reasons(self) -> dict[str, str | None]:
        """Each move that the card's foot offers in this status, with the reason why this person may not make it."""
        if self.waiting:
            return self._reasons()
        if self.segment.status not in self.known:
            self.known[self.segment.status] = self._reasons()
        return self.known[self.segment.status]

    def _reasons(self) -> dict[str, str | None]:
        offered = ["flag", "edit", "confirm"]
        if self.waiting:
            offered = ["approve", "reject", "flag"]
            offered += ["withdraw"] if self.waiting.author_id == self.person.pk else []
        elif self.segment.status == Segment.Status.DONE:
            offered = ["reopen"]
        things = {"approve": self.waiting, "reject": self.waiting, "withdraw": self.waiting}
        rules = {"edit": "draft"}
        return {
            m: workflow.why_not(rules.get(m, m), self.person, self.segment, things.get(m))
            for m in offered
        }

    @cached_property
    def alike(self) -> list[Correction]:
        """Other people's waiting corrections that make the same change; only for those who may approve this one."""
        if not self.waiting or self.reasons["approve"]:
            return []
        return [row for row in self.waiting.with_same_change() if row.author_id != self.person.pk]

    @cached_property
    def fellows(self) -> list[AlikeRow]:
        """Those alike, one by one, with one's own. One query more."""
        found = self.waiting.with_same_change() if self.waiting else []
        flags = Flag.objects.exclude(status=Flag.Status.REMOVED)
        prefetch_related_objects(found, Prefetch("segment__flags", flags, to_attr="shown_flags"))
        asked = [(row, workflow.why_not("approve", self.person, row.segment, row)) for row in found]
        return [AlikeRow(row, why, redline(row.before, row.text)) for row, why in asked]

    @cached_property
    def talk(self) -> list[tuple[str, str]]:
        """What this person may say of the flag that the card's form is about: moves with their labels."""
        flag = next(
            (row for row, _why in self.flags if self.thing and row.pk == self.thing.pk), self.thing
        )
        why = Reasons(self.person, self.segment, flag)
        return [(move, label) for move, label in DISCUSSION_MOVES.items() if not why[move]]

    @property
    def why_silent(self) -> str | None:
        """Why this person may say nothing of the flag."""
        return workflow.why_not("answer", self.person, self.segment, self.thing)

    @property
    def may_weigh(self) -> bool:
        """Whether what is said of the flag may change its severity."""
        return any(move in ("keep", "uphold") for move, _label in self.talk)

    @property
    def refusals(self) -> list[str]:
        """The reasons of the greyed-out buttons, each once."""
        return list(dict.fromkeys(reason for reason in self.reasons.values() if reason))

    @property
    def in_the_way(self) -> Flag | None:
        """The flag without a repair that keeps this person from approving what waits, if it is that."""
        if not self.waiting or not self.reasons["approve"]:
            return None
        flag = workflow.unrepaired(self.segment, self.waiting)
        return flag if flag and self.reasons["approve"] == workflow.why_unrepaired(flag) else None

    @property
    def shows_changes(self) -> bool:
        """Whether the target is shown as a redline: not while its words are being marked."""
        return bool(self.changes) and self.state != "flag"

    @property
    def begun_text(self) -> str:
        """The text in force when one's draft was begun, or now."""
        return self.draft.before if self.draft else self.current_text

    @property
    def started_text(self) -> str:
        """What the editor begins with: one's draft, else one's text that came back, else the text in force."""
        if self.draft:
            return self.draft.text
        mine = self.sent_back and self.sent_back.author_id == self.person.pk
        return self.sent_back.text if self.sent_back and mine else self.current_text

    @property
    def started_at(self) -> tuple[int, int] | None:
        """What the editor begins with selected (UTF-16): the words of the newest open flag, or where it misses some;
        None for the end."""
        text = self.segment.target_text
        if self.draft or self.started_text != text:
            return None
        for flag, _why in reversed(self.flags):
            if flag.status != Flag.Status.OPEN or flag.needs_locating:
                continue
            if flag.caret is not None:
                at = flag.caret + len(text[flag.caret :]) - len(text[flag.caret :].lstrip())
                return utf16(text, at), utf16(text, at)
            if flag.target_span:
                return utf16(text, flag.target_span.start), utf16(text, flag.target_span.end)
        return None

    def conflict_with(self, text: str, *, base: str) -> Conflict | None:
        """The conflict of ``text``, made from ``base``, with what is there now; None where nothing came between."""
        other = self.waiting or self.approved
        theirs = other.text if other else self.segment.target_text
        if theirs in (base, text):
            return None
        who = other.author if other else None
        return Conflict(
            theirs=theirs, who=who, changes=redline(theirs, text), both=merge(base, text, theirs)
        )

    def _doubts(self, status: str) -> list[FindingRow]:
        rows = self.segment.shown_findings
        return [
            FindingRow(row, Reasons(self.person, self.segment, row))
            for row in rows
            if row.status == status
        ]

    def _correction(self, status: str) -> Correction | None:
        return next((row for row in self.segment.shown_corrections if row.status == status), None)
