"""Frequent words with their usual translations, and whether a word alone lacks them.

Translators leave many words without their usual translation where they translate freely: three of
ten in news that people translated, one of ten in that of machines. Where the rest of an article is
translated word by word, all other words of a sentence have a counterpart, and no word of the target
is left over, a word that lacks its translations is likely dropped. Words are compared by
their first letters without accents, which joins the forms of a word. The translations come from
IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation");
bench/training/make_translation_table.py makes the file.
docs/decisions/0029-usual-translations-of-words.md has the figures.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.omissions.features import is_content_word
from articles.omissions.pair_parts import PairPart
from articles.text.spelling import without_accents
from articles.text.thresholds import COUNTERPART
from articles.text.tokens import Token, tokens

TABLE_FILE = Path(__file__).with_name("translation_table.npz")
SOURCE_LETTERS = 7
TARGET_LETTERS = 6
"""So many first letters of a word tell it from other words."""
STEPS = 32
"""The file's whole numbers count this many to one natural logarithm of odds."""
LEAST_ABSENCE = 1.0
"""Words with less evidence are often translated otherwise, and get none."""
OTHER_WORDS = 2
"""At least so many other words must have a counterpart."""
USUAL_FREE_SHARE = 0.2
"""The share of known words without their usual translations, between people's and machines'."""
USUAL_WORDS = 20
"""An article counts as if it had so many more words, with that share: a few say little of it."""
LEAST_FREE_SHARE = 0.03
MOST_PAIRS = 200
"""So many pairs of an article say how freely it is translated."""
ABSENCE_WEIGHT = 0.6
FREEDOM_WEIGHT = 2.5
"""How much the table's number for a word counts, and the logarithm of how literal the rest is."""


def word_stem(word: str, letters: int) -> str:
    """Return the first ``letters`` letters of a word in lower case, without accents."""
    return without_accents(word.replace("’", "'"))[:letters]


@lru_cache(maxsize=8)
def load_lines(source: str, target: str) -> dict[str, str]:
    """Return the table's line of each word of one direction; no lines where none was learned.

    A line is "absence stem stem …": log((1 - b) / (1 - c)) in STEPS, where c is the share of good
    translations of the word's sentences that have one of the stems, b the share of all texts.
    """
    with np.load(TABLE_FILE, allow_pickle=False) as arrays:
        name = f"{source}_{target}"
        if name not in arrays:
            return {}
        text = arrays[name].tobytes().decode("utf-8")
    return dict(line.split(" ", 1) for line in text.split("\n"))


@lru_cache(maxsize=4096)
def count_known(source: str, target: str, languages: tuple[str, str]) -> tuple[int, int]:
    """Return how many words of a source the table knows well, and how many lack their translations.

    Names are often left as they are, so words with a capital are not counted, nor is anything of a
    segment without partner.
    """
    if not target:
        return 0, 0
    stems = {word_stem(word.text, TARGET_LETTERS) for word in tokens(target) if word.is_word}
    known = 0
    free = 0
    for word in tokens(source):
        if word.text[0].isupper() or not is_content_word(word, languages[0]):
            continue
        if (_absence(word, set(), languages) or 0.0) >= LEAST_ABSENCE:
            known += 1
            free += _absence(word, stems, languages) != 0
    return known, free


def free_share(pairs: Sequence[tuple[str, str]], languages: tuple[str, str]) -> float:
    """Return which share of the known words of an article lacks its usual translations.

    ``pairs`` are the (source, target) texts; of a long article, some from all of it. One such word
    is left out: the one in question. The fewer words there are, the nearer is the result to
    USUAL_FREE_SHARE.
    """
    known = 0
    free = 0
    step = 1 + len(pairs) // MOST_PAIRS
    for source, target in pairs[::step]:
        counts = count_known(source, target, languages)
        known += counts[0]
        free += counts[1]
    others = max(0, known - 1)
    free_others = max(0, free - 1)
    expected = USUAL_WORDS * USUAL_FREE_SHARE
    share = (free_others + expected) / (others + USUAL_WORDS)
    return max(LEAST_FREE_SHARE, share)


def literalness(share: float) -> float:
    """Return how literal an article is of which ``share`` is free: a logarithm, usually 0."""
    return math.log(USUAL_FREE_SHARE / share)


def lone_words(part: PairPart, languages: tuple[str, str]) -> list[tuple[int, float]]:
    """Return the tokens of the source that alone lack a counterpart, each with its absence.

    The absence is the table's number. These are words of content whose usual translations are all
    absent, where the other words of content have a counterpart and no word of the target is left
    over that could be an unusual translation.
    """
    stems = {word_stem(word.text, TARGET_LETTERS) for word in part.target if word.is_word}
    states = _states(part, stems, languages)
    counts = Counter(states.values())
    if counts["free"] > 1:
        return []
    found = []
    for number, state in states.items():
        absence = _own_absence(part.source[number], stems, languages)
        if absence < LEAST_ABSENCE or not _may_be_missed(part, number, languages):
            continue
        others = counts - Counter([state])
        if others["free"] or others["literal"] < OTHER_WORDS:
            continue
        if _count_left_over(part, number, languages) <= others["unknown"]:
            found.append((number, absence))
    return found


