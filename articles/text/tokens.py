"""Splitting a text into words, numbers and marks, with exact offsets, for all Latin scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A number keeps its inner separators (1,234.5 · 12 000), an abbreviation its dots (U.S.), a word
# its hyphens (peut-être); an elided French article (l’, qu’) and an English ’s stand alone, as they
# translate alone.
_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[.,:   ]\d+)*)
  | (?P<word>
        (?:[^\W\d_]\.){2,}                                # U.S.
      | (?:[lLdDjJmMtTsScCnN]|[qQ]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu|[Qq]uoiqu)
        [’'](?=[^\W\d_])                                  # l’, qu’
      | [’'](?:s|S|t|re|ve|ll|d|m)\b                      # ’s
      | [^\W_]+(?:[-‐‑][^\W_]+)*                          # peut-être, A380
    )
  | (?P<mark>\.{3}|[^\w\s]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its offsets in code points.

    ``kind`` is "number", "word" or "mark"; ``text`` is unchanged from the text.
    """

    start: int
    end: int
    text: str
    kind: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.kind != "mark"


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order; only blanks are between them."""
    return [Token(m.start(), m.end(), m.group(), str(m.lastgroup)) for m in _TOKEN.finditer(text)]
