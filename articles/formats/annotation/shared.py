"""What the annotation formats share: names of issue types, gathering rows, counting UTF-16 units.

The names are those of google/wmt-mqm-human-evaluation, of marot and Anthea (google-research), and
of Appraise, Pearmut and bio-MQM.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from articles.formats.interchange import Article, Flag, Segment, Warnings, check_time
from articles.scoring import mqm
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.spans import reanchor

_WMT = {
    "Accuracy/Mistranslation": "Mistranslation",
    "Accuracy/Omission": "Omission",
    "Accuracy/Addition": "Addition",
    "Accuracy/Untranslated text": "Untranslated",
    "Fluency/Grammar": "Grammar",
    "Fluency/Punctuation": "Punctuation",
    "Fluency/Spelling": "Spelling",
    "Fluency/Register": "Language register",
    "Fluency/Inconsistency": "Inconsistent style",
    "Fluency/Character encoding": "Character encoding",
    "Style/Awkward": "Awkward style",
    "Terminology/Inappropriate for context": "Wrong term",
    "Terminology/Inconsistent use of terminology": "Inconsistent use of terminology",
    "Locale convention/Address format": "Address format",
    "Locale convention/Currency format": "Currency format",
    "Locale convention/Date format": "Date format",
    "Locale convention/Telephone format": "Telephone format",
    "Locale convention/Time format": "Time format",
    "Non-translation!": "Unintelligible",
}
_TO_WMT = {ours: theirs for theirs, ours in _WMT.items()}
_ALSO = {
    "source language fragment": "Untranslated",
    "creative reinterpretation": "Mistranslation",
    "unnatural or awkward": "Awkward style",
    "bad sentence structure": "Unidiomatic style",
    "display": "Layout",
    "inconsistent": "Inconsistent use of terminology",
    "organization style": "Organizational style",
    "non-fluent": "Unidiomatic style",
    "non fluent": "Unidiomatic style",
    "non-translation": "Unintelligible",
    "register": "Language register",
    "untranslated text": "Untranslated",
    "inconsistency": "Inconsistent style",
    "awkward": "Awkward style",
    "inappropriate for context": "Wrong term",
    "address": "Address format",
    "date": "Date format",
    "currency": "Currency format",
    "telephone": "Telephone format",
    "time": "Time format",
    "truncation/text espansion": "Truncation/text expansion",  # as Appraise spells it
}
_BY_NAME = {name.lower(): name for name in mqm.TYPES} | _ALSO
_BY_NAME |= {theirs.lower().rstrip("!"): ours for theirs, ours in _WMT.items()}
_SEVERITIES = {"trivial": "minor", "non-translation": "critical"}
"""Anthea's own; WMT's weight of a non-translation is that of MQM's critical."""
TEST_ANSWER = _(
    "an answer to an attention check says nothing about the translation and is left out"
)
SEGMENT_SCORE = _("scores for whole segments are not imported; only the marks are")
_THEIR_DIMENSION = {"Locale conventions": "Locale convention"}
_THEIR_TYPE = {"Organizational style": "Organization style"}


def mqm_type(category: str) -> str:
    """Return the MQM-Core type of a category; "" for "Other" and for an unknown one.

    Of a path ("Accuracy/Mistranslation/Gender") the longest part that is known counts, the first of
    several.
    """
    parts = " ".join(category.replace("_", " ").split()).rstrip("!").lower().split("/")
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            name = "/".join(parts[start:end])
            if name in _BY_NAME:
                return _BY_NAME[name]
    return ""


def wmt_category(flag: Flag) -> str:
    """Return the flag's category as WMT writes it.

    It is the category that the flag came with, else WMT's name of its type, else MQM's.
    """
    # Somebody may have given the flag another type since.
    if flag.category and mqm_type(flag.category) == flag.type:
        return flag.category
    if flag.type in _TO_WMT:
        return _TO_WMT[flag.type]
    path = mqm_path(flag.type)
    return "/".join(path)


def mqm_path(type: str) -> list[str]:
    """Return ["Accuracy", "Omission"] as Appraise and Pearmut spell it.

    Return ["Other"] for a type that is not MQM's.
    """
    if type not in mqm.TYPES:
        return ["Other"]
    dimension = mqm.dimension_of(type)
    their_dimension = _THEIR_DIMENSION.get(dimension, dimension)
    their_type = _THEIR_TYPE.get(type, type)
    return [their_dimension, their_type]


def mqm_severity(word: object) -> str:
    """Return the severity for another tool's word.

    Return "neutral" for none, for "undecided" and for an unknown word.
    """
    name = str(word or "").strip().lower().replace("_", "-").rstrip("!")
    if name in mqm.SEVERITIES:
        return name
    return _SEVERITIES.get(name, "neutral")


