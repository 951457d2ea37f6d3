"""Finish two blind reviews, compare them, and decide which marks are kept.

When the second of two reviewers calls ``finish``, both reviews are opened at once. A third person
then keeps or drops each annotation pair, with one event for each decision; a decision may be
changed until ``close`` hands the article on with the flags that were kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Event, Finding, Flag, Segment, Verdict
from articles.models.hidden import BlindStatus
from articles.models.people import name_of
from articles.review import workflow
from articles.review.actions import decide_finding, writing
from articles.scoring.agreement import (
    DIFFERING,
    FIRST_ONLY,
    SAME,
    SECOND_ONLY,
    Annotation,
    compute_agreement,
    match_annotations,
)

DECISIONS = ("first", "second", "both", "none", "open")
"""The decisions on a pair: keep the first mark, the second, both or neither; or leave it open
again."""
DECISIONS_OF_KIND = {
    SAME: ("first", "none"),
    DIFFERING: ("first", "second", "both", "none"),
    FIRST_ONLY: ("first", "none"),
    SECOND_ONLY: ("second", "none"),
}
"""Kind of a pair → the decisions that can be made on it."""


# ── finishing ────────────────────────────────────────────────────────────────


def finish(article: Article, *, by: User) -> bool:
    """Finish one's own review. Return whether both are finished, and open, now. Raise Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_finish(by, locked))
        own = [row for row in locked.reviewers if row.person_id == by.pk]
        _finish_assignments(locked, own, by=by)
        return _open_if_finished(locked, by=by)


def declare_finished(article: Article, *, by: User) -> None:
    """Finish both reviews as an admin, for a reviewer who does not. Raise Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_declare(by, locked))
        unfinished = [row for row in locked.reviewers if not row.finished_at]
        _finish_assignments(locked, unfinished, by=by)
        _open_if_finished(locked, by=by)


def resume(article: Article, *, by: User) -> None:
    """Take up one's finished review again while the other is not finished. Raise Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_resume(by, locked))
        Assignment.objects.filter(article=locked, person=by).update(finished_at=None)
        Event.objects.record(Event.Act.RESUMED, article=locked, by=by)


def _finish_assignments(article: Article, rows: Iterable[Assignment], *, by: User) -> None:
    for row in rows:
        row.finished_at = timezone.now()
        row.save(update_fields=["finished_at"])
        # By name: history keeps it when the person is deleted.
        person = str(row.person)
        Event.objects.record(Event.Act.FINISHED, article=article, by=by, person=person)


def _open_if_finished(article: Article, *, by: User) -> bool:
    """Open both reviews to everybody once both are finished. Return whether they are."""
    if not all(row.finished_at for row in article.reviewers):
        return False
    # The segments are locked first: a write under way is waited for, and a later one is stale.
    rows = article.segments.select_for_update().order_by("pk")
    segments = list(rows.values_list("pk", flat=True))
    sealed = Event.everything.filter(article=article, sealed=True)
    article.segments.update(revision=F("revision") + sealed.count() + 1)
    sealed.update(sealed=False)
    _apply_dismissals(article)
    _record_agreement(article, segments, by=by)
    article.stage = Article.Stage.COMPARING
    article.save(update_fields=["stage", "updated_at"])
    return True


def _apply_dismissals(article: Article) -> None:
    """Dismiss each finding that either reviewer dismissed.

    A finding that the other reviewer accepted is left: it is decided with the flag.
    """
    flagged = Flag.everything.made_blind(article).filter(finding__isnull=False).values("finding")
    verdicts = Verdict.objects.filter(segment__article=article, finding__isnull=False)
    verdicts = verdicts.exclude(finding__in=flagged).select_related("finding", "person")
    # In reverse order, so that of two verdicts on one finding the earlier is the one that stays.
    earliest: dict[Any, Verdict] = {}
    for verdict in verdicts.order_by("-id"):
        earliest[verdict.finding] = verdict
    for finding, verdict in earliest.items():
        dismissed = Finding.Status.DISMISSED
        decide_finding(finding, dismissed, by=verdict.person, reason=verdict.reason)


def _record_agreement(article: Article, segments: Sequence[int], *, by: User) -> None:
    """Record who reviewed the article and how far they agree, before a decision changes that."""
    ids = [row.person_id for row in article.reviewers]
    names = [str(row.person) for row in article.reviewers]
    flags = Flag.everything.made_blind(article).order_by("id")
    first, second = _marks_by_reviewer(flags, ids)
    agreement = compute_agreement(segments, first, second).as_dict()
    details: dict[str, Any] = {"ids": ids, "readers": names, "figures": agreement}
    Event.objects.record(Event.Act.UNSEALED, article=article, by=by, **details)


