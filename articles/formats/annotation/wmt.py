"""WMT's MQM tables (google/wmt-mqm-human-evaluation) and Marot's: a row an error, the words marked ``<v>…</v>``.

Tab-separated without quoting, so a tab or line end in a text becomes a blank. One side of a row is marked: the source
of an omission, else the target; an empty mark is a place where words are missing. Marot adds JSON with token spans of
both sides (first and last token, both included), a note and a time. Anthea hands out the same table without a header
(anthea-manager.js): its tokens leave out zero-width spaces and hold one blank for several, a span may end one token
behind the last (the blank it shows there), and rows of severity "HOTW-test" test the rater. A table that is not
separated by tabs is read as a CSV file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    TEST_ANSWER,
    Row,
    gather_articles,
    mqm_severity,
    mqm_type,
    valid_span,
    wmt_category,
)
from articles.formats.interchange import (
    EMPTY,
    LARGEST_TABLE,
    TOO_LARGE,
    Article,
    BadFile,
    Flag,
    Segment,
    Warnings,
    encode_blocks,
)
from articles.formats.json_codec import parse_json
from articles.formats.tables.delimited import read_table
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import tokens

COLUMNS = [
    "system",
    "doc",
    "doc_id",
    "seg_id",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "comment",
]
MAROT = [
    "system",
    "doc",
    "docSegId",
    "globalSegId",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
]
_SPELLINGS = {
    "system": "system systemid systemname model modelname engine mtengine",
    "doc": "doc document documentid documentname docname article filename",
    "seg_id": "segid segmentid globalsegid segment segmentnumber",
    "rater": "rater raterid annotator annotatorid user username reviewer",
    "source": "source src sourcetext sourcesegment original",
    "target": "target tgt targettext targetsegment hypothesis translation mt output",
    "category": "category errorcategory errortype type error issue issuetype",
    "severity": "severity errorseverity",
    "comment": "comment comments note notes remark",
    "metadata": "metadata",
}
_FIELD = {
    spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_NEEDED = ("source", "target", "category", "severity")
_FEW = _("this row has %(count)s cells where %(needed)s are needed, separated by tabs")
_MISSING = _("these columns are missing from the table: %(columns)s")
_NOT_UTF8 = _("this row is not UTF-8; save the file as UTF-8")
_UNCLOSED = _("a <v> without its </v>, or the other way round")
_MARK = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_STRAY = re.compile(r"</?v>")
_BLANK = re.compile(r"\s*")
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CLEAN = {"no-error", "no error", ""}
_SAID = {"major", "minor", "neutral", "critical", "trivial", "no-error", "hotw-test"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 100_000
_LANGUAGES = re.compile(r".+:([a-z]{2})(?:[-_]\w+)?:([a-z]{2})(?:[-_]\w+)?", re.IGNORECASE)
"""How Anthea ends the name of a document: "storm:en:fr"."""


def recognises(head: bytes) -> bool:
    """Whether a table that begins like this holds annotations: its columns say so, or its first row is WMT's."""
    lines = head.decode("utf-8-sig", "replace").replace("\0", "").splitlines()
    line = next((each for each in lines if each.strip()), "")
    cells = max((line.split(mark) for mark in "\t,;"), key=len)
    fields = {_field(name) for name in cells}
    return fields.issuperset(_NEEDED) or (len(cells) >= 9 and cells[8].strip().lower() in _SAID)


def clean_cell(text: str) -> str:
    """The text as a table without quoting can hold it: no tab, no line end, no mark of its own; as long as it was."""
    return _BREAK.sub(" ", text).replace("<v>", "‹v›").replace("</v>", "‹/v›")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags as one WMT table with a comment column."""
    return encode_blocks(
        _lines(articles, COLUMNS, lambda article, segment, flag: flag.comment if flag else "")
    )


def write_marot(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' flags as one Marot table."""
    return encode_blocks(_lines(articles, MAROT, _metadata))


