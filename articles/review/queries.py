"""Floor 2: what the screens ask of the stored rows: filters with their counts, orders, progress, my work.

Reading only. Each function says how many queries it costs, so that a page can add them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    OuterRef,
    Prefetch,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Replace
from django.db.models.query import QuerySet
from django.utils.translation import gettext_noop

from articles.blind import visibility
from articles.models import Article, Correction, Event, Finding, Flag, Reply, Segment
from articles.models.documents import SegmentQuerySet
from articles.models.review import DISPUTED, ReplyKind
from articles.models.roles import APPROVE
from articles.review.prefetch import attach_card_rows
from articles.scoring.mqm import SEVERITIES
from articles.text.thresholds import UNCERTAIN_ALIGNMENT

PAGE_SIZE = 50
"""Segments that one page, or one chunk of the desk, carries."""

FILTERS: dict[str, str] = {
    "": gettext_noop("All"),
    "to_review": gettext_noop("To review"),
    "findings": gettext_noop("With findings"),
    "flagged": gettext_noop("Flagged"),
    "waiting": gettext_noop("Waiting"),
    "disputed": gettext_noop("In dispute"),
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
"""Words of a segment as the database can count them: blanks plus one, of the source where there is one."""


def _to_do(*, read_apart: bool) -> list[str]:
    """The statuses of segments to work on; who reads apart has done with what they flagged."""
    return [S.TO_REVIEW] if read_apart else [S.TO_REVIEW, S.FLAGGED]


@dataclass
class Progress:
    """How far an article is, in segments and in words, by segment status."""

    segments: dict[str, int] = field(default_factory=lambda: dict.fromkeys(S.values, 0))
    words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(S.values, 0))
    read_apart: bool = False
    """Whether it is of somebody who reads apart: what they flagged is done, too, for repair comes later."""

    @property
    def segment_count(self) -> int:
        """All segments."""
        return sum(self.segments.values())

    @property
    def word_count(self) -> int:
        """All words."""
        return sum(self.words.values())

    @property
    def done_statuses(self) -> list[str]:
        """The statuses of segments that are done."""
        return [S.DONE, S.FLAGGED] if self.read_apart else [S.DONE]

    @property
    def done(self) -> int:
        """Segments that are done."""
        return sum(self.segments[status] for status in self.done_statuses)

    @property
    def done_words(self) -> int:
        """Words of segments that are done."""
        return sum(self.words[status] for status in self.done_statuses)

    @property
    def is_begun(self) -> bool:
        """Whether some segments have been reviewed, and some have not."""
        return (
            0
            < sum(self.segments[status] for status in _to_do(read_apart=self.read_apart))
            < self.segment_count
        )


def progress_of(articles: Iterable[Article], person: Any = None) -> dict[int, Progress]:
    """Article id → its progress, for somebody who reads it apart their own. One query for all of them; one more, and
    one an article, where articles are being read apart."""
    wanted = list(articles)
    own = {
        article.pk for article in wanted if person and visibility.is_blind_reviewer(person, article)
    }
    found = {article.pk: Progress(read_apart=article.pk in own) for article in wanted}
    for keys, status in ((found.keys() - own, F("status")), (own, visibility.own_status(person))):
        rows = (
            Segment.objects.filter(article__in=keys)
            .order_by()
            .annotate(stands=status)
            .values("article_id", "stands")
        )
        for row in rows.annotate(segments=Count("pk"), words=Sum(_WORDS)) if keys else ():
            progress = found[row["article_id"]]
            progress.segments[row["stands"]] = row["segments"]
            progress.words[row["stands"]] = row["words"]
    return found


def _open_finding(_person: Any) -> Q:
    return Q(Exists(Finding.objects.filter(segment=OuterRef("pk"), status=Finding.Status.OPEN)))


def _dispute(_person: Any) -> Q:
    return Q(
        Exists(
            Flag.objects.filter(segment=OuterRef("pk"), status=Flag.Status.OPEN, talk__in=DISPUTED)
        )
    )


def _mine(person: Any) -> Q:
    flags = Flag.objects.filter(segment=OuterRef("pk"), author=person).exclude(
        status=Flag.Status.REMOVED
    )
    corrections = Correction.objects.filter(segment=OuterRef("pk"), author=person)
    return Q(Exists(flags)) | Q(Exists(corrections))


_RULES: dict[str, Callable[[Any], Q]] = {
    "findings": _open_finding,
    "disputed": _dispute,
    "mine": _mine,
}
"""The filters that ask for more than the segment's status."""
_RULES_APART = _RULES | {
    "findings": lambda person: Q(visibility.has_open_finding(person)),
    "mine": lambda person: Q(visibility.has_own_flag(person)),
}
"""The same for somebody who reads apart."""


