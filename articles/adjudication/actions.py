"""Floor 3: two people have read an article apart: they say so, their marks are laid side by side, and a third decides.

``finish`` of the second opens both readings at once. Then each place that either marked is kept or dropped, an event
each, and may be decided otherwise until ``close`` hands the article on with the flags that were kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.blind import visibility
from articles.models import Article, Assignment, Event, Finding, Flag, Segment, Verdict
from articles.models.hidden import BlindStatus
from articles.review import workflow
from articles.review.actions import decide_finding, writing
from articles.scoring.agreement import DIFFERING, ONE, OTHER, SAME, Mark, figures, pairs

DECISIONS = ("first", "second", "both", "none", "open")
"""What can be decided of a place: keep the one's mark, the other's, both, neither; or leave it open again."""
DECISIONS_OF_KIND = {
    SAME: ("first", "none"),
    DIFFERING: ("first", "second", "both", "none"),
    ONE: ("first", "none"),
    OTHER: ("second", "none"),
}
"""Kind of a place → what can be decided of it."""


# ── finishing ────────────────────────────────────────────────────────────────


def finish(article: Article, *, by: Any) -> bool:
    """Say that one's reading is finished; True when both are, and open. Raises Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_finish(by, locked))
        _finished(visibility.get_blind_assignment(by, locked), by=by)
        return _open_if_finished(locked, by=by)


def declare_finished(article: Article, *, by: Any) -> None:
    """Say as an admin that both readings are finished, for somebody who will not. Raises Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_declare(by, locked))
        for reading in locked.reviewers:
            if not reading.finished_at:
                _finished(reading, by=by)
        _open_if_finished(locked, by=by)


def resume(article: Article, *, by: Any) -> None:
    """Go on reading after having finished, while the other still reads. Raises Refused."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(visibility.why_not_resume(by, locked))
        Assignment.objects.filter(article=locked, person=by).update(finished_at=None)
        Event.objects.record(Event.Act.RESUMED, article=locked, by=by)


def _finished(reading: Any, *, by: Any) -> None:
    reading.finished_at = timezone.now()
    reading.save(update_fields=["finished_at"])
    Event.objects.record(
        Event.Act.FINISHED, article=reading.article, by=by, person=str(reading.person)
    )


def _open_if_finished(article: Article, *, by: Any) -> bool:
    if not all(reading.finished_at for reading in article.reviewers):
        return False
    # The segments first: whoever writes to one at this moment is waited for, and whoever comes later is stale.
    segments = list(
        article.segments.select_for_update().order_by("pk").values_list("pk", flat=True)
    )
    sealed = Event.everything.filter(article=article, sealed=True)
    article.segments.update(revision=F("revision") + sealed.count() + 1)
    sealed.update(sealed=False)
    _take_dismissals(article)
    ids, names = zip(*((row.person_id, str(row.person)) for row in article.reviewers), strict=True)
    found = figures(segments, *_marks(Flag.everything.made_blind(article).order_by("id"), ids))
    details: dict[str, Any] = {"ids": ids, "readers": names, "figures": found.as_dict()}
    Event.objects.record(Event.Act.UNSEALED, article=article, by=by, **details)
    article.stage = Article.Stage.COMPARING
    article.save(update_fields=["stage", "updated_at"])
    return True


def _take_dismissals(article: Article) -> None:
    """What either dismissed is dismissed, unless the other made it a flag: that is decided with the flag."""
    flagged = Flag.everything.made_blind(article).filter(finding__isnull=False).values("finding")
    verdicts = Verdict.objects.filter(segment__article=article, finding__isnull=False).exclude(
        finding__in=flagged
    )
    said: dict[Any, Verdict] = {
        verdict.finding: verdict
        for verdict in verdicts.order_by("-id").select_related("finding", "person")
    }
    for finding, verdict in said.items():
        decide_finding(finding, Finding.Status.DISMISSED, by=verdict.person, reason=verdict.reason)


# ── side by side ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class AnnotationPair:
    """What the two said of one place of a segment, and what was decided of it ("open" while nothing is)."""

    first: Flag | None
    second: Flag | None
    kind: str

    @property
    def flags(self) -> list[Flag]:
        """The one or two flags."""
        return [flag for flag in (self.first, self.second) if flag]

    @property
    def decided(self) -> str:
        """One of KEEP."""
        if any(flag.apart == BlindStatus.SEALED for flag in self.flags):
            return "open"
        kept = [
            name
            for name in ("first", "second")
            if (flag := getattr(self, name)) and flag.apart == BlindStatus.KEPT
        ]
        return "both" if len(kept) == 2 else (kept or ["none"])[0]

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be decided of it."""
        return DECISIONS_OF_KIND[self.kind]


class Comparison:
    """An article's two readings beside each other, in reading order. Three queries."""

    def __init__(self, article: Article, *, segment: Segment | None = None) -> None:
        self.article, self.told = article, opening_details(article)
        flags = Flag.everything.made_blind(article).select_related("author", "finding")
        flags = flags.filter(segment=segment) if segment else flags
        self._flags = {flag.pk: flag for flag in flags.order_by("id")}

    @cached_property
    def pairs(self) -> dict[int, list[AnnotationPair]]:
        """Segment → its places."""
        found: dict[int, list[AnnotationPair]] = defaultdict(list)
        for pair in pairs(*_marks(self._flags.values(), self.told["ids"])):
            first, second = (self._flags[mark.key] if mark else None for mark in pair)
            found[next(mark.segment for mark in pair if mark)].append(
                AnnotationPair(first, second, pair.kind)
            )
        return found

    @property
    def every_place(self) -> list[AnnotationPair]:
        """All places."""
        return [place for places in self.pairs.values() for place in places]

    @property
    def left(self) -> int:
        """How many places are not decided."""
        return sum(place.decided == "open" for place in self.every_place)


