"""Lessons from good sentence pairs: words deleted in the ways that machine translation loses phrases, and which."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.word_aligner import WordLinks
from articles.text.document import Span
from articles.text.tokens import Token, tokens

PREPOSITIONS = set(
    "à au aux de du des d’ d' en dans par pour sur avec sans sous vers chez entre depuis pendant avant après contre"
    " selon".split()
)
ARTICLES = set(
    "le la les l’ l' un une des ce cet cette ces son sa ses leur leurs votre vos notre nos mon ma mes tout toute tous"
    " toutes chaque plusieurs".split()
)
LINKS = set(
    "qui que qu’ qu' dont où lorsque lorsqu’ lorsqu' quand si comme car parce afin puisque pendant".split()
)
JOINS = set("et ou mais ni".split())
PRONOUNS = set("je tu il elle on nous vous ils elles cela ça ceci".split())
STOPS = set(',;:.!?()«»“”"')
SHARES = {
    "preposition": 17, "clause": 17, "start": 11, "list": 9, "object": 10, "quote": 6, "tail": 6, "opening": 6,
    "apposition": 7, "run": 5, "bracket": 2,
}  # fmt: skip
"""How often each way is taken where it can be."""

FAITHFUL = 0.62
"""Pairs less alike than this, by the sentence encoder, are too free to learn from."""

Run = tuple[str, int, int]


class Spoilt(NamedTuple):
    """The sentence without the words, the span they had in the whole sentence, and the way they were lost."""

    text: str
    cut: Span
    way: str


def spoil(text: str, luck: random.Random, *, few: bool = False) -> Spoilt | None:
    """``text`` less 2–12 words, or, with ``few``, less one or two; None where nothing can go."""
    words = tokens(text)
    ways: dict[str, list[Run]] = {}
    total = _count(words)
    for run in single(words, luck) if few else phrases(words, luck):
        size = _count(words[run[1] : run[2]])
        if few or (2 <= size <= 12 and size <= 0.6 * total):
            ways.setdefault(run[0], []).append(run)
    if not ways or total < 4:
        return None
    way = luck.choices(list(ways), [SHARES.get(each, 1) for each in ways])[0]
    _way, first, end = luck.choice(ways[way])
    return cut(text, Span(words[first].start, words[end - 1].end), way, luck)


def cut(text: str, span: Span, way: str, luck: random.Random) -> Spoilt | None:
    """``text`` without ``span``, blanks and capitals tidied as a machine would."""
    left, right = text[: span.start].rstrip(), text[span.end :].lstrip()
    if not left:
        right = right.lstrip(" ,;:")
        right = right[:1].upper() + right[1:] if luck.random() < 0.5 else right
    elif right[:1] in (".", ",", ";") and luck.random() < 0.5:
        left = left.rstrip(",")
    blank = " " if left and right and right[0] not in ",.;)»”" and left[-1] not in "’'(" else ""
    return Spoilt(left + blank + right, span, way) if len(left + right) > 5 else None


def _count(words: Sequence[Token]) -> int:
    return sum(word.is_word and word.text[-1] not in "’'" for word in words)


def phrases(words: Sequence[Token], luck: random.Random) -> Iterator[Run]:
    """Every phrase that might go."""
    low = [word.text.lower() for word in words]
    count = len(words)

    def until(start: int, ends: set[str], most: int = 99) -> int:
        end = start
        while end < count and end < start + most and low[end] not in ends | STOPS:
            end += 1
        return end

    for at in range(1, count):
        yield from _from(low, at, until, luck)
    for at in range(count):
        if low[at] in '(«“"':
            yield "quote", at, min(count, at + luck.randint(3, 8))
            close = next(
                (end for end in range(at + 2, min(count, at + 14)) if low[end] in ')»”"'), None
            )
            if close:
                yield "bracket", at, close + 1
    opening = next((end for end in range(2, min(count, 14)) if low[end] in ",:"), None)
    if opening:
        yield "opening", 0, opening + 1
    yield from (("start", 0, size) for size in (2, 3, 4, 5, 6, 8) if size < count - 3)
    last = count - 1 if not words[-1].is_word else count
    heads = PREPOSITIONS | LINKS | JOINS | ARTICLES
    yield from (("tail", at, last) for at in range(max(1, last - 12), last - 1) if low[at] in heads)
    for _ in range(4):
        at = luck.randrange(count)
        yield "run", at, min(count, at + luck.randint(2, 12))


def _from(
    low: Sequence[str], at: int, until: Callable[..., int], luck: random.Random
) -> Iterator[Run]:
    """The phrases that begin at ``at``."""
    count, inner = len(low), PREPOSITIONS | LINKS | JOINS | PRONOUNS
    if low[at] in PREPOSITIONS:
        end = at + 1
        while end < count and low[end] in ARTICLES | PREPOSITIONS:
            end += 1
        yield "preposition", at, until(min(count, end + 1), inner | ARTICLES, luck.randint(0, 4))
    if low[at] in LINKS:
        yield (
            "clause",
            at - 1 if low[at - 1] == "," else at,
            until(at + 1, set(), luck.choice((99, 99, 4, 7))),
        )
    if low[at] in JOINS or low[at] == ",":
        yield "list", at, until(at + 1, JOINS)
    if low[at] in ARTICLES:
        end = until(at + 1, inner, 4)
        if end < count and low[end] in PREPOSITIONS and luck.random() < 0.5:
            end = until(end + 1, inner, 4)
        yield "object", at, end
    if low[at] == ",":
        close = next((end for end in range(at + 2, min(count, at + 14)) if low[end] == ","), None)
        if close:
            yield "apposition", at, close + luck.randint(0, 1)


def single(words: Sequence[Token], luck: random.Random) -> Iterator[Run]:
    """Every word that might go alone, or with the article before it."""
    small = ARTICLES | PREPOSITIONS
    for at, word in enumerate(words):
        if not word.is_word:
            continue
        before = words[at - 1].text.lower() if at else ""
        first = at - 1 if before in small and luck.random() < 0.6 else at
        if at and word.text[0].isupper():
            yield "name", first, at + 1
        elif word.text[0].isdigit():
            yield "number", at, at + 1
        elif word.text.lower() not in small and len(word.text) > 4:
            yield "word", first, at + 1
        if at and words[at - 1].text in '«“"':
            yield "quoted", at - 1, at + 1
    yield "start", 0, 1
    yield "start", 0, min(2, len(words))


def carried(links: WordLinks, target: Sequence[Token], cut: tuple[int, int]) -> Any:
    """For each source word whether the target words inside ``cut`` carried it: 1, 0, or -1 for unsure."""
    gone = {j for j, token in enumerate(target) if token.start >= cut[0] and token.end <= cut[1]}
    lost = np.full(len(links.similarity), -1)
    for i, j in links.links:
        if links.placed[i, j] > 0.2:
            lost[i] = int(j in gone)
    for i in range(len(lost)):
        if lost[i] < 0:
            near = {int(lost[k]) for k in (i - 1, i + 1) if 0 <= k < len(lost)} - {-1}
            if near == {1} or (near == {0} and int(links.placed[i].argmax()) not in gone):
                lost[i] = near.pop()
    return lost


def faithful(pairs: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The pairs whose sentences mean the same, by the sentence encoder: free translations teach the wrong thing."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    left, right = (
        encoder.sentences([pair[language] for pair in pairs]) for language in ("en", "fr")
    )
    return [
        pair
        for pair, alike in zip(pairs, (left * right).sum(axis=1), strict=True)
        if alike >= FAITHFUL
    ]
