"""Parse HTML as it is found on the web: each node knows where it stands in the page.

The tree of a library does not say from where each word was read, and such a library writes the page
anew in its own way. This parser changes nothing: corrected words are put where the old ones stood,
and the rest of the page stays byte for byte. Where tags are left open or closed twice it does what
a browser does, as far as that concerns the text (HTML Living Standard, 13.2). The time grows
linearly with the length of the page, whatever is in it.
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
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main"
    " menu nav ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line; so do some of those that a site has named itself, with a hyphen."""
HEADINGS = {f"h{number}" for number in range(1, 7)}
DEEPEST = 250
"""Elements that may be open at once; deeper pages are refused."""
MOST = 400_000
"""Elements that a page may have; a long live blog has twenty thousand."""

_VOID = set("area base br col embed frame hr img input link meta param source track wbr".split())
_RAW = set("script style textarea title xmp iframe noembed noframes".split())
_CELLS = {"td", "th", "caption", "table"}
# Element: (open elements that its start tag ends, elements that stop the search for them).
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
_IN_HEAD = set(
    "base basefont bgsound head link meta noframes noscript script style template title".split()
)
"""Elements that may stand in a page's head; any other ends it, as its end tag may be left out."""
_LINES = {"p", "li", "td", "th", "dd", "dt", "figcaption", "caption", "summary", *HEADINGS}
"""Blocks of one line; an element of a site's own name inside one is a part of that line."""
_INLINE_STYLE = re.compile(r"display\s*:\s*(?:inline|contents)", re.IGNORECASE)
_SHORT_BLOCK = re.compile(r"[^<]{0,12}</", re.IGNORECASE)
"""What stands in a block that is a reference within a line, such as a number."""
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+)?"""
)
_DEEP = _("the page is nested too deeply to be read")
_MANY = _("the page has more than %(limit)s elements; it is too large to be read")


# By identity: nodes are keys in dictionaries, and each holds the whole tree around it.
@dataclass(slots=True, eq=False)
class Node:
    """An element: its name in small letters, its attributes, and where it stands in the page.

    Its tag is at ``start``, its contents at ``inner``, its end tag at ``close``, and what follows
    at ``end``. ``children`` are nodes, and runs of text as (from, to). ``is_block`` says whether it
    begins a line.
    """

    tag: str
    start: int = 0
    inner: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    depth: int = 0
    children: list[Node | tuple[int, int]] = field(default_factory=list)
    close: int = -1
    end: int = -1
    is_block: bool = False

    def get(self, name: str) -> str:
        """Return the value of an attribute, "" for none."""
        return self.attributes.get(name, "")

    def elements(self) -> list[Node]:
        """Return the elements right inside, without the text."""
        return [child for child in self.children if isinstance(child, Node)]

    def descendants(self) -> Iterator[Node]:
        """Yield the elements inside in reading order."""
        for child in self.elements():
            yield child
            yield from child.descendants()

    def ancestors(self) -> Iterator[Node]:
        """Yield the elements around it, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


def parse(raw: str, *, is_xml: bool | None = None) -> list[Node]:
    """Return all elements of the page in the order of their tags; the first is the page itself.

    ``is_xml`` says that the rules of XML hold; None: where the page begins as XML does.

    Raises BadFile for a page with too many elements, or too many inside each other.
    """
    # Afterwards, because what such an element is depends on what it holds.
    nodes = _Parser(raw, is_xml=is_xml).parse()
    _place_custom_elements(nodes)
    return nodes


def _place_custom_elements(nodes: list[Node]) -> None:
    """Tell which elements of a site's own names begin a line.

    Such an element is a part of its line where it holds no block, and a block of one line or a
    phrase is around it.
    """
    holds_block: set[Node] = set()
    for node in reversed(nodes):
        if node.parent is not None and (node.is_block or node in holds_block):
            holds_block.add(node.parent)
    for node in nodes:
        if "-" not in node.tag:
            continue
        above = node.parent
        in_line = above is not None and (above.tag in _LINES or _is_phrase(above))
        node.is_block = node in holds_block or not in_line


def _is_phrase(node: Node) -> bool:
    """Return whether it is an element within a line; the page itself is none."""
    return bool(node.tag) and not node.is_block


