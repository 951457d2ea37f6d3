"""The best way through two sequences in groups, and how sure each group of it is: dynamic programming.

A *group* takes n sentences of the source and m of the target; its score is a logarithm. A path takes every sentence
once, in order. Sentences left alone stand in runs: a run costs its entry, and each of its sentences a step ("affine
gaps", Gotoh 1982). ``best_path`` is Viterbi's; ``Chances`` are posterior probabilities by forward–backward:
the share of all paths' weight that passes through a group (Durbin et al. 1998, "Biological sequence analysis", ch. 4).

Between two groups the source's run is walked before the target's, so that each choice of groups is one path. A cell
(row, column) stands for so many source and target sentences behind us. Time and memory grow with rows times columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
Group = tuple[int, int, Shape]  # source and target sentences before it, and its shape
Ways = tuple[Floats, Floats, Floats]  # one table for each way to come to a cell:

MATCHED, SOURCE_RUN, TARGET_RUN = 0, 1, 2  # by a group, or within a run left alone


@dataclass(frozen=True)
class Lattice:
    """The groups that may be used, and their scores.

    ``scores[n, m][i, j]`` is the score of the group of n source sentences from ``i`` on and m target sentences from
    ``j`` on. ``source_step[i]`` and ``target_step[j]`` are the scores of leaving a sentence alone, and
    ``source_entry[i]``, ``target_entry[j]`` what is added where such a run begins.
    """

    scores: dict[Shape, Floats]
    source_step: Floats
    source_entry: Floats
    target_step: Floats
    target_entry: Floats

    @property
    def size(self) -> Shape:
        """Source and target sentences."""
        return len(self.source_step), len(self.target_step)

    def sharpened(self, factor: float) -> Lattice:
        """The same lattice with all scores multiplied: below 1 chances are less extreme, the best path is the same."""
        scores = {shape: values * factor for shape, values in self.scores.items()}
        gaps = (self.source_step, self.source_entry, self.target_step, self.target_entry)
        return Lattice(scores, *(values * factor for values in gaps))

    def tables(self) -> Ways:
        """Tables of cells to be filled."""
        rows, columns = self.size
        first, second, third = (np.full((rows + 1, columns + 1), -np.inf) for _ in range(3))
        return first, second, third


def forward(lattice: Lattice, add: np.ufunc) -> Ways:
    """For each way to come to a cell, the score of the best path (``add`` = np.maximum) or of all (np.logaddexp)."""
    rows, columns = lattice.size
    matched, source_run, target_run = lattice.tables()
    whole = np.full_like(matched, -np.inf)
    walked = np.concatenate([[0.0], np.cumsum(lattice.target_step)])
    matched[0, 0] = 0.0
    for row in range(rows + 1):
        for (n, m), scores in lattice.scores.items():
            if n <= row and m <= columns:
                here = matched[row, m:]
                add(here, whole[row - n, : columns + 1 - m] + scores[row - n], out=here)
        if row:
            entered = add(matched[row - 1] + lattice.source_entry[row - 1], source_run[row - 1])
            source_run[row] = entered + lattice.source_step[row - 1]
        before = add(matched[row], source_run[row])
        begun = before[:-1] + lattice.target_entry - walked[:-1]
        target_run[row, 1:] = add.accumulate(begun) + walked[1:]
        whole[row] = add(before, target_run[row])
    return matched, source_run, target_run


def backward(lattice: Lattice) -> Ways:
    """For each way to have come to a cell, the score of all ways from there to the end."""
    rows, columns = lattice.size
    matched, source_run, target_run = lattice.tables()
    walked = np.concatenate([[0.0], np.cumsum(lattice.target_step)])
    for row in range(rows, -1, -1):
        onward = np.full(columns + 1, -np.inf)
        if row == rows:
            onward[columns] = 0.0
        for (n, m), scores in lattice.scores.items():
            if row + n <= rows and m <= columns:
                here = onward[: columns + 1 - m]
                np.logaddexp(here, matched[row + n, m:] + scores[row], out=here)
        target_run[row] = np.logaddexp.accumulate((onward + walked)[::-1])[::-1] - walked
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
    """The groups, and the sentences left alone as groups (1, 0) and (0, 1), of the highest total, in order."""
    ways = forward(lattice, np.maximum)
    row, column = lattice.size
    state = max((MATCHED, SOURCE_RUN, TARGET_RUN), key=lambda each: ways[each][row, column])
    path: list[Group] = []
    while row or column:
        options = list(last_steps(lattice, ways, row, column, state))
        _, state, (n, m) = max(options, key=lambda option: option[0])
        row, column = row - n, column - m
        path.append((row, column, (n, m)))
    return path[::-1]


def last_steps(
    lattice: Lattice, ways: Ways, row: int, column: int, state: int
) -> Iterator[tuple[float, int, Shape]]:
    """Each last step of a way to the cell in ``state``: the score with it, the state it comes from, and its shape."""
    if state == SOURCE_RUN:
        yield ways[MATCHED][row - 1, column] + lattice.source_entry[row - 1], MATCHED, (1, 0)
        yield ways[SOURCE_RUN][row - 1, column], SOURCE_RUN, (1, 0)
    elif state == TARGET_RUN:
        for earlier in (MATCHED, SOURCE_RUN):
            yield ways[earlier][row, column - 1] + lattice.target_entry[column - 1], earlier, (0, 1)
        yield ways[TARGET_RUN][row, column - 1], TARGET_RUN, (0, 1)
    else:
        for (n, m), scores in lattice.scores.items():
            if n <= row and m <= column:
                for earlier in (MATCHED, SOURCE_RUN, TARGET_RUN):
                    yield (
                        ways[earlier][row - n, column - m] + scores[row - n, column - m],
                        earlier,
                        (n, m),
                    )


class Chances:
    """How likely groups are, 0…1, all paths considered."""

    def __init__(self, lattice: Lattice) -> None:
        """Walk the lattice forward and backward."""
        self._lattice = lattice
        ways, rest = forward(lattice, np.logaddexp), backward(lattice)
        self._total = rest[MATCHED][0, 0]
        self._before = np.logaddexp(np.logaddexp(ways[MATCHED], ways[SOURCE_RUN]), ways[TARGET_RUN])
        self._after = rest[MATCHED]
        self.source_alone = np.exp(ways[SOURCE_RUN] + rest[SOURCE_RUN] - self._total).sum(axis=1)[
            1:
        ]
        self.target_alone = np.exp(ways[TARGET_RUN] + rest[TARGET_RUN] - self._total).sum(axis=0)[
            1:
        ]

    def of_shape(self, shape: Shape) -> Floats:
        """The chance of each group of a shape, by where it begins."""
        (n, m), (rows, columns) = shape, self._lattice.size
        ends = self._after[n:, m:]
        return np.exp(
            self._before[: rows + 1 - n, : columns + 1 - m]
            + self._lattice.scores[shape]
            + ends
            - self._total
        )

    def along(self, path: Sequence[Group]) -> list[float]:
        """The chance of each group of a path; of a sentence left alone: that it is, wherever.

        To a group's chance is added that of its union with neighbours in the path, as then it is right, only finer.
        """
        tables = {shape: self.of_shape(shape) for shape in self._lattice.scores}
        chances = [0.0] * len(path)
        for place, (row, column, shape) in enumerate(path):
            if shape == (1, 0):
                chances[place] = self.source_alone[row]
            elif shape == (0, 1):
                chances[place] = self.target_alone[column]
            else:
                for last, union in unions(path, place):
                    if union in tables:
                        for held in range(place, last + 1):
                            chances[held] += tables[union][row, column]
        return [min(1.0, float(chance)) for chance in chances]


def unions(path: Sequence[Group], first: int) -> Iterator[tuple[int, Shape]]:
    """The group at ``first``, alone and with those that follow it: where each union ends, and its shape."""
    n = m = 0
    for last in range(first, len(path)):
        _, _, (more, wider) = path[last]
        if not more or not wider:
            return
        n, m = n + more, m + wider
        yield last, (n, m)
        if max(n, m) > 8:
            return
