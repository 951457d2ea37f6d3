"""Which words of a text have no counterpart in its translation: stretches of them, each with a probability.

Two steps, both small boosted trees (articles/text/trees.py) whose tables lie beside this file. First each word: how
well its best matches explain it, whether another word explains them better, what its neighbours found, how much
unexplained text stands where it should. Then each stretch of likely missing words as a whole: how sure its words
are, how long it is beside the length of the translation, what else in the pair is unexplained.
bench/make_missing.py makes the tables and says from what; bench/dropped.py measures.

Measured on a development set of 1,000 news pairs, half with 2–12 French words deleted (AUC): .938; the length
ratio alone .836, a rule over links .862, without the words' likeness by themselves .937 (but one name or pronoun is
then missed more often). What lost: a net on the French states at each seam, to feel where grammar breaks (held-out
lessons .912 to .925, news .939 to .932), the same by word endings (hardly better than chance on news), the sentence
encoder with and without the stretch (+.003 for 12 ms), more or deeper trees (no difference).

Nothing here knows a language: the tables say what it looks like when words are missing, not which words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.text.tokens import Token
from articles.text.trees import Trees
from articles.text.word_aligner import Anchors, Matrix, WordLinks, anchors, expected_places, spelling
from articles.text.word_facts import Side, side, signs

Column = NDArray[np.float32]

TABLES = Path(__file__).with_name("missing.npz")
CENTRE, HEAT = 0.3, 0.1
"""A similarity of CENTRE is as likely chance as translation; HEAT is how fast that changes."""
WINDOW = 3
"""How many neighbours on each side a word's row tells of."""
SHALLOW = 16
"""Facts a word that lower layers tell."""
STRETCHES = 3
"""At most so many stretches of a pair are considered."""


@dataclass(frozen=True)
class Stretch:
    """Tokens ``first`` … ``end`` (exclusive) and how likely they are missing, 0…1."""

    first: int
    end: int
    probability: float


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

    @property
    def ratio(self) -> float:
        """The logarithm of target letters per source letter."""
        return math.log((self.target.length + 5) / (self.source.length + 5))


