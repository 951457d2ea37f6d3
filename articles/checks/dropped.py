"""Dropped phrase: words of the source without counterpart in the translation (an omission)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.omissions.features import QUOTATION_MARKS, has_lost_capital, word_frequency
from articles.omissions.omission_spans import OmittedRun, find_omitted_runs
from articles.omissions.word_aligner import WordLinks, align_words
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import COMMON_WORD, SECOND_OMISSION, TRANSLATED_NEARBY
from articles.text.tokens import Token, tokens

USUALLY_COMPLETE = -0.7
"""Added to every run's log odds: two of three sentences that the model learned from had an
omission, and an article is better than that."""
LOST_QUOTATION_MARK = 1.2
"""Added where an opening quotation mark went with the words."""
LOST_BEGINNING = 0.5
"""Added where the beginning of the sentence went, and its capital with it."""
COMMON_WORDS_ONLY = -0.5
"""Added where only grammatical words went: these are often left out for good reasons."""
FOLLOWING_LINKS = 3
"""So many links behind the missing words decide where the words belong."""


@check(
    id="dropped",
    type="Omission",
    severity="major",
    title=_("Dropped phrase"),
    help=_(
        "Words of the source that seem to have no counterpart in the translation or in its "
        "neighbours."
    ),
    examples=(
        (
            "The minister arrived in Rome on Tuesday with a dozen advisers.",
            "Le ministre est arrivé à Rome mardi.",
            "Possible omission: no French words for “with a dozen advisers”.",
        ),
        ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi.", ""),
    ),
)
def dropped(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the likeliest run of the source without counterpart, and others that are likely."""
    del article
    languages = (pair.source_language, pair.target_language)
    runs = find_omitted_runs(pair.links, pair.source_tokens, pair.target_tokens, languages)
    for rank, run in enumerate(runs):
        first, end = trim_punctuation(pair.source_tokens, pair.links, run)
        score = adjusted_probability(pair, first, end, run.probability)
        if score < SECOND_OMISSION:
            # An unlikely run is kept for those who ask, but only one a segment.
            if rank == 0:
                yield omission_finding(pair, first, end, score)
        elif not is_translated_nearby(pair, first, end):
            yield omission_finding(pair, first, end, score)


def adjusted_probability(pair: Pair, first: int, end: int, probability: float) -> float:
    """Return the probability of a run with what the omission model does not know."""
    words = pair.source_tokens[first:end]
    odds = max(probability, 1e-6) / max(1 - probability, 1e-6)
    logit = math.log(odds) + USUALLY_COMPLETE
    if words[0].text in QUOTATION_MARKS:
        logit += LOST_QUOTATION_MARK
    elif first == 0 and has_lost_capital(pair.source_tokens, pair.target_tokens):
        logit += LOST_BEGINNING
    elif not any(_is_content_word(word, pair.source_language) for word in words):
        logit += COMMON_WORDS_ONLY
    return 1 / (1 + math.exp(-logit))


def _is_content_word(token: Token, language: str) -> bool:
    if not token.is_word:
        return False
    frequency = word_frequency(token.text.lower(), language)
    return frequency < COMMON_WORD


def omission_finding(pair: Pair, first: int, end: int, score: float) -> Finding:
    """Return the finding for source tokens ``first`` to ``end``."""
    span = Span(pair.source_tokens[first].start, pair.source_tokens[end - 1].end)
    caret = insertion_point(pair.links, pair.target_tokens, first, end)
    if _starts_in_lower_case(pair.target, caret):
        message = _(
            "Possible omission: no %(language)s words for “%(words)s”; "
            "the sentence starts in lower case."
        )
    else:
        message = _("Possible omission: no %(language)s words for “%(words)s”.")
    words = span.of(pair.source).strip('“”«»" ')
    values = {"language": language_name(pair.target_language), "words": words}
    return Finding(
        "dropped", "Omission", "major", score, message, values, source_spans=(span,), caret=caret
    )


