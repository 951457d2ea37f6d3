"""Appraise's answers: JSON Lines that hold their texts (ExportSystemScoresToJSONL), and a CSV that
is read together with its batches (ExportSystemScoresToCSV). Its offsets are told in appraise.py.

Only items of kind TGT are translations: BAD is spoilt, CHK repeated and REF a reference, to test
the annotators. Of several answers by one person to one item the last counts, as in Appraise.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any, BinaryIO

from articles.formats.annotation.appraise import (
    TAG,
    ShownTarget,
    annotation_rows,
    language_codes,
    read_items,
    recognises,
    shown_targets,
)
from articles.formats.annotation.shared import (
    SEGMENT_SCORE,
    TEST_ANSWER,
    Row,
    gather_articles,
    has_keys,
)
from articles.formats.interchange import (
    LARGEST_TEXT,
    Article,
    BadFile,
    CompanionFiles,
    Warnings,
    read_all,
)
from articles.formats.json_codec import parse_json
from articles.formats.tables.jsonl import read_lines
from articles.formats.text.plain import decode
from articles.text.messages import gettext_noop as _

_NOT_ANSWERS = _("this answer has no “source_text” and “target_text”")
_NO_BATCHES = _(
    "this is Appraise’s table of answers, which holds no texts; choose its batches (JSON) together with it, or have "
    "Appraise export the answers as JSON Lines"
)
_EARLIER = _("an earlier answer by the same person, which a later one replaces, is left out")
_NO_TEXTS = _("the item %(item)s is not in the batches")
_FEW = _("this row has %(count)s cells where twelve are needed")
_NOT_SPANS = _("the marks of this answer are not a list of spans")
_KINDS = ("TGT", "BAD", "CHK", "REF")
_HEAD = 100_000
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)


def recognises_export(head: bytes) -> bool:
    """Whether JSON Lines that begin like this are answers."""
    return has_keys(head, "annotator", "item_type", "source_text")


def recognises_table(head: bytes) -> bool:
    """Whether a table that begins like this is one of answers; it has no header."""
    line = next(iter(head.decode("utf-8-sig", "replace").splitlines()), "")
    cells = line.split(",")
    return len(cells) >= 12 and cells[3] in _KINDS


def read_export(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The answers in JSON Lines, an article for each document and system. Raises BadFile with the
    line.
    """
    del name  # every answer names its document
    warnings = Warnings()
    return gather_articles(_latest(_exported(file, warnings), warnings), warnings)


def read_answers(
    file: BinaryIO, *, name: str, companion_files: CompanionFiles | None = None
) -> Iterator[Article]:
    """The answers in ``file`` on the segments of the batches in ``companion_files``, an article for
    each document and system.

    Raises BadFile with the line, also for a row whose segment the batches do not hold.
    """
    del name  # every item names its document
    texts, warnings = _texts(companion_files or CompanionFiles()), Warnings()
    return gather_articles(_latest(_answered(file, texts, warnings), warnings), warnings)


def _texts(companion_files: CompanionFiles) -> dict[tuple[str, str], ShownTarget]:
    """What the batches among the other files show, by item and system. Raises BadFile where there
    are none.
    """
    texts: dict[tuple[str, str], ShownTarget] = {}
    for other, opened in companion_files.files.items():
        if other.lower().endswith(".json"):
            with opened() as stream:
                if recognises(stream.read(_HEAD)):
                    companion_files.used.add(other)
                    stream.seek(0)
                    texts |= {
                        (each.key, each.system): each
                        for item in read_items(stream)
                        for each in shown_targets(item)
                    }
    if not texts:
        raise BadFile(_NO_BATCHES)
    return texts


Answer = tuple[ShownTarget, Any, str, datetime | None]
"""What was shown, the marks that were made, by whom and when."""


def _answered(
    file: BinaryIO, texts: Mapping[tuple[str, str], ShownTarget], warnings: Warnings
) -> Iterator[Answer]:
    table = csv.reader(io.StringIO(decode(read_all(file, 5 * LARGEST_TEXT)), newline=""))
    for cells in table:
        place = f"line {table.line_num}"
        if len(cells) < 12:
            raise BadFile(_FEW, place, count=len(cells))
        person, system, item, kind, spans, ended = (
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[9],
            cells[11],
        )
        if kind != "TGT":
            warnings.add(BadFile(TEST_ANSWER, place))  # spoilt copies, repeats and references
            continue
        found = texts.get((item, system))
        if not found:
            raise BadFile(_NO_TEXTS, place, item=item)
        if cells[6] not in ("", "0", "None"):
            warnings.add(BadFile(SEGMENT_SCORE, place))
        yield found, _marks(spans, place), person, _time(ended)


def _exported(file: BinaryIO, warnings: Warnings) -> Iterator[Answer]:
    for place, values in read_lines(file):
        if values.get("item_type") != "TGT":
            warnings.add(BadFile(TEST_ANSWER, place))
            continue
        several = values.get("targets")
        for target in several if isinstance(several, list) else [values]:
            told = values | target if isinstance(target, dict) else values
            if told.get("score"):
                warnings.add(BadFile(SEGMENT_SCORE, place))
            person, ended = str(told.get("annotator", "")), _time(told.get("end_time"))
            yield _told(told, place), _marks(told.get("mqm_annotations"), place), person, ended


def _told(values: dict[str, Any], place: str) -> ShownTarget:
    source, target = values.get("source_text"), values.get("target_text")
    if not isinstance(source, str) or not isinstance(target, str):
        raise BadFile(_NOT_ANSWERS, place)
    system, item = str(values.get("target_id", "")), str(values.get("item_id", ""))
    return ShownTarget(
        key=str(values.get("segment_id", item)),
        id=item or str(values.get("segment_id", "")),
        document=str(values.get("document_id", "")).removesuffix(f"#{system}"),
        system=system,
        source=_seen(source),
        target=_seen(target),
        languages=language_codes(values.get("source_language"), values.get("target_language")),
        marks=None,
        bare=not _LINE.search(target),
    )


def _latest(answers: Iterable[Answer], warnings: Warnings) -> Iterator[Row]:
    """The rows of the answers; of several by one person to one segment, the last counts."""
    kept: dict[tuple[str, str, str, str], Answer] = {}
    for answer in answers:
        shown, person = answer[0], answer[2]
        name = (shown.document, shown.system, shown.key, person)
        if name in kept:
            warnings.add(BadFile(_EARLIER))
        kept[name] = answer
    for answer in kept.values():
        yield from annotation_rows(*answer)


def _marks(spans: Any, place: str) -> list[Any]:
    """The list of marks in a cell or field, which holds JSON, at times twice over."""
    for _again in range(2):
        if isinstance(spans, str):
            spans = parse_json(spans.encode(), place) if spans else []
    if spans is None:  # answers to two targets that were only scored
        return []
    if isinstance(spans, dict):  # what a tutorial was given with
        spans = spans.get("payload")
    if not isinstance(spans, list):
        raise BadFile(_NOT_SPANS, place)
    return spans


def _time(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if float(seconds) else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _seen(text: str) -> str:
    """The words that a page makes of a text with mark-up in it."""
    return unescape(TAG.sub("", _LINE.sub("\n", text)))
