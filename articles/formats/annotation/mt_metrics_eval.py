"""mt-metrics-eval: a rating a line, offsets in code points, the end excluded, on either side.

Its JSON Lines ("standalone ratings") have the texts. Its tables (``en-fr.mqm.seg.rating``) have
not: a line is a system, a tab, the errors as JSON or "None", and perhaps the rater; the lines of
one system are the segments of the whole set in order. The texts are read from the companion files,
as that project names them: ``en-fr.txt`` (sources), ``SYSTEM.txt`` (system outputs) and, for the
names of documents, ``en-fr.docs``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    Row,
    flags_by_author,
    flags_or_none,
    gather_articles,
    has_keys,
    is_source_error,
    rated_flag,
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
    "name the file as mt-metrics-eval does: source and target language, then who rated:"
    " en-fr.mqm.seg.rating"
)
_NO_FILE = _("a table of ratings has no texts; choose “%(file)s” together with it")
_CELLS = _("this row has %(count)s cells; it should have a system, a rating and perhaps a rater")
_MORE = _("there are more ratings of “%(system)s” than segments in “%(file)s” or in its own file")
_UNRATED = _("a segment that nobody rated is left out")
_NAME = re.compile(
    r"(?P<pair>(?P<source>[a-z]{2})-(?P<target>[a-z]{2}))\.(?:.+\.)?(?P<rater>[^.]+)\.seg\.rating"
)
_NO_LIST = _("“errors” should be a list of errors")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write a line for each segment and rater."""
    return encode_blocks(_lines(articles))


