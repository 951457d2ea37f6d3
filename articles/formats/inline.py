"""The words of an XML element with mark-up inside, and where the marks stand in them (XLIFF 1.2, 2; TMX)."""

from __future__ import annotations

from typing import Any, NamedTuple

from articles.checks.registry import gettext_noop as _
from articles.formats.exchange import BadFile
from articles.formats.xml import local
from articles.text.document import Span

_ISSUES = "{http://www.w3.org/2005/11/its}locQualityIssuesRef"
_ISSUE = "{http://www.w3.org/2005/11/its}locQualityIssueType"
_NOT_A_CHARACTER = _("“%(hex)s” is not the number of a character")
_CODES = {"ph", "bpt", "ept", "it", "ut", "sub", "x", "bx", "ex", "sc", "ec"}
"""Elements whose content is a program's code, not words."""


class Mark(NamedTuple):
    """Marked words and the name of the issue they are marked with; an empty span is a place."""

    span: Span
    issue: str


class Flat(NamedTuple):
    """The words of an element and the marks in them, in the order of their beginnings."""

    text: str
    marks: tuple[Mark, ...]


def flat(element: Any, place: str = "") -> Flat:
    """The words of ``element`` without its mark-up; nothing for None. Raises BadFile for a character that is none."""
    if element is None:
        return Flat("", ())
    if not len(element):
        return Flat(element.text or "", ())
    pieces: list[str] = []
    marks: dict[str, tuple[int, int, str]] = {}
    _walk(element, pieces, marks, place)
    return Flat("".join(pieces), tuple(Mark(Span(start, end), issue) for start, end, issue in marks.values()))


def _walk(element: Any, pieces: list[str], marks: dict[str, tuple[int, int, str]], place: str) -> None:
    pieces.append(element.text or "")
    for child in element:
        name, start = local(child), sum(map(len, pieces))
        issue = child.get(_ISSUES, "").removeprefix("#") or (child.get("id", "") if child.get(_ISSUE) else "")
        if name == "cp" or child.get("type") == "x-cp":
            pieces.append(_character(child.get("hex") or child.text or "", place))
        elif name in _CODES:
            pieces.append(child.get("equiv") or child.get("equiv-text") or "")
        elif name in ("sm", "em"):
            key = child.get("id") or child.get("startRef", "")
            opened = marks.get(key, (start, start, issue))
            marks[key] = (opened[0], start, opened[2])
        else:
            key = child.get("id") or child.get("mid") or f"mark {len(marks)}"
            marks[key] = (start, start, issue)
            _walk(child, pieces, marks, place)
            marks[key] = (start, sum(map(len, pieces)), issue)
        pieces.append(child.tail or "")


def _character(number: str, place: str) -> str:
    try:
        character = chr(int(number, 16))
        character.encode()
    except (ValueError, OverflowError) as problem:
        raise BadFile(_NOT_A_CHARACTER, place, hex=number[:20]) from problem
    return character