def _lines(
    articles: Iterable[Article],
    columns: list[str],
    last: Callable[[Article, Segment, Flag | None], str],
) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    number = 0
    for article in articles:
        for place, segment in enumerate(article.segments, start=1):
            number += 1
            first = [
                article.system or "machine",
                article.title or "article",
                str(place),
                str(number),
            ]
            for flag in segment.flags or (None,):
                source, target = clean_cell(segment.source), clean_cell(segment.target)
                if flag and flag.source_span and (flag.type == "Omission" or not flag.target_span):
                    source = _marked(source, flag.source_span)
                elif flag and (flag.target_span or flag.caret is not None):
                    target = _marked(
                        target, flag.target_span or Span(flag.caret or 0, flag.caret or 0)
                    )
                said = (
                    [wmt_category(flag), flag.severity.capitalize()]
                    if flag
                    else ["No-error", "No-error"]
                )
                rater = flag.author if flag else ""
                cells = [
                    *map(clean_cell, first),
                    clean_cell(rater),
                    source,
                    target,
                    *map(clean_cell, said),
                ]
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
    values["evaluation"] = {
        "source_language": article.source_language,
        "target_language": article.target_language,
    }
    return json.dumps(values, ensure_ascii=False)


def _tokens(text: str, span: Span | None) -> list[str]:
    """Words, marks and the blanks between them, cut also where the span begins and ends."""
    cuts = {
        0,
        len(text),
        *(place for token in tokens(text) for place in (token.start, token.end)),
        *(span or ()),
    }
    ordered = sorted(cuts)
    return [clean_cell(text[start:end]) for start, end in pairwise(ordered)]


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations of a WMT or Marot table, an article for each document and system.

    A row with a mark that is not closed is taken without its place, which becomes a warning. Raises BadFile by line.
    """
    warnings = Warnings()
    return gather_articles(_rows(file, name, warnings), warnings)


def _rows(file: BinaryIO, name: str, warnings: Warnings) -> Iterator[Row]:
    found = False
    columns: dict[str, int] = {}
    cuts: dict[tuple[str, str, str], dict[str, Any]] = {}
    for place, cells in read_cells(file):
        named = (
            _columns(cells, place)
            if cells[:2] == ["system", "doc"] or not (found or columns)
            else {}
        )
        if named or cells[:2] == ["system", "doc"]:
            columns = named
            continue
        found = True
        needed = 1 + max(columns[each] for each in _NEEDED) if columns else 9
        if len(cells) < needed:
            raise BadFile(_FEW, place, count=len(cells), needed=needed)
        ordered = _in_order(cells, columns)
        if ordered[8].strip().lower() == "hotw-test":
            warnings.add(BadFile(TEST_ANSWER, place))
            continue
        row = _row(ordered, place, cuts, warnings, commented="comment" in columns)
        yield row if row.document else row._replace(document=name)
    if not found:
        raise BadFile(EMPTY)


def read_cells(file: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each row that is not blank: cut at every tab, or else as spreadsheets write CSV."""
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(_UTF16) or b"\t" not in next(
        (line for line in head.splitlines() if line.strip()), b"\t"
    ):
        yield from read_table(file)
        return
    number, size = 0, 0
    while line := file.readline(LARGEST_TABLE + 1):
        number, size = number + 1, size + len(line)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
        place = f"line {number}"
        try:
            cells = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
        except UnicodeDecodeError as problem:
            raise BadFile(_NOT_UTF8, place) from problem
        if cells != [""]:
            yield place, cells


def _field(cell: str) -> str:
    """What a column of that name holds; "" for a name that is not known."""
    return _FIELD.get(re.sub(r"[\W_]+", "", cell.lower()), "")


