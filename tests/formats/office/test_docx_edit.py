"""Corrections in the body of a Word file: lines that join and part, odd runs, comments at any place."""

import io
import zipfile
from dataclasses import replace

import docx as judge

from articles.formats.interchange import Article, Correction, Flag, Segment
from articles.formats.office import docx_read, docx_write
from articles.formats.office.docx_key import read_key
from articles.formats.office.docx_read import open_package
from articles.formats.office.docx_write import correct_original
from articles.text.document import Span

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
OTTO = 'w:author="Otto" w:date="2025-01-01T00:00:00Z"'


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "[Content_Types].xml": f'''<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/></Types>''',
    "_rels/.rels": f'''<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>''',
    "word/_rels/document.xml.rels": f'''<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>''',
    "word/styles.xml": f"""<w:styles {SPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/></w:style>
</w:styles>""",
}
"""The smallest package that holds a text with styles."""


def packed(body: str, **changed: str) -> bytes:
    """A Word file with this body."""
    document = f"<w:document {SPACES}><w:body>{body}{SECTION}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in {**PARTS, "word/document.xml": document, **changed}.items():
            new.writestr(name, part)
    return out.getvalue()


def run(text: str, formatting: str = "") -> str:
    return f'<w:r><w:rPr>{formatting}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(content: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{content}</w:p>"


def made(
    page: bytes, *changes: tuple[int, str, str | None], flags: tuple[Flag, ...] = ()
) -> Article:
    """The article of a file; each change is where words stand, these words, and the new ones."""
    target = docx_read.read_text(page, name="")
    segments = []
    for start, before, after in changes:
        assert target.startswith(before, start)
        corrections = () if after is None else (Correction(before, after, "approved", "Rosa"),)
        span = Span(start, start + len(before))
        segments.append(
            Segment("x", before, target_span=span, flags=flags, corrections=corrections)
        )
    return Article("Phare", "en", "fr", "x", target, tuple(segments), page=page, key="7-abc")


def lines_of(article: Article) -> list[tuple[str, str]]:
    """The style and the text of each paragraph of the clean file, changed in place."""
    corrected = correct_original(article, article.segments, tracked=False)
    assert corrected is not None
    return [(each.style.style_id, each.text) for each in corrected.document.paragraphs]


def accepted_and_rejected(article: Article) -> tuple[str, str]:
    """Both texts of the file with tracked changes, which is the one that came in."""
    assert correct_original(article, article.segments, tracked=True) is not None
    back = docx_read.read_reviewed(b"".join(docx_write.write([article])))
    return back.accepted, back.rejected


def test_lines_that_become_one_have_the_first_style_unless_the_first_was_empty():
    heading = line(run("Le phare"), "Heading1")
    both = "Le phare\nIl luit."
    for name, body, change, wanted in (
        ("two styles", heading + line(run("Il luit.")), (0, both, "Le phare luit."),
         [("Heading1", "Le phare luit.")]),
        ("bookmarks between", heading + '<w:bookmarkEnd w:id="9"/>' + line(run("Il luit.")),
         (0, both, "Le phare luit."), [("Heading1", "Le phare luit.")]),
        ("no properties", heading + f"<w:p>{run('Il luit.')}</w:p>", (0, both, "Le phare luit."),
         [("Heading1", "Le phare luit.")]),
        ("the second ends a section", heading + line(run("Il luit."), more=SECTION),
         (0, both, "Le phare luit."), [("Normal", "Le phare luit.")]),
        ("the first is empty", line("", "ListBullet") + line(run("Il luit."), "Heading1"),
         (0, "\nIl luit.", "Il luit."), [("Heading1", "Il luit.")]),
        ("the first ends a section: its end stays",
         line(run("Le phare"), more=SECTION) + line(run("Il luit.")),
         (0, both, "Le phare luit."), [("Normal", "Le phare"), ("Normal", "luit.")]),
    ):  # fmt: skip
        article = made(packed(body), change)
        assert lines_of(article) == wanted, name
        accepted, rejected = accepted_and_rejected(article)
        assert accepted == "\n".join(text for _, text in wanted), name
        assert rejected == article.target, name


