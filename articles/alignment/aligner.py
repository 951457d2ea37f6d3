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

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.alignment.anchors import find_cuts
from articles.alignment.lost_stops import find_lost_stops
from articles.alignment.scores import MEANING, SPELLING, GroupScores
from articles.alignment.search import Lattice, Posteriors, Shape, best_path
from articles.alignment.sentence_encoder import SentenceEncoder, Vectors
from articles.alignment.similarity import Side, spelling_vectors
from articles.segmentation.languages import rules_for
from articles.segmentation.segmenter import fragments, join_fragments
from articles.text.document import Bead, Sentence
from articles.text.thresholds import LONE_FRAGMENT_CERTAINTY

CAPTION_WORDS = 3
"""Words, at most, of each part of a caption."""
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

    Neighbouring additions of one line, and those at the end of the target without an empty line
    between them, are one bead: they are one notice. Omissions stay one by one, because each
    sentence is to be restored, but for those of few words in one line: they are one caption.
    """
    left = make_side(source, source_language)
    right = make_side(target, target_language)
    found = scored_beads(left, right, encoder)
    if encoder is not None:
        in_source, in_target = find_lost_stops(found, left, right, encoder)
        if in_source or in_target:
            left = make_side(source, source_language, in_source)
            right = make_side(target, target_language, in_target)
            found = scored_beads(left, right, encoder)
    # Pieces are joined to sentences after the search only: the other language decides where a full
    # stop was lost (docs/decisions/0002).
    beads = merge_lone_fragments(found, left, right)
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
    captions = merge_captions(renumbered, source_sentences)
    merged = merge_additions(captions, target_sentences, target)
    return Alignment(source_sentences, target_sentences, merged)


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


def make_side(text: str, language: str, lost_stops: Collection[int] = ()) -> Side:
    """Return a text cut into the finest pieces that may be sentences.

    ``lost_stops`` are places of it where the other text says that a full stop was lost.
    """
    units, certain = fragments(text, language, lost_stops)
    return Side(units, np.array(certain), rules_for(language))


# ── From groups of pieces to beads of sentences ──────────────────────────────


def merge_lone_fragments(beads: Sequence[Bead], left: Side, right: Side) -> list[Bead]:
    """Return ``beads``, with those merged that cut one sentence into pieces.

    These are pieces of it without partner, and pieces that begin uncertainly in both texts: that
    "Mr." can be paired with "M." does not make a sentence of either.
    """
    result: list[Bead] = []
    for bead in beads:
        if result and _are_one_sentence(result[-1], bead, left, right):
            result[-1] = united(result[-1], bead)
        else:
            result.append(bead)
    return result


def _are_one_sentence(before: Bead, bead: Bead, left: Side, right: Side) -> bool:
    """Whether two neighbouring beads are pieces of one sentence."""
    if _is_aligned(before) and _is_aligned(bead):
        # That both languages have the same doubtful place says nothing for it
        # (docs/decisions/0002).
        starts = left.certain[bead.source[0]], right.certain[bead.target[0]]
        return bool(max(starts) < 0.5)
    if bead.target == before.target and _is_empty(bead.target):
        return bool(left.certain[bead.source[0]] < 0.5)
    if bead.source == before.source and _is_empty(bead.source):
        return bool(right.certain[bead.target[0]] < 0.5)
    # Words that the translation dropped stay with the rest of their sentence. Not so in the target:
    # what a page adds often begins like the middle of a sentence.
    if _is_aligned(before) and _is_empty(bead.target):
        return bool(left.certain[bead.source[0]] < LONE_FRAGMENT_CERTAINTY)
    return False


def _is_aligned(bead: Bead) -> bool:
    """Whether a bead has pieces of both texts."""
    return not _is_empty(bead.source) and not _is_empty(bead.target)


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
    """Return how many sentences have begun before each piece; the last is the number of all."""
    return np.append(0, np.cumsum(~np.array(joined, dtype=bool)))


def _renumber(index: NDArray[np.int64], chosen: tuple[int, int]) -> tuple[int, int]:
    """Return a range of pieces as a range of sentences; see ``_sentence_index``."""
    return int(index[chosen[0]]), int(index[chosen[1]])


def merge_additions(beads: Sequence[Bead], target: Sequence[Sentence], text: str) -> list[Bead]:
    """Return ``beads`` with neighbouring additions merged.

    Those of one line are one bead, and those after the last aligned sentence of the target between
    which no line is empty: they are one notice. ``text`` is that of the target.
    """
    aligned_ends = [bead.target[1] for bead in beads if not _is_empty(bead.source)]
    closing = max(aligned_ends, default=0)
    result: list[Bead] = []
    for bead in beads:
        additions = bool(result) and _are_neighbouring_additions(result[-1], bead)
        if additions and _are_one_notice(target, bead.target[0], closing, text):
            result[-1] = united(result[-1], bead)
        else:
            result.append(bead)
    return result


def merge_captions(beads: Sequence[Bead], source: Sequence[Sentence]) -> list[Bead]:
    """Return ``beads`` with neighbouring omissions of one line merged that have few words each.

    They are the caption of a picture: "File photo. All rights reserved."
    """
    result: list[Bead] = []
    for bead in beads:
        if result and _are_caption(result[-1], bead, source):
            result[-1] = united(result[-1], bead)
        else:
            result.append(bead)
    return result


def _are_caption(before: Bead, bead: Bead, source: Sequence[Sentence]) -> bool:
    if before.target != bead.target or not _is_empty(bead.target):
        return False
    words = [len(source[at].text.split()) for at in (before.source[0], bead.source[0])]
    return max(words) <= CAPTION_WORDS and _same_line(source, bead.source[0])


def _are_one_notice(target: Sequence[Sentence], place: int, closing: int, text: str) -> bool:
    """Whether a sentence and the one before it, both additions, are parts of one notice."""
    if _same_line(target, place):
        return True
    # Before the last aligned sentence each addition belongs to its own place in the article.
    if place <= closing:
        return False
    # Two line ends are an empty line: what stands behind it is another notice
    # (docs/decisions/0003).
    return text.count("\n", target[place - 1].end, target[place].start) < 2


def _are_neighbouring_additions(before: Bead, bead: Bead) -> bool:
    """Whether two beads are at the same place of the source and have no sentence of it."""
    return before.source == bead.source and _is_empty(bead.source)


def _same_line(sentences: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence is in the same line as the one before it."""
    return sentences[place].paragraph == sentences[place - 1].paragraph


