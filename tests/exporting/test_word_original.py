"""An article that came as a Word file goes out as that file."""

import io
import zipfile

import pytest

from articles.exporting import actions as exporting_actions
from articles.exporting import reviewed_word
from articles.formats.office import docx_read
from articles.importing.actions import carry_out, examine, import_files
from articles.importing.detection import in_memory
from articles.models import Article, Document
from articles.review import actions as review_actions
from tests.formats.office.word_file import word_file

ENGLISH = """The lighthouse is lit again
The keeper has finally repaired the lamp, says the harbour town hall. He was alone.
A new bulb
Two mirrors
Year
Breakdowns
2019
Three serious breakdowns

The harbour stays open all night."""


@pytest.fixture
def article(db, rosa):
    files = [in_memory("a.en.txt", ENGLISH.encode()), in_memory("a.fr.docx", word_file())]
    carry_out(examine(files), by=rosa)
    return Article.objects.get()


def exported(article, form):
    return b"".join(exporting_actions.write_articles([article], form))


def approve(article, before, after, *, by, approver):
    row = article.segments.get(target_text__contains=before)
    text = row.target_text.replace(before, after)
    made = review_actions.submit(row, by=by, revision=row.revision, text=text)
    review_actions.approve(made, by=approver, revision=row.revision)


def test_the_file_that_came_in_goes_out_corrected_and_comes_back(article, rosa, edith):
    approve(article, "enfin réparé", "vite réparé", by=rosa, approver=edith)
    for form in ("docx", "docx-clean"):
        data = exported(article, form)
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert {"word/header1.xml", "word/footnotes.xml", "word/media/image1.png"} <= set(names)
        accepted = docx_read.read_reviewed(data).accepted
        assert accepted == article.target.text.replace("enfin réparé", "vite réparé")
        assert reviewed_word.read_proposals(article, io.BytesIO(data), by=rosa) == ([], [])


def test_an_archive_of_everything_has_the_file(article, rosa):
    data = exported(article, "jsonl")
    Article.objects.all().delete()
    Document.objects.all().delete()
    [told] = import_files([in_memory("all.jsonl", data)], by=rosa)
    assert "word/header1.xml" in zipfile.ZipFile(io.BytesIO(exported(told.article, "docx"))).namelist()  # fmt: skip


def test_other_formats_do_not_take_the_word_file_for_theirs(article):
    formats = exporting_actions.formats_of(article)
    assert not {"html", "markdown"} & formats.keys()
    assert {"docx", "docx-clean", "text"} <= formats.keys()
    assert exported(article, "text").decode() == article.target.text
