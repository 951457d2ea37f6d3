"""Read the words of an XML element with inline markup (XLIFF 1.2 and 2, TMX) and its marks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from articles.formats.interchange import BadFile
from articles.formats.xml.inline_codes import code_text
from articles.formats.xml.native_codes import END, START, WHOLE, CodePlace, ReadText, UnitCodes
from articles.formats.xml.safe_xml import local_name
from articles.text.codes import without_tokens
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_ISSUES = "{http://www.w3.org/2005/11/its}locQualityIssuesRef"
_ISSUE = "{http://www.w3.org/2005/11/its}locQualityIssueType"
_ENTITY = _("“%(name)s” is not defined in the file itself; save it with plain characters")
_NOT_A_CHARACTER = _("“%(hex)s” is not the number of a character")
_CODES = {"ph", "bpt", "ept", "it", "ut", "x", "bx", "ex", "sc", "ec"}
"""Elements whose content is a program's code, not words, but for the sub-flows in it."""
_COMMENT_IDS = ("{http://sdl.com/FileTypes/SdlXliff/1.0}cid", "ref")
_DELETED = ("x-sdl-deleted",)
"""Marks around words that a tracked change has deleted."""
_WORD = re.compile(r"\w")
_INDENT = re.compile(r"\s*\n\s*")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Mark(NamedTuple):
    """Marked words and the name of the issue they are marked with; an empty span is a place.

    ``segment`` is the name of the segment that a mark of XLIFF 1.2 stands for. ``comment`` is what
    somebody wrote on the words, and ``comment_id`` the name of a comment that stands elsewhere.
    """

    span: Span
    issue: str
    segment: str | None = None
    comment: str = ""
    comment_id: str = ""


class InlineText(NamedTuple):
    """The words of an element and the marks in them, in the order of their beginnings.

    ``flows`` are texts inside of codes, such as the words of a footnote: they are texts of their
    own.
    """

    text: str
    marks: tuple[Mark, ...]
    flows: tuple[str, ...] = ()


def inline_text(element: Any, place: str = "", codes: UnitCodes | None = None) -> InlineText:
    """Return the words and marks of ``element``; nothing for None.

    ``place`` says in BadFile where the element is; it is raised for an invalid character.
    ``codes`` are those of the unit, whose tokens stand in the text; None leaves codes out, and so
    does a text without words.
    """
    if element is None:
        return InlineText("", ())
    if not len(element):
        text = element.text or ""
        if codes is not None:
            codes.texts.append(ReadText(element, text))
        return InlineText(text, ())
    reader = _Reader(place, codes, ReadText(element))
    reader.read(element)
    if codes is not None and not without_tokens("".join(reader.pieces)).strip():
        # Codes alone are no text (docs/decisions/0049): read again, for the characters that they
        # stand for.
        flows = reader.flows
        reader = _Reader(place, None, ReadText(element))
        reader.read(element)
        reader.flows = flows
    if codes is not None:
        reader.found.text = "".join(reader.pieces)
        codes.texts.append(reader.found)
    return InlineText("".join(reader.pieces), tuple(reader.marks.values()), tuple(reader.flows))


def segment_texts(
    element: Any, place: str = "", codes: UnitCodes | None = None
) -> dict[str, InlineText]:
    """Return the texts of an element of XLIFF 1.2 that is divided by marks, in their order.

    The key is the name of the mark; words that stand outside the marks have the name of the mark
    before them and a plus sign. Without any mark nothing is returned.
    """
    found = inline_text(element, place, codes)
    marks = [mark for mark in found.marks if mark.segment is not None]
    texts: dict[str, InlineText] = {}
    end = 0
    before = ""
    for mark in marks:
        _add_words_between(texts, before, found, Span(end, max(end, mark.span.start)), element)
        before = str(mark.segment)
        while before in texts:  # a name that is given twice is no reason to lose words
            before += "'"
        texts[before] = _tidy(_part(found, mark.span), element)
        end = max(end, mark.span.end)
    if marks:
        _add_words_between(texts, before, found, Span(end, len(found.text)), element)
    return texts


def _add_words_between(
    texts: dict[str, InlineText], before: str, found: InlineText, span: Span, element: Any
) -> None:
    part = _tidy(_part(found, span), element)
    if _WORD.search(without_tokens(part.text)):
        blanks = len(part.text) - len(part.text.lstrip())
        words = part.text.strip()
        texts[f"{before}+"] = _part(part, Span(blanks, blanks + len(words)))


def _part(found: InlineText, span: Span) -> InlineText:
    """Return a stretch of the text with the marks in it."""
    marks = []
    for mark in found.marks:
        start, end = mark.span
        if mark.segment is None and span.start <= start and end <= span.end:
            marks.append(mark._replace(span=Span(start - span.start, end - span.start)))
    return InlineText(found.text[span.start : span.end], tuple(marks))


