"""Makes articles/omissions/translation_table.npz: ``make_translation_table.py FOLDER``.

FOLDER holds ``NAME.en-LL.jsonl.gz`` files (prose_pairs.py). For each language the word translation
probabilities are estimated by IBM model 1 (Brown et al. 1993) with the diagonal prior of fast_align
(Dyer et al. 2013). A word keeps the translations that explain it, and what it says that none of
them is there. docs/decisions/0029-usual-translations-of-words.md says what it reaches.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.omissions import translation_table
from articles.omissions.translation_table import (
    SOURCE_LETTERS,
    STEPS,
    TARGET_LETTERS,
    word_stem,
)
from articles.text.tokens import tokens
from bench.training.prose_pairs import DRAFTED_TWICE, SHARE_ALIKE

LANGUAGES = ("fr",)
"""Those with enough pairs that read like news."""
LEAST_COVERAGE = 0.5
LEAST_COVERAGE_DRAFTED = 0.85
MOST_LINKS = 1000
"""Pairs with more possible links are left out: time grows with them, and they say little."""
ROUNDS = 4
DIAGONAL = 4.0
NULL_SHARE = 0.08
"""How much places off the diagonal count less, and the prior of a word that translates nothing."""

LEAST_PROBABILITY = 0.02
LEAST_EXPECTED = 1.0
"""A translation is tried that explains so much of a word, and at least so many occurrences."""
VOUCHED = 1.9
"""A pair does not vouch for itself: a translation is seen in it when at least so many occurrences
are explained, of which at most one is here."""
MOST_TRANSLATIONS = 14
MOST_PRESENT = -1.0
"""A translation is kept when its presence takes at least 1 off the log odds: articles do not."""
LEAST_SHARE = 2e-4
"""The least share of texts that a stem is taken to stand in."""
LEAST_OCCURRENCES = 4
SMOOTHING = 4.0
SMOOTHED_LESS = 0.1
"""The coverage of a rare word is drawn to this much less than the mean, with that weight."""
MOST_COVERED = 0.97


class Side(NamedTuple):
    """One side of all pairs: the numbers of each text's stems, and the stems."""

    texts: list[Any]
    stems: list[str]


class Kept(NamedTuple):
    """A translation: the number of its stem and how often it is expected to explain the word."""

    stem: int
    expected: float


Translations = dict[int, list[Kept]]
"""The translations of each source stem; of those in a text the first counts."""