# ── side by side ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class AnnotationPair:
    """The two reviewers' flags on one place of a segment; one of them may be missing."""

    first: Flag | None
    second: Flag | None
    kind: str

    @property
    def flags(self) -> list[Flag]:
        """The one or two flags."""
        return [flag for flag in (self.first, self.second) if flag]

    @property
    def decided(self) -> str:
        """The decision made on the pair, one of DECISIONS."""
        if any(flag.apart == BlindStatus.SEALED for flag in self.flags):
            return "open"
        keeps_first = self.first is not None and self.first.apart == BlindStatus.KEPT
        keeps_second = self.second is not None and self.second.apart == BlindStatus.KEPT
        if keeps_first and keeps_second:
            return "both"
        if keeps_first:
            return "first"
        return "second" if keeps_second else "none"

    @property
    def offered(self) -> tuple[str, ...]:
        """The decisions that can be made on the pair."""
        return DECISIONS_OF_KIND[self.kind]

    @property
    def ids(self) -> tuple[int, int]:
        """The ids of the two flags, 0 for a missing one: they name the pair in a form."""
        first = self.first.pk if self.first else 0
        second = self.second.pk if self.second else 0
        return first, second


class Comparison:
    """The two reviews of an article, or of one of its segments, side by side. Three queries."""

    def __init__(self, article: Article, *, segment: Segment | None = None) -> None:
        self.article = article
        self.details = opening_details(article)
        flags = Flag.everything.made_blind(article).select_related("author", "finding")
        if segment:
            flags = flags.filter(segment=segment)
        self._flags = {flag.pk: flag for flag in flags.order_by("id")}

    @cached_property
    def pairs(self) -> dict[int, list[AnnotationPair]]:
        """Segment id → its pairs, in reading order."""
        found: dict[int, list[AnnotationPair]] = defaultdict(list)
        first_marks, second_marks = _marks_by_reviewer(self._flags.values(), self.details["ids"])
        for matched in match_annotations(first_marks, second_marks):
            first = self._flag_of(matched.first)
            second = self._flag_of(matched.second)
            pair = AnnotationPair(first, second, matched.kind)
            found[pair.flags[0].segment_id].append(pair)
        return found

    @property
    def all_pairs(self) -> list[AnnotationPair]:
        """The pairs of all segments."""
        found: list[AnnotationPair] = []
        for pairs_of_segment in self.pairs.values():
            found.extend(pairs_of_segment)
        return found

    @property
    def open_count(self) -> int:
        """How many pairs are not decided."""
        return sum(pair.decided == "open" for pair in self.all_pairs)

    @cached_property
    def reader_names(self) -> list[str]:
        """What pages call the two reviewers; who has no account any more, as history does."""
        known = User.objects.in_bulk(self.details["ids"])
        names = dict(zip(self.details["ids"], self.details["readers"], strict=True))
        for key, person in known.items():
            names[key] = name_of(person)
        return list(names.values())

    def _flag_of(self, mark: Annotation | None) -> Flag | None:
        return self._flags[mark.key] if mark else None


def opening_details(article: Article) -> dict[str, Any]:
    """Return what was recorded when both reviews were opened.

    ``ids`` and ``readers`` hold the reviewers' ids and names, ``figures`` their agreement (see
    articles.scoring.agreement). The assignments themselves may change later. Raise
    Event.DoesNotExist when the reviews are not open.
    """
    event = Event.objects.get(article=article, act=Event.Act.UNSEALED)
    details: dict[str, Any] = event.details
    return details


def _marks_by_reviewer(
    flags: Iterable[Flag], reviewers: Sequence[int]
) -> tuple[list[Annotation], list[Annotation]]:
    """Return the flags of the first and of the second of two reviewers (ids) as marks."""
    found: tuple[list[Annotation], list[Annotation]] = ([], [])
    for flag in flags:
        mark = Annotation(
            flag.pk,
            flag.segment_id,
            flag.type,
            flag.severity,
            flag.source_span,
            flag.target_span,
            flag.caret,
        )
        found[reviewers.index(flag.author_id)].append(mark)
    return found


# ── deciding ─────────────────────────────────────────────────────────────────


