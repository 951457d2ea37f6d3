"""XLIFF: written as 2.1 with the W3C's quality-issue marks; read as 1.2, 2.0, 2.1 and 2.2.

A segment is a unit. ``<target>`` is the text as it goes to print; where that is an approved correction, the machine's
text stands in a match called "machine". A flag is an ITS locQualityIssue, its words are marked in source and target, an
empty mark is a place where words are missing. What XLIFF has no word for (people, times, places in the documents)
stands in the metadata module; both documents are the skeleton. Change tracking exists in 2.0 only, so corrections are
metadata, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from articles.formats.interchange import (
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    Warnings,
    encode_blocks,
    group_segments,
)
from articles.formats.xml import its
from articles.formats.xml.inline_markup import Mark, inline_text, tidy_text
from articles.formats.xml.safe_xml import (
    escape_attribute,
    escape_content,
    iter_elements,
    local_name,
)
from articles.formats.xml.xliff12 import NOT_TRANSLATED, legacy_segments
from articles.formats.xml.xliff_metadata import (
    Metadata,
    add_places,
    flag_values,
    parse_correction,
    read_metadata,
    write_metadata,
)
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_NO_LANGUAGE = _("the file does not say what its source language is")
_NOT_XLIFF = _("this is XML, but not XLIFF 1.2 or 2")
_TWO_PAIRS = "one XLIFF file holds one pair of languages"

_ITS = "{http://www.w3.org/2005/11/its}"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" srcLang="%s" trgLang="%s"'
    ' xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its"'
    ' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
    ' xmlns:r="urn:translation-review:document" its:version="2.0">\n'
)
_STATES = {
    "to_review": "translated",
    "flagged": "translated",
    "waiting": "reviewed",
    "done": "final",
}
_STATUS = {
    "initial": "to_review",
    "translated": "to_review",
    "reviewed": "to_review",
    "final": "done",
}


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles as one XLIFF 2.1 file, in pieces. Raises ValueError for none, or for several language pairs."""
    return encode_blocks(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    languages: tuple[str, str] | None = None
    for number, article in enumerate(articles, start=1):
        here = (article.source_language or "und", article.target_language or "und")
        if languages is None:
            languages = here
            yield _HEAD % (escape_attribute(here[0]), escape_attribute(here[1]))
        elif here != languages:
            raise ValueError(_TWO_PAIRS)
        yield f'<file id="f{number}" original="{escape_attribute(article.title)}">\n'
        yield _skeleton(article)
        place = 0
        for place, segment in enumerate(article.segments, start=1):
            yield _unit(segment, f"{number}-{place}")
        if not place:
            yield '<unit id="u"><segment><source/></segment></unit>\n'
        yield "</file>\n"
    if languages is None:
        raise ValueError("an XLIFF file holds at least one article")
    yield "</xliff>\n"


def _skeleton(article: Article) -> str:
    documents = (
        f'<r:document side="{side}" name="{escape_attribute(name)}">{escape_content(text, strange=_CODE)}</r:document>'
        for side, name, text in (
            ("source", article.source_name, article.source),
            ("target", article.target_name, article.target),
        )
        if text or name
    )
    inside = "".join(documents)
    held = f"<notes><note>{escape_content(article.held)}</note></notes>\n" if article.held else ""
    return (f"<skeleton>{inside}</skeleton>\n" if inside else "") + held


_CODE = '<cp hex="%04X"/>'


def _unit(segment: Segment, key: str) -> str:
    approved, issues = segment.approved, list[str]()
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    for number, flag in enumerate(segment.flags):
        name = f"q{key}-{number}"
        issues.append(
            f'<its:locQualityIssues xml:id="{name}"><its:locQualityIssue locQualityIssueType="{its.issue_type(flag)}"'
            f' locQualityIssueSeverity="{its.SEVERITIES[flag.severity]}"'
            f' locQualityIssueComment="{escape_attribute(its.describe_flag(flag))}"/></its:locQualityIssues>\n'
        )
        if flag.source_span:
            marks[0].append(Mark(flag.source_span, name))
        if flag.target_span:
            marks[1].append(Mark(flag.target_span, name))
        if flag.caret is not None:
            marks[1].append(Mark(Span(flag.caret, flag.caret), name))
    source, machine = _marked(segment.source, marks[0], "s"), _marked(segment.target, marks[1], "t")
    match, provenance, people = "", "", ""
    if approved:
        match = (
            f'<mtc:matches><mtc:match id="machine" ref="#s" type="mt"><source>{escape_content(segment.source, strange=_CODE)}'
            f"</source><target>{machine}</target></mtc:match></mtc:matches>\n"
        )
        machine = escape_content(approved.after, strange=_CODE)
        revised = "".join(
            f'<its:provenanceRecord revPerson="{escape_attribute(each)}"/>'
            for each in (approved.author, approved.decided_by)
            if each
        )
        if revised:
            people = f' its:provenanceRecordsRef="#p{key}"'
            provenance = (
                f'<its:provenanceRecords xml:id="p{key}">{revised}</its:provenanceRecords>\n'
            )
    name = f' name="{escape_attribute(segment.id)}"' if segment.id else ""
    state = (
        f' state="{_STATES[segment.status]}" subState="review:{segment.status}"'
        if segment.status in _STATES
        else ""
    )
    return (
        f'<unit id="u{key}"{name} xml:space="preserve"{people}>\n{"".join(issues)}{provenance}{match}'
        f'{write_metadata(segment, f"q{key}")}{_notes(segment)}<segment id="s"{state}><source>{source}</source>'
        f"<target>{machine}</target></segment>\n</unit>\n"
    )


def _notes(segment: Segment) -> str:
    """The flags and decisions in words, for tools that show notes and nothing else."""
    tidy_text = [
        its.describe_flag(flag) + (f" — {flag.author}" if flag.author else "")
        for flag in segment.flags
    ]
    tidy_text += [
        f"{each.status}: {each.reason} — {each.decided_by}"
        for each in segment.corrections
        if each.reason
    ]
    notes = "".join(f'<note category="review">{escape_content(each)}</note>' for each in tidy_text)
    return f"<notes>{notes}</notes>\n" if notes else ""


def _marked(text: str, marks: Sequence[Mark], prefix: str) -> str:
    """The text with its marks: ``<mrk>`` around the words, ``<sm/>`` and ``<em/>`` at the ends where marks cross."""
    if not marks:
        return escape_content(text, strange=_CODE)
    filled = sorted(mark.span for mark in marks if mark.span.start < mark.span.end)
    crossing = any(second.start < first.end for first, second in itertools.pairwise(filled))
    tags: list[tuple[int, int, str]] = []
    for number, (span, issue) in enumerate(marks):
        name = f"{prefix}{number}"
        opened = f'id="{name}" type="its:generic" its:locQualityIssuesRef="#{issue}"'
        start, end = (
            (f"<sm {opened}/>", f'<em startRef="{name}"/>')
            if crossing
            else (f"<mrk {opened}>", "</mrk>")
        )
        if span.start == span.end:
            tags.append((span.start, 1, start + end))
        else:
            tags += [(span.start, 2, start), (span.end, 0, end)]
    pieces, at = [], 0
    for place, _rank, tag in sorted(tags, key=lambda each: each[:2]):
        pieces += [escape_content(text[at:place], strange=_CODE), tag]
        at = place
    return "".join(pieces) + escape_content(text[at:], strange=_CODE)


# Reading


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The articles of an XLIFF file, one a ``<file>``; their segments stream. Raises BadFile with the unit or line."""
    return group_segments(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    warnings, languages, known = Warnings(), ("", ""), False
    article = Article(name, "", "", warnings=warnings)
    for event, element in iter_elements(
        file, names=("xliff", "file", "skeleton", "unit", "trans-unit")
    ):
        kind = local_name(element)
        if kind == "xliff" and event == "start":
            known, languages = True, (element.get("srcLang", ""), element.get("trgLang", ""))
        elif kind == "file" and event == "start":
            source = element.get("source-language", languages[0])
            if not source:
                raise BadFile(_NO_LANGUAGE, f"line {element.sourceline}")
            title = element.get("original") or name
            target = element.get("target-language", languages[1])
            article = Article(title, _short(source), _short(target), warnings=warnings)
        elif kind == "skeleton" and event == "end":
            article = _with_documents(article, element)
        elif kind == "file":
            yield article, None
        elif event == "end" and kind == "unit":
            yield from ((article, segment) for segment in _segments(element, warnings))
        elif event == "end" and kind == "trans-unit":
            yield from ((article, segment) for segment in legacy_segments(element, warnings))
    if not known:
        raise BadFile(_NOT_XLIFF)


def _short(language: str) -> str:
    """The language without its region: "fr" for "fr-CA", and "" for a language that is not said."""
    code = language.replace("_", "-").split("-")[0].lower()
    return "" if code == "und" else code


def _with_documents(article: Article, skeleton: Any) -> Article:
    for document in skeleton:
        if local_name(document) == "document":
            text, name = inline_text(document).text, document.get("name", "")
            if document.get("side") == "source":
                article = replace(article, source=text, source_name=name)
            else:
                article = replace(article, target=text, target_name=name)
    return article


def _segments(unit: Any, warnings: Warnings) -> Iterator[Segment]:
    place = f"unit {unit.get('name') or unit.get('id', '')}"
    if unit.get("translate") == "no":
        warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    inside = [child for child in unit if local_name(child) == "segment"]
    more = len(unit) > len(inside)
    issues, matches, metas = (
        _issues(unit),
        _machine(unit) if more else None,
        read_metadata(unit) if more else Metadata(),
    )
    for number, element in enumerate(inside):
        parts = {local_name(child): tidy_text(child, place) for child in element}
        source, target = (
            parts.get("source", inline_text(None)),
            parts.get("target", inline_text(None)),
        )
        if not (source.text or target.text or issues or matches):
            continue
        own = len(inside) == 1
        segment = Segment(
            source=source.text,
            target=(matches or target).text,
            id=unit.get("name") or unit.get("id", "")
            if own
            else f"{unit.get('id', '')}.{number + 1}",
            status=_status(element),
            flags=_flags(issues, metas.flags, source.marks, (matches or target).marks, alone=own),
            corrections=tuple(parse_correction(values, place) for values in metas.corrections)
            if own
            else (),
        )
        if own:
            segment = add_places(segment, metas, place)
            if matches and target.text != segment.final:
                edited = Correction(before=segment.final, after=target.text, status="submitted")
                segment = replace(segment, corrections=(*segment.corrections, edited))
        if more and number == 0 and (notes := _foreign_notes(unit)):
            segment = replace(segment, flags=segment.flags + notes)
        yield segment


def _status(segment: Any) -> str:
    sub = segment.get("subState", "")
    return (
        sub.removeprefix("review:")
        if sub.startswith("review:")
        else _STATUS.get(segment.get("state", ""), "")
    )


def _machine(unit: Any) -> Any:
    """The machine's text with its marks, where an approved correction took its place."""
    for match in unit.iter("{*}match"):
        if match.get("id") == "machine":
            return next(
                (inline_text(child) for child in match if local_name(child) == "target"), None
            )
    return None


def _issues(unit: Any) -> dict[str, Flag]:
    """Every quality issue of the unit by its name, also those written at the mark itself."""
    found: dict[str, Flag] = {}
    for record in unit.findall(f"{_ITS}locQualityIssues"):
        for issue in record.iter(f"{_ITS}locQualityIssue"):
            values = (
                issue.get(f"locQualityIssue{key}", "") for key in ("Type", "Severity", "Comment")
            )
            found.setdefault(
                record.get("{http://www.w3.org/XML/1998/namespace}id", ""), its.parse_issue(*values)
            )
    for mark in unit.iter("{*}mrk", "{*}sm"):
        told = [
            mark.get(f"{_ITS}locQualityIssue{key}", "") for key in ("Type", "Severity", "Comment")
        ]
        if any(told):
            found[mark.get("id", "")] = its.parse_issue(*told)
    return found


def _flags(
    issues: dict[str, Flag],
    details: dict[str, dict[str, str]],
    source: Sequence[Mark],
    target: Sequence[Mark],
    *,
    alone: bool,
) -> tuple[Flag, ...]:
    """The issues as flags, each with the words that are marked with it."""
    flags = []
    for name, flag in issues.items():
        tidy_text = next((mark.span for mark in source if mark.issue == name), None)
        spans = [mark.span for mark in target if mark.issue == name]
        if not (alone or tidy_text or spans):
            continue  # the issue of another segment of the unit
        placed = replace(
            flag,
            source_span=tidy_text,
            target_span=next((span for span in spans if span.start < span.end), None),
            caret=next((span.start for span in spans if span.start == span.end), None),
        )
        flags.append(replace(placed, **flag_values(details.get(name, {}))))
    return tuple(flags)


def _foreign_notes(unit: Any) -> tuple[Flag, ...]:
    """Notes of others, as neutral flags: MQM's word for a remark."""
    notes = (note for child in unit if local_name(child) == "notes" for note in child)
    return tuple(
        Flag("", "neutral", comment=note.text or "", category=note.get("category", ""))
        for note in notes
        if note.get("category") != "review" and note.text
    )
