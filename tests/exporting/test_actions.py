"""What leaves: approved corrections in their places, everything else character for character."""

import csv
import html
import io
import json
import time
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.detection.files import in_memory
from articles.exporting import actions as exporting_actions
from articles.importing.one_pass import import_files
from articles.models import AccessToken, Article, Segment
from articles.review import actions as review_actions
from articles.signoff.state import describe_sign_offs
from tests.factories import make_article, make_flag
from tests.formats.made_pages import made_page, translation_file
from tests.formats.office import test_odt

PAIRS = [
    ("One.", "Un."),
    ("Two.", "Deux."),
    ("Three.", ""),
    ("", "Lire la suite."),
    ("Five.", "Cinq."),
]

OF_TEXTS = [
    name for name, form in exporting_actions.EXPORT_FORMATS.items() if not form.needs_original
]


@pytest.fixture
def article(db):
    return make_article(PAIRS, joint="\n")


def repair(segment, text, *, rosa, edith):
    segment.refresh_from_db()
    correction = review_actions.submit(segment, by=rosa, revision=segment.revision, text=text)
    review_actions.approve(correction, by=edith, revision=segment.revision)


def text_of(article):
    return b"".join(exporting_actions.write_articles([article], "text")).decode()


def lines_of(article, form):
    return [
        json.loads(line)
        for line in b"".join(exporting_actions.write_articles([article], form))
        .decode()
        .splitlines()
    ]


def test_without_corrections_the_document_comes_back(article):
    assert text_of(article) == article.target.text


def test_only_what_was_approved_replaces_the_machines_words(article, rosa, edith):
    first, second, *_rest = article.segments.all()
    repair(first, "Premièrement.", rosa=rosa, edith=edith)
    review_actions.submit(second, by=rosa, revision=1, text="Deuxièmement.")
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
    [row] = csv.DictReader(
        io.StringIO(
            b"".join(exporting_actions.write_articles([article], "csv")).decode("utf-8-sig")
        )
    )
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
    assert [
        (row["source"], row["machine"], row["corrected"]) for row in lines_of(article, "training")
    ] == [("One.", "Un.", "Premièrement.")]


def test_an_export_reads_the_database_in_a_fixed_number_of_queries(db, django_assert_num_queries):
    for count in (1, 100):
        article = make_article(
            [(f"Word {n} of {count}.", f"Mot {n} de {count}.") for n in range(count)]
        )
        with django_assert_num_queries(13):
            list(exporting_actions.write_articles([article], "jsonl"))


def test_the_region_of_a_language_goes_out_again(db):
    sent = (
        b'<xliff version="1.2"><file original="a" source-language="en-CA" target-language="fr_ca">'
        b"<body><trans-unit id='1'><source>Is it open?</source><target>Est-ce ouvert?</target>"
        b"</trans-unit></body></file></xliff>"
    )
    import_files([in_memory("ca.xlf", sent)])
    article = Article.objects.get()
    assert (article.source.language, article.target.language) == ("en", "fr")
    for form, words in [
        ("xliff", ('srcLang="en-CA"', 'trgLang="fr-CA"')),
        ("tmx", ('srclang="en-CA"', 'xml:lang="fr-CA"')),
        ("jsonl", ('"source_tag":"en-CA"', '"target_tag":"fr-CA"')),
    ]:
        text = b"".join(exporting_actions.write_articles([article], form)).decode()
        assert all(each in text for each in words), form


def test_the_archive_holds_each_article_and_one_table(article):
    with zipfile.ZipFile(exporting_actions.zip_articles([article])) as archive:
        assert archive.namelist() == [
            f"{article.pk}-text-fr-corrected-draft.txt",
            "corrections.csv",
        ]
        assert archive.read(archive.namelist()[0]).decode() == article.target.text


# ── what an export holds ─────────────────────────────────────────────────────


@pytest.fixture
def waiting(article, rosa, edith):
    """The first approved, the second waiting, both approved and waiting anew in the last."""
    first, second, *_rest, last = article.segments.all()
    repair(first, "Premièrement.", rosa=rosa, edith=edith)
    review_actions.submit(second, by=rosa, revision=1, text="Deuxièmement.")
    repair(last, "Cinquièmement.", rosa=rosa, edith=edith)
    last.refresh_from_db()
    review_actions.reopen(last, by=rosa, revision=last.revision)
    review_actions.submit(last, by=rosa, revision=last.revision, text="Enfin.")
    return article


