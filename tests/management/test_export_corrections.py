"""``manage.py export_corrections`` under its new and its old option names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from tests.factories import make_article


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


NAMES = [
    (["--format", "csv"], ["--form", "csv"]),
    (["--content", "everything"], ["--hold", "everything"]),
    (["--format", "jsonl", "--as-of"], ["--form", "jsonl", "--on"]),
]


@pytest.mark.parametrize(("new", "old"), NAMES)
def test_the_old_name_of_an_option_does_the_same(
    new: list[str], old: list[str], article: Article, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    moment = timezone.now() - timedelta(days=1)
    Article.objects.update(created_at=moment - timedelta(days=1))
    written = []
    for options in (new, old):
        if options[-1] in ("--as-of", "--on"):
            options = [*options, f"{moment:%Y-%m-%dT%H:%M%z}"]
        call_command("export_corrections", str(article.pk), *options)
        written.append(capsysbinary.readouterr().out)
    assert written[0] == written[1] != b""


@pytest.mark.parametrize(
    "options",
    [
        {"format": "csv", "content": "nothing"},
        {"form": "csv", "hold": "nothing"},
        {"content": "nothing", "hold": "everything"},  # the new name counts
    ],
)
def test_both_names_are_known_to_python_too(options: dict[str, str], article: Article) -> None:
    with pytest.raises(CommandError, match="not “nothing”"):
        call_command("export_corrections", str(article.pk), **options)
