"""The best path through two sequences in groups, and the probability of each group.

By dynamic programming. A *group* has n sentences of the source and m of the target; its score is a
logarithm. A path contains every sentence once, in order. Sentences left alone form runs: a run
costs its entry, and each of its sentences a step ("affine gaps", Gotoh 1982). ``best_path`` is
Viterbi's algorithm; ``Posteriors`` are probabilities by forward–backward: the share of all paths'
weight that passes through a group (Durbin et al. 1998, "Biological sequence analysis", ch. 4).

Between two groups the source's run comes before the target's, so that each choice of groups is
exactly one path. A cell (row, column) stands for so many source and target sentences before it.
Time and memory grow with rows times columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
"""Numbers of source and target sentences."""
Group = tuple[int, int, Shape]
"""Source and target sentences before a group, and its shape."""
StateTables = tuple[Floats, Floats, Floats]
"""One table of cells for each state, in the order of their numbers."""

# How a path arrives at a cell: by a group, or within a run of sentences left alone.
MATCHED = 0
SOURCE_RUN = 1
TARGET_RUN = 2

MAX_UNION = 8
"""Sentences of the largest union of neighbouring groups that is looked up."""


@dataclass(frozen=True)
class Lattice:
    """The groups that may be used, and their scores.

    ``scores[n, m][i, j]`` is the score of the group of n source sentences from ``i`` on and m
    target sentences from ``j`` on. ``source_step[i]`` and ``target_step[j]`` are the scores of
    leaving a sentence alone, and ``source_entry[i]``, ``target_entry[j]`` what is added where such
    a run begins.
    """

    scores: dict[Shape, Floats]
    source_step: Floats
    source_entry: Floats
    target_step: Floats
    target_entry: Floats

    @property
    def size(self) -> Shape:
        """The numbers of source and target sentences."""
        return len(self.source_step), len(self.target_step)

    def sharpened(self, factor: float) -> Lattice:
        """Return the lattice with all scores multiplied.

        With a factor below 1 probabilities are less extreme; the best path is the same.
        """
        scores = {shape: values * factor for shape, values in self.scores.items()}
        return Lattice(
            scores,
            self.source_step * factor,
            self.source_entry * factor,
            self.target_step * factor,
            self.target_entry * factor,
        )

    def tables(self) -> StateTables:
        """Return tables of cells to be filled, each with the logarithm of 0."""
        rows, columns = self.size
        shape = (rows + 1, columns + 1)
        return np.full(shape, -np.inf), np.full(shape, -np.inf), np.full(shape, -np.inf)


def forward(lattice: Lattice, add: np.ufunc) -> StateTables:
    """Return, for each state and cell, the score of the paths to it.

    ``add`` is np.maximum for the best path, np.logaddexp for all paths together.
    """
    rows, columns = lattice.size
    matched, source_run, target_run = lattice.tables()
    any_state = np.full_like(matched, -np.inf)
    target_steps = np.concatenate([[0.0], np.cumsum(lattice.target_step)])
    matched[0, 0] = 0.0
    for row in range(rows + 1):
        for (n, m), scores in lattice.scores.items():
            if n <= row and m <= columns:
                here = matched[row, m:]
                add(here, any_state[row - n, : columns + 1 - m] + scores[row - n], out=here)
        if row:
            entered = add(matched[row - 1] + lattice.source_entry[row - 1], source_run[row - 1])
            source_run[row] = entered + lattice.source_step[row - 1]
        before = add(matched[row], source_run[row])
        # A run along the target is a cumulative sum: with the steps so far subtracted, each cell
        # adds only the runs that begin there.
        begun = before[:-1] + lattice.target_entry - target_steps[:-1]
        target_run[row, 1:] = add.accumulate(begun) + target_steps[1:]
        any_state[row] = add(before, target_run[row])
    return matched, source_run, target_run


def backward(lattice: Lattice) -> StateTables:
    """Return, for each state and cell, the score of all paths from there to the end."""
    rows, columns = lattice.size
    matched, source_run, target_run = lattice.tables()
    target_steps = np.concatenate([[0.0], np.cumsum(lattice.target_step)])
    for row in range(rows, -1, -1):
        onward = np.full(columns + 1, -np.inf)
        if row == rows:
            onward[columns] = 0.0
        for (n, m), scores in lattice.scores.items():
            if row + n <= rows and m <= columns:
                here = onward[: columns + 1 - m]
                np.logaddexp(here, matched[row + n, m:] + scores[row], out=here)
        # As in ``forward``, from the other end.
        reversed_sums = np.logaddexp.accumulate((onward + target_steps)[::-1])
        target_run[row] = reversed_sums[::-1] - target_steps
        begun = target_run[row, 1:] + lattice.target_step + lattice.target_entry
        matched[row] = onward
        np.logaddexp(matched[row, :-1], begun, out=matched[row, :-1])
        source_run[row] = matched[row]
        if row < rows:
            run = source_run[row + 1] + lattice.source_step[row]
            source_run[row] = np.logaddexp(source_run[row], run)
            matched[row] = np.logaddexp(matched[row], run + lattice.source_entry[row])
    return matched, source_run, target_run


def best_path(lattice: Lattice) -> list[Group]:
    """Return the groups of the highest total, in order.

    Sentences left alone are groups of the shapes (1, 0) and (0, 1).
    """
    tables = forward(lattice, np.maximum)
    row, column = lattice.size
    state = max((MATCHED, SOURCE_RUN, TARGET_RUN), key=lambda each: tables[each][row, column])
    path: list[Group] = []
    while row or column:
        steps = list(last_steps(lattice, tables, row, column, state))
        _, state, shape = max(steps, key=lambda step: step[0])
        row -= shape[0]
        column -= shape[1]
        path.append((row, column, shape))
    return path[::-1]


def last_steps(
    lattice: Lattice, tables: StateTables, row: int, column: int, state: int
) -> Iterator[tuple[float, int, Shape]]:
    """Yield each possible last step of a path to the cell in ``state``.

    A step is the score with it, the state that it comes from, and its shape.
    """
    if state == SOURCE_RUN:
        entry = lattice.source_entry[row - 1]
        yield tables[MATCHED][row - 1, column] + entry, MATCHED, (1, 0)
        yield tables[SOURCE_RUN][row - 1, column], SOURCE_RUN, (1, 0)
    elif state == TARGET_RUN:
        entry = lattice.target_entry[column - 1]
        yield tables[MATCHED][row, column - 1] + entry, MATCHED, (0, 1)
        yield tables[SOURCE_RUN][row, column - 1] + entry, SOURCE_RUN, (0, 1)
        yield tables[TARGET_RUN][row, column - 1], TARGET_RUN, (0, 1)
    else:
        yield from _last_groups(lattice, tables, row, column)


def _last_groups(
    lattice: Lattice, tables: StateTables, row: int, column: int
) -> Iterator[tuple[float, int, Shape]]:
    """Yield each group that a path to the cell may end with, see ``last_steps``."""
    for (n, m), scores in lattice.scores.items():
        start_row = row - n
        start_column = column - m
        if start_row < 0 or start_column < 0:
            continue
        score = scores[start_row, start_column]
        for state in (MATCHED, SOURCE_RUN, TARGET_RUN):
            yield tables[state][start_row, start_column] + score, state, (n, m)


class Posteriors:
    """The probability of each group, 0…1, all paths considered."""

    def __init__(self, lattice: Lattice) -> None:
        """Compute the tables of the lattice forward and backward."""
        self._lattice = lattice
        before = forward(lattice, np.logaddexp)
        after = backward(lattice)
        self._total = after[MATCHED][0, 0]
        before_run = np.logaddexp(before[MATCHED], before[SOURCE_RUN])
        self._before = np.logaddexp(before_run, before[TARGET_RUN])
        self._after = after[MATCHED]
        source_run = np.exp(before[SOURCE_RUN] + after[SOURCE_RUN] - self._total)
        target_run = np.exp(before[TARGET_RUN] + after[TARGET_RUN] - self._total)
        self.source_alone = source_run.sum(axis=1)[1:]
        self.target_alone = target_run.sum(axis=0)[1:]

    def of_shape(self, shape: Shape) -> Floats:
        """Return the probability of each group of a shape, by where it begins."""
        n, m = shape
        rows, columns = self._lattice.size
        before = self._before[: rows + 1 - n, : columns + 1 - m]
        after = self._after[n:, m:]
        return np.asarray(np.exp(before + self._lattice.scores[shape] + after - self._total))

    def along(self, path: Sequence[Group]) -> list[float]:
        """Return the probability of each group of a path.

        For a sentence left alone, it is the probability that it is left alone, at any place. To a
        group's own probability is added that of its union with neighbours in the path: where the
        union is right, the group is right too, only finer.
        """
        tables = {shape: self.of_shape(shape) for shape in self._lattice.scores}
        chances = [0.0] * len(path)
        for place, (row, column, shape) in enumerate(path):
            if shape == (1, 0):
                chances[place] = self.source_alone[row]
            elif shape == (0, 1):
                chances[place] = self.target_alone[column]
            else:
                for end, union in neighbour_unions(path, place):
                    if union not in tables:
                        continue
                    for member in range(place, end):
                        chances[member] += tables[union][row, column]
        return [min(1.0, float(chance)) for chance in chances]


def neighbour_unions(path: Sequence[Group], first: int) -> Iterator[tuple[int, Shape]]:
    """Yield the unions of the group at ``first`` with none, one, two … of those that follow it.

    Each comes with the index after its last group and with its shape. A union has no sentence left
    alone.
    """
    rows = 0
    columns = 0
    for place in range(first, len(path)):
        n, m = path[place][2]
        if not n or not m:
            return
        rows += n
        columns += m
        yield place + 1, (rows, columns)
        if max(rows, columns) > MAX_UNION:
            return
