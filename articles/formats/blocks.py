"""Find the headings and list items of a document in the file that it came in."""

from __future__ import annotations

from articles.formats.interchange import BadFile
from articles.formats.office import docx_blocks
from articles.formats.text import markdown
from articles.formats.web import html
from articles.text.blocks import Block

_ZIP = b"PK"
"""What a Word file begins with."""


def find_blocks(file: bytes, text: str) -> list[Block]:
    """Return the headings and list items of ``text``, which was read from ``file``.

    There are none where the file was not kept (b""), or where no format that has blocks reads this
    text from it.
    """
    if not file:
        return []
    is_word = file.startswith(_ZIP)
    # The stored file does not say its format: the one that reads this very text from it is the one.
    readers = [docx_blocks.read_blocks] if is_word else [html.read_blocks, markdown.read_blocks]
    for read in readers:
        try:
            found, blocks = read(file)
        except BadFile:
            continue
        if found == text:
            return blocks
    return []
