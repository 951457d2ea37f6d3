"""Uploaded files keep to their quota, and go when nobody answers."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from articles.importing.uploads import room_left, tidy_uploads
from articles.models import Import, ImportFile, Team


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.UPLOAD_QUOTA = 1000
    return tmp_path / "imports"


def kept(by: Any, *, status: str, age: timedelta) -> Path:
    job = Import.objects.create(team=Team.objects.first_team(), by=by, status=status)
    Import.objects.filter(pk=job.pk).update(created_at=timezone.now() - age)
    file = ImportFile(job=job, by=by, name="a.txt")
    file.data.save("a.txt", ContentFile(b"x" * 300))
    file.save()
    return Path(file.data.path)


def test_what_nobody_answered_for_a_week_goes(rosa: Any, uploads: Path) -> None:
    old = kept(rosa, status="examined", age=timedelta(days=8))
    young = kept(rosa, status="examined", age=timedelta(days=6))
    running = kept(rosa, status="running", age=timedelta(days=8))
    assert young.stat().st_mode & 0o777 == 0o600
    lost = uploads / "lost.txt"
    lost.write_text("left by a stop in the middle")
    new = uploads / "new.txt"
    new.write_text("being stored")
    # The file system has a clock of its own, which a test run may have left behind.
    now = time.time()
    os.utime(new, (now, now))
    os.utime(lost, (now - 90_000, now - 90_000))
    tidy_uploads()
    assert [path.exists() for path in (old, young, running, lost, new)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_files_beyond_the_quota_are_refused_in_words(client: Any, rosa: Any) -> None:
    kept(rosa, status="examined", age=timedelta())
    assert room_left() == 700
    client.force_login(rosa)
    for size, expected in ((701, True), (100, False)):
        upload = ContentFile(b"y" * size, name="b.txt")
        page = client.post(reverse("imports"), {"uploads": [upload]})
        assert ("There is no space" in page.content.decode()) is expected


def test_what_nobody_answered_makes_room_for_new_files(client: Any, rosa: Any) -> None:
    kept(rosa, status="examined", age=timedelta(days=8))
    client.force_login(rosa)
    upload = ContentFile(b"y" * 800, name="b.txt")
    page = client.post(reverse("imports"), {"uploads": [upload]})
    assert page.status_code == 302
