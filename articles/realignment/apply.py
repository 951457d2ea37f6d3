"""Put the sentences of neighbouring segments into other groups; all their records follow.

``make_plan`` computes the new segments and writes nothing. ``apply_grouping`` is the one write
behind every realignment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.findings.tasks import queue_text_checks
from articles.models import Article, Correction, Event, Flag, Segment, Sentence
from articles.realignment.corrections import SIDES, SegmentMapping
from articles.realignment.transfer import AttachedRecords, UndoRecord, attach_records
from articles.review import workflow
from articles.text.document import Bead, Span

MOVE = "realign"
"""The move in workflow.MOVES."""
Range = tuple[int, int]
"""Positions of sentences in their document, end exclusive."""
Key = tuple[Range, Range]
"""What a group of sentences is known by: its source and its target range."""
_BATCH = 500
_STORED_FIELDS = (
    "position",
    "source_from",
    "source_to",
    "target_from",
    "target_to",
    "source_start",
    "source_end",
    "target_start",
    "target_end",
    "source_text",
    "target_text",
    "score",
    "status",
    "revision",
    "checked",
)
"""The fields that change when a row becomes another segment."""


@dataclass(frozen=True)
class Grouping:
    """New beads for the ``window``: neighbouring segments, as read, that hold the same sentences.

    ``act`` is the name of the operation. In an undo, ``undo_record`` and ``ids`` are those of the
    grouping that is undone, and ``undoes`` is the id of its event.
    """

    act: str
    window: Sequence[Segment]
    beads: Sequence[Bead]
    undo_record: UndoRecord = field(default_factory=dict)
    ids: Mapping[Key, int] = field(default_factory=dict)
    undoes: int | None = None


@dataclass(frozen=True)
class Plan:
    """The ``rows`` that take the window's place, unsaved.

    ``olds`` are the segments of the window that are not among them, ``news`` the rows that are not
    in the window.
    """

    rows: list[Segment]
    olds: list[Segment]
    news: list[Segment]
    records: AttachedRecords


def sentence_range(segment: Segment, side: str) -> Range:
    """Return the positions of the segment's sentences in its document."""
    return getattr(segment, f"{side}_from"), getattr(segment, f"{side}_to")


def group_key(group: Segment | Bead) -> Key:
    """Return the group's ranges of source and target sentences."""
    if isinstance(group, Bead):
        return group.source, group.target
    return sentence_range(group, "source"), sentence_range(group, "target")


def changed_segments(grouping: Grouping) -> list[Segment]:
    """Return the segments of the window that the grouping changes."""
    keys = {group_key(bead) for bead in grouping.beads}
    return [old for old in grouping.window if group_key(old) not in keys]


def make_plan(article: Article, grouping: Grouping) -> Plan:
    """Return the result of the grouping; nothing is written.

    Raise Refused where a record cannot be moved along (see ``attach_records``).
    """
    olds = changed_segments(grouping)
    # New segments may take over any old row: whoever has seen that row must find it changed.
    revision = 1 + max(old.revision for old in olds)
    rows, news = _new_rows(article, grouping, revision)
    mapping = SegmentMapping(olds, news, article.target.text)
    _assign_ids(mapping, grouping.ids)
    records = attach_records(mapping, grouping.undo_record)
    _assign_statuses(news, records)
    return Plan(rows, olds, news, records)


def apply_grouping(
    article: Article, grouping: Grouping, *, by: User, revisions: Mapping[int, int] | None
) -> Event:
    """Replace the window by the new groups, and have the worker check them.

    One transaction with one event. ``revisions`` (segment id → revision seen) must name every
    segment that changes; None asks for none. Raise workflow.Stale where a segment is not as it was
    seen, workflow.Refused where the person or the grouping is not allowed.
    """
    with transaction.atomic():
        article = Article.objects.select_related("source", "target").lock(article.pk)
        window = _lock_window(grouping)
        before = _shape(window)
        last = window[-1].position
        # Made anew under the lock: flags and drafts may have changed since the preview.
        plan = make_plan(article, replace(grouping, window=window))
        if revisions is not None:
            _check_revisions(plan.olds, revisions)
        check_may_realign(plan.olds, by)
        _store(article, plan, last)
        event = Event.objects.record(
            Event.Act.REALIGNED,
            segment=plan.news[0],
            by=by,
            how=grouping.act,
            was=before,
            now=_shape(plan.rows),
            memo=plan.records.undo_record,
            undoes=grouping.undoes,
        )
        queue_text_checks(article, plan.rows[0].position, plan.rows[-1].position)
    return event


def check_may_realign(olds: Sequence[Segment], person: User) -> None:
    """Raise Refused, with its number, for the first segment that the person may not realign."""
    for old in olds:
        if reason := workflow.why_not(MOVE, person, old):
            message = _("Segment %(number)s: %(reason)s")
            raise workflow.Refused(message % {"number": old.position, "reason": reason})


def _lock_window(grouping: Grouping) -> list[Segment]:
    """Return the window's segments, locked. Raise Stale where they are not as they were read."""
    ids = [old.pk for old in grouping.window]
    rows = Segment.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    locked = sorted(rows, key=lambda row: row.position)
    now = [(row.pk, group_key(row)) for row in locked]
    if now != [(old.pk, group_key(old)) for old in grouping.window]:
        raise workflow.Stale(grouping.window[0])
    return locked


def _check_revisions(olds: Sequence[Segment], revisions: Mapping[int, int]) -> None:
    """Raise Stale where a segment is not as it was seen, or where one that changes was not seen."""
    now = dict(Segment.objects.filter(pk__in=revisions).values_list("pk", "revision"))
    for old in olds:
        if revisions.get(old.pk) != old.revision:
            raise workflow.Stale(old)
    # Those that were shown and would not change now count as well: the person agreed to all of it.
    if now != dict(revisions):
        raise workflow.Stale(olds[0])


