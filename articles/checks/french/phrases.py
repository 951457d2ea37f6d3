"""The words of a French sentence with what they can be, and the noun a participle or verb may belong to.

Shallow on purpose: no parse, only what the forms and their order tell. A check that builds on this looks for
a reading under which the sentence is right, and doubts only what has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from articles.checks.french.lexicon import Reading, readings
from articles.text.tokens import Token

Traits = frozenset[tuple[str, str]]
"""The ways a word can agree: pairs of gender ("m", "f") and number ("s", "p")."""

MS: Traits = frozenset({("m", "s")})
FS: Traits = frozenset({("f", "s")})
MP: Traits = frozenset({("m", "p")})
FP: Traits = frozenset({("f", "p")})
SINGULAR, PLURAL = MS | FS, MP | FP

DETERMINERS: dict[str, Traits] = (
    dict.fromkeys(("le", "un", "ce", "cet", "du", "au", "aucun", "certain", "quel", "maint"), MS)
    | dict.fromkeys(("la", "une", "cette", "ma", "ta", "sa", "aucune", "certaine", "quelle"), FS)
    | dict.fromkeys(("l’", "mon", "ton", "son", "notre", "votre", "leur", "chaque"), SINGULAR)
    | dict.fromkeys(
        [
            "les",
            "des",
            "ces",
            "mes",
            "tes",
            "ses",
            "nos",
            "vos",
            "leurs",
            "aux",
            "plusieurs",
            "quelques",
            "deux",
            "trois",
        ],
        PLURAL,
    )
    | dict.fromkeys(("certains", "quels"), MP)
    | dict.fromkeys(("certaines", "quelles"), FP)
)


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, for membership."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set(
    """a à y en et ou où ni mais car or donc est es ai as si ne n’ se s’ de d’ du des au aux par pour sur
    sous dans avec sans vers chez entre que qu’ qui quoi dont plus moins très trop tout toute tous toutes
    même mêmes pas point été être avoir son sa ses mon ton un une le la l’ les ce c’ cet cette ces il elle
    ils elles on je j’ tu nous vous comme voici voilà"""
)
"""Grammar words whose other readings in the dictionary (the letter *a*, *est* the compass point) would only mislead."""
NUMERALS = word_set(
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent mille"
)
PRONOUN_ARTICLES = word_set("le la l’ les leur")
"""Articles that may also be pronouns before a verb."""
ARTICLE_CONTEXTS = word_set(
    "à de dans sur sous par pour avec sans chez vers entre selon contre et ou que si où dont mais lorsque quand"
)
"""Words after which *le*, *la*, *les* are articles."""
PREPOSITIONS = word_set("de d’ à dans sur sous par pour avec sans chez vers entre selon contre en")
"""Prepositions: no verb with a person follows them."""
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
    """grand grande grands grandes petit petite petits petites nouveau nouvelle nouveaux nouvelles ancien
    ancienne anciens anciennes bon bonne bons bonnes gros grosse grosses premier première premiers premières
    dernier dernière derniers dernières vrai vraie vrais vraies long longue longs longues haut haute hauts
    hautes mauvais mauvaise mauvaises beau belle beaux belles vieux vieille vieilles prochain prochaine
    prochains prochaines meilleur meilleure meilleurs meilleures seul seule seuls seules principal
    principale principaux principales important importante importants importantes récent récente récents
    récentes"""
)
"""Adjectives that often stand before their noun."""
COMPARING_WORDS = word_set("autre autres autrement même mêmes plutôt ainsi tel telle tels telles")
"""Words whose *que* compares, and opens no clause."""
QUANTITY_NOUNS = word_set(
    """plupart majorité minorité moitié tiers quart partie totalité ensemble nombre série groupe foule
    poignée million millions milliard milliards millier milliers centaine centaines dizaine dizaines
    douzaine douzaines vingtaine trentaine quinzaine cinquantaine multitude quantité sorte type espèce genre
    équipe couple paire part beaucoup peu plus moins infinité reste variété pourcentage suite lot tas masse
    kyrielle cortège essentiel montagne demi-million demi-douzaine tonne tonnes vague flot"""
)
"""Heads whose complement may rule the agreement: *une dizaine de personnes sont venues*."""


@dataclass(frozen=True)
class Word:
    """A token and all it can be. ``lowered`` is its lower-case text with the curly apostrophe."""

    token: Token
    lowered: str

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What the dictionary knows of it; for a grammar word, only its grammar."""
        found = readings(self.lowered)
        return (
            tuple(each for each in found if each.kind not in "NA")
            if self.lowered in FUNCTION_WORDS
            else found
        )

    @property
    def is_mark(self) -> bool:
        """A punctuation mark."""
        return self.token.kind == "mark"

    @property
    def is_capital(self) -> bool:
        """Begins with a capital: perhaps a name."""
        return self.token.text[:1].isupper()

    @cached_property
    def nouns(self) -> Traits:
        """How it agrees when it is a noun; empty when it cannot be one."""
        return _traits(each for each in self.readings if each.kind == "N")

    @cached_property
    def adjectives(self) -> Traits:
        """How it agrees when it is an adjective."""
        return _traits(each for each in self.readings if each.kind == "A")

    @cached_property
    def participles(self) -> Traits:
        """How it agrees when it is a past participle."""
        return _traits(each for each in self.readings if each.is_participle)

    @cached_property
    def third_person_numbers(self) -> frozenset[str]:
        """The numbers ("s", "p") it has as a verb in the third person."""
        return frozenset(
            each.number for each in self.readings if each.is_finite and each.person == "3"
        )

    @cached_property
    def is_finite(self) -> bool:
        """Can be a verb with a person."""
        return any(each.is_finite for each in self.readings)

    @cached_property
    def is_infinitive(self) -> bool:
        """Can be an infinitive."""
        return any(each.tense == "W" for each in self.readings)

    @cached_property
    def is_gerund(self) -> bool:
        """Can be a present participle."""
        return any(each.tense == "G" for each in self.readings)

    @cached_property
    def is_adverb(self) -> bool:
        """Can be an adverb."""
        return any(each.kind == "ADV" for each in self.readings)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its verb readings."""
        return frozenset(each.lemma for each in self.readings if each.kind == "V")

    @property
    def determiner(self) -> Traits:
        """How the noun after it must agree; empty for what is no determiner."""
        return DETERMINERS.get(self.lowered, frozenset())

    @property
    def is_only_noun(self) -> bool:
        """A noun in lower case that can be nothing else: no verb, adjective, adverb or grammar word."""
        kinds = {each.kind for each in self.readings}
        return kinds == {"N"} and not self.is_capital


def _traits(found: Iterable[Reading]) -> Traits:
    """All pairs of gender and number of the readings; what a reading leaves open can be either."""
    return frozenset(
        (gender, number)
        for each in found
        for gender in each.gender or "mf"
        for number in each.number or "sp"
    )


@lru_cache(maxsize=64)
def _words(found: tuple[Token, ...]) -> tuple[Word, ...]:
    return tuple(Word(token, token.text.lower().replace("'", "’")) for token in found)


def words(found: Sequence[Token]) -> tuple[Word, ...]:
    """The tokens as Words; the same tokens asked again are not read twice, so that several checks share the work."""
    return _words(tuple(found))


def is_noun_at(sentence: Sequence[Word], at: int) -> bool:
    """Whether the word at ``at`` is a noun there: it can be nothing else, or stands where only a noun can."""
    word = sentence[at]
    if word.is_only_noun:
        return True
    if (
        not word.nouns
        or word.is_capital
        or at == 0
        or word.lowered in FUNCTION_WORDS
        or word.determiner
    ):
        return False
    before = sentence[at - 1]
    if before.lowered in PREPOSITIONS:
        return True
    if before.lowered not in PRONOUN_ARTICLES:
        return bool(
            before.determiner or (before.adjectives and at > 1 and sentence[at - 2].determiner)
        )
    if at == 1:
        return True
    ahead = sentence[at - 2]
    return (
        ahead.is_mark
        or ahead.lowered in ARTICLE_CONTEXTS
        or ahead.is_infinitive
        or ahead.lowered.endswith("ment")
    )


def _can_be_head(word: Word) -> bool:
    return bool(word.nouns) and not word.determiner and not word.is_capital


def head_of(sentence: Sequence[Word], start: int, end: int) -> int | None:
    """The index of the first noun of the phrase with its determiner at ``start``; None where it is not sure."""
    for at in range(start + 1, end):
        word = sentence[at]
        if word.lowered in NUMERALS or word.lowered in {"très", "plus", "moins", "«", "“"}:
            continue
        if not word.readings and word.token.kind == "word" and not word.is_capital:
            return at  # unknown, but a noun by its place
        if at + 1 < end and word.adjectives and _can_be_head(sentence[at + 1]):
            if word.nouns and word.lowered not in PRENOMINAL_ADJECTIVES:  # the first or the second?
                return None
            continue
        if word.nouns and not word.is_capital and word.lowered not in FUNCTION_WORDS:
            return at if is_noun_at(sentence, at) or not word.is_finite else None
        if not word.adjectives:
            break
    return None


def noun_at(sentence: Sequence[Word], at: int) -> Traits:
    """How the noun at ``at`` agrees, narrowed by its determiner over adjectives; empty if it is no noun."""
    noun = sentence[at]
    before = at - 1
    while before >= 0 and sentence[before].adjectives and not sentence[before].determiner:
        before -= 1
    ruled = sentence[before].determiner if before >= 0 else frozenset()
    return (noun.nouns & ruled) or noun.nouns or ruled


@dataclass(frozen=True)
class Chain:
    """The nouns joined by *de*, *à*, *en*, commas and *et* that end before a place: the candidates for its agreement.

    ``start`` is the index of the first word; ``traits`` the agreements any of the nouns allows; ``head`` those of the
    first noun, at ``head_at``; ``is_joined`` tells of *et* or *ou*, ``is_open`` of words whose agreement is not known.
    """

    start: int
    traits: Traits
    head: Traits
    head_at: int
    is_joined: bool
    is_open: bool


def chain_before(sentence: Sequence[Word], end: int, *, wide: bool = False) -> Chain:
    """The chain of nouns whose last word stands just before ``end``; a ``wide`` one runs on over all prepositions."""
    at = start = first = end
    joined = opened = joint = False
    traits: set[tuple[str, str]] = set()
    head: Traits = frozenset()
    while at > 0 and (
        _continues(sentence, at - 1) or (wide and sentence[at - 1].lowered in PREPOSITIONS)
    ):
        at -= 1
        word = sentence[at]
        if word.lowered in {"et", "ou", "ni"}:  # joins only when a noun stands before it too
            joint = True
            continue
        start, joined = at, joined or joint
        opened = opened or _is_open(word, first=at == 0)
        if word.nouns and not word.determiner and word.lowered not in FUNCTION_WORDS:
            head, first = noun_at(sentence, at), at
            traits |= head
    return Chain(start, frozenset(traits), head, first, joined, opened)


def _is_open(word: Word, *, first: bool) -> bool:
    """Whether the word's agreement cannot be told: unknown, a name, or a head like *la plupart*."""
    if word.is_mark or word.determiner or word.lowered in FUNCTION_WORDS:
        return False
    return word.lowered in QUANTITY_NOUNS or not word.readings or (word.is_capital and not first)


