"""JSON Lines: all that is known of an article, complete enough to rebuild it elsewhere; and rows for training.

An article is one line, ``{"kind": "article", "title", "source_language", "target_language", "source": {"name", "text"},
"target": {"name", "text"}, "held", "system"}``, followed by a line for each of its segments,
``{"kind": "segment", …}``, with the fields of ``exchange.Segment``. What is empty or usual is left out. Spans are
``[start, end]``, times ISO 8601. Lines with "source" and "target" texts and no "kind" are taken as bare pairs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from typing import Any, BinaryIO, NoReturn, TypeVar, get_type_hints

from articles.checks.registry import gettext_noop as _
from articles.formats.exchange import (
    EMPTY,
    LARGEST_TABLE,
    LARGEST_TEXT,
    TOO_LARGE,
    Article,
    BadFile,
    Correction,
    Event,
    Finding,
    Flag,
    Reply,
    Segment,
    grouped,
)
from articles.text.document import Span
from articles.text.mqm import SEVERITIES

_NOT_JSON = _("this is not a line of JSON (%(reason)s)")
_NOT_OBJECT = _("a line should be one JSON object in braces")
_WRONG = _("“%(field)s” should be %(wanted)s")
_MISSING = _("“%(field)s” is missing")
_UNKNOWN = _("“%(kind)s” is no kind of line that is known here")
_EARLY = _("a segment stands before any article")
_SURROGATE = _("the text holds half a character (a lone surrogate)")
_LONG = _("the line is too long")

_LINE = 4 * LARGEST_TEXT
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
Record = TypeVar("Record", Flag, Correction, Finding, Event, Reply)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles as JSON Lines, a line at a time."""
    for article in articles:
        yield _line(_article_values(article))
        for segment in article.segments:
            yield _line({"kind": "segment", **_values(segment)})


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
    return grouped(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    article: Article | None = None
    for place, values in lines(file):
        kind = values.pop("kind", "pair")
        if kind == "article":
            article = _article(values, place)
            yield article, None
        elif kind == "pair" or (kind == "segment" and article):
            article = article or Article(name, "", "")
            yield article, _segment(values, place)
        else:
            raise BadFile(_EARLY if kind == "segment" else _UNKNOWN, place, kind=kind)


def lines(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
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
            yield place, _parsed(line, place)
    if not found:
        raise BadFile(EMPTY)


def _parsed(line: bytes, place: str) -> dict[str, Any]:
    values = decoded(line, place)
    if not isinstance(values, dict):
        raise BadFile(_NOT_OBJECT, place)
    return values


def decoded(data: bytes, place: str) -> Any:
    """The JSON in ``data``. Raises BadFile with the ``place`` for what is not JSON, or holds half a character."""
    try:
        text = data.decode("utf-8-sig")
        values = json.loads(text, parse_constant=_no_number)
    except RecursionError as problem:
        raise BadFile(_NOT_JSON, place, reason="too deep") from problem
    except ValueError as problem:
        reason = getattr(problem, "msg", None) or getattr(problem, "reason", None) or "a number that is none"
        raise BadFile(_NOT_JSON, place, reason=reason) from problem
    if "\\ud" in text or "\\uD" in text:
        try:
            _ENCODE(values).encode()
        except UnicodeEncodeError as problem:
            raise BadFile(_SURROGATE, place) from problem
    return values


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def packed(record: Flag | Correction) -> str:
    """One flag or correction as a line of JSON, for formats that have a place for it but no words."""
    return _ENCODE(_values(record))


def unpacked(kind: type[Record], line: str, place: str) -> Record:
    """What ``packed`` was given. Raises BadFile with the ``place``."""
    return _record(kind, _parsed(line.encode(), place), place)


# Writing: values that differ from the field's default, in the field's own order.


def _line(values: dict[str, Any]) -> bytes:
    return (_ENCODE(values) + "\n").encode()


def _article_values(article: Article) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "article",
        "title": article.title,
        "source_language": article.source_language,
        "target_language": article.target_language,
        "source": {"name": article.source_name, "text": article.source},
        "target": {"name": article.target_name, "text": article.target},
    }
    return values | {key: words for key in ("held", "system") if (words := getattr(article, key))}


_DEFAULTS = {
    kind: [(each.name, each.default if each.default is not MISSING else None) for each in fields(kind)]
    for kind in (Segment, Flag, Correction, Finding, Event, Reply)
}


def _values(record: Any) -> dict[str, Any]:
    """What the record says beyond the usual. Span is a tuple, and so a JSON list."""
    values: dict[str, Any] = {}
    for key, default in _DEFAULTS[type(record)]:
        value = getattr(record, key)
        if value != default:
            if isinstance(value, datetime):
                value = value.isoformat()
            elif type(value) is tuple:
                value = [each if isinstance(each, Span) else _values(each) for each in value]
            values[key] = value
    return values


# Reading: every field by its own rule, so that a wrong one is named.


def _article(values: dict[str, Any], place: str) -> Article:
    sides = {side: values.get(side, {}) for side in ("source", "target")}
    for side, document in sides.items():
        if not isinstance(document, dict):
            raise BadFile(_WRONG, place, field=side, wanted=_('an object with "name" and "text"'))
    return Article(
        title=_text(values.get("title", ""), "title", place),
        source_language=_text(values.get("source_language", ""), "source_language", place),
        target_language=_text(values.get("target_language", ""), "target_language", place),
        source=_text(sides["source"].get("text", ""), "text", place),
        target=_text(sides["target"].get("text", ""), "text", place),
        source_name=_text(sides["source"].get("name", ""), "name", place),
        target_name=_text(sides["target"].get("name", ""), "name", place),
        held=_text(values.get("held", ""), "held", place),
        system=_text(values.get("system", ""), "system", place),
    )


def _segment(values: dict[str, Any], place: str) -> Segment:
    for key in ("source", "target"):
        if key not in values:
            # The writer leaves out an empty side, but a line with neither is no segment.
            if not values.keys() & {"source", "target"}:
                raise BadFile(_MISSING, place, field=key)
            values[key] = ""
    return _record(Segment, values, place)  # type: ignore[type-var]


def _record(kind: type[Record], values: Any, place: str) -> Record:
    if not isinstance(values, dict):
        raise BadFile(_WRONG, place, field=kind.__name__.lower(), wanted=_("an object"))
    rules = _RULES[kind]
    known: dict[str, Any] = {
        key: rules[key](value, key, place) for key, value in values.items() if key in rules and value is not None
    }
    for key in _REQUIRED[kind]:
        if key not in known:
            raise BadFile(_MISSING, place, field=key)
    return kind(**known)


def _text(value: Any, key: str, place: str) -> str:
    if not isinstance(value, str):
        raise BadFile(_WRONG, place, field=key, wanted=_("a text"))
    return value


def _severity(value: Any, key: str, place: str) -> str:
    if value not in SEVERITIES:
        raise BadFile(_WRONG, place, field=key, wanted=", ".join(SEVERITIES))
    return str(value)


def _number(value: Any, key: str, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadFile(_WRONG, place, field=key, wanted=_("a number from 0 to 1"))
    return float(value)


def _place_in_text(value: Any, key: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_TEXT:
        raise BadFile(_WRONG, place, field=key, wanted=_("a place in a text"))
    return value


def _span(value: Any, key: str, place: str) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise BadFile(_WRONG, place, field=key, wanted="[start, end]")
    start, end = (_place_in_text(each, key, place) for each in value)
    if end < start:
        raise BadFile(_WRONG, place, field=key, wanted="[start, end]")
    return Span(start, end)


def _time(value: Any, key: str, place: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise BadFile(_WRONG, place, field=key, wanted=_("a time such as 2026-01-31T12:00:00Z")) from problem
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _object(value: Any, key: str, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFile(_WRONG, place, field=key, wanted=_("an object"))
    return value


def _several(rule: Callable[[Any, str, str], Any]) -> Callable[[Any, str, str], tuple[Any, ...]]:
    def read_each(value: Any, key: str, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadFile(_WRONG, place, field=key, wanted=_("a list"))
        return tuple(rule(each, key, place) for each in value)

    return read_each


def _records(kind: type[Record]) -> Callable[[Any, str, str], tuple[Any, ...]]:
    return _several(lambda value, _key, place: _record(kind, value, place))


_BY_TYPE: dict[Any, Callable[[Any, str, str], Any]] = {
    str: _text,
    float: _number,
    int | None: _place_in_text,
    Span | None: _span,
    datetime | None: _time,
    tuple[Span, ...]: _several(_span),
    tuple[Flag, ...]: _records(Flag),
    tuple[Correction, ...]: _records(Correction),
    tuple[Finding, ...]: _records(Finding),
    tuple[Event, ...]: _records(Event),
    tuple[Reply, ...]: _records(Reply),
}
_RULES: dict[Any, dict[str, Callable[[Any, str, str], Any]]] = {
    kind: {
        key: _severity if key == "severity" else _BY_TYPE.get(hint, _object)
        for key, hint in get_type_hints(kind).items()
    }
    for kind in _DEFAULTS
}
_REQUIRED = {
    kind: [each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING]
    for kind in _DEFAULTS
}
