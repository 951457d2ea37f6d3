"""Floor 2: flags, corrections, findings and history follow their words when segments are grouped anew.

``loaded`` says what will be where, and writes nothing: it is a preview. ``Cargo.store`` writes it. All places are those
of the documents, which never change, so that a flag's words are the same words wherever the boundaries go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.utils.translation import gettext as _

from articles.findings.service import OWN_CHECKS, fingerprint_of
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.realignment.corrections import SIDES, DividedCorrections, SegmentMapping, span_of
from articles.review.workflow import Refused
from articles.text.document import Span
from articles.text.spans import locate

C = Correction.Status
Memo = Mapping[str, Any]
"""What ``Cargo.memo`` kept of an earlier grouping, so that undoing it brings back even what could not be carried."""


FLAG_FIELDS = (
    "segment", "source_start", "source_end", "target_start", "target_end", "caret", "needs_locating",
)  # fmt: skip


@dataclass
class AttachedRecords:
    """Rows (unsaved) with the numbers of the new segments they go to."""

    seats: SegmentMapping
    flags: list[tuple[Flag, int]] = field(default_factory=list)
    corrections: list[tuple[Correction, int]] = field(default_factory=list)
    findings: list[tuple[Finding, int]] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)
    events: list[tuple[Event, int]] = field(default_factory=list)
    memory: dict[str, Finding] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)

    def store(self) -> None:
        """Write everything to the new segments, which are saved."""
        news = self.seats.news
        moving: list[tuple[Any, int]] = [*self.flags, *self.findings, *self.events]
        for row, k in moving:
            row.segment = news[k]
        Flag.objects.bulk_update([row for row, _k in self.flags], FLAG_FIELDS, batch_size=100)
        self._store_findings()
        # Taken out and put in again, under the same ids: the order of updates could break "one approved a segment".
        Correction.objects.filter(segment__in=[old.pk for old in self.seats.olds]).delete()
        for correction, k in self.corrections:
            correction.segment = news[k]
            correction.save_base(raw=True, force_insert=True)  # raw: its times stay
        self._store_events()

    def _store_findings(self) -> None:
        ours = Finding.objects.filter(segment__in=[old.pk for old in self.seats.olds])
        ours.exclude(pk__in=[row.pk for row, _k in self.findings]).delete()
        seen: dict[tuple[int, str], Finding] = {}
        for row, k in self.findings:
            same = seen.setdefault((k, row.fingerprint), row)
            if same is not row:
                Flag.objects.filter(finding=row).update(finding=same)
                row.delete()
        kept = list(seen.values())
        # Fingerprints are unique in a segment; while rows change places they stand aside under their ids.
        for row in kept:
            Finding.objects.filter(pk=row.pk).update(fingerprint=f"moving {row.pk}")
        Finding.objects.bulk_update(
            kept,
            ["segment", "fingerprint", "source_spans", "target_spans", "caret"],
            batch_size=100,
        )

    def _store_events(self) -> None:
        """History stays with the old segment's heir; what was done to a flag or correction goes where that went."""
        by_flag = {row.pk: row.segment for row, _k in self.flags}
        by_correction = {row.pk: row.segment for row, _k in self.corrections}
        for event, _k in self.events:
            event.segment = by_flag.get(
                event.details.get("flag"),
                by_correction.get(event.details.get("correction"), event.segment),
            )
        Event.objects.bulk_update([event for event, _k in self.events], ["segment"], batch_size=100)

    def forget(self) -> None:
        """After the checks ran: findings that had no place, and were raised again elsewhere, are that other row."""
        segments = [new.pk for new in self.seats.news]
        for row in self.lost:
            others = Finding.objects.filter(
                segment__in=segments, fingerprint=row.fingerprint
            ).exclude(pk=row.pk)
            if other := others.first():
                Flag.objects.filter(finding=row).update(finding=other)
                row.delete()