def _columns(cells: list[str], place: str) -> dict[str, int]:
    """Which column holds what, by its name; {} where the line is no header. BadFile names the columns missing."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if field := _field(cell):
            columns.setdefault(field, at)
    if len(columns) < 3:
        return {}
    if missing := [each for each in _NEEDED if each not in columns]:
        raise BadFile(_MISSING, place, columns=", ".join(missing))
    return (
        columns
        if "metadata" in columns or "comment" in columns
        else columns | {"metadata": len(cells)}
    )


def _in_order(cells: list[str], columns: dict[str, int]) -> list[str]:
    """The cells as WMT orders them, "" for those that the table does not have; as they are in a table without names."""
    if not columns:
        return cells
    last = "metadata" if "metadata" in columns else "comment"
    places = [columns.get(field, len(cells)) for field in [*COLUMNS[:9], last]]
    return ["".join(cells[place : place + 1]) for place in places]


def _row(
    cells: list[str],
    place: str,
    cuts: dict[tuple[str, str, str], dict[str, Any]],
    warnings: Warnings,
    *,
    commented: bool,
) -> Row:
    system, document, _in_document, segment, rater, source, target, category, severity = cells[:9]
    more = cells[9] if len(cells) > 9 else ""
    metadata = parse_json(more.encode(), place) if more.startswith("{") and not commented else {}
    sides = [_unmarked(source, place, warnings), _unmarked(target, place, warnings)]
    told = metadata.get("evaluation", {})
    languages = (str(told.get("source_language", "")), str(told.get("target_language", "")))
    if not any(languages) and (named := _LANGUAGES.fullmatch(document)):
        languages = (named[1].lower(), named[2].lower())
    if isinstance(
        metadata.get("segment"), dict
    ):  # told with the first row of a segment only, be it a clean one
        cuts[system, document, segment] = metadata["segment"]
    flag = None
    if category.strip().lower() not in _CLEAN:
        spans = [span for _text, span in sides]
        for at, side in enumerate(("source", "target")):
            cut = cuts.get((system, document, segment), {}).get(f"{side}_tokens")
            spans[at] = token_span(metadata.get(f"{side}_spans"), cut, sides[at][0]) or spans[at]
        caret = spans[1].start if spans[1] and spans[1].start == spans[1].end else None
        flag = Flag(
            type=mqm_type(category),
            severity=mqm_severity(severity),
            source_span=valid_span(spans[0], sides[0][0]) if spans[0] else None,
            target_span=valid_span(spans[1], sides[1][0]) if spans[1] else None,
            caret=caret,
            comment=str(metadata.get("note", "")) if metadata else more,
            author=rater,
            time=_time(metadata.get("timestamp")),
            category=category,
        )
    key = segment or f"{sides[0][0]}\t{sides[1][0]}"
    return Row(system, document, segment, sides[0][0], sides[1][0], flag, languages, key)


def _unmarked(text: str, place: str, warnings: Warnings) -> tuple[str, Span | None]:
    """The text without its mark, and where the mark was."""
    marks = list(_MARK.finditer(text))
    if len(_STRAY.findall(text)) != 2 * len(marks):
        warnings.add(BadFile(_UNCLOSED, place))
        return _STRAY.sub("", text), None
    if not marks:
        return text, None
    start, end = marks[0].start(), marks[-1].end() - 7 * len(marks)
    return _STRAY.sub("", text), Span(start, end)


def token_span(spans: Any, cut: Any, text: str) -> Span | None:
    """The span of the first to the last of the tokens, both included; None where the numbers make no sense."""
    try:
        places = _token_places(cut, text)
        first, last = spans[0][0], spans[-1][1]
        last -= last == len(places)  # the blank that Anthea shows behind the text
        return Span(places[first][0], places[last][1]) if 0 <= first <= last else None
    except (TypeError, IndexError, KeyError, ValueError):
        return None


def _token_places(cut: Sequence[str], text: str) -> Sequence[tuple[int, int]]:
    """Where each token stands in the text. Raises ValueError where these are not its tokens."""
    if "".join(cut) == text:
        return list(pairwise([0, *accumulate(map(len, cut))]))
    places, at = [], 0
    for token in cut:
        blank = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it always matches
        start, at = (at, blank) if token.isspace() else (blank, blank + len(token))
        if not token.isspace() and text[start:at] != token:
            raise ValueError(token)
        places.append((start, at))
    return places


def _time(milliseconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
