"""Reads a text and its translation together and says which source words the translation leaves out.

A small transformer (Vaswani et al. 2017) over the words of both sides, one side after the other, as word-level quality
estimation does it (Specia, Scarton and Paetzold 2018). It sees what the encoders know of each word and what
word_likeness.py says of it; how alike two words of the two sides are weighs on its attention. So it can tell what
likenesses alone cannot: that one word stands for two, that a word's only match is needed elsewhere, that a sentence
says something in other words. bench/make_joint_reader.py makes the table and says from what.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from articles.omissions.features import Column, Side
from articles.omissions.word_similarity import UNASKED, Doubts, Matrix, doubts, facts_of

TABLE = Path(__file__).with_name("omission_model.npz")
WIDTH = 192
"""Numbers a word while it reads."""
REACH = 8
"""Words of one side that are farther apart than this are all as far."""


@dataclass(frozen=True)
class Reading:
    """What the reader says of a pair."""

    missing: Column
    """Of each source word the logarithm of the odds that the target leaves it out; UNASKED for a mark."""
    seam: Column
    """Of each target word the logarithm of the probability that words are missing right before it."""
    spoilt: float
    """The logarithm of the odds that words are missing anywhere."""


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with np.load(TABLE, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def taken_in(known: Matrix) -> Matrix:
    """What the reader keeps of all that is known of a text's words (word_likeness.known): WIDTH numbers a word."""
    return np.asarray(known @ _table()["words"], dtype=np.float32)


def read(rows: tuple[Matrix, Matrix], likeness: Matrix, source: Side, target: Side) -> Reading:
    """What there is to say of a pair; ``rows`` is what both sides were taken in as, ``likeness`` compares words."""
    table, count, found = _table(), len(likeness), doubts(likeness, source, target)
    ratio = math.log((likeness.shape[1] + 1) / (count + 1))
    ours = [*facts_of(source).T, np.full(count, ratio), *_first(found), found.logit / 4]
    theirs = [
        target.is_word,
        np.full(likeness.shape[1], ratio),
        *_first(doubts(likeness.T, target, source)),
    ]
    state = np.concatenate(
        [
            rows[0] + _columns(ours) @ table["source_facts"] + table["source_start"],
            rows[1] + _columns(theirs) @ table["target_facts"] + table["target_start"],
        ]
    )
    weights = _weights(table, likeness)
    for layer, weight in enumerate(weights):
        state = _layer(
            {name[2:]: values[layer] for name, values in table.items() if name[:2] == "l_"},
            state,
            weight,
        )
    state = _normed(state, table["last"])
    logit = found.logit + 4 * (state[:count] @ table["missing"] + table["missing_start"])
    seam = state[count:] @ table["seam"]
    look, say = (state @ table["spoilt"]).T
    looked = np.exp(look - look.max())
    return Reading(
        np.asarray(np.where(source.is_word > 0, logit, UNASKED), dtype=np.float32),
        np.asarray(seam - np.logaddexp.reduce(seam), dtype=np.float32),
        float(looked @ say / looked.sum() + table["spoilt_start"]),
    )


def _columns(facts: list[Column]) -> Matrix:
    """A row a word. With a single number of double size among them all that follows would take three times as long."""
    return np.stack(facts, axis=1, dtype=np.float32, casting="same_kind")


def _first(found: Doubts) -> list[Column]:
    """The facts of likeness a word."""
    return [found.best, np.minimum(found.covers, 3), found.covered, found.mutual, found.nearest]


def _weights(table: dict[str, Any], likeness: Matrix) -> Matrix:
    """What is added to the attention, (layers, heads, words, words): by likeness and place across, by steps within."""
    count, other = likeness.shape
    here, there = ((np.arange(size, dtype=np.float32) + 0.5) / size for size in likeness.shape)
    far = np.abs(here[:, None] - there[None, :])
    like, place = table["attend_likeness"][..., None, None], table["attend_place"][..., None, None]
    across = like * likeness - place * far
    made = np.empty(
        (*table["attend_likeness"].shape, count + other, count + other), dtype=np.float32
    )
    made[..., :count, count:] = across + table["attend_across"][..., :1, None]
    made[..., count:, :count] = np.swapaxes(across, -1, -2) + table["attend_across"][..., 1:, None]
    for side, part in enumerate((slice(None, count), slice(count, None))):
        index = np.arange(likeness.shape[side])
        step = np.clip(index[None, :] - index[:, None], -REACH, REACH) + REACH
        made[..., part, part] = table["attend_steps"][:, :, side][..., step]
    return made


def _layer(table: dict[str, Any], state: Matrix, weight: Matrix) -> Matrix:
    """Attention, then two steps for each word by itself; both add to what was there ("pre-norm")."""
    size, heads = len(state), len(weight)
    asked = (_normed(state, table["norm"]) @ table["ask"] + table["ask_start"]).reshape(
        size, 3, heads, -1
    )
    query, key, value = asked.transpose(1, 2, 0, 3)
    scores = query @ key.swapaxes(-1, -2) / math.sqrt(query.shape[-1]) + weight
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heard = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    state = state + heard.transpose(1, 0, 2).reshape(size, -1) @ table["tell"] + table["tell_start"]
    inner = np.maximum(
        _normed(state, table["inner_norm"]) @ table["inner"] + table["inner_start"], 0
    )
    told: Matrix = state + inner @ table["outer"] + table["outer_start"]
    return told


def _normed(state: Matrix, table: Matrix) -> Matrix:
    """Each row with a mean of 0 and a variance of 1, then stretched and moved (``table``: two rows)."""
    state = state - state.mean(axis=1, keepdims=True)
    return np.asarray(
        state / np.sqrt((state * state).mean(axis=1, keepdims=True) + 1e-5) * table[0] + table[1]
    )
