"""A glossary entry as a plain value, and how long its parts may be."""

from __future__ import annotations

from dataclasses import dataclass

MAX_TERM_LENGTH = 200
"""Characters of the longest term."""
MAX_TRANSLATION_LENGTH = 400
"""Characters of the longest translation, all allowed ones together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its translation: several separated by "|", or "" when it is not translated."""

    source: str
    target: str = ""
    note: str = ""
