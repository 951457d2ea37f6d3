"""The headings and list items of a document are found in the file that it came in."""

from __future__ import annotations

import io
from typing import Any

import docx

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
