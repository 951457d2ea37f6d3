"""Putting the repair that a finding proposes into the editor."""

from __future__ import annotations

from collections.abc import Sequence

from articles.models import Finding
from articles.review.cards import Card
from articles.text.document import Span
from articles.text.spans import locate


def new_words(finding: Finding) -> str:
    """Return the words that the finding's remedy puts in, for its note; "" where it has none."""
    return " … ".join(after for _start, _end, _before, after in finding.remedy)


def remedied_text(card: Card, asked: str) -> str | None:
    """Return the text that the card's editor begins with, repaired as a finding proposes.

    ``asked`` is the finding's number, as the address has it. The words that the remedy replaces are
    looked for where they are now; None where they are gone, or where there is no such finding.
    """
    for finding in card.findings:
        if str(finding.pk) == asked and finding.remedy:
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
