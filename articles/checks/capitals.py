"""Capitals that the translation loses or gains: *france*, *le chuv*, *le 12 Janvier*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from simplemma import is_known

from articles.checks.french.lexicon import readings
from articles.checks.name_forms import plain_form
from articles.checks.name_words import may_start_sentence
from articles.checks.numbers.numeral_words import SHORT_MONTHS, WEEKDAYS, months
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

# French names of places that are no other word in lower case.
_PLACES = set(
    "france allemagne italie espagne angleterre écosse irlande islande norvège suède danemark "
    "finlande estonie lettonie lituanie pologne tchéquie slovaquie slovénie hongrie roumanie "
    "bulgarie grèce turquie serbie croatie bosnie albanie macédoine monténégro kosovo moldavie "
    "ukraine biélorussie russie géorgie arménie azerbaïdjan autriche belgique pays-bas luxembourg "
    "royaume-uni états-unis grande-bretagne canada mexique brésil pérou bolivie "
    "colombie venezuela guyane paraguay uruguay haïti jamaïque guatemala honduras nicaragua "
    "salvador maroc algérie tunisie libye égypte soudan éthiopie somalie kenya ouganda rwanda "
    "burundi tanzanie mozambique zambie zimbabwe angola congo gabon cameroun tchad nigeria "
    "mali sénégal mauritanie ghana togo namibie botswana madagascar syrie liban "
    "israël jordanie irak iran arabie yémen oman qatar koweït afghanistan pakistan inde népal "
    "bangladesh birmanie thaïlande laos cambodge vietnam malaisie singapour indonésie philippines "
    "chine japon corée taïwan mongolie australie nouvelle-zélande europe afrique asie amérique "
    "océanie antarctique londres bruxelles genève rome venise naples "
    "madrid lisbonne berlin munich hambourg moscou kiev varsovie prague athènes istanbul ankara "
    "jérusalem beyrouth bagdad téhéran pékin tokyo séoul delhi bombay washington californie "
    "floride texas louisiane québec ontario".split()
)
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
        plain = plain_form(word.text)
        if word.text.islower():
            in_lower_case.add(plain)
            continue
        if len(plain) < _LEAST_LETTERS:
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
    if pair.target_language == "fr" and text in _PLACES:
        return text.title()
    name = names.get(plain_form(text), "")
    if len(name) != len(text):
        return ""
    if _is_common_word(text, pair.target_language):
        return ""
    return _with_capitals_of(name, text)


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
