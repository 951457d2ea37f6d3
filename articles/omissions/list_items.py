"""Items of an enumeration that the translation leaves out: "bread, honey and cheese" without honey.

An item between two others is missing where these have counterparts that stand close together in the
target, and nothing between them, or anywhere else in it, is the item's own counterpart.
docs/decisions/0029-usual-translations-of-words.md has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from articles.omissions.features import is_content_word
from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import usual_places
from articles.text.thresholds import COUNTERPART
from articles.text.tokens import Token

CONJUNCTIONS_OF = {"en": "and or", "fr": "et ou", "de": "und oder", "es": "y e o u"}
"""The words before the last item, in the languages that the omission model learned from."""
AFTER_ITEMS = frozenset(
    "in of for with from on at by to as across over under during after before that which who were "
    "was are is have has had will would could should may might can joined took made said into than "
    "since until about between among through around against within without because while when "
    "where per via when yesterday today tomorrow sold found used".split()
)
"""Words that follow the last item of an English enumeration."""
OPENERS = frozenset(
    "the a an our his her its their my your this that these those it they we he she i there "
    "what".split()
)
"""Words with which a clause begins behind a comma."""
LATEST_INTRODUCTION = 7
"""Tokens of a sentence after which a comma no longer ends its introduction."""
BEFORE_ITEM = 3
"""Tokens before an item's counterpart among which a comma tells that another item stands there."""
LONGEST_ITEM = 3
"""Words of an item: what is longer is a clause."""
MOST_ITEMS = 12
"""What has more is a table or noise; each comma is tried, so the cost grows with this."""
FARTHEST = 8
"""Tokens of the target from the counterpart of one item to that of the next but one."""
MOST_OTHERS = 1
"""Words of content between two items that no item is the counterpart of."""
OWN_COUNTERPART = 0.5
"""A target word that is nearer to this word than to any other is its counterpart from here on."""
USUAL = 1.0
"""The similarity of a word and its usual translation."""

Item = tuple[int, int]
"""The tokens of an item, first and end (exclusive)."""


@lru_cache(maxsize=8)
def conjunctions(language: str) -> frozenset[str]:
    """Return the conjunctions of a language; of one that is not known, those of all.

    The French *y* and *or* (gold) are none.
    """
    known = CONJUNCTIONS_OF.get(language) or " ".join(CONJUNCTIONS_OF.values())
    return frozenset(known.split())


@lru_cache(maxsize=8)
def separator(language: str) -> re.Pattern[str]:
    """Return what stands between two items: a comma, or a conjunction and the comma before it."""
    words = "|".join(sorted(conjunctions(language)))
    return re.compile(rf"(?:, )?\b(?:{words})\b|,")


def missing_items(part: PairPart, languages: tuple[str, str]) -> list[Item]:
    """Return the items of the source's enumerations that the target leaves out."""
    if not part.links.learned_similarity.size:
        return []
    enumerations = find_enumerations(part.source, languages[0])
    if not enumerations:
        return []
    counterparts = Counterparts(part, languages)
    missing = []
    for items in enumerations:
        *items, last = items
        items.append(_before_preposition(part.source, last))
        lost = list(filter(counterparts.lacks, items))
        if len(lost) == 1 and _is_closed(counterparts, items, items.index(lost[0])):
            missing += lost
    return missing


def _is_closed(counterparts: Counterparts, items: Sequence[Item], at: int) -> bool:
    """Return whether the target has the other items as if the item ``at`` was none of them."""
    if at == 0:
        return counterparts.begin_with(items[1]) and counterparts.are_joined(*items[-2:])
    if at == len(items) - 1:
        return counterparts.are_joined(*items[-3:-1])
    return counterparts.are_close(items[at - 1], items[at + 1])


def _before_preposition(words: Sequence[Token], item: Item) -> Item:
    """Return the last item of an enumeration without what follows it: "museums across the"."""
    first, end = item
    for number in range(first + 1, end):
        if words[number].text.lower() in AFTER_ITEMS:
            return first, number
    return item


def find_enumerations(words: Sequence[Token], language: str) -> list[list[Item]]:
    """Return the enumerations of three items and more, "a, b and c", each as its items in order.

    Of the first item only the last word is known, as nothing says where it begins.
    """
    found = []
    end = 0
    for number, word in enumerate(words):
        if word.text == "," and number > end:
            items = _items_from(words, number, language)
            if items:
                found.append(items)
                end = items[-1][1]
    return found


