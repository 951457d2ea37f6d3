"""Findings by other tools coming in: our own JSON Lines, or any file of flags that the formats here read.

Our own form is one object a line:

    {"article": 12, "segment": 3, "check": "omission", "type": "Omission", "severity": "major", "score": 0.8,
     "message": "no French words for “on Monday”", "source_spans": [[10, 19]], "target_spans": ["le pont"],
     "caret": "lundi", "finder": "our-tool"}

``type`` is an MQM-Core name and is all that a line must have beside its segment. The segment is named by ``article``
(its number or whole title) and ``segment`` (its number on screen), or by its texts, ``source`` and ``target``. A span
is ``[start, end]`` in code points, end exclusive, or the words themselves; ``caret`` is the place where missing words
belong, or the words that follow it. What is left out: severity minor, score 0.5, check the type's name, no message.

In other files (MQM tables, XLIFF with marks, our own export) each flag is a finding; its segment is found by its texts.
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
_NO_FINDINGS = _("files with this ending hold no findings; give JSON Lines or a table of flags")
_NAMES = {name.lower(): name for name in TYPES}

Where = Span | str
"""A span, or the words to look for."""


@dataclass(frozen=True, slots=True)
class ExternalFinding:
    """A finding by another tool. ``place`` is its line in the file; ``article`` is a number or a title, "" for any.

    The segment is ``position`` in the article, or the one whose texts are ``texts``. ``type`` is "" when the file's own
    word (``category``) is none of MQM-Core's.
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
    source: tuple[Where, ...] = ()
    target: tuple[Where, ...] = ()
    caret: int | str | None = None


def read_findings(file: BinaryIO, *, name: str, form: str = "") -> Iterator[ExternalFinding]:
    """The findings in a file, read as ``form`` of FORMATS, or as its ``name`` says. Raises BadFile with the line."""
    known = FORMATS[form] if form else format_for_name(name)
    if known is FORMATS["jsonl"] or (known is None and name.lower().endswith((".ndjson", ".json"))):
        rows = read_lines(file)
        first = next(rows)
        if "kind" not in first[1]:
            for place, values in chain([first], rows):
                yield _doubt(values, place)
            return
        file.seek(0)
    if known is None or known.read is None:
        raise BadFile(_NO_FINDINGS)
    yield from _flags(known.read(file, name=name))


def readable_formats() -> dict[str, str]:
    """The names of the FORMATS that can be read here, and what people call them."""
    return {name: each.label for name, each in FORMATS.items() if each.read}


# ── files of flags ───────────────────────────────────────────────────────────


def _flags(articles: Iterable[Article]) -> Iterator[ExternalFinding]:
    for article in articles:
        for number, segment in enumerate(article.segments, start=1):
            for flag in segment.flags:
                if flag.status == "removed":  # it was taken back
                    continue
                yield _of_flag(
                    flag, article, (segment.source, segment.target), f"{article.title} · {number}"
                )


def _of_flag(flag: Flag, article: Article, texts: tuple[str, str], place: str) -> ExternalFinding:
    return ExternalFinding(
        place=place,
        type=_NAMES.get(flag.type.lower(), ""),
        severity=flag.severity if flag.severity in SEVERITIES else "minor",
        finder=article.system or flag.author,
        message=flag.comment,
        category=flag.category or flag.type,
        article=article.title,
        texts=texts,
        source=(flag.source_span,) if flag.source_span else (),
        target=(flag.target_span,) if flag.target_span else (),
        caret=flag.caret,
    )


# ── our own lines ────────────────────────────────────────────────────────────


def _doubt(values: dict[str, Any], place: str) -> ExternalFinding:
    texts = tuple(_text(values, side, place) for side in ("source", "target") if side in values)
    position = values.get("segment")
    if type(position) is not int and (position is not None or len(texts) != 2):
        raise BadFile(
            _WRONG,
            place,
            field="segment",
            wanted=_("the segment’s number; or give “source” and “target”"),
        )
    named = _NAMES.get(_text(values, "type", place).lower())
    if named is None:
        raise BadFile(
            _WRONG,
            place,
            field="type",
            wanted=_("the name of an MQM-Core type, such as “Omission”"),
        )
    severity = _text(values, "severity", place, usual="minor").lower()
    if severity not in SEVERITIES:
        raise BadFile(_WRONG, place, field="severity", wanted=" / ".join(SEVERITIES))
    score = values.get("score", SHOWN_SCORE)
    if type(score) not in (int, float) or not 0 <= score <= 1:
        raise BadFile(_WRONG, place, field="score", wanted=_("a number from 0 to 1"))
    return ExternalFinding(
        place=place,
        type=named,
        severity=severity,
        score=float(score),
        check=_text(values, "check", place),
        finder=_text(values, "finder", place),
        message=_text(values, "message", place),
        article=str(article)
        if type(article := values.get("article", "")) is int
        else _text(values, "article", place),
        position=position,
        texts=(texts[0], texts[1]) if len(texts) == 2 else None,
        source=_places(values, "source_spans", place),
        target=_places(values, "target_spans", place),
        caret=_caret(values, place),
    )


def _text(values: dict[str, Any], field: str, place: str, *, usual: str = "") -> str:
    value = values.get(field, usual)
    if not isinstance(value, str):
        raise BadFile(_WRONG, place, field=field, wanted=_("a text"))
    return value


def _places(values: dict[str, Any], field: str, place: str) -> tuple[Where, ...]:
    given = values.get(field, [])
    if isinstance(given, list) and all(isinstance(each, str) or _is_span(each) for each in given):
        return tuple(each if isinstance(each, str) else Span(*each) for each in given)
    raise BadFile(
        _WRONG, place, field=field, wanted=_("a list of words, or of [start, end] numbers")
    )


def _is_span(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int for each in value)
        and 0 <= value[0] < value[1]
    )


def _caret(values: dict[str, Any], place: str) -> int | str | None:
    caret = values.get("caret")
    if caret is None or isinstance(caret, str) or (type(caret) is int and caret >= 0):
        return caret
    raise BadFile(_WRONG, place, field="caret", wanted=_("a number, or the words that follow"))
