"""What changed between two versions of a text, word by word, and joining two people's edits of the same text."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from articles.text.document import Span, with_replacements
from articles.text.tokens import tokens

AUTOJUNK_ABOVE = 2_000_000
"""Comparing this many pairs of equal words takes about a second; above it, very frequent words no longer anchor."""


class Change(NamedTuple):
    """A run of text that both versions have ("same"), only the first ("removed") or only the second ("added")."""

    kind: Literal["same", "removed", "added"]
    text: str


class Edit(NamedTuple):
    """``span`` of the first version became ``text``; an insertion has an empty span, a removal an empty text."""

    span: Span
    text: str


def redline(before: str, after: str) -> list[Change]:
    """The changes from ``before`` to ``after``, in reading order, neighbours of unequal kind.

    The same and removed runs joined are ``before``, the same and added runs joined are ``after``, exactly.
    """
    changes: list[Change] = []
    at = 0
    for span, text in edits(before, after):
        for kind, run in (
            ("same", before[at : span.start]),
            ("removed", span.of(before)),
            ("added", text),
        ):
            if run:
                changes.append(Change(kind, run))  # type: ignore[arg-type]  # one of the three above
        at = span.end
    if at < len(before):
        changes.append(Change("same", before[at:]))
    return changes


def edits(before: str, after: str) -> list[Edit]:
    """What turns ``before`` into ``after``: non-touching edits of whole words, in order."""
    ours, theirs = _words(before), _words(after)
    found: list[Edit] = []
    start, other = 0, 0
    for mine, yours in [*_kept(before, ours, after, theirs), (len(ours), len(theirs))]:
        end = ours[mine].start if mine < len(ours) else len(before)
        other_end = theirs[yours].start if yours < len(theirs) else len(after)
        edit = _trimmed(before, Span(start, end), after[other:other_end])
        if edit.text or edit.span.start < edit.span.end:
            found.append(edit)
        if mine < len(ours):
            start, other = ours[mine].end, theirs[yours].end
    return found


def replacements(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """What was done to ``before``, wherever it was done: each edit's words taken out, and those put in for them."""
    return tuple((span.of(before).strip(), text.strip()) for span, text in edits(before, after))


def merge(base: str, mine: str, theirs: str) -> str | None:
    """``base`` with the edits of both ``mine`` and ``theirs``; None where they overlap or touch: a person must choose.

    The same edit made by both is made once.
    """
    together = sorted({*edits(base, mine), *edits(base, theirs)})
    for first, second in itertools.pairwise(together):
        if second.span.start <= first.span.end:
            return None
    return with_replacements(base, together)


def _words(text: str) -> list[Span]:
    """Spans of words and marks; an accent or a joined emoji is not torn from the character it belongs to."""
    spans: list[Span] = []
    for token in tokens(text):
        first = token.text[0]
        joined = spans and spans[-1].end == token.start
        if joined and (
            unicodedata.category(first)[0] == "M" or "\u200d" in (first, text[token.start - 1])
        ):
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return spans


def _kept(
    before: str, ours: Sequence[Span], after: str, theirs: Sequence[Span]
) -> Iterator[tuple[int, int]]:
    """Indices of the words that stay, in order."""
    a, b = [span.of(before) for span in ours], [span.of(after) for span in theirs]
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    yield from ((i, i) for i in range(head))
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    for i, j, size in _blocks(middle_a, middle_b):
        yield from ((head + i + k, head + j + k) for k in range(size))
    yield from ((len(a) - k, len(b) - k) for k in range(tail, 0, -1))


def _blocks(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    """Runs that stay, as (index in a, index in b, length).

    A short run of little words and marks between two replacements is dropped: "de" kept alone in a rewritten clause
    makes a redline that nobody can read.
    """
    often = Counter(b)
    matcher = SequenceMatcher(None, a, b, autojunk=sum(often[word] for word in a) > AUTOJUNK_ABOVE)
    blocks: list[tuple[int, int, int]] = []
    for operation, i, i_end, j, _ in matcher.get_opcodes():
        if operation == "equal":
            blocks.append((i, j, i_end - i))
    kept: list[tuple[int, int, int]] = []
    ends = [*[(i, j) for i, j, _size in blocks], (len(a), len(b))]
    for (i, j, size), (next_i, next_j) in zip(blocks, ends[1:], strict=True):
        last_i, last_j = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        little = size <= 2 and all(len(word) <= 3 for word in a[i : i + size])
        rewritten = i > last_i and j > last_j and next_i > i + size and next_j > j + size
        if not (little and rewritten):
            kept.append((i, j, size))
    return kept


def _trimmed(before: str, span: Span, text: str) -> Edit:
    """The edit without the blanks that both versions have at its edges."""
    start, end, first, last = span.start, span.end, 0, len(text)
    while start < end and first < last and before[start].isspace() and before[start] == text[first]:
        start, first = start + 1, first + 1
    while (
        start < end
        and first < last
        and before[end - 1].isspace()
        and before[end - 1] == text[last - 1]
    ):
        end, last = end - 1, last - 1
    return Edit(Span(start, end), text[first:last])
