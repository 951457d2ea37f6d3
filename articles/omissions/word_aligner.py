"""Which word translates which in one pair of texts: two lists of words in, links out.

Words are compared by their vectors in context (``word_encoder``); two words are linked when each
is the other's best (Jalili Sabet et al. 2020, "SimAlign", argmax). The same word often stands
twice, so place decides too: the first round prefers the diagonal; later rounds prefer, for each
word, the place where the links of its neighbours lead (the idea of the HMM aligner, Vogel et al.
1996). Without the encoder the spelling is compared: equal words and numbers, and words of the same
stem (cognates, names). docs/decisions/0012-word-links-without-training.md has the figures.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.omission_model import project_words
from articles.omissions.word_encoder import LAYERS, Vectors, WordEncoder, load_word_encoder
from articles.omissions.word_similarity import combine_vectors, embed_words
from articles.omissions.word_table import known_vector
from articles.text.spelling import without_accents
from articles.text.tokens import Token

Matrix = NDArray[np.float32]
Links = tuple[tuple[int, int], ...]

DIAGONAL_COST = 0.15
"""The cost, in units of similarity, of a link from one end of the source to the other end of the
target."""
STRAY_COST = 0.25
"""The cost of a link that leads STRAY_WORDS or more away from where the neighbours' links lead."""
STRAY_WORDS = 8
MIXED_SIMILARITY = np.float32(-0.3)
"""The similarity of a word and a mark, whatever their vectors are."""
NEIGHBOUR_DECAY = 2.5
"""At this distance in words a neighbour counts about a third (exp(-1))."""
ROUNDS = 2
MAX_TOKENS = 800
"""Tokens of both sides together: time and memory grow with their square, and no sentence is as
long; a longer text without sentences is not read."""
CACHED_WORDS = 20_000
"""The number of isolated words whose vectors are kept, at two kilobytes each."""

_isolated_cache: dict[str, Vectors] = {}


def _empty() -> Matrix:
    return np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class WordLinks:
    """The links of a pair's words and the similarities behind them."""

    similarity: Matrix
    """The similarity of source word i and target word j in context, about -0.3 to 1."""
    placed: Matrix
    """``similarity`` less the cost of place; the links are chosen by it."""
    links: Links
    """The linked words as (i, j), sorted."""
    isolated: Matrix = field(default_factory=_empty)
    """The similarity of the words without their sentences."""
    learned_similarity: Matrix = field(default_factory=_empty)
    """The similarity as ``word_similarity`` learned it."""
    model_rows: tuple[Matrix, Matrix] | None = None
    """The input of ``omission_model`` for both sides; None without the encoder."""

    @property
    def swapped(self) -> WordLinks:
        """The same links with source and target exchanged."""
        links = tuple(sorted((j, i) for i, j in self.links))
        rows = None if self.model_rows is None else (self.model_rows[1], self.model_rows[0])
        return WordLinks(
            self.similarity.T,
            self.placed.T,
            links,
            self.isolated.T,
            self.learned_similarity.T,
            rows,
        )


NO_LINKS = WordLinks(_empty(), _empty(), ())
"""What is known of a pair that was not read."""


def align_words(
    source: str,
    source_tokens: Sequence[Token],
    target: str,
    target_tokens: Sequence[Token],
    *,
    encoder: WordEncoder | None = None,
    for_model: bool = True,
) -> WordLinks:
    """Return the links of two texts' words; none for texts of more than MAX_TOKENS tokens.

    ``encoder`` defaults to the one of this process (``load_word_encoder``). Without ``for_model``
    the learned similarity and the model's input are not computed: half of the time.
    """
    if len(source_tokens) + len(target_tokens) > MAX_TOKENS:
        return NO_LINKS
    encoder = encoder or load_word_encoder()
    if not source_tokens or not target_tokens:
        shape = (len(source_tokens), len(target_tokens))
        return link_words(np.zeros(shape, dtype=np.float32))
    if encoder is None:
        return link_words(spelling_similarity(source_tokens, target_tokens))
    # onnxruntime releases the interpreter lock, so two threads halve the time on two cores.
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(encoder.words, target, target_tokens)
        source_vectors = encoder.words(source, source_tokens)
        target_vectors = future.result()
    isolated = isolated_vectors(
        [token.text for token in source_tokens], [token.text for token in target_tokens]
    )
    links = _link_encoded(source_tokens, source_vectors, target_tokens, target_vectors, isolated)
    if not for_model:
        return links
    if isolated is None:
        rows = (combine_vectors(source_vectors, None), combine_vectors(target_vectors, None))
    else:
        rows = (
            combine_vectors(source_vectors, isolated[0]),
            combine_vectors(target_vectors, isolated[1]),
        )
    return replace(
        links,
        learned_similarity=embed_words(rows[0]) @ embed_words(rows[1]).T,
        model_rows=(project_words(rows[0]), project_words(rows[1])),
    )


