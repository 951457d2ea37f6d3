"""Which words of a text are names, by their capitals, and which names stand beside another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from simplemma import is_known

from articles.checks.name_forms import plain_form
from articles.text.tokens import Token

SHORTEST = 4
SHORTEST_SURNAME = 3
"""The least letters of a name after another name: Hendrik Vos."""
LONGEST = 40
"""The least and the most letters of a name."""
_GENITIVES = frozenset({"’s", "'s"})
_SENTENCE_MARKS = frozenset("“”«»\"'‘’.:!?…—–(•")
"""Marks after which a sentence or a heading may begin."""
_NAME = re.compile(r"[A-Z][^\W\d_]*+(?:[-’'][A-Z][^\W\d_]+)*$")


def names_among(words: Sequence[Token]) -> Iterator[Token]:
    """Yield words with a capital of their own, not one of the sentence; no abbreviations (U.S.)."""
    for at, word in enumerate(words):
        if word.kind != "word":
            continue
        shortest = SHORTEST_SURNAME if at and is_capitalised(words[at - 1]) else SHORTEST
        if not shortest <= len(word.text) <= LONGEST:
            continue
        if not _NAME.match(word.text):
            continue
        if _has_own_capital(words, at):
            yield word


def _has_own_capital(words: Sequence[Token], at: int) -> bool:
    """Return whether word ``at`` is a name, by a capital inside, a genitive or its place."""
    if _has_inner_capital(words[at].text):
        return True
    if _has_genitive(words, at) or _begins_full_name(words, at):
        return True
    return not may_start_sentence(words, at)


def _has_inner_capital(text: str) -> bool:
    if text.isupper():
        return False
    return any(map(str.isupper, text[1:]))


def _has_genitive(words: Sequence[Token], at: int) -> bool:
    if at + 1 == len(words):
        return False
    return words[at + 1].text in _GENITIVES


def _begins_full_name(words: Sequence[Token], at: int) -> bool:
    """Return whether a surname follows the word, which no dictionary has: "Marta Alves"."""
    if at + 1 == len(words) or not is_capitalised(words[at + 1]):
        return False
    lowered = words[at].text.lower()
    return not any(is_known(lowered, language) for language in ("en", "fr"))


def may_start_sentence(words: Sequence[Token], at: int) -> bool:
    """Return whether the capital of word ``at`` may come from its place after a mark."""
    if at == 0:
        return True
    before = words[at - 1].text
    if before == "-":
        return at == 1  # A dash at the beginning opens a dialogue.
    return before in _SENTENCE_MARKS


def name_before(word: Token, words: Sequence[Token]) -> str | None:
    """Return the plain form of the name right before ``word``, None without one."""
    at = words.index(word)
    if not at or not is_capitalised(words[at - 1]):
        return None
    return plain_form(words[at - 1].text)


def name_after(word: Token, words: Sequence[Token]) -> str | None:
    """Return the plain form of the name right behind ``word``, None without one."""
    after = words[words.index(word) + 1 :][:1]
    if not after or not is_capitalised(after[0]):
        return None
    return plain_form(after[0].text)


def is_capitalised(word: Token) -> bool:
    """Return whether the word is written as a name: "Vos", not "I", "UN" or "iPhone"."""
    return len(word.text) >= SHORTEST_SURNAME and word.text.istitle()
