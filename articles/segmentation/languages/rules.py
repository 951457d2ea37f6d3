"""The shape of a language's rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """The blank-separated words of ``text``."""
    return frozenset(text.split())


def phrases(alone: str, leading: str) -> re.Pattern[str]:
    """What recognises page boilerplate: lines that are one of ``alone`` or begin with one of ``leading`` (one a line).

    The part that matched is the group ``alone`` where the boilerplate ends with it, whatever follows on the line.
    """
    whole, opening = (
        "|".join(part.strip() for part in text.strip().splitlines()) for text in (alone, leading)
    )
    return re.compile(rf"\W*(?:(?P<alone>{whole})(?!\w)\W*|(?:{opening})(?!\w).*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is particular about the sentences of one language.

    Words are lower case, abbreviations without the last dot.
    """

    code: str
    # A dot after these never ends a sentence: a name or a number follows (Mr. Smith, p. 12).
    titles: frozenset[str] = field(default=frozenset())
    # A dot after these ends a sentence only where a word of ``starters`` follows in capitals (Inc. The …).
    abbreviations: frozenset[str] = field(default=frozenset())
    # Words that often begin a sentence and, written with a capital, hardly stand anywhere else.
    starters: frozenset[str] = field(default=frozenset())
    # Numbers written out, for the comparison of numbers between languages.
    numbers: dict[str, str] = field(default_factory=dict)
    # What web pages put between the lines of an article, and translations of it drop or add at will.
    boilerplate: re.Pattern[str] | None = None
    # A dot after a number makes it an ordinal (3. Mai), and seldom ends a sentence.
    ordinal_dot: bool = False
