"""Words dropped: words of the source without counterpart in the translation (an omission)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from articles.checks.carets import caret_of
from articles.checks.hyphenated import is_inside_a_word
from articles.checks.nearby import is_translated_nearby
from articles.checks.registry import ArticleFacts, Finding, Pair, check, language_name
from articles.omissions.features import QUOTATION_MARKS, has_lost_capital, is_grammar_word
from articles.omissions.list_items import missing_items
from articles.omissions.lost_modifiers import lost_modifiers
from articles.omissions.omission_spans import Omissions, OmittedRun, find_omissions
from articles.omissions.pair_parts import PairPart
from articles.omissions.shorter_source import gain_without
from articles.omissions.translation_table import free_share, literalness, lone_evidence, lone_words
from articles.omissions.word_aligner import WordLinks
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import (
    LEAST_DOUBT,
    LIST_ITEM,
    LITERAL_WEIGHT,
    LONE_WORD_DOUBT,
    SECOND_OMISSION,
    SHORTER_WEIGHT,
    SHOWN_SCORE,
    USUALLY_COMPLETE,
)
from articles.text.tokens import Token

USUAL_WORDS = 20
"""Words of a sentence of news: what is longer counts as several sentences."""
LONG_TEXT_PENALTY = 0.5
"""This times the natural logarithm of that number of sentences is taken off the log odds."""
LOST_QUOTATION_MARK = 1.7
"""Added where an opening quotation mark went with the words."""
LOST_BEGINNING = 0.5
"""Added where the beginning of the sentence went, and its capital with it."""
COMMON_WORDS_ONLY = -0.5
"""Added where only grammatical words went: these are often left out for good reasons."""
FILLER = -1.5
"""Added where only a filler that begins a sentence went: "Well, I suppose". Translators and editors
leave it out."""
_FILLERS = frozenset("ah anyway hey hmm look now oh ok okay so uh um well".split())
WHOLE_CLAUSE = 0.7
"""Added where all words between two marks went: ", who applauded politely,"."""
CLAUSE_WORDS = 3
"""Words of the shortest such clause."""
ALONE_DOUBT = 0.5
"""Taken off the log odds of a lost adjective or adverb where nothing is known of the article: how
freely it is translated."""
MODIFIER_SPREAD = 0.4
"""How far the score of such a word goes up with its probability."""
FINAL_MARKS = frozenset({".", "!", "?", "…", "..."})
_BEFORE_FILLER = FINAL_MARKS.union(QUOTATION_MARKS)
PAIRED_SHARE = 0.6
"""Where more of an article's words lack their usual translations, its pairs may be wrong."""

Candidate = tuple[float, PairPart, int, int]
"""A probability, and the tokens of a part, first and end (exclusive), that may be missing."""


