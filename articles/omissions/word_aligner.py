"""Which word translates which, in one pair of texts, without training: two lists of words in, links out.

Words are compared by their vectors in context (articles/text/word_encoder.py); two words are linked when each is the
other's best (Jalili Sabet et al. 2020, "SimAlign", argmax). The same word often stands twice, so place decides too: the
first round prefers the diagonal; later rounds prefer, for each word, the place where the links of its neighbours lead
(the idea of the HMM aligner, Vogel et al. 1996). Without the encoder, spelling stands in: equal words and numbers, and
words of the same stem (cognates, names).

Alignment error rate, one pair at a time, on two development sets of hand-made links (bench/words.py), best first:
neighbours' place .047 .068 · diagonal .053 .095 · no place .051 .112. What lost: also linking the second best
("itermax", .052–.072 .090–.103), growing from the diagonal (.059 .095), the sentence encoder's vectors (.10 .16).
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.omission_model import taken_in
from articles.omissions.word_encoder import LAYERS, Vectors, WordEncoder, load_word_encoder
from articles.omissions.word_similarity import known, learnt
from articles.text.tokens import Token

Matrix = NDArray[np.float32]

DIAGONAL = 0.15
"""What a link from one end of the source to the other end of the target costs, in units of similarity."""
STRAY = 0.25
"""What a link costs that leads REACH words or more away from where the neighbours' links lead."""
REACH = 8
STRANGERS = np.float32(-0.3)
"""The similarity of a word and a mark, whatever the vectors say."""
NEARNESS = 2.5
"""How many words away a neighbour's say has faded to a third."""
ROUNDS = 2
LONGEST = 1500
"""Words of both sides together; the time and the memory grow with their square, and no reader pairs so many."""


@dataclass(frozen=True)
class WordLinks:
    """The words of a pair and their links.

    ``similarity`` is how alike source word i and target word j are (about -0.3…1), ``placed`` the same less the cost of
    place, by which the links were chosen; ``links`` are (i, j), sorted. ``alone`` is how alike the words are by
    themselves, without their sentences, and ``likeness`` by what was learnt of it (articles/text/word_likeness.py).
    ``rows`` are what articles/text/joint_reader.py takes in of the words of each side; none without the encoder.
    """

    similarity: Matrix
    placed: Matrix
    links: tuple[tuple[int, int], ...]
    alone: Matrix = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    likeness: Matrix = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    rows: tuple[Matrix, Matrix] | None = None

    @property
    def turned(self) -> WordLinks:
        """The same links seen from the target."""
        links = tuple(sorted((j, i) for i, j in self.links))
        rows = self.rows and self.rows[::-1]
        return WordLinks(
            self.similarity.T, self.placed.T, links, self.alone.T, self.likeness.T, rows
        )


def align_words(
    source: str,
    source_tokens: Sequence[Token],
    target: str,
    target_tokens: Sequence[Token],
    *,
    encoder: WordEncoder | None = None,
) -> WordLinks:
    """The links of two texts' words, none where there are too many; ``encoder`` is the project's own unless given."""
    if len(source_tokens) + len(target_tokens) > LONGEST:
        nothing = np.zeros((0, 0), dtype=np.float32)
        return WordLinks(nothing, nothing, ())
    encoder = encoder or load_word_encoder()
    if not source_tokens or not target_tokens:
        return linked(np.zeros((len(source_tokens), len(target_tokens)), dtype=np.float32))
    if encoder is None:
        return linked(spelling(source_tokens, target_tokens))
    with ThreadPoolExecutor(
        1
    ) as other:  # the encoder lets go of the interpreter: two cores, half the wait
        theirs = other.submit(encoder.words, target, target_tokens)
        left, right = encoder.words(source, source_tokens), theirs.result()
    kinds = same_kind(source_tokens, target_tokens)
    split = zip(
        np.split(left, len(LAYERS), axis=1), np.split(right, len(LAYERS), axis=1), strict=True
    )
    third, second, last = (
        np.where(kinds, directions(a) @ directions(b).T, STRANGERS).astype(np.float32)
        for a, b in list(split)[-3:]
    )
    words = alone_vectors(
        [token.text for token in source_tokens], [token.text for token in target_tokens]
    )
    alone = np.where(kinds, words[0] @ words[1].T, STRANGERS) if words else third
    by_source, by_target = words or (None, None)
    left, right = known(left, by_source), known(right, by_target)
    return replace(
        linked(np.asarray(0.5 * (second + last), dtype=np.float32)),
        alone=alone,
        likeness=learnt(left) @ learnt(right).T,
        rows=(taken_in(left), taken_in(right)),
    )


