"""Queries of the desk and of the first page: filters with their counts, orders, progress, my work.

They only read. Each function says how many queries it costs, so that a page can add them up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Length, Replace
from django.db.models.query import QuerySet
from django.utils.translation import gettext_noop

from articles.blind import visibility
from articles.models import (
    Article,
    Assignment,
    Correction,
    Event,
    Finding,
    Flag,
    Reply,
    Segment,
)
from articles.models.documents import SegmentQuerySet
from articles.models.review import DISPUTED, ReplyKind
from articles.models.roles import APPROVE, may_anywhere, within_teams
from articles.review.cards import attach_card_rows
from articles.scoring.mqm import SEVERITIES
from articles.text.thresholds import UNCERTAIN_ALIGNMENT

PAGE_SIZE = 50
"""Segments that one page, or one chunk of the desk, carries."""

FILTERS: dict[str, str] = {
    "": gettext_noop("All"),
    "to_review": gettext_noop("To review"),
    "findings": gettext_noop("With findings"),
    "flagged": gettext_noop("Flagged"),
    "waiting": gettext_noop("Awaiting approval"),
    "disputed": gettext_noop("In discussion"),
    "done": gettext_noop("Done"),
    "mine": gettext_noop("Mine"),
}
ORDERS: dict[str, str] = {"": gettext_noop("Reading order"), "risk": gettext_noop("Riskiest first")}

CHOICES = ("filter", "order", "search")
"""What the address of a desk chooses its segments by."""

S = Segment.Status
_LONGEST_SEARCH = 10_000
"""Letters that can be searched for; SQLite stops at 50,000 bytes."""
_WORDS = Case(
    When(
        source_text="", then=Length("target_text") - Length(Replace("target_text", Value(" "))) + 1
    ),
    default=Length("source_text") - Length(Replace("source_text", Value(" "))) + 1,
)
"""Words of a segment as the database counts them: blanks plus one, of the source if it has one."""


def _statuses_to_review(*, is_blind: bool) -> list[str]:
    """Return the statuses of segments to work on; in a blind review a flagged segment is done."""
    return [S.TO_REVIEW] if is_blind else [S.TO_REVIEW, S.FLAGGED]


@dataclass
class Progress:
    """How far an article is, in segments and in words, by segment status."""

    segments: dict[str, int] = field(default_factory=lambda: dict.fromkeys(S.values, 0))
    words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(S.values, 0))
    is_blind: bool = False
    """Whether it is of a blind reviewer: flagged segments are done, for corrections come later."""

    @property
    def segment_count(self) -> int:
        """Return the number of all segments."""
        return sum(self.segments.values())

    @property
    def word_count(self) -> int:
        """Return the number of all words."""
        return sum(self.words.values())

    @property
    def done_statuses(self) -> list[str]:
        """Return the statuses of segments that are done."""
        return [S.DONE, S.FLAGGED] if self.is_blind else [S.DONE]

    @property
    def done(self) -> int:
        """Return the number of segments that are done."""
        return sum(self.segments[status] for status in self.done_statuses)

    @property
    def done_words(self) -> int:
        """Return the number of words in segments that are done."""
        return sum(self.words[status] for status in self.done_statuses)

    @property
    def state(self) -> str:
        """Return how far the review is: "new", "review", or "waiting" for approvals alone.

        The script of the desk says the same after an act, and ``stage`` (counts.js).
        """
        left = self.segments[S.TO_REVIEW] + self.segments[S.FLAGGED]
        if self.segments[S.WAITING] and not left:
            return "waiting"
        return "new" if self.segments[S.TO_REVIEW] == self.segment_count else "review"

    @property
    def stage(self) -> str:
        """Return the state, or "done" where every segment is."""
        return "done" if self.done == self.segment_count else self.state

    @property
    def is_begun(self) -> bool:
        """Return whether some segments have been reviewed, and some have not."""
        statuses = _statuses_to_review(is_blind=self.is_blind)
        to_review = sum(self.segments[status] for status in statuses)
        return 0 < to_review < self.segment_count


def progress_of(articles: Iterable[Article], person: User | None = None) -> dict[int, Progress]:
    """Return the progress of each article by its id; that of a blind reviewer is their own.

    One query for all articles; one more, and one an article, where some are in blind review.
    """
    own: set[int] = set()
    found: dict[int, Progress] = {}
    for article in articles:
        is_blind = person is not None and visibility.is_blind_reviewer(person, article)
        if is_blind:
            own.add(article.pk)
        found[article.pk] = Progress(is_blind=is_blind)
    _count_segments(found, found.keys() - own, F("status"))
    if person is not None:
        _count_segments(found, own, visibility.own_status(person))
    return found


def _count_segments(found: dict[int, Progress], keys: Collection[int], status: Combinable) -> None:
    """Fill in the counts of the articles ``keys`` by the status that the expression gives."""
    if not keys:
        return
    segments = Segment.objects.filter(article__in=keys).order_by().annotate(stands=status)
    rows = segments.values("article_id", "stands")
    for row in rows.annotate(segments=Count("pk"), words=Sum(_WORDS)):
        progress = found[row["article_id"]]
        progress.segments[row["stands"]] = row["segments"]
        progress.words[row["stands"]] = row["words"]


def _has_open_finding(_person_id: int) -> Q:
    findings = Finding.objects.open().filter(segment=OuterRef("pk"))
    return Q(Exists(findings))


def _is_disputed(_person_id: int) -> Q:
    flags = Flag.objects.filter(segment=OuterRef("pk"), status=Flag.Status.OPEN)
    return Q(Exists(flags.filter(talk__in=DISPUTED)))


def _is_mine(person_id: int) -> Q:
    flags = Flag.objects.filter(segment=OuterRef("pk"), author=person_id)
    flags = flags.exclude(status=Flag.Status.REMOVED)
    corrections = Correction.objects.filter(segment=OuterRef("pk"), author=person_id)
    return Q(Exists(flags)) | Q(Exists(corrections))


def _has_open_finding_blind(person_id: int) -> Q:
    return Q(visibility.has_open_finding(person_id))


def _is_mine_blind(person_id: int) -> Q:
    return Q(visibility.has_own_flag(person_id))


_FILTER_CONDITIONS: dict[str, Callable[[int], Q]] = {
    "findings": _has_open_finding,
    "disputed": _is_disputed,
    "mine": _is_mine,
}
"""The filters that need more than the segment's status."""
_BLIND_FILTER_CONDITIONS: dict[str, Callable[[int], Q]] = {
    "findings": _has_open_finding_blind,
    "disputed": _is_disputed,
    "mine": _is_mine_blind,
}
"""The same for a blind reviewer."""


