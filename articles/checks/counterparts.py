"""Whether a word has a counterpart in the other text, for checks of what is said about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.checks.registry import Pair
from articles.omissions.pair_parts import PairPart
from articles.text.document import Span
from articles.text.thresholds import COUNTERPART, SAME_PLACE
from articles.text.tokens import Token

# Words that say little by themselves, in the languages of the word sets.
_CARRIES_NO_MEANING = set(
    "be been being is are was were have has had do does did will would can could may might must "
    "shall should yet even really only just so a an the any all to of in on at for that this it he "
    "she they we you i who which as very much more quite enough necessarily always ever them him "
    "her us their his its into from by with about not n’t n't never nobody nothing none neither no "
    "one "
    "’s 's than too am "
    "été être avoir eu fait faire pu pouvoir voulu dû su "
    "le la les l’ l' un une des du de d’ d' au aux à et ou en dans sur par pour avec sans ce cet "
    "cette ces son sa ses leur leurs se s’ s' qui que qu’ qu' est sont était ont avait plus moins "
    "der die das den dem des ein eine einen einem einer eines und oder in im am an auf von vom zu "
    "zum zur mit für bei aus ist sind war waren hat haben hatte wird wurde wurden es er sie sich "
    "el los las lo una unos unas del al y o con por para que se su sus es son fue fueron era ha "
    "han había más menos".split()
)
_REACH = 6
"""The number of words among which one with a meaning of its own is looked for."""
_NEIGHBOURS = 3
"""The number of words on either side of a word among which its neighbour is looked for."""
Side = Callable[[Sequence[Token], Sequence[int]], set[int]]
_MARKS = frozenset(";:.!?()«»“”")


def content_words_after(words: Sequence[Token], end: int, count: int) -> list[Token]:
    """Return the first ``count`` words with a meaning of their own after ``end``.

    ``end`` is an offset in the text; only the next few words are looked at.
    """
    first = bisect_left(words, end, key=start_of)
    found = filter(_has_meaning, words[first : first + _REACH])
    return list(found)[:count]


def content_words_before(words: Sequence[Token], start: int, count: int) -> list[Token]:
    """Return the last ``count`` words with a meaning of their own before ``start``, last first.

    ``start`` is an offset in the text; only the few words before it are looked at.
    """
    end = bisect_left(words, start, key=start_of)
    found = filter(_has_meaning, reversed(words[max(0, end - _REACH) : end]))
    return list(found)[:count]


def start_of(word: Token) -> int:
    """Return where the word begins."""
    return word.start


def _has_meaning(word: Token) -> bool:
    if word.kind != "word":
        return False
    return word.text.lower() not in _CARRIES_NO_MEANING


def is_translated(pair: Pair, word: Token, *, axis: int) -> bool:
    """Return whether a word of the source (axis 0) or of the target (1) has a close counterpart."""
    row, _words = _similarities(pair, word, axis)
    return bool(row.size) and bool(row.max() >= np.float32(COUNTERPART))


def nearest_place(pair: Pair, word: Token) -> int | None:
    """Return where the target's word begins that is most similar to a word of the source."""
    row, words = _similarities(pair, word, 0)
    return words[int(row.argmax())].start if row.size else None


def _similarities(pair: Pair, word: Token, axis: int) -> tuple[NDArray[Any], list[Token]]:
    """Return how similar a word of one side is to those of the other, and these words."""
    for part in pair.parts:
        sides = (part.source, part.target)
        if word not in sides[axis]:
            continue
        similarity = part.links.learned_similarity
        if not similarity.size:
            similarity = part.links.similarity
        if similarity.size:
            number = sides[axis].index(word)
            row = np.asarray(similarity.take(number, axis=axis))
            return row, sides[1 - axis]
    return np.zeros(0), []


