"""Files that were exported here and edited elsewhere come back as proposals on their article, never as a second one."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from articles.detection.files import in_memory
from articles.exporting import actions as exporting_actions
from articles.history.archive import erase
from articles.importing.actions import carry_out, examine
from articles.importing.one_pass import import_files
from articles.models import Article, Correction, Event
from articles.models.documents import digest
from articles.review import actions as review_actions
from tests.factories import make_article, make_correction

PAIRS = [
    ("The baker opened at dawn.", "Le boulanger a ouvert à l’aube."),
    ("Nobody came.", "Personne n’est venu."),
    ("The bread was still warm.", "Le pain était encore chaud."),
    ("He waited until noon.", "Il a attendu jusqu’à midi."),
]
BEFORE, AFTER = "Le pain était encore chaud.", "Le pain restait bien chaud."
FORMATS = {
    "csv": "x.csv",
    "xlsx": "x.xlsx",
    "xliff": "x.xlf",
    "tmx": "x.tmx",
    "docx-table": "x.table.docx",
}


@pytest.fixture
def article(db):
    return make_article(PAIRS, title="At the baker’s", joint="\n\n")


def exported(article, form):
    return b"".join(exporting_actions.write_articles([article], form))


def in_document(data, edit):
    """The office file with its text parts edited."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("word/document.xml", "xl/sharedStrings.xml"):
                part = edit(part.decode()).encode()
            new.writestr(name, part)
    return packed.getvalue()


def in_sheet(data, change):
    """The workbook as openpyxl saves it after a change of its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_table(data, change):
    """The CSV with its rows, as dictionaries, changed; separated as a French Excel does."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    rows = change(rows) or rows
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def edited(article, form):
    """The exported file with another translation of the third sentence."""
    data = exported(article, form)
    if form == "xlsx":

        def change(sheet):
            for row in sheet.iter_rows():
                if row[3].value == BEFORE:
                    row[4].value = AFTER

        return in_sheet(data, change)
    if form == "docx-table":
        return in_document(data, lambda part: part.replace(BEFORE, AFTER))
    if form == "xliff":
        return data.replace(f"<target>{BEFORE}".encode(), f"<target>{AFTER}".encode())
    return data.replace(BEFORE.encode(), AFTER.encode())


def bring(data, name, *, by=None):
    """The results of the preview and of the import of one file."""
    files = [in_memory(name, data)]
    plan = examine(files)
    return plan.results, carry_out(plan, by=by)


def waiting():
    return [
        (row.segment.position, row.text, row.author.username)
        for row in Correction.objects.filter(status="submitted").order_by("segment__position")
    ]


@pytest.mark.slow
def test_an_edited_file_is_proposals_on_its_article_and_only_once(article, rosa):
    for form, name in FORMATS.items():
        data = edited(article, form)
        assert data != exported(article, form), form
        [promised], [told] = bring(data, name, by=rosa)
        assert (promised.kind, promised.article) == ("returned", article), form
        assert promised.sentence.startswith(
            "“At the baker’s”, edited elsewhere: 1 changed sentence will be submitted for approval."
        )
        assert (told.kind, told.article) == ("returned", article)
        assert "1 changed sentence was submitted for approval." in told.sentence
        assert waiting() == [(3, AFTER, "rosa")], form
        [promised], [told] = bring(data, name, by=rosa)
        assert (promised.kind, told.kind) == ("same", "same"), form
        assert Correction.objects.count() == 1
        Correction.objects.all().delete()
        article.segments.update(status="to_review")
    assert Article.everything.get() == article


def test_an_untouched_file_changes_nothing(article, rosa, edith):
    first = article.segments.first()
    made = review_actions.submit(first, by=rosa, revision=1, text="Le boulanger ouvrit à l’aube.")
    review_actions.approve(made, by=edith, revision=first.revision)
    events = Event.objects.count()
    for form, name in FORMATS.items():
        [promised], [told] = bring(exported(article, form), name, by=rosa)
        assert (promised.kind, told.kind) == ("same", "same"), (form, promised, told)
    assert Event.objects.count() == events
    assert Article.everything.count() == 1


def test_rows_may_be_sorted_filtered_and_added(article, rosa):
    def change(rows):
        rows.sort(key=lambda row: row["source"])
        by_source = {row["source"]: row for row in rows}
        by_source["Nobody came."]["target"] = "Nul n’est venu."
        by_source["The bread was still warm."]["corrected"] = AFTER
        del by_source["He waited until noon."]
        more = dict(rows[0], segment="9", source="More.", target="De plus.")
        return [*by_source.values(), more]

    [promised], [told] = bring(in_table(exported(article, "csv"), change), "sorted.csv", by=rosa)
    assert "1 row of the file matches no segment and is left out." in promised.sentence
    assert waiting() == [(2, "Nul n’est venu.", "rosa"), (3, AFTER, "rosa")]
    assert "2 changed sentences were submitted for approval." in told.sentence


def test_rows_that_were_numbered_anew_are_known_by_their_sources(article, rosa):
    def change(rows):
        rows.sort(key=lambda row: row["source"])
        for number, row in enumerate(rows, start=1):
            row["segment"] = str(number)
            if row["target"] == BEFORE:
                row["corrected"] = AFTER

    bring(in_table(exported(article, "csv"), change), "numbered.csv", by=rosa)
    assert waiting() == [(3, AFTER, "rosa")]


