"""Dropped phrase: words of the source that no word of the target translates (Accuracy › Omission)."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.checks.registry import gettext_noop as _
from articles.text.document import Span
from articles.text.word_aligner import Matrix

LIKE = 0.42
"""Two words this alike may translate each other, even where neither is the other's best."""


def uncovered(similarity: Matrix, links: Iterable[tuple[int, int]]) -> list[float]:
    """For each source word how badly it is missing, 0…1: 0 for a linked word, else how far its best match is from LIKE."""
    best = similarity.max(axis=1, initial=-1.0)
    linked = {i: similarity[i, j] for i, j in links}
    return [max(0.0, min(1.0, (LIKE - float(linked.get(i, b))) / LIKE)) for i, b in enumerate(best)]


def runs(missing: list[bool]) -> list[tuple[int, int]]:
    """The stretches of True, as (first, end)."""
    result: list[tuple[int, int]] = []
    for index, is_missing in enumerate(missing):
        if is_missing and result and result[-1][1] == index:
            result[-1] = (result[-1][0], index + 1)
        elif is_missing:
            result.append((index, index + 1))
    return result


@check(
    id="dropped",
    type="Omission",
    severity="major",
    title=_("Dropped phrase"),
    help=_("Words of the source that seem to have no counterpart in the translation."),
)
def dropped(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Each run of source words without a counterpart, with the caret where they belong."""
    if not pair.source_tokens or not pair.target_tokens:
        return
    words = pair.source_tokens
    lacks = uncovered(pair.links.similarity, pair.links.links)
    content = [len(token.text) > 3 or token.text[0].isupper() for token in words]
    for first, end in runs([lack > 0 for lack in lacks]):
        weight = sum(lack for lack, heavy in zip(lacks[first:end], content[first:end], strict=True) if heavy)
        score = 1 / (1 + math.exp(2.5 - 3 * weight))
        if weight <= 0:
            continue
        span = Span(words[first].start, words[end - 1].end)
        yield Finding(
            check="dropped",
            type="Omission",
            severity="major",
            score=score,
            message=_("Possible omission: no %(language)s words for “%(words)s”."),
            values={
                "language": "French" if pair.target_language == "fr" else pair.target_language,
                "words": span.of(pair.source),
            },
            source_spans=(span,),
            caret=caret(pair, first, end),
        )


def caret(pair: Pair, first: int, end: int) -> int:
    """Where in the target the source words first…end belong: after the word before them, else before the word after."""
    before = [(i, j) for i, j in pair.links.links if i < first]
    after = [(i, j) for i, j in pair.links.links if i >= end]
    if before and first > 0:
        return pair.target_tokens[before[-1][1]].end
    return pair.target_tokens[after[0][1]].start if after else 0