def test_everything_holds_what_waits_too(waiting):
    held = exporting_actions.parse_choice("everything")
    assert b"".join(exporting_actions.write_articles([waiting], "text", choice=held)).decode() == (
        "Premièrement.\nDeuxièmement.\nLire la suite.\nEnfin."
    )
    assert text_of(waiting) == "Premièrement.\nDeux.\nLire la suite.\nCinquièmement."
    for form in ("jsonl", "training", "xliff"):
        assert b"".join(exporting_actions.write_articles([waiting], form, choice=held)) == b"".join(
            exporting_actions.write_articles([waiting], form)
        )


@pytest.mark.parametrize(
    ("form", "hold", "words"),
    [
        ("text", "approved", "approved corrections only; otherwise as imported"),
        (
            "text",
            "everything",
            "approved corrections and those awaiting approval; otherwise as imported",
        ),
        (
            "jsonl",
            "everything",
            "everything the format supports, each correction with its status",
        ),
        ("training", "", "segments with an approved correction"),
    ],
)
def test_it_says_in_words_what_it_holds(form, hold, words, settings):
    settings.TIME_ZONE = "UTC"
    assert exporting_actions.parse_choice(hold).describe(form) == words
    assert (
        exporting_actions.parse_choice(hold, "2026-01-31T18:00").describe(form)
        == f"{words} (as of 2026-01-31 18:00 UTC)"
    )


def test_a_day_counts_to_its_end_and_today_is_now(settings):
    settings.TIME_ZONE = "UTC"
    assert (
        f"{exporting_actions.parse_choice('', '2026-01-31').as_of:%d %H:%M:%S %Z}"
        == "31 23:59:59 UTC"
    )
    assert exporting_actions.parse_choice("", f"{timezone.localdate()}").as_of is None
    assert exporting_actions.parse_choice(
        "", "2026-01-31T18:00+02:00"
    ).as_of.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("hold", "on", "sentence"),
    [
        ("all", "", "An export can include approved / everything, not “all”."),
        ("", "soon", "“soon” is not a date; write it like 2026-01-31 or 2026-01-31T18:00."),
        ("", "2026-02-30", "“2026-02-30” is not a date"),
        ("", "0001-01-01T00:00:00+14:00", "“0001-01-01T00:00:00+14:00” is not a date"),
        ("", "2999-01-01", "2999-01-01 is in the future; choose an earlier time."),
        ("", "2001-01-01", "“The mayor” was imported later, on "),
    ],
)
def test_a_bad_choice_is_a_sentence_everywhere(hold, on, sentence, article, otto, client):
    client.force_login(otto)
    page = client.get(f"/articles/{article.pk}/export/text/", {"hold": hold, "on": on})
    assert page.status_code == 422
    assert sentence in html.unescape(page.content.decode())
    with pytest.raises(CommandError) as refused:
        call_command("export_corrections", str(article.pk), hold=hold, on=on)
    assert sentence in str(refused.value)


