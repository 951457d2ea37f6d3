"""Read the trans-units of XLIFF 1.1 and 1.2, as Trados (.sdlxliff) and memoQ (.mqxliff) write them.

A unit may be divided into segments (``seg-source``); words between these are segments, too.
Proposals from the memories of these tools (``alt-trans``) are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from articles.formats.interchange import BadFile, Flag, Segment
from articles.formats.xml.inline_markup import InlineText, inline_text, segment_texts, tidy_text
from articles.formats.xml.native_codes import UnitCodes
from articles.formats.xml.safe_xml import local_name
from articles.formats.xml.xliff_notes import Notes, memoq_comments
from articles.text.messages import gettext_noop as _

_DONE = {"final", "signed-off", "ApprovedTranslation", "ApprovedSignOff"}
NOT_TRANSLATED = _("a text that is marked as not to be translated is left out")
_NO_WORDS = inline_text(None)


def legacy_segments(unit: Any, notes: Notes, codes: UnitCodes) -> Iterator[Segment]:
    """Yield the segments of a ``<trans-unit>``: one, or one a ``<mrk mtype="seg">``.

    Its remarks become neutral flags of the first. ``codes`` take up its native codes.
    """
    place = f"unit {unit.get('id', '')}"
    children = {local_name(child): child for child in unit}
    source = tidy_text(children.get("source"), place, codes)
    target = tidy_text(children.get("target"), place, codes)
    if unit.get("translate") == "no":
        if source.text.strip():
            notes.warnings.add(BadFile(NOT_TRANSLATED, place))
        return
    status = _status(unit, children.get("target"))
    sources = _divided(children.get("seg-source"), place, codes)
    targets = _divided(children.get("target"), place, codes)
    # A target that is not divided belongs to the whole source.
    if not sources or (target.text.strip() and not targets):
        name = unit.get("resname") or unit.get("id", "")
        segments = [_segment(source, target, name, status, notes)]
    else:
        segments = list(_divided_segments(unit, sources, targets, status, notes))
    remarks = notes.remarks(unit, place) + memoq_comments(unit)
    yield from with_flows(_with_flags(segments, remarks), source.flows, target.flows)


def with_flows(
    segments: Iterable[Segment], sources: Iterable[str], targets: Iterable[str]
) -> Iterator[Segment]:
    """Yield the segments that have words, then the texts inside of codes, each with its own."""
    last = Segment("", "")
    for last in segments:
        if last.source or last.target or last.flags:
            yield last
    flows = zip_longest(sources, targets, fillvalue="")
    for number, (source, target) in enumerate(flows, start=1):
        yield Segment(source, target, id=f"{last.id}.sub{number}", status=last.status)


def _with_flags(segments: list[Segment], flags: tuple[Flag, ...]) -> list[Segment]:
    if segments and flags:
        segments[0] = replace(segments[0], flags=segments[0].flags + flags)
    return segments


def _segment(
    source: InlineText, target: InlineText, name: str, status: str, notes: Notes
) -> Segment:
    flags = notes.on_words(source, target)
    return Segment(source.text, target.text, id=name, status=status, flags=flags)


def _divided(element: Any, place: str, codes: UnitCodes) -> dict[str, InlineText]:
    if element is None:
        return {}
    return segment_texts(element, place, codes)


def _divided_segments(
    unit: Any,
    sources: dict[str, InlineText],
    targets: dict[str, InlineText],
    status: str,
    notes: Notes,
) -> Iterator[Segment]:
    """Yield a segment for each text in the source or the target."""
    done = _confirmed(unit)
    for key in _merged_order(sources, targets):
        yield _segment(
            sources.get(key, _NO_WORDS),
            targets.get(key, _NO_WORDS),
            f"{unit.get('id', '')}.{key}",
            "done" if key in done else status,
            notes,
        )


def _merged_order(sources: Iterable[str], targets: Iterable[str]) -> Iterator[str]:
    """Yield the names of both sides, those of the target alone after the name before them."""
    known = set(sources)
    following: dict[str, list[str]] = {}
    before = ""
    for key in targets:
        if key in known:
            before = key
        else:
            following.setdefault(before, []).append(key)
    yield from following.get("", ())
    for key in sources:
        yield key
        if key:
            yield from following.get(key, ())


def _status(unit: Any, target: Any) -> str:
    if unit.get("approved") == "yes":
        return "done"
    if target is not None and target.get("state") in _DONE:
        return "done"
    return "to_review"


def _confirmed(unit: Any) -> set[str]:
    """Return the names of the segments that Trados has as confirmed."""
    levels: dict[str, str] = {}
    for segment in unit.iter("{*}seg"):
        levels[segment.get("id", "")] = segment.get("conf", "")
    return {key for key, level in levels.items() if level in _DONE}
