"""A participle or adjective that agrees with no noun it could belong to: *les vidéos ont été généré*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import (
    DETERMINERS,
    FP,
    FS,
    FUNCTION_WORDS,
    MP,
    MS,
    NUMERALS,
    PLURAL,
    QUANTITY_NOUNS,
    Chain,
    Traits,
    Word,
    chain_before,
    head_of,
    is_clause_start,
    is_noun_at,
    noun_at,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

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
FROZEN = word_set(
    """compris vu excepté hormis passé attendu supposé entendu dit joint inclus pu fait dû cru
    su voulu été eu né censé donné étant mis mise sorti mort témoin partie parti plus plu tu lu
    nu point lui tel telle tels telles député"""
)
"""Participles that are also fixed phrases (*y compris*, *vu*), or other words (*plus*, *tu*)."""
MODALS = word_set("devoir pouvoir sembler paraître")
ADVERBIAL = word_set(
    """fois jour jours abord façon manière vérité moment instant côté temps heure heures matin
    soir nuit semaine mois an ans année années fin suite fait vue part vie exemple place lieu
    cas effet"""
)
"""Nouns that mostly stand in adverbs: *une fois terminé*, *d’abord*, *un jour*."""
COLOURS = word_set(
    "blanc noir rouge bleu vert jaune gris brun rose orange marron clair foncé crème or argent"
)
"""Adjectives that do not agree when another follows: *une couleur blanc cassé*."""
AFTER = word_set("à au aux par")
"""A word after a participle that shows it is one, and not a noun beside a noun."""
LOOSE = word_set("sur pour contre avec entre sans sous envers chez vers par comme que qu’ où dont")
"""Words over which a participle may belong to a noun before: *un article sur les négociations publié hier*."""


@check(
    id="french-agreement",
    type="Grammar",
    severity="minor",
    title=_("Participle or adjective that does not agree"),
    help=_(
        "A French participle or adjective whose gender or number fits no noun it could belong to."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The photos were published.",
            "Les photos ont été publié.",
            "Possible fault: “publié” does not agree with “photos”.",
        ),
        ("The photos were published.", "Les photos ont été publiées.", ""),
    ),
)
def agreement(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt each participle or adjective after *être* or right after a noun that agrees with none of its candidates."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence)):
        if not agreements(sentence[at]) or sentence[at].lowered in FROZEN:
            continue
        noun = after_to_be(sentence, at) or after_noun(sentence, at)
        if noun is not None:
            yield _finding(sentence[at], noun)


def _finding(word: Word, noun: Word) -> Finding:
    return Finding(
        check="french-agreement",
        type="Grammar",
        severity="minor",
        score=0.8,
        message=_("Possible fault: “%(word)s” does not agree with “%(noun)s”."),
        values={"word": word.token.text, "noun": noun.token.text},
        target_spans=(Span(word.token.start, word.token.end),),
    )


def agreements(word: Word) -> Traits:
    """How a participle, also read as an adjective, can agree."""
    return word.participles | word.adjectives


def after_noun(sentence: Sequence[Word], at: int) -> Word | None:
    """The noun that the word at ``at`` directly follows and does not agree with, nor with any noun before it."""
    noun = sentence[at - 1]
    if noun.lowered in QUANTITY_NOUNS | ADVERBIAL | NUMERALS or not is_noun_at(sentence, at - 1):
        return None
    if not _completes(sentence, at):
        return None
    chain = chain_before(sentence, at)
    wanted = agreements(sentence[at])
    if not chain.traits or _fits(chain, wanted) or _reaches_back(sentence, chain.start):
        return None
    if chain.start > 1 and sentence[chain.start - 2].lemmas & {"avoir", "être"}:  # depuis …
        return None
    first = sentence[chain.start]
    return noun if first.determiner or first.nouns else None


def _reaches_back(sentence: Sequence[Word], start: int) -> bool:
    """Whether the word may belong to a noun before the chain, over a preposition or a percentage."""
    if start and sentence[start - 1].lowered in {"même", "mêmes"}:  # ceux de même nom importés
        return True
    if not start or sentence[start - 1].lowered not in LOOSE | {"%"}:
        return False
    before = sentence[start - 2] if start > 1 else sentence[start - 1]
    return not (before.lowered in FUNCTION_WORDS or before.is_infinitive) or before.lowered == "%"


def _completes(sentence: Sequence[Word], at: int) -> bool:
    """Whether the word can only be a participle or adjective of the noun before it, not a verb, adverb or noun."""
    word = sentence[at]
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    if (
        word.is_finite
        or word.is_gerund
        or word.is_capital
        or (word.is_adverb and not word.participles)
    ):
        return False
    if not word.participles and (
        word.lowered in COLOURS
        or (after and (after.nouns or after.adjectives) and after.lowered not in FUNCTION_WORDS)
    ):
        return False
    if (
        after and after.lowered in {"et", "ou", ","} and not agreements(word) & PLURAL
    ):  # les langues française et anglaise
        return False
    if word.nouns and not word.adjectives:
        return after is not None and after.lowered in AFTER
    return not (
        word.nouns and (sentence[at - 1].adjectives or word.lowered.endswith(("eur", "eurs")))
    )


def _fits(chain: Chain, wanted: Traits) -> bool:
    """Whether any noun of the chain, or several together, allows the agreement."""
    return (
        chain.is_open
        or bool(chain.traits & wanted)
        or (chain.is_joined and bool(wanted & (MP | FP)))
    )


def after_to_be(sentence: Sequence[Word], at: int) -> Word | None:
    """The subject of *être* with which the word at ``at`` does not agree; None where it agrees or is not known."""
    verb = auxiliary_before(sentence, at)
    if verb is None or (sentence[at].is_adverb and not sentence[at].participles):
        return None
    start, numbers = verb
    wanted = agreements(sentence[at])
    ruled = subject_before(sentence, start)
    if ruled is None:
        return None
    subject, traits = ruled
    traits = frozenset(each for each in traits if each[1] in numbers)
    return None if not traits or traits & wanted else sentence[subject]


def auxiliary_before(sentence: Sequence[Word], at: int) -> tuple[int, frozenset[str]] | None:
    """The form of *être* that rules the word at ``at``: its first word and its numbers; *a été*, *doit être* count."""
    before = _skip_adverbs(sentence, at - 1)
    lemma = "être"
    if sentence[before].lowered == "été":
        before, lemma = _skip_adverbs(sentence, before - 1), "avoir"
    if (
        sentence[before].lowered == lemma
    ):  # the infinitive: only after a verb that shares its subject
        before = _skip_adverbs(sentence, before - 1)
        if not sentence[before].lemmas & MODALS:
            return None
    elif lemma not in sentence[before].lemmas:
        return None
    if before < 1 or not sentence[before].third_person_numbers:
        return None
    start = before
    while start > 0 and sentence[start - 1].lowered in {"ne", "n’", "y", "en"}:
        start -= 1
    return start, sentence[before].third_person_numbers


def _skip_adverbs(sentence: Sequence[Word], at: int) -> int:
    """The first index at or before ``at`` that holds no adverb."""
    while at > 0 and _stands_between(sentence[at]):
        at -= 1
    return max(at, 0)


def _stands_between(word: Word) -> bool:
    return word.lowered in BETWEEN or (
        word.is_adverb and not word.nouns and word.lowered.endswith("ment")
    )


def subject_before(sentence: Sequence[Word], end: int) -> tuple[int, Traits] | None:
    """The subject that ends just before ``end``: the index of its head and how it agrees; None where it is not sure."""
    at = end - 1
    if at < 0:
        return None
    if sentence[at].lowered == "," and (who := _relative_before(sentence, at)) is not None:
        at = who
    if sentence[at].lowered == "qui":
        return _antecedent(sentence, at)
    if sentence[at].lowered in PRONOUNS and (
        at == 0 or sentence[at - 1].lowered not in {"d’", "de", "à", "avec", "pour", "par", "sur"}
    ):
        return at, PRONOUNS[sentence[at].lowered]
    return _plain_subject(sentence, end)


def _relative_before(sentence: Sequence[Word], comma: int) -> int | None:
    """The *qui* before a short insertion that ends at ``comma``: *qui, selon elle, avaient*."""
    for at in range(comma - 1, max(comma - 9, 0), -1):
        if sentence[at].lowered == "," and sentence[at - 1].lowered == "qui":
            return at - 1
        if sentence[at].is_mark:
            return None
    return None


def _antecedent(sentence: Sequence[Word], who: int) -> tuple[int, Traits] | None:
    """The noun that *qui* stands for; all nouns of its chain count, as any may be meant."""
    if who and sentence[who - 1].lowered in PRONOUNS:
        return who - 1, PRONOUNS[sentence[who - 1].lowered]
    chain = chain_before(sentence, who)
    if (
        not chain.traits
        or chain.is_open
        or chain.is_joined
        or not sentence[who - 1].nouns | sentence[who - 1].adjectives
    ):
        return None
    if chain.start and sentence[chain.start - 1].lowered in {",", "%"}:
        return None
    return chain.head_at, chain.traits


def _plain_subject(sentence: Sequence[Word], end: int) -> tuple[int, Traits] | None:
    """A subject of the form determiner – noun – complements that begins its clause: the first noun rules."""
    chain = chain_before(sentence, end, wide=True)
    joins = chain.start > 0 and sentence[chain.start - 1].lowered == "et"
    if not (joins or is_clause_start(sentence, chain.start)):
        return None
    first = sentence[chain.start]
    if first.lowered not in DETERMINERS or first.lowered in {"du", "des", "au", "aux"}:
        return None
    at = head_of(sentence, chain.start, end)
    if at is None or sentence[at].lowered in QUANTITY_NOUNS:
        return None
    return at, chain.traits | MP | FP if chain.is_joined or joins else noun_at(sentence, at)
