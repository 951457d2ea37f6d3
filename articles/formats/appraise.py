"""Appraise: batches of segments with spans (JSON), and the table of answers (CSV) that goes with them.

Offsets are UTF-16 units of the target with the end included (verified on WMT23's answers); an omission is "missing".
The table holds no texts, so it is read together with its batches.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats.annotations import (
    Row,
    from_utf16,
    gathered,
    mqm_path,
    or_clean,
    severity_of,
    type_of,
    utf16,
    within,
)
from articles.formats.exchange import LARGEST_TEXT, Article, BadFile, Flag, Segment, encoded, read_all
from articles.formats.plain import decode
from articles.formats.records import decoded

_NOT_BATCHES = _("this is not a list of Appraise batches")
_NO_TEXTS = _("the item %(item)s is not in the batches")
_FEW = _("this row has %(count)s cells where twelve are needed")
_NOT_SPANS = _("the cell “mqm” is not a list of spans")
_TAG = re.compile(r"<[^>]*>")
_THREE = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "nl": "nld"}
_TWO = {three: two for two, three in _THREE.items()}


def write_batches(articles: Iterable[Article]) -> Iterator[bytes]:
    """One batch with a task for each article, its flags as the spans to begin with."""
    batches, number = [], 0
    for place, article in enumerate(articles, start=1):
        items = []
        for segment in article.segments:
            number += 1
            items.append(
                {
                    "mqm": [_span(flag, segment) for flag in segment.flags],
                    "documentID": f"{article.title}#{article.system}",
                    "sourceID": article.title,
                    "targetID": article.system,
                    "itemType": "TGT",
                    "sourceText": segment.source,
                    "targetText": segment.target,
                    "itemID": number,
                    "_item": segment.id,
                    "isCompleteDocument": False,
                }
            )
        sides = [_THREE.get(code, code) for code in (article.source_language, article.target_language)]
        task: dict[str, Any] = {"batchNo": place, "randomSeed": 0, "requiredAnnotations": 1}
        task |= {"sourceLanguage": sides[0], "targetLanguage": sides[1]}
        batches.append({"task": task, "items": items})
    yield json.dumps(batches, ensure_ascii=False, indent=1).encode()


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The table of answers: a row for each segment and person. It has no head and no texts, as Appraise's own."""
    return encoded(_answers(articles))


def _answers(articles: Iterable[Article]) -> Iterator[str]:
    number = 0
    for article in articles:
        sides = [_THREE.get(code, code) for code in (article.source_language, article.target_language)]
        for segment in article.segments:
            number += 1
            for person in sorted({flag.author for flag in segment.flags}) or [""]:
                flags = [flag for flag in segment.flags if flag.author == person]
                spans = json.dumps([_span(flag, segment) for flag in flags], ensure_ascii=False)
                times = [flag.time.timestamp() for flag in flags if flag.time] or [0]
                row = [
                    person,
                    article.system,
                    number,
                    "TGT",
                    *sides,
                    0,
                    f"{article.title}#{article.system}",
                    False,
                    spans,
                ]
                page = io.StringIO()
                csv.writer(page, lineterminator="\r\n").writerow([*row, min(times), max(times)])
                yield page.getvalue()


def _span(flag: Flag, segment: Segment) -> dict[str, Any]:
    """Words of the target; everything else is "missing", which is all that Appraise has for it."""
    span = flag.target_span
    start: int | str = utf16(segment.target, span.start) if span else "missing"
    end: int | str = utf16(segment.target, span.end) - 1 if span else "missing"
    return {"start_i": start, "end_i": end, "severity": flag.severity, "error_type": mqm_path(flag.type)}


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The segments of a batches file with the spans they begin with. Raises BadFile."""
    return gathered(row for item in _items(file) for row in _rows(item, item.get("mqm"), "", None))


def read_answers(file: BinaryIO, *, batches: BinaryIO, name: str) -> Iterator[Article]:
    """The answers in ``file`` on the segments in ``batches``, an article for each document and system.

    Raises BadFile with the line, also for a row whose segment the batches do not hold.
    """
    texts = {(str(item.get("itemID")), str(item.get("targetID"))): item for item in _items(batches)}
    return gathered(_answered(file, texts))


def _answered(file: BinaryIO, texts: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[Row]:
    table = csv.reader(io.StringIO(decode(read_all(file, 5 * LARGEST_TEXT)), newline=""))
    for cells in table:
        place = f"line {table.line_num}"
        if len(cells) < 12:
            raise BadFile(_FEW, place, count=len(cells))
        person, system, item, kind, spans, ended = cells[0], cells[1], cells[2], cells[3], cells[9], cells[11]
        if kind != "TGT":
            continue  # spoilt copies, repeats and references are there to test the annotators
        found = texts.get((item, system))
        if not found:
            raise BadFile(_NO_TEXTS, place, item=item)
        marks = decoded(spans.encode(), place) if spans else []
        if not isinstance(marks, list):
            raise BadFile(_NOT_SPANS, place)
        yield from _rows(found, marks, person, _time(ended))


def _time(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if float(seconds) else None
    except (ValueError, OverflowError, OSError):
        return None


def _items(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The items of every batch, each with the languages of its task."""
    batches = decoded(read_all(file, 5 * LARGEST_TEXT), "")
    if not isinstance(batches, list):
        raise BadFile(_NOT_BATCHES)
    try:
        for batch in batches:
            task = batch["task"]
            languages = (str(task["sourceLanguage"]), str(task["targetLanguage"]))
            for item in batch["items"]:
                texts = {key: _TAG.sub("", item[key]) if key == "sourceText" else item[key] for key in item}
                texts["targetText"].encode()
                yield texts | {"languages": languages}
    except (TypeError, KeyError, AttributeError) as problem:
        raise BadFile(_NOT_BATCHES) from problem


def _rows(item: dict[str, Any], marks: Any, person: str, time: datetime | None) -> Iterator[Row]:
    source, target = str(item.get("sourceText", "")), item["targetText"]
    document, system = str(item.get("documentID", "")), str(item.get("targetID", ""))
    document = document.removesuffix(f"#{system}")
    codes = [_TWO.get(code, code) for code in item["languages"]]
    spans = marks.get("payload", ()) if isinstance(marks, dict) else marks or ()
    flags = [_flag(mark, target, person) for mark in spans if isinstance(mark, dict)]
    for flag in or_clean(flags):
        made = replace(flag, time=time) if flag else None
        key = str(item.get("itemID", ""))
        yield Row(system, document, str(item.get("_item") or key), source, target, made, (codes[0], codes[1]), key=key)


def _flag(mark: dict[str, Any], target: str, person: str) -> Flag:
    path = "/".join(map(str, mark.get("error_type") or ()))
    start, end = mark.get("start_i"), mark.get("end_i")
    span = None
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
        span = within(from_utf16(target, start, end), target)
    kind = type_of(path) or ("Omission" if start == "missing" and not path else "")
    return Flag(kind, severity_of(mark.get("severity")), target_span=span, author=person, category=path)
