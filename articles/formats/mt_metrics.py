"""mt-metrics-eval's JSON Lines: a rating a line, offsets in code points, the end not included, on either side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats.annotations import Row, gathered, or_clean, severity_of, type_of, within, wmt_category
from articles.formats.exchange import Article, BadFile, Flag, encoded
from articles.formats.jsonl import lines
from articles.text.document import Span

_NO_TEXT = _("this line has no “source” and “hypothesis”")
_NO_LIST = _("“errors” should be a list of errors")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """A line for each segment and rater."""
    return encoded(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for number, segment in enumerate(article.segments):
            by_rater = sorted(segment.flags, key=lambda flag: flag.author)
            for rater, flags in groupby(by_rater, key=lambda flag: flag.author) if by_rater else [("", iter(()))]:
                row = {
                    "source": segment.source,
                    "hypothesis": segment.target,
                    "errors": [_error(flag) for flag in flags],
                    "document_id": article.title,
                    "segment_id": number,
                    "system_id": article.system,
                    "rater_id": rater,
                    "src_lang": article.source_language,
                    "tgt_lang": article.target_language,
                }
                yield json.dumps(row, ensure_ascii=False) + "\n"


def _error(flag: Flag) -> dict[str, Any]:
    """One error. Its place is on one side: the source for an omission, else the target."""
    on_source = flag.source_span is not None and (flag.type == "Omission" or flag.target_span is None)
    caret = None if flag.caret is None else Span(flag.caret, flag.caret)
    span = flag.source_span if on_source else flag.target_span or caret
    error: dict[str, Any] = {"start": span.start, "end": span.end} if span else {"start": None, "end": None}
    return error | {
        "category": wmt_category(flag),
        "severity": flag.severity.capitalize(),
        "score": None,
        "is_source_error": on_source,
    }


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The ratings, an article for each document and system. Raises BadFile with the line."""
    return gathered(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[Row]:
    for place, values in lines(file):
        source, target, errors = values.get("source"), values.get("hypothesis"), values.get("errors") or []
        if not isinstance(source, str) or not isinstance(target, str):
            raise BadFile(_NO_TEXT, place)
        if not isinstance(errors, list) or not all(isinstance(error, dict) for error in errors):
            raise BadFile(_NO_LIST, place)
        key = [str(values.get(each, "") or "") for each in ("system_id", "document_id", "segment_id")]
        languages = (str(values.get("src_lang", "")), str(values.get("tgt_lang", "")))
        rater = str(values.get("rater_id", "") or "")
        for flag in or_clean([_flag(error, source, target, rater) for error in errors]):
            yield Row(key[0], key[1] or name, key[2], source, target, flag, languages)


def _flag(error: dict[str, Any], source: str, target: str, rater: str) -> Flag:
    category, on_source = str(error.get("category", "")), bool(error.get("is_source_error"))
    try:
        span = Span(int(error["start"]), int(error["end"]))
    except (KeyError, TypeError, ValueError):
        span = Span(-1, -1)
    caret = span.start if not on_source and 0 <= span.start == span.end <= len(target) else None
    return Flag(
        type=type_of(category),
        severity=severity_of(error.get("severity")),
        source_span=within(span, source) if on_source else None,
        target_span=None if on_source else within(span, target),
        caret=caret,
        author=rater,
        category=category,
    )
