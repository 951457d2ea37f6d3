"""Files that hold the blocks of a text, one for each format whose corrections go back into the file."""

from __future__ import annotations

import html as markup
import io
import json
import zipfile
from collections.abc import Callable

from articles.formats import FORMATS, Format
from articles.formats.text import markdown


def subtitles_of(blocks: list[str], *, is_vtt: bool) -> bytes:
    made = ["WEBVTT\n\n"] if is_vtt else []
    for number, block in enumerate(blocks, start=1):
        words = markup.escape(block, quote=False) if is_vtt else block
        made.append(f"{number}\n00:00:01.000 --> 00:00:02.000\n{words}\n\n")
    return "".join(made).encode()


def epub_of(body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="a/b.opf"/></container>'
        )
        book.writestr(
            "a/b.opf", '<package><item id="x" href="x.xhtml"/><itemref idref="x"/></package>'
        )
        book.writestr(
            "a/x.xhtml",
            f"<?xml version='1.0'?><html><head><title/></head><body>{body}</body></html>",
        )
    return file.getvalue()


STORIES: dict[Format, Callable[[str], bytes]] = {
    FORMATS["ninjs"]: lambda body: json.dumps({"uri": "x", "body_html": body}).encode(),
    FORMATS["ans"]: lambda body: json.dumps(
        {"content_elements": [{"type": "raw_html", "content": body}]}
    ).encode(),
    FORMATS["nitf"]: lambda body: (
        f"<nitf><body><body.content>{body}</body.content></body></nitf>".encode()
    ),
    FORMATS["newsml"]: lambda body: (
        f"<newsItem><inlineXML><html><body>{body}</body></html></inlineXML></newsItem>".encode()
    ),
    FORMATS["wxr"]: lambda body: (
        f"<item><content:encoded>{markup.escape(body)}</content:encoded></item>".encode()
    ),
    FORMATS["epub"]: epub_of,
}
"""Files of newsrooms with one body of HTML."""


def translation_file(known: Format, pairs: list[tuple[str, str]]) -> bytes:
    """An XLIFF or TMX file of another program."""
    if known is FORMATS["tmx-original"]:
        unit = (
            '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="fr"><seg>{}</seg></tuv></tu>'
        )
        frame = '<tmx version="1.4"><header srclang="en"/><body>{}</body></tmx>'
    else:
        unit = "<trans-unit><source>{}</source><target>{}</target></trans-unit>"
        frame = (
            '<xliff version="1.2"><file original="a" source-language="en" target-language="fr">'
            "<body>{}</body></file></xliff>"
        )
    units = "".join(unit.format(*map(markup.escape, pair)) for pair in pairs)
    return frame.format(units).encode()


def made_page(known: Format, blocks: list[str]) -> bytes:
    """A file that holds the blocks, b"" where all of them are empty."""
    blocks = [each for each in blocks if each]
    if not blocks:
        return b""
    if known in (FORMATS["srt"], FORMATS["vtt"], FORMATS["sbv"]):
        return subtitles_of(blocks, is_vtt=known is FORMATS["vtt"])
    if known is FORMATS["markdown"]:
        return "".join(f"{markdown.escape_markdown(each)}\n\n" for each in blocks).encode()
    body = "".join(f"<p>{markup.escape(each)}</p>" for each in blocks)
    if known in STORIES:
        return STORIES[known](body)
    return body.encode()
