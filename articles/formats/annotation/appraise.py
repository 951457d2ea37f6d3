"""Appraise: batches of segments with spans (JSON), and the answers to them as a CSV.

Answers are read in ``appraise_answers``.

Offsets are UTF-16 units of the target as the page shows it, without blanks around it, with the end
included (verified on WMT23's answers); an omission is "missing". A page of the time of the JSON
Lines takes mark-up out of the target first and counts no line end, unless it was a ``<br>``;
before, every character counted (direct-assessment-document-mqm-esa.js). In batches of two or three
targets beside each other (pairwise, contrastive) each target counts as a segment of its system's.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from articles.formats.annotation.shared import (
    Row,
    flags_by_author,
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_path,
    rated_flag,
    span_of_units,
    utf16_offset,
    valid_span,
)
from articles.formats.interchange import (
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

_NOT_BATCHES = _("this is not a list of Appraise batches")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
"""Mark-up in a text, such as what plays a sound."""
_BLANKS = " \t\n\r\x0b\x0c\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What JavaScript's trim() takes off."""
_THREE = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "nl": "nld"}
_TWO = {three: two for two, three in _THREE.items()}


def write_batches(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write one batch with a task for each article, its flags as initial spans."""
    batches = []
    number = 0
    for place, article in enumerate(articles, start=1):
        items = []
        for segment in article.segments:
            number += 1
            items.append(_item(number, segment, article))
        task = {
            "batchNo": place,
            "randomSeed": 0,
            "requiredAnnotations": 1,
            "sourceLanguage": _three_letters(article.source_language),
            "targetLanguage": _three_letters(article.target_language),
        }
        batches.append({"task": task, "items": items})
    yield json.dumps(batches, ensure_ascii=False, indent=1).encode()


def _item(number: int, segment: Segment, article: Article) -> dict[str, Any]:
    """Return the batch's item for a segment."""
    return {
        "mqm": [_span(flag, segment) for flag in segment.flags],
        "documentID": f"{article.title}#{article.system}",
        "sourceID": article.title,
        "targetID": article.system,
        "itemType": "TGT",
        "sourceText": segment.source,
        "targetText": segment.target,
        "itemID": number,
        "_item": segment.id,
        "isCompleteDocument": False,
    }


def _three_letters(code: str) -> str:
    """Return a language as Appraise's code of three letters, where it is known."""
    return _THREE.get(code, code)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write the table of answers: a row for each segment and person.

    It has no header and no texts, as Appraise's own.
    """
    return encode_blocks(_answers(articles))


def _answers(articles: Iterable[Article]) -> Iterator[str]:
    """Return the lines of the table of answers."""
    number = 0
    for article in articles:
        for segment in article.segments:
            number += 1
            for person, flags in flags_by_author(segment):
                row = _answer(number, segment, article, person, flags)
                page = io.StringIO()
                csv.writer(page, lineterminator="\r\n").writerow(row)
                yield page.getvalue()


def _answer(
    number: int, segment: Segment, article: Article, person: str, flags: list[Flag]
) -> list[Any]:
    """Return the cells of one person's answer to a segment."""
    times: list[float] = []
    for flag in flags:
        if flag.time:
            times.append(flag.time.timestamp())
    # 0 stands for no time, as ``appraise_answers`` reads it.
    if not times:
        times.append(0)
    spans = [_span(flag, segment) for flag in flags]
    return [
        person,
        article.system,
        number,
        "TGT",
        _three_letters(article.source_language),
        _three_letters(article.target_language),
        0,
        f"{article.title}#{article.system}",
        False,
        json.dumps(spans, ensure_ascii=False),
        min(times),
        max(times),
    ]


def _span(flag: Flag, segment: Segment) -> dict[str, Any]:
    """Return a flag as a span: words of the target.

    Everything else is "missing", which is all that Appraise has for it.
    """
    start: int | str = "missing"
    end: int | str = "missing"
    span = flag.target_span
    if span:
        span = _inside(span, segment.target)
    if span:
        text = segment.target.lstrip(_BLANKS)
        lead = len(segment.target) - len(text)
        start = utf16_offset(text, span.start - lead)
        end = utf16_offset(text, span.end - lead) - 1
    return {
        "start_i": start,
        "end_i": end,
        "severity": flag.severity,
        "error_type": mqm_path(flag.type),
    }


def _inside(span: Span, text: str) -> Span | None:
    """Return the span without the blanks around the text, which the page does not show."""
    start = max(span.start, len(text) - len(text.lstrip(_BLANKS)))
    end = min(span.end, len(text.rstrip(_BLANKS)))
    return valid_span(Span(start, end), text)


def recognises(head: bytes) -> bool:
    """Return whether a JSON file that begins like this has batches."""
    return has_keys(head, "task", "items", "itemID")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the segments of batches with their initial spans. Raises BadFile."""
    del name  # Every item names its document.
    return gather_articles(_initial_rows(file))


def _initial_rows(file: BinaryIO) -> Iterator[Row]:
    for item in read_items(file):
        for shown in shown_targets(item):
            yield from annotation_rows(shown, shown.marks, "", None)


class ShownTarget(NamedTuple):
    """A target with its source as a person saw them.

    ``bare`` says that line ends did not count as characters.
    """

    key: str
    id: str
    document: str
    system: str
    source: str
    target: str
    languages: tuple[str, str]
    marks: Any
    bare: bool = False


def read_items(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Return the items of every batch, each with the languages of its task. Raises BadFile."""
    batches = parse_json(read_all(file, 5 * LARGEST_TEXT), "")
    if not isinstance(batches, list):
        raise BadFile(_NOT_BATCHES)
    try:
        for batch in batches:
            codes = language_codes(batch["task"]["sourceLanguage"], batch["task"]["targetLanguage"])
            for item in batch["items"]:
                yield item | {"languages": codes}
    except (TypeError, KeyError, AttributeError) as problem:
        raise BadFile(_NOT_BATCHES) from problem


def language_codes(source: Any, target: Any) -> tuple[str, str]:
    """Return two languages as codes of two letters, where they are known."""
    source_name = str(source or "")
    target_name = str(target or "")
    source_code = _TWO.get(source_name, source_name)
    target_code = _TWO.get(target_name, target_name)
    return source_code, target_code


def shown_targets(item: dict[str, Any]) -> Iterator[ShownTarget]:
    """Return what an item of a batch shows: one target, or several beside each other.

    Raises BadFile.
    """
    source = item.get("sourceText", item.get("segmentText", ""))
    if not isinstance(source, str):
        raise BadFile(_NOT_BATCHES)
    targets = item.get("targets")
    if not isinstance(targets, list):
        targets = [item]
    for target in targets:
        if not isinstance(target, dict) or not isinstance(target.get("targetText"), str):
            raise BadFile(_NOT_BATCHES)
        key = str(item.get("itemID", ""))
        system = str(target.get("targetID", ""))
        yield ShownTarget(
            key=key,
            id=str(item.get("_item") or key),
            # Appraise names a document together with its system; here the article has both.
            document=str(item.get("documentID", "")).removesuffix(f"#{system}"),
            system=system,
            source=TAG.sub("", source),
            target=target["targetText"],
            languages=item["languages"],
            marks=target.get("mqm", item.get("mqm")),
        )


def annotation_rows(
    shown: ShownTarget, marks: Any, person: str, time: datetime | None
) -> Iterator[Row]:
    """Return the marks that ``person`` made in a target as rows of annotations."""
    if isinstance(marks, dict):
        marks = marks.get("payload")
    flags = []
    for mark in marks or ():
        if isinstance(mark, dict):
            flag = _flag(mark, shown, person, time)
            flags.append(flag)
    for each in flags_or_none(flags):
        yield Row(
            shown.system,
            shown.document,
            shown.id,
            shown.source,
            shown.target,
            each,
            shown.languages,
            key=shown.key,
        )


def _flag(mark: dict[str, Any], shown: ShownTarget, person: str, time: datetime | None) -> Flag:
    """Return a mark as a flag; without a place where its offsets make no sense."""
    path = mark.get("error_type") or ()
    category = "/".join(map(str, path))
    start = mark.get("start_i")
    end = mark.get("end_i")
    span = None
    if isinstance(start, int) and isinstance(end, int):
        span = _place(shown, start, end)
    flag = rated_flag(category, mark.get("severity"), target_span=span, author=person, time=time)
    if start == "missing" and not category:
        return replace(flag, type="Omission")
    return flag


def _place(shown: ShownTarget, start: int, end: int) -> Span | None:
    """Return the span of the units ``start`` to ``end``, both included.

    They count from the first character of the target that is no blank.
    """
    if not 0 <= start <= end:
        return None
    target = shown.target
    first = len(target) - len(target.lstrip(_BLANKS))
    places = range(first, len(target.rstrip(_BLANKS)))
    if shown.bare:
        counted = [place for place in places if target[place] != "\n"]
    else:
        counted = list(places)
    return span_of_units(target, counted, start, end)
