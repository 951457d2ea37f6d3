"""Write XLIFF 2.1 with the W3C's quality-issue marks; read XLIFF 1.2, 2.0, 2.1 and 2.2.

A segment is a unit. ``<target>`` is the text as it goes to print; where that is an approved
correction, the machine's text stands in a match called "machine". A flag is an ITS locQualityIssue:
its words are marked in source and target, an empty mark is a place where words are missing. What
XLIFF has no element for (people, times, places in the documents) stands in the metadata module;
both documents and the article's key are the skeleton. Change tracking exists in 2.0 only, so
corrections are metadata, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

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
from articles.formats.xml.inline_markup import InlineText, Mark, inline_text, tidy_text
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

_CODE = '<cp hex="%04X"/>'
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ITS = "{http://www.w3.org/2005/11/its}"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" srcLang="%s" trgLang="%s"'
    ' xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its"'
    ' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
    ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
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
    """Yield the articles as one XLIFF 2.1 file, in pieces.

    Raises ValueError for no article, or for several language pairs.
    """
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


def _escape(text: str) -> str:
    return escape_content(text, strange=_CODE)


def _skeleton(article: Article) -> str:
    """Return key and documents as the file's skeleton, and a note that says what it holds."""
    documents = ""
    if article.key:
        documents = f'<r:article key="{escape_attribute(article.key)}"/>'
    documents += _document("source", article.source_name, article.source)
    documents += _document("target", article.target_name, article.target)
    text = ""
    if documents:
        text = f"<skeleton>{documents}</skeleton>\n"
    if article.held:
        text += f"<notes><note>{escape_content(article.held)}</note></notes>\n"
    return text


def _document(side: str, name: str, text: str) -> str:
    if not (text or name):
        return ""
    attributes = f'side="{side}" name="{escape_attribute(name)}"'
    return f"<r:document {attributes}>{_escape(text)}</r:document>"


def _unit(segment: Segment, key: str) -> str:
    """Return the segment as a unit; ``key`` is a part of all its names."""
    issues = ""
    for number, flag in enumerate(segment.flags):
        issues += _issue(flag, f"q{key}-{number}")
    source_marks, target_marks = _flag_marks(segment, key)
    source = _marked(segment.source, source_marks, "s")
    target = _marked(segment.target, target_marks, "t")
    match = ""
    provenance = ""
    attributes = f'id="u{key}"'
    if segment.id:
        attributes += f' name="{escape_attribute(segment.id)}"'
    attributes += ' xml:space="preserve"'
    approved = segment.approved
    if approved:
        match = _match(segment.source, target)
        target = _escape(approved.after)
        provenance = _provenance(approved, f"p{key}")
        if provenance:
            attributes += f' its:provenanceRecordsRef="#p{key}"'
    state = ""
    if segment.status in _STATES:
        state = f' state="{_STATES[segment.status]}" subState="review:{segment.status}"'
    metadata = write_metadata(segment, f"q{key}")
    return (
        f"<unit {attributes}>\n{issues}{provenance}{match}{metadata}{_notes(segment)}"
        f'<segment id="s"{state}><source>{source}</source>'
        f"<target>{target}</target></segment>\n</unit>\n"
    )


def _issue(flag: Flag, name: str) -> str:
    return (
        f'<its:locQualityIssues xml:id="{name}">'
        f'<its:locQualityIssue locQualityIssueType="{its.issue_type(flag)}"'
        f' locQualityIssueSeverity="{its.SEVERITIES[flag.severity]}"'
        f' locQualityIssueComment="{escape_attribute(its.describe_flag(flag))}"/>'
        "</its:locQualityIssues>\n"
    )


def _flag_marks(segment: Segment, key: str) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of the flags in the source and in the target."""
    source: list[Mark] = []
    target: list[Mark] = []
    for number, flag in enumerate(segment.flags):
        name = f"q{key}-{number}"
        if flag.source_span:
            source.append(Mark(flag.source_span, name))
        if flag.target_span:
            target.append(Mark(flag.target_span, name))
        if flag.caret is not None:
            target.append(Mark(Span(flag.caret, flag.caret), name))
    return source, target


def _match(source: str, target: str) -> str:
    """Return the machine's text, ``target`` as XML, as a match."""
    return (
        '<mtc:matches><mtc:match id="machine" ref="#s" type="mt">'
        f"<source>{_escape(source)}</source><target>{target}</target>"
        "</mtc:match></mtc:matches>\n"
    )


def _provenance(correction: Correction, name: str) -> str:
    """Return the people who wrote and approved the correction as ITS provenance, "" for none."""
    records = ""
    for person in (correction.author, correction.decided_by):
        if person:
            records += f'<its:provenanceRecord revPerson="{escape_attribute(person)}"/>'
    if not records:
        return ""
    return f'<its:provenanceRecords xml:id="{name}">{records}</its:provenanceRecords>\n'


