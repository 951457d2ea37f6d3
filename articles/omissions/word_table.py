"""The sentence encoder's vectors of 30,000 frequent words: it takes 3 ms for each, this 20 µs.

They are words of English, French, German and Spanish, each alone, in 256 principal components of 8
bits. bench/training/make_word_table.py makes the file; docs/decisions/0018-words-from-a-table.md
has the figures.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.alignment.sentence_encoder import Vectors

TABLE_FILE = Path(__file__).with_name("word_table.npz")


class WordTable(NamedTuple):
    """The arrays of the file.

    ``rows`` has the row of each word in ``table``, whose numbers count ``scale`` along ``axes``
    (512 numbers each).
    """

    rows: dict[str, int]
    table: NDArray[np.int8]
    scale: Vectors
    axes: Vectors


@lru_cache(maxsize=1)
def load_table() -> WordTable:
    """Return the table of this process, loaded at the first call (40 ms and 4 MB)."""
    with np.load(TABLE_FILE, allow_pickle=False) as arrays:
        words = arrays["words"].tobytes().decode("utf-8").split("\n")
        return WordTable(
            {word: row for row, word in enumerate(words)},
            arrays["table"],
            arrays["scale"].astype(np.float32),
            np.ascontiguousarray(arrays["axes"].T, dtype=np.float32),
        )


def known_vector(word: str) -> Vectors | None:
    """Return the vector of a word as it is written, 512 numbers; None where it is not listed."""
    known = load_table()
    row = known.rows.get(word)
    if row is None:
        return None
    return np.asarray((known.table[row] * known.scale) @ known.axes, dtype=np.float32)
