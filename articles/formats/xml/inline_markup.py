"""Read the words of an XML element with inline markup (XLIFF 1.2 and 2, TMX) and its marks."""

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
_LINE_END_TYPES = ("lb", "xlf:lb")
_DELETED = ("x-sdl-deleted",)
"""Marks around words that a tracked change has deleted."""
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
    """Return the words and marks of ``element``; nothing for None.

    ``place`` says in BadFile where the element is; it is raised for an invalid character.
    """
    if element is None:
        return InlineText("", ())
    if not len(element):
        return InlineText(element.text or "", ())
    reader = _Reader(place)
    reader.read(element)
    return InlineText("".join(reader.pieces), tuple(reader.marks.values()))


def tidy_text(element: Any, place: str = "") -> InlineText:
    """Return the words and marks without the indents of a file that was laid out for people.

    Indents are recognised by a line end before or after the text (XLIFF), where nothing says that
    blanks are to be kept.
    """
    found = inline_text(element, place)
    text = found.text
    if "\n" not in text or _keeps_blanks(element):
        return found
    has_indent = _INDENT.match(text) or "\n" in text[len(text.rstrip()) :]
    if not has_indent:
        return found
    tidy = _INDENT.sub(" ", text).strip()

    def moved(at: int) -> int:
        return min(len(_INDENT.sub(" ", text[:at]).lstrip()), len(tidy))

    marks = []
    for span, issue in found.marks:
        marks.append(Mark(Span(moved(span.start), moved(span.end)), issue))
    return InlineText(tidy, tuple(marks))


def _keeps_blanks(element: Any) -> bool:
    """Return whether the nearest element that says something of blanks says to keep them."""
    for each in (element, *element.iterancestors()):
        if each.get(_SPACE):
            return bool(each.get(_SPACE) == "preserve")
    return False


class _Reader:
    """Collect the ``pieces`` of the text, their ``length``, and the ``marks`` by their names."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.pieces: list[str] = []
        self.length = 0
        self.marks: dict[str, Mark] = {}

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def read(self, element: Any) -> None:
        self.add(element.text)
        for child in element:
            if not self.read_code(child):
                self.read_mark(child)
            self.add(child.tail)

    def read_code(self, child: Any) -> bool:
        """Read an element that is not around words; return whether it is one."""
        name = local_name(child)
        if not name:
            # An entity of which only a DTD could say what it is; DTDs are not read.
            raise BadFile(_ENTITY, self.place, name=child.text)
        if name == "cp" or child.get("type") == "x-cp":
            self.add(_character(child.get("hex") or child.text or "", self.place))
        elif name in _CODES:
            self.add(_code_text(child))
        elif name in ("sm", "em") and child.get("mtype") not in _DELETED:
            self.read_mark_end(child)
        else:
            return child.get("mtype") in _DELETED
        return True

    def read_mark_end(self, element: Any) -> None:
        """Read ``<sm/>`` or ``<em/>``: the beginning or end of a mark that crosses others."""
        key = element.get("id") or element.get("startRef", "")
        start = self.length
        issue = _issue(element)
        if key in self.marks:
            start = self.marks[key].span.start
            issue = self.marks[key].issue
        self.marks[key] = Mark(Span(start, self.length), issue)

    def read_mark(self, element: Any) -> None:
        """Read an element around words."""
        key = element.get("id") or element.get("mid") or f"mark {len(self.marks)}"
        start = self.length
        issue = _issue(element)
        # It takes its place in the order before the marks inside it.
        self.marks[key] = Mark(Span(start, start), issue)
        self.read(element)
        self.marks[key] = Mark(Span(start, self.length), issue)


def _issue(mark: Any) -> str:
    """Return the name of the quality issue of a mark, "" for none."""
    name = str(mark.get(_ISSUES, "")).removeprefix("#")
    if not name and mark.get(_ISSUE):
        name = str(mark.get("id", ""))
    return name


def _code_text(code: Any) -> str:
    """Return the words that stand for a code: its equivalent, or a line end."""
    equivalent = code.get("equiv") or code.get("equiv-text")
    if equivalent:
        return str(equivalent)
    for key in ("type", "ctype", "subType"):
        if code.get(key) in _LINE_END_TYPES:
            return "\n"
    return ""


def _character(number: str, place: str) -> str:
    try:
        character = chr(int(number, 16))
        character.encode()
    except (ValueError, OverflowError) as problem:
        raise BadFile(_NOT_A_CHARACTER, place, hex=number[:20]) from problem
    return character
