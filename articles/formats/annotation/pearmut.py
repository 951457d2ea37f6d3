"""Pearmut: a campaign (JSON) with initial spans, and its answers (JSON Lines, or a download).

Offsets count the UTF-16 units of the target without its line ends, the end included: Pearmut's page
makes a cell of every unit and a break of every line end (utils.ts). After the last unit stands one
more cell, "[missing]": a span there is an omission; a campaign may name other such cells
("special_tokens"). Of several answers by one person to one item the last counts, and none before a
reset. Text that a person wrote and comments become remarks.
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
    rated_flag,
    span_of_units,
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
from articles.text.messages import gettext_noop as _

_RESET = "__RESET__"
_WAS_RESET = _("answers undone by a reset are left out")
_FORM = _("a question to the annotator is no translation and is left out")
_NOT_PEARMUT = _("this is neither a Pearmut campaign nor its answers")
_MISSING_CELL = "[missing]"


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Write a campaign with one task: a document for each article, its flags as initial spans."""
    documents = []
    for article in articles:
        items = [_item(segment, article) for segment in article.segments]
        documents.append(items)
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
    """Return the campaign's item for a segment."""
    model = article.system or "machine"
    spans = []
    for flag in segment.flags:
        span = _error_span(flag, segment.target)
        spans.append(span)
    return {
        "src": segment.source,
        "tgt": {model: segment.target},
        "item_id": f"{article.title}#{segment.id}",
        "error_spans": {model: spans},
    }


def _error_span(flag: Flag, target: str) -> dict[str, Any]:
    """Return a flag as Pearmut's span; one without words in the target is in the cell after it."""
    span = flag.target_span
    if span:
        start = _units(target, span.start)
        end = _units(target, span.end) - 1
    else:
        start = end = _units(target)
    return {
        "start_i": start,
        "end_i": end,
        "severity": flag.severity,
        "category": "/".join(mqm_path(flag.type)),
    }


def _units(text: str, place: int | None = None) -> int:
    """Return the number of UTF-16 units before the place, or in the text, without line ends."""
    before = text[:place].replace("\n", "")
    return utf16_offset(before, len(before))


def recognises(head: bytes) -> bool:
    """Return whether a JSON file that begins like this is a campaign or its answers."""
    if not has_keys(head, "tgt", "src"):
        return False
    is_campaign = has_keys(head, "info")
    return is_campaign or has_keys(head, "annotation")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the annotations of a campaign or of its answers, an article for each document and model.

    Raises BadFile.
    """
    data = read_all(file, 5 * LARGEST_TEXT)
    warnings = Warnings()
    try:
        items = list(_campaign(parse_json(data, ""), warnings))
    except BadFile:
        # Not one JSON value, or not a campaign: the file may hold one answer a line.
        items = list(_latest(_json_lines(data), warnings))
    return gather_articles(_all_rows(items, name, warnings), warnings)


def _json_lines(data: bytes) -> Iterator[Any]:
    """Parse each line that is not blank. Raises BadFile with the line's number."""
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            yield parse_json(line, f"line {number}")


def _all_rows(items: Iterable[Item], name: str, warnings: Warnings) -> Iterator[Row]:
    for item in items:
        yield from _rows(item, name, warnings)


class Item(NamedTuple):
    """An item, the answer for each of its models, the annotator, a comment, the extra cells."""

    values: dict[str, Any]
    answers: dict[str, dict[str, Any]]
    person: str = ""
    comment: str = ""
    tokens: tuple[str, ...] = (_MISSING_CELL,)


def _campaign(values: Any, warnings: Warnings) -> Iterator[Item]:
    """Return the items of a campaign, of one answer, or of a download by campaign."""
    if not isinstance(values, dict) or not values:
        raise BadFile(_NOT_PEARMUT)
    if "data" in values:
        yield from _campaign_items(values, warnings)
    elif "annotation" in values:
        yield from _latest([values], warnings)
    elif all(isinstance(results, list) for results in values.values()):
        for results in values.values():
            yield from _latest(results, warnings)
    else:
        raise BadFile(_NOT_PEARMUT)


def _campaign_items(campaign: dict[str, Any], warnings: Warnings) -> Iterator[Item]:
    """Return the items of a campaign with their initial spans as answers."""
    tokens = _special_tokens(campaign.get("info"))
    for item in _flat(campaign["data"], warnings):
        spans = item.get("error_spans")
        answers = {}
        if isinstance(spans, dict):
            for model, model_spans in spans.items():
                answers[model] = {"error_spans": model_spans}
        yield Item(item, answers, tokens=tokens)


