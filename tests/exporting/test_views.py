"""The page from which an article is taken away, and to which a reviewed Word file comes back."""

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.exporting import actions
from articles.exporting.views import FORMAT_GROUPS
from articles.models import Correction
from tests.exporting.test_reviewed_word import PAIRS, repair, word
from tests.factories import make_article


@pytest.fixture
def article(db):
    return make_article(PAIRS, joint="\n")


@pytest.fixture
def reviewer(client, rosa):
    client.force_login(rosa)
    return client


def page_of(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode())


def upload(client, article, data):
    file = SimpleUploadedFile("reviewed.docx", data)
    return client.post(reverse("preview_return", args=[article.pk]), {"reviewed": file})


def test_a_table_an_xliff_and_a_tmx_file_come_back_to_the_page(article, rosa, client):
    client.force_login(rosa)
    for form, name in (("csv", "x.csv"), ("xlsx", "x.xlsx"), ("xliff", "x.xlf"), ("tmx", "x.tmx")):
        data = b"".join(actions.write_articles([article], form))
        address = reverse("preview_return", args=[article.pk])
        page = page_of(client.post(address, {"reviewed": SimpleUploadedFile(name, data)}))
        assert "None: the file has the same text." in page, form
    other = make_article([("Else.", "Autre.")])
    data = b"".join(actions.write_articles([other, article], "csv"))
    data = data.replace("était calme".encode(), "était agitée".encode())
    row = b'"x","9","No such.","Rien de tel.","","","","","","","","","en","fr","",""\r\n'
    page = page_of(client.post(address, {"reviewed": SimpleUploadedFile("x.csv", data)}))
    assert [text for _key, _revision, text in ticked(page)] == ["La rivière était agitée."]
    data = b"".join(actions.write_articles([article], "csv"))
    key = f'"{article.key}"\r\n'.encode()
    more = data + row.replace(b'"x"', b'"The mayor"')
    assert key in data
    page = page_of(client.post(address, {"reviewed": SimpleUploadedFile("x.csv", more)}))
    assert "None: the file has" in page
    assert "1 row of the file matches no segment and is left out." in page
    data = b"".join(actions.write_articles([other], "csv"))
    page = page_of(client.post(address, {"reviewed": SimpleUploadedFile("x.csv", data)}), 422)
    assert "this is not the text of “The mayor”: most of its segments are not in the file" in page


def ticked(page):
    return [json.loads(value) for value in re.findall(r'name="take" value="(.*)" checked', page)]


def test_every_form_has_its_place():
    assert sorted(name for names in FORMAT_GROUPS.values() for name in names) == sorted(
        actions.EXPORT_FORMATS
    )


def test_every_form_is_a_button_of_one_plain_form(article, otto, client):
    client.force_login(otto)
    page = page_of(client.get(reverse("exports", args=[article.pk])))
    for form in actions.formats_of(article):
        assert f'formaction="{reverse("export", args=[article.pk, form])}"' in page
    assert 'value="approved" checked' in page
    assert re.findall(r"<script[^>]*>", page) == [
        '<script src="/static/articles/page-scripts.js" defer>'
    ]  # local times


def test_three_cards_and_the_rest_folded(article, otto, client):
    """Word with changes, a clean file in the form the article came in, and the text."""
    client.force_login(otto)
    for name, page_bytes, clean in (
        ("a.txt", b"", "docx-clean"),
        ("a.docx", b"", "docx-clean"),
        ("a.xlf", b"", "xliff"),
        ("a.md", b"# Le maire\n", "markdown"),
        ("a.html", b"<html><p>Le maire</p></html>", "html"),
    ):
        article.target.name, article.target.page = name, page_bytes
        article.target.save()
        page = page_of(client.get(reverse("exports", args=[article.pk])))
        cards, folded = page.split('class="export-cards"')[1].split("<details", 1)
        on_cards = re.findall(r'formaction="[^"]*/export/([^/]+)/"', cards)
        assert on_cards == ["docx", clean, "text"], name
        in_folds = re.findall(r'formaction="[^"]*/export/([^/]+)/"', folded)
        assert sorted(on_cards + in_folds) == sorted(actions.formats_of(article)), name


def test_the_menu_of_an_article_offers_word(article, otto, client):
    client.force_login(otto)
    page = page_of(client.get(reverse("article_history", args=[article.pk])))
    for name in ("docx", "docx-clean", "text"):
        assert f'<a href="{reverse("export", args=[article.pk, name])}">' in page


