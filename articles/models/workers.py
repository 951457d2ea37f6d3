"""The workers that carry out long work, as far as pages need to know: whether one answers."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

ANSWERS_WITHIN = timedelta(minutes=2)
"""A worker that was seen so lately counts as running. It renews its row every few seconds, but
with SQLite it cannot while one of its own long transactions holds the database."""


class WorkerManager(models.Manager["Worker"]):
    """Renews the rows of workers, and asks whether there is one."""

    def renew(self, name: str) -> None:
        """Say that the worker of this name is running now."""
        self.update_or_create(name=name, defaults={"seen_at": timezone.now()})

    def answers(self) -> bool:
        """Return whether any worker is running."""
        return self.filter(seen_at__gte=timezone.now() - ANSWERS_WITHIN).exists()


class Worker(models.Model):
    """A process that works through the queue; its row goes when it ends."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    objects = WorkerManager()

    def __str__(self) -> str:
        return self.name
