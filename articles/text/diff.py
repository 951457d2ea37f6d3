"""Word-by-word differences of two versions of a text, and merging two people's edits."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from articles.text.document import Span, with_replacements
from articles.text.tokens import Token, tokens

AUTOJUNK_ABOVE = 2_000_000
"""Pairs of equal words up to which every word can anchor the comparison.

That many take about a second to compare; above it, very frequent words no longer anchor.
"""

_ZERO_WIDTH_JOINER = "\u200d"

Block = tuple[int, int, int]
"""Words that stay: index in the first version, index in the second, number of words."""


class Change(NamedTuple):
    """Text that is in both versions ("same"), in the first only ("removed") or the second
    ("added")."""

    kind: Literal["same", "removed", "added"]
    text: str


class Edit(NamedTuple):
    """``span`` of the first version became ``text``.

    An insertion has an empty span, a removal an empty text.
    """

    span: Span
    text: str


def redline(before: str, after: str) -> list[Change]:
    """Return the changes from ``before`` to ``after``, in reading order, neighbours of unequal
    kind.

    The same and removed texts joined are ``before``, the same and added texts joined are ``after``.
    """
    changes: list[Change] = []
    position = 0
    for span, text in edits(before, after):
        changes.append(Change("same", before[position : span.start]))
        changes.append(Change("removed", span.of(before)))
        changes.append(Change("added", text))
        position = span.end
    changes.append(Change("same", before[position:]))
    return [change for change in changes if change.text]


def edits(before: str, after: str) -> list[Edit]:
    """Return what turns ``before`` into ``after``: edits of whole words, in order, not touching."""
    old_words = _word_spans(before)
    new_words = _word_spans(after)
    kept = _kept_words(
        [span.of(before) for span in old_words], [span.of(after) for span in new_words]
    )
    found: list[Edit] = []
    old_position = 0
    new_position = 0
    for old_index, new_index in kept:
        old_word = old_words[old_index]
        new_word = new_words[new_index]
        replaced = Span(old_position, old_word.start)
        found.append(_trimmed(before, replaced, after[new_position : new_word.start]))
        old_position = old_word.end
        new_position = new_word.end
    found.append(_trimmed(before, Span(old_position, len(before)), after[new_position:]))
    return [edit for edit in found if edit.text or edit.span.start < edit.span.end]


def replacements(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the words that each edit removes and those that it adds, wherever the edit is made."""
    return tuple((span.of(before).strip(), text.strip()) for span, text in edits(before, after))


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Return ``base`` with the edits of both ``mine`` and ``theirs``.

    An edit that both made is applied once. Returns None where two edits overlap or touch: a person
    must choose.
    """
    together = sorted({*edits(base, mine), *edits(base, theirs)})
    for first, second in itertools.pairwise(together):
        if second.span.start <= first.span.end:
            return None
    return with_replacements(base, together)


def _word_spans(text: str) -> list[Span]:
    """Return the spans of words and marks, combining characters with what they belong to."""
    spans: list[Span] = []
    for token in tokens(text):
        touches = bool(spans) and spans[-1].end == token.start
        if touches and _combines_with_previous(text, token):
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return spans


def _combines_with_previous(text: str, token: Token) -> bool:
    """Whether a token begins with a combining accent or is part of a joined emoji."""
    first = token.text[0]
    if unicodedata.category(first).startswith("M"):
        return True
    return _ZERO_WIDTH_JOINER in (first, text[token.start - 1])


def _kept_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices, in both versions, of the words that stay, in order."""
    head = _common_prefix_length(old, new)
    tail = _common_prefix_length(old[head:][::-1], new[head:][::-1])
    for index in range(head):
        yield index, index
    blocks = _kept_blocks(old[head : len(old) - tail], new[head : len(new) - tail])
    for old_start, new_start, size in blocks:
        for index in range(size):
            yield head + old_start + index, head + new_start + index
    for index in range(tail, 0, -1):
        yield len(old) - index, len(new) - index


def _common_prefix_length(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items two sequences have in common at their beginning."""
    shorter = min(len(old), len(new))
    length = 0
    while length < shorter and old[length] == new[length]:
        length += 1
    return length


def _kept_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks of words that stay.

    A block of one or two short words between two replacements is dropped: "de" kept alone in a
    rewritten clause makes a redline that nobody can read.
    """
    blocks = _equal_blocks(old, new)
    # Each block is compared with the next one; the last with the end of both texts.
    followers = [*blocks, (len(old), len(new), 0)][1:]
    kept: list[Block] = []
    old_end = 0
    new_end = 0
    for block, (next_old, next_new, _size) in zip(blocks, followers, strict=True):
        old_start, new_start, size = block
        replaced_before = old_start > old_end and new_start > new_end
        replaced_after = next_old > old_start + size and next_new > new_start + size
        isolated = replaced_before and replaced_after
        if isolated and _are_short(old[old_start : old_start + size]):
            continue
        kept.append(block)
        old_end = old_start + size
        new_end = new_start + size
    return kept


def _equal_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks of equal words that ``difflib`` finds."""
    occurrences = Counter(new)
    equal_pairs = sum(occurrences[word] for word in old)
    matcher = SequenceMatcher(None, old, new, autojunk=equal_pairs > AUTOJUNK_ABOVE)
    blocks: list[Block] = []
    for operation, old_start, old_end, new_start, _ in matcher.get_opcodes():
        if operation == "equal":
            blocks.append((old_start, new_start, old_end - old_start))
    return blocks


def _are_short(words: Sequence[str]) -> bool:
    """Whether these are at most two words or marks of at most three characters each."""
    return len(words) <= 2 and all(len(word) <= 3 for word in words)


def _trimmed(before: str, span: Span, text: str) -> Edit:
    """Return the edit without the blanks that both versions have at its edges."""
    old = span.of(before)
    head = _common_blanks(old, text)
    tail = _common_blanks(old[head:][::-1], text[head:][::-1])
    return Edit(Span(span.start + head, span.end - tail), text[head : len(text) - tail])


def _common_blanks(old: str, new: str) -> int:
    """Return how many blanks two texts have in common at their beginning."""
    shared = _common_prefix_length(old, new)
    return shared - len(old[:shared].lstrip())
