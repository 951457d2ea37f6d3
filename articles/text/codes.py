"""Find the protected codes in a text: tags of HTML, shortcodes, and the signs that HTML escapes.

Files of pairs out of content systems have them between the words. They are no words, and go out as
they came in. Native codes of translation programs stand in a text as tokens
(formats/xml/native_codes.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from articles.text.document import Span
from articles.text.shortcodes import find_shortcodes

_LINES = (
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|h[1-6]"
    "|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_PHRASES = (
    "a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|iframe|img|ins|kbd|mark|picture|q|s|samp|small"
    "|source|span|strike|strong|sub|sup|time|u|var|video|audio|wbr"
)
TOKEN = re.compile(r"</?[a-z]{1,12}\d{1,6}/?>")
"""What stands for a native code of XLIFF or TMX: ``<b1>``, ``</b1>``, ``<ph2/>``."""
_CODE = re.compile(
    r"<(?P<scripted>script|style)\b[^<>]*>[^<]{0,2000}</(?P=scripted)\s*>"
    rf"|</?(?:(?P<line>{_LINES})|{_PHRASES})(?:\s[^<>]*|/)?>"
    # No hyphen pair within: the time stays linear.
    r"|<!--(?:[^-]|-(?!-)){0,2000}-->"
    rf"|{TOKEN.pattern}"
    # Elements of a site's own, and any with a quoted attribute: no prose looks like these.
    r"|</?[a-z]\w{0,40}[-:][\w.:-]{0,60}(?:\s[^<>]*|/)?>|</[a-z]\w{1,40}\s?>"
    r"|<[a-z]\w{0,40}(?:\s+[\w:@.-]{1,60}=(?:\"[^\"<>]*\"|'[^'<>]*'))+\s*/?>"
    r"|&(?:(?P<sign>amp|lt|gt)|#(?:38|60|62)|#x(?:26|3c|3e));",
    re.IGNORECASE,
)
_SIGNS = {
    "amp": "&", "#38": "&", "#x26": "&",
    "lt": "<", "#60": "<", "#x3c": "<",
    "gt": ">", "#62": ">", "#x3e": ">",
}  # fmt: skip


class Code(NamedTuple):
    """A code and its place in the text; ``reading`` is what its readers see of it.

    That is a line end for a tag that ends the line, the sign that an entity stands for, else "".
    """

    span: Span
    reading: str


def may_have_codes(text: str) -> bool:
    """Return whether a text has a character that a code begins with."""
    return "<" in text or "&" in text or "[" in text or "{" in text


def find_codes(text: str) -> Iterator[Code]:
    """Yield the codes of a text in order; none overlaps another."""
    if not may_have_codes(text):
        return
    found = [_code(match) for match in _CODE.finditer(text)]
    for shortcode in find_shortcodes(text):
        found.append(Code(shortcode.span, ""))
    end = 0
    for code in sorted(found):
        if code.span.start >= end:
            yield code
            end = code.span.end


def without_tokens(text: str) -> str:
    """Return the text without the tokens of native codes."""
    if "<" not in text:
        return text
    return TOKEN.sub("", text)


def _code(found: re.Match[str]) -> Code:
    span = Span(*found.span())
    if found["line"]:
        return Code(span, "\n")
    name = found.group().strip("&;").lower()
    if found.group().startswith("&"):
        return Code(span, _SIGNS[name])
    return Code(span, "")


def missing_code(before: str, source: str, after: str) -> str:
    """Return a code of the text ``before`` that the text ``after`` lost or broke, "" for none.

    A text without words needs none, and one that has the codes of the ``source`` is complete.
    """
    if not after.strip() or after == before:
        return ""
    needed = [code.span.of(before) for code in find_codes(before)]
    if not needed:
        return ""
    kept = Counter(code.span.of(after) for code in find_codes(after))
    if kept == Counter(code.span.of(source) for code in find_codes(source)):
        return ""
    for code in needed:
        kept[code] -= 1
        if kept[code] < 0:
            return code
    return ""
