"""Training examples of the omission model: pairs as the encoders see them, whole and shortened."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from articles.omissions import word_similarity
from articles.omissions.features import word_features
from articles.omissions.word_aligner import WordLinks, align_words, isolated_vectors
from articles.omissions.word_encoder import load_word_encoder
from articles.text.document import Span
from articles.text.tokens import Token, tokens
from bench.training.delete_words import Shortened, delete_words, lost_words, without_span

MAX_TOKENS = 70
"""The most tokens of a side; longer pairs are left out."""


class Words(NamedTuple):
    """A text: its layers as whole numbers with a scale a word, its words' indices, its features."""

    layers: Any
    scale: Any
    index: Any
    features: Any


class Example(NamedTuple):
    """Source, target, what each source word has lost, and where in the target it was.

    ``lost`` is 1, 0 or -1 (unsure) for each source word; ``gap`` is -1 in a whole pair.
    """

    source: Words
    target: Words
    lost: Any
    gap: int


class Lexicon:
    """The vectors of isolated words, each once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.vectors: list[Any] = []

    def index(self, words: Sequence[str]) -> Any:
        """Return the indices of the words' vectors; new words are encoded and added."""
        new = [word for word in dict.fromkeys(words) if word not in self.places]
        if new:
            found = isolated_vectors(new, [])
            if found is None:
                sys.exit("the sentence encoder is not installed")
            for word, vector in zip(new, found[0], strict=True):
                self.places[word] = len(self.vectors)
                self.vectors.append(vector.astype(np.float16))
        return np.array([self.places[word] for word in words])


def encode(text: str, words: Sequence[Token], language: str, lexicon: Lexicon) -> Words:
    """Return ``text`` as both encoders see it."""
    encoder = load_word_encoder()
    if encoder is None:
        sys.exit("the word encoder is not installed")
    layers = word_similarity.normalize_layers(encoder.words(text, words))
    scale = np.abs(layers).max(axis=1, keepdims=True) / 127 + 1e-9
    return Words(
        np.round(layers / scale).astype(np.int8),
        scale,
        lexicon.index([word.text for word in words]),
        word_similarity.scaled_features(word_features(words, language)),
    )


def make_examples(
    pair: dict[str, str], rng: random.Random, lexicon: Lexicon, *, mirrored: bool
) -> Iterator[Example]:
    """Yield the examples of one pair, from the French side too if ``mirrored``."""
    english = tokens(pair["en"])
    french = tokens(pair["fr"])
    if not (4 <= len(english) <= MAX_TOKENS and 4 <= len(french) <= MAX_TOKENS):
        return
    links = align_words(pair["en"], english, pair["fr"], french)
    source = encode(pair["en"], english, "en", lexicon)
    target = encode(pair["fr"], french, "fr", lexicon)
    yield Example(source, target, np.zeros(len(english)), -1)
    for few in (False, True, False):
        shortened = delete_words(pair["fr"], rng, few=few)
        yield from _shortened_example(source, links, french, shortened, "fr", lexicon)
    if mirrored:
        yield Example(target, source, np.zeros(len(french)), -1)
        shortened = _without_run(pair["en"], english, rng)
        yield from _shortened_example(target, links.swapped, english, shortened, "en", lexicon)


def _shortened_example(
    source: Words,
    links: WordLinks,
    whole: Sequence[Token],
    shortened: Shortened | None,
    language: str,
    lexicon: Lexicon,
) -> Iterator[Example]:
    """Yield the example of a shortened target, unless hardly anything is left of it."""
    if shortened is None:
        return
    rest = tokens(shortened.text)
    if len(rest) < 4:
        return
    gap = len(rest) - 1
    for at, (left, right) in enumerate(zip(rest, whole, strict=False)):
        if left.text != right.text:
            gap = min(at, gap)
            break
    target = encode(shortened.text, rest, language, lexicon)
    yield Example(source, target, lost_words(links, whole, shortened.deleted), gap)


def _without_run(text: str, words: Sequence[Token], rng: random.Random) -> Shortened | None:
    """Return ``text`` less a run of words, often its first or its last."""
    size = min(rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12)), len(words) // 2)
    if len(words) < 7:
        return None
    anywhere = [rng.randrange(len(words) - size) for _ in range(5)]
    first = rng.choice((0, 0, len(words) - 1 - size, *anywhere))
    span = Span(words[first].start, words[first + size - 1].end)
    return without_span(text, span, "run", rng)
