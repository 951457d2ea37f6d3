"""Two joining words of which one must go: *dans afin de*, *du le*; and the two that French melts into one: *de les*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import Word, is_noun_at, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

PREPOSITIONS = word_set(
    """dans sous chez vers avec sans au aux du parmi pendant durant à par pour en de d’ contre
    selon malgré entre envers sur"""
)
CONJUNCTIONS = word_set("afin parce lorsque lorsqu’ puisque puisqu’ quoique quoiqu’ tandis")
STRONG = word_set("dans chez parmi pendant durant malgré selon envers au aux du")
"""Prepositions after which no second one can stand: *au*, *du* hold an article, the others want a noun."""
SECOND = word_set(
    "dans sur sous chez parmi pour avec sans pendant durant malgré selon par au aux envers"
)
ARTICLED = word_set("du au aux cet cette ces mon mes ma ta sa ses nos vos leurs")
ARTICLES = word_set("le la les un une du des au aux")
MELTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}


@check(
    id="french-prepositions",
    type="Grammar",
    severity="minor",
    title=_("Prepositions that clash"),
    help=_(
        "Two French joining words side by side that cannot follow each other, such as “dans afin de” or “de les”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "He comes to speak.",
            "Il vient dans afin de parler.",
            "Possible fault: “dans” and “afin” do not follow each other.",
        ),
        ("He comes to speak.", "Il vient afin de parler.", ""),
    ),
)
def prepositions(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt each pair of neighbouring words that French never puts side by side."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(len(sentence) - 2):
        message = _clash(sentence, at)
        if message:
            first, second = sentence[at].token, sentence[at + 1].token
            yield Finding(
                check="french-prepositions",
                type="Grammar",
                severity="minor",
                score=0.85,
                message=message,
                values={
                    "first": first.text,
                    "second": second.text,
                    "melted": MELTED.get(_lows(sentence, at), ""),
                },
                target_spans=(Span(first.start, second.end),),
            )


def _lows(sentence: Sequence[Word], at: int) -> tuple[str, str]:
    return sentence[at].lowered, sentence[at + 1].lowered


def _clash(sentence: Sequence[Word], at: int) -> str:
    """What is wrong with the two words at ``at``, or ""."""
    first, second = _lows(sentence, at)
    if sentence[at + 1].is_capital:  # a title: the article of “Le Monde”
        return ""
    if (first, second) in MELTED:
        noun = is_noun_at(sentence, at + 2) and not sentence[at + 2].is_infinitive
        return (
            _("Possible fault: “%(first)s %(second)s” is written “%(melted)s” before a noun.")
            if noun
            else ""
        )
    if first == second:  # a doubled word is another check's doubt
        return ""
    if (
        (first in PREPOSITIONS and second in CONJUNCTIONS)
        or (first in STRONG and second in SECOND)
        or (first in ARTICLED and second in ARTICLES)
    ):
        return _("Possible fault: “%(first)s” and “%(second)s” do not follow each other.")
    return ""
