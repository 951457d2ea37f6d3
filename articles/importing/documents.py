"""Store a pair of documents as an article, or as a newer version of one in its place.

The same pair changes nothing. The texts are read and aligned first; then documents and segments go
in by short transactions, so that others can write meanwhile, and a last one makes the article
ready, or puts the new version in the place of the earlier one (versions/update.py). Whatever stops
before that leaves nothing behind.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop

from articles.alignment.aligner import Alignment, align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.detection.titles import proposed_title
from articles.findings import background
from articles.findings.tasks import queue_checks
from articles.formats import BadFile
from articles.formats.blocks import find_blocks
from articles.formats.emphasis import find_emphasis
from articles.models import Article, Document, Event, Segment, Sentence, Team
from articles.models.documents import digest
from articles.models.headlines import find_target_title, refresh_target_title
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Bead, bead_spans, spaced
from articles.text.document import Document as DocumentText
from articles.text.document import Sentence as TextSentence
from articles.text.thresholds import SAME_ARTICLE
from articles.versions.update import BATCH, Comparison, compare_versions, replace_segments

_IN_BLIND_REVIEW = gettext_noop(
    "“%(title)s” is in blind review; import its new version when the reviews have been compared"
)


@dataclass(frozen=True)
class StoredArticle:
    """The article of a pair that was stored.

    ``kind`` is "new", "same", "changed" for a newer version, or "page" for the same words in a new
    file. ``added`` is how many flags an article that was here took in, ``unplaced`` how many
    segments of the earlier version have work that waits for a place, ``remarks_left_out`` how many
    remarks of the file nobody here could answer for.
    """

    article: Article
    kind: str
    added: int = 0
    unplaced: int = 0
    remarks_left_out: int = 0


def store_article(
    source: DocumentText,
    target: DocumentText,
    *,
    by: User | None = None,
    title: str = "",
    team: Team | None = None,
) -> StoredArticle:
    """Store the pair as an article, and have it checked by the worker.

    ``by`` is who brought it, None the machine; ``title`` is "" for the headline of the source;
    ``team`` is whose it becomes, None for the first one. Raises BadFile for a newer version of an
    article that is being read blind.
    """
    team = team or Team.objects.first_team()
    same = find_same_pair(source, target, team)
    # Before the alignment, which is the costly part: sending files twice costs next to nothing.
    if same is not None:
        return _update_pages(same, source, target, by=by)
    aligned = background.compute(
        align_texts,
        source.text,
        target.text,
        source_language=source.language,
        target_language=target.language,
        encoder=load_encoder(),
    )
    earlier = find_earlier_version(source, target, (aligned.source, aligned.target), team)
    if earlier is None:
        article = _store_new(source, target, aligned, by=by, title=title, team=team)
        return StoredArticle(article, "new")
    return _store_version(earlier, source, target, aligned, by=by)


def _store_new(
    source: DocumentText,
    target: DocumentText,
    aligned: Alignment,
    *,
    by: User | None,
    title: str,
    team: Team,
) -> Article:
    """Store a new article; it is shown when all of it is there."""
    documents = [_store_document(source, aligned.source), _store_document(target, aligned.target)]
    article = Article(
        title=(title or proposed_title(source))[:200],
        team=team,
        source=documents[0],
        target=documents[1],
        digest=digest(source.text, target.text),
        ready=False,
    )
    article.save()
    try:
        rows = segment_rows(article, aligned.source, aligned.target, aligned.beads)
        # No transaction around the batches: others save between two of them (docs/decisions/0061).
        for start in range(0, len(rows), BATCH):
            Segment.objects.bulk_create(rows[start : start + BATCH])
        with transaction.atomic():
            article.ready = True
            article.target_title = find_target_title(article)
            article.save()
            Event.objects.record(Event.Act.IMPORTED, article=article, by=by, segments=len(rows))
            queue_checks(article)
    except BaseException:
        discard(article)
        raise
    return article


def _store_version(
    earlier: Article,
    source: DocumentText,
    target: DocumentText,
    aligned: Alignment,
    *,
    by: User | None,
) -> StoredArticle:
    """Put the pair in the place of the earlier version, in one transaction.

    All that can be made ready before is made ready before: nobody else writes meanwhile.
    """
    # Asked twice: here before anything is stored, and then of the locked row, as a blind review may
    # begin meanwhile.
    refuse_in_blind_review(earlier)
    documents = (
        _keep_or_store_document(earlier.source, source, aligned.source),
        _keep_or_store_document(earlier.target, target, aligned.target),
    )
    try:
        return _put_in_place(earlier, documents, (source, target), aligned, by=by)
    except BaseException:
        _delete_unused(document.pk for document in documents)
        raise


def _put_in_place(
    earlier: Article,
    documents: tuple[Document, Document],
    texts: tuple[DocumentText, DocumentText],
    aligned: Alignment,
    *,
    by: User | None,
) -> StoredArticle:
    """Put the stored documents, and segments of them, in the place of the earlier version's."""
    pages = _with_new_pages(documents, texts)
    # A copy: ``segment_rows`` reads the texts through the article, and the earlier one keeps its
    # own until the transaction.
    newer = copy.copy(earlier)
    newer.source, newer.target = documents
    rows = segment_rows(newer, aligned.source, aligned.target, aligned.beads)
    comparison = compare_versions(list(earlier.segments.order_by("position")), rows)
    with transaction.atomic():
        article = Article.objects.lock(earlier.pk)
        refuse_in_blind_review(article)
        _save_pages(pages)
        replaced = (article.source, article.target)
        article.source, article.target = documents
        article.digest = digest(*(text.text for text in texts))
        article.save()
        counts: dict[str, Any] = replace_segments(article, rows, comparison, documents=replaced)
        Event.objects.record(Event.Act.REIMPORTED, article=article, by=by, **counts)
        refresh_target_title(article)
        # The hidden earlier version may stand on them still (versions/update.py).
        _delete_unused(document.pk for document in replaced)
        queue_checks(article)
    return StoredArticle(article, "changed", unplaced=counts["waiting"])


