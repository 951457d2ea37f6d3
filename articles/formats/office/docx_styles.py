"""The styles of paragraphs in a new Word document: headings, lists with bullets or numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from articles.text.blocks import HEADING, ITEM, NUMBERED, Block

_TITLE = '<w:pStyle w:val="Heading1"/>'
_STYLES = {
    HEADING: '<w:pStyle w:val="Heading2"/>',
    ITEM: '<w:pStyle w:val="ListBullet"/>',
    NUMBERED: '<w:pStyle w:val="ListNumber"/>',
}
"""The paragraph properties of each kind of block, by the styles of python-docx's own template."""


class ParagraphStyles:
    """The properties of each paragraph, by its place in the machine's text.

    Each numbered list begins with 1: it has a numbering of its own in the document.
    """

    def __init__(self, document: Any, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.properties = list(_properties_of(document, blocks))

    def at(self, place: int) -> str:
        """Return the XML of the properties at a place, which may be the end of a block's words."""
        number = bisect_right(self.blocks, place, key=attrgetter("start")) - 1
        if number < 0 or place > self.blocks[number].end:
            return ""
        return self.properties[number]


def _properties_of(document: Any, blocks: Sequence[Block]) -> Iterator[str]:
    list_end = -1
    numbering = ""
    for block in blocks:
        properties = _STYLES.get(block.kind, "")
        if block.kind == HEADING and block.start == 0:
            properties = _TITLE
        elif block.kind == NUMBERED:
            if block.start != list_end + 1:
                numbering = _new_numbering(document)
            properties += numbering
            list_end = block.end
        yield properties


def _new_numbering(document: Any) -> str:
    """Add a numbering that begins with 1; return the property that puts a paragraph into it."""
    style = document.styles["List Number"].element
    numbers = document.part.numbering_part.element
    own = numbers.num_having_numId(style.pPr.numPr.numId.val)
    added = numbers.add_num(own.abstractNumId.val)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{added.numId}"/></w:numPr>'
