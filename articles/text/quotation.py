"""Quotation marks and what they enclose: “ ”, « », » «, „ “ and the straight mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from articles.text.document import Span

Role = Literal["open", "close"]

_STRAIGHT = '"'
_ROLES: dict[str, Role] = {"“": "open", "«": "open", "„": "open", "”": "close", "»": "close"}
_REVERSED: dict[str, Role] = {"»": "open", "«": "close"}
_BEFORE_OPENING = "(-–—'[’"
_AFTER_CLOSING = ".,;:!?)…"
# Speech in single marks: an apostrophe inside a word, or one between letters, is none of them.
_SINGLE = re.compile(r"(?<![^\s(«“\"])['‘](?=\S)(?P<words>[^'‘’]{3,}?(?:[^\s'‘’]))['’](?![^\W\d_])")


@dataclass(frozen=True)
class Quotation:
    """The text between two marks, the marks included.

    ``opened`` or ``closed`` is False where that mark is missing; the span is then the other mark
    alone.
    """

    span: Span
    opened: bool = True
    closed: bool = True

    @property
    def complete(self) -> bool:
        """Whether both marks are there."""
        return self.opened and self.closed


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of ``text`` in order of their ends.

    A mark inside a word or after a number (15", 1’44”3, d"eau) is no quotation mark. Single marks
    count only where there are no others.
    """
    found: list[Quotation] = []
    open_marks: list[int] = []
    for place, mark in enumerate(text):
        role = _role(text, place, mark, inside=bool(open_marks))
        if role == "open":
            open_marks.append(place)
        elif role == "close" and open_marks:
            found.append(Quotation(Span(open_marks.pop(), place + 1)))
        elif role == "close":
            found.append(Quotation(Span(place, place + 1), opened=False))
    found += [Quotation(Span(place, place + 1), closed=False) for place in open_marks]
    if found:
        return found
    return [Quotation(Span(*match.span())) for match in _SINGLE.finditer(text)]


def _role(text: str, place: int, mark: str, *, inside: bool) -> Role | None:
    """Return what a character does as a quotation mark; ``inside``: whether a quotation is open."""
    if mark == _STRAIGHT:
        return _straight_role(text, place, inside=inside)
    if mark == "“" and _closes_low_mark(text, place):
        return "close"
    if mark == "”" and not inside and text[place - 1 : place].isdigit():
        return None  # 1’44”3
    if mark in _REVERSED and _is_reversed(text, place, mark, inside=inside):
        return _REVERSED[mark]
    return _ROLES.get(mark)


def _is_reversed(text: str, place: int, mark: str, *, inside: bool) -> bool:
    """Return whether the marks point inwards, as German books set them: »so«.

    French sets a blank between them and the words, and «so» has its words on the other side.
    """
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    if mark == "»":
        return not inside and _is_edge(before, _BEFORE_OPENING) and after.isalnum()
    return inside and not before.isspace() and _is_edge(after, _AFTER_CLOSING)


def _closes_low_mark(text: str, place: int) -> bool:
    """Whether the mark “ at ``place`` closes a German quotation („so“)."""
    closed = max(text.rfind("“", 0, place), text.rfind("”", 0, place))
    return text.rfind("„", 0, place) > closed


def _straight_role(text: str, place: int, *, inside: bool) -> Role | None:
    """Return the role of a straight mark, by the characters on its two sides."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    apostrophe = before.isalnum() and after.isalpha()
    unit = before.isdigit() and not inside
    if apostrophe or unit:
        return None
    may_open = _is_edge(before, _BEFORE_OPENING)
    may_close = _is_edge(after, _AFTER_CLOSING)
    if may_open == may_close:
        return "close" if inside else "open"
    return "open" if may_open else "close"


def _is_edge(character: str, marks: str) -> bool:
    """Whether a character is a blank, one of the marks, or "" (an end of the text)."""
    return character.isspace() or character in marks