def _notes(segment: Segment) -> str:
    """Return the flags and decisions in words, for tools that show only notes."""
    sentences = []
    for flag in segment.flags:
        sentence = its.describe_flag(flag)
        if flag.author:
            sentence += f" — {flag.author}"
        sentences.append(sentence)
    for correction in segment.corrections:
        if correction.reason:
            decision = f"{correction.status}: {correction.reason}"
            sentences.append(f"{decision} — {correction.decided_by}")
    if not sentences:
        return ""
    notes = [f'<note category="review">{escape_content(each)}</note>' for each in sentences]
    return f"<notes>{''.join(notes)}</notes>\n"


def _marked(text: str, marks: Sequence[Mark], prefix: str) -> str:
    """Return the text with its marks as XML; their names begin with ``prefix``."""
    if not marks:
        return _escape(text)
    pieces: list[str] = []
    at = 0
    for place, _rank, tag in sorted(_tags(marks, prefix), key=lambda each: each[:2]):
        pieces += [_escape(text[at:place]), tag]
        at = place
    pieces.append(_escape(text[at:]))
    return "".join(pieces)


def _tags(marks: Sequence[Mark], prefix: str) -> list[tuple[int, int, str]]:
    """Return the (place, rank, tag) of the marks; at one place, end tags come first.

    The tags are ``<mrk>`` around the words, or ``<sm/>`` and ``<em/>`` at their ends where marks
    cross, since elements cannot.
    """
    filled = sorted(mark.span for mark in marks if mark.span.start < mark.span.end)
    crossing = any(second.start < first.end for first, second in itertools.pairwise(filled))
    tags: list[tuple[int, int, str]] = []
    for number, (span, issue) in enumerate(marks):
        name = f"{prefix}{number}"
        attributes = f'id="{name}" type="its:generic" its:locQualityIssuesRef="#{issue}"'
        start = f"<mrk {attributes}>"
        end = "</mrk>"
        if crossing:
            start = f"<sm {attributes}/>"
            end = f'<em startRef="{name}"/>'
        if span.start == span.end:
            tags.append((span.start, 1, start + end))
        else:
            tags.append((span.start, 2, start))
            tags.append((span.end, 0, end))
    return tags


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Yield the articles of an XLIFF file, one a ``<file>``; their segments stream.

    Raises BadFile with the unit or line.
    """
    return group_segments(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    """Yield each segment with its article, and each article once without a segment."""
    warnings = Warnings()
    root: Any = None
    article = Article(name, "", "", warnings=warnings)
    names = ("xliff", "file", "skeleton", "unit", "trans-unit")
    for event, element in iter_elements(file, names=names):
        kind = local_name(element)
        if event == "start":
            if kind == "xliff":
                root = element
            elif kind == "file":
                article = _article(element, root, name, warnings)
        elif kind == "skeleton":
            article = _with_documents(article, element)
        elif kind == "file":
            yield article, None
        else:
            for segment in _unit_segments(element, warnings):
                yield article, segment
    if root is None:
        raise BadFile(_NOT_XLIFF)


def _unit_segments(element: Any, warnings: Warnings) -> Iterator[Segment]:
    """Return the segments of a unit of XLIFF 2 or 1.2; none for another element."""
    kind = local_name(element)
    if kind == "unit":
        return _segments(element, warnings)
    if kind == "trans-unit":
        return legacy_segments(element, warnings)
    return iter(())


def _article(element: Any, root: Any, name: str, warnings: Warnings) -> Article:
    """Return the article of a ``<file>``; XLIFF 2 names the languages in the root element."""
    source = ""
    target = ""
    if root is not None:
        source = root.get("srcLang", "")
        target = root.get("trgLang", "")
    source = element.get("source-language", source)
    target = element.get("target-language", target)
    if not source:
        raise BadFile(_NO_LANGUAGE, f"line {element.sourceline}")
    title = element.get("original") or name
    return Article(title, _short(source), _short(target), warnings=warnings)


def _short(language: str) -> str:
    """Return the language without its region: "fr" for "fr-CA", "" for an unknown one."""
    code = language.replace("_", "-").split("-")[0].lower()
    if code == "und":
        return ""
    return code


def _with_documents(article: Article, skeleton: Any) -> Article:
    for document in skeleton:
        kind = local_name(document)
        if kind == "article":
            article = replace(article, key=document.get("key", ""))
        elif kind == "document":
            text = inline_text(document).text
            name = document.get("name", "")
            if document.get("side") == "source":
                article = replace(article, source=text, source_name=name)
            else:
                article = replace(article, target=text, target_name=name)
    return article


class _Details(NamedTuple):
    """What a unit holds beside its segments; ``machine`` is the text that was corrected."""

    place: str
    issues: dict[str, Flag]
    machine: InlineText | None
    metadata: Metadata


def _details(unit: Any, place: str, *, has_more: bool) -> _Details:
    issues = _issues(unit)
    if not has_more:
        return _Details(place, issues, None, Metadata())
    return _Details(place, issues, _machine(unit), read_metadata(unit))


def _segments(unit: Any, warnings: Warnings) -> Iterator[Segment]:
    """Yield the segments of a ``<unit>`` that have words."""
    place = f"unit {unit.get('name') or unit.get('id', '')}"
    if unit.get("translate") == "no":
        warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    elements = [child for child in unit if local_name(child) == "segment"]
    has_more = len(unit) > len(elements)
    details = _details(unit, place, has_more=has_more)
    for number, element in enumerate(elements, start=1):
        texts = {local_name(child): tidy_text(child, place) for child in element}
        source = texts.get("source", _NO_WORDS)
        target = texts.get("target", _NO_WORDS)
        if not any((source.text, target.text, details.issues, details.machine)):
            continue
        if len(elements) == 1:
            segment = _only_segment(unit, source, target, details)
        else:
            name = f"{unit.get('id', '')}.{number}"
            segment = _segment(name, source, target, details, alone=False)
        segment = replace(segment, status=_status(element))
        if number == 1:
            segment = replace(segment, flags=segment.flags + _foreign_notes(unit))
        yield segment


_NO_WORDS = inline_text(None)


def _segment(
    name: str, source: InlineText, target: InlineText, details: _Details, *, alone: bool
) -> Segment:
    target = details.machine or target
    flags = _flags(details.issues, details.metadata.flags, source.marks, target.marks, alone=alone)
    return Segment(source=source.text, target=target.text, id=name, flags=flags)


def _only_segment(unit: Any, source: InlineText, target: InlineText, details: _Details) -> Segment:
    """Return the segment of a unit that has no other: the metadata are about this one.

    A target that differs from our correction was edited in another tool; it is a new correction.
    """
    name = unit.get("name") or unit.get("id", "")
    segment = _segment(name, source, target, details, alone=True)
    corrections = []
    for values in details.metadata.corrections:
        corrections.append(parse_correction(values, details.place))
    segment = replace(segment, corrections=tuple(corrections))
    segment = add_places(segment, details.metadata, details.place)
    if details.machine and target.text != segment.final:
        edited = Correction(before=segment.final, after=target.text, status="submitted")
        segment = replace(segment, corrections=(*segment.corrections, edited))
    return segment


def _status(segment: Any) -> str:
    sub_state = str(segment.get("subState", ""))
    if sub_state.startswith("review:"):
        return sub_state.removeprefix("review:")
    return _STATUS.get(segment.get("state", ""), "")


def _machine(unit: Any) -> InlineText | None:
    """Return the machine's text with its marks, where an approved correction took its place."""
    for match in unit.iter("{*}match"):
        if match.get("id") == "machine":
            targets = [child for child in match if local_name(child) == "target"]
            return inline_text(targets[0]) if targets else None
    return None


