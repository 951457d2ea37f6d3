"""Pearmut: a campaign (JSON) with spans to begin with, and the answers (JSON Lines, or a download by campaign).

Offsets count the UTF-16 units of the target without its line ends (Pearmut's page makes a cell of every unit and a
break of every line end, utils.ts), the end included. Behind the last unit stands one more cell, "[missing]": a span
there is an omission; a campaign may name other such cells ("special_tokens"). Of several answers by one person to one
item the last counts, and none before a reset. Text that a person wrote and comments become remarks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from articles.formats.annotation.shared import (
    SEGMENT_SCORE,
    TEST_ANSWER,
    Row,
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_path,
    mqm_severity,
    mqm_type,
    span_from_utf16,
    utf16_offset,
)
from articles.formats.interchange import (
    LARGEST_TEXT,
    Article,
    BadFile,
    Flag,
    Segment,
    Warnings,
    read_all,
)
from articles.formats.json_codec import parse_json
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_RESET = "__RESET__"
_WAS_RESET = _("answers that were taken back by a reset are left out")
_FORM = _("a question to the annotator is no translation and is left out")
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
        start, end = (
            (_units(segment.target, place) for place in span)
            if span
            else (_units(segment.target), 0)
        )
        category = "/".join(mqm_path(flag.type))
        end = end - 1 if span else start
        spans.append(
            {"start_i": start, "end_i": end, "severity": flag.severity, "category": category}
        )
    item = {
        "src": segment.source,
        "tgt": {model: segment.target},
        "item_id": f"{article.title}#{segment.id}",
    }
    return item | {"error_spans": {model: spans}}


def _units(text: str, place: int | None = None) -> int:
    """UTF-16 units before the place, line ends not counted."""
    before = text[:place].replace("\n", "")
    return utf16_offset(before, len(before))


def recognises(head: bytes) -> bool:
    """Whether a file of JSON that begins like this is a campaign or its answers."""
    return has_keys(head, "tgt", "src") and (has_keys(head, "info") or has_keys(head, "annotation"))


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The annotations of a campaign or of its answers, an article for each document and model. Raises BadFile."""
    data, warnings = read_all(file, 5 * LARGEST_TEXT), Warnings()
    try:
        records = list(_campaign(parse_json(data, ""), warnings))
    except BadFile:
        answers = (
            parse_json(line, f"line {n}")
            for n, line in enumerate(data.splitlines(), 1)
            if line.strip()
        )
        records = list(_latest(answers, warnings))
    return gather_articles(
        (row for record in records for row in _rows(record, name, warnings)), warnings
    )


class Item(NamedTuple):
    """An item, what was said of each of its models, who said it, a comment, and the cells behind the target."""

    values: dict[str, Any]
    said: dict[str, dict[str, Any]]
    person: str = ""
    comment: str = ""
    tokens: tuple[str, ...] = ("[missing]",)


def _campaign(values: Any, warnings: Warnings) -> Iterator[Item]:
    if isinstance(values, dict) and "data" in values:
        info = values.get("info")
        named = info.get("special_tokens") if isinstance(info, dict) else None
        tokens = (
            tuple(map(str, named)) if isinstance(named, list) else Item._field_defaults["tokens"]
        )
        for item in _flat(values["data"], warnings):
            spans = item.get("error_spans")
            said = (
                {model: {"error_spans": each} for model, each in spans.items()}
                if isinstance(spans, dict)
                else {}
            )
            yield Item(item, said, tokens=tokens)
    elif isinstance(values, dict) and "annotation" in values:
        yield from _latest([values], warnings)
    elif (
        isinstance(values, dict)
        and values
        and all(isinstance(each, list) for each in values.values())
    ):
        for results in values.values():
            yield from _latest(results, warnings)
    else:
        raise BadFile(_NOT_PEARMUT)


def _flat(values: Any, warnings: Warnings) -> Iterator[dict[str, Any]]:
    """The items inside lists of documents, or of tasks of documents; questions to the person are none."""
    if isinstance(values, list):
        for each in values:
            yield from _flat(each, warnings)
    elif isinstance(values, dict) and isinstance(values.get("tgt"), dict):
        yield values
    elif isinstance(values, dict) and "form" in values:
        warnings.add(BadFile(_FORM))
    else:
        raise BadFile(_NOT_PEARMUT)


def _latest(results: Iterable[Any], warnings: Warnings) -> Iterator[Item]:
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for result in results:
        if not isinstance(result, dict):
            raise BadFile(_NOT_PEARMUT)
        key = (str(result.get("user_id", "")), str(result.get("item_i", "")))
        if result.get("annotation") == _RESET:
            kept.pop(key, None)
            warnings.add(BadFile(_WAS_RESET))
        elif key[1].startswith(("welcome_", "random_")):
            warnings.add(BadFile(TEST_ANSWER))
        elif all(isinstance(result.get(part), list) for part in ("item", "annotation")):
            kept[key] = result
        else:
            raise BadFile(_NOT_PEARMUT)
    for (person, _number), result in kept.items():
        comment = str(result.get("comment") or "")
        for item, answers in zip(
            _flat(result["item"], warnings), result["annotation"], strict=False
        ):
            models = answers if isinstance(answers, dict) else {}
            said = {model: each for model, each in models.items() if isinstance(each, dict)}
            yield Item(item, said, person, comment)
            comment = ""


def _rows(item: Item, name: str, warnings: Warnings) -> Iterator[Row]:
    key = str(item.values.get("item_id", ""))
    document, _mark, segment = key.rpartition("#")
    source = str(item.values.get("src") or "")
    for number, (model, target) in enumerate(item.values["tgt"].items()):
        said = item.said.get(model, {})
        if said.get("score") is not None:
            warnings.add(BadFile(SEGMENT_SCORE))
        spans = said.get("error_spans")
        marks = [
            mark for mark in (spans if isinstance(spans, list) else ()) if isinstance(mark, dict)
        ]
        flags = [_flag(mark, str(target), item) for mark in marks]
        remarks = [str(said.get("textfield") or ""), "" if number else item.comment]
        flags += [_remark(text, item.person) for text in remarks if text and text != target]
        for flag in flags_or_none(flags):
            yield Row(
                model, document or name, segment, source, str(target), flag, key=f"{key} {source}"
            )


def _remark(text: str, person: str) -> Flag:
    return Flag("", "neutral", comment=text, author=person)


def _flag(mark: dict[str, Any], target: str, item: Item) -> Flag:
    category, severity = str(mark.get("category") or ""), mqm_severity(mark.get("severity"))
    made = Flag(mqm_type(category), severity, author=item.person, category=category)
    start, end = mark.get("start_i"), mark.get("end_i")
    units = _units(target)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return made
    if start >= units:
        token = (*item.tokens, "[missing]")[min(start - units, len(item.tokens))]
        lost = token == "[missing]"  # noqa: S105 - a cell of the page
        return (
            replace(made, type=made.type or "Omission")
            if lost
            else replace(made, category=category or token)
        )
    found = span_from_utf16(target.replace("\n", ""), start, min(end, units - 1))
    places = [place for place, character in enumerate(target) if character != "\n"]
    return replace(made, target_span=Span(places[found.start], places[found.end - 1] + 1))
