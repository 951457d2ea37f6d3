"""The shape of a language's rules."""

from __future__ import annotations

from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """The blank-separated words of ``text``."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Rules:
    """What is particular about the sentences of one language. Words are lower case, abbreviations without the last dot."""

    code: str
    # A dot after these never ends a sentence: a name or a number follows (Mr. Smith, p. 12).
    titles: frozenset[str] = field(default=frozenset())
    # A dot after these ends a sentence only where a word of ``starters`` follows in capitals (Inc. The …).
    abbreviations: frozenset[str] = field(default=frozenset())
    # Words that often begin a sentence and, written with a capital, hardly stand anywhere else.
    starters: frozenset[str] = field(default=frozenset())
    # Numbers written out, for the comparison of numbers between languages.
    numbers: dict[str, str] = field(default_factory=dict)
    # German nouns are written with capitals: a capital is then no sign of a name.
    capital_nouns: bool = False
