"""The score of each group that two texts' sentences can be aligned in.

It is the logarithm of how much likelier the group is as a translation than as chance, a sum over
the properties in ``Weights``. What each of them contributes, measured: docs/decisions/0003.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.alignment.search import Shape
from articles.alignment.similarity import (
    MAX_RUN,
    NAME,
    NUMBER,
    STEM,
    Floats,
    Side,
    anchor_tables,
    length_ratio,
    sums,
    usual_cosines,
)

SHAPES = [
    (n, m) for n in range(1, MAX_RUN + 1) for m in range(1, MAX_RUN + 1) if n + m <= MAX_RUN + 1
]
"""The groups that are considered: n source and m target pieces."""

Cosines = dict[Shape, NDArray[np.float32]]
"""For each shape, the cosine of each run of n source with each run of m target pieces."""


@dataclass(frozen=True)
class Weights:
    """How much each property counts, as natural logarithms; chosen on development sets."""

    meaning: float = 16.0  # for a cosine of 1 more
    enough: float = 0.4  # the cosine, beyond what is usual, that speaks neither for nor against
    usual: float = 0.8  # how much of the usual cosine is taken off
    member: float = 6.0  # against a piece of a group that has no counterpart of its own
    own: float = 0.2  # the cosine, beyond what is usual, of a piece that has one
    member_line: float = 1.0  # factor on ``member``: the group has a paragraph break in it
    gain: float = 0.05  # what a piece with a counterpart adds to the cosine of its group
    pair: float = 12.0  # against a pair of sentences, one a line of its own, that are not similar
    member_open: float = 0.5  # factor: it is part of a line and has no end mark
    member_inner: float = 0.0  # factor: it is an ordinary sentence within a line
    length: float = 0.4  # for the squared deviation of lengths
    number: float = 0.7  # for each number on both sides
    odd_number: float = 0.5  # against each number (of the text's shared ones) on one side only
    name: float = 0.5
    stem: float = 0.1
    boilerplate: float = 5.0  # against page boilerplate beside a sentence
    paragraph: float = 0.3  # for beginning a paragraph on both sides or on neither
    joined: float = -3.0  # for each sure boundary within a group
    several: float = -3.0  # for a group with several sentences on both sides
    boundary: float = 0.4  # how much the segmenter's uncertainty about a boundary counts
    step: float = -3.0  # for a sentence left alone
    entry: float = -0.5  # for each run of them
    boilerplate_step: float = 0.5  # factor: boilerplate is left alone more easily
    orphan: float = 0.25  # the highest cosine of a line that seems to have no counterpart
    furniture_step: float = 0.3  # factor: so is what has the form of it and no counterpart
    orphan_step: float = 0.8  # factor: such a line is left alone more easily
    sharpness: float = 0.7  # factor on all scores: below 1 for less extreme probabilities


MEANING = Weights()
SPELLING = Weights(
    meaning=6.0,
    enough=0.15,
    usual=1.0,
    member=0.0,
    orphan=0.0,
    length=1.0,
    number=1.0,
    name=1.0,
    stem=0.5,
)
"""Without an encoder: vectors of shared numbers, names and word beginnings replace meaning."""


class Usual(NamedTuple):
    """How similar each run of one text is to the other text in general, by length of run."""

    left: dict[int, Floats]
    right: dict[int, Floats]

    def of(self, shape: Shape) -> Floats:
        """Return the mean of both runs of each group of a shape."""
        n, m = shape
        return np.asarray((self.left[n][:, None] + self.right[m][None, :]) / 2)


class GroupScores:
    """The scores of all groups of two texts, or of parts of them.

    What does not depend on the vectors of runs is computed once.
    """

    def __init__(self, left: Side, right: Side, weights: Weights) -> None:
        """Prepare the scores of the groups of two texts whose single pieces have vectors."""
        self.left = left
        self.right = right
        self.weights = weights
        self.shapes = [
            shape for shape in SHAPES if shape[0] <= len(left) and shape[1] <= len(right)
        ]
        self.is_one_sided = not self.shapes
        self._fixed = {} if self.is_one_sided else self._fixed_scores()

    def groups(self) -> dict[Shape, Floats]:
        """Return the score of every group, by its shape and where it begins on both sides."""
        weights = self.weights
        cosines = all_cosines(self.left, self.right, self.shapes)
        usual = usual_of_runs(cosines)
        excess = {shape: cosines[shape] - weights.usual * usual.of(shape) for shape in self.shapes}
        result: dict[Shape, Floats] = {}
        for shape in self.shapes:
            meaning = weights.meaning * (excess[shape] - weights.enough)
            lack = unsupported(self.left, self.right, shape, excess, weights)
            result[shape] = self._fixed[shape] + meaning - lack
        return result

    def alone(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return, for each side, the score of leaving each piece alone, and of beginning a run."""
        cosines = all_cosines(self.left, self.right, [(1, 1)])
        excess = cosines[1, 1] - self.weights.usual * usual_of_runs(cosines).of((1, 1))
        return (
            *lone_scores(self.left, excess.max(axis=1), self.weights),
            *lone_scores(self.right, excess.max(axis=0), self.weights),
        )

    def _fixed_scores(self) -> dict[Shape, Floats]:
        """Return what does not depend on vectors: lengths, anchors, boilerplate, boundaries."""
        left, right, weights = self.left, self.right, self.weights
        ratio = length_ratio(left, right)
        numbers = anchor_tables(left, right, {NUMBER: 1.0})
        words = anchor_tables(left, right, {NAME: weights.name, STEM: weights.stem})
        result: dict[Shape, Floats] = {}
        for n, m in self.shapes:
            mismatch = length_mismatch(sums(left.letters, n), sums(right.letters, m), ratio)
            score = words.shared((n, m)) - weights.length * mismatch
            shared = numbers.shared((n, m))
            score += weights.number * shared
            score -= weights.odd_number * (numbers.total((n, m)) - 2 * shared)
            score -= weights.boilerplate * _boilerplate_difference(left, right, (n, m))
            score += weights.paragraph * _same_paragraph_start(left, right, (n, m))
            score += boundary_scores(left, n, weights)[:, None]
            score += boundary_scores(right, m, weights)[None, :]
            result[n, m] = score + (weights.several if min(n, m) > 1 else 0.0)
        return result


