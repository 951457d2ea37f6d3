"""A stray full stop that breaks one sentence in two, or a sentence without its capital."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_STOP = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{2,}+)(?P<quote>[ \u00a0\u202f]?[»”\"])?(?P<stop>\.)"
    r"(?P<gap>\s+)"
    r"(?P<next>(?:[ldjmtscnLDJMTSCN]|[Qq]u)[’'][^\W\d_]+|[^\W\d_]+)"
)
_ABBREVIATIONS = set(
    "mm mme mmes mlle dr me st ste etc cf av bd vol chap art fig ed éd env min max tél janv févr "
    "avr juil sept oct nov déc hab adj coll dir ex réf suiv vs mr mrs ms jr sr inc ltd corp co "
    "prof gen gov sen rep lt col sgt approx dept est jan feb mar apr jun jul aug sep dec no nos "
    "pp op cit al ie eg resp trad boul temp apr".split()
)
# A sentence rarely begins with these, so a full stop before one of them may be stray.
_JOINING = set(
    "mais et ou car que qui dont où puis donc tandis lorsque quand si comme dans de du des à au "
    "aux en pour par sur avec sans "
    "but and or because that which who whom whose while when where as in of to for by on with "
    "without from at into".split()
)
_BEFORE_LOWER_CASE = 0.85
"""The score of a full stop before a word in lower case: hardly any sentence begins with one."""
_BEFORE_CAPITAL = 0.4
"""The score of one before a joining word with a capital: many a sentence begins so for emphasis."""


@check(
    id="broken",
    type="Punctuation",
    severity="minor",
    title=_("Full stop or capital"),
    help=_(
        "A full stop before a word in lower case. Where the source’s sentence ends there, too, the "
        "capital is missing, else the stop is one too many."
    ),
    examples=(
        (
            "It has stirred concern all through Hollywood.",
            "Cela a suscité des inquiétudes. dans tout Hollywood.",
            "“inquiétudes. dans”: stray full stop?",
        ),
        (
            "No surrender. No challenge.",
            "Pas de reddition. pas de défi.",
            "“pas”: capital missing after a full stop?",
        ),
        (
            "He lives in Paris, Mr. Dupont said.",
            "Il vit à Paris, p. ex. dans le 15e, a dit M. Dupont.",
            "",
        ),
    ),
)
def broken(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report full stops before a word in lower case.

    A full stop before a capital is reported as unlikely, and only where the source has fewer
    sentences.
    """
    source_stops = _count_stops(pair.source)
    target_stops = _count_stops(pair.target)
    source_words = {word.text for word in pair.source_tokens}
    for match in _STOP.finditer(pair.target):
        following = match["next"]
        if match["word"].lower() in _ABBREVIATIONS:
            continue
        # A word that the source has too may be a name in lower case (iPhone).
        if following in source_words:
            continue
        if following[0].islower():
            yield _before_lower_case(match, ends_in_source=source_stops >= target_stops)
        elif _is_joining(following) and source_stops < target_stops:
            yield _finding(match, _BEFORE_CAPITAL)


def _before_lower_case(match: re.Match[str], *, ends_in_source: bool) -> Finding:
    """Return the finding of a full stop before a word in lower case.

    Where the source has the sentence's end, too, what is wrong is the next word's capital.
    """
    found = _finding(match, _BEFORE_LOWER_CASE)
    if not ends_in_source:
        start = match.start("word")
        without_stop = match.string[start : match.start("stop")]
        return replace(found, remedy=((Span(start, match.end("stop")), without_stop),))
    word = match["next"]
    place = Span(match.start("next"), match.end("next"))
    return replace(
        found,
        message=_("“%(word)s”: capital missing after a full stop?"),
        values={"word": word},
        target_spans=(place,),
        remedy=((place, word[0].upper() + word[1:]),),
    )


def _is_joining(word: str) -> bool:
    return word.split("’")[0].lower() in _JOINING


def _count_stops(text: str) -> int:
    return len(re.findall(r"[.!?…][»”\")]?(?=\s|$)", text))


def _finding(match: re.Match[str], score: float) -> Finding:
    return Finding(
        "broken",
        "Punctuation",
        "minor",
        score,
        _("“%(target)s”: stray full stop?"),
        {"target": f"{match['word']}. {match['next']}"},
        (),
        (Span(match.start("word"), match.end("next")),),
    )