def same_kind(source: Sequence[Token], target: Sequence[Token]) -> NDArray[np.bool_]:
    """Which cells compare a word or number with another, or a mark with a mark."""
    left, right = (
        np.array([any(map(str.isalnum, token.text)) for token in side]) for side in (source, target)
    )
    return np.asarray(left[:, None] == right[None, :])


def alone_vectors(source: Sequence[str], target: Sequence[str]) -> tuple[Matrix, Matrix] | None:
    """The words of both sides without any sentence around them, by the sentence encoder; None where there is none."""
    encoder = load_encoder()
    if encoder is None:
        return None
    new = sorted({word for word in (*source, *target) if word not in _ALONE})
    if len(_ALONE) + len(new) > KEPT:
        _ALONE.clear()
        new = sorted({*source, *target})
    if new:
        _ALONE.update(zip(new, encoder.sentences(new), strict=True))
    left, right = (
        np.array([_ALONE[word] for word in words], dtype=np.float32) for words in (source, target)
    )
    return left, right


KEPT = 20_000
"""Words whose vectors are kept, at two kilobytes each."""
_ALONE: dict[str, Vectors] = {}


def directions(vectors: Vectors) -> Vectors:
    """Rows of length 1, after taking away what all words of the sentence share."""
    if len(vectors) > 2:
        vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


def linked(similarity: Matrix) -> WordLinks:
    """The links that follow from how alike the words are and where they stand."""
    if not similarity.size:
        return WordLinks(similarity, similarity, ())
    placed = similarity - DIAGONAL * off_diagonal(*similarity.shape)
    columns = np.arange(similarity.shape[1], dtype=np.float32)
    for _ in range(ROUNDS):
        expected = expected_places(similarity, mutual(placed))
        far = np.minimum(1, np.abs(columns[None, :] - expected[:, None]) / REACH)
        placed = (similarity - STRAY * far).astype(np.float32)
    return WordLinks(similarity, placed, mutual(placed))


def expected_places(similarity: Matrix, links: Sequence[tuple[int, int]]) -> Matrix:
    """Where in the target each source word should stand, by the links of the words around it (not by its own)."""
    rows, columns = similarity.shape
    steps = np.arange(rows, dtype=np.float32)
    say = np.exp(-np.abs(steps[:, None] - steps[None, :]) / NEARNESS)
    np.fill_diagonal(say, 0)
    weight, shift = np.zeros(rows), np.zeros(rows)
    for i, j in links:
        weight[i], shift[i] = max(0.0, float(similarity[i, j])), j - i * columns / rows
    return (say @ (weight * shift) / (say @ weight + 0.02) + steps * columns / rows).astype(
        np.float32
    )


def off_diagonal(rows: int, columns: int) -> Matrix:
    """How far each cell is from the diagonal, 0…1."""
    down = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    across = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    return np.abs(down[:, None] - across[None, :])


def mutual(scores: Matrix) -> tuple[tuple[int, int], ...]:
    """The cells that are the highest of their row and of their column."""
    rows, columns = scores.argmax(axis=1), scores.argmax(axis=0)
    return tuple((i, int(j)) for i, j in enumerate(rows) if columns[j] == i and scores[i, j] > 0)


def spelling(source_tokens: Sequence[Token], target_tokens: Sequence[Token]) -> Matrix:
    """Similarity by letters alone: 1 for the same word, less for cognates, 0 below six tenths of the letters."""
    left, right = (
        [_plain(token.text) for token in side] for side in (source_tokens, target_tokens)
    )
    result = np.zeros((len(left), len(right)), dtype=np.float32)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a == b:
                result[i, j] = 1
            elif a[:2] == b[:2] and len(a) > 3 and len(b) > 3:
                result[i, j] = _alike(a, b)
    return result


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )


@lru_cache(maxsize=200_000)
def _alike(a: str, b: str) -> float:
    ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= 0.6 else 0.0
