"""What one card shows of a segment to one person, ready for the template.

``attach_card_rows()`` reads the rows for all segments of a page at once. A card reads only what it
put on its segment; the few properties that ask the database for more say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import User
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.findings.store import found_in_mark
from articles.models import Correction, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.models.people import name_of
from articles.models.review import DISPUTED
from articles.review import workflow
from articles.review.marks import FindingGroup, group_findings
from articles.review.offers import Offer, Reasons, Shared, flag_moves, make_offer
from articles.scoring.mqm import SEVERITIES
from articles.text.diff import Change, redline

Thing = TypeVar("Thing")

WRITING_WINDOW = timedelta(minutes=10)
"""A person counts as writing for this long after the last key."""

_cached_redline = lru_cache(maxsize=1000)(redline)
"""Redlines of waiting and approved corrections: every view of a page asks for them again."""


class FlagRow(NamedTuple):
    """A flag with the moves that this person may make on it."""

    row: Flag
    moves: list[str]


@dataclass(eq=False)
class Card:
    """A segment as one person sees it.

    ``undo`` is the address that takes the last act back. ``is_out_of_band`` says that the response
    is about another card, and this one changed with it. ``has_buttons`` says that the notes carry
    their buttons: on the segment's own page, which works without JavaScript. The cards of a page
    have one ``shared``.
    """

    segment: Segment
    person: User
    notice: str = ""
    undo: str = ""
    is_out_of_band: bool = False
    has_buttons: bool = False
    shared: Shared = field(default_factory=Shared)

    state = "rest"
    """The form that is open in the card (see ``open_card.py``); "rest" for none."""

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
        """Whether the editor is open: it stands in the place of the target."""
        return self.state == "edit"

    @cached_property
    def has_source_notes(self) -> bool:
        """Whether anything stands below the source."""
        return bool(self.source_findings or self.source_flags)

    @cached_property
    def has_target_notes(self) -> bool:
        """Whether anything stands below the target, or below the editor in its place."""
        if not self._has_notes:
            return False
        if self.target_findings or self.target_flags or self.dismissed:
            return True
        # What the editor has to say stands above it.
        has_notice = bool(self.notice) and not self.is_being_edited
        segment = self.segment
        return bool(segment.shown_corrections or has_notice or segment.uncertain)

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
        """The groups that speak of words of the source alone."""
        on_source, _others = self._by_side(self.finding_groups, attrgetter("lead"))
        return on_source

    @cached_property
    def target_findings(self) -> list[FindingGroup]:
        """The other groups of open findings."""
        _on_source, others = self._by_side(self.finding_groups, attrgetter("lead"))
        return others

    @cached_property
    def source_flags(self) -> list[FlagRow]:
        """The flags on words of the source alone."""
        on_source, _others = self._by_side(self.flags, attrgetter("row"))
        return on_source

    @cached_property
    def target_flags(self) -> list[FlagRow]:
        """The other flags."""
        _on_source, others = self._by_side(self.flags, attrgetter("row"))
        return others

    def _by_side(
        self, things: Iterable[Thing], row_of: Callable[[Thing], Finding | Flag]
    ) -> tuple[list[Thing], list[Thing]]:
        """Return the things that are noted on the source, and the others."""
        on_source: list[Thing] = []
        others: list[Thing] = []
        for thing in things:
            row = row_of(thing)
            side = on_source if self._is_noted_on_source(row) else others
            side.append(thing)
        return on_source, others

    def _is_noted_on_source(self, row: Finding | Flag) -> bool:
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

    def accepted_by(self, flag: Flag) -> Finding | None:
        """Return the finding that the flag accepted, None where a person made it by hand."""
        for row in self._findings(Finding.Status.TAKEN):
            if row.pk == flag.finding_id:
                return row
        return None

    def _findings(self, status: str) -> list[Finding]:
        return [row for row in self.segment.shown_findings if row.status == status]

    @cached_property
    def flags(self) -> list[FlagRow]:
        """The open and the closed flags, oldest first."""
        found = []
        for flag in self.segment.shown_flags:
            found.append(FlagRow(flag, flag_moves(self.person, self.segment, flag)))
        return found

    def why_uncorrected(self, flag: Flag) -> str:
        """Return why the text does not correct the flag, as far as one can tell; "" where it may.

        Of an open flag it is the text of the correction that waits, of a closed one the text in
        force.
        """
        if flag.status == Flag.Status.CLOSED:
            if self._is_found(self.accepted_by(flag)):
                return _("The checks still find this in the text.")
            return ""
        if self.waiting is None:
            return ""
        if flag.finding_id and not self.waiting.checked:
            return ""
        if not workflow.is_repaired(flag, self.segment, self.waiting):
            return _("This correction does not change it.")
        if flag.finding_id in self.waiting.accepted_findings_left:
            return _("The checks still find this in the correction.")
        return ""

    def _is_found(self, finding: Finding | None) -> bool:
        """Return whether the checks found it in the text in force."""
        if finding is None:
            return False
        return finding.found_in == found_in_mark(self.segment, self.current_text)

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
    def writers(self) -> list[str]:
        """The names of the other people who typed here in the last minutes."""
        since = timezone.now() - WRITING_WINDOW
        found = []
        for row in self.segment.shown_corrections:
            is_fresh_draft = row.status == Correction.Status.DRAFT and row.updated_at > since
            if is_fresh_draft and row.author_id != self.person.pk:
                found.append(name_of(row.author))
        return found

    @cached_property
    def current_text(self) -> str:
        """The target text in force."""
        return self.approved.text if self.approved else self.segment.target_text

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
        others = 0
        for row in self.waiting.with_same_change():
            if row.author_id != self.person.pk:
                others += 1
        return others + 1 if others else 0

    @cached_property
    def blocking_flag(self) -> Flag | None:
        """The flag without a repair that is the reason why the approval is refused."""
        if not self.waiting or "approve" not in self.offer.refused:
            return None
        flag = workflow.unrepaired(self.segment, self.waiting)
        if flag and self.offer.refused["approve"] == workflow.why_unrepaired(flag):
            return flag
        return None


# ── the rows of the cards of a page ──────────────────────────────────────────


def attach_card_rows(segments: Sequence[Segment], reader: User) -> None:
    """Read the rows that the cards of these segments show, and put them on the segments.

    Sets ``shown_findings`` (neither closed nor hidden, highest expected cost first),
    ``shown_flags`` (those not removed, oldest first) and ``shown_corrections`` (newest first), each
    row with its people. What an earlier call has set is replaced. Three queries; one more where
    people other than the reader are named, and one more where flags were discussed.
    """
    if not segments:
        return
    keys = [segment.pk for segment in segments]
    # Sorted and sifted here: a clause more in a query takes Django longer than the few rows do.
    findings = sorted(Finding.objects.filter(segment__in=keys), key=_cost_order)
    findings = [finding for finding in findings if finding.is_on_card]
    flags = sorted(Flag.everything.filter(segment__in=keys), key=_by_age)
    flags = [flag for flag in flags if _is_shown(flag)]
    corrections = sorted(Correction.objects.filter(segment__in=keys), key=_by_age, reverse=True)
    _attach(segments, "shown_findings", findings)
    _attach(segments, "shown_flags", flags)
    _attach(segments, "shown_corrections", corrections)
    _attach_edited(corrections)
    _attach_people([*findings, *flags, *corrections], reader)
    discussed = [flag for flag in flags if flag.talk]
    if discussed:
        replies = Prefetch("replies", Reply.objects.select_related("author"))
        prefetch_related_objects(discussed, replies)


def _is_shown(flag: Flag) -> bool:
    """Whether a flag is shown to everybody: neither removed nor made in an open blind review."""
    return flag.status != Flag.Status.REMOVED and flag.apart != BlindStatus.SEALED


def _by_age(row: Flag | Correction) -> int:
    return row.pk


def _attach(segments: Sequence[Segment], name: str, rows: Iterable[Any]) -> None:
    """Set the attribute ``name`` of each segment to its rows, in the order given."""
    by_segment: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_segment[row.segment_id].append(row)
    for segment in segments:
        own = by_segment[segment.pk]
        setattr(segment, name, own)
        for row in own:
            row.segment = segment


def _attach_edited(corrections: Iterable[Correction]) -> None:
    """Give each edit the correction that it was made from, where that is of the same segments."""
    by_key = {row.pk: row for row in corrections}
    for row in corrections:
        if row.edit_of_id in by_key:
            row.edit_of = by_key[row.edit_of_id]


def _attach_people(rows: Sequence[Any], reader: User) -> None:
    """Set the author and the decider of each row.

    They are read apart from the rows: the reader is known already, and on most segments there is
    nobody else, so that a join for each kind of row costs more than it saves.
    """
    named: list[tuple[Any, str, int]] = []
    for row in rows:
        for role in ("author", "decided_by"):
            key = getattr(row, f"{role}_id", None)
            if key is not None:
                named.append((row, role, key))
    others = {key for _row, _role, key in named if key != reader.pk}
    people = User.objects.in_bulk(others) if others else {}
    people[reader.pk] = reader
    for row, role, key in named:
        setattr(row, role, people[key])


def _cost_order(finding: Finding) -> tuple[float, int]:
    """Order findings by what they cost if they are right, the highest first.

    The cost is MQM's weight of the severity times the likelihood of the finding.
    """
    weight = SEVERITIES.get(finding.severity, 1)
    return -weight * finding.score, finding.pk
