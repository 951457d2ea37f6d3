"""Which words of a segment's two texts translate each other, for the desk to highlight."""

from __future__ import annotations

from functools import lru_cache

from articles.findings.word_links import WordLink, find_links
from articles.review.forms import utf16


@lru_cache(maxsize=1000)
def linked_words(source: str, target: str) -> tuple[WordLink, ...]:
    """Return the linked words of two texts, in UTF-16 units, as browsers count.

    Raises NoCheckProcess and TookTooLong, as ``find_links`` does.
    """
    found = []
    for start, end, other_start, other_end in find_links(source, target):
        own = utf16(source, start), utf16(source, end)
        other = utf16(target, other_start), utf16(target, other_end)
        found.append((*own, *other))
    return tuple(found)
