"""A sentence that starts in lower case: its beginning may be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simplemma import is_known

from articles.checks.counterparts import are_in_one_place
from articles.checks.registry import ArticleFacts, Finding, Pair, Remedy, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_FIRST = re.compile(r"[\s«»“”\"‘’'(\[–—•*-]*(?P<word>[^\W_]+(?:[’'-][^\W_]+)*)")
# The text before ends without a full stop, so that the sentence goes on.
_GOES_ON = re.compile(r"(?:[^.!?…»”\"]|[,;:—–][»”\"]?|[,;:—–]\s[»”\"]|\.\.\.|…)$")


_END = 4
"""Characters at the end of a text that say whether its sentence goes on."""
_BEGINNING = 4
"""Words at the beginning of the source of which the first of the target must translate one."""


@check(
    id="lowercase",
    type="Spelling",
    severity="minor",
    title=_("Starts in lower case"),
    help=_(
        "The translation starts in lower case, the source does not. Often the first words were "
        "lost."
    ),
    examples=(
        (
            "The report notes it.",
            "le rapport le note.",
            "“le” starts in lower case: beginning lost?",
        ),
        ("iPhone sales fell.", "iPhone : les ventes baissent.", ""),
    ),
)
def lowercase(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the target's first word when it is in lower case and the source's is not."""
    source = _FIRST.match(pair.source)
    target = _FIRST.match(pair.target)
    if not target:
        return
    word = target["word"]
    if not word[0].islower():
        return
    if source and not source["word"][0].isupper():
        return
    if source and _is_kept(word, pair):
        return
    if word[1:].lower() != word[1:]:  # iPhone, eBay, d’Artagnan
        return
    if _continues_previous(pair):
        return
    span = Span(target.start("word"), target.end("word"))
    yield Finding(
        "lowercase",
        "Spelling",
        "minor",
        0.85 if source else 0.6,
        _("“%(target)s” starts in lower case: beginning lost?"),
        {"target": word},
        (),
        (span,),
        remedy=_remedy(pair, span, word),
    )


def _remedy(pair: Pair, span: Span, word: str) -> Remedy:
    """Return the word with a capital, if it translates the beginning of the source.

    Else the first words may be lost, and a capital would hide that.
    """
    beginning = pair.source_tokens[:_BEGINNING]
    if not beginning:
        return ()
    place = Span(0, beginning[-1].end)
    # Of "l’idée" the article alone may be linked, or the noun alone.
    if not are_in_one_place(pair, place, span):
        return ()
    return ((span, word[0].upper() + word[1:]),)


def _is_kept(word: str, pair: Pair) -> bool:
    """Return whether ``word`` is a brand or a foreign word that the source has too."""
    if word not in {each.text for each in pair.source_tokens}:
        return False
    if pair.target_language not in ("en", "fr"):
        return True
    return not is_known(word, pair.target_language)


def _continues_previous(pair: Pair) -> bool:
    """Return whether the segment continues the sentence of the previous one, in both languages."""
    source, target = pair.previous
    if not target:
        return False
    if not _goes_on(target):
        return False
    if not source:
        return True
    return _goes_on(source)


def _goes_on(text: str) -> bool:
    """Return whether the text ends within a sentence."""
    return _GOES_ON.search(text.rstrip()[-_END:]) is not None
