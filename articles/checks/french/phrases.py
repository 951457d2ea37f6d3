"""The noun that a French participle or verb may belong to, and where a clause may begin.

The analysis is shallow: there is no parse, only the dictionary's readings of each form and the
order of the words. A check that builds on this looks for a reading under which the sentence is
right, and reports only a sentence that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.checks.french.words import FUNCTION_WORDS, Traits, Word, word_before, word_set

NUMERALS = word_set(
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent mille"
)
PRONOUN_ARTICLES = word_set("le la l’ les leur")
"""Articles that may also be pronouns before a verb."""
ARTICLE_CONTEXTS = word_set(
    """à de dans sur sous par pour avec sans chez vers entre selon contre et ou que si où dont
    mais lorsque quand"""
)
"""Words after which *le*, *la*, *les* are articles."""
PREPOSITIONS = word_set("de d’ à dans sur sous par pour avec sans chez vers entre selon contre en")
"""Prepositions: no verb with a person follows them."""
CLITICS = word_set("le la l’ les lui leur me m’ te t’ se s’ nous vous y en")
"""Pronouns right before a verb."""
COMPLEMENT_LINKS = word_set("de du des d’ à au aux en")
"""What joins a noun to the nouns that complete it: *une version de cet article*."""
VERB_CONTEXTS = word_set("je j’ tu il elle on nous vous ils elles qui ne n’ se s’")
"""Words after which a form that may be noun or verb is a verb."""
CHAIN_ENDING_KINDS = word_set("PREP PREPDET CONJC CONJS PRO")
"""The parts of speech that end a chain of nouns."""
CLAUSE_OPENERS = word_set(
    "que qu’ mais car or si lorsque lorsqu’ puisque puisqu’ quand alors donc où dont"
)
"""Words after which a clause may begin with its subject."""
PRENOMINAL_ADJECTIVES = word_set(
    """grand grande grands grandes petit petite petits petites nouveau nouvelle nouveaux
    nouvelles ancien ancienne anciens anciennes bon bonne bons bonnes gros grosse grosses
    premier première premiers premières dernier dernière derniers dernières vrai vraie vrais
    vraies long longue longs longues haut haute hauts hautes mauvais mauvaise mauvaises beau
    belle beaux belles vieux vieille vieilles prochain prochaine prochains prochaines meilleur
    meilleure meilleurs meilleures seul seule seuls seules principal principale principaux
    principales important importante importants importantes récent récente récents récentes"""
)
"""Adjectives that often stand before their noun."""
COMPARING_WORDS = word_set("autre autres autrement même mêmes plutôt ainsi tel telle tels telles")
"""Words whose *que* compares, and opens no clause."""
QUANTITY_NOUNS = word_set(
    """plupart majorité minorité moitié tiers quart partie totalité ensemble nombre série groupe
    foule poignée million millions milliard milliards millier milliers centaine centaines
    dizaine dizaines douzaine douzaines vingtaine trentaine quarantaine
    quinzaine cinquantaine soixantaine multitude
    quantité sorte type espèce genre équipe couple paire part beaucoup peu plus moins infinité
    reste variété pourcentage suite lot tas masse kyrielle cortège essentiel montagne
    demi-million demi-douzaine tonne tonnes vague flot panel duo trio échantillon"""
)
"""Heads whose complement may rule the agreement: *une dizaine de personnes sont venues*."""
CONJUNCTIONS = word_set("et ou ni")
"""Words that join the nouns of a chain."""
CHAIN_WORDS = COMPLEMENT_LINKS | CONJUNCTIONS | word_set("plus très tout toute tous toutes")
CHAIN_MARKS = word_set('« » “ ” " -')
CLAUSE_MARKS = word_set(". ! ? … : ; , « “ – — (")
"""Marks after which a clause may begin with its subject."""
SKIPPED_BEFORE_HEAD = NUMERALS | word_set("très plus moins « “")
QUE = word_set("que qu’")


def is_noun_at(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` is a noun there.

    It is when it can be nothing else, or stands where only a noun can.
    """
    word = sentence[at]
    if word.is_only_noun:
        return True
    if at == 0:
        return False
    if not word.is_possible_noun:
        return False
    before = sentence[at - 1]
    if before.lowered in PREPOSITIONS:
        return True
    if before.lowered in PRONOUN_ARTICLES:
        if at == 1:
            return True
        return _is_article_after(sentence[at - 2])
    if before.determiner:
        return True
    return bool(before.adjectives and word_before(sentence, at - 1).determiner)


def _is_article_after(word: Word) -> bool:
    """Return whether *le*, *la*, *les* after the word are articles, and not pronouns."""
    if word.is_mark:
        return True
    if word.is_infinitive:
        return True
    if word.lowered in ARTICLE_CONTEXTS:
        return True
    return word.lowered.endswith("ment")


def head_of(sentence: Sequence[Word], start: int, end: int) -> int | None:
    """Return the index of the first noun of the phrase whose determiner stands at ``start``.

    None where it is not sure.
    """
    for at in range(start + 1, end):
        word = sentence[at]
        if word.lowered in SKIPPED_BEFORE_HEAD:
            continue
        if _is_unknown_noun(word):
            return at
        if _is_before_noun(sentence, at, end):
            if _is_noun_or_adjective(word):
                return None
            continue
        if word.nouns and not word.is_capital:
            return _sure_noun(sentence, at)
        if not word.adjectives:
            return None
    return None


