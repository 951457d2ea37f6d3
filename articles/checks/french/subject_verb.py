"""A verb in the singular after a plural subject, or the other way round.

For example *les entreprises a annoncé*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.forms import verb_in_number
from articles.checks.french.phrases import (
    NO_WORD,
    QUANTITY_NOUNS,
    Traits,
    Word,
    chain_before,
    head_of,
    is_clause_start,
    noun_at,
    skip_back,
    word_after,
    word_before,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

PRONOUNS = {"il": "s", "elle": "s", "on": "s", "ils": "p", "elles": "p"}
BEFORE_NO_SUBJECT = word_set("d’ de à avec pour par sur en entre et ou ni chez sans contre vers")
"""Words after which *elle*, *elles* are no subject, or only one of several."""
BEFORE_EAST = word_set(
    "côte côtes région rive façade partie zone frontière nord sud flanc quart l’ d’"
)
"""Words after which *est* is the point of the compass: *la côte est*."""
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
NO_SUBJECTS = QUANTITY_NOUNS | TIMES
CLITICS = word_set("ne n’ y")
"""Words between a subject and its verb."""


@check(
    id="french-subject-verb",
    type="Grammar",
    severity="minor",
    title=_("Verb that does not agree with its subject"),
    help=_(
        "A French verb in the singular after a plural subject, or in the plural after a "
        "singular one."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The companies have announced a rise.",
            "Les entreprises a annoncé une hausse.",
            "“a” does not agree with “entreprises”?",
        ),
        ("Most people know.", "La plupart des gens savent.", ""),
    ),
)
def subject_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each verb right after its subject in the other number.

    The subject is a pronoun, or a noun with its complements.
    """
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence)):
        if not _is_sure_verb(sentence, at):
            continue
        start = skip_back(sentence, at, CLITICS)
        subject = _pronoun_subject(sentence, start) or _noun_subject(sentence, start)
        if subject is None:
            continue
        word, number = subject
        verb = sentence[at]
        if number not in verb.third_person_numbers:
            yield _finding(verb, word, number)


def _is_sure_verb(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` is a verb in the third person, and nothing else there."""
    verb = sentence[at]
    if not verb.third_person_numbers:
        return False
    if verb.is_capital:
        return False
    if verb.participles:
        return False
    if verb.lowered == "a" and _is_letter(word_after(sentence, at)):
        return False
    if verb.lowered == "est" and sentence[at - 1].lowered in BEFORE_EAST:
        return False  # the compass point
    if verb.kinds == {"V"}:
        return True
    return bool(verb.lemmas & MODALS)


def _is_letter(after: Word) -> bool:
    """Return whether *a* is the letter, judged by the word after it."""
    if after is NO_WORD:
        return True
    if after.is_mark:
        return True
    return after.lowered in {"et", "ou"}


def _pronoun_subject(sentence: Sequence[Word], end: int) -> tuple[Word, str] | None:
    """Return the subject pronoun just before ``end`` and its number."""
    word = word_before(sentence, end)
    if word.lowered not in PRONOUNS:
        return None
    ahead = word_before(sentence, end - 1)
    if ahead.is_mark:
        return None
    if ahead.lowered in BEFORE_NO_SUBJECT:
        return None
    return word, PRONOUNS[word.lowered]


def _noun_subject(sentence: Sequence[Word], end: int) -> tuple[Word, str] | None:
    """Return the noun that begins its clause as a subject, and its number.

    Its complements reach up to ``end``.
    """
    chain = chain_before(sentence, end, wide=True)
    if chain.start == end:
        return None
    if chain.is_joined:
        return None
    if sentence[chain.start].lowered not in LEADING:
        return None
    at = head_of(sentence, chain.start, end)
    if at is None:
        return None
    if not is_clause_start(sentence, chain.start):
        return None
    if sentence[at].lowered in NO_SUBJECTS:
        return None
    number = _number(noun_at(sentence, at))
    if not number:
        return None
    return sentence[at], number


def _number(traits: Traits) -> str:
    """Return the number that all traits share, or ""."""
    numbers = {number for _gender, number in traits}
    if not numbers:
        return ""
    first = numbers.pop()
    if numbers:
        return ""
    return first


def _finding(verb: Word, subject: Word, number: str) -> Finding:
    form = verb_in_number(verb, number)
    values = {"verb": verb.token.text, "subject": subject.token.text}
    span = Span(verb.token.start, verb.token.end)
    return Finding(
        check="french-subject-verb",
        type="Grammar",
        severity="minor",
        score=0.75,
        message=_("“%(verb)s” does not agree with “%(subject)s”?"),
        values=values,
        target_spans=(span,),
        remedy=((span, form),) if form else (),
    )
