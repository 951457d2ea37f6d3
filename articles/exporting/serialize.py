"""Floor 2: an article's rows become the plain values of formats/exchange.py, a chunk of segments at a time.

A ``whole`` article is all that is needed to build it again elsewhere (incoming.py does). Names stand for people, and
numbers in the segment's own lists for rows. Drafts are their author's alone, and so is what two people say who read the
article apart: neither goes out. Nor does that the article was imported: that is the history of this house.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Prefetch

from articles.exporting.history import corrections_as_of, findings_as_of, flags_as_of, status_as_of
from articles.formats import interchange
from articles.models import Article, Correction, Event, Finding, Flag, Reply
from articles.text.document import Span

_CHUNK = 2000
_FIELDS = (
    "id", "position", "source_text", "target_text", "source_start", "source_end", "target_start", "target_end",
    "score", "status", "revision", "source_from", "source_to", "target_from", "target_to",
)  # fmt: skip
Review = tuple[str, Any, Any, Any, Any]
"""Status, flags, corrections, findings and events."""
Numbers = Mapping[str, Mapping[int, int]]
"""For each kind of row (flag, correction, finding): id → its number in the segment's list, from 1."""


def serialize_segments(
    article: Article, *, as_of: datetime | None = None, whole: bool = False
) -> Iterator[interchange.Segment]:
    """The segments in order, as on a time: most have no review, so plain tuples are read, and the reviews of a chunk
    at once."""
    rows = article.segments.order_by("position").values_list(*_FIELDS).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        reviews = _rows_by_segment(article, chunk[0][1], chunk[-1][1], as_of=as_of, whole=whole)
        spoken_of = set[int]().union(*reviews)
        sentences = _sentences(article, chunk) if whole else [((), ())] * len(chunk)
        for row, runs in zip(chunk, sentences, strict=True):
            said: Review = ("to_review" if as_of else row[9], (), (), (), ())
            if row[0] in spoken_of:
                said = _review_of(
                    row, [kind.get(row[0], []) for kind in reviews], as_of=as_of, whole=whole
                )
            source, target = Span(row[4], row[5]), Span(row[6], row[7])
            more: tuple[Any, ...] = (row[8], *said, row[10] if whole else 1, *runs)
            yield interchange.Segment(row[2], row[3], str(row[1]), source, target, *more)


def _review_of(
    row: tuple[Any, ...], reviews: Sequence[list[Any]], *, as_of: datetime | None, whole: bool
) -> Review:
    """Status, flags, corrections, findings and events of one segment, as exchange.Segment has them."""
    flags, corrections, findings, events = reviews
    status = row[9]
    if as_of:
        flags, findings = flags_as_of(flags, events, as_of), findings_as_of(findings, as_of)
        corrections = corrections_as_of(corrections, events, as_of)
        status = status_as_of(corrections, flags, events)
    numbers = _numbers(flag=flags, correction=corrections, finding=findings) if whole else {}
    return (
        status,
        tuple(_flag(each, numbers) for each in flags),
        tuple(_correction(each, whole=whole) for each in corrections),
        tuple(map(_finding, findings)),
        tuple(_event(each, row[1], numbers) for each in events) if whole else (),
    )


def serialize_article_fields(article: Article, *, as_of: datetime | None = None) -> dict[str, Any]:
    """What a whole article says beside its segments, by the names of exchange.Article."""
    events = _then(Event.objects.filter(article=article, segment=None), as_of).exclude(
        act=Event.Act.IMPORTED
    )
    parts = article.assignments.order_by("id")
    return {
        "source_page": bytes(article.source.page or b""),
        # Two who are still reading, or not yet compared, have said what nobody is to see.
        "stage": "compared" if article.stage == Article.Stage.COMPARED else "",
        "people": tuple(
            interchange.Assignment(
                _name(each.person), each.role, f"{each.due or ''}", each.finished_at
            )
            for each in parts
        ),
        "events": tuple(_event(each, 0, {}) for each in events),
    }


def _then(events: Any, as_of: datetime | None) -> Any:
    chosen = events.filter(at__lte=as_of) if as_of else events
    return chosen.prefetch_related("actor").order_by("id")


def _rows_by_segment(
    article: Article, first: int, last: int, *, as_of: datetime | None, whole: bool
) -> list[dict[int, list[Any]]]:
    """What was said of the segments at these positions, by segment: flags, corrections, findings, events.

    As on a time, only the events are of then; the other rows are all there are, to be taken back to what they were.
    Findings and history belong to whole articles only, and so do flags that were taken back.
    """
    chosen = {"segment__article": article, "segment__position__range": (first, last)}
    # People are fetched beside their rows, one object a person: with each row they would take as long as the rows.
    replies = Reply.objects.prefetch_related("author").filter(
        **({"at__lte": as_of} if as_of else {})
    )
    flags = Flag.objects.filter(**chosen).prefetch_related("author", Prefetch("replies", replies))
    corrections = (
        Correction.objects.filter(**chosen).prefetch_related("author", "decided_by").order_by("id")
    )
    findings = (
        Finding.objects.filter(**chosen).prefetch_related("decided_by").order_by("-score", "id")
    )
    kinds: list[Any] = [
        (flags if as_of or whole else flags.exclude(status=Flag.Status.REMOVED)).order_by("id"),
        corrections if as_of else corrections.exclude(status=Correction.Status.DRAFT),
        findings if whole else (),
        _then(Event.objects.filter(**chosen), as_of) if as_of or whole else (),
    ]
    found: list[dict[int, list[Any]]] = []
    for rows in kinds:
        by_segment: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_segment[row.segment_id].append(row)
        found.append(by_segment)
    return found