def select_segments(
    article: Article, person: User, *, filter: str = "", order: str = "", search: str = ""
) -> SegmentQuerySet:
    """Return the article's segments that pass the filter and contain the searched words.

    The words may stand in either language or in a correction. Unknown names of filters and orders
    stand for the first of each list.
    """
    segments: SegmentQuerySet = article.segments.all()
    is_blind = visibility.is_blind_reviewer(person, article)
    if filter in S.values:
        status = visibility.own_status(person) if is_blind else F("status")
        segments = segments.alias(stands=status).filter(stands=filter)
    elif filter in _FILTER_CONDITIONS:
        rules = _BLIND_FILTER_CONDITIONS if is_blind else _FILTER_CONDITIONS
        segments = segments.filter(rules[filter](person.pk))
    if search:
        segments = _containing(segments, search, person)
    if order == "risk":
        return by_risk(segments)
    return segments.order_by("position")


def _containing(segments: SegmentQuerySet, words: str, person: User) -> SegmentQuerySet:
    """Return those of the segments whose texts or corrections contain the words."""
    if "\0" in words or len(words) > _LONGEST_SEARCH:
        # Neither database can be asked for it.
        return segments.none()
    in_texts = Q(source_text__icontains=words) | Q(target_text__icontains=words)
    corrections = Correction.objects.filter(segment=OuterRef("pk"), text__icontains=words)
    # A draft is visible to its author only: nobody else learns its words by searching for them.
    others_drafts = ~Q(author=person) & Q(status=Correction.Status.DRAFT)
    corrections = corrections.exclude(others_drafts)
    return segments.filter(in_texts | Q(Exists(corrections)))


def by_risk(segments: SegmentQuerySet) -> SegmentQuerySet:
    """Return the segments in the order of their risk.

    First come those whose alignment is uncertain, because nothing else can be judged there; then
    those with the highest expected MQM penalty of their open findings (severity weight ×
    probability); then by position.
    """
    unsure = Case(When(score__lt=UNCERTAIN_ALIGNMENT, then=Value(1)), default=Value(0))
    weights = [
        When(findings__severity=name, then=Value(float(weight)))
        for name, weight in SEVERITIES.items()
    ]
    expected = Sum(
        Case(*weights, default=Value(0.0), output_field=FloatField()) * F("findings__score"),
        filter=Q(findings__status=Finding.Status.OPEN, findings__hidden_by=None),
    )
    return segments.annotate(unsure=unsure, risk=Coalesce(expected, 0.0)).order_by(
        "-unsure", "-risk", "position"
    )