def are_in_one_place(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether one of the words at ``source`` is linked to one at ``target``."""
    words = pair.source_tokens
    first = bisect_left(words, source.start, key=start_of)
    end = bisect_left(words, source.end, key=start_of)
    places = linked_places(pair, [word.start for word in words[first:end]])
    return any(target.start <= place < target.end for place in places)


def linked_places(pair: Pair, places: Collection[int]) -> set[int]:
    """Return where the target's words begin that are linked to the source's words that begin at
    ``places``."""
    found: set[int] = set()
    for place in places:
        found.update(pair.linked_starts.get(place, ()))
    return found


def linked_sources(pair: Pair, places: Collection[int]) -> set[int]:
    """Return where the source's words begin that are linked to the target's at ``places``."""
    found: set[int] = set()
    for start, others in pair.linked_starts.items():
        if not set(others).isdisjoint(places):
            found.add(start)
    return found


def are_unlinked(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether no word at ``source`` and none at ``target`` is linked to any word."""
    for part in pair.parts:
        for i, j in part.links.links:
            if part.links.similarity[i, j] < SAME_PLACE:
                continue
            if _is_inside(part.source[i], source) or _is_inside(part.target[j], target):
                return False
    return True


def have_no_other_counterparts(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether neither the words at ``source`` nor those at ``target`` have a counterpart
    elsewhere."""
    for part in pair.parts:
        in_source = np.array([_is_inside(word, source) for word in part.source])
        in_target = np.array([_is_inside(word, target) for word in part.target])
        similarity = part.links.learned_similarity
        if not similarity.size or not in_source.any() or not in_target.any():
            continue
        rows = similarity[in_source][:, ~in_target]
        columns = similarity[~in_source][:, in_target]
        best = max(rows.max(initial=-1.0), columns.max(initial=-1.0))
        return bool(best < COUNTERPART)
    return False


def are_beside_counterparts(pair: Pair, source: Span, target: Span) -> bool:
    """Return whether a word next to the one at ``source`` is the counterpart of one next to
    ``target``: first *quarter*, dernier *trimestre*; rejected a *request*."""
    for part in pair.parts:
        near_source = _neighbours(part.source, source)
        near_target = _neighbours(part.target, target)
        for i, j in product(near_source, near_target):
            if _are_counterparts(part, i, j):
                return True
    return False


def are_beside(pair: Pair, source: Span, target: Span, side: Side) -> bool:
    """Return whether the words on one side of those at ``source`` and ``target`` are counterparts:
    *sales* rose, *les ventes* ont augmenté. ``side`` is ``before`` or ``after``."""
    for part in pair.parts:
        near_source = side(part.source, _numbers_of(part.source, source))
        near_target = side(part.target, _numbers_of(part.target, target))
        for i, j in product(near_source, near_target):
            if _are_counterparts(part, i, j):
                return True
    return False


def _are_counterparts(part: PairPart, i: int, j: int) -> bool:
    """Return whether two words are linked and mean the same, or are the same number."""
    source, target = part.source[i], part.target[j]
    if source.kind == target.kind == "number":
        return source.text == target.text
    if (i, j) not in part.links.links:
        return False
    similarity = part.links.learned_similarity
    return bool(similarity.size and similarity[i, j] >= COUNTERPART)


def _neighbours(words: Sequence[Token], span: Span) -> set[int]:
    """Return the numbers of the next words with a meaning of their own before and after a span."""
    inside = _numbers_of(words, span)
    return before(words, inside) | after(words, inside)


def _numbers_of(words: Sequence[Token], span: Span) -> list[int]:
    return [number for number, word in enumerate(words) if _is_inside(word, span)]


def before(words: Sequence[Token], inside: Sequence[int]) -> set[int]:
    """Return the number of the next word with a meaning of its own before those ``inside``."""
    first = inside[0] if inside else 0
    return _first_meaning(words, range(first - 1, -1, -1))


def after(words: Sequence[Token], inside: Sequence[int]) -> set[int]:
    """Return the number of the next word with a meaning of its own after those ``inside``."""
    last = inside[-1] if inside else len(words)
    return _first_meaning(words, range(last + 1, len(words)))


def _first_meaning(words: Sequence[Token], numbers: Sequence[int]) -> set[int]:
    """Return the first of a few words that has a meaning of its own; none after a mark."""
    for number in numbers[:_NEIGHBOURS]:
        word = words[number]
        if word.kind == "number" or _has_meaning(word):
            return {number}
        if word.text in _MARKS:
            break
    return set()


def _is_inside(word: Token, span: Span) -> bool:
    return span.start <= word.start < span.end
