"""Floor 2: corrections are cut and joined with the segments they belong to, when segments are grouped anew.

All places are those of the documents, which never change. Nothing is written: rows are changed and copied, unsaved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from articles.formats.text.plain import with_spacing
from articles.models import Correction, Segment
from articles.review.workflow import Refused
from articles.text.document import Span, with_replacements
from articles.text.recut import transfer_parts

SIDES = ("source", "target")
C = Correction.Status
Chain = tuple[str, ...]
"""Texts of one old segment, each made from the one before, the first from the machine's."""


def span_of(segment: Segment, side: str) -> Span:
    """Where the segment's side stands in its document."""
    return Span(getattr(segment, f"{side}_start"), getattr(segment, f"{side}_end"))


class SegmentMapping:
    """Which of the ``news`` each of the ``olds`` shares sentences with. Both hold the same sentences, in order."""

    def __init__(self, olds: Sequence[Segment], news: Sequence[Segment], text: str) -> None:
        """``text`` is the target document."""
        self.olds, self.news, self.text = olds, news, text
        self.shared: dict[str, Counter[tuple[int, int]]] = {side: Counter() for side in SIDES}
        for side, shared in self.shared.items():
            now = {at: k for k, new in enumerate(news) for at in _sentences(new, side)}
            shared.update(
                (i, now[at]) for i, old in enumerate(olds) for at in _sentences(old, side)
            )
        self.near: list[list[int]] = [[] for _old in olds]
        self.from_: list[list[int]] = [[] for _new in news]
        for i, k in sorted({*self.shared["source"], *self.shared["target"]}):
            self.near[i].append(k)
            self.from_[k].append(i)

    @cached_property
    def heirs(self) -> list[int]:
        """For each of the olds the new segment with most of its sentences: it has its place in history."""
        return [max(near, key=lambda k: (self.share(i, k), -k)) for i, near in enumerate(self.near)]

    def share(self, i: int, k: int) -> int:
        """How many sentences an old and a new segment have in common."""
        return self.shared["target"][i, k] + self.shared["source"][i, k]

    def parts(self, i: int, *, hollow: bool) -> list[tuple[int, Span]]:
        """The new segments that the target text of an old one goes to, each with its part of it (code points of the
        old text). ``hollow`` gives an empty part to those that have only source sentences: for words put in there."""
        old = span_of(self.olds[i], "target")
        if old.start == old.end:
            empty = [k for k in self.near[i] if not self.news[k].target_text]
            return [([*empty, *self.near[i]][0], Span(0, 0))]
        parts = []
        for k in self.near[i]:
            new = span_of(self.news[k], "target")
            if self.shared["target"][i, k] or (hollow and new.start == new.end):
                start = min(max(new.start, old.start), old.end)
                parts.append(
                    (k, Span(start - old.start, max(start, min(new.end, old.end)) - old.start))
                )
        return parts

    def home(self, i: int, side: str, span: Span) -> int:
        """Of the new segments around an old one, the one that holds most of a span of its document."""

        def held(k: int) -> int:
            new = span_of(self.news[k], side)
            return min(span.end, new.end) - max(span.start, new.start)

        return max(self.near[i], key=held)

    def written(self, segments: Iterable[Segment], texts: Mapping[int, str]) -> str:
        """The stretch of the target document as it goes to print, ``texts`` in the place of the n-th segments."""
        start = max(0, self.news[0].target_start - 2)
        around = self.text[start : self.news[-1].target_end + 2]
        spans = {n: span_of(segment, "target") for n, segment in enumerate(segments) if n in texts}
        repairs = (
            (Span(span.start - start, span.end - start), texts[n]) for n, span in spans.items()
        )
        return with_replacements(around, list(with_spacing(around, repairs)))


def _sentences(segment: Segment, side: str) -> range:
    return range(getattr(segment, f"{side}_from"), getattr(segment, f"{side}_to"))