def opening_details(article: Article) -> dict[str, Any]:
    """What was written down when both readings were opened: the readers' ``ids`` and names (``readers``), and how far
    they agreed (``figures``, see agreement.py). Who reviews the article may change later. Raises Event.DoesNotExist.
    """
    event: Event = Event.objects.get(article=article, act=Event.Act.UNSEALED)
    return event.details


# ── deciding ─────────────────────────────────────────────────────────────────


def decide_pair(
    segment: Segment, *, by: Any, revision: int, flags: tuple[int, int], keep: str
) -> None:
    """Decide of one place, known by the ids of its flags (0 for none), which marks are kept: one of KEEP.

    What is dropped is removed, with this decision as the reason; both ids and ``keep`` must fit, else Refused.
    """
    with writing(segment, "compare", by=by, revision=revision) as locked:
        chosen = _place(locked, flags)
        if keep not in (*chosen.offered, "open"):
            raise workflow.Refused(_("That cannot be decided here."))
        for name in ("first", "second"):
            if flag := getattr(chosen, name):
                _become(flag, keep, name, kind=chosen.kind)
        for finding in {flag.finding for flag in chosen.flags if flag.finding}:
            _follow(finding, by=by)
        kept = [str(flag.author) for flag in chosen.flags if flag.apart == BlindStatus.KEPT]
        ids = [flag.pk for flag in chosen.flags]
        details: dict[str, Any] = {
            "flags": ids,
            "type": chosen.flags[0].type,
            "keep": keep,
            "kept": kept,
        }
        Event.objects.record(Event.Act.DECIDED, segment=locked, by=by, **details)


def why_not_close(person: Any, article: Article) -> str | None:
    """Why the person may not hand the compared article on, or None."""
    if reason := visibility.why_not_compare(person, article):
        return reason
    left = Flag.everything.made_blind(article).filter(apart=BlindStatus.SEALED).exists()
    return _("Decide on every mark first.") if left else None


def close(article: Article, *, by: Any) -> None:
    """All is decided: the article goes on with the flags that were kept, and what both found fine is done.

    Raises Refused.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        _refuse(why_not_close(by, locked))
        verdicts = Verdict.objects.filter(segment__article=locked)
        found_fine = (
            verdicts.filter(finding=None).order_by().values("segment").annotate(readers=Count("pk"))
        )
        both = found_fine.filter(readers=len(locked.reviewers)).values("segment")
        fine = locked.segments.select_for_update().filter(
            pk__in=both, status=Segment.Status.TO_REVIEW
        )
        done = dict(fine.values_list("pk", "position"))
        Event.objects.bulk_create(
            Event(
                act=Event.Act.CONFIRMED, article=locked, segment_id=key, position=position, actor=by
            )
            for key, position in done.items()
        )
        locked.segments.filter(pk__in=done).update(
            status=Segment.Status.DONE, revision=F("revision") + 1
        )
        verdicts.delete()
        locked.stage = Article.Stage.COMPARED
        locked.save(update_fields=["stage", "updated_at"])
        Event.objects.record(Event.Act.COMPARED, article=locked, by=by)


def _place(segment: Segment, ids: tuple[int, int]) -> AnnotationPair:
    for place in Comparison(segment.article, segment=segment).pairs.get(segment.pk, []):
        if tuple(flag.pk if flag else 0 for flag in (place.first, place.second)) == ids:
            return place
    raise workflow.Refused(_("That cannot be decided here."))


def _become(flag: Flag, keep: str, name: str, *, kind: str) -> None:
    if keep == "open":
        flag.apart, flag.status = BlindStatus.SEALED, Flag.Status.OPEN
    elif keep in (name, "both"):
        flag.apart, flag.status = BlindStatus.KEPT, Flag.Status.OPEN
    else:
        same = kind == SAME and keep != "none"
        flag.apart, flag.status = (
            BlindStatus.SAME if same else BlindStatus.DROPPED,
            Flag.Status.REMOVED,
        )
    flag.save(update_fields=["apart", "status", "updated_at"])


def _follow(finding: Finding, *, by: Any) -> None:
    """A finding goes with the flags that were made of it: taken, no fault, or open again."""
    made = list(
        Flag.everything.made_blind(finding.segment.article)
        .filter(finding=finding)
        .select_related("author")
    )
    kept = [flag for flag in made if flag.apart == BlindStatus.KEPT]
    if kept:
        decide_finding(finding, Finding.Status.TAKEN, by=kept[0].author)
    elif any(flag.apart == BlindStatus.SEALED for flag in made):
        decide_finding(finding, Finding.Status.OPEN, by=None)
    else:
        said = finding.verdicts.first()
        decide_finding(
            finding,
            Finding.Status.DISMISSED,
            by=by,
            reason=said.reason if said else Finding.Reason.WRONG,
        )


def _marks(flags: Iterable[Flag], readers: Sequence[int]) -> tuple[list[Mark], list[Mark]]:
    """The flags of the two readers (ids) as agreement.py takes them."""
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for flag in flags:
        mark = Mark(
            flag.pk,
            flag.segment_id,
            flag.type,
            flag.severity,
            flag.source_span,
            flag.target_span,
            flag.caret,
        )
        found[readers.index(flag.author_id)].append(mark)
    return found


def _refuse(reason: str | None) -> None:
    if reason:
        raise workflow.Refused(reason)
