"""Capitals that the translation loses or gains: *france*, *le chuv*, *le 12 Janvier*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from simplemma import is_known

from articles.checks.french.lexicon import readings
from articles.checks.name_words import may_start_sentence
from articles.checks.numbers.numeral_words import SHORT_MONTHS, WEEKDAYS, months
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.checks.word_sets import word_sets
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spelling import without_accents
from articles.text.tokens import Token

_PLACE_SETS = frozenset(("country", "city", "continent"))
"""The word sets whose French words are names of places."""
_SHORTEST_PLACE = 4
_OTHER_PLACES = frozenset(
    "afghanistan antarctique arabie birmanie brésil californie canada chine floride inde japon "
    "laos lettonie louisiane luxembourg macédoine mali mongolie monténégro nicaragua oman ontario "
    "philippines pékin québec singapour somalie soudan suède texas thaïlande venise écosse".split()
)
"""Further places: those that the dictionary has as rare words, too, such as *japon*, a paper."""
_WITHIN_PLACE = frozenset("au aux de des du en la le les sous sur".split())
"""What keeps its lower case inside the name of a place: *Aix-la-Chapelle*."""
_DAYS_AND_MONTHS = frozenset((*WEEKDAYS["fr"], *months("fr")))
_BEFORE_DATE = re.compile(r"(?:\d|1er|\b(?:le|ce|du|de|en|d’ici|fin|début|depuis))\s$")
# Signs that stand in lower case in one language and in capitals in the other.
_EITHER_WAY = set("am pm km kg cm mm hz db ph tv internet web covid inc ltd".split())
_IN_ADDRESS = frozenset("@#/_.")
_LEAST_LETTERS = 2


@check(
    id="capitals",
    type="Spelling",
    severity="minor",
    title=_("Lost or needless capital"),
    help=_(
        "A name or an abbreviation that the source writes with a capital stands in lower case in "
        "the translation; or a French day or month has a capital."
    ),
    languages=(("en", ""), ("fr", ""), ("es", "")),
    examples=(
        ("He lives in France.", "Il vit en france.", "“france”: capital lost?"),
        (
            "He left on 12 January.",
            "Il est parti le 12 Janvier.",
            "“Janvier”: needless capital?",
        ),
        ("He lives in Kyiv.", "Il vit à Kiev.", ""),
    ),
)
def capitals(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report words of the target in lower case that the source has with capitals, then dates."""
    del article
    names = _names(pair.source_tokens, pair.source_language)
    is_french = pair.target_language == "fr"
    for word in pair.target_tokens:
        written = _with_capital(word, names, pair)
        if written:
            yield _finding(word, written, 0.75, _("“%(target)s”: capital lost?"))
            continue
        if not is_french:
            continue
        if _is_capital_date(word, pair):
            message = _("“%(target)s”: needless capital?")
            yield _finding(word, word.text.lower(), 0.7, message)


def _finding(word: Token, written: str, score: float, message: str) -> Finding:
    span = Span(word.start, word.end)
    return Finding(
        "capitals",
        "Spelling",
        "minor",
        score,
        message,
        {"target": word.text},
        target_spans=(span,),
        remedy=((span, written),),
    )


def _names(words: Sequence[Token], language: str) -> dict[str, str]:
    """Return the source's words with a capital of their own, by their plain letters.

    A word that also stands in lower case is left out, and one that the language has in lower case:
    in a title every word has a capital.
    """
    names: dict[str, str] = {}
    in_lower_case: set[str] = set()
    for at, word in enumerate(words):
        plain = without_accents(word.text)
        if word.text.islower():
            in_lower_case.add(plain)
            continue
        if len(plain.rstrip("’'")) < _LEAST_LETTERS:
            continue
        if not _has_own_capital(words, at):
            continue
        if _is_titled(word.text, language):
            continue
        names.setdefault(plain, word.text)
    for plain in in_lower_case:
        names.pop(plain, None)
    return names


def _has_own_capital(words: Sequence[Token], at: int) -> bool:
    """Return whether the capital of a word does not come from its place in the sentence."""
    text = words[at].text
    if any(map(str.isupper, text[1:])):
        return True
    return text[0].isupper() and not may_start_sentence(words, at)


def _is_titled(text: str, language: str) -> bool:
    """Return whether a word may have its capital from a title, or is a compound with a name."""
    if text.isupper():
        return False
    has_figure = any(map(str.isdigit, text))
    if "-" in text and not has_figure:
        return True
    if not text[1:].islower():
        return False
    return is_known(text.lower(), language)


def _with_capital(word: Token, names: dict[str, str], pair: Pair) -> str:
    """Return how the word must be written with capitals, "" where it is right as it is."""
    text = word.text
    if not text.islower():
        return ""
    if text in _EITHER_WAY or text in SHORT_MONTHS.get(pair.target_language, {}):
        return ""
    if _is_in_address(word, pair.target):
        return ""
    if pair.target_language == "fr" and _is_place(text, pair):
        return _title_of(text)
    name = names.get(without_accents(text), "")
    if len(name) != len(text):
        return ""
    if _is_common_word(text, pair.target_language):
        return ""
    return _with_capitals_of(name, text)


def _is_place(text: str, pair: Pair) -> bool:
    """Return whether the French word is a place, and no word that the source has in lower case."""
    if text not in _french_places():
        return False
    source = {word.text for word in pair.source_tokens}
    return text not in source


@lru_cache(maxsize=1)
def _french_places() -> frozenset[str]:
    """Return the French names of places, in lower case, that are no other word."""
    places = set(_OTHER_PLACES)
    for word, meanings in word_sets("fr").words.items():
        if len(word) < _SHORTEST_PLACE:
            continue
        if readings(word):
            continue
        groups = {meaning.group for meaning in meanings if not meaning.is_loose}
        named = groups & _PLACE_SETS
        if named:
            places.add(word)
    return frozenset(places)


def _title_of(place: str) -> str:
    """Return the name of a place with its capitals: *Aix-la-Chapelle*."""
    parts = place.split("-")
    for at, part in enumerate(parts):
        if part not in _WITHIN_PLACE:
            parts[at] = part.capitalize()
    return "-".join(parts)


def _with_capitals_of(name: str, text: str) -> str:
    """Return ``text`` with capitals where ``name``, which is as long, has them."""
    letters = list(text)
    for at, letter in enumerate(name):
        if letter.isupper():
            letters[at] = letters[at].upper()
    return "".join(letters)


def _is_common_word(text: str, language: str) -> bool:
    """Return whether the target language has the word in lower case."""
    if language == "fr":
        return bool(readings(text))
    return is_known(text, language)


def _is_in_address(word: Token, text: str) -> bool:
    """Return whether the word is part of an address or a name of a file."""
    letter_before = text[max(0, word.start - 1) : word.start]
    if letter_before in _IN_ADDRESS:
        return True
    letter_after = text[word.end : word.end + 1]
    if letter_after not in _IN_ADDRESS:
        return False
    return text[word.end + 1 : word.end + 2].isalnum()


def _is_capital_date(word: Token, pair: Pair) -> bool:
    """Return whether a French day or month has a capital inside a sentence."""
    if word.text[:1].islower():
        return False
    if word.text.isupper():
        return False
    if word.text.lower() not in _DAYS_AND_MONTHS:
        return False
    return bool(_BEFORE_DATE.search(pair.target, max(0, word.start - 10), word.start))