def attach_records(seats: SegmentMapping, memo: Memo | None = None) -> AttachedRecords:
    """Everything that was said of the old segments, with its places in the new ones, unsaved. Four queries.

    Raises Refused where an approved text would change, or two people's waiting corrections would become one.
    """
    memo = memo or {}
    number = {old.pk: i for i, old in enumerate(seats.olds)}
    cargo = AttachedRecords(seats, memo={"flags": {}, "events": {}})
    for flag in Flag.objects.filter(segment__in=number).select_related("author").order_by("id"):
        i = number[flag.segment_id]
        cargo.memo["flags"][str(flag.pk)] = {"home": i, **flag_places(flag, seats.olds[i])}
        cargo.flags.append(
            (flag, place_flag(flag, seats, i, known=memo.get("flags", {}).get(str(flag.pk))))
        )
    for event in Event.objects.filter(segment__in=number).order_by("id"):
        i = number[event.segment_id or 0]
        cargo.memo["events"][str(event.pk)] = i
        cargo.events.append((event, memo.get("events", {}).get(str(event.pk), seats.heirs[i])))
    _load_findings(cargo, number)
    _load_corrections(cargo, number, memo)
    return cargo


# ── flags ────────────────────────────────────────────────────────────────────


def flag_places(flag: Flag, segment: Segment) -> dict[str, Any]:
    """Where the flag's words and caret stand in the documents; None for what it has not."""
    places: dict[str, Any] = {
        "caret": None if flag.caret is None else segment.target_start + flag.caret
    }
    for side, span in (("source", flag.source_span), ("target", flag.target_span)):
        start = getattr(segment, f"{side}_start")
        places[side] = [start + span.start, start + span.end] if span else None
    return places


def place_flag(
    flag: Flag, seats: SegmentMapping, i: int, *, known: Mapping[str, Any] | None = None
) -> int:
    """Give the flag (unsaved) the offsets of its words in the new segment it belongs to, and return which that is.

    Its target words decide, else its source words, else its caret. What is not in that segment is cleared and the flag
    needs locating. ``known`` are places in the documents that it had before something was cleared, and its "home".
    """
    places = flag_places(flag, seats.olds[i])
    back = {
        name: place
        for name, place in (known or {}).items()
        if place is not None and places.get(name) is None
    }
    places |= back
    k = _home_of_flag(places, seats, i)
    found, lost = bool(back.keys() - {"home"}), False
    for side in SIDES:
        quote, had = getattr(flag, f"{side}_quote"), places[side]
        span = _rebased(had, span_of(seats.news[k], side))
        if not had and (span := locate(quote, getattr(seats.news[k], f"{side}_text"), near=0)):
            found = True
        lost = lost or (span is None and bool(had or quote))
        setattr(flag, f"{side}_start", span.start if span else None)
        setattr(flag, f"{side}_end", span.end if span else None)
    if places["caret"] is not None:
        flag.caret = _rebased_caret(places["caret"], span_of(seats.news[k], "target"), seats.text)
        lost = lost or flag.caret is None
    flag.needs_locating = lost or (flag.needs_locating and not found)
    return k


def _home_of_flag(places: Mapping[str, Any], seats: SegmentMapping, i: int) -> int:
    for side in ("target", "source"):
        if places[side]:
            return seats.home(i, side, Span(*places[side]))
    if "home" in places:
        return int(places["home"])
    if places["caret"] is not None:
        return seats.home(i, "target", Span(places["caret"], places["caret"]))
    return seats.heirs[i]


def _rebased(place: Sequence[int] | None, within: Span) -> Span | None:
    """The place as a span of the segment that stands ``within``; None where it is not all there."""
    if not place or place[0] < within.start or place[1] > within.end:
        return None
    return Span(place[0] - within.start, place[1] - within.start)


def _rebased_caret(caret: int, within: Span, text: str) -> int | None:
    """The caret in the segment, at its edge where only blanks lie between; None where it is elsewhere."""
    nearest = min(max(caret, within.start), within.end)
    between = text[min(nearest, caret) : max(nearest, caret)]
    return None if between.strip() else nearest - within.start


# ── findings ─────────────────────────────────────────────────────────────────


