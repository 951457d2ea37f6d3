"""Change words in the body of a Word file, in its own runs, as tracked changes or for good.

The text is known in pieces, each with its element. A run that is changed in part is divided; its
parts keep its formatting. New words take the formatting of those that they replace, else that of
the neighbour with the least mark-up, so that no link and no bold text grows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from lxml import etree

from articles.formats.office.docx_runs import MC, Run, W
from articles.text.document import Span

_RUN, _TEXT, _PARAGRAPH = f"{W}r", f"{W}t", f"{W}p"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveTo", "moveFrom")}
_BETWEEN = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr")}
"""Elements between two paragraphs that keep these no less neighbours."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARTS = re.compile(r"(\t)")


class Signature(NamedTuple):
    """Who made a tracked change, and when: the values of ``w:author`` and ``w:date``."""

    author: str
    date: str


@dataclass(slots=True)
class Piece:
    """A piece of the text and its element: words in a run, or a paragraph for its line end.

    ``node`` is None for text from elsewhere, such as an embedded document.
    """

    start: int
    text: str
    node: Any

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def is_line_end(self) -> bool:
        """Whether it is the line end of a paragraph."""
        return self.node is not None and self.node.tag == _PARAGRAPH

    @property
    def is_inline(self) -> bool:
        """Whether it stands in a run, which can be divided, deleted and copied."""
        return self.node is not None and self.node.getparent().tag == _RUN

    @property
    def can_be_cut(self) -> bool:
        """Whether its characters are those of its element."""
        return (
            self.is_inline
            and self.node.tag == _TEXT
            and len(self.node.text or "") == len(self.text)
        )


