"""Find the shortcodes of content systems in a text: they are no words, and stay as they are.

WordPress writes ``[caption id="1"]…[/caption]`` and ``[gallery ids="1,2"]``, Hugo
``{{< figure src="a.jpg" caption="…" >}}``, Jekyll ``{% embed … %}``, Drupal ``[[nid:12]]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.text.document import Span

_NAME = r"[a-z][\w-]{1,40}"
_VALUE = r"""(?:"[^"\[\]]*"|'[^'\[\]]*'|[^\s"'\[\]]+)"""
_CODE = re.compile(
    rf"\[(?P<name>{_NAME})(?P<values>(?:\s+[\w-]+={_VALUE})*)\s*/?\]|\[/(?P<closed>{_NAME})\]"
    r"|\[\[[a-z_]{2,20}:[\w./-]{1,60}\]\]"
    # No brace within: the time stays linear.
    r"|\{\{[<%][^{}]{0,2000}[%>]\}\}|\{%[^{}]{0,2000}%\}",
    re.IGNORECASE,
)
_CLOSING = re.compile(rf"\[/({_NAME})\]", re.IGNORECASE)
_CAPTION = re.compile(r"""\b(?:caption|title|alt|attr)=(["'])([^"'\\\r\n{}\[\]]+)\1""")


class Shortcode(NamedTuple):
    """A shortcode in a text, and the places of the words in it that readers see."""

    span: Span
    captions: list[Span]


def find_shortcodes(text: str) -> Iterator[Shortcode]:
    """Yield the shortcodes of a text in order.

    Those in square brackets have values, or an end like ``[/name]``: a word in brackets such as
    “[sic]” is none.
    """
    if "[" not in text and "{" not in text:
        return
    closed = {name.lower() for name in _CLOSING.findall(text)}
    for found in _CODE.finditer(text):
        name = found["name"]
        if name is not None and not found["values"] and name.lower() not in closed:
            continue
        captions = [Span(*each.span(2)) for each in _CAPTION.finditer(text, *found.span())]
        yield Shortcode(Span(*found.span()), captions)
