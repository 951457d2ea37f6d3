"""Splitting a document into sentences with exact spans, on web text as it is.

Every place where a sentence may end is a *boundary* with a certainty, 0…1: how likely a sentence
ends there. ``split_sentences`` uses the boundaries of at least one half. The aligner, which sees
the other language too, takes the uncertain ones from ``fragments`` as well and decides by what is
on the other side: a full stop lost by a web page ("… in hospital Nevertheless the …") cannot be
told from a name ("the magazine Nevertheless") within one language.

Why the project has a segmenter of its own: docs/decisions/0002.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from articles.segmentation.boundaries import (
    LIKELY,
    LONGEST_HEADING,
    NEVER,
    OPENING_MARKS,
    TOLD,
    UNLIKELY,
    Boundary,
    find_boundaries,
    is_boilerplate,
)
from articles.segmentation.languages import rules_for
from articles.segmentation.languages.rules import Rules
from articles.segmentation.lines import find_lines
from articles.text.document import Sentence, Span

# A phrase of three to twelve words and a colon, where a sentence begins after it.
_HEADING = re.compile(r"\W*(?:[^\s.!?:]+\s+){2,11}[^\s.!?:]+\s?:")

MIN_HEADINGS = 3
"""Lines that begin with a phrase and a colon, from which these are headings and no sentences."""


def split_sentences(text: str, language: str) -> list[Sentence]:
    """Return the sentences of ``text`` in order; only blanks are between them.

    Works on any text and any language code.
    """
    units, certainties = fragments(text, language)
    with_previous = [certainty < 0.5 for certainty in certainties]
    return join_fragments(text, units, with_previous)


def join_fragments(
    text: str, units: Sequence[Sentence], with_previous: Sequence[bool]
) -> list[Sentence]:
    """Return ``units`` of ``text``, each one ``with_previous`` joined to the one before it."""
    sentences: list[Sentence] = []
    for unit, joined in zip(units, with_previous, strict=True):
        if joined and sentences:
            start = sentences.pop().start
            words = text[start : unit.end]
            sentences.append(Sentence(start, unit.end, words, unit.paragraph))
        else:
            sentences.append(unit)
    return sentences


def fragments(
    text: str, language: str, lost_stops: Collection[int] = ()
) -> tuple[list[Sentence], list[float]]:
    """Return the finest pieces that may be sentences, and the certainty that one begins at each.

    The first piece of a line has certainty 1. ``lost_stops`` are characters of the text before
    which a full stop was lost, as the text in the other language says.
    """
    rules = rules_for(language)
    lines = find_lines(text)
    boundaries = [find_boundaries(line.of(text), rules) for line in lines]
    boundaries = _with_headings(text, lines, boundaries)
    boundaries = _with_lost_stops(lines, boundaries, lost_stops)
    units: list[Sentence] = []
    certainties: list[float] = []
    for paragraph, (line, inner) in enumerate(zip(lines, boundaries, strict=True)):
        start = line.start
        certainty = 1.0
        for place, next_certainty in [*inner, (line.end - line.start, 1.0)]:
            end = line.start + place
            unit = _stripped(text, start, end, paragraph)
            if unit is not None:
                units.append(unit)
                # "File photo. All rights reserved." is one piece of boilerplate.
                if certainty < 1 and _are_boilerplate(units[-2:], rules):
                    certainty = min(certainty, UNLIKELY)
                certainties.append(certainty)
                certainty = next_certainty
            start = end
    return units, certainties


def _stripped(text: str, start: int, end: int, paragraph: int) -> Sentence | None:
    """Return a part of a text without the blanks around it, or None where it is blank."""
    piece = text[start:end]
    words = piece.strip()
    if not words:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return Sentence(first, first + len(words), words, paragraph)


def _with_headings(
    text: str, lines: Sequence[Span], boundaries: list[list[Boundary]]
) -> list[list[Boundary]]:
    """Return ``boundaries``, with those likely that are after a heading at a line's beginning.

    A colon ends a heading where several lines begin with one: "On the new roof: The village …".
    """
    headings: dict[int, Boundary] = {}
    before_speech = 0
    for number, (line, inner) in enumerate(zip(lines, boundaries, strict=True)):
        if not inner:
            continue
        end = line.start + inner[0][0]
        if end - line.start > LONGEST_HEADING:
            continue
        if not _HEADING.fullmatch(text, line.start, end):
            continue
        headings[number] = inner[0]
        following = text[end : line.end].lstrip()
        before_speech += following[:1] in OPENING_MARKS
    if len(headings) - before_speech < MIN_HEADINGS:
        return boundaries
    for number, (place, _certainty) in headings.items():
        boundaries[number][0] = (place, LIKELY)
    return boundaries


def _with_lost_stops(
    lines: Sequence[Span], boundaries: list[list[Boundary]], places: Collection[int]
) -> list[list[Boundary]]:
    """Return ``boundaries``, with those that are at ``places`` of the text at least ``TOLD``."""
    if not places:
        return boundaries
    ordered = sorted(places)
    result: list[list[Boundary]] = []
    for line, inner in zip(lines, boundaries, strict=True):
        first = bisect_right(ordered, line.start)
        end = bisect_left(ordered, line.end)
        found = dict(inner)
        for told in ordered[first:end]:
            place = told - line.start
            found[place] = max(TOLD, found.get(place, NEVER))
        result.append(sorted(found.items()))
    return result


def _are_boilerplate(units: Sequence[Sentence], rules: Rules) -> bool:
    """Whether all these pieces are boilerplate."""
    return all(is_boilerplate(unit.text, rules) for unit in units)
