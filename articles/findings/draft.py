"""Floor 2: what the checks say of a text that is still being written, beside what they said of the one before."""

from __future__ import annotations

from typing import Any, NamedTuple

from articles import checks
from articles.findings import service
from articles.models import Finding, Segment


class Rechecked(NamedTuple):
    """Doubts that the new text brings, that it keeps, and that it does away with; likeliest first."""

    new: list[checks.Finding]
    still: list[checks.Finding]
    gone: list[Finding]


def recheck(segment: Segment, text: str) -> Rechecked:
    """What the checks say of ``text`` in the place of the segment's target. Nothing is stored. Three queries at most,
    beside the segment's findings.

    A doubt is the same when it says the same words. What was dismissed stays so and is not told again; a doubt that
    became a flag is told, for the flag wants a repair.
    """
    found = service.findings_for(segment, target_text=text)
    before = [row for row in segment.findings.all() if row.finder == service.OWN_CHECKS]
    known = {_saying(row.check_id, row) for row in before}
    dismissed = {
        _saying(row.check_id, row) for row in before if row.status == Finding.Status.DISMISSED
    }
    now = {_saying(each.check, each) for each in found}
    return Rechecked(
        new=[each for each in found if _saying(each.check, each) not in known],
        still=[each for each in found if _saying(each.check, each) in known - dismissed],
        gone=[row for row in before if _saying(row.check_id, row) not in now | dismissed],
    )


def _saying(check: str, finding: Any) -> tuple[str, str]:
    return check, finding.message % finding.values
