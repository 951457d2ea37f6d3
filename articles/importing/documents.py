"""Store a pair of documents as an article, or as a newer version of one in its place.

The same pair changes nothing. A changed pair keeps the review of every segment whose words did not
change; where one side's words changed, the flags move with their words, and what was approved for
other words is no longer in force.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.findings.tasks import queue_checks
from articles.formats import BadFile
from articles.models import Article, Correction, Document, Event, Flag, Segment, Sentence
from articles.models.documents import digest
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Bead, bead_spans
from articles.text.document import Document as DocumentText
from articles.text.document import Sentence as TextSentence
from articles.text.spans import locate, map_offset
from articles.text.thresholds import SAME_ARTICLE

_BATCH = 500
_IN_BLIND_REVIEW = gettext_noop(
    "two people are reading “%(title)s” apart; bring its new version when they have been compared"
)


@dataclass(frozen=True)
class StoredArticle:
    """The article of a pair that was stored; ``kind`` is "new", "same" or "changed".

    ``remarks_left_out`` counts the remarks of the file that nobody here could answer for.
    """

    article: Article
    kind: str
    remarks_left_out: int = 0


def store_article(
    source: DocumentText, target: DocumentText, *, by: User | None = None
) -> StoredArticle:
    """Store the pair as an article, in one transaction, and have it checked by the worker.

    ``by`` is who brought it, None the machine. Raises BadFile for a newer version of an article
    that is being read blind.
    """
    key = digest(source.text, target.text)
    same = Article.objects.filter(digest=key).first()
    if same is not None:
        return StoredArticle(same, "same")
    aligned = align_texts(
        source.text,
        target.text,
        source_language=source.language,
        target_language=target.language,
        encoder=load_encoder(),
    )
    with transaction.atomic():
        earlier = _earlier_version(source, target, (aligned.source, aligned.target))
        if earlier is None:
            article = Article(title=_title(aligned.source))
            documents = [
                _store_document(source, aligned.source),
                _store_document(target, aligned.target),
            ]
        else:
            if earlier.stage in (Article.Stage.READING, Article.Stage.COMPARING):
                # Hidden flags would lose their words, and nobody would see it.
                raise BadFile(_IN_BLIND_REVIEW, title=earlier.title)
            article = earlier
            replaced = [earlier.source, earlier.target]
            documents = [
                _keep_or_store_document(earlier.source, source, aligned.source),
                _keep_or_store_document(earlier.target, target, aligned.target),
            ]
        article.source, article.target = documents
        article.digest = key
        article.save()
        rows = segment_rows(article, aligned.source, aligned.target, aligned.beads)
        if earlier is None:
            Segment.objects.bulk_create(rows, batch_size=_BATCH)
            Event.objects.record(Event.Act.IMPORTED, article=article, by=by, segments=len(rows))
        else:
            counts: dict[str, Any] = _replace_segments(article, rows)
            Event.objects.record(Event.Act.REIMPORTED, article=article, by=by, **counts)
            unused = [document.pk for document in replaced if document not in documents]
            Document.objects.filter(pk__in=unused).delete()
        queue_checks(article)
    return StoredArticle(article, "new" if earlier is None else "changed")


@dataclass(frozen=True)
class Preview:
    """What storing a pair would do; ``kind`` is "new", "same" or "changed".

    ``sides`` has for each document how many sentences it has, how many of them are new, and how
    many of the earlier version's are gone.
    """

    kind: str
    sides: list[tuple[int, int, int]]


def preview_article(source: DocumentText, target: DocumentText) -> Preview:
    """Return what storing the pair would do, without aligning it."""
    sentences = [split_sentences(text.text, text.language) for text in (source, target)]
    if Article.objects.filter(digest=digest(source.text, target.text)).exists():
        return Preview("same", [(len(side), 0, 0) for side in sentences])
    earlier = _earlier_version(source, target, sentences)
    if earlier is None:
        return Preview("new", [(len(side), len(side), 0) for side in sentences])
    sides = []
    for document, side in zip((earlier.source, earlier.target), sentences, strict=True):
        before = Counter(_sentence_texts(document))
        now = Counter(sentence.text for sentence in side)
        sides.append((len(side), (now - before).total(), (before - now).total()))
    return Preview("changed", sides)


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


def _title(sentences: Sequence[TextSentence]) -> str:
    """Return the first sentence, cut after a word where it is long."""
    first = sentences[0].text.strip() if sentences else ""
    if len(first) <= 120:
        return first
    return first[:119].rsplit(" ", 1)[0] + "…"


def _keep_or_store_document(
    earlier: Document, text: DocumentText, sentences: Sequence[TextSentence]
) -> Document:
    """Return the earlier document where its text is the same, else a new one."""
    if earlier.digest == digest(text.text):
        return earlier
    return _store_document(text, sentences)


def _store_document(text: DocumentText, sentences: Sequence[TextSentence]) -> Document:
    """Store the document and its sentences."""
    document = Document.objects.create(
        name=text.name,
        language=text.language,
        text=text.text,
        page=text.page or None,
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
    Sentence.objects.bulk_create(rows, batch_size=_BATCH)
    return document


def _earlier_version(
    source: DocumentText, target: DocumentText, sentences: Sequence[Sequence[TextSentence]]
) -> Article | None:
    """Return the article that this pair is a newer version of, None where there is none.

    It has the same file names, and enough of the same sentences.
    """
    named_so = Article.objects.filter(source__name=source.name, target__name=target.name)
    earlier: Article | None = named_so.select_related().first()
    if earlier is None:
        return None
    for document, side in zip((earlier.source, earlier.target), sentences, strict=True):
        before = set(_sentence_texts(document))
        now = {sentence.text for sentence in side}
        if len(before & now) >= SAME_ARTICLE * len(before):
            return earlier
    return None


def _sentence_texts(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.sentences.all()]


# ── a changed document ───────────────────────────────────────────────────────

_REUSED_FIELDS = (
    "position", "source_from", "source_to", "target_from", "target_to", "source_start",
    "source_end", "target_start", "target_end", "source_text", "target_text", "score", "status",
    "revision", "checked",
)  # fmt: skip
Match = Literal["both", "source", "target"]
"""On which side, or on both, a segment has the same words as an earlier one."""


def _replace_segments(article: Article, rows: Sequence[Segment]) -> dict[str, int]:
    """Put ``rows`` in the place of the article's segments, reusing those with the same words.

    Returns how many were kept as they are, changed on one side, new, and removed.
    """
    # Positions are unique: those of the old segments make room for the new ones.
    article.segments.update(position=-F("position"))
    unmatched = {segment.pk: segment for segment in article.segments.order_by("-position")}
    counts = {"kept": 0, "changed": 0, "new": 0, "removed": 0}
    matches = _match_segments(list(unmatched.values()), rows)
    reused: list[Segment] = []
    new: list[Segment] = []
    for number, row in enumerate(rows):
        if number not in matches:
            counts["new"] += 1
            new.append(row)
            continue
        earlier, match = matches[number]
        del unmatched[earlier.pk]
        row.pk = earlier.pk
        row.status = earlier.status
        row.revision = earlier.revision
        if match == "both":
            counts["kept"] += 1
        else:
            counts["changed"] += 1
            _carry_review_over(row, earlier)
        reused.append(row)
    counts["removed"] = len(unmatched)
    Segment.objects.filter(pk__in=unmatched).delete()
    Segment.objects.bulk_update(reused, _REUSED_FIELDS, batch_size=_BATCH)
    Segment.objects.bulk_create(new, batch_size=_BATCH)
    return counts


def _match_segments(
    earlier: Sequence[Segment], rows: Sequence[Segment]
) -> dict[int, tuple[Segment, Match]]:
    """Return for row numbers the earlier segment that the row continues, and where they agree.

    Segments with the same words on both sides are matched first, then those with one side.
    """
    matches: dict[int, tuple[Segment, Match]] = {}
    used: set[int] = set()
    keys: dict[Match, Callable[[Segment], str | tuple[str, str]]] = {
        "both": lambda segment: (segment.source_text, segment.target_text),
        "source": lambda segment: segment.source_text,
        "target": lambda segment: segment.target_text,
    }
    for match, key in keys.items():
        free = _group_by(key, (segment for segment in earlier if segment.pk not in used))
        for number, row in enumerate(rows):
            same = free.get(key(row))
            if number in matches or not key(row) or not same:
                continue
            segment = same.popleft()
            used.add(segment.pk)
            matches[number] = (segment, match)
    return matches


def _group_by(
    key: Callable[[Segment], str | tuple[str, str]], segments: Iterable[Segment]
) -> dict[str | tuple[str, str], deque[Segment]]:
    groups: dict[str | tuple[str, str], deque[Segment]] = defaultdict(deque)
    for segment in segments:
        groups[key(segment)].append(segment)
    return groups


def _carry_review_over(segment: Segment, earlier: Segment) -> None:
    """Carry flags and corrections over to a segment one of whose texts changed.

    It is open for review again.
    """
    open_flags = 0
    for flag in segment.flags.exclude(status=Flag.Status.REMOVED):
        reanchor_flag(flag, segment, target_before=earlier.target_text)
        flag.save()
        if flag.status == Flag.Status.OPEN:
            open_flags += 1
    submitted = segment.corrections.filter(status=Correction.Status.SUBMITTED)
    submitted.update(status=Correction.Status.DRAFT, submitted_at=None)
    if segment.target_text != earlier.target_text:
        approved = segment.corrections.filter(status=Correction.Status.APPROVED)
        approved.update(status=Correction.Status.REPLACED)
    segment.status = Segment.Status.FLAGGED if open_flags else Segment.Status.TO_REVIEW
    segment.revision += 1


def reanchor_flag(flag: Flag, segment: Segment, *, target_before: str) -> None:
    """Find the words that the flag quotes in the segment's texts again (unsaved).

    Where they are gone, the flag needs locating.
    """
    found_source = _reanchor_side(flag, "source", segment.source_text)
    found_target = _reanchor_side(flag, "target", segment.target_text)
    if flag.caret is not None:
        caret = map_offset(flag.caret, target_before, segment.target_text)
        flag.caret = min(caret, len(segment.target_text))
    flag.needs_locating = not (found_source and found_target)


def _reanchor_side(flag: Flag, side: Literal["source", "target"], text: str) -> bool:
    """Locate the flag's words of one side; return whether they are there, or it has none."""
    quote = getattr(flag, f"{side}_quote")
    if not quote:
        return True
    span = locate(quote, text, near=getattr(flag, f"{side}_start") or 0)
    setattr(flag, f"{side}_start", span.start if span else None)
    setattr(flag, f"{side}_end", span.end if span else None)
    return span is not None