def _lines(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for number, segment in enumerate(article.segments):
            for rater, flags in flags_by_author(segment):
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
    """Return a flag as an error, placed in the source for an omission, else in the target."""
    on_source = is_source_error(flag)
    span = flag.target_span
    if on_source:
        span = flag.source_span
    elif span is None and flag.caret is not None:
        span = Span(flag.caret, flag.caret)
    start = None
    end = None
    if span:
        start = span.start
        end = span.end
    return {
        "start": start,
        "end": end,
        "category": wmt_category(flag),
        "severity": flag.severity.capitalize(),
        "score": None,
        "is_source_error": on_source,
    }


def recognises(head: bytes) -> bool:
    """Return whether JSON Lines that begin like this are such ratings."""
    return has_keys(head, "source", "hypothesis", "errors")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the ratings, an article for each document and system. Raises BadFile with the line."""
    return gather_articles(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[Row]:
    """Return the ratings of the lines."""
    for place, values in read_lines(file):
        source = values.get("source")
        target = values.get("hypothesis")
        if not isinstance(source, str) or not isinstance(target, str):
            raise BadFile(_NO_TEXT, place)
        system = _name(values, "system_id")
        document = _name(values, "document_id") or name
        segment = _name(values, "segment_id")
        rater = _name(values, "rater_id")
        languages = (str(values.get("src_lang", "")), str(values.get("tgt_lang", "")))
        flags = _flags(values, source, target, rater, place)
        for flag in flags_or_none(flags):
            yield Row(system, document, segment, source, target, flag, languages)


def _name(values: dict[str, Any], key: str) -> str:
    """Return the name under a key; "" where it is missing, null or 0."""
    value = values.get(key)
    if not value:
        return ""
    return str(value)


def read_ratings(
    file: BinaryIO, *, name: str, companion_files: CompanionFiles | None = None
) -> Iterator[Article]:
    """Read the ratings of a table whose texts stand in ``companion_files``.

    Raises BadFile with the line, or with the names of the files that are needed.
    """
    warnings = Warnings()
    rows = _rated(file, name, companion_files or CompanionFiles(), warnings)
    return gather_articles(rows, warnings)


def _rated(
    file: BinaryIO, name: str, companion_files: CompanionFiles, warnings: Warnings
) -> Iterator[Row]:
    """Return the ratings of the table; segments without a rating add a warning."""
    named = _NAME.fullmatch(name.rsplit("/", 1)[-1])
    if named is None:
        raise BadFile(_UNNAMED)
    texts = _Texts(named["pair"], companion_files)
    counted: Counter[str] = Counter()
    lines = decode(read_all(file, 5 * LARGEST_TEXT)).splitlines()
    for number, line in enumerate(lines, start=1):
        place = f"line {number}"
        cells = line.split("\t")
        if len(cells) not in (2, 3):
            raise BadFile(_CELLS, place, count=len(cells))
        system = cells[0]
        rating = cells[1]
        rater = named["rater"]
        if len(cells) == 3:
            rater = cells[2]
        at = counted[system]
        counted[system] += 1
        source, target = texts.segment(system, at, place)
        if rating == "None":
            warnings.add(BadFile(_UNRATED, place))
            continue
        flags = _flags(parse_object(rating.encode(), place), source, target, rater, place)
        languages = (named["source"], named["target"])
        for flag in flags_or_none(flags):
            yield Row(system, texts.document(at), str(at), source, target, flag, languages)


class _Texts:
    """The texts that a table of ratings is about, out of its companion files.

    Raises BadFile where the file of the sources or of a system is not there.
    """

    def __init__(self, pair: str, companion_files: CompanionFiles) -> None:
        self._pair = pair
        self._companion_files = companion_files
        self._sources = _lines_of(f"{pair}.txt", companion_files)
        self._documents = _lines_of(f"{pair}.docs", companion_files, needed=False)
        self._targets: dict[str, list[str]] = {}

    def segment(self, system: str, at: int, place: str) -> tuple[str, str]:
        """Return source and target of the system's segment number ``at``, from 0."""
        if system not in self._targets:
            self._targets[system] = _lines_of(f"{system}.txt", self._companion_files)
        targets = self._targets[system]
        if at >= len(self._sources) or at >= len(targets):
            raise BadFile(_MORE, place, system=system, file=f"{self._pair}.txt")
        return (self._sources[at], targets[at])

    def document(self, at: int) -> str:
        """Return the name of the segment's document; that of the pair where none is known.

        A line of the file of documents has the domain and the name.
        """
        if at >= len(self._documents):
            return self._pair
        words = self._documents[at].split()
        if not words:
            return ""
        return words[-1]


def _lines_of(name: str, companion_files: CompanionFiles, *, needed: bool = True) -> list[str]:
    """Return the segments of a text file, one a line; none where it is missing and not needed."""
    stream = companion_files.open(name)
    if stream is None:
        if needed:
            raise BadFile(_NO_FILE, file=name)
        return []
    with stream:
        data = read_all(stream, 5 * LARGEST_TEXT)
    text = decode(data).removesuffix("\n")
    # Not ``splitlines``, which would also cut at a form feed or U+2028 within a segment.
    return text.split("\n")


def _flags(values: dict[str, Any], source: str, target: str, rater: str, place: str) -> list[Flag]:
    """Return the errors of a rating as flags. Raises BadFile where they are no list of objects."""
    errors = values.get("errors") or []
    if not isinstance(errors, list):
        raise BadFile(_NO_LIST, place)
    flags = []
    for error in errors:
        if not isinstance(error, dict):
            raise BadFile(_NO_LIST, place)
        flag = _flag(error, source, target, rater)
        flags.append(flag)
    return flags


def _flag(error: dict[str, Any], source: str, target: str, rater: str) -> Flag:
    """Return an error as a flag; an empty span of the target is the place of missing words."""
    category = str(error.get("category") or "")
    source_span = None
    target_span = None
    caret = None
    try:
        span = Span(int(error["start"]), int(error["end"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        span = Span(-1, -1)
    if error.get("is_source_error"):
        source_span = valid_span(span, source)
    else:
        target_span = valid_span(span, target)
        if span.start == span.end and 0 <= span.start <= len(target):
            caret = span.start
    return rated_flag(
        category,
        error.get("severity"),
        source_span=source_span,
        target_span=target_span,
        caret=caret,
        author=rater,
    )
