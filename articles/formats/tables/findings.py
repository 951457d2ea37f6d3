"""Findings of other tools: lines in a format of their own, or any file of flags.

The own format is one JSON object a line:

    {"article": 12, "segment": 3, "check": "omission", "type": "Omission", "severity": "major",
     "score": 0.8, "message": "no French words for “on Monday”", "source_spans": [[10, 19]],
     "target_spans": ["le pont"], "caret": "lundi", "finder": "our-tool"}

Only ``type``, an MQM-Core name, and the segment are required. The segment is given by ``article``
(its number or whole title) and ``segment`` (its number on screen), or by its texts, ``source`` and
``target``. A span is ``[start, end]`` in code points, end exclusive, or the words themselves.
``caret`` is the offset where missing words belong, or the words that follow it. The defaults are:
severity minor, score 0.5, the type's name as the check, and no message.

In other files (MQM tables, XLIFF with annotations, our own export) each flag becomes a finding, and
its segment is found by its texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

from articles.formats import FORMATS, format_for_name
from articles.formats.interchange import Article, BadFile, Flag
from articles.formats.tables.jsonl import read_lines
from articles.scoring.mqm import SEVERITIES, TYPES
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import SHOWN_SCORE

_WRONG = _("“%(field)s” should be %(wanted)s")
_NO_FINDINGS = _("this file type cannot contain findings; use JSON Lines or a table of flags")
_NAMES = {name.lower(): name for name in TYPES}

Location = Span | str
"""A span, or the words to look for."""


@dataclass(frozen=True, slots=True)
class ExternalFinding:
    """A finding of another tool.

    ``place`` is where in the file it stands; ``article`` is a number or a title, "" for any. The
    segment is number ``position`` of the article, or the one whose texts are ``texts``. ``type``
    is "" when the file's own word for it (``category``) is no name of MQM-Core.
    """

    place: str
    type: str
    severity: str = "minor"
    score: float = SHOWN_SCORE
    check: str = ""
    finder: str = ""
    message: str = ""
    category: str = ""
    article: str = ""
    position: int | None = None
    texts: tuple[str, str] | None = None
    source: tuple[Location, ...] = ()
    target: tuple[Location, ...] = ()
    caret: int | str | None = None


def read_findings(file: BinaryIO, *, name: str, format: str = "") -> Iterator[ExternalFinding]:
    """Yield the findings in a file of the ``format`` named, or of the one that ``name`` says.

    ``format`` is a key of FORMATS. Raise BadFile with the line.
    """
    known = FORMATS[format] if format else format_for_name(name)
    is_json = known is None and name.lower().endswith((".ndjson", ".json"))
    if known is FORMATS["jsonl"] or is_json:
        lines = read_lines(file)
        first = next(lines)
        if "kind" not in first[1]:
            for place, values in chain([first], lines):
                yield _read_finding(values, place)
            return
        # The lines are an export of articles.
        file.seek(0)
    if known is None or known.read is None:
        raise BadFile(_NO_FINDINGS)
    yield from _flags_as_findings(known.read(file, name=name))


def readable_formats() -> dict[str, str]:
    """Return the keys of the FORMATS that ``read_findings`` reads, with their labels."""
    labels = {}
    for name, each in FORMATS.items():
        if each.read:
            labels[name] = each.label
    return labels


# Files of flags


def _flags_as_findings(articles: Iterable[Article]) -> Iterator[ExternalFinding]:
    for article in articles:
        for number, segment in enumerate(article.segments, start=1):
            texts = (segment.source, segment.target)
            place = f"{article.title} · {number}"
            for flag in segment.flags:
                if flag.status != "removed":
                    yield _flag_as_finding(flag, article, texts, place)


def _flag_as_finding(
    flag: Flag, article: Article, texts: tuple[str, str], place: str
) -> ExternalFinding:
    severity = flag.severity
    if severity not in SEVERITIES:
        severity = "minor"
    source: tuple[Location, ...] = ()
    if flag.source_span:
        source = (flag.source_span,)
    target: tuple[Location, ...] = ()
    if flag.target_span:
        target = (flag.target_span,)
    return ExternalFinding(
        place=place,
        type=_NAMES.get(flag.type.lower(), ""),
        severity=severity,
        finder=article.system or flag.author,
        message=flag.comment,
        category=flag.category or flag.type,
        article=article.title,
        texts=texts,
        source=source,
        target=target,
        caret=flag.caret,
    )


# Lines of the own format


def _read_finding(values: dict[str, Any], place: str) -> ExternalFinding:
    texts = _read_texts(values, place)
    return ExternalFinding(
        place=place,
        position=_read_position(values, place, is_needed=texts is None),
        type=_read_type(values, place),
        severity=_read_severity(values, place),
        score=_read_score(values, place),
        check=_read_text(values, "check", place),
        finder=_read_text(values, "finder", place),
        message=_read_text(values, "message", place),
        article=_read_article(values, place),
        texts=texts,
        source=_read_locations(values, "source_spans", place),
        target=_read_locations(values, "target_spans", place),
        caret=_read_caret(values, place),
    )


def _read_texts(values: dict[str, Any], place: str) -> tuple[str, str] | None:
    """Return the segment's source and target, None where the line does not give both."""
    source = _read_text(values, "source", place)
    target = _read_text(values, "target", place)
    if "source" in values and "target" in values:
        return source, target
    return None


