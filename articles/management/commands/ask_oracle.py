"""``manage.py ask_oracle ARTICLE``: ask the language model of the settings about an article.

The texts of the article's segments are sent to ORACLE_URL, up to ORACLE_BUDGET characters an
article in all. Asking again continues where it was: no segment with a usable answer is asked about
twice.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.findings import language_model
from articles.models import Article


class Command(BaseCommand):
    """Write progress to standard error, the outcome in one line to standard output."""

    help = "Ask a language model for possible errors in an article. Off until ORACLE_URL is set."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which article."""
        parser.add_argument("article", help="its number or its whole title")

    def handle(self, *_args: Any, article: str, **options: Any) -> None:
        """Ask about every segment that has no answer yet."""
        about = Article.objects.named(article).select_related("source", "target").first()
        if about is None:
            raise CommandError(
                f"There is no article “{article}”; give its number or its whole title."
            )
        try:
            outcome = language_model.ask(about, progress=self.progress)
        except language_model.Unavailable as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt as stop:
            raise CommandError(
                "Stopped; what was found is kept. Ask again to go on.", returncode=130
            ) from stop
        self.stdout.write(outcome.sentence)

    def progress(self, done: int, total: int) -> None:
        """Write how far a long run is."""
        if done % 10 == 0:
            self.stderr.write(f"{done} of {total} segments")
