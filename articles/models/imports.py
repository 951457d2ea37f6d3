"""Imports: what was uploaded, what becomes of each file, and how far the import is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from articles.models.documents import Article
from articles.models.messages import PASTED_TEXTS, render_text
from articles.models.teams import Team
from articles.text.messages import message_from_json

PASTED_NAMES = tuple(PASTED_TEXTS)
"""The names of two texts that were pasted; a newer version of them has the same."""


def _sentence_of(line: dict[str, Any]) -> str:
    """Return what a line says, in the reader's language."""
    if "message" in line:
        return render_text(message_from_json(line["message"]))
    # An import from before messages were stored has the sentence in its sender's language.
    return str(line.get("sentence", ""))


class Import(models.Model):
    """One upload.

    ``lines`` say what becomes of each file (name, message, refused, kind, article, and text:
    whether what is read of it can be looked at). What comes of it is the ``team``'s.
    ``planned_at`` is when its plan was stored with its files; None until then, and for an import
    that was examined before plans were kept. ``examined_again`` says that articles changed after
    that, so that its plan was made anew, and its person is asked once more.
    """

    class Kind(models.TextChoices):
        """What becomes of a file."""

        NEW = "new", pgettext_lazy("a file", "new")
        CHANGED = "changed", pgettext_lazy("a file", "new version")
        RETURNED = "returned", pgettext_lazy("a file", "edited elsewhere")
        SAME = "same", pgettext_lazy("a file", "already imported")
        WAITING = "waiting", pgettext_lazy("a file", "waiting")
        REFUSED = "refused", pgettext_lazy("a file", "rejected")

    class Status(models.TextChoices):
        """Examined first, then carried out or given up."""

        EXAMINING = "examining", _("being examined")
        EXAMINED = "examined", _("preview")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports", verbose_name=_("by")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, related_name="imports", verbose_name=_("team"), editable=False
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.EXAMINING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    lines = models.JSONField(default=list)
    planned_at = models.DateTimeField(null=True, editable=False)
    examined_again = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.get_status_display()}"

    @property
    def in_progress(self) -> bool:
        """Whether its page should be refreshed soon."""
        return self.status in (self.Status.EXAMINING, self.Status.RUNNING)

    @property
    def has_importable_files(self) -> bool:
        """Whether there is anything to import."""
        return any(not line["refused"] for line in self.lines)

    @property
    def unit(self) -> str:
        """What ``done`` and ``total`` count: articles, segments (of tables), or both ("")."""
        has_tables = self.files.filter(pairs__gt=0).exists()
        if not has_tables:
            return "articles"
        has_texts = self.files.filter(translates__isnull=False).exists()
        return "" if has_texts else "segments"

    @property
    def only_waits(self) -> bool:
        """Whether nothing of it becomes an article yet: its texts wait for their partners."""
        kinds = {line.get("kind") for line in self.lines if not line["refused"]}
        return kinds == {self.Kind.WAITING}

    @property
    def file_names(self) -> list[str]:
        """The names of its files, each once: those that were uploaded until they are examined."""
        if self.status == self.Status.EXAMINING:
            return list(self.files.order_by("pk").values_list("name", flat=True))
        return list(dict.fromkeys(line["name"] for line in self.lines if line["name"]))

    @property
    def more_files(self) -> int:
        """How many files there are besides the first three, which a list names."""
        return max(0, len(self.file_names) - 3)

    @property
    def articles(self) -> list[Article]:
        """Its articles that are there, in the team still, with their languages."""
        numbers = {line["article"] for line in self.lines if line.get("article")}
        if not numbers:
            return []
        rows = Article.objects.filter(pk__in=numbers, team=self.team_id)
        return list(rows.with_documents().order_by("pk"))

    @property
    def kind_counts(self) -> list[tuple[str, str, int]]:
        """The kind, its name and the number of files, for each kind that there is.

        The name agrees with the number, which matters in French.
        """
        counts = Counter(line.get("kind", "") for line in self.lines if line["name"])
        found = []
        for kind in self.Kind:
            count = counts[kind]
            if count:
                found.append((kind.value, _kind_of_files(kind, count), count))
        return found

    @property
    def file_results(self) -> list[dict[str, Any]]:
        """The lines, those of refused files first.

        Each has its ``sentence`` in the reader's language, the name of its ``kind`` as ``label``,
        and the key of its ``file`` while that can be read.
        """
        files: dict[str, int] = {}
        if self.status == self.Status.EXAMINED:
            files = dict(self.files.values_list("name", "pk"))
        results: list[dict[str, Any]] = []
        for line in self.lines:
            kind = line.get("kind")
            # Older Pythons translate a word that has plural forms by these only.
            label = _kind_of_files(self.Kind(kind), 1) if kind else ""
            file = files.get(line["name"]) if line.get("text") else None
            sentence = _sentence_of(line)
            results.append({**line, "sentence": sentence, "label": label, "file": file})
        return sorted(results, key=lambda result: not result["refused"])


def _kind_of_files(kind: Import.Kind, count: int) -> str:
    """Return the name of what becomes of ``count`` files."""
    names = {
        Import.Kind.NEW: npgettext("a file", "new", "new", count),
        Import.Kind.CHANGED: npgettext("a file", "new version", "new versions", count),
        Import.Kind.RETURNED: npgettext("a file", "edited elsewhere", "edited elsewhere", count),
        Import.Kind.SAME: npgettext("a file", "already imported", "already imported", count),
        Import.Kind.WAITING: pgettext("a file", "waiting"),
        Import.Kind.REFUSED: npgettext("a file", "rejected", "rejected", count),
    }
    return names[kind]


class ImportFile(models.Model):
    """One uploaded file, kept until its import is over, with its part of the import's plan.

    A file that holds one text has the ``text`` that is read of it, the lines that are left out,
    and its ``language``; a target document ``translates`` its source. A file of aligned pairs has
    the languages and the digest of each of its articles, and how many ``pairs`` it holds.
    ``basis`` are the digests of the articles that were here when the plan was made, and that
    decide what becomes of the file.

    A person may have ``chosen`` its language and the title of its article, that it translates the
    ``partner``, or that it stays ``alone``. ``suggestion`` is the likeliest partner of a text that
    has none. A text whose partner did not come is ``waiting`` when its import is over.
    """

    job = models.ForeignKey(Import, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    data = models.FileField(upload_to="imports/")
    format = models.CharField(max_length=40, blank=True, editable=False)
    language = models.CharField(max_length=8, blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    left_out = models.JSONField(default=list, editable=False)
    translates = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="translations", editable=False
    )
    languages = models.JSONField(default=list, editable=False)
    digests = models.JSONField(default=list, editable=False)
    pairs = models.PositiveIntegerField(default=0, editable=False)
    basis = models.JSONField(default=list, editable=False)
    title = models.CharField(max_length=200, blank=True, editable=False)
    chosen_language = models.CharField(max_length=8, blank=True, editable=False)
    chosen_title = models.CharField(max_length=200, blank=True, editable=False)
    partner = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", editable=False
    )
    alone = models.BooleanField(default=False, editable=False)
    suggestion = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", editable=False
    )
    waiting = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True, null=True, editable=False)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return self.name
