"""A verb in the wrong mood: *bien que le prix est*, *de sorte que des erreurs puissent survenir*.

After some conjunctions French needs the subjunctive; after *de sorte que* the indicative where the
source tells a result ("such that errors may ensue"), the subjunctive where it tells a purpose.
Only forms that are a verb and nothing else count, and only the first verb after the conjunction.
docs/decisions/0021-words-that-french-needs.md has the figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import QUE, is_noun_at
from articles.checks.french.words import Word, word_before, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

BEFORE_QUE = word_set("afin pour avant sans pourvu")
"""Words that make a conjunction of *que* wherever they stand right before it."""
WISHES = word_set("demander exiger souhaiter vouloir ordonner regretter préférer")
"""Verbs whose *que* needs the subjunctive, too."""
ONE_WORD = word_set("quoique quoiqu’")
SUBJUNCTIVES = frozenset("ST")
"""DELA's letters for the present and the imperfect of the subjunctive."""
OPENERS = word_set(
    """le la l’ les un une des ce cet cette ces mon ma mes son sa ses notre nos votre vos leur
    leurs il elle ils elles on cela ça tout tous plusieurs certains certaines"""
)
"""Words with which the subject after the conjunction begins."""
CLAUSE_WORDS = word_set(
    """que qu’ qui dont où quand lorsque lorsqu’ quoi laquelle lequel lesquels lesquelles duquel
    auquel fait en"""
)
"""Words after which the first verb may belong to another clause."""
WITHIN_PHRASE = word_set('« » “ ” " -')
COMMON_VERBS = {
    "est": "soit",
    "sont": "soient",
    "a": "ait",
    "ont": "aient",
    "peut": "puisse",
    "peuvent": "puissent",
    "doit": "doive",
    "était": "",
    "étaient": "",
    "avait": "",
    "avaient": "",
}
"""Frequent forms that the dictionary also has as nouns → their subjunctive, where it is certain."""
COMMON_SUBJUNCTIVES = {form: verb for verb, form in COMMON_VERBS.items() if form}
_DE_SORTE_QUE = re.compile(r"\b((?:de|telle) (?:sorte|façon|manière) (?:que\b|qu[’']))", re.I)
"""A conjunction of purpose, with the subjunctive, or result."""
_RESULT = re.compile(r"\b(?:such that|to such an? \w+ that|with the result that)\b", re.I)
_PURPOSE = re.compile(
    r"\b(?:design|arrang|construct|built|build|set|ensur|sure|adjust|writ|organi[sz]|must|should"
    r"|need|plan|made|mak)\w*\b[^.;]*\bsuch\b|\bso that\b",
    re.I,
)
KNOWN_VERBS = COMMON_VERBS.keys() | COMMON_SUBJUNCTIVES.keys()
_BRACKETS = {"(": 1, ")": -1}
LONGEST_SUBJECT = 10
"""Words, at most, between the conjunction and its verb."""


