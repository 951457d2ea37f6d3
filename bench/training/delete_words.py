"""Deletes words from good sentence pairs in the ways that machine translation loses phrases."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.word_aligner import WordLinks
from articles.text.document import Span
from articles.text.tokens import Token, tokens

PREPOSITIONS = set(
    "à au aux de du des d’ d' en dans par pour sur avec sans sous vers chez entre depuis pendant "
    "avant après contre selon".split()
)
ARTICLES = set(
    "le la les l’ l' un une des ce cet cette ces son sa ses leur leurs votre vos notre nos mon ma "
    "mes tout toute tous toutes chaque plusieurs".split()
)
LINKS = set(
    "qui que qu’ qu' dont où lorsque lorsqu’ lorsqu' quand si comme car parce afin puisque "
    "pendant".split()
)
JOINS = set("et ou mais ni".split())
PRONOUNS = set("je tu il elle on nous vous ils elles cela ça ceci".split())
STOPS = set(',;:.!?()«»“”"')
WEIGHTS = {
    "preposition": 17,
    "clause": 17,
    "start": 11,
    "list": 9,
    "object": 10,
    "quote": 6,
    "tail": 6,
    "opening": 6,
    "apposition": 7,
    "run": 5,
    "bracket": 2,
}
"""How often each way is chosen where it is possible."""

LEAST_SIMILARITY = 0.62
"""Pairs less similar than this, by the sentence encoder, are too free to learn from."""
LEAST_LINK = 0.2
"""Links with a lower similarity do not decide whether a word's translation was deleted."""
NO_LIMIT = 99

Run = tuple[str, int, int]
"""A way of deleting words, with the first and the end (exclusive) of their tokens."""


class Shortened(NamedTuple):
    """A sentence without some words, the span they had in the whole one, and the way."""

    text: str
    deleted: Span
    way: str


def delete_words(text: str, rng: random.Random, *, few: bool = False) -> Shortened | None:
    """Return ``text`` less 2 to 12 words, or, with ``few``, less one or two.

    The result is None where nothing can be deleted.
    """
    words = tokens(text)
    total = _count_words(words)
    runs = single_words(words, rng) if few else phrases(words, rng)
    ways: dict[str, list[Run]] = {}
    for run in runs:
        way, first, end = run
        size = _count_words(words[first:end])
        if few or (2 <= size <= 12 and size <= 0.6 * total):
            ways.setdefault(way, []).append(run)
    if not ways or total < 4:
        return None
    chosen = rng.choices(list(ways), [WEIGHTS.get(way, 1) for way in ways])[0]
    way, first, end = rng.choice(ways[chosen])
    return without_span(text, Span(words[first].start, words[end - 1].end), way, rng)


def without_span(text: str, span: Span, way: str, rng: random.Random) -> Shortened | None:
    """Return ``text`` without ``span``, with blanks and capitals as a machine would leave them.

    The result is None when hardly anything is left.
    """
    left = text[: span.start].rstrip()
    right = text[span.end :].lstrip()
    if not left:
        right = right.lstrip(" ,;:")
        if rng.random() < 0.5:
            right = right[:1].upper() + right[1:]
    elif right[:1] in (".", ",", ";") and rng.random() < 0.5:
        left = left.rstrip(",")
    if len(left + right) <= 5:
        return None
    needs_blank = left and right and right[0] not in ",.;)»”" and left[-1] not in "’'("
    blank = " " if needs_blank else ""
    return Shortened(left + blank + right, span, way)


def _count_words(words: Sequence[Token]) -> int:
    """Return the number of words, elided ones (l’, qu’) not counted."""
    return sum(word.is_word and word.text[-1] not in "’'" for word in words)


def phrases(words: Sequence[Token], rng: random.Random) -> Iterator[Run]:
    """Yield every phrase that may be deleted."""
    lower = [word.text.lower() for word in words]
    count = len(words)
    for at in range(1, count):
        yield from _phrases_at(lower, at, rng)
    for at in range(count):
        yield from _quotations_at(lower, at, rng)
    opening = _find(lower, 2, min(count, 14), ",:")
    if opening:
        yield "opening", 0, opening + 1
    for size in (2, 3, 4, 5, 6, 8):
        if size < count - 3:
            yield "start", 0, size
    yield from _tails(words, lower)
    for _ in range(4):
        at = rng.randrange(count)
        yield "run", at, min(count, at + rng.randint(2, 12))


def _end_of_phrase(lower: Sequence[str], start: int, ends: set[str], most: int = NO_LIMIT) -> int:
    """Return where the words from ``start`` reach one of ``ends`` or a mark, ``most`` at most."""
    end = start
    while end < len(lower) and end < start + most and lower[end] not in ends | STOPS:
        end += 1
    return end


def _find(lower: Sequence[str], start: int, end: int, marks: str) -> int | None:
    """Return the first place from ``start`` to ``end`` that has one of ``marks``."""
    for at in range(start, end):
        if lower[at] in marks:
            return at
    return None