def _load_findings(cargo: AttachedRecords, number: Mapping[int, int]) -> None:
    """Our own open findings are raised again by the checks; those of other finders and those decided on move."""
    seats = cargo.seats
    moving = Finding.objects.exclude(finder=OWN_CHECKS, status=Finding.Status.OPEN)
    for row in moving.filter(segment__in=number).select_related("decided_by").order_by("id"):
        i = number[row.segment_id]
        decided = row.status != Finding.Status.OPEN
        if decided:
            cargo.memory[row.fingerprint] = row
        k = _place_finding(row, seats, i)
        if k is not None:
            row.fingerprint = fingerprint_of(
                row, (seats.news[k].source_text, seats.news[k].target_text)
            )
        elif decided:
            row.source_spans, row.target_spans, row.caret = [], [], None
            cargo.lost.append(row)
        if decided:
            cargo.memory[row.fingerprint] = row
        cargo.findings.append((row, seats.heirs[i] if k is None else k))


def _place_finding(row: Finding, seats: SegmentMapping, i: int) -> int | None:
    """Move the finding's spans to the new segment that holds them all; None where there is none, or no span."""
    old, rebased = seats.olds[i], dict[str, Any]()
    first = next(
        (
            (side, getattr(row, f"{side}_spans")[0])
            for side in SIDES
            if getattr(row, f"{side}_spans")
        ),
        None,
    )
    if first is None:
        return None
    start = getattr(old, f"{first[0]}_start")
    k = seats.home(i, first[0], Span(start + first[1][0], start + first[1][1]))
    for side in SIDES:
        start, within = getattr(old, f"{side}_start"), span_of(seats.news[k], side)
        rebased[side] = [
            _rebased([start + a, start + b], within) for a, b in getattr(row, f"{side}_spans")
        ]
    if row.caret is not None:
        row.caret = _rebased_caret(
            old.target_start + row.caret, span_of(seats.news[k], "target"), seats.text
        )
        rebased["caret"] = [row.caret]
    if any(None in spans for spans in rebased.values()):
        return None
    row.source_spans, row.target_spans = ([list(span) for span in rebased[side]] for side in SIDES)
    return k


# ── corrections ──────────────────────────────────────────────────────────────


def _load_corrections(cargo: AttachedRecords, number: Mapping[int, int], memo: Memo) -> None:
    """As they were, when a grouping is undone and nobody changed them since; else cut and joined.

    Drafts are nobody else's business: history never holds them, and they are always cut.
    """
    stored = (
        Correction.objects.filter(segment__in=number)
        .select_related("author", "decided_by")
        .order_by("id")
    )
    rows = [(number[row.segment_id], row) for row in stored]
    told = [(i, row) for i, row in rows if row.status != C.DRAFT]
    cargo.memo["corrections"] = [[i, *serializers.serialize("python", [row])] for i, row in told]
    if told and memo.get("then") == _told(told):
        drafts = [(i, row) for i, row in rows if row.status in (C.DRAFT, C.APPROVED)]
        cut = [
            (row, k)
            for row, k in DividedCorrections(cargo.seats, drafts, hollow=True).placed
            if row.status == C.DRAFT
        ]
        back: list[tuple[Any, int]] = [
            (next(serializers.deserialize("python", [data])).object, k)
            for k, data in memo["corrections"]
        ]
        cargo.corrections = back + cut
    else:
        cargo.corrections = _cut(cargo.seats, rows)
    cargo.memo["then"] = _told([(k, row) for row, k in cargo.corrections if row.status != C.DRAFT])


def _told(rows: Sequence[tuple[int, Correction]]) -> list[list[Any]]:
    return sorted([n, str(row.status), row.text] for n, row in rows)


def _cut(
    seats: SegmentMapping, rows: Sequence[tuple[int, Correction]]
) -> list[tuple[Correction, int]]:
    for hollow in (True, False):
        recut = DividedCorrections(seats, [(i, copy(row)) for i, row in rows], hollow=hollow)
        if recut.keeps_approved():
            return recut.placed
    raise Refused(
        _(
            "An approved correction runs over this boundary; parting it would change the approved text."
        )
    )