@check(
    id="french-subjunctive",
    type="Grammar",
    severity="minor",
    title=_("Indicative or subjunctive"),
    help=_(
        "A French verb in the indicative after “bien que”, “afin que”, “pour que”, “avant que” or "
        "“sans que”, or in the subjunctive after “de sorte que” where the source tells a result."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "Although the price is high, people buy it.",
            "Bien que le prix est élevé, les gens l’achètent.",
            "“est” after “Bien que”: subjunctive?",
        ),
        (
            "Although the price is high, people buy it.",
            "Bien que le prix soit élevé, les gens l’achètent.",
            "",
        ),
    ),
)
def subjunctive(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report the first verb after such a conjunction where it is in the other mood."""
    del article
    sentence = words(pair.target_tokens)
    if _tells_result(pair.source):
        yield from _purposes(pair, sentence)
    for at in range(len(sentence) - 3):
        start = _clause_after(sentence, at)
        if start is None:
            continue
        verb = _first_verb(sentence, start)
        if verb is not None and not _may_be_subjunctive(verb):
            conjunction = " ".join(word.token.text for word in sentence[at:start])
            form = COMMON_VERBS.get(verb.lowered, "")
            message = _("“%(verb)s” after “%(conjunction)s”: subjunctive?")
            yield _finding(conjunction, verb, form, message)


def _tells_result(source: str) -> bool:
    """Return whether the English source tells what comes of something, and no purpose."""
    return bool(_RESULT.search(source)) and not _PURPOSE.search(source)


def _purposes(pair: Pair, sentence: Sequence[Word]) -> Iterator[Finding]:
    """Yield a finding for each subjunctive after *de sorte que*."""
    starts = [word.token.start for word in sentence]
    for match in _DE_SORTE_QUE.finditer(pair.target):
        verb = _first_verb(sentence, bisect_left(starts, match.end()))
        if verb is not None and _is_only_subjunctive(verb):
            form = COMMON_SUBJUNCTIVES.get(verb.lowered, "")
            message = _("“%(verb)s” after “%(conjunction)s”: indicative for a result?")
            yield _finding(match[1], verb, form, message)


def _is_only_subjunctive(verb: Word) -> bool:
    tenses = {reading.tense for reading in verb.readings if reading.is_finite}
    return tenses <= SUBJUNCTIVES


def _finding(conjunction: str, verb: Word, form: str, message: str) -> Finding:
    """Return the finding of a verb for which ``form`` is right, "" where that is not certain."""
    span = Span(verb.token.start, verb.token.end)
    return Finding(
        check="french-subjunctive",
        type="Grammar",
        severity="minor",
        score=0.7,
        message=message,
        values={"verb": verb.token.text, "conjunction": conjunction},
        target_spans=(span,),
        remedy=((span, form),) if form else (),
    )


def _clause_after(sentence: Sequence[Word], at: int) -> int | None:
    """Return the index of the word after the conjunction that begins at ``at``, None for none."""
    word = sentence[at]
    if word.lowered in ONE_WORD:
        start = at + 1
    elif sentence[at + 1].lowered in QUE and _makes_conjunction(sentence, at):
        start = at + 2
    else:
        return None
    if sentence[start].lowered not in OPENERS:
        return None
    return start


def _makes_conjunction(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` and the *que* after it are such a conjunction.

    *Bien* is one only at the start of a clause: *je sais bien que*.
    """
    if sentence[at].lowered in BEFORE_QUE:
        return word_before(sentence, at).lowered != "en"  # penché en avant, qu’il
    if sentence[at].lowered != "bien":
        return not WISHES.isdisjoint(sentence[at].lemmas)
    return at == 0 or word_before(sentence, at).is_mark


def _first_verb(sentence: Sequence[Word], start: int) -> Word | None:
    """Return the first verb with a person from ``start`` on, None where it is not sure."""
    end = min(len(sentence), start + LONGEST_SUBJECT)
    for at in _outside_brackets(sentence, start, end):
        word = sentence[at]
        if word.is_mark and word.lowered not in WITHIN_PHRASE:
            return None
        if word.lowered in CLAUSE_WORDS:
            return None
        if word.lowered in KNOWN_VERBS:
            return word
        if _may_be_verb(sentence, at):
            return word if _is_only_verb(word) else None
    return None


def _outside_brackets(sentence: Sequence[Word], start: int, end: int) -> Iterator[int]:
    """Yield the indices from ``start`` to ``end`` of what stands in no round brackets."""
    depth = 0
    for at in range(start, end):
        before = depth
        depth += _BRACKETS.get(sentence[at].lowered, 0)
        if before == depth == 0:
            yield at


def _may_be_verb(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word may be a verb in the third person there."""
    word = sentence[at]
    return bool(word.third_person_numbers) and not word.is_capital and not is_noun_at(sentence, at)


def _is_only_verb(word: Word) -> bool:
    return word.kinds == {"V"} and not word.participles


def _may_be_subjunctive(verb: Word) -> bool:
    """Return whether the form is a subjunctive, whatever else it may be."""
    return any(reading.tense in SUBJUNCTIVES for reading in verb.readings)
