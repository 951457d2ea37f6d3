"""Whether a source comes nearer to its translation when some of its words are left out.

It does where the translation lacks these words. The idea is that of Vamvas and Sennrich (2022, "As
Little as Possible, as Much as Necessary"), who compare what a translation model finds probable;
here vectors of the sentence encoder are compared, which the omission model does not read.
docs/decisions/0026-a-shorter-source-is-nearer.md has the figures.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from articles.alignment.sentence_encoder import Vectors, load_encoder
from articles.text.document import Span

MOST_LOST = -0.5
MOST_GAINED = 0.25
"""The limits of a gain: beyond them it says no more."""
LEAST_MOVE = 0.001
"""The least distance that a source is taken to move when words are left out."""
CACHED_TEXTS = 8
"""Texts whose vectors are kept: the runs of a text are tried one after the other."""
JOINED = ((" ,", ","), (" .", "."), (",,", ","), ("( )", ""))
"""What is left around the words, and what is written for it."""


def gain_without(source: str, run: Span, target: str) -> float:
    """Return how much nearer ``source`` comes to ``target`` without the words of ``run``.

    It is the difference of the two cosines with the target over the square root of the distance
    that the source moves, between MOST_LOST and MOST_GAINED; 0 where no words are left or the
    sentence encoder is not installed. Each text is encoded alone (docs/decisions/0016).
    """
    encoder: Any = load_encoder()
    rest = text_without(source, run)
    if encoder is None or not rest:
        return 0.0
    whole = _vector(encoder, source)
    shorter = _vector(encoder, rest)
    translation = _vector(encoder, target)
    moved = max(LEAST_MOVE, 1 - float(whole @ shorter))
    gain = float(shorter @ translation - whole @ translation) / math.sqrt(moved)
    return min(MOST_GAINED, max(MOST_LOST, gain))


@lru_cache(maxsize=CACHED_TEXTS)
def _vector(encoder: Any, text: str) -> Vectors:
    """Return the vector of one text, of length 1."""
    vector: Vectors = encoder.sentences([text])[0]
    return vector


def text_without(text: str, run: Span) -> str:
    """Return ``text`` without the characters of ``run``, its marks and blanks closed up."""
    rest = f"{text[: run.start].rstrip()} {text[run.end :].lstrip()}"
    for left, written in JOINED:
        rest = rest.replace(left, written)
    return rest.strip()
