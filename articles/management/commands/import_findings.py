"""``manage.py import_findings FILE [--finder NAME] [--article ARTICLE]``: take in what another tool found.

The form of the file is in articles/formats/findings.py. What could not be taken is said line by line; exit 1 then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.findings.external import import_findings
from articles.findings.messages import describe_problem
from articles.formats.interchange import BadFile
from articles.formats.tables.findings import readable_formats
from articles.models import Article


class Command(BaseCommand):
    """The outcome in one line on standard output, the problems on standard error."""

    help = "Take in findings by another tool: JSON Lines, or a table of MQM errors."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what it may leave out."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format",
            default="",
            choices=readable_formats(),
            help="how to read it (default: as its name says)",
        )
        parser.add_argument(
            "--finder", default="", help="the tool's name, where the file does not say it"
        )
        parser.add_argument(
            "--only-look",
            action="store_true",
            help="say what would become of it, and write nothing",
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="keep what the tool had found before and this file does not hold",
        )
        parser.add_argument(
            "--article", help="the number or title of the article that all of it is about"
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        """Take the file in, all of it or nothing."""
        article = None
        if (about := options["article"]) is not None:
            article = Article.objects.named(about).first()
            if article is None:
                raise CommandError(
                    f"There is no article “{about}”; give its number or its whole title."
                )
        try:
            with file.open("rb") as opened:
                named = {
                    "format": options["format"],
                    "origin": options["finder"],
                    "dry_run": options["only_look"],
                }
                keep = options["keep"]
                outcome = import_findings(
                    opened, name=file.name, article=article, withdraw=not keep, **named
                )
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from problem
        except BadFile as problem:
            raise CommandError(f"{file.name}: {describe_problem(problem)}") from problem
        for line in outcome.problems:
            self.stderr.write(line)
        self.stdout.write(outcome.sentence)
        if outcome.refused:
            raise CommandError(
                f"{outcome.refused} findings were not taken; the lines above say why."
            )
