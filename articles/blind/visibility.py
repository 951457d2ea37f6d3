"""Blind review: what each of two reviewers sees of an article, and what is hidden from the other.

While an article is in blind review, its segments and findings stay as they were imported: their
rows hold nothing of what the reviewers say, so no query on them can reveal it. A reviewer's flags,
verdicts and events are sealed. ``apply_own_marks`` puts a reviewer's own marks on segments in
memory, which are never saved in that state. When both have finished, the article's stage is
*comparing*, see ``articles.adjudication``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _

from articles.models import Article, Assignment, Event, Finding, Flag, Segment, Verdict
from articles.models.hidden import BlindStatus
from articles.models.roles import APPROVE, may

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
"""The moves of a blind reviewer: they mark errors. Corrections begin when both have been compared.
"""

_OWN_FLAG = {"apart": BlindStatus.SEALED, "status": Flag.Status.OPEN}

VerdictsByFinding = dict[int | None, Verdict]
"""One reviewer's verdicts on one segment by finding; None is the verdict on the segment itself."""


def get_blind_assignment(person: User, article: Article) -> Assignment | None:
    """Return the person's assignment as one of two blind reviewers, now or in the past, or None."""
    if article.stage == Article.Stage.REVIEW:
        return None
    for assignment in article.reviewers:
        if assignment.person_id == person.pk:
            return assignment
    return None


def is_blind_reviewer(person: User, article: Article) -> bool:
    """Whether the person is one of the two and sees only their own marks."""
    return article.in_blind_review and get_blind_assignment(person, article) is not None


def other_reviewers(person: User, article: Article) -> list[Assignment]:
    """Return the article's reviewers without this person."""
    return [row for row in article.reviewers if row.person_id != person.pk]


# ── What is allowed ──────────────────────────────────────────────────────────


def why_not(move: str, person: User, article: Article) -> str | None:
    """Return why the move must wait until two blind reviews are finished and compared, or None."""
    if move == "compare":
        return why_not_compare(person, article)
    if article.stage == Article.Stage.COMPARING:
        return _(
            "Two people have reviewed this article blind. Work on it continues when a third "
            "has compared their flags."
        )
    if not article.in_blind_review:
        return None
    assignment = get_blind_assignment(person, article)
    if assignment is None:
        return _(
            "Two people are reviewing this article blind. It opens when both have finished "
            "and a third has compared their flags."
        )
    if assignment.finished_at:
        return _(
            "You have finished your review. You can resume it while the other reviewer "
            "is still working."
        )
    if move not in BLIND_MOVES:
        return _(
            "In a blind review you only flag problems. They are corrected once both reviews "
            "have been compared."
        )
    return None


def why_not_finish(person: User, article: Article) -> str | None:
    """Return why the person may not finish their blind review, or None."""
    assignment = get_blind_assignment(person, article)
    if not article.in_blind_review or assignment is None:
        return _("You are not one of the two blind reviewers of this article.")
    if assignment.finished_at:
        return _("You have already finished your review.")
    return None


def why_not_resume(person: User, article: Article) -> str | None:
    """Return why the person may not resume a blind review that they have finished, or None."""
    assignment = get_blind_assignment(person, article)
    if assignment is None:
        return _("You have not finished your review.")
    if not article.in_blind_review:
        return _("The other reviewer has finished too; both reviews are open now.")
    if not assignment.finished_at:
        return _("You have not finished your review.")
    return None


def why_not_declare(person: User, article: Article) -> str | None:
    """Return why the person may not declare both blind reviews finished for the reviewers, or None.

    Neither of the two reviewers may declare it for the other.
    """
    if not article.in_blind_review:
        return _("This article is not in blind review.")
    if get_blind_assignment(person, article):
        return _("You are one of its reviewers: somebody else has to end the blind review.")
    return None


def why_not_view_both(article: Article) -> str | None:
    """Return why nobody may see the two blind reviews side by side, or None."""
    if article.in_blind_review:
        return _(
            "Two people are reviewing this article blind; their flags are shown when both "
            "have finished."
        )
    if article.stage == Article.Stage.REVIEW:
        return _("This article had no blind review.")
    return None


