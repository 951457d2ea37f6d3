"""How alike two words of two texts are, and which words have no counterpart: learnt from pairs of sentences.

One matrix turns all that is known of a word (its four layers in context, each less what all words of its sentence
share, and its vector alone) into WIDTH numbers, the same for every language; two words are as alike as the cosine of
these. It was learnt from sentence pairs, half of them with words deleted, so that words which translate each other lie
together (van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding", the InfoNCE loss) and
so that the deleted ones can be told (log loss). bench/make_word_likeness.py makes the table and says from what.

By itself, by the likeliest word of each pair, it tells spoilt news pairs from whole ones with an AUC of .914.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.omissions.features import Column, Side
from articles.omissions.word_encoder import LAYERS

Matrix = NDArray[np.float32]

TABLE = Path(__file__).with_name("word_similarity.npz")
SCALES = np.array([1, 10, 8, 1, 1], dtype=np.float32)
"""What a word's own facts (is a word, letters, frequency, capital, digit) are divided by."""
UNASKED = -6.0
"""The logit of a mark, of which nobody asks."""
NOTHING = -1e4
"""Stands for "cannot be": a mark never translates a word."""


@dataclass(frozen=True)
class Doubts:
    """What the likenesses say of each source word: a column a fact."""

    best: Column
    """The likeness of the most alike target word, less the cost of place."""
    covers: Column
    """How many target words it explains, its rivals counted (Σ of a softmax a target word)."""
    covered: Column
    """How much of it the target's words explain together (Σ of a softmax over the target), 0…1."""
    mutual: Column
    """The best geometric mean of both, 0…1."""
    nearest: Column
    """The likeness of the most alike target word wherever it stands."""
    logit: Column
    """The logarithm of the odds that it is missing."""


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with np.load(TABLE, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def known(vectors: Matrix, alone: Matrix | None) -> Matrix:
    """All that is known of a text's words, a row a word: their layers side by side, and their vectors alone."""
    if alone is None:
        alone = np.zeros(
            (len(vectors), len(_table()["matrix"]) - vectors.shape[1]), dtype=np.float32
        )
    return np.concatenate([layers(vectors), alone], axis=1)


def learnt(rows: Matrix) -> Matrix:
    """What is known (``known``) as WIDTH numbers of length 1."""
    made = rows @ _table()["matrix"]
    return np.asarray(
        made / np.sqrt((made * made).sum(axis=1, keepdims=True) + 1e-6), dtype=np.float32
    )


def layers(vectors: Matrix) -> Matrix:
    """Each layer's numbers less their mean over the sentence, a length of 1 a layer and word."""
    parts = vectors.reshape(len(vectors), len(LAYERS), -1)
    parts = parts - parts.mean(axis=0, keepdims=True)
    parts = parts / np.maximum(np.linalg.norm(parts, axis=2, keepdims=True), 1e-6)
    return np.asarray(parts.reshape(vectors.shape), dtype=np.float32)


def doubts(likeness: Matrix, source: Side, target: Side) -> Doubts:
    """What ``likeness`` (source words × target words) says of each source word."""
    table, (rows, columns) = _table(), likeness.shape
    across = np.abs(
        (np.arange(rows)[:, None] + 0.5) / rows - (np.arange(columns)[None, :] + 0.5) / columns
    )
    possible = (source.is_word[:, None] > 0) & (target.is_word[None, :] > 0)
    heat, nothing = table["heat"], table["heat"] * table["nothing"]
    worth = np.where(possible, heat * (likeness - table["place"] * across), NOTHING)
    of_source = _shares(np.concatenate([worth, np.full((rows, 1), nothing)], axis=1), 1)[:, :-1]
    of_target = _shares(np.concatenate([worth, np.full((1, columns), nothing)], axis=0), 0)[:-1]
    of_target = of_target * (target.is_word > 0)
    seen = [
        np.maximum(worth.max(axis=1) / heat, -1),
        of_target.sum(axis=1),
        of_source.sum(axis=1),
        np.sqrt(of_source * of_target + 1e-9).max(axis=1),
        np.where(target.is_word > 0, likeness, -1).max(axis=1),
    ]
    told = np.stack([seen[0], np.minimum(seen[1], 1.5), *seen[2:]], axis=1)
    logit = table["start"] + told @ table["weights"] + facts_of(source) @ table["facts"]
    logit = np.where(source.is_word > 0, logit, UNASKED)
    columns_of = [np.asarray(column, dtype=np.float32) for column in (*seen, logit)]
    return Doubts(*columns_of)


def facts_of(side: Side) -> Matrix:
    """A text's words' own facts, scaled to about 1."""
    facts = np.stack([side.is_word, side.letters, side.frequency, side.capital, side.digit], axis=1)
    return np.asarray(np.clip(facts / SCALES, 0, 3), dtype=np.float32)


def _shares(worth: Matrix, axis: int) -> Matrix:
    """Softmax along ``axis``."""
    weight = np.exp(worth - worth.max(axis=axis, keepdims=True))
    return np.asarray(weight / weight.sum(axis=axis, keepdims=True), dtype=np.float32)
