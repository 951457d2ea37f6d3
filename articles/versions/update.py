"""Put the segments of a newer version of an article in the place of those that it has.

A segment with the same words keeps its review. Where one side's words changed, flags move with
their words, and what was approved for other words is no longer in force. Work on a segment both of
whose sides changed, or that is gone, is never deleted: the segment moves to a hidden earlier
version of the article with its work (``UnplacedSegment``), and a person carries it over or puts it
away (unplaced.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from articles.models import (
    Article,
    Correction,
    Document,
    Finding,
    Flag,
    Segment,
    UnplacedSegment,
    Verdict,
)
from articles.text.document import spaced
from articles.text.spans import locate, map_offset
from articles.text.thresholds import SIMILAR_SEGMENT

BATCH = 500
"""Rows that are stored by one statement."""
_NEIGHBOURHOOD = 100
"""Segments before and after its old place among which the one most like an old one is looked for:
an update moves sentences by paragraphs, not by pages."""
_REUSED_FIELDS = (
    "position", "source_from", "source_to", "target_from", "target_to", "source_start",
    "source_end", "target_start", "target_end", "source_text", "target_text", "score", "status",
    "revision", "checked",
)  # fmt: skip
_MOVED_FLAG_FIELDS = (
    "segment", "source_quote", "source_start", "source_end", "target_quote", "target_start",
    "target_end", "caret", "needs_locating",
)  # fmt: skip
_COMPARED_FIELDS = ("pk", "position", "source_text", "target_text", "status", "revision")
Match = Literal["both", "source", "target"]
"""On which side, or on both, a segment has the same words as an earlier one."""


@dataclass
class Comparison:
    """What becomes of the segments of an earlier version.

    ``earlier`` are all of them. ``matches`` has for numbers of new rows the earlier segment that
    the row continues, and where they agree. ``unplaced`` are earlier segments with work that fits
    no row, each with the number of the row that is most like it, or None. ``gone`` are those
    without work.
    """

    earlier: Sequence[Segment]
    matches: dict[int, tuple[Segment, Match]]
    unplaced: list[tuple[Segment, int | None]] = field(default_factory=list)
    gone: list[Segment] = field(default_factory=list)

    def counts(self, rows: Sequence[Segment]) -> dict[str, int]:
        """Return how many segments are kept, changed, new, removed, and wait for a place."""
        kept = sum(match == "both" for _segment, match in self.matches.values())
        return {
            "kept": kept,
            "changed": len(self.matches) - kept,
            "new": len(rows) - len(self.matches),
            "removed": len(self.gone),
            "waiting": len(self.unplaced),
        }


def compare_versions(earlier: Sequence[Segment], rows: Sequence[Segment]) -> Comparison:
    """Return what becomes of the ``earlier`` segments when ``rows`` take their place.

    Both are in reading order. Stores nothing.
    """
    comparison = Comparison(earlier, _match_segments(earlier, rows))
    matched = {segment.pk for segment, _match in comparison.matches.values()}
    free = [segment for segment in earlier if segment.pk not in matched]
    worked_on = _with_work(segment.pk for segment in free)
    words = [_words(row) for row in rows] if worked_on else []
    place_of = {segment.pk: place for place, segment in enumerate(earlier)}
    for segment in free:
        if segment.pk in worked_on:
            similar = _most_similar(segment, words, near=place_of[segment.pk])
            comparison.unplaced.append((segment, similar))
        else:
            comparison.gone.append(segment)
    return comparison


def _is_current(comparison: Comparison, article: Article) -> bool:
    """Return whether the segments are as they were compared, with and without work."""
    stored = article.segments.order_by("position").values_list(*_COMPARED_FIELDS)
    compared = attrgetter(*_COMPARED_FIELDS)
    if list(stored) != [compared(segment) for segment in comparison.earlier]:
        return False
    worked_on = {segment.pk for segment, _similar in comparison.unplaced}
    # A draft changes no segment, and is work all the same.
    return _with_work([*worked_on, *(segment.pk for segment in comparison.gone)]) == worked_on


def _with_work(keys: Iterable[int]) -> set[int]:
    """Return which of the segments somebody has worked on."""
    own = OuterRef("pk")
    decided = Finding.objects.filter(segment=own).exclude(status=Finding.Status.OPEN)
    worked_on = (
        ~Q(status=Segment.Status.TO_REVIEW)
        | Exists(Flag.everything.filter(segment=own))
        | Exists(Correction.objects.filter(segment=own))
        | Exists(Verdict.objects.filter(segment=own))
        | Exists(decided)
    )
    return set(Segment.objects.filter(worked_on, pk__in=list(keys)).values_list("pk", flat=True))


def _words(segment: Segment) -> Counter[str]:
    return Counter(f"{segment.source_text} {segment.target_text}".casefold().split())


def _most_similar(segment: Segment, words: Sequence[Counter[str]], *, near: int) -> int | None:
    """Return the row near its old place that shares most words with the segment.

    The measure is Dice's coefficient of the words of both sides. None where it is too low.
    """
    own = _words(segment)
    best: int | None = None
    highest = SIMILAR_SEGMENT
    for number in range(max(0, near - _NEIGHBOURHOOD), min(len(words), near + _NEIGHBOURHOOD)):
        other = words[number]
        shared = (own & other).total()
        likeness = 2 * shared / max(1, own.total() + other.total())
        if likeness >= highest:
            best = number
            highest = likeness
    return best


def replace_segments(
    article: Article,
    rows: Sequence[Segment],
    comparison: Comparison,
    *,
    documents: tuple[Document, Document],
) -> dict[str, int]:
    """Put ``rows`` in the place of the article's segments; ``documents`` are its earlier ones.

    The comparison is made before the transaction, and anew where somebody has worked on the
    article since. Returns the counts of the comparison. Only inside a transaction.
    """
    # Anew only where somebody has worked on it since: nobody else saves meanwhile
    # (docs/decisions/0061).
    if not _is_current(comparison, article):
        comparison = compare_versions(list(article.segments.order_by("position")), rows)
    # Positions are unique: those of the old segments make room for the new ones.
    article.segments.update(position=-F("position"))
    # Asked at once, for most segments have none (docs/decisions/0061).
    marked = _with_marks(segment.pk for segment, _match in comparison.matches.values())
    reused: list[Segment] = []
    new: list[Segment] = []
    for number, row in enumerate(rows):
        if number not in comparison.matches:
            new.append(row)
            continue
        segment, match = comparison.matches[number]
        row.pk = segment.pk
        row.status = segment.status
        row.revision = segment.revision
        if match != "both":
            _carry_review_over(row, segment, has_marks=segment.pk in marked)
        elif segment.pk in marked and _texts(row) != _texts(segment):
            # Other blanks or line breaks between the same words.
            move_flags(segment, row, target_before=segment.target_text)
        reused.append(row)
    _keep_unplaced(article, comparison, documents)
    Segment.objects.filter(pk__in=[segment.pk for segment in comparison.gone]).delete()
    _update_segments(reused)
    Segment.objects.bulk_create(new, batch_size=BATCH)
    _suggest_places(article, comparison, rows)
    return comparison.counts(rows)


def _update_segments(rows: Sequence[Segment]) -> None:
    """Write the rows over the stored segments of the same ids.

    By the driver's own executemany: everybody else waits for this transaction, and bulk_update
    takes seconds for what this does in hundredths of one.
    """
    quote = connection.ops.quote_name
    names = ", ".join(f"{quote(name)} = %s" for name in _REUSED_FIELDS)
    # S608: our own names.
    statement = f"UPDATE {quote(Segment._meta.db_table)} SET {names} WHERE id = %s"  # noqa: S608
    read = attrgetter(*_REUSED_FIELDS, "pk")
    with connection.cursor() as cursor:
        cursor.executemany(statement, [read(row) for row in rows])


def _keep_unplaced(
    article: Article, comparison: Comparison, documents: tuple[Document, Document]
) -> None:
    """Move the segments whose work has no place to an earlier version of the article."""
    if not comparison.unplaced:
        return
    hidden = Article.everything.create(
        title=article.title,
        team=article.team,
        source=documents[0],
        target=documents[1],
        digest="",
        ready=False,
        earlier_of=article,
    )
    keys = [segment.pk for segment, _similar in comparison.unplaced]
    # Their positions were made negative above, to make room.
    Segment.objects.filter(pk__in=keys).update(article=hidden, position=-F("position"))
    UnplacedSegment.objects.bulk_create(
        [UnplacedSegment(article=article, segment_id=key) for key in keys], batch_size=BATCH
    )


def _suggest_places(article: Article, comparison: Comparison, rows: Sequence[Segment]) -> None:
    """Store which segment is most like each one that waits; new rows have their keys by now."""
    similar = {segment.pk: number for segment, number in comparison.unplaced}
    waiting = list(UnplacedSegment.objects.filter(article=article, segment__in=similar))
    for row in waiting:
        number = similar[row.segment_id]
        if number is not None:
            row.suggestion = rows[number]
    UnplacedSegment.objects.bulk_update(waiting, ["suggestion"], batch_size=BATCH)


def _match_segments(
    earlier: Sequence[Segment], rows: Sequence[Segment]
) -> dict[int, tuple[Segment, Match]]:
    """Return for row numbers the earlier segment that the row continues, and where they agree.

    Segments with the same words on both sides are matched first, then those with one side. Blanks
    and line breaks are no words.
    """
    matches: dict[int, tuple[Segment, Match]] = {}
    used: set[int] = set()
    keys: dict[Match, Callable[[Segment], str | tuple[str, str]]] = {
        "both": lambda segment: (spaced(segment.source_text), spaced(segment.target_text)),
        "source": lambda segment: spaced(segment.source_text),
        "target": lambda segment: spaced(segment.target_text),
    }
    for match, key in keys.items():
        free = _group_by(key, (segment for segment in earlier if segment.pk not in used))
        for number, row in enumerate(rows):
            same = free.get(key(row))
            # An empty side is no words: two omissions are not the same segment for that.
            if number in matches or not key(row) or not same:
                continue
            segment = same.popleft()
            used.add(segment.pk)
            matches[number] = (segment, match)
    return matches


def _texts(segment: Segment) -> tuple[str, str]:
    return segment.source_text, segment.target_text


def _group_by(
    key: Callable[[Segment], str | tuple[str, str]], segments: Iterable[Segment]
) -> dict[str | tuple[str, str], deque[Segment]]:
    groups: dict[str | tuple[str, str], deque[Segment]] = defaultdict(deque)
    for segment in segments:
        groups[key(segment)].append(segment)
    return groups


# ── records that move to other words ─────────────────────────────────────────


def _with_marks(keys: Iterable[int]) -> set[int]:
    """Return which of the segments have flags or corrections."""
    chosen = list(keys)
    marked: set[int] = set()
    for model in (Flag.everything, Correction.objects):
        marked.update(model.filter(segment__in=chosen).values_list("segment", flat=True))
    return marked


def _carry_review_over(segment: Segment, earlier: Segment, *, has_marks: bool) -> None:
    """Carry flags and corrections over to a segment one of whose texts changed.

    It is open for review again.
    """
    open_flags = 0
    if has_marks:
        open_flags = move_flags(earlier, segment, target_before=earlier.target_text)
        _end_corrections(segment, earlier)
    segment.status = Segment.Status.TO_REVIEW
    if open_flags:
        segment.status = Segment.Status.FLAGGED
    # Whoever has the earlier words before them must find their write stale.
    segment.revision += 1


def _end_corrections(segment: Segment, earlier: Segment) -> None:
    """Make drafts of corrections that wait; one of other words is no longer in force."""
    for waiting in segment.corrections.filter(status=Correction.Status.SUBMITTED):
        make_draft(waiting)
    # An approval of the same target text stays in force where only the source was changed.
    if spaced(segment.target_text) != spaced(earlier.target_text):
        approved = segment.corrections.filter(status=Correction.Status.APPROVED)
        approved.update(status=Correction.Status.REPLACED)


def move_flags(earlier: Segment, segment: Segment, *, target_before: str) -> int:
    """Move the flags of ``earlier`` to ``segment``, whose words are others.

    Return how many of them are open.
    """
    open_flags = 0
    for flag in Flag.everything.filter(segment=earlier.pk):
        flag.segment = segment
        if flag.status != Flag.Status.REMOVED:
            reanchor_flag(flag, segment, target_before=target_before)
        # Not ``updated_at``: by it exports as of a time tell when a flag was closed or removed.
        flag.save(update_fields=_MOVED_FLAG_FIELDS)
        if flag.status == Flag.Status.OPEN:
            open_flags += 1
    return open_flags


def make_draft(correction: Correction) -> None:
    """Make a waiting correction its author's draft again.

    A draft that the author has there already takes its words in: no one has two in a segment.
    """
    drafts = Correction.objects.filter(
        segment=correction.segment_id, author=correction.author_id, status=Correction.Status.DRAFT
    )
    draft = drafts.exclude(pk=correction.pk).first()
    if draft is not None:
        correction.text = f"{draft.text}\n{correction.text}"
        draft.delete()
    correction.status = Correction.Status.DRAFT
    correction.submitted_at = None
    correction.clear_claim()
    correction.save()


def reanchor_flag(flag: Flag, segment: Segment, *, target_before: str) -> None:
    """Find the words that the flag quotes in the segment's texts again (unsaved).

    Where they are gone, the flag needs locating.
    """
    found_source = _reanchor_side(flag, "source", segment.source_text)
    found_target = _reanchor_side(flag, "target", segment.target_text)
    if flag.caret is not None:
        caret = map_offset(flag.caret, target_before, segment.target_text)
        flag.caret = min(caret, len(segment.target_text))
    flag.needs_locating = not (found_source and found_target)


def _reanchor_side(flag: Flag, side: Literal["source", "target"], text: str) -> bool:
    """Locate the flag's words of one side; return whether they are there, or it has none."""
    quote = getattr(flag, f"{side}_quote")
    if not quote:
        return True
    near = getattr(flag, f"{side}_start") or 0
    # Wrapped lines of the earlier text are joined since (docs/decisions/0046): its quotes have the
    # line ends still.
    span = locate(quote, text, near=near) or locate(spaced(quote), text, near=near)
    if span is not None:
        setattr(flag, f"{side}_quote", span.of(text))
    setattr(flag, f"{side}_start", span.start if span else None)
    setattr(flag, f"{side}_end", span.end if span else None)
    return span is not None
