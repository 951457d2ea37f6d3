"""Floor 2: putting a pair of documents into the database as an article, or a newer version of it in its place.

The same pair changes nothing. A changed pair keeps the review of every segment whose words did not change; where one
side's words changed, the flags move with their words and what was approved for other words is no longer in force.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.findings.service import refresh_findings
from articles.formats import BadFile
from articles.models import Article, Correction, Document, Event, Flag, Segment, Sentence
from articles.models.documents import digest
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Bead, bead_spans
from articles.text.document import Document as Text
from articles.text.document import Sentence as TextSentence
from articles.text.spans import locate, map_offset

SAME_ARTICLE = 0.3
"""Two documents of one name are versions of one when this share of the old one's sentences is in the new one."""
_BATCH = 500
_APART = gettext_noop(
    "two people are reading “%(title)s” apart; bring its new version when they have been compared"
)


@dataclass(frozen=True)
class StoredArticle:
    """What storing a pair did: ``kind`` is "new", "same" or "changed"."""

    article: Article
    kind: str


def store_article(source: Text, target: Text, *, by: Any = None) -> StoredArticle:
    """Store the pair as an article, in one transaction, checks run. ``by`` is who brought it, None the machine.

    Raises BadFile for a newer version of an article that two people are reading apart.
    """
    name = digest(source.text, target.text)
    if known := Article.objects.filter(digest=name).first():
        return StoredArticle(known, "same")
    aligned = align_texts(
        source.text,
        target.text,
        source_language=source.language,
        target_language=target.language,
        encoder=load_encoder(),
    )
    sentences = (aligned.source, aligned.target)
    with transaction.atomic():
        old = _earlier_version(source, target, sentences)
        if old and old.stage in (Article.Stage.READING, Article.Stage.COMPARING):
            raise BadFile(_APART, title=old.title)  # their marks would lose their words unseen
        before = [old.source, old.target] if old else [None, None]
        documents = [
            _document(text, runs, was)
            for text, runs, was in zip((source, target), sentences, before, strict=True)
        ]
        if old is None:
            article = Article.objects.create(
                title=_title(sentences[0]), source=documents[0], target=documents[1], digest=name
            )
            rows = segment_rows(article, *sentences, aligned.beads)
            Segment.objects.bulk_create(rows, batch_size=_BATCH)
            Event.objects.record(Event.Act.IMPORTED, article=article, by=by, segments=len(rows))
        else:
            article = old
            article.source, article.target, article.digest = documents[0], documents[1], name
            article.save()
            kept: dict[str, Any] = _replace_segments(
                article, segment_rows(article, *sentences, aligned.beads)
            )
            Event.objects.record(Event.Act.REIMPORTED, article=article, by=by, **kept)
            Document.objects.filter(
                pk__in=[was.pk for was in before if was and was not in documents]
            ).delete()
        refresh_findings(article)
    return StoredArticle(article, "changed" if old else "new")


@dataclass(frozen=True)
class Preview:
    """What storing a pair would do: ``kind`` is "new", "same" or "changed". For each side how many sentences it has,
    how many of them are new, and how many of the earlier version's are gone."""

    kind: str
    sides: tuple[tuple[int, int, int], ...]


def preview_article(source: Text, target: Text) -> Preview:
    """What storing the pair would do, without aligning it."""
    sentences = [split_sentences(each.text, each.language) for each in (source, target)]
    if Article.objects.filter(digest=digest(source.text, target.text)).exists():
        return Preview("same", tuple((len(runs), 0, 0) for runs in sentences))
    old = _earlier_version(source, target, sentences)
    if old is None:
        return Preview("new", tuple((len(runs), len(runs), 0) for runs in sentences))
    sides = []
    for document, runs in zip((old.source, old.target), sentences, strict=True):
        before, now = Counter(_texts_of(document)), Counter(each.text for each in runs)
        sides.append((len(runs), (now - before).total(), (before - now).total()))
    return Preview("changed", tuple(sides))


def segment_rows(
    article: Article,
    source: Sequence[TextSentence],
    target: Sequence[TextSentence],
    beads: Sequence[Bead],
) -> list[Segment]:
    """The beads as unsaved segments of the article, numbered from 1."""
    texts = (article.source.text, article.target.text)
    return [
        Segment(
            article=article,
            position=position,
            source_from=bead.source[0],
            source_to=bead.source[1],
            target_from=bead.target[0],
            target_to=bead.target[1],
            source_start=spans[0].start,
            source_end=spans[0].end,
            target_start=spans[1].start,
            target_end=spans[1].end,
            source_text=spans[0].of(texts[0]),
            target_text=spans[1].of(texts[1]),
            score=bead.score,
        )
        for position, (bead, spans) in enumerate(
            zip(beads, bead_spans(source, target, beads), strict=True), start=1
        )
    ]


def _title(sentences: Sequence[TextSentence]) -> str:
    first = sentences[0].text.strip() if sentences else ""
    return first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + "…"


