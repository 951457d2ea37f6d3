"""The subject of a French verb, and the form of *être* that rules a participle."""

from __future__ import annotations

from collections.abc import Sequence

from articles.checks.french.phrases import (
    NUMERALS,
    QUANTITY_NOUNS,
    chain_before,
    head_of,
    is_clause_start,
    is_noun_at,
    noun_at,
)
from articles.checks.french.words import (
    DETERMINERS,
    FP,
    FS,
    MASCULINE,
    MP,
    MS,
    PLURAL,
    Traits,
    Word,
    skip_back,
    word_before,
    word_set,
)

PRONOUNS: dict[str, Traits] = {
    "elle": FS,
    "elles": FP,
    "ils": MP,
    "celle": FS,
    "celles": FP,
    "ceux": MP,
    "celui": MS,
    "il": MS,
    "ce": MS,
}
BETWEEN = word_set(
    """pas plus jamais encore toujours déjà bien aussi donc ensuite alors enfin ainsi tous
    toutes tout très"""
)
"""Short words that stand between *être* and its participle."""
MODALS = word_set("devoir pouvoir sembler paraître")
ADVERBIAL = word_set(
    """fois jour jours abord façon manière vérité moment instant côté temps heure heures matin
    soir nuit semaine mois an ans année années fin suite fait vue part vie exemple place lieu
    cas effet"""
)
"""Nouns that mostly stand in adverbs: *une fois terminé*, *d’abord*, *un jour*."""
LOOSE_LINKS = word_set(
    "% sur pour contre avec entre sans sous envers chez vers par comme que qu’ où dont"
)
"""What a participle may reach back over: *un article sur les négociations publié hier*."""
PARTICLES = word_set("ne n’ y en")
"""Words between a subject and its verb, or its *être*."""
OBJECT_PREPOSITIONS = word_set("d’ de à avec pour par sur")
"""Words after which a pronoun is no subject."""
SUBJECT_DETERMINERS = frozenset(DETERMINERS) - word_set("du des au aux")
NO_CANDIDATES = QUANTITY_NOUNS | ADVERBIAL | NUMERALS
"""Nouns whose participle may agree with something else."""
LONGEST_INSERTION = 9
"""Words, at most, between *qui* and its verb."""


def auxiliary_before(sentence: Sequence[Word], at: int) -> tuple[int, frozenset[str]] | None:
    """Return the first index and the numbers of the form of *être* that rules the word at ``at``.

    *A été* counts, and so does *doit être*: an infinitive after a verb that shares its subject.
    """
    before = skip_adverbs(sentence, at - 1)
    lemma = "être"
    if sentence[before].lowered == "été":
        before = skip_adverbs(sentence, before - 1)
        lemma = "avoir"
    if sentence[before].lowered == lemma:
        before = skip_adverbs(sentence, before - 1)
        if not sentence[before].lemmas & MODALS:
            return None
    elif lemma not in sentence[before].lemmas:
        return None
    numbers = sentence[before].third_person_numbers
    if before < 1:
        return None
    return skip_back(sentence, before, PARTICLES), numbers


def skip_adverbs(sentence: Sequence[Word], at: int) -> int:
    """Return the first index at or before ``at`` that holds no adverb."""
    while at > 0 and _stands_between(sentence[at]):
        at -= 1
    return max(at, 0)


def _stands_between(word: Word) -> bool:
    if word.lowered in BETWEEN:
        return True
    if not word.is_adverb:
        return False
    if word.nouns:
        return False
    return word.lowered.endswith("ment")


def subject_before(sentence: Sequence[Word], end: int) -> tuple[int, Traits] | None:
    """Return the index of the head of the subject that ends just before ``end``, and how it agrees.

    None where it is not sure.
    """
    at = end - 1
    if at < 0:
        return None
    if sentence[at].lowered == ",":
        relative = _relative_before(sentence, at)
        if relative is not None:
            at = relative
    word = sentence[at]
    if word.lowered == "qui":
        return _antecedent(sentence, at)
    is_object = word_before(sentence, at).lowered in OBJECT_PREPOSITIONS
    if word.lowered in PRONOUNS and not is_object:
        return at, PRONOUNS[word.lowered]
    return _plain_subject(sentence, end)


def _relative_before(sentence: Sequence[Word], comma: int) -> int | None:
    """Return the index of the *qui* before a short insertion that ends at ``comma``.

    For example *qui, selon elle, avaient*.
    """
    earliest = max(comma - LONGEST_INSERTION, 0)
    for at in range(comma - 1, earliest, -1):
        word = sentence[at]
        before = sentence[at - 1]
        if word.lowered == "," and before.lowered == "qui":
            return at - 1
        if word.is_mark:
            return None
    return None


def _antecedent(sentence: Sequence[Word], relative: int) -> tuple[int, Traits] | None:
    """Return the index of the noun that *qui* stands for, and how it agrees.

    All nouns of its chain count, as any may be meant.
    """
    before = word_before(sentence, relative)
    if before.lowered in PRONOUNS:
        return relative - 1, PRONOUNS[before.lowered]
    chain = chain_before(sentence, relative)
    if not chain.traits:
        return None
    if chain.is_open:
        return None
    if chain.is_joined:
        return None
    if not before.nouns and not before.adjectives:
        return None
    # Behind a place another noun before it may be meant: les maladies chez les humains qui …
    if word_before(sentence, chain.start).lowered in {",", "%", "chez", "dans"}:
        return None
    return chain.head_at, chain.traits


def _plain_subject(sentence: Sequence[Word], end: int) -> tuple[int, Traits] | None:
    """Return the index and agreement of a subject that begins its clause and ends before ``end``.

    It has the form determiner – noun – complements, and its first noun rules.
    """
    chain = chain_before(sentence, end, wide=True)
    follows_et = word_before(sentence, chain.start).lowered == "et"
    if not follows_et and not is_clause_start(sentence, chain.start):
        return None
    if sentence[chain.start].lowered not in SUBJECT_DETERMINERS:
        return None
    at = head_of(sentence, chain.start, end)
    if at is None:
        return None
    if sentence[at].lowered in NO_CANDIDATES:
        return None
    if not chain.is_joined and not follows_et:
        return at, noun_at(sentence, at)
    if _ends_with_masculine(sentence, chain.start, end):
        return end - 1, (chain.traits | MP) - FP
    return at, chain.traits | PLURAL


def _ends_with_masculine(sentence: Sequence[Word], start: int, end: int) -> bool:
    """Return whether the last of several subjects is masculine: *la taille et les résultats*.

    Then all together are masculine. Nouns after *entre* or *pour* are no subjects.
    """
    if end < 3 or sentence[end - 3].lowered != "et":
        return False
    if sentence[end - 2].lowered not in SUBJECT_DETERMINERS or not is_noun_at(sentence, end - 1):
        return False
    between = {word.lowered for word in sentence[start : end - 3]}
    if between & LOOSE_LINKS:
        return False
    return noun_at(sentence, end - 1) <= MASCULINE
