"""Appraise's answers: JSON Lines with their texts, and a CSV that is read beside its batches.

Appraise writes them by ExportSystemScoresToJSONL and ExportSystemScoresToCSV. Their offsets are
described in ``appraise``.

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
    check_time,
    read_all,
)
from articles.formats.json_codec import parse_json
from articles.formats.tables.jsonl import read_lines
from articles.formats.text.plain import decode
from articles.text.messages import gettext_noop as _

_NOT_ANSWERS = _("this answer has no “source_text” and “target_text”")
_NO_BATCHES = _(
    "this is Appraise’s table of answers, which has no texts; choose its batches (JSON) "
    "together with it, or have Appraise export the answers as JSON Lines"
)
_EARLIER = _("an earlier answer by the same person, which a later one replaces, is left out")
_NO_TEXTS = _("the item %(item)s is not in the batches")
_FEW = _("this row has %(count)s cells where twelve are needed")
_NOT_SPANS = _("the marks of this answer are not a list of spans")
_KINDS = ("TGT", "BAD", "CHK", "REF")
_HEAD = 100_000
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)


def recognises_export(head: bytes) -> bool:
    """Return whether JSON Lines that begin like this are answers."""
    return has_keys(head, "annotator", "item_type", "source_text")


def recognises_table(head: bytes) -> bool:
    """Return whether a table that begins like this is one of answers; it has no header."""
    lines = head.decode("utf-8-sig", "replace").splitlines()
    if not lines:
        return False
    cells = lines[0].split(",")
    return len(cells) >= 12 and cells[3] in _KINDS


def read_export(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the answers in JSON Lines, an article for each document and system.

    Raises BadFile with the line.
    """
    del name  # Every answer names its document.
    warnings = Warnings()
    return gather_articles(_latest(_exported(file, warnings), warnings), warnings)


def read_answers(
    file: BinaryIO, *, name: str, companion_files: CompanionFiles | None = None
) -> Iterator[Article]:
    """Read the answers to batches in ``companion_files``, an article for each document and system.

    Raises BadFile with the line, also for a row whose segment is not in the batches.
    """
    del name  # Every item names its document.
    texts = _texts(companion_files or CompanionFiles())
    warnings = Warnings()
    return gather_articles(_latest(_answered(file, texts, warnings), warnings), warnings)


def _texts(companion_files: CompanionFiles) -> dict[tuple[str, str], ShownTarget]:
    """Return the targets of the batches among the other files, by item and system.

    Raises BadFile where there are none.
    """
    texts: dict[tuple[str, str], ShownTarget] = {}
    for name, open_file in companion_files.files.items():
        if not name.lower().endswith(".json"):
            continue
        # Not by ``companion_files.open``: only what turns out to hold batches counts as used.
        with open_file() as stream:
            if not recognises(stream.read(_HEAD)):
                continue
            companion_files.used.add(name)
            stream.seek(0)
            for item in read_items(stream):
                for target in shown_targets(item):
                    texts[target.key, target.system] = target
    if not texts:
        raise BadFile(_NO_BATCHES)
    return texts


Answer = tuple[ShownTarget, Any, str, datetime | None]
"""What was shown, the marks that were made, by whom and when."""


def _answered(
    file: BinaryIO, texts: Mapping[tuple[str, str], ShownTarget], warnings: Warnings
) -> Iterator[Answer]:
    """Return the answers of the table."""
    table = csv.reader(io.StringIO(decode(read_all(file, 5 * LARGEST_TEXT)), newline=""))
    for cells in table:
        place = f"line {table.line_num}"
        if len(cells) < 12:
            raise BadFile(_FEW, place, count=len(cells))
        person, system, item, kind, _source, _target, score = cells[:7]
        if kind != "TGT":
            # Spoilt copies, repeats and references.
            warnings.add(BadFile(TEST_ANSWER, place))
            continue
        shown = texts.get((item, system))
        if shown is None:
            raise BadFile(_NO_TEXTS, place, item=item)
        # These stand for no score.
        if score not in ("", "0", "None"):
            warnings.add(BadFile(SEGMENT_SCORE, place))
        yield shown, _marks(cells[9], place), person, _time(cells[11])


def _exported(file: BinaryIO, warnings: Warnings) -> Iterator[Answer]:
    for place, values in read_lines(file):
        if values.get("item_type") != "TGT":
            warnings.add(BadFile(TEST_ANSWER, place))
            continue
        targets = values.get("targets")
        if not isinstance(targets, list):
            targets = [values]
        for target in targets:
            answer = values
            if isinstance(target, dict):
                answer = values | target
            if answer.get("score"):
                warnings.add(BadFile(SEGMENT_SCORE, place))
            shown = _shown_target(answer, place)
            marks = _marks(answer.get("mqm_annotations"), place)
            yield shown, marks, str(answer.get("annotator", "")), _time(answer.get("end_time"))


def _shown_target(values: dict[str, Any], place: str) -> ShownTarget:
    """Return what an answer of the JSON Lines is about. Raises BadFile where a text is missing."""
    source = values.get("source_text")
    target = values.get("target_text")
    if not isinstance(source, str) or not isinstance(target, str):
        raise BadFile(_NOT_ANSWERS, place)
    system = str(values.get("target_id", ""))
    item = str(values.get("item_id", ""))
    return ShownTarget(
        key=str(values.get("segment_id", item)),
        id=item or str(values.get("segment_id", "")),
        document=str(values.get("document_id", "")).removesuffix(f"#{system}"),
        system=system,
        source=_visible_text(source),
        target=_visible_text(target),
        languages=language_codes(values.get("source_language"), values.get("target_language")),
        marks=None,
        bare=not _LINE.search(target),
    )


def _latest(answers: Iterable[Answer], warnings: Warnings) -> Iterator[Row]:
    """Return the rows of the answers; of several by one person to one segment the last counts."""
    kept: dict[tuple[str, str, str, str], Answer] = {}
    for answer in answers:
        shown, _marks_made, person, _ended = answer
        name = (shown.document, shown.system, shown.key, person)
        if name in kept:
            warnings.add(BadFile(_EARLIER))
        kept[name] = answer
    for answer in kept.values():
        yield from annotation_rows(*answer)


def _marks(spans: Any, place: str) -> list[Any]:
    """Return the list of marks in a cell or field, which is JSON, at times inside a JSON string.

    Raises BadFile where they are no list.
    """
    for _level in range(2):
        if isinstance(spans, str):
            spans = parse_json(spans.encode(), place) if spans else []
    if spans is None:
        # An answer to two targets that only scored them.
        return []
    if isinstance(spans, dict):
        # A tutorial is given with its spans in an object.
        spans = spans.get("payload")
    if not isinstance(spans, list):
        raise BadFile(_NOT_SPANS, place)
    return spans


def _time(seconds: Any) -> datetime | None:
    """Return a time in seconds since 1970 as a datetime; None for 0 and where it makes no sense."""
    try:
        number = float(seconds)
        if number == 0:
            return None
        return check_time(datetime.fromtimestamp(number, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _visible_text(text: str) -> str:
    """Return the words that a page shows of a text with mark-up in it."""
    return unescape(TAG.sub("", _LINE.sub("\n", text)))
