"""Records of the exchange as JSON and back: what is usual is left out, every field is read by its own rule."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from itertools import compress
from operator import attrgetter, ne
from typing import Any, NoReturn, TypeVar, get_type_hints

from articles.formats.interchange import (
    LARGEST_TEXT,
    Assignment,
    BadFile,
    Correction,
    Event,
    Finding,
    Flag,
    Reply,
    Segment,
    SentenceSpan,
)
from articles.formats.text.plain import NUL
from articles.scoring.mqm import SEVERITIES
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_NOT_JSON = _("this is not a line of JSON (%(reason)s)")
_NOT_OBJECT = _("a line should be one JSON object in braces")
WRONG_VALUE = _("“%(field)s” should be %(wanted)s")
MISSING_FIELD = _("“%(field)s” is missing")
_SURROGATE = _("the text holds half a character (a lone surrogate)")

encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""A value as JSON, in one line without blanks."""
Record = TypeVar("Record", Flag, Correction, Finding, Event, Reply, Assignment)


def parse_object(line: bytes, place: str) -> dict[str, Any]:
    """The JSON object in a line. Raises BadFile with its ``place``."""
    values = parse_json(line, place)
    if not isinstance(values, dict):
        raise BadFile(_NOT_OBJECT, place)
    return values


def parse_json(data: bytes, place: str) -> Any:
    """The JSON in ``data``. Raises BadFile with the ``place`` for what is not JSON, or holds half a character."""
    try:
        text = data.decode("utf-8-sig")
        values = json.loads(text, parse_constant=_no_number)
    except RecursionError as problem:
        raise BadFile(_NOT_JSON, place, reason="too deep") from problem
    except ValueError as problem:
        reason = (
            getattr(problem, "msg", None)
            or getattr(problem, "reason", None)
            or "a number that is none"
        )
        raise BadFile(_NOT_JSON, place, reason=reason) from problem
    if "\\ud" in text or "\\uD" in text:
        try:
            encode(values).encode()
        except UnicodeEncodeError as problem:
            raise BadFile(_SURROGATE, place) from problem
    if "\\u0000" in text and _holds_nul(values):
        raise BadFile(NUL, place)  # no database takes it, and nobody typed it
    return values


def _holds_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_nul, [*value, *value.values()]))
    return (
        any(map(_holds_nul, value))
        if isinstance(value, list)
        else isinstance(value, str) and "\0" in value
    )


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def encode_record(made: Flag | Correction) -> str:
    """One flag or correction as a line of JSON, for formats that have a place for it but no words."""
    return encode(record_values(made))


def decode_record(kind: type[Record], line: str, place: str) -> Record:
    """What ``packed`` was given. Raises BadFile with the ``place``."""
    return read_record(kind, parse_object(line.encode(), place), place)


# Writing: values that differ from the field's default, in the field's own order.


def _usual(each: Any) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return None if each.default is MISSING else each.default


_KINDS = (Segment, Flag, Correction, Finding, Event, Reply, Assignment)
_NAMES = {kind: [each.name for each in fields(kind)] for kind in _KINDS}
_USUAL = {kind: [_usual(each) for each in fields(kind)] for kind in _KINDS}
_GETTERS = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def record_values(made: Any) -> dict[str, Any]:
    """What the record says beyond the usual. A span or sentence is a tuple, and so a JSON list."""
    kind = type(made)
    found = _GETTERS[kind](made)
    values = dict(compress(zip(_NAMES[kind], found, strict=True), map(ne, found, _USUAL[kind])))
    for key, value in values.items():
        if isinstance(value, datetime):
            values[key] = value.isoformat()
        elif type(value) is tuple:
            values[key] = [
                each if isinstance(each, tuple) else record_values(each) for each in value
            ]
    return values


# Reading: every field by its own rule, so that a wrong one is named.


def read_record(kind: type[Record], values: Any, place: str) -> Record:
    """A record of that kind from an object of JSON; what is not among its fields is passed over. Raises BadFile."""
    if not isinstance(values, dict):
        raise BadFile(WRONG_VALUE, place, field=kind.__name__.lower(), wanted=_("an object"))
    rules = _RULES[kind]
    known: dict[str, Any] = {
        key: rules[key](value, key, place)
        for key, value in values.items()
        if key in rules and value is not None
    }
    for key in _REQUIRED[kind]:
        if key not in known:
            raise BadFile(MISSING_FIELD, place, field=key)
    return kind(**known)


def read_text(value: Any, key: str, place: str) -> str:
    """The value, which must be a text. Raises BadFile with the field's name."""
    if not isinstance(value, str):
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a text"))
    return value


def _severity(value: Any, key: str, place: str) -> str:
    if value not in SEVERITIES:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=", ".join(SEVERITIES))
    return str(value)


def _truth(value: Any, key: str, place: str) -> bool:
    if not isinstance(value, bool):
        raise BadFile(WRONG_VALUE, place, field=key, wanted="true / false")
    return value


def _number(value: Any, key: str, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a number from 0 to 1"))
    return float(value)


def _place_in_text(value: Any, key: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_TEXT:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a place in a text"))
    return value


def _span(value: Any, key: str, place: str) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end]")
    start, end = (_place_in_text(each, key, place) for each in value)
    if end < start:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end]")
    return Span(start, end)


def _run(value: Any, key: str, place: str) -> SentenceSpan:
    if not isinstance(value, list) or len(value) != 3:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end, paragraph]")
    start, end, paragraph = (_place_in_text(each, key, place) for each in value)
    return start, end, paragraph


def read_base64(value: Any, key: str, place: str) -> bytes:
    """The bytes of a file that was written as Base64. Raises BadFile."""
    try:
        return b64decode(read_text(value, key, place), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="Base64") from problem


def _time(value: Any, key: str, place: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise BadFile(
            WRONG_VALUE, place, field=key, wanted=_("a time such as 2026-01-31T12:00:00Z")
        ) from problem
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _object(value: Any, key: str, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("an object"))
    return value


def _several(rule: Callable[[Any, str, str], Any]) -> Callable[[Any, str, str], tuple[Any, ...]]:
    def read_each(value: Any, key: str, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a list"))
        return tuple(rule(each, key, place) for each in value)

    return read_each


def record_list(kind: type[Record]) -> Callable[[Any, str, str], tuple[Any, ...]]:
    """The rule for a list of such records."""
    return _several(lambda value, _key, place: read_record(kind, value, place))


_BY_TYPE: dict[Any, Callable[[Any, str, str], Any]] = {
    str: read_text,
    bool | None: _truth,
    float: _number,
    int: _place_in_text,
    int | None: _place_in_text,
    tuple[SentenceSpan, ...]: _several(_run),
    Span | None: _span,
    datetime | None: _time,
    tuple[Span, ...]: _several(_span),
    tuple[Flag, ...]: record_list(Flag),
    tuple[Correction, ...]: record_list(Correction),
    tuple[Finding, ...]: record_list(Finding),
    tuple[Event, ...]: record_list(Event),
    tuple[Reply, ...]: record_list(Reply),
}
_RULES: dict[Any, dict[str, Callable[[Any, str, str], Any]]] = {
    kind: {
        key: _severity if key == "severity" else _BY_TYPE.get(hint, _object)
        for key, hint in get_type_hints(kind).items()
    }
    for kind in _KINDS
}
_REQUIRED = {
    kind: [
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    ]
    for kind in _KINDS
}
