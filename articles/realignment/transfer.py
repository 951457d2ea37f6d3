"""Move flags, corrections, findings and history along with their words when segments are grouped
anew.

``attach_records`` computes what belongs where and writes nothing: a preview uses it too.
``AttachedRecords.store`` writes it. All offsets are those of the documents, which never change, so
that a flag's words are the same words wherever the boundaries go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.utils.translation import gettext as _

from articles.findings.store import OWN_CHECKS, fingerprint_of
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.realignment.corrections import SIDES, DividedCorrections, SegmentMapping, span_of
from articles.review.workflow import Refused
from articles.text.document import Span
from articles.text.spans import locate

C = Correction.Status
UndoRecord = Mapping[str, Any]
"""What the event of a grouping keeps, so that an undo brings back what had no place in it.

Segments are named by their index among the old ones. "flags" maps a flag's id to its segment and
its places in the documents, "events" an event's id to its segment; "corrections" are the segments
and serialized rows of all corrections but drafts.
"""
# Events in databases hold these two keys: their values must not change.
_FLAG_SEGMENT = "home"
"""The segment of a flag before the grouping."""
_CORRECTIONS_AFTER = "then"
"""The summary of the corrections as the grouping left them, by new segments."""
Placed = list[tuple[Correction, int]]
"""Corrections with the indexes of their new segments."""

MOVED_FLAG_FIELDS = (
    "segment",
    "source_start",
    "source_end",
    "target_start",
    "target_end",
    "caret",
    "needs_locating",
)
_FINDING_FIELDS = (
    "segment",
    "fingerprint",
    "source_spans",
    "target_spans",
    "caret",
    "remedy",
    "found_in",
)
_BATCH = 100


@dataclass
class AttachedRecords:
    """Rows, unsaved, with the indexes of the new segments that they go to.

    Decided findings that have no place in a new segment keep their fingerprint without spans: the
    checks that run afterwards find them again where their words went (``findings.store``).
    ``undo_record`` is what an undo needs.
    """

    mapping: SegmentMapping
    flags: list[tuple[Flag, int]] = field(default_factory=list)
    corrections: Placed = field(default_factory=list)
    findings: list[tuple[Finding, int]] = field(default_factory=list)
    events: list[tuple[Event, int]] = field(default_factory=list)
    undo_record: dict[str, Any] = field(default_factory=dict)

    def store(self) -> None:
        """Write everything to the new segments, which are saved."""
        news = self.mapping.news
        moving: list[tuple[Any, int]] = [*self.flags, *self.findings, *self.events]
        for row, k in moving:
            row.segment = news[k]
        flags = [row for row, _k in self.flags]
        Flag.objects.bulk_update(flags, MOVED_FLAG_FIELDS, batch_size=_BATCH)
        self._store_findings()
        self._store_corrections()
        self._store_events()

    def _store_findings(self) -> None:
        stored = Finding.objects.filter(segment__in=[old.pk for old in self.mapping.olds])
        stored.exclude(pk__in=[row.pk for row, _k in self.findings]).delete()
        unique: dict[tuple[int, str], Finding] = {}
        for row, k in self.findings:
            first = unique.setdefault((k, row.fingerprint), row)
            if first is not row:
                _replace_finding(row, first)
        kept = list(unique.values())
        # Fingerprints are unique in a segment: a row on its way must not meet one not yet moved.
        for row in kept:
            Finding.objects.filter(pk=row.pk).update(fingerprint=f"moving {row.pk}")
        Finding.objects.bulk_update(kept, _FINDING_FIELDS, batch_size=_BATCH)

    def _store_corrections(self) -> None:
        # Deleted and inserted again, under the same ids: in some orders updates would put two
        # approved corrections in one segment for a moment, which a constraint forbids.
        Correction.objects.filter(segment__in=[old.pk for old in self.mapping.olds]).delete()
        for correction, k in self.corrections:
            correction.segment = self.mapping.news[k]
            # The checks ran on it beside other words.
            correction.checked = ""
            # Raw, so that its times stay.
            correction.save_base(raw=True, force_insert=True)

    def _store_events(self) -> None:
        """Write the events to the successor of their segment, or to where their row went."""
        segments_of_flags = {row.pk: row.segment for row, _k in self.flags}
        segments_of_corrections = {row.pk: row.segment for row, _k in self.corrections}
        for event, _k in self.events:
            flag_id = event.details.get("flag")
            correction_id = event.details.get("correction")
            if flag_id in segments_of_flags:
                event.segment = segments_of_flags[flag_id]
            elif correction_id in segments_of_corrections:
                event.segment = segments_of_corrections[correction_id]
        events = [event for event, _k in self.events]
        Event.objects.bulk_update(events, ["segment"], batch_size=_BATCH)


def _replace_finding(row: Finding, other: Finding) -> None:
    """Delete a finding that is the same as another, which takes over its flags."""
    Flag.objects.filter(finding=row).update(finding=other)
    row.delete()


def attach_records(
    mapping: SegmentMapping, undo_record: UndoRecord | None = None
) -> AttachedRecords:
    """Return all records of the old segments with their places in the new ones, unsaved.

    ``undo_record`` is that of the grouping that is undone, if one is. Four queries. Raise Refused
    where an approved text would change, or waiting corrections of two people fall into one segment.
    """
    undo_record = undo_record or {}
    number = {old.pk: i for i, old in enumerate(mapping.olds)}
    records = AttachedRecords(mapping, undo_record={"flags": {}, "events": {}})
    _attach_flags(records, number, undo_record.get("flags", {}))
    _attach_events(records, number, undo_record.get("events", {}))
    _attach_findings(records, number)
    _attach_corrections(records, number, undo_record)
    return records


# ── flags and history ────────────────────────────────────────────────────────


def _attach_flags(
    records: AttachedRecords, number: Mapping[int, int], places_before: Mapping[str, Any]
) -> None:
    mapping = records.mapping
    rows = Flag.objects.filter(segment__in=number).select_related("author")
    for flag in rows.order_by("id"):
        i = number[flag.segment_id]
        places = flag_places(flag, mapping.olds[i])
        records.undo_record["flags"][str(flag.pk)] = {_FLAG_SEGMENT: i, **places}
        k = place_flag(flag, mapping, i, places_before=places_before.get(str(flag.pk), {}))
        records.flags.append((flag, k))


def _attach_events(
    records: AttachedRecords, number: Mapping[int, int], segments_before: Mapping[str, int]
) -> None:
    for event in Event.objects.filter(segment__in=number).order_by("id"):
        i = number[event.segment_id or 0]
        records.undo_record["events"][str(event.pk)] = i
        k = segments_before.get(str(event.pk), records.mapping.successors[i])
        records.events.append((event, k))


def flag_places(flag: Flag, segment: Segment) -> dict[str, Any]:
    """Return where the flag's words and caret stand in the documents; None for a missing one."""
    places: dict[str, Any] = {"caret": None}
    if flag.caret is not None:
        places["caret"] = segment.target_start + flag.caret
    for side, span in (("source", flag.source_span), ("target", flag.target_span)):
        start = getattr(segment, f"{side}_start")
        places[side] = [start + span.start, start + span.end] if span else None
    return places


