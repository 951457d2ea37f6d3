"""Quotation marks and what they hold: “ ”, « », „ “ and the straight ones, which say neither open nor close."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.text.document import Span

_OPENING, _CLOSING, _STRAIGHT = "“«„", "”»", '"'
_SINGLE = re.compile(r"(?<![^\s(«“\"])['‘](?=\S)(?P<words>[^'‘’]{3,}?(?:[^\s'‘’]))['’](?![^\W\d_])")


@dataclass(frozen=True)
class Quotation:
    """A run between two marks, the marks included. ``opened`` or ``closed`` is False where its mark is missing.

    A run without its opening mark is the closing mark alone; one without its closing mark the opening mark alone.
    """

    span: Span
    opened: bool = True
    closed: bool = True

    @property
    def complete(self) -> bool:
        """Both marks are there."""
        return self.opened and self.closed


def quotations(text: str) -> list[Quotation]:
    """The quotations of ``text`` in order of their ends; a straight mark inside a word (15", d"eau) is none."""
    found: list[Quotation] = []
    open_at: list[int] = []
    for at, mark in enumerate(text):
        role = _role(text, at, mark, bool(open_at))
        if role == "open":
            open_at.append(at)
        elif role == "close" and open_at:
            found.append(Quotation(Span(open_at.pop(), at + 1)))
        elif role == "close":
            found.append(Quotation(Span(at, at + 1), opened=False))
    found += [Quotation(Span(at, at + 1), closed=False) for at in open_at]
    if not found:
        found = [Quotation(Span(*match.span())) for match in _SINGLE.finditer(text)]
    return found


def _role(text: str, at: int, mark: str, is_open: bool) -> str:  # noqa: FBT001 - called in one place
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "“" and is_open and text.rfind("„", 0, at) > text.rfind("“", 0, at):
        return "close"  # „so“
    if mark in _OPENING:
        return "open"
    if mark in _CLOSING:
        return "close"
    if (
        mark != _STRAIGHT
        or (before.isalnum() and after.isalpha())
        or (before.isdigit() and not is_open)
    ):
        return ""
    starts, ends = (
        not before or before.isspace() or before in "(-–—'[’",
        not after or after.isspace() or after in ".,;:!?)…",
    )
    if starts != ends:
        return "open" if starts else "close"
    return "close" if is_open else "open"
