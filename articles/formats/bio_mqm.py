"""bio-MQM (Amazon): one JSON list, offsets in code points, the end included; omissions are errors of the source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats.annotations import Row, gathered, mqm_path, or_clean, severity_of, type_of, within
from articles.formats.exchange import LARGEST_TEXT, Article, BadFile, Flag, Segment, encoded, read_all
from articles.formats.records import decoded
from articles.text.document import Span
from articles.text.spans import locate

_NOT_A_LIST = _("this is not a list of segments with “source” and “target”")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags, an entry for each segment and annotator."""
    entries = (json.dumps(entry, ensure_ascii=False) for article in articles for entry in _entries(article))
    between = chain([""], iter(lambda: ",\n", None))
    return encoded(chain(["[\n"], (comma + entry for comma, entry in zip(between, entries, strict=False)), ["\n]\n"]))


def _entries(article: Article) -> Iterator[dict[str, Any]]:
    for number, segment in enumerate(article.segments, start=1):
        ordered = sorted(segment.flags, key=lambda flag: flag.author)
        for rater, flags in groupby(ordered, key=lambda flag: flag.author) if ordered else [("", iter(()))]:
            sides: tuple[list[Any], list[Any]] = ([], [])
            for flag in flags:
                on_source = flag.source_span is not None and (flag.type == "Omission" or flag.target_span is None)
                sides[0 if on_source else 1].append(_error(flag, segment, on_source=on_source))
            yield {
                "source": segment.source,
                "target": segment.target,
                "SEG_ID": str(number),
                "filename": article.title,
                "DOC_ID": article.title,
                "MT_Engine": article.system,
                "source_locale": article.source_language,
                "target_locale": article.target_language,
                "source_errors": sides[0],
                "target_errors": sides[1],
                "Annotator_ID": rater,
            }


def _error(flag: Flag, segment: Segment, *, on_source: bool) -> dict[str, Any]:
    span, text = (flag.source_span, segment.source) if on_source else (flag.target_span, segment.target)
    place = {"term": span.of(text), "startIndex": span.start, "endIndex": span.end - 1} if span else {"term": ""}
    path = mqm_path(flag.type)
    return place | {
        "error_category": path[0],
        "error_subcategory": path[-1],
        "severity": flag.severity.capitalize(),
    }


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations, an article for each document and engine. Raises BadFile."""
    entries = decoded(read_all(file, 5 * LARGEST_TEXT), "")
    if not isinstance(entries, list):
        raise BadFile(_NOT_A_LIST)
    return gathered(_rows(entries, name))


def _rows(entries: list[Any], name: str) -> Iterator[Row]:
    for number, entry in enumerate(entries, start=1):
        source, target = (entry.get("source"), entry.get("target")) if isinstance(entry, dict) else (None, None)
        if not isinstance(source, str) or not isinstance(target, str):
            raise BadFile(_NOT_A_LIST, f"entry {number}")
        document = str(entry.get("DOC_ID") or entry.get("filename") or name)
        # In version 1 the numbers of segments begin anew with each abstract, so the words tell segments apart.
        segment = str(entry.get("SEG_ID", number))
        locales = (str(entry.get("source_locale", "")), str(entry.get("target_locale", "")))
        flags = [
            _flag(error, text, str(entry.get("Annotator_ID", "")), on_source=side == "source")
            for side, text in (("source", source), ("target", target))
            for error in entry.get(f"{side}_errors") or ()
            if isinstance(error, dict)
        ]
        for flag in or_clean(flags):
            engine = str(entry.get("MT_Engine", ""))
            known = locales if max(map(len, locales)) == 2 else ("", "")
            yield Row(engine, document, segment, source, target, flag, known, key=f"{segment} {source}")


def _flag(error: dict[str, Any], text: str, rater: str, *, on_source: bool) -> Flag:
    category = "/".join(str(error[key]) for key in ("error_category", "error_subcategory") if error.get(key))
    try:
        span = within(Span(int(error["startIndex"]), int(error["endIndex"]) + 1), text)
    except (KeyError, TypeError, ValueError):
        span = None
    term = str(error.get("term", "")).replace("\\'", "'")
    if span and term and span.of(text) != term:
        span = locate(term, text, near=span.start) or span
    return Flag(
        type=type_of(category) or type_of(str(error.get("error_category", ""))),
        severity=severity_of(error.get("severity")),
        source_span=span if on_source else None,
        target_span=None if on_source else span,
        author=rater,
        category=category,
    )
