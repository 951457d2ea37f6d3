"""What on a web page is the article: its headline, standfirst, paragraphs, lists and captions, and what is around it.

Three questions, each answered by what pages of newsrooms have in common (as Readability and its kin do, Kohlschütter et
al. 2010 on link density): which element holds the prose; what in it is a menu, an advertisement, a box for related
articles; and which line above it is the headline. A whole sentence left out here would never be reviewed, so what holds
most of the prose is never taken for anything else, whatever it is called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.formats.web.html_tree import HEADINGS, Node, parse

_UNREAD = set(
    "area audio button canvas datalist dialog embed head iframe img input label math meter noembed noframes noscript"
    " object picture progress script select style svg template textarea title video xmp".split()
)
_BESIDE = {"footer", "menu", "nav", "search"}
_ROLES = set(
    "alert alertdialog banner button complementary contentinfo dialog doc-noteref menu menubar navigation search"
    " tablist toolbar tooltip".split()
)
_AMP = {
    "amp-fit-text",
    "amp-accordion",
    "amp-lightbox",
    "amp-story",
    "amp-story-page",
    "amp-story-grid-layer",
}
_NAMES = (
    # advertising and the site
    "ads? advert\\w* adslot sponsor\\w* promos? promo\\w+ outbrain taboola cookies? consent gdpr newsletters? subscribe"
    " subscription signup sign-up donate donation modal popup tooltip print-only"
    # ways to elsewhere
    " breadcrumbs? menu navbar toolbar sidebar widget-area masthead pagination pager toc table-of-contents skip-link"
    " nav-links"
    # other articles
    " related jp-relatedposts recommend\\w* recirc\\w* read-?(?:also|more|next) more-(?:on|from|stories|news) trending"
    " most-(?:read|popular|viewed) a-?lire(?:-aussi)? lire-?aussi voir-?aussi popular-(?:posts|articles)"
    " teasers? (?<![a-z-])(?:story-|article-|news-|post-)?cards?(?![a-z_-])"
    # what readers do with it
    " shar(?:e|es|ing) sharedaddy socials? follow-us disqus respond twitter-tweet instagram-media tiktok-embed fb-post"
    " wp-block-embed"
    # about the article
    " kicker eyebrow bylines? signature authors? author-\\w+ timestamp datelines? pub(?:lished|date|lication)? updated"
    " posted-on (?:post|entry|article|node)[_-]+(?:meta|tags|footer|nav|navigation|author|date) taxonomy tags tag-list"
    " tag-links field-tags cat-links reading-time read-time footnote-backlink"
)
_AROUND = re.compile(rf"(?:^|[_-])(?:{'|'.join(_NAMES.split())})(?:$|[_-])")
_COMMENTS = re.compile(r"(?:^|[_-])(?:comments?|commentlist|disqus)(?:$|[_-])")
_CREDIT = re.compile(r"(?:^|[_-])(?:credits?|photo-?credit|copyright|agency)(?:$|[_-])")
_UNSEEN = re.compile(
    r"^(?:sr-only|visually-?hidden|visuallyhidden|screen-reader-text|u-hidden|is-hidden|assistive-text)$"
)
_STATE = re.compile(
    r"^(?:tags?|category|has|is|js|no|type|status|format)-|^(?:post|page|article)-?\d+$"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PROSE = 40
"""Letters from which a block may be a paragraph; labels and menus have fewer."""
_NOTE = re.compile(r"^[\s\[(]*(?:\d{1,3}|[*†‡§]|[a-z])[\s\])]*$")


@dataclass(slots=True)
class Page:
    """A page's elements, and of each how many letters of prose are in it (links count against it)."""

    raw: str
    nodes: list[Node] = field(default_factory=list)
    letters: dict[Node, int] = field(default_factory=dict)
    prose: dict[Node, int] = field(default_factory=dict)
    out: set[Node] = field(default_factory=set)
    headed: set[Node] = field(default_factory=set)

    @classmethod
    def of(cls, raw: str) -> Page:
        """The page, measured."""
        page = cls(raw, parse(raw))
        page._measure()
        page._leave_out()
        return page

    def live(self, tag: str) -> list[Node]:
        """The elements of this name that are not left out."""
        return [node for node in self.nodes if node.tag == tag and node not in self.out]

    def root(self) -> Node:
        """The element that holds the article: an ``article`` or ``main`` with half of the prose, or else the deepest
        with four fifths of it."""
        top = next(iter(self.live("body")), self.nodes[0])
        whole = self.prose[top] or 1
        for tag in ("article", "main"):
            best = max(self.live(tag), key=lambda node: self.prose[node], default=None)
            if best and (2 * self.prose[best] >= whole or not self.prose[top]):
                return self._deepest(best, 1.0) if best.tag == "main" else best
        return self._deepest(top, 0.8)

    def _deepest(self, node: Node, share: float) -> Node:
        """The innermost element with this share of the prose in ``node``, above where it parts into paragraphs."""
        wanted = self.prose[node] * share
        while wanted:
            inner = next((each for each in self._inside(node) if self.prose[each] >= wanted), None)
            if inner is None or inner.tag in ("p", "td", "li", *HEADINGS) or not inner.is_block:
                break
            node = inner
        return node

    def _inside(self, node: Node) -> Iterator[Node]:
        return (each for each in node.children if isinstance(each, Node) and each not in self.out)

    def titles(self) -> set[str]:
        """What the page says of itself that its headline is."""
        found = set(re.findall(r'"headline"\s*:\s*"((?:[^"\\]|\\.){1,300})"', self.raw))
        said = {_unescaped(each) for each in found}
        for node in self.nodes:
            if node.tag == "meta" and (node.get("property") or node.get("name")) in (
                "og:title",
                "twitter:title",
            ):
                said.add(node.get("content"))
        return {collapse_blanks(each).casefold() for each in said if each.strip()}

    def _measure(self) -> None:
        """Prose by element: what its blocks hold beside links, if that is more than a label. Elements that never hold
        text for readers count for nothing."""
        block: dict[Node, Node] = {}
        linked: dict[Node, bool] = {}
        letters: dict[Node, int] = {}
        unread: set[Node] = set()
        for node in self.nodes:
            above = node.parent
            block[node] = node if above is None or node.is_block else block[above]
            linked[node] = node.tag == "a" or (above is not None and linked[above])
            if above in unread or _is_beside(node):
                unread.add(node)
                continue
            for child in node.children:
                if isinstance(child, tuple):
                    length = len(" ".join(self.raw[slice(*child)].split()))
                    letters[block[node]] = letters.get(block[node], 0) + (
                        -length if linked[node] else length
                    )
        self.letters = letters
        self._add_up()
        for node in self.nodes:
            if node.tag in ("h1", "main") and node not in unread:
                self.headed.update([node, *node.ancestors()])

    def _add_up(self) -> None:
        """Each element's prose, of what is not left out."""
        self.prose = dict.fromkeys(self.nodes, 0)
        for node in reversed(self.nodes):
            own = self.letters.get(node, 0)
            self.prose[node] += own if own >= _PROSE and node not in self.out else 0
            if node.parent is not None:
                self.prose[node.parent] += self.prose[node]

    def _leave_out(self) -> None:
        whole = self.prose[self.nodes[0]]
        for node in self.nodes[1:]:
            if node.parent in self.out or self._is_around(node, whole):
                self.out.add(node)
        self._add_up()

    def _is_around(self, node: Node, whole: int) -> bool:
        """Whether the element is none of the article: by its kind, what it says of itself, or its name."""
        if node.tag == "form":
            return node not in self.headed and self.prose[node] < 0.7 * whole
        if _is_beside(node) or (node.tag in ("a", "sup") and self._is_note(node)):
            return not (
                node.tag == "footer" and node.parent is not None and node.parent.tag == "blockquote"
            )
        names = _names(node)
        if any(_UNSEEN.match(name) for name in names):
            return node.tag != "body"
        if node in self.headed:
            return False
        if any(_COMMENTS.search(name) for name in names):
            return True
        if node.tag == "aside":
            return not any("quote" in name for name in names) and self._is_box(node)
        if any(_CREDIT.search(name) for name in names):
            return True
        if not node.is_block or self.prose[node] >= 0.7 * max(whole, 1):
            return False
        return any(_AROUND.search(name) for name in names)

    def _is_box(self, node: Node) -> bool:
        """Whether an aside leads elsewhere; one of plain prose is part of what the newsroom wrote."""
        leads = any(
            each.tag in ("a", "form", "input", "button", "iframe", "script")
            for each in node.descendants()
        )
        return leads or not self.prose[node] or any(_AROUND.search(name) for name in _names(node))

    def _is_note(self, node: Node) -> bool:
        """Whether it is the number of a footnote, which leads there; 1er and m² are words."""
        near = [node, *(each for each in node.children if isinstance(each, Node))]
        leads = any(each.tag == "a" and each.get("href").startswith("#") for each in near)
        return leads and bool(
            _NOTE.match(re.sub(r"<[^>]*>", "", self.raw[node.inner : node.close]))
        )


def collapse_blanks(text: str) -> str:
    """The text as a browser shows it: each run of blanks is one; no-break spaces are no blanks."""
    return _BLANKS.sub(" ", text).strip(" ")


def _is_beside(node: Node) -> bool:
    """Whether the element is no text for readers, or says itself that it is none of the article."""
    if node.tag == "form":  # some sites put the whole page into one
        return False
    return is_invisible(node) or node.tag in _BESIDE or node.get("role").lower() in _ROLES


def is_invisible(node: Node) -> bool:
    """Whether people never see the element as text of the page."""
    if node.tag in _UNREAD or (node.tag.startswith("amp-") and node.tag not in _AMP):
        return True
    hidden = "hidden" in node.attributes or node.get("aria-hidden").lower() == "true"
    return hidden or bool(_STYLE.search(node.get("style")))


def _names(node: Node) -> list[str]:
    """What its author called it: classes and id, without those that say its state or the article's subject."""
    told = (
        f"{node.get('class')} {node.get('id')} {node.get('data-component')} {node.get('itemprop')}"
    )
    names = [_CAMEL.sub("-", name).lower() for name in told.split()]
    return [name for name in names if not _STATE.match(name)]


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
