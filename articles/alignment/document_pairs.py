"""Which documents translate each other, found by their content.

Each document is compared by its first sentences. The mean of their vectors, less what all documents
of the language have in common, finds a few candidates; these are compared sentence by sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.alignment.sentence_encoder import SentenceEncoder, Vectors, load_encoder
from articles.alignment.similarity import NAME, NUMBER, find_anchors, spelling_vectors
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Document

MAX_SENTENCES = 60
"""Sentences of a document that are compared, from its beginning.

Evenly spread ones would not be the same on both sides.
"""
MAX_SENTENCE_LENGTH = 300
"""Characters of each sentence that are compared."""
CANDIDATES = 20
"""Sources that each document is compared with sentence by sentence."""
SHARED_NAMES_WEIGHT = 0.3
"""What the share of common names and numbers adds: articles of one form differ in nothing else."""
MIN_SIMILARITY = 0.52
"""Similarity from which two documents are accepted as translations, with an encoder.

It lies between the least similar translations and the nearest other documents that were measured:
docs/decisions/0004.
"""
MIN_SIMILARITY_BY_SPELLING = 0.23
"""The same by shared numbers, names and word beginnings only."""


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents that translate each other, and how similar they are, 0…1."""

    source: Document
    target: Document
    score: float


@dataclass(frozen=True, slots=True)
class PairedDocuments:
    """The pairs found, in the targets' order, and the documents without partner.

    A source may be in several pairs.
    """

    pairs: list[DocumentPair]
    unpaired: list[Document]


@dataclass(frozen=True)
class _Profile:
    """What a document is compared by."""

    document: Document
    vectors: Vectors
    anchors: set[str]

    @property
    def mean(self) -> Vectors:
        """The mean of its sentences' vectors."""
        return np.asarray(self.vectors.mean(axis=0))


def pair_documents(
    documents: Sequence[Document],
    *,
    source_language: str = "en",
    encoder: SentenceEncoder | None = None,
) -> PairedDocuments:
    """Pair each document that is not in ``source_language`` with the one that it translates.

    Several translations of one article are each paired with it. Without ``encoder``, this process's
    encoder is used, if it has one.
    """
    encoder = encoder or load_encoder()
    threshold = MIN_SIMILARITY if encoder else MIN_SIMILARITY_BY_SPELLING
    profiles = [_make_profile(document, encoder) for document in documents]
    directions = _directions(profiles)
    sources: list[int] = []
    targets: list[int] = []
    for place, document in enumerate(documents):
        chosen = sources if document.language == source_language else targets
        chosen.append(place)
    pairs: list[DocumentPair] = []
    for target in targets:
        similarities: dict[int, float] = {}
        for source in _nearest(sources, directions, target):
            similarities[source] = _similarity(profiles[source], profiles[target])
        best = max(similarities, key=lambda source: similarities[source], default=None)
        if best is not None and similarities[best] >= threshold:
            pairs.append(DocumentPair(documents[best], documents[target], similarities[best]))
    return PairedDocuments(pairs, _unpaired(documents, pairs))


def _unpaired(documents: Sequence[Document], pairs: Sequence[DocumentPair]) -> list[Document]:
    """Return the documents that are in no pair; equal documents are told apart."""
    paired: set[int] = set()
    for pair in pairs:
        paired.update((id(pair.source), id(pair.target)))
    return [document for document in documents if id(document) not in paired]


def _make_profile(document: Document, encoder: SentenceEncoder | None) -> _Profile:
    """Return what a document is compared by."""
    vectors = document_vectors(document, encoder)
    return _Profile(document, vectors, names_and_numbers(document))


def _directions(profiles: Sequence[_Profile]) -> list[Vectors]:
    """Return the mean vector of each document, of length 1.

    Where there are enough documents, what all of its language have in common is subtracted first.
    """
    means = [profile.mean for profile in profiles]
    if len(profiles) <= 2 * CANDIDATES:
        return [unit(mean) for mean in means]
    by_language: dict[str, list[Vectors]] = defaultdict(list)
    for profile, mean in zip(profiles, means, strict=True):
        by_language[profile.document.language].append(mean)
    centres = {language: np.mean(rows, axis=0) for language, rows in by_language.items()}
    return [
        unit(mean - centres[profile.document.language])
        for profile, mean in zip(profiles, means, strict=True)
    ]


def _nearest(sources: Sequence[int], directions: Sequence[Vectors], target: int) -> list[int]:
    """Return the sources whose direction is nearest to the target's, at most ``CANDIDATES``."""

    def distance(source: int) -> float:
        return -float(directions[source] @ directions[target])

    return sorted(sources, key=distance)[:CANDIDATES]


def _similarity(left: _Profile, right: _Profile) -> float:
    """Return how similar two documents are, 0…1: their sentences, names and numbers."""
    shared = SHARED_NAMES_WEIGHT * overlap(left.anchors, right.anchors)
    return min(1.0, vectors_similarity(left.vectors, right.vectors) + shared)


def document_vectors(document: Document, encoder: SentenceEncoder | None) -> Vectors:
    """Return the vectors of a document's first sentences; one at least."""
    beginning = document.text[: MAX_SENTENCES * MAX_SENTENCE_LENGTH]
    sentences = split_sentences(beginning, document.language)[:MAX_SENTENCES]
    texts = [sentence.text[:MAX_SENTENCE_LENGTH] for sentence in sentences] or [""]
    if encoder:
        return encoder.sentences(texts)
    return spelling_vectors([find_anchors(text) for text in texts])


def names_and_numbers(document: Document) -> set[str]:
    """Return the capitalised words and the numbers of a document's beginning, as anchors."""
    anchors = find_anchors(document.text[: MAX_SENTENCES * MAX_SENTENCE_LENGTH])
    return {anchor for anchor in anchors if anchor[0] in (NAME, NUMBER)}


def overlap(left: set[str], right: set[str]) -> float:
    """Return the share of the smaller set that is in the other, 0…1."""
    return len(left & right) / max(1, min(len(left), len(right)))


def unit(vector: Vectors) -> Vectors:
    """Return the vector with length 1, or 0 for the zero vector."""
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def vectors_similarity(left: Vectors, right: Vectors) -> float:
    """Return how well each document's sentences find a partner in the other.

    It is the mean cosine with the best partner, over both directions.
    """
    cosines = left @ right.T
    return float(cosines.max(axis=0).mean() + cosines.max(axis=1).mean()) / 2