def why_not_compare(person: User, article: Article) -> str | None:
    """Return why the person may not decide between the two blind reviews, or None.

    A third person decides, who may approve.
    """
    reason = why_not_view_both(article)
    if reason:
        return reason
    if article.stage == Article.Stage.COMPARED:
        return _("The reviews have been compared; the flags are now discussed in the article.")
    if not may(person, APPROVE, article):
        return _("Only approvers can compare blind reviews.")
    if get_blind_assignment(person, article):
        return _("You reviewed this article yourself: a third person has to compare the reviews.")
    return None


def why_not_start(article: Article) -> str | None:
    """Return why the article cannot be put into blind review, or None.

    Once somebody has reviewed any of it, the two reviewers would see that.
    """
    if article.stage != Article.Stage.REVIEW:
        return _("This article is or was in blind review.")
    if _has_review_work(article):
        return _(
            "Somebody has begun to review this article; a blind review needs an untouched one."
        )
    return None


def _has_review_work(article: Article) -> bool:
    """Whether the article has a flag, a decided finding, a reviewed segment or a correction."""
    flags = Flag.everything.filter(segment__article=article)
    findings = Finding.objects.filter(segment__article=article)
    work = (
        flags.exclude(status=Flag.Status.REMOVED),
        findings.exclude(status=Finding.Status.OPEN),
        article.segments.exclude(status=Segment.Status.TO_REVIEW),
        article.segments.filter(corrections__isnull=False),
    )
    return any(rows.exists() for rows in work)


def why_not_cancel(article: Article) -> str | None:
    """Return why the blind review cannot be cancelled, or None: existing marks would be lost."""
    if not article.in_blind_review:
        return _("This article is not in blind review.")
    if has_begun(article):
        return _("The blind review has begun; wait until both have finished, or end it.")
    return None


def has_begun(article: Article) -> bool:
    """Whether a blind reviewer has marked anything yet, or has finished."""
    if any(row.finished_at for row in article.reviewers):
        return True
    return Event.everything.filter(article=article, sealed=True).exists()


# ── What a blind reviewer sees ───────────────────────────────────────────────


def apply_own_marks(person: User, segments: Iterable[Segment], *findings: Finding) -> None:
    """Put a blind reviewer's own sealed flags, verdicts and status on the segments, in memory only.

    The segments are fresh from the database, with their article; ``findings`` are further findings
    of theirs, which get the reviewer's decisions too. For everybody else nothing changes. Makes
    four queries at most.
    """
    hidden: dict[int, Segment] = {}
    for segment in segments:
        if is_blind_reviewer(person, segment.article):
            hidden[segment.pk] = segment
    if not hidden:
        return
    flags = _own_flags_by_segment(person, hidden)
    verdicts = _own_verdicts_by_segment(person, hidden)
    own_events = Event.everything.filter(segment__in=hidden, actor=person, sealed=True).order_by()
    event_counts = dict(own_events.values_list("segment").annotate(Count("pk")))
    for key, segment in hidden.items():
        segment.shown_flags = flags[key]
        segment.status = _status_for_reviewer(flags[key], verdicts[key])
        # A reviewer's revision counts their own acts only: it must neither reveal the other's acts
        # nor become stale because of one.
        segment.revision += event_counts.get(key, 0)
        shown = getattr(segment, "shown_findings", ())
        for finding in (*shown, *findings):
            if finding.segment_id == key:
                _apply_decision(finding, flags[key], verdicts[key])


def _own_flags_by_segment(person: User, segments: Collection[int]) -> dict[int, list[Flag]]:
    """Return the reviewer's open sealed flags by segment key, oldest first, with their replies."""
    rows = Flag.everything.filter(segment__in=segments, author=person, **_OWN_FLAG).order_by("id")
    flags: dict[int, list[Flag]] = defaultdict(list)
    for flag in rows.select_related("author").prefetch_related("replies"):
        flags[flag.segment_id].append(flag)
    return flags


def _own_verdicts_by_segment(
    person: User, segments: Collection[int]
) -> dict[int, VerdictsByFinding]:
    """Return the reviewer's verdicts by segment key, then by finding key."""
    rows = Verdict.objects.filter(segment__in=segments, person=person)
    verdicts: dict[int, VerdictsByFinding] = defaultdict(dict)
    for verdict in rows.select_related("person"):
        verdicts[verdict.segment_id][verdict.finding_id] = verdict
    return verdicts


