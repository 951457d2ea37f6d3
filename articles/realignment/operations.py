"""Realign without losing work: merge, split, shift, align again, undo.

Every operation puts the sentences of a few neighbouring segments into new groups (beads), in one
transaction with one event. Flags, comments, corrections, dismissals and history go where their
words go (``articles.realignment.transfer``); the approved text is exported as before.

``by`` is the person who acts. ``revisions`` names the revision seen of every segment that changes:
``preview`` returns them. workflow.Stale is raised when another write came between, workflow.Refused
with a sentence when the operation is not possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.alignment.aligner import align, merge_additions
from articles.findings.check_client import NoCheckProcess, TookTooLong, usable_encoder
from articles.models import Article, Correction, Event, Flag, Segment
from articles.realignment.apply import (
    MOVE,
    Grouping,
    Key,
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
"""Segment id → the revision that the person saw."""
_EDGE_COST = 10_000
"""Characters that a cut at the very edge of a side with several sentences costs: a last resort."""


class PreviewSegment(NamedTuple):
    """One segment as it would be: its texts, its status and its records, unsaved."""

    segment: Segment
    changed: bool
    flags: list[Flag]
    corrections: list[Correction]

    @property
    def text(self) -> str:
        """The target text in force."""
        for row in self.corrections:
            if row.status == Correction.Status.APPROVED:
                return row.text
        return self.segment.target_text


class Preview(NamedTuple):
    """The result of an operation: the segments before and after, and the ``revisions`` to pass."""

    before: list[Segment]
    pairs: list[PreviewSegment]
    revisions: dict[int, int]


# ── the operations ───────────────────────────────────────────────────────────


def merge(segment: Segment, *, by: User, revisions: Revisions) -> Event:
    """Join the segment with the next."""
    return _act("merge", segment, by=by, revisions=revisions)


def split(
    segment: Segment,
    *,
    by: User,
    revisions: Revisions,
    source_at: int | None = None,
    target_at: int | None = None,
) -> Event:
    """Split the segment in two at the sentence boundaries nearest to the carets.

    Carets are code points of the segment's texts. A side without a caret is split about where the
    other side is. The only sentence of a side goes whole to one part; of several, only a caret at
    the very beginning or end sends them all to one.
    """
    return _act(
        "split", segment, by=by, revisions=revisions, source_at=source_at, target_at=target_at
    )


def shift(segment: Segment, *, by: User, revisions: Revisions, side: str, direction: str) -> Event:
    """Move one sentence of a ``side`` ("source", "target") over the boundary to a neighbour.

    "up" moves the first sentence to the segment before, "down" the last to the next. A segment that
    has no sentence left is deleted.
    """
    return _act("shift", segment, by=by, revisions=revisions, side=side, direction=direction)


def align_again(segment: Segment, *, by: User, revisions: Revisions) -> Event:
    """Align the sentences anew from here on.

    The stretch ends before the next segment that is done or has a correction waiting or approved.
    """
    return _act("align_again", segment, by=by, revisions=revisions)


def undo(article: Article, *, by: User, event: Event | None = None) -> Event:
    """Undo the article's last realignment that is not undone, or the one of ``event``."""
    grouping = _undo_grouping(article, event)
    # Nobody names revisions here: the event says what it made, and that has been compared.
    return apply_grouping(article, grouping, by=by, revisions=None)


def preview(act: str, segment: Segment, **options: Any) -> Preview:
    """Return what an operation ("merge", "split", "shift", "align_again") would do.

    Raise Refused as the operation does, except that nobody's permission is checked.
    """
    return _preview(propose(act, segment, **options), segment.article)


def preview_undo(article: Article, *, event: Event | None = None) -> Preview:
    """Return what ``undo`` would do."""
    return _preview(_undo_grouping(article, event), article)


def split_points(segment: Segment, side: str) -> list[int]:
    """Return where a side can be split: code points of its text, both ends included."""
    return [gap.start for gap in _gaps(segment, side)]


def why_not(act: str, person: User, segment: Segment, **options: Any) -> str | None:
    """Return why the person may not realign the segment in this way, or None.

    The aligner does not run and corrections are not divided: what only these can refuse,
    ``preview`` refuses.
    """
    if reason := workflow.why_not(MOVE, person, segment):
        return reason
    try:
        if act == "align_again":
            _stretch_from(segment)
        else:
            check_may_realign(changed_segments(propose(act, segment, **options)), person)
    except workflow.Refused as refused:
        return str(refused)
    return None


