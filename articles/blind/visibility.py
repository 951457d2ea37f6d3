"""Floor 2: two people read an article and do not see each other: what each sees, and what is kept from the other.

While an article is ``sealed`` its segments and findings stay as they came: their rows hold nothing of what the readers
say, so nothing that reads them can tell. A reader's flags, verdicts and events are sealed; ``show`` puts one's own on
the segments in memory, which are never saved so. Both have finished: the article is *comparing*, see comparing.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Value, When
from django.utils.translation import gettext as _

from articles.models import Article, Assignment, Event, Finding, Flag, Segment, Verdict
from articles.models.hidden import BlindStatus
from articles.models.roles import APPROVE

BLIND_MOVES = (
    "flag",
    "take",
    "edit_flag",
    "remove_flag",
    "dismiss",
    "restore",
    "confirm",
    "reopen",
)
"""The moves of somebody who reads apart: saying what is wrong. Repair begins when both have been compared."""

_OWN_FLAG = {"apart": BlindStatus.SEALED, "status": Flag.Status.OPEN}


def get_blind_assignment(person: Any, article: Article) -> Assignment | None:
    """The person's part as one of the two readers of an article that is, or was, read apart."""
    if article.stage == Article.Stage.REVIEW:
        return None
    return next((row for row in article.reviewers if row.person_id == person.pk), None)


def is_blind_reviewer(person: Any, article: Article) -> bool:
    """Whether the person is one of the two, and sees only what they said themselves."""
    return article.in_blind_review and get_blind_assignment(person, article) is not None


def other_reviewers(person: Any, article: Article) -> list[Assignment]:
    """The readers but for this person."""
    return [row for row in article.reviewers if row.person_id != person.pk]


def why_not(move: str, person: Any, article: Article) -> str | None:
    """Why the move must wait until two readings are finished and compared, or None."""
    if move == "compare":
        return why_not_compare(person, article)
    if article.stage == Article.Stage.COMPARING:
        return _(
            "Two people have read this article apart; it goes on when their marks have been compared."
        )
    if not article.in_blind_review:
        return None
    reading = get_blind_assignment(person, article)
    if reading is None:
        return _(
            "Two people are reading this article apart; it opens when both have finished and were compared."
        )
    if reading.finished_at:
        return _("You have finished reading; you can take that back while the other still reads.")
    if move not in BLIND_MOVES:
        return _(
            "You are reading apart: mark what is wrong. It is repaired when both readings have been compared."
        )
    return None


def why_not_finish(person: Any, article: Article) -> str | None:
    """Why the person may not say that their reading is finished."""
    reading = get_blind_assignment(person, article)
    if not article.in_blind_review or reading is None:
        return _("You are not reading this article apart from somebody.")
    return _("You have finished reading already.") if reading.finished_at else None


def why_not_resume(person: Any, article: Article) -> str | None:
    """Why the person may not go on reading after having finished."""
    reading = get_blind_assignment(person, article)
    if article.stage in (Article.Stage.COMPARING, Article.Stage.COMPARED) and reading:
        return _("The other has finished too, and both readings are open now.")
    finished = article.in_blind_review and reading is not None and reading.finished_at
    return None if finished else _("You have not finished reading.")


def why_not_declare(person: Any, article: Article) -> str | None:
    """Why the person may not say for others that both readings are finished: not for the other of the two."""
    if not article.in_blind_review:
        return _("Nobody is reading this article apart.")
    mine = get_blind_assignment(person, article)
    return (
        _("You read this article yourself: somebody else declares it finished.") if mine else None
    )


def why_not_view_both(article: Article) -> str | None:
    """Why nobody may see the two readings beside each other."""
    if article.in_blind_review:
        return _(
            "Two people are reading this article apart; their marks are shown when both have finished."
        )
    if article.stage == Article.Stage.REVIEW:
        return _("This article was not read by two people apart.")
    return None


def why_not_compare(person: Any, article: Article) -> str | None:
    """Why the person may not decide between the two readings: that is for a third."""
    if reason := why_not_view_both(article):
        return reason
    if article.stage == Article.Stage.COMPARED:
        return _("These readings have been compared; the flags are talked about on the desk now.")
    if not person.has_perm(APPROVE):
        return _("Only approvers can decide between two readings.")
    if get_blind_assignment(person, article):
        return _("You read this article yourself: a third person decides between two readings.")
    return None


def why_not_start(article: Article) -> str | None:
    """Why two people cannot be had read the article apart: when somebody has said something, they would see it."""
    if article.stage != Article.Stage.REVIEW:
        return _("This article is or was read by two people apart.")
    said = (
        Flag.everything.filter(segment__article=article).exclude(status=Flag.Status.REMOVED),
        Finding.objects.filter(segment__article=article).exclude(status=Finding.Status.OPEN),
        article.segments.exclude(status=Segment.Status.TO_REVIEW),
        article.segments.filter(corrections__isnull=False),
    )
    if any(rows.exists() for rows in said):
        return _(
            "Somebody has begun to review this article; two people can only read apart what is untouched."
        )
    return None


