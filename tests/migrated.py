"""A migrated database that later runs of the tests copy: the migrations take five seconds in each process.

The copy is used for SQLite alone. Its name has a digest of every migration file, and Django looks for migrations that
it lacks all the same, so an old copy cannot make a test pass.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import IO

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.history import triggers

FOLDER = Path(__file__).resolve().parents[1] / ".pytest_cache" / "migrated"
MAKING: list[IO[str]] = []
"""The lock of the copy, while this process makes it."""
BEGINNING: list[sqlite3.Connection] = []
"""The database in memory as it was before the first test; none on another database than SQLite."""


def copy_of(files: list[Path]) -> Path:
    """Return the path of the database that these migration files make."""
    digest = hashlib.sha256(metadata.version("django").encode())
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


def migration_files() -> list[Path]:
    """Return the migration files of every installed app, in a fixed order, and what one of them calls."""
    found: list[Path] = []
    for app in sorted(apps.get_app_configs(), key=lambda each: each.label):
        found += sorted(Path(app.path).glob("migrations/*.py"))
    return [*found, Path(triggers.__file__)]


def begin_with_copy() -> bool:
    """Put the copy where the test database will be looked for; return whether there was one.

    Where there is none, one process makes it and the others of this run wait for that.
    """
    copy = copy_of(migration_files())
    if connection.vendor != "sqlite":
        return False
    if not copy.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        MAKING.append((FOLDER / "lock").open("w"))
        fcntl.flock(MAKING[0], fcntl.LOCK_EX)
    if not copy.exists():
        return False
    release()
    shutil.copyfile(copy, connection.settings_dict["TEST"]["NAME"])
    return True


def release() -> None:
    """Let the processes go on that wait for the copy."""
    while MAKING:
        MAKING.pop().close()


def keep_beginning() -> None:
    """Keep the test database as it is now, for ``put_back``."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        BEGINNING.append(sqlite3.connect(":memory:", check_same_thread=False))
        connection.connection.backup(BEGINNING[0])


def put_back(used: BaseDatabaseWrapper) -> bool:
    """Put the database back as it was before the first test; return whether that was possible."""
    if not BEGINNING:
        return False
    used.ensure_connection()
    BEGINNING[0].backup(used.connection)
    return True


def keep_copy() -> None:
    """Keep what the migrations have just made, unless another process has done so."""
    copy = copy_of(migration_files())
    if connection.vendor != "sqlite" or copy.exists():
        return
    unfinished = copy.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    target = sqlite3.connect(unfinished)
    connection.connection.backup(target)
    target.close()
    unfinished.rename(copy)
    release()
