"""Boosted trees as plain tables of numbers, walked with numpy alone (Friedman 2001; the tables are made elsewhere)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]


class Trees:
    """A sum of trees. A row goes left where its ``feature`` is at most ``threshold``; a leaf's child is itself.

    All tables have the shape (trees, nodes); node 0 is the root, ``depth`` steps reach every leaf.
    """

    def __init__(self, tables: Mapping[str, Table], prefix: str) -> None:
        """Take the tables named ``prefix`` + feature, threshold, left, right, value, depth."""
        self._feature = tables[prefix + "feature"].astype(np.intp)
        self._threshold = tables[prefix + "threshold"].astype(np.float32)
        self._left = tables[prefix + "left"].astype(np.intp)
        self._right = tables[prefix + "right"].astype(np.intp)
        self._value = tables[prefix + "value"].astype(np.float32)
        self._depth = int(tables[prefix + "depth"])

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logarithm of the odds of each row."""
        tree = np.arange(len(self._feature))[None, :]
        node = np.zeros((len(rows), len(self._feature)), dtype=np.intp)
        row = np.arange(len(rows))[:, None]
        for _ in range(self._depth):
            goes_left = rows[row, self._feature[tree, node]] <= self._threshold[tree, node]
            node = np.where(goes_left, self._left[tree, node], self._right[tree, node])
        return np.asarray(self._value[tree, node].sum(axis=1), dtype=np.float32)
