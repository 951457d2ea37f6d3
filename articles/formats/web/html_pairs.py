"""Read pairs of texts that hold HTML, as WordPress and Drupal send them, as pairs of paragraphs.

The tags are no words of a translation: they are left out and counted in a warning, entities such as
``&nbsp;`` are resolved, and a pair of texts with as many paragraphs on each side becomes a pair a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from articles.formats.interchange import Article, BadFile, Segment
from articles.formats.web.html_tree import parse
from articles.formats.web.lines import LineReader, State
from articles.formats.web.visibility import Visibility
from articles.text.messages import gettext_noop as _

_TAG = re.compile(
    r"</?(?:p|div|br|hr|strong|em|b|i|u|a|span|ul|ol|li|h[1-6]|table|tr|td|th|blockquote|figure"
    r"|figcaption|img|sub|sup|section|article)(?:\s[^<>]{0,2000})?/?>|&nbsp;|<!-- /?wp:",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|blockquote)[\s>]", re.IGNORECASE)
_LEFT_OUT = _("the tags of HTML in a text are left out; its paragraphs are pairs of their own")


def without_markup(article: Article) -> Article:
    """Return the article with the HTML in its pairs read as text.

    An article that was exported here, and pairs with anything marked in them, stay as they are: the
    places of the marks count the tags.
    """
    if article.key:
        return article
    return replace(article, segments=_read_pairs(article, article.segments))


def _read_pairs(article: Article, segments: Iterable[Segment]) -> Iterator[Segment]:
    for segment in segments:
        if not _has_markup(segment):
            yield segment
            continue
        if article.warnings is not None:
            article.warnings.add(BadFile(_LEFT_OUT))
        yield from _split(segment)


def _has_markup(segment: Segment) -> bool:
    """Return whether there is HTML in the pair, and nothing that counts on its places."""
    if segment.flags or segment.corrections or segment.findings or segment.events:
        return False
    if segment.source_span is not None or segment.target_span is not None:
        return False
    return bool(_TAG.search(segment.source) or _TAG.search(segment.target))


def _split(segment: Segment) -> Iterator[Segment]:
    """Yield a pair for each paragraph, or one where the sides have not as many."""
    try:
        source = html_lines(segment.source)
        target = html_lines(segment.target)
    except BadFile:  # nested too deeply: what one text holds must not refuse the whole file
        yield segment
        return
    if not target:
        target = [""] * len(source)
    if len(source) != len(target) or len(source) == 1:
        yield replace(segment, source="\n".join(source), target="\n".join(target))
        return
    for number, (before, after) in enumerate(zip(source, target, strict=True), start=1):
        name = f"{segment.id}.{number}" if segment.id else ""
        yield replace(segment, source=before, target=after, id=name)


def html_lines(text: str) -> list[str]:
    """Return the lines of a text with HTML as a browser shows them. Raises BadFile."""
    nodes = parse(text)
    visibility = Visibility(text, nodes)
    hidden = set()
    for node in nodes[1:]:
        if node.parent in hidden or visibility.is_invisible(node):
            hidden.add(node)
    has_breaks = not _PARAGRAPH.search(text)
    reader = LineReader(text, hidden, {nodes[0]}, codes=True, breaks=has_breaks)
    reader.read(nodes[0], State(nodes[0]))
    lines = [line.text.strip() for line in reader.lines]
    return [line for line in lines if line]
