"""HTML as it is found on the web: a tree whose nodes know where they stand in the page, whatever is wrong with it.

A library's tree does not say from where each word was read, and writes the page anew in its own way. This one changes
nothing: corrected words are put where the old ones stood, and the rest of the page stays byte for byte. Where tags are
left open or closed twice it does what a browser does, as far as that touches the text (HTML Living Standard, 13.2).
Time grows with the length of the page, whatever is in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from articles.formats.interchange import BadFile
from articles.text.messages import gettext_noop as _

BLOCKS = set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section"
    " summary table tbody td tfoot th thead tr ul".split()
)
"""What begins a line; so do the elements that a site has named itself, with a hyphen."""
HEADINGS = {f"h{number}" for number in range(1, 7)}
DEEPEST = 250
MOST = 400_000
"""Elements in a page; a long live blog has twenty thousand."""

_VOID = set("area base br col embed frame hr img input link meta param source track wbr".split())
_RAW = set("script style textarea title xmp iframe noembed noframes".split())
_CELLS = {"td", "th", "caption", "table"}
# An element that begins ends the one that is open, if it is nearer than any of the fences.
_ENDS: dict[str, tuple[set[str], set[str]]] = {
    "li": ({"li"}, {"ul", "ol", "menu", *_CELLS}),
    "dt": ({"dt", "dd"}, {"dl", *_CELLS}),
    "dd": ({"dt", "dd"}, {"dl", *_CELLS}),
    "tr": ({"tr"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "option": ({"option"}, {"select"}),
} | {
    part: ({"thead", "tbody", "tfoot", "caption"}, {"table"})
    for part in ("thead", "tbody", "tfoot")
}
_TABLE = {*_CELLS, "tr", "thead", "tbody", "tfoot"}
_PARAGRAPH = ({"p"}, {*_CELLS, "button", "object"})
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+)?"""
)
_DEEP = _("the page is nested too deeply to be read")
_MANY = _("the page has more than %(limit)s elements; it is too large to be read")


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name in small letters, what its tag says, and where it stands: ``start`` its tag, ``inner`` what
    is in it, ``close`` its end tag, ``end`` what follows. ``children`` are nodes and runs of text as (from, to)."""

    tag: str
    start: int = 0
    inner: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    depth: int = 0
    children: list[Node | tuple[int, int]] = field(default_factory=list)
    close: int = -1
    end: int = -1

    @property
    def is_block(self) -> bool:
        """Whether it begins a line."""
        return self.tag in BLOCKS or "-" in self.tag

    def get(self, name: str) -> str:
        """What its tag says of ``name``, "" for nothing."""
        return self.attributes.get(name, "")

    def descendants(self) -> Iterator[Node]:
        """The elements in it, those that a reader meets first before the others."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.descendants()

    def ancestors(self) -> Iterator[Node]:
        """What it is in, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


def parse(raw: str) -> list[Node]:
    """All elements of the page in the order of their tags; the first is the page itself. Raises BadFile."""
    return _Parser(raw).parsed()


class _Parser:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.nodes = [Node("")]
        self.open = [self.nodes[0]]
        self.names: Counter[str] = Counter()
        self.is_xml = raw.lstrip("\ufeff \n").startswith("<?xml")

    def parsed(self) -> list[Node]:
        at, size = int(self.raw.startswith("\ufeff")), len(self.raw)
        while at < size:
            less = self.raw.find("<", at)
            tag = _TAG.match(self.raw, less) if less >= 0 else None
            if less < 0:
                at = self._text(at, size)
            elif tag:
                self._text(at, less)
                at = self._tag(tag)
            elif self.raw.startswith(("<!", "<?", "</"), less):
                self._text(at, less)
                at = self._past("-->" if self.raw.startswith("<!--", less) else ">", less + 2)
            else:
                at = self._text(at, less + 1)
        self._close_to(0, size, size)
        return self.nodes

    def _text(self, start: int, end: int) -> int:
        if start < end:
            self.open[-1].children.append((start, end))
        return end

    def _past(self, mark: str, at: int) -> int:
        found = self.raw.find(mark, at)
        return len(self.raw) if found < 0 else found + len(mark)

    def _tag(self, tag: re.Match[str]) -> int:
        """Take in a start or end tag; answers where it ends."""
        attributes: dict[str, str] = {}
        name, at = tag[2].lower(), tag.end()
        while (found := _ATTRIBUTE.match(self.raw, at)) and found.end() > at:
            if found[1]:
                attributes.setdefault(found[1].lower(), unescape((found[2] or "").strip("\"'")))
            at = found.end()
        itself = self.raw[at - 1] == "/"
        at = min(at + 1, len(self.raw))
        if tag[1] and name != "br":
            self._end(name, tag.start(), at)
        else:
            at = self._begin(Node(name, tag.start(), at, attributes), itself=itself)
        return at

    def _begin(self, node: Node, *, itself: bool) -> int:
        self._imply(*_ENDS.get(node.tag, (set(), set())), node.start)
        if node.tag in BLOCKS:
            self._imply(*_PARAGRAPH, node.start)
        node.parent, node.depth = self.open[-1], len(self.open)
        node.parent.children.append(node)
        self.nodes.append(node)
        if len(self.nodes) > MOST:
            raise BadFile(_MANY, limit=MOST)
        if node.tag in _VOID or (itself and self.is_xml):
            node.close = node.end = node.inner
            return node.inner
        if node.tag in _RAW:
            end = re.compile(f"</{node.tag}(?=[\\s/>])", re.IGNORECASE).search(self.raw, node.inner)
            node.close = end.start() if end else len(self.raw)
            node.children.append((node.inner, node.close))
            node.end = self._past(">", node.close)
            return node.end
        if len(self.open) > DEEPEST:
            raise BadFile(_DEEP)
        self.open.append(node)
        self.names[node.tag] += 1
        return node.inner

    def _imply(self, ended: set[str], fences: set[str], at: int) -> None:
        """End the nearest open element of ``ended``, unless one of ``fences`` is nearer."""
        for number in (
            range(len(self.open) - 1, 0, -1) if any(self.names[tag] for tag in ended) else ()
        ):
            tag = self.open[number].tag
            if tag in ended:
                self._close_to(number, at, at)
            if tag in ended or tag in fences:
                break

    def _end(self, name: str, start: int, end: int) -> None:
        """An end tag ends what is open of its name: no phrase beyond its block, no block beyond its table cell."""
        fences = set() if name in _TABLE else _CELLS if name in BLOCKS else BLOCKS
        for number in range(len(self.open) - 1, 0, -1) if self.names[name] else ():
            tag = self.open[number].tag
            if tag == name:
                self._close_to(number, start, end)
            if tag == name or tag in fences:
                break

    def _close_to(self, number: int, start: int, end: int) -> None:
        """Close all that is open from ``number`` on; the outermost of these has the end tag from start to end."""
        for node in self.open[number + 1 :]:
            node.close = node.end = start
            self.names[node.tag] -= 1
        node = self.open[number]
        node.close, node.end = start, end
        self.names[node.tag] -= 1
        del self.open[number:]