def all_cosines(left: Side, right: Side, shapes: list[Shape]) -> Cosines:
    """Return the cosines of the runs of each shape.

    A few large products take less time than one for each shape.
    """
    result: Cosines = {}
    for n in sorted({n for n, _m in shapes}):
        counts = [m for count, m in shapes if count == n]
        product = left.vectors[n] @ np.concatenate([right.vectors[m] for m in counts]).T
        start = 0
        for m in counts:
            end = start + len(right.vectors[m])
            result[n, m] = product[:, start:end]
            start = end
    return result


def usual_of_runs(cosines: Cosines) -> Usual:
    """Return how similar each run is to the single pieces of the other text in general."""
    left = {n: usual_cosines(cosines[n, 1]) for n, m in cosines if m == 1}
    right = {m: usual_cosines(cosines[1, m].T) for n, m in cosines if n == 1}
    return Usual(left, right)


def unsupported(
    left: Side, right: Side, shape: Shape, excess: dict[Shape, Floats], weights: Weights
) -> Floats | float:
    """Return what is taken off each group for its pieces that have no counterpart of their own.

    A line of the page's own beside a sentence changes the meaning of the two together little.
    By itself it is not similar to the other side at all.
    """
    n, m = shape
    if shape == (1, 1):
        is_line = left.is_line()[:, None] | right.is_line()[None, :]
        return np.asarray(weights.pair * np.maximum(0, weights.own - excess[shape]) * is_line)
    lack: Floats | float = 0.0
    if n > 1:
        lack = _lack_of_counterpart(left, excess[1, m], excess[n - 1, m], excess[shape], weights)
    if m > 1:
        parts = excess[n, 1].T, excess[n, m - 1].T, excess[shape].T
        lack = lack + _lack_of_counterpart(right, *parts, weights).T
    return lack


