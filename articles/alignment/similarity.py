"""How well runs of source sentences and runs of target sentences translate each other, as numbers.

What is looked at: meaning (vectors of an encoder), length, numbers, names and words of one spelling, page boilerplate,
and where paragraphs begin. ``articles.alignment.aligner`` weighs them.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from articles.alignment.sentence_encoder import Vectors
from articles.segmentation.languages.rules import Rules
from articles.segmentation.segmenter import is_boilerplate
from articles.text.document import Sentence

Floats = NDArray[np.float64]

LONGEST = 5
"""Sentences of the longest run."""

NUMBER, NAME, STEM = "#", "N", "c"
_WORD = re.compile(r"(?P<number>\d+(?:[.,\u00a0\u202f ]\d+)*)|[^\W\d_]+")
_STEM = 5


@dataclass
class Side:
    """One text's sentences, as the aligner sees them.

    ``certain[i]`` is how surely a sentence begins at the i-th; ``vectors[k][i]`` the meaning of the run of k sentences
    from the i-th on.
    """

    sentences: Sequence[Sentence]
    certain: Floats
    rules: Rules
    vectors: dict[int, Vectors] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count what is in the sentences."""
        self.letters = np.array(
            [1 + sum(map(str.isalnum, each.text)) for each in self.sentences], dtype=np.float64
        )
        self.paragraphs = np.array([each.paragraph for each in self.sentences])
        self.boilerplate = np.array(
            [is_boilerplate(each.text, self.rules) for each in self.sentences], dtype=np.float64
        )
        self.anchors = [anchors(each.text) for each in self.sentences]

    def __len__(self) -> int:
        return len(self.sentences)

    def part(self, start: int, end: int, vectors: Vectors) -> Side:
        """The sentences from ``start`` to ``end``, with a first guess at the meaning of their runs."""
        part = copy(self)
        for name in ("sentences", "certain", "letters", "paragraphs", "boilerplate", "anchors"):
            setattr(part, name, getattr(self, name)[start:end])
        part.vectors = pooled(vectors, part.letters)
        return part

    def begins_paragraph(self) -> NDArray[np.bool_]:
        """Which sentences begin one."""
        return np.append(True, self.paragraphs[1:] != self.paragraphs[:-1])


def sums(values: Floats, count: int) -> Floats:
    """The sum of each run of ``count`` values (rows, if there are columns too)."""
    padded = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    return np.asarray(padded[count:] - padded[:-count])


def pooled(vectors: Vectors, weights: Floats) -> dict[int, Vectors]:
    """For each length of run, the mean of its sentences' vectors, of length 1: a first guess at the run's meaning."""
    result = {1: vectors}
    for count in range(2, min(LONGEST, len(vectors)) + 1):
        total = sums(vectors * weights[:, None], count)
        result[count] = (
            total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        ).astype(np.float32)
    return result


def anchors(text: str) -> set[str]:
    """What often stays the same in translation: numbers, capitalised words, and the first letters of long words.

    The first letters (Simard et al. 1992, "Using cognates to align sentences") catch président and president.
    """
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if match["number"]:
            found.add(NUMBER + re.sub(r"\D", "", word))
            continue
        plain = (
            unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
            or word.lower()
        )
        if word[0].isupper() and len(plain) > 1:
            found.add(NAME + plain)
        elif len(plain) >= _STEM:
            found.add(STEM + plain[:_STEM])
    return found


def spelling_vectors(anchors: Sequence[set[str]]) -> Vectors:
    """A vector a sentence from its anchors, to stand in for meaning where there is no encoder; of length 1 or 0.

    Each anchor has its own random direction, drawn from its name, so that sentences that share many lie close.
    """
    result = np.zeros((len(anchors), 256), dtype=np.float32)
    directions: dict[str, Vectors] = {}
    for row, found in enumerate(anchors):
        for anchor in found:
            if anchor not in directions:
                seed = zlib.crc32(anchor.encode())
                directions[anchor] = (
                    np.random.default_rng(seed).standard_normal(256).astype(np.float32)
                )
            result[row] += directions[anchor]
    return result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-9)


def anchor_tables(left: Side, right: Side, kind: str) -> tuple[Floats, Floats, Floats]:
    """Which anchors of a kind, of those that both texts hold, stand in which sentence; and the weight of each.

    The weight, 0…1, is higher for those in few sentences (inverse document frequency).
    """
    counts = Counter(anchor for side in (left, right) for found in side.anchors for anchor in found)
    both = set.intersection(*(set().union(*side.anchors) for side in (left, right)))
    columns = {
        anchor: place for place, anchor in enumerate(sorted(a for a in both if a.startswith(kind)))
    }
    tables = []
    for side in (left, right):
        table = np.zeros((len(side), len(columns)))
        for row, found in enumerate(side.anchors):
            table[row, [columns[anchor] for anchor in found if anchor in columns]] = 1.0
        tables.append(table)
    size = math.log(max(2, len(left) + len(right)))
    return (
        tables[0],
        tables[1],
        np.array([1 - math.log(counts[anchor]) / size for anchor in columns]),
    )


def usual(vectors: Vectors, others: Vectors) -> Floats:
    """How like each vector is to the other text at large: its mean cosine with ``others``, the best of them left out.

    Sentences of one article are all alike somewhat, general ones more; only what goes beyond that says something
    (the margin of Artetxe & Schwenk 2019, and the normalisation of Thompson & Koehn 2019, "Vecalign").
    """
    if len(others) < 2:
        return np.zeros(len(vectors))
    cosines = vectors @ others.T
    return np.asarray(
        (cosines.sum(axis=1) - cosines.max(axis=1)) / (len(others) - 1), dtype=np.float64
    )


def length_ratio(left: Side, right: Side) -> float:
    """The logarithm of target over source length in these texts: the median over sentences that choose each other."""
    cosines = left.vectors[1] @ right.vectors[1].T
    best, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    mutual = [i for i in range(len(left)) if back[best[i]] == i and cosines[i, best[i]] > 0.55]
    ratios = np.log(right.letters[best[mutual]] / left.letters[mutual])
    return float(np.median(ratios)) if len(ratios) >= 3 else 0.0
