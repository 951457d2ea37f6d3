"""The words of a French sentence, each with all that the dictionary says it can be."""

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