class Editor:
    """The body of a Word file whose words are changed.

    ``runs`` are those of its accepted text, in order. ``tracked`` says whether changes are tracked.
    """

    def __init__(self, body: Any, runs: Iterable[Run], *, tracked: bool) -> None:
        self.tracked = tracked
        self.pieces: list[Piece] = []
        self.inserted: dict[int, list[Any]] = {}
        self.number = _largest_number(body)
        at = 0
        for run in runs:
            self.pieces.append(Piece(at, run.text, run.node))
            at += len(run.text)

    # ── what can be changed ──────────────────────────────────────────────────

    def can_replace(self, span: Span) -> bool:
        """Return whether all words of the span stand in runs, or are ends of joinable lines."""
        for number in self._numbers(span):
            piece = self.pieces[number]
            is_whole = span.start <= piece.start and piece.end <= span.end
            if piece.is_line_end:
                if not self.can_join(number):
                    return False
            elif not (piece.can_be_cut or (piece.is_inline and is_whole)):
                return False
        return True

    def has_fixed_line_end(self, span: Span) -> bool:
        """Return whether the span holds the end of a line that cannot be joined with the next."""
        return any(
            self.pieces[number].is_line_end and not self.can_join(number)
            for number in self._numbers(span)
        )

    def can_join(self, number: int) -> bool:
        """Return whether the paragraph that ends at this piece can be joined with the next line.

        It cannot where the next line is elsewhere, in another cell or a text box, nor where the
        paragraph ends a section.
        """
        paragraph = self.pieces[number].node
        following = None
        for piece in self.pieces[number + 1 :]:
            if piece.is_line_end:
                following = piece.node
                break
        is_next = following is not None and _next_paragraph(paragraph) is following
        return is_next and paragraph.find(f"{W}pPr/{W}sectPr") is None

    def _numbers(self, span: Span) -> range:
        """Return the numbers of the pieces that share characters with the span."""
        first = bisect_right(self.pieces, span.start, key=attrgetter("end"))
        last = bisect_left(self.pieces, span.end, key=attrgetter("start"))
        return range(first, max(first, last))

    def is_uniform(self, span: Span) -> bool:
        """Return whether all words of the span have the same formatting."""
        formats = set()
        for number in self._numbers(span):
            piece = self.pieces[number]
            if piece.is_inline:
                formats.add(_formatting(piece.node.getparent()))
        return len(formats) < 2

    # ── changes ──────────────────────────────────────────────────────────────

    def replace(self, span: Span, text: str, signature: Signature) -> None:
        """Put ``text`` in the place of the span, all of whose words can be replaced."""
        self._cut(span.start)
        self._cut(span.end)
        numbers = self._numbers(span)
        removed = [self.pieces[number] for number in numbers]
        if text:
            self._insert(span, removed, text, signature)
        for number in numbers:
            piece = self.pieces[number]
            if not piece.is_line_end:
                self._remove(piece, signature)
        # Words are gone before their paragraph is joined with the next.
        for number in numbers:
            piece = self.pieces[number]
            if piece.is_line_end:
                self._join(piece.node, signature)

    def add_comment(self, span: Span, number: int) -> None:
        """Let the comment of that number stand on the words of the span."""
        start = _element("commentRangeStart", {"id": str(number)})
        end = _element("commentRangeEnd", {"id": str(number)})
        reference = _element("r")
        reference.append(_element("commentReference", {"id": str(number)}))
        self._cut(span.start)
        self._cut(span.end)
        place = self._mark(span.start, before=True)
        place.addprevious(start)
        if span.start < span.end:
            _drop(place)
            place = self._mark(span.end, before=False)
        place.addprevious(end)
        place.addprevious(reference)
        _drop(place)

    def _cut(self, at: int) -> None:
        """Divide the piece around this place, where it can be divided."""
        number = bisect_right(self.pieces, at, key=attrgetter("end"))
        if number == len(self.pieces):
            return
        piece = self.pieces[number]
        if not piece.start < at or not piece.can_be_cut:
            return
        offset = at - piece.start
        rest = deepcopy(piece.node)
        for node, text in (
            (piece.node, piece.node.text[:offset]),
            (rest, piece.node.text[offset:]),
        ):
            node.text = text
            node.set(_SPACE, "preserve")
        piece.node.addnext(rest)
        self.pieces.insert(number + 1, Piece(at, piece.text[offset:], rest))
        piece.text = piece.text[:offset]

    def _remove(self, piece: Piece, signature: Signature) -> None:
        run = _own_run(piece.node)
        _drop_fallbacks(run)
        if not self.tracked:
            _drop(run)
            return
        if piece.node.tag == _TEXT:
            piece.node.tag = f"{W}delText"
        change = self._change("del", signature)
        run.addprevious(change)
        change.append(run)

    def _join(self, paragraph: Any, signature: Signature) -> None:
        """Delete the line end of a paragraph: the next one is joined with it."""
        if self.tracked:
            _mark_line_end(paragraph, self._change("del", signature))
            return
        following = _next_paragraph(paragraph)
        properties = paragraph.find(f"{W}pPr")
        own = following.find(f"{W}pPr")
        is_empty = paragraph.find(f".//{W}r") is None
        content = [child for child in paragraph if child is not properties]
        place = 0 if own is None else 1
        for child in reversed(content):
            following.insert(place, child)
        if not is_empty and properties is not None and following.find(f"{W}pPr/{W}sectPr") is None:
            if own is not None:
                following.remove(own)
            following.insert(0, properties)
        _drop(paragraph)

    def _insert(
        self, span: Span, removed: Sequence[Piece], text: str, signature: Signature
    ) -> None:
        """Insert the text at the removed words, else beside a neighbour of the place."""
        inline = [piece for piece in removed if piece.is_inline]
        elements: list[Any] = []
        model: Piece | None
        if inline:
            place = _marker()
            first, last, model = _beside_plainest(inline)
            if "\n" in text:
                # LibreOffice loses a deleted blank that stands right before a new line end.
                _own_run(first.node).addprevious(place)
                self.inserted.setdefault(span.start, elements)
            else:
                _own_run(last.node).addnext(place)
                if last is inline[-1]:
                    self.inserted.setdefault(span.end, elements)
        else:
            model = self._neighbour(span)
            place = self._mark(span.start, before=False, beside=model)
            elements = self.inserted.setdefault(span.start, elements)
        self._put_words(text, place, _run_formatting(model), signature, elements)

    def _put_words(
        self, text: str, place: Any, formatting: Any, signature: Signature, elements: list[Any]
    ) -> None:
        """Put the text before the marker, and add its elements; then remove the marker."""
        _leave_changes(place)
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break_line(place, formatting, signature, elements)
            if line:
                element = self._new_words(_text_run(line, formatting), signature)
                place.addprevious(element)
                elements.append(element)
        _drop_fallbacks(place)
        _drop(place)

    def _break_line(
        self, place: Any, formatting: Any, signature: Signature, elements: list[Any]
    ) -> None:
        """Let a new paragraph begin at the place, or inside another element a new line."""
        paragraph = place.getparent()
        if paragraph.tag != _PARAGRAPH:
            run = _text_run("", formatting)
            run.append(_element("br"))
            element = self._new_words(run, signature)
            place.addprevious(element)
            elements.append(element)
            return
        first = _element("p")
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            own = deepcopy(properties)
            for name in ("sectPr", "pPrChange"):
                for child in own.findall(f"{W}{name}"):
                    own.remove(child)
            first.append(own)
        for child in list(paragraph):
            if child is place:
                break
            if child is not properties:
                first.append(child)
        paragraph.addprevious(first)
        if self.tracked:
            _mark_line_end(first, self._change("ins", signature))

    def _new_words(self, run: Any, signature: Signature) -> Any:
        if not self.tracked:
            return run
        change = self._change("ins", signature)
        change.append(run)
        return change

    def _change(self, name: str, signature: Signature) -> Any:
        self.number += 1
        values = {"id": str(self.number), "author": signature.author, "date": signature.date}
        return _element(name, values)

    # ── places ───────────────────────────────────────────────────────────────

    def _neighbour(self, span: Span) -> Piece | None:
        """Return the piece beside the place that has less mark-up, None in an empty paragraph."""
        left, right = self._beside(span)
        found = [piece for piece in (left, right) if piece is not None and piece.is_inline]
        return min(found, key=_markup, default=None)

    def _beside(self, span: Span) -> tuple[Piece | None, Piece | None]:
        before = bisect_left(self.pieces, span.start, key=attrgetter("end"))
        after = bisect_left(self.pieces, span.end, key=attrgetter("start"))
        left = self.pieces[before] if before < len(self.pieces) else None
        if left is not None and left.end != span.start:
            left = None
        right = self.pieces[after] if after < len(self.pieces) else None
        return left, right

    def _mark(self, at: int, *, before: bool, beside: Piece | None = None) -> Any:
        """Put a marker at a place of the text and return it.

        Where words were inserted there, it stands ``before`` these or after them. ``beside`` is the
        neighbour to stand beside, else the one of the words that are meant.
        """
        marker = _marker()
        inserted = self.inserted.get(at)
        if inserted and before:
            inserted[0].addprevious(marker)
            return marker
        if inserted:
            inserted[-1].addnext(marker)
            return marker
        left, right = self._beside(Span(at, at))
        element_left = _element_of(left)
        element_right = _element_of(right)
        wants_right = before or (beside is not None and beside is right)
        if element_left is not None and not (wants_right and element_right is not None):
            element_left.addnext(marker)
        elif element_right is not None:
            element_right.addprevious(marker)
        else:
            self._paragraph_at(at).append(marker)
        return marker

    def _paragraph_at(self, at: int) -> Any:
        """Return the paragraph whose line ends at or after the place, else the last one."""
        line_ends = [piece for piece in self.pieces if piece.is_line_end]
        for piece in line_ends:
            if piece.start >= at:
                return piece.node
        return line_ends[-1].node


