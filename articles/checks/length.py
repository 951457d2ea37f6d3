"""Unusual length: far fewer or far more letters than this article's translations usually have."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import SHORT_TEXT, UNUSUAL_LENGTH

# Amounts in short: €318m, $2.7bn. One language writes them so, the other in full.
_SHORT_AMOUNT = re.compile(r"(?<=\d)(?:bn|m|tn|k)\b|[$€£](?=\d)")
_LETTERS_IN_FULL = 8
"""About as many letters has each half of "millions d’euros"."""


_FEWEST_LETTERS = 25
"""Characters too few or too many from which it is more than another way to say it."""


@check(
    id="length",
    type="Omission",
    severity="minor",
    title=_("Unusual length"),
    help=_(
        "The translation is much shorter or longer than this article’s translations usually are."
    ),
    examples=(
        (
            (
                "The committee, which met for the third time this year, will publish its findings "
                "before the summer."
            ),
            "Le comité publiera ses conclusions.",
            ("Unusually short: 35 characters, about 111 expected"),
        ),
        ("The committee will publish its findings.", "Le comité publiera ses conclusions.", ""),
    ),
)
def length(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report a ratio of lengths far from the article's own.

    The distance is counted in standard deviations of the logarithm of the ratio.
    """
    source_length = _length_in_full(pair.source)
    target_length = _length_in_full(pair.target)
    if not source_length or not target_length:
        return
    # Short texts vary more: at SHORT_TEXT characters the spread is half as large again.
    spread = article.length_spread * (1 + 0.5 * SHORT_TEXT / source_length)
    expected_log = math.log(article.length_ratio)
    distance = (math.log(target_length / source_length) - expected_log) / spread
    if abs(distance) < UNUSUAL_LENGTH:
        return
    actual = len(pair.target.strip())
    expected = round(actual / math.exp(distance * spread))
    if abs(actual - expected) < _FEWEST_LETTERS:
        return
    values = {"length": str(actual), "expected": str(expected)}
    # 0.6 at the threshold, 0.1 more for each standard deviation beyond it, at most 0.9.
    score = min(0.9, 0.6 + 0.1 * (abs(distance) - UNUSUAL_LENGTH))
    if distance < 0:
        message = _("Unusually short: %(length)s characters, about %(expected)s expected")
        yield Finding("length", "Omission", "minor", score, message, values)
    else:
        message = _("Unusually long: %(length)s characters, about %(expected)s expected")
        yield Finding("length", "Addition", "minor", score, message, values)


def _length_in_full(text: str) -> int:
    """Return the characters of the text, its short amounts counted as if written in full."""
    return len(text.strip()) + _LETTERS_IN_FULL * len(_SHORT_AMOUNT.findall(text))
