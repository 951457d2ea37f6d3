"""Word: what stands around words is read whether it is known or not; what is left out is listed."""

import io
import zipfile

import pytest

from articles.formats.interchange import BadFile
from articles.formats.office import docx_read

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:x="urn:x"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def links(*each: tuple[str, str, str]) -> str:
    """A part of relationships: (id, kind, target)."""
    rows = "".join(f'<Relationship Id="{i}" Type="{TYPES}/{k}" Target="{t}"/>' for i, k, t in each)
    return f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'


def package(
    body: str, parts: dict[str, str | bytes] | None = None, name: str = "word/document.xml"
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for part, data in (parts or {}).items():
            archive.writestr(part, data)
    return out.getvalue()


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def formula(inside: str) -> str:
    return f"<m:oMath>{inside}</m:oMath>"


def part(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
RUBY = f"<w:r><w:ruby><w:rt>{run('mar-lo')}</w:rt><w:rubyBase>{run('Marlow')}</w:rubyBase></w:ruby></w:r>"

READ = {
    "a formula": (f"Up {formula('<m:r><m:t>3.1 m</m:t></m:r>')} today", "Up 3.1 m today"),
    "a fraction": (formula(f"<m:f>{part('num', '3')}{part('den', '4')}</m:f>"), "3/4"),
    "a power": (formula(f"<m:sSup>{part('e', '10')}{part('sup', '6')}</m:sSup>"), "10^6"),
    "a root": (formula(f"<m:rad><m:deg/>{part('e', '2')}</m:rad>"), "√2"),
    "a cube root": (formula(f"<m:rad>{part('deg', '3')}{part('e', '8')}</m:rad>"), "3√8"),
    "brackets": (formula(f"<m:d>{part('e', 'x')}</m:d>"), "(x)"),
    "square brackets": (
        formula(f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>{part("e", "x")}</m:d>'),
        "[x]",
    ),
    "a sum": (
        formula(f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{part("sub", "1")}{part("e", "x")}</m:nary>'),
        "∑_1x",
    ),
    "a matrix": (formula(f"<m:m><m:mr>{part('e', '1')}{part('e', '2')}</m:mr></m:m>"), "1 2 "),
    "a long denominator": (
        formula(f"<m:f>{part('num', '1')}<m:den><m:r><m:t>a</m:t></m:r><m:r><m:t>+b</m:t></m:r></m:den></m:f>"),
        "1/(a+b)",
    ),
    "ruby": (f"At {RUBY} harbour", "At Marlow harbour"),
    "a degree": ('<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', "°"),
    "a degree without the private area": ('<w:r><w:sym w:font="Symbol" w:char="B0"/></w:r>', "°"),
    "a tick": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
    "a character of any font": ('<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "€"),
    "a symbol that is none": ('<w:r><w:sym w:font="Symbol" w:char="x"/></w:r>', "\ufffd"),
    "a symbol in plain text": (run("\uf06d", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), "μ"),
    "an unknown wrapper": (f"<x:new>{run('kept')}</x:new>", "kept"),
    "an unknown wrapper in a run": ("<w:r><x:new><w:t>kept</w:t></x:new></w:r>", "kept"),
    "words of a drawing": ("<w:r><w:drawing><a:p><a:r><a:t>drawn</a:t></a:r></a:p></w:drawing></w:r>", "drawn"),
    "a smart tag": (f"<w:smartTag>{run('kept')}</w:smartTag>", "kept"),
    "a content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('kept')}</w:sdtContent></w:sdt>", "kept"),
    "a prompt": (PROMPT.format(run("Click here.")) + run("kept"), "kept"),
    "hidden text": (run("secret ", HIDDEN) + run("kept"), "kept"),
    "text that is not hidden": (run("kept", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "kept"),
    "field codes": (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('kept')}", "kept"),
    "an old version alone": (
        f"<mc:AlternateContent><mc:Fallback>{run('kept')}</mc:Fallback></mc:AlternateContent>", "kept"
    ),
    "two versions": (
        f"<mc:AlternateContent><mc:Choice>{run('kept')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>", "kept"
    ),
}  # fmt: skip


def text_of(data: bytes) -> str:
    return docx_read.read_text(data, name="a.docx")


def test_what_stands_around_words_is_read():
    found = {}
    for name, (inside, _wanted) in READ.items():
        words = inside
        if not inside.startswith("<"):
            head, rest = inside.split("<", 1)
            middle, tail = rest.rsplit(">", 1)
            words = run(head) + "<" + middle + ">" + run(tail)
        found[name] = text_of(package(paragraph(words)))
    assert found == {name: wanted for name, (_inside, wanted) in READ.items()}


def test_words_outside_paragraphs_are_lines():
    loose = run("Loose.") + f"<m:oMathPara>{formula('<m:r><m:t>x=1</m:t></m:r>')}</m:oMathPara>"
    assert text_of(package(paragraph(run("One.")) + loose)) == "One.\nLoose.\nx=1"


def test_what_a_person_may_miss_is_listed():
    styles = f'<w:styles {SPACES}><w:style w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    chart = f"<x:chart {SPACES}><a:p><a:r><a:t>Sales</a:t></a:r></a:p><a:p/></x:chart>"
    body = (
        PROMPT.format(paragraph(run("Write here.")))
        + paragraph(PROMPT.format(run("Click here.")) + run("secret", HIDDEN) + RUBY)
        + paragraph('<w:pPr><w:pStyle w:val="Ghost"/></w:pPr>' + run("ghost"))
        + paragraph(run("ghostly", '<w:rPr><w:rStyle w:val="Ghost"/></w:rPr>'))
    )
    data = package(
        body,
        {
            "word/_rels/document.xml.rels": links(("s", "styles", "styles.xml")),
            "word/styles.xml": styles,
            "word/charts/chart1.xml": chart,
        },
    )
    assert text_of(data).strip() == "Marlow"
    assert sorted(docx_read.left_out(data)) == [
        "Click here.", "Sales", "Write here.", "ghost", "ghostly", "mar-lo", "secret",
    ]  # fmt: skip


PAGE = "<html><head><title>no</title></head><body><h1>Head</h1><p>12&nbsp;euros<br>more</p></body></html>"
WEB_ARCHIVE = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "\r\n<p>d=E9j=E0</p>\r\n--b--\r\n"
)


def test_embedded_documents_are_read_in_their_place():
    found = {}
    for name, chunk in {
        "a.html": PAGE,
        "b.mht": WEB_ARCHIVE,
        "c.txt": "One.\nTwo.",
        "d.docx": package(paragraph(run("Inner."))),
    }.items():
        parts = {
            "word/_rels/document.xml.rels": links(("c", "aFChunk", name)), f"word/{name}": chunk
        }  # fmt: skip
        body = paragraph(run("Before.")) + '<w:altChunk r:id="c"/>' + paragraph(run("After."))
        found[name] = text_of(package(body, parts)).split("\n")
    assert found == {
        "a.html": ["Before.", "Head", "12\xa0euros", "more", "After."],
        "b.mht": ["Before.", "déjà", "After."],
        "c.txt": ["Before.", "One.", "Two.", "After."],
        "d.docx": ["Before.", "Inner.", "After."],
    }


def test_an_embedded_document_that_cannot_be_read_is_said(monkeypatch):
    parts = {
        "word/_rels/document.xml.rels": links(("c", "aFChunk", "/word/c.rtf")),
        "word/c.rtf": "{\\rtf1 x}",
    }
    body = paragraph(run("One.")) + '<w:altChunk r:id="{}"/>'
    with pytest.raises(BadFile, match=r"word/c\.rtf"):
        text_of(package(body.format("c"), parts))
    assert text_of(package(body.format("gone"), parts)) == "One."
    monkeypatch.setattr("articles.formats.office.docx_chunks._LARGEST", 3)
    with pytest.raises(BadFile, match=r"word/c\.rtf"):
        text_of(package(body.format("c"), parts))


def test_the_document_is_the_part_that_the_file_names():
    named = {"_rels/.rels": links(("1", "officeDocument", "/word/document7.xml"))}
    assert text_of(package(paragraph(run("One.")), named, "word/document7.xml")) == "One."
    other = {
        "_rels/.rels": links(("1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": "x",
    }
    with pytest.raises(BadFile, match="damaged"):
        text_of(package(paragraph(run("One.")), other))
    with pytest.raises(BadFile, match="damaged"):
        text_of(package("", name="word/other.xml"))


def test_cells_inside_content_controls_are_cells():
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    inner = cell.format(run("b"))
    row = f"<w:tr>{cell.format(run('a'))}<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt></w:tr>"
    (table,) = docx_read.read(io.BytesIO(package(f"<w:tbl>{row}</w:tbl>")), name="t")
    assert [(each.source, each.target) for each in table.segments] == [("a", "b")]


def test_what_is_nested_without_end_is_refused():
    deep = "<x:y>" * 3000 + run("x") + "</x:y>" * 3000
    with pytest.raises(BadFile, match="nested"):
        text_of(package(paragraph(deep)))
