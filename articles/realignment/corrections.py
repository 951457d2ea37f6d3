"""Divide and join corrections when segments are grouped anew.

All offsets are those of the documents, which never change. Nothing is written to the database: rows
are changed and copied in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

from django.utils.translation import gettext as _

from articles.formats.text.plain import with_spacing
from articles.models import Correction, Segment
from articles.review.workflow import Refused
from articles.text.document import Span, with_replacements
from articles.text.recut import transfer_parts

SIDES = ("source", "target")
C = Correction.Status
PAST = (C.REJECTED, C.REPLACED, C.EDITED)
"""Corrections that are only history: any number of them may belong to one segment."""
Chain = tuple[str, ...]
"""Texts of one old segment, each made from the one before, the first from the machine's."""
Layer = tuple[str, int | None]
"""A kind of corrections of which each segment holds one at most."""


def span_of(segment: Segment, side: str) -> Span:
    """Return where the segment's side stands in its document."""
    return Span(getattr(segment, f"{side}_start"), getattr(segment, f"{side}_end"))


class SegmentMapping:
    """Which new segments each old segment shares sentences with.

    Both lists hold the same sentences in the same order. Segments are named by their index: ``i``
    in ``olds``, ``k`` in ``news``. ``text`` is the target document.
    """

    def __init__(self, olds: Sequence[Segment], news: Sequence[Segment], text: str) -> None:
        self.olds = olds
        self.news = news
        self.text = text
        self.shared = {side: _shared_sentences(olds, news, side) for side in SIDES}
        self.news_of: list[list[int]] = [[] for _old in olds]
        self.olds_of: list[list[int]] = [[] for _new in news]
        for i, k in self.pairs:
            self.news_of[i].append(k)
            self.olds_of[k].append(i)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs (i, k) that have a sentence in common, in order."""
        return sorted({*self.shared["source"], *self.shared["target"]})

    @cached_property
    def successors(self) -> list[int]:
        """For each old segment the new one with most of its sentences: its history goes there."""
        return [self._successor(i) for i in range(len(self.olds))]

    def _successor(self, i: int) -> int:
        return max(self.news_of[i], key=lambda k: (self.share(i, k), -k))

    def share(self, i: int, k: int) -> int:
        """Return how many sentences an old and a new segment have in common."""
        return self.shared["target"][i, k] + self.shared["source"][i, k]

    def parts(self, i: int, *, empty_parts: bool) -> dict[int, Span]:
        """Return the new segments that an old one's target text goes to, each with its part of it.

        A part is a span of the old text. With ``empty_parts`` new segments that have only source
        sentences get an empty part, for words that a correction puts there.
        """
        old = span_of(self.olds[i], "target")
        if old.start == old.end:
            # The words that repair an omission belong beside the source words that were omitted.
            without_words = [k for k in self.news_of[i] if not self.news[k].target_text]
            return {(without_words or self.news_of[i])[0]: Span(0, 0)}
        parts = {}
        for k in self.news_of[i]:
            new = span_of(self.news[k], "target")
            is_empty = new.start == new.end
            if self.shared["target"][i, k] or (empty_parts and is_empty):
                parts[k] = _overlap(old, new)
        return parts

    def best_match(self, i: int, side: str, span: Span) -> int:
        """Return which new segment of an old one holds most of a span of the document."""

        def held(k: int) -> int:
            new = span_of(self.news[k], side)
            return min(span.end, new.end) - max(span.start, new.start)

        return max(self.news_of[i], key=held)

    def exported_text(self, segments: Iterable[Segment], texts: Mapping[int, str]) -> str:
        """Return these segments' stretch of the target document as it would be exported.

        ``texts`` maps the index of a segment to the text that takes its place.
        """
        # Two characters around, for a removal takes a gap beside it along.
        start = max(0, self.news[0].target_start - 2)
        around = self.text[start : self.news[-1].target_end + 2]
        repairs = []
        for n, segment in enumerate(segments):
            if n in texts:
                span = span_of(segment, "target")
                repairs.append((Span(span.start - start, span.end - start), texts[n]))
        return with_replacements(around, list(with_spacing(around, repairs)))


def _shared_sentences(
    olds: Sequence[Segment], news: Sequence[Segment], side: str
) -> Counter[tuple[int, int]]:
    """Return (i, k) → how many sentences of one side they have in common."""
    new_of = {}
    for k, new in enumerate(news):
        for at in _sentences(new, side):
            new_of[at] = k
    shared: Counter[tuple[int, int]] = Counter()
    for i, old in enumerate(olds):
        for at in _sentences(old, side):
            shared[i, new_of[at]] += 1
    return shared


def _sentences(segment: Segment, side: str) -> range:
    return range(getattr(segment, f"{side}_from"), getattr(segment, f"{side}_to"))


def _overlap(old: Span, new: Span) -> Span:
    """Return the part of ``old`` that ``new`` covers, counted from the start of ``old``."""
    start = min(max(new.start, old.start), old.end)
    end = max(start, min(new.end, old.end))
    return Span(start - old.start, end - old.start)


class DividedCorrections:
    """Corrections of the old segments, divided at the boundaries of the new ones.

    ``placed`` holds each row with the index of its new segment. A row whose words are in another
    row now is gone, but for an approval: that stays in history as replaced.
    """

    def __init__(
        self,
        mapping: SegmentMapping,
        corrections: Sequence[tuple[int, Correction]],
        *,
        empty_parts: bool,
    ) -> None:
        """Divide the ``corrections``, which come with the indexes of their old segments.

        Raise Refused where the waiting corrections of two people fall into one segment.
        """
        self.mapping = mapping
        self.placed: list[tuple[Correction, int]] = []
        indexes = range(len(mapping.olds))
        self._parts = [mapping.parts(i, empty_parts=empty_parts) for i in indexes]
        self._approved: dict[int, Chain] = {}
        for i, row in corrections:
            if row.status == C.APPROVED:
                self._approved[i] = (row.before, row.text)
        # Read before any row is divided: a division changes the texts of its row.
        self._waiting: dict[tuple[int, int], Chain] = {}
        for i, row in corrections:
            if row.status == C.SUBMITTED:
                self._waiting[i, row.author_id] = self._chain(i, row)
        for (status, owner), rows in _layers(corrections).items():
            others = self._approved
            if status == C.DRAFT:
                # A draft beside one's own waiting correction is made from it, and may replace it.
                others = others | self._waiting_of(owner)
            replaced = self._divide(status, rows, others=others)
            for i, row in replaced.items():
                row.status = C.REPLACED
                self._divide(C.REPLACED, {i: row}, others=self._approved)

    def keeps_approved(self) -> bool:
        """Return whether the article is exported as it was before."""
        old = {i: chain[-1] for i, chain in self._approved.items()}
        new = {k: row.text for row, k in self.placed if row.status == C.APPROVED}
        before = self.mapping.exported_text(self.mapping.olds, old)
        return before == self.mapping.exported_text(self.mapping.news, new)

    def _waiting_of(self, author: int | None) -> dict[int, Chain]:
        return {i: chain for (i, person), chain in self._waiting.items() if person == author}

    def _chain(self, i: int, row: Correction) -> Chain:
        """Return the texts from the machine's to the correction's, without the machine's."""
        approved = self._approved.get(i, ())
        if row.status != C.APPROVED and approved and row.before == approved[-1]:
            return (*approved, row.text)
        return row.before, row.text

    def _divide(
        self, status: str, rows: Mapping[int, Correction], *, others: Mapping[int, Chain]
    ) -> dict[int, Correction]:
        """Place the rows of one layer; return the approvals whose words are in another row now."""
        chains = {i: self._chain(i, row) for i, row in rows.items()}
        before_chains = {**others, **{i: chain[:-1] for i, chain in chains.items()}}
        after_chains = {**others, **chains}
        left = dict(rows)
        used: set[int] = set()
        joined: set[int] = set()
        for k in self._news_around(rows):
            before = self._text(k, before_chains)
            after = self._text(k, after_chains)
            # Nothing to decide on in this segment. An approved text counts all the same where it is
            # not the machine's: it is exported.
            if after == before and not self._is_approved_text(status, k, after):
                continue
            contributors = self._contributors(k, chains, status)
            _check_one_author(status, [rows[i] for i in contributors])
            i, row = _take_row(contributors, rows, left)
            self._place(row, i, k, before, after)
            used.add(k)
            joined.update(contributors)
        if status == C.APPROVED:
            return left
        self._place_unchanged(status, left, used=used, joined=joined)
        return {}

    def _news_around(self, indexes: Iterable[int]) -> list[int]:
        found: set[int] = set()
        for i in indexes:
            found.update(self.mapping.news_of[i])
        return sorted(found)

    def _is_approved_text(self, status: str, k: int, text: str) -> bool:
        """Return whether the text is an approved one that differs from the machine's."""
        return status == C.APPROVED and text != self.mapping.news[k].target_text

    def _contributors(self, k: int, chains: Mapping[int, Chain], status: str) -> list[int]:
        """Return the old segments whose chains change something in a new one.

        For approvals, something of the machine's text counts too. Where none changes anything,
        return all that have a chain.
        """
        near = []
        changing = []
        for i in self.mapping.olds_of[k]:
            if i not in chains:
                continue
            near.append(i)
            if self._changes(i, k, chains[i], status):
                changing.append(i)
        return changing or near

    def _changes(self, i: int, k: int, chain: Chain, status: str) -> bool:
        """Return whether the last text of the chain, or any for an approval, is new in its part."""
        words = {self._pieces(i, chain).get(k), self._pieces(i, chain[:-1]).get(k)}
        if status == C.APPROVED:
            words.add(self._pieces(i, ()).get(k))
        return len(words) > 1

    def _place_unchanged(
        self,
        status: str,
        rows: Mapping[int, Correction],
        *,
        used: set[int],
        joined: Collection[int],
    ) -> None:
        """Place the rows that change nothing at their segment's successor, unless one is there."""
        for i, row in rows.items():
            k = self.mapping.successors[i]
            is_free = status in PAST or k not in used
            if i not in joined and is_free:
                used.add(k)
                self._place(row, i, k, row.before, row.text)

    def _place(self, row: Correction, i: int, k: int, before: str, after: str) -> None:
        row.before = before
        row.text = after
        # A correction of the segment as it was is one of the segment as it is.
        if row.base_revision == self.mapping.olds[i].revision:
            row.base_revision = self.mapping.news[k].revision
        self.placed.append((row, k))

    def _pieces(self, i: int, chain: Chain) -> dict[int, str]:
        """Return new segment → its words in the last text of the chain."""
        text = self.mapping.olds[i].target_text
        parts = self._parts[i]
        spans = list(parts.values())
        for following in chain:
            whole = [Span(0, len(following))]
            spans = transfer_parts(text, spans, following) if text else whole
            text = following
        pieces = {}
        for (k, part), span in zip(parts.items(), spans, strict=True):
            words = span.of(text)
            # Words put into an empty part stand alone there: the blanks around them are no gap.
            pieces[k] = words if part.start < part.end else words.strip()
        return pieces

    def _text(self, k: int, chains: Mapping[int, Chain]) -> str:
        """Return the new segment's text when each old segment's is the last of its chain.

        An old segment without a chain has the machine's text.
        """
        new = span_of(self.mapping.news[k], "target")
        is_empty = new.start == new.end
        lead = ""
        repairs = []
        for i in self.mapping.olds_of[k]:
            part = self._parts[i].get(k)
            if part is None:
                continue
            words = self._pieces(i, chains.get(i, ()))[k]
            start = self.mapping.olds[i].target_start
            span = Span(start + part.start, start + part.end)
            # Words for a place before the segment's own have nowhere to stand among these: they
            # lead.
            if part.start == part.end and (is_empty or span.start < new.start):
                lead += f"{words} " if words else ""
            elif words != span.of(self.mapping.text):
                repairs.append((Span(min(span.start, new.end), min(span.end, new.end)), words))
        if is_empty:
            return lead.rstrip()
        return lead + self._repaired(new, repairs)

    def _repaired(self, new: Span, repairs: Sequence[tuple[Span, str]]) -> str:
        """Return the text under the span of the document, with the repairs in it."""
        runs_over = False
        inside = []
        for span, words in with_spacing(self.mapping.text, repairs):
            runs_over = runs_over or span.end > new.end
            within = Span(span.start - new.start, min(span.end, new.end) - new.start)
            inside.append((within, words))
        text = with_replacements(new.of(self.mapping.text), inside)
        # A removal takes the gap after it along. That gap is not in here: the one before it goes.
        if runs_over and text[-1:].isspace():
            return text[:-1]
        return text