def why_not_undo(person: User, article: Article, *, event: Event | None = None) -> str | None:
    """Return why the person may not undo the last realignment, or that of ``event``; or None."""
    try:
        check_may_realign(changed_segments(_undo_grouping(article, event)), person)
    except workflow.Refused as refused:
        return str(refused)
    return None


def _act(act: str, segment: Segment, *, by: User, revisions: Revisions, **options: Any) -> Event:
    # Read and computed before the transaction: the aligner may take seconds, and other writers
    # must not wait for it.
    fresh = Segment.objects.filter(pk=segment.pk).first()
    if fresh is None:
        raise workflow.Stale(segment)
    if revisions.get(fresh.pk) != fresh.revision:
        raise workflow.Stale(fresh)
    workflow.check(MOVE, by, fresh)
    grouping = propose(act, fresh, **options)
    return apply_grouping(segment.article, grouping, by=by, revisions=revisions)


def _preview(grouping: Grouping, article: Article) -> Preview:
    plan = make_plan(article, grouping)
    flags: dict[int, list[Flag]] = defaultdict(list)
    for flag, k in plan.records.flags:
        flags[k].append(flag)
    corrections: dict[int, list[Correction]] = defaultdict(list)
    for correction, k in plan.records.corrections:
        corrections[k].append(correction)
    unchanged = len(plan.news)
    # By identity: a row without a key cannot be hashed.
    number = {id(new): k for k, new in enumerate(plan.news)}
    after = []
    for row in plan.rows:
        k = number.get(id(row), unchanged)
        after.append(PreviewSegment(row, k != unchanged, flags[k], corrections[k]))
    revisions = {old.pk: old.revision for old in plan.olds}
    return Preview(list(grouping.window), after, revisions)


# ── the beads of each operation ──────────────────────────────────────────────


def propose(act: str, segment: Segment, **options: Any) -> Grouping:
    """Return the window and the beads of an operation.

    Raise Refused with the reason when there are none, KeyError for an unknown operation.
    """
    return PROPOSALS[act](segment, **options)


def _merge(segment: Segment) -> Grouping:
    following = _neighbour(segment, 1)
    if following is None:
        raise workflow.Refused(_("There is no next segment to merge with."))
    source = _joined_range(segment, following, "source")
    target = _joined_range(segment, following, "target")
    return Grouping("merge", [segment, following], [_sure_bead(source, target)])


def _split(
    segment: Segment, source_at: int | None = None, target_at: int | None = None
) -> Grouping:
    """Return the cheapest split near the given places of both texts. Raise Refused for none."""
    source_gaps = _gaps(segment, "source")
    target_gaps = _gaps(segment, "target")
    last = len(source_gaps) + len(target_gaps) - 2
    choices = []
    for i in range(len(source_gaps)):
        for j in range(len(target_gaps)):
            # Both at the beginning, or both at the end, would leave one part without sentences.
            if 0 < i + j < last:
                cost = _cost(source_gaps, i, source_at, other=_share(target_gaps, j))
                cost += _cost(target_gaps, j, target_at, other=_share(source_gaps, i))
                choices.append((cost, i, j))
    if not choices:
        raise workflow.Refused(_("There is only one sentence here; nothing to split."))
    _lowest, i, j = min(choices)
    source_start, source_end = sentence_range(segment, "source")
    target_start, target_end = sentence_range(segment, "target")
    source_cut = source_start + i
    target_cut = target_start + j
    first = _sure_bead((source_start, source_cut), (target_start, target_cut))
    second = _sure_bead((source_cut, source_end), (target_cut, target_end))
    return Grouping("split", [segment], [first, second])


def _gaps(segment: Segment, side: str) -> list[Span]:
    """Return the gaps (code points of the text) where a side can be split, both ends included."""
    offset = getattr(segment, f"{side}_start")
    text = getattr(segment, f"{side}_text")
    sentences = _sentences(segment.article, side, sentence_range(segment, side))
    if not sentences:
        return [Span(0, 0)]
    inner = [Span(a.end - offset, b.start - offset) for a, b in pairwise(sentences)]
    return [Span(0, 0), *inner, Span(len(text), len(text))]


