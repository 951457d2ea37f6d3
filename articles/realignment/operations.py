"""Floor 3: mending a wrong pairing without losing work: merge, split, shift, align again, undo.

Every act is new groups of sentences (beads) for a few neighbouring segments, one transaction, one event. Flags,
comments, corrections, dismissals and history go where their words go (``articles.realignment.transfer``); what was
approved goes to print as it did. ``revisions`` names the revision seen of every segment that changes: ``preview``
tells them; workflow.Stale is raised when another write came between, workflow.Refused with a sentence when the act is
not possible.
``by`` is who acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, product, takewhile
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.alignment.aligner import align, gathered
from articles.alignment.sentence_encoder import load_encoder
from articles.models import Article, Correction, Event, Flag, Segment
from articles.realignment.apply import (
    MOVE,
    Grouping,
    Range,
    apply_grouping,
    changed_segments,
    check_may_realign,
    group_key,
    make_plan,
    sentence_range,
)
from articles.realignment.corrections import SIDES
from articles.review import workflow
from articles.text.document import Bead, Span
from articles.text.document import Sentence as TextSentence

Revisions = Mapping[int, int]


class PreviewSegment(NamedTuple):
    """One segment as it would be: its texts and status, and what would lie on it. Nothing of it is saved."""

    segment: Segment
    changed: bool
    flags: list[Flag]
    corrections: list[Correction]

    @property
    def text(self) -> str:
        """The target text in force."""
        approved = [
            row.text for row in self.corrections if row.status == Correction.Status.APPROVED
        ]
        return approved[0] if approved else self.segment.target_text


class Preview(NamedTuple):
    """What an act would do: the segments now, the pairs then, and the ``revisions`` to hand to the act."""

    before: list[Segment]
    pairs: list[PreviewSegment]
    revisions: dict[int, int]


# ── the acts ─────────────────────────────────────────────────────────────────


def merge(segment: Segment, *, by: Any, revisions: Revisions) -> Event:
    """Make one of the segment and the next."""
    return _act("merge", segment, by=by, revisions=revisions)


def split(
    segment: Segment,
    *,
    by: Any,
    revisions: Revisions,
    source_at: int | None = None,
    target_at: int | None = None,
) -> Event:
    """Make two of the segment, at the sentence boundaries nearest to the carets (code points of its texts).

    Without a caret on a side that side is parted about where the other is. The only sentence of a side goes whole to
    one part; of several, only a caret at the very beginning or end sends them all to one.
    """
    return _act(
        "split", segment, by=by, revisions=revisions, source_at=source_at, target_at=target_at
    )


def shift(segment: Segment, *, by: Any, revisions: Revisions, side: str, direction: str) -> Event:
    """Move one sentence of a ``side`` ("source", "target") over the boundary: the first "up" to the segment before, or
    the last "down" to the next. A segment that has nothing left is gone."""
    return _act("shift", segment, by=by, revisions=revisions, side=side, direction=direction)


def align_again(segment: Segment, *, by: Any, revisions: Revisions) -> Event:
    """Pair anew from here to the end, or to the next segment that is done or has a correction waiting or approved."""
    return _act("align_again", segment, by=by, revisions=revisions)


def undo(article: Article, *, by: Any, event: Event | None = None) -> Event:
    """Take back the article's last change of the pairing that is not undone, or the one of ``event``."""
    grouping = _undoing(article, event)
    return apply_grouping(article, grouping, by=by, revisions=None)


def preview(act: str, segment: Segment, **options: Any) -> Preview:
    """What ``act`` ("merge", "split", "shift", "align_again") with its options would do. Raises Refused as the act
    does, but asks for nobody's permission."""
    return _preview(propose(act, segment, **options), segment.article)


def preview_undo(article: Article, *, event: Event | None = None) -> Preview:
    """What ``undo`` would do."""
    return _preview(_undoing(article, event), article)


def split_points(segment: Segment, side: str) -> list[int]:
    """Where ``side`` can be parted: code points of its text, its two ends included."""
    return [gap.start for gap in _bounds(segment, side)]


def why_not(act: str, person: Any, segment: Segment, **options: Any) -> str | None:
    """Why ``person`` may not, in words, or None. The aligner is not asked, and corrections are not cut: what only these
    can say, ``preview`` says."""
    if reason := workflow.why_not(MOVE, person, segment):
        return reason
    try:
        if act == "align_again":
            _stretch(segment)
        else:
            check_may_realign(changed_segments(propose(act, segment, **options)), person)
    except workflow.Refused as refused:
        return str(refused)
    return None


def why_not_undo(person: Any, article: Article, *, event: Event | None = None) -> str | None:
    """Why ``person`` may not undo the last change of the pairing, or that of ``event``; or None."""
    try:
        check_may_realign(changed_segments(_undoing(article, event)), person)
    except workflow.Refused as refused:
        return str(refused)
    return None


