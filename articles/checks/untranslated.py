"""Words left in the source's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from simplemma import is_known
from wordfreq import zipf_frequency

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.quotation import quotations
from articles.text.tokens import Token

# How much commoner (in powers of ten, Zipf values) a word must be in its own language to be a stranger in the other.
_STRANGER = 1.5
_COMMON = 2.0


@check(
    id="untranslated",
    type="Untranslated",
    severity="major",
    title=_("Left in the source’s language"),
    help=_(
        "A word of the source stands in the translation as it was, and is common in the source’s language but not in "
        "the "
        "translation’s. Names, titles and quoted words are left alone."
    ),
    languages=(("en", "fr"), ("fr", "en")),
    examples=(
        (
            "The writers lost the strike.",
            "Les writers ont perdu la grève.",
            "Possible word left untranslated: “writers”.",
        ),
        ("They love the buzz.", "Ils aiment le buzz.", ""),
    ),
)
def untranslated(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """One finding a run of such words."""
    ours = {word.text for word in pair.source_tokens}
    kept = {word.lower() for each in article.do_not_translate for word in each.split()}
    quotes = [each.span for each in quotations(pair.target) if each.complete]
    quoted = [
        span
        for span in quotes
        if span.of(pair.target).strip("“”«»\"'’‘ \u00a0\u202f,.") in pair.source
    ]
    run: list[Token] = []
    for word in [*pair.target_tokens, None]:
        if (
            word
            and word.text in ours
            and word.text.lower() not in kept
            and _stranger(word.text, pair)
        ):
            run.append(word)
        elif run:
            span = Span(run[0].start, run[-1].end)
            if not _in_a_name(run, pair):
                inside = any(
                    quote.start <= span.start and span.end <= quote.end for quote in quoted
                )
                yield _finding(pair, span, 0.3 if inside else min(0.9, 0.55 + 0.1 * len(run)))
            run = []


def _stranger(word: str, pair: Pair) -> bool:
    """A word in lower case, at home in the source's language alone."""
    return (
        word.islower()
        and word.isalpha()
        and len(word) > 2
        and _foreign(word, pair.source_language, pair.target_language)
    )


@lru_cache(maxsize=8192)
def _foreign(word: str, source: str, target: str) -> bool:
    if is_known(word, target):
        return False
    at_home = zipf_frequency(word, source)
    return at_home >= _COMMON and at_home - zipf_frequency(word, target) >= _STRANGER


def _in_a_name(run: list[Token], pair: Pair) -> bool:
    """Between capitals of the same name or title: Bank of America, “Back to the Future”; or in an address."""
    before = re.search(r"(\S+)(?:\s+[a-z]{1,3})*\s*$", pair.target[: run[0].start])
    after = re.match(r"\s*(\S+)", pair.target[run[-1].end :])
    glued = (
        pair.target[run[0].start - 1 : run[0].start] in (*"./@#-_’'",) if run[0].start else False
    )
    ours = {word.text for word in pair.source_tokens}
    sides = [side[1].strip("«»“”\"'()’,.;:!?") if side else "" for side in (before, after)]
    capital = [side[:1].isupper() and side in ours for side in sides]
    return (
        glued
        or all(capital)
        or (capital[0] and len(run) < 3)
        or pair.target[run[-1].end : run[-1].end + 1] in (*"/@_-",)
    )


def _finding(pair: Pair, span: Span, score: float) -> Finding:
    words = span.of(pair.target)
    at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", pair.source)
    message = _("Possible word left untranslated: “%(target)s”.")
    where = (Span(*at.span()),) if at else ()
    return Finding(
        "untranslated", "Untranslated", "major", score, message, {"target": words}, where, (span,)
    )
