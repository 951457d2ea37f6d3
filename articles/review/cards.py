"""What one card shows of a segment to one person, ready for the template.

A card reads only what ``attach_card_rows()`` put on its segment; the few properties that ask the
database for more say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_noop

from articles.findings.draft import Rechecked
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.models.review import DISPUTED
from articles.models.roles import may_decide_alone
from articles.review import workflow
from articles.review.forms import SegmentForm, utf16
from articles.review.offers import Offer, Reasons, Shared, flag_moves, make_offer
from articles.review.same_words import FindingGroup, group_findings
from articles.text.diff import Change, merge, redline

WRITING_WINDOW = timedelta(minutes=10)
"""A person counts as writing for this long after the last key."""

DISCUSSION_MOVES: dict[str, str] = {
    "keep": gettext_noop("Keep the flag"),
    "uphold": gettext_noop("Uphold the flag"),
    "drop": gettext_noop("Overrule the flag"),
    "answer": gettext_noop("Reply"),
    "remove_flag": gettext_noop("Remove the flag"),
}
"""Each move in the discussion of a flag, with the words on its button."""

_cached_redline = lru_cache(maxsize=1000)(redline)
"""Redlines of waiting and approved corrections: every view of a page asks for them again."""


class FlagRow(NamedTuple):
    """A flag with the moves that this person may make on it."""

    row: Flag
    moves: list[str]


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
class Card:
    """A segment as one person sees it.

    ``state`` is "rest" or names the form that is open in the card, ``thing`` is the row that the
    form is about. ``undo`` is the address that takes the last act back. ``is_out_of_band`` says
    that the response is about another card, and this one changed with it. ``has_buttons`` says that
    the notes carry their buttons: on the segment's own page, which works without JavaScript.
    The cards of a page have one ``shared``.
    """

    segment: Segment
    person: User
    state: str = "rest"
    form: SegmentForm | None = None
    thing: Finding | Flag | Correction | None = None
    notice: str = ""
    undo: str = ""
    conflict: Conflict | None = None
    is_out_of_band: bool = False
    has_buttons: bool = False
    shared: Shared = field(default_factory=Shared)
    events: Iterable[Event] = ()
    rechecked: Rechecked | None = None

    # ── what the card says of the segment ────────────────────────────────────

    @property
    def label(self) -> str:
        """The name of the card for screen readers."""
        return self.shared.label(self.segment.status) % {"number": self.segment.position}

    @property
    def address(self) -> str:
        """The address of the segment's own page."""
        return self.shared.address_of(self.segment)

    @property
    def matching_filters(self) -> str:
        """The desk's filters that the segment passes, separated by blanks.

        The script counts with them: after an act it takes off what the old card counted for.
        """
        names = [self.segment.status]
        if self.findings:
            names.append("findings")
        flags = self.segment.shown_flags
        if any(flag.status == Flag.Status.OPEN and flag.talk in DISPUTED for flag in flags):
            names.append("disputed")
        authors = {row.author_id for row in flags}
        authors.update(row.author_id for row in self.segment.shown_corrections)
        if self.person.pk in authors:
            names.append("mine")
        return " ".join(names)

    @property
    def classes(self) -> str:
        """The classes of the card's element."""
        status = self.segment.status
        if not self.at_rest:
            return f"{status} open {self.state}"
        return f"{status} current" if self.has_buttons else status

    @property
    def word_count(self) -> int:
        """The words of the segment, counted as the desk's progress counts them: by blanks."""
        text = self.segment.source_text or self.segment.target_text
        return text.count(" ") + 1

    @property
    def at_rest(self) -> bool:
        """Whether no form is open in the card."""
        return self.state == "rest"

    @property
    def status_mark(self) -> bool:
        """Whether the status is printed: the usual one, to review, is only drawn."""
        return self.segment.status != Segment.Status.TO_REVIEW

    @property
    def has_texts_only(self) -> bool:
        """Whether the card shows nothing but its number and its texts: most cards of a page."""
        return self.at_rest and not self._has_notes

    @property
    def is_being_edited(self) -> bool:
        """Whether the editor is open: it stands below the target, so all notes go to the source."""
        return self.state == "edit"

    @cached_property
    def has_source_notes(self) -> bool:
        """Whether anything stands below the source."""
        if self.is_being_edited:
            return self._has_notes
        return bool(self.source_findings or self.source_flags)

    @cached_property
    def has_target_notes(self) -> bool:
        """Whether anything stands below the target."""
        if self.is_being_edited or not self._has_notes:
            return False
        if self.target_findings or self.target_flags or self.dismissed:
            return True
        segment = self.segment
        return bool(segment.shown_corrections or self.notice or segment.uncertain)

    @property
    def _has_notes(self) -> bool:
        segment = self.segment
        if segment.shown_findings or segment.shown_flags or segment.shown_corrections:
            return True
        return bool(self.notice or segment.uncertain)

    @cached_property
    def finding_groups(self) -> list[FindingGroup]:
        """The open findings, those about the same words together."""
        return group_findings(self.findings)

    @cached_property
    def source_findings(self) -> list[FindingGroup]:
        """The groups that speak of words of the source alone; all while it is edited."""
        return [each for each in self.finding_groups if self._is_noted_on_source(each.lead)]

    @cached_property
    def target_findings(self) -> list[FindingGroup]:
        """The other groups of open findings."""
        return [each for each in self.finding_groups if not self._is_noted_on_source(each.lead)]

    @cached_property
    def source_flags(self) -> list[FlagRow]:
        """The flags on words of the source alone; all while it is edited."""
        return [flag for flag in self.flags if self._is_noted_on_source(flag.row)]

    @cached_property
    def target_flags(self) -> list[FlagRow]:
        """The other flags."""
        return [flag for flag in self.flags if not self._is_noted_on_source(flag.row)]

    def _is_noted_on_source(self, row: Finding | Flag) -> bool:
        if self.is_being_edited:
            return True
        if isinstance(row, Flag):
            return bool(row.source_quote and not row.target_quote)
        return bool(row.source_spans and not row.target_spans)

    @cached_property
    def findings(self) -> list[Finding]:
        """The open findings, highest expected cost first."""
        return self._findings(Finding.Status.OPEN)

    @cached_property
    def dismissed(self) -> list[Finding]:
        """The findings that somebody dismissed."""
        return self._findings(Finding.Status.DISMISSED)

    def _findings(self, status: str) -> list[Finding]:
        return [row for row in self.segment.shown_findings if row.status == status]

    @cached_property
    def flags(self) -> list[FlagRow]:
        """The open and the closed flags, oldest first."""
        found = []
        for flag in self.segment.shown_flags:
            found.append(FlagRow(flag, flag_moves(self.person, self.segment, flag)))
        return found

    @cached_property
    def waiting(self) -> Correction | None:
        """The correction that waits for a decision."""
        return self._correction(Correction.Status.SUBMITTED)

    @cached_property
    def approved(self) -> Correction | None:
        """The correction in force."""
        return self._correction(Correction.Status.APPROVED)

    def _correction(self, status: str) -> Correction | None:
        for row in self.segment.shown_corrections:
            if row.status == status:
                return row
        return None

    @cached_property
    def draft(self) -> Correction | None:
        """The person's own draft."""
        for row in self.segment.shown_corrections:
            if row.status == Correction.Status.DRAFT and row.author_id == self.person.pk:
                return row
        return None

    @cached_property
    def sent_back(self) -> Correction | None:
        """The newest correction, if it was rejected and the segment is not done."""
        if self.segment.status == Segment.Status.DONE:
            return None
        for row in self.segment.shown_corrections:
            if row.status == Correction.Status.REJECTED and not row.claim:
                return row
            if row.status != Correction.Status.DRAFT:
                return None
        return None

    @property
    def is_sent_back_to_reader(self) -> bool:
        """Whether the person's own correction was sent back."""
        return self.sent_back is not None and self.sent_back.author_id == self.person.pk

    @cached_property
    def writers(self) -> list[User]:
        """The other people who typed here in the last minutes."""
        since = timezone.now() - WRITING_WINDOW
        found = []
        for row in self.segment.shown_corrections:
            is_fresh_draft = row.status == Correction.Status.DRAFT and row.updated_at > since
            if is_fresh_draft and row.author_id != self.person.pk:
                found.append(row.author)
        return found

    @cached_property
    def current_text(self) -> str:
        """The target text in force."""
        return self.approved.text if self.approved else self.segment.target_text

    @cached_property
    def edited(self) -> Correction | None:
        """The waiting correction that the open editor is an edit of: another person's."""
        if self.state != "edit" or self.waiting is None:
            return None
        why = workflow.why_not("revise", self.person, self.segment, self.waiting)
        return None if why else self.waiting

    @property
    def edited_changes(self) -> list[Change]:
        """The redline from the correction that was edited to its edit, which waits."""
        if self.waiting is None or self.waiting.edit_of is None:
            return []
        return _cached_redline(self.waiting.edit_of.text, self.waiting.text)

    @cached_property
    def changes(self) -> list[Change]:
        """The redline of the waiting correction, else of the approved one."""
        if self.waiting:
            return _cached_redline(self.waiting.before, self.waiting.text)
        if self.approved:
            return _cached_redline(self.segment.target_text, self.approved.text)
        return []

    @property
    def shows_changes(self) -> bool:
        """Whether the target is shown as a redline: not while its words are being marked."""
        return bool(self.changes) and self.state != "flag"

    # ── what the person may do ───────────────────────────────────────────────

    @property
    def why(self) -> Reasons:
        """Why the person may not make a move on the segment itself."""
        return Reasons(self.person, self.segment)

    @cached_property
    def offer(self) -> Offer:
        """The moves that are offered on the segment and its findings.

        Without a waiting correction they depend on the status alone, so that the rules are asked
        once for all cards of a page.
        """
        if self.waiting:
            return make_offer(self.person, self.segment, self.waiting)
        status = self.segment.status
        if status not in self.shared.offers:
            self.shared.offers[status] = make_offer(self.person, self.segment)
        return self.shared.offers[status]

    @property
    def refusals(self) -> list[str]:
        """The reasons of the refused moves, each once."""
        return list(dict.fromkeys(self.offer.refused.values()))

    @cached_property
    def alike_count(self) -> int:
        """How many corrections can be approved together with this one, itself included; 0 for none.

        Others' corrections count, and only for a person who may approve this one. One query for
        each article.
        """
        if not self.waiting or "approve" not in self.offer.allowed:
            return 0
        others = [row for row in self.waiting.with_same_change() if row.author_id != self.person.pk]
        return len(others) + 1 if others else 0

    @cached_property
    def blocking_flag(self) -> Flag | None:
        """The flag without a repair that is the reason why the approval is refused."""
        if not self.waiting or "approve" not in self.offer.refused:
            return None
        flag = workflow.unrepaired(self.segment, self.waiting)
        if flag and self.offer.refused["approve"] == workflow.why_unrepaired(flag):
            return flag
        return None

    # ── what the open form shows ─────────────────────────────────────────────

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
        return _flagged_place(self.segment.target_text, self.segment.shown_flags)

    def conflict_with(self, text: str, *, base: str) -> Conflict | None:
        """Return the conflict of ``text``, made from ``base``, with the text that is there now.

        None where nobody changed it meanwhile, or changed it to the same text.
        """
        other = self.waiting or self.approved
        theirs = other.text if other else self.segment.target_text
        if theirs in (base, text):
            return None
        return Conflict(
            theirs=theirs,
            who=other.author if other else None,
            changes=redline(theirs, text),
            both=merge(base, text, theirs),
        )


def _flagged_place(text: str, flags: Sequence[Flag]) -> tuple[int, int] | None:
    """The place in ``text`` of the newest open flag, in UTF-16 units."""
    for flag in reversed(flags):
        if flag.status != Flag.Status.OPEN or flag.needs_locating:
            continue
        if flag.caret is not None:
            rest = text[flag.caret :]
            at = utf16(text, flag.caret + len(rest) - len(rest.lstrip()))
            return at, at
        if flag.target_span:
            return utf16(text, flag.target_span.start), utf16(text, flag.target_span.end)
    return None
