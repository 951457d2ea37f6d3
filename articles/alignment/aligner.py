"""Which sentences of two texts translate each other: groups of n source beside m target sentences, in order.

Each possible group gets a score, the logarithm of how much likelier it is as a translation than as chance, and the best
way through both texts is found (``articles.alignment.search``). A text is first cut finer than into sentences where a
full stop may have been lost (``segmenter.fragments``), and the same search decides which of those pieces belong
together.

Meaning is compared twice: first with the mean of the sentences' vectors; then, for the groups that are still possible,
with the vector of their joined text, which is slower and better. Long texts are cut where two neighbouring sentences on
both sides choose each other, so that time grows with length, not with its square.

Measured on two development sets, 120 news articles spoilt by program and 38 book chapters, F1 of exact two-sided
groups and of all groups: .982 .972 and .954 .940; without the encoder .925 .900 and .872 .856. With one thing taken
away: page boilerplate .957 .941 and no change (the words of the lists in ``languages`` count for much on web pages);
doubtful boundaries .959 .952 and .942 .928; the vectors of joined texts .972 .961 and .947 .933; lengths .980 .970
and .950 .936; numbers, names and word beginnings .980 .971 and no change; runs of sentences left alone, each at a
single price instead, .982 .972 and .954 .940; paragraphs .984 .974 and .949 .934. What gave nothing or lost, at
earlier weights: meaning counted by the size of the group, a price for paragraph breaks within a group, short lines
without an end mark left alone more easily, looking closely at groups of a tenth of ``DOUBTFUL``. The weights were
chosen one by one in round steps, on both sets together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from articles.alignment.anchors import cuts
from articles.alignment.search import Chances, Floats, Lattice, Shape, best_path
from articles.alignment.sentence_encoder import SentenceEncoder, Vectors
from articles.alignment.similarity import (
    LONGEST,
    NAME,
    NUMBER,
    STEM,
    Side,
    anchor_tables,
    length_ratio,
    spelling_vectors,
    sums,
    usual,
)
from articles.segmentation.languages import rules_for
from articles.segmentation.segmenter import fragments, join_fragments
from articles.text.document import Bead, Sentence

SHAPES = [
    (n, m) for n in range(1, LONGEST + 1) for m in range(1, LONGEST + 1) if n + m <= LONGEST + 1
]


@dataclass(frozen=True)
class Weights:
    """What counts how much, in units of natural logarithm. Chosen on development sets."""

    meaning: float = 16.0  # for a cosine of 1 more
    enough: float = 0.4  # the cosine, beyond what is usual, that speaks neither for nor against
    usual: float = 0.8  # how much of the usual cosine is taken off
    length: float = 0.4  # for the squared deviation of lengths
    number: float = 0.7  # for each number on both sides
    odd_number: float = 0.5  # against each number (of the text's shared ones) on one side only
    name: float = 0.5
    stem: float = 0.1
    boilerplate: float = 5.0  # against page boilerplate beside a sentence
    paragraph: float = 0.3  # for beginning a paragraph on both sides or on neither
    joined: float = -3.0  # for each sure boundary within a group
    several: float = -3.0  # for a group with several sentences on both sides
    boundary: float = 0.4  # how much the segmenter's doubt about a boundary counts
    step: float = -3.0  # for a sentence left alone
    entry: float = -0.5  # for each run of them
    boilerplate_step: float = 0.5  # factor: boilerplate is left alone more easily
    sharpness: float = 0.7  # of the chances: below 1 for less trust in all the above


MEANING = Weights()
SPELLING = Weights(meaning=6.0, enough=0.15, usual=1.0, length=1.0, number=1.0, name=1.0, stem=0.5)
"""Without an encoder: vectors of shared numbers, names and word beginnings in the place of meaning."""

DOUBTFUL = 0.02
"""A group with a smaller chance after the first look is not looked at closely."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two aligned texts: their sentences, and the beads over them."""

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
    """Split two whole texts into sentences and align them.

    Neighbouring additions of one line, and all additions at the end of the target, are one bead: they are one notice.
    Omissions stay one by one, as each sentence is to be restored.
    """
    left, right = (
        side_of(text, language)
        for text, language in ((source, source_language), (target, target_language))
    )
    beads = whole(scored_beads(left, right, encoder), left, right)
    glued = (
        joints(left, [bead.source for bead in beads]),
        joints(right, [bead.target for bead in beads]),
    )
    sentences = (
        join_fragments(source, left.sentences, glued[0]),
        join_fragments(target, right.sentences, glued[1]),
    )
    places = [np.append(0, np.cumsum(~np.array(glue, dtype=bool))) for glue in glued]
    numbered = [
        Bead(renumbered(places[0], bead.source), renumbered(places[1], bead.target), bead.score)
        for bead in beads
    ]
    return Alignment(*sentences, gathered(numbered, sentences[1]))


