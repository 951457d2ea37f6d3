"""Word-by-word differences of two versions of a text, and merging two people's edits."""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from articles.text.codes import find_codes
from articles.text.document import Span, with_replacements
from articles.text.tokens import Token, tokens

AUTOJUNK_ABOVE = 2_000_000
"""Pairs of equal words up to which every word can anchor the comparison.

That many take about a second to compare; above it, very frequent words no longer anchor.
"""

MOST_COMPARED = 4_000_000
MOST_COMPARED_PER_WORD = 300
"""Comparisons of two words in one redline, and in addition those for each of their words: about a
second for 20,000 letters."""

_ZERO_WIDTH_JOINER = "\u200d"

Block = tuple[int, int, int]
"""Words that stay: index in the first version, index in the second, number of words."""


class Change(NamedTuple):
    """Text of both versions ("same"), of the first alone ("removed") or the second ("added")."""

    kind: Literal["same", "removed", "added"]
    text: str


class Edit(NamedTuple):
    """``span`` of the first version became ``text``.

    An insertion has an empty span, a removal an empty text.
    """

    span: Span
    text: str


def redline(before: str, after: str) -> list[Change]:
    """Return the changes from ``before`` to ``after`` in reading order.

    Neighbours are of unequal kind. The same and removed texts joined are ``before``, the same and
    added texts joined are ``after``.
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
    """Return the spans of words and marks; a protected code is one word."""
    spans: list[Span] = []
    at = 0
    for code in find_codes(text):
        spans += [*_words_between(text, at, code.span.start), code.span]
        at = code.span.end
    return [*spans, *_words_between(text, at, len(text))]


def _words_between(text: str, start: int, end: int) -> list[Span]:
    """Return the words of a stretch, combining characters with what they belong to."""
    stretch = text[start:end]
    spans: list[Span] = []
    for token in tokens(stretch):
        begin = start + token.start
        touches = bool(spans) and spans[-1].end == begin
        if touches and _combines_with_previous(stretch, token):
            begin = spans.pop().start
        spans.append(Span(begin, start + token.end))
    return spans


def _combines_with_previous(text: str, token: Token) -> bool:
    """Whether a token begins with a combining accent or is part of a joined emoji."""
    first = token.text[0]
    if unicodedata.category(first).startswith("M"):
        return True
    return _ZERO_WIDTH_JOINER in (first, text[token.start - 1])


def _kept_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices, in both versions, of the words that stay, in order."""
    # Most edits change a few words of a long text: what both ends have in common is not searched.
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
    """Return the blocks of equal words that ``difflib`` finds, the longest first.

    They are searched as ``SequenceMatcher.get_matching_blocks`` does, but only as long as it takes
    so many comparisons: texts of one repeated word take the cube of their length otherwise.
    Words between the blocks that were found by then count as replaced.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if _count_comparisons(matcher, old, len(new)) > AUTOJUNK_ABOVE:
        matcher = SequenceMatcher(None, old, new, autojunk=True)
    found: list[Block] = []
    to_search = deque([(0, len(old), 0, len(new))])
    budget = MOST_COMPARED + MOST_COMPARED_PER_WORD * (len(old) + len(new))
    while to_search:
        old_start, old_end, new_start, new_end = to_search.popleft()
        budget -= _count_comparisons(matcher, old[old_start:old_end], new_end)
        if budget < 0:
            break
        block = matcher.find_longest_match(old_start, old_end, new_start, new_end)
        if not block.size:
            continue
        found.append((block.a, block.b, block.size))
        if old_start < block.a and new_start < block.b:
            to_search.append((old_start, block.a, new_start, block.b))
        old_next = block.a + block.size
        new_next = block.b + block.size
        if old_next < old_end and new_next < new_end:
            to_search.append((old_next, old_end, new_next, new_end))
    return _joined(sorted(found))


def _count_comparisons(matcher: SequenceMatcher[str], old: Sequence[str], new_end: int) -> int:
    """Return how many comparisons the longest block of these words up to ``new_end`` takes."""
    # Documented, but not in the stubs of the standard library.
    places: Mapping[str, Sequence[int]] = matcher.b2j  # type: ignore[attr-defined]
    count = len(old)
    for word in old:
        if word in places:
            count += bisect_left(places[word], new_end)
    return count


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, in order, with those that touch in both versions as one."""
    joined: list[Block] = []
    for old_start, new_start, size in blocks:
        if joined:
            first_old, first_new, first_size = joined[-1]
            if (first_old + first_size, first_new + first_size) == (old_start, new_start):
                joined[-1] = (first_old, first_new, first_size + size)
                continue
        joined.append((old_start, new_start, size))
    return joined


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
