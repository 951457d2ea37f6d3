"""A small word that must lose its vowel before the next one.

For example *que il*, *le entreprise*, *de autres*; and *ce* for *cet*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.checks.french.words import Word, word_after, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

ELIDED = {
    "que": "qu’",
    "le": "l’",
    "la": "l’",
    "de": "d’",
    "je": "j’",
    "ne": "n’",
    "se": "s’",
    "me": "m’",
    "te": "t’",
    "ce": "cet ",
}
DEMONSTRATIVE_INITIALS = frozenset("aàâeéèêëiîïoôuùû")
OPENING_MARKS = word_set('« “ "')
INITIALS = frozenset("aàâeéèêëiîïoôuùûy")
"""Letters that a word begins with when another is elided before it; *y* only as a word."""
UNELIDED = word_set(
    """onze onzième onzièmes oui ouistiti ouistitis ouate uhlan uhlans un une est a à et ou où
    au aux en y"""
)
"""Words that begin with a vowel and yet ask for no elision, or that may be a letter, a number or a
compass point."""
SURE = word_set("il elle ils elles on un une en est y")
"""Words before which *que*, *ne*, *se*, *je* are always elided."""
BLANK = re.compile(
    r"(?<![\w’'])(?P<word>(?:[ldnmtsjc]|qu|jusqu|lorsqu|puisqu)[’']) +(?P<next>[^\W\d_]+)", re.I
)
BEFORE_NAMES = word_set("de que")
"""Words that lose their vowel before a name or a foreign word, too: *d’Apple*, *d’interferon*."""
HALF_VOWELS = ("io", "ia", "ie", "oua", "oue", "oui", "ya", "yo")
"""Beginnings of names before which nothing is elided: *de Ouagadougou*."""
ENGLISH_HALF_VOWELS = ("unit", "univ", "unif", "unic", "unio", "uniq", "user", "utah", "euro")
"""Beginnings of English words that are said with a y: *de united*."""
NEVER_SURE = word_set("le la de")


@check(
    id="french-elision",
    type="Spelling",
    severity="minor",
    title=_("Missing elision"),
    help=_(
        "A French word such as “que”, “le” or “de” written in full before a vowel: "
        "“que il” for “qu’il”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "I think he is coming.",
            "Je crois que il vient.",
            "“que il”: write “qu’”?",
        ),
        ("The oui wins.", "Le oui gagne.", ""),
    ),
)
def elision(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each small word in full before a word in lower case that begins with a vowel."""
    del article
    sentence = words(pair.target_tokens)
    yield from _blanks(pair.target)
    yield from _demonstratives(sentence)
    for word, following in pairwise(sentence):
        if word.lowered not in ELIDED or word.lowered == "ce":
            continue
        if pair.target.startswith(("-", "‑"), max(0, word.token.start - 1)):
            continue  # demandai-je
        if _asks_for_elision(word, following):
            yield _finding(word, following)


def _blanks(text: str) -> Iterator[Finding]:
    """Yield the blanks between an elided word and the next: *l’ ulcère*."""
    for match in BLANK.finditer(text):
        yield Finding(
            check="french-elision",
            type="Spelling",
            severity="minor",
            score=0.85,
            message=_("No space after “%(word)s”"),
            values={"word": match["word"]},
            target_spans=(Span(*match.span()),),
            remedy=((Span(*match.span()), match["word"] + match["next"]),),
        )


def _demonstratives(sentence: Sequence[Word]) -> Iterator[Finding]:
    """Yield each *ce* before a noun that begins with a vowel, also one in quotation marks."""
    for at, word in enumerate(sentence):
        if word.lowered != "ce":
            continue
        following = word_after(sentence, at)
        if following.lowered in OPENING_MARKS:
            following = word_after(sentence, at + 1)
        if _is_noun_with_vowel(following):
            yield _finding(word, following, (Span(word.token.start, word.token.end),))


def _is_noun_with_vowel(word: Word) -> bool:
    """Return whether the word begins with a vowel, and is a noun or adjective or in no dictionary.

    *Ce est*, *ce à quoi* and *ce onze* are none.
    """
    if word.lowered[:1] not in DEMONSTRATIVE_INITIALS or len(word.lowered) < 4:
        return False
    if word.is_capital or word.lowered in UNELIDED:
        return False
    return word.kinds <= {"N", "A"}


def _finding(word: Word, following: Word, place: tuple[Span, ...] = ()) -> Finding:
    """Return the finding; ``place`` is the word's own where something stands between the two."""
    values = {
        "word": word.token.text,
        "short": ELIDED[word.lowered].strip(),
        "following": following.token.text,
    }
    short = ELIDED[word.lowered]
    if word.is_capital:
        short = short.capitalize()
    if place:
        remedy = ((place[0], short.strip()),)
    else:
        place = (Span(word.token.start, following.token.end),)
        remedy = ((place[0], short + following.token.text),)
    return Finding(
        check="french-elision",
        type="Spelling",
        severity="minor",
        score=0.85,
        message=_("“%(word)s %(following)s”: write “%(short)s”?"),
        values=values,
        target_spans=place,
        remedy=remedy,
    )


def _asks_for_elision(word: Word, following: Word) -> bool:
    """Return whether the word must lose its vowel before the following one."""
    text = following.lowered
    if text[0] not in INITIALS:
        return False
    if following.is_capital:
        return _is_name_after(word, following)
    if text != following.token.text:
        return False
    if not following.readings:
        return _is_foreign_word_after(word, following)
    if word.lowered not in NEVER_SURE and text in SURE:
        return True
    if text[0] == "y":
        return False
    if len(text) < 3:
        return False
    if text in UNELIDED:
        return False
    return "." not in text


def _is_name_after(word: Word, name: Word) -> bool:
    """Return whether the word must lose its vowel before a name in capital and small letters."""
    if not name.token.text[1:2].islower():
        return False
    return _is_foreign_word_after(word, name)


def _is_foreign_word_after(word: Word, foreign: Word) -> bool:
    """Return whether the word must lose its vowel before one that is in no dictionary."""
    if word.lowered not in BEFORE_NAMES or not word.token.text.islower():
        return False
    if len(foreign.lowered) < 4 or foreign.lowered in UNELIDED:
        return False
    return not foreign.lowered.startswith(("y", *HALF_VOWELS, *ENGLISH_HALF_VOWELS))