def _own_absence(word: Token, stems: set[str], languages: tuple[str, str]) -> float:
    """Return the table's number for a word of which no translation is there, nor its own letters.

    It is 0 for all other words.
    """
    if word_stem(word.text, TARGET_LETTERS) in stems:
        return 0.0
    return _absence(word, stems, languages) or 0.0


def usual_places(part: PairPart, languages: tuple[str, str]) -> NDArray[np.bool_]:
    """Return for each word of the source, in a row, where its usual translations are.

    That is also where a word with a hyphen begins with one.
    """
    stems = [word_stem(word.text, TARGET_LETTERS) for word in part.target]
    firsts = [word_stem(word.text.split("-")[0], TARGET_LETTERS) for word in part.target]
    rows = []
    for word in part.source:
        usual = usual_translations(word, languages)
        row = np.isin(stems, usual) | np.isin(firsts, usual)
        rows.append(row)
    return np.array(rows, dtype=np.bool_)


def lone_evidence(absence: float, share: float) -> float:
    """Return what is added to a lone word's log odds, where ``share`` of the article is free."""
    return ABSENCE_WEIGHT * absence + FREEDOM_WEIGHT * literalness(share)


def _may_be_missed(part: PairPart, number: int, languages: tuple[str, str]) -> bool:
    """Return whether the word of content is no name, and is said by itself."""
    if number and part.source[number].text[0].isupper():
        return False
    return not _may_be_said_by_neighbour(part, number, languages)


def _may_be_said_by_neighbour(part: PairPart, number: int, languages: tuple[str, str]) -> bool:
    """Return whether the word belongs to the one before it, and one French word may say both.

    "fire departments" is *pompiers*, "385 miles" may be *620 km*; an adverb stands by itself.
    """
    before, after = _neighbours(part.source, number)
    if "number" in (before and before.kind, after and after.kind):
        return True
    if part.source[number].text.endswith("ly"):
        return False
    is_last_of_several = before is not None and is_content_word(before, languages[0])
    return is_last_of_several and not (after is not None and is_content_word(after, languages[0]))


def _neighbours(words: Sequence[Token], number: int) -> tuple[Token | None, Token | None]:
    before = words[number - 1] if number else None
    after = words[number + 1] if number + 1 < len(words) else None
    return before, after


def _states(part: PairPart, stems: set[str], languages: tuple[str, str]) -> dict[int, str]:
    """Return what is known of each word of content of the source, by its number.

    Those with a counterpart are "literal", those that the table knows and that have none "free",
    the others "unknown".
    """
    similarity = part.links.learned_similarity
    states = {}
    for number, word in enumerate(part.source):
        if not is_content_word(word, languages[0]):
            continue
        absence = _absence(word, stems, languages)
        is_literal = absence == 0 or word_stem(word.text, TARGET_LETTERS) in stems
        if not is_literal and similarity.size:
            is_literal = bool(similarity[number].max() >= COUNTERPART)
        if is_literal:
            states[number] = "literal"
        else:
            states[number] = "unknown" if absence is None else "free"
    return states


def _count_left_over(part: PairPart, number: int, languages: tuple[str, str]) -> int:
    """Return how many words of content of the target are no counterpart of other source words."""
    others = [place for place in range(len(part.source)) if place != number]
    used: set[str] = set()
    for place in others:
        used.update(usual_translations(part.source[place], languages))
    similarity = part.links.learned_similarity
    count = 0
    for place, word in enumerate(part.target):
        if not is_content_word(word, languages[1]) or word_stem(word.text, TARGET_LETTERS) in used:
            continue
        if not similarity.size or similarity[others, place].max() < COUNTERPART:
            count += 1
    return count


def usual_translations(word: Token, languages: tuple[str, str]) -> list[str]:
    """Return the stems of the usual translations of a word, and its own."""
    line = load_lines(*languages).get(word_stem(word.text, SOURCE_LETTERS), "")
    return [word_stem(word.text, TARGET_LETTERS), *line.split(" ")[1:]]


def missing_evidence(word: Token, languages: tuple[str, str], otherwise: float) -> float:
    """Return the table's number for a word whose translations are absent, else ``otherwise``."""
    known = _absence(word, set(), languages)
    return otherwise if known is None else known


def _absence(word: Token, stems: set[str], languages: tuple[str, str]) -> float | None:
    """Return what it says that no translation of ``word`` is among ``stems``, 0 where one is.

    None where the word is too rare to be known.
    """
    line = load_lines(*languages).get(word_stem(word.text, SOURCE_LETTERS))
    if line is None:
        return None
    absence, *translations = line.split(" ")
    if not stems.isdisjoint(translations):
        return 0.0
    return int(absence) / STEPS
