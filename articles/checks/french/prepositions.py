"""Two neighbouring words of which one must go, or that French contracts.

For example *dans afin de* and *du le*; *de les* is contracted to *des*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import is_noun_at
from articles.checks.french.words import Word, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, Remedy, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

PREPOSITIONS = word_set(
    """dans sous chez vers avec sans au aux du parmi pendant durant à par pour en de d’ contre
    selon malgré entre envers sur"""
)
CONJUNCTIONS = word_set("afin parce lorsque lorsqu’ puisque puisqu’ quoique quoiqu’ tandis")
STRONG = word_set("dans chez parmi pendant durant malgré selon envers au aux du")
"""Prepositions after which no second one can stand: *au*, *du* hold an article, the others need a
noun."""
SECOND = word_set(
    "dans sur sous chez parmi pour avec sans pendant durant malgré selon par au aux envers"
)
ARTICLED = word_set("du au aux cet cette ces mon mes ma ta sa ses nos vos leurs")
ARTICLES = word_set("le la les un une du des au aux")
PERIODS = word_set("heures jours semaines mois années ans siècles décennies minutes nuits")
"""Words before a *durant* that stands behind its noun: *des heures durant*."""
AMOUNTS = word_set("moins plus total maximum minimum mieux pire")
"""Words that make a phrase of their own with *au*: *pendant au moins cinq mois*."""
CONTRACTIONS = {
    ("de", "le"): "du",
    ("de", "les"): "des",
    ("à", "le"): "au",
    ("à", "les"): "aux",
}


@check(
    id="french-prepositions",
    type="Grammar",
    severity="minor",
    title=_("Prepositions that clash"),
    help=_(
        "Two French joining words side by side that cannot follow each other, "
        "such as “dans afin de” or “de les”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "He comes to speak.",
            "Il vient dans afin de parler.",
            "“dans afin”: one preposition too many?",
        ),
        ("He comes to speak.", "Il vient afin de parler.", ""),
    ),
)
def prepositions(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each pair of neighbouring words that French never puts side by side."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(len(sentence) - 2):
        message = _clash(sentence, at)
        if message:
            yield _finding(sentence[at], sentence[at + 1], message)


def _finding(first: Word, second: Word, message: str) -> Finding:
    values = {
        "first": first.token.text,
        "second": second.token.text,
        "melted": CONTRACTIONS.get((first.lowered, second.lowered), ""),
    }
    span = Span(first.token.start, second.token.end)
    return Finding(
        check="french-prepositions",
        type="Grammar",
        severity="minor",
        score=0.85,
        message=message,
        values=values,
        target_spans=(span,),
        remedy=_remedy(first, second, span),
    )


def _remedy(first: Word, second: Word, span: Span) -> Remedy:
    """Return the contraction, or the conjunction without the preposition before it."""
    melted = CONTRACTIONS.get((first.lowered, second.lowered))
    if melted and not first.is_capital:
        return ((span, melted),)
    if second.lowered in CONJUNCTIONS and not first.is_capital:
        return ((span, second.token.text),)
    return ()


def _clash(sentence: Sequence[Word], at: int) -> str:
    """Return what is wrong with the two words at ``at``, in words; "" if nothing is."""
    first = sentence[at].lowered
    second = sentence[at + 1].lowered
    if _stand_apart(sentence, at):
        return ""
    if (first, second) in CONTRACTIONS:
        if not is_noun_at(sentence, at + 2):
            return ""
        if sentence[at + 2].is_infinitive:
            return ""
        return _("“%(first)s %(second)s”: write “%(melted)s”?")
    if first == second:
        return ""  # another check reports doubled words
    if _exclude_each_other(first, second):
        return _("“%(first)s %(second)s”: one preposition too many?")
    return ""


def _stand_apart(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the two words at ``at`` belong to different phrases: *des heures durant*."""
    first = sentence[at]
    second = sentence[at + 1]
    if second.is_capital:
        return True  # a title: the article of “Le Monde”
    if first.lowered == "durant" and at and sentence[at - 1].lowered in PERIODS:
        return True
    following = sentence[at + 2]
    return second.lowered == "au" and following.lowered in AMOUNTS


def _exclude_each_other(first: str, second: str) -> bool:
    """Return whether French never puts ``second`` right after ``first``."""
    if second in CONJUNCTIONS:
        return first in PREPOSITIONS
    if first in STRONG and second in SECOND:
        return True
    is_articled = first in ARTICLED
    return is_articled and second in ARTICLES
