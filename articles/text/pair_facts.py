"""What can be known of the words of a pair of texts: a row of facts a word, for articles/text/missing.py.

How well its best matches explain it, whether another word explains them better, what its neighbours found, how much
unexplained text stands where its translation should, and what was learnt of such words (word_likeness.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.text.tokens import Token
from articles.text.word_aligner import Anchors, Matrix, WordLinks, anchors, expected_places, spelling
from articles.text.word_facts import Column, Side, side, signs
from articles.text.word_likeness import UNASKED, Doubts, doubts

CENTRE, HEAT = 0.3, 0.1
"""A similarity of CENTRE is as likely chance as translation; HEAT is how fast that changes."""
WINDOW = 3
"""How many neighbours on each side a word's row tells of."""
SHALLOW = 16
"""Facts a word that lower layers tell."""
LEARNT = 15
"""Facts a word that come from what was learnt of likeness."""


@dataclass(frozen=True)
class Explained:
    """How the words of a pair explain each other: shares 0…1."""

    of_target: Matrix
    """Cell (i, j): how much of target word j source word i explains, rivals and chance counted."""
    of_source: Matrix
    """Cell (i, j): how much of source word i target word j explains."""

    @property
    def source_unexplained(self) -> Column:
        """Of each source word."""
        return np.asarray(np.clip(1 - self.of_source.sum(axis=1), 0, 1), dtype=np.float32)

    @property
    def target_unexplained(self) -> Column:
        """Of each target word."""
        return np.asarray(np.clip(1 - self.of_target.sum(axis=0), 0, 1), dtype=np.float32)


def explained(similarity: Matrix) -> Explained:
    """Shares by softmax in both directions, with chance as one more rival."""
    weight = np.exp((similarity - CENTRE) / HEAT)
    return Explained(
        of_target=(weight / (weight.sum(axis=0, keepdims=True) + 1)).astype(np.float32),
        of_source=(weight / (weight.sum(axis=1, keepdims=True) + 1)).astype(np.float32),
    )


def lead(similarity: Matrix) -> Column:
    """How far each source word is ahead of the best other source word, at the target word where it is most so."""
    ranked = np.sort(similarity, axis=0)
    best, second = ranked[-1], ranked[-2] if len(ranked) > 1 else np.zeros_like(ranked[-1])
    rival = np.where(similarity == best[None, :], second[None, :], best[None, :])
    return np.asarray((similarity - rival).max(axis=1), dtype=np.float32)


def between(amounts: Column, start: NDArray[np.intp], end: NDArray[np.intp]) -> Column:
    """The sums of ``amounts`` strictly between ``start`` and ``end``, 0 where these are crossed."""
    running = np.concatenate([[0.0], np.cumsum(amounts)])
    return np.asarray(np.maximum(0, running[np.maximum(end, 0)] - running[start + 1]), dtype=np.float32)


@dataclass(frozen=True)
class View:
    """A pair as both steps see it."""

    links: WordLinks
    source: Side
    target: Side
    shares: Explained
    anchors: Anchors
    linked: Column
    """The goodness of each source word's link, 0 for none."""
    spelled: Column
    """How alike in letters the most alike target word is, for each source word."""
    signs: tuple[float, float]
    doubts: Doubts

    @property
    def ratio(self) -> float:
        """The logarithm of target letters per source letter."""
        return math.log((self.target.length + 5) / (self.source.length + 5))


def view(links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]) -> View:
    """Everything that the rows are made of."""
    linked = np.zeros(len(links.similarity), dtype=np.float32)
    for i, j in links.links:
        linked[i] = links.placed[i, j]
    ours, theirs = side(source, languages[0]), side(target, languages[1])
    return View(
        links,
        ours,
        theirs,
        explained(links.placed),
        anchors(links),
        linked,
        spelling(source, target).max(axis=1),
        signs(source, target),
        doubts(links.likeness, ours, theirs),
    )


def word_rows(seen: View) -> Matrix:
    """A row of facts a source word: its own, its neighbours', the pair's."""
    own = _own(seen)
    near = np.stack(
        [own[0], own[1], own[4], own[7], np.minimum(seen.source.frequency, 8) * seen.source.is_word, own[2]], axis=1
    )
    padded = np.pad(near, ((WINDOW, WINDOW), (0, 0)), constant_values=-1)
    steps = [step for step in range(2 * WINDOW + 1) if step != WINDOW]
    neighbours = [padded[step : step + len(near)] for step in steps]
    smooth = [_smoothed(column) for column in (own[0], own[4], own[1], seen.shares.source_unexplained)]
    return np.concatenate(
        [np.stack(own, axis=1), *neighbours, np.stack(smooth, axis=1), _whole(seen), _shallow(seen), _learnt(seen)],
        axis=1,
    ).astype(np.float32)


