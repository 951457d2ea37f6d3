"""bio-MQM (amazon-science/bio-mqm-dataset): one JSON list, offsets in code points, the end included; omissions are
errors of the source. Its table says the same with ``<tag>…</tag>`` around the words, a row an error.

In both versions of the data an apostrophe in a marked text may stand behind a backslash, which the end then counts: the
words decide. Version 1 gives one pair ("en_fr") as the locale of both sides, version 2 one such as "frfr" for each; its
segments stand in no order, and its names have underscores.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    Row,
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_path,
    mqm_severity,
    mqm_type,
    valid_span,
)
from articles.formats.annotation.wmt import read_cells
from articles.formats.interchange import (
    EMPTY,
    LARGEST_TEXT,
    Article,
    BadFile,
    Flag,
    Segment,
    encode_blocks,
    read_all,
)
from articles.formats.json_codec import parse_json
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spans import locate

_MISSING = _("these columns are missing from the table: %(columns)s")
_TABLE = ("source", "target", "tagged_source", "tagged_target", "error_category", "severity")
_LOCALE = re.compile(r"([a-z]{2})(?:[_-]?[a-z]{2,5})?")
_NOT_A_LIST = _("this is not a list of segments with “source” and “target”")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags, an entry for each segment and annotator."""
    entries = (
        json.dumps(entry, ensure_ascii=False) for article in articles for entry in _entries(article)
    )
    between = chain([""], iter(lambda: ",\n", None))
    return encode_blocks(
        chain(
            ["[\n"],
            (comma + entry for comma, entry in zip(between, entries, strict=False)),
            ["\n]\n"],
        )
    )


def _entries(article: Article) -> Iterator[dict[str, Any]]:
    for number, segment in enumerate(article.segments, start=1):
        ordered = sorted(segment.flags, key=lambda flag: flag.author)
        for rater, flags in (
            groupby(ordered, key=lambda flag: flag.author) if ordered else [("", iter(()))]
        ):
            sides: tuple[list[Any], list[Any]] = ([], [])
            for flag in flags:
                on_source = flag.source_span is not None and (
                    flag.type == "Omission" or flag.target_span is None
                )
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
    span, text = (
        (flag.source_span, segment.source) if on_source else (flag.target_span, segment.target)
    )
    place = (
        {"term": span.of(text), "startIndex": span.start, "endIndex": span.end - 1}
        if span
        else {"term": ""}
    )
    path = mqm_path(flag.type)
    return place | {
        "error_category": path[0],
        "error_subcategory": path[-1],
        "severity": flag.severity.capitalize(),
    }


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations, an article for each document and engine. Raises BadFile."""
    entries = parse_json(read_all(file, 5 * LARGEST_TEXT), "")
    if not isinstance(entries, list):
        raise BadFile(_NOT_A_LIST)
    return gather_articles(_rows(entries, name))


def read_table(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations of the table, an article for each document and engine. Raises BadFile."""
    return gather_articles(_tagged(read_cells(file), name))


def recognises(head: bytes) -> bool:
    """Whether a file of JSON that begins like this is a list of such annotations."""
    return has_keys(head, "source", "target", "SEG_ID") and has_keys(head, "target_errors")


def recognises_table(head: bytes) -> bool:
    """Whether a table that begins like this is the tagged one."""
    return {"tagged_source", "tagged_target"} <= set(
        head.decode("utf-8-sig", "replace").lower().split("\n")[0].split("\t")
    )


