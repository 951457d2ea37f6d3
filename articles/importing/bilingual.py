"""Store aligned pairs out of a file (TMX, XLIFF, CSV, JSON Lines …) as an article.

The rows come in as a stream and go out in chunks, each chunk in a short transaction of its own, so
that others can write meanwhile; the article is ``ready`` only when all are there. Whatever stops
before that leaves nothing behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils.translation import gettext_noop

from articles.detection.titles import better_title
from articles.findings.tasks import queue_checks
from articles.formats import BadFile, interchange
from articles.formats.blocks import find_blocks
from articles.formats.emphasis import find_emphasis
from articles.formats.xml import original
from articles.importing.documents import StoredArticle, discard, refuse_in_blind_review
from articles.models import (
    Article,
    Correction,
    Document,
    Erasure,
    Event,
    Flag,
    Segment,
    Sentence,
    Team,
)
from articles.models.documents import digest
from articles.models.headlines import find_target_title
from articles.records.annotations import (
    RecordedFlag,
    add_flags,
    count_new_flags,
    find_same_article,
)
from articles.records.deserialize import store_article_records, store_reviews
from articles.records.people import People
from articles.text.document import Span
from articles.text.spans import locate

CHUNK = 500
"""Pairs that are stored in one transaction: others save their work between two of them."""
SEPARATOR = "\n"
"""What stands between the pairs' texts where the file does not hold the whole documents."""
_ELSEWHERE = gettext_noop("its words are not at the given place in the document")

PairProgress = Callable[[int], None]


class ImportCancelled(Exception):
    """Raised by a ``progress`` function to stop the import; the article it is at does not stay."""


# ── counting, before anything is stored ──────────────────────────────────────


@dataclass
class ImportCounts:
    """The contents of a file of pairs, counted, and what identifies each of its articles.

    ``already_stored`` is how many of the articles are in the database already, and
    ``added_flags`` how many flags of the file these do not have.
    """

    articles: int = 0
    already_stored: int = 0
    added_flags: int = 0
    pairs: int = 0
    flags: int = 0
    corrections: int = 0
    findings: int = 0
    languages: list[tuple[str, str]] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def add(
        self, incoming: interchange.Article, people: People, origin: Article | None = None
    ) -> None:
        """Count an article, reading its segments to the end; compare it with the one here.

        ``origin`` is the article that the file was exported from, where it came back.
        """
        source = _TextDigest()
        target = _TextDigest()
        flags: list[RecordedFlag] = []
        for position, pair in enumerate(incoming.segments, start=1):
            self.pairs += 1
            # Only the flags are kept until the digest has told their article: the pairs of a large
            # file would fill the memory.
            for flag in pair.flags:
                flags.append(RecordedFlag(position, pair.source, pair.target, flag))
            self.corrections += len(pair.corrections)
            self.findings += len(pair.findings)
            source.add(pair.source)
            target.add(pair.target)
        self.articles += 1
        self.languages.append((incoming.source_language, incoming.target_language))
        # The same digest as ``models.documents.digest`` of the two texts, without having them
        # whole.
        sums = source.of(incoming.source) + target.of(incoming.target)
        # A file that was edited elsewhere has other words than its article, and still is its
        # article.
        key = origin.digest if origin else hashlib.sha256(sums).hexdigest()
        self.digests.append(key)
        self.flags += len(flags)
        if origin is not None:
            self.already_stored += 1
            return
        same = find_same_article(
            key, document_names(incoming), team=people.team, has_flags=bool(flags)
        )
        if same is not None:
            self.already_stored += 1
            self.added_flags += count_new_flags(same, flags, people)


