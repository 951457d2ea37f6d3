"""The headings and list items of a document are found in the file that it came in."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import parse_xml

from articles.formats.blocks import find_blocks
from articles.formats.office import docx_read
from articles.formats.text import markdown
from articles.formats.web import html

WORDS = [
    ("The harbour closes", "heading"),
    ("The council voted on Tuesday to close the harbour for nine long years.", ""),
    ("What is left", "heading"),
    ("The bridge", "item"),
    ("The two roads", "item"),
    ("Nobody asked the fishermen, who have lived there since the last war.", ""),
]
PAGE = """<html><body><article><h1>{}</h1><p>{}</p><h2>{}</h2><ul><li>{}</li><li><p>{}</p></li></ul><p>{}</p>
</article></body></html>"""
MARKDOWN = "# {}\n\n{}\n\n{}\n---\n\n- {}\n- {}\n\n{}\n"


def word_file() -> bytes:
    document = docx.Document()
    styles = {"heading": "Heading 1", "item": "List Bullet", "": "Normal"}
    for words, kind in WORDS:
        document.add_paragraph(words, style=styles[kind])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_headings_and_items_are_found_by_their_format() -> None:
    words = [each for each, _kind in WORDS]
    cases: list[tuple[Any, bytes]] = [
        (html, PAGE.format(*words).encode()),
        (markdown, MARKDOWN.format(*words).encode()),
        (docx_read, word_file()),
    ]
    for reader, file in cases:
        text = reader.read_text(file, name="x")
        found = [(text[start:end], kind) for start, end, kind in find_blocks(file, text)]
        assert found == [each for each in WORDS if each[1]], reader.__name__


def test_a_file_with_another_text_and_no_file_have_no_blocks() -> None:
    assert find_blocks(b"", "Some words.") == []
    assert find_blocks(b"# Other words\n", "Some words.") == []
    assert find_blocks(b"PK\x03\x04 no zip at all", "Some words.") == []


def test_items_with_numbers_are_told_from_others() -> None:
    document = docx.Document()
    document.add_paragraph("First the boats.", style="List Number")
    document.add_paragraph("Then the nets.", style="List Bullet")
    for words, kind in (("The pier.", "decimal"), ("The quay.", "bullet"), ("The sea.", "")):
        paragraph = document.add_paragraph(words)
        add_numbering(document, paragraph, kind)
    file = io.BytesIO()
    document.save(file)
    page = (
        "<article><p>The council has closed the harbour for nine long years, it says.</p>"
        "<ol><li>First the boats.</li><li><p>And</p><ul><li>Then the nets.</li></ul></li></ol></article>"
    )
    cases: list[tuple[Any, bytes, list[str]]] = [
        (docx_read, file.getvalue(), ["numbered", "item", "numbered", "item", "item"]),
        (html, page.encode(), ["numbered", "numbered", "item"]),
        (
            markdown,
            b"1. First the boats.\n2) And\n\n* Then the nets.\n",
            ["numbered", "numbered", "item"],
        ),
    ]
    for reader, data, kinds in cases:
        text = reader.read_text(data, name="x")
        assert [block.kind for block in find_blocks(data, text)] == kinds, reader.__name__


def add_numbering(document: Any, paragraph: Any, kind: str) -> None:
    """Let the paragraph be in a list of its own, with marks of this kind; "" for an unknown list."""
    number = str(900 + len(kind))
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(number)
    if not kind:
        return
    root = document.part.numbering_part.element
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum xmlns:w="{space}" w:abstractNumId="{number}"><w:lvl w:ilvl="0">'
            f'<w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        ),
    )
    root.append(
        parse_xml(
            f'<w:num xmlns:w="{space}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
