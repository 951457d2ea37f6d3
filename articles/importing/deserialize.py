"""Floor 2: what a file says people and checks said of its segments becomes rows (outgoing.py is the way back).

A decision is believed when the people it names have an account here; somebody unknown is not invented: whoever brings
the file stands in, and the row says for whom. Nothing is checked again here and no rule is asked: it has happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_noop

from articles.findings.service import OWN_CHECKS, fingerprint_of
from articles.formats import BadFile, interchange
from articles.models import Article, Assignment, Correction, Event, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.models.review import ReplyKind

_NOBODY = gettext_noop(
    "it holds flags or corrections by people who have no account here; sign in to bring it, or say who brings it"
)
_TEXTS = ("type", "severity", "reason", "before", "after", "text")
"""Details of an event that are shown, or set beside the rows."""
C, D, E, S = Correction.Status, Finding.Status, Event.Act, Segment.Status


class People:
    """Names in the file as people here, each asked for once. ``by`` is who brings it, None for nobody."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.known: dict[str, Any] = {}

    def find(self, name: str) -> Any:
        """The person of that name here, or None."""
        if name and name not in self.known:
            self.known[name] = get_user_model().objects.filter(username=name).first()
        return self.known.get(name)

    def answering(self, name: str, row: Segment) -> Any:
        """The person of that name, else whoever stands in. Raises BadFile when nobody does."""
        found = self.find(name) or self.by
        if found is None:
            raise BadFile(_NOBODY, f"segment {row.position}")
        return found


@dataclass
class _Review:
    """A segment, what is said of it, and the rows made of that: one for each, None for what is not believed."""

    row: Segment
    pair: interchange.Segment
    findings: list[Finding | None] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    corrections: list[Correction | None] = field(default_factory=list)


def store_reviews(
    article: Article, chunk: Sequence[interchange.Segment], people: People, *, after: int
) -> None:
    """Store what was said of the segments ``chunk``, before which stand ``after`` others; their statuses follow.

    Raises BadFile where somebody unknown is named and nobody stands in.
    """
    numbered = enumerate(chunk, start=after + 1)
    said = {
        at: each
        for at, each in numbered
        if each.flags or each.corrections or each.findings or each.events
    }
    if not said:
        return
    rows = article.segments.filter(
        position__in=said, position__range=(after + 1, after + len(chunk))
    )
    reviews = [_Review(row, said[row.position]) for row in rows]
    for each in reviews:
        each.findings = _findings(each.row, each.pair, people)
        each.corrections = _corrections(each.row, each.pair, people)
    Finding.objects.bulk_create(row for each in reviews for row in each.findings if row)
    for each in reviews:
        each.flags = [_flag(each.row, told, each.findings, people) for told in each.pair.flags]
    Flag.objects.bulk_create(flag for each in reviews for flag in each.flags)
    Reply.objects.bulk_create(reply for each in reviews for reply in _replies(each, people))
    Correction.objects.bulk_create(row for each in reviews for row in each.corrections if row)
    _keep_times(reviews)
    _store_events(
        [event for each in reviews for event in _events(article, each.pair.events, people, each)]
    )
    for each in reviews:
        each.row.status = _status(each)
    Segment.objects.bulk_update(
        [each.row for each in reviews if each.row.status != S.TO_REVIEW], ["status"]
    )


def store_rest(article: Article, incoming: interchange.Article, people: People) -> None:
    """Store what a file says of the whole article (unsaved): who was to do what, its history, that it was compared."""
    parts = {
        people.find(part.person): part for part in incoming.people if part.role in Assignment.Role
    }
    Assignment.objects.bulk_create(
        Assignment(
            article=article,
            person=person,
            role=part.role,
            due=_day(part.due),
            finished_at=part.finished,
        )
        for person, part in parts.items()
        if person is not None
    )
    events = list(_events(article, incoming.events, people))
    _store_events(events)
    opened = next((each for each in events if each.act == E.UNSEALED), None)
    if incoming.stage == Article.Stage.COMPARED and opened:
        article.stage = Article.Stage.COMPARED
        Flag.everything.made_blind(article).exclude(author__in=opened.details["ids"]).update(
            apart=""
        )


def _store_events(events: Sequence[Event]) -> None:
    """Write history as it was, at its own times."""
    times = [(each.at,) for each in events]
    Event.objects.bulk_create(events)
    _set_times(Event, ("at",), list(zip(times, (each.pk for each in events), strict=True)))


def _keep_times(reviews: Iterable[_Review]) -> None:
    """Put the times that a file tells in the place of now."""
    flags, corrections = [], []
    for each in reviews:
        for flag, told in zip(each.flags, each.pair.flags, strict=True):
            if told.time:
                flags.append(((told.time, told.changed or told.time), flag.pk))
        for row, said in zip(each.corrections, each.pair.corrections, strict=True):
            if row and said.begun:
                corrections.append(((said.begun, said.changed or said.begun), row.pk))
    _set_times(Flag, ("created_at", "updated_at"), flags)
    _set_times(Correction, ("created_at", "updated_at"), corrections)


