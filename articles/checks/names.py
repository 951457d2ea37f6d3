"""Names that are missing or misspelt, judged over the whole article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from simplemma import is_known
from wordfreq import zipf_frequency

from articles.checks.counterparts import are_in_one_place
from articles.checks.exonyms import EXONYMS
from articles.checks.name_forms import is_written_otherwise, plain_form
from articles.checks.name_particles import names_without_particle
from articles.checks.name_words import LONGEST, name_after, name_before, names_among
from articles.checks.registry import (
    FROM_ENGLISH,
    ArticleFacts,
    Finding,
    Pair,
    check,
    mistranslation,
)
from articles.checks.said_by import other_speaker
from articles.checks.swapped_names import swapped_names
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spelling import common_beginning, letter_distance
from articles.text.tokens import Token

LANGUAGES = (("en", "fr"), ("fr", "en"), ("en", "de"), ("en", "es"), ("es", "en"))
"""From German every noun has a capital."""
_PARTICLE_SCORE = 0.8
_SURNAME_SCORE = 0.85
_KEPT_SCORE = 0.9
_KNOWN_NAME = 2.8
"""How frequent a name must be in the source's language to stand there for another (Zipf scale)."""
_OWN_NAME = 0.5
"""How much more frequent a name is in its own language (Zipf scale)."""
_LONG_NAME = 8
_INNER_NAME = 6
"""Letters of a name that may be misspelt in two places, and in two places before its last one."""
_ONE_STEM = 4
"""Letters at the beginning by which two names are forms of one: Juliet, Juliette."""
_FREQUENT = 3.5
"""A form as frequent as this in French (Zipf scale) is a name of its own."""
_MOST_NAMES = 60
"""Names of a segment that the translation lacks as they are and that are looked into."""
_MOST_SIMILAR = 100
"""Words of the translation with which a name is compared letter by letter."""
_WORD = re.compile(r"[^\W\d_]+")


