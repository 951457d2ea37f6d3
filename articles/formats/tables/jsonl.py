"""JSON Lines: all that is known of an article, enough to rebuild it; and rows for training.

An article is one line, followed by a line for each of its segments:

    {"kind": "article", "title", "source_language", "target_language",
     "source": {"name", "text"}, "target": {"name", "text"}, "held", …}
    {"kind": "segment", "source", "target", …}

The fields are those of interchange.Article and interchange.Segment; a field that holds its default
is left out. Spans are ``[start, end]``, sentences ``[start, end, paragraph]``, times ISO 8601 and
web pages Base64. A line with "source" and "target" texts and no "kind" is a bare segment; so is
one that names the texts otherwise ("src", "mt") or by their languages ("en", "fr", at the top or
inside "translation"), as collections of sentences do.
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
from articles.formats.tables.columns import language_of_name, text_of_name
from articles.text.messages import gettext_noop as _

_UNKNOWN = _("“%(kind)s” is an unknown kind of line")
_EARLY = _("a segment comes before any article")
_LONG = _("the line is too long")

_LINE = 4 * LARGEST_TEXT
"""Bytes of the longest line that is read: an article with both documents and both pages."""
_TEXT_FIELDS = ("held", "system", "stage", "source_tag", "target_tag")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the articles as JSON Lines, a line at a time."""
    for article in articles:
        yield _line(_article_values(article))
        for segment in article.segments:
            yield _line({"kind": "segment", **record_values(segment)})


def write_training(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the source, machine and corrected text of each segment with an approved correction.

    Translation systems can be trained with these rows.
    """
    for article in articles:
        for segment in article.segments:
            approved = segment.approved
            if not approved:
                continue
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
    """Return the articles of a JSON Lines file; their segments stream.

    Bare segments become one article titled ``name``. Raise BadFile with the line while reading:
    nothing may be stored before the end was reached.
    """
    return group_segments(_read_rows(file, name))


def _read_rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    article: Article | None = None
    for place, values in read_lines(file):
        kind = values.pop("kind", "pair")
        if kind == "article":
            article = _read_article(values, place)
            yield article, None
        elif kind == "pair":
            # A file of bare pairs has no line for its article: the first pair tells the languages.
            values, languages = _named_pair(values)
            article = article or Article(name, *languages)
            yield article, _read_segment(values, place)
        elif kind != "segment":
            raise BadFile(_UNKNOWN, place, kind=kind)
        elif article is None:
            raise BadFile(_EARLY, place, kind=kind)
        else:
            yield article, _read_segment(values, place)


def read_lines(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the place and the object of each line that is not blank. Raise BadFile by line."""
    number = size = 0
    is_empty = True
    while line := file.readline(_LINE + 1):
        number += 1
        size += len(line)
        place = f"line {number}"
        if len(line) > _LINE:
            raise BadFile(_LONG, place)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, place, limit=LARGEST_TABLE // 1_000_000)
        if line.strip():
            is_empty = False
            yield place, parse_object(line, place)
    if is_empty:
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
        "source": _document_values(article.source_name, article.source, article.source_page),
        "target": _document_values(article.target_name, article.target, article.page),
    }
    for key in _TEXT_FIELDS:
        text = getattr(article, key)
        if text:
            values[key] = text
    for key in ("people", "events"):
        records = getattr(article, key)
        if records:
            values[key] = [record_values(each) for each in records]
    return values


def _document_values(name: str, text: str, page: bytes) -> dict[str, str]:
    values = {"name": name, "text": text}
    if page:
        values["page"] = b64encode(page).decode()
    return values


# Reading


def _read_article(values: dict[str, Any], place: str) -> Article:
    source = _read_document(values, "source", place)
    target = _read_document(values, "target", place)
    fields: dict[str, Any] = {}
    for key in (*_TEXT_FIELDS, "title", "source_language", "target_language"):
        fields[key] = read_text(values.get(key, ""), key, place)
    return Article(
        source=read_text(source.get("text", ""), "text", place),
        target=read_text(target.get("text", ""), "text", place),
        source_name=read_text(source.get("name", ""), "name", place),
        target_name=read_text(target.get("name", ""), "name", place),
        source_page=read_base64(source.get("page", ""), "page", place),
        page=read_base64(target.get("page", ""), "page", place),
        people=record_list(Assignment)(values.get("people", []), "people", place),
        events=record_list(Event)(values.get("events", []), "events", place),
        **fields,
    )


def _read_document(values: dict[str, Any], side: str, place: str) -> dict[str, Any]:
    document = values.get(side, {})
    if not isinstance(document, dict):
        wanted = _('an object with "name" and "text"')
        raise BadFile(WRONG_VALUE, place, field=side, wanted=wanted)
    return document


def _named_pair(values: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, str]]:
    """Return a bare segment with its texts called source and target, and their languages.

    The languages are "" where the line does not name the texts by them.
    """
    if "source" in values and "target" in values:
        return values, ("", "")
    texts = values.get("translation")
    if not isinstance(texts, dict):
        texts = values
    sides = _sides(texts)
    named = {side: texts[key] or "" for side, key in sides.items()}
    if not named or "source" in values or "target" in values:
        return {**values, **named}, ("", "")
    if "id" in values:
        named["id"] = str(values["id"])
    source = language_of_name(sides.get("source", ""))
    return named, (source, language_of_name(sides.get("target", "")))


def _sides(texts: Iterable[str]) -> dict[str, str]:
    """Return the names of source and target: two languages, or names that tools give them."""
    languages = [key for key in texts if language_of_name(key)]
    if len(languages) == 2:
        return {"source": languages[0], "target": languages[1]}
    sides: dict[str, str] = {}
    for key in texts:
        side = text_of_name(key)
        if side:
            sides.setdefault(side, key)
    return sides


def _read_segment(values: dict[str, Any], place: str) -> Segment:
    # The writer leaves out an empty side, but a line with neither is no segment.
    if "source" not in values and "target" not in values:
        raise BadFile(MISSING_FIELD, place, field="source")
    values.setdefault("source", "")
    values.setdefault("target", "")
    return read_record(Segment, values, place)
