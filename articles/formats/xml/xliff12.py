"""Read the trans-units of XLIFF 1.1 and 1.2, as Trados (.sdlxliff) and memoQ (.mqxliff) write them.

A unit may be divided into segments (``seg-source``). Proposals from the memories of these tools
(``alt-trans``) are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles.formats.interchange import BadFile, Flag, Segment, Warnings
from articles.formats.xml.inline_markup import tidy_text
from articles.formats.xml.safe_xml import local_name
from articles.text.messages import gettext_noop as _

_DONE = {"final", "signed-off", "ApprovedTranslation", "ApprovedSignOff"}
NOT_TRANSLATED = _("a text that is marked as not to be translated is left out")


def legacy_segments(unit: Any, warnings: Warnings) -> Iterator[Segment]:
    """Yield the segments of a ``<trans-unit>``: one, or one a ``<mrk mtype="seg">``.

    Its notes become neutral flags of the first.
    """
    place = f"unit {unit.get('id', '')}"
    children = {local_name(child): child for child in unit}
    source = tidy_text(children.get("source"), place).text
    target = children.get("target")
    if unit.get("translate") == "no":
        if source.strip():
            warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    status = _status(unit, target)
    notes = _notes(unit)
    source_marks = _segment_marks(children.get("seg-source"))
    target_marks = _segment_marks(target)
    whole = tidy_text(target, place).text
    # A target that is not divided belongs to the whole source.
    if not source_marks or (whole.strip() and not target_marks):
        if source or whole:
            name = unit.get("resname") or unit.get("id", "")
            yield Segment(source, whole, id=name, status=status, flags=notes)
        return
    yield from _divided_segments(unit, source_marks, target_marks, status, notes)


def _divided_segments(
    unit: Any,
    source_marks: dict[str, Any],
    target_marks: dict[str, Any],
    status: str,
    notes: tuple[Flag, ...],
) -> Iterator[Segment]:
    """Yield a segment for each mark in the source or the target."""
    place = f"unit {unit.get('id', '')}"
    done = _confirmed(unit)
    for key in dict.fromkeys([*source_marks, *target_marks]):
        yield Segment(
            tidy_text(source_marks.get(key), place).text,
            tidy_text(target_marks.get(key), place).text,
            id=f"{unit.get('id', '')}.{key}",
            status="done" if key in done else status,
            flags=notes,
        )
        notes = ()


def _status(unit: Any, target: Any) -> str:
    if unit.get("approved") == "yes":
        return "done"
    if target is not None and target.get("state") in _DONE:
        return "done"
    return "to_review"


def _notes(unit: Any) -> tuple[Flag, ...]:
    flags = []
    for note in unit:
        if local_name(note) == "note" and note.text:
            flags.append(Flag("", "neutral", comment=note.text, author=note.get("from", "")))
    return tuple(flags)


def _confirmed(unit: Any) -> set[str]:
    """Return the names of the segments that Trados has as confirmed."""
    levels: dict[str, str] = {}
    for segment in unit.iter("{*}seg"):
        levels[segment.get("id", "")] = segment.get("conf", "")
    return {key for key, level in levels.items() if level in _DONE}


def _segment_marks(element: Any) -> dict[str, Any]:
    """Return the segment marks inside ``element`` by their names."""
    marks: dict[str, Any] = {}
    if element is None:
        return marks
    for mark in element.iter("{*}mrk"):
        if mark.get("mtype") == "seg":
            marks[mark.get("mid", "")] = mark
    return marks