def _is_before_noun(sentence: Sequence[Word], at: int, end: int) -> bool:
    """Return whether an adjective stands at ``at`` and a possible noun of the phrase after it."""
    if not sentence[at].adjectives:
        return False
    following = at + 1
    if following >= end:
        return False
    return sentence[following].is_possible_noun


def _is_noun_or_adjective(word: Word) -> bool:
    """Return whether an adjective may be the noun itself, and the word after it the adjective."""
    if not word.nouns:
        return False
    return word.lowered not in PRENOMINAL_ADJECTIVES


def _sure_noun(sentence: Sequence[Word], at: int) -> int | None:
    """Return ``at`` if the word there is a noun and cannot be a verb, else None."""
    if is_noun_at(sentence, at):
        return at
    if sentence[at].is_finite:
        return None
    return at


def _is_unknown_noun(word: Word) -> bool:
    """Return whether the word is a noun by its place alone: the dictionary does not have it."""
    if word.readings:
        return False
    if word.is_capital:
        return False
    return word.token.kind == "word"


def noun_at(sentence: Sequence[Word], at: int) -> Traits:
    """Return how the noun at ``at`` agrees, narrowed by its determiner over adjectives.

    Empty if it is no noun.
    """
    nouns = sentence[at].nouns
    before = at - 1
    while before >= 0 and _is_plain_adjective(sentence[before]):
        before -= 1
    if before < 0:
        return nouns
    ruled = sentence[before].determiner
    narrowed = nouns & ruled
    if narrowed:
        return narrowed
    if nouns:
        return nouns
    return ruled


def _is_plain_adjective(word: Word) -> bool:
    if word.determiner:
        return False
    return bool(word.adjectives)


@dataclass(frozen=True)
class Chain:
    """The nouns joined by *de*, *à*, *en* and *et* that end before a place: the candidates for its
    agreement.

    ``start`` is the index of the first word; ``traits`` the agreements any of the nouns allows;
    ``head`` those of the first noun, at ``head_at``. ``is_joined`` says that there is an *et* or
    *ou* between nouns, ``is_open`` that there are words whose agreement is not known.
    """

    start: int
    traits: Traits
    head: Traits
    head_at: int
    is_joined: bool
    is_open: bool


def chain_before(sentence: Sequence[Word], end: int, *, wide: bool = False) -> Chain:
    """Return the chain of nouns whose last word stands just before ``end``.

    A ``wide`` chain runs on over all prepositions.
    """
    start = end
    head: Traits = frozenset()
    head_at = end
    traits: Traits = frozenset()
    is_open = False
    is_joined = False
    has_conjunction = False
    for at in range(end - 1, -1, -1):
        word = sentence[at]
        is_link = wide and word.lowered in PREPOSITIONS
        if not is_link and not _continues_chain(sentence, at):
            break
        if word.lowered in CONJUNCTIONS:
            has_conjunction = True
            continue
        start = at
        # A conjunction joins only when a word of the chain stands before it too.
        is_joined = has_conjunction
        if _leaves_open(word, is_first=at == 0):
            is_open = True
        if word.nouns and not word.determiner:
            head = noun_at(sentence, at)
            head_at = at
            traits |= head
    return Chain(start, traits, head, head_at, is_joined, is_open)


def _leaves_open(word: Word, *, is_first: bool) -> bool:
    """Return whether the word's agreement is not known.

    So it is with an unknown word, a name, or a head like *la plupart*.
    """
    if word.is_mark:
        return False
    if word.determiner:
        return False
    if word.lowered in FUNCTION_WORDS:
        return False
    if word.lowered in QUANTITY_NOUNS:
        return True
    if not word.readings:
        return True
    if not word.is_capital:
        return False
    return not is_first


def _continues_chain(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word can stand inside a chain of nouns."""
    word = sentence[at]
    if word.is_mark:
        return word.lowered in CHAIN_MARKS
    if word.determiner:
        return True
    if word.lowered in CHAIN_WORDS:
        return True
    if word.is_finite and word_before(sentence, at).lowered in VERB_CONTEXTS:
        return False  # elle lit
    if word.lowered in FUNCTION_WORDS:
        return False
    if word.kinds & CHAIN_ENDING_KINDS:
        return False
    return may_be_nominal(word)


def may_be_nominal(word: Word) -> bool:
    """Return whether the word may be part of a noun phrase: noun, adjective, number or unknown."""
    if not word.readings:
        return True
    return bool(word.nouns | word.agreements)


def is_clause_start(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a clause can begin at ``at``.

    It can first in the sentence, or after a mark or a word that opens a clause.
    """
    if at == 0:
        return True
    before = sentence[at - 1]
    if before.lowered in QUE and word_before(sentence, at - 1).lowered in COMPARING_WORDS:
        return False
    if before.lowered in CLAUSE_OPENERS:
        return True
    return before.lowered in CLAUSE_MARKS