def test_a_row_whose_source_was_edited_keeps_its_place(article, rosa):
    def change(rows):
        rows[1]["source"] = "Nobody at all came."
        rows[1]["corrected"] = "Personne du tout n’est venu."

    bring(in_table(exported(article, "csv"), change), "x.csv", by=rosa)
    assert waiting() == [(2, "Personne du tout n’est venu.", "rosa")]


def test_a_file_without_a_key_is_known_by_its_title_or_its_documents(article, rosa):
    data = edited(article, "csv").replace(article.key.encode(), b"")
    [promised], _told = bring(data, "old.csv", by=rosa)
    assert promised.kind == "returned"
    Correction.objects.all().delete()
    article.segments.update(status="to_review")
    Article.objects.update(title="Renamed")
    data = re.sub(b"<r:article [^>]*/>", b"", edited(article, "xliff"))
    Article.objects.update(digest=digest(article.source.text, article.target.text))
    [promised], _told = bring(data, "old.xlf", by=rosa)
    assert promised.kind == "returned"
    assert Article.everything.count() == 1


def test_words_replaced_everywhere_in_a_file_without_a_key_are_proposals(article, rosa):
    """A text editor changes the documents that an XLIFF file holds, too."""
    Article.objects.update(digest=digest(article.source.text, article.target.text))
    for side in (article.source, article.target):
        side.digest = digest(side.text)
        side.save()
    data = re.sub(b"<r:article [^>]*/>", b"", exported(article, "xliff"))
    everywhere = data.replace(BEFORE.encode(), AFTER.encode())
    [promised], _told = bring(everywhere, "old.xlf", by=rosa)
    assert (promised.kind, waiting()) == ("returned", [(3, AFTER, "rosa")])
    for _source, target in PAIRS:
        data = data.replace(target.encode(), f"Autre : {target}".encode())
    [promised], _told = bring(data, "other.xlf", by=rosa)
    assert promised.kind == "new", "another translation of the same original is another article"


def test_the_number_of_another_article_is_no_proof(article, rosa):
    """A file of another site may have the number of an article here."""
    other = make_article([("Cats sleep.", "Les chats dorment.")], title="Cats")
    data = exported(other, "csv").replace(other.key.encode(), f"{article.pk}-abc".encode())
    other.delete()
    [promised], [told] = bring(data, "cats.csv", by=rosa)
    assert (promised.kind, told.kind) == ("new", "new")
    assert Article.objects.count() == 2


def test_a_file_of_two_articles_changes_the_one_that_is_here(article, rosa):
    other = make_article([("Cats sleep.", "Les chats dorment.")], title="Cats")
    rows = edited(article, "csv") + exported(other, "csv").split(b"\r\n", 1)[1]
    other.delete()
    [promised], told = bring(rows, "both.csv", by=rosa)
    assert promised.kind == "new"
    assert "1 changed sentence will be submitted for approval." in promised.sentence
    assert sorted(result.kind for result in told) == ["new", "returned"]
    assert waiting() == [(3, AFTER, "rosa")]


def test_without_a_person_nothing_is_proposed_and_the_file_says_so(article):
    [told] = import_files([in_memory("x.csv", edited(article, "csv"))])
    assert told.refused
    assert "it changes “At the baker’s”" in told.sentence
    assert not Correction.objects.exists()
    assert Article.everything.get() == article


def test_what_cannot_be_proposed_says_why(article, rosa, edith):
    def change(rows):
        for row in rows[1:]:
            row["corrected"] = row["target"].replace(".", " !")

    data = in_table(exported(article, "csv"), change)
    second, third = article.segments.filter(position__in=[2, 3])
    make_correction(second, by=rosa, text="Half-")
    review_actions.submit(third, by=edith, revision=1, text="Autre chose.")
    _promised, [told] = bring(data, "x.csv", by=rosa)
    assert "Segment 2 was not changed: You have a draft" in told.sentence
    assert "Segment 3 was not changed: A correction is awaiting" in told.sentence
    assert waiting() == [(3, "Autre chose.", "edith"), (4, "Il a attendu jusqu’à midi !", "rosa")]


def test_words_that_an_approval_replaced_meanwhile_are_not_proposed(article, rosa, edith):
    old = exported(article, "csv")
    third = article.segments.get(position=3)
    made = review_actions.submit(third, by=rosa, revision=1, text=AFTER)
    review_actions.approve(made, by=edith, revision=third.revision)

    def change(rows):
        rows[2]["corrected"] = BEFORE

    _promised, [told] = bring(in_table(old, change), "old.csv", by=edith)
    assert "Segment 3 was not changed: These words are older than" in told.sentence
    assert waiting() == []


def test_an_emptied_cell_removes_no_sentence(article, rosa):
    def change(rows):
        rows[2]["target"] = ""

    [promised], _told = bring(in_table(exported(article, "csv"), change), "x.csv", by=rosa)
    assert promised.kind == "same"


def test_comments_of_others_are_counted(article, rosa):
    data = exported(article, "xliff")
    unit = data.index(b"<segment", data.index(b'name="2"'))
    note = b"<notes><note>Who is nobody?</note></notes>"
    [promised], _told = bring(data[:unit] + note + data[unit:], "x.xlf", by=rosa)
    assert promised.kind == "same"
    assert "1 comment in the file is not imported" in promised.sentence


def test_an_article_that_is_gone_comes_as_a_new_one(article, rosa):
    data = edited(article, "csv")
    plan = examine([in_memory("x.csv", data)])
    assert plan.results[0].kind == "returned"
    erase(article, reason="a test")
    [told] = import_files([in_memory("x.csv", data)], by=rosa)
    assert told.kind == "new"
