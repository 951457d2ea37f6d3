"""The lines of a text as its author meant them: hard-wrapped lines are joined again.

A line break ends a sentence, except where it was only set because the next word did not fit (plain
text wrapped at 60 to 80 columns), or where it is a soft break within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from articles.text.document import Span
from articles.text.thresholds import CUT_BY_WRAPPING, WRAPPED_BREAKS, WRAPPED_WIDTHS

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
SOFT_BREAKS = "\v\u2028"
"""A vertical tab is the soft break of word processors, U+2028 the line separator of Unicode."""

_LINE = re.compile(f"[^{LINE_BREAKS}]+")
_ONE_BREAK = re.compile(f"\r\n|[{LINE_BREAKS}]")
_ENDS_WITH_MARK = re.compile(r"[.!?…:;][\s\"'”’»›)\]]*$")
_LIST_MARK = re.compile(r"\s*(?:[-–—•*·▪◦‣>|#+]|\d{1,3}[.)]\s|[A-Za-z][.)]\s)")


def find_lines(text: str) -> list[Span]:
    """Return the lines of ``text`` that have words, each without its line break.

    Lines of one hard-wrapped paragraph are one line, and so are the lines of one sentence with
    soft breaks.
    """
    lines, continued = _raw_lines(text)
    result = lines[:1]
    for line, goes_on in zip(lines[1:], continued, strict=True):
        if goes_on:
            result[-1] = Span(result[-1].start, line.end)
        else:
            result.append(line)
    return result


def find_soft_breaks(text: str) -> list[Span]:
    """Return the line breaks inside the lines of ``find_lines``, each with the blanks around it.

    They were set for want of room and are read as a blank.
    """
    lines, continued = _raw_lines(text)
    breaks = []
    for (before, line), goes_on in zip(pairwise(lines), continued, strict=True):
        if goes_on:
            end_of_words = before.start + len(before.of(text).rstrip())
            words = line.of(text)
            next_words = line.end - len(words.lstrip())
            breaks.append(Span(end_of_words, next_words))
    return breaks


def _raw_lines(text: str) -> tuple[list[Span], list[bool]]:
    """Return the lines with words as they stand, and which continue the one before them."""
    lines = []
    for match in _LINE.finditer(text):
        if match.group().strip():
            lines.append(Span(*match.span()))
    width = wrapping_width(text, lines)
    return lines, [_goes_on(text, before, line, width) for before, line in pairwise(lines)]


def _goes_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether a line goes on in the next one, in a text wrapped at ``width`` (0 for not)."""
    if _is_soft(text, before, line):
        return True
    if width == 0:
        return False
    return is_wrapped(text, before, line, width)


def _is_soft(text: str, before: Span, line: Span) -> bool:
    """Whether a soft break stands between two lines, in the middle of a sentence."""
    between = text[before.end : line.start]
    if between.strip(SOFT_BREAKS):
        return False
    return _cuts_a_sentence(text, before, line)


def wrapping_width(text: str, lines: Sequence[Span]) -> int:
    """Return the width that a text is wrapped at, in characters, or 0 where it is not wrapped."""
    width = max((len(line.of(text).rstrip()) for line in lines), default=0)
    shortest, longest = WRAPPED_WIDTHS
    if not shortest <= width <= longest:
        return 0
    neighbours = 0
    wrapped = 0
    cut = 0
    for before, line in pairwise(lines):
        if not _are_neighbours(text, before, line):
            continue
        neighbours += 1
        if not is_wrapped(text, before, line, width):
            continue
        wrapped += 1
        if _cuts_a_sentence(text, before, line):
            cut += 1
    if wrapped < max(2, WRAPPED_BREAKS * neighbours):
        return 0
    if cut < CUT_BY_WRAPPING * wrapped:
        return 0
    return width


def _are_neighbours(text: str, before: Span, line: Span) -> bool:
    """Whether there is one line break, and so no empty line, between two lines."""
    return _ONE_BREAK.fullmatch(text, before.end, line.start) is not None


def is_wrapped(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether a line goes on in the next one, whose first word did not fit into ``width``."""
    first_word = line.of(text).split(maxsplit=1)[0]
    length = len(before.of(text).rstrip())
    if length + 1 + len(first_word) <= width:
        return False
    if _LIST_MARK.match(text, line.start, line.end):
        return False
    return _are_neighbours(text, before, line)


def _cuts_a_sentence(text: str, before: Span, line: Span) -> bool:
    """Whether the break between two lines is surely within a sentence."""
    first = line.of(text).lstrip()[:1]
    if not first.islower():
        return False
    return not _ENDS_WITH_MARK.search(before.of(text))
