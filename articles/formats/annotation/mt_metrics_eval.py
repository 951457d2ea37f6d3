"""mt-metrics-eval: a rating a line, offsets in code points, the end not included, on either side.

Its JSON Lines ("standalone ratings") hold the texts. Its tables (``en-fr.mqm.seg.rating``) do not: a line is a system,
a tab, the errors as JSON or "None", and perhaps the rater; the lines of one system are the segments of the whole set in
order. The texts are read from the companion files, as that project names them: ``en-fr.txt`` (sources), ``SYSTEM.txt``
(system-outputs) and, for the names of documents, ``en-fr.docs``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    Row,
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_severity,
    mqm_type,
    valid_span,
    wmt_category,
)
from articles.formats.interchange import (
    LARGEST_TEXT,
    Article,
    BadFile,
    CompanionFiles,
    Flag,
    Warnings,
    encode_blocks,
    read_all,
)
from articles.formats.json_codec import parse_object
from articles.formats.tables.jsonl import read_lines
from articles.formats.text.plain import decode
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_NO_TEXT = _("this line has no “source” and “hypothesis”")
_UNNAMED = _(
    "name the file as mt-metrics-eval does: source and target language, then who rated: en-fr.mqm.seg.rating"
)
_NO_FILE = _("a table of ratings holds no texts; choose “%(file)s” together with it")
_CELLS = _("this row has %(count)s cells; it should have a system, a rating and perhaps a rater")
_MORE = _("there are more ratings of “%(system)s” than segments in “%(file)s” or in its own file")
_UNRATED = _("a segment that nobody rated is left out")
_NAME = re.compile(
    r"(?P<pair>(?P<source>[a-z]{2})-(?P<target>[a-z]{2}))\.(?:.+\.)?(?P<rater>[^.]+)\.seg\.rating"
)
_NO_LIST = _("“errors” should be a list of errors")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """A line for each segment and rater."""
    return encode_blocks(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for number, segment in enumerate(article.segments):
            by_rater = sorted(segment.flags, key=lambda flag: flag.author)
            for rater, flags in (
                groupby(by_rater, key=lambda flag: flag.author) if by_rater else [("", iter(()))]
            ):
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
    on_source = flag.source_span is not None and (
        flag.type == "Omission" or flag.target_span is None
    )
    caret = None if flag.caret is None else Span(flag.caret, flag.caret)
    span = flag.source_span if on_source else flag.target_span or caret
    error: dict[str, Any] = (
        {"start": span.start, "end": span.end} if span else {"start": None, "end": None}
    )
    return error | {
        "category": wmt_category(flag),
        "severity": flag.severity.capitalize(),
        "score": None,
        "is_source_error": on_source,
    }


def recognises(head: bytes) -> bool:
    """Whether JSON Lines that begin like this are such ratings."""
    return has_keys(head, "source", "hypothesis", "errors")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The ratings, an article for each document and system. Raises BadFile with the line."""
    return gather_articles(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[Row]:
    for place, values in read_lines(file):
        source, target = values.get("source"), values.get("hypothesis")
        if not isinstance(source, str) or not isinstance(target, str):
            raise BadFile(_NO_TEXT, place)
        key = [
            str(values.get(each, "") or "") for each in ("system_id", "document_id", "segment_id")
        ]
        languages = (str(values.get("src_lang", "")), str(values.get("tgt_lang", "")))
        rater = str(values.get("rater_id", "") or "")
        for flag in flags_or_none(_flags(values, source, target, rater, place)):
            yield Row(key[0], key[1] or name, key[2], source, target, flag, languages)


def read_ratings(
    file: BinaryIO, *, name: str, companion_files: CompanionFiles | None = None
) -> Iterator[Article]:
    """The ratings of a table whose texts stand in ``companion_files``. Raises BadFile with the line, or the files it needs."""
    warnings = Warnings()
    return gather_articles(
        _rated(file, name, companion_files or CompanionFiles(), warnings), warnings
    )


def _rated(
    file: BinaryIO, name: str, companion_files: CompanionFiles, warnings: Warnings
) -> Iterator[Row]:
    named = _NAME.fullmatch(name.rsplit("/", 1)[-1])
    if named is None:
        raise BadFile(_UNNAMED)
    pair = named["pair"]
    sources = _lines_of(f"{pair}.txt", companion_files)
    documents = [
        (line.split() or [""])[-1]
        for line in _lines_of(f"{pair}.docs", companion_files, needed=False)
    ]
    targets: dict[str, list[str]] = {}
    counted: Counter[str] = Counter()
    for number, line in enumerate(decode(read_all(file, 5 * LARGEST_TEXT)).splitlines(), start=1):
        place, cells = f"line {number}", line.split("\t")
        if len(cells) not in (2, 3):
            raise BadFile(_CELLS, place, count=len(cells))
        system, told, rater = (*cells, named["rater"])[:3]
        if system not in targets:
            targets[system] = _lines_of(f"{system}.txt", companion_files)
        at = counted[system]
        counted[system] += 1
        if at >= min(len(sources), len(targets[system])):
            raise BadFile(_MORE, place, system=system, file=f"{pair}.txt")
        if told == "None":
            warnings.add(BadFile(_UNRATED, place))
            continue
        flags = _flags(
            parse_object(told.encode(), place), sources[at], targets[system][at], rater, place
        )
        document = documents[at] if at < len(documents) else pair
        for flag in flags_or_none(flags):
            yield Row(
                system,
                document,
                str(at),
                sources[at],
                targets[system][at],
                flag,
                (named["source"], named["target"]),
            )


def _lines_of(name: str, companion_files: CompanionFiles, *, needed: bool = True) -> list[str]:
    """The segments of a text file, one a line."""
    stream = companion_files.open(name)
    if stream is None:
        if needed:
            raise BadFile(_NO_FILE, file=name)
        return []
    with stream:
        return decode(read_all(stream, 5 * LARGEST_TEXT)).removesuffix("\n").split("\n")


def _flags(values: dict[str, Any], source: str, target: str, rater: str, place: str) -> list[Flag]:
    errors = values.get("errors") or []
    if not isinstance(errors, list) or not all(isinstance(error, dict) for error in errors):
        raise BadFile(_NO_LIST, place)
    return [_flag(error, source, target, rater) for error in errors]


def _flag(error: dict[str, Any], source: str, target: str, rater: str) -> Flag:
    category, on_source = str(error.get("category") or ""), bool(error.get("is_source_error"))
    try:
        span = Span(int(error["start"]), int(error["end"]))
    except (KeyError, TypeError, ValueError):
        span = Span(-1, -1)
    caret = span.start if not on_source and 0 <= span.start == span.end <= len(target) else None
    return Flag(
        type=mqm_type(category),
        severity=mqm_severity(error.get("severity")),
        source_span=valid_span(span, source) if on_source else None,
        target_span=None if on_source else valid_span(span, target),
        caret=caret,
        author=rater,
        category=category,
    )
