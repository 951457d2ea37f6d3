"""An article that came as a Word file goes back into that file: its own runs change, all else stays."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx as judge
import pytest
from hypothesis import given

from articles.formats.interchange import Article, Correction, Flag, Segment
from articles.formats.office import docx_read, docx_write
from articles.formats.office.docx_write import correct_original
from articles.formats.text import plain
from articles.text.document import Span
from tests.formats.office.word_file import TEXT, word_file
from tests.formats.strategies import articles, quick

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
FILE = word_file()
LEAD = "Le gardien a enfin réparé la lampe, dit la mairie du port."


def segment(target: str, after: str | None, *flags: Flag, at: int | None = None) -> Segment:
    start = TEXT.index(target) if at is None else at
    made = ()
    if after is not None:
        made = (Correction(target, after, "approved", "Rosa", NOON, "Edith", NOON),)
    return Segment("x", target, target_span=Span(start, start + len(target)), flags=flags, corrections=made)  # fmt: skip


def article(*segments: Segment, page: bytes = FILE, target: str = TEXT) -> Article:
    ordered = tuple(sorted(segments, key=lambda each: each.target_span))
    return Article("Phare", "en", "fr", "x", target, ordered, page=page, key="7-abc")


EXAMPLES = {
    "words in bold, in a link and between": article(
        segment(
            LEAD, "Le gardien a vite changé la vieille lampe, dit la ville du port.",
            Flag("Omission", "major", target_span=Span(3, 10), comment="Qui ?", author="Rosa", time=NOON),
            Flag("Omission", "minor", caret=0),
        ),
        segment("Il était seul.", "Il était presque seul."),
    ),
    "two items become one, a heading goes": article(
        segment("Une ampoule neuve\nDeux miroirs", "Une ampoule neuve et deux miroirs"),
        segment("Le phare rallume ses feux", ""),
    ),
    "lines are added, one of them before a table": article(
        segment("Deux miroirs", "Deux miroirs\nUne boîte de vis"),
        segment("Trois pannes graves", "Trois\npannes"),
        segment("Le port reste ouvert\ttoute la nuit.", "Le port\treste toujours ouvert.\nC’est dit."),
    ),
    "sentences where nothing was": article(
        segment("", "Phrase neuve.", at=TEXT.index("\nUne ampoule")),
        segment("", "Sous l’image.", at=TEXT.index("\nLe port")),
    ),
    "the last item before a table goes": article(
        segment("Une ampoule neuve", "Une ampoule toute neuve"), segment("Deux miroirs", "")
    ),
}  # fmt: skip


def saved(write, made: Article) -> bytes:
    return b"".join(write([made]))


def parts(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_accepted_is_corrected_rejected_is_original_and_it_comes_back_unchanged():
    for name, made in EXAMPLES.items():
        tracked = saved(docx_write.write, made)
        back = docx_read.read_reviewed(tracked)
        assert back.accepted == plain.corrected_text(made), name
        assert back.rejected == TEXT, name
        assert docx_read.proposed_corrections(made, back) == [], name
        clean = docx_read.read_reviewed(saved(docx_write.write_clean, made))
        assert clean.accepted == clean.rejected == plain.corrected_text(made), name


@pytest.mark.slow
def test_all_else_in_the_file_stays():
    before = parts(FILE)
    assert before.keys() >= {"word/header1.xml", "word/footnotes.xml", "word/media/image1.png"}
    for write in (docx_write.write, docx_write.write_clean):
        for name, made in EXAMPLES.items():
            after = parts(saved(write, made))
            for part in ("word/styles.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml", "word/media/image1.png", "word/numbering.xml"):  # fmt: skip
                assert after[part] == before[part], (name, part)
            xml = after["word/document.xml"].decode()
            for piece in ('<w:pStyle w:val="ListBullet"/>', "<w:tbl>", "<w:drawing>", '<w:footnoteReference w:id="1"/>', "<w:hyperlink r:id=", "<w:sectPr"):  # fmt: skip
                assert piece in xml, (name, piece)


def test_new_words_have_the_formatting_of_those_that_they_replace():
    data = saved(docx_write.write_clean, EXAMPLES["words in bold, in a link and between"])
    lead = judge.Document(io.BytesIO(data)).paragraphs[1]
    bold = "".join(run.text for run in lead.runs if run.bold)
    assert bold == "vite changé"
    assert lead.hyperlinks[0].text == "la ville du port"
    assert lead.text == "Le gardien a vite changé la vieille lampe, dit la ville du port. Il était presque seul."  # fmt: skip


def test_as_many_words_of_several_formats_keep_each_its_own():
    made = article(segment(LEAD, LEAD.replace("enfin réparé la lampe", "vite changé une ampoule")))
    data = saved(docx_write.write_clean, made)
    lead = judge.Document(io.BytesIO(data)).paragraphs[1]
    assert "".join(run.text for run in lead.runs if run.bold) == "vite changé"


def test_a_new_line_is_a_paragraph_of_the_same_style():
    made = EXAMPLES["lines are added, one of them before a table"]
    document = judge.Document(io.BytesIO(saved(docx_write.write_clean, made)))
    items = [each.text for each in document.paragraphs if each.style.name == "List Bullet"]
    assert items == ["Une ampoule neuve", "Deux miroirs", "Une boîte de vis"]
    assert document.tables[0].cell(1, 1).text == "Trois\npannes"


def test_flags_are_comments_on_their_words():
    data = saved(docx_write.write, EXAMPLES["words in bold, in a link and between"])
    found = docx_read.read_reviewed(data).comments
    assert [(each.author, each.words) for each in found] == [
        ("Translation review", ""),
        ("Rosa", "gardien"),
        ("Rosa", "presque "),
    ]
    assert "Qui ?" in found[1].text


def test_a_comment_covers_the_words_that_replace_its_own():
    flag = Flag("Mistranslation", "minor", target_span=Span(13, 25), author="Rosa", time=NOON)
    made = article(segment(LEAD, LEAD.replace("enfin réparé", "bel et bien remplacé"), flag))
    [found] = docx_read.read_reviewed(saved(docx_write.write, made)).comments
    assert found.words == "bel et bien remplacé"


@pytest.mark.slow
def test_comments_begin_before_they_end():
    """Also where words and lines are put right at their ends, and inside words that are removed."""
    places = [
        Span(0, 10),
        Span(10, 12),
        Span(3, 12),
        Span(13, 25),
        Span(20, 40),
        Span(50, 58),
        Span(10, 10),
    ]
    flags = [Flag("Omission", "minor", target_span=place) for place in places]
    for after in (
        "Le\ngardien",
        LEAD.replace("enfin réparé la lampe, dit la mairie", "dit\nla"),
        LEAD.replace(" a enfin", "\nenfin"),
        LEAD + "\nFin.",
        "",
    ):
        made = article(segment(LEAD, after, *flags))
        xml = parts(saved(docx_write.write, made))["word/document.xml"].decode()
        for number in range(len(flags)):
            start = xml.index(f'<w:commentRangeStart w:id="{number}"/>')
            end = xml.index(f'<w:commentRangeEnd w:id="{number}"/>')
            assert start < end, (after, number)


def test_cells_keep_their_lines_and_propose_nothing_when_they_come_back():
    """A correction cannot join two cells: its words are divided between them."""
    made = article(segment("Année\nPannes", "Année des pannes"), segment("2019", ""))
    data = saved(docx_write.write, made)
    back = docx_read.read_reviewed(data)
    assert back.rejected == TEXT
    cells = [cell.text for row in judge.Document(io.BytesIO(saved(docx_write.write_clean, made))).tables[0].rows for cell in row.cells]  # fmt: skip
    assert cells[2:] == ["", "Trois pannes graves"]
    assert " ".join(cells[:2]).split() == ["Année", "des", "pannes"]
    assert docx_read.proposed_corrections(made, back) == []


@quick
@given(articles())
@pytest.mark.slow
def test_any_article_goes_back_into_its_file(made):
    target = made.target.replace("\r\n", "\n\n").replace("\r", "\n")
    if len(target) != len(made.target):
        return
    untouched = replace(made, target=target, segments=())
    page = saved(docx_write.write_clean, untouched)
    if docx_read.read_reviewed(page).accepted != target:
        return  # characters that XML cannot hold
    made = replace(made, target=target, page=page)
    back = docx_read.read_reviewed(saved(docx_write.write, made))
    assert back.accepted == plain.corrected_text(made).replace("\r\n", "\n")
    assert back.rejected == target


def with_document(change) -> bytes:
    """The file with its document changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, part in parts(FILE).items():
            new.writestr(name, change(part.decode()) if name == "word/document.xml" else part)
    return packed.getvalue()