def _set_times(
    model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Sequence[datetime], int]]
) -> None:
    """Set times that Django itself sets when a row is stored."""
    quote, adapted = connection.ops.quote_name, connection.ops.adapt_datetimefield_value
    columns = ", ".join(f"{quote(name)} = %s" for name in names)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote('id')} = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*map(adapted, times), pk) for times, pk in rows])


def _status(review: _Review) -> str:
    proposals = {each.status for each in review.corrections if each}
    if C.SUBMITTED in proposals:
        return S.WAITING
    if any(each.status == Flag.Status.OPEN for each in review.flags):
        return S.FLAGGED
    if review.pair.events and review.pair.status in (S.TO_REVIEW, S.DONE):
        return (
            review.pair.status
        )  # its history came along: somebody found it fine, or took it up again
    return S.DONE if C.APPROVED in proposals else S.TO_REVIEW


# ── findings ─────────────────────────────────────────────────────────────────


def _findings(row: Segment, pair: interchange.Segment, people: People) -> list[Finding | None]:
    """The findings whose words are in the segment, each once."""
    seen: set[str] = set()
    found: list[Finding | None] = []
    for each in pair.findings:
        made = _finding(row, each, people)
        fits = made is not None and made.fingerprint not in seen
        found.append(made if fits else None)
        seen.update([made.fingerprint] if made else [])
    return found


def _finding(row: Segment, told: interchange.Finding, people: People) -> Finding | None:
    texts = (row.source_text, row.target_text)
    spans = [
        *((span, texts[0]) for span in told.source_spans),
        *((span, texts[1]) for span in told.target_spans),
    ]
    if any(span.end > len(text) for span, text in spans):
        return None
    message, values = _sentence(told)
    made = Finding(
        segment=row,
        check_id=told.check[:40],
        finder=told.finder[:80] or OWN_CHECKS,
        type=told.type[:60],
        severity=told.severity,
        score=told.score,
        message=message,
        values=values,
        source_spans=[list(span) for span in told.source_spans],
        target_spans=[list(span) for span in told.target_spans],
        caret=None if told.caret is None else min(told.caret, len(texts[1])),
    )
    made.fingerprint = fingerprint_of(made, texts)
    if told.status in (D.DISMISSED, D.TAKEN) and (
        person := people.find(told.decided_by) or people.by
    ):
        made.status, made.decided_by, made.decided_at = (
            told.status,
            person,
            told.decided or timezone.now(),
        )
        made.reason = told.reason if told.reason in Finding.Reason else ""
    return made


def _sentence(told: interchange.Finding) -> tuple[str, dict[str, Any]]:
    """The sentence with its values; as it stands where they do not fit each other."""
    values = dict(told.values)
    try:
        if (told.template or told.message) % values == told.message:
            return told.template or told.message, values
    except (KeyError, TypeError, ValueError):
        pass
    return "%(said)s", {"said": told.message}


# ── flags ────────────────────────────────────────────────────────────────────


def _flag(
    row: Segment, told: interchange.Flag, findings: Sequence[Finding | None], people: People
) -> Flag:
    known = people.find(told.author)
    spans: dict[str, Any] = {}
    for side, span, quote, text in (
        ("source", told.source_span, told.source_quote, row.source_text),
        ("target", told.target_span, told.target_quote, row.target_text),
    ):
        if span is not None and span.start < span.end <= len(text):
            spans |= {
                f"{side}_start": span.start,
                f"{side}_end": span.end,
                f"{side}_quote": span.of(text),
            }
        elif quote:
            spans[f"{side}_quote"] = quote
    nowhere = told.caret is None and not any(name.endswith("_end") for name in spans)
    return Flag(
        segment=row,
        author=people.answering(told.author, row),
        finding=findings[told.finding - 1]
        if told.finding and told.finding <= len(findings)
        else None,
        type=told.type[:60] or "Other",
        severity=told.severity,
        comment=told.comment
        if known or not told.author
        else f"{told.author}: {told.comment}".rstrip(": "),
        caret=None if told.caret is None else min(told.caret, len(row.target_text)),
        status=told.status if told.status in Flag.Status else Flag.Status.OPEN,
        talk=next((_kind(each) for each in reversed(told.replies) if each.text), ""),
        apart=told.apart
        if known and told.apart in BlindStatus and told.apart != BlindStatus.SEALED
        else "",
        needs_locating=nowhere if told.unplaced is None else told.unplaced,
        **spans,
    )


