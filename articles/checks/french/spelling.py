"""A French word that no dictionary has, one letter away from a frequent one: *suplémentaire*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wordfreq import get_frequency_dict, zipf_frequency

from articles.checks.french.lexicon import is_available, readings
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.omissions.features import word_frequency
from articles.omissions.translation_table import word_stem
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spelling import common_beginning, without_accents
from articles.text.tokens import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyzàâçèéêëîïôùûœ"
_LOWER_CASE = re.compile(f"[{_LETTERS}]{{6,24}}")
_LONGEST = 24
_FREQUENT = 3.3
"""The frequency of the word that is meant is at least this high (Zipf scale)."""
_RARER = 2.0
"""And that of the misspelt one lower by this: a frequent misspelling has 2 to 3."""
_FOREIGN = 3.5
"""A word as frequent as this in the source's language was left untranslated."""
_MOST_WORDS = 500
"""So many words of a segment are looked up."""
_TERM = 3
"""What an article writes so often is a term of its own."""
_COGNATE = 4
"""So many first letters that a word shares with one of the source make it its translation."""
_KNOWN = 1.0
"""The frequency (Zipf scale) from which a word of the source is one."""
_SCORE = 0.75


@check(
    id="french-spelling",
    type="Spelling",
    severity="minor",
    title=_("French word misspelt"),
    help=_(
        "A word that no dictionary has and that is one letter away from a frequent French word. "
        "Names, words of the source and what the article repeats are left alone."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "No extra staff have been promised.",
            "Aucun personnel suplémentaire n’a été promis.",
            "“suplémentaire”: misspelt for “supplémentaire”?",
        ),
        (
            "No extra staff have been promised.",
            "Aucun personnel supplémentaire n’a été promis.",
            "",
        ),
    ),
)
def spelling(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each word of the target that is a frequent one with one wrong letter."""
    if not is_available():
        return
    foreign = {word_stem(word.text, _LONGEST) for word in pair.source_tokens}
    for word in pair.target_tokens[:_MOST_WORDS]:
        if word_stem(word.text, _LONGEST) in foreign:
            continue
        if word_frequency(word.text, pair.source_language) >= _FOREIGN:
            continue
        meant = meant_word(word.text)
        if not meant or _is_term(word.text, article):
            continue
        if not _is_cognate(word.text, meant, pair):
            yield _finding(word, meant)


def _is_term(word: str, article: ArticleFacts) -> bool:
    """Return whether the article writes the word so several times."""
    return sum(target.count(word) for _source, target in article.pairs) >= _TERM


def _is_cognate(word: str, meant: str, pair: Pair) -> bool:
    """Return whether a word of the source begins as ``word`` does, and not as ``meant`` does.

    *Évolutionnaires* is the translation of “evolutionary”, not a misspelt *révolutionnaires*.
    """
    for token in pair.source_tokens:
        if word_frequency(token.text, pair.source_language) < _KNOWN:
            continue  # a misspelt one, copied: “rality”
        plain = without_accents(token.text)
        shared = common_beginning(plain, without_accents(word))
        shared_by_meant = common_beginning(plain, without_accents(meant))
        if shared >= _COGNATE and shared_by_meant < _COGNATE - 1:
            return True
    return False


@lru_cache(maxsize=20_000)
def meant_word(word: str) -> str:
    """Return the frequent French word that is one letter away from ``word``, "" if that is one."""
    if not _LOWER_CASE.fullmatch(word) or readings(word):
        return ""
    frequency = get_frequency_dict("fr")
    known = frequency.keys() & set(_one_letter_away(word))
    best = max(known, key=frequency.__getitem__, default="")
    if word in (f"{best}e", f"{best}s"):
        return ""  # a new feminine or plural: la successeure
    least = max(_FREQUENT, zipf_frequency(word, "fr") + _RARER)
    is_meant = zipf_frequency(best, "fr") >= least and readings(best)
    return best if is_meant else ""


def _one_letter_away(word: str) -> Iterator[str]:
    """Yield the words with one letter more, less or other, and with two in the other order."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]


def _finding(word: Token, meant: str) -> Finding:
    place = Span(word.start, word.end)
    return Finding(
        "french-spelling",
        "Spelling",
        "minor",
        _SCORE,
        _("“%(target)s”: misspelt for “%(meant)s”?"),
        {"target": word.text, "meant": meant},
        target_spans=(place,),
        remedy=((place, meant),),
    )