def refuse_in_blind_review(article: Article) -> None:
    """Raise BadFile where hidden flags would lose their words, and nobody would see it."""
    if article.stage in (Article.Stage.READING, Article.Stage.COMPARING):
        raise BadFile(_IN_BLIND_REVIEW, title=article.title)


def discard(article: Article) -> None:
    """Delete an article that is not ready, with its documents."""
    documents = (article.source_id, article.target_id)
    with transaction.atomic():
        Article.everything.filter(pk=article.pk, ready=False).delete()
        _delete_unused(documents)


def _delete_unused(keys: Iterable[int]) -> None:
    """Delete those of the documents that no article stands on."""
    Document.objects.filter(pk__in=list(keys), as_source=None, as_target=None).delete()


# ── the same texts, and earlier versions ─────────────────────────────────────


def find_same_pair(source: DocumentText, target: DocumentText, team: Team) -> Article | None:
    """Return the team's article that holds these very texts under these names, None for none.

    The same words under other names are another thing (docs/decisions/0064).
    """
    same = Article.objects.filter(
        team=team,
        digest=digest(source.text, target.text),
        source__name=source.name,
        target__name=target.name,
        source__language=source.language,
        target__language=target.language,
    )
    found: Article | None = same.select_related("source", "target").order_by("id").first()
    return found


def _has_new_page(document: Document, text: DocumentText) -> bool:
    """Return whether the text came in another file than the stored one: new mark-up around it."""
    return bool(text.page) and bytes(document.page or b"") != text.page


def _update_pages(
    article: Article, source: DocumentText, target: DocumentText, *, by: User | None
) -> StoredArticle:
    """Keep the files that the same words came in now, so that an export goes back into these."""
    changed = _with_new_pages((article.source, article.target), (source, target))
    if not changed:
        return StoredArticle(article, "same")
    with transaction.atomic():
        _save_pages(changed)
        Event.objects.record(Event.Act.REIMPORTED, article=article, by=by, pages=len(changed))
    return StoredArticle(article, "page")


def _with_new_pages(documents: Iterable[Document], texts: Iterable[DocumentText]) -> list[Document]:
    """Return those documents whose text came in another file now, with that file, unsaved."""
    changed = []
    for document, text in zip(documents, texts, strict=True):
        if _has_new_page(document, text):
            document.page = text.page
            document.blocks = find_blocks(text.page, text.text)
            document.emphasis = find_emphasis(text.page, text.text)
            changed.append(document)
    return changed


def _save_pages(documents: Iterable[Document]) -> None:
    for document in documents:
        document.save(update_fields=["page", "blocks", "emphasis"])


@dataclass(frozen=True)
class Preview:
    """What storing a pair would do; ``kind`` is "new", "same", "page" or "changed".

    ``sides`` has for each document how many sentences it has, how many of them are new, and how
    many of the earlier version's are gone. For a newer version ``article`` is the earlier one,
    ``changed`` how many segments keep their work although one side changed, and ``unplaced`` how
    many have work that will wait for a place. ``alike`` is another article with the same words.
    """

    kind: str
    sides: list[tuple[int, int, int]]
    article: Article | None = None
    changed: int = 0
    unplaced: int = 0
    alike: Article | None = None


