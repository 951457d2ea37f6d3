"""Words said twice in a row: the same word, two words of one family, an auxiliary before and after its adverb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simplemma import lemmatize

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

# Rightly said twice: nous nous lavons, vous vous, "had had", "that that", bon bon…
_MAY_DOUBLE = {
    "fr": set(
        "nous vous très bla oui non ha hé ho tic tac chut vite tout toute si peu la en bon bora blanc".split()
    ),
    "en": set("had that very so no yes ha bye blah really".split()),
}
_AND = {"fr": {"et"}, "en": {"and"}, "es": {"y"}, "de": {"und"}, "it": {"e"}}
# et de plus en plus, de mieux en mieux are other words' business; these pairs are said with "et" on purpose
_AND_ON_PURPOSE = {
    "tant",
    "encore",
    "plus",
    "maint",
    "mainte",
    "maints",
    "maintes",
    "deux",
    "un",
    "une",
    "jour",
    "jours",
    "fois",
    "bel",
}
_AUXILIARIES = {
    "fr": [
        {
            "a",
            "ont",
            "ai",
            "as",
            "avons",
            "avez",
            "avait",
            "avaient",
            "avais",
            "aura",
            "auront",
            "aurait",
            "auraient",
            "ayant",
        },
        {
            "est",
            "sont",
            "suis",
            "es",
            "sommes",
            "êtes",
            "était",
            "étaient",
            "sera",
            "seront",
            "serait",
            "seraient",
        },
    ]
}


@check(
    id="doubled",
    type="Grammar",
    severity="minor",
    title=_("Doubled word"),
    help=_(
        "A word, or a word of the same family, stands twice in a row; or an auxiliary stands before and after its "
        "adverb."
    ),
    examples=(
        (
            "A big, bright, shining star.",
            "Une étoile brillante et brillante.",
            "Possible doubled word: “brillante et brillante”.",
        ),
        (
            "It has always sought help.",
            "Elle a toujours a cherché de l’aide.",
            "Possible doubled word: “a toujours a”.",
        ),
        ("We washed.", "Nous nous sommes lavés.", ""),
    ),
)
def doubled(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Doubled words of the target; what the source says twice may be said twice."""
    language, words = pair.target_language, pair.target_tokens
    if _SAID_TWICE.search(pair.source):
        return
    for at, first in enumerate(words):
        for end, score in _repeats(words, at, language):
            yield _finding(pair, Span(first.start, words[end].end), score)


def _repeats(words: list[Token], at: int, language: str) -> Iterator[tuple[int, float]]:
    """Where a repetition that starts at word ``at`` ends, and how sure it is one."""
    first = words[at]
    if first.kind != "word" or len(words) < at + 2:
        return
    second = words[at + 1]
    same = second.text.lower() == first.text.lower()
    if (
        same
        and first.text.lower() not in _MAY_DOUBLE.get(language, ())
        and second.text[0].islower()
    ):
        yield at + 1, 0.9
    elif len(words) > at + 2 and second.text.lower() in _AND.get(language, ()):
        if _one_family(first, words[at + 2], language):
            yield at + 2, 0.85
    elif language in _AUXILIARIES:
        yield from _doubled_auxiliary(words, at)


def _one_family(first: Token, second: Token, language: str) -> bool:
    if second.kind != "word" or first.text.lower() in _AND_ON_PURPOSE or len(first.text) < 4:
        return False
    if first.text.lower() == second.text.lower():
        return True
    # nouveau et nouvelle, tous et toutes: both sexes are meant
    same = lemmatize(first.text.lower(), language) == lemmatize(second.text.lower(), language)
    return same and first.text[-2:] == second.text[-2:]


def _doubled_auxiliary(words: list[Token], at: int) -> Iterator[tuple[int, float]]:
    """ "a perpétuellement a cherché": the auxiliary, one or two adverbs, the auxiliary again, a participle."""
    for forms in _AUXILIARIES["fr"]:
        if words[at].text.lower() not in forms:
            continue
        for gap in (1, 2):
            end = at + gap + 1
            between = [each.text.lower() for each in words[at + 1 : end]]
            if (
                len(words) > end + 1
                and words[end].text.lower() == words[at].text.lower()
                and all(_ADVERB.fullmatch(word) for word in between)
                and _PARTICIPLE.fullmatch(words[end + 1].text.lower())
            ):
                yield end, 0.9


_ADVERB = re.compile(
    r".{3,}ment|toujours|jamais|souvent|déjà|encore|aussi|bien|pas|plus|donc|ainsi|depuis|longtemps|parfois|enfin"
)
_PARTICIPLE = re.compile(
    r".*(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|ertes)"
)


_SAID_TWICE = re.compile(
    r"\b([^\W\d_]{2,})(?:,? (?:and|et|by|after|to|par|pour|upon) | |-|, )\1\b", re.I
)


def _finding(pair: Pair, span: Span, score: float) -> Finding:
    words = span.of(pair.target)
    return Finding(
        "doubled",
        "Grammar",
        "minor",
        score,
        _("Possible doubled word: “%(target)s”."),
        {"target": words},
        (),
        (span,),
    )