@lru_cache(maxsize=200)
def _counts_of(person_id: int, *, is_blind: bool) -> QuerySet[Segment, Any]:
    """Return the query of a desk's summary for one person, without its article.

    Its rows are a status, its segments, its words and how many of the segments pass each of the
    rules. To build the query takes Django longer than the database takes to answer it: each
    process builds it once for each person. ``is_blind`` is for a person who reviews blind.
    """
    rules = _BLIND_FILTER_CONDITIONS if is_blind else _FILTER_CONDITIONS
    counts = {name: Count("pk", filter=rule(person_id)) for name, rule in rules.items()}
    status = visibility.own_status(person_id) if is_blind else F("status")
    rows = Segment.objects.order_by().annotate(stands=status).values_list("stands")
    return rows.annotate(segments=Count("pk"), words=Sum(_WORDS), **counts)


def summary_of(article: Article, person: User) -> tuple[Progress, dict[str, int]]:
    """Return how far the article is, and how many segments pass each filter. One query."""
    own = visibility.is_blind_reviewer(person, article)
    progress = Progress(is_blind=own)
    counts = dict.fromkeys(FILTERS, 0)
    rows = _counts_of(person.pk, is_blind=own).filter(article=article)
    for status, segments, words, *passing in rows:
        progress.segments[status] = segments
        progress.words[status] = words
        counts[status] = segments
        for name, count in zip(_FILTER_CONDITIONS, passing, strict=True):
            counts[name] += count
    counts[""] = progress.segment_count
    return progress, counts


def status_letters(article: Article, person: User) -> str:
    """Return the first letter of each segment's status, in reading order. One query."""
    is_blind = visibility.is_blind_reviewer(person, article)
    status = visibility.own_status(person) if is_blind else F("status")
    rows = article.segments.order_by("position").annotate(stands=status)
    return "".join(stands[0] for stands in rows.values_list("stands", flat=True))


def first_to_review(article: Article, person: User) -> Segment | None:
    """Return the first segment that is left for this person to review, None when there is none."""
    is_blind = visibility.is_blind_reviewer(person, article)
    status = visibility.own_status(person) if is_blind else F("status")
    statuses = _statuses_to_review(is_blind=is_blind)
    segments = article.segments.alias(stands=status).filter(stands__in=statuses)
    return segments.order_by("position").first()


def page_number_of(segment: Segment, person: User | None = None, **asked: str) -> int:
    """Return the number of the desk's page that holds the segment.

    ``asked`` are the filter, order and search of the desk (see ``select_segments``), which need the
    ``person``; without them the pages are those of the whole article. 1 where the segment is not
    among them. One query.
    """
    if asked and person is not None:
        rows = list(select_segments(segment.article, person, **asked).values_list("pk", flat=True))
        return rows.index(segment.pk) // PAGE_SIZE + 1 if segment.pk in rows else 1
    before = Segment.objects.filter(article_id=segment.article_id, position__lt=segment.position)
    return before.count() // PAGE_SIZE + 1


def with_neighbours(segment: Segment, person: User) -> list[Segment]:
    """Return the segment between its neighbours, as the desk shows them to the person."""
    first, last = segment.position - 1, segment.position + 1
    rows = segment.article.segments.filter(position__gte=first, position__lte=last)
    found = list(rows.order_by("position"))
    attach_card_rows(found, person)
    visibility.apply_own_marks(person, found)
    return found


def history(article: Article, person: User, *, segment: Segment | None = None) -> QuerySet[Event]:
    """Return the events of the article, or of one of its segments, that the person may see.

    The newest come first.
    """
    events = Event.everything.visible_to(person).filter(article=article).select_related("actor")
    if segment is None:
        return events
    return events.filter(segment=segment)


_DOCUMENTS = ("segment__article__source", "segment__article__target")
_TEAM = "segment__article__team"
_TEXTS = [f"{document}__{field}" for document in _DOCUMENTS for field in ("text", "page")]


