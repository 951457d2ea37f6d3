"""Add the flags of a file to the article that is here already: a second rater's table, for one.

An article is the same when it has the same words and stands in the same place: under the same
names, or in a file that brings flags, which are about those words (docs/decisions/0064).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.formats import interchange
from articles.models import Article, Event, Flag, Segment, Team
from articles.records.deserialize import build_flag
from articles.records.people import People
from articles.versions.update import reanchor_flag

FlagKey = tuple[Any, ...]
"""What makes a flag this very flag: its segment, its author, what it says and where."""


@dataclass(frozen=True)
class RecordedFlag:
    """A flag of a file with the segment that it is about."""

    position: int
    source: str
    target: str
    flag: interchange.Flag


def find_same_article(
    key: str, names: tuple[str, str], *, team: Team, has_flags: bool
) -> Article | None:
    """Return the team's article with these words that the file is about, None for none.

    ``key`` is the digest of its texts, ``names`` are those of its two documents. A file with flags
    that names no article belongs to the oldest one that has its words.
    """
    same = Article.objects.filter(digest=key, team=team).order_by("id")
    named: Article | None = same.filter(source__name=names[0], target__name=names[1]).first()
    if named is None and has_flags:
        named = same.first()
    return named


def count_new_flags(article: Article, recorded: Sequence[RecordedFlag], people: People) -> int:
    """Return how many of the flags the article does not have; 0 where nobody brings them."""
    # Flags by people without an account need somebody who answers for them.
    if people.importer is None:
        return 0
    known = {_key(flag.segment, flag) for flag in _flags_of(article)}
    new: set[FlagKey] = set()
    for each in recorded:
        row = Segment(position=each.position, source_text=each.source, target_text=each.target)
        new.add(_key(row, build_flag(row, each.flag, people)))
    return len(new - known)


def add_flags(article: Article, brought: Article, people: People) -> int:
    """Move the flags of ``brought``, which has the same words, to the article; return how many.

    Those that it has already stay behind. Only inside a transaction.
    """
    known = {_key(flag.segment, flag) for flag in _flags_of(article)}
    segments = list(article.segments.order_by("position"))
    by_texts = {(row.position, row.source_text, row.target_text): row for row in segments}
    changed: dict[int, Segment] = {}
    added = 0
    for flag in _flags_of(brought):
        if _key(flag.segment, flag) in known:
            continue
        old = flag.segment
        segment = by_texts.get((old.position, old.source_text, old.target_text))
        if segment is None:
            # The article was realigned since: its documents are the same, so places tell.
            segment = _segment_at(segments, old)
            reanchor_flag(flag, segment, target_before=old.target_text)
        flag.segment = segment
        # Its finding is one of the article that goes.
        flag.finding = None
        flag.save()
        added += 1
        if flag.status == Flag.Status.OPEN:
            changed[segment.pk] = segment
    _reopen(changed.values())
    if added:
        Event.objects.record(
            Event.Act.ANNOTATED, article=article, by=people.importer, flags_added=added,
            file=people.file,
        )  # fmt: skip
    return added


def _flags_of(article: Article) -> QuerySet[Flag]:
    flags = Flag.everything.filter(segment__article=article)
    return flags.select_related("segment").order_by("id")


# By the segment's words and not by its id: it is compared with flags of a file, which has none
# (docs/decisions/0064).
def _key(segment: Segment, flag: Flag) -> FlagKey:
    places = (flag.source_start, flag.source_end, flag.target_start, flag.target_end, flag.caret)
    says = (flag.author_id, flag.type, flag.severity, flag.comment)
    return (segment.source_text, segment.target_text, segment.position, *says, *places)


def _segment_at(segments: Sequence[Segment], old: Segment) -> Segment:
    """Return the segment that holds the beginning of the old one's source, or of its target."""
    for segment in segments:
        if segment.source_start <= old.source_start < segment.source_end:
            return segment
    for segment in segments:
        if segment.target_start <= old.target_start < segment.target_end:
            return segment
    return segments[-1]


def _reopen(segments: Iterable[Segment]) -> None:
    """Mark the segments that have an open flag now as flagged; those awaiting approval stay so."""
    rows = []
    for segment in segments:
        segment.revision += 1
        if segment.status != Segment.Status.WAITING:
            segment.status = Segment.Status.FLAGGED
        rows.append(segment)
    Segment.objects.bulk_update(rows, ["status", "revision"])
