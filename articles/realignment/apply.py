"""Floor 2: the sentences of neighbouring segments in other groups; rows and all that lies on them follow.

``planned`` thinks it out and writes nothing, ``regroup`` is the one write behind every mending of the pairing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.findings.service import refresh_findings
from articles.models import Article, Correction, Event, Flag, Segment, Sentence
from articles.realignment.corrections import SIDES, SegmentMapping
from articles.realignment.transfer import AttachedRecords, attach_records
from articles.review import workflow
from articles.text.document import Bead, Span

MOVE = "realign"
Range = tuple[int, int]
Key = tuple[Range, Range]
_BATCH = 500
_PLACE = (
    "position", "source_from", "source_to", "target_from", "target_to", "source_start", "source_end", "target_start",
    "target_end", "source_text", "target_text", "score", "status", "revision",
)  # fmt: skip


@dataclass(frozen=True)
class Grouping:
    """New beads for the ``window``: neighbouring segments, as they were read, that hold the same sentences.

    ``memo`` and ``ids`` are of the grouping that this one undoes, ``undoes`` its event.
    """

    act: str
    window: Sequence[Segment]
    beads: Sequence[Bead]
    memo: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[Key, int] = field(default_factory=dict)
    undoes: int | None = None


@dataclass(frozen=True)
class Plan:
    """The ``rows`` that take the window's place, unsaved; ``olds`` and ``news`` are those that are not in both."""

    rows: list[Segment]
    olds: list[Segment]
    news: list[Segment]
    cargo: AttachedRecords


def sentence_range(segment: Segment, side: str) -> Range:
    """The positions of the segment's sentences in its document, end exclusive."""
    return getattr(segment, f"{side}_from"), getattr(segment, f"{side}_to")


def group_key(group: Segment | Bead) -> Key:
    """What a group is known by: its ranges of source and target sentences."""
    if isinstance(group, Bead):
        return group.source, group.target
    return sentence_range(group, "source"), sentence_range(group, "target")


def changed_segments(grouping: Grouping) -> list[Segment]:
    """The segments of the window that would not be the same any more."""
    keys = {group_key(bead) for bead in grouping.beads}
    return [old for old in grouping.window if group_key(old) not in keys]


def make_plan(article: Article, grouping: Grouping) -> Plan:
    """What the grouping would leave. Raises Refused where something cannot be carried over (see ``carrying``)."""
    stay = {group_key(old): old for old in grouping.window}
    olds = changed_segments(grouping)
    revision = 1 + max(old.revision for old in olds)
    first = grouping.window[0].position
    made = dict(zip(SIDES, (_spans(article, grouping, side) for side in SIDES), strict=True))
    rows: list[Segment] = []
    for at, bead in enumerate(grouping.beads):
        if (old := stay.get(group_key(bead))) is not None:
            row = copy(old)
        else:
            row = Segment(article=article, score=bead.score, revision=revision)
            for side in SIDES:
                _fill(row, side, getattr(bead, side), made[side][at], getattr(article, side).text)
        row.position = first + at
        rows.append(row)
    news = [row for row in rows if group_key(row) not in stay]
    seats = SegmentMapping(olds, news, article.target.text)
    _give_ids(seats, grouping.ids)
    cargo = attach_records(seats, grouping.memo)
    _give_statuses(news, cargo)
    return Plan(rows, olds, news, cargo)


def apply_grouping(
    article: Article, grouping: Grouping, *, by: Any, revisions: Mapping[int, int] | None
) -> Event:
    """Put the new groups in the place of the window, in one transaction with one event, the checks run there.

    ``revisions`` (segment id → revision seen) must name every segment that changes; None asks for none. Raises
    workflow.Stale where one is not as it was seen, workflow.Refused where the person or the grouping may not.
    """
    with transaction.atomic():
        article = Article.objects.select_related("source", "target").lock(article.pk)
        locked = list(
            Segment.objects.select_for_update(of=("self",)).filter(
                pk__in=[old.pk for old in grouping.window]
            )
        )
        locked.sort(key=lambda old: old.position)
        if [(old.pk, group_key(old)) for old in locked] != [
            (old.pk, group_key(old)) for old in grouping.window
        ]:
            raise workflow.Stale(grouping.window[0])
        was = _shape(locked)
        last = locked[-1].position
        plan = make_plan(article, replace(grouping, window=locked))
        if revisions is not None:
            _compare(plan.olds, revisions)
        check_may_realign(plan.olds, by)
        _store(article, plan, last)
        event = Event.objects.record(
            Event.Act.REALIGNED,
            segment=plan.news[0],
            by=by,
            how=grouping.act,
            was=was,
            now=_shape(plan.rows),
            memo=plan.cargo.memo,
            undoes=grouping.undoes,
        )
        around = (plan.rows[0].position - 1, plan.rows[-1].position + 1)
        refresh_findings(article, between=around, decided=plan.cargo.memory)
        plan.cargo.forget()
    return event