def rated_flag(category: str, severity: object, **fields: Any) -> Flag:
    """Return the flag for another tool's words of what is wrong, and how badly.

    ``fields`` are its other fields.
    """
    return Flag(mqm_type(category), mqm_severity(severity), category=category, **fields)


def has_keys(head: bytes, *keys: str) -> bool:
    """Return whether the start of a JSON file has all these keys, not merely as words."""
    for key in keys:
        pattern = rb'(?<!\\)"%s"\s*:' % key.encode()
        if not re.search(pattern, head):
            return False
    return True


class Row(NamedTuple):
    """One annotation, or a segment that was found clean (``flag`` None)."""

    system: str
    document: str
    segment: str
    source: str
    target: str
    flag: Flag | None
    languages: tuple[str, str] = ("", "")
    key: str = ""
    """Distinguishes the segment from others where its name does not."""


def gather_articles(rows: Iterable[Row], warnings: Warnings | None = None) -> Iterator[Article]:
    """Yield an article for each document and system, in order of first appearance.

    A segment has the flags of all its rows. The raters' copies of a text may differ by a character;
    their spans are found again in the copy that came first.
    """
    articles: dict[tuple[str, str], tuple[Article, dict[str, Segment]]] = {}
    for row in rows:
        fresh = Article(row.document, *row.languages, system=row.system, warnings=warnings)
        _article, segments = articles.setdefault((row.document, row.system), (fresh, {}))
        key = row.key or row.segment
        segment = segments.setdefault(key, Segment(row.source, row.target, id=row.segment))
        if row.flag:
            flag = _fit_flag(row.flag, row, segment)
            flags = (*segment.flags, flag)
            segments[key] = replace(segment, flags=flags)
    for article, segments in articles.values():
        yield replace(article, segments=tuple(segments.values()))


def _fit_flag(flag: Flag, row: Row, segment: Segment) -> Flag:
    """Return the row's flag with its place in the texts of the segment."""
    if flag.source_span and row.source != segment.source:
        span = reanchor(flag.source_span, row.source, segment.source)
        flag = replace(flag, source_span=span)
    if flag.target_span and row.target != segment.target:
        span = reanchor(flag.target_span, row.target, segment.target)
        flag = replace(flag, target_span=span)
    end = len(segment.target)
    if flag.caret is not None and flag.caret > end:
        flag = replace(flag, caret=end)
    return flag


def flags_by_author(segment: Segment) -> list[tuple[str, list[Flag]]]:
    """Return the segment's flags by their authors, in the authors' order.

    A segment without flags gives one entry without an author.
    """
    by_author: dict[str, list[Flag]] = {}
    for flag in sorted(segment.flags, key=lambda flag: flag.author):
        by_author.setdefault(flag.author, []).append(flag)
    return list(by_author.items()) or [("", [])]


def is_source_error(flag: Flag) -> bool:
    """Return whether the flag's place is in the source, where a format has room for one side."""
    if flag.source_span is None:
        return False
    if flag.type == "Omission":
        return True
    return flag.target_span is None


def flags_or_none(flags: Sequence[Flag]) -> Sequence[Flag | None]:
    """Return the flags, or one None that stands for a segment found clean."""
    if not flags:
        return (None,)
    return flags


def valid_span(span: Span, text: str) -> Span | None:
    """Return the span where it lies in the text and is not empty, else None.

    A flag without a span is located by a person.
    """
    if 0 <= span.start < span.end <= len(text):
        return span
    return None


def utf16_offset(text: str, place: int) -> int:
    """Return the offset ``place`` in UTF-16 units, as JavaScript counts."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def span_from_utf16(text: str, first: int, last: int) -> Span:
    """Return the span in code points of the UTF-16 units ``first`` to ``last``, both included.

    A unit that is half of a character stands for the whole character.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    start = len(data[: 2 * first].decode("utf-16-le", "ignore"))
    end = len(text) - len(data[2 * (last + 1) :].decode("utf-16-le", "ignore"))
    return Span(start, end)


def span_of_units(text: str, places: Sequence[int], first: int, last: int) -> Span | None:
    """Return where the UTF-16 units ``first`` to ``last``, both included, stand in the text.

    They count in the characters at ``places`` alone; None where these have no such units.
    """
    counted = "".join([text[place] for place in places])
    found = valid_span(span_from_utf16(counted, first, last), counted)
    if found is None:
        return None
    return Span(places[found.start], places[found.end - 1] + 1)


def time_from_milliseconds(milliseconds: Any) -> datetime | None:
    """Return a time in milliseconds since 1970 as a datetime, None where it makes no sense."""
    try:
        return check_time(datetime.fromtimestamp(milliseconds / 1000, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None
