"""Which words of a segment's two texts translate each other, for the desk to light up."""

from __future__ import annotations

from functools import lru_cache

from articles.omissions.word_aligner import align_words
from articles.review.forms import utf16
from articles.text.thresholds import LINKED_TOKENS
from articles.text.tokens import Token, tokens

WordLink = tuple[int, int, int, int]
"""Start and end of a source word, start and end of its counterpart, in UTF-16 units."""


@lru_cache(maxsize=1000)
def linked_words(source: str, target: str) -> tuple[WordLink, ...]:
    """Return the linked words of two texts; none for texts of more than LINKED_TOKENS tokens.

    The first call in a process loads the word encoder.
    """
    left = tokens(source)
    right = tokens(target)
    if len(left) + len(right) > LINKED_TOKENS:
        return ()
    found = []
    for i, j in align_words(source, left, target, right).links:
        found.append((*_place(source, left[i]), *_place(target, right[j])))
    return tuple(found)


def _place(text: str, token: Token) -> tuple[int, int]:
    return utf16(text, token.start), utf16(text, token.end)
