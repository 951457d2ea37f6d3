"""Which sentences of two texts translate each other: groups of n source and m target sentences.

Each possible group gets a score, the logarithm of how much likelier it is as a translation than as
chance, and the best path through both texts is found (``articles.alignment.search``). A text is
first cut finer than into sentences where a full stop may have been lost (``segmenter.fragments``),
and the same search decides which of those pieces belong together.

Meaning is compared twice: first with the mean of the sentences' vectors; then, for the groups that
are still possible, with the vector of their joined text, which is slower and better. Long texts are
cut where two neighbouring sentences on both sides choose each other, so that time grows with
length, not with its square.

What each part of the score contributes, measured: docs/decisions/0003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from articles.alignment.anchors import find_cuts
from articles.alignment.search import Floats, Lattice, Posteriors, Shape, best_path
from articles.alignment.sentence_encoder import SentenceEncoder, Vectors
from articles.alignment.similarity import (
    MAX_RUN,
    NAME,
    NUMBER,
    STEM,
    Side,
    anchor_tables,
    length_ratio,
    spelling_vectors,
    sums,
    usual_cosines,
)
from articles.segmentation.languages import rules_for
from articles.segmentation.segmenter import fragments, join_fragments
from articles.text.document import Bead, Sentence

SHAPES = [
    (n, m) for n in range(1, MAX_RUN + 1) for m in range(1, MAX_RUN + 1) if n + m <= MAX_RUN + 1
]
"""The groups that are considered: n source and m target pieces."""


@dataclass(frozen=True)
class Weights:
    """How much each property counts, as natural logarithms; chosen on development sets."""

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
    boundary: float = 0.4  # how much the segmenter's uncertainty about a boundary counts
    step: float = -3.0  # for a sentence left alone
    entry: float = -0.5  # for each run of them
    boilerplate_step: float = 0.5  # factor: boilerplate is left alone more easily
    sharpness: float = 0.7  # factor on all scores: below 1 for less extreme probabilities


MEANING = Weights()
SPELLING = Weights(meaning=6.0, enough=0.15, usual=1.0, length=1.0, number=1.0, name=1.0, stem=0.5)
"""Without an encoder: vectors of shared numbers, names and word beginnings replace meaning."""

MIN_CHANCE = 0.02
"""A group whose probability is smaller after the first search is not encoded as joined text."""

ScoredGroup = tuple[int, int, Shape, float]
"""Source and target pieces before a group, its shape, and its probability."""

Run = tuple[int, int]
"""A run of pieces of one side: how many, and the first."""


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

    Neighbouring additions of one line, and all additions at the end of the target, are one bead:
    they are one notice. Omissions stay one by one, because each sentence is to be restored.
    """
    left = make_side(source, source_language)
    right = make_side(target, target_language)
    beads = merge_lone_fragments(scored_beads(left, right, encoder), left, right)
    left_joined = joined_fragments(left, [bead.source for bead in beads])
    right_joined = joined_fragments(right, [bead.target for bead in beads])
    source_sentences = join_fragments(source, left.sentences, left_joined)
    target_sentences = join_fragments(target, right.sentences, right_joined)
    left_index = _sentence_index(left_joined)
    right_index = _sentence_index(right_joined)
    renumbered: list[Bead] = []
    for bead in beads:
        source_range = _renumber(left_index, bead.source)
        target_range = _renumber(right_index, bead.target)
        renumbered.append(Bead(source_range, target_range, bead.score))
    return Alignment(
        source_sentences, target_sentences, merge_additions(renumbered, target_sentences)
    )


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    source_language: str = "en",
    target_language: str = "fr",
    encoder: SentenceEncoder | None = None,
) -> list[Bead]:
    """Return the beads of two texts that are already split; every sentence is in exactly one.

    A sentence without partner is a bead of its own. Without ``encoder``, length, numbers, names and
    spelling alone are compared.
    """
    left = Side(source, np.ones(len(source)), rules_for(source_language))
    right = Side(target, np.ones(len(target)), rules_for(target_language))
    return scored_beads(left, right, encoder)


