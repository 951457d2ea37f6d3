"""What a language's rules consist of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """Return the blank-separated words of ``text``."""
    return frozenset(text.split())


def phrases(alone: str, leading: str) -> re.Pattern[str]:
    """Return the pattern of boilerplate: ``alone``, or a line that begins with ``leading``.

    Both hold regular expressions, one a line. The group ``alone`` is the part that matched where
    the boilerplate ends with it, whatever follows on the line.
    """
    whole = _alternatives(alone)
    opening = _alternatives(leading)
    return re.compile(rf"\W*(?:(?P<alone>{whole})(?!\w)\W*|(?:{opening})(?!\w).*)", re.IGNORECASE)


def _alternatives(patterns: str) -> str:
    """Return the patterns, one a line, as alternatives of one expression."""
    return "|".join(line.strip() for line in patterns.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Rules:
    """What is particular about the sentences of one language.

    Words are in lower case, abbreviations without the last dot.
    """

    code: str
    # A dot after these never ends a sentence: a name follows, or more (Mr. Smith, e.g. wool).
    titles: frozenset[str] = field(default=frozenset())
    # These are abbreviations only before a number ("no. 5", but "He said no. Then …").
    numbered: frozenset[str] = field(default=frozenset())
    # A dot after these ends a sentence only where a word of ``starters`` follows in capitals (Inc.
    # The …).
    abbreviations: frozenset[str] = field(default=frozenset())
    # Words that often begin a sentence and, written with a capital, hardly stand anywhere else.
    starters: frozenset[str] = field(default=frozenset())
    # Words that any text is full of, also where another language has one of the same letters.
    common: frozenset[str] = field(default=frozenset())
    # Numbers written out, for the comparison of numbers between languages.
    numbers: dict[str, str] = field(default_factory=dict)
    # Page boilerplate between the lines of an article, which translations drop or add at will.
    boilerplate: re.Pattern[str] | None = None
    # A dot after a number makes it an ordinal (3. Mai), and seldom ends a sentence.
    ordinal_dot: bool = False