def _share(gaps: Sequence[Span], at: int) -> float:
    """Return the share of the side's text that lies before a gap."""
    length = gaps[-1].end
    return gaps[at].start / length if length else 0.5


def _cost(gaps: Sequence[Span], at: int, caret: int | None, *, other: float) -> float:
    """Return how far a gap is from the caret, in characters.

    Without a caret, from where the ``other`` side's share of text is; the middle decides between
    equal ones.
    """
    gap = gaps[at]
    length = gaps[-1].end
    is_edge = len(gaps) > 2 and at in (0, len(gaps) - 1)
    if caret is None:
        distance = abs(gap.start - length * other) + abs(gap.start - length / 2) / 100
        return distance + is_edge * _EDGE_COST
    distance = max(gap.start - caret, caret - gap.end, 0)
    return distance + (is_edge and distance > 0) * _EDGE_COST


def _shift(segment: Segment, side: str, direction: str) -> Grouping:
    step = {"up": -1, "down": 1}[direction]
    start, end = sentence_range(segment, side)
    if start == end:
        raise workflow.Refused(_("There are no words on this side to move."))
    other = _neighbour_to_shift_to(segment, step)
    first, last = (other, segment) if step < 0 else (segment, other)
    cut = start + 1 if step < 0 else end - 1
    firsts = {each: sentence_range(first, each) for each in SIDES}
    lasts = {each: sentence_range(last, each) for each in SIDES}
    firsts[side] = (firsts[side][0], cut)
    lasts[side] = (cut, lasts[side][1])
    beads = []
    for ranges in (firsts, lasts):
        bead = _sure_bead(ranges["source"], ranges["target"])
        if not _is_empty(bead):
            beads.append(bead)
    return Grouping("shift", [first, last], beads)


def _neighbour_to_shift_to(segment: Segment, step: int) -> Segment:
    other = _neighbour(segment, step)
    if other is not None:
        return other
    if step < 0:
        raise workflow.Refused(_("There is no segment before this one."))
    raise workflow.Refused(_("There is no segment after this one."))


def _align_again(segment: Segment) -> Grouping:
    """Return the new alignment from the segment on. Raise Refused where it is as it was."""
    window = _stretch_from(segment)
    article = segment.article
    source_range = _joined_range(window[0], window[-1], "source")
    target_range = _joined_range(window[0], window[-1], "target")
    # The stored sentences, not split anew: their numbers are what segments refer to, also after the
    # rules of the segmenter changed.
    source = _sentences(article, "source", source_range)
    target = _sentences(article, "target", target_range)
    align_them = partial(
        align,
        source,
        target,
        source_language=article.source.language,
        target_language=article.target.language,
    )
    try:
        aligned = align_them(encoder=usable_encoder())
    except (NoCheckProcess, TookTooLong):  # lengths, numbers and names still say much
        aligned = align_them(encoder=None)
    # The aligner counts from the beginning of the stretch, segments from that of the document.
    beads = []
    for bead in merge_additions(aligned, target, article.target.text):
        in_source = _moved(bead.source, source_range[0])
        in_target = _moved(bead.target, target_range[0])
        beads.append(Bead(in_source, in_target, bead.score))
    return _trimmed(Grouping("align_again", window, beads))


def _stretch_from(segment: Segment) -> list[Segment]:
    """Return the segment and those after it, up to the next that is confirmed."""
    corrected = Correction.objects.filter(
        segment=OuterRef("pk"),
        status__in=[Correction.Status.SUBMITTED, Correction.Status.APPROVED],
    )
    confirmed = Q(status__in=[Segment.Status.WAITING, Segment.Status.DONE]) | Exists(corrected)
    after = segment.article.segments.filter(position__gte=segment.position).order_by("position")
    end = after.filter(confirmed).values_list("position", flat=True).first()
    if end == segment.position:
        raise workflow.Refused(
            _("This segment is done or has a correction; realign from a later one.")
        )
    if end is not None:
        after = after.filter(position__lt=end)
    return list(after)


def _trimmed(grouping: Grouping) -> Grouping:
    """Return the grouping without what stays at both ends. Raise Refused where all stays."""
    # What stays as it is must not count as changed: it would get a new revision, and its findings
    # would be found anew.
    head = _unchanged_count(grouping.window, grouping.beads)
    window = grouping.window[head:]
    beads = grouping.beads[head:]
    tail = _unchanged_count(window[::-1], beads[::-1])
    window = window[: len(window) - tail]
    beads = beads[: len(beads) - tail]
    if not window:
        raise workflow.Refused(_("Realigning changes nothing here."))
    return Grouping(grouping.act, window, beads)


