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
        trees, nodes = tables[prefix + "feature"].shape
        first = nodes * np.arange(trees, dtype=np.intp)[:, None]
        self._roots = first[:, 0]
        self._feature = tables[prefix + "feature"].astype(np.intp).ravel()
        self._threshold = tables[prefix + "threshold"].astype(np.float32).ravel()
        children = (tables[prefix + side].astype(np.intp) + first for side in ("left", "right"))
        self._children = np.stack(list(children), axis=-1).ravel()
        self._value = tables[prefix + "value"].astype(np.float32).ravel()
        self._depth = int(tables[prefix + "depth"])

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logarithm of the odds of each row."""
        count, width = rows.shape
        flat = np.ascontiguousarray(rows).ravel()
        start = np.repeat(width * np.arange(count, dtype=np.intp), len(self._roots))
        node = np.tile(self._roots, count)
        for _ in range(self._depth):
            goes_right = flat.take(start + self._feature.take(node)) > self._threshold.take(node)
            node = self._children.take(2 * node + goes_right)
        return np.asarray(self._value.take(node).reshape(count, -1).sum(axis=1), dtype=np.float32)