def _status_for_reviewer(flags: list[Flag], verdicts: VerdictsByFinding) -> Segment.Status:
    """Return the status that a segment has for the reviewer with these flags and verdicts."""
    if flags:
        return Segment.Status.FLAGGED
    if None in verdicts:
        return Segment.Status.DONE
    return Segment.Status.TO_REVIEW


def _apply_decision(finding: Finding, flags: list[Flag], verdicts: VerdictsByFinding) -> None:
    """Give a finding, in memory, the status that it has for the reviewer."""
    verdict = verdicts.get(finding.pk)
    if any(flag.finding_id == finding.pk for flag in flags):
        finding.status = Finding.Status.TAKEN
    elif verdict:
        finding.status = Finding.Status.DISMISSED
        finding.reason = verdict.reason
        finding.decided_by = verdict.person
        finding.decided_at = verdict.at


def has_own_flag(person: User | int) -> Exists:
    """Return a condition: the segment, in blind review, holds a flag of this reviewer."""
    return Exists(Flag.everything.filter(segment=OuterRef("pk"), author=person, **_OWN_FLAG))


def has_open_finding(person: User | int) -> Exists:
    """Return a condition: the segment, in blind review, has a finding still open for them."""
    return Exists(_undecided_by(person).filter(segment=OuterRef("pk")))


def own_open_counts(person: User, articles: Iterable[Article]) -> dict[int, tuple[int, int]]:
    """Return what is open for the person in the articles that they review blind.

    By the article's id: how many findings they have not decided on, and how many flags of theirs
    are open. Articles that the person does not review blind are left out. Two queries at most.
    """
    own = [article.pk for article in articles if is_blind_reviewer(person, article)]
    if not own:
        return {}
    findings = _undecided_by(person).filter(segment__article__in=own).order_by()
    found = dict(findings.values_list("segment__article").annotate(Count("pk")))
    flags = Flag.everything.filter(segment__article__in=own, author=person, **_OWN_FLAG).order_by()
    flagged = dict(flags.values_list("segment__article").annotate(Count("pk")))
    return {key: (found.get(key, 0), flagged.get(key, 0)) for key in own}


def open_findings(person: User, segment: Segment) -> QuerySet[Finding]:
    """Return the findings of the segment that are open for the person, in blind review or not."""
    if is_blind_reviewer(person, segment.article):
        return _undecided_by(person).filter(segment=segment)
    return Finding.objects.open().filter(segment=segment)


def dismissed_findings(person: User, segment: Segment) -> QuerySet[Finding]:
    """Return the findings of the segment that the person dismissed, in blind review or not."""
    rows = Finding.objects.filter(segment=segment)
    if is_blind_reviewer(person, segment.article):
        own = Verdict.objects.filter(finding=OuterRef("pk"), person=person)
        return rows.filter(Exists(own))
    return rows.filter(status=Finding.Status.DISMISSED, decided_by=person)


def _undecided_by(person: User | int) -> QuerySet[Finding]:
    """Return the open findings that a blind reviewer has neither flagged nor dismissed."""
    flagged = Flag.everything.filter(finding=OuterRef("pk"), author=person, **_OWN_FLAG)
    dismissed = Verdict.objects.filter(finding=OuterRef("pk"), person=person)
    return Finding.objects.open().exclude(Exists(flagged)).exclude(Exists(dismissed))


def own_status(person: User | int) -> Case:
    """Return the query expression of a segment's status that ``apply_own_marks`` sets."""
    own_verdict = Verdict.objects.filter(segment=OuterRef("pk"), person=person, finding=None)
    return Case(
        When(has_own_flag(person), then=Value("flagged")),
        When(Exists(own_verdict), then=Value("done")),
        default=F("status"),
    )


# ── What a blind reviewer records ────────────────────────────────────────────


def record_verdict(
    segment: Segment, *, by: User, finding: Finding | None = None, reason: str = ""
) -> None:
    """Store a reviewer's verdict. Call it only inside an act's transaction.

    With a ``finding``: it is no error, for this ``reason``. Without: the segment has no error.
    """
    Verdict.objects.create(segment=segment, person=by, finding=finding, reason=reason)


def delete_verdict(segment: Segment, *, by: User, finding: Finding | None = None) -> None:
    """Delete a reviewer's verdict. Call it only inside an act's transaction."""
    Verdict.objects.filter(segment=segment, person=by, finding=finding).delete()
