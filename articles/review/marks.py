"""The words of a segment that findings and flags are about, as stretches of its texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.models import Finding, Flag, Segment
from articles.review.same_words import FindingGroup
from articles.scoring import mqm
from articles.text.codes import find_codes
from articles.text.document import Span
from articles.text.thresholds import LIKELY_SCORE


class Mark(NamedTuple):
    """A stretch of a text that a finding or a flag is about; a caret where it is empty.

    ``key`` is the id of its note on the page.
    """

    start: int
    end: int
    kind: str
    key: str


class MarkedRun(NamedTuple):
    """A stretch of text under the same marks, or a caret without text where words are missing."""

    text: str
    kinds: str
    keys: str
    caret: bool


def split_runs(text: str, marks: list[Mark]) -> Iterator[MarkedRun]:
    """Cut ``text`` where marks begin and end, so that the joined runs are the text.

    Marks may overlap; the parts of a mark outside the text are left out. A protected code is never
    cut: a mark that begins or ends within one covers it whole.
    """
    size = len(text)
    codes = [code.span for code in find_codes(text)]
    inside = [_clipped(mark, size, codes) for mark in marks if mark.start <= size]
    cuts = {0, size}
    for mark in inside:
        cuts.update((mark.start, mark.end))
    starts = sorted(cuts)
    ends = [*starts[1:], size]
    for start, end in zip(starts, ends, strict=True):
        carets = _marks_over(inside, start, start)
        if carets:
            yield _run("", carets, caret=True)
        if start < end:
            yield _run(text[start:end], _marks_over(inside, start, end), caret=False)


def _marks_over(marks: list[Mark], start: int, end: int) -> list[Mark]:
    """Return the marks that cover the stretch; for an empty one the carets that stand there."""
    if start == end:
        return [mark for mark in marks if (mark.start, mark.end) == (start, end)]
    covering = []
    for mark in marks:
        if mark.start <= start and end <= mark.end:
            covering.append(mark)
    return covering


def _clipped(mark: Mark, size: int, codes: Sequence[Span]) -> Mark:
    start = max(mark.start, 0)
    end = min(mark.end, size)
    is_caret = start == end
    for code in codes:
        if code.start < start < code.end:
            start = code.start
        if code.start < end < code.end:
            end = code.end
    return mark._replace(start=end if is_caret else start, end=end)


def _run(text: str, marks: list[Mark], *, caret: bool) -> MarkedRun:
    kinds = sorted({mark.kind for mark in marks})
    keys = sorted({mark.key for mark in marks})
    return MarkedRun(text, " ".join(kinds), " ".join(keys), caret)


def segment_marks(segment: Segment, open_findings: Sequence[FindingGroup], side: str) -> list[Mark]:
    """Return the marks of the segment's open findings and open flags on one side."""
    found: list[Mark] = []
    for group in open_findings:
        for finding in (group.lead, *group.others):
            found.extend(_finding_marks(finding, side, key=f"finding-{group.lead.pk}"))
    for flag in segment.shown_flags:
        if flag.status == Flag.Status.OPEN and not flag.needs_locating:
            found.extend(flag_marks(flag, side, "flag"))
    return found


def is_unlikely(finding: Finding) -> bool:
    """Return whether the finding is left out where only likely ones are shown."""
    return finding.score < LIKELY_SCORE


def weight_of(finding: Finding) -> str:
    """Return how much a finding weighs: "grave", "light" or "" for what is between.

    Grave are lost, added and changed facts, light are typography and what costs nothing.
    """
    if finding.severity in ("major", "critical") and finding.type in mqm.DIMENSIONS["Accuracy"]:
        return "grave"
    if finding.severity == "neutral" or finding.type == "Punctuation":
        return "light"
    return ""


def _finding_marks(finding: Finding, side: str, *, key: str) -> Iterator[Mark]:
    kind = "unlikely" if is_unlikely(finding) else "finding"
    kind = f"{kind} {weight_of(finding)}".rstrip()
    spans = finding.source_spans if side == "source" else finding.target_spans
    # The words of one in a corrected text are not those of the machine's, which are marked.
    if side == "target" and finding.found_in:
        return
    for start, end in spans:
        yield Mark(start, end, kind, key)
    if side == "target" and finding.caret is not None:
        yield Mark(finding.caret, finding.caret, kind, key)


def flag_marks(flag: Flag, side: str, kind: str) -> Iterator[Mark]:
    """Yield the marks of a flag on one side: its words, and its caret in the target."""
    key = f"flag-{flag.pk}"
    span = flag.source_span if side == "source" else flag.target_span
    if span:
        yield Mark(span.start, span.end, kind, key)
    if side == "target" and flag.caret is not None:
        yield Mark(flag.caret, flag.caret, kind, key)
