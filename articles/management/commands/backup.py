"""``manage.py backup FILE``: write the database, the uploads and the secret key to one file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.backup.archive import back_up


class Command(BaseCommand):
    """The site may run meanwhile."""

    help = "Back up the database, uploaded files and the secret key. The site may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where to write it."""
        parser.add_argument("file", type=Path, help="a file that does not exist yet")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Write the backup and list what is in it."""
        try:
            members = back_up(file)
        except (OSError, subprocess.CalledProcessError) as problem:
            raise CommandError(f"No backup was made: {problem}") from problem
        for member in members:
            self.stdout.write(f"{member.sha256}  {member.size:>12}  {member.name}")
        self.stdout.write(f"Backed up to {file}. It holds the secret key: keep it as safe.")
