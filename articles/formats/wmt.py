"""WMT's MQM tables (google/wmt-mqm-human-evaluation) and Marot's: a row an error, the words marked ``<v>…</v>``.

Tab-separated without quoting, so a tab or line end in a text becomes a blank. One side of a row is marked: the source
of an omission, else the target; an empty mark is a place where words are missing. Marot adds JSON with token spans of
both sides (first and last token, both included), a note and a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats.annotations import Row, gathered, severity_of, type_of, within, wmt_category
from articles.formats.exchange import EMPTY, LARGEST_TABLE, TOO_LARGE, Article, BadFile, Flag, Segment, encoded
from articles.formats.records import decoded
from articles.text.document import Span
from articles.text.tokens import tokens

COLUMNS = ["system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity", "comment"]
MAROT = ["system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity", "metadata"]
_FEW = _("this row has %(count)s cells where nine are needed, separated by tabs")
_NOT_UTF8 = _("this row is not UTF-8; save the file as UTF-8")
_UNCLOSED = _("a <v> without its </v>, or the other way round")
_MARK = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_STRAY = re.compile(r"</?v>")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CLEAN = {"no-error", "no error", ""}


def cell(text: str) -> str:
    """The text as a table without quoting can hold it: no tab, no line end, no mark of its own; as long as it was."""
    return _BREAK.sub(" ", text).replace("<v>", "‹v›").replace("</v>", "‹/v›")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags as one WMT table with a comment column."""
    return encoded(_lines(articles, COLUMNS, lambda article, segment, flag: flag.comment if flag else ""))