def decide_pair(
    segment: Segment, *, by: User, revision: int, flags: tuple[int, int], keep: str
) -> None:
    """Decide which marks of one pair are kept: ``keep`` is one of DECISIONS.

    The pair is named by the ids of its flags, 0 for a missing one. A mark that is dropped is
    removed, with this decision as the reason. Raise Refused when no pair has these ids, or ``keep``
    is not a decision on a pair of its kind.
    """
    with writing(segment, "compare", by=by, revision=revision) as locked:
        pair = _find_pair(locked, flags)
        if keep not in (*pair.offered, "open"):
            raise workflow.Refused(_("This cannot be decided here."))
        if pair.first:
            _set_outcome(pair.first, pair, keep, mine="first")
        if pair.second:
            _set_outcome(pair.second, pair, keep, mine="second")
        for finding in {flag.finding for flag in pair.flags if flag.finding}:
            _update_finding(finding, by=by)
        details: dict[str, Any] = {
            "flags": [flag.pk for flag in pair.flags],
            "type": pair.flags[0].type,
            "keep": keep,
            "kept": [str(flag.author) for flag in pair.flags if flag.apart == BlindStatus.KEPT],
        }
        Event.objects.record(Event.Act.DECIDED, segment=locked, by=by, **details)


def _find_pair(segment: Segment, ids: tuple[int, int]) -> AnnotationPair:
    comparison = Comparison(segment.article, segment=segment)
    for pair in comparison.pairs.get(segment.pk, []):
        if pair.ids == ids:
            return pair
    raise workflow.Refused(_("This cannot be decided here."))


def _set_outcome(flag: Flag, pair: AnnotationPair, keep: str, *, mine: str) -> None:
    """Write on one flag of the pair what the decision makes of it; ``mine`` is the flag's side."""
    if keep == "open":
        flag.apart = BlindStatus.SEALED
        flag.status = Flag.Status.OPEN
    elif keep in (mine, "both"):
        flag.apart = BlindStatus.KEPT
        flag.status = Flag.Status.OPEN
    else:
        # Of two marks that say the same the second is not wrong, only superfluous.
        is_repeated = pair.kind == SAME and keep != "none"
        flag.apart = BlindStatus.SAME if is_repeated else BlindStatus.DROPPED
        flag.status = Flag.Status.REMOVED
    flag.save(update_fields=["apart", "status", "updated_at"])


def _update_finding(finding: Finding, *, by: User) -> None:
    """Accept, dismiss or reopen a finding as the decisions on the flags made of it require."""
    flags = Flag.everything.made_blind(finding.segment.article).filter(finding=finding)
    made = list(flags.select_related("author"))
    kept = [flag for flag in made if flag.apart == BlindStatus.KEPT]
    if kept:
        decide_finding(finding, Finding.Status.TAKEN, by=kept[0].author)
    elif any(flag.apart == BlindStatus.SEALED for flag in made):
        decide_finding(finding, Finding.Status.OPEN, by=None)
    else:
        verdict = finding.verdicts.first()
        reason = verdict.reason if verdict else Finding.Reason.WRONG
        decide_finding(finding, Finding.Status.DISMISSED, by=by, reason=reason)


# ── handing on ───────────────────────────────────────────────────────────────


def why_not_close(person: User, article: Article) -> str | None:
    """Return why the person may not hand the compared article on, or None."""
    if reason := visibility.why_not_compare(person, article):
        return reason
    undecided = Flag.everything.made_blind(article).filter(apart=BlindStatus.SEALED)
    return _("Decide on every flag first.") if undecided.exists() else None


def close(article: Article, *, by: User) -> None:
    """Hand the article on with the flags that were kept. Raise Refused.

    Segments in which both reviewers found no fault are done.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(why_not_close(by, locked))
        verdicts = Verdict.objects.filter(segment__article=locked)
        found_fine = verdicts.filter(finding=None).order_by().values("segment")
        counted = found_fine.annotate(readers=Count("pk"))
        by_all = counted.filter(readers=len(locked.reviewers)).values("segment")
        fine = locked.segments.select_for_update().filter(
            pk__in=by_all, status=Segment.Status.TO_REVIEW
        )
        _confirm_segments(locked, dict(fine.values_list("pk", "position")), by=by)
        verdicts.delete()
        locked.stage = Article.Stage.COMPARED
        locked.save(update_fields=["stage", "updated_at"])
        Event.objects.record(Event.Act.COMPARED, article=locked, by=by)


def _confirm_segments(article: Article, positions: dict[int, int], *, by: User) -> None:
    """Set the segments (id → position) to done, with one event each."""
    events = [
        Event(act=Event.Act.CONFIRMED, article=article, segment_id=pk, position=position, actor=by)
        for pk, position in positions.items()
    ]
    Event.objects.store(events, article)
    article.segments.filter(pk__in=positions).update(
        status=Segment.Status.DONE, revision=F("revision") + 1
    )


def _refuse(reason: str | None) -> None:
    """Raise Refused where there is a reason."""
    if reason:
        raise workflow.Refused(reason)
