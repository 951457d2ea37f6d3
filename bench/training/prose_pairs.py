"""Reads sentence pairs of prose from a folder of ``NAME.en-LL.jsonl.gz`` files, for training.

A line is ``{"en": …, "LL": …, "cov": …}``; ``cov`` is the share of the English content, weighted by
rarity, that a word table finds in the other side. docs/decisions/0015-lessons-from-prose.md says
which files there are. Files under a share-alike licence are left out: whether such a licence
reaches trained weights is not settled.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SHARE_ALIKE = {"debian-handbook", "flores", "ud-pud"}
LEAST_COVERAGE = {"fr": 0.68, "de": 0.6, "es": 0.7}
"""Pairs with a lower ``cov`` are too free to learn from; the word tables differ by language."""
DRAFTED_TWICE = {"canada-acts", "canada-acts-preambles"}
"""Texts written in both languages side by side, which differ more than translations do."""
LEAST_COVERAGE_DRAFTED = 0.88
FEW = 0.35
"""The share of pairs that is taken from a file of short or repetitive sentences."""
REPETITIVE = {"suttas", "tatoeba", "canada-acts"}


class ProsePair(NamedTuple):
    """An English sentence, its translation, and the language of that."""

    english: str
    other: str
    language: str


def read_pairs(folder: Path, how_many: dict[str, int], rng: random.Random) -> list[ProsePair]:
    """Return up to ``how_many[language]`` pairs of each language, in random order."""
    chosen: list[ProsePair] = []
    for language, most in how_many.items():
        pairs: list[ProsePair] = []
        for path in sorted(folder.glob(f"*.en-{language}.jsonl.gz")):
            name = path.name.split(".")[0]
            if name not in SHARE_ALIKE:
                pairs.extend(_pairs_of(path, name, language, rng))
        chosen.extend(rng.sample(pairs, min(most, len(pairs))))
    rng.shuffle(chosen)
    return chosen


def _pairs_of(path: Path, name: str, language: str, rng: random.Random) -> Sequence[ProsePair]:
    """Return the pairs of one file that are close enough."""
    least = LEAST_COVERAGE_DRAFTED if name in DRAFTED_TWICE else LEAST_COVERAGE[language]
    share = FEW if name in REPETITIVE else 1.0
    pairs = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["cov"] >= least and rng.random() < share:
                pairs.append(ProsePair(record["en"], record[language], language))
    return pairs
