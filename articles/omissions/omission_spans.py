"""Runs of source words that the translation seems to omit, each with a probability.

``omission_model`` gives the log odds of each word. A run is where neighbouring log odds add up
highest. The odds of a run are the sum of log(1 + odds) of its words: minus the logarithm of the
probability that none of them is missing, if words went missing independently. Nothing here
depends on a language. docs/decisions/0010-own-omission-model.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.omissions.features import Column, word_features
from articles.omissions.omission_model import score_omissions
from articles.omissions.word_aligner import WordLinks
from articles.text.tokens import Token

MAX_RUNS = 3
"""At most so many runs of a pair are considered."""
TEMPERATURE_FACTOR = 0.7
"""Multiplies the model's logits, which are overconfident (Guo et al. 2017, temperature scaling)."""
RUN_BONUS = 2.0
"""Added to each word's log odds while the ends of a run are sought: better a word too many."""
LEAST_WORTH = -3.0
MOST_WORTH = 4.0
"""The limits of what one word adds to a run."""
PUNCTUATION_WEIGHT = 0.3
"""A mark adds this share of its own log odds, and never more than 0."""
USED = -9.0
"""The worth of words that an earlier run has taken."""


@dataclass(frozen=True)
class OmittedRun:
    """Tokens ``first`` to ``end`` (exclusive) and the probability that they are omitted."""

    first: int
    end: int
    probability: float


def find_omitted_runs(
    links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]
) -> list[OmittedRun]:
    """Return the runs of ``source`` that ``target`` may omit, likeliest first.

    The list is empty without the word encoder. The odds of the first run are those of the whole
    pair, because doubt spread over the other words is mostly about that run.
    """
    if links.model_rows is None:
        return []
    source_features = word_features(source, languages[0])
    target_features = word_features(target, languages[1])
    logits = score_omissions(
        links.model_rows, links.learned_similarity, source_features, target_features
    ).omitted
    is_word = source_features.is_word
    worth = np.where(is_word > 0, np.logaddexp(0, TEMPERATURE_FACTOR * logits), 0.0)

    runs = []
    for first, end in best_runs(logits + RUN_BONUS, is_word):
        runs.append((float(worth[first:end].sum()), first, end))
    runs.sort(reverse=True)

    found = []
    for rank, (own_odds, first, end) in enumerate(runs):
        odds = own_odds if rank else float(worth.sum())
        found.append(OmittedRun(first, end, odds / (1 + odds)))
    return found


def best_runs(logits: Column, is_word: Column) -> list[tuple[int, int]]:
    """Return up to MAX_RUNS runs with the highest sums as (first, end), highest first.

    Each run ends on a word, so it holds at least one.
    """
    weighted = np.where(is_word > 0, logits, PUNCTUATION_WEIGHT * np.minimum(0, logits))
    worth = np.clip(weighted, LEAST_WORTH, MOST_WORTH)
    found: list[tuple[int, int]] = []
    while len(found) < MAX_RUNS:
        total, first, end = _best_run(worth, is_word)
        if total < LEAST_WORTH:
            break
        found.append((first, end))
        worth[first:end] = USED
    return found


def _best_run(worth: Column, is_word: Column) -> tuple[float, int, int]:
    """Return the sum and the ends of the run with the highest sum (Kadane's algorithm)."""
    best = (USED, 0, 0)
    total = 0.0
    start = 0
    for index, value in enumerate(worth):
        if total <= 0:
            total = 0.0
            start = index
        total += float(value)
        if total > best[0] and is_word[index]:
            best = (total, start, index + 1)
    return best
