"""Dropped phrase: words of the source that no word of the translation says (Accuracy › Omission)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.omissions.features import QUOTATION_MARKS, has_lost_capital, word_frequency
from articles.omissions.omission_spans import OmittedRun, find_omitted_runs
from articles.omissions.word_aligner import WordLinks, align_words
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token, tokens

SECOND = 0.35
"""A second stretch of the same pair must be this likely by itself."""
USUALLY_WHOLE, QUOTE_LOST, START_LOST, SMALL_WORDS = -0.7, 1.2, 0.5, -0.5
"""What is added to the logarithm of the odds; see ``weighed``."""
ELSEWHERE = 0.55
"""A word of a neighbouring segment this alike says what is missing here."""
AHEAD = 3
"""So many links behind the missing words say where these belong."""


@check(
    id="dropped",
    type="Omission",
    severity="major",
    title=_("Dropped phrase"),
    help=_(
        "Words of the source that seem to have no counterpart in the translation or in its neighbours."
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
    """The likeliest stretch of the source without counterpart, and others where they are likely by themselves."""
    del article
    languages = (pair.source_language, pair.target_language)
    found = find_omitted_runs(pair.links, pair.source_tokens, pair.target_tokens, languages)
    for rank, stretch in enumerate(found):
        first, end = whole_words(pair.source_tokens, pair.links, stretch)
        score = weighed(pair, first, end, stretch.probability)
        if (rank and score < SECOND) or (score >= SECOND and said_elsewhere(pair, first, end)):
            continue
        yield finding(pair, first, end, score)


def weighed(pair: Pair, first: int, end: int, probability: float) -> float:
    """``probability`` with what the tables do not know.

    They learnt where two sentences of three were spoilt, an article is better than that; small words alone are often
    left out for good reasons, unless an opening quotation mark or the beginning of the sentence went with them.
    """
    words = pair.source_tokens[first:end]
    logit = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6)) + USUALLY_WHOLE
    if words[0].text in QUOTATION_MARKS:
        logit += QUOTE_LOST
    elif first == 0 and has_lost_capital(pair.source_tokens, pair.target_tokens):
        logit += START_LOST
    elif not any(
        word_frequency(word.text.lower(), pair.source_language) < 5.5
        for word in words
        if word.is_word
    ):
        logit += SMALL_WORDS
    return 1 / (1 + math.exp(-logit))


def finding(pair: Pair, first: int, end: int, score: float) -> Finding:
    """The finding for source tokens ``first`` … ``end``."""
    span = Span(pair.source_tokens[first].start, pair.source_tokens[end - 1].end)
    caret = place(pair.links, pair.target_tokens, first, end)
    starts_low = pair.target[caret:].lstrip()[:1].islower() and not pair.target[:caret].strip(
        " «»“”\"'’:"
    )
    message = (
        _(
            "Possible omission: no %(language)s words for “%(words)s”; the sentence starts in lower case."
        )
        if starts_low
        else _("Possible omission: no %(language)s words for “%(words)s”.")
    )
    words = span.of(pair.source).strip('“”«»" ')
    values = {"language": language_name(pair.target_language), "words": words}
    return Finding(
        "dropped", "Omission", "major", score, message, values, source_spans=(span,), caret=caret
    )


def language_name(code: str) -> str:
    """How a language is called in a sentence."""
    return {"en": "English", "fr": "French"}.get(code, code)


def whole_words(words: list[Token], links: WordLinks, stretch: OmittedRun) -> tuple[int, int]:
    """The stretch without marks at its edges, an opening quotation mark or bracket before it taken in."""
    first, end = stretch.first, stretch.end
    while first < end and not words[first].is_word:
        first += 1
    while end > first and not words[end - 1].is_word:
        end -= 1
    if (
        first < end
        and first
        and words[first - 1].text in "“«("
        and not _is_linked(links, first - 1)
    ):
        first -= 1
    return first, end


def _is_linked(links: WordLinks, index: int) -> bool:
    return any(i == index for i, _j in links.links)


def place(links: WordLinks, words: list[Token], first: int, end: int) -> int:
    """Where in the target source tokens ``first`` … ``end`` belong: after what translates the word before them.

    At the start of the source, or where the word before is far, before what translates the words after, and before
    the words there that translate nothing.
    """
    places = dict(links.links)
    before = max((i for i in places if i < first), default=None)
    after = sorted(i for i in places if i >= end)[:AHEAD]
    if before is not None and (not after or first - before <= after[0] - end + 1):
        return words[places[before]].end
    spoken = set(places.values())
    at = min((places[i] for i in after), default=0)
    if before is None and at <= AHEAD:
        return 0
    while at and at - 1 not in spoken:
        at -= 1
    return words[at].start


def said_elsewhere(pair: Pair, first: int, end: int) -> bool:
    """Whether a neighbouring segment's translation says the words ``first`` … ``end`` of the source."""
    return any(_says(pair, other, first, end) for other in _neighbours(pair))


def _neighbours(pair: Pair) -> Iterator[tuple[str, str]]:
    yield from (other for other in (pair.previous, pair.following) if other[1])


def _says(pair: Pair, other: tuple[str, str], first: int, end: int) -> bool:
    """Whether half of the longer words are said by words of ``other`` that its own source does not need."""
    source, target = other
    theirs, words = tokens(source), tokens(target)
    wanted = [index for index in range(first, end) if len(pair.source_tokens[index].text) > 3]
    needed = {j for _i, j in align_words(source, theirs, target, words).links}
    links = align_words(pair.source, pair.source_tokens, target, words)
    similarity = 0.5 * (links.similarity + links.isolated)
    free = [j for j, word in enumerate(words) if word.is_word and j not in needed]
    if not free or not wanted:
        return False
    said = sum(bool(similarity[index, free].max() >= ELSEWHERE) for index in wanted)
    return said >= len(wanted) / 2