def _continues(sentence: Sequence[Word], at: int) -> bool:
    """Whether the word can stand inside a chain of nouns."""
    word = sentence[at]
    if word.is_mark:
        return word.lowered in {"«", "»", "“", "”", '"', "-"}
    if (
        word.determiner
        or word.lowered in COMPLEMENT_LINKS
        or word.lowered in {"et", "ou", "ni", "plus", "très", "tout", "toute", "tous", "toutes"}
    ):
        return True
    if word.is_finite and at and sentence[at - 1].lowered in VERB_CONTEXTS:  # elle lit
        return False
    if word.lowered in FUNCTION_WORDS or any(
        each.kind in CHAIN_ENDING_KINDS for each in word.readings
    ):
        return False
    return bool(
        word.nouns
        or word.adjectives
        or word.participles
        or not word.readings
        or word.token.kind == "number"
    )


def is_clause_start(sentence: Sequence[Word], at: int) -> bool:
    """Whether a clause can begin at ``at``: first in the sentence, or after a mark or a word that opens a clause."""
    if at == 0:
        return True
    before = sentence[at - 1]
    if before.lowered in {"que", "qu’"} and at > 1 and sentence[at - 2].lowered in COMPARING_WORDS:
        return False
    return before.lowered in CLAUSE_OPENERS or before.lowered in {
        ".",
        "!",
        "?",
        "…",
        ":",
        ";",
        ",",
        "«",
        "“",
        "–",
        "—",
        "(",
    }
