"""A phrase between marks of which the source has nothing: ", principalement de parents d’élèves,".

All its words of content are far from every word of the source, and the source has no word left that
it could stand for. docs/decisions/0032-lost-words-by-kind.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from articles.omissions.features import is_content_word
from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import load_lines, usual_places
from articles.text.tokens import Token

LEAST_CONTENT = 2
"""Words of content of an added phrase."""
FARTHEST = 0.48
"""The greatest similarity of one of its words to a word of the source."""
MEAN = 0.4
"""The greatest mean of these."""
COVERED = 0.45
"""A word of the source is told where a word of the target is at least this similar."""
_MARKS = frozenset(", ; : . ( ) — – ! ? … « » “ ”".split())


def added_phrases(part: PairPart, languages: tuple[str, str]) -> list[tuple[int, int]]:
    """Return the first and the end token of each such phrase of the target."""
    similarity = np.array(part.links.learned_similarity)
    if not similarity.size or not load_lines(*languages):
        return []
    similarity = np.where(usual_places(part, languages), 1.0, similarity)
    told = similarity.max(axis=1) >= COVERED
    untold = _says_something(part.source, languages[0]) & ~told
    if untold.any():
        return []
    nearest = similarity.max(axis=0)
    says = _says_something(part.target, languages[1])
    found = []
    for first, end in _phrases(part.target):
        values = nearest[first:end]
        if _is_far(values[says[first:end]]):
            found.append((first, end))
    return found


def _says_something(words: Sequence[Token], language: str) -> NDArray[np.bool_]:
    says = [is_content_word(word, language) for word in words]
    return np.array(says, dtype=np.bool_)


def _phrases(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the phrases between marks, or behind the last one, that hold no number."""
    marks = [at for at, word in enumerate(words) if word.text in _MARKS]
    for before, end in pairwise([*marks, len(words)]):
        first = before + 1
        kinds = [word.kind for word in words[first:end]]
        if "number" not in kinds:
            yield first, end


def _is_far(values: NDArray[np.float64]) -> bool:
    """Return whether words with these similarities to the source are none of its words."""
    if len(values) < LEAST_CONTENT:
        return False
    farthest = values.max()
    mean = values.mean()
    return bool(farthest <= FARTHEST and mean <= MEAN)
