"""A word written for another that sounds alike, recognised by the words beside it.

For example *il à mangé*, *au moment ou il*, *il ce passe*, *il avait jouer*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from articles.checks.french.words import Word, word_before, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SUBJECTS = word_set("il elle on ils elles")
SUBJECTS_OF_A = word_set("il on ils")
"""Pronouns before *a*, *ont* that can be nothing but the subject, as *elle* can: *à elle*."""
PLACES = word_set(
    "moment jour endroit lieu époque instant pays ville heure date année période région"
)
_ONLY_VERB = frozenset("V")
_ENDINGS = (("avoir", "er", "é"), ("pouvoir", "é", "er"), ("devoir", "é", "er"))
"""The verb before, the ending that cannot follow it, and the one that is meant."""
_WHATEVER = re.compile(
    r"\b(?:(quelque) soit (?:le|la|les|l[’'])|(quelques) soient (?:les))", re.IGNORECASE
)
_WHATEVER_MEANT = {1: "quel que", 2: "quels que"}


@check(
    id="french-homophones",
    type="Spelling",
    severity="minor",
    title=_("Word that sounds like another"),
    help=_(
        "A French word written for another that sounds the same: “il à dit” for “il a dit”, "
        "“ou” for “où”."
    ),
    languages=(("", "fr"),),
    examples=(
        ("He has eaten.", "Il à mangé.", "“à”: “a” meant?"),
        ("He is in Paris.", "Il est à Paris.", ""),
    ),
)
def homophones(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report small words, infinitives and participles where only their homophone can stand."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence) - 1):
        meant = _meant(sentence, at) or _meant_form(sentence, at)
        if meant:
            token = sentence[at].token
            yield _finding(token.text, meant, Span(token.start, token.end))
    for found in _WHATEVER.finditer(pair.target):
        group = found.lastindex or 1
        yield _finding(found.group(group), _WHATEVER_MEANT[group], Span(*found.span(group)))


def _finding(word: str, meant: str, span: Span) -> Finding:
    values = {"word": word, "meant": meant}
    return Finding(
        check="french-homophones",
        type="Spelling",
        severity="minor",
        score=0.8,
        message=_("“%(word)s”: “%(meant)s” meant?"),
        values=values,
        target_spans=(span,),
        remedy=((span, meant),),
    )


def _meant(sentence: Sequence[Word], at: int) -> str:
    """Return the word that should stand at ``at``, "" where nothing is certain."""
    word = sentence[at].lowered
    if word == "ou":
        return _meant_by_ou(sentence, at)
    if not _follows_subject(sentence, at):
        return ""
    before = sentence[at - 1]
    after = sentence[at + 1]
    if word == "à":
        return _meant_by_a(before, after)
    if not after.is_finite:
        return ""
    if word == "leurs":
        return "leur"
    if word == "ce" and "être" not in after.lemmas:
        return "se"
    return ""


def _meant_form(sentence: Sequence[Word], at: int) -> str:
    """Return the participle for an infinitive after *avoir*, the infinitive for a participle after
    *pouvoir* or *devoir*: *il avait jouer*, *il doit renforcé*."""
    word = sentence[at]
    verb = word_before(sentence, at)
    if word.kinds != _ONLY_VERB:
        return ""
    for lemma, ending, meant in _ENDINGS:
        if word.lowered.endswith(ending) and lemma in _finite_lemmas(verb):
            return word.token.text.removesuffix(ending) + meant
    return ""


def _finite_lemmas(verb: Word) -> frozenset[str]:
    """Return the verbs that the word may be a form of, none where it has no person.

    *Puis* is hardly ever a form of *pouvoir*.
    """
    is_verb = verb.is_finite and verb.lowered != "puis"
    return verb.lemmas if is_verb else frozenset()


def _meant_by_a(subject: Word, after: Word) -> str:
    """Return *a* if the *à* stands between a subject and a participle: *il à mangé*."""
    if subject.lowered not in SUBJECTS_OF_A:
        return ""
    if not after.participles:
        return ""
    return "a"


def _meant_by_ou(sentence: Sequence[Word], at: int) -> str:
    """Return *où* if the *ou* stands between a place or time and a clause: *au moment ou il*."""
    if sentence[at - 1].lowered not in PLACES:
        return ""
    if sentence[at + 1].lowered not in SUBJECTS:
        return ""
    article = word_before(sentence, at - 1)
    if article.lowered not in {"le", "la", "au", "l’"}:
        return ""
    return "où"


def _follows_subject(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a subject pronoun stands just before ``at``."""
    if sentence[at - 1].lowered not in SUBJECTS:
        return False
    ahead = word_before(sentence, at - 1)
    if ahead.lowered.endswith(("’", "-")):
        return False  # d’elles
    return not any(kind.startswith("PREP") for kind in ahead.kinds)  # avec elle
