"""Read and write stories in JSON: ninjs (IPTC, 1 to 3) and ANS (Arc XP).

ninjs: https://www.iptc.org/std/ninjs/; ANS: the schemas of github.com/washingtonpost/ans-schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from articles.formats.interchange import Article
from articles.formats.newsroom.decoded import Decoded, decode_json
from articles.formats.newsroom.json_strings import Path, parse_json, string_places
from articles.formats.newsroom.story import (
    Story,
    is_markup,
    read_story,
    story_left_out,
    write_stories,
)
from articles.formats.source_map import SourceMap

_BODY = re.compile(rb'"(?:body_(?:x?html|text)|bodies|headlines?)"\s*:')
_ITEM = re.compile(rb'"(?:uri|versioncreated|urgency|profile|renditions|standards?)"\s*:')
_ANS = re.compile(rb'"content_elements"\s*:\s*\[')
_WORDS = re.compile(r"[^\W\d_]{2,}\s+\S*[^\W\d_]{2,}")
"""Two words in a row: a text for readers, not a code or an address."""
_SKIPPED = {
    "interstitial_link", "link_list", "oembed_response", "reference", "code", "custom_embed",
    "divider", "related_content",
}  # fmt: skip
"""Elements of ANS that are no text of the story."""
_NINJS_TEXTS = (
    "headline",
    "subheadline",
    "headlines",
    "description_html",
    "description_text",
    "descriptions",
)
_NINJS_BODIES = ("body_xhtml", "body_html", "body_text")
"""Notations of a body, the one that says most first."""
_WITH_CAPTION = ("picture", "graphic", "video", "audio")
"""Types of associated items in ninjs whose description is a caption of the story."""
_ANS_TEXTS = ("content", "caption", "text")
_ANS_PARTS = ("content_elements", "items", "header", "rows", "citation")


def recognises_ninjs(head: bytes) -> bool:
    """Return whether a JSON file that begins so is a news item in ninjs."""
    if recognises_ans(head):
        return False
    return bool(_BODY.search(head) and _ITEM.search(head))


def recognises_ans(head: bytes) -> bool:
    """Return whether a JSON file that begins so is a story in ANS."""
    return bool(_ANS.search(head))


def read_ninjs(data: bytes, *, name: str) -> str:
    """Return the headline, description and body of a news item. Raises BadFile."""
    del name
    return read_story(data, parse_ninjs)


def read_ans(data: bytes, *, name: str) -> str:
    """Return the headline, description, captions and text of a story. Raises BadFile."""
    del name
    return read_story(data, parse_ans)


def left_out_ninjs(data: bytes) -> list[str]:
    """Return the texts of a news item that are not read. Raises BadFile."""
    return story_left_out(data, parse_ninjs)


def left_out_ans(data: bytes) -> list[str]:
    """Return the texts of a story that are not read. Raises BadFile."""
    return story_left_out(data, parse_ans)


def write_ninjs(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's news item with its corrections. Raises BadFile."""
    return write_stories(articles, parse_ninjs)


def write_ans(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield each article's story with its corrections. Raises BadFile."""
    return write_stories(articles, parse_ans)


def parse_ninjs(raw: str) -> Story:
    """Return the words of a news item. Raises BadFile."""
    return _read_fields(raw, _ninjs_fields(parse_json(raw)))


def parse_ans(raw: str) -> Story:
    """Return the words of a story. Raises BadFile."""
    return _read_fields(raw, _ans_fields(parse_json(raw)))


def _read_fields(raw: str, fields: Iterable[Path]) -> Story:
    """Return the words of the fields at these paths; a text that comes twice is read once."""
    places = string_places(raw)
    story = Story(SourceMap(raw))
    said: set[str] = set()
    read: set[Path] = set()
    for path in fields:
        if path not in places or path in read:
            continue
        read.add(path)
        decoded = decode_json(raw, *places[path])
        if not decoded.text.strip():
            continue
        if decoded.text not in said:
            said.add(decoded.text)
            _add_field(story, decoded)
    for path, place in places.items():
        if path in read:
            continue
        words = decode_json(raw, *place).text.strip()
        if _WORDS.search(words) and words not in said:
            story.words_left_out.append(words)
    return story


def _add_field(story: Story, decoded: Decoded) -> None:
    if is_markup(decoded.text) or "&" in decoded.text:
        story.add_html(decoded)
    else:
        story.add_plain(decoded)


# ── ninjs ────────────────────────────────────────────────────────────────────


def _ninjs_fields(item: Any, at: Path = ()) -> Iterator[Path]:
    """Yield where the words of an item stand: headline, description, body, captions."""
    if not isinstance(item, dict):
        return
    for key in _NINJS_TEXTS:
        yield from _values(item.get(key), (*at, key))
    yield from _ninjs_body(item, at)
    for name, other in _objects(item.get("associations")):
        if other.get("type") in _WITH_CAPTION:
            caption = other.get("description_text")
            yield from _values(caption, (*at, "associations", name, "description_text"))


def _ninjs_body(item: dict[str, Any], at: Path) -> Iterator[Path]:
    """Yield the body in the notation that says most: an item may have it in several."""
    for key in _NINJS_BODIES:
        if item.get(key):
            yield (*at, key)
            return
    plain = []
    marked = []
    for number, body in _objects(item.get("bodies")):
        path = (*at, "bodies", number, "value")
        plain.append(path)
        if "html" in str(body.get("contenttype")):
            marked.append(path)
    yield from marked or plain


def _values(value: Any, at: Path) -> Iterator[Path]:
    """Yield a string, or the values of a list such as ninjs 2 has."""
    if isinstance(value, str):
        yield at
    for number, each in _objects(value):
        if "value" in each:
            yield (*at, number, "value")


def _members(value: Any) -> Iterator[tuple[str | int, Any]]:
    """Yield the keys or numbers of an object's or a list's values, with these."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _objects(value: Any) -> Iterator[tuple[str | int, dict[str, Any]]]:
    """Yield those values of an object or a list that are objects, with their keys or numbers."""
    for key, each in _members(value):
        if isinstance(each, dict):
            yield key, each


# ── ANS ──────────────────────────────────────────────────────────────────────


def _ans_fields(story: Any) -> Iterator[Path]:
    """Yield where the words of a story stand, in the order of reading."""
    if not isinstance(story, dict):
        return
    for key in ("headlines", "subheadlines", "description"):
        yield (key, "basic")
    yield ("promo_items", "basic", "caption")
    yield from _ans_elements(story.get("content_elements"), ("content_elements",))


def _ans_elements(elements: Any, at: Path) -> Iterator[Path]:
    """Yield the words of elements and of those inside them; unknown kinds are read as well."""
    waiting: list[tuple[Any, Path]] = [(elements, at)]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, dict):
            if value.get("type") in _SKIPPED:
                continue
            for key in _ANS_TEXTS:
                if isinstance(value.get(key), str):
                    yield (*path, key)
        # In the order of reading, without recursion: a file may be nested deeper than Python's
        # stack.
        inside = []
        for name, each in _ans_parts(value):
            inside.append((each, (*path, name)))
        waiting.extend(reversed(inside))


def _ans_parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    """Yield the values of a list, or the parts of an element that hold elements."""
    if isinstance(value, list):
        yield from enumerate(value)
    elif isinstance(value, dict):
        for key in _ANS_PARTS:
            if key in value:
                yield key, value[key]
