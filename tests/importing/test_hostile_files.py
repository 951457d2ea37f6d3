"""Broken and hostile files through the import's own door: refused in 2 seconds and 200 MB, with a sentence."""

import html
import io
import re
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from articles.detection.files import in_memory
from articles.formats import FORMATS
from articles.formats.interchange import Article as Sent
from articles.formats.interchange import Segment
from articles.importing.actions import examine
from articles.models import Article, Document, Import
from tests.cost import UNITS_PER_SECOND, unit
from tests.formats import broken

pytestmark = pytest.mark.slow

SECONDS, MEGABYTES = 2, 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
READ = {name: each for name, each in FORMATS.items() if each.read or each.read_text}
ENDINGS = [ending for each in READ.values() for ending in each.endings]
XML_ENDINGS = [ending for name in ("xliff", "tmx") for ending in READ[name].endings]
WHOLE = [
    name for name, each in READ.items() if each.write and each.read and name not in ("wmt", "marot")
]
"""Formats whose files say themselves where they end: one that was cut off is noticed."""


def written(form):
    """A small valid file."""
    segments = [Segment(f"Sentence {n}.", f"Phrase {n}.", id=str(n)) for n in range(50)]
    return b"".join(FORMATS[form].write([Sent("Sound", "en", "fr", segments=segments)]))


@cache
def bomb(form, part):
    """A small file with a part of 100 MB."""
    return repacked(form, {part: b" " * 100_000_000})


def repacked(form, parts):
    """A valid office file with these parts (name → bytes) instead, or in addition."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written(form))) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
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
        yield (
            f"bomb.{form}",
            "larger than",
            lambda f=form, p=part: bomb(f, p),
        )
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
    for form in WHOLE:
        yield (
            f"truncated{FORMATS[form].endings[0]}",
            "",
            lambda f=form: written(f)[: -len(written(f)) // 3],
        )
    for ending in (".doc", ".dot", ".rtf", ".docm", ".xls", ".xlsm", ".odt"):
        yield f"old{ending}", "save it as .docx", lambda: broken.everywhere()["Word 97"]
    yield "macros.docm", "Word file", lambda: repacked("docx", {"word/vbaProject.bin": b"x"})
    yield "paper.pdf", "PDF", lambda: broken.everywhere()["PDF"]
    yield "wrong-ending.txt", "Word file", lambda: written("docx")
    yield "wrong-ending.csv", "Excel file", lambda: written("xlsx")
    yield "wrong-ending.docx", "Excel", lambda: written("xlsx")
    yield "wrong-ending.xlsx", "Word", lambda: written("docx")
    yield "wrong-ending.xlf", "", lambda: written("docx")
    yield "unknown.xyz", "this file type is not supported", lambda: b"Le chat dort."
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


def why_not_refused(name: str, limit: float) -> str | None:
    """What is wrong with how the file is refused, or None; it may take ``limit`` seconds of processor time."""
    words, made = CORPUS[name]
    data = made()
    forget()
    before = peak()
    start = time.process_time()
    lines = examine([in_memory(name, data)]).results
    spent = time.process_time() - start
    grown = peak() - before
    if grown > MEGABYTES:
        return f"took {grown:.0f} MB"
    if spent > limit:
        return f"took {spent:.1f} s of the {limit:.1f} s that it may"
    [line] = lines
    if not line.refused:
        return "was not refused"
    if words not in line.sentence or not re.search(r"\w+ \w+ \w+", line.sentence):
        return f"was refused with “{line.sentence}”"
    return None


def test_each_is_refused_in_time_and_memory(measuring, db):
    # Measuring the unit beside each of the files would take longer than they do.
    limit = SECONDS * UNITS_PER_SECOND * unit()
    problems = {}
    for name in CORPUS:
        problem = why_not_refused(name, limit)
        if problem:
            problems[name] = problem
    assert problems == {}


def test_good_files_beside_bad_ones_are_taken(db):
    plan = examine([in_memory("good.jsonl", written("jsonl")), in_memory("bad.jsonl", b"{")])
    assert [(line.name, line.refused) for line in plan.results] == [
        ("bad.jsonl", True),
        ("good.jsonl", False),
    ]


def test_the_upload_page_says_it_of_each_and_writes_nothing(client, ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client.force_login(ada)
    files = {
        name: data for name, (_words, made) in CORPUS.items() if len(data := made()) < 1_000_000
    }
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    page = client.post(reverse("imports"), {"uploads": uploads}, follow=True)
    job = Import.objects.get()
    assert page.redirect_chain[-1][0] == reverse("import", args=[job.pk])
    assert {line["name"] for line in job.lines if line["refused"]} == {
        name.replace("/", "") for name in files
    }
    text = html.unescape(page.content.decode())
    assert all(line["sentence"][1:] in text for line in job.file_results)
    assert "Nothing to import." in text
    assert client.post(reverse("start_import", args=[job.pk]), follow=True).status_code == 200
    assert not Article.objects.exists()
    assert not Document.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_in_french_the_place_is_said_in_french(db):
    with override("fr"):
        for name, data, place in (
            ("a.jsonl", b'{"source": "a", "target": "b"}\n{', "ligne 2"),
            ("a.tmx", b"<tmx><header srclang='en'/><body><tu tuid='7'>" + b"<tuv xml:lang='%s'/>" * 3 % (b"en", b"fr", b"de")
             + b"</tu></body></tmx>", "unité 7"),
        ):  # fmt: skip
            [line] = examine([in_memory(name, data)]).results
            assert f"{place}\u00a0: " in line.sentence.lower()
