"""A migrated database that later runs of the tests copy: the migrations take five seconds in each process.

The copy is used for SQLite alone. Its name has a digest of every migration file, and Django looks for migrations that
it lacks all the same, so an old copy cannot make a test pass.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from importlib import metadata
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.history import triggers

FOLDER = Path(__file__).resolve().parents[1] / ".pytest_cache" / "migrated"
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
    """Put the copy where the test database will be looked for; return whether there was one."""
    copy = copy_of(migration_files())
    if connection.vendor != "sqlite" or not copy.exists():
        return False
    shutil.copyfile(copy, connection.settings_dict["TEST"]["NAME"])
    return True


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
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = copy.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    target = sqlite3.connect(unfinished)
    connection.connection.backup(target)
    target.close()
    unfinished.rename(copy)
