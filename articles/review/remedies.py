"""Putting the repair that a finding proposes into the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.models import Finding
from articles.review.open_card import OpenCard
from articles.text.document import Span
from articles.text.spans import locate


def new_words(finding: Finding, text: str) -> str:
    """Return the words that the finding's remedy puts into ``text``, for its note; "" if none.

    A mark alone says little: it is given with the words beside it.
    """
    shown = []
    for start, end, before, after in finding.remedy:
        words = str(after)
        is_mark = not any(letter.isalnum() for letter in words)
        if is_mark and text[start:end] == before:
            words = _word_before(text[:start]) + words + _word_after(text[end:])
        shown.append(words)
    return " … ".join(shown)


def _word_before(text: str) -> str:
    found = re.search(r"\w*$", text)
    return found.group() if found else ""


def _word_after(text: str) -> str:
    found = re.match(r"\w*", text)
    return found.group() if found else ""


def remedied_text(card: OpenCard, asked: str) -> str | None:
    """Return the text that the card's editor begins with, repaired as a finding proposes.

    ``asked`` is the number of an open finding, or of one that a flag accepted, as the address has
    it. The words that the remedy replaces are looked for where they are now; None where they are
    gone, or where there is no such finding.
    """
    accepted = [card.accepted_by(flag) for flag, _moves in card.flags]
    for finding in [*card.findings, *accepted]:
        if finding and str(finding.pk) == asked and finding.remedy:
            return _apply(card.initial_text, finding.remedy)
    return None


def _apply(text: str, remedy: Sequence[Sequence[int | str]]) -> str | None:
    # From the end, so that the places before stay where they are.
    for start, end, before, after in reversed(remedy):
        place = Span(int(start), int(end))
        if place.of(text) != before:
            found = locate(str(before), text, near=int(start))
            if found is None:
                return None
            place = found
        text = text[: place.start] + str(after) + text[place.end :]
    return text
