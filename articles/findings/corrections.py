"""Check corrections that wait for approval: which findings their texts remove.

Such a finding is hidden while the correction waits, and closed when it is approved.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from articles import checks
from articles.findings.rules import CheckRules, rules_for
from articles.findings.service import findings_of_text
from articles.findings.store import checked_mark, close_findings, removed_findings
from articles.models import Correction, Finding, Segment


def check_waiting_corrections(corrections: QuerySet[Correction]) -> None:
    """Check those of the corrections that wait and were not checked as they are now.

    The checks run outside of any transaction; each correction is stored in a short one.
    """
    waiting = corrections.filter(status=Correction.Status.SUBMITTED)
    rules: dict[int, CheckRules] = {}
    for row in waiting.select_related("segment__article__source", "segment__article__target"):
        segment = row.segment
        if segment.article_id not in rules:
            rules[segment.article_id] = rules_for(segment.article)
        mark = checked_mark(rules[segment.article_id].mark, (segment.source_text, row.text))
        if row.checked != mark:
            found = findings_of_text(segment, rules[segment.article_id], target_text=row.text)
            _store(row, found, mark)


def _store(correction: Correction, found: list[checks.Finding], mark: str) -> None:
    """Hide the findings that the correction's text removes, and show those that it does not."""
    with transaction.atomic():
        segment = Segment.objects.select_for_update().filter(pk=correction.segment_id).first()
        # Whoever withdrew or changed it meanwhile has it checked again.
        rows = Correction.objects.filter(
            pk=correction.pk, status=Correction.Status.SUBMITTED, text=correction.text
        )
        if segment is None or not rows.update(checked=mark):
            return
        open_rows = Finding.objects.filter(segment=segment, status=Finding.Status.OPEN)
        texts = (segment.source_text, correction.text)
        removed = removed_findings(list(open_rows), found, texts)
        open_rows.update(hidden_by=None)
        Finding.objects.filter(pk__in=removed).update(hidden_by=correction)


def close_hidden_findings(correction: Correction, segment: Segment) -> None:
    """Close the findings that the correction removes. Call it inside the approval.

    The checks have not found them in the text that now comes into force.
    """
    rows = list(Finding.objects.filter(hidden_by=correction, status=Finding.Status.OPEN))
    for row in rows:
        row.segment = segment
    close_findings(rows)


def show_hidden_findings(correction: Correction) -> None:
    """Show the findings again that a correction would remove, which waits no more."""
    Finding.objects.filter(hidden_by=correction).update(hidden_by=None)