def view(links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]) -> View:
    """Everything that the rows are made of."""
    linked = np.zeros(len(links.similarity), dtype=np.float32)
    for i, j in links.links:
        linked[i] = links.placed[i, j]
    return View(
        links,
        side(source, languages[0]),
        side(target, languages[1]),
        explained(links.placed),
        anchors(links),
        linked,
        spelling(source, target).max(axis=1),
        signs(source, target),
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
        [np.stack(own, axis=1), *neighbours, np.stack(smooth, axis=1), _whole(seen), _shallow(seen)], axis=1
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
    facts = [seen.ratio, *_unexplained(seen), _closeness(seen), rows, columns, *seen.signs]
    index = np.arange(rows, dtype=np.float32)
    place = np.stack([index / rows, index, rows - 1 - index], axis=1)
    return np.concatenate([np.tile(np.array(facts, dtype=np.float32), (rows, 1)), place], axis=1)


def _unexplained(seen: View) -> tuple[float, float]:
    """Of the source's and of the target's content words, the share that nothing explains."""
    ours, theirs = seen.source.content, seen.target.content
    return (
        float((seen.shares.source_unexplained * ours).sum() / (ours.sum() + 1)),
        float((seen.shares.target_unexplained * theirs).sum() / (theirs.sum() + 1)),
    )


def _closeness(seen: View) -> float:
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


def _smoothed(column: Column) -> Column:
    kernel = np.array([1, 2, 3, 2, 1]) / 9
    return np.asarray(np.convolve(np.pad(column, 2, mode="edge"), kernel, "valid"), dtype=np.float32)


def stretches(logits: Column, is_word: Column) -> list[tuple[float, int, int]]:
    """Up to STRETCHES runs whose logits add up highest (Kadane's way), as (sum, first, end), highest first."""
    worth = np.clip(np.where(is_word > 0, logits, 0.3 * np.minimum(0, logits)), -3, 4)
    found: list[tuple[float, int, int]] = []
    while len(found) < STRETCHES:
        best, total, start = (-9.0, 0, 0), 0.0, 0
        for index, value in enumerate(worth):
            if total <= 0:
                total, start = 0.0, index
            total += float(value)
            if total > best[0]:
                best = (total, start, index + 1)
        if best[0] < -2.9:
            break
        found.append(best)
        worth[best[1] : best[2]] = -9
    return found


def stretch_row(
    seen: View, words: Matrix, chances: Column, run: tuple[float, int, int], rest: Sequence[tuple[float, int, int]]
) -> list[float]:
    """The facts of one stretch: its words', its length, the translation's, and what stands where it belongs."""
    total, first, end = run
    here, source = slice(first, end), seen.source
    is_word, content = source.is_word[here], source.content[here]
    letters = float((source.letters[here] * is_word).sum())
    without = math.log((seen.target.length + 5) / (source.length - letters + 5))
    chance, likeness = chances[here], words[here, 0]
    of_content = content > 0 if content.any() else np.ones(len(content), dtype=bool)
    ours, theirs = _unexplained(seen)
    return [
        total,
        float(chance.max()),
        float(chance.mean()),
        float((chance * is_word).sum()),
        float((chance * content).sum()),
        float(is_word.sum()),
        float(content.sum()),
        letters,
        seen.ratio,
        without,
        letters / max(1.0, source.length),
        float(first == 0),
        float(end >= len(chances) - 1),
        *_surroundings(seen, first, end, letters),
        max((each[0] for each in rest), default=-3.0),
        float(chances.sum() - chance.sum()),
        float(likeness.mean()),
        float(likeness[of_content].mean()),
        float(likeness.max()),
        float(len(chances)),
        _closeness(seen),
        ours,
        theirs,
        float(source.capital[here].max()),
        float(source.digit[here].max()),
        *(float(words[here, column].mean()) for column in (3, 4, 7)),
        *seen.signs,
        float(seen.spelled[here][of_content].mean()),
        float(source.quoted[here].max()),
        *words[here, -SHALLOW:][of_content].mean(axis=0).tolist(),
    ]


def _surroundings(seen: View, first: int, end: int, letters: float) -> list[float]:
    """What stands in the target between the links around the stretch, and how good these links are."""
    rows = len(seen.linked)
    before, left = int(seen.anchors.before[first]), int(seen.anchors.left[first])
    after, right = int(seen.anchors.after[end - 1]), int(seen.anchors.right[end - 1])
    low, high = min(left, right), max(left, right)
    text = seen.shares.target_unexplained * seen.target.letters * seen.target.is_word
    room = float(text[low + 1 : high].sum())
    goodness = [float(seen.linked[i]) if 0 <= i < rows else 0.5 for i in (before, after)]
    return [float(right - left), room, room - letters, *goodness]


@lru_cache(maxsize=1)
def _models() -> tuple[Trees, Trees]:
    with np.load(TABLES, allow_pickle=False) as tables:
        return Trees(tables, "word_"), Trees(tables, "stretch_")


def chance(logits: Column) -> Column:
    """Logits as probabilities."""
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def missing_words(
    links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]
) -> list[Stretch]:
    """The stretches of ``source`` that may be missing in ``target``, likeliest first; none without the encoder."""
    if not links.similarity.size or not links.shallow:
        return []
    by_word, by_stretch = _models()
    seen = view(links, source, target, languages)
    rows = word_rows(seen)
    logits = by_word.logits(rows)
    runs = stretches(logits, seen.source.is_word)
    if not runs:
        return []
    facts = [stretch_row(seen, rows, chance(logits), run, [r for r in runs if r is not run]) for run in runs]
    sure = chance(by_stretch.logits(np.array(facts, dtype=np.float32)))
    found = [Stretch(first, end, float(p)) for (_sum, first, end), p in zip(runs, sure, strict=True)]
    return sorted(found, key=lambda stretch: -stretch.probability)
