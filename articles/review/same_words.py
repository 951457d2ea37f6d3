"""Findings about the same words: they are shown as one line, and decided on together.

An omission that also loses a number and the capital of the sentence is one thing to an editor.
What is stored stays apart: each finding has its own row, and its own decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.checks import CHECKS
from articles.models import Finding

OMISSION = "Omission"

BEGINNING_CHECKS = ("lowercase", "capitals")
"""Checks of a sentence's first word: where words are lost before it, they judge the word that
is now first."""

BEGINNING = "starts in lower case"
"""The part of an omission's message that says already that the beginning is lost."""

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
