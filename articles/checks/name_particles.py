"""Names that lose a small word inside: "Rio de Janeiro" becomes "Rio Janeiro"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.text.tokens import Token

_PARTICLES = r"(?:(?:de|del|della|da|das|do|dos|di|du|van|von|der|den|la|los|las|el|al|bin|ibn) )+"
_NAME = re.compile(rf"\b([A-Z][^\W\d_]+) {_PARTICLES}([A-Z][^\W\d_]+)\b")


def names_without_particle(source: str, target: str) -> Iterator[tuple[Token, Token]]:
    """Yield each name of the source with a small word inside, and the target's without it.

    A target that has the name in full, too, is left alone.
    """
    for match in _NAME.finditer(source):
        if match.group() in target:
            continue
        bare = re.search(rf"\b{match[1]}\s{match[2]}\b", target)
        if bare:
            yield _token(match), _token(bare)


def _token(match: re.Match[str]) -> Token:
    return Token(match.start(), match.end(), match.group(), "word")