def _special_tokens(info: Any) -> tuple[str, ...]:
    """Return the names of the cells after the target."""
    if not isinstance(info, dict):
        return (_MISSING_CELL,)
    named = info.get("special_tokens")
    if not isinstance(named, list):
        return (_MISSING_CELL,)
    return tuple(map(str, named))


def _flat(values: Any, warnings: Warnings) -> Iterator[dict[str, Any]]:
    """Return the items in lists of documents, or of tasks of documents.

    Questions to the annotator are left out with a warning.
    """
    if isinstance(values, list):
        for each in values:
            yield from _flat(each, warnings)
        return
    if not isinstance(values, dict):
        raise BadFile(_NOT_PEARMUT)
    if isinstance(values.get("tgt"), dict):
        yield values
    elif "form" in values:
        warnings.add(BadFile(_FORM))
    else:
        raise BadFile(_NOT_PEARMUT)


def _latest(results: Iterable[Any], warnings: Warnings) -> Iterator[Item]:
    """Return the items of the last answer of each person to each number."""
    for (person, _number), result in _last_results(results, warnings).items():
        comment = str(result.get("comment") or "")
        items = _flat(result["item"], warnings)
        for item, answers in zip(items, result["annotation"], strict=False):
            yield Item(item, _answers_by_model(answers), person, comment)
            # The comment is about the whole result, so only its first item has it.
            comment = ""


def _last_results(
    results: Iterable[Any], warnings: Warnings
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the last result for each (person, number of the item), resets and tests left out."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for result in results:
        if not isinstance(result, dict):
            raise BadFile(_NOT_PEARMUT)
        person = str(result.get("user_id", ""))
        number = str(result.get("item_i", ""))
        if result.get("annotation") == _RESET:
            kept.pop((person, number), None)
            warnings.add(BadFile(_WAS_RESET))
        elif number.startswith(("welcome_", "random_")):
            warnings.add(BadFile(TEST_ANSWER))
        elif isinstance(result.get("item"), list) and isinstance(result.get("annotation"), list):
            kept[person, number] = result
        else:
            raise BadFile(_NOT_PEARMUT)
    return kept


def _answers_by_model(answers: Any) -> dict[str, dict[str, Any]]:
    """Return the answers that can be read, by model."""
    if not isinstance(answers, dict):
        return {}
    return {model: answer for model, answer in answers.items() if isinstance(answer, dict)}


def _rows(item: Item, name: str, warnings: Warnings) -> Iterator[Row]:
    """Return the annotations of an item, each model's in turn."""
    key = str(item.values.get("item_id", ""))
    document, _mark, segment = key.rpartition("#")
    source = str(item.values.get("src") or "")
    comment = item.comment
    for model, target in item.values["tgt"].items():
        answer = item.answers.get(model, {})
        if answer.get("score") is not None:
            warnings.add(BadFile(SEGMENT_SCORE))
        flags = _flags(answer, target, comment, item)
        for flag in flags_or_none(flags):
            yield Row(
                model,
                document or name,
                segment,
                source,
                str(target),
                flag,
                key=f"{key} {source}",
            )
        # The comment is about the whole item; it goes to its first model.
        comment = ""


def _flags(answer: dict[str, Any], target: Any, comment: str, item: Item) -> list[Flag]:
    """Return the spans of an answer as flags, then its text and the comment as remarks."""
    flags = []
    spans = answer.get("error_spans")
    if not isinstance(spans, list):
        spans = []
    for mark in spans:
        if isinstance(mark, dict):
            flag = _flag(mark, str(target), item)
            flags.append(flag)
    written = str(answer.get("textfield") or "")
    for text in (written, comment):
        if text and text != target:
            remark = Flag("", "neutral", comment=text, author=item.person)
            flags.append(remark)
    return flags


def _flag(mark: dict[str, Any], target: str, item: Item) -> Flag:
    """Return a span as a flag; without a place where its offsets make no sense."""
    category = str(mark.get("category") or "")
    flag = rated_flag(category, mark.get("severity"), author=item.person)
    start = mark.get("start_i")
    end = mark.get("end_i")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return flag
    units = _units(target)
    if start >= units:
        return _flag_after_target(flag, start - units, item)
    # The offsets leave out line ends, the flag's span counts them.
    places = [place for place, character in enumerate(target) if character != "\n"]
    span = span_of_units(target, places, start, min(end, units - 1))
    return replace(flag, target_span=span)


def _flag_after_target(flag: Flag, cell: int, item: Item) -> Flag:
    """Return the flag for a span in a cell after the target: an omission or what the cell names."""
    token = _MISSING_CELL
    if cell < len(item.tokens):
        token = item.tokens[cell]
    if token == _MISSING_CELL:
        issue_type = flag.type or "Omission"
        return replace(flag, type=issue_type)
    category = flag.category or token
    return replace(flag, category=category)