class _Parser:
    """``open`` are the open elements, the outermost first; ``names`` counts them by name."""

    def __init__(self, raw: str, *, is_xml: bool | None = None) -> None:
        self.raw = raw
        self.nodes = [Node("")]
        self.open = [self.nodes[0]]
        self.names: Counter[str] = Counter()
        if is_xml is None:
            is_xml = raw.lstrip("\ufeff \n").startswith("<?xml")
        self.is_xml = is_xml

    def parse(self) -> list[Node]:
        at = int(self.raw.startswith("\ufeff"))
        size = len(self.raw)
        search_from = at
        while at < size:
            less = self.raw.find("<", search_from)
            if less < 0:
                at = self._read_text(at, size)
                break
            tag = _TAG.match(self.raw, less)
            if tag:
                self._read_text(at, less)
                at = self._read_tag(tag)
            elif self.is_xml and self.raw.startswith("<![CDATA[", less):
                self._read_text(at, less)
                at = self._read_text(less, self._find_end("]]>", less))
            elif self.raw.startswith(("<!", "<?", "</"), less):
                self._read_text(at, less)
                at = self._skip_declaration(less)
            else:  # the sign alone is text
                search_from = less + 1
                if search_from == size:
                    at = self._read_text(at, size)
                continue
            search_from = at
        self._close_to(0, size, size)
        return self.nodes

    def _read_text(self, start: int, end: int) -> int:
        """Add text to the innermost open element; return its end."""
        if start < end:
            if self.open[-1].tag == "head" and not self.raw[start:end].isspace():
                self._end("head", start, start)
            self.open[-1].children.append((start, end))
        return end

    def _skip_declaration(self, start: int) -> int:
        """Return the end of a comment, a declaration or a processing instruction."""
        mark = ">"
        if self.raw.startswith("<!--", start):
            mark = "-->"
        return self._find_end(mark, start + 2)

    def _find_end(self, mark: str, at: int) -> int:
        """Return the place after the next ``mark``; the end of the page where there is none."""
        found = self.raw.find(mark, at)
        if found < 0:
            return len(self.raw)
        return found + len(mark)

    def _read_tag(self, tag: re.Match[str]) -> int:
        """Read a start or end tag; return its end."""
        name = tag[2].lower()
        attributes, at = self._read_attributes(tag.end())
        closes_itself = self.raw[at - 1] == "/"
        at = min(at + 1, len(self.raw))
        # "</br>" is a break to browsers (HTML, 13.2.6.4.7).
        if tag[1] and name != "br":
            self._end(name, tag.start(), at)
            return at
        node = Node(name, tag.start(), at, attributes)
        return self._begin(node, closes_itself=closes_itself)

    def _read_attributes(self, at: int) -> tuple[dict[str, str], int]:
        """Return the attributes of a tag and the place of its closing bracket."""
        attributes: dict[str, str] = {}
        found = _ATTRIBUTE.match(self.raw, at)
        while found and found.end() > at:
            if found[1]:
                value = (found[2] or "").strip("\"'")
                # The first of two attributes of one name counts (HTML, 13.2.5.33).
                attributes.setdefault(found[1].lower(), unescape(value))
            at = found.end()
            found = _ATTRIBUTE.match(self.raw, at)
        return attributes, at

    def _begin(self, node: Node, *, closes_itself: bool) -> int:
        """Add an element to the innermost open one; return where the page goes on."""
        node.is_block = node.tag in BLOCKS and not self._is_in_line(node)
        self._end_before(node)
        node.parent = self.open[-1]
        node.depth = len(self.open)
        node.parent.children.append(node)
        self.nodes.append(node)
        if len(self.nodes) > MOST:
            raise BadFile(_MANY, limit=MOST)
        # In HTML a slash at the end of a start tag means nothing: "<div/>" is open.
        if node.tag in _VOID or (closes_itself and self.is_xml):
            node.close = node.inner
            node.end = node.inner
            return node.inner
        if node.tag in _RAW:
            return self._read_raw(node)
        if len(self.open) > DEEPEST:
            raise BadFile(_DEEP)
        self.open.append(node)
        self.names[node.tag] += 1
        return node.inner

    def _end_before(self, node: Node) -> None:
        """End the open elements that the start tag of this one ends."""
        if node.tag not in _IN_HEAD and self.names["head"] and not self.is_xml:
            self._imply_end({"head"}, set(), node.start)
        if node.tag in _ENDS:
            ended, fences = _ENDS[node.tag]
            self._imply_end(ended, fences, node.start)
        if node.is_block:
            ended, fences = _PARAGRAPH
            self._imply_end(ended, fences, node.start)

    def _is_in_line(self, node: Node) -> bool:
        """Return whether a block within a phrase is styled, or short enough, to stand in its line.

        Scripts put such blocks into paragraphs, where the HTML of a file would end them.
        """
        if node.tag not in ("div", "section", "aside") or not self.names["p"]:
            return False
        if not _is_phrase(self.open[-1]):
            return False
        if _INLINE_STYLE.search(node.get("style")):
            return True
        return bool(_SHORT_BLOCK.match(self.raw, node.inner))

    def _read_raw(self, node: Node) -> int:
        """Read an element whose content is not markup, such as a script; return its end."""
        end = re.compile(f"</{node.tag}(?=[\\s/>])", re.IGNORECASE).search(self.raw, node.inner)
        node.close = len(self.raw)
        if end:
            node.close = end.start()
        node.children.append((node.inner, node.close))
        node.end = self._find_end(">", node.close)
        return node.end

    def _imply_end(self, ended: set[str], fences: set[str], at: int) -> None:
        """End the nearest open element of ``ended``, unless one of ``fences`` is nearer."""
        # Without this look at the counts, the time would grow with length times depth.
        if not any(self.names[tag] for tag in ended):
            return
        for number in range(len(self.open) - 1, 0, -1):
            tag = self.open[number].tag
            if tag in ended:
                self._close_to(number, at, at)
                return
            if tag in fences:
                return

    def _end(self, name: str, start: int, end: int) -> None:
        """End the nearest open element of this name, by its end tag from ``start`` to ``end``.

        An end tag ends no phrase beyond its block and no block beyond its table cell.
        """
        if not self.names[name]:
            return
        fences = BLOCKS
        if name in _TABLE:
            fences = set()
        elif name in BLOCKS:
            fences = _CELLS
        for number in range(len(self.open) - 1, 0, -1):
            tag = self.open[number].tag
            if tag == name:
                self._close_to(number, start, end)
                return
            if tag in fences:
                return

    def _close_to(self, number: int, start: int, end: int) -> None:
        """Close all open elements from ``number`` on.

        The outermost of these has the end tag from ``start`` to ``end``; the others have none.
        """
        for node in self.open[number + 1 :]:
            node.close = start
            node.end = start
            self.names[node.tag] -= 1
        node = self.open[number]
        node.close = start
        node.end = end
        self.names[node.tag] -= 1
        del self.open[number:]