def read_pairs(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield the English and the other text of each pair that is close enough."""
    for path in sorted(folder.glob(f"*.en-{language}.jsonl.gz")):
        name = path.name.split(".")[0]
        if name in SHARE_ALIKE:
            continue
        least = LEAST_COVERAGE_DRAFTED if name in DRAFTED_TWICE else LEAST_COVERAGE
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["cov"] >= least:
                    yield record["en"], record[language]


def words_of(text: str) -> list[str]:
    """Return the words of a text, without its marks."""
    return [word.text for word in tokens(text) if word.is_word]


def number_stems(texts: Sequence[Sequence[str]], letters: int) -> Side:
    """Return the texts' words as numbers of their stems."""
    numbers: dict[str, int] = {}
    numbered = []
    for words in texts:
        row = [numbers.setdefault(word_stem(word, letters), len(numbers)) for word in words]
        numbered.append(np.array(row, dtype=np.int32))
    return Side(numbered, list(numbers))


def expected_counts(source: Side, target: Side) -> tuple[Any, Any, Any, Any]:
    """Return source stem, target stem, probability and expected count of each translation.

    Source stem 0 is "nothing", all others are one higher than in ``source``.
    """
    sources, targets, places, priors = _possible_links(source, target)
    code = sources.astype(np.int64) * len(target.stems) + targets
    kinds, kind = np.unique(code, return_inverse=True)
    source_of = kinds // len(target.stems)
    probability: Any = np.ones(len(kinds), dtype=np.float32)
    expected: Any = probability
    for _round in range(ROUNDS):
        share = probability[kind] * priors
        total = np.bincount(places, share)
        share /= np.maximum(total[places], 1e-30)
        expected = np.bincount(kind, share, len(kinds))
        of_source = np.bincount(source_of, expected)
        probability = expected / (of_source[source_of] + 1e-2)
    return source_of, kinds % len(target.stems), probability, expected


def _possible_links(source: Side, target: Side) -> tuple[Any, Any, Any, Any]:
    """Return source stem, target stem, place and prior of all links that are possible."""
    columns: tuple[list[Any], ...] = ([], [], [], [])
    start = 0
    for left, right in zip(source.texts, target.texts, strict=True):
        if not 0 < len(left) * len(right) <= MOST_LINKS:
            continue
        place = np.arange(start, start + len(right))
        start += len(right)
        columns[0].append(np.tile(np.append(left + 1, 0), len(right)))
        columns[1].append(np.repeat(right, len(left) + 1))
        columns[2].append(np.repeat(place, len(left) + 1))
        columns[3].append(_diagonal_prior(len(left), len(right)).ravel())
    joined = [np.concatenate(column) for column in columns]
    return joined[0], joined[1], joined[2], joined[3]


def _diagonal_prior(source: int, target: int) -> Any:
    """Return the prior of each link, a row for each target word, "nothing" last."""
    source_place = (np.arange(source) + 0.5) / source
    target_place = (np.arange(target) + 0.5) / target
    near = np.exp(-DIAGONAL * np.abs(source_place - target_place[:, None]))
    near *= (1 - NULL_SHARE) / near.sum(axis=1, keepdims=True)
    return np.column_stack([near, np.full(target, NULL_SHARE)])


def likely_translations(source: Side, target: Side, share: Any) -> Translations:
    """Return the translations of each source stem, those that say most of it first.

    ``share`` is the share of texts that each target stem stands in.
    """
    sources, targets, probability, expected = expected_counts(source, target)
    often = (probability >= LEAST_PROBABILITY) & (expected >= LEAST_EXPECTED)
    chosen = np.flatnonzero((sources > 0) & often)
    found: Translations = {}
    for row in chosen[np.argsort(-probability[chosen], kind="stable")]:
        of_word = found.setdefault(int(sources[row]) - 1, [])
        if len(of_word) < MOST_TRANSLATIONS:
            of_word.append(Kept(int(targets[row]), float(expected[row])))
    for of_word in found.values():
        of_word.sort(key=lambda each: share[each.stem] / each.expected)
    return found


def texts_with(side: Side) -> Any:
    """Return in how many texts each stem of a side stands."""
    return np.bincount(
        np.concatenate([np.unique(text) for text in side.texts]), minlength=len(side.stems)
    )


def count_present(source: Side, target: Side, found: Translations) -> Counter[tuple[int, int]]:
    """Return for how many pairs a source stem's first translation there is each of its list."""
    present: Counter[tuple[int, int]] = Counter()
    for left, right in zip(source.texts, target.texts, strict=True):
        stems = set(right.tolist())
        for word in set(left.tolist()):
            for each in found.get(word, []):
                if each.stem in stems and each.expected >= VOUCHED:
                    present[word, each.stem] += 1
                    break
    return present


def presence(share: float, present: int, texts: int) -> float:
    """Return what the presence of a translation adds to the log odds that its word is dropped.

    ``share`` is the share of texts with the translation, ``present`` of the ``texts`` with the word
    have it.
    """
    by_chance = max(share, LEAST_SHARE)
    return math.log(by_chance * (texts + 2) / (present + 0.5))


def absence(chance: float, covered: float) -> float:
    """Return what the absence of all translations adds to the log odds that a word is dropped.

    ``chance`` is the probability that another text has one, ``covered`` that a translation has.
    """
    return max(0.0, math.log((1 - chance) / (1 - covered)))


def table_lines(source: Side, target: Side) -> list[str]:
    """Return the lines of one direction, sorted: the stem, what absence adds, the translations."""
    share = texts_with(target) / len(target.texts)
    texts = texts_with(source)
    found = likely_translations(source, target, share)
    tried = count_present(source, target, found)
    kept: Translations = {}
    for word, translations in found.items():
        telling = []
        for each in translations:
            value = presence(share[each.stem], tried[word, each.stem], texts[word])
            if value <= MOST_PRESENT:
                telling.append(each)
        if telling:
            kept[word] = telling
    present = count_present(source, target, kept)
    mean = present.total() / sum(int(texts[word]) for word in kept) - SMOOTHED_LESS
    lines = []
    for word, translations in kept.items():
        if texts[word] < LEAST_OCCURRENCES:
            continue
        count = sum(present[word, each.stem] for each in translations)
        covered = (count + SMOOTHING * mean) / (texts[word] + SMOOTHING)
        chance = 1 - math.prod(1 - share[each.stem] for each in translations)
        value = round(STEPS * absence(chance, min(covered, MOST_COVERED)))
        stems = " ".join(target.stems[each.stem] for each in translations)
        lines.append(f"{source.stems[word]} {value} {stems}")
    return sorted(lines)


def main(arguments: list[str]) -> None:
    """Make the table and write it."""
    arrays: dict[str, Any] = {}
    for language in LANGUAGES:
        pairs = list(read_pairs(Path(arguments[0]), language))
        english = [words_of(text) for text, _other in pairs]
        other = [words_of(text) for _english, text in pairs]
        lines = table_lines(
            number_stems(english, SOURCE_LETTERS), number_stems(other, TARGET_LETTERS)
        )
        arrays[f"en_{language}"] = np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
        print(f"{language}: {len(pairs)} pairs read, {len(lines)} words")
    np.savez_compressed(translation_table.TABLE_FILE, **arrays)


if __name__ == "__main__":
    main(sys.argv[1:])
