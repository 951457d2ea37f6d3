"""A break inside a sentence is read as a blank in every format that has one; the file keeps it."""

import io
import re
import zipfile

import docx
from docx.oxml import OxmlElement

from articles.formats import FORMATS
from articles.formats.interchange import Article, Correction, Segment
from articles.formats.office import docx_read
from articles.formats.office.docx_read import proposed_corrections
from articles.text.document import Span
from tests.formats.made_pages import STORIES
from tests.formats.office.test_odt import package

LINES = ["La ligne restera fermée|jusqu’à vendredi.", "Mairie de Marlow|12, rue du Port"]
OLD = "\n".join(LINES).replace("|", "\n")
TEXT = OLD.replace("fermée\njusqu", "fermée jusqu")
HTML = "".join(f"<p>{line}</p>\n" for line in LINES).replace("|", " <br/>\n")


def word_file(lines=LINES) -> bytes:
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for number, words in enumerate(line.split("|")):
            run = paragraph.add_run("")
            if number:
                run.add_break()
            run.add_text(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def files() -> dict[str, bytes]:
    made = {name: STORIES[known](HTML) for name, known in FORMATS.items() if known in STORIES}
    made["html"] = f"<article><h1>Une tempête</h1>{HTML}</article>".encode()
    made["markdown"] = "\n\n".join(LINES).replace("|", "  \n").encode()
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    made["odt"] = package(paragraphs.replace("|", "<text:line-break/>"))
    made["docx"] = word_file()
    return made


def article(text: str, page: bytes) -> Article:
    start = text.index("La ligne")
    span = Span(start, text.index("\nMairie"))
    after = span.of(text).replace("vendredi", "jeudi")
    correction = Correction(span.of(text), after, "approved")
    segment = Segment("x", span.of(text), target_span=span, corrections=(correction,))
    return Article("t", "en", "fr", "x", text, (segment,), page=page)


def words_of(data: bytes) -> str:
    """The file's own words and breaks, with those of its parts where it is a package."""
    if not data.startswith(b"PK"):
        return data.decode()
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = [n for n in archive.namelist() if re.search(r"document\.xml$|content\.xml|xhtml", n)]
    return "".join(archive.read(name).decode() for name in names)


def test_a_break_in_a_sentence_is_a_blank_to_readers_and_stays_in_the_file():
    """Also in an article that was stored when each break ended a line."""
    wrong = []
    for name, data in files().items():
        known = FORMATS[name]
        text = known.read_text(data, name=f"a{known.endings[0]}")
        head = text[: text.index("La ligne")]
        if text != head + TEXT:
            wrong.append((name, text))
        for stored in (text, head + OLD):
            out = b"".join(known.write([article(stored, data)]))
            if name == "docx":
                breaks = words_of(out).count("<w:br/>")
                is_kept = breaks == 2 and "jeudi" in docx_read.read_text(out, name="")
            else:
                is_kept = words_of(out) == words_of(data).replace("vendredi", "jeudi")
            if not is_kept:
                wrong.append((name, words_of(out)))
    assert wrong == []


def test_page_breaks_and_breaks_in_tables_end_a_line():
    document = docx.Document(io.BytesIO(word_file(["One page|and another"])))
    document.paragraphs[0].runs[1]._element.find("{*}br").set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}type", "page"
    )
    out = io.BytesIO()
    document.save(out)
    assert docx_read.read_text(out.getvalue(), name="") == "One page\nand another"


def test_a_returned_word_file_proposes_no_breaks():
    """The break is seen otherwise once the word after it begins with a capital."""
    for before, after in (("jusqu’à", "Jusqu’à"), ("jusqu’à", "vers jusqu’à")):
        exported = article(TEXT, word_file())
        segment = exported.segments[0]
        plain = Segment("x", segment.target, target_span=segment.target_span)
        exported = Article("t", "en", "fr", "x", TEXT, (plain,))
        data = word_file([LINES[0].replace(before, after), LINES[1]])
        [(_segment, found)] = proposed_corrections(exported, docx_read.read_reviewed(data))
        assert found.after == plain.target.replace(before, after)
    same = docx_read.read_reviewed(word_file())
    assert proposed_corrections(exported, same) == []


def test_a_line_with_the_name_of_a_person_stays_a_line_of_its_own():
    page = "<article><h1>Une tempête</h1><p>Par Jean Dupont<br>le 3 mars, la ligne restera fermée.</p></article>"
    read = FORMATS["html"].read_text(page.encode(), name="a.html")
    assert read == "Une tempête\nle 3 mars, la ligne restera fermée."


def test_changes_of_a_break_that_is_deleted_are_read():
    document = docx.Document(io.BytesIO(word_file()))
    run = document.paragraphs[0].runs[1]._element
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    out = io.BytesIO()
    document.save(out)
    assert docx_read.read_reviewed(out.getvalue()).accepted.startswith("La ligne restera fermée\n")
