"""The settings of the checks: which of them run, and the glossary; for the site or for one article.

An article's own row takes precedence over the site's. Nothing here changes findings by itself: the
next run of the checks does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.documents import Article
from articles.text.glossary import MAX_TERM_LENGTH, MAX_TRANSLATION_LENGTH
from articles.text.language_tags import language_of


class CheckSwitch(models.Model):
    """A check switched on or off, for an article or for the whole site. Without a row it is on."""

    check_id = models.CharField(_("check"), max_length=40)
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="switches",
        verbose_name=_("article"),
        help_text=_("Leave empty for the whole site."),
    )
    enabled = models.BooleanField(_("enabled"), default=False)

    class Meta:
        verbose_name = _("check setting")
        verbose_name_plural = _("check settings")
        ordering = ["check_id", "article_id"]
        constraints = [
            models.UniqueConstraint(fields=["check_id", "article"], name="switch_once_an_article"),
            models.UniqueConstraint(
                fields=["check_id"],
                condition=Q(article=None),
                name="switch_once_for_the_site",
                violation_error_message=_("This check already has a setting for the whole site."),
            ),
        ]

    def __str__(self) -> str:
        state = _("enabled") if self.enabled else _("disabled")
        return f"{self.check_id}: {state}"


class CheckRun(models.Model):
    """How far the checks are with an article; ``articles.findings.state`` reads it.

    ``mark`` identifies the checks and switches that the last complete run was made with ("" while
    there was none); when a term of the glossary changes, ``findings.tasks`` queues runs. ``at`` is
    when the last complete run ended. ``done`` and ``total`` count the segments of the run that goes
    on or ended last; ``seen_at`` is when it last stored something.
    """

    class Status(models.TextChoices):
        """What happens to the article at the moment."""

        QUEUED = "queued", _("awaiting checks")
        RUNNING = "running", _("being checked")
        DONE = "done", _("checked")
        FAILED = "failed", _("the checks failed")

    article = models.OneToOneField(Article, models.CASCADE, related_name="check_run")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    mark = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("check run")
        verbose_name_plural = _("check runs")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.status}"


class SourceWords(models.Model):
    """The words of an article's source, by which the articles are found that may have a term.

    ``words`` are those of ``checks.terminology.words_to_search`` with a line break between them,
    ``digest`` is that of the texts that they are from. A run of the checks writes both.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="source_words")
    digest = models.CharField(max_length=64)
    words = models.TextField()

    class Meta:
        verbose_name = _("words of a source")
        verbose_name_plural = _("words of sources")

    def __str__(self) -> str:
        return str(self.article_id)


class Term(models.Model):
    """A term of a glossary with its translation, or without one a term that is not translated.

    An empty language stands for any.
    """

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("article"),
        help_text=_("Leave empty for the whole site."),
    )
    source_language = models.CharField(_("source language"), max_length=8, blank=True, default="en")
    target_language = models.CharField(_("target language"), max_length=8, blank=True, default="fr")
    source = models.CharField(_("term"), max_length=MAX_TERM_LENGTH)
    target = models.CharField(
        _("translation"),
        max_length=MAX_TRANSLATION_LENGTH,
        blank=True,
        help_text=_("Separate alternatives with |. Leave empty for a term that is not translated."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source_language", "target_language", "source"],
                name="term_once_an_article",
            ),
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source"],
                condition=Q(article=None),
                name="term_once_for_the_site",
                violation_error_message=_("The site’s glossary already has this term."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}" if self.target else self.source

    def clean(self) -> None:
        """Write the languages as articles have them, and single blanks between words."""
        self.source_language = language_of(self.source_language)
        self.target_language = language_of(self.target_language)
        self.source = " ".join(self.source.split())
        self.target = " ".join(self.target.split())
