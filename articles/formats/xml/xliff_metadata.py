"""Write and read what XLIFF has no element for, in its metadata module.

These are people, times, decisions, and places in the documents, in groups such as
``<mda:metaGroup category="review:flag" id="…">``, ``review:correction`` and ``review:place``, each
with a ``<mda:meta type="…">`` for every field that is not empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from articles.formats.interchange import BadFile, Correction, Flag, Segment, read_time
from articles.formats.xml.safe_xml import escape_content, local_name
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_WRONG = _("the metadata “%(field)s” cannot be understood")
_FLAG = ("type", "severity", "comment", "author", "time", "status", "category")
_CORRECTION = (
    "before",
    "after",
    "status",
    "author",
    "submitted",
    "decided_by",
    "decided",
    "reason",
    "cause",
)


_CORRECTION_TEXTS = ("before", "after", "status", "author", "decided_by", "reason", "cause")


@dataclass(slots=True)
class Metadata:
    """The metadata of a unit: fields of flags by name, of corrections in order, and of places."""

    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: list[dict[str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)


def write_metadata(segment: Segment, key: str) -> str:
    """Return the segment's metadata as XML; its flags are called ``key-0``, ``key-1`` and so on."""
    groups = ""
    places = _places(segment)
    if places:
        groups += _group("place", "", places)
    for number, flag in enumerate(segment.flags):
        groups += _group("flag", f' id="{key}-{number}"', _fields(flag, _FLAG))
    for correction in segment.corrections:
        groups += _group("correction", "", _fields(correction, _CORRECTION))
    if not groups:
        return ""
    return f"<mda:metadata>{groups}</mda:metadata>\n"


def _places(segment: Segment) -> list[tuple[str, str]]:
    """Return where the segment stands in the documents, and its score where that is not 1."""
    places = []
    for side, span in (("source", segment.source_span), ("target", segment.target_span)):
        if span is not None:
            places.append((side, f"{span.start} {span.end}"))
    if segment.score != 1:
        places.append(("score", repr(segment.score)))
    return places


def _fields(record: Flag | Correction, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(record, name)
        if isinstance(value, datetime):
            value = value.isoformat()
        if value:
            yield name, value


def _group(category: str, name: str, fields: Iterable[tuple[str, str]]) -> str:
    metas = ""
    for key, value in fields:
        metas += f'<mda:meta type="{key}">{escape_content(value)}</mda:meta>'
    return f'<mda:metaGroup category="review:{category}"{name}>{metas}</mda:metaGroup>'


def read_metadata(unit: Any) -> Metadata:
    """Return the metadata of a unit; those of other tools are ignored."""
    metadata = Metadata()
    for module in unit:
        if local_name(module) != "metadata":
            continue
        for group in module:
            if local_name(group) == "metaGroup":
                _read_group(group, metadata)
    return metadata


def _read_group(group: Any, metadata: Metadata) -> None:
    values: dict[str, str] = {}
    for meta in group:
        if local_name(meta) == "meta":
            values[meta.get("type", "")] = meta.text or ""
    category = group.get("category", "")
    if category == "review:flag":
        metadata.flags[group.get("id", "")] = values
    elif category == "review:correction":
        metadata.corrections.append(values)
    elif category == "review:place":
        metadata.places = values


def flag_values(values: dict[str, str], place: str = "") -> dict[str, Any]:
    """Return the fields of a flag that its metadata give. Raises BadFile for an invalid time."""
    found: dict[str, Any] = {}
    for key in _FLAG:
        if key in values:
            found[key] = values[key]
    if "time" in found:
        found["time"] = _time(values, "time", place)
    return found


def parse_correction(values: dict[str, str], place: str) -> Correction:
    """Return the correction that the metadata describe. Raises BadFile for an invalid time."""
    fields: dict[str, Any] = {key: values.get(key, "") for key in _CORRECTION_TEXTS}
    if not fields["status"]:
        fields["status"] = "submitted"
    for key in ("submitted", "decided"):
        if key in values:
            fields[key] = _time(values, key, place)
    return Correction(**fields)


def add_places(segment: Segment, metadata: Metadata, place: str) -> Segment:
    """Return the segment with its places and its score. Raises BadFile for invalid numbers."""
    for key, value in metadata.places.items():
        try:
            if key == "score":
                segment = replace(segment, score=float(value))
            elif key == "source":
                segment = replace(segment, source_span=_span(value))
            else:
                segment = replace(segment, target_span=_span(value))
        except ValueError as problem:
            raise BadFile(_WRONG, place, field=key) from problem
    return segment


def _span(text: str) -> Span:
    start, end = map(int, text.split())
    return Span(start, end)


def _time(values: dict[str, str], key: str, place: str) -> datetime:
    try:
        return read_time(values[key])
    except ValueError as problem:
        raise BadFile(_WRONG, place, field=key) from problem