def make_side(text: str, language: str) -> Side:
    """Return a text cut into the finest pieces that may be sentences."""
    units, certain = fragments(text, language)
    return Side(units, np.array(certain), rules_for(language))


# ── From groups of pieces to beads of sentences ──────────────────────────────


def merge_lone_fragments(beads: Sequence[Bead], left: Side, right: Side) -> list[Bead]:
    """Return ``beads``, with those merged that leave the pieces of one sentence without partner."""
    result: list[Bead] = []
    for bead in beads:
        if result and _are_one_sentence(result[-1], bead, left, right):
            result[-1] = united(result[-1], bead)
        else:
            result.append(bead)
    return result


def _are_one_sentence(before: Bead, bead: Bead, left: Side, right: Side) -> bool:
    """Whether two neighbouring beads are without partner on one side and of one sentence."""
    if bead.target == before.target and _is_empty(bead.target):
        return bool(left.certain[bead.source[0]] < 0.5)
    if bead.source == before.source and _is_empty(bead.source):
        return bool(right.certain[bead.target[0]] < 0.5)
    return False


def _is_empty(chosen: tuple[int, int]) -> bool:
    """Whether a range, end exclusive, has nothing in it."""
    return chosen[0] == chosen[1]


def united(first: Bead, second: Bead) -> Bead:
    """Return two neighbouring beads as one, with the lower score."""
    return Bead(
        (first.source[0], second.source[1]),
        (first.target[0], second.target[1]),
        min(first.score, second.score),
    )


def joined_fragments(side: Side, ranges: Sequence[tuple[int, int]]) -> list[bool]:
    """Return which pieces of a text belong to the sentence before them.

    They are the pieces in one bead with the piece before that begin uncertainly.
    """
    first = {start for start, end in ranges if start < end}
    return [certain < 0.5 and place not in first for place, certain in enumerate(side.certain)]


def _sentence_index(joined: Sequence[bool]) -> NDArray[np.int64]:
    """Return, for each piece, how many sentences have begun before it, and at the end how many in
    all."""
    return np.append(0, np.cumsum(~np.array(joined, dtype=bool)))


def _renumber(index: NDArray[np.int64], chosen: tuple[int, int]) -> tuple[int, int]:
    """Return a range of pieces as a range of sentences; see ``_sentence_index``."""
    return int(index[chosen[0]]), int(index[chosen[1]])


def merge_additions(beads: Sequence[Bead], target: Sequence[Sentence]) -> list[Bead]:
    """Return ``beads`` with neighbouring additions merged.

    Those of one line are one bead, and all those after the last aligned sentence of the target.
    """
    aligned_ends = [bead.target[1] for bead in beads if not _is_empty(bead.source)]
    closing = max(aligned_ends, default=0)
    result: list[Bead] = []
    for bead in beads:
        additions = bool(result) and _are_neighbouring_additions(result[-1], bead)
        if additions and (bead.target[0] > closing or _same_line(target, bead.target[0])):
            result[-1] = united(result[-1], bead)
        else:
            result.append(bead)
    return result


def _are_neighbouring_additions(before: Bead, bead: Bead) -> bool:
    """Whether two beads are at the same place of the source and have no sentence of it."""
    return before.source == bead.source and _is_empty(bead.source)


