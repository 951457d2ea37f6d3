"""A participle or adjective that agrees with no noun it could belong to.

For example *les vidéos ont été généré*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.forms import agreeing_form
from articles.checks.french.phrases import Chain, chain_before, is_noun_at, noun_at
from articles.checks.french.subjects import (
    LOOSE_LINKS,
    NO_CANDIDATES,
    PARTICLES,
    auxiliary_before,
    skip_adverbs,
    subject_before,
)
from articles.checks.french.words import (
    FP,
    FUNCTION_WORDS,
    MP,
    MS,
    PLURAL,
    Traits,
    Word,
    skip_back,
    word_after,
    word_before,
    word_set,
    words,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

FROZEN = word_set(
    """compris vu excepté hormis passé attendu supposé entendu dit joint inclus pu fait dû cru
    su voulu été eu né censé donné étant mis mise sorti mort témoin partie parti plus plu tu lu
    nu point lui tel telle tels telles député"""
)
"""Participles that are also fixed phrases (*y compris*, *vu*), or other words (*plus*, *tu*)."""
AGREES_AFTER_BE = word_set("fait")
"""Of these, what agrees after *être*: *les travaux sont faits*. Without *se*: *se sont fait mal*
has no subject here."""
PLURAL_DETERMINERS = word_set("les ces mes tes ses nos vos leurs")
NO_AGENTS = word_set(
    """an jour mois semaine heure minute seconde exemple ailleurs conséquent contre hasard là trop
    rapport moments endroits erreur ici défaut"""
)
"""What follows *par* where it names nobody who did something."""
COPULAS = word_set("rester demeurer devenir sembler paraître")
"""Verbs other than *être* whose attribute agrees with the subject: *les loyers restent élevés*."""
COLOURS = word_set(
    "blanc noir rouge bleu vert jaune gris brun rose orange marron clair foncé crème or argent"
)
"""Adjectives that do not agree when another follows: *une couleur blanc cassé*."""
AFTER_PARTICIPLE = word_set("à au aux par")
"""A word after a participle that shows it is one, and not a noun beside a noun."""
SAME = word_set("même mêmes")
LISTING = word_set("et ou ,")
"""What follows a word that may be the first of several: *française et anglaise*."""
AUXILIARIES = word_set("avoir être")
OBJECTS = word_set("me m’ te t’ lui nous vous leur")
"""Pronouns that stand before *sembler* and *paraître*: *la loi leur semble dure*."""
REFLEXIVE = word_set("se s’ nous vous")


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
            "“publié” does not agree with “photos”?",
        ),
        ("The photos were published.", "Les photos ont été publiées.", ""),
    ),
)
def agreement(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each participle or adjective that agrees with none of its candidates.

    Looked at are those after *être* and those right after a noun.
    """
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence)):
        noun = _disagreeing_noun(sentence, at)
        if noun is not None:
            yield _finding(sentence, at, noun)


def _finding(sentence: Sequence[Word], at: int, noun: Word) -> Finding:
    word = sentence[at]
    form = agreeing_form(word, noun_at(sentence, sentence.index(noun)))
    values = {"word": word.token.text, "noun": noun.token.text}
    message = _("“%(word)s” does not agree with “%(noun)s”?")
    if noun.lemmas & AUXILIARIES:
        message = _("“%(word)s”: singular after the plural “%(noun)s”?")
    span = Span(word.token.start, word.token.end)
    return Finding(
        check="french-agreement",
        type="Grammar",
        severity="minor",
        score=0.8,
        message=message,
        values=values,
        target_spans=(span,),
        remedy=((span, form),) if form else (),
    )


