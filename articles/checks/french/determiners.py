"""An article or other determiner that does not agree with its noun: *les rapport*, *le société*, *une problème*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import (
    FP,
    FS,
    MP,
    MS,
    PLURAL,
    PRENOMINAL_ADJECTIVES,
    PRONOUN_ARTICLES,
    SINGULAR,
    Traits,
    Word,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

RULING: dict[str, Traits] = (
    dict.fromkeys(word_set("le un ce cet du au aucun"), MS)
    | dict.fromkeys(word_set("la une cette ma ta sa aucune"), FS)
    | dict.fromkeys(word_set("l’ mon ton son notre votre leur chaque"), SINGULAR)
    | dict.fromkeys(word_set("les des ces mes nos vos leurs aux plusieurs quelques"), PLURAL)
    | {"certains": MP, "certaines": FP}
)
"""Determiners that are nothing else before a form that is only a noun."""
PERSONS = word_set(
    """professeur auteur docteur ingénieur procureur gouverneur successeur défenseur
    prédécesseur vainqueur sculpteur chauffeur pasteur facteur metteur censeur assesseur recteur
    proviseur sénateur ambassadeur agresseur imposteur possesseur penseur maire juge médecin
    écrivain témoin poète peintre ministre philosophe chef magistrat préfet député adjoint
    chancelier consul colonel général lieutenant capitaine commandant sergent caporal soldat
    officier policier matelot marin pilote guide mannequin bandit assassin tyran voyou génie
    forçat escroc chauffard évêque prêtre rabbin pompier chirurgien plombier maçon charpentier
    bâtonnier greffier doyen principal académicien apprenti architecte cadre clown coach manager
    leader fan reporter designer star agent détective avocat ange bébé amateur jockey joker"""
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


@check(
    id="french-determiner",
    type="Grammar",
    severity="minor",
    title=_("Article that does not agree"),
    help=_(
        "A French article or determiner whose gender or number is not that of its noun: “les rapport”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The company is growing.",
            "Le société grandit.",
            "Possible fault: “Le” does not agree with “société”.",
        ),
        ("The company is growing.", "La société grandit.", ""),
    ),
)
def determiners(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt each determiner right before a form that is only a noun and agrees otherwise."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(len(sentence) - 1):
        ruling, noun = RULING.get(sentence[at].lowered), _noun_after(sentence, at)
        if ruling and noun is not None and _is_wrong(sentence, at, noun, ruling):
            first, last = sentence[at].token, sentence[noun].token
            yield Finding(
                check="french-determiner",
                type="Grammar",
                severity="minor",
                score=0.75,
                message=_("Possible fault: “%(determiner)s” does not agree with “%(noun)s”."),
                values={"determiner": first.text, "noun": last.text},
                target_spans=(Span(first.start, last.end),),
            )


def _noun_after(sentence: Sequence[Word], at: int) -> int | None:
    """The index of the form that is only a noun right after the determiner, or after one adjective."""
    after = at + 1
    if sentence[after].lowered in PRENOMINAL_ADJECTIVES and after + 1 < len(sentence):
        after += 1
    noun = sentence[after]
    kinds = {each.kind for each in noun.readings} - (
        set() if sentence[at].lowered in PRONOUN_ARTICLES else {"V"}
    )
    if at and sentence[at - 1].lowered in {"l’", "’"}:  # l’un, quelqu’un porte
        return None
    return (
        after
        if kinds == {"N"}
        and not noun.is_gerund
        and not noun.is_capital
        and noun.lowered not in LOOSE
        else None
    )


def _is_wrong(sentence: Sequence[Word], at: int, after: int, ruling: Traits) -> bool:
    noun = sentence[after]
    wanted = ruling if after == at + 1 else ruling & sentence[at + 1].adjectives
    if noun.nouns & wanted or len(noun.lowered) < 3:
        return False
    if after + 1 < len(sentence) and sentence[after + 1].lowered in {"-", "/", "("}:
        return False
    return not (ruling == FS and noun.nouns == MS and noun.lowered in PERSONS)
