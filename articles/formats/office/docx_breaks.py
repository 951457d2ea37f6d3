"""The soft breaks of a Word document: those inside a sentence are read as a blank.

A break stays one character of the text, whether it is read as a blank or as a line end, so that
the places of all words are the same either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from articles.formats.office.docx_runs import Run, W
from articles.segmentation.soft_breaks import find_continued
from articles.text.diff import Edit, edits
from articles.text.document import Span

_BREAKS = (f"{W}br", f"{W}cr")
_TYPE = f"{W}type"


def is_soft(run: Run) -> bool:
    """Return whether the run is a break of a line, and not of a page or a column."""
    return (
        run.node is not None
        and run.node.tag in _BREAKS
        and run.node.get(_TYPE, "textWrapping") == "textWrapping"
    )


def join_lines(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a text; those breaks that stand inside a sentence have a blank as text.

    It goes by the text with all tracked changes accepted.
    """
    result = list(runs)
    paragraphs = [each for each in _paragraphs(runs) if each.breaks]
    found = find_continued([paragraph.lines for paragraph in paragraphs])
    for paragraph, continued in zip(paragraphs, found, strict=True):
        for number, goes_on in zip(paragraph.breaks, continued, strict=True):
            if goes_on:
                result[number] = replace(result[number], text=" ")
    return result


class _Paragraph(NamedTuple):
    """The lines of a paragraph, and the numbers of the runs that are the breaks between them."""

    lines: list[str]
    breaks: list[int]


def _paragraphs(runs: Iterable[Run]) -> Iterator[_Paragraph]:
    paragraph = _Paragraph([""], [])
    for number, run in enumerate(runs):
        if run.kind == "removed":
            continue
        if is_soft(run):
            paragraph.lines.append("")
            paragraph.breaks.append(number)
        elif "\n" in run.text:
            yield paragraph
            paragraph = _Paragraph([""], [])
        else:
            paragraph.lines[-1] += run.text
    yield paragraph


def with_stored_breaks(runs: Iterable[Run], text: str) -> list[Run]:
    """Return the runs with each soft break as the stored ``text`` has it: a blank or a line end."""
    result = []
    at = 0
    for run in runs:
        stored = text[at : at + 1]
        if is_soft(run) and stored in (" ", "\n"):
            run = replace(run, text=stored)
        result.append(run)
        at += len(run.text)
    return result


def find_breaks(runs: Iterable[Run]) -> set[int]:
    """Return the places of the soft breaks in the text with all tracked changes accepted."""
    places = set()
    at = 0
    for run in runs:
        if run.kind == "removed":
            continue
        if is_soft(run):
            places.add(at)
        at += len(run.text)
    return places


def with_breaks_of(exported: str, accepted: str, span: Span, places: set[int]) -> str:
    """Return the words of a span of a returned file; its soft breaks as the ``exported`` words.

    Whether a break stands inside a sentence may be seen otherwise once words beside it changed.
    ``places`` are those of ``find_breaks``.
    """
    words = list(span.of(accepted))
    breaks = set()
    if words != list(exported):
        breaks = {at - span.start for at in places if span.start <= at < span.end}
    read = "".join(" " if at in breaks else word for at, word in enumerate(words))
    end_of_words = Edit(Span(len(words), len(words)), "")
    shift = 0
    done = 0
    for (start, end), text in [*edits(read, exported.replace("\n", " ")), end_of_words]:
        for at in range(done, start):
            if at in breaks:
                words[at] = exported[at + shift]
        shift += len(text) - (end - start)
        done = end
    return "".join(words)
