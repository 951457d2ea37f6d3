"""Read pairs of texts that hold HTML, as WordPress, Drupal and other systems write them into files.

Tags and shortcodes stay in the texts, as protected codes (text/codes.py). Entities of letters are
resolved, and a text of several paragraphs becomes a pair for each, where both sides have as many.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from articles.formats.interchange import Article, BadFile, Segment
from articles.text.codes import Code, find_codes
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_KEPT = _("HTML and shortcodes in a text are kept as codes; its paragraphs are pairs of their own")

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_WORD = re.compile(r"\w")
_START_TAG = re.compile(r"<(?!/|[bh]r\b)", re.IGNORECASE)


def with_codes(article: Article) -> Article:
    """Return the article with its HTML and shortcodes as codes, a pair for each paragraph.

    A pair with marks on its words, or with corrections, is left as it is, and so is an article that
    was exported here. A warning tells of the codes.
    """
    if article.key:
        return article
    return replace(article, segments=_coded_segments(article))


def _coded_segments(article: Article) -> Iterator[Segment]:
    for segment in article.segments:
        has_markup = _has_markup(segment.source) or _has_markup(segment.target)
        if not has_markup or _is_marked(segment):
            yield segment
            continue
        if article.warnings is not None:
            article.warnings.add(BadFile(_KEPT))
        yield from _paragraphs(segment)


def _paragraphs(segment: Segment) -> Iterator[Segment]:
    """Yield a pair for each paragraph, or one where the sides have not as many."""
    sources = _pieces(segment.source)
    targets = _pieces(segment.target)
    if not segment.target:
        targets = [""] * len(sources)
    if len(sources) != len(targets) or not sources:
        sources = [_resolved(segment.source)]
        targets = [_resolved(segment.target)]
    is_single = len(sources) == 1
    for number, (source, target) in enumerate(zip(sources, targets, strict=True), start=1):
        name = segment.id
        if name and not is_single:
            name = f"{segment.id}.{number}"
        flags = segment.flags
        # They are about the whole text: once is enough.
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
    return bool(_ENTITY.search(text)) or any(True for _code in find_codes(text))


def _pieces(text: str) -> list[str]:
    """Return the paragraphs of a text, each with its own codes; joined, they are the text.

    The blanks between them are left out, and the entities of letters resolved.
    """
    places = [0, *_beginnings(text), len(text)]
    pieces = [_resolved(text[start:end]).strip() for start, end in pairwise(places)]
    return [piece for piece in pieces if piece]


def _beginnings(text: str) -> Iterator[int]:
    """Yield where each paragraph with words begins that follows another."""
    end_of_text = Code(Span(len(text), len(text)), "")
    place = -1  # where the next one begins, if words follow
    has_words = False
    at = 0
    for span, reading in [*find_codes(text), end_of_text]:
        if _WORD.search(text, at, span.start):
            if place >= 0:
                yield place
            place = -1
            has_words = True
        if has_words and reading == "\n":
            place = _next_paragraph(span, text, place)
        at = span.end


def _next_paragraph(tag: Span, text: str, place: int) -> int:
    """Return where the next paragraph begins: after an end tag or a break, before a start tag."""
    if _START_TAG.match(text, tag.start) is None:
        return tag.end
    return place if place >= 0 else tag.start


def _resolved(text: str) -> str:
    """Return the text with the characters of its entities, outside of codes."""
    pieces = []
    at = 0
    for code in find_codes(text):
        pieces += [html.unescape(text[at : code.span.start]), code.span.of(text)]
        at = code.span.end
    pieces.append(html.unescape(text[at:]))
    return "".join(pieces)
