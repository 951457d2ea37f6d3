"""Which words of a text have no counterpart in its translation: stretches of them, each with a probability.

Two steps, both small boosted trees (articles/text/trees.py) whose tables lie beside this file. First each word, by
what pair_facts.py knows of it. Then each stretch of likely missing words as a whole: how sure its words are, how long
it is beside the length of the translation, what else in the pair is unexplained. bench/make_missing.py makes the
tables (8,345 pairs of documentation, package descriptions and stories) and says how; bench/dropped.py measures.

Measured on a development set of 1,000 news pairs, half with 2–12 French words deleted (AUC): .945; without what was
learnt of words' likeness .943; learnt from software documentation alone .936; a rule over links .862, the length ratio
alone .836. At half of the deletions found and one spoilt pair in twenty, .87 of the alarms are right (without the
likeness .77). What lost: a network over French word classes that feels where words were cut out (150,000 sentences; it
points at the very seam for a third of the news pairs, AUC .645 alone, nothing together with the rest), the same over
the encoder's states (news .939 to .932), the sentence encoder with and without the stretch (+.003 for 12 ms), more or
deeper trees (no difference).

Nothing here knows a language: the tables say what it looks like when words are missing, not which words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from articles.text.pair_facts import LEARNT, SHALLOW, View, closeness, unexplained, view, word_rows
from articles.text.tokens import Token
from articles.text.trees import Trees
from articles.text.word_aligner import Matrix, WordLinks
from articles.text.word_facts import Column
from articles.text.word_likeness import UNASKED, Doubts

TABLES = Path(__file__).with_name("missing.npz")
STRETCHES = 3
"""At most so many stretches of a pair are considered."""


@dataclass(frozen=True)
class Stretch:
    """Tokens ``first`` … ``end`` (exclusive) and how likely they are missing, 0…1."""

    first: int
    end: int
    probability: float


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
    ours, theirs = unexplained(seen)
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
        closeness(seen),
        ours,
        theirs,
        float(source.capital[here].max()),
        float(source.digit[here].max()),
        *(float(words[here, column].mean()) for column in (3, 4, 7)),
        *seen.signs,
        float(seen.spelled[here][of_content].mean()),
        float(source.quoted[here].max()),
        *words[here, -SHALLOW - LEARNT : -LEARNT][of_content].mean(axis=0).tolist(),
        *_doubted(seen.doubts, first, end, is_word),
    ]


def _doubted(found: Doubts, first: int, end: int, is_word: Column) -> list[float]:
    """What was learnt says of a stretch, and of the words outside it."""
    here = np.arange(first, end)[is_word > 0] if is_word.any() else np.arange(first, end)
    outside = np.concatenate([found.logit[:first], found.logit[end:], [UNASKED]])
    logit = found.logit[here]
    return [
        *(float(each) for each in (logit.mean(), logit.max(), logit.min())),
        *(float(column[here].mean()) for column in (found.best, found.mutual, found.covers)),
        float(outside.max()),
        float(np.maximum(outside, 0).sum()),
        float(np.logaddexp(0, found.logit).sum()),
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
    if not links.likeness.size:
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
