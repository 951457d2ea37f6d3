"""Convert the values of an exchange to JSON and back.

A field that holds its default is left out. Each field is read by a rule of its own, so an error
names the field.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime
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
    read_time,
)
from articles.formats.text.plain import NUL
from articles.scoring.mqm import SEVERITIES
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_NOT_JSON = _("this is not a line of JSON (%(reason)s)")
_NOT_OBJECT = _("a line should be one JSON object in braces")
WRONG_VALUE = _("“%(field)s” should be %(wanted)s")
MISSING_FIELD = _("“%(field)s” is missing")
_SURROGATE = _("the text contains half a character (a lone surrogate)")

encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Encode a value as JSON in one line without spaces."""

Record = TypeVar("Record", Segment, Flag, Correction, Finding, Event, Reply, Assignment)
FieldReader = Callable[[Any, str, str], Any]
"""A rule that reads a field; its arguments are the value, the field's name and the place."""


def parse_object(line: bytes, place: str) -> dict[str, Any]:
    """Return the JSON object in a line. Raise BadFile with its ``place``."""
    values = parse_json(line, place)
    if not isinstance(values, dict):
        raise BadFile(_NOT_OBJECT, place)
    return values


def parse_json(data: bytes, place: str) -> Any:
    """Return the JSON value in ``data``.

    Raise BadFile with the ``place`` for data that is not JSON, or that holds lone surrogates or
    NUL characters.
    """
    try:
        # With a byte-order mark that RFC 8259, 8.1 forbids to write and allows to ignore.
        text = data.decode("utf-8-sig")
        values = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as problem:
        raise BadFile(_NOT_JSON, place, reason="too deep") from problem
    except ValueError as problem:
        raise BadFile(_NOT_JSON, place, reason=_reason(problem)) from problem
    # Both are valid JSON, and neither can be stored: half a character has no UTF-8.
    _refuse_bad_characters(text, values, place)
    return values


def _refuse_constant(word: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(word)


def _reason(problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return problem.msg
    if isinstance(problem, UnicodeDecodeError):
        return problem.reason
    return "a number that is none"


def _refuse_bad_characters(text: str, values: Any, place: str) -> None:
    # The escapes are searched for first, because looking through all values takes longer.
    may_hold_surrogates = "\\ud" in text or "\\uD" in text
    if may_hold_surrogates:
        try:
            encode(values).encode()
        except UnicodeEncodeError as problem:
            raise BadFile(_SURROGATE, place) from problem
    # PostgreSQL stores no NUL character.
    if "\\u0000" in text and _holds_nul(values):
        raise BadFile(NUL, place)


def _holds_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_nul, [*value, *value.values()]))
    if isinstance(value, list):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\0" in value


def encode_record(made: Flag | Correction) -> str:
    """Encode a flag or correction in one line, for a format that has room for a text only."""
    return encode(record_values(made))


def decode_record(kind: type[Record], line: str, place: str) -> Record:
    """Return the record that ``encode_record`` was given. Raise BadFile with the ``place``."""
    return read_record(kind, parse_object(line.encode(), place), place)


# Writing: the values that differ from their field's default, in the order of the fields.


def _default(each: Any) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    if each.default is MISSING:
        return None
    return each.default


_KINDS = (Segment, Flag, Correction, Finding, Event, Reply, Assignment)
_NAMES = {kind: [each.name for each in fields(kind)] for kind in _KINDS}
_DEFAULTS = {kind: [_default(each) for each in fields(kind)] for kind in _KINDS}
_GETTERS = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def record_values(made: Any) -> dict[str, Any]:
    """Return the values of a record that differ from the defaults, ready for JSON.

    A span or sentence is a tuple, which JSON writes as a list.
    """
    kind = type(made)
    found = _GETTERS[kind](made)
    differs = map(ne, found, _DEFAULTS[kind])
    values = dict(compress(zip(_NAMES[kind], found, strict=True), differs))
    for key, value in values.items():
        if isinstance(value, datetime):
            values[key] = value.isoformat()
        elif type(value) is tuple:
            values[key] = [
                each if isinstance(each, tuple) else record_values(each) for each in value
            ]
    return values


# Reading: each field by its own rule, so that an error names the field.


