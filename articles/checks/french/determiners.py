"""An article or other determiner that does not agree with its noun.

For example *les rapport*, *le société*, *une problème*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from articles.checks.french.forms import agreeing_form, plural_noun
from articles.checks.french.person_gender import other_gender
from articles.checks.french.phrases import PRENOMINAL_ADJECTIVES, PRONOUN_ARTICLES
from articles.checks.french.words import (
    DETERMINERS,
    FS,
    MS,
    PLURAL,
    SINGULAR,
    Traits,
    Word,
    word_after,
    word_before,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, Remedy, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

NOT_RULING = word_set("certain certaine quel quelle quels quelles maint deux trois ses tes")
"""Determiners that may be something else before a form that is only a noun, or stand before two
nouns in the singular: *ses père et mère*."""
RULING = {word: traits for word, traits in DETERMINERS.items() if word not in NOT_RULING}
OTHER_GENDER = {
    "le": "la",
    "un": "une",
    "ce": "cette",
    "cet": "cette",
    "aucun": "aucune",
    "du": "de la",
    "au": "à la",
    "la": "le",
    "une": "un",
    "cette": "ce",
    "ma": "mon",
    "ta": "ton",
    "sa": "son",
    "aucune": "aucun",
}
BEFORE_VOWEL = {
    "le": "l’",
    "la": "l’",
    "de la": "de l’",
    "à la": "à l’",
    "ce": "cet ",
}
VOWELS = frozenset("aeiouéèêàâîôœ")
PERSONS = word_set(
    """professeur auteur docteur ingénieur procureur gouverneur successeur défenseur
    prédécesseur vainqueur sculpteur chauffeur pasteur facteur metteur censeur assesseur recteur
    proviseur sénateur ambassadeur agresseur imposteur possesseur penseur maire juge médecin
    écrivain témoin poète peintre ministre philosophe chef magistrat préfet député adjoint
    chancelier consul colonel général lieutenant capitaine commandant sergent caporal soldat
    officier policier matelot marin pilote guide mannequin bandit assassin tyran voyou génie
    forçat escroc chauffard évêque prêtre rabbin pompier chirurgien plombier maçon charpentier
    bâtonnier greffier doyen principal académicien apprenti architecte cadre clown coach manager
    monarque leader fan reporter designer star agent détective avocat ange bébé amateur jockey
    joker milieu arrière gardien"""
)
"""Masculine nouns of persons, which *la*, *une* may make a woman's: *la maire*."""
LOOSE = word_set(
    """mi après demi ex vice anti non deux trois fois plus moins tour manche guide page poste
    livre voile vase mode garde enseigne critique aide cache crêpe finale foudre geste greffe
    hymne interligne laque merci moule mousse œuvre office oeuvre ombre orge pendule poêle
    relâche solde somme statuaire trompette vapeur délice orgue amour gens chose après-midi
    parallèle personne rien point peu beaucoup tant assez trop euro euros un une uns unes pub
    mail mails covid"""
)
"""Nouns whose gender or number changes with their sense, or that the dictionary knows by half."""
TENS = word_set("vingt trente quarante cinquante soixante septante nonante")
"""Numerals that *et un* completes."""


