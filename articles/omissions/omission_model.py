"""A small transformer that reads a text and its translation and scores each source word as omitted.

It is a transformer (Vaswani et al. 2017) over the words of both sides, one side after the other,
as in word-level quality estimation (Specia, Scarton and Paetzold 2018). Its input is the vectors
of the encoders and the features of ``word_similarity``; the similarity of two words of the two
sides is added to its attention. bench/training/train_omission_model.py makes the weights.
docs/decisions/0010-own-omission-model.md says why there is a model and what it reaches.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from articles.omissions.features import Column, WordFeatures
from articles.omissions.word_similarity import (
    PUNCTUATION_LOGIT,
    MatchFeatures,
    Matrix,
    load_weights,
    match_features,
    scaled_features,
)

WEIGHTS_FILE = Path(__file__).with_name("omission_model.npz")
MAX_STEP = 8
"""Words of one side that are farther apart than this count as this far apart."""


@dataclass(frozen=True)
class OmissionScores:
    """The scores of one pair of texts."""

    omitted: Column
    """For each source token the log odds that the target omits it; PUNCTUATION_LOGIT for a mark."""
    gap: Column
    """For each target token the log probability that words are missing right before it."""
    has_omission: float
    """The log odds that words are missing anywhere."""


def project_words(vectors: Matrix) -> Matrix:
    """Return the model's input for a text: ``word_similarity.combine_vectors``, projected."""
    return np.asarray(vectors @ load_weights(WEIGHTS_FILE)["words"], dtype=np.float32)


def score_omissions(
    rows: tuple[Matrix, Matrix], similarity: Matrix, source: WordFeatures, target: WordFeatures
) -> OmissionScores:
    """Return the scores of a pair.

    ``rows`` are both sides as ``project_words`` returns them, ``similarity`` has the shape
    (source words, target words).
    """
    weights = load_weights(WEIGHTS_FILE)
    count = len(similarity)
    match = match_features(similarity, source, target)
    state = _initial_state(weights, rows, similarity, (source, target), match)
    for layer in range(len(weights["l_query_key_value"])):
        bias = _attention_bias(weights, layer, similarity)
        state = _layer(_layer_weights(weights, layer), state, bias)
    state = _normalized(state, weights["last"])

    logit = match.logit + 4 * (state[:count] @ weights["missing"] + weights["missing_bias"])
    gap = state[count:] @ weights["gap"]
    return OmissionScores(
        np.asarray(np.where(source.is_word > 0, logit, PUNCTUATION_LOGIT), dtype=np.float32),
        np.asarray(gap - np.logaddexp.reduce(gap), dtype=np.float32),
        _pooled_logit(weights, state),
    )


def _initial_state(
    weights: dict[str, Any],
    rows: tuple[Matrix, Matrix],
    similarity: Matrix,
    features: tuple[WordFeatures, WordFeatures],
    match: MatchFeatures,
) -> Matrix:
    """Return the words of both sides with their features added, the target below the source."""
    source, target = features
    source_count, target_count = similarity.shape
    ratio = math.log((target_count + 1) / (source_count + 1))
    target_match = match_features(similarity.T, target, source)
    source_columns = [
        *scaled_features(source).T,
        np.full(source_count, ratio),
        *_match_columns(match),
        match.logit / 4,
    ]
    target_columns = [
        target.is_word,
        np.full(target_count, ratio),
        *_match_columns(target_match),
    ]
    source_part = _stacked(source_columns) @ weights["source_facts"]
    target_part = _stacked(target_columns) @ weights["target_facts"]
    return np.concatenate(
        [
            rows[0] + source_part + weights["source_bias"],
            rows[1] + target_part + weights["target_bias"],
        ]
    )


def _stacked(columns: list[Column]) -> Matrix:
    """Return the columns as one matrix of single-precision numbers.

    One column in double precision would make all that follows double, at three times the cost.
    """
    return np.stack(columns, axis=1, dtype=np.float32, casting="same_kind")


def _match_columns(match: MatchFeatures) -> list[Column]:
    covers = np.minimum(match.covers, 3)
    return [match.best, covers, match.covered, match.mutual, match.nearest]


def _attention_bias(weights: dict[str, Any], layer: int, similarity: Matrix) -> Matrix:
    """Return what is added to the attention scores of a layer, shape (heads, words, words).

    Between the sides it depends on similarity and relative position, within a side on the number
    of words between two words.
    """
    source_count, target_count = similarity.shape
    source_places = (np.arange(source_count, dtype=np.float32) + 0.5) / source_count
    target_places = (np.arange(target_count, dtype=np.float32) + 0.5) / target_count
    distance = np.abs(source_places[:, None] - target_places[None, :])
    by_similarity = weights["attend_similarity"][layer][:, None, None]
    by_place = weights["attend_place"][layer][:, None, None]
    across = by_similarity * similarity - by_place * distance

    total = source_count + target_count
    bias = np.empty((len(by_similarity), total, total), dtype=np.float32)
    across_start = weights["attend_across"][layer]
    bias[:, :source_count, source_count:] = across + across_start[:, :1, None]
    bias[:, source_count:, :source_count] = across.swapaxes(1, 2) + across_start[:, 1:, None]
    parts = (slice(None, source_count), slice(source_count, None))
    for side, part in enumerate(parts):
        index = np.arange(similarity.shape[side])
        step = np.clip(index[None, :] - index[:, None], -MAX_STEP, MAX_STEP) + MAX_STEP
        bias[:, part, part] = weights["attend_steps"][layer][:, side][:, step]
    return bias


def _layer_weights(weights: dict[str, Any], layer: int) -> dict[str, Any]:
    """Return the weights of one layer under their names without the prefix "l_"."""
    return {name[2:]: values[layer] for name, values in weights.items() if name[:2] == "l_"}


def _layer(weights: dict[str, Any], state: Matrix, bias: Matrix) -> Matrix:
    """Return ``state`` after attention and a feed-forward step, both residual and pre-norm."""
    size = len(state)
    heads = len(bias)
    projected = _normalized(state, weights["norm"]) @ weights["query_key_value"]
    projected = projected + weights["query_key_value_bias"]
    query, key, value = projected.reshape(size, 3, heads, -1).transpose(1, 2, 0, 3)
    scores = query @ key.swapaxes(-1, -2) / math.sqrt(query.shape[-1]) + bias
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attended = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    joined = attended.transpose(1, 0, 2).reshape(size, -1)
    state = state + joined @ weights["attention_output"] + weights["attention_output_bias"]

    inner = _normalized(state, weights["inner_norm"]) @ weights["inner"] + weights["inner_bias"]
    inner = np.maximum(inner, 0)
    result: Matrix = state + inner @ weights["outer"] + weights["outer_bias"]
    return result


def _normalized(state: Matrix, scale_and_shift: Matrix) -> Matrix:
    """Return each row with mean 0 and variance 1, then scaled and shifted (layer norm)."""
    state = state - state.mean(axis=1, keepdims=True)
    deviation = np.sqrt((state * state).mean(axis=1, keepdims=True) + 1e-5)
    return np.asarray(state / deviation * scale_and_shift[0] + scale_and_shift[1])


def _pooled_logit(weights: dict[str, Any], state: Matrix) -> float:
    """Return the log odds for the whole pair: an attention-weighted mean over all words."""
    attention, value = (state @ weights["pair"]).T
    attention = np.exp(attention - attention.max())
    return float(attention @ value / attention.sum() + weights["pair_bias"])
