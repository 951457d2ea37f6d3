"""A pair of texts cut into parts that translate each other, so that each is read by itself.

A segment may hold a whole paragraph. The omission model learned from sentences; in a long text the
doubts of all words add up to an alarm, and time and memory grow with the square of the length. So
the sentences of a long pair are aligned first, as those of an article are. A sentence that seems to
have no partner stays with its neighbour: whether its words are missing is for the model to say.
docs/decisions/0014-own-odds-and-inner-alignment.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.word_aligner import NO_LINKS, WordLinks, align_words
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Bead, Sentence
from articles.text.thresholds import LONGEST_READ_PAIR
from articles.text.tokens import Token

LEAST_TOKENS = 24
"""Pairs with fewer tokens on both sides together are read at once."""
SURE = 0.6
"""A boundary within a pair counts when the groups on both sides of it are this likely."""


class PairPart(NamedTuple):
    """Neighbouring tokens of the source, those of the target that translate them, and the links.

    The tokens have their places in the whole texts, the links count from the part's first tokens.
    """

    source: list[Token]
    target: list[Token]
    links: WordLinks


Ranges = list[tuple[list[Token], list[Token]]]
"""The tokens of both sides of each part."""


def linked_parts(
    source: str,
    source_tokens: list[Token],
    target: str,
    target_tokens: list[Token],
    languages: tuple[str, str],
) -> list[PairPart]:
    """Return the parts of a pair in order, their words linked; every token is in exactly one.

    ``languages`` are the codes of the source and of the target. A pair that is longer than the
    models read is one part without links.
    """
    if len(source) + len(target) > LONGEST_READ_PAIR:
        return [PairPart(source_tokens, target_tokens, NO_LINKS)]
    parts = []
    for left, right in cut_pair(source, source_tokens, target, target_tokens, languages):
        parts.append(PairPart(left, right, align_words(source, left, target, right)))
    return parts


def cut_pair(
    source: str,
    source_tokens: list[Token],
    target: str,
    target_tokens: list[Token],
    languages: tuple[str, str],
) -> Ranges:
    """Return the tokens of the parts of a pair: where its sentences are aligned, else all."""
    whole = [(source_tokens, target_tokens)]
    if not source_tokens or not target_tokens:
        return whole
    if len(source_tokens) + len(target_tokens) < LEAST_TOKENS:
        return whole
    if not _has_several_sentences(source, languages[0]):
        return whole
    if not _has_several_sentences(target, languages[1]):
        return whole
    aligned = align_texts(
        source,
        target,
        source_language=languages[0],
        target_language=languages[1],
        encoder=load_encoder(),
    )
    beads = joined_beads(aligned.beads)
    if len(beads) < 2:
        return whole
    parts = []
    for bead in beads:
        left = _tokens_until(source_tokens, aligned.source, bead.source)
        right = _tokens_until(target_tokens, aligned.target, bead.target)
        parts.append((left, right))
    return parts


def _has_several_sentences(text: str, language: str) -> bool:
    return len(split_sentences(text, language)) > 1


def joined_beads(beads: Sequence[Bead]) -> list[Bead]:
    """Return the beads, each joined with those beside it that are unsure or have an empty side."""
    joined: list[Bead] = []
    for bead in beads:
        if joined and not (_stands_alone(joined[-1]) and _stands_alone(bead)):
            joined[-1] = _united(joined[-1], bead)
        else:
            joined.append(bead)
    return joined


def _stands_alone(bead: Bead) -> bool:
    has_both_sides = bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]
    return has_both_sides and bead.score >= SURE


def _united(first: Bead, second: Bead) -> Bead:
    """Return two neighbouring beads as one, with the score of the likelier."""
    return Bead(
        (first.source[0], second.source[1]),
        (first.target[0], second.target[1]),
        max(first.score, second.score),
    )


def _tokens_until(
    words: list[Token], sentences: Sequence[Sentence], chosen: tuple[int, int]
) -> list[Token]:
    """Return the tokens of the chosen sentences and of the gap behind them.

    The first sentences have also what is before them, and the last what is behind them.
    """
    first, end = chosen
    begin = sentences[first].start if first else 0
    if end < len(sentences):
        return [word for word in words if begin <= word.start < sentences[end].start]
    return [word for word in words if word.start >= begin]
