"""Judge whether an element of a page is furniture: advertising, links to elsewhere, a site's own.

What an element holds decides: paragraphs speak for it, links, controls and appeals against it. Its
name only tips the balance, since sites call parts of an article “card”, “teaser” or “read-more” as
they call boxes beside it; a name that most of the article has says nothing at all. An id is often
the slug of a heading, so only a few that are known as a whole count.
"""

from __future__ import annotations

import re

from articles.formats.web.content import Content
from articles.formats.web.html_tree import Node

FURNITURE = 2
"""The balance from which an element is not part of the article."""
_CERTAIN = (
    # advertising, and what a site asks of its readers
    "ads? advert\\w* adslot outbrain taboola cookies? consent gdpr newsletters? signup sign-up"
    # navigation
    " breadcrumbs? navbar pagination pager skip-link jp-relatedposts sharedaddy"
)
_LIKELY = (
    "sponsor\\w* subscribe subscriptions? donate donation widget-area nav-links recirc\\w* trending"
    " most-(?:read|popular|viewed) popular-(?:posts|articles) socials? follow-us disqus respond"
    " twitter-tweet instagram-media tiktok-embed fb-post wp-block-embed bylines? authors?"
    " author-\\w+ (?:post|entry|article|node)[_-]+(?:meta|tags|footer|nav|navigation|author|date)"
    " taxonomy tag-list tag-links field-tags cat-links reading-time read-time footnote-backlink"
)
_POSSIBLE = (
    "promos? promo\\w+ modal popup tooltip print-only menu toolbar sidebar masthead toc"
    " table-of-contents related recommend\\w* read-?(?:also|more|next)"
    " more-(?:on|from|stories|news) a-?lire(?:-aussi)? lire-?aussi voir-?aussi teasers?"
    " (?<![a-z-])(?:story-|article-|news-|post-)?cards?(?![a-z_-]) shar(?:e|es|ing) kicker eyebrow"
    " signature timestamp datelines? pub(?:lished|date|lication)? updated posted-on tags"
)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[_-])({'|'.join(words.split())})(?=$|[_-])")


_NAMES = ((3, _pattern(_CERTAIN)), (2, _pattern(_LIKELY)), (1, _pattern(_POSSIBLE)))
"""Names of furniture, by how much each tips the balance."""
_IDS = {
    "cookie-banner": 3, "cookie-notice": 3, "cookie-consent": 3, "onetrust-consent-sdk": 3,
    "newsletter": 2, "newsletter-signup": 3, "breadcrumb": 3, "breadcrumbs": 3, "sidebar": 1,
    "jp-relatedposts": 3, "related-articles": 2, "related-posts": 2, "disqus_thread": 3,
    "secondary": 1, "masthead": 1, "colophon": 2, "site-footer": 2,
}  # fmt: skip
_CONTENT_NAME = re.compile(
    r"(?:^|[_-])(?:text|body|articlebody|content|paragraph|copy|prose|lede?|standfirst|intro"
    r"|chapo|excerpt|story|summary|description|question|answer|caption)(?:$|[_-])"
)
"""Names of what holds words; they count for the element."""
_COMMENTS = re.compile(r"(?:^|[_-])(?:comments?|commentlist|disqus)(?:$|[_-])")
_COMMENT_IDS = {"comments", "comment-list", "commentlist", "disqus_thread", "comments-area"}
_CREDIT = re.compile(r"(?:^|[_-])(?:credits?|photo-?credit|copyright|agency)(?:$|[_-])")
_LONGEST_CREDIT = 80
"""Letters of the longest name of a photographer or agency."""
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
_KINDS = {"aside": 2, "footer": 3}
_ROLES = {"alert": 1, "complementary": 2, "tablist": 1, "tooltip": 1}
_ENOUGH_WORDS = 80
"""Letters without links from which short lines, such as key points, speak for their element."""
_MANY_LINKS = 0.5
_SOME_LINKS = 0.25
_LARGE_SHARE = 0.3
"""Share of the article's prose that is no box beside it."""
_LARGEST_LIST = 0.5
"""Share of the page's prose from which headings with links and words below are no box."""
_CHOICES = {"radio", "checkbox"}
_WRITTEN_INPUTS = {"email", "password", "search", "tel", "text"}
"""Fields of a form that a reader writes into."""
_LEADING_AWAY = 0.25
"""Share of links from which a block beside the article is no part of it."""
_OWN_WORD = 0.5
_REPEATED_OWN_WORD = 0.25
"""Share of the article's prose from which a name is the site's own word for parts of articles:
for any number of paragraphs, and for three or more."""


