"""Floor 2: aligned pairs out of a file (TMX, XLIFF, CSV, JSON Lines …) become an article.

The rows come in as a stream and go out in chunks, each chunk in a short transaction of its own, so that others can
write meanwhile; the article is ``ready`` only when all are there. Whatever stops before that leaves nothing behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.utils import timezone

from articles.formats import exchange
from articles.models import Article, Correction, Document, Event, Flag, Reply, Segment, Sentence
from articles.models.corpus import digest
from articles.models.review import Talk
from articles.storing import Outcome

CHUNK = 2000
JOINT = "\n"
"""Between the pairs' texts, where the file does not hold the whole documents."""

Progress = Callable[[int], None]


class Cancelled(Exception):
    """Raised by a ``progress`` function to stop the import; nothing of it stays."""


@dataclass
class _Side:
    """One document while its pairs come in: where the next one begins, and the text so far."""

    document: Document
    whole: str
    language: str
    count: int = 0
    at: int = 0
    pieces: list[str] = field(default_factory=list)

    def place(self, words: str, span: Any) -> tuple[int, int, int, int]:
        """Sentence positions and code points (from, to, start, end) of the next pair's ``words``."""
        if self.whole and span is not None:
            start, end = span
        else:
            gap = JOINT if words and self.at else ""
            self.pieces.append(gap + words)
            start = self.at + len(gap)
            end = start + len(words)
        first = self.count
        self.count += bool(words)
        self.at = end
        return first, self.count, start, end

    def finish(self) -> None:
        """Store the whole text under its digest."""
        self.document.text = self.whole or "".join(self.pieces)
        self.pieces.clear()  # as much memory again as the text
        self.document.digest = digest(self.document.text)


def store_pairs(incoming: exchange.Article, *, by: Any, progress: Progress | None = None) -> Outcome:
    """Store an article that arrived as aligned pairs, with its flags and corrections. ``by`` is who brought it.

    ``progress`` is told how many pairs are stored after each chunk, and may raise Cancelled. The checks are not run
    here: of a large file they take longer than its import.
    """
    article, sides = _begin(incoming)
    try:
        count = _fill(article, sides, incoming, by=by, progress=progress)
        with transaction.atomic():
            return _finish(article, sides, count, by=by)
    except BaseException:
        _discard(article)
        raise


def _begin(incoming: exchange.Article) -> tuple[Article, tuple[_Side, _Side]]:
    sides = []
    stand_in = f"arriving-{uuid.uuid4().hex}"
    for language, whole, name in (
        (incoming.source_language, incoming.source, incoming.source_name),
        (incoming.target_language, incoming.target, incoming.target_name),
    ):
        document = Document(name=name or incoming.title, language=language, text="", digest=stand_in)
        sides.append(_Side(document, whole, language))
    with transaction.atomic():
        Document.objects.bulk_create([side.document for side in sides])
        article = Article.everything.create(
            title=incoming.title[:200], source=sides[0].document, target=sides[1].document, digest=stand_in, ready=False
        )
    return article, (sides[0], sides[1])


def _fill(
    article: Article, sides: tuple[_Side, _Side], incoming: exchange.Article, *, by: Any, progress: Progress | None
) -> int:
    """Store the pairs chunk by chunk; return how many there were."""
    people = _People(by)
    stream = iter(incoming.segments)
    count = 0
    while chunk := list(islice(stream, CHUNK)):
        chunk = [each for each in chunk if each.source or each.target]
        with transaction.atomic():
            _store_chunk(article, sides, chunk, after=count)
            _store_review(article, chunk, people, after=count)
        count += len(chunk)
        if progress:
            progress(count)
    return count


_SEGMENT = (
    "article_id", "position", "source_from", "source_to", "source_start", "source_end", "target_from", "target_to",
    "target_start", "target_end", "source_text", "target_text", "score", "status", "revision",
)  # fmt: skip
_SENTENCE = ("document_id", "position", "start", "end", "paragraph")


def _store_chunk(
    article: Article, sides: tuple[_Side, _Side], chunk: Iterable[exchange.Segment], *, after: int
) -> None:
    segments: list[tuple[Any, ...]] = []
    sentences: list[tuple[Any, ...]] = []
    for position, pair in enumerate(chunk, start=after + 1):
        places: list[int] = []
        for side, words, span in ((sides[0], pair.source, pair.source_span), (sides[1], pair.target, pair.target_span)):
            place = side.place(words, span)
            places += place
            if words:
                sentences.append((side.document.pk, place[0], place[2], place[3], position - 1))
        last = (pair.source, pair.target, pair.score, Segment.Status.TO_REVIEW.value, 1)
        segments.append((article.pk, position, *places, *last))
    _insert(Segment, _SEGMENT, segments)
    _insert(Sentence, _SENTENCE, sentences)


def _insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows at once, by the driver's own executemany: three times as fast as making an object of each."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
        cursor.executemany(statement, rows)


def _finish(article: Article, sides: tuple[_Side, _Side], count: int, *, by: Any) -> Outcome:
    """Make the article ready, unless the very same one is here already."""
    for side in sides:
        side.finish()
    name = digest(sides[0].document.text, sides[1].document.text)
    if same := Article.objects.filter(digest=name).first():
        _discard(article)
        return Outcome(same, "same")
    for side in sides:
        side.document.save()
    article.ready, article.digest = True, name
    article.save()
    Event.objects.record(Event.Act.IMPORTED, article=article, by=by, segments=count)
    return Outcome(article, "new")