def _unchanged_count(segments: Sequence[Segment], beads: Sequence[Bead]) -> int:
    """Return how many segments from the first on have the same sentences as the beads."""
    count = 0
    for segment, bead in zip(segments, beads, strict=False):
        if group_key(segment) != group_key(bead):
            break
        count += 1
    return count


PROPOSALS: dict[str, Callable[..., Grouping]] = {
    "merge": _merge,
    "split": _split,
    "shift": _shift,
    "align_again": _align_again,
}


# ── undoing ──────────────────────────────────────────────────────────────────


def _undo_grouping(article: Article, event: Event | None) -> Grouping:
    """Return the beads before the event, for the segments that were made by it.

    Raise Refused where these segments have changed since.
    """
    chosen = _event_to_undo(article, event)
    beads = []
    ids = {}
    for pk, source_from, source_to, target_from, target_to, score in chosen.details["was"]:
        bead = Bead((source_from, source_to), (target_from, target_to), score)
        beads.append(bead)
        ids[group_key(bead)] = pk
    made: list[Key] = []
    for _pk, source_from, source_to, target_from, target_to, _score in chosen.details["now"]:
        made.append(((source_from, source_to), (target_from, target_to)))
    window = _window_like(article, made)
    if [group_key(segment) for segment in window] != made:
        raise workflow.Refused(
            _("The alignment was changed again since; this can no longer be undone.")
        )
    undo_record = chosen.details["memo"]
    return Grouping("undo", window, beads, undo_record=undo_record, ids=ids, undoes=chosen.pk)


def _event_to_undo(article: Article, event: Event | None) -> Event:
    """Return the last realignment that is not undone, or ``event`` if it is not. Raise Refused."""
    past = article.events.filter(act__in=[Event.Act.REALIGNED, Event.Act.REIMPORTED])
    # Without the undo records, which are long.
    heads = past.order_by("-id").values_list("pk", "act", "details__undoes")
    # A new version of a document has new sentences: nothing before it can be undone.
    recent = list(takewhile(lambda head: head[1] == Event.Act.REALIGNED, heads))
    undone = {undoes for _pk, _act, undoes in recent}
    for pk, _act, undoes in recent:
        can_be_undone = undoes is None and pk not in undone
        if can_be_undone and (event is None or pk == event.pk):
            found: Event = Event.objects.get(pk=pk)
            return found
    raise workflow.Refused(_("There is no change of alignment to undo."))


def _window_like(article: Article, keys: Sequence[Key]) -> list[Segment]:
    """Return as many segments as there are keys, from the one that begins where the first does."""
    source, target = keys[0]
    begins = article.segments.filter(source_from=source[0], target_from=target[0])
    first = begins.order_by("position").first()
    if first is None:
        return []
    end = first.position + len(keys)
    window = article.segments.filter(position__gte=first.position, position__lt=end)
    return list(window.order_by("position"))


# ── ranges and sentences ─────────────────────────────────────────────────────


def _sure_bead(source: Range, target: Range) -> Bead:
    """Return a bead that a person made, which is certain."""
    return Bead(source, target, 1.0)


def _is_empty(bead: Bead) -> bool:
    return bead.source[0] == bead.source[1] and bead.target[0] == bead.target[1]


def _moved(chosen: Range, offset: int) -> Range:
    return chosen[0] + offset, chosen[1] + offset


def _joined_range(first: Segment, last: Segment, side: str) -> Range:
    start = sentence_range(first, side)[0]
    end = sentence_range(last, side)[1]
    return start, end


def _neighbour(segment: Segment, step: int) -> Segment | None:
    return segment.article.segments.filter(position=segment.position + step).first()


def _sentences(article: Article, side: str, chosen: Range) -> list[TextSentence]:
    """Return the stored sentences at these positions of a document."""
    document = getattr(article, side)
    start, end = chosen
    rows = document.sentences.filter(position__gte=start, position__lt=end)
    found = []
    for row in rows.order_by("position"):
        words = document.text[row.start : row.end]
        found.append(TextSentence(row.start, row.end, words, row.paragraph))
    return found