def _quotations_at(lower: Sequence[str], at: int, rng: random.Random) -> Iterator[Run]:
    """Yield the beginning and the whole of a quotation or bracket that opens at ``at``."""
    if lower[at] not in '(«“"':
        return
    count = len(lower)
    yield "quote", at, min(count, at + rng.randint(3, 8))
    close = _find(lower, at + 2, min(count, at + 14), ')»”"')
    if close:
        yield "bracket", at, close + 1


def _tails(words: Sequence[Token], lower: Sequence[str]) -> Iterator[Run]:
    """Yield the phrases that end the sentence."""
    count = len(words)
    last = count if words[-1].is_word else count - 1
    heads = PREPOSITIONS | LINKS | JOINS | ARTICLES
    for at in range(max(1, last - 12), last - 1):
        if lower[at] in heads:
            yield "tail", at, last


def _phrases_at(lower: Sequence[str], at: int, rng: random.Random) -> Iterator[Run]:
    """Yield the phrases that begin at ``at``."""
    word = lower[at]
    if word in PREPOSITIONS:
        yield _prepositional_phrase(lower, at, rng)
    if word in LINKS:
        start = at - 1 if lower[at - 1] == "," else at
        most = rng.choice((NO_LIMIT, NO_LIMIT, 4, 7))
        yield "clause", start, _end_of_phrase(lower, at + 1, set(), most)
    if word in JOINS or word == ",":
        yield "list", at, _end_of_phrase(lower, at + 1, JOINS)
    if word in ARTICLES:
        yield _noun_phrase(lower, at, rng)
    if word == ",":
        close = _find(lower, at + 2, min(len(lower), at + 14), ",")
        if close:
            yield "apposition", at, close + rng.randint(0, 1)


def _prepositional_phrase(lower: Sequence[str], at: int, rng: random.Random) -> Run:
    end = at + 1
    while end < len(lower) and lower[end] in ARTICLES | PREPOSITIONS:
        end += 1
    ends = PREPOSITIONS | LINKS | JOINS | PRONOUNS | ARTICLES
    start = min(len(lower), end + 1)
    return "preposition", at, _end_of_phrase(lower, start, ends, rng.randint(0, 4))


def _noun_phrase(lower: Sequence[str], at: int, rng: random.Random) -> Run:
    ends = PREPOSITIONS | LINKS | JOINS | PRONOUNS
    end = _end_of_phrase(lower, at + 1, ends, 4)
    if end < len(lower) and lower[end] in PREPOSITIONS and rng.random() < 0.5:
        end = _end_of_phrase(lower, end + 1, ends, 4)
    return "object", at, end


def single_words(words: Sequence[Token], rng: random.Random) -> Iterator[Run]:
    """Yield every word that may be deleted alone, or with the article before it."""
    for at, word in enumerate(words):
        if not word.is_word:
            continue
        first = at
        before = words[at - 1].text if at else ""
        if before.lower() in ARTICLES | PREPOSITIONS and rng.random() < 0.6:
            first = at - 1
        yield from _single_word(word, at, first)
        if before and before in '«“"':
            yield "quoted", at - 1, at + 1
    yield "start", 0, 1
    yield "start", 0, min(2, len(words))


def _single_word(word: Token, at: int, first: int) -> Iterator[Run]:
    """Yield the word at ``at`` as a name, a number or a content word, if it is one."""
    if at and word.text[0].isupper():
        yield "name", first, at + 1
    elif word.text[0].isdigit():
        yield "number", at, at + 1
    elif word.text.lower() not in ARTICLES | PREPOSITIONS and len(word.text) > 4:
        yield "word", first, at + 1


def lost_words(links: WordLinks, target: Sequence[Token], deleted: tuple[int, int]) -> Any:
    """Return for each source word whether its translation was deleted: 1, 0, or -1 for unsure.

    ``links`` are those of the whole pair, ``deleted`` is a span of the whole target.
    """
    gone = _tokens_inside(target, deleted)
    lost = np.full(len(links.similarity), -1)
    for i, j in links.links:
        if links.placed[i, j] > LEAST_LINK:
            lost[i] = int(j in gone)
    # A word without a sure link is decided by its neighbours, left to right.
    for i in range(len(lost)):
        if lost[i] >= 0:
            continue
        near = _neighbour_values(lost, i)
        is_kept = near == {0} and int(links.placed[i].argmax()) not in gone
        if near == {1} or is_kept:
            lost[i] = near.pop()
    return lost


def _tokens_inside(words: Sequence[Token], span: tuple[int, int]) -> set[int]:
    """Return the indices of the tokens inside ``span``."""
    start, end = span
    return {j for j, token in enumerate(words) if token.start >= start and token.end <= end}


def _neighbour_values(lost: Any, i: int) -> set[int]:
    """Return the sure values of the words beside word ``i``."""
    values = {int(lost[k]) for k in (i - 1, i + 1) if 0 <= k < len(lost)}
    return values - {-1}


def faithful_pairs(pairs: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return the pairs that mean the same by the sentence encoder.

    Free translations would teach the wrong thing.
    """
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    english = encoder.sentences([pair["en"] for pair in pairs])
    french = encoder.sentences([pair["fr"] for pair in pairs])
    similarities = (english * french).sum(axis=1)
    return [
        pair
        for pair, similarity in zip(pairs, similarities, strict=True)
        if similarity >= LEAST_SIMILARITY
    ]
