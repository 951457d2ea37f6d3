"""Count what each element of a web page holds: letters, links, paragraphs, teasers, controls.

By these counts, more than by any name, an article is told from the boxes around it (text density
and link density: Kohlschütter, Fankhauser and Nejdl, WSDM 2010).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.formats.web.html_tree import HEADINGS, Node

PROSE = 40
"""Letters from which a block may be a paragraph; labels and menus have fewer."""
_LONGEST_TEASER = 400
"""Letters of the longest heading and summary of another article."""
_LINK_SHARE = 0.9
"""Share of a heading in links from which it leads elsewhere."""
_TITLES = {"p", "div", *HEADINGS}
_SHORTEST_TITLE = 12
"""Letters of the shortest headline of another article; what is shorter is a label."""
_CONTROLS = {"form", "input", "button", "iframe", "select", "textarea"}
_OPTIONS = ("checkbox", "radio", "hidden")
_WITHIN_PAGE = re.compile(r"[^#]*#[\w-]*$")
_CALL = re.compile(
    r"\b(?:sign up|subscribe|subscription|subscriber|newsletter|inbox|donate|cookies?|log in"
    r"|register (?:now|for)|follow us|download (?:our|the) app|all rights reserved"
    r"|inscrivez-vous|abonnez-vous|abonn(?:é|és|ement)|recevez|boîte aux lettres|boîte mail"
    r"|faire un don|se connecter|connectez-vous|suivez-nous|téléchargez|infolettre"
    r"|tous droits réservés)\b|©",
    re.IGNORECASE,
)
"""What asks readers for something, or says whose the page is."""


@dataclass(slots=True)
class Content:
    """What an element holds, with all inside it.

    ``text`` and ``linked`` are letters, all and those in links to other pages; ``prose`` the
    letters of its ``paragraphs`` outside links; ``teasers`` the headings that are links to other
    pages, and ``teaser_prose`` the letters below those; ``controls`` what a reader works with;
    ``calls`` what asks readers for something.
    """

    text: int = 0
    linked: int = 0
    prose: int = 0
    paragraphs: int = 0
    teasers: int = 0
    teaser_prose: int = 0
    controls: int = 0
    calls: int = 0

    def add(self, other: Content) -> None:
        """Add what an element inside holds."""
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.paragraphs += other.paragraphs
        self.teasers += other.teasers
        self.teaser_prose += other.teaser_prose
        self.controls += other.controls
        self.calls += other.calls

    @property
    def link_share(self) -> float:
        """The share of the letters that is in links to other pages."""
        return self.linked / max(self.text, 1)

    @property
    def own_prose(self) -> int:
        """The letters of prose that do not stand below the heading of another article."""
        return self.prose - self.teaser_prose

    @property
    def is_teaser(self) -> bool:
        """Whether it is the heading of another article with at most a summary below."""
        if self.teasers != 1 or self.paragraphs > 1:
            return False
        return self.text <= _LONGEST_TEASER

    @property
    def own_paragraphs(self) -> int:
        """The paragraphs, without one for each heading of another article."""
        return max(0, self.paragraphs - self.teasers)


def leads_elsewhere(node: Node) -> bool:
    """Return whether the element is a link to another page, or a control that looks like a link."""
    if node.tag != "a":
        return False
    href = node.get("href")
    if not href and "href" not in node.attributes:
        return False
    return href == "#" or not _WITHIN_PAGE.match(href)


def count(raw: str, nodes: list[Node], skipped: set[Node]) -> dict[Node, Content]:
    """Return what each element holds; those that are ``skipped`` hold nothing."""
    contents = {node: Content() for node in nodes}
    block: dict[Node, Node] = {}
    linked: set[Node] = set()
    for node in nodes:
        above = node.parent
        block[node] = node
        if above is not None and not node.is_block:
            # A phrase's letters count for the block that it stands in.
            block[node] = block[above]
        if above in linked or leads_elsewhere(node):
            linked.add(node)
        if node in skipped:
            _count_control(node, contents[node])
        else:
            _count_text(raw, node, contents[block[node]], is_linked=node in linked)
    _find_paragraphs(contents)
    _sum_up(nodes, contents)
    return contents


def _count_control(node: Node, content: Content) -> None:
    """Count what a reader works with; the answers of a quiz are text."""
    if node.tag == "input" and node.get("type").lower() in _OPTIONS:
        return
    content.controls += node.tag in _CONTROLS


def _count_text(raw: str, node: Node, content: Content, *, is_linked: bool) -> None:
    """Add the element's own text to its block, each run of blanks counted as one."""
    # A form is not skipped, for it may be a quiz, whose words are read; it is a control all the
    # same.
    content.controls += node.tag == "form"
    for child in node.children:
        if isinstance(child, tuple):
            text = raw[child[0] : child[1]]
            length = len(" ".join(text.split()))
            content.text += length
            content.linked += length * is_linked
            content.calls += len(_CALL.findall(text))


def _find_paragraphs(contents: dict[Node, Content]) -> None:
    """Tell which blocks are paragraphs: those with enough letters, links counting against it."""
    for content in contents.values():
        letters = content.text - 2 * content.linked
        if letters >= PROSE:
            content.prose = letters
            content.paragraphs = 1


def _sum_up(nodes: list[Node], contents: dict[Node, Content]) -> None:
    """Add up what the elements hold, from the innermost outwards, and find the teasers."""
    titles = {node for node in nodes if _is_linked_title(node, contents[node])}
    for node in reversed(nodes):
        content = contents[node]
        content.teasers += node in titles
        if content.is_teaser:
            content.teaser_prose = content.prose
        if node.parent is not None:
            contents[node.parent].add(content)


def _is_linked_title(node: Node, content: Content) -> bool:
    """Return whether it is a line that names another article and leads there."""
    if node.tag not in _TITLES:
        return False
    if content.text < _SHORTEST_TITLE:
        return False
    return content.linked >= _LINK_SHARE * content.text
