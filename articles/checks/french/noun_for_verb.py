"""A noun where the sentence needs its verb: *Bloomberg rapports que* for *Bloomberg reports that*.

English *reports*, *notes*, *claims* are noun and verb in one; a machine that takes the noun leaves the French clause
without a verb, right before *que*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import (
    Word,
    chain_before,
    is_clause_start,
    is_noun_at,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SUBJECTS = word_set("il elle on ils elles cela ceci ça qui")
SAYING = word_set(
    """rapport rapports note notes annonce annonces réclamation réclamations revendication
    revendications affirmation affirmations état états estimation estimations spectacle
    spectacles espoir espoirs demande demandes promesse promesses crainte craintes peur peurs
    doute doutes signal signaux souhait souhaits vœu vœux pari paris rêve rêves constat constats
    plan plans avertissement avertissements suggestion suggestions argument arguments prétention
    prétentions déclaration déclarations ordre ordres preuve preuves réponse réponses engagement
    engagements"""
)
"""Nouns of what is said or thought, whose English word is also the verb that takes *that*."""


@check(
    id="french-noun-for-verb",
    type="Grammar",
    severity="major",
    title=_("Noun instead of a verb"),
    help=_(
        "A French clause in which a noun stands where its verb should be, such as “rapports que” for “rapporte que”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "Reuters reports that the bank is closing.",
            "Reuters rapports que la banque ferme.",
            "Possible fault: “rapports” is a noun, but a verb is needed before “que”.",
        ),
        ("The reports that you read are long.", "Les rapports que tu lis sont longs.", ""),
    ),
)
def noun_for_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt a noun that follows a name, a subject pronoun or a subject, and opens a clause with *que*."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence) - 2):
        word = sentence[at]
        if (
            sentence[at + 1].lowered in {"que", "qu’"}
            and _is_no_verb(word)
            and _follows_subject(sentence, at)
        ):
            yield Finding(
                check="french-noun-for-verb",
                type="Grammar",
                severity="major",
                score=0.85,
                message=_(
                    "Possible fault: “%(word)s” is a noun, but a verb is needed before “que”."
                ),
                values={"word": word.token.text},
                target_spans=(Span(word.token.start, word.token.end),),
            )


def _is_no_verb(word: Word) -> bool:
    """A noun in lower case that cannot be a verb in the third person, nor an adjective, adverb or grammar word."""
    kinds = {each.kind for each in word.readings}
    return (
        bool(word.nouns)
        and kinds <= {"N", "V"}
        and not word.third_person_numbers
        and not word.is_capital
        and not word.participles
    )


def _follows_subject(sentence: Sequence[Word], at: int) -> bool:
    """Whether what stands before the noun is a subject that waits for its verb."""
    before = sentence[at - 1]
    if before.lowered in SUBJECTS:
        return at == 1 or sentence[at - 2].lowered not in {
            "-",
            "d’",
            "de",
            "avec",
            "pour",
            "par",
            "sur",
            "chez",
            "sans",
        }
    if sentence[at].lowered not in SAYING:
        return False
    if _is_name(sentence, at - 1):
        start = at - 1
        while start > 0 and _is_name(sentence, start - 1):
            start -= 1
        start -= bool(start and sentence[start - 1].determiner)  # Le Guardian
        return is_clause_start(sentence, start) and not _has_verb(sentence, start, at)
    if not is_noun_at(sentence, at - 1) and not before.adjectives:
        return False
    chain = chain_before(sentence, at)
    first = sentence[chain.start]
    return bool(first.determiner) and is_clause_start(sentence, chain.start) and not chain.is_joined


def _is_name(sentence: Sequence[Word], at: int) -> bool:
    """A capitalised word that is no French grammar word at the beginning of the sentence."""
    word = sentence[at]
    return (
        word.token.kind == "word"
        and word.is_capital
        and not word.determiner
        and not word.is_infinitive
    )


def _has_verb(sentence: Sequence[Word], start: int, end: int) -> bool:
    return any(word.is_finite and not word.nouns and word.readings for word in sentence[start:end])
