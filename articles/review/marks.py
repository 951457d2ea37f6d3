"""The words of a segment that findings and flags are about.

Findings about the same words are shown as one line, and decided on together: an omission that also
loses a number and the capital of the sentence is one thing to an editor. What is stored stays
apart: each finding has its own row, and its own decision. Marks are the words as stretches of the
segment's texts, where the page sets them off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.checks import CHECKS
from articles.models import Finding, Flag, Segment
from articles.review.forms import utf16
from articles.scoring import mqm
from articles.text.codes import find_codes
from articles.text.document import Span
from articles.text.thresholds import LIKELY_SCORE

OMISSION = "Omission"

BEGINNING_CHECKS = ("lowercase", "capitals")
"""Checks of a sentence's first word: where words are lost before it, they judge the word that
is now first."""

BEGINNING = "starts in lower case"
"""The part of an omission's message that says already that the beginning is lost."""

_BLANKS_BEFORE_WORD = re.compile(r" +(?=[\w«“‘\"(])")
"""Blanks that a caret is drawn behind: it stands at the word before which words are missing."""

WIDEST_GAP = 2
"""Characters between the place of missing words and the word that begins in lower case: a blank,
and a mark."""

SHORT_NAMES: dict[str, str] = {
    "numbers": gettext_noop("a number"),
    "units": gettext_noop("a unit"),
    "dates": gettext_noop("a date"),
    "names": gettext_noop("a name"),
    "negation": gettext_noop("a negation"),
    "hedges": gettext_noop("a hedge"),
    "quotes": gettext_noop("quotation marks"),
    "terminology": gettext_noop("a term"),
    "lowercase": gettext_noop("the beginning"),
    "capitals": gettext_noop("the capital"),
}
"""What a finding adds to the line of another, by its check; others are called by their title."""


# ── findings about the same words ────────────────────────────────────────────


class FindingGroup(NamedTuple):
    """Findings about the same words: the one that is shown, and those that it speaks for."""

    lead: Finding
    others: list[Finding]

    @property
    def text(self) -> str:
        """The line of the group in the reader's language."""
        told = {self.lead.check_id}
        if BEGINNING in self.lead.message:
            told.update(BEGINNING_CHECKS)
        names = [_name_of(other) for other in self.others if other.check_id not in told]
        if not names:
            return self.lead.text
        values = {"finding": self.lead.text, "names": ", ".join(dict.fromkeys(names))}
        return _("%(finding)s (also: %(names)s)") % values


def _name_of(finding: Finding) -> str:
    if finding.check_id in SHORT_NAMES:
        return _(SHORT_NAMES[finding.check_id])
    check = CHECKS.get(finding.check_id)
    return _(check.title) if check else _(finding.type)


def group_findings(findings: Sequence[Finding]) -> list[FindingGroup]:
    """Return the findings of a segment in groups about the same words, in their own order.

    The finding with the most words leads its group, an omission before others.
    """
    groups: list[FindingGroup] = []
    for finding in sorted(findings, key=_lead_order):
        for group in groups:
            if covers(group.lead, finding):
                group.others.append(finding)
                break
        else:
            groups.append(FindingGroup(finding, []))
    places = {finding.pk: place for place, finding in enumerate(findings)}
    for group in groups:
        group.others.sort(key=lambda other: places[other.pk])
    return sorted(groups, key=lambda group: _first_place(group, places))


def _first_place(group: FindingGroup, places: Mapping[int, int]) -> int:
    return min(places[each.pk] for each in (group.lead, *group.others))


def _lead_order(finding: Finding) -> tuple[bool, int]:
    spans = [*finding.source_spans, *finding.target_spans]
    return finding.type != OMISSION, -sum(end - start for start, end in spans)


def covered_findings(lead: Finding, findings: Iterable[Finding]) -> list[Finding]:
    """Return those of the findings that the line of ``lead`` speaks for.

    ``findings`` are those of the same segment that are open, or were decided on with it.
    """
    shown = [lead, *(each for each in findings if each.pk != lead.pk)]
    for group in group_findings(shown):
        if group.lead.pk == lead.pk:
            return group.others
    return []


def covers(lead: Finding, other: Finding) -> bool:
    """Return whether ``other`` is about the same words as ``lead``, in the same text.

    They are its words exactly or, where it misses words, some of these. What another tool found
    stays a line of its own, under its name, and so does what has a repair to offer.
    """
    if (lead.finder, lead.found_in) != (other.finder, other.found_in):
        return False
    if other.remedy and other.remedy != lead.remedy:
        return False
    if _is_lost_beginning(lead, other):
        return True
    if not other.source_spans and not other.target_spans:
        return False
    if lead.type == OMISSION and not other.target_spans:
        return _are_inside(other.source_spans, lead.source_spans)
    spans = (lead.source_spans, lead.target_spans)
    return (other.source_spans, other.target_spans) == spans


def _is_lost_beginning(lead: Finding, other: Finding) -> bool:
    """Return whether the omission took the beginning that ``other`` misses."""
    if lead.type != OMISSION or lead.caret is None:
        return False
    if other.check_id not in BEGINNING_CHECKS or not other.target_spans:
        return False
    gap: int = other.target_spans[0][0] - lead.caret
    return 0 <= gap <= WIDEST_GAP


def _are_inside(spans: Sequence[Sequence[int]], around: Sequence[Sequence[int]]) -> bool:
    """Return whether each span lies within one of those around."""
    for start, end in spans:
        if not any(first <= start and end <= last for first, last in around):
            return False
    return True


_ANY_REASON = (Finding.Reason.WRONG, Finding.Reason.STYLE)
_OF_TWO_TEXTS = (*_ANY_REASON, Finding.Reason.RESTRUCTURED)
_OF_MISSING_WORDS = (
    *_OF_TWO_TEXTS,
    Finding.Reason.IMPLIED,
    Finding.Reason.ELSEWHERE,
    Finding.Reason.CUT,
)


def reasons_to_dismiss(finding: Finding) -> tuple[Finding.Reason, ...]:
    """Return the reasons that fit a finding, for its form.

    Only what is missing can be implied, covered elsewhere or cut on purpose, and only what differs
    from the source can be restructured. A reason has the same digit for every finding.
    """
    is_missing = finding.type == OMISSION or (finding.source_spans and not finding.target_spans)
    if is_missing:
        return _OF_MISSING_WORDS
    if finding.source_spans or finding.type in mqm.DIMENSIONS["Accuracy"]:
        return _OF_TWO_TEXTS
    return _ANY_REASON


# ── marks in a text ──────────────────────────────────────────────────────────


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
    inside = [_clipped(mark, text, codes) for mark in marks if mark.start <= size]
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


def _clipped(mark: Mark, text: str, codes: Sequence[Span]) -> Mark:
    start = max(mark.start, 0)
    end = min(mark.end, len(text))
    is_caret = start == end
    if is_caret:
        blanks = _BLANKS_BEFORE_WORD.match(text, end)
        end = blanks.end() if blanks else end
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


def flagged_place(text: str, flags: Sequence[Flag]) -> tuple[int, int] | None:
    """Return the place in ``text`` of the newest open flag that has one, in UTF-16 units."""
    for flag in reversed(flags):
        if flag.status != Flag.Status.OPEN or flag.needs_locating:
            continue
        if flag.caret is not None:
            rest = text[flag.caret :]
            at = utf16(text, flag.caret + len(rest) - len(rest.lstrip()))
            return at, at
        if flag.target_span:
            return utf16(text, flag.target_span.start), utf16(text, flag.target_span.end)
    return None