INSERTED = '<w:ins w:id="40" w:author="Otto" w:date="2025-01-01T00:00:00Z"><w:r><w:t xml:space="preserve">Il était seul.</w:t></w:r></w:ins>'


def test_changes_of_others_that_wait_in_the_file_stay_theirs():
    page = with_document(
        lambda xml: xml.replace('<w:r><w:t xml:space="preserve"> Il était seul.</w:t></w:r>', '<w:r><w:t xml:space="preserve"> </w:t></w:r>' + INSERTED)
    )  # fmt: skip
    assert docx_read.read_text(page, name="") == TEXT
    made = article(segment("Il était seul.", "Il était ici presque tout seul."), page=page)
    data = saved(docx_write.write, made)
    xml = parts(data)["word/document.xml"].decode()
    assert docx_read.read_reviewed(data).accepted == plain.corrected_text(made)
    assert docx_read.read_reviewed(data).rejected == TEXT.replace("Il était seul.", "")
    assert not re.search(r"<w:ins [^>]*>(?:(?!</w:ins>).)*<w:ins ", xml)
    assert xml.count('w:author="Otto"') == 2  # divided by our insertion


@pytest.mark.slow
def test_where_words_cannot_be_changed_in_the_file_a_new_document_has_them():
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    page = with_document(
        lambda xml: xml.replace("<w:r><w:t>Deux miroirs</w:t></w:r>", f"<m:oMath {maths}><m:r><m:t>Deux miroirs</m:t></m:r></m:oMath>")
    )  # fmt: skip
    changed = article(segment("Deux miroirs", "Trois miroirs"), page=page)
    beside = article(segment("Une ampoule neuve", "Deux ampoules"), page=page)
    assert correct_original(changed, changed.segments, tracked=True) is None
    assert correct_original(beside, beside.segments, tracked=True)
    for made in (changed, article(segment("2019", "2020"), page=b"PK no file"), article(segment("2019", "2020"), page=b"<p>")):  # fmt: skip
        back = docx_read.read_reviewed(saved(docx_write.write, made))
        assert back.accepted == plain.corrected_text(made)
        assert back.rejected == TEXT