def side_of(text: str, language: str) -> Side:
    """A text, cut as finely as may be."""
    units, certain = fragments(text, language)
    return Side(units, np.array(certain), rules_for(language))


def renumbered(places: NDArray[np.int64], chosen: tuple[int, int]) -> tuple[int, int]:
    """A range of pieces as a range of sentences; ``places[i]`` sentences have begun before piece ``i``."""
    return int(places[chosen[0]]), int(places[chosen[1]])


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    source_language: str = "en",
    target_language: str = "fr",
    encoder: SentenceEncoder | None = None,
) -> list[Bead]:
    """The beads of two texts that are split already, in order; every sentence of both is in exactly one.

    A sentence without partner is a bead of its own. ``encoder`` None: by length, numbers, names and spelling only.
    """
    left, right = (
        Side(sentences, np.ones(len(sentences)), rules_for(language))
        for sentences, language in ((source, source_language), (target, target_language))
    )
    return scored_beads(left, right, encoder)


# ── from groups of pieces to beads of sentences ──────────────────────────────


def whole(beads: Sequence[Bead], left: Side, right: Side) -> list[Bead]:
    """``beads`` with those made one that leave alone the pieces of one sentence."""
    result: list[Bead] = []
    for bead in beads:
        before = result[-1] if result else None
        if before and (
            (
                bead.target == before.target
                and bead.target[0] == bead.target[1]
                and left.certain[bead.source[0]] < 0.5
            )
            or (
                bead.source == before.source
                and bead.source[0] == bead.source[1]
                and right.certain[bead.target[0]] < 0.5
            )
        ):
            result[-1] = united(before, bead)
        else:
            result.append(bead)
    return result


def united(first: Bead, second: Bead) -> Bead:
    """Two neighbouring beads as one."""
    return Bead(
        (first.source[0], second.source[1]),
        (first.target[0], second.target[1]),
        min(first.score, second.score),
    )


def joints(side: Side, ranges: Sequence[tuple[int, int]]) -> list[bool]:
    """Which pieces of a text belong to the sentence before them: those in one bead with it that begin unsurely."""
    first = {start for start, end in ranges if start < end}
    return [certain < 0.5 and place not in first for place, certain in enumerate(side.certain)]


def gathered(beads: Sequence[Bead], target: Sequence[Sentence]) -> list[Bead]:
    """``beads`` with neighbouring additions made one: those of one line, and all at the end of the target."""
    result: list[Bead] = []
    closing = max((bead.target[1] for bead in beads if bead.source[0] < bead.source[1]), default=0)
    for bead in beads:
        before = result[-1] if result else None
        if (
            before
            and before.source[0] == before.source[1] == bead.source[0] == bead.source[1]
            and (
                bead.target[0] > closing
                or target[bead.target[0]].paragraph == target[bead.target[0] - 1].paragraph
            )
        ):
            result[-1] = united(before, bead)
        else:
            result.append(bead)
    return result


# ── the search ───────────────────────────────────────────────────────────────


def scored_beads(left: Side, right: Side, encoder: SentenceEncoder | None) -> list[Bead]:
    """The best groups of the pieces of two texts, each with its chance."""
    vectors = first_vectors(left, right, encoder)
    beads: list[Bead] = []
    row = column = 0
    for end, last in [*cuts(*vectors), (len(left), len(right))]:
        parts = (
            left.part(row, end, vectors[0][row:end]),
            right.part(column, last, vectors[1][column:last]),
        )
        for i, j, (n, m), chance in search(*parts, encoder):
            beads.append(Bead((row + i, row + i + n), (column + j, column + j + m), chance))
        row, column = end, last
    return beads


def first_vectors(
    left: Side, right: Side, encoder: SentenceEncoder | None
) -> tuple[Vectors, Vectors]:
    """A vector a piece, of both texts."""
    if encoder is None:
        return spelling_vectors(left.anchors), spelling_vectors(right.anchors)
    both = encoder.sentences([each.text for side in (left, right) for each in side.sentences])
    return both[: len(left)], both[len(left) :]


def search(
    left: Side, right: Side, encoder: SentenceEncoder | None
) -> list[tuple[int, int, Shape, float]]:
    """The best groups of two texts (or parts of them) that are short enough to be looked at whole."""
    if not len(left) or not len(right):
        return [(i, 0, (1, 0), 1.0) for i in range(len(left))] + [
            (0, j, (0, 1), 1.0) for j in range(len(right))
        ]
    weights = SPELLING if encoder is None else MEANING
    lattice = Lattice(
        group_scores(left, right, weights), *alone(left, weights), *alone(right, weights)
    )
    if encoder is not None:
        look_closely(left, right, Chances(lattice), encoder)
        lattice = replace(lattice, scores=group_scores(left, right, weights))
    path = best_path(lattice)
    chances = Chances(lattice.sharpened(weights.sharpness)).along(path)
    return [(*group, calibrated(chance)) for group, chance in zip(path, chances, strict=True)]


