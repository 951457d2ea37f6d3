"""Anthea (google-research): the file that a rater saves, with the documents and what was marked in them (JSON).

Offsets are tokens of the segment, both ends included (anthea-eval.js): a token is what stands between blanks or
zero-width spaces, each run of blanks is a token of its own, a zero-width space is none; one more token behind the last
is the blank that Anthea shows there. Earlier versions counted every blank of a run: the words that were marked
("selected") decide. Its table of all raters is Marot's (wmt.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from articles.formats.annotation.shared import (
    TEST_ANSWER,
    Row,
    flags_or_none,
    gather_articles,
    has_keys,
    mqm_severity,
    mqm_type,
)
from articles.formats.annotation.wmt import token_span
from articles.formats.interchange import LARGEST_TEXT, Article, BadFile, Flag, Warnings, read_all
from articles.formats.json_codec import parse_json
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spans import locate

_NOT_ANTHEA = _("this is not an evaluation that Anthea saved")
_UNSEEN = _("a segment that the rater did not come to is left out")
_DELETED = _("a mark that the rater took back is left out")
_TOKEN = re.compile(r"[^\s\u200b]+|\s+")
_OLD_TOKEN = re.compile(r"[^ \u200b]+| ")


def recognises(head: bytes) -> bool:
    """Whether a file of JSON that begins like this is such an evaluation."""
    return has_keys(head, "raterId", "projectName", "templateName")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The marks of one rater, an article for each document and system. Raises BadFile."""
    del name  # every document has a name
    saved, warnings = parse_json(read_all(file, 5 * LARGEST_TEXT), ""), Warnings()
    try:
        rows = list(_rows(saved, warnings))
    except (TypeError, KeyError, ValueError, AttributeError) as problem:
        raise BadFile(_NOT_ANTHEA) from problem
    return gather_articles(rows, warnings)


def _rows(saved: dict[str, Any], warnings: Warnings) -> Iterator[Row]:
    told = saved.get("parameters") or {}
    languages = (
        str(told.get("source_language") or saved.get("srcLang") or ""),
        str(told.get("target_language") or saved.get("tgtLang") or ""),
    )
    segments = [
        (document, *pair) for document in saved["parsedDocSys"] for pair in _pairs(document)
    ]
    if len(saved["results"]) < len(
        segments
    ):  # before 2024 Anthea did not show a segment without source
        segments = [each for each in segments if each[2]]
    for (document, number, *both), result in zip(segments, saved["results"], strict=True):
        if not result.get("visited"):
            warnings.add(BadFile(_UNSEEN))
            continue
        title = str(document["doc"]).removesuffix(":" + ":".join(languages))
        source, target = (text.replace("\u200b", "") for text in both)
        for flag in flags_or_none(list(_flags(result, both, saved, warnings))):
            yield Row(
                str(document["sys"]),
                title,
                str(number),
                source,
                target,
                flag,
                (languages[0][:2], languages[1][:2]),
            )


def _pairs(document: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """(number, source, target) of the segments; an empty pair is a break between paragraphs."""
    pairs = zip(document["srcSegments"], document["tgtSegments"], strict=True)
    for number, pair in enumerate((pair for pair in pairs if any(pair)), start=1):
        yield number, *pair


def _flags(
    result: dict[str, Any], texts: list[str], saved: dict[str, Any], warnings: Warnings
) -> Iterator[Flag]:
    for error in result.get("errors") or ():
        if error.get("marked_deleted"):
            warnings.add(BadFile(_DELETED))
        elif str(error.get("severity")).lower() == "hotw-test":
            warnings.add(BadFile(TEST_ANSWER))
        else:
            yield _flag(error, texts, saved, result)


def _flag(
    error: dict[str, Any], texts: list[str], saved: dict[str, Any], result: dict[str, Any]
) -> Flag:
    category, metadata = _category(error, saved.get("template") or {}), error.get("metadata") or {}
    on_source = error.get("location") == "source"
    span = (
        _place(error, texts[0 if on_source else 1])
        if error.get("location") in ("source", "translation")
        else None
    )
    return Flag(
        type=mqm_type(category),
        severity=mqm_severity(error.get("severity")),
        source_span=span if on_source else None,
        target_span=None if on_source else span,
        comment=str(metadata.get("note") or error.get("note") or ""),
        author=str(saved.get("raterId", "")),
        time=_time(metadata.get("timestamp") or result.get("timestamp")),
        category=category,
    )


def _category(error: dict[str, Any], template: dict[str, Any]) -> str:
    """What is wrong, by the names that the template shows: "Accuracy/Mistranslation"."""
    kind, part = str(error.get("type") or ""), str(error.get("subtype") or "")
    shown = (template.get("errors") or {}).get(kind) or {}
    part = str(((shown.get("subtypes") or {}).get(part) or {}).get("display") or part)
    return "/".join(filter(None, [str(shown.get("display") or kind), part]))


def _place(error: dict[str, Any], text: str) -> Span | None:
    """The marked words in the text without its zero-width spaces."""
    words, span = text.replace("\u200b", ""), None
    selected = str(error.get("selected") or "").replace("\u200b", "")
    for pattern in (_TOKEN, _OLD_TOKEN):
        cut = [" " if piece.isspace() else piece for piece in pattern.findall(text)]
        found = token_span([[error.get("start"), error.get("end")]], cut, words)
        span = span or found
        if found and (not selected or found.of(words).split() == selected.split()):
            return found
    return (
        (locate(selected.strip(), words, near=span.start if span else 0) or span)
        if selected
        else span
    )


def _time(milliseconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
