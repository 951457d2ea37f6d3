"""Which words of two texts translate each other: found here or by the worker beside it."""

from __future__ import annotations

from articles.findings import check_client
from articles.omissions.word_aligner import align_words
from articles.text.document import Span
from articles.text.spelling import compose_with_places
from articles.text.thresholds import LINKED_TOKENS
from articles.text.tokens import tokens

WordLink = tuple[int, int, int, int]
"""Start and end of a source word, start and end of its counterpart, in code points."""


def find_links(source: str, target: str) -> list[WordLink]:
    """Return the linked words of two texts; none for texts of more than LINKED_TOKENS tokens.

    Raises NoCheckProcess and TookTooLong where this process holds no language models and nobody
    answers for it.
    """
    if not check_client.asks_others():
        return find_links_here(source, target)
    answer = check_client.ask({"link": [source, target]})
    if "links" not in answer:
        raise check_client.NoCheckProcess
    return [tuple(row) for row in answer["links"]]


def find_links_here(source: str, target: str) -> list[WordLink]:
    """Return the linked words of two texts, by the models of this process."""
    read_source = compose_with_places(source)
    read_target = compose_with_places(target)
    left = tokens(read_source.text)
    right = tokens(read_target.text)
    if len(left) + len(right) > LINKED_TOKENS:
        return []
    found = []
    for i, j in align_words(read_source.text, left, read_target.text, right).links:
        own = read_source.original(Span(left[i].start, left[i].end))
        other = read_target.original(Span(right[j].start, right[j].end))
        found.append((*own, *other))
    return found
