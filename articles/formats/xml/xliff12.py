"""Reading the trans-units of XLIFF 1.1 and 1.2, also those cut into segments (``seg-source``), as Trados (.sdlxliff)
and memoQ (.mqxliff) write them. What they propose from their memories (``alt-trans``) is passed over."""

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
    """The segments of a ``<trans-unit>``: one, or one a ``<mrk mtype="seg">``. Its notes become neutral flags."""
    place = f"unit {unit.get('id', '')}"
    children = {
        local_name(child): child
        for child in unit
        if local_name(child) in ("source", "seg-source", "target")
    }
    source, target = tidy_text(children.get("source"), place), children.get("target")
    if unit.get("translate") == "no":
        if source.text.strip():
            warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    done = unit.get("approved") == "yes" or (target is not None and target.get("state") in _DONE)
    status = "done" if done else "to_review"
    notes = tuple(
        Flag("", "neutral", comment=note.text or "", author=note.get("from", ""))
        for note in unit
        if local_name(note) == "note" and note.text
    )
    cut, there = _cut(children.get("seg-source")), _cut(target)
    whole = tidy_text(target, place).text
    if not cut or (
        whole.strip() and not there
    ):  # a target that is not cut belongs to the whole source
        if source.text or whole:
            yield Segment(
                source.text,
                whole,
                id=unit.get("resname") or unit.get("id", ""),
                status=status,
                flags=notes,
            )
        return
    said = {seg.get("id", ""): seg.get("conf", "") for seg in unit.iter("{*}seg")}
    for number, key in enumerate(dict.fromkeys([*cut, *there])):
        yield Segment(
            tidy_text(cut.get(key), place).text,
            tidy_text(there.get(key), place).text,
            id=f"{unit.get('id', '')}.{key}",
            status="done" if said.get(key) in _DONE else status,
            flags=notes if number == 0 else (),
        )


def _cut(element: Any) -> dict[str, Any]:
    """The segment marks inside ``element`` by their names."""
    if element is None:
        return {}
    return {
        mark.get("mid", ""): mark for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg"
    }