def _layers(
    corrections: Iterable[tuple[int, Correction]],
) -> dict[Layer, dict[int, Correction]]:
    """Return the corrections by layer, each with the index of its old segment.

    Drafts are a layer for each author; each past correction is a layer of its own.
    """
    layers: dict[Layer, dict[int, Correction]] = {}
    for i, row in corrections:
        owner = None
        if row.status == C.DRAFT:
            owner = row.author_id
        elif row.status in PAST:
            owner = row.pk
        layers.setdefault((row.status, owner), {})[i] = row
    return layers


def _check_one_author(status: str, rows: Iterable[Correction]) -> None:
    """Raise Refused where the waiting corrections of two people fall into one segment."""
    authors = {row.author_id for row in rows}
    if status == C.SUBMITTED and len(authors) > 1:
        raise Refused(
            _(
                "Corrections by two people are awaiting approval here; one of them has to be "
                "decided first."
            )
        )


def _take_row(
    contributors: Sequence[int], rows: Mapping[int, Correction], left: dict[int, Correction]
) -> tuple[int, Correction]:
    """Return the first contributor whose row is not placed, with that row; else a copy of a row."""
    for i in contributors:
        if i in left:
            return i, left.pop(i)
    first = contributors[0]
    return first, _copy_of(rows[first])


def _copy_of(row: Correction) -> Correction:
    """Return an unsaved copy of the correction, for the other part of its words."""
    duplicate = copy(row)
    duplicate.pk = None
    # As Django's documentation copies an instance ("Copying model instances").
    duplicate._state.adding = True
    return duplicate