def _read_position(values: dict[str, Any], place: str, *, is_needed: bool) -> int | None:
    position = values.get("segment")
    # A bool is an int in Python, so the type itself is compared here and below.
    if type(position) is int:
        return position
    if position is not None or is_needed:
        wanted = _("the segment’s number; or give “source” and “target”")
        raise BadFile(_WRONG, place, field="segment", wanted=wanted)
    return None


def _read_type(values: dict[str, Any], place: str) -> str:
    name = _read_text(values, "type", place).lower()
    if name not in _NAMES:
        wanted = _("the name of an MQM-Core type, such as “Omission”")
        raise BadFile(_WRONG, place, field="type", wanted=wanted)
    return _NAMES[name]


def _read_severity(values: dict[str, Any], place: str) -> str:
    severity = _read_text(values, "severity", place, default="minor").lower()
    if severity not in SEVERITIES:
        raise BadFile(_WRONG, place, field="severity", wanted=" / ".join(SEVERITIES))
    return severity


def _read_score(values: dict[str, Any], place: str) -> float:
    score = values.get("score", SHOWN_SCORE)
    if type(score) not in (int, float) or not 0 <= score <= 1:
        raise BadFile(_WRONG, place, field="score", wanted=_("a number from 0 to 1"))
    return float(score)


def _read_article(values: dict[str, Any], place: str) -> str:
    article = values.get("article", "")
    if type(article) is int:
        return str(article)
    return _read_text(values, "article", place)


def _read_text(values: dict[str, Any], field: str, place: str, *, default: str = "") -> str:
    value = values.get(field, default)
    if not isinstance(value, str):
        raise BadFile(_WRONG, place, field=field, wanted=_("a text"))
    return value


def _read_locations(values: dict[str, Any], field: str, place: str) -> tuple[Location, ...]:
    given = values.get(field, [])
    if not isinstance(given, list):
        raise _bad_locations(field, place)
    locations: list[Location] = []
    for each in given:
        if isinstance(each, str):
            locations.append(each)
        elif _is_span(each):
            locations.append(Span(*each))
        else:
            raise _bad_locations(field, place)
    return tuple(locations)


def _bad_locations(field: str, place: str) -> BadFile:
    wanted = _("a list of words, or of [start, end] numbers")
    return BadFile(_WRONG, place, field=field, wanted=wanted)


def _is_span(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    start, end = value
    if type(start) is not int or type(end) is not int:
        return False
    return 0 <= start < end


def _read_caret(values: dict[str, Any], place: str) -> int | str | None:
    caret = values.get("caret")
    if caret is None or isinstance(caret, str):
        return caret
    if type(caret) is int and caret >= 0:
        return caret
    raise BadFile(_WRONG, place, field="caret", wanted=_("a number, or the words that follow"))
