"""Reading the trans-units of XLIFF 1.1 and 1.2, also those cut into segments (``seg-source``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles.formats.exchange import Flag, Segment
from articles.formats.inline import flat
from articles.formats.xml import local

_DONE = {"final", "signed-off"}


def legacy_segments(unit: Any) -> Iterator[Segment]:
    """The segments of a ``<trans-unit>``: one, or one a ``<mrk mtype="seg">``. Its notes become neutral flags."""
    place = f"unit {unit.get('id', '')}"
    children = {local(child): child for child in unit if local(child) in ("source", "seg-source", "target")}
    source, target = children.get("source"), children.get("target")
    done = unit.get("approved") == "yes" or (target is not None and target.get("state") in _DONE)
    status = "done" if done else "to_review"
    notes = tuple(
        Flag("", "neutral", comment=note.text or "", author=note.get("from", ""))
        for note in unit
        if local(note) == "note" and note.text
    )
    cut, there = _cut(children.get("seg-source")), _cut(target)
    if not cut:
        words = flat(source, place).text, flat(target, place).text
        if any(words):
            yield Segment(*words, id=unit.get("resname") or unit.get("id", ""), status=status, flags=notes)
        return
    for number, (key, element) in enumerate(cut.items()):
        words = flat(element, place).text, flat(there.get(key), place).text
        yield Segment(*words, id=f"{unit.get('id', '')}.{key}", status=status, flags=notes if number == 0 else ())


def _cut(element: Any) -> dict[str, Any]:
    """The segment marks inside ``element`` by their names."""
    if element is None:
        return {}
    return {mark.get("mid", ""): mark for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg"}
