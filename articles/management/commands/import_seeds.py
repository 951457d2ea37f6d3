"""``manage.py import_seeds [FOLDER]``: import the articles a folder of text files holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing.actions import import_files
from articles.importing.detection import on_disk


class Command(BaseCommand):
    """A line a file; exit 1 when a file was refused, with the good ones imported all the same."""

    help = (
        "Import the documents of a folder: their languages and partners are found by their content."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, and in whose name."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "seeds")
        parser.add_argument(
            "--by", default="", help="who brings them: answers for what strangers said in the files"
        )

    def handle(self, *_args: Any, folder: Path, by: str, **options: Any) -> None:
        """Import the folder."""
        person = get_user_model().objects.filter(username=by).first() if by else None
        if by and person is None:
            raise CommandError(f"There is nobody called “{by}” here.")
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        paths = sorted(
            path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
        )
        if not paths:
            raise CommandError(f"{folder} holds no files.")
        lines = import_files((on_disk(path) for path in paths), by=person, progress=self.progress)
        for line in lines:
            self.stdout.write(
                f"{line.name}: {line.sentence}", self.style.ERROR if line.refused else None
            )
        if refused := sum(line.refused for line in lines):
            raise CommandError(
                f"{refused} of {len(lines)} files were refused; the lines above say why."
            )

    def progress(self, done: int, total: int) -> None:
        """Say how far a long run is."""
        if total >= 10 and (done % 10 == 0 or done == total):
            self.stderr.write(f"{done} of {total} stored")