def _lack_of_counterpart(
    side: Side, single: Floats, shorter: Floats, whole: Floats, weights: Weights
) -> Floats:
    """Return what is taken off for the piece of each run that has least of a counterpart.

    The cosines, beyond what is usual, are those of single pieces, of the runs with one piece less
    and of the runs, with a column for each run of the other side.
    """
    starts = len(whole)
    count = len(single) + 1 - starts
    # The parts of a sentence that is cut at an uncertain place have no counterpart.
    is_sentence = side.certain * np.append(side.certain[1:], 1.0)
    is_sentence = np.where(side.run_in, 1.0, is_sentence)
    lack = np.maximum(0, weights.own - single) * is_sentence[:, None]
    by_form = np.where(side.ended, weights.member_inner, weights.member_open)
    by_form = np.where(side.run_in, weights.member_line, by_form)
    breaks = side.begins_paragraph().astype(np.float64)[1:]
    has_break = sums(breaks, count - 1)[:starts] > 0
    worst = np.zeros_like(whole)
    for offset in range(count):
        form = by_form[offset : offset + starts]
        factor = np.where(has_break, weights.member_line, form)[:, None]
        if offset == 0:
            factor = factor * _adds_nothing(whole - shorter[1:], weights)
        elif offset == count - 1:
            factor = factor * _adds_nothing(whole - shorter[:-1], weights)
        worst = np.maximum(worst, lack[offset : offset + starts] * factor)
    return np.asarray(weights.member * worst)


def _adds_nothing(gain: Floats, weights: Weights) -> Floats:
    """Return 1 where a piece adds nothing to the cosine of its group, 0 where it adds enough."""
    return np.asarray(np.clip(1 - gain / weights.gain, 0, 1))


def _boilerplate_difference(left: Side, right: Side, shape: Shape) -> Floats:
    """Return the difference of the shares of boilerplate on both sides of each group, 0…1."""
    n, m = shape
    return np.abs(sums(left.boilerplate, n)[:, None] / n - sums(right.boilerplate, m)[None, :] / m)


def _same_paragraph_start(left: Side, right: Side, shape: Shape) -> NDArray[np.bool_]:
    """Return whether both sides of each group begin a paragraph, or neither does."""
    n, m = shape
    left_begins = left.begins_paragraph()[: len(left) + 1 - n]
    right_begins = right.begins_paragraph()[: len(right) + 1 - m]
    return np.equal(left_begins[:, None], right_begins[None, :])


def length_mismatch(left: Floats, right: Floats, ratio: float) -> Floats:
    """Return the squared deviation of lengths, in letters, from the texts' own ratio.

    Shorter texts may deviate more.
    """
    deviation = np.log(right[None, :] + 5) - np.log(left[:, None] + 5) - ratio
    spread = 0.06 + 2.5 / (np.minimum(left[:, None], right[None, :]) + 5)
    return np.asarray(np.minimum(deviation**2 / (2 * spread), 12.0))


def boundary_scores(side: Side, count: int, weights: Weights) -> Floats:
    """Return what the boundaries of each run of ``count`` pieces add to the score of its group.

    They are the boundaries within the run, and the one that it begins at.
    """
    joined = np.log(1 - side.certain + side.certain * np.exp(weights.joined))
    starts = len(side) + 1 - count
    inner = sums(joined[1:], count - 1)[:starts] if count > 1 else np.zeros(starts)
    return inner + weights.boundary * np.log(side.certain[:starts])


def lone_scores(side: Side, best: Floats, weights: Weights) -> tuple[Floats, Floats]:
    """Return the score of leaving each piece alone, and what is added where such a run begins.

    ``best`` is the highest cosine of each piece with one of the other text, beyond what is usual.
    """
    sure = side.certain >= 0.5
    uncertain_step = np.log(1 - side.certain + side.certain * np.exp(weights.step))
    step = np.where(sure, weights.step, uncertain_step)
    step = step * np.where(side.boilerplate > 0, weights.boilerplate_step, 1.0)
    is_orphan = side.is_line() & (best < weights.orphan)
    step = step * np.where(is_orphan, weights.orphan_step, 1.0)
    is_furniture = (side.run_in & (best < weights.orphan)) | side.labelled
    step = step * np.where(is_furniture, weights.furniture_step, 1.0)
    entry = np.where(sure, 0.0, weights.step + weights.boundary * np.log(side.certain))
    return step, weights.entry + entry