def tidy_text(element: Any, place: str = "", codes: UnitCodes | None = None) -> InlineText:
    """Return the words and marks without the indents of a file that was laid out for people.

    Indents are recognised by a line end before or after the text (XLIFF), where nothing says that
    blanks are to be kept.
    """
    return _tidy(inline_text(element, place, codes), element)


def _tidy(found: InlineText, element: Any) -> InlineText:
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
    for mark in found.marks:
        start, end = mark.span
        marks.append(mark._replace(span=Span(moved(start), moved(end))))
    return found._replace(text=tidy, marks=tuple(marks))


def _keeps_blanks(element: Any) -> bool:
    """Return whether the nearest element that says something of blanks says to keep them."""
    for each in (element, *element.iterancestors()):
        if each.get(_SPACE):
            return bool(each.get(_SPACE) == "preserve")
    return False


class _Reader:
    """Collect the ``pieces`` of the text, their ``length``, and the ``marks`` by their names."""

    def __init__(self, place: str, codes: UnitCodes | None, found: ReadText) -> None:
        self.place = place
        self.codes = codes
        self.found = found
        self.flows: list[str] = []
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
            self.read_native_code(child)
            self.read_flows(child)
        elif name in ("sm", "em") and child.get("mtype") not in _DELETED:
            self.read_mark_end(child)
        else:
            return child.get("mtype") in _DELETED
        return True

    def read_native_code(self, code: Any) -> None:
        """Read the characters that a code stands for, else its token."""
        originals = self.codes.originals if self.codes else {}
        characters = code_text(code, originals)
        if characters:
            self.found.characters.append((characters, code))
            self.add(characters)
        elif self.codes:
            self.add_token(self.codes.token(code, self.found), code, WHOLE)

    def add_token(self, token: str, element: Any, part: str) -> None:
        self.found.places.setdefault(token, CodePlace(element, part))
        self.add(token)

    def read_flows(self, code: Any) -> None:
        """Read the texts inside a code, each a text of its own."""
        for flow in code.iter("{*}sub"):
            text = inline_text(flow, self.place).text
            if _WORD.search(text):
                self.flows.append(text)

    def read_mark_end(self, element: Any) -> None:
        """Read ``<sm/>`` or ``<em/>``: the beginning or end of a mark that crosses others."""
        key = element.get("id") or element.get("startRef", "")
        if key in self.marks:
            mark = self.marks[key]
            self.marks[key] = mark._replace(span=Span(mark.span.start, self.length))
        else:
            here = Span(self.length, self.length)
            self.marks[key] = Mark(here, _issue(element), *_purpose(element))

    def read_mark(self, element: Any) -> None:
        """Read an element around words: a code of two tags, unless the mark says something here."""
        if self.codes and _is_code(element):
            start_token, end_token = self.codes.pair(element, self.found)
            self.add_token(start_token, element, START)
            self.read(element)
            self.add_token(end_token, element, END)
            return
        key = element.get("id") or element.get("mid") or f"mark {len(self.marks)}"
        start = self.length
        issue = _issue(element)
        # It takes its place in the order before the marks inside it.
        mark = Mark(Span(start, start), issue, *_purpose(element))
        if mark.segment is not None:
            key = f"segment {len(self.marks)}"
        self.marks[key] = mark
        self.read(element)
        self.marks[key] = mark._replace(span=Span(start, self.length))
        if self.codes and mark.segment is not None:
            found = replace(self.found, element=element, text="".join(self.pieces)[start:])
            self.codes.texts.append(found)


def _is_code(element: Any) -> bool:
    """Return whether an element around words goes back as it came, and is read as nothing else."""
    if _issue(element) or _purpose(element) != (None, "", ""):
        return False
    kind = element.get("mtype") or element.get("type") or ""
    return kind != "comment" and not kind.startswith(("x-sdl-", "its:"))


def _issue(mark: Any) -> str:
    """Return the name of the quality issue of a mark, "" for none."""
    name = str(mark.get(_ISSUES, "")).removeprefix("#")
    if not name and mark.get(_ISSUE):
        name = str(mark.get("id", ""))
    return name


def _purpose(mark: Any) -> tuple[str | None, str, str]:
    """Return which segment the mark is, or the comment that it carries or refers to."""
    segment = mark.get("mid", "") if mark.get("mtype") == "seg" else None
    if mark.get("mtype") == "comment" or mark.get("type") == "comment":
        comment = mark.get("comment") or mark.get("value") or ""
        return segment, str(comment), _reference(mark)
    if mark.get("mtype") == "x-sdl-comment":
        return segment, "", _reference(mark)
    return segment, "", ""


def _reference(mark: Any) -> str:
    for key in _COMMENT_IDS:
        if mark.get(key):
            return str(mark.get(key)).rpartition("=")[2].removeprefix("#")
    return ""


def _character(number: str, place: str) -> str:
    try:
        character = chr(int(number, 16))
        character.encode()
    except (ValueError, OverflowError) as problem:
        raise BadFile(_NOT_A_CHARACTER, place, hex=number[:20]) from problem
    return character
