"""bio-MQM (amazon-science/bio-mqm-dataset): one JSON list, or a table with tagged words.

Offsets are in code points, the end included; omissions are errors of the source. The table has
``<tag>…</tag>`` around the words, and a row for each error. In both versions of the data an
apostrophe in a marked text may stand after a backslash, which the end then counts: the words
decide. Version 1 gives one pair ("en_fr") as the locale of both sides, version 2 one such as "frfr"
for each; its segments are in no order, and its names have underscores.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    Row,
    flags_by_author,
    flags_or_none,
    gather_articles,
    has_keys,
    is_source_error,
    mqm_path,
    rated_flag,
    valid_span,
)
from articles.formats.annotation.wmt import read_cells
from articles.formats.interchange import (
    EMPTY,
    LARGEST_TEXT,
    Article,
    BadFile,
    Flag,
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
    """Write the articles' flags, an entry for each segment and annotator."""
    return encode_blocks(_lines(articles))


def _lines(articles: Iterable[Article]) -> Iterator[str]:
    """Return the pieces of one JSON list, an entry a line."""
    yield "[\n"
    separator = ""
    for article in articles:
        for entry in _entries(article):
            yield separator + json.dumps(entry, ensure_ascii=False)
            separator = ",\n"
    yield "\n]\n"


def _entries(article: Article) -> Iterator[dict[str, Any]]:
    """Return an entry for each segment and each annotator of it."""
    for number, segment in enumerate(article.segments, start=1):
        for rater, flags in flags_by_author(segment):
            source_errors = []
            target_errors = []
            for flag in flags:
                if is_source_error(flag):
                    source_errors.append(_error(flag, flag.source_span, segment.source))
                else:
                    target_errors.append(_error(flag, flag.target_span, segment.target))
            yield {
                "source": segment.source,
                "target": segment.target,
                "SEG_ID": str(number),
                "filename": article.title,
                "DOC_ID": article.title,
                "MT_Engine": article.system,
                "source_locale": article.source_language,
                "target_locale": article.target_language,
                "source_errors": source_errors,
                "target_errors": target_errors,
                "Annotator_ID": rater,
            }


def _error(flag: Flag, span: Span | None, text: str) -> dict[str, Any]:
    """Return a flag as an error of the side that has this text."""
    error: dict[str, Any] = {"term": ""}
    if span:
        error = {"term": span.of(text), "startIndex": span.start, "endIndex": span.end - 1}
    path = mqm_path(flag.type)
    error["error_category"] = path[0]
    error["error_subcategory"] = path[-1]
    error["severity"] = flag.severity.capitalize()
    return error


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the annotations, an article for each document and engine. Raises BadFile."""
    entries = parse_json(read_all(file, 5 * LARGEST_TEXT), "")
    if not isinstance(entries, list):
        raise BadFile(_NOT_A_LIST)
    return gather_articles(_rows(entries, name))


def read_table(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the annotations of the table, an article for each document and engine.

    Raises BadFile.
    """
    return gather_articles(_tagged(read_cells(file), name))


def recognises(head: bytes) -> bool:
    """Return whether a JSON file that begins like this is a list of such annotations."""
    return has_keys(head, "source", "target", "SEG_ID") and has_keys(head, "target_errors")


def recognises_table(head: bytes) -> bool:
    """Return whether a table that begins like this is the tagged one."""
    header = head.decode("utf-8-sig", "replace").lower().split("\n")[0]
    return {"tagged_source", "tagged_target"} <= set(header.split("\t"))


def _rows(entries: list[Any], name: str) -> Iterator[Row]:
    """Return the annotations of the entries, in the order of a document's segments."""
    numbered = list(enumerate(entries, start=1))
    numbered.sort(key=_order)
    for number, entry in numbered:
        if not _has_texts(entry):
            raise BadFile(_NOT_A_LIST, f"entry {number}")
        source = entry["source"]
        # In version 1 the numbers of segments begin anew with each abstract, so the words tell
        # segments apart.
        segment = str(entry.get("SEG_ID", number))
        document = entry.get("DOC_ID") or entry.get("filename") or name
        flags = _flags(entry)
        for flag in flags_or_none(flags):
            yield Row(
                str(entry.get("MT_Engine", "")),
                str(document),
                segment,
                source,
                entry["target"],
                flag,
                _languages(entry),
                key=f"{segment} {source}",
            )


def _has_texts(entry: Any) -> bool:
    """Return whether the entry is an object with both texts."""
    if not isinstance(entry, dict):
        return False
    source = entry.get("source")
    target = entry.get("target")
    return isinstance(source, str) and isinstance(target, str)


