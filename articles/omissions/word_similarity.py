"""How similar two words of two texts are, learned from sentence pairs, and what that says of each.

One matrix turns a word's vectors (its four layers in context, each less the mean of its sentence,
and its isolated vector) into 128 numbers, the same for every language; the similarity of two words
is the cosine of these. Half of the pairs it was learned from had words deleted: words that
translate each other were drawn together (InfoNCE, van den Oord et al. 2018, "Representation
Learning with Contrastive Predictive Coding") and the deleted ones told from the others (log loss).
bench/training/train_word_similarity.py makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.omissions.features import Column, WordFeatures
from articles.omissions.word_encoder import LAYERS

Matrix = NDArray[np.float32]

WEIGHTS_FILE = Path(__file__).with_name("word_similarity.npz")
SCALES = np.array([1, 10, 8, 1, 1], dtype=np.float32)
"""Divisors of a word's features (is a word, letters, frequency, capital, digit)."""
PUNCTUATION_LOGIT = -6.0
"""The logit of a mark, whose omission does not count."""
IMPOSSIBLE = -1e4
"""The score of a mark as the translation of a word; it disappears in a softmax."""


@dataclass(frozen=True)
class MatchFeatures:
    """What the similarities say of each word of one side: an array a feature, a number a word."""

    best: Column
    """The similarity of the best target word, less the cost of its place."""
    covers: Column
    """How many target words it explains (the sum of its shares of each target word's softmax)."""
    covered: Column
    """How much of it the target words explain together, 0 to 1 (the sum of its own softmax)."""
    mutual: Column
    """The highest geometric mean of both shares, 0 to 1."""
    nearest: Column
    """The similarity of the best target word, wherever it stands."""
    logit: Column
    """The log odds that it is omitted."""


@lru_cache(maxsize=2)
def load_weights(path: Path) -> dict[str, Any]:
    """Return the arrays of a model's file by name, loaded at the first call."""
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def combine_vectors(vectors: Matrix, isolated: Matrix | None) -> Matrix:
    """Return one row a word: its layers in context, then its isolated vector (0 where None)."""
    if isolated is None:
        width = len(load_weights(WEIGHTS_FILE)["matrix"]) - vectors.shape[1]
        isolated = np.zeros((len(vectors), width), dtype=np.float32)
    return np.concatenate([normalize_layers(vectors), isolated], axis=1)


def embed_words(rows: Matrix) -> Matrix:
    """Return the learned vectors, of length 1, of words as ``combine_vectors`` returns them."""
    projected = rows @ load_weights(WEIGHTS_FILE)["matrix"]
    lengths = np.sqrt((projected * projected).sum(axis=1, keepdims=True) + 1e-6)
    return np.asarray(projected / lengths, dtype=np.float32)


def normalize_layers(vectors: Matrix) -> Matrix:
    """Return each layer's numbers less their mean over the sentence, with length 1 a layer."""
    parts = vectors.reshape(len(vectors), len(LAYERS), -1)
    parts = parts - parts.mean(axis=0, keepdims=True)
    parts = parts / np.maximum(np.linalg.norm(parts, axis=2, keepdims=True), 1e-6)
    return np.asarray(parts.reshape(vectors.shape), dtype=np.float32)


def match_features(similarity: Matrix, source: WordFeatures, target: WordFeatures) -> MatchFeatures:
    """Return what ``similarity``, shape (source words, target words), says of each source word."""
    weights = load_weights(WEIGHTS_FILE)
    heat = weights["heat"]
    is_source_word = source.is_word > 0
    is_target_word = target.is_word > 0
    worth = _pair_worth(weights, similarity, is_source_word, is_target_word)
    by_source, by_target = _shares(worth, heat * weights["nothing"])
    by_target = by_target * is_target_word

    best = np.maximum(worth.max(axis=1) / heat, -1)
    covers = by_target.sum(axis=1)
    covered = by_source.sum(axis=1)
    mutual = np.sqrt(by_source * by_target + 1e-9).max(axis=1)
    nearest = np.where(is_target_word, similarity, -1).max(axis=1)

    columns = np.stack([best, np.minimum(covers, 1.5), covered, mutual, nearest], axis=1)
    logit = (
        weights["start"] + columns @ weights["weights"] + scaled_features(source) @ weights["facts"]
    )
    logit = np.where(is_source_word, logit, PUNCTUATION_LOGIT)
    return MatchFeatures(
        np.asarray(best, dtype=np.float32),
        np.asarray(covers, dtype=np.float32),
        np.asarray(covered, dtype=np.float32),
        np.asarray(mutual, dtype=np.float32),
        np.asarray(nearest, dtype=np.float32),
        np.asarray(logit, dtype=np.float32),
    )


def _pair_worth(
    weights: dict[str, Any],
    similarity: Matrix,
    is_source_word: NDArray[np.bool_],
    is_target_word: NDArray[np.bool_],
) -> Matrix:
    """Return the softmax scores of all pairs of words: similarity less the cost of place."""
    rows, columns = similarity.shape
    source_places = (np.arange(rows)[:, None] + 0.5) / rows
    target_places = (np.arange(columns)[None, :] + 0.5) / columns
    distance = np.abs(source_places - target_places)
    possible = is_source_word[:, None] & is_target_word[None, :]
    scores = weights["heat"] * (similarity - weights["place"] * distance)
    return np.where(possible, scores, IMPOSSIBLE)


def _shares(worth: Matrix, nothing: float) -> tuple[Matrix, Matrix]:
    """Return the softmax over each row and over each column; ``nothing`` competes in each."""
    rows, columns = worth.shape
    no_target = np.full((rows, 1), nothing)
    no_source = np.full((1, columns), nothing)
    by_source = _softmax(np.concatenate([worth, no_target], axis=1), 1)[:, :-1]
    by_target = _softmax(np.concatenate([worth, no_source], axis=0), 0)[:-1]
    return by_source, by_target


def _softmax(worth: Matrix, axis: int) -> Matrix:
    weight = np.exp(worth - worth.max(axis=axis, keepdims=True))
    return np.asarray(weight / weight.sum(axis=axis, keepdims=True), dtype=np.float32)


def scaled_features(features: WordFeatures) -> Matrix:
    """Return the words' own features, one row a word, scaled to about 1."""
    columns = [
        features.is_word,
        features.letters,
        features.frequency,
        features.capital,
        features.digit,
    ]
    return np.asarray(np.clip(np.stack(columns, axis=1) / SCALES, 0, 3), dtype=np.float32)
