"""Words added: words of the translation without counterpart in the source (Accuracy > Addition).

It is the mirror image of ``dropped``: the omission model reads the pair from the target. The model
learned from dropped words only, and translators add more freely than they drop (a name explained,
a pronoun spelt out), so its probability counts less here.
"""

from __future__ import annotations

from collections.abc import Iterable

from articles.checks.closed_counterparts import added_ranks
from articles.checks.dropped import trim_punctuation
from articles.checks.registry import ArticleFacts, Finding, Pair, check, language_name
from articles.omissions.added_phrases import added_phrases
from articles.omissions.omission_spans import find_omissions, rough_odds
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import ADDITION_WEIGHT

LEAST_ROUGH_ODDS = 3.5
"""The model reads a part only where word similarity alone gives an addition these odds: three in
ten of good news. Those that are shown there have 9 and more (docs/decisions/0025)."""
RANK_SCORE = 0.8
"""The score of *vice-président* for a president: nearly all such words have a counterpart."""
PHRASE_SCORE = 0.6
"""The score of a phrase between two marks of which the source has nothing."""


@check(
    id="added",
    type="Addition",
    severity="minor",
    title=_("Words added"),
    help=_("Words of the translation that seem to have no counterpart in the source."),
    examples=(
        (
            "The minister arrived in Rome on Tuesday.",
            "Le ministre est arrivé à Rome mardi avec une douzaine de conseillers et sa famille.",
            ("“avec une douzaine de conseillers et sa famille” has no counterpart in the English"),
        ),
        ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi.", ""),
    ),
)
def added(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the likeliest run of the target without counterpart."""
    del article
    languages = (pair.target_language, pair.source_language)
    if languages == ("fr", "en"):
        for span in added_ranks(pair.source, pair.target):
            yield _addition_finding(pair, RANK_SCORE, span)
    likeliest: tuple[float, Span] | None = None
    for part in pair.parts:
        phrases = added_phrases(part, (pair.source_language, pair.target_language))
        for first, end in phrases[:1]:
            span = Span(part.target[first].start, part.target[end - 1].end)
            yield _addition_finding(pair, PHRASE_SCORE, span)
        links = part.links.swapped
        if rough_odds(links, part.target, part.source, languages) < LEAST_ROUGH_ODDS:
            continue
        runs = find_omissions(links, part.target, part.source, languages).runs
        for run in runs[:1]:
            first, end = trim_punctuation(part.target, links, run)
            span = Span(part.target[first].start, part.target[end - 1].end)
            if likeliest is None or run.probability > likeliest[0]:
                likeliest = (run.probability, span)
    if likeliest:
        probability, span = likeliest
        yield _addition_finding(pair, ADDITION_WEIGHT * probability, span)


def _addition_finding(pair: Pair, score: float, span: Span) -> Finding:
    words = span.of(pair.target).strip('“”«»"\u00a0\u202f ')
    return Finding(
        "added",
        "Addition",
        "minor",
        score,
        _("“%(words)s” has no counterpart in the %(language)s"),
        {"language": language_name(pair.source_language), "words": words},
        target_spans=(span,),
    )