def _act(act: str, segment: Segment, *, by: Any, revisions: Revisions, **options: Any) -> Event:
    # Read and thought out before the transaction: the aligner may take seconds, and writers must not wait for it.
    if (fresh := Segment.objects.filter(pk=segment.pk).first()) is None:
        raise workflow.Stale(segment)
    if revisions.get(fresh.pk) != fresh.revision:
        raise workflow.Stale(fresh)
    workflow.check(MOVE, by, fresh)
    return apply_grouping(
        segment.article, propose(act, fresh, **options), by=by, revisions=revisions
    )


def _preview(grouping: Grouping, article: Article) -> Preview:
    plan = make_plan(article, grouping)
    number = {id(new): k for k, new in enumerate(plan.news)}
    pairs = []
    for row in plan.rows:
        k = number.get(id(row))
        flags = [flag for flag, at in plan.records.flags if at == k]
        pairs.append(
            PreviewSegment(
                row,
                k is not None,
                flags,
                [each for each, at in plan.records.corrections if at == k],
            )
        )
    return Preview(list(grouping.window), pairs, {old.pk: old.revision for old in plan.olds})


# ── the beads of each act ────────────────────────────────────────────────────


def propose(act: str, segment: Segment, **options: Any) -> Grouping:
    """The window and beads of an act. Raises Refused with the reason when there are none, KeyError for no such act."""
    return PROPOSALS[act](segment, **options)


def _merge(segment: Segment) -> Grouping:
    following = _neighbour(segment, 1)
    if following is None:
        raise workflow.Refused(_("There is no next segment to merge with."))
    return Grouping(
        "merge",
        [segment, following],
        [_bead(*(_joined(segment, following, side) for side in SIDES))],
    )


def _split(
    segment: Segment, source_at: int | None = None, target_at: int | None = None
) -> Grouping:
    bounds = [_bounds(segment, side) for side in SIDES]
    choices = [
        (_cost(bounds, (i, j), (source_at, target_at)), i, j)
        for i, j in product(*(range(len(each)) for each in bounds))
        if 0 < i + j < len(bounds[0]) + len(bounds[1]) - 2
    ]
    if not choices:
        raise workflow.Refused(_("There is only one sentence here; nothing to split."))
    cuts = dict(zip(SIDES, min(choices)[1:], strict=True))
    parts = [
        [(a, a + cuts[side]), (a + cuts[side], b)]
        for side in SIDES
        for a, b in [sentence_range(segment, side)]
    ]
    return Grouping("split", [segment], [_bead(*both) for both in zip(*parts, strict=True)])


def _bounds(segment: Segment, side: str) -> list[Span]:
    """The gaps (code points of the segment's text) where a side can be parted, its two ends included."""
    offset, text = getattr(segment, f"{side}_start"), getattr(segment, f"{side}_text")
    runs = _sentences(segment.article, side, sentence_range(segment, side))
    if not runs:
        return [Span(0, 0)]
    inner = [Span(a.end - offset, b.start - offset) for a, b in pairwise(runs)]
    return [Span(0, 0), *inner, Span(len(text), len(text))]


def _cost(
    bounds: Sequence[Sequence[Span]], chosen: Sequence[int], carets: Sequence[int | None]
) -> float:
    """How far the chosen boundaries are from the carets, in letters; without one, from the other side's share."""
    shares = [
        split_points[at].start / split_points[-1].end if split_points[-1].end else 0.5
        for split_points, at in zip(bounds, chosen, strict=True)
    ]
    total = 0.0
    for split_points, at, caret, other in zip(
        bounds, chosen, carets, reversed(shares), strict=True
    ):
        gap, end = split_points[at], split_points[-1].end
        edge = len(split_points) > 2 and at in (0, len(split_points) - 1)
        if caret is None:
            total += abs(gap.start - end * other) + abs(gap.start - end / 2) / 100 + edge * 10_000
        else:
            distance = max(gap.start - caret, caret - gap.end, 0)
            total += distance + (edge and distance > 0) * 10_000
    return total


def _shift(segment: Segment, side: str, direction: str) -> Grouping:
    step = {"up": -1, "down": 1}[direction]
    start, end = sentence_range(segment, side)
    if start == end:
        raise workflow.Refused(_("There are no words on this side to move."))
    other = _neighbour(segment, step)
    if other is None:
        text = {
            -1: _("There is no segment before this one."),
            1: _("There is no segment after this one."),
        }
        raise workflow.Refused(text[step])
    window = [other, segment] if step < 0 else [segment, other]
    cut = start + 1 if step < 0 else end - 1
    first, last = window
    ranges = {each: [sentence_range(first, each), sentence_range(last, each)] for each in SIDES}
    ranges[side] = [(ranges[side][0][0], cut), (cut, ranges[side][1][1])]
    beads = [_bead(*both) for both in zip(*ranges.values(), strict=True)]
    return Grouping("shift", window, [bead for bead in beads if not _empty(bead)])