@check(
    id="french-determiner",
    type="Grammar",
    severity="minor",
    title=_("Determiner that does not agree"),
    help=_(
        "A French article or determiner whose gender or number is not that of its noun: "
        "“les rapport”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The company is growing.",
            "Le société grandit.",
            "“Le” does not agree with “société”?",
        ),
        ("The company is growing.", "La société grandit.", ""),
    ),
)
def determiners(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each determiner right before a form that is only a noun and agrees otherwise.

    A noun that the source has, too, may be a foreign word.
    """
    del article
    sentence = words(pair.target_tokens)
    foreign = {word.text.lower() for word in pair.source_tokens}
    for at in range(len(sentence) - 1):
        ruling = RULING.get(sentence[at].lowered)
        if ruling is None:
            continue
        noun = _noun_after(sentence, at)
        if noun is None or sentence[noun].lowered in foreign:
            continue
        if _disagrees(sentence, at, noun, ruling):
            yield _finding(sentence, at, noun)
    for word, person, right in other_gender(pair.target):
        yield _wrong_gender(pair.target, word, person, right)


def _wrong_gender(text: str, word: Span, person: Span, right: str) -> Finding:
    """Return the finding of *ce comptable, Denise Arruda*; ``right`` is *cette*."""
    message = _("“%(determiner)s” does not agree with “%(noun)s”?")
    values = {"determiner": word.of(text), "noun": person.of(text)}
    places = (Span(word.start, person.end),)
    return Finding(
        check="french-determiner",
        type="Grammar",
        severity="minor",
        score=0.75,
        message=message,
        values=values,
        target_spans=places,
        remedy=((word, right),),
    )


def _finding(sentence: Sequence[Word], at: int, noun_at: int) -> Finding:
    determiner = sentence[at]
    noun = sentence[noun_at]
    remedy: Callable[[Word, Word, Span], Remedy] = _remedy
    if noun_at > at + 1 and RULING[determiner.lowered] & noun.nouns:
        determiner = sentence[at + 1]  # une nouveau bibliothèque: the adjective is wrong
        remedy = _adjective_remedy
    elif noun_at > at + 1:
        remedy = _no_remedy
    values = {"determiner": determiner.token.text, "noun": noun.token.text}
    span = Span(determiner.token.start, noun.token.end)
    return Finding(
        check="french-determiner",
        type="Grammar",
        severity="minor",
        score=0.75,
        message=_("“%(determiner)s” does not agree with “%(noun)s”?"),
        values=values,
        target_spans=(span,),
        remedy=remedy(determiner, noun, span),
    )


def _no_remedy(determiner: Word, noun: Word, span: Span) -> Remedy:
    """Return none: the determiner or the noun may be wrong, and the adjective with it."""
    del determiner, noun, span
    return ()


def _adjective_remedy(adjective: Word, noun: Word, span: Span) -> Remedy:
    """Return both words with the adjective in the form of the noun."""
    form = agreeing_form(adjective, noun.nouns)
    if not form:
        return ()
    words_in_form = f"{form} {noun.token.text}"
    return ((span, words_in_form),)


def _remedy(determiner: Word, noun: Word, span: Span) -> Remedy:
    """Return both words with the determiner of the noun's gender, or the noun in the plural.

    After a singular determiner a plural noun may be right and the determiner wrong, or the other
    way round: there is none.
    """
    ruling = RULING[determiner.lowered]
    if ruling <= PLURAL:
        plural = plural_noun(noun)
        return ((span, f"{determiner.token.text} {plural}"),) if plural else ()
    if not noun.nouns <= SINGULAR:
        return ()
    other = OTHER_GENDER[determiner.lowered]
    if noun.lowered.startswith("h") and other in BEFORE_VOWEL:
        return ()  # the h may be silent
    if noun.lowered[0] in VOWELS:
        other = BEFORE_VOWEL.get(other, other + " ")
    else:
        other += " "
    if determiner.is_capital:
        other = other[0].upper() + other[1:]
    return ((span, other + noun.token.text),)


def _noun_after(sentence: Sequence[Word], at: int) -> int | None:
    """Return the index of the form after the determiner that is only a noun.

    One adjective may stand between.
    """
    after = at + 1
    if sentence[after].lowered in PRENOMINAL_ADJECTIVES and after + 1 < len(sentence):
        after += 1
    if word_before(sentence, at).lowered in {"l’", "’"}:
        return None  # l’un, quelqu’un porte
    if _ends_a_numeral(sentence, at):
        return None
    noun = sentence[after]
    kinds = noun.kinds
    if sentence[at].lowered not in PRONOUN_ARTICLES:
        kinds = kinds - {"V"}  # no verb follows what cannot be a pronoun
    if kinds != {"N"}:
        return None
    if noun.is_gerund:
        return None
    if noun.is_capital:
        return None
    if noun.lowered in LOOSE:
        return None
    return after


def _ends_a_numeral(sentence: Sequence[Word], at: int) -> bool:
    """Return whether *un* or *une* ends a number of two digits: *trente et un conseillers*."""
    if at < 2 or sentence[at].lowered not in {"un", "une"}:
        return False
    return sentence[at - 1].lowered == "et" and sentence[at - 2].lowered in TENS


def _is_person(noun: Word) -> bool:
    """Return whether the noun is one of PERSONS, also behind *vice-*, *ex-* or *sous-*."""
    return noun.lowered.rpartition("-")[2] in PERSONS


def _disagrees(sentence: Sequence[Word], at: int, noun_at: int, ruling: Traits) -> bool:
    """Return whether the noun fits neither the determiner at ``at`` nor an adjective between."""
    noun = sentence[noun_at]
    wanted = ruling
    if noun_at > at + 1:
        wanted = ruling & sentence[at + 1].adjectives
    if noun.nouns & wanted:
        return False
    if len(noun.lowered) < 3:
        return False
    if word_after(sentence, noun_at).lowered in {"-", "/", "("}:
        return False
    may_be_woman = ruling == FS and noun.nouns == MS and _is_person(noun)
    return not may_be_woman
