"""Which sentences of two texts translate each other: groups of n source beside m target sentences, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.text.document import Bead, Sentence
from articles.text.encoder import SentenceEncoder, Vectors

Numbers = NDArray[np.float64]

# Shapes of groups (source sentences, target sentences) and the logarithm of how common each is.
PRIORS = {
    (1, 1): -0.1,
    (1, 2): -3.0,
    (2, 1): -3.0,
    (1, 3): -5.0,
    (3, 1): -5.0,
    (2, 2): -5.5,
    (1, 4): -6.5,
    (4, 1): -6.5,
}
GAP = -3.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two aligned texts: their sentences and the beads over them."""

    source: list[Sentence]
    target: list[Sentence]
    beads: list[Bead]


def align_texts(
    source: str,
    target: str,
    *,
    source_language: str = "en",
    target_language: str = "fr",
    encoder: SentenceEncoder | None = None,
) -> Alignment:
    """Split two whole texts into sentences and align them."""
    from articles.text.segmenter import split_sentences

    left, right = split_sentences(source, source_language), split_sentences(target, target_language)
    beads = align(left, right, source_language=source_language, target_language=target_language, encoder=encoder)
    return Alignment(left, right, gathered(beads, left, right))


def gathered(beads: Sequence[Bead], source: Sequence[Sentence], target: Sequence[Sentence]) -> list[Bead]:
    """``beads`` with neighbouring additions made one: those of one line, and all at the end of the text."""
    result: list[Bead] = []
    closing = max((bead.target[1] for bead in beads if bead.source[0] < bead.source[1]), default=0)
    for bead in beads:
        before = result[-1] if result else None
        if (
            before
            and before.source[0] == before.source[1] == bead.source[0] == bead.source[1]
            and (bead.target[0] > closing or target[bead.target[0]].paragraph == target[bead.target[0] - 1].paragraph)
        ):
            result[-1] = Bead(before.source, (before.target[0], bead.target[1]), min(before.score, bead.score))
        else:
            result.append(bead)
    return result


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    source_language: str = "en",
    target_language: str = "fr",
    encoder: SentenceEncoder | None = None,
) -> list[Bead]:
    """The beads of two texts in order; every sentence of both is in exactly one."""
    n, m = len(source), len(target)
    left, right = side(source, encoder), side(target, encoder)
    best = np.full((n + 1, m + 1), -np.inf)
    back = np.zeros((n + 1, m + 1), dtype=np.int64)
    scores = {shape: matches(left, right, shape) + prior for shape, prior in PRIORS.items()}
    shapes = list(PRIORS)
    best[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            options = []
            if i:
                options.append((best[i - 1, j] + GAP, -1))
            if j:
                options.append((best[i, j - 1] + GAP, -2))
            for number, (a, b) in enumerate(shapes):
                if i >= a and j >= b:
                    options.append((best[i - a, j - b] + scores[a, b][i - a, j - b], number))
            if options:
                best[i, j], back[i, j] = max(options)
    beads = []
    i, j = n, m
    while i or j:
        move = back[i, j]
        a, b = (1, 0) if move == -1 else (0, 1) if move == -2 else shapes[move]
        certainty = 0.5 if 0 in (a, b) else float(1 / (1 + np.exp(-scores[a, b][i - a, j - b])))
        beads.append(Bead((i - a, i), (j - b, j), certainty))
        i, j = i - a, j - b
    return beads[::-1]


@dataclass(frozen=True, slots=True)
class Side:
    lengths: Numbers
    vectors: Vectors


def side(sentences: Sequence[Sentence], encoder: SentenceEncoder | None) -> Side:
    lengths = np.array([len(sentence.text) for sentence in sentences], dtype=np.float64)
    if encoder is None or not sentences:
        return Side(lengths, np.zeros((len(sentences), 1), dtype=np.float32))
    return Side(lengths, encoder.sentences([sentence.text for sentence in sentences]))


def pooled(side: Side, count: int) -> tuple[Numbers, Vectors]:
    """Lengths and vectors of every run of ``count`` sentences."""
    size = max(0, len(side.lengths) - count + 1)
    lengths = sum((side.lengths[k : k + size] for k in range(count)), np.zeros(size))
    weights = side.lengths[:, None].astype(np.float32)
    vectors = sum((side.vectors[k : k + size] * weights[k : k + size] for k in range(count)), np.zeros(1))
    norms = np.linalg.norm(vectors, axis=1, keepdims=True) if size else np.ones((0, 1))
    return lengths, np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def matches(left: Side, right: Side, shape: tuple[int, int]) -> Numbers:
    """How well each run of source sentences fits each run of target sentences."""
    (lengths, vectors), (others, partners) = pooled(left, shape[0]), pooled(right, shape[1])
    unlike = (lengths[:, None] - others[None, :] / 1.1) / np.sqrt(lengths[:, None] + others[None, :] + 1)
    return np.asarray(12 * (vectors @ partners.T).astype(np.float64) - 6.0 - 0.15 * unlike**2)
