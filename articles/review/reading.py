"""The article as its readers see it: one language alone, in headings, paragraphs and lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from articles.models import Article, Correction, Segment
from articles.text.blocks import ITEMS
from articles.text.diff import Change, redline
from articles.text.document import Span
from articles.text.emphasis import Emphasis
from articles.text.spans import reanchor


class Passage(NamedTuple):
    """The text of one segment: its number, and its words as changes ("same" for those kept).

    ``emphasis`` is that of the words that were not added.
    """

    number: int
    changes: list[Change]
    emphasis: list[Emphasis]


@dataclass
class TextBlock:
    """A heading, a paragraph or a list; ``lines`` are its items, one for all but a list."""

    kind: str
    lines: list[list[Passage]] = field(default_factory=list)


def read_blocks(article: Article, *, side: str, with_changes: bool) -> list[TextBlock]:
    """Return the article's text in one language, "source" or "target".

    The target is the text in force. ``with_changes`` shows what approved corrections and those
    awaiting approval change in the machine's words. Two queries.
    """
    segments = article.segments.with_paragraphs().order_by("position")
    corrections = _corrections(article) if side == "target" else {}
    blocks: list[TextBlock] = []
    for segment in segments:
        changes = _changes(
            segment, side, corrections.get(segment.pk, []), with_changes=with_changes
        )
        if changes:
            emphasis = _kept_emphasis(segment, side, changes)
            _append(blocks, segment, Passage(segment.position, changes, emphasis))
    return blocks


def _append(blocks: list[TextBlock], segment: Segment, passage: Passage) -> None:
    """Add a passage to the line, the list or the text that it goes on, or begin a block."""
    kind = segment.kind
    if blocks and segment.goes_on:
        blocks[-1].lines[-1].append(passage)
    elif blocks and kind in ITEMS and kind == blocks[-1].kind:
        blocks[-1].lines.append([passage])
    else:
        blocks.append(TextBlock(kind, [[passage]]))


def _corrections(article: Article) -> dict[int, list[Correction]]:
    """Return the approved and the waiting corrections by their segment, oldest first."""
    shown = (Correction.Status.APPROVED, Correction.Status.SUBMITTED)
    found: dict[int, list[Correction]] = {}
    for row in Correction.objects.filter(segment__article=article, status__in=shown).order_by("pk"):
        found.setdefault(row.segment_id, []).append(row)
    return found


def _kept_emphasis(segment: Segment, side: str, changes: list[Change]) -> list[Emphasis]:
    """Return the emphasis of a segment; of a text that others took the place of, what is in it."""
    emphasis = segment.emphasis(side)
    before = segment.source_text if side == "source" else segment.target_text
    if not emphasis or len(changes) > 1 or changes[0].text == before:
        return emphasis
    found = []
    for each in emphasis:
        span = Span(max(0, each.start), min(len(before), each.end))
        place = reanchor(span, before, changes[0].text)
        if place is not None:
            found.append(each._replace(start=place.start, end=place.end))
    return found


def _changes(
    segment: Segment, side: str, corrections: list[Correction], *, with_changes: bool
) -> list[Change]:
    """Return the words of a segment in one language; none where it has no such words."""
    text = segment.source_text if side == "source" else segment.target_text
    if with_changes and corrections:
        return redline(text, corrections[-1].text)
    for row in corrections:
        if row.status == Correction.Status.APPROVED:
            text = row.text
    return [Change("same", text)] if text else []
