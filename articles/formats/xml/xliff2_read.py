"""Read XLIFF 1.2, 2.0, 2.1 and 2.2: ours, with all that xliff2.py wrote, and those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from articles.formats.interchange import (
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    Warnings,
    group_segments,
)
from articles.formats.xml import its
from articles.formats.xml.inline_markup import InlineText, Mark, inline_text, tidy_text
from articles.formats.xml.native_codes import ReadUnit, UnitCodes, file_to_keep
from articles.formats.xml.safe_xml import iter_elements, local_name
from articles.formats.xml.xliff12 import NOT_TRANSLATED, legacy_segments
from articles.formats.xml.xliff_metadata import (
    Metadata,
    add_places,
    flag_values,
    parse_correction,
    read_metadata,
)
from articles.formats.xml.xliff_notes import Notes, trados_comments
from articles.text.codes import without_tokens
from articles.text.document import Span
from articles.text.language_tags import language_of, regional_tag
from articles.text.messages import gettext_noop as _

_NO_LANGUAGE = _("the file does not say what its source language is")
_NOT_XLIFF = _("this is XML, but not XLIFF 1.2 or 2")
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ITS = "{http://www.w3.org/2005/11/its}"
_WORD = re.compile(r"\w")
_OWN = "urn:translation-review:document"
"""A namespace of the files that this site writes: there is nothing to put back into them."""
_STATUS = {
    "initial": "to_review",
    "translated": "to_review",
    "reviewed": "to_review",
    "final": "done",
}


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Yield the articles of an XLIFF file, one a ``<file>``; their segments stream.

    Raises BadFile with the unit or line.
    """
    return group_segments(_rows(file, name))