def test_empty_paragraphs_at_the_end_are_part_of_the_text():
    document = judge.Document(io.BytesIO(FILE))
    document.add_paragraph()
    document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    made = article(segment("Deux miroirs", "Trois miroirs"), page=out.getvalue(), target=TEXT + "\n\n")  # fmt: skip
    assert correct_original(made, made.segments, tracked=True)


@pytest.mark.slow
def test_a_removed_line_before_a_table_takes_the_line_end_before_it():
    """Neighbours that are changed too are not disturbed."""
    for first in ("Une ampoule neuve", ""):
        made = article(
            segment("Une ampoule neuve", first), segment("Deux miroirs", ""), segment("Année", "An")
        )
        for write in (docx_write.write, docx_write.write_clean):
            back = docx_read.read_reviewed(saved(write, made))
            assert "ampoule neuve" not in back.accepted or first
            assert "miroirs" not in back.accepted
            assert "\nAn\nPannes" in back.accepted


def test_a_file_that_is_read_in_another_way_than_it_came_is_not_used():
    made = article(segment("Le phare", "La tour", at=1), target="\n" + TEXT)
    assert correct_original(made, made.segments, tracked=True) is None


BOX = '<w:txbxContent xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Encadré du port.</w:t></w:r></w:p></w:txbxContent>'


def test_a_changed_text_box_has_no_older_version_left():
    boxed = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    page = with_document(
        lambda xml: xml.replace("<w:r><w:t>Deux miroirs</w:t></w:r>", f"<w:r><w:t>Deux miroirs</w:t></w:r>{boxed}")
    )  # fmt: skip
    target = TEXT.replace("Deux miroirs\n", "Deux miroirs\nEncadré du port.\n")
    assert docx_read.read_text(page, name="") == target
    start = target.index("Encadré")
    box = Segment("x", "Encadré du port.", target_span=Span(start, start + 16), corrections=(Correction("", "Encadré de la ville.", "approved"),))  # fmt: skip
    made = article(box, page=page, target=target)
    for write in (docx_write.write, docx_write.write_clean):
        xml = parts(saved(write, made))["word/document.xml"].decode()
        assert "mc:Choice" in xml
        assert "mc:Fallback" not in xml
    untouched = parts(saved(docx_write.write, article(page=page, target=target)))
    assert "mc:Fallback" in untouched["word/document.xml"].decode()


@pytest.mark.slow
def test_libreoffice_agrees_and_lays_the_pages_out_as_before(office):
    """Each page is drawn as before: all changes rejected as the file that came in, accepted as the clean one."""
    original = office.pages(FILE)
    assert original
    for name, made in EXAMPLES.items():
        tracked = saved(docx_write.write, made)
        clean = saved(docx_write.write_clean, made)
        assert office.pages(tracked, ".uno:RejectAllTrackedChanges") == original, name
        assert office.text(clean, ending=".docx") == office.accepted(tracked), name
        assert len(office.pages(clean)) == len(original)
    untouched = saved(docx_write.write_clean, article(segment(LEAD, None)))
    assert office.pages(untouched) == original


def test_a_comment_on_inserted_words_goes_with_them():
    made = EXAMPLES["sentences where nothing was"]
    xml = parts(saved(docx_write.write, made))["word/document.xml"].decode()
    comments = docx_read.read_reviewed(saved(docx_write.write, made)).comments
    assert [each.words.strip() for each in comments] == ["Phrase neuve.", "Sous l’image."]
    without_insertions = re.sub("<w:ins .*?</w:ins>", "", xml)
    assert "<w:commentReference" in xml
    assert "<w:commentReference" not in without_insertions
