"""Documents, their sentences, and the article whose segments align two documents.

Documents and sentences are never edited. A segment keeps copies of its two texts: pages show,
search and check those, and must not load whole documents.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models.roles import within_teams
from articles.models.teams import Team
from articles.text.blocks import ITEMS
from articles.text.emphasis import Emphasis
from articles.text.thresholds import UNCERTAIN_ALIGNMENT

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models.assignments import Assignment
    from articles.models.corrections import Correction
    from articles.models.review import Finding, Flag


def digest(*texts: str) -> str:
    """Return the SHA-256 (hexadecimal) of a document's text, or of an article's two texts."""
    sums = [hashlib.sha256(text.encode()).digest() for text in texts]
    if len(sums) == 1:
        return sums[0].hex()
    return hashlib.sha256(b"".join(sums)).hexdigest()


class Document(models.Model):
    """One text in one language, as it was imported."""

    name = models.CharField(_("name"), max_length=255)
    language = models.CharField(_("language"), max_length=8)
    # The language with its region as the file named it, such as "fr-CA"; "" where it named none.
    language_tag = models.CharField(max_length=16, blank=True, editable=False)
    text = models.TextField(_("text"))
    # The imported file, where corrections can be put back into it (a web page, Word …); else None.
    page = models.BinaryField(null=True, editable=False)
    # Its headings and list items, as [start, end, kind] (text/blocks.py), in the text's order.
    blocks = models.JSONField(default=list, editable=False)
    # Its words in italics or bold and its links, as [start, end, kind, address] (text/emphasis.py).
    emphasis = models.JSONField(default=list, editable=False)
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name

    def kind_at(self, place: int) -> str:
        """Return the kind of the block at a code point: a heading, a list item, or ""."""
        number = bisect_right(self.blocks, place, key=itemgetter(0)) - 1
        if number < 0:
            return ""
        _start, end, kind = self.blocks[number]
        return str(kind) if place < end else ""

    def emphasis_between(self, start: int, end: int) -> list[Emphasis]:
        """Return the emphasis of a stretch of the text, its places counted from its beginning."""
        if not self.emphasis:
            return []
        # Sorted by their starts: one that reaches in begins this far before at most.
        first = bisect_left(self.emphasis, start - self._longest_emphasis, key=itemgetter(0))
        last = bisect_left(self.emphasis, end, key=itemgetter(0))
        found = []
        for row in self.emphasis[first:last]:
            each = Emphasis(*row)
            if each.end > start:
                found.append(each._replace(start=each.start - start, end=each.end - start))
        return found

    @cached_property
    def _longest_emphasis(self) -> int:
        return max(int(row[1]) - int(row[0]) for row in self.emphasis)


class Sentence(models.Model):
    """A sentence of a document: ``document.text[start:end]``, in code points."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="sentences")
    position = models.PositiveIntegerField(_("position"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="sentence_position_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="sentence_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}–{self.end}"


class ArticleGone(Exception):
    """An article was archived or erased between the reading and the locking of it."""


class ArticleQuerySet(models.QuerySet["Article"]):
    """Queries about articles."""

    def visible_to(self, person: User, permission: str = "") -> ArticleQuerySet:
        """Return the articles of the person's teams.

        With a permission: of the teams in which they have it.
        """
        return self.filter(within_teams(person, "team", permission))

    def named(self, name: str) -> ArticleQuerySet:
        """Return the articles with this number or whole title, as a person or a file names them."""
        # Longer numbers do not fit into a key.
        is_number = name.isascii() and name.isdigit()
        if is_number and len(name) < 19:
            return self.filter(pk=int(name))
        return self.filter(title=name)

    def with_key(self, key: str) -> list[Article]:
        """Return the articles that the key of an exported file may mean, the likeliest first.

        These are the one with these texts, and the one with this number.
        """
        number, _dash, sum_of_texts = key.partition("-")
        found = list(self.filter(digest=sum_of_texts)) if sum_of_texts else []
        # Digits of other scripts are digits to Python, and no key; longer numbers do not fit into
        # one.
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        if is_number:
            found += self.filter(pk=int(number)).exclude(digest=sum_of_texts)
        return found

    def with_documents(self) -> ArticleQuerySet:
        """Fetch articles with their documents' names and languages, without their texts."""
        # Texts and files may be megabytes each, and hardly a page shows them whole.
        return self.select_related("source", "target").defer(
            "source__text", "source__page", "target__text", "target__page"
        )

    def lock(self, key: int) -> Article:
        """Return the article locked until the transaction ends, for an act on several segments.

        Raises ArticleGone where it was archived or erased meanwhile: the site answers 404.
        ``no_key`` lets those who hold a single segment write its history, which names the article;
        else each would wait for the other.
        """
        locked = self.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
        if locked is None:
            raise ArticleGone
        return locked

    def with_progress(self) -> ArticleQuerySet:
        """Annotate each article with its number of segments, in all and in each status."""
        counts = {}
        for status in Segment.Status:
            in_status = Q(segments__status=status)
            counts[f"{status.value}_count"] = models.Count("segments", filter=in_status)
        return self.annotate(segment_count=models.Count("segments"), **counts)


# The base class is made at run time, which mypy cannot follow.
class ReadyArticles(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """Articles that are stored in full; one that is still being imported is not shown."""

    def get_queryset(self) -> ArticleQuerySet:
        """Return the articles that are ready."""
        ready: ArticleQuerySet = super().get_queryset().filter(ready=True)
        return ready


class Article(models.Model):
    """A source document and the target document that translates it.

    ``digest`` is that of its two texts; several articles may have the same. An article that is
    ``earlier_of`` another keeps those segments of an earlier version whose work has no place in the
    newer one (``UnplacedSegment``); it is never ready, so that no page shows it. Neither is one
    that was archived: ``archived_at`` says when. Only the people of its ``team`` see an article.
    """

    class Stage(models.TextChoices):
        """How far the review is; READING to COMPARED are those of a blind review."""

        REVIEW = "review", _("one reviewer and an approver")
        READING = "reading", _("blind review in progress")
        COMPARING = "comparing", _("blind review finished, to be compared")
        COMPARED = "compared", _("blind reviews compared")

    title = models.CharField(_("title"), max_length=200)
    # Its headline in the target language (models/headlines.py), "" where none is known.
    target_title = models.CharField(
        _("title of the translation"), max_length=200, blank=True, editable=False
    )
    team = models.ForeignKey(
        Team, models.PROTECT, related_name="articles", verbose_name=_("team"), editable=False
    )
    source = models.ForeignKey(
        Document, models.PROTECT, related_name="as_source", verbose_name=_("source")
    )
    target = models.ForeignKey(
        Document, models.PROTECT, related_name="as_target", verbose_name=_("target")
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    # Not unique: the same words in other files are another article (docs/decisions/0064).
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    ready = models.BooleanField(_("ready"), default=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage, default=Stage.REVIEW, editable=False
    )

    embargoed_until = models.DateTimeField(_("embargo until"), null=True, editable=False)
    earlier_of = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="earlier_versions"
    )

    # What is half stored, archived or an earlier version is asked for by this name alone:
    # forgetting to ask shows less, never more.
    everything = ArticleQuerySet.as_manager()
    objects = ReadyArticles()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("review_article", "Can flag and correct segments"),
            ("approve_correction", "Can approve and reject corrections"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["review", "reading", "comparing", "compared"]),
                name="article_stage_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def headline(self) -> str:
        """The name of the article for who reads it: its title in the target language, else ours."""
        return self.target_title or self.title

    @property
    def headline_language(self) -> str:
        """The language of ``headline``; the article comes with its documents' languages."""
        return self.target.language if self.target_title else self.source.language

    @property
    def key(self) -> str:
        """The name of the article in its exported files: its number here, and its texts' digest.

        The number survives a newer version of the texts; the digest names the article elsewhere.
        """
        return f"{self.pk}-{self.digest}"

    @property
    def in_blind_review(self) -> bool:
        """Whether two blind reviewers are reading it, their marks hidden from everybody else."""
        return self.stage == self.Stage.READING

    # What models.corrections.waiting_corrections() has read.
    read_waiting_corrections: list[Correction]

    @cached_property
    def reviewers(self) -> list[Assignment]:
        """Its reviewers, the first assigned first; queried once."""
        return [row for row in self.assignments.all() if row.role == "reviewer"]


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Queries about segments."""

    def with_article(self) -> SegmentQuerySet:
        """Fetch segments with the columns of their article and documents that a card needs."""
        own = [field.name for field in self.model._meta.concrete_fields]
        return self.select_related("article__source", "article__target").only(
            *own,
            "article__title",
            "article__target_title",
            "article__team",
            "article__stage",
            "article__ready",
            "article__source__language",
            "article__source__blocks",
            "article__source__emphasis",
            "article__target__language",
            "article__target__emphasis",
        )

    def with_paragraphs(self) -> SegmentQuerySet:
        """Annotate each with the paragraphs of its first source sentence and of the one before."""
        sentences = Sentence.objects.filter(document=OuterRef("article__source")).order_by()
        own = sentences.filter(position=OuterRef("source_from")).values("paragraph")
        before = sentences.filter(position=OuterRef("source_from") - 1).values("paragraph")
        paragraphs: dict[str, Any] = {
            "paragraph": Subquery(own),
            "paragraph_before": Subquery(before),
        }
        return self.annotate(**paragraphs)

    def with_text_in_force(self) -> SegmentQuerySet:
        """Annotate each with ``text_in_force``: its approved correction's, else the machine's."""
        approved = FilteredRelation("corrections", condition=Q(corrections__status="approved"))
        texts: dict[str, Any] = {
            "text_in_force": Coalesce("in_force__text", F("target_text")),
        }
        return self.annotate(in_force=approved).annotate(**texts)


class Segment(models.Model):
    """One aligned unit of an article: n source sentences beside m target sentences.

    ``source_from``…``source_to`` are sentence positions (end exclusive),
    ``source_start``…``source_end`` code points of the source document; likewise for the target.
    Where a side is empty its start equals its end: the place where words would be inserted.
    ``revision`` counts the writes; every write names the one that it was made against.
    ``checked`` identifies the checks and the two texts that they were last run on; it is empty
    where they were not run on the text in force.
    """

    class Status(models.TextChoices):
        """The status of the segment; its moves are in ``articles.review.workflow.MOVES``."""

        TO_REVIEW = "to_review", _("to review")
        FLAGGED = "flagged", _("flagged")
        WAITING = "waiting", _("awaiting approval")
        DONE = "done", _("done")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="segments", verbose_name=_("article")
    )
    # Negative while others take its place (realignment/apply.py, versions/update.py).
    position = models.IntegerField(_("number"))
    source_from = models.PositiveIntegerField()
    source_to = models.PositiveIntegerField()
    target_from = models.PositiveIntegerField()
    target_to = models.PositiveIntegerField()
    source_start = models.PositiveIntegerField()
    source_end = models.PositiveIntegerField()
    target_start = models.PositiveIntegerField()
    target_end = models.PositiveIntegerField()
    source_text = models.TextField(_("source text"), blank=True)
    target_text = models.TextField(_("target text"), blank=True)
    score = models.FloatField(_("alignment score"), default=1.0)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.TO_REVIEW)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    # The database has the default, too: imports insert rows without this column.
    checked = models.CharField(max_length=32, blank=True, default="", db_default="")

    # What with_paragraphs() reads; None where it was not asked, and before the first sentence.
    paragraph: int | None = None
    paragraph_before: int | None = None
    # What with_text_in_force() reads: the text of the approved correction, else the machine's.
    text_in_force: str
    # What review.cards.attach_card_rows() sets on the segments of a page.
    shown_findings: list[Finding]
    shown_corrections: list[Correction]

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="segment_position_once"),
            models.CheckConstraint(
                condition=~Q(source_text="", target_text=""), name="segment_has_a_side"
            ),
            models.CheckConstraint(
                condition=Q(source_end__gte=F("source_start"), target_end__gte=F("target_start")),
                name="segment_spans_forward",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_review", "flagged", "waiting", "done"]),
                name="segment_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "status"]),
            models.Index(fields=["article"], condition=Q(checked=""), name="segment_not_checked"),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.position}"

    @cached_property
    def shown_flags(self) -> list[Flag]:
        """The flags that are not removed, oldest first.

        A page sets those of all its segments at once.
        """
        return list(self.flags.exclude(status="removed").order_by("id"))

    @property
    def goes_on(self) -> bool:
        """Whether it stands in the same paragraph as the segment before it."""
        if self.paragraph is None or not self.source_text:
            return False
        return self.paragraph == self.paragraph_before

    def emphasis(self, side: str) -> list[Emphasis]:
        """Return the emphasis of its text on a side, "source" or "target"."""
        if side == "source":
            return self.article.source.emphasis_between(self.source_start, self.source_end)
        return self.article.target.emphasis_between(self.target_start, self.target_end)

    @property
    def kind(self) -> str:
        """The kind of the block that it begins in: a heading, a list item, or ""."""
        return self.article.source.kind_at(self.source_start) if self.source_text else ""

    @property
    def layout(self) -> str:
        """How it stands in its article, as classes for the style sheet."""
        names = []
        if self.kind in ITEMS:
            names.append("is-item")
        elif self.kind:
            names.append(f"is-{self.kind}")
        if self.goes_on:
            names.append("goes-on")
        return " ".join(names)

    @property
    def uncertain(self) -> bool:
        """Whether the alignment itself may be wrong."""
        return self.score < UNCERTAIN_ALIGNMENT
