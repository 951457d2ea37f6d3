"""A Word file with all that an article may have: styles, a link, a list, a table, an image, notes, a header."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

NOTES = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Chiffres de la mairie.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def png() -> io.BytesIO:
    """A grey picture of 60 × 40 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 60, 40, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x99" * 60) * 40)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def word_file() -> bytes:
    """The file; ``TEXT`` is what is read of it."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Le Courrier du port"
    document.sections[0].footer.paragraphs[0].text = "Page de la rédaction"
    document.add_heading("Le phare rallume ses feux", level=1)
    first = document.add_paragraph("Le gardien a ")
    first.add_run("enfin réparé").bold = True
    first.add_run(" la lampe, dit ")
    _add_link(first, "https://example.org/phare", "la mairie du port")
    first.add_run(".")
    _add_note(document, first)
    first.add_run(" Il était seul.")
    document.add_paragraph("Une ampoule neuve", style="List Bullet")
    document.add_paragraph("Deux miroirs", style="List Bullet")
    table = document.add_table(rows=2, cols=2, style="Light Grid Accent 1")
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Année", "Pannes", "2019", "Trois pannes graves"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph().add_run().add_picture(png())
    last = document.add_paragraph("Le port reste ")
    last.add_run("ouvert").italic = True
    last.add_run("\ttoute la nuit.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


TEXT = (
    "Le phare rallume ses feux\n"
    "Le gardien a enfin réparé la lampe, dit la mairie du port. Il était seul.\n"
    "Une ampoule neuve\n"
    "Deux miroirs\n"
    "Année\nPannes\n2019\nTrois pannes graves\n"
    "\n"
    "Le port reste ouvert\ttoute la nuit."
)


def _add_link(paragraph: Any, address: str, words: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:color w:val="0000FF"/><w:u w:val="single"/></w:rPr>'
            f"<w:t>{words}</w:t></w:r>"
        )
    )
    paragraph._p.append(link)


def _add_note(document: Any, paragraph: Any) -> None:
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, NOTES.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="1"/></w:r>'
        )
    )
