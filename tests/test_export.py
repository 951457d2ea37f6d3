"""What leaves: approved corrections in their places, everything else character for character."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from articles import export, review
from articles.models import Segment
from tests.factories import make_article, make_flag

PAIRS = [
    ("One.", "Un."),
    ("Two.", "Deux."),
    ("Three.", ""),
    ("", "Lire la suite."),
    ("Five.", "Cinq."),
]


@pytest.fixture
def article(db):
    return make_article(PAIRS, joint="\n")


def repair(segment, text, *, rosa, edith):
    segment.refresh_from_db()
    correction = review.submit(segment, by=rosa, revision=segment.revision, text=text)
    review.approve(correction, by=edith, revision=segment.revision)


def text_of(article):
    return b"".join(export.written([article], "text")).decode()


def lines_of(article, form):
    return [json.loads(line) for line in b"".join(export.written([article], form)).decode().splitlines()]


def test_without_corrections_the_document_comes_back(article):
    assert text_of(article) == article.target.text


def test_only_what_was_approved_replaces_the_machines_words(article, rosa, edith):
    first, second, *_rest = article.segments.all()
    repair(first, "Premièrement.", rosa=rosa, edith=edith)
    review.submit(second, by=rosa, revision=1, text="Deuxièmement.")
    assert text_of(article) == "Premièrement.\nDeux.\nLire la suite.\nCinq."


def test_words_that_stood_nowhere_find_their_place(article, rosa, edith):
    repair(article.segments.get(source_text="Three."), "Trois.", rosa=rosa, edith=edith)
    assert text_of(article) == "Un.\nDeux. Trois.\nLire la suite.\nCinq."


def test_an_addition_that_is_taken_out_leaves_no_hole(article, rosa, edith):
    repair(article.segments.get(target_text="Lire la suite."), "", rosa=rosa, edith=edith)
    assert text_of(article) == "Un.\nDeux.\nCinq."


def test_a_spreadsheet_runs_no_formula(db, rosa, edith):
    article = make_article([("Sum.", "Somme.")])
    repair(article.segments.get(), '=HYPERLINK("http://x")', rosa=rosa, edith=edith)
    [row] = csv.DictReader(io.StringIO(b"".join(export.written([article], "csv")).decode("utf-8-sig")))
    assert row["corrected"] == '\'=HYPERLINK("http://x")'
    assert (row["status"], row["author"], row["decided by"]) == ("approved", "rosa", "edith")


def test_json_lines_tell_before_after_flags_people_and_times(article, rosa, edith):
    segment = article.segments.first()
    make_flag(segment, by=rosa, source_start=0, source_end=3, source_quote="One", comment="?")
    repair(segment, "Premièrement.", rosa=rosa, edith=edith)
    line = lines_of(article, "jsonl")[1]
    [correction], [flag] = line["corrections"], line["flags"]
    assert (correction["before"], correction["after"]) == ("Un.", "Premièrement.")
    assert (correction["author"], correction["decided_by"]) == ("rosa", "edith")
    assert correction["submitted"] <= correction["decided"]
    assert (flag["type"], flag["source_span"], flag["status"]) == ("Omission", [0, 3], "closed")


def test_training_rows_hold_what_was_approved(article, rosa, edith):
    repair(article.segments.first(), "Premièrement.", rosa=rosa, edith=edith)
    assert [(row["source"], row["machine"], row["corrected"]) for row in lines_of(article, "training")] == [
        ("One.", "Un.", "Premièrement.")
    ]


def test_an_export_reads_the_database_in_a_fixed_number_of_queries(db, django_assert_num_queries):
    for count in (1, 100):
        article = make_article([(f"Word {n} of {count}.", f"Mot {n} de {count}.") for n in range(count)])
        with django_assert_num_queries(5):
            list(export.written([article], "jsonl"))


def test_the_archive_holds_each_article_and_one_table(article):
    with zipfile.ZipFile(export.zipped([article])) as archive:
        assert archive.namelist() == [f"{article.pk}-text.fr.corrected.txt", "corrections.csv"]
        assert archive.read(archive.namelist()[0]).decode() == article.target.text


# ── the page and the command give the same ───────────────────────────────────


@pytest.mark.parametrize("form", export.FORMS)
def test_the_page_and_the_command_give_the_same(form, article, otto, client, capsysbinary):
    client.force_login(otto)
    response = client.get(f"/articles/{article.pk}/export/{form}/")
    call_command("export_corrections", str(article.pk), form=form)
    assert b"".join(response.streaming_content) == capsysbinary.readouterr().out
    assert response["Content-Disposition"].startswith('attachment; filename="text.fr.corrected.')


def test_an_unknown_form_or_article_is_not_found(article, otto, client):
    client.force_login(otto)
    assert client.get(f"/articles/{article.pk}/export/pdf/").status_code == 404
    assert client.get("/articles/9999/export/text/").status_code == 404


def test_a_download_needs_a_sign_in(article, client):
    assert client.get(f"/articles/{article.pk}/export/text/").url.startswith("/sign-in/")


def test_several_texts_need_a_folder(article, tmp_path):
    other = make_article([("Else.", "Autre.")])
    with pytest.raises(CommandError, match="--folder"):
        call_command("export_corrections")
    call_command("export_corrections", folder=tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"{each.pk}-text.fr.corrected.txt": each.target.text for each in (article, other)
    }


def test_the_command_names_an_article_that_is_not_there(article):
    with pytest.raises(CommandError, match="no article 77"):
        call_command("export_corrections", "77")


def test_the_segment_table_is_untouched_by_exports(article):
    before = list(Segment.objects.values())
    for form in export.FORMS:
        list(export.written([article], form))
    assert list(Segment.objects.values()) == before