def _document(text: Text, sentences: Sequence[TextSentence], was: Document | None) -> Document:
    """The stored document and its sentences; ``was`` is kept where its text is the same."""
    name = digest(text.text)
    if was is not None and was.digest == name:
        return was
    document = Document.objects.create(
        name=text.name, language=text.language, text=text.text, page=text.page or None, digest=name
    )
    rows = [
        Sentence(
            document=document, position=k, start=each.start, end=each.end, paragraph=each.paragraph
        )
        for k, each in enumerate(sentences)
    ]
    Sentence.objects.bulk_create(rows, batch_size=_BATCH)
    return document


def _earlier_version(
    source: Text, target: Text, sentences: Sequence[Sequence[TextSentence]]
) -> Article | None:
    """The article that this pair is a newer version of: the same file names, and enough of the same sentences."""
    old = (
        Article.objects.filter(source__name=source.name, target__name=target.name)
        .select_related()
        .first()
    )
    if old is None:
        return None
    for document, runs in zip((old.source, old.target), sentences, strict=True):
        was = set(_texts_of(document))
        if len(was & {each.text for each in runs}) >= SAME_ARTICLE * len(was):
            return old
    return None


def _texts_of(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.sentences.all()]


# ── a changed document ───────────────────────────────────────────────────────

_PLACE = (
    "position", "source_from", "source_to", "target_from", "target_to", "source_start", "source_end",
    "target_start", "target_end", "source_text", "target_text", "score", "status", "revision",
)  # fmt: skip


def _replace_segments(article: Article, rows: Sequence[Segment]) -> dict[str, Any]:
    """Put ``rows`` in the place of the article's segments, reusing those whose words are still there.

    Returns how many were kept as they are, changed on one side, new, and removed.
    """
    article.segments.update(position=-F("position"))
    left = {segment.pk: segment for segment in article.segments.order_by("-position")}
    counts = {"kept": 0, "changed": 0, "new": 0, "removed": 0}
    matched = _matched(list(left.values()), rows)
    reused: list[Segment] = []
    for row, (old, how) in zip(rows, matched, strict=True):
        if old is None:
            counts["new"] += 1
            continue
        del left[old.pk]
        counts["kept" if how == "both" else "changed"] += 1
        row.pk, row.status, row.revision = old.pk, old.status, old.revision
        if how != "both":
            _move_review(row, old)
        reused.append(row)
    counts["removed"] = len(left)
    Segment.objects.filter(pk__in=left).delete()
    Segment.objects.bulk_update(reused, _PLACE, batch_size=_BATCH)
    Segment.objects.bulk_create([row for row in rows if row.pk is None], batch_size=_BATCH)
    return counts


def _matched(old: Sequence[Segment], rows: Sequence[Segment]) -> list[tuple[Segment | None, str]]:
    """For each row the old segment it continues: the same words on both sides first, else on one."""
    answer: dict[int, tuple[Segment | None, str]] = {}
    taken: set[int] = set()
    keys = {
        "both": lambda segment: (segment.source_text, segment.target_text),
        "source": lambda segment: segment.source_text,
        "target": lambda segment: segment.target_text,
    }
    for how, key in keys.items():
        free: dict[Any, list[Segment]] = defaultdict(list)
        for segment in reversed(old):
            if segment.pk not in taken:
                free[key(segment)].append(segment)
        for k, row in enumerate(rows):
            if k not in answer and key(row) and free[key(row)]:
                segment = free[key(row)].pop()
                taken.add(segment.pk)
                answer[k] = (segment, how)
    return [answer.get(k, (None, "")) for k in range(len(rows))]


def _move_review(segment: Segment, old: Segment) -> None:
    """Carry flags and corrections over to a segment one of whose texts changed, and open it for review again."""
    open_flags = 0
    for flag in segment.flags.exclude(status=Flag.Status.REMOVED):
        reanchor_flag(flag, segment, target_before=old.target_text)
        flag.save()
        open_flags += flag.status == Flag.Status.OPEN
    segment.corrections.filter(status=Correction.Status.SUBMITTED).update(
        status=Correction.Status.DRAFT, submitted_at=None
    )
    if segment.target_text != old.target_text:
        segment.corrections.filter(status=Correction.Status.APPROVED).update(
            status=Correction.Status.REPLACED
        )
    segment.status = Segment.Status.FLAGGED if open_flags else Segment.Status.TO_REVIEW
    segment.revision += 1


def reanchor_flag(flag: Flag, segment: Segment, *, target_before: str) -> None:
    """Find the words the flag quotes in the segment's texts again (unsaved); where they are gone, it needs locating."""
    lost = False
    for side, text in (("source", segment.source_text), ("target", segment.target_text)):
        quote = getattr(flag, f"{side}_quote")
        if not quote:
            continue
        span = locate(quote, text, near=getattr(flag, f"{side}_start") or 0)
        lost = lost or span is None
        setattr(flag, f"{side}_start", span.start if span else None)
        setattr(flag, f"{side}_end", span.end if span else None)
    if flag.caret is not None:
        flag.caret = min(
            map_offset(flag.caret, target_before, segment.target_text), len(segment.target_text)
        )
    flag.needs_locating = lost
