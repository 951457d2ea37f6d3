"""Decisions that were made elsewhere, per the file that an article came in by.

They are claims: none is in force until an approver of this site takes it over. To take one over is
an ordinary act, with its rules and its event; here many of an article are taken over at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, Correction, Event, Segment, UnplacedSegment
from articles.models.events import SEGMENT_DECISIONS
from articles.models.roles import APPROVE, may
from articles.review import actions, workflow
from articles.review.cards import attach_card_rows

_NOTICES = """
    SELECT EXISTS (
        SELECT 1 FROM articles_correction AS correction
        JOIN articles_segment AS segment ON segment.id = correction.segment_id
        WHERE segment.article_id = %s AND correction.status = %s AND correction.claim = %s
    ) OR EXISTS (
        SELECT 1 FROM articles_event WHERE article_id = %s AND act = %s AND "foreign"
    ), (
        SELECT COUNT(*) FROM articles_unplacedsegment WHERE article_id = %s AND status = %s
    ), EXISTS (
        SELECT 1 FROM articles_assignment WHERE article_id = %s
    )
"""
"""Whether an article may have claims, how many segments of an earlier version wait, and whether it
is assigned to anybody."""


@dataclass(frozen=True)
class Claims:
    """What was decided elsewhere and waits here: approvals, and segments found to need nothing.

    Both are in reading order.
    """

    corrections: list[Correction]
    segments: list[Segment]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.corrections) + len(self.segments)


@dataclass
class TakenOver:
    """How many claims were taken over, and why not the others: segment number and reason."""

    count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def notices_of(article: Article) -> dict[str, Any]:
    """Return what the desk shows above the segments: open claims and segments, and assignments.

    ``claims`` are decisions made elsewhere, ``unplaced`` segments of an earlier version,
    ``assignments`` those of the article. One query where there is none of them; in plain SQL,
    because every desk asks and few have any.
    """
    values: list[Any] = [
        article.pk,
        Correction.Status.SUBMITTED.value,
        Correction.Claim.APPROVED.value,
        article.pk,
        Event.Act.CONFIRMED.value,
        article.pk,
        UnplacedSegment.Status.WAITING.value,
        article.pk,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NOTICES, values)
        has_claims, unplaced, is_assigned = cursor.fetchone()
    return {
        "claims": claims_of(article).count if has_claims else 0,
        "unplaced": unplaced,
        "assignments": list(article.assignments.all()) if is_assigned else [],
    }


def claims_of(article: Article) -> Claims:
    """Return the decisions made elsewhere that wait for an approver. Makes three queries."""
    corrections = _claimed_corrections(article).select_related("segment", "author")
    corrections = corrections.order_by("segment__position")
    return Claims(list(corrections), _claimed_segments(article))


def _claimed_corrections(article: Article) -> QuerySet[Correction]:
    waiting = Correction.objects.filter(
        segment__article=article, status=Correction.Status.SUBMITTED
    )
    return waiting.filter(claim=Correction.Claim.APPROVED)


def _claimed_segments(article: Article) -> list[Segment]:
    """Return the segments to review that somebody elsewhere found to need nothing."""
    events = Event.objects.filter(article=article, act__in=SEGMENT_DECISIONS, segment__isnull=False)
    last: dict[int, tuple[str, bool]] = {}
    for segment, act, foreign in events.order_by("id").values_list("segment", "act", "foreign"):
        last[segment] = act, foreign
    claimed = [key for key, each in last.items() if each == (Event.Act.CONFIRMED, True)]
    if not claimed:
        return []
    rows = article.segments.filter(pk__in=claimed, status=Segment.Status.TO_REVIEW)
    return list(rows.order_by("position"))


def take_over(
    article: Article, *, by: User, corrections: Mapping[int, int], segments: Mapping[int, int]
) -> TakenOver:
    """Approve the claimed corrections and confirm the claimed segments that are named.

    Both map ids of rows to the revision of the segment that the approver saw. What the rules
    refuse, or what changed since, stays as it is and is in ``refused``. One transaction. Raises
    workflow.Refused for somebody who is no approver.
    """
    if not may(by, APPROVE, article):
        raise workflow.Refused(_("Only approvers can decide on corrections."))
    result = TakenOver()
    with transaction.atomic():
        Article.objects.lock(article.pk)
        claims = claims_of(article)
        attach_card_rows([row.segment for row in claims.corrections], by)
        for row in claims.corrections:
            if row.pk in corrections:
                row.segment.article = article
                _try(result, row.segment, corrections[row.pk], by, row)
        for segment in claims.segments:
            if segment.pk in segments:
                segment.article = article
                _try(result, segment, segments[segment.pk], by)
    return result


def _try(
    result: TakenOver,
    segment: Segment,
    revision: int,
    by: User,
    correction: Correction | None = None,
) -> None:
    """Take one claim over, or note why not."""
    try:
        with transaction.atomic():
            if correction is None:
                actions.confirm(segment, by=by, revision=revision)
            else:
                actions.approve(correction, by=by, revision=revision)
    except (workflow.Refused, workflow.Stale) as problem:
        result.refused.append((segment.position, str(problem)))
    else:
        result.count += 1