def read_record(kind: type[Record], values: Any, place: str) -> Record:
    """Return a record of that kind from a JSON object. Raise BadFile.

    A key that is not among the fields is ignored, as is a null.
    """
    if not isinstance(values, dict):
        raise BadFile(WRONG_VALUE, place, field=kind.__name__.lower(), wanted=_("an object"))
    rules = _RULES[kind]
    known: dict[str, Any] = {}
    for key, value in values.items():
        if key in rules and value is not None:
            known[key] = rules[key](value, key, place)
    for key in _REQUIRED[kind]:
        if key not in known:
            raise BadFile(MISSING_FIELD, place, field=key)
    return kind(**known)


def read_text(value: Any, key: str, place: str) -> str:
    """Return the value, which must be a string. Raise BadFile with the field's name."""
    if not isinstance(value, str):
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a text"))
    return value


def _read_severity(value: Any, key: str, place: str) -> str:
    if value not in SEVERITIES:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=", ".join(SEVERITIES))
    return str(value)


def _read_bool(value: Any, key: str, place: str) -> bool:
    if not isinstance(value, bool):
        raise BadFile(WRONG_VALUE, place, field=key, wanted="true / false")
    return value


def _read_score(value: Any, key: str, place: str) -> float:
    # A bool is an int in Python, so the type itself is compared here and in _read_offset.
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a number from 0 to 1"))
    return float(value)


def _read_offset(value: Any, key: str, place: str) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_TEXT:
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a position in a text"))
    return value


def _read_span(value: Any, key: str, place: str) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end]")
    start = _read_offset(value[0], key, place)
    end = _read_offset(value[1], key, place)
    if end < start:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end]")
    return Span(start, end)


def _read_sentence(value: Any, key: str, place: str) -> SentenceSpan:
    if not isinstance(value, list) or len(value) != 3:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="[start, end, paragraph]")
    start = _read_offset(value[0], key, place)
    end = _read_offset(value[1], key, place)
    paragraph = _read_offset(value[2], key, place)
    return start, end, paragraph


def read_base64(value: Any, key: str, place: str) -> bytes:
    """Return the bytes of a file that was written as Base64. Raise BadFile."""
    try:
        return b64decode(read_text(value, key, place), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadFile(WRONG_VALUE, place, field=key, wanted="Base64") from problem


def _read_time(value: Any, key: str, place: str) -> datetime:
    try:
        return read_time(value)
    except (TypeError, ValueError) as problem:
        wanted = _("a time such as 2026-01-31T12:00:00Z")
        raise BadFile(WRONG_VALUE, place, field=key, wanted=wanted) from problem


def _read_object(value: Any, key: str, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFile(WRONG_VALUE, place, field=key, wanted=_("an object"))
    return value


def _list_of(rule: FieldReader) -> Callable[[Any, str, str], tuple[Any, ...]]:
    """Return the rule for a list whose items ``rule`` reads."""

    def read_list(value: Any, key: str, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadFile(WRONG_VALUE, place, field=key, wanted=_("a list"))
        return tuple(rule(each, key, place) for each in value)

    return read_list


def record_list(kind: type[Record]) -> Callable[[Any, str, str], tuple[Any, ...]]:
    """Return the rule for a list of such records."""
    return _list_of(lambda value, _key, place: read_record(kind, value, place))


def _rules(kind: type[Any]) -> dict[str, FieldReader]:
    """Return the rule of each field by the field's type; an object is the mapping of details."""
    rules = {}
    for key, hint in get_type_hints(kind).items():
        rules[key] = _BY_TYPE.get(hint, _read_object)
    if "severity" in rules:
        rules["severity"] = _read_severity
    return rules


def _required_fields(kind: type[Any]) -> list[str]:
    required = []
    for each in fields(kind):
        if each.default is MISSING and each.default_factory is MISSING:
            required.append(each.name)
    return required


_BY_TYPE: dict[Any, FieldReader] = {
    str: read_text,
    bool | None: _read_bool,
    float: _read_score,
    int: _read_offset,
    int | None: _read_offset,
    tuple[SentenceSpan, ...]: _list_of(_read_sentence),
    Span | None: _read_span,
    datetime | None: _read_time,
    tuple[Span, ...]: _list_of(_read_span),
    tuple[Flag, ...]: record_list(Flag),
    tuple[Correction, ...]: record_list(Correction),
    tuple[Finding, ...]: record_list(Finding),
    tuple[Event, ...]: record_list(Event),
    tuple[Reply, ...]: record_list(Reply),
}
_RULES: dict[Any, dict[str, FieldReader]] = {kind: _rules(kind) for kind in _KINDS}
_REQUIRED = {kind: _required_fields(kind) for kind in _KINDS}