def _items_from(words: Sequence[Token], comma: int, language: str) -> list[Item]:
    """Return the items of the enumeration whose first comma this is; none for another comma."""
    items = [(comma - 1, comma)]
    start = comma + 1
    ands = conjunctions(language)
    while len(items) < MOST_ITEMS:
        end = _end_of_item(words, start, ands)
        if end == start or end == len(words):
            return []
        items.append((start, end))
        following = [word.text.lower() for word in words[end : end + 2]]
        start = end + 1
        if following[0] == "," and following[-1] in ands:
            start = end + 2
        elif following[0] == ",":
            continue
        elif following[0] not in ands:
            return []
        last = (start, _end_of_item(words, start, ands))
        return [*items, last] if last[0] < last[1] else []
    return []


def _end_of_item(words: Sequence[Token], start: int, ands: frozenset[str]) -> int:
    """Return where the words from ``start`` end, at most LONGEST_ITEM of them, before a mark or one
    of the conjunctions ``ands``."""
    end = start
    for word in islice(words, start, start + LONGEST_ITEM):
        if not word.is_word or word.text.lower() in ands:
            break
        end += 1
    return end


class Counterparts:
    """Which words of the target translate which of the source: by the table, else by similarity."""

    def __init__(self, part: PairPart, languages: tuple[str, str]) -> None:
        self._part = part
        self._separator = separator(languages[1])
        self._conjunctions = conjunctions(languages[1])
        content = [is_content_word(word, languages[0]) for word in part.source]
        self._content = np.array(content, dtype=np.bool_)
        similarity = np.array(part.links.learned_similarity, dtype=np.float32)
        are_words = np.array([word.is_word for word in part.target], dtype=np.bool_)
        similarity[usual_places(part, languages) & are_words] = USUAL
        similarity[~self._content] = -1
        self._similarity = similarity
        says = [is_content_word(word, languages[1]) for word in part.target]
        self._says_something = np.array(says, dtype=np.bool_)
        self._text = " ".join(word.text for word in part.target)
        self._owner = similarity.argmax(axis=0)

    def lacks(self, item: Item) -> bool:
        """Return whether no word of content of the item has a counterpart of its own."""
        numbers = self._content_of(item)
        own = list(map(self._has_own, numbers))
        return bool(numbers) and not any(own)

    def are_close(self, before: Item, after: Item) -> bool:
        """Return whether both items have counterparts with one comma or conjunction between.

        There is at most one other word of content between: *hôpitaux et collectivités locales*.
        """
        return len(self._between(before, after)) == 1

    def are_joined(self, before: Item, after: Item) -> bool:
        """Return whether both items have counterparts with a conjunction alone between, which the
        source has behind them: "bread, honey and cheese", *du pain et du miel*."""
        between = self._between(before, after)
        return len(between) == 1 and between[0] in self._conjunctions

    def begin_with(self, item: Item) -> bool:
        """Return whether the target has the second item of an enumeration as the first.

        No comma or conjunction stands right before its counterpart. "On the other hand, icy and
        snowy roads" and "a new disease, our knowledge and" are no enumerations of three.
        """
        places = self._places_of(item)
        second = self._part.source[item[0]]
        before_comma = self._part.source[item[0] - 2]
        if before_comma.text[0].isupper() != second.text[0].isupper():
            return False
        if not places or item[0] < LATEST_INTRODUCTION or second.text.lower() in OPENERS:
            return False
        first = min(places)
        before = self._part.target[max(0, first - BEFORE_ITEM) : first]
        texts = [word.text.lower() for word in before]
        return not self._separator.search(" ".join(texts))

    def _between(self, before: Item, after: Item) -> list[str]:
        """Return the commas and conjunctions between the counterparts of two items.

        The list is empty where the counterparts are far apart, or unknown. A conjunction and the
        comma before it are one.
        """
        first = self._places_of(before)
        second = self._places_of(after)
        nearest = _nearest(first, second)
        if nearest is None or nearest[1] - nearest[0] > FARTHEST:
            return []
        between = range(nearest[0] + 1, nearest[1])
        texts = [self._part.target[place].text.lower() for place in between]
        others = [place for place in between if self._is_another(place, first, second)]
        if len(others) > MOST_OTHERS:
            return []
        return self._separator.findall(" ".join(texts))

    def _is_another(self, place: int, first: Sequence[int], second: Sequence[int]) -> bool:
        known = {*first, *second}
        return bool(self._says_something[place]) and place not in known

    def _content_of(self, item: Item) -> list[int]:
        first, end = item
        numbers = np.arange(first, end)
        content = numbers[self._content[first:end]]
        return list(map(int, content))

    def _has_own(self, number: int) -> bool:
        """Return whether the word has its usual translation, or is the nearest to a target word."""
        row = self._similarity[number]
        name = self._part.source[number].text
        owned = (self._owner == number) & self._says_something
        if row.max() == USUAL or (name[0].isupper() and name in self._text):
            return True
        return bool((row[owned] >= OWN_COUNTERPART).any())

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
