"""What XLIFF has no word for, in its metadata module: people, times, decisions, and places in the documents.

``<mda:metaGroup category="review:flag" id="…">``, ``review:correction`` and ``review:place``, each with a
``<mda:meta type="…">`` for every field that is not empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from articles.formats.interchange import BadFile, Correction, Segment
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


@dataclass(slots=True)
class Metadata:
    """The metadata of one unit: fields of flags by the flag's name, of corrections in order, and of places."""

    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: list[dict[str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)


def write_metadata(segment: Segment, key: str) -> str:
    """The segment's metadata as XML; flags are called ``key-0``, ``key-1`` and so on."""
    pieces = []
    place = [
        (side, f"{span.start} {span.end}") for side, span in _spans(segment) if span is not None
    ]
    if segment.score != 1:
        place.append(("score", repr(segment.score)))
    if place:
        pieces.append(_group("place", "", place))
    for number, flag in enumerate(segment.flags):
        pieces.append(_group("flag", f' id="{key}-{number}"', _fields(flag, _FLAG)))
    pieces += [_group("correction", "", _fields(each, _CORRECTION)) for each in segment.corrections]
    return f"<mda:metadata>{''.join(pieces)}</mda:metadata>\n" if pieces else ""


def _spans(segment: Segment) -> tuple[tuple[str, Span | None], ...]:
    return ("source", segment.source_span), ("target", segment.target_span)


def _fields(record: Any, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(record, name)
        if value:
            yield name, value.isoformat() if isinstance(value, datetime) else value


def _group(category: str, name: str, fields: Iterable[tuple[str, str]]) -> str:
    metas = "".join(
        f'<mda:meta type="{key}">{escape_content(value)}</mda:meta>' for key, value in fields
    )
    return f'<mda:metaGroup category="review:{category}"{name}>{metas}</mda:metaGroup>'


def read_metadata(unit: Any) -> Metadata:
    """The metadata of a unit; whatever is not ours is passed over."""
    metas = Metadata()
    for metadata in unit:
        if local_name(metadata) == "metadata":
            for group in metadata:
                values = {
                    meta.get("type", ""): meta.text or ""
                    for meta in group
                    if local_name(meta) == "meta"
                }
                category = group.get("category", "") if local_name(group) == "metaGroup" else ""
                if category == "review:flag":
                    metas.flags[group.get("id", "")] = values
                elif category == "review:correction":
                    metas.corrections.append(values)
                elif category == "review:place":
                    metas.places = values
    return metas


def flag_values(values: dict[str, str], place: str = "") -> dict[str, Any]:
    """The fields of a flag that ``values`` gives."""
    found: dict[str, Any] = {key: values[key] for key in _FLAG if key in values}
    return found | {"time": _time(values, "time", place)} if "time" in found else found


def parse_correction(values: dict[str, str], place: str) -> Correction:
    """The correction that ``values`` tells. Raises BadFile for a time that is none."""
    texts = {key: values.get(key, "") for key in _CORRECTION if key not in ("submitted", "decided")}
    times = {key: _time(values, key, place) for key in ("submitted", "decided") if key in values}
    return Correction(**(texts | {"status": texts["status"] or "submitted"}), **times)  # type: ignore[arg-type]  # each key has its own type


def add_places(segment: Segment, metas: Metadata, place: str) -> Segment:
    """The segment with its places in the documents and its score. Raises BadFile for numbers that are none."""
    for key, value in metas.places.items():
        try:
            if key == "score":
                segment = replace(segment, score=float(value))
                continue
            start, end = map(int, value.split())
            if key == "source":
                segment = replace(segment, source_span=Span(start, end))
            else:
                segment = replace(segment, target_span=Span(start, end))
        except ValueError as problem:
            raise BadFile(_WRONG, place, field=key) from problem
    return segment


def _time(values: dict[str, str], key: str, place: str) -> datetime:
    try:
        return datetime.fromisoformat(values[key])
    except ValueError as problem:
        raise BadFile(_WRONG, place, field=key) from problem
