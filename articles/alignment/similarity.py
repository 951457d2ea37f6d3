"""How similar runs of source sentences and runs of target sentences are, as numbers.

Compared are meaning (vectors of a sentence encoder), length, shared numbers, names and words of one
spelling, page boilerplate, and where paragraphs begin. ``articles.alignment.aligner`` weighs them.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.alignment.sentence_encoder import Vectors
from articles.segmentation.boundaries import RUN_IN, is_boilerplate
from articles.segmentation.languages.rules import Rules
from articles.text.document import Sentence

Floats = NDArray[np.float64]

MAX_RUN = 5
"""Sentences of the longest run: neighbouring sentences that are compared as one."""

# The first character of an anchor says its kind.
NUMBER = "#"
NAME = "N"
STEM = "c"

_WORD = re.compile(r"(?P<number>\d+(?:[.,\u00a0\u202f ]\d+)*)|[^\W\d_]+")
_CLOSING_MARKS = " \u00a0\u202f»›\"'”’)]"
_STEM_LENGTH = 5
_SPELLING_DIMENSIONS = 256
_MUTUAL_COSINE = 0.55
"""Cosine above which two sentences that choose each other count for the length ratio."""
_LABEL = re.compile(r"(?:[^\W\d_]+\s){1,3}:\s")
"""One to three words and a colon at the beginning of a line: *Lire aussi : …*."""
_PER_SENTENCE = (
    "sentences",
    "certain",
    "letters",
    "paragraphs",
    "ended",
    "boilerplate",
    "run_in",
    "labelled",
    "anchors",
)
"""The attributes of a side that have one item a sentence."""


@dataclass
class Side:
    """The sentences of one text, as the aligner compares them.

    ``certain[i]`` is the certainty that a sentence begins at the i-th; ``vectors[k][i]`` is the
    meaning of the run of k sentences that begins at the i-th.
    """

    sentences: Sequence[Sentence]
    certain: Floats
    rules: Rules
    vectors: dict[int, Vectors] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Compute what each sentence contains."""
        texts = [sentence.text for sentence in self.sentences]
        self.letters = np.array([_count_letters(text) for text in texts], dtype=np.float64)
        self.paragraphs = np.array([sentence.paragraph for sentence in self.sentences])
        self.ended = np.array([_has_end_mark(text) for text in texts], dtype=bool)
        boilerplate = [is_boilerplate(text, self.rules) for text in texts]
        self.boilerplate = np.array(boilerplate, dtype=np.float64)
        self.run_in = self._run_in_lines()
        labels = [_LABEL.match(text) is not None for text in texts]
        self.labelled = np.array(labels, dtype=bool) & ~self.ended & self.is_line()
        self.anchors = [find_anchors(text) for text in texts]

    def __len__(self) -> int:
        return len(self.sentences)

    def part(self, start: int, end: int, vectors: Vectors) -> Side:
        """Return the sentences from ``start`` to ``end``, with a first estimate of runs' meaning.

        ``vectors`` has one row a sentence of the part.
        """
        part = copy(self)
        for name in _PER_SENTENCE:
            setattr(part, name, getattr(self, name)[start:end])
        part.vectors = mean_vectors(vectors, part.letters)
        return part

    def begins_paragraph(self) -> NDArray[np.bool_]:
        """Return which sentences begin a paragraph."""
        return np.append(True, self.paragraphs[1:] != self.paragraphs[:-1])[: len(self)]

    def _run_in_lines(self) -> NDArray[np.bool_]:
        """Return which are a few words at the beginning of a line, with a sentence run into them.

        Lines of the page's own lose their line breaks so: *Publicité Le maire a …*.
        """
        follows = np.append(self.certain[1:] == RUN_IN, False)
        return np.asarray(self.begins_paragraph() & follows)

    def is_line(self) -> NDArray[np.bool_]:
        """Return which sentences are a whole line of the text."""
        begins = self.begins_paragraph()
        return np.asarray(begins & np.append(begins[1:], True))


def _has_end_mark(text: str) -> bool:
    """Whether a sentence ends with a full stop or another end mark, before closing marks."""
    return text.rstrip(_CLOSING_MARKS)[-1:] in (".", "!", "?", "…")


def _count_letters(text: str) -> int:
    """Return the number of letters and digits, plus 1 so that it is never 0."""
    return 1 + sum(map(str.isalnum, text))


def sums(values: NDArray[Any], count: int) -> NDArray[Any]:
    """Return the sum of each run of ``count`` values (of rows, if there are columns too)."""
    if count == 1:
        return values
    padded = np.concatenate(
        [np.zeros((1, *values.shape[1:]), values.dtype), np.cumsum(values, axis=0)]
    )
    return np.asarray(padded[count:] - padded[:-count])


def mean_vectors(vectors: Vectors, weights: Floats) -> dict[int, Vectors]:
    """Return, for each length of run, the weighted mean of its sentences' vectors, of length 1.

    It is a first estimate of the run's meaning.
    """
    result = {1: vectors}
    for count in range(2, min(MAX_RUN, len(vectors)) + 1):
        total = sums(vectors * weights[:, None], count)
        length = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        result[count] = (total / length).astype(np.float32)
    return result


