"""Which breaks inside the paragraphs of a document were set for want of room, not for a new line.

Word's ``w:br``, HTML's ``<br>`` and their like end a line inside a paragraph. In a balanced or
hard-wrapped line such a break is a blank to its readers; in an address, a poem, a list of names or
a dialogue each line stands on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.segmentation.lines import is_wrapped, wrapping_width
from articles.text.document import Span
from articles.text.thresholds import VERSE_LINES, VERSE_WIDTH

_MARKS = ".!?…:;"
_CLOSING = " \t\xa0\u202f\"'”’»›)]"
_OPENING = "\"'“‘«‹([ \t\xa0\u202f"
_NEW_LINE = re.compile(r"\s*(?:[-–—•*·▪◦‣>|#+]|\d{1,3}[.)]\s|[A-Za-z][.)]\s)")
"""What an item of a list and a speech in a dialogue begin with."""
_LAST_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]+)$")
_LONGEST_WORD = 30
_NEVER_LAST = frozenset(
    "a an the of to in on at by for from with into and or nor but than as between about under"
    " until since near during"
    " un une le la les l des du de d à au aux en et ou par pour dans sur entre avec sans sous"
    " chez que qui environ der die das den dem des ein eine einen einem einer und oder von vom zu"
    " zum zur mit für im am auf bei el los las una del al y o con por para sobre".split()
)
"""Articles, prepositions and conjunctions: no line that stands on its own ends with one."""

Paragraph = Sequence[str]
"""The lines of a paragraph, between its breaks; one is empty where two breaks follow each other."""


def find_continued(paragraphs: Sequence[Paragraph]) -> list[list[bool]]:
    """Return for each line after the first of each paragraph whether it continues the one before.

    The paragraphs are those of one document; those without breaks say nothing.
    """
    broken = [paragraph for paragraph in paragraphs if len(paragraph) > 1]
    found = iter(_find_continued(broken))
    return [next(found) if len(paragraph) > 1 else [] for paragraph in paragraphs]


def _find_continued(paragraphs: Sequence[Paragraph]) -> list[list[bool]]:
    text, places = _joined(paragraphs)
    lines = [line for spans in places for line in spans if line.of(text).strip()]
    width = wrapping_width(text, lines)
    result = []
    for paragraph, spans in zip(paragraphs, places, strict=True):
        continued = [False] * (len(paragraph) - 1)
        for first, last in _stanzas(paragraph):
            prose = _prose_breaks(paragraph[first:last])
            for number in range(first, last - 1):
                before, line = spans[number], spans[number + 1]
                is_full = width > 0 and is_wrapped(text, before, line, width)
                continued[number] = is_full or prose[number - first]
        result.append(continued)
    return result


def _joined(paragraphs: Sequence[Paragraph]) -> tuple[str, list[list[Span]]]:
    """Return the paragraphs as one text, an empty line between two, and the places of the lines."""
    places = []
    at = 0
    for paragraph in paragraphs:
        spans = []
        for line in paragraph:
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        places.append(spans)
        at += 1
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs), places


def _stanzas(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Yield where the lines between empty ones begin and end: two breaks in a row part them."""
    start = 0
    for number, line in enumerate([*paragraph, ""]):
        if not line.strip():
            if number > start:
                yield start, number
            start = number + 1


def _prose_breaks(lines: Sequence[str]) -> list[bool]:
    """Return for each break between the lines whether it surely stands within a sentence."""
    inside = []
    is_open = []
    for before, line in pairwise(lines):
        is_open.append(not _ends_sentence(before) and not _NEW_LINE.match(line))
        inside.append(is_open[-1] and (_goes_on(line) or _is_unfinished(before)))
    if _stand_alone(lines):
        return [False] * len(inside)
    if _ends_sentence(lines[-1]) or inside == is_open:
        return inside
    # Names, signatures and addresses: one line in small letters says little beside the others.
    return [_is_unfinished(line) and cut for line, cut in zip(lines, inside, strict=False)]


def _stand_alone(lines: Sequence[str]) -> bool:
    """Return whether the lines are those of a list in small letters, or of a poem."""
    if _goes_on(lines[0]):
        return True
    return len(lines) >= VERSE_LINES and max(map(len, lines)) <= VERSE_WIDTH


def _goes_on(line: str) -> bool:
    return line.lstrip(_OPENING)[:1].islower()


def _is_unfinished(line: str) -> bool:
    """Return whether the line ends with a word that needs another after it."""
    end = line.rstrip()[-_LONGEST_WORD:]
    word = _LAST_WORD.search(end)
    return word is not None and word.group().lower() in _NEVER_LAST


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING)[-1:] in tuple(_MARKS)