class Vocabulary:
    """The names of furniture on a page, and which of these are the site's words for its articles.

    ``prose`` and ``paragraphs`` count for each such name what stands in elements of that name.
    ``siblings`` are the parents and classes of elements that hold prose and no links.
    """

    def __init__(self, whole: int) -> None:
        self.whole = max(whole, 1)
        self.prose: dict[str, int] = {}
        self.paragraphs: dict[str, int] = {}
        self.siblings: set[tuple[Node | None, str]] = set()

    def add(self, words: frozenset[str], content: Content) -> None:
        """Count one paragraph in elements with these names."""
        for word in words:
            self.prose[word] = self.prose.get(word, 0) + content.prose
            self.paragraphs[word] = self.paragraphs.get(word, 0) + 1

    def add_sibling(self, node: Node, content: Content) -> None:
        """Note an element whose siblings of the same class are what it is, if it holds prose."""
        if not content.own_paragraphs:
            return
        if content.linked or content.controls:
            return
        kind = (node.parent, node.get("class"))
        self.siblings.add(kind)

    def has_sibling(self, node: Node, content: Content) -> bool:
        """Return whether a sibling of the same class holds prose, and this one no links."""
        if content.linked or content.controls:
            return False
        classes = node.get("class")
        if not classes:
            return False
        return (node.parent, classes) in self.siblings

    def is_own(self, word: str) -> bool:
        """Return whether much of the article stands in elements of that name."""
        share = self.prose.get(word, 0) / self.whole
        if share >= _OWN_WORD:
            return True
        if share < _REPEATED_OWN_WORD:
            return False
        return self.paragraphs[word] >= 3


def names_of(node: Node) -> list[str]:
    """Return the element's classes, without those of its state or the article's subject.

    The name of an element of the site's own counts as one.
    """
    if not node.attributes and "-" not in node.tag:
        return []  # as most elements
    values = [node.get(key) for key in ("class", "data-component", "itemprop")]
    if "-" in node.tag:
        values.append(node.tag)
    names = []
    for word in " ".join(values).split():
        name = _CAMEL.sub("-", word).lower()
        if not _IGNORED_NAMES.match(name):
            names.append(name)
    return names


def furniture_words(names: list[str]) -> frozenset[str]:
    """Return the words in the names that furniture has."""
    words: set[str] = set()
    for name in names:
        for _weight, pattern in _NAMES:
            words.update(pattern.findall(name))
    return frozenset(words)


def is_screen_reader_only(names: list[str]) -> bool:
    """Return whether it is not seen on the page, but read out."""
    return _any_matches(_SCREEN_READER_ONLY, names)


def _any_matches(pattern: re.Pattern[str], names: list[str]) -> bool:
    """Return whether the pattern is found in one of the names."""
    return any(pattern.search(name) for name in names)


def is_comments(node: Node, names: list[str]) -> bool:
    """Return whether it is called the comments of readers."""
    if node.get("id").lower() in _COMMENT_IDS:
        return True
    return _any_matches(_COMMENTS, names)


def is_credit(names: list[str], content: Content) -> bool:
    """Return whether it names a photographer or an agency."""
    if content.text > _LONGEST_CREDIT:
        return False
    return _any_matches(_CREDIT, names)


