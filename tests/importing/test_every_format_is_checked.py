"""Whatever format an article comes in, it is checked, and has the findings of the same texts in two documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from articles.detection.files import on_disk
from articles.findings import service
from articles.findings.state import check_state
from articles.formats import FORMATS, Format, interchange
from articles.importing.one_pass import import_files
from articles.models import Article, Finding
from tests.factories import make_article
from tests.findings.quick_checks import target_check, use_checks
from tests.formats.annotation.made_ratings import MAKERS
from tests.formats.made_pages import made_page
from tests.formats.office.made_pdf import made_pdf
from tests.queue import work

pytestmark = pytest.mark.slow  # two files of each format of whole texts are aligned

Pairs = list[tuple[str, str]]


def pairs_of(town: str) -> Pairs:
    """Three sentences with two faults, about a town of their own: each article is a new one."""
    return [
        (f"The mayor of {town} opened the bridge.", f"Le maire de {town} a inauguré le le pont."),
        ("Nobody laughed at all in the old town.", "Personne n’a ri dans la vieille ville."),
        ("The river was very calm that day.", "La rivière était était calme ce jour-là."),
    ]


def po_of(pairs: Pairs) -> bytes:
    entries = ['msgid ""\nmsgstr "Language: fr\\n"\n']
    for source, target in pairs:
        entries.append(f'msgid "{source}"\nmsgstr "{target}"\n')
    return "\n".join(entries).encode()


@pytest.fixture(autouse=True)
def two_checks(monkeypatch: Any) -> None:
    use_checks(monkeypatch, target_check("le", "le le"), target_check("etait", "était était"))


def whole_text(known: Format, side: int, pairs: Pairs) -> bytes:
    blocks = [pair[side] for pair in pairs]
    if known is FORMATS["pdf"]:
        # Lines with an empty one between them: a PDF has no other paragraphs.
        return made_pdf([(780 - 40 * number, 11, block) for number, block in enumerate(blocks)])
    if known.needs_original:
        page = made_page(known, blocks)
        if known is FORMATS["odt"]:
            page = page.replace(b"<p>", b"<text:p>").replace(b"</p>", b"</text:p>")
            return b"<?xml version='1.0'?><office:text>" + page + b"</office:text>"
        return page
    text = "\n".join(blocks)
    language = ("en", "fr")[side]
    segments = (interchange.Segment(text, text),)
    made = interchange.Article("t", language, language, text, text, segments)
    assert known.write
    return b"".join(known.write([made]))


def files_of(name: str, known: Format, town: str) -> dict[str, bytes]:
    """Files with the pairs of this town in this format, by their names."""
    pairs = pairs_of(town)
    ending = ".fodt" if name == "odt" else known.endings[0]
    if known.read_text:
        languages = enumerate(("en", "fr"))
        return {f"{town}.{code}{ending}": whole_text(known, k, pairs) for k, code in languages}
    if name in MAKERS:
        return MAKERS[name](town, pairs)
    if name == "po":
        return {f"{town}.po": po_of(pairs)}
    segments = [interchange.Segment(source, target) for source, target in pairs]
    assert known.write
    written = known.write([interchange.Article(town, "en", "fr", segments=segments)])
    return {f"{town}{ending}": b"".join(written)}


def findings_of(article: Article) -> set[tuple[int, str, str]]:
    rows = Finding.objects.open().filter(segment__article=article).select_related("segment")
    return {(row.segment.position, row.check_id, row.text) for row in rows}


def test_every_readable_format(db: None, tmp_path: Path, rosa: Any) -> None:
    for number, (name, known) in enumerate(FORMATS.items()):
        if not (known.read or known.read_text):
            continue
        paths = []
        for file, data in files_of(name, known, f"Town{number}").items():
            paths.append(tmp_path / file)
            paths[-1].write_bytes(data)
        results = import_files([on_disk(path) for path in paths], by=rosa)
        assert not any(result.refused for result in results), (name, results)
        article = Article.objects.with_documents().latest("pk")
        assert check_state([article])[article.pk].code == "queued", name
        work()
        assert check_state([article])[article.pk].is_current, name
        pairs = list(
            article.segments.order_by("position").values_list("source_text", "target_text")
        )
        found = findings_of(article)
        assert len(found) == 2, (name, pairs)
        same = make_article(pairs)
        service.refresh_findings(same)
        assert findings_of(same) == found, name
