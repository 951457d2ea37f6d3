"""Read the words of a part of a Word document as runs, with tracked changes and comments.

An element that is not known is read for the words inside it; only what is known to hold none of the
article's words is passed over: properties, field codes, hidden text, prompts of empty content
controls and the readings of ruby text. What of these a person may miss is listed in ``left_out``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from articles.formats.interchange import BadFile
from articles.formats.office.symbols import PRIVATE_AREA, symbol_text
from articles.text.messages import gettext_noop as _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DEEP = _("its parts are nested too deeply; save it again in Word")
_MAX_DEPTH = 150
"""Elements around a word; Word itself writes some thirty."""
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\xad",
}
_PLACES = {"commentRangeStart", "commentRangeEnd", "commentReference"}
_CHANGES = {"ins", "del", "moveTo", "moveFrom"}
_WORDLESS = {"instrText", "delInstrText", "fldData", "sectPr"}
"""Elements without words of the article, beside those whose names end in "Pr"."""
_OFF = {"0", "false", "off", "none"}
_MATH_SIGNS = {
    "den": ("/", ""),
    "sup": ("^", ""),
    "sub": ("_", ""),
    "lim": ("_", ""),
    "deg": ("", "√"),
    "fName": ("", " "),
}
"""What stands before and after a part of a formula that is written in one line."""
_MATH_ROWS = ("mr", "eqArr")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: its text, and by whom and when it was inserted or deleted.

    Without a text it is the place where the ``comment`` of that number begins, ends or is anchored.
    ``node`` is its element, for a line end the paragraph; None for what has none of its own.
    """

    text: str
    kind: str = "same"
    author: str = ""
    time: str = ""
    comment: str = ""
    node: Any = field(default=None, compare=False, repr=False)


def no_chunk(_element: Any) -> list[str]:
    """Return no lines: the part has no embedded documents."""
    return []


class RunReader:
    """Read the runs of parts; ``left_out`` collects the words that are not the article's.

    ``hidden_styles`` are the ids of the styles whose text is hidden, and ``read_chunk`` returns the
    lines of the embedded document that an ``altChunk`` stands for. ``changes`` counts the tracked
    changes.
    """

    def __init__(
        self,
        hidden_styles: Iterable[str] = (),
        read_chunk: Callable[[Any], list[str]] = no_chunk,
    ) -> None:
        self.hidden_styles = frozenset(hidden_styles)
        self.read_chunk = read_chunk
        self.left_out: list[str] = []
        self.changes = 0

    def lines(self, parent: Any) -> Iterator[Run]:
        """Yield the runs of every paragraph inside ``parent``, each followed by its line end.

        Raises BadFile for what is nested too deeply.
        """
        for block in self.blocks(parent):
            if block.tag == f"{W}altChunk":
                for line in self.read_chunk(block):
                    yield Run(line)
                    yield Run("\n")
            elif self._is_hidden_style(block.find(f"{W}pPr/{W}pStyle")):
                self._leave_out(block)
            else:
                yield from self._runs(block, Run(""), 0)
                yield self._line_end(block)

    def blocks(self, parent: Any) -> Iterator[Any]:
        """Yield the paragraphs inside ``parent`` in the file's order, those of text boxes once.

        A chunk, a run or a formula that stands in no paragraph counts as one.
        """
        waiting = [(parent, False)]
        while waiting:
            node, within = waiting.pop()
            is_loose = not within and node.tag in (f"{W}r", f"{_M}oMathPara", f"{_M}oMath")
            if node.tag in (f"{W}p", f"{W}altChunk") or is_loose:
                yield node
                within = True
            elif node.tag == f"{W}txbxContent":
                within = False
            if not within and _is_prompt(node):
                self._leave_out(node)
                continue
            children = _alternative(node)
            waiting += [(child, within) for child in reversed(children)]

    def _line_end(self, paragraph: Any) -> Run:
        """Return the paragraph's line end, which may be inserted or deleted.

        One that a person inserted and another deleted is in neither text: its run is empty.
        """
        inserted = paragraph.find(f"{W}pPr/{W}rPr/{W}ins")
        deleted = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        if inserted is not None and deleted is not None:
            return Run("", node=paragraph)
        for change in (inserted, deleted):
            if change is not None:
                return replace(_tracked(change), text="\n", node=paragraph)
        return Run("\n", node=paragraph)

    def _runs(self, parent: Any, state: Run, depth: int) -> Iterator[Run]:
        """Yield the runs inside ``parent``; ``state`` is the tracked change around it."""
        if depth > _MAX_DEPTH:
            raise BadFile(_DEEP)
        font = _font(parent)
        for child in _alternative(parent):
            name = local(child)
            if name in ("t", "delText"):
                yield replace(state, text=symbol_text(child.text or "", font), node=child)
            elif name in _PLACES:
                yield replace(state, text="", comment=child.get(f"{W}id", ""))
            elif child.tag in (f"{W}p", f"{W}txbxContent") or self._is_passed_over(child, name):
                continue
            else:
                yield from self._inside(child, name, state, depth + 1)

    def _inside(self, child: Any, name: str, state: Run, depth: int) -> Iterator[Run]:
        """Yield the runs of an element that stands for a character, or has others inside it."""
        if child.tag.startswith(_M):
            yield from self._math(child, name, state, depth)
        elif name in _CHARACTERS:
            yield replace(state, text=_CHARACTERS[name], node=child)
        elif name == "sym":
            yield replace(state, text=_symbol(child), node=child)
        elif name in _CHANGES:
            inner = _tracked(child)
            self.changes += 1
            # What one person inserted and another deleted is in neither text.
            if not {state.kind, inner.kind} >= {"added", "removed"}:
                yield from self._runs(child, inner, depth)
        else:
            yield from self._runs(child, state, depth)

    def _math(self, element: Any, name: str, state: Run, depth: int) -> Iterator[Run]:
        """Yield a formula in one line, such as "x^2", "a/b" and "√(x)"."""
        before, after = _math_signs(element, name)
        if before:
            yield replace(state, text=before)
        if name in _MATH_ROWS:
            for cell in element:
                yield from self._runs(cell, state, depth)
                yield replace(state, text=" ")
        else:
            yield from self._runs(element, state, depth)
        if after:
            yield replace(state, text=after)

    def _is_passed_over(self, element: Any, name: str) -> bool:
        """Return whether the element holds no words of the article; note what a person may miss."""
        if name in _WORDLESS or name.endswith("Pr"):
            return True
        is_left_out = name == "rt" or _is_prompt(element)
        if name == "r":
            is_left_out = self._is_hidden(element)
        if is_left_out:
            self._leave_out(element)
        return is_left_out

    def _is_hidden(self, run: Any) -> bool:
        if is_on(run.find(f"{W}rPr/{W}vanish")):
            return True
        return self._is_hidden_style(run.find(f"{W}rPr/{W}rStyle"))

    def _is_hidden_style(self, style: Any) -> bool:
        return style is not None and style.get(f"{W}val") in self.hidden_styles

    def _leave_out(self, element: Any) -> None:
        words = "".join(text.text or "" for text in element.iter(f"{W}t")).strip()
        if words:
            self.left_out.append(words)