def _shape(rows: Sequence[Segment]) -> list[list[Any]]:
    """Return the rows as the event stores them: id, source range, target range, score."""
    return [
        [row.pk, *sentence_range(row, "source"), *sentence_range(row, "target"), row.score]
        for row in rows
    ]


# ── the new rows ─────────────────────────────────────────────────────────────


def _new_rows(
    article: Article, grouping: Grouping, revision: int
) -> tuple[list[Segment], list[Segment]]:
    """Return the rows of all beads, and those of them that are new."""
    unchanged = {group_key(old): old for old in grouping.window}
    spans = {side: _spans(article, grouping, side) for side in SIDES}
    texts = {side: getattr(article, side).text for side in SIDES}
    first = grouping.window[0].position
    rows = []
    news = []
    for at, bead in enumerate(grouping.beads):
        old = unchanged.get(group_key(bead))
        if old is not None:
            # A copy: the window keeps its numbers, which a preview shows as they were.
            row = copy(old)
        else:
            row = Segment(article=article, score=bead.score, revision=revision)
            for side in SIDES:
                _fill(row, side, getattr(bead, side), spans[side][at], texts[side])
            news.append(row)
        row.position = first + at
        rows.append(row)
    return rows, news


def _spans(article: Article, grouping: Grouping, side: str) -> list[Span]:
    """Return where each bead's side stands in its document.

    The place of a side without sentences is the end of the sentence before it.
    """
    start = sentence_range(grouping.window[0], side)[0]
    end = sentence_range(grouping.window[-1], side)[1]
    document = getattr(article, f"{side}_id")
    near = Sentence.objects.filter(document=document, position__gte=start - 1, position__lt=end)
    sentences = {}
    for position, sentence_start, sentence_end in near.values_list("position", "start", "end"):
        sentences[position] = Span(sentence_start, sentence_end)
    at = sentences[start - 1].end if start - 1 in sentences else 0
    spans = []
    for bead in grouping.beads:
        first, stop = getattr(bead, side)
        span = Span(at, at)
        if first < stop:
            span = Span(sentences[first].start, sentences[stop - 1].end)
        spans.append(span)
        at = span.end
    return spans


def _fill(row: Segment, side: str, sentences: Range, span: Span, text: str) -> None:
    first, stop = sentences
    setattr(row, f"{side}_from", first)
    setattr(row, f"{side}_to", stop)
    setattr(row, f"{side}_start", span.start)
    setattr(row, f"{side}_end", span.end)
    setattr(row, f"{side}_text", span.of(text))


def _assign_ids(mapping: SegmentMapping, ids: Mapping[Key, int]) -> None:
    """Give new segments the rows of the old ones; an undo brings the earlier ids back.

    A new segment takes the row of the old one that it shares most sentences with, if that is free.
    """
    own = {old.pk for old in mapping.olds}
    # Another segment may have taken the row of an earlier one since.
    stored = Segment.objects.filter(pk__in=ids.values()).values_list("pk", flat=True)
    free = (set(ids.values()) - set(stored)) | own
    assigned = set()
    for k, new in enumerate(mapping.news):
        earlier = ids.get(group_key(new))
        if earlier in free:
            new.pk = earlier
            free.remove(earlier)
            assigned.add(k)
    for i, k in sorted(mapping.pairs, key=lambda pair: (-mapping.share(*pair), pair)):
        pk = mapping.olds[i].pk
        if k not in assigned and pk in free:
            mapping.news[k].pk = pk
            free.remove(pk)
            assigned.add(k)


def _assign_statuses(news: Sequence[Segment], records: AttachedRecords) -> None:
    """Set each new segment to waiting, flagged or to review; none that is done is realigned."""
    for new in news:
        new.status = Segment.Status.TO_REVIEW
    for flag, k in records.flags:
        if flag.status == Flag.Status.OPEN:
            news[k].status = Segment.Status.FLAGGED
    for correction, k in records.corrections:
        if correction.status == Correction.Status.SUBMITTED:
            news[k].status = Segment.Status.WAITING


def _store(article: Article, plan: Plan, last: int) -> None:
    """Write the rows and their records; ``last`` is the window's last position."""
    old_ids = {old.pk for old in plan.olds}
    new_ids = {new.pk for new in plan.news}
    unchanged_ids = {row.pk for row in plan.rows} - new_ids
    # Positions are unique in an article: those that change are negative until all are free.
    step = plan.rows[-1].position - last
    if step:
        article.segments.filter(position__gt=last).update(position=-F("position"))
    window = article.segments.filter(pk__in=old_ids | unchanged_ids)
    window.update(position=-F("position"))
    _write_rows(plan, old_ids, unchanged_ids)
    # Before the old rows go: what hangs on these goes with them (CASCADE).
    plan.records.store()
    Segment.objects.filter(pk__in=old_ids - new_ids).delete()
    if step:
        article.segments.filter(position__lt=0).update(position=-F("position") + step)


def _write_rows(plan: Plan, old_ids: set[int], unchanged_ids: set[int]) -> None:
    created = []
    reused = []
    for new in plan.news:
        if new.pk in old_ids:
            reused.append(new)
        else:
            created.append(new)
    Segment.objects.bulk_create(created, batch_size=_BATCH)
    Segment.objects.bulk_update(reused, _STORED_FIELDS, batch_size=_BATCH)
    unchanged = [row for row in plan.rows if row.pk in unchanged_ids]
    Segment.objects.bulk_update(unchanged, ["position"], batch_size=_BATCH)
