"""A verb in the singular after a plural subject, or the other way round.

For example *les entreprises a annoncé*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from articles.checks.french.forms import verb_in_number
from articles.checks.french.phrases import (
    QUANTITY_NOUNS,
    chain_before,
    head_of,
    is_clause_start,
    may_be_nominal,
    noun_at,
)
from articles.checks.french.subjects import PARTICLES
from articles.checks.french.words import (
    NO_WORD,
    Traits,
    Word,
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
NO_NAME_ENDINGS = ("s", "x", "z", "’")
"""Endings of plurals, and of words that are cut: *Qu’avaient été*."""
RELATIVES = word_set("qui dont où")
"""Words that begin a clause between the subject and its verb."""
SENTENCE_MARKS = word_set(". ! ? … : ; « “")
"""Marks after which a sentence begins; after a comma a subject may be one of several."""


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
    named = {word.text for word in pair.source_tokens}
    for at in range(1, len(sentence)):
        if not _is_sure_verb(sentence, at):
            continue
        start = skip_back(sentence, at, PARTICLES)
        subject = (
            _pronoun_subject(sentence, start)
            or _noun_subject(sentence, start)
            or _name_subject(sentence, start, named)
            or _enclosed_subject(sentence, start, named)
        )
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
    if _is_participle_phrase(sentence, chain.start - 1):
        return _noun_subject(sentence, chain.start - 1)
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


def _is_participle_phrase(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a present participle at ``at`` completes the noun before it.

    For example *les personnes présentant des signes*; *en présentant* does not.
    """
    if at < 1 or not sentence[at].is_gerund:
        return False
    return may_be_nominal(sentence[at - 1]) and not sentence[at - 1].is_mark


def _name_subject(
    sentence: Sequence[Word], end: int, named: Collection[str]
) -> tuple[Word, str] | None:
    """Return the names before ``end`` that begin the sentence, as one subject in the singular.

    ``named`` are the words of the source, which has the names, too.
    """
    start = end
    while start and _is_name(sentence[start - 1], named):
        start -= 1
    if start == end or not _begins_sentence(sentence, start):
        return None
    return sentence[end - 1], "s"


def _is_name(word: Word, named: Collection[str]) -> bool:
    """Return whether it is a name that no reader takes for a plural: *Brentham*, not *Beatles*."""
    text = word.token.text
    if not word.is_capital:
        return False
    if word.readings:
        return False
    if text not in named:
        return False
    if text.isupper():
        return False
    return not word.lowered.endswith(NO_NAME_ENDINGS)


def _begins_sentence(sentence: Sequence[Word], at: int) -> bool:
    """Return whether ``at`` is the first word, or stands after a mark that ends no title (*M.*)."""
    if at == 0:
        return True
    if sentence[at - 1].lowered not in SENTENCE_MARKS:
        return False
    before = word_before(sentence, at - 1)
    return not before.is_capital


def _enclosed_subject(
    sentence: Sequence[Word], end: int, named: Collection[str]
) -> tuple[Word, str] | None:
    """Return the subject that begins the sentence, before a clause between two commas.

    For example *Brentham, qui a terminé septième, ont rejeté*.
    """
    closing = end - 1
    # Asked first: to look for the other comma from each word takes time with the square of a text.
    if sentence[closing].lowered != ",":
        return None
    opening = closing - 1
    while opening > 0 and not sentence[opening].is_mark:
        opening -= 1
    if opening < 1 or sentence[opening].lowered != ",":
        return None
    if sentence[opening + 1].lowered not in RELATIVES:
        return None
    if not _begins_sentence(sentence, chain_before(sentence, opening, wide=True).start):
        return None
    return _noun_subject(sentence, opening) or _name_subject(sentence, opening, named)


def _number(traits: Traits) -> str:
    """Return the number that all traits share, or ""."""
    numbers = {number for _gender, number in traits}
    return numbers.pop() if len(numbers) == 1 else ""


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