def _disagreeing_noun(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the subject or noun with which the word at ``at`` should agree and does not."""
    word = sentence[at]
    if word.lowered in FROZEN and word.lowered not in AGREES_AFTER_BE:
        return None
    if not word.agreements:
        return None
    for find in (after_to_be, after_copula, after_noun, before_agent):
        noun = find(sentence, at)
        if noun is not None:
            return noun
    return None


def before_agent(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the plural noun before a participle in the singular: *les travaux fait par l’équipe*.

    The participle is one that could be a verb in the singular, which has no such subject; *par*
    and what follows say that it is none.
    """
    word = sentence[at]
    if not word.is_finite or word.participles != MS:
        return None
    if word_after(sentence, at).lowered != "par":
        return None
    if word_after(sentence, at + 1).lowered in NO_AGENTS:
        return None
    if noun_at(sentence, at - 1) not in (MP, FP, PLURAL):
        return None
    if word_before(sentence, at - 1).lowered not in PLURAL_DETERMINERS:
        return None
    return sentence[at - 1]


def after_noun(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the noun just before ``at`` if the word at ``at`` does not agree with it.

    None also where the word agrees with a noun further back.
    """
    noun = sentence[at - 1]
    if noun.lowered in NO_CANDIDATES:
        return None
    if not is_noun_at(sentence, at - 1):
        return None
    if not _completes(sentence, at):
        return None
    chain = chain_before(sentence, at)
    if not chain.traits:
        return None
    if _fits(chain, sentence[at].agreements):
        return None
    if _reaches_back(sentence, chain.start):
        return None
    ahead = word_before(sentence, chain.start - 1)
    if ahead.lemmas & AUXILIARIES:
        return None  # avoir depuis …
    first = sentence[chain.start]
    if not first.determiner and not first.nouns:
        return None
    return noun


def _reaches_back(sentence: Sequence[Word], start: int) -> bool:
    """Return whether the word may belong to a noun before the chain that begins at ``start``.

    It may over a preposition or a percentage.
    """
    before = word_before(sentence, start)
    if before.lowered in SAME:
        return True  # ceux de même nom importés
    if before.lowered not in LOOSE_LINKS:
        return False
    ahead = sentence[max(start - 2, 0)]
    if ahead.lowered in FUNCTION_WORDS:
        return False
    return not ahead.is_infinitive


def _completes(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word can only be a participle or adjective of the noun before it.

    It cannot where it may be a verb, adverb or noun.
    """
    word = sentence[at]
    after = word_after(sentence, at)
    if not _is_modifier(word):
        return False
    if not word.participles and _is_modified(word, after):
        return False
    if after.lowered in LISTING and not word.agreements & PLURAL:
        return False  # les langues française et anglaise
    if not word.nouns:
        return True
    if not word.adjectives:
        return after.lowered in AFTER_PARTICIPLE
    if sentence[at - 1].adjectives:
        return False
    return not word.lowered.endswith(("eur", "eurs"))


def _is_modifier(word: Word) -> bool:
    """Return whether the word can be no verb with a person, gerund, name or mere adverb."""
    if word.is_finite:
        return False
    if word.is_gerund:
        return False
    if word.is_capital:
        return False
    if word.is_adverb:
        return bool(word.participles)
    return True


def _is_modified(word: Word, after: Word) -> bool:
    """Return whether the adjective may go with the word after it, as colours do."""
    if word.lowered in COLOURS:
        return True
    return bool(after.nouns | after.adjectives)


def _fits(chain: Chain, wanted: Traits) -> bool:
    """Return whether any noun of the chain, or several together, allows the agreement."""
    if chain.is_open:
        return True
    if chain.traits & wanted:
        return True
    if chain.is_joined:
        return bool(wanted & PLURAL)
    return False


def after_to_be(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the subject of *être* with which the word at ``at`` does not agree.

    Where the subject is not known it is the verb that says its number, for a participle in the
    singular after *étaient*. None where the word agrees.
    """
    verb = auxiliary_before(sentence, at)
    if verb is None:
        return None
    if _is_mere_adverb(sentence[at]):
        return None
    start, numbers = verb
    subject = _disagreeing_subject(sentence, at, start, numbers)
    if subject is None and numbers == {"p"}:
        return _plural_verb(sentence, at, start)
    return subject


def _plural_verb(sentence: Sequence[Word], at: int, start: int) -> Word | None:
    """Return the plural verb from ``start`` on, if the word at ``at`` is a participle in the
    singular."""
    word = sentence[at]
    is_plural = not word.agreements.isdisjoint(PLURAL)
    if is_plural:
        return None
    if not word.participles:
        return None
    if word_before(sentence, start).lowered in REFLEXIVE:
        return None  # trois maires se sont succédé
    for verb in sentence[start:at]:
        if verb.third_person_numbers:
            return verb
    return None


def after_copula(sentence: Sequence[Word], at: int) -> Word | None:
    """Return the subject of *rester* or *devenir* with which the word at ``at`` does not agree.

    None where it agrees, where the subject is not known, or where the word may be a noun.
    """
    word = sentence[at]
    if word.nouns or _is_mere_adverb(word):
        return None
    before = skip_adverbs(sentence, at - 1)
    verb = sentence[before]
    if before < 1 or verb.nouns or not verb.lemmas & COPULAS:
        return None
    start = skip_back(sentence, before, PARTICLES | OBJECTS)
    return _disagreeing_subject(sentence, at, start, verb.third_person_numbers)


def _is_mere_adverb(word: Word) -> bool:
    return word.is_adverb and not word.participles


def _disagreeing_subject(
    sentence: Sequence[Word], at: int, end: int, numbers: frozenset[str]
) -> Word | None:
    """Return the subject that ends before ``end`` if the word at ``at`` does not agree with it.

    ``numbers`` are those that the verb has.
    """
    word = sentence[at]
    found = subject_before(sentence, end)
    if found is None:
        return None
    subject, traits = found
    possible = {each for each in traits if each[1] in numbers}
    if not possible:
        return None
    if possible & word.agreements:
        return None
    return sentence[subject]
