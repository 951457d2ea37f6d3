"""Floor 2: aligned pairs out of a file (TMX, XLIFF, CSV, JSON Lines …) become an article.

The rows come in as a stream and go out in chunks, each chunk in a short transaction of its own, so that others can
write meanwhile; the article is ``ready`` only when all are there. Whatever stops before that leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext_noop

from articles.formats import BadFile, interchange
from articles.importing.deserialize import People, store_rest, store_reviews
from articles.importing.documents import StoredArticle
from articles.models import Article, Correction, Document, Event, Segment, Sentence
from articles.models.documents import digest
from articles.text.document import Span
from articles.text.spans import locate

CHUNK = 2000
_ELSEWHERE = gettext_noop("its words do not stand where it says in the document")
JOINT = "\n"
"""Between the pairs' texts, where the file does not hold the whole documents."""

Progress = Callable[[int], None]


class ImportCancelled(Exception):
    """Raised by a ``progress`` function to stop the import; nothing of the article it is at stays."""


@dataclass
class ImportCounts:
    """What storing the articles of a file would bring: pairs, what was said of them, and how many articles there are,
    ``here`` of them already."""

    articles: int = 0
    here: int = 0
    pairs: int = 0
    flags: int = 0
    corrections: int = 0
    findings: int = 0

    def add(self, incoming: interchange.Article) -> None:
        """Count an article, reading its segments to the end."""
        sums, empty = [hashlib.sha256(), hashlib.sha256()], [True, True]
        for pair in incoming.segments:
            self.pairs += 1
            self.flags += len(pair.flags)
            self.corrections += len(pair.corrections)
            self.findings += len(pair.findings)
            for side, words in enumerate((pair.source, pair.target)):
                if words:
                    sums[side].update((words if empty[side] else JOINT + words).encode())
                    empty[side] = False
        for side, whole in enumerate((incoming.source, incoming.target)):
            if whole:
                sums[side] = hashlib.sha256(whole.encode())
        name = hashlib.sha256(b"".join(each.digest() for each in sums)).hexdigest()
        self.articles += 1
        self.here += Article.objects.filter(digest=name).exists()


@dataclass
class _Side:
    """One document while its pairs come in: where the next one begins, and the text so far."""

    document: Document
    whole: str
    language: str
    count: int = 0
    at: int = 0
    pieces: list[str] = field(default_factory=list)

    def place(self, words: str, span: Span | None) -> Span:
        """Where the next pair's ``words`` stand in the document. Raises BadFile where they do not."""
        if self.whole:
            if span is None or span.of(self.whole) != words or span.start < self.at:
                start = self.whole.find(words, self.at)
                if start < 0:
                    raise BadFile(_ELSEWHERE)
                span = Span(start, start + len(words))
        else:
            gap = JOINT if words and self.at else ""
            self.pieces.append(gap + words)
            span = Span(self.at + len(gap), self.at + len(gap) + len(words))
        self.at = span.end
        return span

    def seat(
        self, span: Span, runs: Sequence[interchange.SentenceSpan], *, paragraph: int
    ) -> tuple[int, int, list[Any]]:
        """Sentence positions (from, to) of the words at ``span``, and rows of their sentences: ``runs`` where they fit
        the words, else one."""
        if not runs or not _fit(runs, span):
            runs = [(span.start, span.end, paragraph)] if span.start < span.end else []
        first = self.count
        self.count += len(runs)
        return (
            first,
            self.count,
            [(self.document.pk, first + k, *run) for k, run in enumerate(runs)],
        )

    def finish(self) -> None:
        """Store the whole text under its digest."""
        self.document.text = self.whole or "".join(self.pieces)
        self.pieces.clear()  # as much memory again as the text
        self.document.digest = digest(self.document.text)


def store_bilingual(
    incoming: interchange.Article, *, by: Any, progress: Progress | None = None
) -> StoredArticle:
    """Store an article that arrived as aligned pairs, with what was said of them. ``by`` is who brought it.

    ``progress`` is told how many pairs are stored after each chunk, and may raise Cancelled. The checks are not run
    here: of a large file they take longer than its import.
    """
    article, sides = _begin(incoming)
    people = People(by)
    try:
        count = _fill(article, sides, incoming, people=people, progress=progress)
        with transaction.atomic():
            return _finish(article, sides, incoming, count=count, people=people)
    except BaseException:
        _discard(article)
        raise


def _begin(incoming: interchange.Article) -> tuple[Article, tuple[_Side, _Side]]:
    sides = []
    stand_in = f"arriving-{uuid.uuid4().hex}"
    for language, whole, name, page in (
        (incoming.source_language, incoming.source, incoming.source_name, incoming.source_page),
        (incoming.target_language, incoming.target, incoming.target_name, incoming.page),
    ):
        named = (name or incoming.title)[:255]
        document = Document(
            name=named, language=language, text="", page=page or None, digest=stand_in
        )
        sides.append(_Side(document, whole, language))
    with transaction.atomic():
        Document.objects.bulk_create([side.document for side in sides])
        article = Article.everything.create(
            title=incoming.title[:200],
            source=sides[0].document,
            target=sides[1].document,
            digest=stand_in,
            ready=False,
        )
    return article, (sides[0], sides[1])