def preview_article(source: DocumentText, target: DocumentText, team: Team) -> Preview:
    """Return what storing the pair for the team would do. A newer version is aligned for that."""
    sentences = [split_sentences(text.text, text.language) for text in (source, target)]
    same = find_same_pair(source, target, team)
    if same is not None:
        has_new_page = _has_new_page(same.source, source) or _has_new_page(same.target, target)
        kind = "page" if has_new_page else "same"
        return Preview(kind, [(len(side), 0, 0) for side in sentences], same)
    earlier = find_earlier_version(source, target, sentences, team)
    if earlier is None:
        same_words = Article.objects.filter(team=team, digest=digest(source.text, target.text))
        # The same words under other names are another article; whoever did not mean that should
        # know.
        alike = same_words.first()
        return Preview("new", [(len(side), len(side), 0) for side in sentences], alike=alike)
    sides = [
        _count_sentences(document, side)
        for document, side in zip((earlier.source, earlier.target), sentences, strict=True)
    ]
    comparison = _compare_with(earlier, source, target)
    changed = sum(match != "both" for _segment, match in comparison.matches.values())
    return Preview("changed", sides, earlier, changed, len(comparison.unplaced))


def _count_sentences(document: Document, side: Sequence[TextSentence]) -> tuple[int, int, int]:
    """Return how many sentences a newer document has, how many are new, and how many gone."""
    before = Counter(_sentence_texts(document))
    now = Counter(spaced(sentence.text) for sentence in side)
    return len(side), (now - before).total(), (before - now).total()


def _compare_with(earlier: Article, source: DocumentText, target: DocumentText) -> Comparison:
    """Return what the pair would make of the segments of the article."""
    aligned = background.compute(
        align_texts,
        source.text,
        target.text,
        source_language=source.language,
        target_language=target.language,
        encoder=load_encoder(),
    )
    newer = Article(source=Document(text=source.text), target=Document(text=target.text))
    rows = segment_rows(newer, aligned.source, aligned.target, aligned.beads)
    return compare_versions(list(earlier.segments.order_by("position")), rows)


def segment_rows(
    article: Article,
    source: Sequence[TextSentence],
    target: Sequence[TextSentence],
    beads: Sequence[Bead],
) -> list[Segment]:
    """Return the beads as unsaved segments of the article, numbered from 1."""
    source_text = article.source.text
    target_text = article.target.text
    spans = bead_spans(source, target, beads)
    rows = []
    for position, (bead, (source_span, target_span)) in enumerate(
        zip(beads, spans, strict=True), start=1
    ):
        row = Segment(
            article=article,
            position=position,
            source_from=bead.source[0],
            source_to=bead.source[1],
            target_from=bead.target[0],
            target_to=bead.target[1],
            source_start=source_span.start,
            source_end=source_span.end,
            target_start=target_span.start,
            target_end=target_span.end,
            source_text=source_span.of(source_text),
            target_text=target_span.of(target_text),
            score=bead.score,
        )
        rows.append(row)
    return rows


def _keep_or_store_document(
    earlier: Document, text: DocumentText, sentences: Sequence[TextSentence]
) -> Document:
    """Return the earlier document if its text is the same, else a new one, which is stored."""
    if earlier.digest == digest(text.text):
        return earlier
    return _store_document(text, sentences)


def _store_document(text: DocumentText, sentences: Sequence[TextSentence]) -> Document:
    """Store the document and its sentences, some hundred in a transaction."""
    document = Document.objects.create(
        name=text.name,
        language=text.language,
        text=text.text,
        page=text.page or None,
        blocks=find_blocks(text.page, text.text),
        emphasis=find_emphasis(text.page, text.text),
        digest=digest(text.text),
    )
    rows = []
    for position, sentence in enumerate(sentences):
        row = Sentence(
            document=document,
            position=position,
            start=sentence.start,
            end=sentence.end,
            paragraph=sentence.paragraph,
        )
        rows.append(row)
    for start in range(0, len(rows), BATCH):
        Sentence.objects.bulk_create(rows[start : start + BATCH])
    return document


def find_earlier_version(
    source: DocumentText,
    target: DocumentText,
    sentences: Sequence[Sequence[TextSentence]],
    team: Team,
) -> Article | None:
    """Return the team's article that this pair is a newer version of, None where there is none.

    It has the same file names, and enough of the same sentences; of several, the most.
    """
    same_names = Article.objects.filter(
        team=team, source__name=source.name, target__name=target.name
    )
    now = [{spaced(sentence.text) for sentence in side} for side in sentences]
    best: Article | None = None
    highest = 0.0
    for article in same_names.select_related("source", "target"):
        share = 0.0
        for document, texts in zip((article.source, article.target), now, strict=True):
            before = set(_sentence_texts(document))
            # One side is enough (docs/decisions/0064).
            share = max(share, len(before & texts) / max(1, len(before)))
        if share >= SAME_ARTICLE and share > highest:
            best = article
            highest = share
    return best


def _sentence_texts(document: Document) -> list[str]:
    """Return the document's sentences without their line breaks, as those of a newer file are."""
    return [spaced(document.text[each.start : each.end]) for each in document.sentences.all()]
