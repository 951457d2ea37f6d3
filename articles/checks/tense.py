"""A tense that changed: what will happen is said to have happened, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from articles.checks.counterparts import content_words_after, is_translated, linked_places
from articles.checks.french.verb_groups import FUTURE, PAST, has_tense, past_auxiliary, tense_of
from articles.checks.french.words import Word, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check, mistranslation
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

_WILL = re.compile(
    r"\b(?:will|would|shall|won(?=’t|'t))\b(?! (?:have(?! to\b)|likely have))"
    r"|\b(?:is|are) (?:due |set |going |about |scheduled |expected |likely )?to\b(?: be\b)?"
    r"(?! (?:have|blame)\b)",
    re.I,
)
"""Not "would have said", which French may say in other tenses."""
_DONE = re.compile(
    r"\b(?:has|have|had)\b(?! (?:to|yet to|not yet)\b)"
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )"
    r"\b(?=[a-z]{3,}ed (?:the|a|an|his|her|its|their)\b)"
    r"|(?<!\bto )\b(?=(?:came|went|took|began|won|left|made|gave|told|rose|fell|became|held|met"
    r"|paid|sold|sent|bought|spoke|wrote|grew|ran|chose|flew|opened|closed|started|ended|arrived"
    r"|died|returned) (?:[a-z]+|\d))",
    re.I,
)
"""A perfect, a verb in -ed with its object, or a past that nothing else looks like."""
_WAS_DONE = re.compile(r"\b(?:was|were) (?=[a-z]{3,}(?:ed|en|wn|ght|ld|un) )")
_SERA = frozenset(("sera", "seront"))
_NOT_DONE = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|should|must|going|to|if|when|once|until|after"
    r"|before|by|next|tomorrow|as soon as)\b|’ll|'ll",
    re.I,
)
"""What makes a perfect say something about the future: "once it has been approved"."""
_LATER = frozenset("FC")
"""DELA's letters for the future and the conditional."""
_OTHERWISE = frozenset(
    "va vont vais allait allaient doit doivent devait devaient compte comptait".split()
)
"""Verbs that say with an infinitive what will happen."""
_WILL_HAVE_TO = re.compile(r"\b(?:will|would|shall) (?:also |still |now )?have to\b", re.I)
_HAD_TO = re.compile(r"\b(?:a|ont|avait|avaient) (?:\w+ ){0,2}?(?P<verb>dû|fallu)\b")
_USED_TO = re.compile(
    r"\b(?:I|you|we|they|he|she|it|who|that|which|people|there|once) used to\b", re.I
)
"""What was a habit. "Is used to" and "tools used to cut" are none."""
_PRESENT = frozenset("PSY")
"""DELA's letters for the present, and for the moods that look like it."""
_MOST = 8
"""The most verbs of a kind that are looked at."""
_SCORE = 0.7


@check(
    id="tense",
    type="Mistranslation",
    severity="major",
    title=_("Tense differs"),
    help=_(
        "The source says what will happen (“will”, “would”), the translation that it has happened "
        "(“a”, “ont” or “avait” with a participle); or the source says “has”, “had” or another "
        "past and the translation has a future; or “used to” is a present."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "The ministry will publish the report.",
            "Le ministère a publié le rapport.",
            "Tense differs: “will publish” → “a publié”",
        ),
        ("The ministry will publish the report.", "Le ministère publiera le rapport.", ""),
    ),
)
def tense(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report the first verb of the source whose counterpart has another tense."""
    del article
    sentence = words(pair.target_tokens)
    if not any(word.lowered in _OTHERWISE for word in sentence) and not has_tense(sentence, _LATER):
        found = list(_changed(pair, sentence, _WILL, PAST))
        yield from found or _had_to(pair)
    if not _NOT_DONE.search(pair.source):
        yield from _changed(pair, sentence, _DONE, FUTURE)
        yield from _will_be_done(pair, sentence)
    yield from _still_done(pair, sentence)


def _changed(
    pair: Pair, sentence: tuple[Word, ...], auxiliaries: re.Pattern[str], wrong: str
) -> Iterator[Finding]:
    """Yield the first verb after one of the auxiliaries that is said in the ``wrong`` tense."""
    for auxiliary in auxiliaries.finditer(pair.source):
        for verb in content_words_after(pair.source_tokens, auxiliary.end(), 1):
            if not is_translated(pair, verb, axis=0):
                continue
            said = _said_in(pair, verb, sentence, wrong)
            if said is not None:
                yield _finding(pair, Span(min(auxiliary.start(), verb.start), verb.end), said)
                return


def _had_to(pair: Pair) -> Iterator[Finding]:
    """Yield "will have to" that is *a dû*, whatever the verb after it is."""
    source = _WILL_HAVE_TO.search(pair.source)
    target = _HAD_TO.search(pair.target)
    if not source or not target:
        return
    yield _finding(pair, Span(*source.span()), Span(*target.span()))


def _will_be_done(pair: Pair, sentence: tuple[Word, ...]) -> Iterator[Finding]:
    """Yield the first "was closed" that is *sera fermé*."""
    for passive in islice(_WAS_DONE.finditer(pair.source), _MOST):
        for verb in content_words_after(pair.source_tokens, passive.end(), 1):
            places = linked_places(pair, {verb.start})
            for word, after in pairwise(sentence):
                if word.lowered in _SERA and after.token.start in places:
                    source = Span(passive.start(), verb.end)
                    yield _finding(pair, source, Span(word.token.start, after.token.end))
                    return


def _still_done(pair: Pair, sentence: tuple[Word, ...]) -> Iterator[Finding]:
    """Yield the first "used to hunt" that is *chassent*."""
    for habit in islice(_USED_TO.finditer(pair.source), _MOST):
        for verb in content_words_after(pair.source_tokens, habit.end(), 1):
            places = linked_places(pair, {verb.start})
            for word in sentence:
                if word.token.start in places and _is_present(word):
                    source = Span(habit.start(), verb.end)
                    yield _finding(pair, source, Span(word.token.start, word.token.end))
                    return


def _is_present(word: Word) -> bool:
    """Return whether the word is a verb in the present, and nothing else."""
    tenses = set()
    for reading in word.readings:
        tenses.add(reading.tense)
    if "P" not in tenses:
        return False
    return tenses <= _PRESENT


def _said_in(pair: Pair, verb: Token, sentence: tuple[Word, ...], tense: str) -> Span | None:
    """Return the counterpart of a verb of the source, with its auxiliary, if it has this tense."""
    places = linked_places(pair, {verb.start})
    for at, word in enumerate(sentence):
        if word.token.start in places and tense_of(sentence, at) == tense:
            first = past_auxiliary(sentence, at) or word
            return Span(first.token.start, word.token.end)
    return None


def _finding(pair: Pair, source: Span, target: Span) -> Finding:
    message = _("Tense differs: “%(source)s” → “%(target)s”")
    return mistranslation("tense", message, _SCORE, pair, source, target)
