"""WMT's MQM tables (google/wmt-mqm-human-evaluation) and Marot's: a row has an error in ``<v>``.

They are tab-separated without quoting, so a tab or line end in a text becomes a blank. One side of
a row is marked: the source of an omission, else the target; an empty mark is a place where words
are missing. Marot adds JSON with token spans of both sides (first and last token, both included), a
note and a time. Anthea writes the same table without a header (anthea-manager.js): its tokens leave
out zero-width spaces and have one blank for several, a span may end one token after the last (the
blank that it shows there), and rows of severity "HOTW-test" test the rater. A table that is not
separated by tabs is read as a CSV file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    TEST_ANSWER,
    Row,
    flags_or_none,
    gather_articles,
    rated_flag,
    time_from_milliseconds,
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
from articles.formats.tables.delimited_rows import read_table
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
_FIELD: dict[str, str] = {}
"""A column's name, letters and digits only → the field that it holds."""
for _known_field, _spellings in _SPELLINGS.items():
    _FIELD |= dict.fromkeys(_spellings.split(), _known_field)
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
_SEVERITY_WORDS = {"major", "minor", "neutral", "critical", "trivial", "no-error", "hotw-test"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 100_000
_LANGUAGES = re.compile(r".+:([a-z]{2})(?:[-_]\w+)?:([a-z]{2})(?:[-_]\w+)?", re.IGNORECASE)
"""How Anthea ends the name of a document: "storm:en:fr"."""
SegmentTokens = dict[tuple[str, str, str], dict[str, Any]]
"""System, document and segment → the tokens of both sides, as Marot's metadata give them."""


def recognises(head: bytes) -> bool:
    """Return whether a table that begins like this holds annotations.

    Its columns have the names of their fields, or its first row has a severity where WMT has it.
    """
    lines = head.decode("utf-8-sig", "replace").replace("\0", "").splitlines()
    filled = filter(str.strip, lines)
    first_line = next(filled, "")
    rows = [first_line.split(mark) for mark in "\t,;"]
    cells = max(rows, key=len)
    fields = set(map(_field, cells))
    if fields.issuperset(_NEEDED):
        return True
    return len(cells) >= 9 and cells[8].strip().lower() in _SEVERITY_WORDS


def clean_cell(text: str) -> str:
    """Return the text as a table without quoting can hold it.

    It has no tab, no line end and no mark of its own, and is as long as it was.
    """
    return _BREAK.sub(" ", text).replace("<v>", "‹v›").replace("</v>", "‹/v›")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write the articles' flags as one WMT table with a comment column."""
    return encode_blocks(_lines(articles, COLUMNS, _comment))


def _comment(_article: Article, _segment: Segment, flag: Flag | None) -> str:
    if flag is None:
        return ""
    return flag.comment


def write_marot(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write the articles' flags as one Marot table."""
    return encode_blocks(_lines(articles, MAROT, _metadata))


LastCell = Callable[[Article, Segment, Flag | None], str]
"""What writes the last cell of a row."""


def _lines(articles: Iterable[Article], columns: list[str], last: LastCell) -> Iterator[str]:
    """Return the lines of a table: the header, then a line for each flag or segment without one."""
    yield "\t".join(columns) + "\n"
    number = 0
    for article in articles:
        for place, segment in enumerate(article.segments, start=1):
            number += 1
            system = article.system or "machine"
            title = article.title or "article"
            names = [clean_cell(system), clean_cell(title), str(place), str(number)]
            for flag in flags_or_none(segment.flags):
                cells = names + _flag_cells(segment, flag)
                last_cell = last(article, segment, flag)
                cells.append(_BREAK.sub(" ", last_cell))
                yield "\t".join(cells) + "\n"


def _flag_cells(segment: Segment, flag: Flag | None) -> list[str]:
    """Return the cells rater, source, target, category and severity of a row."""
    source = clean_cell(segment.source)
    target = clean_cell(segment.target)
    if flag is None:
        return ["", source, target, "No-error", "No-error"]
    if flag.source_span and (flag.type == "Omission" or not flag.target_span):
        source = _marked(source, flag.source_span)
    elif flag.target_span:
        target = _marked(target, flag.target_span)
    elif flag.caret is not None:
        target = _marked(target, Span(flag.caret, flag.caret))
    return [
        clean_cell(flag.author),
        source,
        target,
        clean_cell(wmt_category(flag)),
        clean_cell(flag.severity.capitalize()),
    ]


def _marked(text: str, span: Span) -> str:
    """Return the text with WMT's marks around the span."""
    return f"{text[: span.start]}<v>{span.of(text)}</v>{text[span.end :]}"


def _metadata(article: Article, segment: Segment, flag: Flag | None) -> str:
    """Return Marot's JSON for a row: the tokens of both sides, the flag's spans, note and time."""
    source_span = None
    target_span = None
    if flag:
        source_span = flag.source_span
        target_span = flag.target_span
    source_tokens = _tokens(segment.source, source_span)
    target_tokens = _tokens(segment.target, target_span)
    values: dict[str, Any] = {
        "segment": {"source_tokens": source_tokens, "target_tokens": target_tokens}
    }
    if source_span:
        values["source_spans"] = [_token_numbers(source_tokens, source_span)]
    if target_span:
        values["target_spans"] = [_token_numbers(target_tokens, target_span)]
    if flag and flag.comment:
        values["note"] = flag.comment
    if flag and flag.time:
        values["timestamp"] = round(flag.time.timestamp() * 1000)
    approved = segment.approved
    if approved:
        values["corrected_translation"] = approved.after
    values["evaluation"] = {
        "source_language": article.source_language,
        "target_language": article.target_language,
    }
    return json.dumps(values, ensure_ascii=False)


def _token_numbers(cut: Sequence[str], span: Span) -> list[int]:
    """Return the numbers of the span's first and last token, both included."""
    # Both places are among them: ``_tokens`` cuts where the span begins and ends.
    starts = [0, *accumulate(map(len, cut))]
    return [starts.index(span.start), starts.index(span.end) - 1]


def _tokens(text: str, span: Span | None) -> list[str]:
    """Return the words, marks and blanks of the text, cut also where the span begins and ends."""
    cuts = {0, len(text)}
    for token in tokens(text):
        cuts.update((token.start, token.end))
    if span:
        cuts.update(span)
    # The whole text is cleaned before it is cut: a mark like <v> may lie in several tokens.
    cleaned = clean_cell(text)
    return [cleaned[start:end] for start, end in pairwise(sorted(cuts))]


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the annotations of a WMT or Marot table, an article for each document and system.

    A row with a mark that is not closed is read without its place and adds a warning. Raises
    BadFile with the line.
    """
    warnings = Warnings()
    return gather_articles(_rows(file, name, warnings), warnings)


def _rows(file: BinaryIO, name: str, warnings: Warnings) -> Iterator[Row]:
    """Return the rows of the table; ``name`` stands for a document without a name."""
    has_rows = False
    columns: dict[str, int] = {}
    segment_tokens: SegmentTokens = {}
    for place, cells in read_cells(file):
        is_own_header = cells[:2] == ["system", "doc"]
        # Tables are set one after the other, each with its header.
        if is_own_header or not (has_rows or columns):
            named = _columns(cells, place)
            if named or is_own_header:
                columns = named
                continue
        has_rows = True
        ordered = _in_order(cells, columns, place)
        if ordered[8].strip().lower() == "hotw-test":
            warnings.add(BadFile(TEST_ANSWER, place))
            continue
        has_comments = "comment" in columns
        row = _row(ordered, place, segment_tokens, warnings, has_comments=has_comments)
        if not row.document:
            row = row._replace(document=name)
        yield row
    if not has_rows:
        raise BadFile(EMPTY)


def _cells_needed(columns: dict[str, int]) -> int:
    """Return how many cells a row must have; nine as WMT writes them without a header."""
    if not columns:
        return 9
    return 1 + max(columns[field] for field in _NEEDED)


def read_cells(file: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Return (place, cells) of each row that is not blank.

    A table whose first line has a tab is cut at every tab, any other is read as spreadsheets write
    CSV. Raises BadFile.
    """
    if not _is_tab_separated(file):
        yield from read_table(file)
        return
    size = 0
    lines = iter(lambda: file.readline(LARGEST_TABLE + 1), b"")
    for number, line in enumerate(lines, start=1):
        size += len(line)
        if size > LARGEST_TABLE:
            raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
        place = f"line {number}"
        try:
            cells = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
        except UnicodeDecodeError as problem:
            raise BadFile(_NOT_UTF8, place) from problem
        if cells != [""]:
            yield place, cells


def _is_tab_separated(file: BinaryIO) -> bool:
    """Return whether the first line that is not blank has a tab; the file is at its start again."""
    head = file.read(_HEAD)
    file.seek(0)
    # ``read_table`` decodes it, whatever separates its cells.
    if head.startswith(_UTF16):
        return False
    for line in head.splitlines():
        if line.strip():
            return b"\t" in line
    return True


def _field(cell: str) -> str:
    """Return the field that a column of that name holds; "" for a name that is not known."""
    return _FIELD.get(re.sub(r"[\W_]+", "", cell.lower()), "")


def _columns(cells: list[str], place: str) -> dict[str, int]:
    """Return the number of the column for each field of a header; {} where the line is no header.

    Raises BadFile that names the columns which are missing.
    """
    columns: dict[str, int] = {}
    for number, cell in enumerate(cells):
        field = _field(cell)
        if field:
            columns.setdefault(field, number)
    # One or two such words may stand in a row of texts.
    if len(columns) < 3:
        return {}
    missing = [field for field in _NEEDED if field not in columns]
    if missing:
        raise BadFile(_MISSING, place, columns=", ".join(missing))
    if "metadata" not in columns and "comment" not in columns:
        columns["metadata"] = len(cells)
    return columns


def _in_order(cells: list[str], columns: dict[str, int], place: str) -> list[str]:
    """Return the cells as WMT orders them, "" for those that the table does not have.

    Cells of a table without a header are in that order already. Raises BadFile for a row with too
    few cells.
    """
    needed = _cells_needed(columns)
    if len(cells) < needed:
        raise BadFile(_FEW, place, count=len(cells), needed=needed)
    if not columns:
        return cells
    last = "comment"
    if "metadata" in columns:
        last = "metadata"
    ordered = []
    for field in [*COLUMNS[:9], last]:
        cell = ""
        number = columns.get(field, len(cells))
        if number < len(cells):
            cell = cells[number]
        ordered.append(cell)
    return ordered


def _row(
    cells: list[str],
    place: str,
    segment_tokens: SegmentTokens,
    warnings: Warnings,
    *,
    has_comments: bool,
) -> Row:
    """Return a row of the table. ``segment_tokens`` is filled in from rows that have tokens."""
    system, document, _in_document, segment, rater, source, target, category, severity = cells[:9]
    last = cells[9] if len(cells) > 9 else ""
    has_metadata = last.startswith("{") and not has_comments
    metadata = parse_json(last.encode(), place) if has_metadata else {}
    source, source_span = _unmarked(source, place, warnings)
    target, target_span = _unmarked(target, place, warnings)
    # The tokens of another system's text would give places that are not in this one.
    segment_key = (system, document, segment)
    if isinstance(metadata.get("segment"), dict):
        # Only the first row of a segment has its tokens, and that row may be without an error.
        segment_tokens[segment_key] = metadata["segment"]
    flag = None
    if category.strip().lower() not in _CLEAN:
        cut = segment_tokens.get(segment_key, {})
        by_tokens = token_span(metadata.get("source_spans"), cut.get("source_tokens"), source)
        source_span = by_tokens or source_span
        by_tokens = token_span(metadata.get("target_spans"), cut.get("target_tokens"), target)
        target_span = by_tokens or target_span
        flag = rated_flag(
            category,
            severity,
            source_span=_span_inside(source_span, source),
            target_span=_span_inside(target_span, target),
            caret=_caret(target_span),
            comment=str(metadata.get("note", "")) if metadata else last,
            author=rater,
            time=time_from_milliseconds(metadata.get("timestamp")),
        )
    languages = _languages(metadata, document)
    # Without a number the words tell segments apart.
    key = segment or f"{source}\t{target}"
    return Row(system, document, segment, source, target, flag, languages, key)


def _span_inside(span: Span | None, text: str) -> Span | None:
    """Return a span that marks words of the text; None for no span and for any other."""
    if span is None:
        return None
    return valid_span(span, text)


def _caret(span: Span | None) -> int | None:
    """Return the place of an empty mark, where words are missing; None for any other mark."""
    if span is None or span.start != span.end:
        return None
    return span.start


def _languages(metadata: dict[str, Any], document: str) -> tuple[str, str]:
    """Return the two languages that the metadata name, or else the document's name."""
    evaluation = metadata.get("evaluation", {})
    source_language = str(evaluation.get("source_language", ""))
    target_language = str(evaluation.get("target_language", ""))
    named = _LANGUAGES.fullmatch(document)
    if named is None or source_language or target_language:
        return (source_language, target_language)
    return (named[1].lower(), named[2].lower())


def _unmarked(text: str, place: str, warnings: Warnings) -> tuple[str, Span | None]:
    """Return the text without its mark, and where the mark was."""
    marks = list(_MARK.finditer(text))
    if len(_STRAY.findall(text)) != 2 * len(marks):
        warnings.add(BadFile(_UNCLOSED, place))
        return _STRAY.sub("", text), None
    if not marks:
        return text, None
    start = marks[0].start()
    end = marks[-1].end() - len("<v></v>") * len(marks)
    return _STRAY.sub("", text), Span(start, end)


def token_span(spans: Any, cut: Any, text: str) -> Span | None:
    """Return the span of the first to the last of the tokens, both included.

    None where the numbers make no sense.
    """
    try:
        places = _token_places(cut, text)
        first = spans[0][0]
        last = spans[-1][1]
        if last == len(places):
            # The blank that Anthea shows after the text.
            last -= 1
        if not 0 <= first <= last:
            return None
        return Span(places[first][0], places[last][1])
    except (TypeError, IndexError, KeyError, ValueError):
        return None


def _token_places(cut: Sequence[str], text: str) -> Sequence[tuple[int, int]]:
    """Return where each token stands in the text.

    Blanks may differ from those of the text. Raises ValueError where these are not its tokens.
    """
    if "".join(cut) == text:
        return list(pairwise([0, *accumulate(map(len, cut))]))
    places = []
    at = 0
    for token in cut:
        after_blanks = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it always matches
        if token.isspace():
            places.append((at, after_blanks))
            at = after_blanks
            continue
        end = after_blanks + len(token)
        if text[after_blanks:end] != token:
            raise ValueError(token)
        places.append((after_blanks, end))
        at = end
    return places