def _starts_in_lower_case(target: str, caret: int) -> bool:
    """Return whether the words belong at the start and the target starts in lower case."""
    if target[:caret].strip(" «»“”\"'’:"):
        return False
    return target[caret:].lstrip()[:1].islower()


def language_name(code: str) -> str:
    """Return the name of a language in a sentence."""
    return {"en": "English", "fr": "French"}.get(code, code)


def trim_punctuation(words: list[Token], links: WordLinks, run: OmittedRun) -> tuple[int, int]:
    """Return the run without marks at its ends.

    An opening quotation mark or bracket before it is added when it is not linked either.
    """
    first = run.first
    end = run.end
    while first < end and not words[first].is_word:
        first += 1
    while end > first and not words[end - 1].is_word:
        end -= 1
    if _has_lost_opening(words, links, first, end):
        first -= 1
    return first, end


def _has_lost_opening(words: list[Token], links: WordLinks, first: int, end: int) -> bool:
    """Return whether an unlinked quotation mark or bracket opens right before the run."""
    if not 0 < first < end:
        return False
    before = first - 1
    if words[before].text not in "“«(":
        return False
    return not _is_linked(links, before)


def _is_linked(links: WordLinks, index: int) -> bool:
    return any(i == index for i, _j in links.links)


def insertion_point(links: WordLinks, words: list[Token], first: int, end: int) -> int:
    """Return where in the target the words of source tokens ``first`` to ``end`` belong.

    It is after the translation of the word before them. At the start of the source, or where the
    word before is far away, it is before the translation of the words after, and before the words
    there that translate nothing.
    """
    places = dict(links.links)
    before = max((i for i in places if i < first), default=None)
    after = sorted(i for i in places if i >= end)[:FOLLOWING_LINKS]
    if before is not None and _is_nearer(first - before, after, end):
        return words[places[before]].end
    at = min((places[i] for i in after), default=0)
    if before is None and at <= FOLLOWING_LINKS:
        return 0
    return words[_skip_unlinked(at, set(places.values()))].start


def _is_nearer(distance: int, after: list[int], end: int) -> bool:
    """Return whether the linked word before the run is at least as near as the first after it."""
    if not after:
        return True
    return distance <= after[0] - end + 1


def _skip_unlinked(at: int, linked: set[int]) -> int:
    """Return the first of the words right before word ``at`` that translate nothing."""
    while at and at - 1 not in linked:
        at -= 1
    return at


def is_translated_nearby(pair: Pair, first: int, end: int) -> bool:
    """Return whether a neighbouring segment translates the source tokens ``first`` to ``end``."""
    for neighbour in (pair.previous, pair.following):
        if not neighbour[1]:
            continue
        if _translates(pair, neighbour, first, end):
            return True
    return False


def _translates(pair: Pair, neighbour: tuple[str, str], first: int, end: int) -> bool:
    """Return whether ``neighbour`` translates half of the longer words.

    Only words of its target that its own source does not need count.
    """
    source, target = neighbour
    source_words = tokens(source)
    target_words = tokens(target)
    wanted = [index for index in range(first, end) if len(pair.source_tokens[index].text) > 3]
    free = _unlinked_words(align_words(source, source_words, target, target_words), target_words)
    if not free or not wanted:
        return False
    links = align_words(pair.source, pair.source_tokens, target, target_words)
    similarity = 0.5 * (links.similarity + links.isolated)
    best = [similarity[index, free].max() for index in wanted]
    translated = sum(bool(value >= TRANSLATED_NEARBY) for value in best)
    return translated >= len(wanted) / 2


def _unlinked_words(links: WordLinks, words: list[Token]) -> list[int]:
    """Return the indices of the target's words that translate nothing."""
    linked = {j for _i, j in links.links}
    return [j for j, word in enumerate(words) if word.is_word and j not in linked]