@check(
    id="dropped",
    type="Omission",
    severity="major",
    title=_("Words dropped"),
    help=_(
        "Words of the source that seem to have no counterpart in the translation or in its "
        "neighbours."
    ),
    measured=(("en", "fr"), ("en", "de")),
    examples=(
        (
            "The minister arrived in Rome on Tuesday with a dozen advisers.",
            "Le ministre est arrivé à Rome mardi.",
            "“with a dozen advisers” is missing from the French",
        ),
        ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi.", ""),
    ),
)
def dropped(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report each run of the source that is likely without counterpart, and the likeliest one."""
    languages = (pair.source_language, pair.target_language)
    # Where the rest is translated word by word, what seems to be missing is missing. The reverse
    # does not hold: an article may look free because its source is worded oddly.
    share = free_share(article.pairs, languages)
    literal = LITERAL_WEIGHT * max(0.0, literalness(share))
    prior = USUALLY_COMPLETE - length_penalty(pair.source_tokens) + literal
    candidates = []
    for part in pair.parts:
        omissions = find_omissions(part.links, part.source, part.target, languages)
        for run in omissions.runs:
            first, end = trim_punctuation(part.source, part.links, run)
            score = adjusted_probability(pair, part, first, end, run.probability, prior)
            candidates.append((score, part, first, end))
        few = lone_words_of(pair, article, part, omissions)
        for first, end in missing_items(part, languages):
            few.append((LIST_ITEM, part, first, end))
        if share < PAIRED_SHARE:
            few += lost_modifiers_of(pair, article, part, omissions)
        candidates = with_few_words(candidates, few)
    candidates.sort(key=_score_of, reverse=True)
    for rank, (score, part, first, end) in enumerate(candidates):
        if score < SECOND_OMISSION:
            # An unlikely run is kept for those who ask, but only one a segment.
            if rank == 0:
                yield omission_finding(pair, part, first, end, score)
            return
        if is_inside_a_word(part, first, end, languages):
            continue
        if not is_translated_nearby(pair, part, first, end):
            yield omission_finding(pair, part, first, end, score)


def _score_of(candidate: Candidate) -> float:
    return candidate[0]


def with_few_words(runs: list[Candidate], few: list[Candidate]) -> list[Candidate]:
    """Return the runs of a pair with likely words and items of enumerations.

    A likely run around them says more than they do; an unlikely one gives way to them.
    """
    result = list(runs)
    for score, part, first, end in few:
        shared = [each for each in result if each[1] is part and first < each[3] and each[2] < end]
        if any(each[0] >= SHOWN_SCORE for each in shared):
            continue
        result = [each for each in result if each not in shared]
        result.append((score, part, first, end))
    return result


def lone_words_of(
    pair: Pair, article: ArticleFacts, part: PairPart, omissions: Omissions
) -> list[Candidate]:
    """Return the words that alone lack their usual translations, each with its probability.

    Unlikely ones are left out: what is said of their run ranks them better.
    """
    if not omissions.runs:
        return []
    languages = (pair.source_language, pair.target_language)
    lone = lone_words(part, languages)
    if not lone:
        return []
    share = free_share(article.pairs or [(pair.source, pair.target)], languages)
    found: list[Candidate] = []
    for number, absence in lone:
        if _is_filler(part.source, number, number + 1):
            continue
        odds = max(float(omissions.odds[number]), 1e-6)
        logit = math.log(odds) + lone_evidence(absence, share) - LONE_WORD_DOUBT
        score = 1 / (1 + math.exp(-logit))
        if score >= SHOWN_SCORE:
            found.append((score, part, number, number + 1))
    return found


def lost_modifiers_of(
    pair: Pair, article: ArticleFacts, part: PairPart, omissions: Omissions
) -> list[Candidate]:
    """Return the adjectives and adverbs that are likely lost, each with its score.

    Half of those that are shown are right, whatever their odds, so that their score is little
    above that.
    """
    if not omissions.runs:
        return []
    languages = (pair.source_language, pair.target_language)
    doubt = length_penalty(pair.source_tokens)
    if not article.pairs:
        doubt += ALONE_DOUBT
    found: list[Candidate] = []
    for number, logit in lost_modifiers(part, omissions.odds, languages):
        probability = 1 / (1 + math.exp(doubt - logit))
        if probability >= SHOWN_SCORE:
            score = SHOWN_SCORE + MODIFIER_SPREAD * (probability - SHOWN_SCORE)
            found.append((score, part, number, number + 1))
    return found


def length_penalty(words: list[Token]) -> float:
    """Return what is taken off the log odds of each run in a source of these tokens.

    A long text has more places that may look like an omission, so each must look more like one.
    """
    count = sum(word.is_word for word in words)
    return LONG_TEXT_PENALTY * math.log(max(1.0, count / USUAL_WORDS))


def adjusted_probability(
    pair: Pair, part: PairPart, first: int, end: int, probability: float, prior: float
) -> float:
    """Return the probability of a run with what the omission model does not know.

    ``prior`` is added to the log odds.
    """
    words = part.source[first:end]
    odds = max(probability, 1e-6) / max(1 - probability, 1e-6)
    logit = math.log(odds) + prior
    if words[0].text in QUOTATION_MARKS:
        logit += LOST_QUOTATION_MARK
    elif _is_filler(part.source, first, end):
        logit += FILLER
    elif first == 0 and has_lost_capital(part.source, part.target):
        logit += LOST_BEGINNING
    elif _are_grammar_words(words, pair.source_language):
        logit += COMMON_WORDS_ONLY
    if end - first >= CLAUSE_WORDS and _is_between_marks(part.source, first, end):
        logit += WHOLE_CLAUSE
    if logit >= LEAST_DOUBT:
        logit += SHORTER_WEIGHT * _gain_of_part(pair, part, first, end)
    return 1 / (1 + math.exp(-logit))


def _gain_of_part(pair: Pair, part: PairPart, first: int, end: int) -> float:
    """Return how much nearer the part's source comes to its target without the run."""
    start = part.source[0].start
    source = pair.source[start : part.source[-1].end]
    target = pair.target[part.target[0].start : part.target[-1].end]
    run = Span(part.source[first].start - start, part.source[end - 1].end - start)
    return gain_without(source, run, target)


def _is_between_marks(words: list[Token], first: int, end: int) -> bool:
    """Return whether the words ``first`` to ``end`` have a mark, or nothing, on both sides."""
    beside = words[max(0, first - 1) : first] + words[end : end + 1]
    return not any(word.is_word for word in beside)


def _is_filler(words: list[Token], first: int, end: int) -> bool:
    """Return whether the words ``first`` to ``end`` are a filler that begins a sentence.

    A comma follows: "Now, tell me" has one, "Now he is free" says when.
    """
    if first and words[first - 1].text not in _BEFORE_FILLER:
        return False
    if end == len(words):
        return False
    if words[end].text != ",":
        return False
    return all(word.text.lower() in _FILLERS for word in words[first:end])


def _are_grammar_words(words: list[Token], language: str) -> bool:
    """Return whether all words that are no marks are grammatical words."""
    for word in words:
        if not word.is_word:
            continue
        if not is_grammar_word(word, language):
            return False
    return True


def omission_finding(pair: Pair, part: PairPart, first: int, end: int, score: float) -> Finding:
    """Return the finding for the part's source tokens ``first`` to ``end``."""
    span = Span(part.source[first].start, part.source[end - 1].end)
    caret = caret_of(pair, part, first, end)
    if is_whole_sentence(part.source, first, end):
        message = _("“%(words)s”: this sentence is missing from the %(language)s")
        caret = _after_final_mark(pair.target, caret)
    elif _starts_in_lower_case(pair.target, caret):
        message = _("“%(words)s” is missing from the %(language)s, which starts in lower case")
    else:
        message = _("“%(words)s” is missing from the %(language)s")
    words = span.of(pair.source).strip('“”«»" ')
    values = {"language": language_name(pair.target_language), "words": words}
    return Finding(
        "dropped", "Omission", "major", score, message, values, source_spans=(span,), caret=caret
    )


def _after_final_mark(text: str, caret: int) -> int:
    """Return the place behind the mark that ends a sentence at ``caret``."""
    while text[caret : caret + 1] in FINAL_MARKS:
        caret += 1
    return caret


def is_whole_sentence(words: list[Token], first: int, end: int) -> bool:
    """Return whether the tokens ``first`` to ``end`` are one of several sentences."""
    if first == 0 and end >= len(words) - 1:
        return False
    if first > 0 and words[first - 1].text not in FINAL_MARKS:
        return False
    if end == len(words):
        return True
    return words[end].text in FINAL_MARKS


def _starts_in_lower_case(target: str, caret: int) -> bool:
    """Return whether the words belong at the start and the target starts in lower case."""
    if target[:caret].strip(" «»“”\"'’:"):
        return False
    return target[caret:].lstrip()[:1].islower()


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
    return before not in dict(links.links)
