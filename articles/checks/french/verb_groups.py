"""The tense of a French verb in its sentence: *a publié*, *avait dû mettre*, *publiera*."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from articles.checks.french.phrases import CLITICS
from articles.checks.french.words import Word, word_set
from articles.text.document import Span

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
_VERB_REACH = 3
"""Words from a participle, infinitive or noun back to its verb: *suis d’accord*."""
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
    auxiliary = past_auxiliary(sentence, at)
    return PAST if auxiliary else ""


def past_auxiliary(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the *avoir* or *être* that puts the verb at ``at`` in the past, or None."""
    verb = sentence[at]
    if not (verb.is_infinitive or verb.participles):
        return None
    first = max(0, at - _REACH)
    before = sentence[first:at]
    return _auxiliary_in(before, verb)


def _auxiliary_in(before: Sequence[Word], verb: Word) -> Word | None:
    """Return which of these words before the verb puts it in the past.

    Where the verb is an infinitive, a participle stands between.
    """
    participles = set(verb.lemmas) if verb.participles else set()
    for word in reversed(before):
        if word.lowered in _PAST_AUXILIARIES:
            return word if participles else None
        if word.lowered in _BEING:
            has_being = not participles.isdisjoint(_WITH_BEING)
            is_past = has_being or _is_reflexive(before)
            return word if is_past else None
        if word.participles:
            participles |= word.lemmas
            continue
        is_small = word.lowered in _BETWEEN
        may_stand_between = word.is_adverb | is_small
        if not may_stand_between:
            break
    return None


def _is_reflexive(before: Sequence[Word]) -> bool:
    """Return whether *se* stands before the auxiliary: *se sont retrouvées*."""
    return any(word.lowered in ("se", "s’") for word in before)


def has_tense(sentence: Sequence[Word], tenses: frozenset[str]) -> bool:
    """Return whether any verb of the sentence may have one of DELA's ``tenses``."""
    found = chain.from_iterable(word.readings for word in sentence)
    return not tenses.isdisjoint(reading.tense for reading in found)


def verb_group_at(sentence: Sequence[Word], places: Collection[int]) -> tuple[Span, ...]:
    """Return the first word that begins at one of the places, with its auxiliary: *a exclu*.

    A noun or an infinitive has the verb before it, too: *suis d’accord*, *peuvent payer*.
    """
    starts = [word.token.start for word in sentence]
    found = sorted(set(places).intersection(starts))
    if not found:
        return ()
    at = starts.index(found[0])
    first = past_auxiliary(sentence, at) or _finite_before(sentence, at)
    start = first.token.start
    end = sentence[at].token.end
    return (Span(start, end),)


def _finite_before(sentence: Sequence[Word], at: int) -> Word:
    """Return the word with a person that the word at ``at`` belongs to: *peuvent* payer.

    It is that word itself where it has one, or where none stands close before it.
    """
    word = sentence[at]
    first = max(0, at - _VERB_REACH)
    before = sentence[first:at]
    for other in reversed(before):
        if word.is_finite or other.is_mark:
            break
        if other.is_finite:
            return other
    return word
