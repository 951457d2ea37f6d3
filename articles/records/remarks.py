"""Store what people wrote into the margin of a document as remarks on the article's segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction

from articles.formats import interchange
from articles.formats.interchange import Remark
from articles.models import Article, Segment
from articles.records.deserialize import store_reviews
from articles.records.people import People
from articles.text.document import Span

Side = Literal["source", "target"]


def store_remarks(
    article: Article, remarks: dict[Side, Sequence[Remark]], *, by: User | None, file: str
) -> int:
    """Store the remarks on the texts of a new article as neutral flags, each on its words.

    ``by`` is who brings the ``file`` of that name. Returns how many were left out because nobody
    here could answer for them.
    """
    if not any(remarks.values()):
        return 0
    rows = list(article.segments.order_by("position"))
    people = People(by, file, team=article.team)
    flags: list[list[interchange.Flag]] = [[] for _row in rows]
    for side, found in remarks.items():
        ends = [getattr(row, f"{side}_end") for row in rows]
        for remark in found:
            number = min(_first_after(ends, remark.span.start), len(rows) - 1)
            flags[number].append(_flag(rows[number], side, remark))
    recorded = []
    for row, own in zip(rows, flags, strict=True):
        segment = interchange.Segment(row.source_text, row.target_text, flags=tuple(own))
        recorded.append(people.without_remarks_of_strangers(segment))
    # Flags, statuses and times of all segments together.
    with transaction.atomic():
        store_reviews(article, recorded, people, after=0)
    return people.remarks_left_out


def _first_after(ends: Sequence[int], at: int) -> int:
    """Return the number of the first segment that ends after ``at``; a side may be out of order."""
    for number, end in enumerate(ends):
        if end > at:
            return number
    return len(ends)


def _flag(row: Segment, side: Side, remark: Remark) -> interchange.Flag:
    """Return the remark as a neutral flag on those of its words that stand in the segment."""
    start = getattr(row, f"{side}_start")
    end = getattr(row, f"{side}_end")
    first = max(remark.span.start, start) - start
    last = min(remark.span.end, end) - start
    flag = interchange.Flag("", "neutral", comment=remark.text, author=remark.author)
    if first >= last:
        return flag
    if side == "source":
        return replace(flag, source_span=Span(first, last))
    return replace(flag, target_span=Span(first, last))