# ── The search ───────────────────────────────────────────────────────────────


def scored_beads(left: Side, right: Side, encoder: SentenceEncoder | None) -> list[Bead]:
    """Return the best groups of the pieces of two texts, each with its probability."""
    parts = cut_into_parts(left, right, encoder)
    if encoder is not None:
        encode_likely_groups(parts, encoder)
    beads: list[Bead] = []
    for part in parts:
        for i, j, (n, m), chance in part.best_groups():
            source = (part.row + i, part.row + i + n)
            target = (part.column + j, part.column + j + m)
            beads.append(Bead(source, target, chance))
    return beads


def cut_into_parts(left: Side, right: Side, encoder: SentenceEncoder | None) -> list[Part]:
    """Return two texts, with vectors, as parts that are searched one by one."""
    left_vectors, right_vectors = sentence_vectors(left, right, encoder)
    weights = SPELLING if encoder is None else MEANING
    ends = [*find_cuts(left_vectors, right_vectors), (len(left), len(right))]
    parts: list[Part] = []
    row = column = 0
    for row_end, column_end in ends:
        left_part = left.part(row, row_end, left_vectors[row:row_end])
        right_part = right.part(column, column_end, right_vectors[column:column_end])
        parts.append(Part(row, column, GroupScores(left_part, right_part, weights)))
        row, column = row_end, column_end
    return parts


def sentence_vectors(
    left: Side, right: Side, encoder: SentenceEncoder | None
) -> tuple[Vectors, Vectors]:
    """Return a vector a piece, of both texts; by spelling where there is no encoder."""
    if encoder is None:
        return spelling_vectors(left.anchors), spelling_vectors(right.anchors)
    texts = [sentence.text for sentence in (*left.sentences, *right.sentences)]
    vectors = encoder.sentences(texts)
    return vectors[: len(left)], vectors[len(left) :]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of two texts: the pieces before it on both sides, and its groups' scores."""

    row: int
    column: int
    scores: GroupScores

    def lattice(self) -> Lattice:
        """Return the groups and their scores as they are searched."""
        return Lattice(self.scores.groups(), *self.scores.alone())

    def best_groups(self) -> list[ScoredGroup]:
        """Return the best groups of the part, in order, with their probabilities."""
        if self.scores.is_one_sided:
            return _all_alone(self.scores.left, self.scores.right)
        lattice = self.lattice()
        path = best_path(lattice)
        # Sharpened for the probabilities alone: the factor changes no best path.
        chances = Posteriors(lattice.sharpened(self.scores.weights.sharpness)).along(path)
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


def encode_likely_groups(parts: Sequence[Part], encoder: SentenceEncoder) -> None:
    """Give the runs of pieces that may be in a group the vector of their joined text.

    The runs of all parts, of both texts, are encoded at once: the encoder is fastest so.
    """
    runs: list[tuple[Side, int, int]] = []
    for part in parts:
        if part.scores.is_one_sided:
            continue
        left_runs, right_runs = _likely_runs(part)
        runs += [(part.scores.left, *run) for run in sorted(left_runs)]
        runs += [(part.scores.right, *run) for run in sorted(right_runs)]
    vectors = encoder.sentences([_joined_text(*run) for run in runs])
    for (side, count, start), vector in zip(runs, vectors, strict=True):
        side.vectors[count][start] = vector


def _likely_runs(part: Part) -> tuple[set[Run], set[Run]]:
    """Return the runs of several pieces, on both sides, of groups that are still possible."""
    posteriors = Posteriors(part.lattice())
    left_runs: set[Run] = set()
    right_runs: set[Run] = set()
    for n, m in part.scores.shapes:
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