class _Reader:
    """Read one file: ``article`` is the one that it is at, ``root`` the file's first element."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.page = b""
        self.warnings = Warnings()
        self.notes = Notes(self.warnings)
        self.originals: dict[str, str] = {}
        self.article = Article(name, "", "", warnings=self.warnings)

    def begin(self, element: Any) -> None:
        """Take up what the start of an element says."""
        kind = local_name(element)
        if kind == "xliff":
            self.root = element
            if _OWN in element.nsmap.values():
                self.page = b""
        elif kind == "file":
            article = _article(element, self.root, self.name, self.warnings)
            self.article = replace(article, page=self.page)
            self.notes.begin_file(element)

    def end(self, element: Any, codes: UnitCodes) -> Iterator[Segment | None]:
        """Yield the segments of an element, and None at the end of a file."""
        kind = local_name(element)
        if kind == "skeleton":
            self.article = _with_documents(self.article, element)
        elif kind == "file":
            yield None
        elif kind == "cmt-def":
            self.notes.comments[element.get("id", "")] = trados_comments(element)
        elif kind == "tag":
            self.originals[element.get("id", "")] = "".join(element.itertext()).strip()
        else:
            yield from _unit_segments(element, self.notes, codes)


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    """Yield each segment with its article, and each article once without a segment."""
    for article, _codes, segments in read_units(file, name):
        for segment in segments:
            yield article, segment


def read_units(file: BinaryIO, name: str) -> Iterator[ReadUnit]:
    """Yield the units of the file, each to be read before the next is asked for.

    What is no unit, such as the end of a ``<file>``, has no ``codes``. Raises BadFile.
    """
    reader = _Reader(name)
    reader.page = file_to_keep(file)
    names = ("xliff", "file", "skeleton", "cmt-def", "tag", "unit", "trans-unit")
    for event, element in iter_elements(file, names=names):
        if event == "start":
            reader.begin(element)
            continue
        codes = UnitCodes(element, reader.originals)
        segments = list(reader.end(element, codes))
        is_unit = local_name(element) in ("unit", "trans-unit")
        yield ReadUnit(reader.article, codes if is_unit else None, segments)
    if reader.root is None:
        raise BadFile(_NOT_XLIFF)


def _unit_segments(element: Any, notes: Notes, codes: UnitCodes) -> Iterator[Segment]:
    """Return the segments of a unit of XLIFF 2 or 1.2; none for another element."""
    kind = local_name(element)
    if kind == "unit":
        return _segments(element, notes, codes)
    if kind == "trans-unit":
        return legacy_segments(element, notes, codes)
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
    return Article(
        title,
        language_of(source),
        language_of(target),
        source_tag=regional_tag(source),
        target_tag=regional_tag(target),
        warnings=warnings,
    )


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
    notes: Notes
    issues: dict[str, Flag]
    codes: UnitCodes
    machine: InlineText | None = None
    metadata: Metadata = Metadata()
    remarks: tuple[Flag, ...] = ()


def _details(unit: Any, place: str, notes: Notes, codes: UnitCodes, *, has_more: bool) -> _Details:
    issues = _issues(unit)
    if not has_more:
        return _Details(place, notes, issues, codes)
    codes.originals = _originals(unit)
    return _Details(
        place,
        notes,
        issues,
        codes,
        _machine(unit, codes),
        read_metadata(unit),
        _foreign_notes(unit, notes, place),
    )


def _segments(unit: Any, notes: Notes, codes: UnitCodes) -> Iterator[Segment]:
    """Yield the segments of a ``<unit>`` that have words, and what it holds between them."""
    place = f"unit {unit.get('name') or unit.get('id', '')}"
    if unit.get("translate") == "no":
        notes.warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    elements = [child for child in unit if local_name(child) in ("segment", "ignorable")]
    # Most units hold segments alone: nothing else is looked for in these.
    has_more = len(unit) > len(elements)
    details = _details(unit, place, notes, codes, has_more=has_more)
    alone = sum(1 for child in elements if local_name(child) == "segment") == 1
    remarks = details.remarks
    number = 0
    for element in elements:
        is_segment = local_name(element) == "segment"
        number += is_segment
        segment = _segment_of(unit, element, number, details, alone=alone)
        if segment is None:
            continue
        if is_segment:
            segment = replace(segment, flags=segment.flags + remarks)
            remarks = ()
        yield segment


def _segment_of(
    unit: Any, element: Any, number: int, details: _Details, *, alone: bool
) -> Segment | None:
    """Return a ``<segment>`` or ``<ignorable>`` of a unit; None for one without words."""
    texts = {}
    for child in element:
        texts[local_name(child)] = tidy_text(child, details.place, details.codes)
    source = texts.get("source", _NO_WORDS)
    target = texts.get("target", _NO_WORDS)
    name = f"{unit.get('id', '')}.{number}"
    if local_name(element) == "ignorable":
        if _WORD.search(without_tokens(source.text + target.text)):
            return Segment(source.text, target.text, id=f"{name}+")
        return None
    if not any((source.text, target.text, details.issues, details.machine)):
        return None
    if alone:
        segment = _only_segment(unit, source, target, details)
    else:
        segment = _segment(name, source, target, details, alone=False)
    marked = details.notes.on_words(source, target)
    return replace(segment, status=_status(element), flags=segment.flags + marked)


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


def _machine(unit: Any, codes: UnitCodes) -> InlineText | None:
    """Return the machine's text with its marks, where an approved correction took its place."""
    for match in unit.iter("{*}match"):
        if match.get("id") == "machine":
            targets = [child for child in match if local_name(child) == "target"]
            return inline_text(targets[0], "", codes) if targets else None
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


def _foreign_notes(unit: Any, notes: Notes, place: str) -> tuple[Flag, ...]:
    """Return the remarks of others as neutral flags; ours only repeat our flags in words.

    A note that a mark refers to is on the words of the mark.
    """
    referred = set()
    for mark in unit.iter("{*}mrk", "{*}sm"):
        name = mark.get("ref", "").rpartition("=")[2].removeprefix("#")
        referred.add(name)
        notes.comments.pop(name, None)  # that of another unit
    flags = []
    for child in unit:
        if local_name(child) != "notes":
            continue
        for note in child:
            flag = None
            if note.get("category", "") != "review":
                flag = notes.remark(note, place)
            if flag is None:
                continue
            name = note.get("id", "")
            if name and name in referred:
                notes.comments[name] = (flag,)
            else:
                flags.append(flag)
    return tuple(flags)


def _originals(unit: Any) -> dict[str, str]:
    """Return the contents of the unit's codes by their names."""
    return {data.get("id", ""): inline_text(data).text for data in unit.iter("{*}data")}