def select_segments(
    article: Article, person: Any, *, filter: str = "", order: str = "", search: str = ""
) -> SegmentQuerySet:
    """The article's segments that pass the filter and hold the searched words in either language. Unknown names of
    filters and orders mean the first of each list."""
    segments: SegmentQuerySet = article.segments.all()
    own = visibility.is_blind_reviewer(person, article)
    if filter in S.values:
        segments = segments.alias(
            stands=visibility.own_status(person) if own else F("status")
        ).filter(stands=filter)
    elif filter in _RULES:
        segments = segments.filter((_RULES_APART if own else _RULES)[filter](person))
    if "\0" in search or len(search) > _LONGEST_SEARCH:
        segments = segments.none()  # neither database can be asked for it
    elif search:
        said = Q(source_text__icontains=search) | Q(target_text__icontains=search)
        corrected = Correction.objects.filter(segment=OuterRef("pk"), text__icontains=search)
        # A draft is its author's alone: nobody else learns its words by searching for them.
        corrected = corrected.exclude(~Q(author=person), status=Correction.Status.DRAFT)
        segments = segments.filter(said | Q(Exists(corrected)))
    return by_risk(segments) if order == "risk" else segments.order_by("position")


def by_risk(segments: SegmentQuerySet) -> SegmentQuerySet:
    """Riskiest first: pairings that are possibly wrong, because nothing else can be judged there; then by the MQM
    points to be expected of the open findings (weight × likelihood); then by position.
    """
    unsure = Case(When(score__lt=UNCERTAIN_ALIGNMENT, then=Value(1)), default=Value(0))
    weights = [
        When(findings__severity=name, then=Value(float(weight)))
        for name, weight in SEVERITIES.items()
    ]
    expected = Sum(
        Case(*weights, default=Value(0.0), output_field=FloatField()) * F("findings__score"),
        filter=Q(findings__status=Finding.Status.OPEN),
    )
    return segments.annotate(unsure=unsure, risk=Coalesce(expected, 0.0)).order_by(
        "-unsure", "-risk", "position"
    )


@lru_cache(maxsize=200)
def _counts_of(person_id: int, *, own: bool) -> QuerySet[Segment, Any]:
    """Return the query of a desk's summary for one person, without its article.

    Its rows are a status, its segments, its words and how many of the segments pass each of the
    rules. To build the query takes Django longer than the database takes to answer it: each
    process builds it once for each person. ``own`` is for a person who reviews blind.
    """
    rules = _RULES_APART if own else _RULES
    counts = {name: Count("pk", filter=rule(person_id)) for name, rule in rules.items()}
    status = visibility.own_status(person_id) if own else F("status")
    rows = Segment.objects.order_by().annotate(stands=status).values_list("stands")
    return rows.annotate(segments=Count("pk"), words=Sum(_WORDS), **counts)


def summary_of(article: Article, person: User) -> tuple[Progress, dict[str, int]]:
    """Return how far the article is, and how many segments pass each filter. One query."""
    own = visibility.is_blind_reviewer(person, article)
    progress = Progress(read_apart=own)
    counts = dict.fromkeys(FILTERS, 0)
    rows = _counts_of(person.pk, own=own).filter(article=article)
    for status, segments, words, *passing in rows:
        progress.segments[status] = segments
        progress.words[status] = words
        counts[status] = segments
        for name, count in zip(_RULES, passing, strict=True):
            counts[name] += count
    counts[""] = progress.segment_count
    return progress, counts


