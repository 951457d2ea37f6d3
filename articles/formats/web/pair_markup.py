"""Read pairs of texts that hold HTML, as WordPress, Drupal and other systems write them into files.

The words are what an editor reviews: tags are taken off, entities are resolved, and a text of
several paragraphs becomes a pair for each, where both sides have as many.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from articles.formats.interchange import Article, BadFile, Segment
from articles.formats.shortcodes import find_shortcodes
from articles.formats.web.fragments import fragment_lines
from articles.text.document import with_replacements
from articles.text.messages import gettext_noop as _

_LEFT_OUT = _("the tags of HTML in a text are left out; its paragraphs are pairs of their own")

_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|br|caption|cite|code|dd|del|div|dl|dt|em|figcaption"
    r"|figure|font|footer|h[1-6]|header|hr|i|img|ins|li|mark|ol|p|pre|q|s|section|small|span"
    r"|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul|video)\b(?:\s[^<>]*)?/?>"
    r"|<!--\s*/?(?:wp:|more\b)[^>]*-->",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|nbsp|amp|lt|gt|quot|apos|[a-z]{3,8});", re.I)


def without_markup(article: Article) -> Article:
    """Return the article with the words of its pairs alone: no HTML, no shortcodes.

    A pair with marks on its words, or with corrections, is left as it is, and so is an article that
    was exported here: their places count the tags. What is left out is told in a warning.
    """
    if article.key:
        return article
    return replace(article, segments=_plain_segments(article))


def _plain_segments(article: Article) -> Iterator[Segment]:
    for segment in article.segments:
        has_markup = _has_markup(segment.source) or _has_markup(segment.target)
        if not has_markup or _is_marked(segment):
            yield segment
            continue
        if article.warnings is not None:
            article.warnings.add(BadFile(_LEFT_OUT))
        yield from _paragraphs(segment)


def _paragraphs(segment: Segment) -> Iterator[Segment]:
    """Yield a pair for each paragraph, or one where the sides have not as many."""
    sources = _lines(segment.source)
    targets = _lines(segment.target)
    if not segment.target:
        targets = [""] * len(sources)
    if len(sources) != len(targets) or not sources:
        sources = ["\n".join(sources)]
        targets = ["\n".join(targets)]
    is_single = len(sources) == 1
    for number, (source, target) in enumerate(zip(sources, targets, strict=True), start=1):
        name = segment.id
        if name and not is_single:
            name = f"{segment.id}.{number}"
        flags = segment.flags
        if number > 1:
            flags = ()
        yield replace(segment, source=source, target=target, id=name, flags=flags)


def _is_marked(segment: Segment) -> bool:
    if segment.corrections or segment.findings or segment.events:
        return True
    if segment.target_span or segment.source_span:
        return True
    return any(not flag.needs_locating for flag in segment.flags)


def _has_markup(text: str) -> bool:
    if _TAG.search(text):
        return True
    if _ENTITY.search(text):
        return True
    return any(True for _code in find_shortcodes(text))


def _lines(text: str) -> list[str]:
    """Return the lines of words in a text that may be HTML."""
    codes = [(code.span, "") for code in find_shortcodes(text)]
    text = with_replacements(text, codes)
    if _TAG.search(text):
        return fragment_lines(text)
    return [html.unescape(text)]