def _same_line(sentences: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence is in the same line as the one before it."""
    return sentences[place].paragraph == sentences[place - 1].paragraph


# ── The search ───────────────────────────────────────────────────────────────


def scored_beads(left: Side, right: Side, encoder: SentenceEncoder | None) -> list[Bead]:
    """Return the best groups of the pieces of two texts, each with its probability."""
    left_vectors, right_vectors = sentence_vectors(left, right, encoder)
    cuts = find_cuts(left_vectors, right_vectors)
    beads: list[Bead] = []
    row = column = 0
    for row_end, column_end in [*cuts, (len(left), len(right))]:
        left_part = left.part(row, row_end, left_vectors[row:row_end])
        right_part = right.part(column, column_end, right_vectors[column:column_end])
        for i, j, (n, m), chance in align_part(left_part, right_part, encoder):
            source = (row + i, row + i + n)
            target = (column + j, column + j + m)
            beads.append(Bead(source, target, chance))
        row = row_end
        column = column_end
    return beads


def sentence_vectors(
    left: Side, right: Side, encoder: SentenceEncoder | None
) -> tuple[Vectors, Vectors]:
    """Return a vector a piece, of both texts; by spelling where there is no encoder."""
    if encoder is None:
        return spelling_vectors(left.anchors), spelling_vectors(right.anchors)
    texts = [sentence.text for sentence in (*left.sentences, *right.sentences)]
    vectors = encoder.sentences(texts)
    return vectors[: len(left)], vectors[len(left) :]


def align_part(left: Side, right: Side, encoder: SentenceEncoder | None) -> list[ScoredGroup]:
    """Return the best groups of two texts, or parts of them, short enough for one search."""
    if not len(left) or not len(right):
        return _all_alone(left, right)
    weights = SPELLING if encoder is None else MEANING
    scores = group_scores(left, right, weights)
    lattice = Lattice(scores, *lone_scores(left, weights), *lone_scores(right, weights))
    if encoder is not None:
        encode_likely_groups(left, right, Posteriors(lattice), encoder)
        lattice = replace(lattice, scores=group_scores(left, right, weights))
    path = best_path(lattice)
    chances = Posteriors(lattice.sharpened(weights.sharpness)).along(path)
    return [(*group, calibrated(chance)) for group, chance in zip(path, chances, strict=True)]


def _all_alone(left: Side, right: Side) -> list[ScoredGroup]:
    """Return every piece as a group of its own: one of the two sides has none."""
    omissions: list[ScoredGroup] = [(i, 0, (1, 0), 1.0) for i in range(len(left))]
    additions: list[ScoredGroup] = [(0, j, (0, 1), 1.0) for j in range(len(right))]
    return omissions + additions


def calibrated(chance: float) -> float:
    """Return the share of groups with this probability on a path that are right.

    Platt 1999, with two parameters chosen on news and books. Groups that the search finds half
    likely are right in eight cases of ten, because the best path has more evidence than each of its
    groups; so 0.5 means less than one in six here, and 0.9 five in six.
    """
    clipped = min(max(chance, 1e-6), 1 - 1e-6)
    return float(1 / (1 + np.exp(-(1.1 + 0.64 * np.log(clipped / (1 - clipped))))))


def encode_likely_groups(
    left: Side, right: Side, posteriors: Posteriors, encoder: SentenceEncoder
) -> None:
    """Give the runs of pieces that may be in a group the vector of their joined text."""
    left_runs, right_runs = _likely_runs(left, right, posteriors)
    runs = [(left, *run) for run in sorted(left_runs)]
    runs += [(right, *run) for run in sorted(right_runs)]
    vectors = encoder.sentences([_joined_text(*run) for run in runs])
    for (side, count, start), vector in zip(runs, vectors, strict=True):
        side.vectors[count][start] = vector


def _likely_runs(left: Side, right: Side, posteriors: Posteriors) -> tuple[set[Run], set[Run]]:
    """Return the runs of several pieces, on both sides, of groups that are still possible."""
    left_runs: set[Run] = set()
    right_runs: set[Run] = set()
    for n, m in SHAPES:
        if n > len(left) or m > len(right):
            continue
        rows, columns = np.nonzero(posteriors.of_shape((n, m)) > MIN_CHANCE)
        # A single piece has the vector of its own text already.
        if n > 1:
            left_runs.update((n, int(row)) for row in rows)
        if m > 1:
            right_runs.update((m, int(column)) for column in columns)
    return left_runs, right_runs


def _joined_text(side: Side, count: int, start: int) -> str:
    """Return the text of the run of ``count`` pieces from ``start`` on."""
    return " ".join(sentence.text for sentence in side.sentences[start : start + count])


# ── The scores ───────────────────────────────────────────────────────────────


def group_scores(left: Side, right: Side, weights: Weights) -> dict[Shape, Floats]:
    """Return the score of every group, by its shape and then by where it begins on both sides."""
    ratio = length_ratio(left, right)
    tables = {kind: anchor_tables(left, right, kind) for kind in (NUMBER, NAME, STEM)}
    usual_left = _usual_by_run(left, right)
    usual_right = _usual_by_run(right, left)
    result: dict[Shape, Floats] = {}
    for n, m in SHAPES:
        if n > len(left) or m > len(right):
            continue
        cosines = (left.vectors[n] @ right.vectors[m].T).astype(np.float64)
        usual = weights.usual / 2 * (usual_left[n][:, None] + usual_right[m][None, :])
        score = weights.meaning * (cosines - usual - weights.enough)
        mismatch = length_mismatch(sums(left.letters, n), sums(right.letters, m), ratio)
        score -= weights.length * mismatch
        for kind, (in_left, in_right, weight) in tables.items():
            rows = np.minimum(1, sums(in_left, n))
            columns = np.minimum(1, sums(in_right, m))
            score += anchor_score(rows, columns, weight, kind, weights)
        score -= weights.boilerplate * _boilerplate_difference(left, right, (n, m))
        score += weights.paragraph * _same_paragraph_start(left, right, (n, m))
        left_boundaries = boundary_scores(left, n, weights)
        right_boundaries = boundary_scores(right, m, weights)
        score += left_boundaries[:, None] + right_boundaries[None, :]
        result[n, m] = score + (weights.several if min(n, m) > 1 else 0.0)
    return result


def _usual_by_run(side: Side, other: Side) -> dict[int, Floats]:
    """Return, for each length of run, how similar each run is to the other text in general."""
    return {
        count: usual_cosines(vectors, other.vectors[1]) for count, vectors in side.vectors.items()
    }


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


def anchor_score(
    left: Floats, right: Floats, weight: Floats, kind: str, weights: Weights
) -> Floats:
    """Return what shared anchors of a kind add to each group's score.

    Numbers that only one side has are subtracted.
    """
    shared = (left * weight) @ right.T
    if kind != NUMBER:
        return np.asarray(shared * (weights.name if kind == NAME else weights.stem))
    odd = (left @ weight)[:, None] + (right @ weight)[None, :] - 2 * shared
    return np.asarray(weights.number * shared - weights.odd_number * odd)


def boundary_scores(side: Side, count: int, weights: Weights) -> Floats:
    """Return what the boundaries of each run of ``count`` pieces add to the score of its group.

    They are the boundaries within the run, and the one that it begins at.
    """
    joined = np.log(1 - side.certain + side.certain * np.exp(weights.joined))
    starts = len(side) + 1 - count
    inner = sums(joined[1:], count - 1)[:starts] if count > 1 else np.zeros(starts)
    return inner + weights.boundary * np.log(side.certain[:starts])


def lone_scores(side: Side, weights: Weights) -> tuple[Floats, Floats]:
    """Return the score of leaving each piece alone, and what is added where such a run begins."""
    sure = side.certain >= 0.5
    uncertain_step = np.log(1 - side.certain + side.certain * np.exp(weights.step))
    step = np.where(sure, weights.step, uncertain_step)
    step = step * np.where(side.boilerplate > 0, weights.boilerplate_step, 1.0)
    entry = np.where(sure, 0.0, weights.step + weights.boundary * np.log(side.certain))
    return step, weights.entry + entry
