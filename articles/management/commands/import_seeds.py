"""``manage.py import_seeds [FOLDER]``: import the documents in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.detection.files import on_disk
from articles.importing.one_pass import import_files
from articles.segmentation.languages import LANGUAGES

_MANY = 1000
"""Pieces between two lines about the progress, where nobody knows how many there are in all."""


class Command(BaseCommand):
    """Write a line for each file; exit 1 when one was refused. The good ones are imported."""

    reported = 0
    help = (
        "Import the documents of a folder and its folders: their languages and partners are found "
        "by their content."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, and in whose name to import."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "seeds")
        parser.add_argument(
            "--by", default="", help="importing user, for people in the files without an account"
        )
        parser.add_argument(
            "--source-language",
            default="",
            choices=["", *LANGUAGES],
            help="the language of the originals (default: detected)",
        )

    def handle(self, *_args: Any, folder: Path, by: str, **options: Any) -> None:
        """Import the folder."""
        user = _find_user(by) if by else None
        files = [on_disk(path, name) for name, path in _list_files(folder).items()]
        results = import_files(
            files,
            by=user,
            progress=self.progress,
            source_language=options["source_language"],
        )
        refused = 0
        for result in results:
            style = None
            if result.refused:
                style = self.style.ERROR
                refused += 1
            self.stdout.write(f"{result.name}: {result.sentence}", style)
        if refused:
            raise CommandError(
                f"{refused} of {len(results)} files were refused; the lines above say why."
            )

    def progress(self, done: int, total: int | None) -> None:
        """Write how far a long import is; ``total`` is None where nobody knows it yet."""
        if total is None:
            if done >= self.reported + _MANY:
                self.reported = done
                self.stderr.write(f"{done} stored")
        elif total >= 10 and (done % 10 == 0 or done == total):
            self.stderr.write(f"{done} of {total} stored")


def _find_user(name: str) -> User:
    """Return the user of that name. Raises CommandError if there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user “{name}”.")
    return user


def _list_files(folder: Path) -> dict[str, Path]:
    """Return the files in the folder and its folders by their names within it.

    Hidden ones are left out. Raises CommandError for none.
    """
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder.")
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in within.parts)
        if path.is_file() and not is_hidden:
            files[within.as_posix()] = path
    if not files:
        raise CommandError(f"{folder} contains no files.")
    return files