def _align_again(segment: Segment) -> Grouping:
    window = _stretch(segment)
    ranges = {side: _joined(window[0], window[-1], side) for side in SIDES}
    texts = [_sentences(segment.article, side, ranges[side]) for side in SIDES]
    article = segment.article
    beads = align(
        *texts,
        source_language=article.source.language,
        target_language=article.target.language,
        encoder=load_encoder(),
    )
    offsets = [ranges[side][0] for side in SIDES]
    moved = [
        Bead(_plus(bead.source, offsets[0]), _plus(bead.target, offsets[1]), bead.score)
        for bead in gathered(beads, texts[1])
    ]
    return _trimmed(Grouping("align_again", window, moved))


def _stretch(segment: Segment) -> list[Segment]:
    """The segment and those after it, up to the next that is confirmed."""
    said = Correction.objects.filter(segment=OuterRef("pk"), status__in=["submitted", "approved"])
    kept = Q(status__in=[Segment.Status.WAITING, Segment.Status.DONE]) | Exists(said)
    after = segment.article.segments.filter(position__gte=segment.position).order_by("position")
    first = after.filter(kept).values_list("position", flat=True).first()
    if first == segment.position:
        raise workflow.Refused(
            _("This segment is confirmed or has a correction; align again from a later one.")
        )
    return list(after.filter(position__lt=first) if first else after)


def _trimmed(grouping: Grouping) -> Grouping:
    """Without what stays as it is at both ends. Raises Refused where that is all."""
    window, beads = list(grouping.window), list(grouping.beads)
    while window and beads and group_key(window[0]) == group_key(beads[0]):
        del window[0], beads[0]
    while window and beads and group_key(window[-1]) == group_key(beads[-1]):
        del window[-1], beads[-1]
    if not window:
        raise workflow.Refused(_("Aligning again finds the same pairs."))
    return Grouping(grouping.act, window, beads)


def _undoing(article: Article, event: Event | None) -> Grouping:
    """The beads before the event, for the segments that have those after it; Refused where they changed since."""
    past = article.events.filter(act__in=[Event.Act.REALIGNED, Event.Act.REIMPORTED]).order_by(
        "-id"
    )
    heads = past.values_list("pk", "act", "details__undoes")  # without the memos, which are long
    done = list(takewhile(lambda head: head[1] == Event.Act.REALIGNED, heads))
    undone = {undoes for _pk, _act, undoes in done}
    able = [pk for pk, _act, undoes in done if undoes is None and pk not in undone]
    if event is not None:
        able = [pk for pk in able if pk == event.pk]
    if not able:
        raise workflow.Refused(_("There is no change of the pairing to undo."))
    chosen = Event.objects.get(pk=able[0])
    was = [
        (row[0], _bead((row[1], row[2]), (row[3], row[4]), score=row[5]))
        for row in chosen.details["was"]
    ]
    now = [((row[1], row[2]), (row[3], row[4])) for row in chosen.details["now"]]
    first = (
        article.segments.filter(source_from=now[0][0][0], target_from=now[0][1][0])
        .order_by("position")
        .first()
    )
    window = list(_window(article, first.position, len(now))) if first else []
    if [group_key(segment) for segment in window] != now:
        raise workflow.Refused(
            _("The pairing there was changed again since; it can no longer be undone.")
        )
    beads = [bead for _pk, bead in was]
    ids = {group_key(bead): pk for pk, bead in was}
    return Grouping("undo", window, beads, memo=chosen.details["memo"], ids=ids, undoes=chosen.pk)


PROPOSALS: dict[str, Callable[..., Grouping]]
PROPOSALS = {
    "merge": _merge,
    "split": _split,
    "shift": _shift,
    "align_again": _align_again,
}


# ── small words ──────────────────────────────────────────────────────────────


def _bead(source: Range, target: Range, *, score: float = 1.0) -> Bead:
    """A bead; what a person paired is sure."""
    return Bead(source, target, score)


def _empty(bead: Bead) -> bool:
    return bead.source[0] == bead.source[1] and bead.target[0] == bead.target[1]


def _plus(chosen: Range, offset: int) -> Range:
    return chosen[0] + offset, chosen[1] + offset


def _joined(first: Segment, last: Segment, side: str) -> Range:
    return sentence_range(first, side)[0], sentence_range(last, side)[1]


def _neighbour(segment: Segment, step: int) -> Segment | None:
    return segment.article.segments.filter(position=segment.position + step).first()


def _window(article: Article, first: int, count: int) -> list[Segment]:
    return list(
        article.segments.filter(position__gte=first, position__lt=first + count).order_by(
            "position"
        )
    )


def _sentences(article: Article, side: str, chosen: Range) -> list[TextSentence]:
    """The stored sentences at these positions of a document."""
    document = getattr(article, side)
    rows = document.sentences.filter(position__gte=chosen[0], position__lt=chosen[1]).order_by(
        "position"
    )
    return [
        TextSentence(row.start, row.end, document.text[row.start : row.end], row.paragraph)
        for row in rows
    ]
