"""Check corrections that wait for approval: what their texts remove, bring, and leave as it was.

A finding that a text removes is hidden while the correction waits, and closed when it is approved.
What a text brings is kept with the correction, for the person who decides on it, and so are the
accepted findings that are found in it still: approving closes their flags.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import checks
from articles.findings.service import CheckRules, findings_of_text, rules_for
from articles.findings.store import (
    OWN_CHECKS,
    Texts,
    close_findings,
    found_in_mark,
    match_findings,
    removed_findings,
)
from articles.models import Article, Correction, Finding, Flag, Segment


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
        mark = rules[segment.article_id].mark_of((segment.source_text, row.text))
        if row.checked != mark:
            found = findings_of_text(segment, rules[segment.article_id], target_text=row.text)
            _store(row, found, mark)


def _store(correction: Correction, found: list[checks.Finding], mark: str) -> None:
    """Hide the findings that the correction's text removes, and note those that it brings."""
    with transaction.atomic():
        segment = Segment.objects.select_for_update().filter(pk=correction.segment_id).first()
        # Whoever withdrew or changed it meanwhile has it checked again.
        rows = Correction.objects.filter(
            pk=correction.pk, status=Correction.Status.SUBMITTED, text=correction.text
        )
        if segment is None or not rows.update(checked=mark):
            return
        texts = (segment.source_text, correction.text)
        rows.update(new_findings=_new_findings(segment, found, texts))
        open_rows = Finding.objects.filter(segment=segment, status=Finding.Status.OPEN)
        removed = removed_findings(list(open_rows), found, texts)
        open_rows.update(hidden_by=None)
        Finding.objects.filter(pk__in=removed).update(hidden_by=correction)


def _new_findings(
    segment: Segment, found: list[checks.Finding], texts: Texts
) -> list[dict[str, Any]]:
    """Return what the text brings that the segment does not have, as it is stored.

    A finding that was dismissed is known; one that was closed is back. One that was accepted is
    returned with its id.
    """
    own = Finding.objects.filter(segment=segment, finder=OWN_CHECKS)
    known = own.exclude(status=Finding.Status.CLOSED)
    new: list[dict[str, Any]] = []
    for finding, _fingerprint, row in match_findings(known, found, texts):
        stored = {"message": finding.message, "values": dict(finding.values)}
        if row is None:
            new.append(stored)
        elif row.status == Finding.Status.TAKEN:
            new.append({**stored, "accepted": row.pk})
    return new


def accepted_findings_left(article: Article) -> list[Finding]:
    """Return the accepted findings whose flag is closed, and that the text in force still has.

    Whoever approved a correction closed the flag; to the checks nothing changed. In the order of
    the text, each with its segment.
    """
    closed = Finding.objects.filter(
        segment__article=article,
        status=Finding.Status.TAKEN,
        flags__status=Flag.Status.CLOSED,
    )
    rows = list(closed.distinct().order_by("segment__position", "pk"))
    keys = {row.segment_id for row in rows}
    segments = Segment.objects.with_text_in_force().in_bulk(keys)
    left = []
    for row in rows:
        row.segment = segments[row.segment_id]
        if row.found_in == found_in_mark(row.segment, row.segment.text_in_force):
            left.append(row)
    return left


def carry_findings_over(correction: Correction, segment: Segment) -> None:
    """Close the findings that the correction removes, and keep the accepted ones that it leaves.

    Call it inside the approval. What is known of the text that comes into force is told at once,
    before the segment is checked again: a flag whose words are still found is not corrected.
    """
    rows = list(Finding.objects.filter(hidden_by=correction, status=Finding.Status.OPEN))
    for row in rows:
        row.segment = segment
    close_findings(rows)
    left = correction.accepted_findings_left
    if left:
        mark = found_in_mark(segment, correction.text)
        Finding.objects.filter(pk__in=left, status=Finding.Status.TAKEN).update(found_in=mark)


def show_hidden_findings(correction: Correction) -> None:
    """Show the findings again that a correction would remove, which waits no more."""
    Finding.objects.filter(hidden_by=correction).update(hidden_by=None)