def check_may_realign(olds: Sequence[Segment], person: Any) -> None:
    """Raise Refused, with the number of the segment, where one of those that would change may not be realigned."""
    for old in olds:
        if reason := workflow.why_not(MOVE, person, old):
            raise workflow.Refused(
                _("Segment %(number)s: %(reason)s") % {"number": old.position, "reason": reason}
            )


def _compare(olds: Sequence[Segment], revisions: Mapping[int, int]) -> None:
    """Raise Stale where a segment that was seen is not as it was, or one that changes was not seen."""
    now = dict(Segment.objects.filter(pk__in=revisions).values_list("pk", "revision"))
    for old in olds:
        if revisions.get(old.pk) != old.revision:
            raise workflow.Stale(old)
    if now != dict(revisions):
        raise workflow.Stale(olds[0])


def _shape(rows: Sequence[Segment]) -> list[list[Any]]:
    return [
        [row.pk, *sentence_range(row, "source"), *sentence_range(row, "target"), row.score]
        for row in rows
    ]


# ── the new rows ─────────────────────────────────────────────────────────────


def _spans(article: Article, grouping: Grouping, side: str) -> list[Span]:
    """Where each bead's side stands in its document; an empty one right after the words before it."""
    start, end = (
        sentence_range(grouping.window[0], side)[0],
        sentence_range(grouping.window[-1], side)[1],
    )
    near = Sentence.objects.filter(
        document=getattr(article, f"{side}_id"), position__gte=start - 1, position__lt=end
    )
    runs = {row[0]: Span(row[1], row[2]) for row in near.values_list("position", "start", "end")}
    at = runs[start - 1].end if start - 1 in runs else 0
    spans = []
    for bead in grouping.beads:
        first, stop = getattr(bead, side)
        spans.append(Span(runs[first].start, runs[stop - 1].end) if first < stop else Span(at, at))
        at = spans[-1].end
    return spans


def _fill(row: Segment, side: str, sentences: Range, span: Span, text: str) -> None:
    values = (*sentences, *span, span.of(text))
    for name, value in zip(("from", "to", "start", "end", "text"), values, strict=True):
        setattr(row, f"{side}_{name}", value)


def _give_ids(seats: SegmentMapping, ids: Mapping[Key, int]) -> None:
    """New segments take over the rows of those they share most sentences with; undoing brings the old ids back."""
    mine = {old.pk for old in seats.olds}
    free = (
        set(ids.values())
        - set(Segment.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        | mine
    )
    for new in seats.news:
        if ids.get(group_key(new)) in free:
            new.pk = ids[group_key(new)]
            free.remove(new.pk)
    pairs = {pair for shared in seats.shared.values() for pair in shared}
    for i, k in sorted(pairs, key=lambda pair: (-seats.share(*pair), pair)):
        if seats.news[k].pk is None and seats.olds[i].pk in free:
            seats.news[k].pk = seats.olds[i].pk
            free.remove(seats.olds[i].pk)


def _give_statuses(news: Sequence[Segment], cargo: AttachedRecords) -> None:
    """Waiting where a correction waits, else at rest. Segments that are done never come here."""
    waiting = {k for row, k in cargo.corrections if row.status == Correction.Status.SUBMITTED}
    flagged = {k for row, k in cargo.flags if row.status == Flag.Status.OPEN}
    for k, new in enumerate(news):
        rest = Segment.Status.FLAGGED if k in flagged else Segment.Status.TO_REVIEW
        new.status = Segment.Status.WAITING if k in waiting else rest


def _store(article: Article, plan: Plan, last: int) -> None:
    """Write the rows and their cargo; ``last`` was the window's last position. Positions are unique in an article, so
    those that change are made negative first."""
    after = article.segments.filter(position__gt=last)
    step = plan.rows[-1].position - last
    if step:
        after.update(position=-F("position"))
    stay = {row.pk for row in plan.rows} - {new.pk for new in plan.news}
    article.segments.filter(pk__in={old.pk for old in plan.olds} | stay).update(
        position=-F("position")
    )
    olds = {old.pk for old in plan.olds}
    Segment.objects.bulk_create([new for new in plan.news if new.pk not in olds], batch_size=_BATCH)
    Segment.objects.bulk_update(
        [new for new in plan.news if new.pk in olds], _PLACE, batch_size=_BATCH
    )
    Segment.objects.bulk_update(
        [row for row in plan.rows if row.pk in stay], ["position"], batch_size=_BATCH
    )
    plan.cargo.store()
    Segment.objects.filter(pk__in=olds - {new.pk for new in plan.news}).delete()
    if step:
        article.segments.filter(position__lt=0).update(position=-F("position") + step)