def my_work(person: User, *, limit: int = 20) -> dict[str, list[Any]]:
    """Return the open work of this person, ``limit`` rows of each kind. Seven queries at most.

    ``to_decide`` are corrections of others for an approver, for anybody else approvers' edits of
    their own; ``drafts`` and ``sent_back`` one's own
    corrections; ``answered`` are one's own flags that somebody answered, ``to_settle`` flags of
    others on which an approver decides.
    """
    return {
        "to_decide": list(to_decide(person)[:limit]),
        "drafts": list(_drafts(person)[:limit]),
        "sent_back": list(_returned(person)[:limit]),
        "answered": list(_answered_flags(person)[:limit]),
        "to_settle": list(_flags_to_settle(person)[:limit]),
    }


def _corrections(person: User) -> QuerySet[Correction]:
    """Return the corrections of the person's teams with their people and articles.

    The articles come without their texts.
    """
    rows = Correction.objects.filter(within_teams(person, _TEAM), segment__article__ready=True)
    rows = rows.select_related(*_DOCUMENTS, "author", "decided_by")
    return rows.defer(*_TEXTS)


def to_decide(person: User) -> QuerySet[Correction]:
    """Return the corrections of others that wait for a decision, those of an article together.

    In teams where the person is no approver these are the edits that approvers made of their own
    corrections.
    The articles whose approval is due next come first, then those that wait longest.
    """
    submitted = Correction.Status.SUBMITTED
    rows = _corrections(person).filter(status=submitted).exclude(author=person)
    rows = rows.exclude(brought_by=person)
    own_edited = Q(edit_of__author=person)
    if may_anywhere(person, APPROVE):
        rows = rows.filter(within_teams(person, _TEAM, APPROVE) | own_edited)
    else:
        rows = rows.filter(own_edited)
    article = OuterRef("segment__article")
    day, hour = Assignment.objects.earliest_due(article)
    rows = rows.annotate(
        due_day=day,
        due_hour=hour,
        # A window reads the waiting corrections once, where a subquery reads each article's again
        # for each of them.
        since=Window(Min("submitted_at"), partition_by=F("segment__article")),
    )
    by_due = (F("due_day").asc(nulls_last=True), F("due_hour").asc(nulls_last=True))
    return rows.order_by(*by_due, "since", "segment__article", "segment__position")


def neighbours_of(segments: Collection[Segment]) -> dict[tuple[int, int], Segment]:
    """Return (article, position) → segment with its text in force, for those before and after.

    One query.
    """
    articles = {segment.article_id for segment in segments}
    positions = {segment.position + step for segment in segments for step in (-1, 1)}
    rows = Segment.objects.filter(article__in=articles, position__in=positions)
    return {(row.article_id, row.position): row for row in rows.with_text_in_force()}


def _drafts(person: User) -> QuerySet[Correction]:
    """Return the person's drafts, also those that cannot be sent as their segment stands."""
    rows = _corrections(person).filter(status=Correction.Status.DRAFT, author=person)
    return rows.order_by("-updated_at")


def _returned(person: User) -> QuerySet[Correction]:
    """Return the person's own returned corrections that they have not replaced yet."""
    newer = Correction.objects.filter(
        segment=OuterRef("segment"), author=person, pk__gt=OuterRef("pk")
    )
    # What was returned elsewhere is history, per its file.
    rows = _corrections(person).filter(status=Correction.Status.REJECTED, author=person, claim="")
    rows = rows.exclude(segment__status=S.DONE).exclude(Exists(newer))
    return rows.order_by("-decided_at")


def _open_flags(person: User, permission: str = "") -> QuerySet[Flag]:
    """Return the open flags of the person's teams with their replies and articles.

    The articles come without their texts. With a permission: of the teams where they have it.
    """
    flags = Flag.objects.filter(within_teams(person, _TEAM, permission))
    flags = flags.filter(status=Flag.Status.OPEN, segment__article__ready=True)
    flags = flags.select_related(*_DOCUMENTS, "author").defer(*_TEXTS)
    replies = Prefetch("replies", Reply.objects.select_related("author"))
    with_replies: QuerySet[Flag] = flags.prefetch_related(replies)
    return with_replies.order_by("updated_at")


def _answered_flags(person: User) -> QuerySet[Flag]:
    return _open_flags(person).filter(talk=ReplyKind.ANSWERED, author=person)


def _flags_to_settle(person: User) -> QuerySet[Flag]:
    """Return the flags that others keep, and in whose discussion the person took no part."""
    own_replies = Reply.objects.filter(flag=OuterRef("pk"), author=person)
    flags = _open_flags(person, APPROVE).filter(talk=ReplyKind.KEPT).exclude(author=person)
    return flags.exclude(Exists(own_replies))