def _fill(
    article: Article,
    sides: tuple[_Side, _Side],
    incoming: interchange.Article,
    *,
    people: People,
    progress: Progress | None,
) -> int:
    """Store the pairs chunk by chunk; return how many there were."""
    stream = iter(incoming.segments)
    count = 0
    while chunk := list(islice(stream, CHUNK)):
        chunk = [_as_machine(each, sides[1].whole) for each in chunk if each.source or each.target]
        with transaction.atomic():
            _store_chunk(article, sides, chunk, after=count)
            store_reviews(article, chunk, people, after=count)
        count += len(chunk)
        if progress:
            progress(count)
    return count


def _as_machine(pair: interchange.Segment, whole: str) -> interchange.Segment:
    """The pair; where its target is not what stands there in the document, somebody has written it since: a proposal
    for the words that stand there."""
    span = pair.target_span
    if (
        not whole
        or span is None
        or span.end > len(whole)
        or (machine := span.of(whole)) == pair.target
    ):
        return pair
    flags = tuple(
        replace(each, target_span=_again(each.target_span, pair.target, machine))
        for each in pair.flags
    )
    proposal = interchange.Correction(before=machine, after=pair.target, status="submitted")
    return replace(pair, target=machine, flags=flags, corrections=(*pair.corrections, proposal))


def _again(span: Span | None, text: str, other: str) -> Span | None:
    return span and locate(span.of(text), other, near=span.start)


_SEGMENT = (
    "article_id", "position", "source_from", "source_to", "source_start", "source_end", "target_from", "target_to",
    "target_start", "target_end", "source_text", "target_text", "score", "status", "revision",
)  # fmt: skip
_SENTENCE = ("document_id", "position", "start", "end", "paragraph")


def _store_chunk(
    article: Article,
    sides: tuple[_Side, _Side],
    chunk: Iterable[interchange.Segment],
    *,
    after: int,
) -> None:
    segments: list[tuple[Any, ...]] = []
    sentences: list[tuple[Any, ...]] = []
    for position, pair in enumerate(chunk, start=after + 1):
        places: list[int] = []
        for side, words, span, runs in (
            (sides[0], pair.source, pair.source_span, pair.source_sentences),
            (sides[1], pair.target, pair.target_span, pair.target_sentences),
        ):
            try:
                found = side.place(words, span)
            except BadFile as problem:
                raise BadFile(problem.message, f"segment {position}") from problem
            first, last, rows = side.seat(found, runs, paragraph=position - 1)
            places += (first, last, *found)
            sentences += rows
        last_fields = (
            pair.source,
            pair.target,
            pair.score,
            Segment.Status.TO_REVIEW.value,
            pair.revision,
        )
        segments.append((article.pk, position, *places, *last_fields))
    _insert(Segment, _SEGMENT, segments)
    _insert(Sentence, _SENTENCE, sentences)


def _fit(runs: Sequence[interchange.SentenceSpan], span: Span) -> bool:
    """Whether the sentences fill the span from its start to its end, one after the other."""
    ends = [span.start, *(end for _start, end, _paragraph in runs)]
    ordered = all(
        before <= start < end for before, (start, end, _paragraph) in zip(ends, runs, strict=False)
    )
    return ordered and runs[0][0] == span.start and ends[-1] == span.end


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Many rows at once, by the driver's own executemany: three times as fast as making an object of each."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
        cursor.executemany(statement, rows)


def _finish(
    article: Article,
    sides: tuple[_Side, _Side],
    incoming: interchange.Article,
    *,
    count: int,
    people: People,
) -> StoredArticle:
    """Make the article ready, unless the very same one is here already."""
    for side in sides:
        side.finish()
    name = digest(sides[0].document.text, sides[1].document.text)
    if same := Article.objects.filter(digest=name).first():
        _discard(article)
        return StoredArticle(same, "same")
    for side in sides:
        side.document.save()
    store_rest(article, incoming, people)
    article.ready, article.digest = True, name
    article.save()
    Event.objects.record(Event.Act.IMPORTED, article=article, by=people.by, segments=count)
    return StoredArticle(article, "new")


def discard_unready() -> None:
    """Take away every article that never became ready. Call it while no import runs."""
    for article in Article.everything.filter(ready=False):
        _discard(article)


def withdraw_article(article: Article) -> bool:
    """Take away an article that an import has just brought, unless somebody works on it; whether it went."""
    brought = Event.objects.filter(article=article, act=Event.Act.IMPORTED).latest("id")
    later = Event.everything.filter(article=article, pk__gt=brought.pk)
    drafts = Correction.objects.filter(segment__article=article, status=Correction.Status.DRAFT)
    if later.exists() or drafts.exists():
        return False
    Article.objects.filter(pk=article.pk).update(ready=False)
    _discard(article)
    return True


def _discard(article: Article) -> None:
    documents = [article.source_id, article.target_id]
    with transaction.atomic():
        Article.everything.filter(pk=article.pk, ready=False).delete()
        Document.objects.filter(pk__in=documents, as_source=None, as_target=None).delete()
