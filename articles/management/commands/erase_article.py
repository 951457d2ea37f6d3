"""``manage.py erase_article ARTICLE --reason WORDS``: delete an article with its history."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.history.archive import erase
from articles.models import Article


class Command(BaseCommand):
    """In the admin an article is only archived. A tombstone says what was erased, when and why."""

    help = "Erase an article, all that was said of it and its history. There is no way back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which article, and why."""
        parser.add_argument("article", type=int, help="the number of the article")
        parser.add_argument("--reason", required=True, help="why; the tombstone keeps it")

    def handle(self, *_args: Any, article: int, reason: str, **_options: Any) -> None:
        """Erase the article and say what went."""
        row = Article.everything.filter(pk=article).first()
        if row is None:
            raise CommandError(f"There is no article {article}.")
        tombstone = erase(row, reason=reason)
        self.stdout.write(f"Article {article} is erased, with {tombstone.events} events.")
