"""Runs of source words that the translation seems to omit, each with a probability.

``omission_model`` gives the log odds of each word. A run is where neighbouring log odds add up
highest. The odds of a run are the sum of log(1 + odds) of its words: minus the logarithm of the
probability that none of them is missing, if words went missing independently. A word counts by how
much it says, and the words outside a run count little: doubt spread over a text is no place to look
at. Nothing here depends on a language.
docs/decisions/0014-own-odds-and-inner-alignment.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.omissions.features import Column, WordFeatures, word_features
from articles.omissions.omission_model import score_omissions
from articles.omissions.word_aligner import WordLinks
from articles.omissions.word_similarity import match_features
from articles.text.tokens import Token

MAX_RUNS = 3
"""At most so many runs of a pair are considered."""
TEMPERATURE_FACTOR = 0.6
"""Multiplies the model's logits, which are overconfident (Guo et al. 2017, temperature scaling)."""
REST_SHARE = 0.25
"""The likeliest run also gets this share of the odds of all other words: the place of an omission
is not always found to the word."""
RARE_WORD = 4.5
"""Words less frequent than this on the Zipf scale (3 is rare, 7 is "the") say most."""
RARE_WEIGHT = 1.2
GRAMMAR_WEIGHT = 0.7
"""How much the odds of a rare word count, and those of a word that carries grammar; all others
count once."""
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


@dataclass(frozen=True)
class Omissions:
    """What ``source`` may have that ``target`` omits."""

    runs: list[OmittedRun]
    """The likeliest runs, those with the highest odds first."""
    odds: Column
    """For each token what it adds to the odds of its run."""


def find_omissions(
    links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]
) -> Omissions:
    """Return the runs of ``source`` that ``target`` may omit, and the odds of each word.

    There are no runs without the word encoder, and the odds are 0.
    """
    if links.model_rows is None:
        return Omissions([], np.zeros(len(source), dtype=np.float32))
    source_features = word_features(source, languages[0])
    target_features = word_features(target, languages[1])
    logits = score_omissions(
        links.model_rows, links.learned_similarity, source_features, target_features
    ).omitted
    worth = word_odds(logits, source_features)

    runs = []
    for first, end in best_runs(logits + RUN_BONUS, source_features.is_word):
        runs.append((float(worth[first:end].sum()), first, end))
    runs.sort(reverse=True)

    total = float(worth.sum())
    found = []
    for rank, (own_odds, first, end) in enumerate(runs):
        rest = 0.0 if rank else REST_SHARE * (total - own_odds)
        odds = own_odds + rest
        found.append(OmittedRun(first, end, odds / (1 + odds)))
    return Omissions(found, worth)


def rough_odds(
    links: WordLinks, source: Sequence[Token], target: Sequence[Token], languages: tuple[str, str]
) -> float:
    """Return the odds that ``target`` omits anything of ``source``, by similarity of words alone.

    It takes a fifteenth of the model's time. Of the pairs that it gives less than 2, none of 625
    had a run that the model found likely. The result is 0 without the word encoder.
    """
    if links.model_rows is None:
        return 0.0
    source_features = word_features(source, languages[0])
    target_features = word_features(target, languages[1])
    match = match_features(links.learned_similarity, source_features, target_features)
    return float(word_odds(match.logit, source_features).sum())


def word_odds(logits: Column, features: WordFeatures) -> Column:
    """Return what each word adds to the odds of its run: log(1 + odds), by what the word says."""
    weight = np.where(features.frequency < RARE_WORD, RARE_WEIGHT, 1.0)
    weight = np.where(features.grammar > 0, GRAMMAR_WEIGHT, weight)
    odds = weight * np.logaddexp(0, TEMPERATURE_FACTOR * logits)
    return np.asarray(np.where(features.is_word > 0, odds, 0.0), dtype=np.float32)


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
