"""The words of an XML element with mark-up inside, and where the marks stand in them (XLIFF 1.2, 2; TMX)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from articles.formats.interchange import BadFile
from articles.formats.xml.safe_xml import local_name
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_ISSUES = "{http://www.w3.org/2005/11/its}locQualityIssuesRef"
_ISSUE = "{http://www.w3.org/2005/11/its}locQualityIssueType"
_ENTITY = _("“%(name)s” is not defined in the file itself; save it with plain characters")
_NOT_A_CHARACTER = _("“%(hex)s” is not the number of a character")
_CODES = {"ph", "bpt", "ept", "it", "ut", "sub", "x", "bx", "ex", "sc", "ec"}
"""Elements whose content is a program's code, not words."""
_LINE_ENDS = ("lb", "xlf:lb")
_GONE = ("x-sdl-deleted",)
"""Marks around words that a tracked change has taken away."""
_INDENT = re.compile(r"\s*\n\s*")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Mark(NamedTuple):
    """Marked words and the name of the issue they are marked with; an empty span is a place."""

    span: Span
    issue: str


class InlineText(NamedTuple):
    """The words of an element and the marks in them, in the order of their beginnings."""

    text: str
    marks: tuple[Mark, ...]


def inline_text(element: Any, place: str = "") -> InlineText:
    """The words of ``element`` without its mark-up; nothing for None. Raises BadFile for a character that is none."""
    if element is None:
        return InlineText("", ())
    if not len(element):
        return InlineText(element.text or "", ())
    pieces: list[str] = []
    marks: dict[str, tuple[int, int, str]] = {}
    _walk(element, pieces, marks, place)
    return InlineText(
        "".join(pieces),
        tuple(Mark(Span(start, end), issue) for start, end, issue in marks.values()),
    )


def tidy_text(element: Any, place: str = "") -> InlineText:
    """What ``flat`` finds, without the indents of a file that was laid out for people to read (XLIFF).

    These are known by a line end before or after the text, where nothing says that blanks are to be kept.
    """
    found = inline_text(element, place)
    text = found.text
    if (
        "\n" not in text
        or not (_INDENT.match(text) or text[len(text.rstrip()) :].count("\n"))
        or _keeps(element)
    ):
        return found
    tidy = _INDENT.sub(" ", text).strip()

    def moved(at: int) -> int:
        return min(len(_INDENT.sub(" ", text[:at]).lstrip()), len(tidy))

    return InlineText(
        tidy,
        tuple(Mark(Span(moved(span.start), moved(span.end)), issue) for span, issue in found.marks),
    )


def _keeps(element: Any) -> bool:
    """Whether blanks in the element are to be kept, by the nearest element that says so."""
    said = (each.get(_SPACE) for each in (element, *element.iterancestors()))
    return next(filter(None, said), "default") == "preserve"


def _ends_a_line(code: Any) -> bool:
    return any(code.get(key) in _LINE_ENDS for key in ("type", "ctype", "subType"))


def _walk(
    element: Any, pieces: list[str], marks: dict[str, tuple[int, int, str]], place: str
) -> None:
    pieces.append(element.text or "")
    for child in element:
        name, start = local_name(child), sum(map(len, pieces))
        if not name:  # what a DTD would have to say, and that is not read
            raise BadFile(_ENTITY, place, name=child.text)
        issue = child.get(_ISSUES, "").removeprefix("#") or (
            child.get("id", "") if child.get(_ISSUE) else ""
        )
        if name == "cp" or child.get("type") == "x-cp":
            pieces.append(_character(child.get("hex") or child.text or "", place))
        elif name in _CODES:
            pieces.append(
                child.get("equiv")
                or child.get("equiv-text")
                or ("\n" if _ends_a_line(child) else "")
            )
        elif child.get("mtype") in _GONE:
            pass
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
