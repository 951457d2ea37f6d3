"""Locating marked words again after the text around them changed: by their quote, not by old
offsets."""

from __future__ import annotations

from articles.text.diff import Edit, edits
from articles.text.document import Span
from articles.text.spelling import common_beginning
from articles.text.thresholds import CARET_DISTANCE
from articles.text.tokens import tokens


def locate(quote: str, text: str, near: int) -> Span | None:
    """Return where ``quote`` is in ``text``: the occurrence nearest to ``near``, whole words first.

    Returns None when it is nowhere, or empty: the mark "needs locating" by a person.
    """
    if not quote:
        return None
    found: list[tuple[bool, int, int]] = []
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        partial_word = _is_inside_word(text, start) or _is_inside_word(text, end)
        found.append((partial_word, abs(start - near), start))
        start = text.find(quote, start + 1)
    if not found:
        return None
    best = min(found)[2]
    return Span(best, best + len(quote))


def reanchor(span: Span, before: str, after: str) -> Span | None:
    """Return where the words of ``span`` in ``before`` are in ``after``, None where nowhere."""
    return locate(span.of(before), after, near=map_offset(span.start, before, after))


def map_offset(place: int, before: str, after: str) -> int:
    """Return where the place between two characters of ``before`` is in ``after``.

    A place inside words that were replaced maps to the beginning of what replaced them.
    """
    shift = 0
    for span, text in edits(before, after):
        if place <= span.start:
            break
        if place < span.end:
            return span.start + shift
        shift += len(text) - (span.end - span.start)
    return place + shift


def changes_marked_text(
    before: str, after: str, *, span: Span | None, caret: int | None, lacks_words: bool = False
) -> bool:
    """Whether ``after`` changes what a mark on ``before`` is about.

    That is a change at the marked words. Of a caret it is new text near it (words, where the mark
    ``lacks_words``), or words that are added elsewhere: another language may say what was missing
    in another place. A mark without a place in this text (only the source was marked) counts as
    met by any change.
    """
    changes = edits(before, after)
    if span is not None:
        return any(_touches(edit, span) for edit in changes)
    if caret is None:
        return bool(changes)
    near = Span(caret - CARET_DISTANCE, caret + CARET_DISTANCE)
    for edit in changes:
        is_added = _count_words(edit.text) if lacks_words else edit.text
        if is_added and _touches(edit, near):
            return True
    return any(_adds_words(edit, before) for edit in changes)


def excerpt_of_change(before: str, after: str, *, lead: int = 40) -> str:
    """Return ``after`` from a word before its first change on, with "… " for what is left out.

    ``lead`` are the characters before the change, at least, that are kept.
    """
    place = common_beginning(before, after)
    start = after.rfind(" ", 0, max(0, place - lead)) + 1
    return "… " + after[start:] if start else after


def _touches(edit: Edit, span: Span) -> bool:
    """Whether the edit is in the span or at one of its ends."""
    return edit.span.start <= span.end and span.start <= edit.span.end


def _adds_words(edit: Edit, before: str) -> bool:
    """Whether the edit puts more words in than it takes out."""
    return _count_words(edit.text) > _count_words(edit.span.of(before))


def _count_words(text: str) -> int:
    """Return how many words and numbers the text has: « and – are none."""
    return sum(token.is_word for token in tokens(text))


def _is_inside_word(text: str, place: int) -> bool:
    """Whether the place has a letter or digit on both sides."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isalnum()