def write_marot(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags as one Marot table."""
    return encoded(_lines(articles, MAROT, _metadata))


def _lines(
    articles: Iterable[Article], columns: list[str], last: Callable[[Article, Segment, Flag | None], str]
) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    number = 0
    for article in articles:
        for place, segment in enumerate(article.segments, start=1):
            number += 1
            first = [article.system or "machine", article.title or "article", str(place), str(number)]
            for flag in segment.flags or (None,):
                source, target = cell(segment.source), cell(segment.target)
                if flag and flag.source_span and (flag.type == "Omission" or not flag.target_span):
                    source = _marked(source, flag.source_span)
                elif flag and (flag.target_span or flag.caret is not None):
                    target = _marked(target, flag.target_span or Span(flag.caret or 0, flag.caret or 0))
                said = [wmt_category(flag), flag.severity.capitalize()] if flag else ["No-error", "No-error"]
                rater = flag.author if flag else ""
                cells = [*map(cell, first), cell(rater), source, target, *map(cell, said)]
                yield "\t".join([*cells, _BREAK.sub(" ", last(article, segment, flag))]) + "\n"


def _marked(text: str, span: Span) -> str:
    return f"{text[: span.start]}<v>{span.of(text)}</v>{text[span.end :]}"


def _metadata(article: Article, segment: Segment, flag: Flag | None) -> str:
    values: dict[str, Any] = {}
    spans = (flag.source_span, flag.target_span) if flag else (None, None)
    pieces = [_tokens(segment.source, spans[0]), _tokens(segment.target, spans[1])]
    values["segment"] = {"source_tokens": pieces[0], "target_tokens": pieces[1]}
    if flag:
        for side, span, cut in zip(("source", "target"), spans, pieces, strict=True):
            if span:
                starts = [0, *accumulate(map(len, cut))]
                values[f"{side}_spans"] = [[starts.index(span.start), starts.index(span.end) - 1]]
        values |= {"note": flag.comment} if flag.comment else {}
        values |= {"timestamp": round(flag.time.timestamp() * 1000)} if flag.time else {}
    if approved := segment.approved:
        values["corrected_translation"] = approved.after
    values["evaluation"] = {"source_language": article.source_language, "target_language": article.target_language}
    return json.dumps(values, ensure_ascii=False)


def _tokens(text: str, span: Span | None) -> list[str]:
    """Words, marks and the blanks between them, cut also where the span begins and ends."""
    cuts = {0, len(text), *(place for token in tokens(text) for place in (token.start, token.end)), *(span or ())}
    ordered = sorted(cuts)
    return [cell(text[start:end]) for start, end in pairwise(ordered)]


def read(file: BinaryIO, *, name: str, problems: list[BadFile] | None = None) -> Iterator[Article]:
    """The annotations of a WMT or Marot table, an article for each document and system.

    A row with a mark that is not closed is taken without its place, and told in ``problems``. Raises BadFile by line.
    """
    return gathered(_rows(file, name, [] if problems is None else problems))


def _rows(file: BinaryIO, name: str, problems: list[BadFile]) -> Iterator[Row]:
    number, size, found, commented = 0, 0, False, False
    cuts: dict[tuple[str, str], dict[str, Any]] = {}
    while line := file.readline(LARGEST_TABLE + 1):
        number, size = number + 1, size + len(line)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
        place = f"line {number}"
        try:
            cells = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
        except UnicodeDecodeError as problem:
            raise BadFile(_NOT_UTF8, place) from problem
        if cells[:2] == ["system", "doc"] or cells == [""]:
            commented = commented or cells[9:] == ["comment"]
            continue
        if len(cells) < 9:
            raise BadFile(_FEW, place, count=len(cells))
        found = True
        yield _row(cells[:9] if commented else cells, place, cuts, problems, comment="".join(cells[9:10]))
    if not found:
        raise BadFile(EMPTY)


def _row(
    cells: list[str],
    place: str,
    cuts: dict[tuple[str, str], dict[str, Any]],
    problems: list[BadFile],
    *,
    comment: str,
) -> Row:
    system, document, _in_document, segment, rater, source, target, category, severity = cells[:9]
    more = cells[9] if len(cells) > 9 else ""
    metadata = decoded(more.encode(), place) if more.startswith("{") else {}
    sides = [_unmarked(source, place, problems), _unmarked(target, place, problems)]
    told = metadata.get("evaluation", {})
    languages = (str(told.get("source_language", "")), str(told.get("target_language", "")))
    flag = None
    if category.strip().lower() not in _CLEAN:
        spans = [span for _text, span in sides]
        cut = cuts.setdefault((document, segment), {}) if "segment" not in metadata else metadata["segment"]
        cuts[document, segment] = cut
        for at, side in enumerate(("source", "target")):
            spans[at] = _token_span(metadata.get(f"{side}_spans"), cut.get(f"{side}_tokens")) or spans[at]
        caret = spans[1].start if spans[1] and spans[1].start == spans[1].end else None
        flag = Flag(
            type=type_of(category),
            severity=severity_of(severity),
            source_span=within(spans[0], sides[0][0]) if spans[0] else None,
            target_span=within(spans[1], sides[1][0]) if spans[1] else None,
            caret=caret,
            comment=str(metadata.get("note", "")) if metadata else comment,
            author=rater,
            time=_time(metadata.get("timestamp")),
            category=category,
        )
    return Row(system, document, segment, sides[0][0], sides[1][0], flag, languages)


def _unmarked(text: str, place: str, problems: list[BadFile]) -> tuple[str, Span | None]:
    """The text without its mark, and where the mark was."""
    marks = list(_MARK.finditer(text))
    if len(_STRAY.findall(text)) != 2 * len(marks):
        problems.append(BadFile(_UNCLOSED, place))
        return _STRAY.sub("", text), None
    if not marks:
        return text, None
    start, end = marks[0].start(), marks[-1].end() - 7 * len(marks)
    return _STRAY.sub("", text), Span(start, end)


def _token_span(spans: Any, cut: Any) -> Span | None:
    """The span of the first to the last of the tokens, both included; None where the numbers make no sense."""
    try:
        starts = [0, *accumulate(map(len, cut))]
        return Span(starts[spans[0][0]], starts[spans[-1][1] + 1])
    except (TypeError, IndexError, KeyError):
        return None


def _time(milliseconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
