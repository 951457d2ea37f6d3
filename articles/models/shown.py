"""What a card shows of its segment, fetched for all segments of a page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from articles.models.documents import Segment
from articles.models.prepared import Prepared
from articles.models.review import Correction, Finding, Flag, Reply
from articles.scoring.mqm import SEVERITIES

_FINDINGS = Prepared(
    lambda segments: (
        Finding.objects.filter(segment__in=segments).select_related("decided_by").order_by("id")
    )
)
_FLAGS = Prepared(
    lambda segments: (
        Flag.objects.filter(segment__in=segments)
        .exclude(status=Flag.Status.REMOVED)
        .select_related("author")
        .order_by("id")
    )
)
_CORRECTIONS = Prepared(
    lambda segments: (
        Correction.objects.filter(segment__in=segments)
        .select_related("author", "decided_by")
        .order_by("-id")
    )
)


def show(segments: Sequence[Segment]) -> None:
    """Put on the segments ``shown_findings`` (dearest first), ``shown_flags`` (those not removed, oldest first) and
    ``shown_corrections`` (newest first), with their people. Three queries, one more where flags were talked about.
    """
    if not segments:
        return
    keys = [segment.pk for segment in segments]
    findings, flags, corrections = (
        each(segments=keys) for each in (_FINDINGS, _FLAGS, _CORRECTIONS)
    )
    findings.sort(key=_cost)
    talked = [flag for flag in flags if flag.talk]
    prefetch_related_objects(talked, Prefetch("replies", Reply.objects.select_related("author")))
    for name, rows in (("findings", findings), ("flags", flags), ("corrections", corrections)):
        of: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            of[row.segment_id].append(row)
        for segment in segments:
            setattr(segment, f"shown_{name}", of[segment.pk])
            for row in of[segment.pk]:
                row.segment = segment


def _cost(finding: Finding) -> tuple[float, int]:
    """Findings by what they would cost if they are right: MQM's severity weight times the likelihood, dearest first."""
    return -SEVERITIES.get(finding.severity, 1) * finding.score, finding.pk