def _replies(review: _Review, people: People) -> Iterator[Reply]:
    """What was said of the flags, whose own word for the talk is the kind of the last."""
    for flag, told in zip(review.flags, review.pair.flags, strict=True):
        for each in told.replies:
            if each.text:
                text = (
                    each.text
                    if people.find(each.author) or not each.author
                    else f"{each.author}: {each.text}"
                )
                author = people.answering(each.author, review.row)
                yield Reply(
                    flag=flag,
                    author=author,
                    kind=_kind(each),
                    text=text,
                    at=each.time or timezone.now(),
                )


def _kind(reply: interchange.Reply) -> ReplyKind:
    return ReplyKind(reply.kind) if reply.kind in ReplyKind else ReplyKind.ANSWERED


# ── corrections ──────────────────────────────────────────────────────────────


def _corrections(
    row: Segment, pair: interchange.Segment, people: People
) -> list[Correction | None]:
    """A decision is believed when both people are known here; any other text becomes one proposal that waits."""
    found: list[Correction | None] = []
    approved, proposal = pair.approved, None
    for number, told in enumerate(pair.corrections):
        author, decider = people.find(told.author), people.find(told.decided_by)
        decided = (
            told.status in (C.APPROVED, C.REJECTED, C.REPLACED)
            and author
            and decider
            and author != decider
        )
        made = None
        if decided and (told.status != C.REJECTED or told.reason):
            status = (
                C.REPLACED if told.status == C.APPROVED and told is not approved else told.status
            )
            made = _correction(row, told, author, status=status, decided_by=decider)
        elif told.status in (C.APPROVED, C.SUBMITTED) and told.after != told.before:
            proposal = number
        found.append(made)
    if proposal is not None:
        told = pair.corrections[proposal]
        found[proposal] = _correction(
            row, told, people.answering(told.author, row), status=C.SUBMITTED
        )
    return found


def _correction(
    row: Segment, told: interchange.Correction, author: Any, *, status: str, decided_by: Any = None
) -> Correction:
    now = timezone.now()
    return Correction(
        segment=row,
        author=author,
        before=told.before,
        text=told.after,
        base_revision=told.revision,
        status=status,
        submitted_at=told.submitted or now,
        decided_by=decided_by,
        decided_at=(told.decided or now) if decided_by else None,
        reason=told.reason if decided_by else "",
        cause=told.cause if decided_by and told.cause in Correction.Cause else "",
    )


# ── history ──────────────────────────────────────────────────────────────────


def _events(
    article: Article,
    told: Iterable[interchange.Event],
    people: People,
    review: _Review | None = None,
) -> Iterator[Event]:
    """The lines of history that are understood here. That it was imported elsewhere is not this house's history."""
    row = review.row if review else None
    for each in told:
        details = _details(each, people, review)
        if details is not None and each.act in E and each.act != E.IMPORTED:
            actor = people.find(each.by)
            stranger = {"by": each.by} if each.by and not actor else {}
            position = each.position or (row.position if row else None)
            yield Event(
                article=article, segment=row, position=position, actor=actor, act=each.act,
                at=each.time or timezone.now(), details={**details, **stranger},
            )  # fmt: skip


def _details(
    event: interchange.Event, people: People, review: _Review | None
) -> dict[str, Any] | None:
    """The details with the ids of rows here; None where they are not those of such an act."""
    details = {key: value for key, value in event.details.items() if key not in ("ids", "by")}
    if event.act == E.REALIGNED:
        return {
            "how": details.get("how", ""),
            "undoes": 0,
        }  # 0: what was done elsewhere cannot be undone here
    if event.act == E.UNSEALED:
        readers = [people.find(str(name)) for name in _listed(details.get("readers"))]
        complete = len(readers) == 2 and all(readers)
        return {**details, "ids": [person.pk for person in readers]} if complete else None
    if event.act == E.ASKED and not (
        isinstance(details.get("characters"), int)
        and isinstance(details.get("asked"), list)
        and "model" in details
    ):
        return None
    if any(not isinstance(details.get(key, ""), str) for key in _TEXTS):
        return None
    lists: dict[str, Sequence[Any]] = {"flag": [], "correction": [], "finding": []}
    if review:
        lists = {"flag": review.flags, "correction": review.corrections, "finding": review.findings}
    for key in lists.keys() & details.keys():
        if found := _numbered(lists[key], details.pop(key)):
            details[key] = found
    if "flags" in details:
        details["flags"] = [
            pk for each in _listed(details["flags"]) if (pk := _numbered(lists["flag"], each))
        ]
    return details


def _numbered(rows: Sequence[Any], number: object) -> int | None:
    """The id of the row with this number."""
    row = rows[number - 1] if type(number) is int and 0 < number <= len(rows) else None
    return row.pk if row else None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