def legal_text(text: str) -> str:
    """Return the text with U+FFFD in place of characters that XML cannot hold."""
    return _CONTROL.sub("\ufffd", text)


# ── elements ─────────────────────────────────────────────────────────────────


def _element(name: str, values: dict[str, str] | None = None) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in (values or {}).items():
        element.set(f"{W}{key}", value)
    return element


def _marker() -> Any:
    """Return an element that holds a place while others are put before it."""
    return _element("proofErr")


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _largest_number(body: Any) -> int:
    """Return the largest number by which an element of the body is called."""
    largest = 0
    for element in body.iter():
        number = element.get(f"{W}id", "")
        if number.isascii() and number.isdigit():
            largest = max(largest, int(number))
    return largest


def _own_run(node: Any) -> Any:
    """Return the run of the element, divided so that it holds nothing else."""
    run = node.getparent()
    properties = run.find(f"{W}rPr")
    content = [child for child in run if child is not properties]
    last = run
    for child in content[1:]:
        part = _element("r")
        if properties is not None:
            part.append(deepcopy(properties))
        part.append(child)
        last.addnext(part)
        last = part
    return node.getparent()


def _element_of(piece: Piece | None) -> Any:
    """Return the element of the words beside which others may stand, None for a line end."""
    if piece is None or piece.node is None or piece.is_line_end:
        return None
    if piece.is_inline:
        run = _own_run(piece.node)
        parent = run.getparent()
        return parent if parent.tag == f"{W}del" else run
    element = piece.node  # of a formula: what stands in the paragraph
    for parent in piece.node.iterancestors():
        if parent.tag == _PARAGRAPH:
            return element
        element = parent
    return None


