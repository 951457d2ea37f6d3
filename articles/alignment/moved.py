"""Sentences that both texts have, but at different places: the translation moved them.

The aligner keeps the order of both texts, so that they are left alone there on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from articles.alignment.sentence_encoder import Vectors, load_encoder
from articles.segmentation.segmenter import split_sentences
from articles.text.thresholds import LEAST_MOVED_SENTENCE, MOVED_SENTENCE, MOVED_SENTENCE_LEAD

LoneTexts = tuple[str, ...]
"""The texts of segments without partner."""
_NOTE_NUMBER = re.compile(r"\s*[(\[]\d{1,3}[)\]]")
"""The number of a note in a sentence, which says nothing of what it means."""


@lru_cache(maxsize=8)
def find_moved(
    sources: LoneTexts, targets: LoneTexts, languages: tuple[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return which source text is told by which sentence of ``targets``, and the reverse.

    Both are the texts of segments without partner, ``languages`` those of source and target. A
    sentence is moved when it and one of the other side are each other's likeliest partner. Nothing
    is without a sentence encoder.
    """
    encoder = load_encoder()
    left = _sentences(sources, languages[0])
    right = _sentences(targets, languages[1])
    if encoder is None or not left or not right:
        return {}, {}
    # The number of a note does not count (docs/decisions/0028).
    plain = [_NOTE_NUMBER.sub("", sentence) for _text, sentence in (*left, *right)]
    vectors = encoder.sentences(plain)
    cosines = vectors[: len(left)] @ vectors[len(left) :].T
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for row, column in enumerate(cosines.argmax(axis=1)):
        if _is_moved(cosines, row, int(column)):
            there.setdefault(left[row][0], right[column][1])
            back.setdefault(right[column][0], left[row][1])
    return there, back


def _is_moved(cosines: Vectors, row: int, column: int) -> bool:
    """Return whether two sentences are each other's likeliest partner, and likely enough."""
    cosine = cosines[row, column]
    rivals = np.concatenate([cosines[row], cosines[:, column]])
    if cosine < rivals.max():
        return False
    if cosine >= MOVED_SENTENCE:
        return True
    # Both concatenated lines have this cosine: the third is that of the nearest rival.
    others = np.sort(rivals)[:-2]
    lead = cosine - others.max(initial=0)
    return bool(cosine >= LEAST_MOVED_SENTENCE and lead >= MOVED_SENTENCE_LEAD)


def _sentences(texts: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Return each sentence of the texts, with the text that it is of."""
    result: list[tuple[str, str]] = []
    for text in texts:
        result.extend((text, sentence.text) for sentence in split_sentences(text, language))
    return result