def calibrated(chance: float) -> float:
    """A path's chance as the share of such groups that are right (Platt 1999; two settings, chosen on news and books).

    Groups that the search finds half likely are right in eight cases of ten, as its best path has more going for it
    than each of its groups; so 0.5 means less than one in six here, and 0.9 five in six.
    """
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return float(1 / (1 + np.exp(-(1.1 + 0.64 * np.log(kept / (1 - kept))))))


def look_closely(left: Side, right: Side, chances: Chances, encoder: SentenceEncoder) -> None:
    """Give the runs of pieces that may be in a group the vector of their joined text."""
    runs: set[tuple[int, int, int]] = set()
    for n, m in SHAPES:
        if n + m > 2 and n <= len(left) and m <= len(right):
            for i, j in zip(*np.nonzero(chances.of_shape((n, m)) > DOUBTFUL), strict=True):
                runs |= {(0, n, int(i)), (1, m, int(j))}
    wanted = sorted(run for run in runs if run[1] > 1)
    sides = (left, right)
    texts = [
        " ".join(each.text for each in sides[which].sentences[at : at + count])
        for which, count, at in wanted
    ]
    for (which, count, at), vector in zip(wanted, encoder.sentences(texts), strict=True):
        sides[which].vectors[count][at] = vector


# ── the scores ───────────────────────────────────────────────────────────────


def group_scores(left: Side, right: Side, weights: Weights) -> dict[Shape, Floats]:
    """The score of every group of every shape."""
    ratio = length_ratio(left, right)
    known = {kind: anchor_tables(left, right, kind) for kind in (NUMBER, NAME, STEM)}
    usual_left = {k: usual(vectors, right.vectors[1]) for k, vectors in left.vectors.items()}
    usual_right = {k: usual(vectors, left.vectors[1]) for k, vectors in right.vectors.items()}
    result = {}
    for n, m in SHAPES:
        if n > len(left) or m > len(right):
            continue
        cosines = (left.vectors[n] @ right.vectors[m].T).astype(np.float64)
        common = weights.usual / 2 * (usual_left[n][:, None] + usual_right[m][None, :])
        score = weights.meaning * (cosines - common - weights.enough)
        score -= weights.length * unlikeness(sums(left.letters, n), sums(right.letters, m), ratio)
        for kind, (rows, columns, weight) in known.items():
            score += anchor_score(
                np.minimum(1, sums(rows, n)), np.minimum(1, sums(columns, m)), weight, kind, weights
            )
        odd = sums(left.boilerplate, n)[:, None] / n - sums(right.boilerplate, m)[None, :] / m
        score -= weights.boilerplate * np.abs(odd)
        begins = (
            left.begins_paragraph()[: len(left) + 1 - n, None]
            == right.begins_paragraph()[None, : len(right) + 1 - m]
        )
        score += weights.paragraph * begins
        score += within(left, n, weights)[:, None] + within(right, m, weights)[None, :]
        result[n, m] = score + (weights.several if min(n, m) > 1 else 0.0)
    return result


def unlikeness(left: Floats, right: Floats, ratio: float) -> Floats:
    """The squared deviation of lengths, in letters, from the text's own ratio; shorter texts may deviate more."""
    deviation = np.log(right[None, :] + 5) - np.log(left[:, None] + 5) - ratio
    spread = 0.06 + 2.5 / (np.minimum(left[:, None], right[None, :]) + 5)
    return np.asarray(np.minimum(deviation**2 / (2 * spread), 12.0))


def anchor_score(
    left: Floats, right: Floats, weight: Floats, kind: str, weights: Weights
) -> Floats:
    """What shared anchors of a kind say for each group, and numbers that only one side has against it."""
    shared = (left * weight) @ right.T
    if kind != NUMBER:
        return np.asarray(shared * (weights.name if kind == NAME else weights.stem))
    odd = (left @ weight)[:, None] + (right @ weight)[None, :] - 2 * shared
    return np.asarray(weights.number * shared - weights.odd_number * odd)


def within(side: Side, count: int, weights: Weights) -> Floats:
    """What the boundaries of each run of ``count`` pieces say for it: those within, and the one it begins at."""
    joined = np.log(1 - side.certain + side.certain * np.exp(weights.joined))
    starts = len(side) + 1 - count
    inner = sums(joined[1:], count - 1)[:starts] if count > 1 else np.zeros(starts)
    return inner + weights.boundary * np.log(side.certain[:starts])


def alone(side: Side, weights: Weights) -> tuple[Floats, Floats]:
    """What leaving each piece alone costs, and beginning to do so there."""
    sure = side.certain >= 0.5
    step = np.where(
        sure, weights.step, np.log(1 - side.certain + side.certain * np.exp(weights.step))
    )
    step = step * np.where(side.boilerplate > 0, weights.boilerplate_step, 1.0)
    entry = np.where(sure, 0.0, weights.step + weights.boundary * np.log(side.certain))
    return step, weights.entry + entry
