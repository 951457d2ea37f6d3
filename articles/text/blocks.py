"""The blocks of a document that are no plain paragraphs: its headings and list items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

HEADING = "heading"
ITEM = "item"
NUMBERED = "numbered"
"""An item of a list whose items have numbers."""
ITEMS = frozenset({ITEM, NUMBERED})


class Block(NamedTuple):
    """A heading or a list item: ``text[start:end]`` of its document, in code points."""

    start: int
    end: int
    kind: str


def join_lines(lines: Iterable[tuple[str, str]]) -> tuple[str, list[Block]]:
    """Return the lines as one text, a line end between them, and their blocks.

    Each line comes with its kind: HEADING, ITEM, NUMBERED, or "" for a plain paragraph.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for words, kind in lines:
        end = start + len(words)
        texts.append(words)
        if kind:
            blocks.append(Block(start, end, kind))
        start = end + 1
    return "\n".join(texts), blocks