def first_to_review(article: Article, person: Any) -> Segment | None:
    """The first segment that this person may still want to review; None when there is none."""
    own = visibility.is_blind_reviewer(person, article)
    segments = article.segments.alias(stands=visibility.own_status(person) if own else F("status"))
    return segments.filter(stands__in=_to_do(read_apart=own)).order_by("position").first()


def page_number_of(segment: Segment, person: Any = None, **asked: str) -> int:
    """The number of the desk's page that holds the segment: in reading order, or among what ``asked`` (see chosen)
    chooses, where it may be missing: then 1. One query."""
    if asked:
        rows = list(select_segments(segment.article, person, **asked).values_list("pk", flat=True))
        return rows.index(segment.pk) // PAGE_SIZE + 1 if segment.pk in rows else 1
    before = Segment.objects.filter(article_id=segment.article_id, position__lt=segment.position)
    return before.count() // PAGE_SIZE + 1


def with_neighbours(segment: Segment, person: Any) -> list[Segment]:
    """The segment between the one before and the one after it, as the desk shows them to the person."""
    first, last = segment.position - 1, segment.position + 1
    rows = segment.article.segments.filter(position__gte=first, position__lte=last)
    found = list(rows.order_by("position"))
    attach_card_rows(found, person)
    visibility.apply_own_marks(person, found)
    return found


def history(article: Article, person: Any, *, segment: Segment | None = None) -> QuerySet[Event]:
    """What happened to the article, or to one of its segments, newest first, as far as the person may know."""
    events = Event.everything.visible_to(person).filter(article=article).select_related("actor")
    return events.filter(segment=segment) if segment else events


_ARTICLE = ("segment__article__source", "segment__article__target")
_TEXTS = [f"{document}__{field}" for document in _ARTICLE for field in ("text", "page")]


def my_work(person: Any, *, limit: int = 20) -> dict[str, list[Any]]:
    """What waits for this person: own corrections sent back, own drafts, corrections to decide on; own flags that
    somebody answered, flags to settle. Seven queries at most."""
    status = Correction.Status
    rows = Correction.objects.select_related(*_ARTICLE, "author", "decided_by").defer(*_TEXTS)
    replaced = Correction.objects.filter(
        segment=OuterRef("segment"), author=person, pk__gt=OuterRef("pk")
    )
    unfinished = ~Q(segment__status=S.DONE)
    others = rows.filter(status=status.SUBMITTED).exclude(author=person)
    return {
        "to_decide": list(others.order_by("submitted_at")[:limit])
        if person.has_perm(APPROVE)
        else [],
        "drafts": list(
            rows.filter(unfinished, status=status.DRAFT, author=person).order_by("-updated_at")[
                :limit
            ]
        ),
        "sent_back": list(
            rows.filter(unfinished, status=status.REJECTED, author=person)
            .exclude(Exists(replaced))
            .order_by("-decided_at")[:limit]
        ),
        **_disputes(person, limit=limit),
    }


def _disputes(person: Any, *, limit: int) -> dict[str, list[Flag]]:
    """Own flags that somebody answered, and, for approvers, those kept on which they may have the last word."""
    flags = (
        Flag.objects.filter(status=Flag.Status.OPEN)
        .select_related(*_ARTICLE, "author")
        .defer(*_TEXTS)
    )
    flags = flags.prefetch_related(
        Prefetch("replies", Reply.objects.select_related("author"))
    ).order_by("updated_at")
    took_part = Exists(Reply.objects.filter(flag=OuterRef("pk"), author=person))
    kept = flags.filter(talk=ReplyKind.KEPT).exclude(author=person).exclude(took_part)
    return {
        "answered": list(flags.filter(talk=ReplyKind.ANSWERED, author=person)[:limit]),
        "to_settle": list(kept[:limit]) if person.has_perm(APPROVE) else [],
    }
