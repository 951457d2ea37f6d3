"""Whose editor is open on which segment, as far as one can tell: every open editor says so each half minute."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.documents import Segment

OPEN_FOR = timedelta(seconds=75)
"""How long a word holds: two half minutes and some patience."""


class OpenEditorManager(models.Manager["OpenEditor"]):
    """Saying that one writes, and asking who else does."""

    def note(self, segment: Segment, *, by: Any) -> list[str]:
        """Note that the person's editor is open, and answer the names of the others whose is. What is old goes."""
        now = timezone.now()
        self.filter(segment=segment, at__lt=now - OPEN_FOR).delete()
        self.update_or_create(segment=segment, person=by, defaults={"at": now})
        others = self.filter(segment=segment).exclude(person=by).order_by("pk")
        return list(others.values_list(f"person__{by.USERNAME_FIELD}", flat=True))


class OpenEditor(models.Model):
    """One person's editor on one segment, and when it was last heard of."""

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
