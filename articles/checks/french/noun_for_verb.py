"""A noun where the sentence needs its verb: *Bloomberg rapports que* for *Bloomberg reports that*.

English *reports*, *notes*, *claims* are noun and verb in one; a machine that chooses the noun
leaves the French clause without a verb, right before *que*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.lexicon import readings
from articles.checks.french.phrases import QUE, chain_before, is_clause_start, is_noun_at
from articles.checks.french.words import Word, word_before, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, Remedy, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SUBJECTS = word_set("il elle on ils elles cela ceci ça qui")
OBJECT_CONTEXTS = word_set("- d’ de avec pour par sur chez sans")
"""Words after which a pronoun is no subject."""
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
        "A French clause in which a noun stands where its verb should be, "
        "such as “rapports que” for “rapporte que”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "Reuters reports that the bank is closing.",
            "Reuters rapports que la banque ferme.",
            "“rapports que”: a noun instead of a verb?",
        ),
        ("The reports that you read are long.", "Les rapports que tu lis sont longs.", ""),
    ),
)
def noun_for_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report a noun before *que* that follows a name, a subject pronoun or a subject."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence) - 2):
        if sentence[at + 1].lowered not in QUE:
            continue
        word = sentence[at]
        if not _is_no_verb(word):
            continue
        if _follows_subject(sentence, at):
            yield _finding(word)


def _finding(word: Word) -> Finding:
    values = {"word": word.token.text}
    span = Span(word.token.start, word.token.end)
    return Finding(
        check="french-noun-for-verb",
        type="Grammar",
        severity="major",
        score=0.85,
        message=_("“%(word)s que”: a noun instead of a verb?"),
        values=values,
        target_spans=(span,),
        remedy=_remedy(word, span),
    )


def _remedy(word: Word, span: Span) -> Remedy:
    """Return the verb of the noun in the present: *rapports* → *rapporte*."""
    noun = word.lowered.removesuffix("s")
    for form in (noun + "e", noun.removesuffix("ation") + "e"):
        for reading in readings(form):
            if (reading.kind, reading.tense, reading.person) == ("V", "P", "3"):
                return ((span, form),)
    return ()


def _is_no_verb(word: Word) -> bool:
    """Return whether the word is a noun in lower case that cannot be a verb in the third person.

    It cannot be an adjective, adverb or grammar word either.
    """
    if not word.nouns:
        return False
    if word.is_capital:
        return False
    if word.third_person_numbers:
        return False
    if word.participles:
        return False
    return word.kinds <= {"N", "V"}


def _follows_subject(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a subject that waits for its verb stands before the noun."""
    before = sentence[at - 1]
    if before.lowered in SUBJECTS:
        return word_before(sentence, at - 1).lowered not in OBJECT_CONTEXTS
    if sentence[at].lowered not in SAYING:
        return False
    if _is_name(before):
        return _follows_name(sentence, at)
    if not is_noun_at(sentence, at - 1) and not before.adjectives:
        return False
    chain = chain_before(sentence, at)
    if chain.is_joined:
        return False
    if not sentence[chain.start].determiner:
        return False
    return is_clause_start(sentence, chain.start)


def _follows_name(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the name before ``at`` begins a clause that has no verb yet."""
    start = at - 1
    while start > 0 and _is_name(sentence[start - 1]):
        start -= 1
    if word_before(sentence, start).determiner:
        start -= 1  # Le Guardian
    if not is_clause_start(sentence, start):
        return False
    between = sentence[start:at]
    return not any(map(_is_plain_verb, between))


def _is_name(word: Word) -> bool:
    """Return whether the word is capitalised and no French grammar word or infinitive."""
    if word.token.kind != "word":
        return False
    if not word.is_capital:
        return False
    if word.determiner:
        return False
    return not word.is_infinitive


def _is_plain_verb(word: Word) -> bool:
    if word.nouns:
        return False
    return word.is_finite