def _rows(entries: list[Any], name: str) -> Iterator[Row]:
    for number, entry in sorted(enumerate(entries, start=1), key=_in_document):
        source, target = (
            (entry.get("source"), entry.get("target")) if isinstance(entry, dict) else (None, None)
        )
        if not isinstance(source, str) or not isinstance(target, str):
            raise BadFile(_NOT_A_LIST, f"entry {number}")
        document = str(entry.get("DOC_ID") or entry.get("filename") or name)
        # In version 1 the numbers of segments begin anew with each abstract, so the words tell segments apart.
        segment = str(entry.get("SEG_ID", number))
        flags = [
            _flag(error, text, str(entry.get("Annotator_ID", "")), on_source=side == "source")
            for side, text in (("source", source), ("target", target))
            for error in entry.get(f"{side}_errors") or ()
            if isinstance(error, dict)
        ]
        for flag in flags_or_none(flags):
            engine = str(entry.get("MT_Engine", ""))
            yield Row(
                engine,
                document,
                segment,
                source,
                target,
                flag,
                _languages(entry),
                key=f"{segment} {source}",
            )


def _in_document(numbered: tuple[int, Any]) -> tuple[int, int]:
    """Where an entry belongs: by its segment's number within a document of version 2, else where it stands."""
    number, entry = numbered
    named = (
        isinstance(entry, dict) and entry.get("DOC_ID") and str(entry.get("SEG_ID", "")).isdecimal()
    )
    return (int(entry["SEG_ID"]), number) if named else (0, number)


def _languages(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The two codes: of "en_fr" on both sides, of "enus" and "frfr", or as they are."""
    source, target = (str(entry.get(f"{side}_locale", "")).lower() for side in ("source", "target"))
    if source == target and (pair := re.fullmatch(r"([a-z]{2})[_-]([a-z]{2})", source)):
        return pair[1], pair[2]
    codes = [_LOCALE.fullmatch(each) for each in (source, target)]
    return (codes[0][1], codes[1][1]) if codes[0] and codes[1] else ("", "")


def _tagged(rows: Iterable[tuple[str, list[str]]], name: str) -> Iterator[Row]:
    columns: dict[str, int] = {}
    for place, cells in rows:
        if not columns:
            columns = {
                re.sub(r"\W+", "_", cell.strip().lower()): at for at, cell in enumerate(cells)
            }
            if missing := [each for each in _TABLE if each not in columns]:
                raise BadFile(_MISSING, place, columns=", ".join(missing))
            continue
        values = {
            column: _unquoted(cells[at]) if at < len(cells) else ""
            for column, at in columns.items()
        }
        source, target, segment = values["source"], values["target"], values.get("seg_id", "")
        flags = [
            _flag({"error_category": values["error_category"].replace(" - ", "/"), "severity": values["severity"]}
                  | _tag(values[f"tagged_{side}"]), text, values.get("annotator_id", ""), on_source=side == "source")
            for side, text in (("source", source), ("target", target))
            if values[f"tagged_{side}"]
        ]  # fmt: skip
        for flag in flags_or_none(flags):
            engine, document = values.get("mt", ""), values.get("doc") or name
            yield Row(engine, document, segment, source, target, flag, key=f"{segment} {source}")
    if not columns:
        raise BadFile(EMPTY)


def _unquoted(cell: str) -> str:
    """The cell as it was before a spreadsheet put it in quotes; most are not."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _tag(text: str) -> dict[str, Any]:
    """The marked words and where they begin; nothing for a text without a mark."""
    before, opened, rest = text.partition("<tag>")
    term, _closed, _after = rest.partition("</tag>")
    return (
        {"term": term, "startIndex": len(before), "endIndex": len(before) + len(term) - 1}
        if opened
        else {}
    )


def _flag(error: dict[str, Any], text: str, rater: str, *, on_source: bool) -> Flag:
    category = "/".join(
        str(error[key]) for key in ("error_category", "error_subcategory") if error.get(key)
    )
    try:
        span = Span(int(error["startIndex"]), int(error["endIndex"]) + 1)
    except (KeyError, TypeError, ValueError):
        span = None
    term = str(error.get("term", "")).replace("\\'", "'")
    if span and term and span.of(text) != term:
        span = locate(term, text, near=span.start) or span
    span = valid_span(span, text) if span else None
    return Flag(
        type=mqm_type(category),
        severity=mqm_severity(error.get("severity")),
        source_span=span if on_source else None,
        target_span=None if on_source else span,
        author=rater,
        category=category,
    )
