"""Broken and hostile files through the import's own door: refused in 2 seconds and 200 MB, with a sentence."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from articles.formats import FORMATS, Article
from articles.formats.exchange import Segment
from articles.intake import examine, in_memory
from tests.formats import broken

SECONDS, MEGABYTES = 2, 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML_ENDINGS = (".xlf", ".tmx")
ENDINGS = (".txt", ".md", ".html", ".csv", ".jsonl", ".docx", ".xlsx", ".po", ".mqm.tsv", ".bio.json", ".seg.jsonl")


def written(form):
    """A small valid file."""
    segments = [Segment(f"Sentence {n}.", f"Phrase {n}.", id=str(n)) for n in range(50)]
    return b"".join(FORMATS[form].write([Article("Sound", "en", "fr", segments=segments)]))


def repacked(form, parts):
    """A valid office file with these parts (name → bytes) instead, or in addition."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(form))) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return packed.getvalue()


def damaged(data, part):
    """The same zip with the middle of a part overwritten."""
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo(part)
    middle = info.header_offset + 30 + len(part) + info.compress_size // 2
    return data[:middle] + b"\0" * 20 + data[middle + 20 :]


def office():
    """Broken Word and Excel files: (file name, what the sentence says, the maker of its bytes)."""
    laughs = broken.xml_attacks()["billion laughs"]
    entity = broken.xml_attacks()["external entity"]
    for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/worksheets/sheet1.xml")):
        macros = f"{part.split('/')[0]}/vbaProject.bin"
        yield f"bomb.{form}", "larger than", lambda f=form, p=part: repacked(f, {p: b" " * 100_000_000})
        yield f"macros.{form}", "macros", lambda f=form, m=macros: repacked(f, {m: b"x"})
        yield f"password.{form}", "password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")
        yield f"laughs.{form}", "entities", lambda f=form, p=part: repacked(f, {p: laughs})
        yield f"entity.{form}", "entities", lambda f=form, p=part: repacked(f, {p: entity})
        yield f"empty-part.{form}", "damaged", lambda f=form, p=part: repacked(f, {p: b""})
        yield f"truncated.{form}", "damaged", lambda f=form: written(f)[:-200]
        yield f"damaged.{form}", "damaged", lambda f=form, p=part: damaged(written(f), p)
        yield f"picture.{form}", "picture", lambda: b"\x89PNG\r\n\x1a\n"


def others():
    """Everything else, of the same shape."""
    for attack, data in broken.xml_attacks().items():
        for ending in XML_ENDINGS:
            yield f"{attack}{ending}", "", lambda d=data: d
    for flaw, data in broken.everywhere().items():
        for ending in ENDINGS:
            yield f"{flaw}{ending}", "", lambda d=data: d
    for form in ("xliff", "tmx", "jsonl"):
        yield f"truncated{FORMATS[form].endings[0]}", "", lambda f=form: written(f)[:-20]
    yield "wrong-ending.txt", "Word file", lambda: written("docx")
    yield "wrong-ending.csv", "Excel file", lambda: written("xlsx")
    yield "wrong-ending.docx", "Excel", lambda: written("xlsx")
    yield "wrong-ending.xlsx", "Word", lambda: written("docx")
    yield "wrong-ending.xlf", "", lambda: written("docx")
    yield "unknown.xyz", "files with this ending", lambda: b"Le chat dort."
    yield "long-line.jsonl", "", lambda: b'{"source": "' + b"a" * 90_000_000
    yield "long-cell.csv", "", lambda: b"source,target\n" + b"a" * 11_000_000 + b",b\n"
    yield "large.txt", "larger than", lambda: b"a " * 12_000_000


CORPUS = {name: (words, made) for name, words, made in [*office(), *others()]}


def peak():
    """The most memory of this process since the last ``forget``, in megabytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def forget():
    """Let the peak begin anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


@pytest.fixture
def measuring():
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("the peak of memory can be measured on Linux only")


@pytest.mark.parametrize("name", CORPUS)
def test_it_is_refused_in_time_and_memory(name, measuring, db):
    words, made = CORPUS[name]
    data = made()
    forget()
    before, started = peak(), time.process_time()
    [line] = examine([in_memory(name, data)]).lines
    assert time.process_time() - started < SECONDS
    assert peak() - before < MEGABYTES
    assert line.refused
    assert words in line.sentence
    assert re.search(r"\w+ \w+ \w+", line.sentence)


def test_good_files_beside_bad_ones_are_taken(db):
    plan = examine([in_memory("good.jsonl", written("jsonl")), in_memory("bad.jsonl", b"{")])
    assert [(line.name, line.refused) for line in plan.lines] == [("bad.jsonl", True), ("good.jsonl", False)]
