"""Broken and hostile files are refused quickly, with a sentence, by every reader that might meet them."""

import io

import pytest

from articles.formats import FORMATS, Format
from articles.formats.interchange import BadFile
from tests.cases import for_each
from tests.formats import broken

XML = [name for name in ("xliff", "tmx") if name in FORMATS]
SENTENCES = {
    "billion laughs": "entities of its own",
    "quadratic blow-up": "entities of its own",
    "external entity": "entities of its own",
    "parameter entity": "entities of its own",
    "10 MB attribute": "too long",
    "10 MB text": "too long",
    "deep nesting": "nested too deeply",
    "empty": "the file is empty",
}


def read(chosen: Format, data: bytes, name: str) -> None:
    if chosen.read:
        for article in chosen.read(io.BytesIO(data), name=name):
            list(article.segments)
    else:
        chosen.read_text(data, name=name)


def refusal(kind: str, data: bytes) -> str:
    """The sentence with which the format's reader refuses ``data``. Its cost is held by the test of the import."""
    chosen = FORMATS[kind]
    with pytest.raises(BadFile) as refused:
        read(chosen, data, f"broken{chosen.endings[0]}")
    return str(refused.value)


READ = [name for name, each in FORMATS.items() if each.read or each.read_text]


@for_each("kind", XML)
def test_hostile_xml(kind):
    for attack, data in broken.xml_attacks().items():
        sentence = refusal(kind, data)
        if kind == "xliff":
            assert SENTENCES.get(attack, "") in sentence, attack


@for_each("kind", READ)
def test_broken_files(kind):
    for flaw, data in broken.everywhere().items():
        assert refusal(kind, data), flaw


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr("articles.formats.xml.safe_xml.LARGEST_TABLE", 5)
    assert "larger than" in refusal("xliff", b"<xliff/>")
