"""An article that came as a Word file goes out as that file."""

import io
import zipfile

import docx as judge
import pytest
from django.urls import reverse

from articles.detection.files import in_memory
from articles.exporting import actions as exporting_actions
from articles.exporting import reviewed_word
from articles.formats.office import docx_key, docx_read
from articles.history.archive import erase
from articles.importing.actions import carry_out, examine
from articles.importing.one_pass import import_files
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


@pytest.mark.slow
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
    erase(Article.objects.get(), reason="a test")
    Document.objects.all().delete()
    [told] = import_files([in_memory("all.jsonl", data)], by=rosa)
    assert "word/header1.xml" in zipfile.ZipFile(io.BytesIO(exported(told.article, "docx"))).namelist()  # fmt: skip


def test_a_word_file_that_comes_back_alone_says_where_it_belongs(article, rosa):
    for form in ("docx", "docx-clean"):
        [told] = examine([in_memory("back.docx", exported(article, form))]).results
        assert (told.kind, told.article) == ("refused", article)
        assert told.sentence == (
            "this is “The lighthouse is lit again”, exported from here; import it on the article’s export page"
        )
    [told] = examine([in_memory("back.docx", word_file())]).results
    assert (told.kind, told.article) == ("waiting", None)
    data = exported(article, "docx")
    article.target.text = "Un tout autre texte."
    article.target.save()
    Article.objects.update(digest="0" * 64)  # only the number is left, as on another site
    [told] = examine([in_memory("back.docx", data)]).results
    assert told.kind == "waiting"


@pytest.mark.slow
def test_the_key_is_one_and_other_properties_stay(article):
    """A file that was exported and imported again gets the key of its new article."""
    document = judge.Document(io.BytesIO(exported(article, "docx")))
    docx_key.add_key(document, "9-new")
    [link] = [each for each in document.part.package.rels.values() if "custom" in each.reltype]
    own = link.target_part.blob.replace(b"9-new", b"our own").replace(b"TranslationReviewArticle", b"House")  # fmt: skip
    out = io.BytesIO()
    document.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, own if name == "docProps/custom.xml" else old.read(name))
    article.target.page = packed.getvalue()
    data = exported(article, "docx")
    package = docx_read.open_package(data)
    assert docx_key.read_key(package) == article.key
    assert b"our own" in package.read("docProps/custom.xml")
    assert docx_key.read_key(docx_read.open_package(word_file())) == ""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<x" if name == "docProps/custom.xml" else old.read(name))
    broken = packed.getvalue()
    assert docx_key.read_key(docx_read.open_package(broken)) == ""
    article.target.page = broken
    assert docx_read.read_text(exported(article, "docx"), name="") == article.target.text


def test_the_page_says_whether_the_word_file_was_kept(article, rosa, client):
    client.force_login(rosa)
    address = reverse("exports", args=[article.pk])
    assert "The imported Word file with every change" in client.get(address).content.decode()
    Document.objects.update(page=None)
    assert "was not kept, so" in client.get(address).content.decode()
    Document.objects.update(name="a.txt")
    page = client.get(address).content.decode()
    assert "The imported Word file" not in page


def test_other_formats_do_not_take_the_word_file_for_theirs(article):
    formats = exporting_actions.formats_of(article)
    assert not {"html", "markdown"} & formats.keys()
    assert {"docx", "docx-clean", "text"} <= formats.keys()
    text = exported(article, "text").decode()
    assert text.replace("- ", "").replace("\n\n", "\n") == article.target.text.replace("\n\n", "\n")


def test_the_text_of_a_word_file_is_laid_out_to_paste(article):
    text = exported(article, "text").decode()
    assert text.startswith("Le phare rallume ses feux\n\nLe gardien a enfin réparé la lampe")
    assert "\n\n- Une ampoule neuve\n- " in text