def _sentences(article: Article, chunk: Sequence[tuple[Any, ...]]) -> list[tuple[Any, Any]]:
    """The sentences of each segment's two sides; none for a side that is one sentence, in a paragraph of its own."""
    sides: list[list[tuple[interchange.SentenceSpan, ...]]] = []
    for document, (start, end, frm, to) in (
        (article.source, (4, 5, 11, 12)),
        (article.target, (6, 7, 13, 14)),
    ):
        first, last = chunk[0][frm], chunk[-1][to]
        rows = document.sentences.filter(position__gte=first, position__lt=last).order_by(
            "position"
        )
        runs: list[interchange.SentenceSpan] = list(rows.values_list("start", "end", "paragraph"))
        found: list[tuple[interchange.SentenceSpan, ...]] = []
        for row in chunk:
            own = tuple(runs[row[frm] - first : row[to] - first])
            found.append(() if own == ((row[start], row[end], row[1] - 1),) else own)
        sides.append(found)
    return list(zip(sides[0], sides[1], strict=True))


# ── one row ──────────────────────────────────────────────────────────────────


def _numbers(**kinds: Iterable[Any]) -> Numbers:
    return {
        kind: {row.pk: number for number, row in enumerate(rows, start=1)}
        for kind, rows in kinds.items()
    }


def _event(row: Event, position: int, numbers: Numbers) -> interchange.Event:
    details = _portable(row.act, row.details, numbers)
    by = _name(row.actor) or str(details.pop("by", ""))
    elsewhere = None if row.position in (None, position) else row.position
    return interchange.Event(row.act, by, row.at, _in_order(details), elsewhere)


def _portable(act: str, details: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """The details without ids of this database: numbers of the segment's own rows, or nothing, in their place."""
    if act == Event.Act.REALIGNED:  # its memo is full of ids, and serves to undo it
        return {"how": details.get("how", "")}
    found: dict[str, Any] = {}
    for key, value in details.items():
        if key in ("flag", "correction", "finding"):
            if number := numbers.get(key, {}).get(value):
                found[key] = number
        elif key == "flags":
            found[key] = [
                numbers["flag"][each] for each in value if each in numbers.get("flag", {})
            ]
        elif key != "ids":  # of people, who are named beside
            found[key] = value
    return found


def _flag(row: Flag, numbers: Numbers) -> interchange.Flag:
    whole: dict[str, Any] = {}
    if numbers:
        nowhere = row.source_start is None and row.target_start is None and row.caret is None
        whole = {
            "finding": numbers["finding"].get(row.finding_id or 0),
            "apart": row.apart,
            "changed": row.updated_at,
            "unplaced": None if row.needs_locating == nowhere else row.needs_locating,
            "source_quote": row.source_quote if row.source_start is None else "",
            "target_quote": row.target_quote if row.target_start is None else "",
        }
    return interchange.Flag(
        type=row.type,
        severity=row.severity,
        source_span=row.source_span,
        target_span=row.target_span,
        caret=row.caret,
        comment=row.comment,
        author=_name(row.author),
        time=row.created_at,
        status=row.status,
        replies=tuple(
            interchange.Reply(each.text, each.kind, _name(each.author), each.at)
            for each in row.replies.all()
        ),
        **whole,
    )


def _correction(row: Correction, *, whole: bool) -> interchange.Correction:
    more: tuple[Any, ...] = (row.created_at, row.updated_at, row.base_revision) if whole else ()
    return interchange.Correction(
        row.before,
        row.text,
        row.status,
        _name(row.author),
        row.submitted_at,
        _name(row.decided_by),
        row.decided_at,
        row.reason,
        row.cause,
        *more,
    )


def _finding(row: Finding) -> interchange.Finding:
    message = row.message % row.values
    return interchange.Finding(
        check=row.check_id,
        type=row.type,
        severity=row.severity,
        score=row.score,
        message=message,
        source_spans=tuple(Span(*span) for span in row.source_spans),
        target_spans=tuple(Span(*span) for span in row.target_spans),
        caret=row.caret,
        status=row.status,
        reason=row.reason,
        finder=row.finder,
        template=row.message if row.message != message else "",
        values=_in_order(row.values),
        decided_by=_name(row.decided_by),
        decided=row.decided_at,
    )


def _in_order(value: Any) -> Any:
    """The value with its keys sorted: databases keep them in an order of their own, and files are to be the same."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(each) for each in value] if isinstance(value, list) else value


def _name(person: Any) -> str:
    return person.get_username() if person else ""
