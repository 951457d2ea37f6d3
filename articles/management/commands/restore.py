"""``manage.py restore FILE``: put back what a backup holds."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from articles.backup.archive import BadBackup, check, restore
from articles.history.verify import verify
from articles.models import Article, Worker


class Command(BaseCommand):
    """Checksums are compared before anything is replaced, history is verified afterwards."""

    help = "Restore a backup in the place of what is here. Stop the site and its workers first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which file, and whether to look only or to replace articles."""
        parser.add_argument("file", type=Path, help="a file that backup wrote")
        parser.add_argument("--only-look", action="store_true", help="compare the checksums only")
        parser.add_argument(
            "--replace", action="store_true", help="also where there are articles already"
        )

    def handle(
        self, *_args: Any, file: Path, only_look: bool, replace: bool, **_options: Any
    ) -> None:
        """Restore the backup, bring its tables up to date and verify its history."""
        try:
            if only_look:
                members = check(file)
            else:
                self._refuse(replace=replace)
                members = restore(file)
        except (BadBackup, OSError, subprocess.CalledProcessError) as problem:
            raise CommandError(f"{file} was not restored: {problem}") from problem
        self.stdout.write(f"{len(members)} files agree with their checksums.")
        if only_look:
            return
        call_command("migrate", verbosity=0)
        found = verify()
        for sentence in found.problems:
            self.stderr.write(sentence)
        count = Article.everything.count()
        self.stdout.write(f"Restored: {count} articles, {found.events} events of history.")

    def _refuse(self, *, replace: bool) -> None:
        """Raise CommandError where a worker runs, or articles would be lost."""
        try:
            if Worker.objects.answers():
                raise CommandError("A worker is running: stop the site and its workers first.")
            if Article.everything.exists() and not replace:
                raise CommandError(
                    "There are articles here; --replace puts the backup in their place."
                )
        except DatabaseError:
            return  # no tables yet: a new installation
