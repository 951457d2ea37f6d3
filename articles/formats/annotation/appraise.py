"""Appraise: batches of segments with spans (JSON), and the answers to them as a CSV;
appraise_answers.py reads those.

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
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_path,
    mqm_severity,
    mqm_type,
    span_from_utf16,
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
    """One batch with a task for each article, its flags as the spans to begin with."""
    batches, number = [], 0
    for place, article in enumerate(articles, start=1):
        items = []
        for segment in article.segments:
            number += 1
            items.append(
                {
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
            )
        sides = [
            _THREE.get(code, code) for code in (article.source_language, article.target_language)
        ]
        task: dict[str, Any] = {"batchNo": place, "randomSeed": 0, "requiredAnnotations": 1}
        task |= {"sourceLanguage": sides[0], "targetLanguage": sides[1]}
        batches.append({"task": task, "items": items})
    yield json.dumps(batches, ensure_ascii=False, indent=1).encode()


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The table of answers: a row for each segment and person. It has no head and no texts, as
    Appraise's own.
    """
    return encode_blocks(_answers(articles))


def _answers(articles: Iterable[Article]) -> Iterator[str]:
    number = 0
    for article in articles:
        sides = [
            _THREE.get(code, code) for code in (article.source_language, article.target_language)
        ]
        for segment in article.segments:
            number += 1
            for person in sorted({flag.author for flag in segment.flags}) or [""]:
                flags = [flag for flag in segment.flags if flag.author == person]
                spans = json.dumps([_span(flag, segment) for flag in flags], ensure_ascii=False)
                times = [flag.time.timestamp() for flag in flags if flag.time] or [0]
                row = [
                    person,
                    article.system,
                    number,
                    "TGT",
                    *sides,
                    0,
                    f"{article.title}#{article.system}",
                    False,
                    spans,
                ]
                page = io.StringIO()
                csv.writer(page, lineterminator="\r\n").writerow([*row, min(times), max(times)])
                yield page.getvalue()


def _span(flag: Flag, segment: Segment) -> dict[str, Any]:
    """Words of the target; everything else is "missing", which is all that Appraise has for it."""
    start: int | str = "missing"
    end: int | str = "missing"
    if span := flag.target_span and _inside(flag.target_span, segment.target):
        text = segment.target.lstrip(_BLANKS)
        lead = len(segment.target) - len(text)
        start, end = utf16_offset(text, span.start - lead), utf16_offset(text, span.end - lead) - 1
    return {
        "start_i": start,
        "end_i": end,
        "severity": flag.severity,
        "error_type": mqm_path(flag.type),
    }


def _inside(span: Span, text: str) -> Span | None:
    """The span without the blanks around the text, which the page does not show."""
    start = max(span.start, len(text) - len(text.lstrip(_BLANKS)))
    return valid_span(Span(start, min(span.end, len(text.rstrip(_BLANKS)))), text)


def recognises(head: bytes) -> bool:
    """Whether a file of JSON that begins like this holds batches."""
    return has_keys(head, "task", "items", "itemID")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The segments of batches with the spans they begin with. Raises BadFile."""
    del name  # every item names its document
    return gather_articles(
        row
        for item in read_items(file)
        for shown in shown_targets(item)
        for row in annotation_rows(shown, shown.marks, "", None)
    )


class ShownTarget(NamedTuple):
    """A target with its source as a person saw them: ``bare`` says that line ends did not count as
    characters.
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
    """The items of every batch, each with the languages of its task."""
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
    """Two languages as codes of two letters, where they are known."""
    return _TWO.get(str(source), str(source or "")), _TWO.get(str(target), str(target or ""))


def shown_targets(item: dict[str, Any]) -> Iterator[ShownTarget]:
    """What an item of a batch shows: one target, or several beside each other. Raises BadFile."""
    source = item.get("sourceText", item.get("segmentText", ""))
    for target in item["targets"] if isinstance(item.get("targets"), list) else [item]:
        if (
            not isinstance(target, dict)
            or not isinstance(target.get("targetText"), str)
            or not isinstance(source, str)
        ):
            raise BadFile(_NOT_BATCHES)
        key, system = str(item.get("itemID", "")), str(target.get("targetID", ""))
        yield ShownTarget(
            key=key,
            id=str(item.get("_item") or key),
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
    """What ``person`` marked in what was shown, as rows of annotations."""
    spans = marks.get("payload", ()) if isinstance(marks, dict) else marks or ()
    flags = [_flag(mark, shown, person) for mark in spans if isinstance(mark, dict)]
    for flag in flags_or_none(flags):
        made = replace(flag, time=time) if flag else None
        texts = (shown.source, shown.target)
        yield Row(
            shown.system, shown.document, shown.id, *texts, made, shown.languages, key=shown.key
        )


def _flag(mark: dict[str, Any], shown: ShownTarget, person: str) -> Flag:
    path = "/".join(map(str, mark.get("error_type") or ()))
    start, end = mark.get("start_i"), mark.get("end_i")
    span = _place(shown, start, end) if isinstance(start, int) and isinstance(end, int) else None
    kind = mqm_type(path) or ("Omission" if start == "missing" and not path else "")
    return Flag(
        kind, mqm_severity(mark.get("severity")), target_span=span, author=person, category=path
    )


def _place(shown: ShownTarget, start: int, end: int) -> Span | None:
    """The span of the units ``start``…``end`` of the target without the blanks around it, both
    included.
    """
    target = shown.target
    first = len(target) - len(target.lstrip(_BLANKS))
    counted = [
        at
        for at in range(first, len(target.rstrip(_BLANKS)))
        if not (shown.bare and target[at] == "\n")
    ]
    text = "".join(target[at] for at in counted)
    found = valid_span(span_from_utf16(text, start, end), text) if 0 <= start <= end else None
    return Span(counted[found.start], counted[found.end - 1] + 1) if found else None
