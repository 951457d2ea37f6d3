"""Find the article on a web page: its headline, standfirst, paragraphs, lists and captions.

Three questions are answered by what the pages of newsrooms have in common, as Readability does:
which element holds the prose; what in it is a menu, an advertisement or a box for related articles;
which line above it is the headline. A whole sentence left out here would never be reviewed, so an
element goes by what it holds (``boilerplate.py``), and blocks of prose beside the article's element
are part of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from articles.formats.web.boilerplate import (
    FURNITURE,
    Vocabulary,
    asks_or_leads_away,
    balance,
    furniture_words,
    is_comments,
    is_credit,
    is_quiz,
    is_quotation_footer,
    is_screen_reader_only,
    names_of,
)
from articles.formats.web.content import Content, count
from articles.formats.web.html_tree import HEADINGS, Node, parse
from articles.formats.web.visibility import Visibility

_NAVIGATION = {"menu", "nav", "search"}
_ROLES = set(
    "alertdialog banner button contentinfo dialog doc-noteref menu menubar navigation search"
    " toolbar".split()
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_MOST_PROSE = 0.7
"""Share of the page's prose from which an element is part of the article, whatever it is called."""
_BODY_SHARE = 0.8
"""Share of the page's prose that is in the element of the article where no tag names that."""
_LIKE_ARTICLE = 0.15
"""Share of the article's prose from which a single paragraph beside it belongs to it."""
_TEASER_PART = 4
"""A letter below the heading of another article counts this many times less than one of prose."""
_BARE_PARAGRAPHS = 2
"""Paragraphs beside an element that make it a part of their text."""
_LEAST_REST = 200
"""Letters that an article has at least where its page also has comments."""
_TEXT_BLOCKS = {"p", "td", "li", *HEADINGS}
_HEADLINE = re.compile(r'"headline"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
"""The headline in the structured data of a page (schema.org)."""
_LONGEST_HEADLINE = 2000
"""Characters of the longest headline with its tags."""
_TAG = re.compile(r"<[^<>]*>")
_SITE = re.compile(r"\s[|·–—-]\s[^|·–—]{0,80}$")
"""The name of the site at the end of a page's title."""
_TITLE_BLANKS = 2
"""Blanks from which a page's title may be its headline: “Home” or “Latest news” is a label."""
_NOTE = re.compile(r"^[\s\[(]*(?:\d{1,3}|[*†‡§]|[a-z])[\s\])]*$")


@dataclass(slots=True)
class Page:
    """A page's elements, what each holds, and which are the article's.

    ``names`` are each element's classes, ``hidden`` the elements that nobody reads, ``excluded``
    those and the other ones that are not the article; ``contents`` does not count these. ``prose``
    has the letters of prose in each element; ``with_headline`` are those that hold a headline
    (``h1``) or a ``main`` element, and ``with_title`` those that hold one of the ``titles``: the
    headlines that the metadata state, in small letters. ``bare`` counts the paragraphs right below
    each element; ``measured`` is how many elements were excluded when ``contents`` were counted.
    """

    raw: str
    nodes: list[Node]
    visibility: Visibility
    names: dict[Node, list[str]]
    hidden: set[Node] = field(default_factory=set)
    excluded: set[Node] = field(default_factory=set)
    contents: dict[Node, Content] = field(default_factory=dict)
    prose: dict[Node, int] = field(default_factory=dict)
    with_headline: set[Node] = field(default_factory=set)
    with_title: set[Node] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    bare: Counter[Node] = field(default_factory=Counter)
    measured: int = -1

    @classmethod
    def parse(cls, raw: str) -> Page:
        """Return the page with its prose counted and its boilerplate excluded. Raises BadFile."""
        nodes = parse(raw)
        names = {node: names_of(node) for node in nodes}
        page = cls(raw, nodes, Visibility(raw, nodes), names)
        page._find_titles()
        page._hide()
        page._find_headlines()
        page._exclude_other_kinds()
        page._exclude_comments()
        page._exclude_furniture()
        return page

    def included(self, tag: str) -> list[Node]:
        """Return the elements of this name that are not excluded."""
        found = []
        for node in self.nodes:
            if node.tag == tag and node not in self.excluded:
                found.append(node)
        return found

    def body(self) -> Node:
        """Return the body, or the page itself where it has none."""
        return next(iter(self.included("body")), self.nodes[0])

    # Which element is the article's

    def roots(self) -> set[Node]:
        """Return the elements that hold the article: the main one, and those beside it."""
        root = self.root()
        roots = {root}
        wanted = self._paragraph_classes(root)
        node = root
        while node.parent is not None and node.tag != "body":
            roots.update(self._parts_beside(node, root, wanted))
            node = node.parent
        return roots

    def root(self) -> Node:
        """Return the element that holds most of the article.

        It is an ``article`` or ``main`` with half of the prose, or else the innermost element with
        four fifths of it.
        """
        top = self.body()
        half = self.prose[top] / 2
        article = self._largest("article")
        if article is not None and self.prose[article] >= half:
            return article
        main = self._largest("main")
        if main is not None and self.prose[main] >= half:
            return self._innermost(main, 1.0)
        return self._innermost(top, _BODY_SHARE)

    def _largest(self, tag: str) -> Node | None:
        """Return the element of this name with the most prose, or None where there is none."""
        return max(self.included(tag), key=lambda node: self.prose[node], default=None)

    def _innermost(self, node: Node, share: float) -> Node:
        """Return the innermost element with this share of the prose in ``node``.

        It is never a paragraph, only what holds the paragraphs.
        """
        wanted = self.prose[node] * share
        while wanted:
            inner = self._child_with(node, wanted)
            if inner is None:
                break
            if inner.tag in _TEXT_BLOCKS or not inner.is_block:
                break
            node = inner
        return node

    def _child_with(self, node: Node, wanted: float) -> Node | None:
        """Return the first included child with so many letters of prose."""
        for child in node.elements():
            if child in self.excluded:
                continue
            if self.prose[child] >= wanted:
                return child
        return None

    def _parts_beside(self, node: Node, root: Node, wanted: set[str]) -> list[Node]:
        """Return the siblings of ``node``, around ``root`` or it, that are parts of the article.

        What stands between two parts is one as well, such as a heading.
        """
        if node.parent is None:
            return []
        siblings = node.parent.elements()
        here = siblings.index(node)
        first = here
        last = here
        for number, sibling in enumerate(siblings):
            if number == here or sibling in self.excluded:
                continue
            if self._is_part(sibling, root, wanted, is_before=number < here):
                first = min(first, number)
                last = max(last, number)
        before = siblings[first:here]
        after = siblings[here + 1 : last + 1]
        return before + after

    def _is_part(self, node: Node, root: Node, wanted: set[str], *, is_before: bool) -> bool:
        """Return whether a block beside the article's element is prose of the same article."""
        content = self.contents[node]
        if node.tag == "figure":
            return content.text > 0 and not content.linked
        if not content.own_paragraphs:
            return False
        if asks_or_leads_away(content):
            return False
        if content.own_paragraphs >= 2:
            return True
        if is_before:
            return False
        if not wanted.isdisjoint(self._paragraph_classes(node)):
            return True
        if root.tag in ("article", "main"):
            return False
        return content.own_prose >= _LIKE_ARTICLE * self.prose[root]

    def _paragraph_classes(self, node: Node) -> set[str]:
        """Return the classes of the paragraphs in an element."""
        classes = set()
        for inner in [node, *node.descendants()]:
            if inner.tag == "p" and inner not in self.excluded:
                classes.add(inner.get("class"))
        classes.discard("")
        return classes

    # What is on the page

    def _find_titles(self) -> None:
        """Note the headlines that the page states in its metadata, in small letters."""
        stated = {_unescape_json(headline) for headline in _HEADLINE.findall(self.raw)}
        for node in self.nodes:
            if node.tag == "title":
                stated.update(_headlines_of_title(self.raw[node.inner : node.close]))
            if node.tag != "meta":
                continue
            name = node.get("property") or node.get("name")
            if name in ("og:title", "twitter:title"):
                stated.add(node.get("content"))
        for title in stated:
            if title.strip():
                self.titles.add(collapse_blanks(title).casefold())

    def _hide(self) -> None:
        """Note the elements that nobody reads as text of the page, with all inside them."""
        for node in self.nodes[1:]:
            if node.parent in self.hidden or self.visibility.is_invisible(node):
                self.hidden.add(node)

    def _find_headlines(self) -> None:
        """Note the elements that hold a headline or a ``main`` element."""
        for node in self.nodes:
            if node.tag not in ("h1", "main"):
                continue
            if node in self.hidden:
                continue
            around = [node, *node.ancestors()]
            self.with_headline.update(around)
            if self._words(node) in self.titles:
                self.with_title.update(around)

    def _words(self, node: Node) -> str:
        """Return the words of a headline in small letters; more than one has are cut off."""
        end = min(node.close, node.inner + _LONGEST_HEADLINE)
        words = _TAG.sub("", self.raw[node.inner : end])
        return collapse_blanks(words).casefold()

    def _measure(self) -> None:
        """Count anew what the elements hold that are not excluded; none is ever taken back."""
        if self.measured == len(self.excluded):
            return
        self.measured = len(self.excluded)
        self.contents = count(self.raw, self.nodes, self.excluded)
        self.prose = {}
        for node, content in self.contents.items():
            self.prose[node] = content.own_prose + content.teaser_prose // _TEASER_PART

    def _exclude_other_kinds(self) -> None:
        """Exclude what is not the article by its tag, its role, or because nobody reads it."""
        self.excluded = set(self.hidden)
        for node in self.nodes[1:]:
            if node.parent in self.excluded or self._is_other_kind(node):
                self.excluded.add(node)
        self._measure()

    def _is_other_kind(self, node: Node) -> bool:
        """Return whether the element is not the article, by its tag or role."""
        if node.tag in _NAVIGATION:
            return True
        if self._is_note(node):
            return True
        if is_screen_reader_only(self.names[node]):
            return node.tag != "body" and not self._is_bracketed(node)
        if node.get("role").lower() not in _ROLES:
            return False
        if node.tag in ("form", "h1"):
            return False
        return node not in self.with_title

    def _is_note(self, node: Node) -> bool:
        """Return whether it is the number of a footnote, a link; 1er and m² are words."""
        if node.tag not in ("a", "sup"):
            return False
        near = [node, *node.elements()]
        if not any(map(_is_anchor_link, near)):
            return False
        words = _TAG.sub("", self.raw[node.inner : node.close])
        if not _NOTE.match(words):
            return False
        return not self._is_bracketed(node)

    def _is_bracketed(self, node: Node) -> bool:
        """Return whether brackets of the text stand around the element, empty without it."""
        while node.parent is not None and _is_all_of(node, node.parent):
            node = node.parent
        before = self.raw[max(0, node.start - 1) : node.start]
        if before not in ("(", "["):
            return False
        after = self.raw[node.end : node.end + 1]
        return after in (")", "]")

    def _exclude_comments(self) -> None:
        """Exclude readers' comments.

        Where hardly any prose is left without them, the first is the article, with its siblings
        of the same class: a comment of the paper's own.
        """
        self._count_bare_paragraphs()
        blocks = self._comment_blocks(set())
        inside = sum(self.prose[node] for node in blocks)
        outside = self.prose[self.nodes[0]] - inside
        if outside < min(_LEAST_REST, inside):
            first = blocks[0]
            alike = {node for node in blocks if _is_alike(node, first)}
            blocks = self._comment_blocks(alike)
        chosen = set(blocks)
        for node in self.nodes[1:]:
            if node in chosen or node.parent in self.excluded:
                self.excluded.add(node)
        self._measure()

    def _count_bare_paragraphs(self) -> None:
        for node in self.nodes:
            if node.tag == "p" and node.parent is not None:
                self.bare[node.parent] += self.contents[node].paragraphs

    def _comment_blocks(self, kept: set[Node]) -> list[Node]:
        """Return the outermost elements that are called comments, without those to be kept."""
        blocks: list[Node] = []
        inside: set[Node] = set()
        passed = self.excluded | kept
        for node in self.nodes[1:]:
            if node.parent in inside:
                inside.add(node)
                continue
            if node in passed:
                continue
            if self._is_comments(node):
                blocks.append(node)
                inside.add(node)
        return blocks

    def _is_comments(self, node: Node) -> bool:
        if node in self.with_headline:
            return False
        if not node.is_block or node.tag == "body":
            return False
        if not is_comments(node, self.names[node]):
            return False
        return not self._is_among_paragraphs(node)

    def _is_among_paragraphs(self, node: Node) -> bool:
        """Return whether bare paragraphs stand beside the element, as none do beside comments."""
        if node.parent is None:
            return False
        beside = self.bare[node.parent]
        if node.tag == "p":
            beside -= 1
        return beside >= _BARE_PARAGRAPHS

    def _exclude_furniture(self) -> None:
        """Exclude the boxes in and around the article, and all inside them."""
        vocabulary, last = self._read_vocabulary()
        container = self.root()
        within = {container}
        furniture: set[Node] = set()
        for node in self.nodes[1:]:
            if node in self.excluded:
                continue
            if node.parent in within:
                within.add(node)
            if node.parent in furniture:
                furniture.add(node)
                continue
            is_last = node.start > last
            is_within = node in within
            if self._is_furniture(node, vocabulary, is_last=is_last, is_within=is_within):
                furniture.add(node)
        self.excluded |= furniture
        self._measure()

    def _read_vocabulary(self) -> tuple[Vocabulary, int]:
        """Return the names that furniture has here, and where the last plain paragraph stands."""
        top = self.nodes[0]
        vocabulary = Vocabulary(self.prose[top])
        words: dict[Node | None, frozenset[str]] = {None: frozenset(), top: frozenset()}
        teasers: set[Node] = set()
        # Until a plain paragraph is found, nothing counts as behind the article.
        last = len(self.raw)
        for node in self.nodes[1:]:
            content = self.contents[node]
            words[node] = words[node.parent] | furniture_words(self.names[node])
            vocabulary.add_sibling(node, content)
            if node.parent in teasers or content.is_teaser:
                teasers.add(node)
            if node in self.excluded or node in teasers:
                continue
            if not self._is_paragraph(node):
                continue
            vocabulary.add(words[node], content)
            # Not one in a box: those behind the article hold paragraphs as well.
            if not words[node]:
                last = node.start
        return vocabulary, last

    def _is_paragraph(self, node: Node) -> bool:
        """Return whether the element is a paragraph itself, with none inside."""
        if not node.is_block:
            return False
        if self.contents[node].paragraphs != 1:
            return False
        for child in node.elements():
            if child.is_block and self.contents[child].paragraphs:
                return False
        return True

    def _is_furniture(
        self, node: Node, vocabulary: Vocabulary, *, is_last: bool, is_within: bool
    ) -> bool:
        """Return whether the element is a box of the site's, not of the article."""
        if node in self.with_headline:
            return False
        content = self.contents[node]
        names = self.names[node]
        if is_credit(names, content):
            return True
        if not node.is_block:
            return False
        if is_quotation_footer(node):
            return False
        if self.prose[node] >= _MOST_PROSE * vocabulary.whole:
            return False
        if node.tag == "form":
            return not is_quiz(node)
        weight = balance(node, names, content, vocabulary, is_last=is_last, is_within=is_within)
        return weight >= FURNITURE


def collapse_blanks(text: str) -> str:
    """Return the text as a browser shows it: each run of blanks is one, no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip(" ")


def _is_all_of(node: Node, around: Node) -> bool:
    """Return whether an element within a line holds this one and nothing else."""
    if around.is_block:
        return False
    if around.inner != node.start:
        return False
    return around.close == node.end


def _is_alike(node: Node, other: Node) -> bool:
    """Return whether the elements are siblings of one kind."""
    if node.parent is not other.parent:
        return False
    if node.tag != other.tag:
        return False
    return node.get("class") == other.get("class")


def _is_anchor_link(node: Node) -> bool:
    if node.tag != "a":
        return False
    return node.get("href").startswith("#")


def _headlines_of_title(title: str) -> list[str]:
    """Return what may be the headline in a page's title: all of it, or what precedes the site."""
    words = collapse_blanks(unescape(title[:_LONGEST_HEADLINE]))
    headlines = [words, _SITE.sub("", words)]
    return [each for each in headlines if each.count(" ") >= _TITLE_BLANKS]


def _unescape_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
