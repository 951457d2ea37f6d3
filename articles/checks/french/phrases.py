"""The words of a French sentence with what they can be, and the noun that a participle or verb may
belong to.

The analysis is shallow: there is no parse, only the dictionary's readings of each form and the
order of the words. A check that builds on this looks for a reading under which the sentence is
right, and reports only a sentence that has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.checks.french.lexicon import FINITE, Reading, readings
from articles.text.recent import keep_recent
from articles.text.tokens import Token

Traits = frozenset[tuple[str, str]]
"""The ways a word can agree: pairs of gender ("m", "f") and number ("s", "p")."""

MS: Traits = frozenset({("m", "s")})
FS: Traits = frozenset({("f", "s")})
MP: Traits = frozenset({("m", "p")})
FP: Traits = frozenset({("f", "p")})
MASCULINE = MS | MP
FEMININE = FS | FP
SINGULAR = MS | FS
PLURAL = MP | FP

TRAITS_OF_READING: dict[tuple[str, str], Traits] = {
    ("m", "s"): MS,
    ("m", "p"): MP,
    ("f", "s"): FS,
    ("f", "p"): FP,
    ("m", ""): MASCULINE,
    ("f", ""): FEMININE,
    ("", "s"): SINGULAR,
    ("", "p"): PLURAL,
    ("", ""): SINGULAR | PLURAL,
}
"""(gender, number) of a reading → how it agrees; a gender or number left open can be either."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, for membership tests."""
    return frozenset(text.split())


DETERMINERS: dict[str, Traits] = (
    dict.fromkeys(word_set("le un ce cet du au aucun certain quel maint"), MS)
    | dict.fromkeys(word_set("la une cette ma ta sa aucune certaine quelle"), FS)
    | dict.fromkeys(word_set("l’ mon ton son notre votre leur chaque"), SINGULAR)
    | dict.fromkeys(
        word_set("les des ces mes tes ses nos vos leurs aux plusieurs quelques deux trois"), PLURAL
    )
    | dict.fromkeys(word_set("certains quels"), MP)
    | dict.fromkeys(word_set("certaines quelles"), FP)
)
"""Determiner → how the noun after it must agree."""
FUNCTION_WORDS = word_set(
    """a à y en et ou où ni mais car or donc est es ai as si ne n’ se s’ de d’ du des au aux par
    pour sur sous dans avec sans vers chez entre que qu’ qui quoi dont plus moins très trop tout
    toute tous toutes même mêmes pas point été être avoir son sa ses mon ton un une le la l’ les
    ce c’ cet cette ces il elle ils elles on je j’ tu nous vous comme voici voilà"""
)
"""Grammar words whose noun and adjective readings in the dictionary (the letter *a*, *est* the
compass point) would only mislead."""
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


@dataclass(frozen=True, slots=True)
class Word:
    """A token and all that the dictionary says it can be, whatever its place in the sentence.

    ``lowered`` is its lower-case text with the curly apostrophe. ``readings`` are the dictionary's,
    for a function word only those as a function word; ``kinds`` are their parts of speech and
    ``lemmas`` the lemmas of those that are verbs. ``nouns``, ``adjectives`` and ``participles`` say
    how it agrees when it is one of these, and are empty when it cannot be; ``agreements`` is how it
    agrees as an adjective or a participle. ``third_person_numbers`` are the numbers ("s", "p") that
    it has as a verb in the third person. ``determiner`` is how the noun after it must agree, empty
    for what is no determiner.
    """

    token: Token
    lowered: str
    readings: tuple[Reading, ...]
    kinds: frozenset[str]
    lemmas: frozenset[str]
    nouns: Traits
    adjectives: Traits
    participles: Traits
    agreements: Traits
    determiner: Traits
    third_person_numbers: frozenset[str]
    is_mark: bool
    is_capital: bool
    is_adverb: bool
    is_finite: bool
    is_infinitive: bool
    is_gerund: bool
    is_only_noun: bool
    """A noun in lower case that can be nothing else."""
    is_possible_noun: bool
    """Can be a noun, and is neither a name nor a determiner."""


def words(found: Sequence[Token]) -> tuple[Word, ...]:
    """Return the tokens as Words.

    The same tokens asked again are not analysed twice, so that several checks share the work.
    """
    return _words(tuple(found))


@keep_recent(lambda found: sum(len(token.text) + 1 for token in found), texts=64)
def _words(found: tuple[Token, ...]) -> tuple[Word, ...]:
    return tuple(map(_analyse, found))


def _known_readings(lowered: str) -> tuple[Reading, ...]:
    """Return the dictionary's readings, for a function word only those as a function word."""
    known = readings(lowered)
    if lowered not in FUNCTION_WORDS:
        return known
    return tuple(each for each in known if each.kind not in "NA")


@lru_cache(maxsize=20_000)
def _look_up(lowered: str) -> Word:
    """Return what a word in lower case can be, at no place.

    All words of one spelling share these sets: a text of 20,000 marks would else have 160,000.
    """
    known = _known_readings(lowered)
    traits: dict[str, Traits] = defaultdict(frozenset)
    kinds: set[str] = set()
    lemmas: set[str] = set()
    tenses: set[str] = set()
    numbers: set[str] = set()
    for each in known:
        kinds.add(each.kind)
        traits[each.kind + each.tense] |= TRAITS_OF_READING[each.gender, each.number]
        if each.kind == "V":
            lemmas.add(each.lemma)
            tenses.add(each.tense)
        if each.is_finite and each.person == "3":
            numbers.add(each.number)
    determiner: Traits = DETERMINERS.get(lowered, frozenset())
    return Word(
        token=_NO_TOKEN,
        lowered=lowered,
        readings=known,
        kinds=frozenset(kinds),
        lemmas=frozenset(lemmas),
        nouns=traits["N"],
        adjectives=traits["A"],
        participles=traits["VK"],
        agreements=traits["A"] | traits["VK"],
        determiner=determiner,
        third_person_numbers=frozenset(numbers),
        is_mark=False,
        is_capital=False,
        is_adverb="ADV" in kinds,
        is_finite=not FINITE.isdisjoint(tenses),
        is_infinitive="W" in tenses,
        is_gerund="G" in tenses,
        is_only_noun=kinds == {"N"},
        is_possible_noun=bool(traits["N"]) and not determiner,
    )


def _analyse(token: Token) -> Word:
    """Return the token with all that it can be."""
    known = _look_up(token.text.lower().replace("'", "’"))
    is_capital = token.text[:1].isupper()
    return replace(
        known,
        token=token,
        is_mark=token.kind == "mark",
        is_capital=is_capital,
        is_only_noun=known.is_only_noun and not is_capital,
        is_possible_noun=known.is_possible_noun and not is_capital,
    )


_NO_TOKEN = Token(0, 0, "", "")
NO_WORD = _look_up("")
"""Stands before the first word of a sentence and after its last; it can be nothing."""


def word_before(sentence: Sequence[Word], at: int) -> Word:
    """Return the word before ``at``, NO_WORD at the beginning of the sentence."""
    if at < 1:
        return NO_WORD
    return sentence[at - 1]


def word_after(sentence: Sequence[Word], at: int) -> Word:
    """Return the word after ``at``, NO_WORD at the end of the sentence."""
    if at + 1 >= len(sentence):
        return NO_WORD
    return sentence[at + 1]


def skip_back(sentence: Sequence[Word], at: int, skipped: Collection[str]) -> int:
    """Return the first index of the run of ``skipped`` words that ends just before ``at``."""
    while at > 0 and sentence[at - 1].lowered in skipped:
        at -= 1
    return at


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
