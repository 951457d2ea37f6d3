"""``manage.py export_corrections`` under its new and its old option names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from articles.review import actions as review
from articles.signoff import actions as signoff
from tests.factories import make_article, mark_checked


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


def test_what_is_not_signed_off_is_named_or_refused(
    article: Article, edith: User, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("export_corrections", str(article.pk))
    written = capsysbinary.readouterr()
    assert written.out.decode().startswith("Le maire a parlé.")
    assert b"The mayor: not signed off: 2 of 2 segments to review" in written.err
    with pytest.raises(CommandError, match="2 of 2 segments to review"):
        call_command("export_corrections", folder=tmp_path / "out", require_signed_off=True)
    assert not (tmp_path / "out").exists()

    mark_checked(article)
    for segment in article.segments.all():
        review.confirm(segment, by=edith, revision=1)
    digest = signoff.text_digest(article)
    signoff.sign_off(article, by=edith, digest=digest)
    call_command("export_corrections", str(article.pk), require_signed_off=True)
    written = capsysbinary.readouterr()
    assert (written.out != b"", written.err) == (True, b"")
