"""``manage.py export_corrections [ARTICLE …]``: what the download links of the desk give, from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporting.actions import (
    EXPORT_CONTENTS,
    EXPORT_FORMATS,
    BadChoice,
    file_name,
    parse_choice,
    write_articles,
)
from articles.models import Article


class Command(BaseCommand):
    """Approved corrections (or also those that wait) replace the machine's words; all else stays byte for byte."""

    help = (
        "Export articles: the corrected text, the corrections as CSV, or everything as JSON Lines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which articles, in which form, where to."""
        parser.add_argument(
            "article", nargs="*", type=int, help="numbers of the articles (default: all)"
        )
        parser.add_argument("--form", choices=EXPORT_FORMATS, default="text")
        parser.add_argument(
            "--hold",
            default="",
            help=f"{' or '.join(EXPORT_CONTENTS)}: also what waits for approval",
        )
        parser.add_argument(
            "--on", default="", help="as on a day or time, such as 2026-01-31 or 2026-01-31T18:00"
        )
        parser.add_argument(
            "--folder", type=Path, help="write one file an article into this folder"
        )

    def handle(self, *_args: Any, article: list[int], **options: Any) -> None:
        """Write to the folder, else to standard output."""
        articles = Article.objects.select_related("source", "target").order_by("pk")
        chosen = list(articles.filter(pk__in=article) if article else articles)
        if missing := set(article) - {each.pk for each in chosen}:
            raise CommandError(f"There is no article {', '.join(map(str, sorted(missing)))}.")
        try:
            self._write(chosen, **options)
        except BadChoice as problem:
            raise CommandError(str(problem)) from problem

    def _write(
        self,
        chosen: list[Article],
        *,
        form: str,
        hold: str,
        on: str,
        folder: Path | None,
        **_options: Any,
    ) -> None:
        held = parse_choice(hold, on)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for each in chosen:
                pieces = write_articles([each], form, choice=held)
                path = folder / f"{each.pk}-{file_name(each, form, choice=held)}"
                with path.open("wb") as file:
                    file.writelines(pieces)
                self.stderr.write(f"{path}")
            return
        if form == "text" and len(chosen) != 1:
            raise CommandError(
                "Several texts do not fit into one file: name one article, or give a --folder."
            )
        for piece in write_articles(chosen, form, choice=held):
            sys.stdout.buffer.write(piece)
