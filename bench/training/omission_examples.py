"""Training examples of the omission model: pairs as the encoders see them, whole and shortened."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from articles.omissions import word_similarity
from articles.omissions.features import word_features
from articles.omissions.omission_model import project_words
from articles.omissions.word_aligner import WordLinks, align_words, isolated_vectors
from articles.omissions.word_encoder import load_word_encoder
from articles.text.document import Span
from articles.text.tokens import Token, tokens
from bench.training.delete_linked import delete_linked_word
from bench.training.delete_words import Shortened, delete_words, lost_words, without_span
from bench.training.prose_pairs import ProsePair

MAX_TOKENS = 42
"""The most tokens of a side; longer pairs are left out."""
LEAST_TOKENS = 4
PHRASE_SHARE = 0.5
"""The share of pairs that are also used less a phrase: the model knows phrases from earlier runs
(docs/decisions/0010-own-omission-model.md)."""


class Words(NamedTuple):
    """A text as the model sees it: a row a word.

    ``rows`` are projected by ``omission_model``, ``learned`` by ``word_similarity``; both
    projections stay as they are, so the encoders' own vectors need not be kept.
    """

    rows: Any
    learned: Any
    features: Any


class Example(NamedTuple):
    """Source, target, what each source word has lost, and where in the target it was.

    ``lost`` is 1, 0 or -1 (unsure) for each source word; ``gap`` is -1 in a whole pair.
    """

    source: Words
    target: Words
    lost: Any
    gap: int


class Side(NamedTuple):
    """A text of a pair with its words, as read and as encoded."""

    text: str
    words: Sequence[Token]
    language: str
    encoded: Words


def encode(text: str, words: Sequence[Token], language: str) -> Words:
    """Return ``text`` as both encoders see it, projected."""
    encoder = load_word_encoder()
    isolated = isolated_vectors([word.text for word in words], [])
    if encoder is None or isolated is None:
        sys.exit("the encoders are not installed")
    vectors = word_similarity.combine_vectors(encoder.words(text, words), isolated[0])
    return Words(
        project_words(vectors).astype(np.float16),
        word_similarity.embed_words(vectors).astype(np.float16),
        word_similarity.scaled_features(word_features(words, language)),
    )


def make_examples(pair: ProsePair, rng: random.Random, *, mirrored: bool) -> Iterator[Example]:
    """Yield the examples of one pair: whole, less a word, less a phrase.

    If ``mirrored``, the other language is the source and English loses its words.
    """
    english = tokens(pair.english)
    other = tokens(pair.other)
    if not _has_good_size(english) or not _has_good_size(other):
        return
    links = align_words(pair.english, english, pair.other, other)
    left = Side(pair.english, english, "en", encode(pair.english, english, "en"))
    encoded = encode(pair.other, other, pair.language)
    right = Side(pair.other, other, pair.language, encoded)
    if mirrored:
        left, right, links = right, left, links.swapped
    yield Example(left.encoded, right.encoded, np.zeros(len(left.words)), -1)
    texts = (left.text, right.text)
    languages = (left.language, right.language)
    word = delete_linked_word(links, left.words, right.words, texts, languages, rng)
    yield from _shortened_example(left, links, right, word)
    if rng.random() < PHRASE_SHARE:
        yield from _shortened_example(left, links, right, _without_phrase(right, rng))


def _has_good_size(words: Sequence[Token]) -> bool:
    return LEAST_TOKENS <= len(words) <= MAX_TOKENS


def _without_phrase(side: Side, rng: random.Random) -> Shortened | None:
    """Return a text less a phrase; a run of words where its grammar is not known here."""
    if side.language == "fr":
        return delete_words(side.text, rng)
    return _without_run(side.text, side.words, rng)


def _shortened_example(
    source: Side, links: WordLinks, whole: Side, shortened: Shortened | None
) -> Iterator[Example]:
    """Yield the example of a shortened target, unless hardly anything is left of it."""
    if shortened is None:
        return
    rest = tokens(shortened.text)
    if len(rest) < LEAST_TOKENS:
        return
    gap = len(rest) - 1
    for at, (left, right) in enumerate(zip(rest, whole.words, strict=False)):
        if left.text != right.text:
            gap = min(at, gap)
            break
    target = encode(shortened.text, rest, whole.language)
    lost = lost_words(links, whole.words, shortened.deleted)
    yield Example(source.encoded, target, lost, gap)


def _without_run(text: str, words: Sequence[Token], rng: random.Random) -> Shortened | None:
    """Return ``text`` less a run of words, often its first or its last."""
    size = min(rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12)), len(words) // 2)
    if len(words) < 7:
        return None
    anywhere = [rng.randrange(len(words) - size) for _ in range(5)]
    first = rng.choice((0, 0, len(words) - 1 - size, *anywhere))
    span = Span(words[first].start, words[first + size - 1].end)
    return without_span(text, span, "run", rng)
