"""Codes inside of pairs: shown at the desk, kept by corrections, and in every export as they came."""

import io
from typing import Any

from django.urls import reverse

from articles.exporting.actions import write_articles
from articles.formats import FORMATS
from articles.formats.office import docx_read
from articles.importing.actions import import_files
from articles.importing.detection import in_memory

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