class _TextDigest:
    """The digest of a document, of which only the pairs' words are known, one after the other."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()
        self.is_empty = True

    def add(self, words: str) -> None:
        if words:
            # As ``_Side.place`` joins them: an empty side of a pair adds no line.
            self.sum.update((words if self.is_empty else SEPARATOR + words).encode())
            self.is_empty = False

    def of(self, whole: str) -> bytes:
        """Return the digest of the whole document where the file holds it, else of the words."""
        return hashlib.sha256(whole.encode()).digest() if whole else self.sum.digest()


# ── storing ──────────────────────────────────────────────────────────────────


@dataclass
class _Side:
    """One document while its pairs come in: ``end`` is where the last one ends in its text.

    ``whole`` is the text that the file holds, "" where it holds none; ``pieces`` are then the text
    so far.
    """

    document: Document
    whole: str
    sentence_count: int = 0
    end: int = 0
    pieces: list[str] = field(default_factory=list)

    def place(self, words: str, span: Span | None) -> Span:
        """Return where the next pair's ``words`` stand in the document.

        Raises BadFile where they do not.
        """
        if self.whole:
            span = self._find(words, span)
        else:
            gap = SEPARATOR if words and self.end else ""
            self.pieces.append(gap + words)
            start = self.end + len(gap)
            span = Span(start, start + len(words))
        self.end = span.end
        return span

    def _find(self, words: str, span: Span | None) -> Span:
        # A place out of a file is believed only where the words stand there, after those of the
        # pair before; else the words are looked for, in the same order.
        if span is not None and span.start >= self.end and span.of(self.whole) == words:
            return span
        start = self.whole.find(words, self.end)
        if start < 0:
            raise BadFile(_ELSEWHERE)
        return Span(start, start + len(words))

    def sentence_rows(
        self, span: Span, runs: Sequence[interchange.SentenceSpan], *, paragraph: int
    ) -> list[tuple[Any, ...]]:
        """Return rows of the sentences at ``span``: ``runs`` where they fit it, else one."""
        if not runs or not _sentences_cover(runs, span):
            is_empty = span.start == span.end
            runs = [] if is_empty else [(span.start, span.end, paragraph)]
        first = self.sentence_count
        self.sentence_count += len(runs)
        return [(self.document.pk, first + k, *run) for k, run in enumerate(runs)]

    def finish(self) -> None:
        """Put the whole text and its digest into the document."""
        self.document.text = self.whole or "".join(self.pieces)
        self.pieces.clear()  # as much memory again as the text
        self.document.digest = digest(self.document.text)
        file = bytes(self.document.page or b"")
        # XLIFF and TMX keep their codes as tokens in the text (docs/decisions/0049), no layout
        # beside it.
        if original.recognises(file):
            return
        self.document.blocks = find_blocks(file, self.document.text)
        self.document.emphasis = find_emphasis(file, self.document.text)


def store_bilingual(
    incoming: interchange.Article,
    *,
    by: User | None,
    file: str = "",
    progress: PairProgress | None = None,
    team: Team | None = None,
) -> StoredArticle:
    """Store an article that came in as aligned pairs, with the work that was done on them.

    ``by`` is who brought it, ``file`` the name of its file, and ``team`` whose it becomes, None for
    the first one. ``progress`` is called with the
    number of pairs stored after each chunk, and may raise ImportCancelled. The worker checks the
    article afterwards. Raises BadFile.
    """
    people = People(by, file, team=team or Team.objects.first_team())
    article, sides = _begin(incoming, people.team)
    try:
        count = _fill(article, sides, incoming, people=people, progress=progress)
        with transaction.atomic():
            return _finish(article, sides, incoming, count=count, people=people)
    # Also what ends the process, such as KeyboardInterrupt: the next import of the file must not
    # find half of it.
    except BaseException:
        discard(article)
        raise


def document_names(incoming: interchange.Article) -> tuple[str, str]:
    """Return the names of the two documents of an article that came in as pairs."""
    source = _storable(incoming.source_name or incoming.title)
    target = _storable(incoming.target_name or incoming.title)
    return source[:255], target[:255]


def _begin(incoming: interchange.Article, team: Team) -> tuple[Article, tuple[_Side, _Side]]:
    """Create the article and its two documents, empty and not ready."""
    names = document_names(incoming)
    source = Document(
        name=names[0],
        language=incoming.source_language,
        language_tag=incoming.source_tag,
        text="",
        page=incoming.source_page or None,
        digest="",
    )
    target = Document(
        name=names[1],
        language=incoming.target_language,
        language_tag=incoming.target_tag,
        text="",
        page=incoming.page or None,
        digest="",
    )
    with transaction.atomic():
        Document.objects.bulk_create([source, target])
        # Not ready, so that no page shows it and no other import finds it as the same article.
        article = Article.everything.create(
            title=_storable(incoming.title)[:200],
            team=team,
            source=source,
            target=target,
            digest="",
            ready=False,
        )
    return article, (_Side(source, incoming.source), _Side(target, incoming.target))


def _storable(name: str) -> str:
    """Return a name out of a file without what no database takes."""
    return name.replace("\0", "").encode("utf-8", "ignore").decode()


def _fill(
    article: Article,
    sides: tuple[_Side, _Side],
    incoming: interchange.Article,
    *,
    people: People,
    progress: PairProgress | None,
) -> int:
    """Store the pairs chunk by chunk; return how many there were."""
    stream = iter(incoming.segments)
    whole_target = sides[1].whole
    count = 0
    while True:
        pairs = list(islice(stream, CHUNK))
        if not pairs:
            return count
        chunk = [
            people.without_remarks_of_strangers(_with_original_target(pair, whole_target))
            for pair in pairs
            if pair.source or pair.target
        ]
        # The pairs with the work on them: a chunk that fails leaves no segment without its flags.
        with transaction.atomic():
            _store_chunk(article, sides, chunk, after=count)
            store_reviews(article, chunk, people, after=count)
        count += len(chunk)
        if progress:
            progress(count)


def _with_original_target(pair: interchange.Segment, whole: str) -> interchange.Segment:
    """Return the pair with the target words that stand in the document.

    Where its target is another text, somebody has written that since: it becomes a correction of
    the words in the document, and waits for approval.
    """
    span = pair.target_span
    if not whole or span is None or span.end > len(whole):
        return pair
    original = span.of(whole)
    if original == pair.target:
        return pair
    flags = []
    for flag in pair.flags:
        moved = _relocate(flag.target_span, pair.target, original)
        flags.append(replace(flag, target_span=moved))
    # What was translated is the document; a newer text beside it decides nothing
    # (docs/decisions/0063).
    proposal = interchange.Correction(before=original, after=pair.target, status="submitted")
    corrections = (*pair.corrections, proposal)
    return replace(pair, target=original, flags=tuple(flags), corrections=corrections)


def _relocate(span: Span | None, text: str, other: str) -> Span | None:
    """Return where the words at ``span`` of ``text`` stand in ``other``."""
    return span and locate(span.of(text), other, near=span.start)


_SEGMENT = (
    "article_id", "position", "source_from", "source_to", "source_start", "source_end",
    "target_from", "target_to", "target_start", "target_end", "source_text", "target_text",
    "score", "status", "revision",
)  # fmt: skip
_SENTENCE = ("document_id", "position", "start", "end", "paragraph")


def _store_chunk(
    article: Article,
    sides: tuple[_Side, _Side],
    chunk: Iterable[interchange.Segment],
    *,
    after: int,
) -> None:
    """Store the pairs as segments, the first at the position after ``after``."""
    segments: list[tuple[Any, ...]] = []
    sentences: list[tuple[Any, ...]] = []
    status = Segment.Status.TO_REVIEW.value
    for position, pair in enumerate(chunk, start=after + 1):
        places: list[int] = []
        # Source before target: the row of a segment has its places in this order, as ``_SEGMENT``
        # does.
        for side, words, span, runs in (
            (sides[0], pair.source, pair.source_span, pair.source_sentences),
            (sides[1], pair.target, pair.target_span, pair.target_sentences),
        ):
            try:
                found = side.place(words, span)
            except BadFile as problem:
                raise BadFile(problem.message, f"segment {position}") from problem
            first = side.sentence_count
            # A pair is a paragraph where the file does not say otherwise: a table has no lines.
            sentences += side.sentence_rows(found, runs, paragraph=position - 1)
            places += (first, side.sentence_count, found.start, found.end)
        texts = (pair.source, pair.target)
        segments.append((article.pk, position, *places, *texts, pair.score, status, pair.revision))
    _insert(Segment, _SEGMENT, segments)
    _insert(Sentence, _SENTENCE, sentences)


def _sentences_cover(runs: Sequence[interchange.SentenceSpan], span: Span) -> bool:
    """Return whether the sentences fill the span from its start to its end, in order."""
    at = span.start
    for start, end, _paragraph in runs:
        if not at <= start < end:
            return False
        at = end
    return runs[0][0] == span.start and at == span.end


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert many rows at once, by the driver's own executemany.

    It takes a third of the time of bulk_create, which makes an object of each row.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    # Columns that are left out need a default of the database's own (``Segment.checked``).
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _forget_other_file(source: Document, target: Document) -> None:
    """Keep a translation file only where corrections can be put back into it."""
    page = bytes(target.page or b"")
    if original.recognises(page) and not original.is_file_of(page, source.text, target.text):
        target.page = None


def _finish(
    article: Article,
    sides: tuple[_Side, _Side],
    incoming: interchange.Article,
    *,
    count: int,
    people: People,
) -> StoredArticle:
    """Make the article ready, with a better title than a file name where its words give one.

    Where the same article is here already, it takes in the flags that it does not have.
    """
    for side in sides:
        side.finish()
    _forget_other_file(sides[0].document, sides[1].document)
    key = digest(sides[0].document.text, sides[1].document.text)
    has_flags = Flag.everything.filter(segment__article=article).exists()
    # Asked again, although the preview has counted it: another import may have stored it meanwhile.
    same = find_same_article(key, document_names(incoming), team=people.team, has_flags=has_flags)
    if same is not None:
        if has_flags:
            refuse_in_blind_review(same)
        added = add_flags(same, article, people)
        # Its new flags have moved over by now; what goes is a second copy of the texts.
        discard(article)
        return StoredArticle(same, "changed" if added else "same", added)
    for side in sides:
        side.document.save()
    store_article_records(article, incoming, people)
    # In the same transaction as the event and the queued check: an article that is shown has both.
    article.ready = True
    article.digest = key
    first_texts = article.segments.order_by("position").values_list("source_text", flat=True)
    title = better_title(article.title, people.file, first_texts[:5], incoming.source_language)
    article.title = title[:200]
    article.target_title = find_target_title(article)
    article.save()
    # Before the first event that is recorded here, which follows the file's last
    # (docs/decisions/0090).
    Event.objects.chain_stored(article)
    Event.objects.record(Event.Act.IMPORTED, article=article, by=people.importer, segments=count)
    queue_checks(article)
    return StoredArticle(article, "new", remarks_left_out=people.remarks_left_out)


# ── removing ─────────────────────────────────────────────────────────────────


def discard_unready() -> None:
    """Remove every article that never became ready, and documents without any article.

    Call it while no import runs. The earlier versions that hold work without a place, and archived
    articles, stay.
    """
    unready = Article.everything.filter(ready=False, earlier_of=None, archived_at=None)
    for article in unready:
        discard(article)
    # A process that was killed while it stored a pair leaves documents without an article.
    Document.objects.filter(as_source=None, as_target=None).delete()


def remove_new_article(article: Article) -> bool:
    """Remove an article that an import has just stored, unless somebody works on it.

    Return whether it was removed.
    """
    brought = Event.objects.filter(article=article, act=Event.Act.IMPORTED).latest("id")
    # Sealed events too: who reads blind works on it as well.
    later = Event.everything.filter(article=article, pk__gt=brought.pk)
    # A draft records no event.
    drafts = Correction.objects.filter(segment__article=article, status=Correction.Status.DRAFT)
    if later.exists() or drafts.exists():
        return False
    # Triggers keep history that is chained; a tombstone opens it, and stays (docs/decisions/0090).
    with Erasure.objects.opened(
        Erasure.Kind.ARTICLE, str(article.pk), reason="its import was taken back"
    ) as erasure:
        erasure.events = Event.everything.filter(article=article).count()
        erasure.digest = brought.digest
        # ``discard`` deletes nothing that is ready.
        Article.objects.filter(pk=article.pk).update(ready=False)
        discard(article)
    return True