def _link_encoded(
    source_tokens: Sequence[Token],
    source_vectors: Vectors,
    target_tokens: Sequence[Token],
    target_vectors: Vectors,
    isolated: tuple[Matrix, Matrix] | None,
) -> WordLinks:
    """Return the links of words by their vectors in context and alone."""
    comparable = same_kind(source_tokens, target_tokens)
    source_layers = np.split(source_vectors, len(LAYERS), axis=1)
    target_layers = np.split(target_vectors, len(LAYERS), axis=1)

    def compare(layer: int) -> Matrix:
        left = unit_vectors(source_layers[layer])
        right = unit_vectors(target_layers[layer])
        cosine = left @ right.T
        return np.where(comparable, cosine, MIXED_SIMILARITY).astype(np.float32)

    if isolated is None:
        # The lowest of the three layers knows most of a word by itself.
        isolated_similarity = compare(-3)
    else:
        cosine = isolated[0] @ isolated[1].T
        isolated_similarity = np.where(comparable, cosine, MIXED_SIMILARITY)
    similarity = np.asarray(0.5 * (compare(-2) + compare(-1)), dtype=np.float32)
    return replace(link_words(similarity), isolated=isolated_similarity)


def same_kind(source: Sequence[Token], target: Sequence[Token]) -> NDArray[np.bool_]:
    """Return which cells compare two words or numbers, or two marks."""
    left = np.array([_has_letter_or_digit(token.text) for token in source])
    right = np.array([_has_letter_or_digit(token.text) for token in target])
    return np.asarray(left[:, None] == right[None, :])


def _has_letter_or_digit(text: str) -> bool:
    return any(map(str.isalnum, text))


def isolated_vectors(source: Sequence[str], target: Sequence[str]) -> tuple[Matrix, Matrix] | None:
    """Return the words' vectors without a sentence around them, one row a word.

    They are those of ``word_table``, and of the sentence encoder for other words; the result is
    None where it is not installed. It is given each word alone: it scales the numbers of a batch
    together, so a word's vector would depend on the words beside it, and thus on what the process
    read before.
    """
    encoder = load_encoder()
    if encoder is None:
        return None
    words = {*source, *target}
    new = sorted(word for word in words if word not in _isolated_cache)
    if len(_isolated_cache) + len(new) > CACHED_WORDS:
        _isolated_cache.clear()
        new = sorted(words)
    for word in new:
        known = known_vector(word)
        _isolated_cache[word] = encoder.sentences([word])[0] if known is None else known
    left = np.array([_isolated_cache[word] for word in source], dtype=np.float32)
    right = np.array([_isolated_cache[word] for word in target], dtype=np.float32)
    return left, right


def unit_vectors(vectors: Vectors) -> Vectors:
    """Return rows of length 1, less what all words of the sentence share."""
    if len(vectors) > 2:
        vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def link_words(similarity: Matrix) -> WordLinks:
    """Return the links that follow from the words' similarity and place."""
    if not similarity.size:
        return WordLinks(similarity, similarity, ())
    placed = similarity - DIAGONAL_COST * diagonal_distance(*similarity.shape)
    columns = np.arange(similarity.shape[1], dtype=np.float32)
    for _ in range(ROUNDS):
        expected = expected_places(similarity, mutual_best(placed))
        stray = np.minimum(1, np.abs(columns[None, :] - expected[:, None]) / STRAY_WORDS)
        placed = (similarity - STRAY_COST * stray).astype(np.float32)
    return WordLinks(similarity, placed, mutual_best(placed))


def expected_places(similarity: Matrix, links: Sequence[tuple[int, int]]) -> Matrix:
    """Return where in the target each source word is expected by its neighbours' links.

    A word's own link does not count. The unit is target words from the start.
    """
    rows, columns = similarity.shape
    steps = np.arange(rows, dtype=np.float32)
    influence = np.exp(-np.abs(steps[:, None] - steps[None, :]) / NEIGHBOUR_DECAY)
    np.fill_diagonal(influence, 0)
    weight = np.zeros(rows)
    shift = np.zeros(rows)
    for i, j in links:
        weight[i] = max(0.0, float(similarity[i, j]))
        shift[i] = j - i * columns / rows
    mean_shift = influence @ (weight * shift) / (influence @ weight + 0.02)
    return np.asarray(mean_shift + steps * columns / rows, dtype=np.float32)


def diagonal_distance(rows: int, columns: int) -> Matrix:
    """Return the distance of each cell from the diagonal, 0 to 1."""
    down = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    across = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    return np.abs(down[:, None] - across[None, :])


def mutual_best(scores: Matrix) -> Links:
    """Return the cells above 0 that are the highest of their row and of their column."""
    best_columns = scores.argmax(axis=1)
    best_rows = scores.argmax(axis=0)
    links = []
    for i, j in enumerate(best_columns):
        if best_rows[j] == i and scores[i, j] > 0:
            links.append((i, int(j)))
    return tuple(links)


def spelling_similarity(source_tokens: Sequence[Token], target_tokens: Sequence[Token]) -> Matrix:
    """Return the similarity by letters alone: 1 for equal words, less for words of one stem.

    Words that share less than six tenths of their letters get 0.
    """
    left = [without_accents(token.text) for token in source_tokens]
    right = [without_accents(token.text) for token in target_tokens]
    result = np.zeros((len(left), len(right)), dtype=np.float32)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a == b:
                result[i, j] = 1
            elif a[:2] == b[:2] and len(a) > 3 and len(b) > 3:
                result[i, j] = _letter_similarity(a, b)
    return result


@lru_cache(maxsize=200_000)
def _letter_similarity(a: str, b: str) -> float:
    ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= 0.6 else 0.0
