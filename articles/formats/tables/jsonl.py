"""JSON Lines: all that is known of an article, complete enough to rebuild it elsewhere; and rows for training.

An article is one line, ``{"kind": "article", "title", "source_language", "target_language", "source": {"name", "text"},
"target": {"name", "text"}, "held", …}``, followed by a line for each of its segments, ``{"kind": "segment", …}``, with
the fields of ``exchange.Article`` and ``exchange.Segment``. What is empty or usual is left out. Spans are
``[start, end]``, sentences ``[start, end, paragraph]``, times ISO 8601, web pages Base64. Lines with "source" and
"target" texts and no "kind" are taken as bare pairs.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from articles.formats.interchange import (
    EMPTY,
    LARGEST_TABLE,
    LARGEST_TEXT,
    TOO_LARGE,
    Article,
    Assignment,
    BadFile,
    Event,
    Segment,
    group_segments,
)
from articles.formats.json_codec import (
    MISSING_FIELD,
    WRONG_VALUE,
    encode,
    parse_object,
    read_base64,
    read_record,
    read_text,
    record_list,
    record_values,
)
from articles.text.messages import gettext_noop as _

_UNKNOWN = _("“%(kind)s” is no kind of line that is known here")
_EARLY = _("a segment stands before any article")
_LONG = _("the line is too long")

_LINE = 4 * LARGEST_TEXT
_WORDS = ("held", "system", "stage")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles as JSON Lines, a line at a time."""
    for article in articles:
        yield _line(_article_values(article))
        for segment in article.segments:
            yield _line({"kind": "segment", **record_values(segment)})


def write_training(articles: Iterable[Article]) -> Iterator[bytes]:
    """(source, machine, corrected) rows of the segments with an approved correction, to train translators with."""
    for article in articles:
        for segment in article.segments:
            if approved := segment.approved:
                row = {
                    "source_language": article.source_language,
                    "target_language": article.target_language,
                    "source": segment.source,
                    "machine": segment.target,
                    "corrected": approved.after,
                    "errors": [flag.type for flag in segment.flags],
                }
                yield _line(row)


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The articles in a JSON Lines file; their segments stream. Bare pairs become one article titled ``name``.

    Raises BadFile with the line, while reading: nothing is to be kept before the end was reached.
    """
    return group_segments(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    article: Article | None = None
    for place, values in read_lines(file):
        kind = values.pop("kind", "pair")
        if kind == "article":
            article = _article(values, place)
            yield article, None
        elif kind == "pair" or (kind == "segment" and article):
            article = article or Article(name, "", "")
            yield article, _segment(values, place)
        else:
            raise BadFile(_EARLY if kind == "segment" else _UNKNOWN, place, kind=kind)


def read_lines(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) for each line that is not blank. Raises BadFile with the line."""
    number, size, found = 0, 0, False
    while line := file.readline(_LINE + 1):
        number, size = number + 1, size + len(line)
        place = f"line {number}"
        if len(line) > _LINE:
            raise BadFile(_LONG, place)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, place, limit=LARGEST_TABLE // 1_000_000)
        if line.strip():
            found = True
            yield place, parse_object(line, place)
    if not found:
        raise BadFile(EMPTY)


# Writing


def _line(values: dict[str, Any]) -> bytes:
    return (encode(values) + "\n").encode()


def _article_values(article: Article) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "article",
        "title": article.title,
        "source_language": article.source_language,
        "target_language": article.target_language,
        "source": _document(article.source_name, article.source, article.source_page),
        "target": _document(article.target_name, article.target, article.page),
    }
    values |= {key: words for key in _WORDS if (words := getattr(article, key))}
    return values | {
        key: [record_values(each) for each in found]
        for key in ("people", "events")
        if (found := getattr(article, key))
    }


def _document(name: str, text: str, page: bytes) -> dict[str, str]:
    return {"name": name, "text": text} | ({"page": b64encode(page).decode()} if page else {})


# Reading


def _article(values: dict[str, Any], place: str) -> Article:
    sides = {side: values.get(side, {}) for side in ("source", "target")}
    for side, document in sides.items():
        if not isinstance(document, dict):
            raise BadFile(
                WRONG_VALUE, place, field=side, wanted=_('an object with "name" and "text"')
            )
    words: dict[str, Any] = {key: read_text(values.get(key, ""), key, place) for key in _WORDS}
    return Article(
        title=read_text(values.get("title", ""), "title", place),
        source_language=read_text(values.get("source_language", ""), "source_language", place),
        target_language=read_text(values.get("target_language", ""), "target_language", place),
        source=read_text(sides["source"].get("text", ""), "text", place),
        target=read_text(sides["target"].get("text", ""), "text", place),
        source_name=read_text(sides["source"].get("name", ""), "name", place),
        target_name=read_text(sides["target"].get("name", ""), "name", place),
        source_page=read_base64(sides["source"].get("page", ""), "page", place),
        page=read_base64(sides["target"].get("page", ""), "page", place),
        people=record_list(Assignment)(values.get("people", []), "people", place),
        events=record_list(Event)(values.get("events", []), "events", place),
        **words,
    )


def _segment(values: dict[str, Any], place: str) -> Segment:
    for key in ("source", "target"):
        if key not in values:
            # The writer leaves out an empty side, but a line with neither is no segment.
            if not values.keys() & {"source", "target"}:
                raise BadFile(MISSING_FIELD, place, field=key)
            values[key] = ""
    return read_record(Segment, values, place)