def test_a_line_end_that_another_inserted_and_we_remove_has_both_marks():
    mark = f'<w:rPr><w:ins w:id="3" {OTTO}/></w:rPr>'
    body = line(run("Le phare"), more=mark) + line(run("Il luit."))
    article = made(packed(body), (0, "Le phare\nIl luit.", "Le phare luit."))
    corrected = correct_original(article, article.segments, tracked=True)
    marks = corrected.document.paragraphs[0]._p.pPr.xpath("./w:rPr/*")
    assert [each.tag.rpartition("}")[2] for each in marks] == ["ins", "del"]
    assert accepted_and_rejected(article) == ("Le phare luit.", "Le phareIl luit.")
    assert lines_of(article) == [("Normal", "Le phare luit.")]


def test_a_line_that_parts_leaves_the_section_to_the_last():
    body = line(run("Le phare luit."), "Heading1", more=SECTION) + line(run("Fin."))
    article = made(packed(body), (0, "Le phare luit.", "Le phare\nIl luit."))
    corrected = correct_original(article, article.segments, tracked=False)
    sections = [each._p.pPr.find(f"{{{judge.oxml.ns.nsmap['w']}}}sectPr") is not None for each in corrected.document.paragraphs]  # fmt: skip
    assert lines_of(article)[:2] == [("Heading1", "Le phare"), ("Heading1", "Il luit.")]
    assert sections == [False, True, False]
    assert accepted_and_rejected(article) == ("Le phare\nIl luit.\nFin.", article.target)


def test_a_new_line_leaves_out_a_style_that_the_file_does_not_define():
    """LibreOffice does not reject the end of a line that has such a style."""
    body = line(run("Le phare luit."), "Zork")
    no_styles = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>'
    }
    for page in (packed(body), packed(body, **no_styles)):
        article = made(page, (0, "Le phare luit.", "Le phare\nluit."))
        corrected = correct_original(article, article.segments, tracked=True)
        styles = [each._p.pPr.pStyle is not None for each in corrected.document.paragraphs]
        assert styles == [False, True]
        assert accepted_and_rejected(article) == ("Le phare\nluit.", article.target)


def test_a_new_line_inside_a_link_stays_in_the_link():
    body = line(f'<w:hyperlink w:anchor="a">{run("Le phare luit.")}</w:hyperlink>')
    article = made(packed(body), (0, "Le phare luit.", "Le phare\nluit."))
    corrected = correct_original(article, article.segments, tracked=False)
    [paragraph] = corrected.document.paragraphs
    assert paragraph.hyperlinks[0].text == "Le phare\nluit."


def test_words_where_no_run_stands():
    formula = "<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>"
    for name, body, change, wanted in (
        ("an empty line", line(run("Un.")) + line("") + line(run("Trois.")), (4, "", "Deux."), "Un.\nDeux.\nTrois."),
        ("after a formula", line(formula) + line(run("Fin.")), (3, "", "ou non"), "x=y ou non\nFin."),
        ("at the end", line(run("Un.")) + line(""), (4, "", "Deux."), "Un.\nDeux."),
    ):  # fmt: skip
        article = made(packed(body), change)
        assert accepted_and_rejected(article) == (wanted, article.target), name


def test_what_is_beside_changes_of_others_stays_outside_of_them():
    body = line(run("Un ") + f'<w:ins w:id="4" {OTTO}>{run("deux")}</w:ins>')
    article = made(packed(body), (0, "Un deux", "Un deux trois"))
    corrected = correct_original(article, article.segments, tracked=True)
    [paragraph] = corrected.document.paragraphs
    inserted = paragraph._p.xpath("./w:ins")
    assert [each.get(f"{{{judge.oxml.ns.nsmap['w']}}}author") for each in inserted] == [
        "Otto",
        "Rosa",
    ]
    assert accepted_and_rejected(article) == ("Un deux trois", "Un ")


def test_new_words_bring_no_record_of_an_older_formatting():
    older = f'<w:b/><w:rPrChange w:id="5" {OTTO}><w:rPr/></w:rPrChange>'
    article = made(packed(line(run("Le phare luit.", older))), (9, "luit.", "brille."))
    corrected = correct_original(article, article.segments, tracked=False)
    [paragraph] = corrected.document.paragraphs
    new = [each for each in paragraph.runs if "brille" in each.text]
    assert [each.bold for each in new] == [True]
    assert not new[0]._r.xpath(".//w:rPrChange")


