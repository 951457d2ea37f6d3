"""``manage.py import_findings FILE [--finder NAME] [--article ARTICLE]``: findings of another tool.

The formats of the file are described in articles/formats/tables/findings.py. What cannot be
imported is named line by line, and the exit code is then 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.findings.external import ImportOutcome, import_findings
from articles.findings.messages import describe_problem
from articles.formats.interchange import BadFile
from articles.formats.tables.findings import readable_formats
from articles.models import Article


class Command(BaseCommand):
    """Write the outcome in one line to standard output, the problems to standard error."""

    help = "Import findings of another tool: JSON Lines, or a table of MQM errors."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, and what it may leave out."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format",
            default="",
            choices=readable_formats(),
            help="the format (default: by the file name)",
        )
        parser.add_argument(
            "--finder", default="", help="name of the tool, if the file does not give it"
        )
        parser.add_argument(
            "--only-look",
            action="store_true",
            help="preview: show the result and write nothing",
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="keep earlier findings of the tool that this file does not contain",
        )
        parser.add_argument(
            "--article", help="number or title of the article that all findings belong to"
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        """Import the file, all of it or nothing."""
        article = None
        if options["article"] is not None:
            article = _find_article(options["article"])
        outcome = _import_file(file, article, options)
        for line in outcome.problems:
            self.stderr.write(line)
        self.stdout.write(outcome.sentence)
        if outcome.refused:
            raise CommandError(
                f"{outcome.refused} findings were not imported; see the lines above."
            )


def _find_article(name: str) -> Article:
    """Return the article with this number or title. Raises CommandError if there is none."""
    article: Article | None = Article.objects.named(name).first()
    if article is None:
        raise CommandError(f"There is no article “{name}”; give its number or its whole title.")
    return article


def _import_file(path: Path, article: Article | None, options: dict[str, Any]) -> ImportOutcome:
    """Import the findings in the file. Raises CommandError for a file that cannot be read."""
    try:
        with path.open("rb") as file:
            return import_findings(
                file,
                name=path.name,
                article=article,
                format=options["format"],
                origin=options["finder"],
                withdraw=not options["keep"],
                dry_run=options["only_look"],
            )
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem
    except BadFile as problem:
        reason = describe_problem(problem)
        raise CommandError(f"{path.name}: {reason}") from problem
