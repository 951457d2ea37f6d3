"""A small word that must lose its vowel before the next: *que il*, *le entreprise*, *de autres*."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from articles.checks.french.phrases import Word, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

ELIDED = {
    "que": "qu’",
    "le": "l’",
    "la": "l’",
    "de": "d’",
    "je": "j’",
    "ne": "n’",
    "se": "s’",
    "me": "m’",
    "te": "t’",
}
VOWELS = frozenset("aàâeéèêëiîïoôuùû")
UNELIDED = word_set(
    """onze onzième onzièmes oui ouistiti ouistitis ouate uhlan uhlans un une est a à et ou où
    au aux en y"""
)
"""Words that begin with a vowel and yet ask for no elision, or that may be a letter, a number or a compass point."""
SURE = word_set("il elle ils elles on un une en est y")
"""Words before which *que*, *ne*, *se*, *je* are always elided."""


@check(
    id="french-elision",
    type="Spelling",
    severity="minor",
    title=_("Missing elision"),
    help=_(
        "A French word such as “que”, “le” or “de” written in full before a vowel: “que il” for “qu’il”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "I think he is coming.",
            "Je crois que il vient.",
            "Possible fault: “que” is written “qu’” before “il”.",
        ),
        ("The oui wins.", "Le oui gagne.", ""),
    ),
)
def elision(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt each small word in full before a word in lower case that begins with a vowel."""
    del article
    sentence = words(pair.target_tokens)
    for word, following in pairwise(sentence):
        inverted = pair.target[: word.token.start].endswith(("-", "‑"))  # demandai-je
        if word.lowered in ELIDED and not inverted and _is_vowel_start(word, following):
            yield Finding(
                check="french-elision",
                type="Spelling",
                severity="minor",
                score=0.85,
                message=_(
                    "Possible fault: “%(word)s” is written “%(short)s” before “%(following)s”."
                ),
                values={
                    "word": word.token.text,
                    "short": ELIDED[word.lowered],
                    "following": following.token.text,
                },
                target_spans=(Span(word.token.start, following.token.end),),
            )


def _is_vowel_start(word: Word, following: Word) -> bool:
    if (
        following.lowered[0] not in VOWELS | {"y"}
        or following.token.text != following.lowered
        or not following.readings
    ):
        return False
    if word.lowered not in {"le", "la", "de"} and following.lowered in SURE:
        return True
    return (
        len(following.lowered) > 2
        and following.lowered[0] != "y"
        and following.lowered not in UNELIDED
        and "." not in following.lowered
    )