def is_quiz(form: Node) -> bool:
    """Return whether the form asks questions with answers to choose, and nothing else."""
    kinds = set()
    for node in form.descendants():
        if node.tag == "input":
            kinds.add(node.get("type").lower() or "text")
    if kinds.isdisjoint(_CHOICES):
        return False
    return kinds.isdisjoint(_WRITTEN_INPUTS)


def is_quotation_footer(node: Node) -> bool:
    """Return whether it names the source of a quotation, which readers are shown."""
    if node.tag != "footer":
        return False
    if node.parent is None:
        return False
    return node.parent.tag == "blockquote"


def asks_or_leads_away(content: Content) -> bool:
    """Return whether the element leads to other articles, or asks readers for something."""
    if content.link_share >= _LEADING_AWAY:
        return True
    if content.teasers:
        return True
    return bool(content.calls or content.controls)


def balance(
    node: Node,
    names: list[str],
    content: Content,
    vocabulary: Vocabulary,
    *,
    is_last: bool,
    is_within: bool,
) -> int:
    """Return how much speaks for furniture; from FURNITURE on the element is not the article.

    ``is_last`` says that no paragraph of the article follows, ``is_within`` that the element
    stands in the article's own container.
    """
    if node.tag == "aside" and _any_matches(_QUOTE, names):
        return 0
    signs = _weigh_names(node, names, vocabulary)
    signs += _KINDS.get(node.tag, 0)
    signs += _ROLES.get(node.get("role").lower(), 0)
    if signs <= 0:
        signs = 0
        is_after = is_last or not is_within
        if not _is_plain_box(content, vocabulary, is_after=is_after):
            return 0
    signs -= vocabulary.has_sibling(node, content)
    signs += _weigh_links(content)
    signs -= _weigh_prose(content, vocabulary.whole)
    signs += is_last
    return signs


def _is_plain_box(content: Content, vocabulary: Vocabulary, *, is_after: bool) -> bool:
    """Return whether an element without a telling name may be furniture by what it holds.

    It asks readers for something in a form, or it is a list of other articles after this one; a
    live page, whose entries are headings and words as well, has no more than such entries.
    """
    if content.own_paragraphs > 1:
        return False
    if content.controls and content.calls:
        return True
    if not is_after:
        return False
    if content.own_paragraphs:
        return False
    if content.teasers < 2:
        return False
    return content.teaser_prose < _LARGEST_LIST * vocabulary.whole


def _weigh_names(node: Node, names: list[str], vocabulary: Vocabulary) -> int:
    """Return how much the names speak for furniture: the strongest, less what says words."""
    if not node.attributes and not names:
        return 0
    weight = _IDS.get(node.get("id").lower(), 0)
    for strength, pattern in _NAMES:
        for name in names:
            found = pattern.search(name)
            if found is None:
                continue
            if not vocabulary.is_own(found[1]):
                weight = max(weight, strength)
    if weight and _any_matches(_CONTENT_NAME, names):
        weight -= 1
    return weight


def _weigh_links(content: Content) -> int:
    """Return how much links, controls and appeals speak for furniture."""
    weight = 0
    if content.link_share >= _MANY_LINKS:
        weight += 2
    elif content.link_share >= _SOME_LINKS:
        weight += 1
    if content.teasers and not content.own_paragraphs:
        weight += 2
    if content.controls:
        weight += 1
    if content.calls:
        weight += 1
    return weight


def _weigh_prose(content: Content, whole: int) -> int:
    """Return how much the words speak for the article; less than 0 where there are hardly any."""
    paragraphs = content.own_paragraphs
    if not paragraphs:
        return _weigh_short_lines(content)
    if content.link_share >= _SOME_LINKS:
        return 0
    weight = 1
    if paragraphs >= 4:
        weight += 1
    if paragraphs >= 2:
        weight += 1
        if content.own_prose >= _LARGE_SHARE * whole:
            weight += 2
    return weight


def _weigh_short_lines(content: Content) -> int:
    """Return how much the words of an element without paragraphs speak for the article."""
    if content.controls:
        return -1
    letters = content.text - 3 * content.linked
    if letters < _ENOUGH_WORDS:
        return -1
    return 1
