"""Check a text that is still being written, and compare the findings with those of the text in
force.
"""

from __future__ import annotations

from typing import NamedTuple

from articles import checks
from articles.findings import service
from articles.findings.store import OWN_CHECKS
from articles.models import Finding, Segment


class Rechecked(NamedTuple):
    """The findings that a new text brings, that it keeps, and that it removes; likeliest first."""

    new: list[checks.Finding]
    still: list[checks.Finding]
    gone: list[Finding]


def recheck(segment: Segment, text: str) -> Rechecked:
    """Check ``text`` in the place of the segment's target; nothing is stored.

    A finding is the same when its check and its message are. A dismissed finding is left out. One
    that was accepted as a flag is not: the flag asks for a correction. Three queries at most,
    besides the segment's findings.
    """
    found = service.findings_for(segment, target_text=text)
    before = [row for row in segment.findings.all() if row.finder == OWN_CHECKS]
    known = set()
    dismissed = set()
    for row in before:
        known.add(_row_identity(row))
        if row.status == Finding.Status.DISMISSED:
            dismissed.add(_row_identity(row))
    new = []
    still = []
    identities = set()
    for finding in found:
        identity = _identity(finding)
        identities.add(identity)
        if identity not in known:
            new.append(finding)
        elif identity not in dismissed:
            still.append(finding)
    left_out = identities | dismissed
    gone = [row for row in before if _row_identity(row) not in left_out]
    return Rechecked(new, still, gone)


def _identity(finding: checks.Finding) -> tuple[str, str]:
    return finding.check, finding.message % finding.values


def _row_identity(row: Finding) -> tuple[str, str]:
    return row.check_id, row.message % row.values
