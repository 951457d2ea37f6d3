"""Back up an installation to one file, and put it back.

The file is a tar archive: ``manifest.json`` first, with the SHA-256 and size of every other member;
then the database, the secret key that the installation made for itself, and the uploaded files. A
backup is consistent while people work: SQLite's own backup interface and ``pg_dump`` both read one
moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

MANIFEST = "manifest.json"
KEY = "secret-key"
FILES = "files"
_DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_CHUNK = 1024 * 1024


class BadBackup(Exception):
    """The file is no backup, is damaged, or is of another kind of database."""


@dataclass(frozen=True)
class Member:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


def back_up(target: Path) -> list[Member]:
    """Write a backup to ``target``, which must not exist; return what is in it.

    It appears under its name only when it is complete. Raises FileExistsError, OSError, or
    CalledProcessError where ``pg_dump`` fails.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    unfinished = target.with_name(target.name + ".unfinished")
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as folder:
        database = Path(folder) / _DATABASES[connection.vendor]
        _dump(database)
        sources = {database.name: database, **_other_files(Path(folder))}
        members = _write_archive(unfinished, sources)
    unfinished.replace(target)
    return members


def restore(source: Path) -> list[Member]:
    """Put back what a backup holds, in the place of what is there; return what was in it.

    Every member is read and compared with its checksum before anything is replaced. The site and
    its workers must be stopped. Raises BadBackup, or CalledProcessError.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as name:
        folder = Path(name)
        members = _unpack(source, folder)
        database = folder / _DATABASES[connection.vendor]
        if not database.exists():
            raise BadBackup("it is of another kind of database than DATABASE_URL names")
        _load(database)
        _replace_files(folder)
    return members


def check(source: Path) -> list[Member]:
    """Return what a backup holds after comparing all of it with its checksums.

    Raises BadBackup.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="check-") as folder:
        return _unpack(source, Path(folder))


# ── the database ─────────────────────────────────────────────────────────────


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        # Not Django's connection: inside a transaction it would wait for itself.
        source = sqlite3.connect(_database_name())
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        return
    arguments = ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"]
    _run_postgresql([*arguments, _database_name()])


def _load(dump: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(str(connection.settings_dict["NAME"]))
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        dump.replace(target)
        return
    arguments = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"]
    _run_postgresql([*arguments, f"--dbname={_database_name()}", str(dump)])


def _database_name() -> str:
    return str(connection.settings_dict["NAME"])


def _run_postgresql(arguments: list[str]) -> None:
    """Run a program of PostgreSQL with the connection of the settings, its password unseen."""
    values = connection.settings_dict
    named = {
        "PGHOST": values["HOST"],
        "PGPORT": values["PORT"],
        "PGUSER": values["USER"],
        "PGPASSWORD": values["PASSWORD"],
    }
    given = {name: str(value) for name, value in named.items() if value}
    # S603: the arguments are our own and the settings'.
    subprocess.run(arguments, check=True, env={**os.environ, **given})  # noqa: S603


# ── the archive ──────────────────────────────────────────────────────────────


def _other_files(folder: Path) -> dict[str, Path]:
    """Return name in the archive → file, for the secret key and the uploads.

    The uploads are held in ``folder``: an import that ends removes its files. One that is gone
    already is left out.
    """
    found: dict[str, Path] = {}
    key = settings.DATA_DIR / KEY
    if key.is_file():
        found[KEY] = key
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        held = folder / FILES / path.relative_to(root)
        if path.is_file() and _hold(path, held):
            found[f"{FILES}/{path.relative_to(root).as_posix()}"] = held
    return found


def _hold(path: Path, held: Path) -> bool:
    """Give the file a second name, or copy it to another disk; return False if it is gone."""
    held.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        os.link(path, held)
        return True
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(path, held)
        return True
    return False


def _write_archive(target: Path, sources: dict[str, Path]) -> list[Member]:
    """Write the manifest, then the files, and wait for the disk; return what is in it.

    An upload that is still being received goes in as it was when it was read for the manifest.
    """
    members = []
    for name, path in sources.items():
        size = path.stat().st_size
        members.append(Member(name, size, _sha256(path, size)))
    manifest = {
        "made": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "members": [asdict(member) for member in members],
    }
    data = json.dumps(manifest, indent=1).encode()
    with (
        open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        tarfile.open(fileobj=file, mode="w") as archive,
    ):
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(data)
        archive.addfile(head, io.BytesIO(data))
        for member in members:
            _add(archive, member, sources[member.name])
        file.flush()
        os.fsync(file.fileno())
    return members


def _add(archive: tarfile.TarFile, member: Member, path: Path) -> None:
    """Write as much of the file as the manifest says."""
    with path.open("rb") as file:
        head = archive.gettarinfo(arcname=member.name, fileobj=file)
        head.size = member.size
        archive.addfile(head, file)


def _extract_all(archive: tarfile.TarFile, folder: Path) -> None:
    """Extract the files of an archive into ``folder``, and nothing else.

    Raises ValueError for a link, and for a name that leads out of the folder. Python's own filter
    for that came with 3.11.4; Debian 12 has 3.11.2.
    """
    for member in archive:
        target = folder / member.name
        if folder.resolve() not in target.resolve().parents:
            raise ValueError(f"{member.name} leads out of the folder")
        content = archive.extractfile(member) if member.isfile() else None
        if content is None:
            raise ValueError(f"{member.name} is no file")
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            shutil.copyfileobj(content, file)


def _unpack(source: Path, folder: Path) -> list[Member]:
    """Unpack a backup into ``folder``, each member compared with its checksum."""
    try:
        with tarfile.open(source, "r:") as archive:
            _extract_all(archive, folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        members = [Member(**values) for values in manifest["members"]]
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as problem:
        raise BadBackup(f"it cannot be read: {problem}") from problem
    _compare(folder, members)
    return members


def _compare(folder: Path, members: list[Member]) -> None:
    """Raise BadBackup unless the folder holds these files as the list has them, and no others."""
    for member in members:
        path = folder / member.name
        if not path.is_file() or _sha256(path, path.stat().st_size) != member.sha256:
            raise BadBackup(f"{member.name} is damaged or missing")
    listed = {folder / name for name in (MANIFEST, *(member.name for member in members))}
    for path in folder.rglob("*"):
        if path.is_file() and path not in listed:
            raise BadBackup(f"{path.relative_to(folder)} is not in its list")


def _sha256(path: Path, size: int) -> str:
    """Return the digest of the first ``size`` bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(size, _CHUNK))):
            digest.update(chunk)
            size -= len(chunk)
    return digest.hexdigest()


def _replace_files(folder: Path) -> None:
    """Put the uploads in the place of those that are there, and the secret key."""
    root = Path(settings.MEDIA_ROOT)
    shutil.rmtree(root, ignore_errors=True)
    if (folder / FILES).is_dir():
        shutil.move(folder / FILES, root)
    if (folder / KEY).is_file():
        (folder / KEY).replace(settings.DATA_DIR / KEY)
        (settings.DATA_DIR / KEY).chmod(0o600)