def find_anchors(text: str) -> set[str]:
    """Return what often stays the same in translation, each with its kind as first character.

    These are numbers, capitalised words, and the first letters of long words. The first letters
    (Simard et al. 1992, "Using cognates to align sentences") match président and president.
    """
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if match["number"]:
            # Languages write one number in several ways: 1,234.5 and 1 234,5.
            found.add(NUMBER + re.sub(r"\D", "", word))
            continue
        plain = _without_accents(word)
        if word[0].isupper() and len(plain) > 1:
            found.add(NAME + plain)
        elif len(plain) >= _STEM_LENGTH:
            found.add(STEM + plain[:_STEM_LENGTH])
    return found


def _without_accents(word: str) -> str:
    """Return the word in lower case without accents; words of other scripts keep their letters."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return plain or word.lower()


def spelling_vectors(anchors: Sequence[set[str]]) -> Vectors:
    """Return a vector a sentence from its anchors, of length 1 or 0, for use without an encoder.

    Each anchor has its own random direction, seeded with its text, so that sentences that share
    many anchors have similar vectors.
    """
    result = np.zeros((len(anchors), _SPELLING_DIMENSIONS), dtype=np.float32)
    directions: dict[str, Vectors] = {}
    for row, found in enumerate(anchors):
        for anchor in found:
            if anchor not in directions:
                directions[anchor] = _random_direction(anchor)
            result[row] += directions[anchor]
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    return np.asarray(result / np.maximum(lengths, 1e-9))


def _random_direction(anchor: str) -> Vectors:
    """Return a random vector, always the same one for an anchor."""
    # Not ``hash``, which differs in each process: an alignment must come out the same again.
    generator = np.random.default_rng(zlib.crc32(anchor.encode()))
    direction: Vectors = generator.standard_normal(_SPELLING_DIMENSIONS).astype(np.float32)
    return direction


@dataclass(frozen=True, slots=True)
class AnchorTables:
    """Which shared anchors are in which sentence of each side.

    The tables have a row a sentence and a column an anchor. The weight of an anchor is higher
    where it is in few sentences.
    """

    left: Vectors
    right: Vectors
    weight: Vectors

    def shared(self, shape: tuple[int, int]) -> Floats:
        """Return the weight of the anchors on both sides of each group of a shape."""
        n, m = shape
        left = np.minimum(1, sums(self.left, n))
        right = np.minimum(1, sums(self.right, m))
        return np.asarray((left * self.weight) @ right.T, dtype=np.float64)

    def total(self, shape: tuple[int, int]) -> Floats:
        """Return the weight of the anchors of each group of a shape, both sides added."""
        n, m = shape
        left = np.minimum(1, sums(self.left, n)) @ self.weight
        right = np.minimum(1, sums(self.right, m)) @ self.weight
        return np.asarray(left[:, None] + right[None, :], dtype=np.float64)


def anchor_tables(left: Side, right: Side, kinds: Mapping[str, float]) -> AnchorTables:
    """Return the tables of the anchors of some kinds that both texts have.

    ``kinds`` says how much each kind counts. The weight is that times 0…1, higher for an anchor in
    few sentences (inverse document frequency).
    """
    counts: Counter[str] = Counter()
    for found in (*left.anchors, *right.anchors):
        counts.update(found)
    shared = set().union(*left.anchors) & set().union(*right.anchors)
    chosen = sorted(anchor for anchor in shared if anchor[0] in kinds)
    columns = {anchor: column for column, anchor in enumerate(chosen)}
    size = math.log(max(2, len(left) + len(right)))
    weights = [kinds[anchor[0]] * (1 - math.log(counts[anchor]) / size) for anchor in chosen]
    return AnchorTables(
        _anchor_table(left, columns),
        _anchor_table(right, columns),
        np.array(weights, dtype=np.float32),
    )


def _anchor_table(side: Side, columns: dict[str, int]) -> Vectors:
    """Return a table with 1 where the sentence of the row has the anchor of the column, else 0."""
    table = np.zeros((len(side), len(columns)), dtype=np.float32)
    for row, found in enumerate(side.anchors):
        present = [columns[anchor] for anchor in found if anchor in columns]
        table[row, present] = 1.0
    return table


def usual_cosines(cosines: NDArray[np.float32]) -> Floats:
    """Return how similar each text of a row is to those of the columns in general.

    That is the mean of the row, the highest cosine left out. Sentences of one article
    are all somewhat similar, general ones more; only what exceeds that is evidence (the margin of
    Artetxe & Schwenk 2019, and the normalisation of Thompson & Koehn 2019, "Vecalign").
    """
    rows, columns = cosines.shape
    if columns < 2:
        return np.zeros(rows)
    without_best = cosines.sum(axis=1) - cosines.max(axis=1)
    return np.asarray(without_best / (columns - 1), dtype=np.float64)


def length_ratio(left: Side, right: Side) -> float:
    """Return the logarithm of target over source length in these texts.

    It is the median over sentences that choose each other; 0 when they are fewer than three.
    """
    cosines = left.vectors[1] @ right.vectors[1].T
    rows = np.arange(len(left))
    best = cosines.argmax(axis=1)
    best_back = cosines.argmax(axis=0)
    mutual = (best_back[best] == rows) & (cosines[rows, best] > _MUTUAL_COSINE)
    if mutual.sum() < 3:
        return 0.0
    ratios = np.log(right.letters[best[mutual]] / left.letters[mutual])
    return float(np.median(ratios))
