"""How exported files are called: the article, its language, what they show, and whether it is a draft."""

import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from articles.exporting import actions
from articles.models import SignOff
from tests.factories import make_article


@pytest.fixture
def article(db):
    return make_article([("One.", "Un."), ("Two.", "Deux.")], joint="\n")


def test_a_name_out_of_a_file_is_no_path(article, tmp_path, db):
    article.target.name = "../../../home/notes.txt"
    article.target.save()
    assert actions.file_name(article, "text") == "home-notes-fr-corrected-draft.txt"
    call_command("export_corrections", str(article.pk), folder=tmp_path / "out")
    written = [path.name for path in (tmp_path / "out").iterdir()]
    assert written == [f"{article.pk}-home-notes-fr-corrected-draft.txt"]
    with zipfile.ZipFile(actions.zip_articles([article])) as archive:
        assert f"{article.pk}-home-notes-fr-corrected-draft.txt" in archive.namelist()


def test_a_pasted_text_goes_out_under_the_title(article):
    article.target.name = "pasted-translation.txt"
    article.title = "Night trains: 2"
    article.target_title = ""
    assert actions.file_name(article, "text") == "Night trains- 2-fr-corrected-draft.txt"
    article.target_title = "Trains de nuit : le retour."
    name = actions.file_name(article, "text")
    assert name == "Trains de nuit - le retour-fr-corrected-draft.txt"


def test_the_file_name_says_it_too(article):
    then = "2026-01-31 18:00"
    assert (
        actions.file_name(article, "text", choice=actions.parse_choice("everything"))
        == "text-fr-with-pending-corrections-draft.txt"
    )
    assert (
        actions.file_name(article, "csv", choice=actions.parse_choice("everything"))
        == "text-fr-review-draft.csv"
    )
    assert actions.file_name(article, "text", choice=actions.parse_choice("", then)) == (
        "text-fr-corrected-as-of-2026-01-31-1800-draft.txt"
    )


def test_a_word_file_is_called_by_what_it_shows_in_the_readers_language(article):
    everything = actions.parse_choice("everything")
    expected = {
        "docx": "text-fr-with-changes-draft.docx",
        "docx-clean": "text-fr-corrected-draft.docx",
        "docx-table": "text-fr-with-changes-draft.table.docx",
    }
    for form, name in expected.items():
        assert actions.file_name(article, form) == name
    with translation.override("fr"):
        assert [actions.file_name(article, form) for form in ("docx", "docx-clean")] == [
            "text-fr-avec-modifications-brouillon.docx",
            "text-fr-corrigé-brouillon.docx",
        ]
        assert actions.file_name(article, "docx", choice=everything) == (
            "text-fr-avec-modifications-avec-corrections-en-attente-brouillon.docx"
        )
        assert actions.file_name(article, "docx-clean", choice=everything) == (
            "text-fr-avec-corrections-en-attente-brouillon.docx"
        )


def test_a_file_name_names_the_language_once(article):
    for name, expected in [
        ("trains_FR.docx", "trains-fr-corrected-draft.txt"),
        ("trains.en.txt", "trains.en-fr-corrected-draft.txt"),
        ("trains.txt", "trains-fr-corrected-draft.txt"),
        ("fr.txt", "fr-fr-corrected-draft.txt"),
    ]:
        article.target.name = name
        assert actions.file_name(article, "text") == expected


def test_no_two_formats_of_an_article_have_the_same_file_name(article):
    names = [actions.file_name(article, form) for form in actions.EXPORT_FORMATS]
    assert len(names) == len(set(names))


def test_the_file_name_says_that_an_article_is_not_signed_off(article, edith, settings):
    """In each format, in the reader's language, and as it was at the time that is exported."""
    settings.TIME_ZONE = "UTC"
    before = timezone.now()
    for form in actions.formats_of(article):
        assert "-draft." in actions.file_name(article, form)
        with translation.override("fr"):
            assert "-brouillon." in actions.file_name(article, form)
    with translation.override("fr"):
        assert actions.file_name(article, "text") == "text-fr-corrigé-brouillon.txt"
    SignOff.objects.create(article=article, person=edith, digest="0" * 64, segment_count=5)
    for form in actions.formats_of(article):
        assert "draft" not in actions.file_name(article, form)
    earlier = actions.ExportChoice(as_of=before)
    assert "-draft." in actions.file_name(article, "text", choice=earlier)
    with zipfile.ZipFile(actions.zip_articles([article])) as archive:
        assert f"{article.pk}-text-fr-corrected.txt" in archive.namelist()