def _own(seen: View) -> list[Column]:
    links, source, shares, near = seen.links, seen.source, seen.shares, seen.anchors
    similarity, columns = links.similarity, links.similarity.shape[1]
    free = np.ones(columns, dtype=bool)
    free[[j for _i, j in links.links]] = False
    expected = expected_places(similarity, links.links)
    far = (np.arange(columns)[None, :] - expected[:, None]) / 4
    target_letters = seen.target.letters * seen.target.is_word
    start, end = np.minimum(near.left, near.right), np.maximum(near.left, near.right)
    room = between(shares.target_unexplained * target_letters, start, end)
    need = between(shares.source_unexplained * source.letters * source.is_word, near.before, near.after)
    return [
        similarity.max(axis=1),
        seen.linked,
        lead(similarity),
        shares.of_target.sum(axis=1),
        np.sqrt(shares.of_target * shares.of_source).max(axis=1),
        shares.of_source.sum(axis=1),
        np.where(free[None, :], links.placed, -CENTRE).max(axis=1),
        (similarity * np.exp(-far * far)).max(axis=1),
        source.is_word,
        source.letters,
        source.frequency,
        source.capital,
        source.digit,
        room,
        need,
        room - need,
        (near.right - near.left).astype(np.float32),
        (near.after - near.before - 1).astype(np.float32),
        seen.spelled,
        source.quoted,
    ]


def _whole(seen: View) -> Matrix:
    """The pair's own facts, the same in each row, and where in its sentence the word stands."""
    rows, columns = seen.links.similarity.shape
    facts = [seen.ratio, *unexplained(seen), closeness(seen), rows, columns, *seen.signs]
    index = np.arange(rows, dtype=np.float32)
    place = np.stack([index / rows, index, rows - 1 - index], axis=1)
    return np.concatenate([np.tile(np.array(facts, dtype=np.float32), (rows, 1)), place], axis=1)


def unexplained(seen: View) -> tuple[float, float]:
    """Of the source's and of the target's content words, the share that nothing explains."""
    ours, theirs = seen.source.content, seen.target.content
    return (
        float((seen.shares.source_unexplained * ours).sum() / (ours.sum() + 1)),
        float((seen.shares.target_unexplained * theirs).sum() / (theirs.sum() + 1)),
    )


def closeness(seen: View) -> float:
    """How alike the source's words and their best matches are, in the mean."""
    words = seen.source.is_word
    return float((seen.links.similarity.max(axis=1) * words).sum() / max(1.0, float(words.sum())))


def _shallow(seen: View) -> Matrix:
    """The same questions asked of lower layers, which see the word itself more than its sentence."""
    columns: list[Column] = []
    rows = np.arange(len(seen.linked))
    place = np.full(len(rows), -1)
    for i, j in seen.links.links:
        place[i] = j
    for layer in seen.links.shallow:
        at_link = np.where(place >= 0, layer[rows, np.maximum(place, 0)], -1)
        columns += [layer.max(axis=1), lead(layer), at_link, explained(layer - 0.05).of_target.sum(axis=1)]
    for layer in seen.links.shallow[1:]:
        both = explained(0.5 * (seen.links.similarity + layer))
        columns += [both.of_target.sum(axis=1), np.sqrt(both.of_target * both.of_source).max(axis=1)]
    return np.stack(columns, axis=1).astype(np.float32)


def _learnt(seen: View) -> Matrix:
    """The doubts of what was learnt (articles/text/word_likeness.py): the word's own, its neighbours', the pair's."""
    found, likeness = seen.doubts, seen.links.likeness
    near = np.pad(found.logit, 2, constant_values=UNASKED)
    at_link = np.full(len(likeness), -1, dtype=np.float32)
    for i, j in seen.links.links:
        at_link[i] = likeness[i, j]
    own = [found.best, found.covers, found.covered, found.mutual, found.nearest, found.logit, at_link]
    words = [lead(np.where(seen.target.is_word > 0, likeness, -1)), explained(0.8 * likeness).of_target.sum(axis=1)]
    pair = [np.full(len(likeness), found.logit.max()), np.full(len(likeness), np.logaddexp(0, found.logit).sum())]
    return np.stack([*own, *words, near[:-4], near[1:-3], near[3:-1], near[4:], *pair], axis=1).astype(np.float32)


def _smoothed(column: Column) -> Column:
    kernel = np.array([1, 2, 3, 2, 1]) / 9
    return np.asarray(np.convolve(np.pad(column, 2, mode="edge"), kernel, "valid"), dtype=np.float32)