def local(element: Any) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_on(switch: Any) -> bool:
    """Return whether a property is there and not switched off."""
    return switch is not None and switch.get(f"{W}val", "true") not in _OFF


def _is_prompt(element: Any) -> bool:
    """Return whether the element is a content control that shows its prompt."""
    return element.tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _alternative(node: Any) -> list[Any]:
    """Return the children; of two versions of the same content the one for newer programs."""
    if node.tag != f"{MC}AlternateContent":
        return list(node)
    choices = node.findall(f"{MC}Choice")
    return choices[:1] or list(node)


def _tracked(change: Any) -> Run:
    kind = "removed"
    if change.tag in (f"{W}ins", f"{W}moveTo"):
        kind = "added"
    return Run("", kind, change.get(f"{W}author", ""), change.get(f"{W}date", ""))


def _font(run: Any) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    return str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def _symbol(element: Any) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
        if code <= 0xFF:  # some programs give the code without the private area
            code += PRIVATE_AREA
        character = chr(code)
        character.encode()
    except (ValueError, OverflowError):
        return "\ufffd"
    return symbol_text(character, element.get(f"{W}font", ""))


def _math_signs(element: Any, name: str) -> tuple[str, str]:
    """Return what stands before and after a part of a formula in one line."""
    if name == "d":
        return _math_value(element, "begChr", "("), _math_value(element, "endChr", ")")
    if name == "nary":
        return _math_value(element, "chr", "∫"), ""
    if name == "rad":
        degree = element.find(f"{_M}deg")
        return "" if degree is not None and len(degree) else "√", ""
    before, after = _MATH_SIGNS.get(name, ("", ""))
    if name == "deg" and not len(element):
        return "", ""
    if name in ("num", "den", "sup", "sub") and len(element.findall(f"{_M}*")) > 1:
        return f"{before}(", f"){after}"
    return before, after


def _math_value(element: Any, name: str, default: str) -> str:
    value = element.find(f"{_M}{local(element)}Pr/{_M}{name}")
    if value is None:
        return default
    return str(value.get(f"{_M}val", ""))