def _flags(entry: dict[str, Any]) -> list[Flag]:
    """Return the errors of both sides of an entry as flags."""
    rater = str(entry.get("Annotator_ID", ""))
    flags = []
    for side in ("source", "target"):
        on_source = side == "source"
        for error in entry.get(f"{side}_errors") or ():
            if isinstance(error, dict):
                flag = _flag(error, entry[side], rater, on_source=on_source)
                flags.append(flag)
    return flags


def _order(numbered: tuple[int, Any]) -> tuple[int, int]:
    """Return the sort key of a numbered entry.

    Entries of version 2 are sorted by their segment's number, which is unique within a document;
    others keep their order.
    """
    number, entry = numbered
    if not isinstance(entry, dict) or not entry.get("DOC_ID"):
        return (0, number)
    segment = str(entry.get("SEG_ID", ""))
    if not segment.isdecimal():
        return (0, number)
    return (int(entry["SEG_ID"]), number)


def _languages(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the two codes: of "en_fr" on both sides, or of "enus" and "frfr"; "" where unknown."""
    source_locale = str(entry.get("source_locale", "")).lower()
    target_locale = str(entry.get("target_locale", "")).lower()
    if source_locale == target_locale:
        pair = re.fullmatch(r"([a-z]{2})[_-]([a-z]{2})", source_locale)
        if pair:
            return (pair[1], pair[2])
    source = _LOCALE.fullmatch(source_locale)
    target = _LOCALE.fullmatch(target_locale)
    if source is None or target is None:
        return ("", "")
    return (source[1], target[1])


def _tagged(rows: Iterable[tuple[str, list[str]]], name: str) -> Iterator[Row]:
    """Return the annotations of the table's rows; the first row is the header."""
    columns: dict[str, int] = {}
    for place, cells in rows:
        if not columns:
            columns = _columns(cells, place)
            continue
        values = {}
        for column, number in columns.items():
            values[column] = ""
            if number < len(cells):
                values[column] = _unquoted(cells[number])
        source = values["source"]
        segment = values.get("seg_id", "")
        for flag in flags_or_none(_tagged_flags(values)):
            yield Row(
                values.get("mt", ""),
                values.get("doc") or name,
                segment,
                source,
                values["target"],
                flag,
                key=f"{segment} {source}",
            )
    if not columns:
        raise BadFile(EMPTY)


def _columns(header: list[str], place: str) -> dict[str, int]:
    """Return the number of each column by its name. Raises BadFile where some are missing."""
    columns = {}
    for number, cell in enumerate(header):
        columns[re.sub(r"\W+", "_", cell.strip().lower())] = number
    missing = [column for column in _TABLE if column not in columns]
    if missing:
        raise BadFile(_MISSING, place, columns=", ".join(missing))
    return columns


def _tagged_flags(values: dict[str, str]) -> list[Flag]:
    """Return the flags of a row: one for each side that has a tagged text."""
    flags = []
    for side in ("source", "target"):
        tagged = values[f"tagged_{side}"]
        if not tagged:
            continue
        error: dict[str, Any] = {
            "error_category": values["error_category"].replace(" - ", "/"),
            "severity": values["severity"],
        }
        error |= _tag(tagged)
        rater = values.get("annotator_id", "")
        flags.append(_flag(error, values[side], rater, on_source=side == "source"))
    return flags


def _unquoted(cell: str) -> str:
    """Return the cell as it was before a spreadsheet put it in quotation marks; most are not."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _tag(text: str) -> dict[str, Any]:
    """Return the marked words and where they begin; nothing for a text without a mark."""
    before, opened, rest = text.partition("<tag>")
    if not opened:
        return {}
    term, _closed, _after = rest.partition("</tag>")
    start = len(before)
    return {"term": term, "startIndex": start, "endIndex": start + len(term) - 1}


def _flag(error: dict[str, Any], text: str, rater: str, *, on_source: bool) -> Flag:
    """Return an error of the side with this text as a flag."""
    names = []
    for key in ("error_category", "error_subcategory"):
        name = error.get(key)
        if name:
            names.append(str(name))
    category = "/".join(names)
    source_span = None
    target_span = None
    if on_source:
        source_span = _span(error, text)
    else:
        target_span = _span(error, text)
    return rated_flag(
        category,
        error.get("severity"),
        source_span=source_span,
        target_span=target_span,
        author=rater,
    )


def _span(error: dict[str, Any], text: str) -> Span | None:
    """Return the error's words in the text, None where it has no place there."""
    try:
        span = Span(int(error["startIndex"]), int(error["endIndex"]) + 1)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    # The end may count a backslash before an apostrophe: the words decide.
    term = str(error.get("term", "")).replace("\\'", "'")
    if term and span.of(text) != term:
        span = locate(term, text, near=span.start) or span
    return valid_span(span, text)
