"""Sentences that both texts have, but at different places: the translation moved them.

The aligner keeps the order of both texts, so that they are left alone there on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from articles.alignment.sentence_encoder import load_encoder
from articles.segmentation.segmenter import split_sentences
from articles.text.thresholds import MOVED_SENTENCE

LoneTexts = tuple[str, ...]
"""The texts of segments without partner."""


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
    vectors = encoder.sentences([sentence for _text, sentence in (*left, *right)])
    cosines = vectors[: len(left)] @ vectors[len(left) :].T
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for row, column in enumerate(cosines.argmax(axis=1)):
        is_mutual = int(np.argmax(cosines[:, column])) == row
        if is_mutual and cosines[row, column] >= MOVED_SENTENCE:
            there.setdefault(left[row][0], right[column][1])
            back.setdefault(right[column][0], left[row][1])
    return there, back


def _sentences(texts: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Return each sentence of the texts, with the text that it is of."""
    result: list[tuple[str, str]] = []
    for text in texts:
        result.extend((text, sentence.text) for sentence in split_sentences(text, language))
    return result
