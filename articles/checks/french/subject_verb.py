"""A verb in the singular after a plural subject, or the other way round: *les entreprises a annoncé*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import (
    QUANTITY_NOUNS,
    Traits,
    Word,
    chain_before,
    head_of,
    is_clause_start,
    noun_at,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

PRONOUNS = {"il": "s", "elle": "s", "on": "s", "ils": "p", "elles": "p"}
OBJECT = word_set("d’ de à avec pour par sur en entre et ou ni chez sans contre vers")
"""Words after which *elle*, *elles* are no subject, or only one of several."""
COASTS = word_set("côte côtes région rive façade partie zone frontière nord sud flanc quart")
MODALS = word_set("devoir pouvoir vouloir aller savoir")
LEADING = word_set(
    """le la l’ les un une ce cet cette ces mon ma mes son sa ses notre nos votre vos leur leurs
    chaque aucun aucune plusieurs quelques certains certaines"""
)
TIMES = word_set(
    """jour jours semaine semaines mois an ans année années matin matins soir soirs soirée
    lendemain veille week-end heure heures moment moments instant lundi mardi mercredi jeudi
    vendredi samedi dimanche fois siècle nuit été hiver printemps automne période fin début"""
)
"""Nouns that open a sentence without being its subject: *Le lendemain sont arrivés les autres*."""


@check(
    id="french-subject-verb",
    type="Grammar",
    severity="minor",
    title=_("Verb that does not agree with its subject"),
    help=_(
        "A French verb in the singular after a plural subject, or in the plural after a singular one."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The companies have announced a rise.",
            "Les entreprises a annoncé une hausse.",
            "Possible fault: “a” does not agree with its subject “entreprises”.",
        ),
        ("Most people know.", "La plupart des gens savent.", ""),
    ),
)
def subject_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt each verb right after its subject, a pronoun or a noun with its complements, in the other number."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence)):
        verb = sentence[at]
        if (
            not verb.third_person_numbers
            or verb.is_capital
            or verb.participles
            or not _is_verb(verb)
        ):
            continue
        if verb.lowered == "a" and (
            at + 1 == len(sentence)
            or sentence[at + 1].is_mark
            or sentence[at + 1].lowered in {"et", "ou"}
        ):
            continue  # the letter
        if verb.lowered == "est" and sentence[at - 1].lowered in COASTS:
            continue  # the compass point
        start = at
        while start > 0 and sentence[start - 1].lowered in {"ne", "n’", "y"}:
            start -= 1
        subject = _pronoun(sentence, start) or _noun(sentence, start)
        if subject and subject[1] not in verb.third_person_numbers:
            yield _finding(verb, subject[0])


def _is_verb(word: Word) -> bool:
    """A form that is only a verb, or mostly one, like *doit*."""
    return all(each.kind == "V" for each in word.readings) or bool(word.lemmas & MODALS)


def _pronoun(sentence: Sequence[Word], end: int) -> tuple[Word, str] | None:
    """A subject pronoun just before ``end`` and its number."""
    word = sentence[end - 1]
    if end < 1 or word.lowered not in PRONOUNS:
        return None
    if end > 1 and (sentence[end - 2].is_mark or sentence[end - 2].lowered in OBJECT):
        return None
    return word, PRONOUNS[word.lowered]


def _noun(sentence: Sequence[Word], end: int) -> tuple[Word, str] | None:
    """A subject noun that begins its clause, with its complements up to ``end``, and its number."""
    chain = chain_before(sentence, end, wide=True)
    if chain.start == end or chain.is_joined or sentence[chain.start].lowered not in LEADING:
        return None
    at = head_of(sentence, chain.start, end)
    if (
        at is None
        or not is_clause_start(sentence, chain.start)
        or sentence[at].lowered in QUANTITY_NOUNS | TIMES
    ):
        return None
    number = _number(noun_at(sentence, at))
    return (sentence[at], number) if number else None


def _number(traits: Traits) -> str:
    """The number all traits share, or ""."""
    numbers = {number for _gender, number in traits}
    return numbers.pop() if len(numbers) == 1 else ""


def _finding(verb: Word, subject: Word) -> Finding:
    return Finding(
        check="french-subject-verb",
        type="Grammar",
        severity="minor",
        score=0.75,
        message=_("Possible fault: “%(verb)s” does not agree with its subject “%(subject)s”."),
        values={"verb": verb.token.text, "subject": subject.token.text},
        target_spans=(Span(verb.token.start, verb.token.end),),
    )
