"""A tense that changed: what will happen is said to have happened, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.checks.counterparts import content_words_after, is_translated, linked_places
from articles.checks.french.phrases import Word, words
from articles.checks.french.verb_groups import FUTURE, PAST, has_tense, past_auxiliary, tense_of
from articles.checks.registry import ArticleFacts, Finding, Pair, check
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
    r"\b(?=[a-z]{3,}ed (?:the|a|an|his|her|its|their)\b)",
    re.I,
)
"""A perfect, or a verb in -ed with its object."""
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
_SCORE = 0.7


@check(
    id="tense",
    type="Mistranslation",
    severity="major",
    title=_("Tense differs"),
    help=_(
        "The source says what will happen (“will”, “would”), the translation that it has happened "
        "(“a”, “ont” or “avait” with a participle); or the source says “has” or “had” and the "
        "translation has a future."
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


def _said_in(pair: Pair, verb: Token, sentence: tuple[Word, ...], tense: str) -> Span | None:
    """Return the counterpart of a verb of the source, with its auxiliary, if it has this tense."""
    places = linked_places(pair, {verb.start})
    for at, word in enumerate(sentence):
        if word.token.start in places and tense_of(sentence, at) == tense:
            first = past_auxiliary(sentence, at) or word
            return Span(first.token.start, word.token.end)
    return None


def _finding(pair: Pair, source: Span, target: Span) -> Finding:
    return Finding(
        "tense",
        "Mistranslation",
        "major",
        _SCORE,
        _("Tense differs: “%(source)s” → “%(target)s”"),
        {"source": source.of(pair.source), "target": target.of(pair.target)},
        (source,),
        (target,),
    )
