"""Which documents translate each other, found by their content.

Each document is known by its first sentences. The mean of their vectors, less what all documents of
the language have in common, finds a few candidates; these are compared sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.alignment.sentence_encoder import SentenceEncoder, Vectors, load_encoder
from articles.alignment.similarity import NAME, NUMBER, anchors, spelling_vectors
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Document

FIRST = 60
"""Sentences of a document that are looked at. Evenly picked ones are not the same on both sides, and did worse."""
LETTERS = 300
"""And letters of each."""
CANDIDATES = 20
NAMES = 0.3
"""What the share of common names and numbers adds to likeness: articles of one form differ in nothing else."""
ENOUGH = 0.52
"""Likeness from which two documents are believed to be translations, with an encoder. Of 158 news articles and book
chapters with their translations, the
least alike true pair had 0.57; the nearest false partner had 0.54 at most, 0.44 for 19 of 20 documents."""
ENOUGH_SPELT = 0.23
"""The same by shared numbers, names and word beginnings only."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that translate each other, and how alike they are, 0…1."""

    source: Document
    target: Document
    score: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs found, in the targets' order (a source may stand in several), and the documents left alone."""

    pairs: list[Pair]
    unpaired: list[Document]


def pair_documents(
    documents: Sequence[Document],
    *,
    source_language: str = "en",
    encoder: SentenceEncoder | None = None,
) -> Pairing:
    """Pair each document that is not in ``source_language`` with the one in it that it translates.

    Several translations of one article are each paired with it. ``encoder`` None: the one of this process, if any.
    """
    encoder = encoder or load_encoder()
    enough = ENOUGH if encoder else ENOUGH_SPELT
    known = [known_by(document, encoder) for document in documents]
    telling = [names_and_numbers(document) for document in documents]
    sources = [
        place for place, document in enumerate(documents) if document.language == source_language
    ]
    centres = {
        language: np.mean(
            [
                known[k].mean(axis=0)
                for k, each in enumerate(documents)
                if each.language == language
            ],
            axis=0,
        )
        for language in {document.language for document in documents}
    }
    about = [
        unit(
            vectors.mean(axis=0)
            - (centres[document.language] if len(documents) > 2 * CANDIDATES else 0)
        )
        for vectors, document in zip(known, documents, strict=True)
    ]
    pairs = []
    for place, document in enumerate(documents):
        if document.language == source_language:
            continue
        near = sorted(sources, key=lambda each: -float(about[each] @ about[place]))[:CANDIDATES]
        likeness = {
            each: min(
                1.0,
                alike(known[each], known[place]) + NAMES * overlap(telling[each], telling[place]),
            )
            for each in near
        }
        best = max(near, key=lambda each: likeness[each], default=None)
        if best is not None and likeness[best] >= enough:
            pairs.append(Pair(documents[best], document, likeness[best]))
    paired = {id(document) for pair in pairs for document in (pair.source, pair.target)}
    return Pairing(pairs, [document for document in documents if id(document) not in paired])


def known_by(document: Document, encoder: SentenceEncoder | None) -> Vectors:
    """The vectors of some of a document's sentences, at least one."""
    sentences = split_sentences(document.text[: FIRST * LETTERS], document.language)[:FIRST]
    texts = [sentence.text[:LETTERS] for sentence in sentences] or [""]
    return (
        encoder.sentences(texts) if encoder else spelling_vectors([anchors(text) for text in texts])
    )


def names_and_numbers(document: Document) -> set[str]:
    """The capitalised words and the numbers of a document's beginning."""
    return {
        anchor
        for anchor in anchors(document.text[: FIRST * LETTERS])
        if anchor[0] in (NAME, NUMBER)
    }


def overlap(left: set[str], right: set[str]) -> float:
    """The share of the smaller set that is in the other."""
    return len(left & right) / max(1, min(len(left), len(right)))


def unit(vector: Vectors) -> Vectors:
    """The vector with length 1, or 0."""
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def alike(left: Vectors, right: Vectors) -> float:
    """How well each document's sentences find a partner in the other: the mean cosine of the best, both ways."""
    cosines = left @ right.T
    return float(cosines.max(axis=0).mean() + cosines.max(axis=1).mean()) / 2