def _issues(unit: Any) -> dict[str, Flag]:
    """Return every quality issue of the unit by its name, also those at the mark itself."""
    found: dict[str, Flag] = {}
    for record in unit.findall(f"{_ITS}locQualityIssues"):
        for issue in record.iter(f"{_ITS}locQualityIssue"):
            values = _issue_values(issue, "locQualityIssue")
            found.setdefault(record.get(_ID, ""), its.parse_issue(*values))
    for mark in unit.iter("{*}mrk", "{*}sm"):
        values = _issue_values(mark, f"{_ITS}locQualityIssue")
        if any(values):
            found[mark.get("id", "")] = its.parse_issue(*values)
    return found


def _issue_values(element: Any, prefix: str) -> tuple[str, str, str]:
    """Return the type, the severity and the comment of an issue, "" for what is not there."""
    issue_type = element.get(f"{prefix}Type", "")
    severity = element.get(f"{prefix}Severity", "")
    comment = element.get(f"{prefix}Comment", "")
    return issue_type, severity, comment


def _flags(
    issues: dict[str, Flag],
    details: dict[str, dict[str, str]],
    source: Sequence[Mark],
    target: Sequence[Mark],
    *,
    alone: bool,
) -> tuple[Flag, ...]:
    """Return the issues as flags, each with the words that are marked with it.

    ``alone`` says that the unit has no other segment to which an unmarked issue could belong.
    """
    flags = []
    for name, flag in issues.items():
        flag = _located(flag, name, source, target)
        if alone or not flag.needs_locating:
            flags.append(replace(flag, **flag_values(details.get(name, {}))))
    return tuple(flags)


def _located(flag: Flag, name: str, source: Sequence[Mark], target: Sequence[Mark]) -> Flag:
    """Return the flag with its words; the first empty mark in the target is its caret."""
    source_span: Span | None = None
    target_span: Span | None = None
    caret: int | None = None
    for mark in source:
        if mark.issue == name:
            source_span = mark.span
            break
    for mark in target:
        if mark.issue != name:
            continue
        start, end = mark.span
        if start == end:
            if caret is None:
                caret = start
        elif target_span is None:
            target_span = mark.span
    return replace(flag, source_span=source_span, target_span=target_span, caret=caret)


def _foreign_notes(unit: Any) -> tuple[Flag, ...]:
    """Return the notes of others as neutral flags, which are MQM's remarks."""
    flags = []
    for child in unit:
        if local_name(child) != "notes":
            continue
        for note in child:
            category = note.get("category", "")
            if note.text and category != "review":
                flags.append(Flag("", "neutral", comment=note.text, category=category))
    return tuple(flags)