@pytest.mark.parametrize(("content", "as_of"), [("content", "as_of"), ("hold", "on")])
def test_a_choice_that_cannot_be_met_stays_to_be_mended(content, as_of, article, otto, client):
    """By the names of the choices today, and by those before version 0.2."""
    client.force_login(otto)
    asked = {content: "everything", as_of: "2001-01-01T10:00"}
    page = page_of(client.get(reverse("export", args=[article.pk, "text"]), asked), 422)
    assert 'value="everything" checked' in page
    assert 'value="2001-01-01T10:00"' in page
    assert "was imported later" in page


def test_look_at_the_file_then_send_it(article, reviewer):
    page = page_of(upload(reviewer, article, word(article, ("calme", "très calme")).read()))
    assert "<ins>très </ins>" in page
    assert not Correction.objects.exists()
    [(key, revision, text)] = ticked(page)
    sent = {"take": json.dumps([key, revision, text])}
    done = page_of(reviewer.post(reverse("take_return", args=[article.pk]), sent))
    assert "1 change was submitted for approval." in done
    assert Correction.objects.get().text == "La rivière était très calme."


def test_twice_says_so(article, reviewer):
    [proposal] = ticked(
        page_of(upload(reviewer, article, word(article, ("calme", "agitée")).read()))
    )
    address, sent = reverse("take_return", args=[article.pk]), {"take": json.dumps(proposal)}
    reviewer.post(address, sent)
    page = page_of(reviewer.post(address, sent))
    assert "Nothing was submitted for approval." in page
    assert "already awaiting" in page


def test_what_cannot_be_proposed_has_no_box_and_what_is_doubted_no_tick(
    article, reviewer, rosa, edith
):
    first, second, _third = article.segments.all()
    old = word(article, ("calme", "agitée"), form="docx-clean").read()
    repair(first, "Le maire a inauguré le pont.", by=rosa, approver=edith)
    repair(second, "La rivière était bien calme.", by=edith)
    page = page_of(upload(reviewer, article, old))
    assert ticked(page) == []
    assert page.count('name="take"') == 1
    assert "older than corrections approved here" in page
    assert "A correction is awaiting approval here." in page


def test_an_untouched_file(article, reviewer):
    assert "None: the file has the same text." in page_of(
        upload(reviewer, article, word(article).read())
    )


def test_only_refusals_cannot_be_sent(article, reviewer, edith):
    repair(article.segments.all()[1], "La rivière était bien calme.", by=edith)
    page = page_of(upload(reviewer, article, word(article, ("calme", "agitée")).read()))
    assert "None of these can be submitted." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_a_bad_file_is_said_on_the_page(data, sentence, article, reviewer):
    assert sentence in page_of(upload(reviewer, article, data), 422)


def test_no_file_is_said(article, reviewer):
    page = page_of(reviewer.post(reverse("preview_return", args=[article.pk])), 422)
    assert "This field is required." in page


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        "3",
        "[1, 1]",
        '["1", 1, "x"]',
        "[1, 1, 5]",
        r'[1, 1, "\ud800"]',
        r'[1, 1, "\u0000"]',
    ],
)
def test_what_our_page_did_not_send_is_a_bad_request(sent, article, reviewer):
    assert (
        reviewer.post(reverse("take_return", args=[article.pk]), {"take": sent}).status_code == 400
    )


@pytest.mark.parametrize("name", ["preview_return", "take_return"])
def test_only_reviewers_bring_files_back(name, article, otto, client):
    client.force_login(otto)
    assert client.post(reverse(name, args=[article.pk])).status_code == 403
    assert "Only reviewers can do this" in page_of(
        client.get(reverse("exports", args=[article.pk]))
    )


@pytest.mark.parametrize("name", ["exports", "preview_return", "take_return"])
def test_a_sign_in_is_needed(name, article, client):
    address = reverse(name, args=[article.pk])
    response = client.get(address) if name == "exports" else client.post(address)
    assert response.url.startswith("/sign-in/")


def test_an_unknown_article_is_not_found(reviewer, db):
    assert reviewer.get(reverse("exports", args=[99])).status_code == 404
    assert reviewer.post(reverse("take_return", args=[99])).status_code == 404
