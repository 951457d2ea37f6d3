"""``manage.py anonymise NAME --reason WORDS``: put a pseudonym in the place of a name."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.history.anonymise import Unknown, anonymise


class Command(BaseCommand):
    """What the person did stays. Comments that name them are not searched."""

    help = "Make a person anonymous: account, history and decisions from files get a pseudonym."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whose name, and why."""
        parser.add_argument("name", help="the user name, or a name that a file brought")
        parser.add_argument("--reason", required=True, help="why; the tombstone keeps it")

    def handle(self, *_args: Any, name: str, reason: str, **_options: Any) -> None:
        """Make the person anonymous and print the pseudonym."""
        try:
            pseudonym = anonymise(name, reason=reason)
        except Unknown as unknown:
            raise CommandError(f"Nobody here is called {name}.") from unknown
        self.stdout.write(f"Now called {pseudonym}.")
