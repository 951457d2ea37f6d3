"""OpenDocument: the words of every paragraph, what is left out, comments, and corrections put back."""

import io
import zipfile

import pytest

from articles.formats.interchange import Article, BadFile, Correction, Remark, Segment
from articles.formats.office import odt
from articles.text.document import Span

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"), ("svg", "svg-compatible"),
        ("style", "style"), ("manifest", "manifest"),
    )
)  # fmt: skip
MIME = "application/vnd.oasis.opendocument.text"


def content(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )


def package(body: str, parts: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MIME), ("content.xml", "text/xml"))
    )
    files = {
        "mimetype": MIME,
        "content.xml": content(body),
        "META-INF/manifest.xml": f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>",
        **(parts or {}),
    }
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return out.getvalue()


def p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


BOX = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
READ = {
    "blanks": (p(" One\n  two <text:s text:c='3'/>three "), "One two three"),
    "a tab and a line end": (p("a<text:tab/>b<text:line-break/>c"), "a\tb\nc"),
    "spans": (p("<text:span>Un</text:span> <text:a>chat</text:a>"), "Un chat"),
    "entities": (p("R&amp;D &lt;b&gt; &#233;&laughs;"), "R&D <b> é&laughs;"),
    "what is not known": (p("<x:new>kept</x:new>"), "kept"),
    "a heading and a list": (
        f"<text:h>Head</text:h><text:list><text:list-item>{p('item')}</text:list-item></text:list>",
        "Head\nitem",
    ),
    "a table": (f"<table:table><table:table-row><table:table-cell>{p('a')}</table:table-cell><table:table-cell>{p('b')}</table:table-cell></table:table-row></table:table>", "a\nb"),
    "a section": (f"<text:section>{p('a')}</text:section>", "a"),
    "a text box": (p(f"Be{BOX}fore.") + p("After."), "Before.\nIn a box.\nAfter."),
    "an empty paragraph": (p("a") + p("") + "<text:p/>" + p("b"), "a\nb"),
    "a note": (p("a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note>b"), "ab"),
    "a prompt": (p("a <text:placeholder>&lt;name&gt;</text:placeholder>b"), "a b"),
    "ruby": (p("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>A</text:ruby-text></text:ruby>"), "a"),
    "deleted words": ("<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>" + p("a<text:change/>b"), "ab"),
}  # fmt: skip


def test_the_words_are_read():
    found = {name: odt.read_text(package(body), name="a.odt") for name, (body, _) in READ.items()}
    assert found == {name: text for name, (_, text) in READ.items()}
    flat = content(p("Flat.")).encode()
    assert odt.read_text(flat, name="a.fodt") == "Flat."


def test_what_is_left_out_is_listed():
    note = READ["a note"][0]
    style = f"<style:header {SPACES}>{p('On <text:page-number>1</text:page-number> top')}{p('')}</style:header>"
    data = package(note + READ["ruby"][0] + READ["a prompt"][0], {"styles.xml": style})
    assert odt.left_out(data) == ["1 n", "A", "<name>", "On 1 top"]
    assert odt.left_out(content(note).encode()) == ["1 n"]


def test_comments_are_remarks_and_changes_are_counted():
    remark = "<office:annotation{}><dc:creator>Otto</dc:creator><text:p>Check</text:p></office:annotation>"
    body = p(
        f"A {remark.format(' office:name=&quot;r&quot;'.replace('&quot;', chr(34)))}cat"
        f'<office:annotation-end office:name="r"/> here{remark.format("")}<office:annotation/>'
        '<office:annotation-end office:name="gone"/>.'
    )
    found = odt.notes(package(READ["deleted words"][0] + body))
    assert found.remarks == (
        Remark("Check", "Otto", Span(5, 8)), Remark("Check", "Otto", Span(13, 13)),
    )  # fmt: skip
    assert [str(warning) for warning, _count in found.warnings] == [
        "a tracked change is read as accepted"
    ]
    assert list(odt.notes(package(p("a"))).warnings) == []


def corrected(data: bytes, before: str, after: str) -> bytes:
    text = odt.read_text(data, name="a.odt")
    start = text.index(before)
    repair = Correction(before, after, "approved")
    segment = Segment(
        "", before, target_span=Span(start, start + len(before)), corrections=(repair,)
    )
    article = Article("t", "en", "fr", target=text, segments=(segment,), page=data)
    return b"".join(odt.write([article]))


BODY = p("Le <text:span>gros</text:span> chat dort.") + p("Il a &amp; faim.") + p("Fin.")


def test_corrections_go_back_into_the_file():
    data = package(BODY)
    back = corrected(data, "Le gros chat dort.", "Le petit chat  dort\tici & <là>.\nOui.")
    with zipfile.ZipFile(io.BytesIO(back)) as archive:
        assert archive.namelist()[0] == "mimetype"
        xml = archive.read("content.xml").decode()
    assert "Le <text:span>petit</text:span> chat" in xml
    assert "<text:tab/>ici &amp; &lt;là&gt;." in xml
    assert odt.read_text(back, name="a.odt").startswith("Le petit chat dort\tici & <là>.\nOui.\n")
    assert corrected(data, "Fin.", "Fin.") == corrected(data, "Fin.", "Fin.")
    flat = content(BODY).encode()
    assert corrected(flat, "Fin.", "La fin.") == flat.replace(b"Fin.", b"La fin.")


def test_only_a_file_that_came_so_goes_out_so():
    with pytest.raises(BadFile, match="was not imported as an OpenDocument"):
        list(odt.write([Article("t", "en", "fr", target="a")]))
    with pytest.raises(BadFile, match="not the file"):
        list(odt.write([Article("t", "en", "fr", target="a", page=package(BODY))]))


@pytest.mark.slow
def test_libreoffice_reads_the_same_words(office):
    back = corrected(package(BODY), "Il a & faim.", "Il n’a pas faim.")
    words = office.text(back, ending=".odt")
    assert words.split("\n")[:3] == ["Le gros chat dort.", "Il n’a pas faim.", "Fin."]


def test_what_is_wrong_is_said(monkeypatch):
    files = {
        b"": "empty",
        b"%PDF-1": "PDF",
        b"<a/>": "damaged",
        b"\xff\xfe": "damaged",
        b"PK\x03\x04 no": "damaged",
        package(BODY)[:-30]: "damaged",
        package(""): "no text",
        package(BODY, {"Basic/Standard/Module1.xml": "Sub"}): "macros",
        package(BODY, {"META-INF/manifest.xml": "<encryption-data/>"}): "password",
    }
    for data, words in files.items():
        with pytest.raises(BadFile, match=words):
            odt.read_text(data, name="a.odt")
    monkeypatch.setattr("articles.formats.office.odt.LARGEST_PART", 10)
    for data in (package(BODY), content(BODY).encode()):
        with pytest.raises(BadFile, match="larger"):
            odt.read_text(data, name="a.odt")


def test_a_damaged_part_is_said():
    data = bytearray(package(BODY))
    at = data.index(b"<text:p>Le")
    data[at : at + 4] = b"\0\0\0\0"
    with pytest.raises(BadFile, match="damaged"):
        odt.read_text(bytes(data), name="a.odt")
    assert odt.recognises(package(BODY)[:300])
    assert not odt.recognises(b"PK\x03\x04")
