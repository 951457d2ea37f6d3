"""Words doubled in a row: one word, two of one family, an auxiliary around its adverb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simplemma import lemmatize

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

# Rightly doubled: nous nous lavons, vous vous, "had had", "that that", bon bon…
_MAY_DOUBLE = {
    "fr": set(
        "nous vous très bla oui non ha hé ho tic tac chut vite tout toute si peu là la en bon bora "
        "blanc".split()
    ),
    "en": set("had that very so no yes ha bye blah really".split()),
    # A relative pronoun before an article: die Frau, die die Tür öffnete.
    "de": set("die das der den dem sie ja nein so".split()),
    "es": set("muy sí no ja bla casi".split()),
}
_AND = {"fr": {"et"}, "en": {"and"}, "es": {"y"}, "de": {"und"}, "it": {"e"}}
_ALL_ANDS = frozenset().union(*_AND.values())
# Words that are repeated around "et" on purpose: plus et plus, tant et tant.
_AND_ON_PURPOSE = set(
    "tant encore plus maint mainte maints maintes deux un une jour jours fois bel".split()
)
_AUXILIARIES = {
    "fr": [
        set("a ont ai as avons avez avait avaient avais aura auront aurait auraient ayant".split()),
        set("est sont suis es sommes êtes était étaient sera seront serait seraient".split()),
    ]
}
_ADVERB = re.compile(
    r".{3,}ment|toujours|jamais|souvent|déjà|encore|aussi|bien|pas|plus|donc|ainsi|depuis|longtemps"
    r"|parfois|enfin"
)
_PARTICIPLE = re.compile(
    r".*(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|ertes)"
)
_DOUBLED_IN_SOURCE = re.compile(
    r"\b([^\W\d_]{2,})(?:,? (?:and|et|by|after|to|par|pour|upon) | |-|, )\1\b", re.I
)


@check(
    id="doubled",
    type="Grammar",
    severity="minor",
    title=_("Repeated word"),
    help=_(
        "A word, or a word of the same family, stands twice in a row; or an auxiliary stands "
        "before and after its adverb."
    ),
    examples=(
        (
            "A big, bright, shining star.",
            "Une étoile brillante et brillante.",
            "“brillante et brillante”: word repeated?",
        ),
        (
            "It has always sought help.",
            "Elle a toujours a cherché de l’aide.",
            "“a toujours a”: word repeated?",
        ),
        ("We washed.", "Nous nous sommes lavés.", ""),
    ),
)
def doubled(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report doubled words of the target, unless the source doubles a word too."""
    if _DOUBLED_IN_SOURCE.search(pair.source):
        return
    words = pair.target_tokens
    for at, first in enumerate(words):
        for end, score in _repetitions(words, at, pair.target_language):
            yield _finding(pair, Span(first.start, words[end].end), score)


def _repetitions(words: list[Token], at: int, language: str) -> Iterator[tuple[int, float]]:
    """Yield the last word and the score of each repetition that starts at word ``at``."""
    first = words[at]
    if first.kind != "word" or len(words) < at + 2:
        return
    second = words[at + 1]
    if _is_repeated(first, second, language):
        yield at + 1, 0.9
    elif len(words) > at + 2 and second.text.lower() in _AND.get(language, ()):
        if _are_one_family(first, words[at + 2], language):
            yield at + 2, 0.85
    elif language in _AUXILIARIES:
        yield from _doubled_auxiliaries(words, at, language)


def _is_repeated(first: Token, second: Token, language: str) -> bool:
    """Return whether ``second`` repeats ``first``; a capital would start a name or a sentence."""
    word = first.text.lower()
    if second.text.lower() != word:
        return False
    if word in _MAY_DOUBLE.get(language, ()) or first.text == "Est":
        return False
    return second.text[0].islower()


def _are_one_family(first: Token, second: Token, language: str) -> bool:
    """Return whether two words are the same, or forms of one word with the same ending.

    Other endings are left alone: in "nouveau et nouvelle" both genders are meant.
    """
    left = first.text.lower()
    right = second.text.lower()
    if second.kind != "word" or len(first.text) < 4:
        return False
    if left in _AND_ON_PURPOSE:
        return False
    if left == right:
        return True
    if lemmatize(left, language) != lemmatize(right, language):
        return False
    return first.text[-2:] == second.text[-2:]


def _doubled_auxiliaries(words: list[Token], at: int, language: str) -> Iterator[tuple[int, float]]:
    """Yield an auxiliary that is repeated after one or two adverbs: "a perpétuellement a cherché".

    A participle must follow.
    """
    lower = [word.text.lower() for word in words[at : at + 5]]
    for forms in _AUXILIARIES[language]:
        if lower[0] not in forms:
            continue
        for gap in (1, 2):
            if _is_doubled_auxiliary(lower, gap):
                yield at + gap + 1, 0.9


def _is_doubled_auxiliary(lower: list[str], gap: int) -> bool:
    """Return whether the first word stands again after ``gap`` adverbs and before a participle."""
    again = gap + 1
    if len(lower) <= again + 1:
        return False
    if lower[again] != lower[0]:
        return False
    if not all(_ADVERB.fullmatch(word) for word in lower[1:again]):
        return False
    return bool(_PARTICIPLE.fullmatch(lower[again + 1]))


def _finding(pair: Pair, span: Span, score: float) -> Finding:
    return Finding(
        "doubled",
        "Grammar",
        "minor",
        score,
        _("“%(target)s”: word repeated?"),
        {"target": span.of(pair.target)},
        (),
        (span,),
        remedy=((span, _once(span.of(pair.target))),),
    )


def _once(words: str) -> str:
    """Return the words without the repetition: the last one, or the auxiliary, goes."""
    first, _blank, rest = words.partition(" ")
    middle, _blank, _last = rest.rpartition(" ")
    if middle and middle.lower() not in _ALL_ANDS:
        return f"{first} {middle}"  # a toujours a cherché
    return first