def discard_unready() -> None:
    """Take away every article that never became ready. Call it while no import runs."""
    for article in Article.everything.filter(ready=False):
        _discard(article)


def _discard(article: Article) -> None:
    documents = [article.source_id, article.target_id]
    with transaction.atomic():
        Article.everything.filter(pk=article.pk, ready=False).delete()
        Document.objects.filter(pk__in=documents, as_source=None, as_target=None).delete()


# ── the review that came along ───────────────────────────────────────────────


class _People:
    """Names in the file as people here. Somebody unknown is not invented: the importer stands in, and says for whom."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.known: dict[str, Any] = {}

    def find(self, name: str) -> Any:
        """The person of that name here, or None."""
        if name and name not in self.known:
            self.known[name] = get_user_model().objects.filter(username=name).first()
        return self.known.get(name)


def _store_review(article: Article, chunk: list[exchange.Segment], people: _People, *, after: int) -> None:
    """Flags and corrections of one chunk; the segments' statuses follow from them."""
    said = {position: pair for position, pair in enumerate(chunk, start=after + 1) if pair.flags or pair.corrections}
    if not said:
        return
    rows = list(article.segments.filter(position__range=(after + 1, after + len(chunk)), position__in=said))
    flags: list[Flag] = []
    replies: list[Reply] = []
    corrections: list[Correction] = []
    for row in rows:
        own_flags = [_flag(row, each, people) for each in said[row.position].flags]
        own = list(_corrections(row, said[row.position], people))
        row.status = _status(own_flags, own)
        for made, flag in zip(own_flags, said[row.position].flags, strict=True):
            replies += [_reply(made, each, people) for each in flag.replies if each.text]
        flags += own_flags
        corrections += own
    Flag.objects.bulk_create(flags)
    Reply.objects.bulk_create(replies)
    Correction.objects.bulk_create(corrections)
    Segment.objects.bulk_update(rows, ["status"])


def _status(flags: Iterable[Flag], corrections: Iterable[Correction]) -> str:
    proposals = {each.status for each in corrections}
    if Correction.Status.SUBMITTED in proposals:
        return Segment.Status.WAITING
    if any(each.status == Flag.Status.OPEN for each in flags):
        return Segment.Status.FLAGGED
    return Segment.Status.DONE if Correction.Status.APPROVED in proposals else Segment.Status.TO_REVIEW


def _flag(row: Segment, flag: exchange.Flag, people: _People) -> Flag:
    author = people.find(flag.author)
    comment = flag.comment if author or not flag.author else f"{flag.author}: {flag.comment}".rstrip(": ")
    spans: dict[str, Any] = {}
    for side, span, text in (
        ("source", flag.source_span, row.source_text),
        ("target", flag.target_span, row.target_text),
    ):
        if span is not None and span.start < span.end <= len(text):
            spans |= {f"{side}_start": span.start, f"{side}_end": span.end, f"{side}_quote": span.of(text)}
    return Flag(
        segment=row,
        author=author or people.by,
        type=flag.type or "Other",
        severity=flag.severity,
        comment=comment,
        caret=None if flag.caret is None else min(flag.caret, len(row.target_text)),
        status=flag.status if flag.status in Flag.Status else Flag.Status.OPEN,
        needs_locating=not spans and flag.caret is None,
        **spans,
    )


def _reply(flag: Flag, reply: exchange.Reply, people: _People) -> Reply:
    """What was said of the flag, whose own word for the talk becomes the kind of this, the last so far."""
    author = people.find(reply.author)
    text = reply.text if author or not reply.author else f"{reply.author}: {reply.text}"
    flag.talk = Talk(reply.kind) if reply.kind in Talk else Talk.ANSWERED
    return Reply(flag=flag, author=author or people.by, kind=flag.talk, text=text, at=reply.time or timezone.now())


def _corrections(row: Segment, pair: exchange.Segment, people: _People) -> Iterator[Correction]:
    """A decision is believed when both people are known here; any other text becomes one proposal that waits."""
    approved = pair.approved
    proposal = None
    for each in pair.corrections:
        author, decider = people.find(each.author), people.find(each.decided_by)
        decided = each.status in ("approved", "rejected", "replaced") and author and decider and author != decider
        if decided and (each.status != "rejected" or each.reason):
            status = "replaced" if each.status == "approved" and each is not approved else each.status
            yield _correction(row, each, author, status=status, decided_by=decider)
        elif each.status in ("approved", "submitted") and each.after != row.target_text:
            proposal = each
    if proposal is not None:
        yield _correction(row, proposal, people.find(proposal.author) or people.by, status="submitted")


def _correction(
    row: Segment, each: exchange.Correction, author: Any, *, status: str, decided_by: Any = None
) -> Correction:
    now = timezone.now()
    return Correction(
        segment=row,
        author=author,
        before=each.before,
        text=each.after,
        base_revision=row.revision,
        status=status,
        submitted_at=each.submitted or now,
        decided_by=decided_by,
        decided_at=(each.decided or now) if decided_by else None,
        reason=each.reason,
        cause=each.cause if decided_by and each.cause in Correction.Cause else "",
    )