def test_the_command_refuses_before_it_makes_a_file(article, tmp_path):
    with pytest.raises(CommandError, match="was imported later"):
        call_command("export_corrections", str(article.pk), on="2001-01-01", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_choices_give_the_same_on_the_page_and_by_the_command(
    second, waiting, otto, client, capsysbinary
):
    Article.objects.update(created_at="2026-01-01T00:00Z")
    asked = {
        "hold": "everything",
        "on": f"{timezone.localtime() - timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}",
    }
    client.force_login(otto)
    for form in OF_TEXTS:
        response = client.get(f"/articles/{waiting.pk}/export/{form}/", asked)
        call_command("export_corrections", str(waiting.pk), form=form, **asked)
        assert b"".join(response.streaming_content) == capsysbinary.readouterr().out, form


# ── the page and the command give the same ───────────────────────────────────


@pytest.fixture
def second(monkeypatch):
    """Office files carry the time they were made at; here it stands still."""
    still = time.gmtime(1_790_000_000)
    monkeypatch.setattr("time.localtime", lambda *_seconds: still)
    for written in ("created", "modified"):
        monkeypatch.setattr(f"xlsxwriter.core.Core._write_dcterms_{written}", lambda _core: None)


def inside(form, data):
    """What a file says of itself, as text."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return html.unescape(archive.read("docProps/core.xml").decode())
    return html.unescape(data.decode())


BY_NAME = {"text", "markdown", "training", "wmt", "marot", "mt-metrics", "bio-mqm", "pearmut", "appraise",
           "appraise-answers", "srt", "vtt", "sbv", "ninjs", "ans", "nitf", "newsml", "wxr", "epub", "odt", "xliff-original",
           "tmx-original"}  # fmt: skip
"""Files that are the text itself, or other tools' tables, have no place for a word of ours but their name."""


@pytest.fixture
def page(db):
    return make_article([("One.", "Un."), ("Two.", "Deux.")], joint="\n")


def bring(page, form):
    """Let the target of the article have come in a file from which it can be had in this form, or as a web page."""
    known = exporting_actions.EXPORT_FORMATS[form]
    target = page.target
    target.name, target.page = "text.fr.html", b"<p>Un.</p><p>Deux.</p>"
    if form == "markdown":
        target.name, target.page = "text.fr.md", b"* Un.\n* Deux.\n"
    elif form == "odt":
        target.name = "text.fr.odt"
        target.page = test_odt.package(test_odt.p("Un.") + test_odt.p("Deux."))
    elif known.puts_back_into:
        target.page = translation_file(known, [("One.", "Un."), ("Two.", "Deux.")])
    elif known.needs_original and form != "html":
        target.name = f"text.fr.{known.endings[0].rpartition('.')[2]}"
        target.page = made_page(known, ["Un.", "Deux."])
    target.save()
    page.refresh_from_db()


def test_every_file_says_what_it_holds(page):
    Article.objects.update(created_at="2026-01-01T00:00Z")
    held = exporting_actions.parse_choice("everything", "2026-01-31T18:00")
    for form in exporting_actions.EXPORT_FORMATS:
        bring(page, form)
        data = b"".join(exporting_actions.write_articles([page], form, choice=held))
        if form in BY_NAME:
            assert held.describe(form).encode() not in data, form
        else:
            assert held.describe(form) in inside(form, data), form
        assert "-as-of-2026-01-31-1800-draft." in exporting_actions.file_name(
            page, form, choice=held
        )


def test_a_row_of_a_table_says_it_too_and_each_sheet_in_its_file(article):
    held = exporting_actions.DEFAULT_CHOICE.describe("csv")
    held += f" · {describe_sign_offs([article])[article.pk]}"
    assert "Not signed off: 5 of 5 segments to review" in held
    assert {row["file holds"] for row in csv.DictReader(io.StringIO(read_csv(article)))} == {held}
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(exporting_actions.write_articles([article], "xlsx")))
    )
    assert (book.properties.title, book.properties.description) == (article.title, held)


def read_csv(article):
    return b"".join(exporting_actions.write_articles([article], "csv")).decode("utf-8-sig")


def test_the_page_the_command_and_the_api_give_the_same(second, page, otto, client, capsysbinary):
    _row, token = AccessToken.objects.issue(user=otto, name="nightly")
    headers = {"Authorization": f"Bearer {token}"}
    client.force_login(otto)
    for form in exporting_actions.EXPORT_FORMATS:
        bring(page, form)
        response = client.get(f"/articles/{page.pk}/export/{form}/")
        call_command("export_corrections", str(page.pk), form=form)
        asked = client.get(f"/api/articles/{page.pk}/export/{form}/", headers=headers)
        data = b"".join(response.streaming_content)
        assert capsysbinary.readouterr().out == data, form
        assert b"".join(asked.streaming_content) == data, form
        named = response["Content-Disposition"]
        assert asked["Content-Disposition"] == named
        corrected = form in (*exporting_actions.CORRECTED_FORMATS, "training")
        held = "corrected" if corrected else "review"
        if form in ("docx", "docx-table"):
            held = "with-changes"
        assert named.startswith(f'attachment; filename="text-fr-{held}-draft.'), form


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
        f"{each.pk}-text-fr-corrected-draft.txt": each.target.text for each in (article, other)
    }