@check(
    id="names",
    type="Mistranslation",
    severity="major",
    title=_("Name missing or misspelt"),
    help=_(
        "A proper name of the source that the translation spells differently or leaves out. A "
        "missing name is reported when the article’s other segments keep it. Countries, cities "
        "and people with a French name of their own are left alone. So are names in another order, "
        "unless what is said of each is said of the other one: “from Oslo to Bergen” became “de "
        "Bergen à Oslo”."
    ),
    languages=LANGUAGES,
    measured=FROM_ENGLISH,
    examples=(
        (
            "He met Altman there.",
            "Il y a rencontré Altmann.",
            "Name misspelt? Altman → Altmann",
        ),
        ("He met the Londoners in London.", "Il a rencontré les Londoniens à Londres.", ""),
    ),
)
def names(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report names of the source that the target spells differently or omits."""
    target_words = _by_plain_form(pair.target_tokens)
    source_words = {plain_form(word.text) for word in pair.source_tokens}
    missing: list[Token] = []
    for word in islice(_names_not_in(target_words, pair.source_tokens), _MOST_NAMES):
        name = plain_form(word.text)
        similar = _similar_word(name, target_words, source_words)
        if similar is not None:
            yield from _spelt_otherwise(word, similar, pair, article)
        elif _keeps_its_form(name, pair):
            other = _other_name(word, pair, source_words)
            if other is None:
                missing.append(word)
            else:
                yield _replaced(pair, word, other)
    yield from _missing(missing, pair, article)
    for source, target in names_without_particle(pair.source, pair.target):
        yield _misspelt(source, target, _PARTICLE_SCORE)
    yield from swapped_names(pair)
    yield from other_speaker(pair, article)


def _by_plain_form(words: Sequence[Token]) -> dict[str, Token]:
    """Return the words that may be names by their plain form, the last of each."""
    return {
        plain_form(each.text): each for each in words if each.is_word and len(each.text) <= LONGEST
    }


def _names_not_in(target_words: dict[str, Token], words: Sequence[Token]) -> Iterator[Token]:
    """Yield each name among the words, once, that the target does not have as it is."""
    index = _WordIndex(target_words)
    seen: set[str] = set()
    for word in names_among(words):
        name = plain_form(word.text)
        if name not in seen and not index.has(name):
            seen.add(name)
            yield word


def _spelt_otherwise(
    word: Token, similar: Token, pair: Pair, article: ArticleFacts
) -> Iterator[Finding]:
    """Yield the finding of a name whose form in the target is not a good one."""
    name = plain_form(word.text)
    if _follow_one_name(word, similar, pair):
        yield _misspelt(word, similar, _SURNAME_SCORE)
        return
    keeps_form = _keeps_its_form(name, pair)
    score = _misspelling_score(word, similar, pair.target_language, article.pairs)
    is_good = _is_good_form(similar.text, name, pair.target_language, keeps_form=keeps_form)
    is_good = is_good and not _are_rare_names(word, similar, pair)
    if keeps_form and _is_another_name(word, similar, pair):
        yield _replaced(pair, word, similar)
    elif not is_good or (keeps_form and score == _KEPT_SCORE):  # Castagna may be a word: castagne.
        yield _misspelt(word, similar, score)


def _follow_one_name(word: Token, similar: Token, pair: Pair) -> bool:
    """Return whether both stand after the same first name, and are no forms of one surname.

    Kari Lunde is not Kari Lund, but Anton Rubinstein may be Anton Rubinsteïn.
    """
    if _may_be_one_name(word, similar, pair):
        return False
    first = name_before(word, pair.source_tokens)
    if first is None:
        return False
    return first == name_before(similar, pair.target_tokens)


def _may_be_one_name(word: Token, other: Token, pair: Pair) -> bool:
    """Return whether the target's language may write the name so, or has one of its own for it."""
    name = plain_form(word.text)
    if name in EXONYMS:
        return True
    return is_written_otherwise(name, other.text, pair.target_language)


def _are_rare_names(word: Token, similar: Token, pair: Pair) -> bool:
    """Return whether the source's language has both as rare names: Kristiansund and Kristiansand.

    A form that is more frequent in the target's language is that language's own.
    """
    if _may_be_one_name(word, similar, pair):
        return False
    if zipf_frequency(word.text, pair.source_language) == 0:
        return False
    known_here = zipf_frequency(similar.text, pair.source_language)
    if not 0 < known_here < _KNOWN_NAME:
        return False
    return known_here >= zipf_frequency(similar.text, pair.target_language)


def _is_another_name(word: Token, similar: Token, pair: Pair) -> bool:
    """Return whether the target has another name that both languages know: Karen for Karin.

    The one stands in the place of the other, and is no French, German or Spanish form of it.
    """
    frequency = zipf_frequency(similar.text, pair.source_language)
    if frequency < _KNOWN_NAME:
        return False
    if zipf_frequency(similar.text, pair.target_language) > frequency + _OWN_NAME:
        return False  # Julien is the French Julian.
    name, other = plain_form(word.text), plain_form(similar.text)
    if name.removesuffix("e") == other.removesuffix("e"):
        return False
    if is_written_otherwise(name, similar.text, pair.target_language):
        return False
    place = Span(word.start, word.end)
    return are_in_one_place(pair, place, Span(similar.start, similar.end))


def _keeps_its_form(name: str, pair: Pair) -> bool:
    """Return whether ``name`` should be the same in both languages.

    It is when the source language hardly knows it as a word, or the target language uses it nearly
    as often (Zipf scale).
    """
    if name in EXONYMS:
        return False
    if name.removesuffix("s") in EXONYMS:
        return False
    source_frequency = zipf_frequency(name, pair.source_language)
    target_frequency = zipf_frequency(name, pair.target_language)
    if source_frequency < 2.2:
        return True
    return source_frequency - target_frequency < 0.9


class _WordIndex:
    """The words of the target by their plain forms, to look names up."""

    def __init__(self, words: dict[str, Token]) -> None:
        self._words = words
        self._in_order = sorted(words)
        self._known = set(words)
        for plain in words:
            self._known.add(_letters(plain))
            self._known.update(re.split("[-‐‑]", plain))

    def has(self, name: str) -> bool:
        """Return whether the target has the name, a compound with it or a word derived from it.

        A compound is Bora-Bora; derived words are hollywoodien, internationale.
        """
        if name in self._known or _letters(name) in self._known:
            return True
        first = bisect_left(self._in_order, name)
        for plain in self._in_order[first : first + _MOST_SIMILAR]:
            if not plain.startswith(name):
                return False
            if self._words[plain].text.islower() or len(plain) > len(name) + 2:
                return True
        return False


def _letters(name: str) -> str:
    """Return the name without hyphens and the s of a plural: Wi-Fi and WiFi, Sámi and Samis."""
    joined = re.sub("[-‐‑]", "", name)
    return joined if joined.endswith("ss") else joined.removesuffix("s")


def _similar_word(
    name: str, target_words: dict[str, Token], source_words: set[str]
) -> Token | None:
    """Return the first word of the target that differs from ``name`` by a letter or two.

    It has a capital, starts with the same letter and is no word of the source.
    """
    compared = 0
    for plain, word in target_words.items():
        if not word.text[0].isupper():
            continue
        if plain in source_words:
            continue
        if plain[0] != name[0] or abs(len(plain) - len(name)) > 2:
            continue
        compared += 1
        if compared > _MOST_SIMILAR:
            break
        if letter_distance(name, plain) <= _allowed_distance(name, plain):
            return word
    return None


def _allowed_distance(name: str, other: str) -> int:
    """Return how many letters of a name may be wrong: one, or two of a long one or inside it."""
    if len(name) >= _LONG_NAME:
        return 2
    if len(name) < _INNER_NAME:
        return 1
    if name[-1] == other[-1]:
        return 2
    return 1


def _other_name(word: Token, pair: Pair, source_words: set[str]) -> Token | None:
    """Return the name of the target that stands in the place of ``word``: Oklahoma for Omaha.

    It is no word of the source, none of the dictionary, and known in the source's language: else
    it may be the name as the target's language writes it.
    """
    place = Span(word.start, word.end)
    for other in names_among(pair.target_tokens):
        plain = plain_form(other.text)
        if plain in source_words:
            continue
        if _is_other_surname(word, other, pair) or _is_other_first_name(word, other, pair):
            return other
        if is_known(other.text.lower(), pair.target_language):
            continue
        if zipf_frequency(other.text, pair.source_language) < _KNOWN_NAME:
            continue
        if common_beginning(plain, plain_form(word.text)) >= _ONE_STEM:
            continue
        if are_in_one_place(pair, place, Span(other.start, other.end)):
            return other
    return None


def _is_other_surname(word: Token, other: Token, pair: Pair) -> bool:
    """Return whether Daniel Okafor became Daniel Okonjo, which is no form of that name."""
    if not _follow_one_name(word, other, pair):
        return False
    return not _is_own_name(other, pair)


def _is_other_first_name(word: Token, other: Token, pair: Pair) -> bool:
    """Return whether Malcolm Dyer became Michael Dyer: two names before one surname.

    A title is a word of the dictionary, and Jean is John in French.
    """
    if _may_be_one_name(word, other, pair):
        return False
    surname = name_after(word, pair.source_tokens)
    if surname is None or surname != name_after(other, pair.target_tokens):
        return False
    return not _is_own_name(other, pair)


def _is_own_name(other: Token, pair: Pair) -> bool:
    """Return whether the name is rather one of the target's language."""
    known_there = zipf_frequency(other.text, pair.target_language)
    return known_there > zipf_frequency(other.text, pair.source_language) + _OWN_NAME


def _replaced(pair: Pair, word: Token, other: Token) -> Finding:
    message = _("Name differs: %(source)s → %(target)s")
    source, target = Span(word.start, word.end), Span(other.start, other.end)
    return mistranslation("names", message, 0.6, pair, source, target)


def _is_good_form(word: str, name: str, language: str, *, keeps_form: bool) -> bool:
    """Return whether ``word`` is right: a word of the language, or its own form of the name.

    Examples are "Cour suprême" for "Supreme Court" and "Flandre".
    """
    if is_known(word.lower(), language):
        return True
    least = 0.0
    if keeps_form:
        least = zipf_frequency(name, language) + 0.7
    return zipf_frequency(word, language) > least


def _misspelling_score(
    name: Token, similar: Token, language: str, pairs: Sequence[tuple[str, str]]
) -> float:
    """Return a score by the article's other segments.

    It is higher when they keep the source's spelling; a spelling that they always use may be that
    of the target's language.
    """
    used: Counter[str] = Counter()
    for _source, target in pairs:
        used.update(map(plain_form, _WORD.findall(target)))
    if used[plain_form(name.text)]:
        return _KEPT_SCORE
    if _is_own_form(plain_form(name.text), similar.text, language):
        return 0.35
    if used[plain_form(similar.text)] > 1:
        return 0.35
    return 0.65


def _is_own_form(name: str, form: str, language: str) -> bool:
    """Return whether the target may write the name in its own way."""
    if zipf_frequency(form, language) >= _FREQUENT:
        return True
    return is_written_otherwise(name, form, language)


def _misspelt(word: Token, similar: Token, score: float) -> Finding:
    return Finding(
        "names",
        "Mistranslation",
        "major",
        score,
        _("Name misspelt? %(source)s → %(target)s"),
        {"source": word.text, "target": similar.text},
        (Span(word.start, word.end),),
        (Span(similar.start, similar.end),),
        remedy=((Span(similar.start, similar.end), word.text),),
    )


def _missing(words: list[Token], pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Yield a finding for each name that the target omits."""
    neighbours = plain_form(" ".join([pair.previous[1], pair.following[1]]))
    message = _("Name missing: “%(source)s”")
    for word in words:
        name = plain_form(word.text)
        score = 0.3 if name in neighbours else _missing_score(name, pair, article)
        if _has_rest_of_name(word, pair):
            score = min(score, 0.2)
        values = {"source": word.text}
        span = Span(word.start, word.end)
        yield Finding("names", "Omission", "minor", score, message, values, (span,))


def _missing_score(name: str, pair: Pair, article: ArticleFacts) -> float:
    """Return a score by how many other segments of the article keep the name."""
    kept = 0
    for source, target in article.pairs:
        if name not in plain_form(source):
            continue
        if name in plain_form(target):
            kept += 1
    if kept > 1:
        return 0.6
    if kept:
        return 0.5
    if is_known(name, pair.source_language):
        # A word of the dictionary may have been translated.
        return 0.05
    return 0.1


def _has_rest_of_name(word: Token, pair: Pair) -> bool:
    """Return whether the target has a neighbour with a capital: Sam Altman may become Altman."""
    words = pair.source_tokens
    at = words.index(word)
    target = plain_form(pair.target)
    neighbours = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
    for other in neighbours:
        if not other.text[0].isupper():
            continue
        name = plain_form(other.text)
        if name in target:
            return True
    return False
