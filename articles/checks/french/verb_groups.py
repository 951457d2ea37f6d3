"""The tense of a French verb in its sentence: *a publié*, *avait dû mettre*, *publiera*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from articles.checks.french.phrases import CLITICS, Word, word_set

PAST = "past"
FUTURE = "future"
CONDITIONAL = "conditional"

_PAST_AUXILIARIES = word_set("a ai as avons avez ont avait avaient avais")
_BEING = word_set("est sont était étaient suis sommes êtes")
_WITH_BEING = word_set(
    "aller venir revenir devenir partir arriver rester tomber naître mourir entrer sortir rentrer "
    "retourner"
)
"""Verbs whose past has *être*."""
_BETWEEN = CLITICS | word_set("été pas plus jamais déjà tous toutes bien aussi également encore")
"""Words between an auxiliary and its participle."""
_REACH = 5
"""The most words from a verb back to its auxiliary."""
_TENSES = {"F": FUTURE, "C": CONDITIONAL}


def tense_of(sentence: Sequence[Word], at: int) -> str:
    """Return the tense of the verb at ``at``: PAST with an auxiliary, FUTURE, CONDITIONAL, else "".

    An infinitive has that of the verb before it: *a dû mettre* is PAST. What may be something else
    has none.
    """
    word = sentence[at]
    own = {reading.tense for reading in word.readings}
    for letter, tense in _TENSES.items():
        if own == {letter}:
            return tense
    is_governed = word.is_infinitive or bool(word.participles)
    before = sentence[max(0, at - _REACH) : at]
    if is_governed and _has_past_auxiliary(before, word):
        return PAST
    return ""


def _has_past_auxiliary(before: Sequence[Word], verb: Word) -> bool:
    """Return whether *avoir* or *être* governs the verb after these words in the past.

    Where the verb is an infinitive, a participle stands between.
    """
    participles = {lemma for lemma in verb.lemmas if verb.participles}
    for word in reversed(before):
        if word.lowered in _PAST_AUXILIARIES:
            return bool(participles)
        if word.lowered in _BEING:
            return not participles.isdisjoint(_WITH_BEING) or _is_reflexive(before)
        if word.participles:
            participles |= word.lemmas
        may_stand_between = bool(word.participles) | word.is_adverb | (word.lowered in _BETWEEN)
        if not may_stand_between:
            break
    return False


def _is_reflexive(before: Sequence[Word]) -> bool:
    """Return whether *se* stands before the auxiliary: *se sont retrouvées*."""
    return any(word.lowered in ("se", "s’") for word in before)


def has_tense(sentence: Sequence[Word], tenses: frozenset[str]) -> bool:
    """Return whether any verb of the sentence may have one of DELA's ``tenses``."""
    found = chain.from_iterable(word.readings for word in sentence)
    return not tenses.isdisjoint(reading.tense for reading in found)
