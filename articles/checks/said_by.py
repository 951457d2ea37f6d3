"""Who said it: "Hahn admitted" told as *a reconnu Meier*, "she said" as *a déclaré M. Mlakar*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.checks.exonyms import EXONYMS
from articles.checks.registry import ArticleFacts, Finding, Pair, mistranslation
from articles.checks.verbs_of_speech import A_DIT, SAID
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_WORD = r"[A-Z][^\W\d_]{2,}(?:-[A-Z][^\W\d_]+)?"
_NAME = rf"{_WORD}(?: {_WORD})?"
"""A surname, or a first name and a surname."""
_ENGLISH = re.compile(
    rf"[,.?!][”\"’'] (?:(?P<before>{_NAME}) {SAID}|{SAID} (?P<after>{_NAME}))\b(?!-| [A-Z])"
)
_ENGLISH_PRONOUN = re.compile(rf"[,.?!][”\"’'] (?P<pronoun>she|he) {SAID}\b")
_TITLE = r"(?P<title>M\.|Mme|Mlle|Monsieur|Madame)\s"
_FRENCH = re.compile(
    rf"\ba {A_DIT} (?!Mme|Mlle|Monsieur|Madame)(?P<name>{_NAME})\b(?!-| [A-Z]| de [A-Z])"
)
_FRENCH_TITLE = re.compile(
    r"[»”\"],?\s(?![^.,;:\n]{0,40}-(?:il|elle|on)\b)[^«»“”\".,;:\n]{2,40}?"
    r"(?<!\bà )(?<!\bde )(?<!\bpour )(?<!\bsur )(?<!\bcontre )(?<!\bchez )"
    rf"\b(?P<person>{_TITLE}{_WORD})"
)
"""Whatever the verb is: *s’est désolé M. Mogensen*, but not whom it is said to or of."""
_ENGLISH_TITLE = re.compile(rf"\b(?P<title>Mr|Mrs|Ms|Miss)\.? (?P<name>{_NAME})\b")
_FRENCH_TITLES = re.compile(rf"(?<!\w)(?P<person>{_TITLE}(?P<name>{_NAME}))\b")
NAME_SCORE = 0.7
TITLE_SCORE = 0.8
_SAME_SOUND = str.maketrans("YJZCTKQ", "IIIKKKK")
"""Yatsenyuk is *Iatseniouk*, Zyuganov *Ziouganov*, Chubais *Tchoubaïs*."""
_OF_A_MAN = frozenset(("M.", "Monsieur"))


def other_speaker(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Yield the name of who speaks where the French names another person behind the quotation.

    Two names of one person are none: those that stand side by side anywhere in the article.
    """
    said = _ENGLISH.search(pair.source)
    dit = _FRENCH.search(pair.target)
    if not said or not dit:
        return
    group = str(said.lastgroup)
    name = said[group]
    other = dit["name"]
    if _has_a_word(pair.target, name):
        return
    if _has_a_word(pair.source, other):
        return
    if _may_be_one(name.split()[-1], other.split()[-1], pair, article):
        return
    message = _("Name differs: %(source)s → %(target)s")
    source, target = Span(*said.span(group)), Span(*dit.span("name"))
    yield mistranslation("names", message, NAME_SCORE, pair, source, target)


def _has_a_word(text: str, name: str) -> bool:
    """Return whether the text has the first name or the surname."""
    words = name.split()
    found = [word for word in words if word in text]
    return bool(found)


def _may_be_one(name: str, other: str, pair: Pair, article: ArticleFacts) -> bool:
    """Return whether two names may be one person or thing: Putin and Poutine, a first name."""
    if _first_sound(name) == _first_sound(other) or name.lower() in EXONYMS:
        return True
    together = re.compile(rf"\b(?:{name}\W+(?:\w+\W+)?{other}|{other}\W+(?:\w+\W+)?{name})\b")
    return any(map(together.search, _all_texts(pair, article)))


def _first_sound(name: str) -> str:
    """Return the first letter of a name, one letter for those that Slavic names exchange."""
    plain = name.translate(_SAME_SOUND)
    return plain[:1]


def _all_texts(pair: Pair, article: ArticleFacts) -> Iterator[str]:
    yield from (pair.source, pair.target, *pair.previous, *pair.following)
    for source, target in article.pairs:
        yield source
        yield target


def speaker_of_other_gender(pair: Pair) -> Iterator[Finding]:
    """Yield "she said" with *M. Mlakar*, and "he said" with *Mme Mlakar*."""
    said = _ENGLISH_PRONOUN.search(pair.source)
    dit = _FRENCH_TITLE.search(pair.target)
    if not said or not dit:
        return
    is_man = dit["title"] in _OF_A_MAN
    is_he = said["pronoun"] == "he"
    if is_man == is_he:
        return
    message = _("Pronoun changed: “%(source)s” → “%(target)s”")
    source, target = Span(*said.span("pronoun")), Span(*dit.span("person"))
    yield mistranslation("speaker", message, TITLE_SCORE, pair, source, target)


def title_of_other_gender(pair: Pair) -> Iterator[Finding]:
    """Yield "Mr Keller" with *Mme Keller*, unless the source speaks of both."""
    men: dict[str, re.Match[str]] = {}
    women: dict[str, re.Match[str]] = {}
    for said in _ENGLISH_TITLE.finditer(pair.source):
        same = men if said["title"] == "Mr" else women
        same[_surname(said)] = said
    for dit in _FRENCH_TITLES.finditer(pair.target):
        same, other = women, men
        if dit["title"] in _OF_A_MAN:
            same, other = men, women
        name = _surname(dit)
        if name in same:
            continue
        if name not in other:
            continue
        if pair.source.count(name) > 1:
            continue
        said = other[name]
        message = _("Pronoun changed: “%(source)s” → “%(target)s”")
        source, target = Span(*said.span()), Span(*dit.span("person"))
        yield mistranslation("speaker", message, TITLE_SCORE, pair, source, target)


def _surname(named: re.Match[str]) -> str:
    return named["name"].split()[-1]
