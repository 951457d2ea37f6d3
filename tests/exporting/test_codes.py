"""Codes inside of pairs: shown at the desk, kept by corrections, and in every export as they came."""

import io
from typing import Any

import pytest
from django.urls import reverse

from articles.detection.files import in_memory
from articles.exporting.actions import BadChoice, clean_format, write_articles
from articles.formats import FORMATS
from articles.formats.office import docx_read
from articles.importing.one_pass import import_files
from articles.review.marks import Mark, split_runs

SOURCE = "The <b>harbour</b> reopened."
TARGET = 'Le <b>port</b> a rouvert [note id="1"] &amp; vit.'


def imported() -> Any:
    csv = f'source,target\n"{SOURCE}","{TARGET.replace(chr(34), chr(34) * 2)}"\n'
    (result,) = import_files([in_memory("pairs.en-fr.csv", csv.encode())])
    return result.article


def test_codes_go_out_in_every_format_as_they_came_in(db: None) -> None:
    article = imported()
    lost = []
    for name in ("csv", "xlsx", "jsonl", "xliff", "tmx", "docx-table", "text"):
        known = FORMATS[name]
        out = b"".join(write_articles([article], name))
        if name == "text":
            targets = [out.decode().strip()]
        else:
            read = docx_read.read if name == "docx-table" else known.read
            targets = []
            for back in read(io.BytesIO(out), name=f"a{known.endings[0]}"):
                targets += [each.target for each in back.segments]
        if targets != [TARGET]:
            lost.append((name, targets))
    assert lost == []


def test_the_desk_shows_codes_as_such_and_refuses_to_lose_them(client: Any, rosa: Any) -> None:
    segment = imported().segments.get()
    client.force_login(rosa)
    page = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert "&lt;b&gt;</code>port<code" in page
    assert "&amp;amp;</code> vit." in page
    address = reverse("edit", args=[segment.pk])
    for text, status in ((TARGET.replace("</b>", ""), 403), (TARGET.replace("port", "quai"), 302)):
        sent = {"revision": segment.revision, "text": text, "begun": TARGET}
        response = client.post(address, sent)
        assert response.status_code == status, text
        if status != 302:
            assert "The code &lt;/b&gt; is missing or broken" in response.content.decode()
    assert segment.corrections.get().text == TARGET.replace("port", "quai")


TRADOS = (
    '<?xml version="1.0" encoding="utf-8"?>\r\n<xliff version="1.2"><file original="page.html" '
    'source-language="en" target-language="fr"><body>\r\n<trans-unit id="1"><source>The '
    '<g id="1" ctype="bold">harbour</g> reopened in the morning.</source><target>Le '
    '<g id="1" ctype="bold">port</g> a rouvert.</target></trans-unit>\r\n</body></file></xliff>'
)


def test_a_translation_file_goes_out_as_it_came(client: Any, rosa: Any, ada: Any) -> None:
    (result,) = import_files([in_memory("page.sdlxliff", TRADOS.encode())])
    article = result.article
    segment = article.segments.get()
    client.force_login(rosa)
    assert "&lt;b1&gt;</code>port<code" in client.get(f"/articles/{article.pk}/").content.decode()
    text = "Le <b1>port</b1> a rouvert au matin."
    segment.corrections.create(
        author=rosa, before=segment.target_text, text=text, status="approved", decided_by=ada,
        base_revision=1, submitted_at=article.created_at, decided_at=article.created_at,
    )  # fmt: skip
    page = client.get(reverse("exports", args=[article.pk])).content.decode()
    assert "XLIFF as it came" in page
    assert "TMX as it came" not in page
    assert "web page" not in page
    out = b"".join(write_articles([article], "xliff-original"))
    assert out.decode() == TRADOS.replace("a rouvert.", "a rouvert au matin.")
    assert clean_format(article) == "xliff-original"
    crossed = segment.corrections.get()
    crossed.text = "</b1>Le<b1> port"
    crossed.save()
    with pytest.raises(BadChoice, match="not in an order"):
        write_articles([article], "xliff-original")


def test_a_translation_file_is_kept_only_where_its_texts_are_the_articles(db: None) -> None:
    html = TRADOS.replace("a rouvert.", "a &amp;eacute;t&amp;eacute; ouvert.")
    (result,) = import_files([in_memory("page.xlf", html.encode())])
    assert result.article.target.page is None
    assert "été" in result.article.target.text


def test_a_mark_never_cuts_a_code_in_two() -> None:
    text = "Le <b>port</b>."
    marks = [Mark(4, 8, "flag", "f1"), Mark(5, 5, "caret", "f2"), Mark(8, 12, "flag", "f3")]
    runs = [(run.text, run.keys) for run in split_runs(text, marks)]
    assert runs == [
        ("Le ", ""), ("<b>", "f1"), ("", "f2"), ("po", "f1"), ("rt</b>", "f3"), (".", ""),
    ]  # fmt: skip
