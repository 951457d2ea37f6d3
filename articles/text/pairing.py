"""Which documents translate each other, found by their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from articles.text.document import Document
from articles.text.encoder import SentenceEncoder, load_encoder
from articles.text.segmenter import split_sentences

# A pair is believed from this likeness on (cosine of the documents' mean sentence vectors, the common part removed).
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that translate each other, and how sure that is, 0…1."""

    source: Document
    target: Document
    score: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs that were found (a source may stand in several), and the documents left alone."""

    pairs: list[Pair]
    unpaired: list[Document]


def pair_documents(
    documents: Sequence[Document], *, source_language: str = "en", encoder: SentenceEncoder | None = None
) -> Pairing:
    """Pair each document that is not in ``source_language`` with the one in it that it translates."""
    encoder = encoder or load_encoder()
    sources = [document for document in documents if document.language == source_language]
    targets = [document for document in documents if document.language != source_language]
    pairs: list[Pair] = []
    if sources and targets and encoder is not None:
        left = np.stack([profile(document, encoder) for document in sources])
        right = np.stack([profile(document, encoder) for document in targets])
        likeness = left @ right.T
        for column, target in enumerate(targets):
            row = int(likeness[:, column].argmax())
            if likeness[row, column] >= ENOUGH:
                pairs.append(Pair(sources[row], target, float(likeness[row, column])))
    paired = {id(document) for pair in pairs for document in (pair.source, pair.target)}
    return Pairing(pairs, [document for document in documents if id(document) not in paired])


def profile(document: Document, encoder: SentenceEncoder) -> np.ndarray:
    """The mean of the document's sentence vectors, of length 1."""
    sentences = [sentence.text for sentence in split_sentences(document.text, document.language)][:200]
    mean = encoder.sentences(sentences or [""]).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))
