"""Change words in the body of a Word file, in its own runs, as tracked changes; comment on them.

The text is known in pieces, each with its element. A run that is changed in part is divided; its
parts keep its formatting. New words take the formatting of those that they replace, else that of
the neighbour with the least mark-up, so that no link and no bold text grows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from articles.formats.office.docx_elements import (
    PARAGRAPH,
    RUN,
    SPACE,
    TEXT,
    describe_format,
    drop,
    drop_fallbacks,
    in_order,
    join_paragraphs,
    largest_number,
    leave_changes,
    make_element,
    make_marker,
    make_text_run,
    mark_line_end,
    next_paragraph,
    own_run,
)
from articles.formats.office.docx_runs import Run, W
from articles.formats.office.docx_signature import Signature
from articles.text.document import Span


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
        return self.node is not None and self.node.tag == PARAGRAPH

    @property
    def is_inline(self) -> bool:
        """Whether it stands in a run, which can be divided, deleted and copied."""
        return self.node is not None and self.node.getparent().tag == RUN

    @property
    def can_be_cut(self) -> bool:
        """Whether its characters are those of its element."""
        return (
            self.is_inline and self.node.tag == TEXT and len(self.node.text or "") == len(self.text)
        )


class Editor:
    """The body of a Word file whose words are changed.

    ``runs`` are those of its accepted text, in order; ``styles`` are the ids of the file's styles.
    """

    def __init__(self, body: Any, runs: Iterable[Run], styles: Collection[str]) -> None:
        self.styles = styles
        self.made: list[Any] = []
        self.pieces: list[Piece] = []
        self.inserted: dict[int, list[Any]] = {}
        # Ids of tracked changes are unique in a document, and those of others stay as they are.
        self.number = largest_number(body)
        at = 0
        for run in runs:
            self.pieces.append(Piece(at, run.text, run.node))
            at += len(run.text)

    # ── what can be changed ──────────────────────────────────────────────────

    def can_replace(self, span: Span) -> bool:
        """Return whether all words of the span stand in runs, or are ends of joinable lines."""
        return all(self._can_remove(number, span) for number in self._numbers(span))

    def _can_remove(self, number: int, span: Span) -> bool:
        """Return whether what the span holds of a piece can be removed."""
        piece = self.pieces[number]
        if piece.is_line_end:
            return self.can_join(number)
        is_whole = span.start <= piece.start and piece.end <= span.end
        return piece.can_be_cut or (piece.is_inline and is_whole)

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
        is_next = following is not None and next_paragraph(paragraph) is following
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
                formats.add(describe_format(piece.node.getparent()))
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
        for piece in removed:
            if piece.is_line_end:
                mark_line_end(piece.node, self._change("del", signature))
            else:
                self._remove(piece, signature)

    def accept(self) -> None:
        """Accept the changes that were made here: the words are as if they had always been so."""
        marks = []
        for change in self.made:
            if change.getparent().tag == f"{W}rPr":
                marks.append(change)
                continue
            if change.tag == f"{W}ins":
                for child in list(change):
                    change.addprevious(child)
            drop(change)
        # The last first: a paragraph is joined with one that is joined already.
        for mark in reversed(in_order(marks)):
            paragraph = next(mark.iterancestors(PARAGRAPH))
            formatting = mark.getparent()
            drop(mark)
            if not len(formatting):
                drop(formatting)
            if mark.tag == f"{W}del":
                join_paragraphs(paragraph)

    def add_comment(self, span: Span, number: int) -> None:
        """Let the comment of that number stand on the words of the span.

        Where the span has none it stands on those that were inserted there, and goes with them when
        that change is rejected.
        """
        start = make_element("commentRangeStart", {"id": str(number)})
        end = make_element("commentRangeEnd", {"id": str(number)})
        reference = make_element("r")
        reference.append(make_element("commentReference", {"id": str(number)}))
        inserted = self.inserted.get(span.start)
        if inserted and span.start == span.end:
            inserted[0].addprevious(start)
            inserted[-1].addnext(end)
            inserted[-1].append(reference)
            return
        self._cut(span.start)
        self._cut(span.end)
        place = self._mark(span.start, before=True)
        place.addprevious(start)
        if span.start < span.end:
            drop(place)
            place = self._mark(span.end, before=False)
        place.addprevious(end)
        place.addprevious(reference)
        drop(place)

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
            # The cut may leave a blank at an edge, where Word drops it otherwise.
            node.set(SPACE, "preserve")
        piece.node.addnext(rest)
        self.pieces.insert(number + 1, Piece(at, piece.text[offset:], rest))
        piece.text = piece.text[:offset]

    def _remove(self, piece: Piece, signature: Signature) -> None:
        run = own_run(piece.node)
        drop_fallbacks(run)
        if piece.node.tag == TEXT:
            piece.node.tag = f"{W}delText"
        change = self._change("del", signature)
        run.addprevious(change)
        change.append(run)

    def _insert(
        self, span: Span, removed: Sequence[Piece], text: str, signature: Signature
    ) -> None:
        """Insert the text at the removed words, else beside a neighbour of the place."""
        inline = [piece for piece in removed if piece.is_inline]
        elements: list[Any] = []
        model: Piece | None
        if inline:
            place = make_marker()
            first, last, model = _beside_plainest(inline)
            if "\n" in text:
                # LibreOffice loses a deleted blank that stands right before a new line end.
                own_run(first.node).addprevious(place)
                self.inserted.setdefault(span.start, elements)
            else:
                own_run(last.node).addnext(place)
                # So that a comment on the old words covers the new ones, too.
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
        leave_changes(place)
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break_line(place, formatting, signature, elements)
            if line:
                element = self._new_words(make_text_run(line, formatting), signature)
                place.addprevious(element)
                elements.append(element)
        drop_fallbacks(place)
        drop(place)

    def _break_line(
        self, place: Any, formatting: Any, signature: Signature, elements: list[Any]
    ) -> None:
        """Let a new paragraph begin at the place, or inside another element a new line."""
        paragraph = place.getparent()
        if paragraph.tag != PARAGRAPH:
            run = make_text_run("", formatting)
            run.append(make_element("br"))
            element = self._new_words(run, signature)
            place.addprevious(element)
            elements.append(element)
            return
        first = make_element("p")
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            own = deepcopy(properties)
            # The section ends with the second of the two paragraphs; what others changed of the
            # first one's properties is theirs.
            for name in ("sectPr", "pPrChange"):
                for child in own.findall(f"{W}{name}"):
                    own.remove(child)
            self._drop_unknown_style(own)
            first.append(own)
        for child in list(paragraph):
            if child is place:
                break
            if child is not properties:
                first.append(child)
        paragraph.addprevious(first)
        mark_line_end(first, self._change("ins", signature))

    def _drop_unknown_style(self, properties: Any) -> None:
        """Remove a style that the file does not define: it has no effect.

        LibreOffice does not join the lines again where such a line is rejected.
        """
        style = properties.find(f"{W}pStyle")
        if style is not None and style.get(f"{W}val") not in self.styles:
            properties.remove(style)

    def _new_words(self, run: Any, signature: Signature) -> Any:
        change = self._change("ins", signature)
        change.append(run)
        return change

    def _change(self, name: str, signature: Signature) -> Any:
        self.number += 1
        values = {"id": str(self.number), "author": signature.author, "date": signature.date}
        change = make_element(name, values)
        self.made.append(change)
        return change

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
        marker = make_marker()
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


# ── elements ─────────────────────────────────────────────────────────────────


def _element_of(piece: Piece | None) -> Any:
    """Return the element of the words beside which others may stand, None for a line end."""
    if piece is None or piece.node is None or piece.is_line_end:
        return None
    if piece.is_inline:
        run = own_run(piece.node)
        parent = run.getparent()
        return parent if parent.tag == f"{W}del" else run
    element = piece.node  # of a formula: what stands in the paragraph
    for parent in piece.node.iterancestors():
        if parent.tag == PARAGRAPH:
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
    properties = run.find(f"{W}rPr")
    count = 0
    if properties is not None:
        count = len(properties)
    for parent in run.iterancestors():
        if parent.tag == PARAGRAPH:
            break
        count += 10
    return count


def _run_formatting(piece: Piece | None) -> Any:
    """Return a copy of the formatting of the piece's run, None where there is none."""
    properties = None
    if piece is not None:
        properties = piece.node.getparent().find(f"{W}rPr")
    if properties is None:
        return None
    copy = deepcopy(properties)
    # A tracked change of formatting was made on those words, not on the new ones.
    for change in copy.findall(f"{W}rPrChange"):
        copy.remove(change)
    return copy