def _beside_plainest(pieces: Sequence[Piece]) -> tuple[Piece, Piece, Piece]:
    """Return the first and the last piece in the element of the plainest one, and that itself."""
    plainest = min(pieces, key=_markup)
    container = plainest.node.getparent().getparent()
    same = [piece for piece in pieces if piece.node.getparent().getparent() is container]
    return same[0], same[-1], plainest


def _markup(piece: Piece) -> int:
    """Return how many elements and properties set the words off from plain text."""
    run = piece.node.getparent()
    count = len(run.find(f"{W}rPr") if run.find(f"{W}rPr") is not None else ())
    for parent in run.iterancestors():
        if parent.tag == _PARAGRAPH:
            break
        count += 10
    return count


def _formatting(run: Any) -> bytes:
    properties = run.find(f"{W}rPr")
    own = b"" if properties is None else etree.tostring(properties)
    return own + str(run.getparent().tag).encode()


def _run_formatting(piece: Piece | None) -> Any:
    """Return a copy of the formatting of the piece's run, None where there is none."""
    properties = None
    if piece is not None:
        properties = piece.node.getparent().find(f"{W}rPr")
    if properties is None:
        return None
    copy = deepcopy(properties)
    for change in copy.findall(f"{W}rPrChange"):
        copy.remove(change)
    return copy


def _text_run(text: str, formatting: Any) -> Any:
    run = _element("r")
    if formatting is not None:
        run.append(deepcopy(formatting))
    for part in _PARTS.split(text):
        if part == "\t":
            run.append(_element("tab"))
        elif part:
            words = _element("t")
            words.text = legal_text(part)
            words.set(_SPACE, "preserve")
            run.append(words)
    return run


def _leave_changes(place: Any) -> None:
    """Take the marker out of changes of others, dividing these: changes do not stand in changes."""
    parent = place.getparent()
    while parent.tag in _CHANGES:
        rest = deepcopy(parent)
        for child in list(rest):
            rest.remove(child)
        for child in list(place.itersiblings()):
            rest.append(child)
        parent.addnext(place)
        if len(rest):
            place.addnext(rest)
        parent = place.getparent()


def _next_paragraph(paragraph: Any) -> Any:
    following = paragraph.getnext()
    while following is not None and following.tag in _BETWEEN:
        following = following.getnext()
    if following is None or following.tag != _PARAGRAPH:
        return None
    return following


def _mark_line_end(paragraph: Any, change: Any) -> None:
    """Track the insertion or deletion of the paragraph's line end."""
    properties = paragraph.get_or_add_pPr()
    formatting = properties.find(f"{W}rPr")
    if formatting is None:
        formatting = _element("rPr")
        later = [properties.find(f"{W}{name}") for name in ("sectPr", "pPrChange")]
        later = [each for each in later if each is not None]
        if later:
            later[0].addprevious(formatting)
        else:
            properties.append(formatting)
    insertion = formatting.find(f"{W}ins")
    if insertion is not None:
        insertion.addnext(change)
    else:
        formatting.insert(0, change)


def _drop_fallbacks(element: Any) -> None:
    """Remove the older version of the content around the element, which would no longer agree."""
    for parent in element.iterancestors(f"{MC}Choice"):
        for other in parent.getparent().findall(f"{MC}Fallback"):
            _drop(other)
