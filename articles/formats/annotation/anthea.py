"""Anthea (google-research): the JSON file that a rater saves, with the documents and their marks.

Offsets are tokens of the segment, both ends included (anthea-eval.js): a token is what stands
between blanks or zero-width spaces, each run of blanks is a token of its own, a zero-width space is
none; one more token after the last is the blank that Anthea shows there. Earlier versions counted
every blank of a run: the words that were marked ("selected") decide. Its table of all raters is
that of Marot (``wmt``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from articles.formats.annotation.shared import (
    TEST_ANSWER,
    Row,
    flags_or_none,
    gather_articles,
    has_keys,
    rated_flag,
    time_from_milliseconds,
)
from articles.formats.annotation.wmt import token_span
from articles.formats.interchange import LARGEST_TEXT, Article, BadFile, Flag, Warnings, read_all
from articles.formats.json_codec import parse_json
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spans import locate

_NOT_ANTHEA = _("this is not an evaluation that Anthea saved")
_UNSEEN = _("a segment that the rater did not reach is left out")
_DELETED = _("a mark that the rater removed is left out")
_TOKEN = re.compile(r"[^\s\u200b]+|\s+")
_OLD_TOKEN = re.compile(r"[^ \u200b]+| ")
ZERO_WIDTH_SPACE = "\u200b"


def recognises(head: bytes) -> bool:
    """Return whether a JSON file that begins like this is such an evaluation."""
    return has_keys(head, "raterId", "projectName", "templateName")


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Read the marks of one rater, an article for each document and system. Raises BadFile."""
    del name  # Every document has a name of its own.
    saved = parse_json(read_all(file, 5 * LARGEST_TEXT), "")
    warnings = Warnings()
    try:
        rows = list(_rows(saved, warnings))
    except (TypeError, KeyError, ValueError, AttributeError) as problem:
        raise BadFile(_NOT_ANTHEA) from problem
    return gather_articles(rows, warnings)


def _rows(saved: dict[str, Any], warnings: Warnings) -> Iterator[Row]:
    """Return the marks of every segment that the rater came to."""
    source_language, target_language = _language_codes(saved)
    languages = (source_language[:2], target_language[:2])
    name_ending = f":{source_language}:{target_language}"
    # Strict: a file with more results than segments would give them to the wrong ones.
    for segment, result in zip(_segments(saved), saved["results"], strict=True):
        if not result.get("visited"):
            warnings.add(BadFile(_UNSEEN))
            continue
        document = segment.document
        flags = list(_flags(result, segment, saved, warnings))
        for flag in flags_or_none(flags):
            yield Row(
                str(document["sys"]),
                str(document["doc"]).removesuffix(name_ending),
                str(segment.number),
                segment.source.replace(ZERO_WIDTH_SPACE, ""),
                segment.target.replace(ZERO_WIDTH_SPACE, ""),
                flag,
                languages,
            )


def _language_codes(saved: dict[str, Any]) -> tuple[str, str]:
    """Return the codes of the source and of the target language as Anthea wrote them."""
    parameters = _object(saved, "parameters")
    source_language = _first_text(parameters.get("source_language"), saved.get("srcLang"))
    target_language = _first_text(parameters.get("target_language"), saved.get("tgtLang"))
    return source_language, target_language


def _object(values: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object under a key, {} where it is missing or null."""
    value: dict[str, Any] | None = values.get(key)
    if not value:
        return {}
    return value


def _first_text(*values: Any) -> str:
    """Return the first value that is not empty as a text, "" where all are."""
    for value in values:
        if value:
            return str(value)
    return ""


class _Segment(NamedTuple):
    """A segment of a document, with Anthea's zero-width spaces still in its texts."""

    document: dict[str, Any]
    number: int
    source: str
    target: str


def _segments(saved: dict[str, Any]) -> list[_Segment]:
    """Return the segments that the rater was shown, in order."""
    segments = []
    for document in saved["parsedDocSys"]:
        segments.extend(_segments_of(document))
    if len(saved["results"]) < len(segments):
        # Before 2024 Anthea did not show a segment without a source.
        segments = [segment for segment in segments if segment.source]
    return segments


def _segments_of(document: dict[str, Any]) -> list[_Segment]:
    """Return the segments of a document; an empty pair is a break between paragraphs."""
    segments: list[_Segment] = []
    for source, target in zip(document["srcSegments"], document["tgtSegments"], strict=True):
        if source or target:
            segments.append(_Segment(document, len(segments) + 1, source, target))
    return segments


def _flags(
    result: dict[str, Any], segment: _Segment, saved: dict[str, Any], warnings: Warnings
) -> Iterator[Flag]:
    """Return the marks of a segment, deleted ones and answers to tests left out."""
    for error in result.get("errors") or ():
        if error.get("marked_deleted"):
            warnings.add(BadFile(_DELETED))
        elif str(error.get("severity")).lower() == "hotw-test":
            warnings.add(BadFile(TEST_ANSWER))
        else:
            yield _flag(error, segment, saved, result)


def _flag(
    error: dict[str, Any], segment: _Segment, saved: dict[str, Any], result: dict[str, Any]
) -> Flag:
    """Return a mark as a flag."""
    category = _category(error, _object(saved, "template"))
    metadata = _object(error, "metadata")
    source_span = None
    target_span = None
    if error.get("location") == "source":
        source_span = _place(error, segment.source)
    elif error.get("location") == "translation":
        target_span = _place(error, segment.target)
    milliseconds = metadata.get("timestamp") or result.get("timestamp")
    return rated_flag(
        category,
        error.get("severity"),
        source_span=source_span,
        target_span=target_span,
        comment=_first_text(metadata.get("note"), error.get("note")),
        author=str(saved.get("raterId", "")),
        time=time_from_milliseconds(milliseconds),
    )


def _category(error: dict[str, Any], template: dict[str, Any]) -> str:
    """Return the issue type by the names that the template shows: "Accuracy/Mistranslation"."""
    names = []
    shown = _object(template, "errors")
    for level in ("type", "subtype"):
        key = _first_text(error.get(level))
        entry = _object(shown, key)
        name = _first_text(entry.get("display"), key)
        if name:
            names.append(name)
        shown = _object(entry, "subtypes")
    return "/".join(names)


def _place(error: dict[str, Any], text: str) -> Span | None:
    """Return the marked words in the text without its zero-width spaces.

    The tokens of both versions of Anthea are tried, and the words that were selected decide.
    """
    words = text.replace(ZERO_WIDTH_SPACE, "")
    selected = _first_text(error.get("selected")).replace(ZERO_WIDTH_SPACE, "")
    spans = _token_spans(error, text, words)
    likeliest = None
    near = 0
    if spans:
        likeliest = spans[0]
        near = likeliest.start
    if not selected:
        return likeliest
    for span in spans:
        if span.of(words).split() == selected.split():
            return span
    found = locate(selected.strip(), words, near=near)
    return found or likeliest


def _token_spans(error: dict[str, Any], text: str, words: str) -> list[Span]:
    """Return the span of the mark's tokens, as each version of Anthea counts them."""
    spans = []
    for pattern in (_TOKEN, _OLD_TOKEN):
        cut = [" " if piece.isspace() else piece for piece in pattern.findall(text)]
        numbers = [error.get("start"), error.get("end")]
        span = token_span([numbers], cut, words)
        if span is not None:
            spans.append(span)
    return spans
