"""The room that uploaded files take: a quota, and what nobody answered for a week goes."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.importing.tasks import cancel_import
from articles.models import Import, ImportFile

UNANSWERED_FOR = timedelta(days=7)
"""An import whose preview nobody answered for so long is given up, and its files go."""
_BEING_STORED = 24 * 3600
"""Seconds for which a file without a row may be one that is just being uploaded."""


def room_left() -> int:
    """Return how many bytes may still be uploaded before imports that are open must be finished."""
    # Asked of the disk: files whose rows are gone take room as well.
    used = sum(path.stat().st_size for path in _stored_files())
    return max(0, settings.UPLOAD_QUOTA - used)


def tidy_uploads() -> None:
    """Give up imports that nobody answered, and delete files that no import has."""
    last = timezone.now() - UNANSWERED_FOR
    unanswered = Import.objects.filter(status=Import.Status.EXAMINED, created_at__lt=last)
    # With it go its files, but for the texts that waited before it.
    for job in unanswered:
        cancel_import(job)
    known = set(ImportFile.objects.values_list("data", flat=True))
    root = Path(default_storage.path(""))
    for path in _stored_files():
        is_old = time.time() - path.stat().st_mtime > _BEING_STORED
        if is_old and path.relative_to(root).as_posix() not in known:
            path.unlink(missing_ok=True)


def _stored_files() -> list[Path]:
    folder = Path(default_storage.path("imports"))
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_file()]
