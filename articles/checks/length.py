"""Unusual length for this article: far fewer or far more letters than its other translations would have."""

from __future__ import annotations

import math
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.messages import gettext_noop as _

FAR = 2.5
"""Standard deviations from the usual. Of 500 good pairs none was that far off, of 500 with dropped phrases 54."""
SHORT = 40
"""Letters of a text so short that its length says little: its spread is counted half as wide again."""


@check(
    id="length",
    type="Omission",
    severity="minor",
    title=_("Unusual length"),
    help=_(
        "The translation is much shorter or longer than this article's translations usually are."
    ),
    examples=(
        (
            "The committee, which met for the third time this year, will publish its findings before the summer.",
            "Le comité publiera ses conclusions.",
            (
                "Possible omission: the translation is unusually short for this article"
                " (35 characters, about 111 expected)."
            ),
        ),
        ("The committee will publish its findings.", "Le comité publiera ses conclusions.", ""),
    ),
)
def length(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """How many standard deviations the logarithm of the ratio of lengths is away from the article's own."""
    here, there = len(pair.source.strip()), len(pair.target.strip())
    if not here or not there:
        return
    spread = article.length_spread * (1 + 0.5 * SHORT / here)
    far = (math.log(there / here) - math.log(article.length_ratio)) / spread
    if abs(far) < FAR:
        return
    values = {"length": str(there), "expected": str(round(here * article.length_ratio))}
    score = min(0.9, 0.6 + 0.1 * (abs(far) - FAR))
    if far < 0:
        short = _(
            "Possible omission: the translation is unusually short for this article"
            " (%(length)s characters, about %(expected)s expected)."
        )
        yield Finding("length", "Omission", "minor", score, short, values)
    else:
        long = _(
            "Possible addition: the translation is unusually long for this article"
            " (%(length)s characters, about %(expected)s expected)."
        )
        yield Finding("length", "Addition", "minor", score, long, values)
