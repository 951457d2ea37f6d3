"""Read and write stories in XML: NITF, NewsML-G2 and the export of a WordPress site (WXR).

NITF 3.6 and NewsML-G2 2.34: https://iptc.org/standards/; WXR: WordPress's own export, an RSS file
whose items hold the posts. The markup is read as a web page's is, each element with its place, so
that no entity of the file's own is ever resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.formats.interchange import Article
from articles.formats.newsroom.decoded import Decoded, decode_literal, decode_xml
from articles.formats.newsroom.story import (
    Story,
    hidden_elements,
    is_markup,
    read_story,
    story_left_out,
    write_stories,
)
from articles.formats.source_map import SourceMap
from articles.formats.web.html_tree import Node, parse

_NITF_BLOCKS = set(
    "abstract body.content body.head bq block byline caption col credit datasource dateline"
    " hedline hl1 hl2 li media media-caption media-producer note ol p pre table td th tr ul".split()
)
_CREDITS = {
    "byline", "distributor", "dateline", "body.end", "title", "slugline", "creditline",
    "media-producer",
}  # fmt: skip
"""Elements with words that are no part of the text: who wrote it, where, for whom."""
_NITF_HIDDEN = {"media-metadata", "media-reference", "media-object", "credit", *_CREDITS}
_POSTS = {"", "post", "page", "article"}
"""The types of WordPress's items that are articles; others are menus, files and settings."""
_NEWSML = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem|conceptItem)[\s>]")
_NITF = re.compile(rb"<(?:\w+:)?nitf[\s>]")
_WXR = re.compile(rb"wordpress\.org/export/|<wp:wxr_version>")
_RSS = re.compile(rb"<rss[\s>]")
_LETTER = re.compile(r"[^\W\d_]")


def recognises_nitf(head: bytes) -> bool:
    """Return whether an XML file that begins so is a story in NITF."""
    return bool(_NITF.search(head)) and not recognises_newsml(head)


def recognises_newsml(head: bytes) -> bool:
    """Return whether an XML file that begins so is a news item in NewsML-G2."""
    return bool(_NEWSML.search(head))


def recognises_wxr(head: bytes) -> bool:
    """Return whether an XML file that begins so was exported from WordPress, or is its like.

    A feed (RSS) with whole texts has them in the same elements.
    """
    if _RSS.search(head) and b"<content:encoded" in head:
        return True
    return bool(_WXR.search(head))


def read_news(data: bytes, *, name: str) -> str:
    """Return the headline, abstract, text and captions of a story. Raises BadFile."""
    del name  # The registry gives it to every reader.
    return read_story(data, parse_news)


def read_wxr(data: bytes, *, name: str) -> str:
    """Return the titles and texts of the posts of a site, one after the other. Raises BadFile."""
    del name
    return read_story(data, parse_wxr)


def left_out_news(data: bytes) -> list[str]:
    """Return the texts of a story that are not read. Raises BadFile."""
    return story_left_out(data, parse_news)


def left_out_wxr(data: bytes) -> list[str]:
    """Return the texts of a site's export that are not read. Raises BadFile."""
    return story_left_out(data, parse_wxr)


def write_news(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's story with its corrections. Raises BadFile."""
    return write_stories(articles, parse_news)


def write_wxr(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's export with its corrections. Raises BadFile."""
    return write_stories(articles, parse_wxr)


def _parse(raw: str) -> list[Node]:
    """Return the elements of an XML file, without the prefixes of their namespaces."""
    nodes = parse(raw, is_xml=True)
    for node in nodes:
        prefix, _colon, name = node.tag.rpartition(":")
        # "excerpt:encoded" and "content:encoded" of WordPress differ in their prefix only.
        if prefix not in ("wp", "excerpt", "content"):
            node.tag = name
        node.is_block = node.is_block or name in _NITF_BLOCKS
    return nodes


# ── NITF and NewsML-G2 ───────────────────────────────────────────────────────


def parse_news(raw: str) -> Story:
    """Return the words of a story in NITF, or of the items in a NewsML-G2 file. Raises BadFile."""
    nodes = _parse(raw)
    story = Story(SourceMap(raw))
    excluded = hidden_elements(raw, nodes)
    for node in nodes[1:]:
        if node.parent in excluded or node.tag in _NITF_HIDDEN:
            excluded.add(node)
    bodies = _bodies(nodes, excluded)
    whole = decode_literal(raw)
    for node in bodies:
        _add_body(story, node, whole, excluded)
    lines = set(story.layout.text.split("\n"))
    for node in nodes:
        if node.tag in _CREDITS:
            _leave_out(story, node, lines)
    return story


def _bodies(nodes: list[Node], excluded: set[Node]) -> list[Node]:
    """Return the outermost elements that hold words of the story."""
    bodies = []
    inside: set[Node] = set()
    for node in nodes[1:]:
        if node.parent in inside:
            inside.add(node)
        elif node not in excluded and _is_body(node):
            inside.add(node)
            bodies.append(node)
    return bodies


def _is_body(node: Node) -> bool:
    """Return whether the element holds words of the story, and not only what is around them."""
    if node.tag in ("body.head", "body.content", "inlinedata"):
        return True
    above = node.parent.tag if node.parent else ""
    if node.tag in ("headline", "description"):
        return above == "contentmeta"
    return node.tag == "body" and above == "html"


def _add_body(story: Story, node: Node, whole: Decoded, excluded: set[Node]) -> None:
    """Add the words of an element; those of a NewsML ``inlineData`` may be HTML in themselves."""
    raw = story.layout.raw
    if node.tag != "inlinedata":
        story.add_elements(whole, node, excluded)
        return
    decoded = decode_xml(raw, node.inner, node.close)
    if is_markup(decoded.text):
        story.add_html(decoded)
    else:
        story.add_plain(decoded)


def _leave_out(story: Story, node: Node, lines: set[str]) -> None:
    """Note the words of an element that is not read, unless they are read elsewhere."""
    words = re.sub(r"<[^<>]*>", " ", story.layout.raw[node.inner : node.close])
    words = " ".join(words.split())
    if words and words not in lines:
        story.words_left_out.append(words)


# ── WordPress ────────────────────────────────────────────────────────────────


def parse_wxr(raw: str) -> Story:
    """Return the words of the posts in a site's export. Raises BadFile."""
    story = Story(SourceMap(raw))
    for item in _parse(raw):
        if item.tag != "item":
            continue
        fields = {child.tag: child for child in item.children if isinstance(child, Node)}
        kind = ""
        if "wp:post_type" in fields:
            kind = _text(raw, fields["wp:post_type"])
        if kind not in _POSTS:
            _leave_out_field(story, fields.get("title"))
            continue
        if "title" in fields:
            story.add_plain(decode_xml(raw, fields["title"].inner, fields["title"].close))
        for name in ("excerpt:encoded", "content:encoded"):
            if name in fields:
                story.add_html(decode_xml(raw, fields[name].inner, fields[name].close))
    return story


def _text(raw: str, node: Node) -> str:
    return decode_xml(raw, node.inner, node.close).text.strip()


def _leave_out_field(story: Story, node: Node | None) -> None:
    if node is not None:
        words = _text(story.layout.raw, node)
        if _LETTER.search(words):
            story.words_left_out.append(words)