def test_the_command_names_an_article_that_is_not_there(article):
    with pytest.raises(CommandError, match="no article 77"):
        call_command("export_corrections", "77")


def test_the_segment_table_is_untouched_by_exports(article):
    before = list(Segment.objects.values())
    for form in OF_TEXTS:
        list(exporting_actions.write_articles([article], form))
    assert list(Segment.objects.values()) == before


@pytest.mark.parametrize(
    ("form", "words", "label"),
    [
        ("html", "“The mayor” was not imported as a web page.", "Corrected web page"),
        ("markdown", "“The mayor” was not imported as Markdown.", "Corrected article (Markdown)"),
    ],
)
def test_what_did_not_come_in_a_form_cannot_leave_in_it(form, words, label, article, otto, client):
    client.force_login(otto)
    page = client.get(f"/articles/{article.pk}/export/{form}/")
    assert page.status_code == 422
    assert words in page.content.decode()
    assert label not in page.content.decode()


PAGES = {
    "a.en.html": "<html><body><h1>The mayor opened the bridge.</h1><p>The river was calm that day.</p></body></html>",
    "a.fr.html": "<html><body><h1>Le maire a inauguré le pont.</h1><p class='x'>La rivière était calme.</p></body></html>",
}


@pytest.mark.slow
def test_a_web_page_comes_back_with_its_markup(db, rosa, edith):
    page = import_files(in_memory(name, text.encode()) for name, text in PAGES.items())[0].article
    repair(page.segments.last(), "La rivière était calme ce jour-là.", rosa=rosa, edith=edith)
    written = b"".join(exporting_actions.write_articles([page], "html")).decode()
    assert "<p class='x'>La rivière était calme ce jour-là.</p>" in written
    assert "<h1>Le maire a inauguré le pont.</h1>" in written
    assert text_of(page) == ("Le maire a inauguré le pont.\n\nLa rivière était calme ce jour-là.")


MARKDOWN = {
    "b.en.md": "# The mayor *opened* the bridge.\n\n- The river was calm that day.\n- People came.\n",
    "b.fr.md": "# Le maire a *inauguré* le pont.\r\n\r\n- La rivière était calme.\r\n- Des gens sont venus.\r\n",
}


@pytest.mark.slow
def test_markdown_comes_back_with_its_marks(db, rosa, edith):
    made = import_files(in_memory(name, text.encode()) for name, text in MARKDOWN.items())[
        0
    ].article
    assert (
        made.target.text
        == "Le maire a inauguré le pont.\nLa rivière était calme.\nDes gens sont venus."
    )
    repair(made.segments.all()[1], "La rivière était calme ce jour-là.", rosa=rosa, edith=edith)
    written = b"".join(exporting_actions.write_articles([made], "markdown")).decode()
    assert written == MARKDOWN["b.fr.md"].replace("calme", "calme ce jour-là")
    assert "html" not in exporting_actions.formats_of(made)
    assert text_of(made) == (
        "Le maire a inauguré le pont.\n\n- La rivière était calme ce jour-là.\n- Des gens sont venus."
    )


@pytest.mark.parametrize(
    ("name", "page", "expected"),
    [
        ("a.fr.txt", b"", "Un.\nDeux."),
        ("a.fr.pdf", b"", "Un.\n\nDeux."),
        ("a.fr.html", b"<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux."),
        ("a.fr.srt", b"1\n00:00:01,000 --> 00:00:02,000\nUn.\nDeux.\n", "Un.\nDeux."),
        ("a.fr.html", b"<?xml version='1.0'?><xliff version='1.2'></xliff>", "Un.\nDeux."),
    ],
)
def test_only_a_text_with_a_known_layout_is_laid_out(name, page, expected, db):
    article = make_article([("One.", "Un."), ("Two.", "Deux.")], joint="\n")
    article.target.name = name
    article.target.page = page or None
    article.target.save()
    assert text_of(article) == expected
