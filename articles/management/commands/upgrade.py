"""``manage.py upgrade``: back up, then bring the tables of the database up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone


class Command(BaseCommand):
    """Nothing is changed where the backup fails."""

    help = "Back up, then migrate the database. Stop the site and its workers first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where the backup goes."""
        parser.add_argument("--backup", type=Path, help="default: DATA_DIR/backups/TIME.tar")

    def handle(self, *_args: Any, backup: Path | None, **_options: Any) -> None:
        """Back up and migrate."""
        folder = settings.DATA_DIR / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        file = backup or folder / f"{timezone.now():%Y-%m-%d-%H%M%S}.tar"
        call_command("backup", file, stdout=self.stdout)
        call_command("migrate", verbosity=1, stdout=self.stdout)
