"""The workers that carry out long work, as far as pages need to know: whether one answers."""

from __future__ import annotations

import os
from datetime import timedelta

from django.db import models
from django.utils import timezone

ANSWERS_WITHIN = timedelta(minutes=2)
"""A worker that was seen so lately counts as running. It renews its row every few seconds, but
with SQLite it cannot while one of its own long transactions holds the database."""


def _is_running(process: int) -> bool:
    """Return whether there is a process of this number on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # It is another user's process, so it is there.
    except PermissionError:
        return True
    return True


class WorkerManager(models.Manager["Worker"]):
    """Renews the rows of workers, and asks whether there is one."""

    def renew(self, name: str) -> None:
        """Say that the worker of this name is running now."""
        self.update_or_create(name=name, defaults={"seen_at": timezone.now()})

    def forget_ended(self, host: str) -> None:
        """Remove the rows of workers on this machine whose processes have ended unasked."""
        for row in self.filter(name__startswith=f"{host}-"):
            process = row.name.removeprefix(f"{host}-").partition("-")[0]
            if process.isdigit() and not _is_running(int(process)):
                row.delete()

    def names_that_answer(self) -> list[str]:
        """Return the names of the workers that are running."""
        rows = self.filter(seen_at__gte=timezone.now() - ANSWERS_WITHIN)
        return list(rows.values_list("name", flat=True))

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