def why_not_cancel(article: Article) -> str | None:
    """Why the reading apart cannot be called off: what was marked would have no place."""
    if not article.in_blind_review:
        return _("Nobody is reading this article apart.")
    return (
        _("The reading apart has begun; let both finish, or declare it finished.")
        if has_begun(article)
        else None
    )


def has_begun(article: Article) -> bool:
    """Whether a reader has said anything yet, or has finished."""
    finished = any(row.finished_at for row in article.reviewers)
    return finished or Event.everything.filter(article=article, sealed=True).exists()


# ── what a reader sees ───────────────────────────────────────────────────────


def apply_own_marks(person: Any, segments: Iterable[Segment], *things: Finding) -> None:
    """Put a reader's own sealed flags, verdicts and status on the segments (fresh from the database, with their
    article) and on ``things``, findings of theirs. For everybody else nothing changes. Four queries at most."""
    sealed = {each.pk: each for each in segments if is_blind_reviewer(person, each.article)}
    if not sealed:
        return
    flags: dict[int, list[Flag]] = defaultdict(list)
    verdicts: dict[int, dict[int | None, Verdict]] = defaultdict(dict)
    rows = Flag.everything.filter(segment__in=sealed, author=person, **_OWN_FLAG).order_by("id")
    for flag in rows.select_related("author").prefetch_related("replies"):
        flags[flag.segment_id].append(flag)
    for verdict in Verdict.objects.filter(segment__in=sealed, person=person).select_related(
        "person"
    ):
        verdicts[verdict.segment_id][verdict.finding_id] = verdict
    acts = Event.everything.filter(segment__in=sealed, actor=person, sealed=True).order_by()
    counts = dict(acts.values_list("segment").annotate(Count("pk")))
    for key, segment in sealed.items():
        segment.shown_flags, said = flags[key], verdicts[key]
        fine = Segment.Status.DONE if None in said else Segment.Status.TO_REVIEW
        segment.status = Segment.Status.FLAGGED if flags[key] else fine
        # Everybody's revision counts their own acts only: it must neither tell of the other's nor make one stale.
        segment.revision += counts.get(key, 0)
        taken = {flag.finding_id for flag in flags[key]}
        for finding in (*getattr(segment, "shown_findings", ()), *things):
            if finding.segment_id == key:
                _as_said(finding, said.get(finding.pk), taken=finding.pk in taken)


def _as_said(finding: Finding, verdict: Verdict | None, *, taken: bool) -> None:
    if taken:
        finding.status = Finding.Status.TAKEN
    elif verdict:
        finding.status, finding.reason = Finding.Status.DISMISSED, verdict.reason
        finding.decided_by, finding.decided_at = verdict.person, verdict.at


def has_own_flag(person: Any) -> Exists:
    """Whether a segment (of a sealed article) holds a flag of this reader's, as a query."""
    return Exists(Flag.everything.filter(segment=OuterRef("pk"), author=person, **_OWN_FLAG))


def has_open_finding(person: Any) -> Exists:
    """Whether a segment (of a sealed article) holds a finding that this reader has not answered, as a query."""
    flagged = Flag.everything.filter(finding=OuterRef("pk"), author=person, **_OWN_FLAG)
    answered = Verdict.objects.filter(finding=OuterRef("pk"), person=person)
    open_ = Finding.objects.filter(segment=OuterRef("pk"), status=Finding.Status.OPEN)
    return Exists(open_.exclude(Exists(flagged)).exclude(Exists(answered)))


def own_status(person: Any) -> Case:
    """The status of a segment (of a sealed article) as ``show`` gives it, as a query."""
    fine = Exists(Verdict.objects.filter(segment=OuterRef("pk"), person=person, finding=None))
    whens = When(has_own_flag(person), then=Value("flagged")), When(fine, then=Value("done"))
    return Case(*whens, default=F("status"))


# ── what a reader says ───────────────────────────────────────────────────────


def record_verdict(
    segment: Segment, *, by: Any, finding: Finding | None = None, reason: str = ""
) -> None:
    """Keep a reader's verdict: the finding is no fault, or (without one) the segment is fine. Only inside an act."""
    Verdict.objects.create(segment=segment, person=by, finding=finding, reason=reason)


def delete_verdict(segment: Segment, *, by: Any, finding: Finding | None = None) -> None:
    """Take a verdict back. Only inside an act."""
    Verdict.objects.filter(segment=segment, person=by, finding=finding).delete()
