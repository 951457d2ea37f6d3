"""``manage.py verify_history``: say whether any event of history was changed or removed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.history.verify import Ends, verify


class Command(BaseCommand):
    """Ends that are kept on another machine prove more than the database alone can."""

    help = "Verify that no event of history was changed or removed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the files that the ends of history are written to and compared with."""
        parser.add_argument("--against", type=Path, help="a file that --write wrote earlier")
        parser.add_argument("--write", type=Path, help="write the ends of history to this file")

    def handle(
        self, *_args: Any, against: Path | None, write: Path | None, **_options: Any
    ) -> None:
        """Print each problem and fail where there is one."""
        found = verify(_read_ends(against) if against else None)
        for problem in found.problems:
            self.stderr.write(problem)
        if found.problems:
            raise CommandError(f"History is not whole: {len(found.problems)} problems.")
        if write:
            write.write_text(json.dumps(found.ends, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"History is whole: {found.events} events, {len(found.ends)} articles.")


def _read_ends(path: Path) -> Ends:
    try:
        ends = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    if not isinstance(ends, dict):
        raise CommandError(f"{path} was not written by verify_history --write.")
    return ends