def place_flag(
    flag: Flag, mapping: SegmentMapping, i: int, *, places_before: Mapping[str, Any]
) -> int:
    """Give the flag (unsaved) its offsets in the new segment it belongs to; return that segment.

    ``i`` is the index of the flag's old segment, and the result that of the new one, ``k``
    (see SegmentMapping). The flag's target words decide, else its source words, else its caret.
    What is not in the new segment is cleared, and the flag needs locating. In an undo,
    ``places_before`` are the flag's places in the documents and the index of its segment before
    the grouping that is undone; that grouping may have cleared some.
    """
    places = flag_places(flag, mapping.olds[i])
    restored = _missing_places(places, places_before)
    places |= restored
    k = _segment_of_flag(places, mapping, i)
    new = mapping.news[k]
    is_found = bool(restored.keys() - {_FLAG_SEGMENT})
    is_incomplete = False
    for side in SIDES:
        had_place = bool(places[side])
        has_words = had_place or bool(getattr(flag, f"{side}_quote"))
        span = _span_in_segment(flag, side, places[side], new)
        _set_span(flag, side, span)
        if span is None:
            is_incomplete = is_incomplete or has_words
        elif not had_place:
            is_found = True
    if places["caret"] is not None:
        flag.caret = _rebased_caret(places["caret"], span_of(new, "target"), mapping.text)
        is_incomplete = is_incomplete or flag.caret is None
    flag.needs_locating = is_incomplete or (flag.needs_locating and not is_found)
    return k