class DividedCorrections:
    """Corrections of the old segments, cut at the boundaries of the new ones.

    ``placed`` holds each row with the number of its new segment. Rows whose words are in another row now are gone,
    but for approvals: those stay in history as replaced.
    """

    def __init__(
        self, seats: SegmentMapping, corrections: Sequence[tuple[int, Correction]], *, hollow: bool
    ) -> None:
        """``corrections`` come with the numbers of their old segments. Raises Refused where two people's waiting
        corrections would become one."""
        self.seats, self.placed = seats, list[tuple[Correction, int]]()
        self._parts = [seats.parts(i, hollow=hollow) for i in range(len(seats.olds))]
        self._force: dict[int, Chain] = {
            i: (row.before, row.text) for i, row in corrections if row.status == C.APPROVED
        }
        waiting = {
            (i, row.author_id): self._chain(i, row)
            for i, row in corrections
            if row.status == C.SUBMITTED
        }
        layers: dict[Any, dict[int, Correction]] = {}
        for i, row in corrections:
            key = (
                row.status,
                row.author_id if row.status == C.DRAFT else row.pk if row.status in PAST else None,
            )
            layers.setdefault(key, {})[i] = row
        for (status, author), rows in layers.items():
            # A draft beside one's own waiting correction goes on from there, so that it can take its place.
            mine = {
                i: chain
                for (i, person), chain in waiting.items()
                if status == C.DRAFT and person == author
            }
            for i, row in self._cut(status, rows, others=self._force | mine).items():
                row.status = C.REPLACED
                self._cut(C.REPLACED, {i: row}, others=self._force)

    def keeps_approved(self) -> bool:
        """Whether the article goes to print as it did before."""
        old = {i: chain[-1] for i, chain in self._force.items()}
        new = {k: row.text for row, k in self.placed if row.status == C.APPROVED}
        return self.seats.written(self.seats.olds, old) == self.seats.written(self.seats.news, new)

    def _chain(self, i: int, row: Correction) -> Chain:
        force = self._force.get(i, ())
        if row.status != C.APPROVED and force and row.before == force[-1]:
            return (*force, row.text)
        return row.before, row.text

    def _cut(
        self, status: str, rows: dict[int, Correction], *, others: Mapping[int, Chain]
    ) -> dict[int, Correction]:
        """Place rows of one kind, at most one of each old segment; answer the approvals whose words are in another."""
        chains = {i: self._chain(i, row) for i, row in rows.items()}
        left, used, joined = dict(rows), set[int](), set[int]()
        for k in sorted({k for i in rows for k in self.seats.near[i]}):
            before = self._text(k, {**others, **{i: chain[:-1] for i, chain in chains.items()}})
            after = self._text(k, {**others, **chains})
            if after == before and not (
                status == C.APPROVED and after != self.seats.news[k].target_text
            ):
                continue
            mine = self._sayers(k, chains, approved=status == C.APPROVED)
            if status == C.SUBMITTED and len({rows[i].author_id for i in mine}) > 1:
                raise Refused(
                    _("Corrections of two people are waiting here; have one of them decided first.")
                )
            i = next((i for i in mine if i in left), mine[0])
            row = left.pop(i) if i in left else _copy_of(rows[i])
            self._place(row, i, k, before, after)
            used.add(k)
            joined.update(mine)
        if status == C.APPROVED:
            return left
        for i, row in left.items():
            k = self.seats.heirs[i]
            if i not in joined and (
                status in PAST or k not in used
            ):  # it says nothing, and nobody is in its way
                used.add(k)
                self._place(row, i, k, row.before, row.text)
        return {}

    def _sayers(self, k: int, chains: Mapping[int, Chain], *, approved: bool) -> list[int]:
        """The old segments whose texts change something in a new one; for approvals, something of the machine's."""
        near = [i for i in self.seats.from_[k] if i in chains]
        said = []
        for i in near:
            versions = [chains[i], chains[i][:-1]] + [()] * approved
            if len({self._pieces(i, chain).get(k) for chain in versions}) > 1:
                said.append(i)
        return said or near

    def _place(self, row: Correction, i: int, k: int, before: str, after: str) -> None:
        old, new = self.seats.olds[i], self.seats.news[k]
        row.before, row.text = before, after
        if row.base_revision == old.revision:
            row.base_revision = new.revision
        self.placed.append((row, k))

    def _pieces(self, i: int, chain: Chain) -> dict[int, str]:
        """The last text of the chain, cut: new segment → its words."""
        at = self.seats.olds[i].target_text
        spans = [span for _k, span in self._parts[i]]
        for text in chain:
            spans = transfer_parts(at, spans, text) if at else [Span(0, len(text))]
            at = text
        return {
            k: now.of(at) if part.start < part.end else now.of(at).strip()
            for (k, part), now in zip(self._parts[i], spans, strict=True)
        }

    def _text(self, k: int, chains: Mapping[int, Chain]) -> str:
        """What the new segment says when the olds say what their chains end with (the machine's text without one)."""
        new = span_of(self.seats.news[k], "target")
        lead, repairs = "", []
        for i in self.seats.from_[k]:
            at = self.seats.olds[i].target_start
            pieces = self._pieces(i, chains.get(i, ()))
            for part in (part for to, part in self._parts[i] if to == k):
                span, words = Span(at + part.start, at + part.end), pieces[k]
                if span.start == span.end and (new.start == new.end or span.start < new.start):
                    lead += f"{words} " if words else ""
                elif words != span.of(self.seats.text):
                    repairs.append((Span(min(span.start, new.end), min(span.end, new.end)), words))
        if new.start == new.end:
            return lead.rstrip()
        return lead + self._repaired(new, repairs)

    def _repaired(self, new: Span, repairs: Sequence[tuple[Span, str]]) -> str:
        off = list(with_spacing(self.seats.text, repairs))
        over = any(
            span.end > new.end for span, _words in off
        )  # a removal takes the gap after it along: here, before it
        inside = [
            (Span(span.start - new.start, min(span.end, new.end) - new.start), words)
            for span, words in off
        ]
        text = with_replacements(new.of(self.seats.text), inside)
        return text[:-1] if over and text[-1:].isspace() else text


PAST = (C.REJECTED, C.REPLACED)


def _copy_of(row: Correction) -> Correction:
    """The same correction once more, for the other part of its words."""
    twin = copy(row)
    twin.pk, twin._state.adding = None, True
    return twin
