"""Whose editor is open on which segment: an open editor reports every half minute."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from articles.models.documents import Segment
from articles.models.people import name_of

OPEN_FOR = timedelta(seconds=75)
"""How long an editor counts as open after its last report: two reports and some delay."""


class OpenEditorManager(models.Manager["OpenEditor"]):
    """Records that somebody writes, and returns who else does."""

    def note(self, segment: Segment, *, by: User) -> list[str]:
        """Record that the person's editor is open and return the names of the others with one.

        Old records of the segment are deleted.
        """
        now = timezone.now()
        self.filter(segment=segment, at__lt=now - OPEN_FOR).delete()
        self.update_or_create(segment=segment, person=by, defaults={"at": now})
        others = self.filter(segment=segment).exclude(person=by).order_by("pk")
        return [name_of(row.person) for row in others.select_related("person")]


class OpenEditor(models.Model):
    """One person's open editor on one segment, and when it last reported."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="open_editors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_editors"
    )
    at = models.DateTimeField()

    objects = OpenEditorManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segment", "person"], name="open_editor_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.segment_id}"
