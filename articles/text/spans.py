"""Finding marked words again after the text around them changed: by their quote, never by the old numbers alone."""

from __future__ import annotations

from articles.text.diff import edits
from articles.text.document import Span
from articles.text.thresholds import CARET_DISTANCE


def locate(quote: str, text: str, near: int) -> Span | None:
    """Where ``quote`` stands in ``text``: the occurrence nearest to ``near``, whole words first; None when nowhere.

    None means "needs locating": a person says where. An empty quote is nowhere.
    """
    found: list[tuple[bool, int, int]] = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        found.append(
            (_cuts_a_word(text, start) or _cuts_a_word(text, end), abs(start - near), start)
        )
        start = text.find(quote, start + 1)
    if not found:
        return None
    start = min(found)[2]
    return Span(start, start + len(quote))


def reanchor(span: Span, before: str, after: str) -> Span | None:
    """The words that ``span`` marks in ``before``, found in ``after``; None when they are not there any more."""
    return locate(span.of(before), after, near=map_offset(span.start, before, after))


def map_offset(place: int, before: str, after: str) -> int:
    """Where the place between two characters of ``before`` is in ``after``.

    A place inside words that were replaced comes to stand at the beginning of what replaced them.
    """
    shift = 0
    for span, text in edits(before, after):
        if place <= span.start:
            break
        if place < span.end:
            return span.start + shift
        shift += len(text) - (span.end - span.start)
    return place + shift


def changes_marked_text(before: str, after: str, *, span: Span | None, caret: int | None) -> bool:
    """Whether ``after`` changes what a mark on ``before`` is about: the marked words, or new words near the caret.

    A mark without a place in this text (only the source was marked) is met by any change.
    """
    changes = edits(before, after)
    if span is not None:
        return any(edit.span.start <= span.end and span.start <= edit.span.end for edit in changes)
    if caret is not None:
        return any(
            edit.text
            and edit.span.start - CARET_DISTANCE <= caret <= edit.span.end + CARET_DISTANCE
            for edit in changes
        )
    return bool(changes)


def _cuts_a_word(text: str, place: int) -> bool:
    """Whether the place has a letter or digit on both sides."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
