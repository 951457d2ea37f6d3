"""Items of an enumeration that the translation leaves out: "bread, honey and cheese" without honey.

An item between two others is missing where these have counterparts that stand close together in the
target, and nothing between them, or anywhere else in it, is the item's own counterpart.
docs/decisions/0029-usual-translations-of-words.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np

from articles.omissions.features import is_content_word
from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import TARGET_LETTERS, usual_translations, word_stem
from articles.text.thresholds import COUNTERPART
from articles.text.tokens import Token

CONJUNCTIONS = frozenset("and or et ou und oder y e o u".split())
"""The words before the last item, in the languages that the omission model learned from."""
LONGEST_ITEM = 3
"""Words of an item: what is longer is a clause."""
MOST_ITEMS = 12
"""What has more is a table or noise; each comma is tried, so the cost grows with this."""
FARTHEST = 8
"""Tokens of the target from the counterpart of one item to that of the next but one."""
OWN_COUNTERPART = 0.5
"""A target word that is nearer to this word than to any other is its counterpart from here on."""
USUAL = 1.0
"""The similarity of a word and its usual translation."""

Item = tuple[int, int]
"""The tokens of an item, first and end (exclusive)."""


def missing_items(part: PairPart, languages: tuple[str, str]) -> list[Item]:
    """Return the items of the source's enumerations that the target leaves out."""
    if not part.links.learned_similarity.size:
        return []
    enumerations = find_enumerations(part.source)
    if not enumerations:
        return []
    counterparts = Counterparts(part, languages)
    missing = []
    for items in enumerations:
        for before, item, after in zip(items, items[1:], items[2:], strict=False):
            if counterparts.lacks(item) and counterparts.are_close(before, after):
                missing.append(item)
    return missing


def find_enumerations(words: Sequence[Token]) -> list[list[Item]]:
    """Return the enumerations of three items and more, "a, b and c", each as its items in order.

    Of the first item only the last word is known, as nothing says where it begins.
    """
    found = []
    end = 0
    for number, word in enumerate(words):
        if word.text == "," and number > end:
            items = _items_from(words, number)
            if items:
                found.append(items)
                end = items[-1][1]
    return found


def _items_from(words: Sequence[Token], comma: int) -> list[Item]:
    """Return the items of the enumeration whose first comma this is; none for another comma."""
    items = [(comma - 1, comma)]
    start = comma + 1
    while len(items) < MOST_ITEMS:
        end = _end_of_item(words, start)
        if end == start or end == len(words):
            return []
        items.append((start, end))
        following = [word.text.lower() for word in words[end : end + 2]]
        start = end + 1
        if following[0] == "," and following[-1] in CONJUNCTIONS:
            start = end + 2
        elif following[0] == ",":
            continue
        elif following[0] not in CONJUNCTIONS:
            return []
        last = (start, _end_of_item(words, start))
        return [*items, last] if last[0] < last[1] else []
    return []


def _end_of_item(words: Sequence[Token], start: int) -> int:
    """Return where the words from ``start`` end, at most LONGEST_ITEM of them."""
    end = start
    for word in islice(words, start, start + LONGEST_ITEM):
        if not word.is_word or word.text.lower() in CONJUNCTIONS:
            break
        end += 1
    return end


class Counterparts:
    """Which words of the target translate which of the source: by the table, else by similarity."""

    def __init__(self, part: PairPart, languages: tuple[str, str]) -> None:
        self._part = part
        self._language = languages[1]
        self._content = [is_content_word(word, languages[0]) for word in part.source]
        similarity = np.array(part.links.learned_similarity, dtype=np.float32)
        similarity[~np.array(self._content)] = -1
        places: dict[str, list[int]] = {}
        for place, word in enumerate(part.target):
            if word.is_word:
                places.setdefault(word_stem(word.text, TARGET_LETTERS), []).append(place)
        for number, word in enumerate(part.source):
            if self._content[number]:
                for stem in usual_translations(word, languages):
                    similarity[number, places.get(stem, [])] = USUAL
        self._similarity = similarity
        self._owner = similarity.argmax(axis=0)

    def lacks(self, item: Item) -> bool:
        """Return whether no word of content of the item has a counterpart of its own."""
        numbers = self._content_of(item)
        return bool(numbers) and not any(self._has_own(number) for number in numbers)

    def are_close(self, before: Item, after: Item) -> bool:
        """Return whether both items have counterparts with no other word of content between."""
        first = self._places_of(before)
        second = self._places_of(after)
        nearest = _nearest(first, second)
        if nearest is None:
            return False
        start, end = nearest
        if end - start > FARTHEST:
            return False
        known = {*first, *second}
        for place in range(start + 1, end):
            word = self._part.target[place]
            if place not in known and is_content_word(word, self._language):
                return False
        return True

    def _content_of(self, item: Item) -> list[int]:
        return [number for number in range(*item) if self._content[number]]

    def _has_own(self, number: int) -> bool:
        """Return whether the word has its usual translation, or is the nearest to a target word."""
        row = self._similarity[number]
        if row.max() == USUAL:
            return True
        return bool((row[self._owner == number] >= OWN_COUNTERPART).any())

    def _places_of(self, item: Item) -> list[int]:
        """Return the places in the target of the counterparts of the item's words of content."""
        places: list[int] = []
        for number in self._content_of(item):
            row = self._similarity[number]
            if row.max() == USUAL:
                places.extend(int(place) for place in np.flatnonzero(row == USUAL))
            elif row.max() >= COUNTERPART:
                places.append(int(row.argmax()))
        return places


def _nearest(first: Sequence[int], second: Sequence[int]) -> tuple[int, int] | None:
    """Return the two places, one of ``first`` and a later one of ``second``, that are nearest."""
    nearest = None
    for start in sorted(first):
        following = [place for place in second if place > start]
        if not following:
            break
        end = min(following)
        if nearest is None or end - start < nearest[1] - nearest[0]:
            nearest = (start, end)
    return nearest