def _missing_places(places: Mapping[str, Any], places_before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the places that the flag had before and has not any more."""
    return {
        name: place
        for name, place in places_before.items()
        if place is not None and places.get(name) is None
    }


def _segment_of_flag(places: Mapping[str, Any], mapping: SegmentMapping, i: int) -> int:
    for side in ("target", "source"):
        if places[side]:
            return mapping.best_match(i, side, Span(*places[side]))
    # Only in an undo: a flag without words went to a segment by a rule, and comes back from there.
    if _FLAG_SEGMENT in places:
        return int(places[_FLAG_SEGMENT])
    if places["caret"] is not None:
        return mapping.best_match(i, "target", Span(places["caret"], places["caret"]))
    return mapping.successors[i]


def _span_in_segment(
    flag: Flag, side: str, place: Sequence[int] | None, segment: Segment
) -> Span | None:
    """Return the flag's words in the segment: by their place or, without one, by their quote."""
    if place:
        return _rebased(place, span_of(segment, side))
    quote = getattr(flag, f"{side}_quote")
    return locate(quote, getattr(segment, f"{side}_text"), near=0)


def _set_span(flag: Flag, side: str, span: Span | None) -> None:
    setattr(flag, f"{side}_start", span.start if span else None)
    setattr(flag, f"{side}_end", span.end if span else None)


def _rebased(place: Sequence[int], within: Span) -> Span | None:
    """Return the place as a span of the segment ``within``, None where part of it is outside."""
    start, end = place
    if start < within.start or end > within.end:
        return None
    return Span(start - within.start, end - within.start)


def _rebased_caret(caret: int, within: Span, text: str) -> int | None:
    """Return the caret's offset in the segment that stands ``within``; None where it is elsewhere.

    Where only blanks lie between, the caret goes to the segment's edge.
    """
    nearest = min(max(caret, within.start), within.end)
    between = text[min(nearest, caret) : max(nearest, caret)]
    return None if between.strip() else nearest - within.start


# ── findings ─────────────────────────────────────────────────────────────────


def _attach_findings(records: AttachedRecords, number: Mapping[int, int]) -> None:
    """Attach the findings of other origins and the decided ones.

    The open ones of our own checks are left out: the checks raise them again.
    """
    mapping = records.mapping
    # Findings of other tools cannot be asked for again, and decisions are people's.
    moving = Finding.objects.exclude(finder=OWN_CHECKS, status=Finding.Status.OPEN)
    rows = moving.filter(segment__in=number).select_related("decided_by").order_by("id")
    for row in rows:
        i = number[row.segment_id]
        # A repair is made of offsets in the old text.
        row.remedy = []
        k = _place_finding(row, mapping, i)
        if k is not None:
            new = mapping.news[k]
            row.fingerprint = fingerprint_of(row, (new.source_text, new.target_text))
        # An open one of another tool keeps its spans here: the check that follows sees by its
        # fingerprint that its words are not there, and removes it (``findings.store``).
        elif row.status != Finding.Status.OPEN:
            row.source_spans = []
            row.target_spans = []
            row.caret = None
            row.found_in = ""
        records.findings.append((row, mapping.successors[i] if k is None else k))


def _place_finding(row: Finding, mapping: SegmentMapping, i: int) -> int | None:
    """Move the finding's spans to the new segment that holds them all, and return that segment.

    Return None where no segment holds them all, or where the finding has no spans.
    """
    old = mapping.olds[i]
    first = _first_span(row, old)
    # The spans of one in a corrected text are no places in the document.
    if first is None or row.found_in:
        return None
    side, span = first
    k = mapping.best_match(i, side, span)
    new = mapping.news[k]
    source_spans = _rebased_spans(row.source_spans, old.source_start, span_of(new, "source"))
    target_spans = _rebased_spans(row.target_spans, old.target_start, span_of(new, "target"))
    if row.caret is not None:
        caret = old.target_start + row.caret
        row.caret = _rebased_caret(caret, span_of(new, "target"), mapping.text)
        if row.caret is None:
            return None
    if source_spans is None or target_spans is None:
        return None
    row.source_spans = source_spans
    row.target_spans = target_spans
    return k


def _first_span(row: Finding, segment: Segment) -> tuple[str, Span] | None:
    """Return the side and the place in its document of the finding's first span."""
    for side in SIDES:
        spans = getattr(row, f"{side}_spans")
        if spans:
            offset = getattr(segment, f"{side}_start")
            start, end = spans[0]
            return side, Span(offset + start, offset + end)
    return None


def _rebased_spans(
    spans: Sequence[Sequence[int]], offset: int, within: Span
) -> list[list[int]] | None:
    """Return spans of a text at ``offset`` as spans ``within``; None unless all are there."""
    found = []
    for start, end in spans:
        span = _rebased((offset + start, offset + end), within)
        if span is None:
            return None
        found.append(list(span))
    return found


# ── corrections ──────────────────────────────────────────────────────────────


def _attach_corrections(
    records: AttachedRecords, number: Mapping[int, int], undo_record: UndoRecord
) -> None:
    """Attach the corrections, divided and joined with the segments.

    When a grouping is undone and nobody has changed a correction since, they come back as they were
    instead. Drafts are their authors' alone: history never holds them, and they are always divided.
    """
    mapping = records.mapping
    stored = Correction.objects.filter(segment__in=number).select_related("author", "decided_by")
    rows = [(number[row.segment_id], row) for row in stored.order_by("id")]
    # Both are recorded before any row is divided.
    summary = _summary(rows)
    records.undo_record["corrections"] = [
        [i, *serializers.serialize("python", [row])] for i, row in rows if row.status != C.DRAFT
    ]
    # Somebody's later change would be lost by going back: then they are divided like any other.
    if summary and undo_record.get(_CORRECTIONS_AFTER) == summary:
        records.corrections = _restored_corrections(undo_record) + _divided_drafts(mapping, rows)
    else:
        records.corrections = _divided(mapping, rows)
    records.undo_record[_CORRECTIONS_AFTER] = _summary((k, row) for row, k in records.corrections)


def _summary(rows: Iterable[tuple[int, Correction]]) -> list[list[Any]]:
    """Return what is compared to learn whether anybody has changed a correction since."""
    return sorted([n, str(row.status), row.text] for n, row in rows if row.status != C.DRAFT)


def _restored_corrections(undo_record: UndoRecord) -> Placed:
    restored: Placed = []
    for k, data in undo_record["corrections"]:
        deserialized: Any = next(serializers.deserialize("python", [data]))
        restored.append((deserialized.object, k))
    return restored


def _divided_drafts(mapping: SegmentMapping, rows: Sequence[tuple[int, Correction]]) -> Placed:
    chosen = [(i, row) for i, row in rows if row.status in (C.DRAFT, C.APPROVED)]
    divided = DividedCorrections(mapping, chosen, empty_parts=True)
    return [(row, k) for row, k in divided.placed if row.status == C.DRAFT]


def _divided(mapping: SegmentMapping, rows: Sequence[tuple[int, Correction]]) -> Placed:
    """Return the corrections divided so that the approved text stays as it is. Raise Refused."""
    # Words put beside a boundary may belong to the segment without words there, or to none.
    for empty_parts in (True, False):
        copies = [(i, copy(row)) for i, row in rows]
        divided = DividedCorrections(mapping, copies, empty_parts=empty_parts)
        if divided.keeps_approved():
            return divided.placed
    raise Refused(
        _(
            "An approved correction crosses this boundary; splitting it would change the "
            "approved text."
        )
    )
