"""What a house chooses for the checks: which of them run, and its own words. For the whole site, or for one article.

An article's own row wins over the site's. Nothing here changes findings by itself: the next run of the checks does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.corpus import Article


class CheckSwitch(models.Model):
    """One check switched on or off, for one article, or without an article for the site. Without a row it is on."""

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
    enabled = models.BooleanField(_("on"), default=False)

    class Meta:
        verbose_name = _("switch of a check")
        verbose_name_plural = _("switches of checks")
        ordering = ["check_id", "article_id"]
        constraints = [
            models.UniqueConstraint(fields=["check_id", "article"], name="switch_once_an_article"),
            models.UniqueConstraint(
                fields=["check_id"],
                condition=Q(article=None),
                name="switch_once_for_the_site",
                violation_error_message=_("There is a switch for this check and the whole site already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_id}: {_('on') if self.enabled else _('off')}"


class CheckRun(models.Model):
    """That all of an article was checked, and with what: ``mark`` names the checks, switches and words of then."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="check_run")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("run of the checks")
        verbose_name_plural = _("runs of the checks")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.at:%Y-%m-%d %H:%M}"
