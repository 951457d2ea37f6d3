"""Acts on several segments of an article at once: approving corrections, dismissing findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Correction, Finding
from articles.review import actions, workflow


class BatchApproval(NamedTuple):
    """The result of approving several corrections.

    ``not_approved`` has the segment's number and the reason for each that was not approved.
    """

    approved: list[Correction]
    not_approved: list[tuple[int, str]]


def approve_alike(
    correction: Correction, *, by: User, revision: int, others: Mapping[int, int]
) -> BatchApproval:
    """Approve a correction and those of ``others`` that make the same change.

    ``others`` has the id of each with the revision of its segment that the approver saw. One that
    the rules refuse, or that changed since, is not approved and is listed in ``not_approved`` of
    the result; one that could be approved and was not chosen is not listed.
    """
    with transaction.atomic():
        Article.objects.lock(correction.segment.article_id)
        alike = {row.pk: row for row in correction.with_same_change()}
        actions.approve(correction, by=by, revision=revision)
        result = BatchApproval([correction], [])
        for row in alike.values():
            try:
                if row.pk in others:
                    actions.approve(row, by=by, revision=others[row.pk])
                    result.approved.append(row)
                else:
                    workflow.check("approve", by, row.segment, row)
            except (workflow.Refused, workflow.Stale) as problem:
                result.not_approved.append((row.segment.position, str(problem)))
        no_longer_alike = Correction.objects.filter(
            pk__in=others.keys() - alike.keys(), segment__article=correction.segment.article_id
        )
        for row in no_longer_alike.select_related("segment").order_by("segment__position"):
            reason = _("It is no longer awaiting approval, or has changed.")
            result.not_approved.append((row.segment.position, reason))
    return result


def dismiss_alike(finding: Finding, *, by: User, revision: int, reason: str) -> int:
    """Dismiss a finding and all open ones of its article that say the same of the same words.

    Return how many were dismissed.
    """
    with transaction.atomic():
        Article.objects.lock(finding.segment.article_id)
        actions.dismiss(finding, by=by, revision=revision, reason=reason)
        count = 1
        for other in finding.similar().select_related("segment"):
            other.segment.refresh_from_db(fields=["revision"])
            other.segment.article = finding.segment.article
            visibility.apply_own_marks(by, [other.segment], other)
            if other.status == Finding.Status.OPEN:
                actions.dismiss(other, by=by, revision=other.segment.revision, reason=reason)
                count += 1
    return count
