"""Pearmut: a campaign (JSON) with spans to begin with, and the answers (JSON Lines, or a download by campaign).

Offsets count the UTF-16 units of the target without its line ends (Pearmut's page makes a cell of every unit and a
break of every line end), the end included; a span that begins behind the last one marks "[missing]", an omission.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats.annotations import Row, from_utf16, gathered, mqm_path, or_clean, severity_of, type_of, utf16
from articles.formats.exchange import LARGEST_TEXT, Article, BadFile, Flag, Segment, read_all
from articles.formats.records import decoded
from articles.text.document import Span

_NOT_PEARMUT = _("this is neither a Pearmut campaign nor its answers")


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """A campaign with one task: a document for each article, its flags as the spans to begin with."""
    documents = [[_item(segment, article) for segment in article.segments] for article in articles]
    campaign = {
        "campaign_id": "review",
        "info": {
            "assignment": "task-based",
            "protocol": "MQM",
            "mqm_severities": ["Neutral", "Minor", "Major", "Critical"],
        },
        "data": [documents],
    }
    yield json.dumps(campaign, ensure_ascii=False).encode()


def _item(segment: Segment, article: Article) -> dict[str, Any]:
    model = article.system or "machine"
    spans = []
    for flag in segment.flags:
        span = flag.target_span
        start, end = (_units(segment.target, place) for place in span) if span else (_units(segment.target), 0)
        category = "/".join(mqm_path(flag.type))
        end = end - 1 if span else start + len("[missing]") - 1
        spans.append({"start_i": start, "end_i": end, "severity": flag.severity, "category": category})
    item = {"src": segment.source, "tgt": {model: segment.target}, "item_id": f"{article.title}#{segment.id}"}
    return item | {"error_spans": {model: spans}}


def _units(text: str, place: int | None = None) -> int:
    """UTF-16 units before the place, line ends not counted."""
    before = text[:place].replace("\n", "")
    return utf16(before, len(before))


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations of a campaign or of its answers, an article for each document and model. Raises BadFile.

    Of several answers by one person to one item, the last counts.
    """
    data = read_all(file, 5 * LARGEST_TEXT)
    try:
        campaign = decoded(data, "")
        records = list(_campaign(campaign))
    except BadFile:
        records = list(
            _latest(decoded(line, f"line {n}") for n, line in enumerate(data.splitlines(), 1) if line.strip())
        )
    return gathered(row for record in records for row in _rows(*record, name))


Item = tuple[dict[str, Any], dict[str, Any], str]
"""An item, its spans by model, and who marked them."""


def _campaign(values: Any) -> Iterator[Item]:
    if isinstance(values, dict) and "data" in values:
        for item in _flat(values["data"]):
            yield item, item.get("error_spans") or {}, ""
    elif isinstance(values, dict) and "annotation" in values:
        yield from _latest([values])
    elif isinstance(values, dict) and values and all(isinstance(each, list) for each in values.values()):
        for results in values.values():
            yield from _latest(results)
    else:
        raise BadFile(_NOT_PEARMUT)


def _flat(values: Any) -> Iterator[dict[str, Any]]:
    """The items inside lists of documents, or of tasks of documents."""
    if isinstance(values, list):
        for each in values:
            yield from _flat(each)
    elif isinstance(values, dict) and isinstance(values.get("tgt"), dict):
        yield values
    else:
        raise BadFile(_NOT_PEARMUT)


def _latest(results: Iterable[Any]) -> Iterator[Item]:
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for result in results:
        if not isinstance(result, dict) or not all(isinstance(result.get(key), list) for key in ("item", "annotation")):
            raise BadFile(_NOT_PEARMUT)
        kept[str(result.get("user_id", "")), str(result.get("item_i", ""))] = result
    for (person, _number), result in kept.items():
        for item, answers in zip(_flat(result["item"]), result["annotation"], strict=False):
            models = answers if isinstance(answers, dict) else {}
            spans = {model: each.get("error_spans") for model, each in models.items() if isinstance(each, dict)}
            yield item, spans, person


def _rows(item: dict[str, Any], spans: dict[str, Any], person: str, name: str) -> Iterator[Row]:
    key = str(item.get("item_id", ""))
    document, _mark, segment = key.rpartition("#")
    source = str(item.get("src", ""))
    for model, target in item["tgt"].items():
        marks = [mark for mark in spans.get(model) or () if isinstance(mark, dict)]
        for flag in or_clean([_flag(mark, str(target), person) for mark in marks]):
            yield Row(model, document or name, segment, source, str(target), flag, key=f"{key} {source}")


def _flag(mark: dict[str, Any], target: str, person: str) -> Flag:
    category, severity = str(mark.get("category") or ""), severity_of(mark.get("severity"))
    start, end = mark.get("start_i"), mark.get("end_i")
    units = _units(target)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return Flag(type_of(category), severity, author=person, category=category)
    if start >= units:
        return Flag(type_of(category) or "Omission", severity, author=person, category=category)
    found = from_utf16(target.replace("\n", ""), start, min(end, units - 1))
    places = [place for place, character in enumerate(target) if character != "\n"]
    span = Span(places[found.start], places[found.end - 1] + 1)
    return Flag(type_of(category), severity, target_span=span, author=person, category=category)
