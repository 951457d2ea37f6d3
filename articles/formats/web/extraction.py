"""Find the article on a web page: its headline, standfirst, paragraphs, lists and captions.

Three questions are answered by what the pages of newsrooms have in common, as Readability does
(on link density see Kohlschütter et al. 2010): which element holds the prose; what in it is a menu,
an advertisement or a box for related articles; which line above it is the headline. A whole
sentence left out here would never be reviewed, so an element that holds most of the prose is never
left out, whatever it is called.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from articles.formats.web.html_tree import HEADINGS, Node, parse

_INVISIBLE = set(
    "area audio button canvas datalist dialog embed head iframe img input label math meter noembed"
    " noframes noscript object picture progress script select style svg template textarea title"
    " video xmp".split()
)
_NAVIGATION = {"footer", "menu", "nav", "search"}
_ROLES = set(
    "alert alertdialog banner button complementary contentinfo dialog doc-noteref menu menubar"
    " navigation search tablist toolbar tooltip".split()
)
_AMP = {
    "amp-fit-text",
    "amp-accordion",
    "amp-lightbox",
    "amp-story",
    "amp-story-page",
    "amp-story-grid-layer",
}
_NAME_PATTERNS = (
    # advertising and the site
    "ads? advert\\w* adslot sponsor\\w* promos? promo\\w+ outbrain taboola cookies? consent gdpr"
    " newsletters? subscribe subscription signup sign-up donate donation modal popup tooltip"
    " print-only"
    # navigation
    " breadcrumbs? menu navbar toolbar sidebar widget-area masthead pagination pager toc"
    " table-of-contents skip-link nav-links"
    # other articles
    " related jp-relatedposts recommend\\w* recirc\\w* read-?(?:also|more|next)"
    " more-(?:on|from|stories|news) trending most-(?:read|popular|viewed) a-?lire(?:-aussi)?"
    " lire-?aussi voir-?aussi popular-(?:posts|articles) teasers?"
    " (?<![a-z-])(?:story-|article-|news-|post-)?cards?(?![a-z_-])"
    # sharing and comments
    " shar(?:e|es|ing) sharedaddy socials? follow-us disqus respond twitter-tweet instagram-media"
    " tiktok-embed fb-post wp-block-embed"
    # about the article
    " kicker eyebrow bylines? signature authors? author-\\w+ timestamp datelines?"
    " pub(?:lished|date|lication)? updated posted-on"
    " (?:post|entry|article|node)[_-]+(?:meta|tags|footer|nav|navigation|author|date) taxonomy tags"
    " tag-list tag-links field-tags cat-links reading-time read-time footnote-backlink"
)
_BOILERPLATE_NAMES = re.compile(rf"(?:^|[_-])(?:{'|'.join(_NAME_PATTERNS.split())})(?:$|[_-])")
_COMMENTS = re.compile(r"(?:^|[_-])(?:comments?|commentlist|disqus)(?:$|[_-])")
_CREDIT = re.compile(r"(?:^|[_-])(?:credits?|photo-?credit|copyright|agency)(?:$|[_-])")
_SCREEN_READER_ONLY = re.compile(
    r"^(?:sr-only|visually-?hidden|visuallyhidden|screen-reader-text|u-hidden|is-hidden"
    r"|assistive-text)$"
)
"""Names of elements that are not seen on the page, but read out to those who cannot see."""
_QUOTE = re.compile("quote")
_IGNORED_NAMES = re.compile(
    r"^(?:tags?|category|has|is|js|no|type|status|format)-|^(?:post|page|article)-?\d+$"
)
"""Classes that say an element's state or the article's subject, not what the element is."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PROSE = 40
"""Letters from which a block may be a paragraph; labels and menus have fewer."""
_MOST_PROSE = 0.7
"""Share of the page's prose from which an element is part of the article, whatever it is called."""
_BODY_SHARE = 0.8
"""Share of the page's prose that is in the element of the article where no tag names that."""
_TEXT_BLOCKS = {"p", "td", "li", *HEADINGS}
_INTERACTIVE = {"a", "form", "input", "button", "iframe", "script"}
"""Elements that lead elsewhere or that a reader works with."""
_HEADLINE = re.compile(r'"headline"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
"""The headline in the structured data of a page (schema.org)."""
_NOTE = re.compile(r"^[\s\[(]*(?:\d{1,3}|[*†‡§]|[a-z])[\s\])]*$")


@dataclass(slots=True)
class Page:
    """A page's elements, and how many letters of prose are in each; links count against it.

    ``excluded`` are the elements that are not the article, ``with_headline`` those that hold a
    headline (``h1``) or a ``main`` element.
    """

    raw: str
    nodes: list[Node] = field(default_factory=list)
    letters: dict[Node, int] = field(default_factory=dict)
    prose: dict[Node, int] = field(default_factory=dict)
    excluded: set[Node] = field(default_factory=set)
    with_headline: set[Node] = field(default_factory=set)

    @classmethod
    def parse(cls, raw: str) -> Page:
        """Return the page with its prose counted and its boilerplate excluded. Raises BadFile."""
        page = cls(raw, parse(raw))
        page._measure()
        page._exclude()
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

    def root(self) -> Node:
        """Return the element that holds the article.

        It is an ``article`` or ``main`` with half of the prose, or else the innermost element with
        four fifths of it.
        """
        top = self.body()
        whole = self.prose[top]
        for tag in ("article", "main"):
            best = max(self.included(tag), key=lambda node: self.prose[node], default=None)
            if best is None:
                continue
            if whole and 2 * self.prose[best] < whole:
                continue
            if tag == "main":
                return self._innermost(best, 1.0)
            return best
        return self._innermost(top, _BODY_SHARE)

    def _innermost(self, node: Node, share: float) -> Node:
        """Return the innermost element with this share of the prose in ``node``.

        It is never a paragraph, only what holds the paragraphs.
        """
        wanted = self.prose[node] * share
        while wanted:
            inner = self._child_with(node, wanted)
            if inner is None or inner.tag in _TEXT_BLOCKS or not inner.is_block:
                break
            node = inner
        return node

    def _child_with(self, node: Node, wanted: float) -> Node | None:
        """Return the first included child with so many letters of prose."""
        for child in node.children:
            if isinstance(child, tuple):
                continue
            if child in self.excluded:
                continue
            if self.prose[child] >= wanted:
                return child
        return None

    def titles(self) -> set[str]:
        """Return the headlines that the page states in its metadata, in small letters."""
        stated = {_unescape_json(headline) for headline in _HEADLINE.findall(self.raw)}
        for node in self.nodes:
            if node.tag != "meta":
                continue
            name = node.get("property") or node.get("name")
            if name in ("og:title", "twitter:title"):
                stated.add(node.get("content"))
        titles = set()
        for title in stated:
            if title.strip():
                titles.add(collapse_blanks(title).casefold())
        return titles

    def _measure(self) -> None:
        """Count the letters of each block, those in links as negative.

        Elements that never hold text for readers count for nothing.
        """
        # Parents come first: ``block``, ``linked`` and ``not_prose`` are inherited, and add up to
        # ``letters``. ``prose`` and ``with_headline`` then go up, from children to their parents.
        block: dict[Node, Node] = {}
        linked: set[Node] = set()
        not_prose: set[Node] = set()
        for node in self.nodes:
            above = node.parent
            block[node] = node
            if above is not None and not node.is_block:
                block[node] = block[above]
            if node.tag == "a" or above in linked:
                linked.add(node)
            if above in not_prose or _is_not_prose(node):
                not_prose.add(node)
                continue
            length = self._text_length(node)
            if node in linked:
                length = -length
            self.letters[block[node]] = self.letters.get(block[node], 0) + length
        self._sum_prose()
        self._find_headlines(not_prose)

    def _find_headlines(self, not_prose: set[Node]) -> None:
        """Note the elements that hold a headline or a ``main`` element."""
        for node in self.nodes:
            if node.tag in ("h1", "main") and node not in not_prose:
                self.with_headline.update([node, *node.ancestors()])

    def _text_length(self, node: Node) -> int:
        """Return the length of the element's own text, each run of blanks counted as one."""
        length = 0
        for child in node.children:
            if isinstance(child, tuple):
                start, end = child
                length += len(" ".join(self.raw[start:end].split()))
        return length

    def _sum_prose(self) -> None:
        """Sum up the prose in each element that is not excluded."""
        self.prose = dict.fromkeys(self.nodes, 0)
        for node in reversed(self.nodes):
            own = self.letters.get(node, 0)
            if own >= _PROSE and node not in self.excluded:
                self.prose[node] += own
            if node.parent is not None:
                self.prose[node.parent] += self.prose[node]

    def _exclude(self) -> None:
        """Exclude the boilerplate around the article and all inside it."""
        whole = self.prose[self.nodes[0]]
        for node in self.nodes[1:]:
            if node.parent in self.excluded or self._is_boilerplate(node, whole):
                self.excluded.add(node)
        self._sum_prose()

    def _is_boilerplate(self, node: Node, whole: int) -> bool:
        """Return whether the element is not the article, by its kind, its role or its name."""
        if node.tag == "form":
            return node not in self.with_headline and self.prose[node] < _MOST_PROSE * whole
        if _is_not_prose(node) or self._is_note(node):
            return not _is_quotation_footer(node)
        names = _names(node)
        if _any_match(_SCREEN_READER_ONLY, names):
            return node.tag != "body"
        if node in self.with_headline:
            return False
        if _any_match(_COMMENTS, names):
            return True
        if node.tag == "aside":
            return self._is_box(node, names)
        if _any_match(_CREDIT, names):
            return True
        return self._has_boilerplate_name(node, names, whole)

    def _has_boilerplate_name(self, node: Node, names: list[str], whole: int) -> bool:
        """Return whether the element has a class or id that boilerplate has.

        Only a block with little of the prose counts as such.
        """
        if not node.is_block:
            return False
        if self.prose[node] >= _MOST_PROSE * max(whole, 1):
            return False
        return _any_match(_BOILERPLATE_NAMES, names)

    def _is_box(self, node: Node, names: list[str]) -> bool:
        """Return whether an aside leads elsewhere; one of plain prose is part of the article."""
        if _any_match(_QUOTE, names):
            return False
        if not self.prose[node]:
            return True
        if _any_match(_BOILERPLATE_NAMES, names):
            return True
        return any(inner.tag in _INTERACTIVE for inner in node.descendants())

    def _is_note(self, node: Node) -> bool:
        """Return whether it is the number of a footnote, a link; 1er and m² are words."""
        if node.tag not in ("a", "sup"):
            return False
        near = [node]
        near.extend(child for child in node.children if isinstance(child, Node))
        if not any(_is_anchor_link(element) for element in near):
            return False
        words = re.sub(r"<[^>]*>", "", self.raw[node.inner : node.close])
        return bool(_NOTE.match(words))


def collapse_blanks(text: str) -> str:
    """Return the text as a browser shows it: each run of blanks is one, no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip(" ")


def is_invisible(node: Node) -> bool:
    """Return whether people never see the element as text of the page."""
    if node.tag in _INVISIBLE:
        return True
    if node.tag.startswith("amp-") and node.tag not in _AMP:
        return True
    if "hidden" in node.attributes:
        return True
    if node.get("aria-hidden").lower() == "true":
        return True
    return bool(_STYLE.search(node.get("style")))


def _is_not_prose(node: Node) -> bool:
    """Return whether the element is no text for readers, or its role is not the article's."""
    if node.tag == "form":
        return False  # some sites put the whole page into a form
    if is_invisible(node):
        return True
    if node.tag in _NAVIGATION:
        return True
    return node.get("role").lower() in _ROLES


def _is_quotation_footer(node: Node) -> bool:
    """Return whether it names the source of a quotation, which readers are shown."""
    if node.tag != "footer":
        return False
    if node.parent is None:
        return False
    return node.parent.tag == "blockquote"


def _is_anchor_link(node: Node) -> bool:
    if node.tag != "a":
        return False
    return node.get("href").startswith("#")


def _any_match(pattern: re.Pattern[str], names: list[str]) -> bool:
    return any(pattern.search(name) for name in names)


def _names(node: Node) -> list[str]:
    """Return the element's classes and id, without those of its state or the article's subject."""
    values = [node.get(key) for key in ("class", "id", "data-component", "itemprop")]
    names = []
    for word in " ".join(values).split():
        name = _CAMEL.sub("-", word).lower()
        if not _IGNORED_NAMES.match(name):
            names.append(name)
    return names


def _unescape_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
