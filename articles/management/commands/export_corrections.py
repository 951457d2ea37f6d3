"""``manage.py export_corrections [ARTICLE …]``: the download links of the desk, as a command."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporting.actions import (
    EXPORT_CONTENTS,
    EXPORT_FORMATS,
    BadChoice,
    ExportChoice,
    file_name,
    parse_choice,
    write_articles,
)
from articles.models import Article
from articles.signoff.state import SignOffState, sign_off_state, signed_off
from articles.teams.embargo import why_not_export


class Command(BaseCommand):
    """Replace the machine's words by corrections; all else stays byte for byte.

    Corrections are the approved ones, or also those that wait for approval. Before 0.2 the options
    ``--format``, ``--content`` and ``--as-of`` were called ``--form``, ``--hold`` and ``--on``;
    these names still work.
    """

    help = (
        "Export articles: the corrected text, the corrections as CSV, or everything as JSON Lines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which articles, in which format, with what content, and where to."""
        parser.add_argument(
            "article", nargs="*", type=int, help="numbers of the articles (default: all)"
        )
        parser.add_argument("--format", choices=EXPORT_FORMATS, help="default: text")
        parser.add_argument(
            "--content",
            default="",
            help=f"{' or '.join(EXPORT_CONTENTS)}: also corrections awaiting approval",
        )
        parser.add_argument(
            "--as-of",
            default="",
            help="as of a day or time, such as 2026-01-31 or 2026-01-31T18:00",
        )
        parser.add_argument(
            "--folder", type=Path, help="write one file an article into this folder"
        )
        parser.add_argument(
            "--require-signed-off",
            action="store_true",
            help="write nothing when an article is not signed off",
        )
        parser.add_argument(
            "--despite-embargo", action="store_true", help="also write what is under embargo"
        )
        parser.add_argument("--form", choices=EXPORT_FORMATS, help="old name of --format")
        parser.add_argument("--hold", default="", help="old name of --content")
        parser.add_argument("--on", default="", help="old name of --as-of")

    def handle(self, *_args: Any, article: list[int], folder: Path | None, **options: Any) -> None:
        """Write to the folder, else to standard output."""
        articles = _find_articles(article)
        if not options["despite_embargo"]:
            _check_embargo(articles)
        format_name = options["format"] or options["form"] or "text"
        content = options["content"] or options["hold"]
        as_of = options["as_of"] or options["on"]
        try:
            choice = parse_choice(content, as_of)
            self._say_what_is_open(articles, is_error=options["require_signed_off"])
            if folder:
                self._write_folder(folder, articles, format_name, choice)
            else:
                _write_stdout(articles, format_name, choice)
        except BadChoice as problem:
            raise CommandError(str(problem)) from problem

    def _say_what_is_open(self, articles: Sequence[Article], *, is_error: bool) -> None:
        """Print a line for each article that is not signed off. Raises CommandError on request."""
        states = sign_off_state(articles)
        lines = [
            f"{article.title}: {_describe(states[article.pk])}"
            for article in articles
            if not states[article.pk].is_signed_off
        ]
        if lines and is_error:
            raise CommandError("\n".join([*lines, "Nothing was written."]))
        for line in lines:
            self.stderr.write(line)

    def _write_folder(
        self, folder: Path, articles: Sequence[Article], format: str, choice: ExportChoice
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        done = signed_off(articles, choice.as_of)
        for article in articles:
            pieces = write_articles([article], format, choice=choice)
            name = file_name(article, format, choice=choice, is_signed_off=article.pk in done)
            path = folder / f"{article.pk}-{name}"
            with path.open("wb") as file:
                file.writelines(pieces)
            self.stderr.write(f"{path}")


def _check_embargo(articles: Sequence[Article]) -> None:
    """Raise CommandError where an article is under embargo."""
    refusals = [why_not_export(article, None) for article in articles]
    lines = [refusal for refusal in refusals if refusal]
    if lines:
        raise CommandError("\n".join([*lines, "Nothing was written."]))


def _describe(state: SignOffState) -> str:
    return f"not signed off: {state.sentence}" if state.open else "not signed off"


def _find_articles(numbers: Collection[int]) -> list[Article]:
    """Return the articles with these numbers, all if there are none. Raises CommandError."""
    articles = Article.objects.select_related("source", "target").order_by("pk")
    if not numbers:
        return list(articles)
    found = list(articles.filter(pk__in=numbers))
    missing = set(numbers) - {article.pk for article in found}
    if missing:
        names = ", ".join(map(str, sorted(missing)))
        raise CommandError(f"There is no article {names}.")
    return found


def _write_stdout(articles: Sequence[Article], format: str, choice: ExportChoice) -> None:
    if format == "text" and len(articles) != 1:
        raise CommandError(
            "Several texts do not fit into one file: name one article, or give a --folder."
        )
    for piece in write_articles(articles, format, choice=choice):
        sys.stdout.buffer.write(piece)