def test_comments_stand_where_they_can():
    formula = "<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>"
    formulas = made(packed(line(formula + run(" est vrai."))), (0, "x=y est vrai.", None),
                    flags=(Flag("Grammar", "minor", target_span=Span(1, 2)),))  # fmt: skip
    before_insertion = made(packed(line(run("Un deux."))), (0, "Un deux.", "Un et deux."),
                            flags=(Flag("Grammar", "minor", target_span=Span(3, 8)),))  # fmt: skip
    ends = made(packed(line(run("Un deux."))), (0, "Un deux.", None),
                flags=(Flag("Grammar", "minor", target_span=Span(3, 8)),))  # fmt: skip
    for article, words in ((formulas, ""), (before_insertion, "et deux."), (ends, "deux.")):
        [comment] = docx_read.read_reviewed(b"".join(docx_write.write([article]))).comments
        assert comment.words == words


TABLE = "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr></w:tbl>"


def test_a_line_that_goes_before_a_table_takes_the_line_end_before_it():
    table = TABLE.format(line(run("Année")))
    body = line(run("Une ampoule"), "ListBullet") + line(run("Un miroir"), "ListBullet") + table
    for first, wanted in (("Une ampoule", "Une ampoule\nAn"), ("Lampe", "Lampe\nAn"), ("", "\nAn")):
        article = made(packed(body), (0, "Une ampoule", first), (12, "Un miroir", ""), (22, "Année", "An"))  # fmt: skip
        accepted, rejected = accepted_and_rejected(article)
        assert accepted == wanted
        assert rejected == article.target


def test_blanks_beside_a_new_line_are_not_replaced_by_themselves():
    body = line(run("Le port reste ouvert") + "<w:r><w:tab/></w:r>" + run("toute la nuit."))
    before = "Le port reste ouvert\ttoute la nuit."
    for after in (
        "Le port\treste toujours ouvert.\nC’est dit.",
        "Le port reste\nouvert\ttoute la nuit.",
    ):
        article = made(packed(body), (0, before, after))
        assert accepted_and_rejected(article) == (after, before)


def test_a_file_whose_words_cannot_be_changed_in_place_is_not_used(monkeypatch):
    formula = line("<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>") + line(run("Fin."))
    article = made(packed(formula), (0, "x=y", "x=z"))
    assert correct_original(article, article.segments, tracked=True) is None
    sound = made(packed(line(run("Un."))), (0, "Un.", "Deux."))
    assert correct_original(sound, sound.segments, tracked=True)
    damaged = replace(sound, page=b"PK no file")
    assert correct_original(damaged, damaged.segments, tracked=True) is None
    monkeypatch.setattr(docx_write, "LARGEST_TEXT", 100)
    assert correct_original(sound, sound.segments, tracked=True) is None, "too large to be opened"


CUSTOM = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Desk"><vt:lpwstr>Sport</vt:lpwstr></property>
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="TranslationReviewArticle"><vt:lpwstr>3-old</vt:lpwstr></property>
</Properties>"""


def test_the_key_of_the_article_takes_the_place_of_an_older_one_and_of_nothing_else():
    relations = PARTS["_rels/.rels"].replace(
        "</Rel",
        f'<Relationship Id="r2" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/></Rel',
    )
    for custom, found, older, kept in (
        (CUSTOM, "7-abc", "3-old", "Sport"),
        ("<Properties", "", "", "<Properties"),
    ):
        page = packed(line(run("Un.")), **{"_rels/.rels": relations, "docProps/custom.xml": custom})
        assert read_key(open_package(page)) == older
        article = made(page, (0, "Un.", "Deux."))
        written = b"".join(docx_write.write([article]))
        assert read_key(open_package(written)) == found
        properties = zipfile.ZipFile(io.BytesIO(written)).read("docProps/custom.xml").decode()
        assert kept in properties
        assert "3-old" not in properties
