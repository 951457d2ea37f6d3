"""Tell which elements of a web page people can read: not scripts, nor what stays hidden.

Text that a reader unfolds (an answer of an accordion, the rest after “Read more”, text behind a
paywall) is part of the article, although the page hides it at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.formats.web.html_tree import HEADINGS, Node

_INVISIBLE = set(
    "annotation annotation-xml area audio canvas datalist dialog embed head iframe img input meter"
    " noembed noframes noscript object picture progress rp script select style svg textarea title"
    " video xmp".split()
)
_AMP_INVISIBLE = re.compile(
    r"amp-(?:ad|ad-exit|analytics|audio|auto-ads|brid-player|call-tracking|consent|embed|facebook"
    r"|geo|gist|google\w*|hulu|iframe|img|instagram|install-\w+|jwplayer|list|megaphone|next-page"
    r"|pinterest|pixel|reddit|sidebar|social-share|soundcloud|state|sticky-ad|subscriptions"
    r"|tiktok|twitter|user-notification|video|video-iframe|vimeo|web-push\w*|youtube)(?:-.*)?$"
)
_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FOLDING = re.compile(
    r"(?:^|[_-])(?:accordion|carousel|collaps\w+|expand\w*|fold\w*|faq|hidden-?content|panel"
    r"|paywall\w*|premium|read-?more|rest|reveal|slick|slides?|spoiler|swiper|tab|tabpanel"
    r"|toggle\w*|truncat\w+)(?:$|[_-])"
)
"""Names of elements whose text is folded away until a reader asks for it."""
_COPY = re.compile(r"(?:^|[_-])(?:cloned?|duplicate)(?:$|[_-])")
"""Names of slides that scripts repeat at the ends of a row."""
_CONTROLS = ("aria-controls", "aria-owns", "data-target", "data-bs-target", "data-toggle-target")
_TOGGLES = {"summary", "dt", *HEADINGS}
"""Elements whose button opens what stands below, so that its words are a heading."""
_PAYWALLED = re.compile(r'"cssSelector"\s*:\s*"([^"]{1,200})"')
"""Selectors of the text behind a paywall in the structured data of a page (schema.org)."""
_CLASS = re.compile(r"\.([\w-]+)")


class Visibility:
    """What can be read on a page, by the attributes of its elements and by what refers to them."""

    def __init__(self, raw: str, nodes: Iterable[Node]) -> None:
        self.opened: set[str] = set()
        self.options: set[str] = set()
        self.first_options: dict[Node | None, int] = {}
        for node in nodes:
            if node.attributes:
                self._note_targets(node)
        self.article_names: set[str] = set()
        for selectors in _PAYWALLED.findall(raw):
            self.article_names.update(_CLASS.findall(selectors))

    def _note_targets(self, node: Node) -> None:
        """Note the ids that the element opens, or has as a checkbox."""
        for key in _CONTROLS:
            self.opened.update(node.get(key).replace("#", " ").split())
        href = node.get("href")
        # Tabs and accordions that need no script are links to what they open.
        if href.startswith("#"):
            self.opened.add(href[1:])
        if _is_option(node) and node.get("id"):
            self.options.add(node.get("id"))
            self.first_options.setdefault(node.parent, node.start)

    def is_invisible(self, node: Node) -> bool:
        """Return whether people do not read the element as text of the page."""
        if self.is_no_text(node):
            return True
        if not node.attributes or not _is_hidden(node):
            return False
        return not self.is_folded(node)

    def is_no_text(self, node: Node) -> bool:
        """Return whether the element never holds text of the page, shown or hidden."""
        if node.tag in _INVISIBLE or _AMP_INVISIBLE.match(node.tag):
            return True
        if node.tag == "template":
            # A template with a shadow root is shown by the browser itself (HTML, 4.12.3).
            return not node.get("shadowrootmode")
        if node.tag == "button":
            return not _is_heading_button(node)
        if node.tag == "label":
            return node.get("for") not in self.options and not _holds_option(node)
        return False

    def is_folded(self, node: Node) -> bool:
        """Return whether a reader can unfold the hidden element."""
        if node.get("role") == "tabpanel" or node.get("id") in self.opened:
            return True
        if self._follows_option(node):
            return True
        names = node.get("class").split()
        if any(_COPY.search(name) for name in names):
            return False
        if not self.article_names.isdisjoint(names):
            return True
        return any(_FOLDING.search(name.lower()) for name in names)

    def _follows_option(self, node: Node) -> bool:
        """Return whether a checkbox stands before the element, which may unfold it."""
        first = self.first_options.get(node.parent)
        return first is not None and first < node.start


def _is_hidden(node: Node) -> bool:
    if "hidden" in node.attributes:
        return True
    if node.get("aria-hidden").lower() == "true":
        return True
    return bool(_STYLE.search(node.get("style")))


def _is_heading_button(node: Node) -> bool:
    """Return whether the button is the heading of something that it opens."""
    above = node.parent
    return above is not None and above.tag in _TOGGLES


def _holds_option(node: Node) -> bool:
    """Return whether the label is one of several answers, beside its own radio button."""
    return any(map(_is_option, node.elements()))


def _is_option(node: Node) -> bool:
    """Return whether the element is a checkbox or a radio button."""
    return node.tag == "input" and node.get("type") in ("checkbox", "radio")
